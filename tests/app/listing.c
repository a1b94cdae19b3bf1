/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of a listing as strings: "1-1+2" is one row at 1 removed and two added, "5~" a changed row at 5. After each of them the rows must be what was told. */
#include "app/model/listing.h"
#include "app/model/listed-set.h"

#include <string.h>

static void
snapshot_clear (gpointer data)
{
  IsthSnapshot *self = data;

  for (guint i = 0; i < self->n_assets; i++)
    isth_record_unref (self->assets[i]);
  for (guint i = 0; i < self->n_links; i++)
    isth_record_unref (self->links[i]);
  g_free (self->assets);
  g_free (self->links);
}

static const char *none[] = { NULL };

static IsthAsset *
make_asset (guint64     id,
            const char *name)
{
  IsthAsset *asset = isth_record_new (sizeof *asset, NULL);

  asset->id = id;
  asset->name = g_intern_string (name);
  asset->other_addresses = asset->roles = asset->protocols = none;

  return asset;
}

/* "1 2=plc 4": assets with these ids and names, by id; without a name the record of @before, or one of the name "one". */
static IsthSnapshot *
make_snapshot (const char         *text,
               const IsthSnapshot *before)
{
  IsthSnapshot *snapshot = isth_record_new (sizeof *snapshot, snapshot_clear);
  g_auto(GStrv) words = g_strsplit (text, " ", -1);

  snapshot->assets = g_new0 (IsthAsset *, g_strv_length (words) + 1);
  for (char **word = words; *word && **word; word++)
    {
      char *rest;
      guint64 id = g_ascii_strtoull (*word, &rest, 10);
      IsthAsset *asset = before && !*rest ? isth_snapshot_get_asset (before, id) : NULL;

      snapshot->assets[snapshot->n_assets++] = asset ? isth_record_ref (asset) : make_asset (id, *rest ? rest + 1 : "one");
    }

  return snapshot;
}

static IsthSnapshot *
make_many (guint n)
{
  IsthSnapshot *snapshot = isth_record_new (sizeof *snapshot, snapshot_clear);

  snapshot->assets = g_new (IsthAsset *, n);
  snapshot->n_assets = n;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("asset %u", i % 7);

      snapshot->assets[i] = make_asset (i + 1, name);
    }

  return snapshot;
}

static gint64
get_id (const IsthRow *row)
{
  return (gint64) isth_record_id (row->record);
}

/* Neither this way nor that. */
static gint64
get_shuffled (const IsthRow *row)
{
  return (gint64) (isth_record_id (row->record) * 7919 % 4093);
}

static const char *
peek_name (const IsthRow *row)
{
  return ((const IsthAsset *) row->record)->name;
}

static char *
dup_name (const IsthRow *row)
{
  return g_strdup (peek_name (row));
}

static const IsthOrder by_id = { .number = get_id }, by_id_down = { .number = get_id, .descending = TRUE }, by_name = { .peek = peek_name },
                       by_name_down = { .text = dup_name, .descending = TRUE }, shuffled = { .number = get_shuffled };

static void
ask (IsthListing *listing,
     const char  *words,
     IsthOrder    order)
{
  IsthQuestion question = { .query = isth_query_new (words, ISTH_NO_TIME, ISTH_NO_TIME), .kinds = 1 << ISTH_SELECTED_ASSET, .n_orders = 1, .orders = { order } };

  isth_listing_arrange (listing, &question);
  isth_record_unref (question.query);
}

static void
finish (IsthListing *listing)
{
  while (!isth_listing_get_settled (listing))
    g_main_context_iteration (NULL, TRUE);
}

/* What a list widget believes that the rows are. */
typedef struct
{
  IsthListing *listing;
  GString *log;
  GArray *ids;
} Recorder;

static guint64
get_listed (IsthListing *listing,
            guint        position)
{
  g_autoptr(IsthItem) item = g_list_model_get_item (G_LIST_MODEL (listing), position);

  return isth_item_get_id (item);
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Recorder   *self)
{
  g_string_append_printf (self->log, "%s%u-%u+%u", self->log->len > 0 ? " " : "", position, removed, added);
  g_array_remove_range (self->ids, position, removed);
  for (guint i = 0; i < added; i++)
    {
      guint64 id = get_listed (self->listing, position + i);

      g_array_insert_val (self->ids, position + i, id);
    }
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, self->ids->len);
  for (guint i = 0; i < self->ids->len; i++)
    g_assert_cmpuint (get_listed (self->listing, i), ==, g_array_index (self->ids, guint64, i));
}

static void
on_record (IsthItem   *item,
           GParamSpec *pspec,
           Recorder   *self)
{
  g_string_append_printf (self->log, "%s%u~", self->log->len > 0 ? " " : "",
                          isth_listing_find (self->listing, isth_item_get_kind (item), isth_item_get_id (item)));
}

static void
recorder_init (Recorder    *self,
               IsthListing *listing)
{
  *self = (Recorder) { listing, g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (guint64)) };
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (listing)); i++)
    {
      guint64 id = get_listed (listing, i);

      g_array_append_val (self->ids, id);
    }
  g_signal_connect (listing, "items-changed", G_CALLBACK (on_items_changed), self);
}

static void
recorder_clear (Recorder *self)
{
  g_signal_handlers_disconnect_by_data (self->listing, self);
  g_string_free (self->log, TRUE);
  g_array_unref (self->ids);
}

static void
test_changes (void)
{
  static const struct
  {
    const char *before, *after, *log;
  } cases[] = {
    { "", "1 2 3", "0-0+3" },
    { "1 2 3", "1 2 3", "" },
    { "1 2 3", "", "0-3+0" },
    { "1 3", "1 2 3", "1-0+1" },
    { "1 2 3", "1 3", "1-1+0" },
    { "1 2 3", "1 2=other 3", "1~" },
    { "1 3 5", "1 2 3 4 5", "1-0+1 3-0+1" },
    { "1 2 9", "1 3 4 9=other", "2~ 1-1+2" },
    { "1 2 3 4 5", "2 4", "0-1+0 1-1+0 2-1+0" },
    { "5 6", "1 2", "0-2+2" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(IsthSnapshot) before = make_snapshot (cases[i].before, NULL), after = make_snapshot (cases[i].after, before);
      g_autoptr(IsthListing) listing = isth_listing_new (FALSE);
      g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
      Recorder recorder;

      isth_listing_set_snapshot (listing, before);
      ask (listing, "", by_id);
      recorder_init (&recorder, listing);
      for (guint j = 0; j < before->n_assets; j++)
        {
          g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (listing), j));
          g_signal_connect (g_ptr_array_index (items, j), "notify::record", G_CALLBACK (on_record), &recorder);
        }
      isth_listing_set_snapshot (listing, after);
      ask (listing, "", by_id);
      g_assert_cmpstr (recorder.log->str, ==, cases[i].log);
      for (guint j = 0; j < items->len; j++)
        g_signal_handlers_disconnect_by_data (g_ptr_array_index (items, j), &recorder);
      recorder_clear (&recorder);
    }
}

static char *
list (IsthListing *listing)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (listing)); i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT "%s", i > 0 ? " " : "", get_listed (listing, i),
                            gtk_selection_model_is_selected (GTK_SELECTION_MODEL (listing), i) ? "*" : "");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_questions (void)
{
  static const struct
  {
    const char *words;
    const IsthOrder *order;
    const char *rows;
  } cases[] = {
    { "", &by_id, "1 2 3 4" },     { "", &by_id_down, "4 3 2 1" },      { "", &by_name, "3 2 4 1" },
    { "plc", &by_name, "3 2 4" },  { "plc", &by_name_down, "4 2 3" },   { "nothing like it", &by_id, "" },
  };
  g_autoptr(IsthSnapshot) snapshot = make_snapshot ("1=server 2=PLC-2 3=plc-1 4=plc-10", NULL);
  g_autoptr(IsthListing) listing = isth_listing_new (FALSE);

  isth_listing_set_snapshot (listing, snapshot);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rows = NULL;

      ask (listing, cases[i].words, *cases[i].order);
      rows = list (listing);
      g_assert_cmpstr (rows, ==, cases[i].rows);
      g_assert_cmpuint (isth_listing_count (listing, ISTH_SELECTED_ASSET), ==, g_list_model_get_n_items (G_LIST_MODEL (listing)));
    }
}

#define CHECK_ROWS(listing, rows)              \
  {                                            \
    g_autofree char *listed = list (listing);  \
    g_assert_cmpstr (listed, ==, rows);        \
  }

/* What is selected is known by its id: it may be sorted, hidden and shown again. */
static void
test_selection (void)
{
  g_autoptr(IsthSnapshot) snapshot = make_snapshot ("1=server 2=plc-2 3=plc-1", NULL);
  g_autoptr(IsthListing) many = isth_listing_new (FALSE), single = isth_listing_new (TRUE);
  guint64 ids[] = { 2, 77 };

  isth_listing_set_snapshot (many, snapshot);
  ask (many, "", by_id);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (many), 0, TRUE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (many), 2, FALSE);
  CHECK_ROWS (many, "1* 2 3*");
  ask (many, "plc", by_id_down);
  CHECK_ROWS (many, "3* 2");
  ask (many, "", by_id);
  CHECK_ROWS (many, "1* 2 3*");
  gtk_selection_model_unselect_item (GTK_SELECTION_MODEL (many), 0);
  CHECK_ROWS (many, "1 2 3*");
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (many));
  CHECK_ROWS (many, "1* 2* 3*");
  isth_listing_select (many, ISTH_SELECTED_ASSET, ids, 2);
  CHECK_ROWS (many, "1 2* 3");
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (many));
  CHECK_ROWS (many, "1 2 3");

  isth_listing_set_snapshot (single, snapshot);
  ask (single, "", by_id);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (single), 0, TRUE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (single), 2, FALSE);
  CHECK_ROWS (single, "1 2 3*");
}

static guint
get_place (gpointer  user_data,
           gboolean *keep)
{
  *keep = TRUE;
  return GPOINTER_TO_UINT (user_data);
}

/* Another order altogether is told in few steps, of which the one that exchanges rows is small, with the row in sight in it. */
/* Against a set that is known to be right. */
static void
test_set (void)
{
  g_autoptr(GHashTable) right = g_hash_table_new (NULL, NULL);
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  IsthListedSet set = { NULL };

  for (int i = 0; i < 20000; i++)
    {
      guint id = (guint) g_rand_int_range (rand, 1, 400);
      IsthListed row = { id, ISTH_SELECTED_ASSET }, other = { id, ISTH_SELECTED_LINK };

      g_assert_cmpint (isth_listed_set_contains (&set, &row), ==, g_hash_table_contains (right, GUINT_TO_POINTER (id)));
      g_assert_false (isth_listed_set_contains (&set, &other));
      if (g_rand_boolean (rand))
        {
          isth_listed_set_add (&set, &row);
          g_hash_table_add (right, GUINT_TO_POINTER (id));
        }
      else
        {
          isth_listed_set_remove (&set, &row);
          g_hash_table_remove (right, GUINT_TO_POINTER (id));
        }
      g_assert_cmpuint (set.n, ==, g_hash_table_size (right));
    }
  isth_listed_set_clear (&set);
}

static void
test_scattered (void)
{
  static const guint sizes[] = { 2, 3, 700, 1100, 4000 };

  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint place = 0; place < sizes[i] + 500; place += sizes[i] / 2)
      {
        g_autoptr(IsthSnapshot) snapshot = make_many (sizes[i]);
        g_autoptr(IsthListing) listing = isth_listing_new (FALSE);
        Recorder recorder;
        g_auto(GStrv) steps = NULL;

        isth_listing_set_snapshot (listing, snapshot);
        isth_listing_set_place_func (listing, get_place, GUINT_TO_POINTER (place));
        ask (listing, "", by_id);
        finish (listing);
        recorder_init (&recorder, listing);
        ask (listing, "", shuffled);
        g_main_context_iteration (NULL, FALSE); /* the next answer comes when some of the rows are there */
        ask (listing, "asset", by_id_down);
        finish (listing);
        g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (listing)), ==, sizes[i]);
        steps = g_strsplit (recorder.log->str, " ", -1);
        for (char **step = steps; *step; step++)
          {
            guint position, removed, added;

            g_assert_cmpint (sscanf (*step, "%u-%u+%u", &position, &removed, &added), ==, 3);
            g_assert_true (removed == 0 || added == 0 || (removed <= 120 && added <= 120));
          }
        recorder_clear (&recorder);
      }
}

static void
count_up (IsthListing *listing,
          guint       *count)
{
  (*count)++;
}

/* Many rows are for a worker: what there was stays until it has an answer, and only the newest question is answered. */
static void
test_worker (void)
{
  g_autoptr(IsthSnapshot) snapshot = make_many (30000);
  g_autoptr(IsthListing) listing = isth_listing_new (FALSE);
  Recorder recorder;
  guint answers = 0;

  isth_listing_set_snapshot (listing, snapshot);
  g_signal_connect (listing, "arranged", G_CALLBACK (count_up), &answers);
  ask (listing, "", by_id);
  g_assert_true (isth_listing_get_busy (listing));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (listing)), ==, 0);
  finish (listing);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (listing)), ==, 30000);
  g_assert_cmpuint (answers, ==, 2); /* the answer, and that it is settled */

  ask (listing, "3", by_id);
  ask (listing, "4", by_id);
  ask (listing, "asset 6", by_id_down);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (listing)), ==, 30000);
  finish (listing);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (listing)), ==, 30000 / 7);
  g_assert_cmpuint (get_listed (listing, 0), >, get_listed (listing, 1));

  /* rows that stay are told alone */
  recorder_init (&recorder, listing);
  ask (listing, "asset 6", by_id_down);
  finish (listing);
  g_assert_cmpstr (recorder.log->str, ==, "");
  recorder_clear (&recorder);

  /* closed while it works: nothing comes back */
  recorder_init (&recorder, listing);
  ask (listing, "", by_name);
  isth_listing_set_snapshot (listing, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (listing)), ==, 0);
  finish (listing);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (listing)), ==, 0);
  g_assert_cmpstr (recorder.log->str, ==, "0-4285+0");
  recorder_clear (&recorder);
}

/* Those of its ends, as the newest snapshot has them. */
static void
test_link_names (void)
{
  g_autoptr(IsthSnapshot) assets = make_snapshot ("1 2", NULL), renamed = make_snapshot ("1=another 2", assets);
  g_autoptr(IsthListing) listing = isth_listing_new (FALSE);
  IsthQuestion question = { .query = isth_query_new ("", ISTH_NO_TIME, ISTH_NO_TIME), .kinds = 1 << ISTH_SELECTED_LINK };
  IsthLink *link = isth_record_new (sizeof *link, NULL);
  g_autoptr(IsthItem) item = NULL;
  IsthRow row;

  link->id = 7;
  link->from = 1;
  link->to = 3;
  assets->links = g_new (IsthLink *, 1);
  renamed->links = g_new (IsthLink *, 1);
  assets->links[assets->n_links++] = isth_record_ref (link);
  renamed->links[renamed->n_links++] = link;
  isth_listing_set_snapshot (listing, assets);
  isth_listing_arrange (listing, &question);
  item = g_list_model_get_item (G_LIST_MODEL (listing), 0);
  row = isth_item_get_row (item);
  g_assert_cmpstr (isth_row_get_asset_name (&row, link->from), ==, "one");
  g_assert_cmpstr (isth_row_get_asset_name (&row, link->to), ==, "");

  isth_listing_set_snapshot (listing, renamed);
  row = isth_item_get_row (item);
  g_assert_cmpstr (isth_row_get_asset_name (&row, link->from), ==, "another");
  isth_record_unref (question.query);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/listing/changes", test_changes);
  g_test_add_func ("/app/listing/questions", test_questions);
  g_test_add_func ("/app/listing/selection", test_selection);
  g_test_add_func ("/app/listing/set", test_set);
  g_test_add_func ("/app/listing/scattered", test_scattered);
  g_test_add_func ("/app/listing/worker", test_worker);
  g_test_add_func ("/app/listing/link-names", test_link_names);

  return g_test_run ();
}
