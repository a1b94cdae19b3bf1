/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sorted array of records as a GListModel: items are made when first asked for, and changes come in runs. */
#include "app/model/record-model.h"

#include <gtk/gtk.h>

#include "app/model/item.h"

/* Each run costs the sort and filter models above a walk over their rows; neighbouring runs are joined when there are more. */
#define RUNS_MAX 64

typedef struct
{
  gpointer record;
  IsthItem *item; /* NULL: nobody asked yet */
} Row;

struct _IsthRecordModel
{
  GObject parent_instance;

  GType item_type;
  IsthRecordModel *assets;
  GArray *rows;
};

static GType
record_model_get_item_type (GListModel *list)
{
  return ISTH_RECORD_MODEL (list)->item_type;
}

static guint
record_model_get_n_items (GListModel *list)
{
  return ISTH_RECORD_MODEL (list)->rows->len;
}

static IsthItem *
make_item (IsthRecordModel *self,
           Row             *row)
{
  if (!row->item)
    row->item = isth_item_new (self->item_type, row->record, self->assets);

  return row->item;
}

static gpointer
record_model_get_item (GListModel *list,
                       guint       position)
{
  IsthRecordModel *self = ISTH_RECORD_MODEL (list);

  if (position >= self->rows->len)
    return NULL;

  return g_object_ref (make_item (self, &g_array_index (self->rows, Row, position)));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = record_model_get_item_type;
  iface->get_n_items = record_model_get_n_items;
  iface->get_item = record_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (IsthRecordModel, isth_record_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
row_clear (gpointer data)
{
  Row *row = data;

  isth_record_unref (row->record);
  g_clear_object (&row->item);
}

static void
isth_record_model_finalize (GObject *object)
{
  IsthRecordModel *self = ISTH_RECORD_MODEL (object);

  g_array_unref (self->rows);
  g_clear_object (&self->assets);

  G_OBJECT_CLASS (isth_record_model_parent_class)->finalize (object);
}

static void
isth_record_model_class_init (IsthRecordModelClass *class)
{
  G_OBJECT_CLASS (class)->finalize = isth_record_model_finalize;
}

static void
isth_record_model_init (IsthRecordModel *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, row_clear);
}

IsthRecordModel *
isth_record_model_new (GType            item_type,
                       IsthRecordModel *assets)
{
  IsthRecordModel *self = g_object_new (ISTH_TYPE_RECORD_MODEL, NULL);

  self->item_type = item_type;
  g_set_object (&self->assets, assets);

  return self;
}

/* Puts the records of @run in place of its rows. A row that leaves and comes back (runs were joined over it) keeps its item and,
 * until it is listed as changed, its record. */
static void
apply_run (IsthRecordModel *self,
           const IsthRun   *run,
           gpointer const  *records)
{
  g_autofree Row *fresh = g_new0 (Row, run->added);
  const Row *rows = (const Row *) self->rows->data + run->position;

  for (guint new = 0, old = 0; new < run->added; new++)
    {
      guint64 id = isth_record_get_id (records[run->position + new]);

      while (old < run->removed && isth_record_get_id (rows[old].record) < id)
        old++;
      if (old < run->removed && isth_record_get_id (rows[old].record) == id)
        {
          fresh[new].record = isth_record_ref (rows[old].record);
          fresh[new].item = rows[old].item ? g_object_ref (rows[old].item) : NULL;
        }
      else
        fresh[new].record = isth_record_ref (records[run->position + new]);
    }

  if (run->removed > 0)
    g_array_remove_range (self->rows, run->position, run->removed);
  if (run->added > 0)
    g_array_insert_vals (self->rows, run->position, fresh, run->added);
  g_list_model_items_changed (G_LIST_MODEL (self), run->position, run->removed, run->added);
}

/* Joins neighbouring runs until there are at most RUNS_MAX; returns how many there are. */
static guint
join_runs (IsthRun *runs,
           guint    n)
{
  guint each = (n + RUNS_MAX - 1) / RUNS_MAX, joined = 0;

  if (n <= RUNS_MAX)
    return n;

  for (guint i = 0; i < n; i++)
    if (i % each == 0)
      runs[joined++] = runs[i];
    else
      {
        IsthRun *into = &runs[joined - 1];
        guint gap = runs[i].position - (into->position + into->added);

        into->removed += gap + runs[i].removed;
        into->added += gap + runs[i].added;
      }

  return joined;
}

void
isth_record_model_update (IsthRecordModel *self,
                          gpointer const  *records,
                          guint            n)
{
  g_autofree gpointer *before = g_new (gpointer, self->rows->len);
  IsthDiff diff;
  guint n_runs;

  for (guint i = 0; i < self->rows->len; i++)
    before[i] = g_array_index (self->rows, Row, i).record;
  diff = isth_diff_records (before, self->rows->len, records, n);

  n_runs = join_runs (diff.runs, diff.n_runs);
  for (guint i = 0; i < n_runs; i++)
    apply_run (self, &diff.runs[i], records);

  for (guint i = 0; i < diff.n_changed; i++)
    {
      guint position = diff.changed[i];
      Row *row = &g_array_index (self->rows, Row, position);
      gpointer old = row->record;

      row->record = isth_record_ref (records[position]);
      isth_record_unref (old);
      if (row->item)
        isth_item_set_record (row->item, row->record);
    }
  isth_diff_clear (&diff);
}

guint
isth_record_model_find (IsthRecordModel *self,
                        guint64          id)
{
  guint low = 0, high = self->rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint64 there = isth_record_get_id (g_array_index (self->rows, Row, middle).record);

      if (there == id)
        return middle;
      if (there < id)
        low = middle + 1;
      else
        high = middle;
    }

  return GTK_INVALID_LIST_POSITION;
}

gconstpointer
isth_record_model_get_record (IsthRecordModel *self,
                              guint64          id)
{
  guint position = isth_record_model_find (self, id);

  return position == GTK_INVALID_LIST_POSITION ? NULL : g_array_index (self->rows, Row, position).record;
}

IsthItem *
isth_record_model_get_item_by_id (IsthRecordModel *self,
                                  guint64          id)
{
  guint position = isth_record_model_find (self, id);

  if (position == GTK_INVALID_LIST_POSITION)
    return NULL;

  return make_item (self, &g_array_index (self->rows, Row, position));
}
