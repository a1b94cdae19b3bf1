/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Progress of the engine, hidden when it is idle. */
#include "app/views/progress-row.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"

struct _IsthProgressRow
{
  IsthView parent_instance;

  GtkRevealer *revealer;
  GtkLabel *text;
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (IsthProgressRow, isth_progress_row, ISTH_TYPE_VIEW)

static char *
describe (const IsthProgress *progress)
{
  g_autofree char *name = g_filename_display_basename (progress->path);
  g_autofree char *frames = isth_format_count_short (progress->frames);
  g_autofree char *rate = isth_format_count_short (progress->rate);
  g_autoptr(GString) text = g_string_new (NULL);

  if (progress->state == ISTH_ENGINE_SAVING)
    return g_strdup (_("Saving…"));

  g_string_printf (text, _("Reading %s"), name);
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
  const IsthProgress *progress = isth_session_get_progress (isth_view_get_session (ISTH_VIEW (self)));
  g_autofree char *text = NULL;

  gtk_revealer_set_reveal_child (self->revealer, progress->state != ISTH_ENGINE_IDLE);
  if (progress->state == ISTH_ENGINE_IDLE)
    return;

  text = describe (progress);
  gtk_label_set_text (self->text, text);
  if (progress->state == ISTH_ENGINE_READING && progress->size > 0)
    gtk_progress_bar_set_fraction (self->bar, MIN (1.0, (double) progress->read / (double) progress->size));
  else
    gtk_progress_bar_pulse (self->bar);
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
}

static void
isth_progress_row_init (IsthProgressRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
