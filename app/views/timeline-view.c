/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of alerts, and between them the remote sessions. Acknowledged alerts step aside, and come back when asked for. */
#include "app/views/timeline-view.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/health.h"
#include "app/model/listing.h"
#include "app/parts/timeline-row.h"

#define INTERVAL G_USEC_PER_SEC /* while captures are read: rows must not jump about with each snapshot */
#define SHARE 5                 /* … and of the time, one part in so many may go into it */

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
  GtkWidget *show_all;

  IsthListing *listing;
  gboolean selecting;
  gboolean first; /* the first row is to be selected, as soon as it is known which it is */
  gboolean stale; /* the rows are not those of the newest snapshot and question */
  gint64 arranged;
};

G_DEFINE_FINAL_TYPE (IsthTimelineView, isth_timeline_view, ISTH_TYPE_VIEW)

enum { ACKNOWLEDGED = 1 << 0, SESSIONS = 1 << 1 };

/* Who was refused came not in: guessed passwords would bury the rest. Access lists them. */
static bool
is_wanted (const IsthRow *row,
           guint          flags)
{
  if (row->kind == ISTH_SELECTED_ALERT)
    return flags & ACKNOWLEDGED || !((const IsthAlert *) row->record)->acknowledged;

  return flags & SESSIONS && !((const IsthRemoteSession *) row->record)->refused;
}

/* A session stands where it began: it must not wander while it goes on. */
static gint64
get_time (const IsthRow *row)
{
  return row->kind == ISTH_SELECTED_ALERT ? ((const IsthAlert *) row->record)->last : ((const IsthRemoteSession *) row->record)->first;
}

/* Sessions are no alerts: they come last where the worst comes first. */
#define SEVERITY(name, wording)                                                                                             \
  static gint64 get_severity_##name (const IsthRow *row)                                                                    \
  {                                                                                                                         \
    return row->kind == ISTH_SELECTED_ALERT ? (gint64) isth_wording_get_severity (wording, row->record) : -1;               \
  }

SEVERITY (it, ISTH_WORDING_IT)
SEVERITY (both, ISTH_WORDING_BOTH)
SEVERITY (ot, ISTH_WORDING_OT)

/* The newest stay in sight as long as nobody looks at another one; by itself the list holds on to the row it shows. */
static void
show_top (IsthTimelineView *self)
{
  IsthSelected selected = isth_session_get_selected (isth_view_get_session (ISTH_VIEW (self)), NULL);

  if (selected != ISTH_SELECTED_ALERT && selected != ISTH_SELECTED_REMOTE &&
      g_list_model_get_n_items (G_LIST_MODEL (self->listing)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
}

/* Of @all rows none is shown: whether words and time hide them, somebody has dealt with them, or there are none, and why. */
static void
explain_empty (IsthTimelineView *self,
               guint             all)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);
  gboolean narrowed = all > 0 && (*isth_session_get_filter (session) || isth_session_get_time_window (session, NULL, NULL));
  g_autofree char *reason = all == 0 && snapshot ? isth_health_explain_empty (snapshot) : NULL;
  const char *title = _("No alerts, no remote sessions");
  const char *words = _("No detection found anything in these captures, and no protocol of remote access was recognised. That is no proof that nothing "
                        "happened.");

  if (narrowed)
    {
      title = _("Nothing matches");
      words = _("No session that is shown, and no alert that is not acknowledged, has all these words in the chosen time.");
    }
  else if (all > 0)
    {
      title = _("Nothing to show");
      words = _("All alerts are acknowledged, and sessions are not shown or were refused.");
    }
  gtk_widget_set_visible (self->show_all, narrowed);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, reason ? reason : words);
}

static void
update_count (IsthTimelineView *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);
  guint shown = isth_listing_count (self->listing, ISTH_SELECTED_ALERT) + isth_listing_count (self->listing, ISTH_SELECTED_REMOTE), all = snapshot ? snapshot->n_alerts + snapshot->n_sessions : 0;
  guint n_alerts = isth_listing_count (self->listing, ISTH_SELECTED_ALERT), n_remotes = isth_listing_count (self->listing, ISTH_SELECTED_REMOTE);
  g_autofree char *alerts_text = isth_format_count (n_alerts), *remotes_text = isth_format_count (n_remotes);
  g_autofree char *alerts = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s alert", "%s alerts", n_alerts), alerts_text);
  g_autofree char *remotes = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s remote session", "%s remote sessions", n_remotes), remotes_text);
  g_autofree char *all_text = isth_format_count (all);
  g_autofree char *text = shown == all ? g_strdup_printf (_("%s, %s"), alerts, remotes)
                                       : g_strdup_printf (_("%s, %s; %s in all"), alerts, remotes, all_text);

  if (all > 0 && isth_listing_get_busy (self->listing) && (shown == 0 || isth_query_is_narrow (isth_session_get_query (session))))
    {
      gtk_label_set_text (self->count, _("Searching…"));
      return; /* nothing found so far is not nothing */
    }
  gtk_label_set_text (self->count, text);
  gtk_stack_set_visible_child_name (self->pages, shown > 0 ? "rows" : "empty");
  if (shown > 0 && isth_session_get_reading (session))
    show_top (self);
  if (shown > 0)
    return;

  explain_empty (self, all);
}

/* Not while another view is in front. */
static void
arrange (IsthTimelineView *self)
{
  static gint64 (*const severities[]) (const IsthRow *row) = {
    [ISTH_WORDING_IT] = get_severity_it, [ISTH_WORDING_BOTH] = get_severity_both, [ISTH_WORDING_OT] = get_severity_ot,
  };
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  IsthQuestion question = { .wanted = is_wanted, .kinds = 1 << ISTH_SELECTED_ALERT | 1 << ISTH_SELECTED_REMOTE };

  self->stale = TRUE;
  if (!session || !self->listing || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->stale = FALSE;
  self->arranged = g_get_monotonic_time ();
  question.query = isth_session_get_query (session);
  question.flags = (gtk_check_button_get_active (self->show_acknowledged) ? ACKNOWLEDGED : 0) | (gtk_check_button_get_active (self->show_sessions) ? SESSIONS : 0);
  if (gtk_drop_down_get_selected (self->order) == SEVEREST_FIRST)
    question.orders[question.n_orders++] = (IsthOrder) { .number = severities[isth_session_get_wording (session)], .descending = TRUE };
  question.orders[question.n_orders++] = (IsthOrder) { .number = get_time, .descending = TRUE };
  isth_listing_arrange (self->listing, &question);
  update_count (self);
}

static void
on_snapshot (IsthTimelineView *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  gint64 waited = g_get_monotonic_time () - self->arranged;

  isth_listing_set_snapshot (self->listing, isth_session_get_snapshot (session));
  self->stale = TRUE;
  if (!isth_session_get_reading (session) || g_list_model_get_n_items (G_LIST_MODEL (self->listing)) == 0 ||
      waited > MAX (INTERVAL, SHARE * isth_listing_get_cost (self->listing)))
    arrange (self);
}

static void
on_selection_changed (IsthTimelineView *self)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->listing));
  g_autoptr(IsthItem) item = NULL;

  if (self->selecting || gtk_bitset_is_empty (selected))
    return;

  item = g_list_model_get_item (G_LIST_MODEL (self->listing), gtk_bitset_get_minimum (selected));
  self->selecting = TRUE;
  isth_session_select (isth_view_get_session (ISTH_VIEW (self)), isth_item_get_kind (item), isth_item_get_id (item));
  self->selecting = FALSE;
}

static void
on_session_selection (IsthTimelineView *self)
{
  guint64 id;
  IsthSelected kind = isth_session_get_selected (isth_view_get_session (ISTH_VIEW (self)), &id);
  gboolean listed = kind == ISTH_SELECTED_ALERT || kind == ISTH_SELECTED_REMOTE;
  guint found = listed ? isth_listing_find (self->listing, kind, id) : G_MAXUINT;

  if (self->selecting)
    return;

  self->selecting = TRUE;
  isth_listing_select (self->listing, kind, &id, listed ? 1 : 0);
  if (found != G_MAXUINT)
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

/* Rows are not all of one height: it is near there. */
static guint
get_place (gpointer  user_data,
           gboolean *keep)
{
  IsthTimelineView *self = user_data;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  double upper = gtk_adjustment_get_upper (adjustment);

  *keep = TRUE;
  return upper > 0 ? (guint) (gtk_adjustment_get_value (adjustment) / upper * g_list_model_get_n_items (G_LIST_MODEL (self->listing))) : 0;
}

static gboolean
show_top_later (gpointer user_data)
{
  if (ISTH_TIMELINE_VIEW (user_data)->listing) /* not disposed of meanwhile */
    show_top (user_data);

  return G_SOURCE_REMOVE;
}

static void
on_map (IsthTimelineView *self)
{
  if (self->stale)
    arrange (self);
  g_idle_add_full (G_PRIORITY_LOW, show_top_later, g_object_ref (self), g_object_unref); /* when the rows have their places */
}

static void
isth_timeline_view_select_first (IsthView *view)
{
  IsthTimelineView *self = ISTH_TIMELINE_VIEW (view);

  self->first = !isth_listing_get_settled (self->listing); /* then when that has an answer */
  if (self->first)
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->listing)) > 0)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->listing), 0, TRUE);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_arranged (IsthTimelineView *self)
{
  update_count (self);
  if (self->first)
    isth_timeline_view_select_first (ISTH_VIEW (self));
}

static void
isth_timeline_view_attach (IsthView    *view,
                           IsthSession *session)
{
  IsthTimelineView *self = ISTH_TIMELINE_VIEW (view);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->listing = isth_listing_new (TRUE);
  isth_listing_set_place_func (self->listing, get_place, self);
  isth_listing_set_snapshot (self->listing, isth_session_get_snapshot (session));
  self->stale = TRUE;
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->listing));
  g_object_unref (factory);

  g_signal_connect_object (self->listing, "arranged", G_CALLBACK (on_arranged), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listing, "selection-changed", G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::reading", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::filter", G_CALLBACK (arrange), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::time-window", G_CALLBACK (arrange), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::wording", G_CALLBACK (arrange), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (on_session_selection), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  update_count (self);
}

static void
on_show_all (IsthTimelineView *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));

  isth_session_set_filter (session, "");
  isth_session_set_time_window (session, ISTH_NO_TIME, ISTH_NO_TIME);
}

static void
isth_timeline_view_dispose (GObject *object)
{
  IsthTimelineView *self = ISTH_TIMELINE_VIEW (object);

  if (self->listing)
    isth_listing_set_place_func (self->listing, NULL, NULL);
  g_clear_object (&self->listing);

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
  gtk_widget_class_bind_template_child (widget_class, IsthTimelineView, show_all);
  gtk_widget_class_bind_template_callback (widget_class, on_show_all);
  gtk_widget_class_bind_template_callback (widget_class, arrange);
}

static void
isth_timeline_view_init (IsthTimelineView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
