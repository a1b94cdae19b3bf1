/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records as a GListModel in order of arrival: items are made when first asked for, and changes come in runs. */
#include "app/model/record-model.h"

#include <string.h>

#include "app/model/item.h"

/* Each run costs the sort and filter models above a walk over their rows; neighbouring runs are joined when there are more. */
#define RUNS_MAX 64

typedef struct
{
  gpointer record;
  IsthItem *item; /* NULL: nobody asked yet */
  gboolean gone;
} Row;

struct _IsthRecordModel
{
  GObject parent_instance;

  GType item_type;
  IsthRecordModel *assets;
  GPtrArray *rows;   /* as they came, so that new ones are one run at the end, whatever their ids */
  GPtrArray *sorted; /* the same rows by id */
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

  return g_object_ref (make_item (self, g_ptr_array_index (self->rows, position)));
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
row_free (gpointer data)
{
  Row *row = data;

  isth_record_unref (row->record);
  g_clear_object (&row->item);
  g_free (row);
}

static void
isth_record_model_finalize (GObject *object)
{
  IsthRecordModel *self = ISTH_RECORD_MODEL (object);

  g_ptr_array_unref (self->sorted);
  g_ptr_array_unref (self->rows);
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
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->sorted = g_ptr_array_new ();
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

/* Takes the rows that are gone out of [@position, @end) and tells it as one change. */
static void
remove_run (IsthRecordModel *self,
            guint            position,
            guint            end)
{
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (row_free); /* freed after everybody heard of it */
  gpointer *rows = self->rows->pdata;
  guint kept = 0;

  for (guint i = position; i < end; i++)
    if (((Row *) rows[i])->gone)
      g_ptr_array_add (gone, rows[i]);
    else
      rows[position + kept++] = rows[i];

  memmove (rows + position + kept, rows + end, (self->rows->len - end) * sizeof *rows);
  self->rows->len -= end - position - kept; /* not g_ptr_array_remove_range(): that would free rows that moved */
  g_list_model_items_changed (G_LIST_MODEL (self), position, end - position, kept);
}

/* From the end on, so that positions before stay what they are. */
static void
remove_gone (IsthRecordModel *self,
             guint            n_gone)
{
  guint least = n_gone / RUNS_MAX; /* a run holds more than this many of them, unless it is the last */
  guint end = self->rows->len;

  while (end > 0 && n_gone > 0)
    {
      guint start, in_run = 0;

      while (!((Row *) g_ptr_array_index (self->rows, end - 1))->gone)
        end--;
      for (start = end; start > 0; start--)
        if (((Row *) g_ptr_array_index (self->rows, start - 1))->gone)
          in_run++;
        else if (in_run >= least)
          break;
      n_gone -= in_run;
      remove_run (self, start, end);
      end = start;
    }
}

/* Walks the old rows and the new records, both by id: fills in @sorted, @fresh and @changed, and marks what is gone. */
static guint
compare (IsthRecordModel *self,
         gpointer const  *records,
         guint            n,
         GPtrArray       *sorted,
         GPtrArray       *fresh,
         GArray          *changed)
{
  guint old = 0, kept = 0;

  for (guint i = 0; i < n; i++)
    {
      guint64 id = isth_record_get_id (records[i]);
      Row *row = NULL;

      while (old < self->sorted->len && isth_record_get_id (((Row *) g_ptr_array_index (self->sorted, old))->record) < id)
        ((Row *) g_ptr_array_index (self->sorted, old++))->gone = TRUE;
      if (old < self->sorted->len && isth_record_get_id (((Row *) g_ptr_array_index (self->sorted, old))->record) == id)
        {
          row = g_ptr_array_index (self->sorted, old++);
          kept++;
          if (row->record != records[i])
            g_array_append_val (changed, i);
        }
      else
        {
          row = g_new0 (Row, 1);
          row->record = isth_record_ref (records[i]);
          g_ptr_array_add (fresh, row);
        }
      g_ptr_array_add (sorted, row);
    }
  while (old < self->sorted->len)
    ((Row *) g_ptr_array_index (self->sorted, old++))->gone = TRUE;

  return self->sorted->len - kept;
}

void
isth_record_model_update (IsthRecordModel *self,
                          gpointer const  *records,
                          guint            n)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_sized_new (n);
  g_autoptr(GPtrArray) fresh = g_ptr_array_new ();
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_gone = compare (self, records, n, sorted, fresh, changed), n_before;

  g_ptr_array_unref (self->sorted);
  self->sorted = g_ptr_array_ref (sorted);

  if (n_gone > 0)
    remove_gone (self, n_gone);
  n_before = self->rows->len;
  g_ptr_array_extend (self->rows, fresh, NULL, NULL);
  if (fresh->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, fresh->len);

  for (guint i = 0; i < changed->len; i++)
    {
      guint index = g_array_index (changed, guint, i);
      Row *row = g_ptr_array_index (sorted, index);
      gpointer before = row->record;

      row->record = isth_record_ref (records[index]);
      isth_record_unref (before);
      if (row->item)
        isth_item_set_record (row->item, row->record);
    }
}

static Row *
find (IsthRecordModel *self,
      guint64          id)
{
  guint low = 0, high = self->sorted->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      Row *row = g_ptr_array_index (self->sorted, middle);
      guint64 there = isth_record_get_id (row->record);

      if (there == id)
        return row;
      if (there < id)
        low = middle + 1;
      else
        high = middle;
    }

  return NULL;
}

gconstpointer
isth_record_model_get_record (IsthRecordModel *self,
                              guint64          id)
{
  Row *row = find (self, id);

  return row ? row->record : NULL;
}

IsthItem *
isth_record_model_get_item_by_id (IsthRecordModel *self,
                                  guint64          id)
{
  Row *row = find (self, id);

  return row ? make_item (self, row) : NULL;
}
