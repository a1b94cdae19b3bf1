/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One GtkColumnView for all tables, over a listing that narrows and sorts elsewhere: 100,000 rows stay fluid. */
#include "app/parts/table.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/health.h"
#include "app/model/listing.h"
#include "app/parts/table-focus.h"
#include "app/parts/table-text.h"
#include "app/settings.h"

#define INTERVAL G_USEC_PER_SEC /* while captures are read: rows must not jump about with each snapshot */
#define SHARE 5                 /* … and of the time, one part in so many may go into it */

struct _IsthTable
{
  AdwBin parent_instance;

  GtkLabel *count;
  GtkWidget *show_all;
  GtkMenuButton *chooser;
  GtkStack *pages;
  GtkColumnView *view;
  AdwStatusPage *empty;

  IsthSession *session;
  IsthSelected kind;
  const IsthTableColumn *columns;
  guint n_columns;
  const char *key;
  char *empty_text;
  IsthListing *listing;
  gboolean selecting; /* our own hand is at the selection */
  gboolean touched;   /* somebody scrolled or selected: the place in the list is theirs */
  gboolean first;     /* the first row is to be selected, as soon as it is known which it is */
  gboolean stale;     /* the rows are not those of the newest snapshot and question */
  gboolean anew;      /* … and the question is another one */
  guint to_top, again; /* idle sources */
  guint64 focused;     /* the row that had the keyboard when rows were exchanged, until it has it again */
  gint64 arranged;
};

G_DEFINE_FINAL_TYPE (IsthTable, isth_table, ADW_TYPE_BIN)

/* GTK before 4.10 does not tell by which columns a view sorts. But asked to compare it asks them one after another, and turns the answer of a descending one
 * round: so this is what is compared, and no rows. */
typedef struct
{
  guint skip;
  const IsthTableColumn *column;
} Probe;

static int
probe (gconstpointer a,
       gconstpointer b,
       gpointer      user_data)
{
  Probe *self = (Probe *) a;

  if (self->skip > 0)
    {
      self->skip--;
      return 0;
    }
  self->column = user_data;
  return -1;
}

/* Those that were chosen; what they leave open the first column tells. */
static guint
get_orders (IsthTable *self,
            IsthOrder  orders[ISTH_ORDERS_MAX])
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  const IsthTableColumn *first = &self->columns[0];
  guint n;

  for (n = 0; n < ISTH_ORDERS_MAX - 1; n++)
    {
      Probe asked = { n, NULL }, other = { 0 };
      GtkOrdering answer = gtk_sorter_compare (sorter, &asked, &other);

      if (!asked.column)
        break;
      orders[n] = (IsthOrder) { asked.column->number, asked.column->peek, asked.column->text, answer == GTK_ORDERING_LARGER };
    }
  orders[n++] = (IsthOrder) { first->number, first->peek, first->text, FALSE };

  return n;
}

static void
update_cell (GtkListItem *cell)
{
  const IsthTableColumn *column = g_object_get_data (G_OBJECT (cell), "column");
  IsthItem *item = gtk_list_item_get_item (cell);
  IsthRow row = item ? isth_item_get_row (item) : (IsthRow) { 0 };
  g_autofree char *text = item ? isth_table_column_dup_text (column, &row) : NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (cell)), text);
  if (g_object_get_data (G_OBJECT (cell), "names")) /* the row is called what its first column says */
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (gtk_widget_get_parent (gtk_list_item_get_child (cell)))),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, text ? text : "", -1);
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *cell,
          gpointer                  user_data)
{
  const IsthTableColumn *column = user_data;
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), column->right ? 1 : 0);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), column->chars);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), column->least > 0 ? column->least : column->chars);
  if (column->right)
    gtk_widget_add_css_class (text, "numeric");
  g_object_set_data (G_OBJECT (cell), "column", (gpointer) column);
  g_object_set_data (G_OBJECT (cell), "names", g_object_get_data (G_OBJECT (factory), "names"));
  gtk_list_item_set_child (cell, text);
  isth_table_focus_mark (cell);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *cell,
         gpointer                  user_data)
{
  g_signal_connect_object (gtk_list_item_get_item (cell), "notify::record", G_CALLBACK (update_cell), cell,
                           G_CONNECT_SWAPPED);
  update_cell (cell);
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *cell,
           gpointer                  user_data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (cell), update_cell, cell);
}

static gboolean
is_shown (IsthTable             *self,
          const IsthTableColumn *column)
{
  GSettings *settings = isth_settings_get ();
  g_auto(GStrv) ids = NULL;

  if (!settings || !self->key)
    return !column->hidden;

  ids = g_settings_get_strv (settings, self->key);
  return g_strv_contains ((const char *const *) ids, column->id);
}

static void
on_column_visible (IsthTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) ids = NULL;

  if (!isth_settings_get () || !self->key)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const IsthTableColumn *spec = g_object_get_data (G_OBJECT (column), "column");

      if (gtk_column_view_column_get_visible (column))
        g_strv_builder_add (builder, spec->id);
    }
  ids = g_strv_builder_end (builder);
  g_settings_set_strv (isth_settings_get (), self->key, (const char *const *) ids);
}

static void
add_columns (IsthTable *self)
{
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr(GMenu) menu = g_menu_new ();
  guint lead = 0;

  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].leads)
      lead = i;
  for (guint i = 0; i < self->n_columns; i++)
    {
      const IsthTableColumn *spec = &self->columns[i];
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new (_(spec->title), factory);
      g_autoptr(GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (probe, (gpointer) spec, NULL));
      g_autoptr(GPropertyAction) action = g_property_action_new (spec->id, column, "visible");
      g_autofree char *name = g_strconcat ("columns.", spec->id, NULL);

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), (gpointer) spec);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
      g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
      g_object_set_data (G_OBJECT (factory), "names", GINT_TO_POINTER (i == 0));
      g_object_set_data (G_OBJECT (column), "column", (gpointer) spec);
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_visible (column, is_shown (self, spec));
      gtk_column_view_column_set_expand (column, spec->least > 0);
      gtk_column_view_append_column (self->view, column);
      g_signal_connect_object (column, "notify::visible", G_CALLBACK (on_column_visible), self, G_CONNECT_SWAPPED);
      g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
      g_menu_append (menu, _(spec->title), name);
      if (i == lead) /* one only: GTK before 4.10 would leave its arrow on each */
        gtk_column_view_sort_by_column (self->view, column, spec->leads ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", G_ACTION_GROUP (actions));
  gtk_menu_button_set_menu_model (self->chooser, G_MENU_MODEL (menu));
}

static GtkWidget *
get_list (IsthTable *self)
{
  return gtk_widget_get_last_child (GTK_WIDGET (self->view));
}

static void
scroll_to (IsthTable *self,
           guint      position)
{
  /* GTK 4.12 has gtk_column_view_scroll_to(); until then it is an action of the list inside */
  gtk_widget_activate_action (get_list (self), "list.scroll-to-item", "u", position);
}

static gboolean
show_top (gpointer user_data)
{
  IsthTable *self = user_data;

  self->to_top = 0;
  if (!self->touched && g_list_model_get_n_items (G_LIST_MODEL (self->listing)) > 0)
    scroll_to (self, 0);

  return G_SOURCE_REMOVE;
}

/* By itself the list holds on to the row it shows while others are sorted in above it. */
static void
stay_on_top (IsthTable *self)
{
  if (!self->touched && self->to_top == 0)
    self->to_top = g_idle_add_full (G_PRIORITY_LOW, show_top, self, NULL);
}

static void
on_touched (IsthTable *self)
{
  self->touched = TRUE;
}

static gboolean
on_moved (IsthTable *self)
{
  self->touched = TRUE;

  return GDK_EVENT_PROPAGATE;
}

static guint
count_all (IsthTable *self)
{
  guint all;

  isth_row_get_records (isth_session_get_snapshot (self->session), self->kind, &all);
  return all;
}

static void
update_count (IsthTable *self)
{
  guint all = count_all (self), shown = isth_listing_count (self->listing, self->kind);
  g_autofree char *all_text = isth_format_count (all);
  g_autofree char *shown_text = isth_format_count (shown);
  gboolean narrowed = isth_query_is_narrow (isth_session_get_query (self->session));
  gboolean busy = self->stale || isth_listing_get_busy (self->listing);
  g_autofree char *text = !narrowed ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s row", "%s rows", all), all_text)
                                    : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s of %s row", "%s of %s rows", all), shown_text, all_text);

  stay_on_top (self);
  gtk_label_set_text (self->count, narrowed && busy ? _("Searching…") : self->anew && busy ? _("Sorting…") : text);
  gtk_widget_set_visible (self->show_all, narrowed);
  if (shown == 0 && all > 0 && busy)
    return; /* nothing found so far is not nothing */

  gtk_stack_set_visible_child_name (self->pages, shown > 0 ? "rows" : "empty");
  if (shown == 0)
    {
      const IsthSnapshot *snapshot = isth_session_get_snapshot (self->session);
      g_autofree char *reason = snapshot ? isth_health_explain_empty (snapshot) : NULL;

      if (!reason && snapshot && self->kind == ISTH_SELECTED_REMOTE)
        reason = isth_health_explain_no_sessions (snapshot);

      adw_status_page_set_title (self->empty, narrowed && all > 0 ? _("Nothing matches") : _("Nothing here"));
      adw_status_page_set_description (self->empty, narrowed && all > 0 ? _("No row has all these words in the chosen time.")
                                                    : reason            ? reason
                                                                        : self->empty_text);
    }
}

static void
scroll_to_selected (IsthTable *self)
{
  guint64 id;
  guint position = isth_session_get_selected (self->session, &id) == self->kind ? isth_listing_find (self->listing, self->kind, id) : G_MAXUINT;

  if (position == G_MAXUINT)
    return;
  self->touched = TRUE;
  scroll_to (self, position);
}

/* Of a link or remote session that is selected, both ends, without scrolling: nobody asked to see them here. */
static void
on_session_selection (IsthTable *self)
{
  guint64 ids[2] = { 0 };
  guint n = 0;
  IsthSelected kind = isth_session_get_selected (self->session, &ids[0]);
  const IsthLink *link = kind == ISTH_SELECTED_LINK ? isth_session_get_link (self->session, ids[0]) : NULL;
  const IsthRemoteSession *remote = kind == ISTH_SELECTED_REMOTE ? isth_session_get_remote (self->session, ids[0]) : NULL;

  if (self->selecting)
    return;

  if (kind == self->kind)
    n = 1;
  else if (self->kind == ISTH_SELECTED_ASSET && (link || remote))
    {
      ids[0] = link ? link->from : remote->from;
      ids[1] = link ? link->to : remote->to;
      n = 2;
    }
  self->selecting = TRUE;
  isth_listing_select (self->listing, self->kind, ids, n);
  scroll_to_selected (self);
  self->selecting = FALSE;
}

/* A row that found no place among those that have widgets gets the keyboard when it is scrolled to; one that is hidden leaves it to the list. */
static void
give_focus_back (IsthTable *self,
                 gboolean   last)
{
  if (self->focused == 0)
    return;
  if (isth_table_focus_set (get_list (self), self->focused))
    self->focused = 0;
  else if (last)
    {
      self->focused = 0;
      if (g_list_model_get_n_items (G_LIST_MODEL (self->listing)) > 0)
        gtk_widget_grab_focus (get_list (self));
    }
}

static gboolean
show_selected (gpointer user_data)
{
  IsthTable *self = user_data;

  self->again = 0;
  scroll_to_selected (self);
  give_focus_back (self, TRUE);

  return G_SOURCE_REMOVE;
}

static void
on_arranged (IsthTable *self)
{
  gboolean settled = isth_listing_get_settled (self->listing), anew = self->anew && settled;

  if (anew)
    self->anew = FALSE;
  update_count (self);
  if (self->first)
    isth_table_select_first (self);
  give_focus_back (self, settled && !anew);
  if (anew)
    {
      if (self->again == 0)
        self->again = g_idle_add_full (G_PRIORITY_LOW, show_selected, self, NULL);
    }
}

/* A table that nobody sees is not worth the work, unless its first row is wanted. */
static void
arrange (IsthTable *self)
{
  IsthQuestion question = { .query = isth_session_get_query (self->session), .kinds = 1 << self->kind };

  self->stale = TRUE;
  if (!(gtk_widget_get_mapped (GTK_WIDGET (self)) || self->first) || !isth_session_get_snapshot (self->session))
    return;

  self->stale = FALSE;
  self->arranged = g_get_monotonic_time ();
  question.n_orders = get_orders (self, question.orders);
  isth_listing_arrange (self->listing, &question);
}

void
isth_table_select_first (IsthTable *self)
{
  g_autoptr(IsthItem) item = NULL;

  self->first = TRUE;
  if (self->stale)
    arrange (self); /* comes back here */
  if (!self->first || !isth_listing_get_settled (self->listing))
    return;

  self->first = FALSE;
  item = g_list_model_get_item (G_LIST_MODEL (self->listing), 0);
  if (!item)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    isth_session_select (self->session, self->kind, isth_item_get_id (item));
}

static void
on_question (IsthTable *self)
{
  self->anew = TRUE;
  arrange (self);
  update_count (self);
}

static void
on_sight (IsthTable *self)
{
  if (self->stale)
    arrange (self);
  scroll_to_selected (self);
  update_count (self);
}

/* The rows there are say at once what is new; which there are, and where, seldom while captures are read, and at once when that has ended. */
static void
on_snapshot (IsthTable *self)
{
  IsthSnapshot *snapshot = isth_session_get_snapshot (self->session);
  gint64 waited = g_get_monotonic_time () - self->arranged;

  if (!snapshot)
    self->touched = FALSE;
  isth_listing_set_snapshot (self->listing, snapshot);
  if (!isth_session_get_reading (self->session) || g_list_model_get_n_items (G_LIST_MODEL (self->listing)) == 0 ||
      waited > MAX (INTERVAL, SHARE * isth_listing_get_cost (self->listing)))
    arrange (self);
  update_count (self);
}

static void
on_selection_changed (IsthTable *self,
                      guint      position,
                      guint      n)
{
  g_autoptr(GtkBitset) selected = NULL;
  g_autoptr(IsthItem) item = NULL;

  if (self->selecting)
    return;

  selected = gtk_selection_model_get_selection_in_range (GTK_SELECTION_MODEL (self->listing), position, n);
  if (gtk_bitset_is_empty (selected))
    return;
  item = g_list_model_get_item (G_LIST_MODEL (self->listing), gtk_bitset_get_minimum (selected));
  self->selecting = TRUE;
  self->touched = TRUE;
  isth_session_select (self->session, self->kind, isth_item_get_id (item));
  self->selecting = FALSE;
}

static void
make_tsv (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  g_task_return_pointer (task, isth_table_text_make (data), g_free);
}

static void
on_tsv_made (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (object)), text);
}

static void
act_copy (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  IsthTable *self = ISTH_TABLE (widget);
  g_autoptr(GTask) task = g_task_new (self, NULL, on_tsv_made, NULL);

  g_task_set_task_data (task, isth_table_text_new (self->view, self->listing), (GDestroyNotify) isth_table_text_free);
  g_task_run_in_thread (task, make_tsv);
}

static void
act_show_all (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  IsthSession *session = ISTH_TABLE (widget)->session;

  isth_session_set_filter (session, "");
  isth_session_set_time_window (session, ISTH_NO_TIME, ISTH_NO_TIME);
}

/* Asked before rows are exchanged. All are of one height. */
static guint
get_place (gpointer  user_data,
           gboolean *keep)
{
  IsthTable *self = user_data;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
  double upper = gtk_adjustment_get_upper (adjustment);

  if (self->focused == 0)
    self->focused = isth_table_focus_get (get_list (self));
  if (self->focused != 0) /* the view keeps it meanwhile: of a row that goes, GTK would give it to whatever comes next in the window */
    {
      gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), GTK_WIDGET (self->view));
      self->touched = TRUE; /* that row stays in sight, not the top */
    }
  *keep = self->touched;
  return upper > 0 ? (guint) (gtk_adjustment_get_value (adjustment) / upper * g_list_model_get_n_items (G_LIST_MODEL (self->listing))) : 0;
}

static void
add_touch_controllers (IsthTable *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *press = gtk_gesture_click_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_moved), self);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (on_touched), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (on_moved), self);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->view), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  gtk_widget_add_controller (gtk_widget_get_parent (GTK_WIDGET (self->view)), GTK_EVENT_CONTROLLER (press)); /* and its scroll bars */
}

void
isth_table_set_up (IsthTable             *self,
                   IsthSession           *session,
                   IsthSelected           kind,
                   const IsthTableColumn *columns,
                   guint                  n_columns,
                   const char            *key,
                   const char            *empty)
{
  const char *name;

  self->session = g_object_ref (session);
  self->kind = kind;
  self->columns = columns;
  self->n_columns = n_columns;
  self->key = key;
  self->empty_text = g_strdup (empty);
  name = kind == ISTH_SELECTED_ASSET ? _("Assets") : kind == ISTH_SELECTED_REMOTE ? _("Remote sessions") : _("Links");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->view))), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Column heads"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_list (self)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1); /* the list inside */
  add_columns (self);
  self->listing = isth_listing_new (FALSE);
  isth_listing_set_place_func (self->listing, get_place, self);
  isth_listing_set_snapshot (self->listing, isth_session_get_snapshot (session));
  self->stale = TRUE;
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->listing));

  g_signal_connect_object (self->listing, "arranged", G_CALLBACK (on_arranged), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listing, "selection-changed", G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (on_question), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::reading", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  add_touch_controllers (self);
  g_signal_connect (self, "map", G_CALLBACK (on_sight), NULL);
  g_signal_connect_object (session, "notify::filter", G_CALLBACK (on_question), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::time-window", G_CALLBACK (on_question), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (on_session_selection), self, G_CONNECT_SWAPPED);
  on_session_selection (self);
  update_count (self);
}

static void
isth_table_dispose (GObject *object)
{
  IsthTable *self = ISTH_TABLE (object);

  g_clear_handle_id (&self->to_top, g_source_remove);
  g_clear_handle_id (&self->again, g_source_remove);
  if (self->view) /* its columns go one by one, which its sorter tells */
    g_signal_handlers_disconnect_by_func (gtk_column_view_get_sorter (self->view), on_question, self);
  if (self->listing)
    isth_listing_set_place_func (self->listing, NULL, NULL);
  g_clear_object (&self->listing);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (isth_table_parent_class)->dispose (object);
}

static void
isth_table_finalize (GObject *object)
{
  g_free (ISTH_TABLE (object)->empty_text);

  G_OBJECT_CLASS (isth_table_parent_class)->finalize (object);
}

static void
isth_table_class_init (IsthTableClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = isth_table_dispose;
  G_OBJECT_CLASS (class)->finalize = isth_table_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/parts/table.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthTable, count);
  gtk_widget_class_bind_template_child (widget_class, IsthTable, show_all);
  gtk_widget_class_bind_template_child (widget_class, IsthTable, chooser);
  gtk_widget_class_bind_template_child (widget_class, IsthTable, pages);
  gtk_widget_class_bind_template_child (widget_class, IsthTable, view);
  gtk_widget_class_bind_template_child (widget_class, IsthTable, empty);
  gtk_widget_class_install_action (widget_class, "table.copy", NULL, act_copy);
  gtk_widget_class_install_action (widget_class, "table.show-all", NULL, act_show_all);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "table.copy", NULL);
}

static void
isth_table_init (IsthTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
