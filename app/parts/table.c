/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One GtkColumnView for all tables: model → filter → sort → selection, all incremental, so that 100,000 rows stay fluid. */
#include "app/parts/table.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/health.h"
#include "app/settings.h"

#define RESORT_INTERVAL (2 * G_USEC_PER_SEC) /* while captures are read: rows must not jump about with each snapshot */

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
  IsthRecordModel *model;
  GtkFilter *filter;
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  GtkSelectionModel *selection;
  gboolean selecting; /* our own hand is at the selection */
  gboolean touched;   /* somebody scrolled or selected: the place in the list is theirs */
  gboolean first;     /* the first row is to be selected, as soon as it is known which it is */
  gboolean behind;    /* the selection changed while nobody saw the table */
  guint to_top, again; /* idle sources */
  gint64 resorted;
};

G_DEFINE_FINAL_TYPE (IsthTable, isth_table, ADW_TYPE_BIN)

int
isth_table_compare_text (const char *a,
                         const char *b)
{
  if (!*a || !*b)
    return *a ? -1 : *b ? 1 : 0;

  while (*a && *b)
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          char *after_a, *after_b;
          guint64 number_a = g_ascii_strtoull (a, &after_a, 10), number_b = g_ascii_strtoull (b, &after_b, 10);

          if (number_a != number_b)
            return number_a < number_b ? -1 : 1;
          a = after_a;
          b = after_b;
          continue;
        }
      if (g_ascii_tolower (*a) != g_ascii_tolower (*b))
        return (guchar) g_ascii_tolower (*a) < (guchar) g_ascii_tolower (*b) ? -1 : 1;
      a++;
      b++;
    }

  return *a ? 1 : *b ? -1 : 0;
}

static char *
dup_text (const IsthTableColumn *column,
          gpointer               item)
{
  return column->peek ? g_strdup (column->peek (item)) : column->text (item);
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  const IsthTableColumn *column = user_data;
  guint64 id_a, id_b;
  int order;

  if (column->number)
    {
      gint64 number_a = column->number ((gpointer) a), number_b = column->number ((gpointer) b);
      order = (number_a > number_b) - (number_a < number_b);
    }
  else if (column->peek)
    order = isth_table_compare_text (column->peek ((gpointer) a), column->peek ((gpointer) b));
  else
    {
      g_autofree char *text_a = column->text ((gpointer) a);
      g_autofree char *text_b = column->text ((gpointer) b);
      order = isth_table_compare_text (text_a, text_b);
    }
  if (order != 0)
    return order;

  id_a = isth_item_get_id ((IsthItem *) a);
  id_b = isth_item_get_id ((IsthItem *) b);
  return (id_a > id_b) - (id_a < id_b);
}

static void
update_cell (GtkListItem *cell)
{
  const IsthTableColumn *column = g_object_get_data (G_OBJECT (cell), "column");
  gpointer item = gtk_list_item_get_item (cell);
  g_autofree char *text = item ? dup_text (column, item) : NULL;

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

  for (guint i = 0; i < self->n_columns; i++)
    {
      const IsthTableColumn *spec = &self->columns[i];
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new (_(spec->title), factory);
      g_autoptr(GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare, (gpointer) spec, NULL));
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
      if (i == 0 || spec->leads)
        gtk_column_view_sort_by_column (self->view, column, spec->leads ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", G_ACTION_GROUP (actions));
  gtk_menu_button_set_menu_model (self->chooser, G_MENU_MODEL (menu));
}

static void
scroll_to (IsthTable *self,
           guint      position)
{
  /* GTK 4.12 has gtk_column_view_scroll_to(); until then it is an action of the list inside */
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)), "list.scroll-to-item", "u", position);
}

static gboolean
show_top (gpointer user_data)
{
  IsthTable *self = user_data;

  self->to_top = 0;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
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

static void
update_count (IsthTable *self)
{
  guint all = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autofree char *all_text = isth_format_count (all);
  g_autofree char *shown_text = isth_format_count (shown);
  g_autofree char *text = shown == all ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s row", "%s rows", all), all_text)
                                       : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s of %s row", "%s of %s rows", all), shown_text, all_text);
  gboolean narrowed = *isth_session_get_filter (self->session) ||
                      isth_session_get_time_window (self->session, NULL, NULL);

  stay_on_top (self);
  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (self->show_all, narrowed);
  if (shown == 0 && gtk_filter_list_model_get_pending (self->filtered) > 0)
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

/* Both ends of the link or remote session that is selected, without scrolling: nobody asked to see them here. */
static void
select_ends (IsthTable *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(IsthItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (isth_session_is_selected_asset (self->session, isth_item_get_id (item)))
        gtk_selection_model_select_item (self->selection, i, FALSE);
    }
}

static void
on_session_selection (IsthTable *self)
{
  guint64 id;
  IsthSelected kind = isth_session_get_selected (self->session, &id);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (self->selecting)
    return;
  self->behind = !gtk_widget_get_mapped (GTK_WIDGET (self)); /* it is looked for when somebody looks */
  if (self->behind)
    return;

  self->selecting = TRUE;
  if (kind != self->kind)
    gtk_selection_model_unselect_all (self->selection);
  if (self->kind == ISTH_SELECTED_ASSET && (kind == ISTH_SELECTED_LINK || kind == ISTH_SELECTED_REMOTE))
    select_ends (self);
  for (guint i = 0; kind == self->kind && i < n; i++)
    {
      g_autoptr(IsthItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (isth_item_get_id (item) != id)
        continue;
      gtk_selection_model_select_item (self->selection, i, TRUE);
      self->touched = TRUE;
      scroll_to (self, i);
      break;
    }
  self->selecting = FALSE;
}

static gboolean
select_again (gpointer user_data)
{
  IsthTable *self = user_data;

  self->again = 0;
  on_session_selection (self);

  return G_SOURCE_REMOVE;
}

static gboolean
matches (IsthTable *self,
         guint64    id)
{
  const IsthAsset *asset = self->kind == ISTH_SELECTED_ASSET ? isth_session_get_asset (self->session, id) : NULL;
  const IsthLink *link = self->kind == ISTH_SELECTED_LINK ? isth_session_get_link (self->session, id) : NULL;
  const IsthRemoteSession *remote = self->kind == ISTH_SELECTED_REMOTE ? isth_session_get_remote (self->session, id) : NULL;

  return (asset && isth_session_matches_asset (self->session, asset)) || (link && isth_session_matches_link (self->session, link)) ||
         (remote && isth_session_matches_remote (self->session, remote));
}

/* A row that other words hid and these show is a new row to the list: it has forgotten that it was selected. */
static void
keep_selected (IsthTable *self)
{
  guint64 id;
  g_autoptr(GtkBitset) selected = NULL;

  if (self->again || self->selecting || gtk_filter_list_model_get_pending (self->filtered) > 0 ||
      isth_session_get_selected (self->session, &id) != self->kind)
    return;
  selected = gtk_selection_model_get_selection (self->selection);
  if (gtk_bitset_is_empty (selected) && matches (self, id))
    self->again = g_idle_add_full (G_PRIORITY_LOW, select_again, self, NULL);
}

static void
on_settled (IsthTable *self)
{
  if (self->first)
    isth_table_select_first (self);
}

void
isth_table_select_first (IsthTable *self)
{
  g_autoptr(IsthItem) item = NULL;

  self->first = gtk_filter_list_model_get_pending (self->filtered) > 0 || gtk_sort_list_model_get_pending (self->sorted) > 0;
  if (self->first)
    return;

  item = g_list_model_get_item (G_LIST_MODEL (self->selection), 0);
  if (!item)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    isth_session_select (self->session, self->kind, isth_item_get_id (item));
}

/* A table that nobody sees does not follow a capture that is being read. */
static void
on_sight (IsthTable *self)
{
  gboolean attached = gtk_filter_list_model_get_model (self->filtered) != NULL;
  gboolean wanted = gtk_widget_get_mapped (GTK_WIDGET (self)) || (attached && !isth_session_get_reading (self->session));

  if (attached != wanted)
    gtk_filter_list_model_set_model (self->filtered, wanted ? G_LIST_MODEL (self->model) : NULL);
  if (wanted && (!attached || self->behind))
    on_session_selection (self);
}

/* Records changed: rows may sort or match in another way now. At once when reading has ended, and seldom before. */
static void
on_snapshot (IsthTable *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0)
    update_count (self); /* the reason why there is nothing may be another now */
  gint64 now = g_get_monotonic_time ();

  if (!isth_session_get_snapshot (self->session))
    self->touched = FALSE;
  on_sight (self);
  if (isth_session_get_reading (self->session) && now - self->resorted < RESORT_INTERVAL)
    return;

  self->resorted = now;
  if (!gtk_filter_list_model_get_model (self->filtered))
    return;

  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (gtk_column_view_get_sorter (self->view), GTK_SORTER_CHANGE_DIFFERENT);
}

static void
on_selection_changed (IsthTable *self,
                      guint      position,
                      guint      n)
{
  if (self->selecting)
    return;

  for (guint i = position; i < position + n; i++)
    if (gtk_selection_model_is_selected (self->selection, i))
      {
        g_autoptr(IsthItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

        self->selecting = TRUE;
        self->touched = TRUE;
        isth_session_select (self->session, self->kind, isth_item_get_id (item));
        self->selecting = FALSE;
        return;
      }
}

static void
append_cell (GString    *text,
             const char *cell,
             gboolean    first)
{
  if (!first)
    g_string_append_c (text, '\t');
  for (; *cell; cell++)
    g_string_append_c (text, *cell == '\t' || *cell == '\n' || *cell == '\r' ? ' ' : *cell);
}

char *
isth_table_get_tsv (IsthTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  guint n_columns = g_list_model_get_n_items (columns), n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint row = 0; row <= n; row++) /* row 0 is the head */
    {
      g_autoptr(IsthItem) item = row > 0 ? g_list_model_get_item (G_LIST_MODEL (self->selection), row - 1) : NULL;
      gboolean first = TRUE;

      if (row > 0 && !gtk_bitset_is_empty (selected) && !gtk_bitset_contains (selected, row - 1))
        continue;
      for (guint i = 0; i < n_columns; i++)
        {
          g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
          const IsthTableColumn *spec = g_object_get_data (G_OBJECT (column), "column");
          g_autofree char *cell = item ? dup_text (spec, item) : g_strdup (_(spec->title));

          if (!gtk_column_view_column_get_visible (column))
            continue;
          append_cell (text, cell, first);
          first = FALSE;
        }
      g_string_append_c (text, '\n');
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
act_copy (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  g_autofree char *text = isth_table_get_tsv (ISTH_TABLE (widget));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
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

static GtkSelectionModel *
make_models (IsthTable *self)
{
  self->filtered = gtk_filter_list_model_new (NULL, g_object_ref (self->filter));
  self->sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)),
                                          g_object_ref (gtk_column_view_get_sorter (self->view)));
  gtk_filter_list_model_set_incremental (self->filtered, TRUE);
  gtk_sort_list_model_set_incremental (self->sorted, TRUE);
  return GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->sorted))));
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
  self->model = kind == ISTH_SELECTED_ASSET    ? isth_session_get_assets (session)
                : kind == ISTH_SELECTED_REMOTE ? isth_session_get_remotes (session)
                                               : isth_session_get_links (session);
  self->filter = kind == ISTH_SELECTED_ASSET    ? isth_session_get_asset_filter (session)
                 : kind == ISTH_SELECTED_REMOTE ? isth_session_get_remote_filter (session)
                                                : isth_session_get_link_filter (session);

  name = kind == ISTH_SELECTED_ASSET ? _("Assets") : kind == ISTH_SELECTED_REMOTE ? _("Remote sessions") : _("Links");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->view))), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Column heads"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (GTK_WIDGET (self->view))), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1); /* the list inside */
  add_columns (self);
  self->selection = make_models (self);
  gtk_column_view_set_model (self->view, self->selection);

  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filtered, "notify::pending", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filtered, "notify::pending", G_CALLBACK (keep_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filtered, "notify::pending", G_CALLBACK (on_settled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sorted, "notify::pending", G_CALLBACK (on_settled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::reading", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  add_touch_controllers (self);
  g_signal_connect (self, "map", G_CALLBACK (on_sight), NULL);
  g_signal_connect_object (session, "notify::filter", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::time-window", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (on_session_selection), self, G_CONNECT_SWAPPED);
  update_count (self);
}

static void
isth_table_dispose (GObject *object)
{
  IsthTable *self = ISTH_TABLE (object);

  g_clear_handle_id (&self->to_top, g_source_remove);
  g_clear_handle_id (&self->again, g_source_remove);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);
  g_clear_object (&self->filtered);
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
