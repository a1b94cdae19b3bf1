/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the one selection, whatever it is; made afresh when its record changed, seldom while captures are read. */
#include "app/views/inspector.h"

#include "app/parts/inspector-parts.h"

#define REFILL_INTERVAL (2 * G_USEC_PER_SEC)

struct _IsthInspector
{
  IsthView parent_instance;

  GtkStack *pages;
  GtkScrolledWindow *scroller;
  AdwBin *holder;

  gconstpointer shown; /* the record, only to compare: never followed */
  gint64 filled;
};

G_DEFINE_FINAL_TYPE (IsthInspector, isth_inspector, ISTH_TYPE_VIEW)

static gconstpointer
get_record (IsthSession *session)
{
  guint64 id;

  switch (isth_session_get_selected (session, &id))
    {
    case ISTH_SELECTED_ASSET:
      return isth_session_get_asset (session, id);
    case ISTH_SELECTED_LINK:
      return isth_session_get_link (session, id);
    case ISTH_SELECTED_ALERT:
      return isth_session_get_alert (session, id);
    case ISTH_SELECTED_REMOTE:
      return isth_session_get_remote (session, id);
    case ISTH_SELECTED_NOTHING:
    default:
      return NULL;
    }
}

static void
fill (IsthInspector *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  gconstpointer record = get_record (session);
  GtkBox *box;

  self->shown = record;
  self->filled = g_get_monotonic_time ();
  gtk_stack_set_visible_child_name (self->pages, record ? "something" : "nothing");
  if (!record)
    {
      adw_bin_set_child (self->holder, NULL);
      return;
    }

  box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  switch (isth_session_get_selected (session, NULL))
    {
    case ISTH_SELECTED_ASSET:
      isth_inspector_fill_asset (box, session, record);
      break;
    case ISTH_SELECTED_LINK:
      isth_inspector_fill_link (box, session, record);
      break;
    case ISTH_SELECTED_REMOTE:
      isth_inspector_fill_remote (box, session, record);
      break;
    case ISTH_SELECTED_ALERT:
    case ISTH_SELECTED_NOTHING:
    default:
      isth_inspector_fill_alert (box, session, record);
    }
  adw_bin_set_child (self->holder, GTK_WIDGET (box));
}

static void
on_selection (IsthInspector *self)
{
  fill (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
on_snapshot (IsthInspector *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  gconstpointer record = get_record (session);

  if (record == self->shown)
    return;
  if (record && self->shown && isth_session_get_reading (session) &&
      g_get_monotonic_time () - self->filled < REFILL_INTERVAL)
    return;

  fill (self);
}

static void
isth_inspector_attach (IsthView    *view,
                       IsthSession *session)
{
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (on_selection), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::wording", G_CALLBACK (fill), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::reading", G_CALLBACK (on_snapshot), view, G_CONNECT_SWAPPED);
  fill (ISTH_INSPECTOR (view));
}

static void
isth_inspector_class_init (IsthInspectorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  ISTH_VIEW_CLASS (class)->attach = isth_inspector_attach;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthInspector, pages);
  gtk_widget_class_bind_template_child (widget_class, IsthInspector, scroller);
  gtk_widget_class_bind_template_child (widget_class, IsthInspector, holder);
}

static void
isth_inspector_init (IsthInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
