/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of an alert: severity, title, the sentence of the side that reads, when and how often, and a button to acknowledge. Of a remote session: that it is
 * one, who and where, the sentence, and from when to when. */
#include "app/parts/timeline-row.h"

#include <glib/gi18n-lib.h>

#include "app/decisions.h"
#include "app/format.h"
#include "app/parts/remote-text.h"

struct _IsthTimelineRow
{
  AdwBin parent_instance;

  GtkLabel *severity, *title, *sentence, *when;
  GtkToggleButton *acknowledge;

  IsthSession *session;
  IsthItem *item;
};

G_DEFINE_FINAL_TYPE (IsthTimelineRow, isth_timeline_row, ADW_TYPE_BIN)

static const char *const classes[] = { "dim-label", "dim-label", "severity-medium", "severity-high", "severity-critical" };

static char *
make_sentence (IsthSession     *session,
               const IsthAlert *alert)
{
  IsthWording wording = isth_session_get_wording (session);
  g_autofree char *plant = isth_alert_describe (alert, alert->plant_form), *security = isth_alert_describe (alert, alert->security_form);

  switch (wording)
    {
    case ISTH_WORDING_IT:
      return g_steal_pointer (&security);
    case ISTH_WORDING_OT:
      return g_steal_pointer (&plant);
    case ISTH_WORDING_BOTH:
    default:
      return g_strdup_printf ("%s\n%s", plant, security);
    }
}

static void
set_texts (IsthTimelineRow *self,
           const char      *severity,
           const char      *class,
           const char      *title,
           const char      *sentence,
           const char      *when)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->severity), classes[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->severity), class);
  gtk_label_set_text (self->severity, severity);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->sentence, sentence);
  gtk_label_set_text (self->when, when);
  if (gtk_widget_get_parent (GTK_WIDGET (self))) /* the list's own row */
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self))), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
update_remote (IsthTimelineRow         *self,
               const IsthRemoteSession *remote)
{
  g_autofree char *sentence = isth_remote_text_sentence (self->session, remote), *kind = isth_remote_text_kind (remote);
  g_autofree char *first = isth_format_time (remote->first), *span = isth_remote_text_span (remote);
  g_autofree char *when = g_strdup_printf ("%s · %s", first, span);
  g_autofree char *title = g_strdup_printf ("%s · %s %s %s", kind, isth_session_get_asset_name (self->session, remote->from), remote->proof ? "→" : "–",
                                            isth_session_get_asset_name (self->session, remote->to));

  set_texts (self, _("Session"), "dim-label", title, sentence, when);
}

static void
update (IsthTimelineRow *self)
{
  IsthRow row = self->item ? isth_item_get_row (self->item) : (IsthRow) { 0 };
  const IsthAlert *alert = row.kind == ISTH_SELECTED_ALERT ? row.record : NULL;
  g_autofree char *sentence = NULL, *time = NULL, *count = NULL, *when = NULL, *title = NULL, *detail = NULL;
  IsthSeverity severity;

  gtk_widget_set_visible (GTK_WIDGET (self->acknowledge), alert != NULL);
  if (row.kind == ISTH_SELECTED_REMOTE)
    update_remote (self, row.record);
  if (!alert)
    return;

  severity = isth_session_get_severity (self->session, alert);
  sentence = make_sentence (self->session, alert);
  time = isth_format_time (alert->last);
  count = isth_format_count (alert->count);
  when = alert->count > 1 ? g_strdup_printf (_("%s · %s times"), time, count) : g_strdup (time);
  detail = isth_alert_describe_detail (alert);
  title = *detail ? g_strdup_printf ("%s · %s", alert->title, detail) : g_strdup (alert->title);

  set_texts (self, _(isth_severity_title (severity)), alert->acknowledged ? "dim-label" : classes[severity], title, sentence, when);
  gtk_toggle_button_set_active (self->acknowledge, alert->acknowledged);
}

static void
on_acknowledge (IsthTimelineRow *self)
{
  if (self->item && isth_item_get_kind (self->item) == ISTH_SELECTED_ALERT)
    isth_decisions_acknowledge (isth_session_get_decisions (self->session), isth_item_get_id (self->item),
                                gtk_toggle_button_get_active (self->acknowledge));
}

void
isth_timeline_row_set_item (IsthTimelineRow *self,
                            IsthItem        *item)
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
