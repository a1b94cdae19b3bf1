/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of alerts, and between them the remote sessions. Acknowledged alerts step aside, and come back when asked for. */
#include "app/views/timeline-view.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/health.h"
#include "app/parts/timeline-row.h"

enum { NEWEST_FIRST, SEVEREST_FIRST };

struct _IsthTimelineView
{
  IsthView parent_instance;

  GtkLabel *count;
  GtkCheckButton *show_acknowledged, *show_sessions;
  GtkDropDown *order;
  GtkStack *pages;
  GtkListView *list;
  AdwStatusPage *empty;

  GtkFilter *filter, *remote_filter;
  GListModel *alerts, *remotes; /* those of each that are shown */
  GtkSorter *sorter;
  GtkSelectionModel *selection;
  gboolean selecting;
};

G_DEFINE_FINAL_TYPE (IsthTimelineView, isth_timeline_view, ISTH_TYPE_VIEW)

static gboolean
is_wanted (gpointer item,
           gpointer user_data)
{
  IsthTimelineView *self = user_data;

  return gtk_check_button_get_active (self->show_acknowledged) || !isth_alert_item_get (item)->acknowledged;
}

/* Who was refused came not in: guessed passwords would bury the rest. Access lists them. */
static gboolean
is_remote_wanted (gpointer item,
                  gpointer user_data)
{
  return gtk_check_button_get_active (ISTH_TIMELINE_VIEW (user_data)->show_sessions) && !isth_remote_item_get (item)->refused;
}

/* A session stands where it began: it must not wander while it goes on. */
static gint64
get_time (gconstpointer item)
{
  return ISTH_IS_ALERT_ITEM ((gpointer) item) ? isth_alert_item_get ((gpointer) item)->last : isth_remote_item_get ((gpointer) item)->first;
}

/* Sessions are no alerts: they come last where the worst comes first. */
static int
get_severity (IsthSession  *session,
              gconstpointer item)
{
  return ISTH_IS_ALERT_ITEM ((gpointer) item) ? (int) isth_session_get_severity (session, isth_alert_item_get ((gpointer) item)) : -1;
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  IsthTimelineView *self = user_data;
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  int severity_left = get_severity (session, a), severity_right = get_severity (session, b);
  gint64 time_left = get_time (a), time_right = get_time (b);
  guint64 left = isth_item_get_id ((gpointer) a), right = isth_item_get_id ((gpointer) b);

  if (gtk_drop_down_get_selected (self->order) == SEVEREST_FIRST && severity_left != severity_right)
    return severity_right - severity_left;
  if (time_left != time_right)
    return time_left > time_right ? -1 : 1;

  return (left > right) - (left < right);
}

/* The newest stay in sight as long as nobody looks at another one; by itself the list holds on to the row it shows. */
static void
show_top (IsthTimelineView *self)
{
  IsthSelected selected = isth_session_get_selected (isth_view_get_session (ISTH_VIEW (self)), NULL);

  if (selected != ISTH_SELECTED_ALERT && selected != ISTH_SELECTED_REMOTE &&
      g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
}

static void
update_count (IsthTimelineView *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint all = g_list_model_get_n_items (G_LIST_MODEL (isth_session_get_alerts (session))) +
              g_list_model_get_n_items (G_LIST_MODEL (isth_session_get_remotes (session)));
  guint n_alerts = g_list_model_get_n_items (self->alerts), n_remotes = g_list_model_get_n_items (self->remotes);
  g_autofree char *alerts_text = isth_format_count (n_alerts), *remotes_text = isth_format_count (n_remotes);
  g_autofree char *alerts = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s alert", "%s alerts", n_alerts), alerts_text);
  g_autofree char *remotes = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s remote session", "%s remote sessions", n_remotes), remotes_text);
  g_autofree char *all_text = isth_format_count (all);
  g_autofree char *text = shown == all ? g_strdup_printf (_("%s, %s"), alerts, remotes)
                                       : g_strdup_printf (_("%s, %s; %s in all"), alerts, remotes, all_text);
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);
  g_autofree char *reason = NULL;

  gtk_label_set_text (self->count, text);
  gtk_stack_set_visible_child_name (self->pages, shown > 0 ? "rows" : "empty");
  if (shown > 0 && isth_session_get_reading (session))
    show_top (self);
  if (shown > 0)
    return;

  reason = all == 0 && snapshot ? isth_health_explain_empty (snapshot) : NULL;
  adw_status_page_set_title (self->empty, all > 0 ? _("Nothing to show") : _("No alerts, no remote sessions"));
  adw_status_page_set_description (self->empty,
                                   all > 0  ? _("All alerts are acknowledged, or outside the find words and the time window, and sessions are not shown.")
                                   : reason ? reason
                                            : _("No detection found anything in these captures, and no protocol of remote access was recognised. That is no proof "
                                                "that nothing happened."));
}

static void
refilter (IsthTimelineView *self)
{
  if (self->filter)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  if (self->remote_filter)
    gtk_filter_changed (self->remote_filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
resort (IsthTimelineView *self)
{
  if (self->sorter)
    gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

static void
on_snapshot (IsthTimelineView *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  refilter (self);
  resort (self);
  update_count (self);
}

static void
on_selection_changed (IsthTimelineView *self)
{
  IsthItem *item = gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (self->selection));

  if (self->selecting || !item)
    return;

  self->selecting = TRUE;
  isth_session_select (isth_view_get_session (ISTH_VIEW (self)), ISTH_IS_ALERT_ITEM (item) ? ISTH_SELECTED_ALERT : ISTH_SELECTED_REMOTE,
                       isth_item_get_id (item));
  self->selecting = FALSE;
}

static void
on_session_selection (IsthTimelineView *self)
{
  guint64 id;
  IsthSelected kind = isth_session_get_selected (isth_view_get_session (ISTH_VIEW (self)), &id);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection)), found = GTK_INVALID_LIST_POSITION;

  if (self->selecting)
    return;

  for (guint i = 0; (kind == ISTH_SELECTED_ALERT || kind == ISTH_SELECTED_REMOTE) && i < n && found == GTK_INVALID_LIST_POSITION; i++)
    {
      g_autoptr(IsthItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (isth_item_get_id (item) == id && ISTH_IS_ALERT_ITEM (item) == (kind == ISTH_SELECTED_ALERT))
        found = i;
    }
  self->selecting = TRUE;
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (self->selection), found);
  if (found != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", found);
  self->selecting = FALSE;
}

static void
on_setup (IsthTimelineView *self,
          GtkListItem      *cell)
{
  gtk_list_item_set_child (cell, GTK_WIDGET (isth_timeline_row_new (isth_view_get_session (ISTH_VIEW (self)))));
}

static void
on_bind (IsthTimelineView *self,
         GtkListItem      *cell)
{
  isth_timeline_row_set_item (ISTH_TIMELINE_ROW (gtk_list_item_get_child (cell)), gtk_list_item_get_item (cell));
}

static void
on_unbind (IsthTimelineView *self,
           GtkListItem      *cell)
{
  isth_timeline_row_set_item (ISTH_TIMELINE_ROW (gtk_list_item_get_child (cell)), NULL);
}

/* The rows of @all that the session's filter and our own let through. */
static GListModel *
make_filtered (IsthRecordModel *all,
               GtkFilter       *of_session,
               GtkFilter       *own)
{
  GtkEveryFilter *both = gtk_every_filter_new ();

  gtk_multi_filter_append (GTK_MULTI_FILTER (both), g_object_ref (of_session));
  gtk_multi_filter_append (GTK_MULTI_FILTER (both), g_object_ref (own));
  return G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (all)), GTK_FILTER (both)));
}

static void
make_models (IsthTimelineView *self,
             IsthSession      *session)
{
  GListStore *lists = g_list_store_new (G_TYPE_LIST_MODEL);
  GtkSortListModel *sorted;
  GtkSingleSelection *selection;

  self->filter = GTK_FILTER (gtk_custom_filter_new (is_wanted, self, NULL));
  self->remote_filter = GTK_FILTER (gtk_custom_filter_new (is_remote_wanted, self, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare, self, NULL));
  self->alerts = make_filtered (isth_session_get_alerts (session), isth_session_get_alert_filter (session), self->filter);
  self->remotes = make_filtered (isth_session_get_remotes (session), isth_session_get_remote_filter (session), self->remote_filter);
  g_list_store_append (lists, self->alerts);
  g_list_store_append (lists, self->remotes);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (lists))), g_object_ref (self->sorter));
  gtk_sort_list_model_set_incremental (sorted, FALSE); /* by numbers alone, at once; its rows are dear to lay out, and would be for each step */
  selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_selected (selection, GTK_INVALID_LIST_POSITION);
  self->selection = GTK_SELECTION_MODEL (selection);
  gtk_list_view_set_model (self->list, self->selection);
}

static gboolean
show_top_later (gpointer user_data)
{
  if (ISTH_TIMELINE_VIEW (user_data)->selection) /* not disposed of meanwhile */
    show_top (user_data);

  return G_SOURCE_REMOVE;
}

static void
on_map (IsthTimelineView *self)
{
  on_snapshot (self);
  g_idle_add_full (G_PRIORITY_LOW, show_top_later, g_object_ref (self), g_object_unref); /* when the rows have their places */
}

static void
isth_timeline_view_attach (IsthView    *view,
                           IsthSession *session)
{
  IsthTimelineView *self = ISTH_TIMELINE_VIEW (view);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  make_models (self, session);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);

  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::wording", G_CALLBACK (resort), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (on_session_selection), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  update_count (self);
}

/* The rows are filtered and sorted at once. */
static void
isth_timeline_view_select_first (IsthView *view)
{
  IsthTimelineView *self = ISTH_TIMELINE_VIEW (view);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (self->selection), 0);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
isth_timeline_view_dispose (GObject *object)
{
  IsthTimelineView *self = ISTH_TIMELINE_VIEW (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->alerts);
  g_clear_object (&self->remotes);
  g_clear_object (&self->filter);
  g_clear_object (&self->remote_filter);
  g_clear_object (&self->sorter);

  G_OBJECT_CLASS (isth_timeline_view_parent_class)->dispose (object);
}

static void
isth_timeline_view_class_init (IsthTimelineViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = isth_timeline_view_dispose;
  ISTH_VIEW_CLASS (class)->attach = isth_timeline_view_attach;
  ISTH_VIEW_CLASS (class)->select_first = isth_timeline_view_select_first;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/timeline-view.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthTimelineView, count);
  gtk_widget_class_bind_template_child (widget_class, IsthTimelineView, show_acknowledged);
  gtk_widget_class_bind_template_child (widget_class, IsthTimelineView, show_sessions);
  gtk_widget_class_bind_template_child (widget_class, IsthTimelineView, order);
  gtk_widget_class_bind_template_child (widget_class, IsthTimelineView, pages);
  gtk_widget_class_bind_template_child (widget_class, IsthTimelineView, list);
  gtk_widget_class_bind_template_child (widget_class, IsthTimelineView, empty);
  gtk_widget_class_bind_template_callback (widget_class, refilter);
  gtk_widget_class_bind_template_callback (widget_class, resort);
}

static void
isth_timeline_view_init (IsthTimelineView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
