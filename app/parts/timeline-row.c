/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Severity, title, the sentence of the side that reads, when and how often, and a button to acknowledge. */
#include "app/parts/timeline-row.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"

struct _IsthTimelineRow
{
  AdwBin parent_instance;

  GtkLabel *severity, *title, *sentence, *when;
  GtkToggleButton *acknowledge;

  IsthSession *session;
  IsthAlertItem *item;
};

G_DEFINE_FINAL_TYPE (IsthTimelineRow, isth_timeline_row, ADW_TYPE_BIN)

static const char *const classes[] = { "dim-label", "dim-label", "severity-medium", "severity-high", "severity-critical" };

static char *
make_sentence (IsthSession     *session,
               const IsthAlert *alert)
{
  switch (isth_session_get_wording (session))
    {
    case ISTH_WORDING_IT:
      return g_strdup (alert->security);
    case ISTH_WORDING_OT:
      return g_strdup (alert->plant);
    case ISTH_WORDING_BOTH:
    default:
      return g_strdup_printf ("%s\n%s", alert->plant, alert->security);
    }
}

static void
update (IsthTimelineRow *self)
{
  const IsthAlert *alert = self->item ? isth_alert_item_get (self->item) : NULL;
  g_autofree char *sentence = NULL, *time = NULL, *count = NULL, *when = NULL, *title = NULL;
  IsthSeverity severity;

  if (!alert)
    return;

  severity = isth_session_get_severity (self->session, alert);
  sentence = make_sentence (self->session, alert);
  time = isth_format_time (alert->last);
  count = isth_format_count (alert->count);
  when = alert->count > 1 ? g_strdup_printf (_("%s · %s times"), time, count) : g_strdup (time);
  title = *alert->detail ? g_strdup_printf ("%s · %s", alert->title, alert->detail) : g_strdup (alert->title);

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->severity), classes[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->severity), alert->acknowledged ? "dim-label" : classes[severity]);
  gtk_label_set_text (self->severity, _(isth_severity_title (severity)));
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->sentence, sentence);
  gtk_label_set_text (self->when, when);
  gtk_toggle_button_set_active (self->acknowledge, alert->acknowledged);
}

static void
on_acknowledge (IsthTimelineRow *self)
{
  if (self->item)
    isth_session_acknowledge (self->session, isth_alert_item_get (self->item)->id,
                              gtk_toggle_button_get_active (self->acknowledge));
}

void
isth_timeline_row_set_item (IsthTimelineRow *self,
                            IsthAlertItem   *item)
{
  if (self->item)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item)
    g_signal_connect_object (item, "notify::record", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
isth_timeline_row_dispose (GObject *object)
{
  IsthTimelineRow *self = ISTH_TIMELINE_ROW (object);

  g_clear_object (&self->item);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (isth_timeline_row_parent_class)->dispose (object);
}

static void
isth_timeline_row_class_init (IsthTimelineRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = isth_timeline_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/parts/timeline-row.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthTimelineRow, severity);
  gtk_widget_class_bind_template_child (widget_class, IsthTimelineRow, title);
  gtk_widget_class_bind_template_child (widget_class, IsthTimelineRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, IsthTimelineRow, when);
  gtk_widget_class_bind_template_child (widget_class, IsthTimelineRow, acknowledge);
  gtk_widget_class_bind_template_callback (widget_class, on_acknowledge);
}

static void
isth_timeline_row_init (IsthTimelineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

IsthTimelineRow *
isth_timeline_row_new (IsthSession *session)
{
  IsthTimelineRow *self = g_object_new (ISTH_TYPE_TIMELINE_ROW, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::wording", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  return self;
}
