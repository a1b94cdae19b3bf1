/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only rows that somebody holds have an object. A list widget holds some 200 around the place that it shows, and when rows that it holds are replaced it looks
 * for each of them among all that came: so a list that changed all over is told in steps, of which the one that exchanges rows lets it look among few. The widgets of rows are dear to fill, too, for
 * whoever waits: but for those in sight they are, some at a time, when there is nothing else to do. */
#include "app/model/listing.h"

#include "app/model/listed-set.h"
#include "app/release.h"

#define AT_ONCE 5000 /* records that are looked at without a worker */
#define IN_SIGHT 40  /* rows from the place in sight on that are exchanged at once; as many before it */
#define SLICE 16     /* … that follow at a time */
#define AROUND 256   /* … until there are so many on each side, which is more than a list widget holds */

typedef struct
{
  IsthListing *listing;
  IsthListed key;
  IsthItem *item; /* not held */
} Live;

struct _IsthListing
{
  GObject parent_instance;

  gboolean single;
  IsthSnapshot *snapshot, *arranged; /* the newest; the one of @ordered */
  IsthOrdered *ordered;
  const IsthListed *rows; /* of @ordered; while it changes or grows, a part of it */
  guint n;
  guint growing; /* idle source */
  GHashTable *live; /* of Live */
  IsthListedSet selected;
  IsthPlaceFunc get_place;
  gpointer user_data;
  IsthArrangement *running; /* the worker's */
  IsthQuestion next;        /* to be asked when it has ended */
  gboolean has_next;
  gint64 cost;
};

enum { PROP_0, PROP_BUSY, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];
static guint arranged_signal;

static GType
listing_get_item_type (GListModel *list)
{
  return ISTH_TYPE_ITEM;
}

static guint
listing_get_n_items (GListModel *list)
{
  return ISTH_LISTING (list)->n;
}

static void
on_item_gone (gpointer data,
              GObject *where)
{
  Live *live = data;

  g_hash_table_remove (live->listing->live, &live->key);
}

/* Of a record that has left meanwhile, what was last known. */
static IsthItem *
make_item (IsthListing      *self,
           const IsthListed *listed)
{
  IsthSnapshot *snapshot = self->snapshot;
  gconstpointer record = isth_row_find_record (snapshot, listed->kind, listed->id);
  Live *live = g_new (Live, 1);

  if (!record)
    {
      snapshot = self->arranged;
      record = isth_row_find_record (snapshot, listed->kind, listed->id);
    }
  *live = (Live) { self, *listed, isth_item_new (listed->kind, record, snapshot) };
  g_object_weak_ref (G_OBJECT (live->item), on_item_gone, live);
  g_hash_table_insert (self->live, &live->key, live);

  return live->item;
}

static gpointer
listing_get_item (GListModel *list,
                  guint       position)
{
  IsthListing *self = ISTH_LISTING (list);
  Live *live;

  if (position >= self->n)
    return NULL;

  live = g_hash_table_lookup (self->live, &self->rows[position]);
  return live ? g_object_ref (live->item) : make_item (self, &self->rows[position]);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = listing_get_item_type;
  iface->get_n_items = listing_get_n_items;
  iface->get_item = listing_get_item;
}

static gboolean
listing_is_selected (GtkSelectionModel *model,
                     guint              position)
{
  IsthListing *self = ISTH_LISTING (model);

  return position < self->n && isth_listed_set_contains (&self->selected, &self->rows[position]);
}

/* Run by run: bits one by one are dear. */
static GtkBitset *
find_selected (IsthListing      *self,
               const IsthListed *rows,
               guint             start,
               guint             end)
{
  GtkBitset *bits = gtk_bitset_new_empty ();

  for (guint i = start; self->selected.n > 0 && i < end; i++)
    {
      guint first = i;

      while (i < end && isth_listed_set_contains (&self->selected, &rows[i]))
        i++;
      if (i > first)
        gtk_bitset_add_range (bits, first, i - first);
    }

  return bits;
}

static GtkBitset *
listing_get_selection_in_range (GtkSelectionModel *model,
                                guint              position,
                                guint              n)
{
  IsthListing *self = ISTH_LISTING (model);

  return find_selected (self, self->rows, position, position < self->n ? position + MIN (n, self->n - position) : position);
}

static void
set_selected (IsthListing *self,
              guint        position,
              gboolean     selected)
{
  if (position >= self->n)
    return;
  if (selected && self->single)
    isth_listed_set_clear (&self->selected);
  if (selected)
    isth_listed_set_add (&self->selected, &self->rows[position]);
  else
    isth_listed_set_remove (&self->selected, &self->rows[position]);
}

/* Where all of them are meant, those that are not listed are meant, too. */
static gboolean
listing_set_selection (GtkSelectionModel *model,
                       GtkBitset         *selected,
                       GtkBitset         *mask)
{
  IsthListing *self = ISTH_LISTING (model);
  guint first = gtk_bitset_get_minimum (mask), last = gtk_bitset_get_maximum (mask), position;
  g_autoptr(GtkBitset) wanted = NULL;
  GtkBitsetIter iter;

  if (gtk_bitset_is_empty (mask) || last >= self->n)
    return TRUE;

  if (self->single)
    {
      first = 0;
      last = self->n - 1;
    }
  if (gtk_bitset_get_size (mask) == self->n)
    isth_listed_set_clear (&self->selected);
  else
    for (gboolean going = gtk_bitset_iter_init_first (&iter, mask, &position); going; going = gtk_bitset_iter_next (&iter, &position))
      if (!gtk_bitset_contains (selected, position))
        set_selected (self, position, FALSE);
  wanted = gtk_bitset_copy (selected);
  gtk_bitset_intersect (wanted, mask);
  if (!self->single)
    isth_listed_set_reserve (&self->selected, self->selected.n + (guint) gtk_bitset_get_size (wanted));
  for (gboolean going = gtk_bitset_iter_init_first (&iter, wanted, &position); going; going = gtk_bitset_iter_next (&iter, &position))
    set_selected (self, position, TRUE);
  gtk_selection_model_selection_changed (model, first, last - first + 1);

  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = listing_is_selected;
  iface->get_selection_in_range = listing_get_selection_in_range;
  iface->set_selection = listing_set_selection;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (IsthListing, isth_listing, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

static void
isth_listing_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (id == PROP_BUSY)
    g_value_set_boolean (value, isth_listing_get_busy (ISTH_LISTING (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
isth_listing_dispose (GObject *object)
{
  IsthListing *self = ISTH_LISTING (object);
  GHashTableIter iter;
  gpointer live;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &live))
    {
      g_object_weak_unref (G_OBJECT (((Live *) live)->item), on_item_gone, live);
      g_hash_table_iter_remove (&iter);
    }
  if (self->has_next)
    isth_record_unref (self->next.query);
  self->has_next = FALSE;
  g_clear_handle_id (&self->growing, g_source_remove);

  G_OBJECT_CLASS (isth_listing_parent_class)->dispose (object);
}

static void
isth_listing_finalize (GObject *object)
{
  IsthListing *self = ISTH_LISTING (object);

  g_hash_table_unref (self->live);
  isth_listed_set_clear (&self->selected);
  isth_release_snapshot (self->snapshot);
  isth_release_snapshot (self->arranged);
  isth_record_unref (self->ordered);

  G_OBJECT_CLASS (isth_listing_parent_class)->finalize (object);
}

static void
isth_listing_class_init (IsthListingClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = isth_listing_get_property;
  object_class->dispose = isth_listing_dispose;
  object_class->finalize = isth_listing_finalize;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  arranged_signal = g_signal_new ("arranged", ISTH_TYPE_LISTING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
isth_listing_init (IsthListing *self)
{
  self->live = g_hash_table_new_full (isth_listed_hash, isth_listed_same, NULL, g_free);
}

IsthListing *
isth_listing_new (gboolean single)
{
  IsthListing *self = g_object_new (ISTH_TYPE_LISTING, NULL);

  self->single = single;

  return self;
}

void
isth_listing_set_place_func (IsthListing  *self,
                             IsthPlaceFunc get_place,
                             gpointer      user_data)
{
  self->get_place = get_place;
  self->user_data = user_data;
}

/* The list is now @n rows from @rows on. */
static void
tell (IsthListing      *self,
      const IsthListed *rows,
      guint             n,
      guint             position,
      guint             removed,
      guint             added)
{
  self->rows = rows;
  self->n = n;
  if (removed + added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* The new place of the first row in sight that is still there. */
static guint
find_place (const IsthListed  *before,
            guint              n_before,
            const IsthOrdered *after,
            guint              place)
{
  g_autoptr(GHashTable) in_sight = g_hash_table_new (isth_listed_hash, isth_listed_same);
  const IsthListed *best = NULL;
  guint found = MIN (place, after->n - 1);

  for (guint i = place; i < n_before && i - place < IN_SIGHT; i++)
    g_hash_table_add (in_sight, (gpointer) &before[i]);
  for (guint i = 0; i < after->n; i++)
    {
      const IsthListed *there = g_hash_table_lookup (in_sight, &after->rows[i]);

      if (there && (!best || there < best))
        {
          best = there;
          found = i;
        }
    }

  return found;
}

/* Some rows more at each end; all that are left, when no widget will be made for them. */
static gboolean
grow (gpointer user_data)
{
  IsthListing *self = user_data;
  guint start = (guint) (self->rows - self->ordered->rows), end = start + self->n, all = self->ordered->n;
  guint before = self->n < 2 * AROUND ? MIN (start, SLICE) : start, after = self->n < 2 * AROUND ? MIN (all - end, SLICE) : all - end;

  tell (self, self->rows, self->n + after, self->n, 0, after);
  tell (self, self->rows - before, self->n + before, 0, 0, before);
  if (self->n < all)
    return G_SOURCE_CONTINUE;

  self->growing = 0;
  g_signal_emit (self, arranged_signal, 0);
  return G_SOURCE_REMOVE;
}

/* What is in sight is all that is left; it is exchanged; the others come to it. */
static void
exchange (IsthListing       *self,
          const IsthListed  *before,
          guint              n_before,
          const IsthOrdered *after)
{
  gboolean keep = FALSE;
  guint place = self->get_place && n_before > 0 ? MIN (self->get_place (self->user_data, &keep), n_before - 1) : 0;
  guint there = keep && after->n > 0 ? find_place (before, n_before, after, place) : 0;
  guint start = place > IN_SIGHT ? place - IN_SIGHT : 0, end = MIN (n_before, place + 2 * IN_SIGHT);
  guint new_start = there > IN_SIGHT ? there - IN_SIGHT : 0, new_end = MIN (after->n, there + IN_SIGHT);

  tell (self, before, end, end, n_before - end, 0);
  tell (self, before + start, end - start, 0, start, 0);
  tell (self, after->rows + new_start, new_end - new_start, 0, end - start, new_end - new_start);
  if (self->n < after->n)
    self->growing = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, grow, self, NULL);
}

/* Each step needs the rows as they are after it: made in one piece of memory, in which the part behind moves. */
static void
apply_runs (IsthListing           *self,
            const IsthArrangement *answer,
            const IsthOrdered     *before,
            const IsthOrdered     *after)
{
  g_autofree IsthListed *rows = NULL;
  guint n = before->n;

  if (answer->n_runs == 1)
    {
      tell (self, after->rows, after->n, answer->runs[0].position, answer->runs[0].removed, answer->runs[0].added);
      return;
    }
  rows = g_new (IsthListed, MAX (before->n, after->n) + after->n + 1);
  memcpy (rows, before->rows, before->n * sizeof *rows);
  for (guint i = 0; i < answer->n_runs; i++)
    {
      const IsthRun *run = &answer->runs[i];

      memmove (rows + run->position + run->added, rows + run->position + run->removed, (n - run->position - run->removed) * sizeof *rows);
      memcpy (rows + run->position, after->rows + run->position, run->added * sizeof *rows);
      n += run->added - run->removed;
      tell (self, rows, n, run->position, run->removed, run->added);
    }
  self->rows = after->rows;
}

/* Few rows are exchanged in place, whatever else there is. */
static gboolean
is_small (const IsthArrangement *answer)
{
  guint added = 0;

  for (guint i = 0; i < answer->n_runs; i++)
    added += answer->runs[i].added;

  return !answer->scattered && added <= IN_SIGHT;
}

static void
apply (IsthListing     *self,
       IsthArrangement *answer)
{
  static const IsthOrdered nothing = { .n = 0 };
  IsthOrdered *before = self->ordered;
  IsthSnapshot *older = self->arranged;
  gboolean growing = self->growing != 0;

  g_clear_handle_id (&self->growing, g_source_remove);
  self->cost = answer->took;
  self->ordered = g_steal_pointer (&answer->after);
  self->arranged = isth_snapshot_ref (answer->snapshot);
  if (growing || !is_small (answer))
    exchange (self, self->rows, self->n, self->ordered);
  else if (answer->n_runs > 0)
    apply_runs (self, answer, before ? before : &nothing, self->ordered);
  if (self->growing == 0)
    {
      self->rows = self->ordered->rows;
      self->n = self->ordered->n;
    }
  isth_record_unref (before);
  isth_release_snapshot (older);
  g_signal_emit (self, arranged_signal, 0);
}

static void start (IsthListing *self, const IsthQuestion *question);

static void
run_in_worker (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  isth_arrangement_run (data);
  g_task_return_boolean (task, TRUE);
}

static void
on_done (GObject      *object,
         GAsyncResult *result,
         gpointer      unused)
{
  IsthListing *self = ISTH_LISTING (object);
  IsthArrangement *answer = g_task_get_task_data (G_TASK (result));
  IsthQuestion next;

  self->running = NULL;
  if (answer->after && !g_atomic_int_get (&answer->cancelled))
    apply (self, answer);
  next = self->next;
  if (self->has_next)
    {
      self->has_next = FALSE;
      if (self->snapshot)
        start (self, &next);
      isth_record_unref (next.query);
    }
  if (!self->running)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
start (IsthListing        *self,
       const IsthQuestion *question)
{
  g_autoptr(IsthArrangement) arrangement = isth_arrangement_new (self->snapshot, question, self->ordered);
  g_autoptr(GTask) task = NULL;

  if (isth_arrangement_get_size (arrangement) <= AT_ONCE)
    {
      isth_arrangement_run (arrangement);
      apply (self, arrangement);
      return;
    }

  task = g_task_new (self, NULL, on_done, NULL);
  self->running = g_steal_pointer (&arrangement);
  g_task_set_task_data (task, self->running, (GDestroyNotify) isth_arrangement_free);
  g_task_run_in_thread (task, run_in_worker);
}

void
isth_listing_arrange (IsthListing        *self,
                      const IsthQuestion *question)
{
  if (!self->snapshot)
    return;
  if (!isth_listing_get_busy (self))
    {
      start (self, question);
      if (self->running)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
      return;
    }

  if (self->running && !isth_question_equal (question, &self->running->question))
    g_atomic_int_set (&self->running->cancelled, 1);
  isth_record_ref (question->query);
  if (self->has_next)
    isth_record_unref (self->next.query);
  self->next = *question;
  self->has_next = TRUE;
}

static void
clear (IsthListing *self)
{
  IsthOrdered *before = self->ordered;

  if (self->running)
    g_atomic_int_set (&self->running->cancelled, 1);
  g_clear_handle_id (&self->growing, g_source_remove);
  self->ordered = NULL;
  isth_listed_set_clear (&self->selected);
  tell (self, NULL, 0, 0, self->n, 0);
  isth_record_unref (before);
  isth_release_snapshot (g_steal_pointer (&self->arranged));
  g_signal_emit (self, arranged_signal, 0);
}

/* Those who hear that a row changed may let go of others: none is lost while it is walked over. */
static void
set_live (IsthListing  *self,
          IsthSnapshot *snapshot)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_full (g_hash_table_size (self->live), g_object_unref);
  GHashTableIter iter;
  gpointer live;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &live))
    g_ptr_array_add (items, g_object_ref (((Live *) live)->item));
  for (guint i = 0; i < items->len; i++)
    {
      IsthItem *item = g_ptr_array_index (items, i);
      gconstpointer record = isth_row_find_record (snapshot, isth_item_get_kind (item), isth_item_get_id (item));

      if (record)
        isth_item_set (item, record, snapshot);
    }
}

void
isth_listing_set_snapshot (IsthListing  *self,
                           IsthSnapshot *snapshot)
{
  IsthSnapshot *before = self->snapshot;

  if (before == snapshot)
    return;

  self->snapshot = snapshot ? isth_snapshot_ref (snapshot) : NULL;
  if (snapshot)
    set_live (self, snapshot);
  else
    clear (self);
  isth_release_snapshot (before);
}

gboolean
isth_listing_get_busy (IsthListing *self)
{
  return self->running || self->has_next;
}

gboolean
isth_listing_get_settled (IsthListing *self)
{
  return !isth_listing_get_busy (self) && self->growing == 0;
}

gint64
isth_listing_get_cost (IsthListing *self)
{
  return self->cost;
}

guint
isth_listing_count (IsthListing *self,
                    IsthSelected kind)
{
  return self->ordered ? self->ordered->n_of[kind] : 0;
}

guint
isth_listing_find (IsthListing *self,
                   IsthSelected kind,
                   guint64      id)
{
  IsthListed listed = { id, kind };

  for (guint i = 0; i < self->n; i++)
    if (isth_listed_equal (&self->rows[i], &listed))
      return i;

  return G_MAXUINT;
}

void
isth_listing_select (IsthListing   *self,
                     IsthSelected   kind,
                     const guint64 *ids,
                     guint          n)
{
  isth_listed_set_clear (&self->selected);
  for (guint i = 0; i < n; i++)
    {
      IsthListed listed = { ids[i], kind };

      isth_listed_set_add (&self->selected, &listed);
    }
  if (self->n > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, self->n);
}

IsthOrdered *
isth_listing_ref_ordered (IsthListing   *self,
                          IsthSnapshot **snapshot)
{
  *snapshot = self->arranged ? isth_snapshot_ref (self->arranged) : NULL;

  return isth_record_ref (self->ordered);
}

GtkBitset *
isth_listing_dup_selected (IsthListing *self)
{
  return self->ordered ? find_selected (self, self->ordered->rows, 0, self->ordered->n) : gtk_bitset_new_empty ();
}
