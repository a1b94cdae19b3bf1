/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of the record model as strings: "1-1+2" is one row at 1 removed and two added, "5~" a changed row at 5. */
#include "app/model/record-model.h"

#include <gtk/gtk.h>
#include <string.h>

/* "1 2b 4": assets with these ids; a letter makes another record of the same id. */
static GPtrArray *
make_records (const char *text,
              GPtrArray  *before)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (isth_record_unref);
  g_auto(GStrv) words = g_strsplit (text, " ", -1);

  for (char **word = words; *word && **word; word++)
    {
      char *letter;
      guint64 id = g_ascii_strtoull (*word, &letter, 10);
      IsthAsset *asset = NULL;

      for (guint i = 0; before && i < before->len; i++)
        if (((IsthAsset *) g_ptr_array_index (before, i))->id == id && !*letter)
          asset = isth_record_ref (g_ptr_array_index (before, i));
      if (!asset)
        {
          asset = isth_record_new (sizeof *asset, NULL);
          asset->id = id;
          asset->name = *letter ? "another" : "one";
        }
      g_ptr_array_add (records, asset);
    }

  return g_steal_pointer (&records);
}

typedef struct
{
  IsthRecordModel *model;
  GString *log;
} Recorder;

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Recorder   *recorder)
{
  g_string_append_printf (recorder->log, "%s%u-%u+%u", recorder->log->len > 0 ? " " : "", position, removed, added);
}

static void
on_record (IsthItem   *item,
           GParamSpec *pspec,
           Recorder   *recorder)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (recorder->model)); i++)
    {
      g_autoptr(IsthItem) there = g_list_model_get_item (G_LIST_MODEL (recorder->model), i);

      if (there == item)
        g_string_append_printf (recorder->log, "%s%u~", recorder->log->len > 0 ? " " : "", i);
    }
}

static void
check_rows (IsthRecordModel *model,
            GPtrArray       *records)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, records->len);
  for (guint i = 0; i < records->len; i++)
    {
      const IsthAsset *asset = g_ptr_array_index (records, i);
      g_autoptr(IsthItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_assert_true (isth_record_model_get_record (model, asset->id) == asset);
      g_assert_true (isth_item_get_record (isth_record_model_get_item_by_id (model, asset->id)) == asset);
      g_assert_true (isth_record_model_get_item_by_id (model, isth_item_get_id (item)) == item);
    }
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
    { "1 3", "1 2 3", "2-0+1" },
    { "1 2 3", "1 3", "1-1+0" },
    { "1 2 3", "1 2b 3", "1~" },
    { "1 3 5", "1 2 3 4 5", "3-0+2" },
    { "1 2 9", "1 3 4 9b", "1-1+0 2-0+2 1~" },
    { "1 2 3 4 5", "2 4", "4-1+0 2-1+0 0-1+0" },
    { "5 6", "1 2", "0-2+0 0-0+2" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) before = make_records (cases[i].before, NULL);
      g_autoptr(GPtrArray) after = make_records (cases[i].after, before);
      g_autoptr(IsthRecordModel) model = isth_record_model_new (ISTH_TYPE_ASSET_ITEM, NULL);
      g_autoptr(GString) log = g_string_new (NULL);
      g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
      Recorder recorder = { model, log };

      isth_record_model_update (model, before->pdata, before->len);
      check_rows (model, before);
      for (guint j = 0; j < before->len; j++)
        {
          g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (model), j));
          g_signal_connect (g_ptr_array_index (items, j), "notify::record", G_CALLBACK (on_record), &recorder);
        }
      g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), &recorder);

      isth_record_model_update (model, after->pdata, after->len);
      g_assert_cmpstr (log->str, ==, cases[i].log);
      check_rows (model, after);
      for (guint j = 0; j < items->len; j++)
        g_signal_handlers_disconnect_by_data (g_ptr_array_index (items, j), &recorder);
    }
}

/* Rows that stay keep their item, even when many runs are joined over them. */
static void
test_joined (void)
{
  g_autoptr(GPtrArray) before = g_ptr_array_new_with_free_func (isth_record_unref);
  g_autoptr(GPtrArray) after = g_ptr_array_new_with_free_func (isth_record_unref);
  g_autoptr(IsthRecordModel) model = isth_record_model_new (ISTH_TYPE_ASSET_ITEM, NULL);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GString) log = g_string_new (NULL);
  g_auto(GStrv) runs = NULL;
  Recorder recorder = { model, log };

  for (guint id = 1; id <= 4000; id++)
    {
      IsthAsset *asset = isth_record_new (sizeof *asset, NULL);

      asset->id = id;
      if (id % 2 == 0)
        g_ptr_array_add (after, isth_record_ref (asset));
      g_ptr_array_add (before, asset);
    }
  isth_record_model_update (model, before->pdata, before->len);
  for (guint i = 0; i < after->len; i++)
    g_ptr_array_add (items, g_object_ref (isth_record_model_get_item_by_id (model, (i + 1) * 2)));
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), &recorder);

  isth_record_model_update (model, after->pdata, after->len);
  check_rows (model, after);
  for (guint i = 0; i < items->len; i++)
    g_assert_true (isth_record_model_get_item_by_id (model, (i + 1) * 2) == g_ptr_array_index (items, i));
  runs = g_strsplit (log->str, " ", -1);
  g_assert_cmpuint (g_strv_length (runs), <=, 65);
}

static void
test_link_names (void)
{
  g_autoptr(GPtrArray) assets = make_records ("1 2", NULL);
  g_autoptr(GPtrArray) renamed = make_records ("1b 2", assets);
  g_autoptr(IsthRecordModel) asset_model = isth_record_model_new (ISTH_TYPE_ASSET_ITEM, NULL);
  g_autoptr(IsthRecordModel) link_model = isth_record_model_new (ISTH_TYPE_LINK_ITEM, asset_model);
  IsthLink *link = isth_record_new (sizeof *link, NULL);
  g_autoptr(IsthLinkItem) item = NULL;

  link->id = 7;
  link->from = 1;
  link->to = 3;
  isth_record_model_update (asset_model, assets->pdata, assets->len);
  isth_record_model_update (link_model, (gpointer *) &link, 1);
  item = g_list_model_get_item (G_LIST_MODEL (link_model), 0);
  g_assert_cmpstr (isth_link_item_get_from_name (item), ==, "one");
  g_assert_cmpstr (isth_link_item_get_to_name (item), ==, "");

  isth_record_model_update (asset_model, renamed->pdata, renamed->len);
  g_assert_cmpstr (isth_link_item_get_from_name (item), ==, "another");
  isth_record_unref (link);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/record-model/changes", test_changes);
  g_test_add_func ("/app/record-model/joined", test_joined);
  g_test_add_func ("/app/record-model/link-names", test_link_names);

  return g_test_run ();
}
