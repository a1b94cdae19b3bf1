/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Progress of the engine, hidden when it is idle. */
#include "app/views/progress-row.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/parts/names.h"

struct _IsthProgressRow
{
  IsthView parent_instance;

  GtkRevealer *revealer;
  GtkLabel *text;
  GtkProgressBar *bar;
  GtkToggleButton *pause;
  GtkButton *stop;
};

G_DEFINE_FINAL_TYPE (IsthProgressRow, isth_progress_row, ISTH_TYPE_VIEW)

static gboolean
is_live (const IsthProgress *progress)
{
  return progress->state == ISTH_ENGINE_LISTENING || progress->state == ISTH_ENGINE_PAUSED;
}

/* It has no end of its own: it is stopped, and what came stays. */
static gboolean
is_endless (const IsthProgress *progress)
{
  return is_live (progress) || progress->state == ISTH_ENGINE_FOLLOWING;
}

/* What a network person asks of a live capture: does it come in, is any of it lost, and do we keep quiet. */
static char *
describe_live (const IsthProgress *progress,
               const char         *interfaces)
{
  g_autofree char *frames = isth_format_count_short (progress->frames);
  g_autofree char *rate = isth_format_count_short (progress->rate);
  g_autofree char *dropped = isth_format_count_short (progress->dropped);
  g_autofree char *sent = isth_format_count_short (progress->sent);
  g_autoptr(GString) text = g_string_new (NULL);

  if (progress->state == ISTH_ENGINE_PAUSED)
    g_string_printf (text, _("Paused on %s"), interfaces);
  else
    g_string_printf (text, _("Listening on %s"), interfaces);
  g_string_append_printf (text, _(" · %s frames"), frames);
  g_string_append_printf (text, _(" · %s a second"), rate);
  if (progress->dropped_known)
    g_string_append_printf (text, _(" · %s dropped"), dropped);
  g_string_append_printf (text, _(" · %s frames sent"), sent);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe (const IsthProgress *progress)
{
  g_autofree char *name = g_filename_display_basename (progress->path);
  g_autofree char *frames = isth_format_count_short (progress->frames);
  g_autofree char *rate = isth_format_count_short (progress->rate);
  g_autoptr(GString) text = g_string_new (NULL);

  if (progress->state == ISTH_ENGINE_SAVING)
    return g_strdup (_("Saving…"));

  g_string_printf (text,
                   progress->state == ISTH_ENGINE_COUNTING    ? _("Counting the time window in %s")
                   : progress->state == ISTH_ENGINE_FOLLOWING ? _("Following %s")
                                                              : _("Reading %s"),
                   name);
  if (progress->count > 1)
    g_string_append_printf (text, _(" (%u of %u)"), progress->index + 1, progress->count);
  if (progress->frames > 0)
    g_string_append_printf (text, _(" · %s frames"), frames);
  if (progress->rate > 0)
    g_string_append_printf (text, _(" · %s a second"), rate);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
on_progress (IsthProgressRow *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  const IsthProgress *progress = isth_session_get_progress (session);
  gboolean live = is_live (progress);
  g_autofree char *text = NULL;

  gtk_revealer_set_reveal_child (self->revealer, progress->state != ISTH_ENGINE_IDLE);
  if (progress->state == ISTH_ENGINE_IDLE)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->pause), live);
  gtk_toggle_button_set_active (self->pause, progress->state == ISTH_ENGINE_PAUSED);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), !is_endless (progress));
  gtk_button_set_label (self->stop, is_endless (progress) ? _("_Stop") : _("_Cancel"));
  isth_names_mend (GTK_WIDGET (self->stop));
  gtk_widget_set_visible (GTK_WIDGET (self->stop), progress->state != ISTH_ENGINE_SAVING);
  text = live ? describe_live (progress, isth_session_get_listened_to (session)) : describe (progress);
  gtk_label_set_text (self->text, text);
  if ((progress->state == ISTH_ENGINE_READING || progress->state == ISTH_ENGINE_COUNTING) && progress->size > 0)
    gtk_progress_bar_set_fraction (self->bar, MIN (1.0, (double) progress->read / (double) progress->size));
  else
    gtk_progress_bar_pulse (self->bar);
}

/* The button follows the engine; only a person's click differs from what it is. */
static void
on_pause (IsthProgressRow *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  const IsthProgress *progress = isth_session_get_progress (session);
  gboolean paused = gtk_toggle_button_get_active (self->pause);

  if (is_live (progress) && paused != (progress->state == ISTH_ENGINE_PAUSED))
    isth_session_pause (session, paused);
}

static void
isth_progress_row_attach (IsthView    *view,
                          IsthSession *session)
{
  g_signal_connect_object (session, "notify::progress", G_CALLBACK (on_progress), view, G_CONNECT_SWAPPED);
}

static void
isth_progress_row_class_init (IsthProgressRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  ISTH_VIEW_CLASS (class)->attach = isth_progress_row_attach;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/progress-row.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthProgressRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, IsthProgressRow, text);
  gtk_widget_class_bind_template_child (widget_class, IsthProgressRow, bar);
  gtk_widget_class_bind_template_child (widget_class, IsthProgressRow, pause);
  gtk_widget_class_bind_template_child (widget_class, IsthProgressRow, stop);
  gtk_widget_class_bind_template_callback (widget_class, on_pause);
}

static void
isth_progress_row_init (IsthProgressRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
