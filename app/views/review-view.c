/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The agenda: by itself what nothing was decided about, the weightiest first. */
#include "app/views/review-view.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/health.h"
#include "app/model/listing.h"
#include "app/parts/review-row.h"
#include "app/parts/review-text.h"

#define INTERVAL G_USEC_PER_SEC /* while captures are read: rows must not jump about with each snapshot */
#define SHARE 5                 /* … and of the time, one part in so many may go into it */

enum { SHOW_OPEN, SHOW_SETTLED, SHOW_ALL };

struct _IsthReviewView
{
  IsthView parent_instance;

  GtkLabel *count;
  GtkDropDown *show;
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

G_DEFINE_FINAL_TYPE (IsthReviewView, isth_review_view, ISTH_TYPE_VIEW)

/* Through another host, or over the boundary: what stays on one side is the business of that side. */
static gboolean
is_from_afar (const IsthRow           *row,
              const IsthRemoteSession *remote)
{
  const IsthLink *link = remote->link ? isth_snapshot_get_link (row->snapshot, remote->link) : NULL;
  const IsthAsset *from = isth_snapshot_get_asset (row->snapshot, remote->from);

  return !remote->refused && (remote->came_by || (link && link->crossing) || (from && from->side == ISTH_SIDE_EXTERNAL));
}

/* What nobody needs to decide about is not on the agenda, unless somebody did. */
static gboolean
is_on_agenda (const IsthRow *row)
{
  const IsthAlert *alert = row->record;

  switch (row->kind)
    {
    case ISTH_SELECTED_LINK:
      return ((const IsthLink *) row->record)->crossing;
    case ISTH_SELECTED_ALERT:
      return !alert->acknowledged && MAX (alert->process_severity, alert->cyber_severity) >= ISTH_SEVERITY_MEDIUM;
    case ISTH_SELECTED_REMOTE:
      return is_from_afar (row, row->record);
    case ISTH_SELECTED_ASSET:
    case ISTH_SELECTED_NOTHING:
    default:
      return FALSE;
    }
}

static bool
is_wanted (const IsthRow *row,
           guint          flags)
{
  const IsthReview *review = isth_review_text_find (row->snapshot, row->kind, isth_record_id (row->record));
  gboolean settled = review && review->outcome != ISTH_VERDICT_OPEN;

  if (!review && !is_on_agenda (row))
    return false;

  return flags == SHOW_ALL || settled == (flags == SHOW_SETTLED);
}

/* Crossings stand between alerts that are high and those that are medium; sessions come behind them. */
#define WEIGHT(name, wording)                                                                                        \
  static gint64 get_weight_##name (const IsthRow *row)                                                               \
  {                                                                                                                  \
    return row->kind == ISTH_SELECTED_ALERT  ? (gint64) isth_wording_get_severity (wording, row->record) * 10        \
           : row->kind == ISTH_SELECTED_LINK ? ISTH_SEVERITY_MEDIUM * 10 + 5                                         \
                                             : ISTH_SEVERITY_MEDIUM * 10 - 5;                                        \
  }

WEIGHT (it, ISTH_WORDING_IT)
WEIGHT (both, ISTH_WORDING_BOTH)
WEIGHT (ot, ISTH_WORDING_OT)

static gint64
get_time (const IsthRow *row)
{
  return row->kind == ISTH_SELECTED_ALERT    ? ((const IsthAlert *) row->record)->first
         : row->kind == ISTH_SELECTED_LINK   ? ((const IsthLink *) row->record)->first
         : row->kind == ISTH_SELECTED_REMOTE ? ((const IsthRemoteSession *) row->record)->first
                                             : ((const IsthAsset *) row->record)->first;
}

/* Why no row is shown: words and time hide them, all of them are settled, none is, or there are none. */
static void
explain_empty (IsthReviewView *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);
  gboolean narrowed = isth_query_is_narrow (isth_session_get_query (session));
  g_autofree char *reason = snapshot && !narrowed ? isth_health_explain_empty (snapshot) : NULL;
  guint settled = snapshot && snapshot->reviews ? snapshot->reviews->n_reviews : 0;
  const char *title = _("Nothing to decide");
  const char *words = _("Nothing that crosses the boundary, no alert that weighs and no session from afar was seen. That is no proof that there is none.");

  if (narrowed)
    {
      title = _("Nothing matches");
      words = _("Nothing on the agenda has all these words in the chosen time.");
    }
  else if (gtk_drop_down_get_selected (self->show) == SHOW_SETTLED)
    {
      title = _("Nothing decided so far");
      words = _("Choose “Decide…” beside what is open, or press Ctrl+D on anything that is selected.");
      g_clear_pointer (&reason, g_free);
    }
  else if (settled > 0)
    words = _("All that was on the agenda is decided.");
  gtk_widget_set_visible (self->show_all, narrowed);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, reason ? reason : words);
}

/* Decisions about what the captures do not show, which no row can: other captures did, or the same were read in another way. */
static guint
count_lost (const IsthSnapshot *snapshot)
{
  guint n = 0;

  for (guint i = 0; snapshot && snapshot->reviews && i < snapshot->reviews->n_reviews; i++)
    {
      const IsthReview *review = &snapshot->reviews->reviews[i];

      n += !(review->about == ISTH_ABOUT_ASSET   ? (gconstpointer) isth_snapshot_get_asset (snapshot, review->subject)
             : review->about == ISTH_ABOUT_LINK  ? (gconstpointer) isth_snapshot_get_link (snapshot, review->subject)
             : review->about == ISTH_ABOUT_ALERT ? (gconstpointer) isth_snapshot_get_alert (snapshot, review->subject)
                                                 : (gconstpointer) isth_snapshot_get_session (snapshot, review->subject));
    }
  return n;
}

static char *
describe_lost (const IsthSnapshot *snapshot)
{
  guint lost = count_lost (snapshot);
  g_autofree char *number = isth_format_count (lost);

  if (lost == 0)
    return g_strdup ("");
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "; %s decision is about what these captures do not show: see the minutes",
                                       "; %s decisions are about what these captures do not show: see the minutes", lost),
                          number);
}

static void
update_count (IsthReviewView *self)
{
  static const IsthSelected kinds[] = { ISTH_SELECTED_ASSET, ISTH_SELECTED_LINK, ISTH_SELECTED_ALERT, ISTH_SELECTED_REMOTE };
  guint shown = 0, chosen = gtk_drop_down_get_selected (self->show);
  g_autofree char *lost = describe_lost (isth_session_get_snapshot (isth_view_get_session (ISTH_VIEW (self))));
  g_autofree char *number = NULL, *text = NULL, *whole = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    shown += isth_listing_count (self->listing, kinds[i]);
  if (shown == 0 && isth_listing_get_busy (self->listing))
    {
      gtk_label_set_text (self->count, _("Searching…"));
      return; /* nothing found so far is not nothing */
    }
  number = isth_format_count (shown);
  text = g_strdup_printf (chosen == SHOW_OPEN      ? g_dngettext (GETTEXT_PACKAGE, "%s is open", "%s are open", shown)
                          : chosen == SHOW_SETTLED ? g_dngettext (GETTEXT_PACKAGE, "%s is decided", "%s are decided", shown)
                                                   : g_dngettext (GETTEXT_PACKAGE, "%s on the agenda", "%s on the agenda", shown),
                          number);
  whole = g_strconcat (text, lost, NULL);
  gtk_label_set_text (self->count, whole);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count), *lost ? whole : NULL);
  gtk_stack_set_visible_child_name (self->pages, shown > 0 ? "rows" : "empty");
  if (shown == 0)
    explain_empty (self);
}

/* Not while another view is in front. */
static void
arrange (IsthReviewView *self)
{
  static gint64 (*const weights[]) (const IsthRow *row) = {
    [ISTH_WORDING_IT] = get_weight_it, [ISTH_WORDING_BOTH] = get_weight_both, [ISTH_WORDING_OT] = get_weight_ot,
  };
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  IsthQuestion question = {
    .wanted = is_wanted,
    .kinds = 1 << ISTH_SELECTED_ASSET | 1 << ISTH_SELECTED_LINK | 1 << ISTH_SELECTED_ALERT | 1 << ISTH_SELECTED_REMOTE,
  };

  self->stale = TRUE;
  if (!session || !self->listing || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->stale = FALSE;
  self->arranged = g_get_monotonic_time ();
  question.query = isth_session_get_query (session);
  question.flags = gtk_drop_down_get_selected (self->show);
  question.orders[question.n_orders++] = (IsthOrder) { .number = weights[isth_session_get_wording (session)], .descending = TRUE };
  question.orders[question.n_orders++] = (IsthOrder) { .number = get_time };
  isth_listing_arrange (self->listing, &question);
  update_count (self);
}

static void
on_snapshot (IsthReviewView *self)
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
on_selection_changed (IsthReviewView *self)
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
on_session_selection (IsthReviewView *self)
{
  guint64 id;
  IsthSelected kind = isth_session_get_selected (isth_view_get_session (ISTH_VIEW (self)), &id);
  gboolean listed = kind != ISTH_SELECTED_NOTHING;
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
on_setup (IsthReviewView *self,
          GtkListItem      *cell)
{
  gtk_list_item_set_child (cell, GTK_WIDGET (isth_review_row_new (isth_view_get_session (ISTH_VIEW (self)))));
}

static void
on_bind (IsthReviewView *self,
         GtkListItem      *cell)
{
  isth_review_row_set_item (ISTH_REVIEW_ROW (gtk_list_item_get_child (cell)), gtk_list_item_get_item (cell));
}

static void
on_unbind (IsthReviewView *self,
           GtkListItem      *cell)
{
  isth_review_row_set_item (ISTH_REVIEW_ROW (gtk_list_item_get_child (cell)), NULL);
}

/* Rows are not all of one height: it is near there. */
static guint
get_place (gpointer  user_data,
           gboolean *keep)
{
  IsthReviewView *self = user_data;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  double upper = gtk_adjustment_get_upper (adjustment);

  *keep = TRUE;
  return upper > 0 ? (guint) (gtk_adjustment_get_value (adjustment) / upper * g_list_model_get_n_items (G_LIST_MODEL (self->listing))) : 0;
}

static void
on_map (IsthReviewView *self)
{
  if (self->stale)
    arrange (self);
}

static void
isth_review_view_select_first (IsthView *view)
{
  IsthReviewView *self = ISTH_REVIEW_VIEW (view);

  self->first = !isth_listing_get_settled (self->listing); /* then when that has an answer */
  if (self->first)
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->listing)) > 0)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->listing), 0, TRUE);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_arranged (IsthReviewView *self)
{
  update_count (self);
  if (self->first)
    isth_review_view_select_first (ISTH_VIEW (self));
}

static void
isth_review_view_attach (IsthView    *view,
                           IsthSession *session)
{
  IsthReviewView *self = ISTH_REVIEW_VIEW (view);
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
on_show_all (IsthReviewView *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));

  isth_session_set_filter (session, "");
  isth_session_set_time_window (session, ISTH_NO_TIME, ISTH_NO_TIME);
}

static void
isth_review_view_dispose (GObject *object)
{
  IsthReviewView *self = ISTH_REVIEW_VIEW (object);

  if (self->listing)
    isth_listing_set_place_func (self->listing, NULL, NULL);
  g_clear_object (&self->listing);

  G_OBJECT_CLASS (isth_review_view_parent_class)->dispose (object);
}

static void
isth_review_view_class_init (IsthReviewViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = isth_review_view_dispose;
  ISTH_VIEW_CLASS (class)->attach = isth_review_view_attach;
  ISTH_VIEW_CLASS (class)->select_first = isth_review_view_select_first;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/review-view.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthReviewView, count);
  gtk_widget_class_bind_template_child (widget_class, IsthReviewView, show);
  gtk_widget_class_bind_template_child (widget_class, IsthReviewView, pages);
  gtk_widget_class_bind_template_child (widget_class, IsthReviewView, list);
  gtk_widget_class_bind_template_child (widget_class, IsthReviewView, empty);
  gtk_widget_class_bind_template_child (widget_class, IsthReviewView, show_all);
  gtk_widget_class_bind_template_callback (widget_class, on_show_all);
  gtk_widget_class_bind_template_callback (widget_class, arrange);
}

static void
isth_review_view_init (IsthReviewView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
