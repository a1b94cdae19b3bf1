/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters, makes each key once, sorts, and compares with what is listed. */
#include "app/model/arrangement.h"

#include <stdlib.h>

#include "app/release.h"

#define LOOK_UP 1024 /* rows between two looks at whether it was cancelled */

typedef union
{
  gint64 number;
  const char *text;
} Key;

/* One row that passed: its keys are found by @index. */
typedef struct
{
  gconstpointer record;
  guint32 index;
  guint32 kind;
} Passed;

typedef struct
{
  IsthArrangement *self;
  GArray *passed;
  Key *keys; /* n_orders of each row */
  GStringChunk *texts;
} Work;

/* As a person orders names: without case, numbers by value, nothing last. */
static int
compare_text (const char *a,
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

gboolean
isth_question_equal (const IsthQuestion *a,
                     const IsthQuestion *b)
{
  if (a->query != b->query || a->wanted != b->wanted || a->flags != b->flags || a->kinds != b->kinds || a->n_orders != b->n_orders)
    return FALSE;
  for (guint i = 0; i < a->n_orders; i++)
    if (a->orders[i].number != b->orders[i].number || a->orders[i].peek != b->orders[i].peek || a->orders[i].text != b->orders[i].text ||
        a->orders[i].descending != b->orders[i].descending)
      return FALSE;

  return TRUE;
}

IsthArrangement *
isth_arrangement_new (IsthSnapshot       *snapshot,
                      const IsthQuestion *question,
                      IsthOrdered        *before)
{
  IsthArrangement *self = g_new0 (IsthArrangement, 1);

  self->snapshot = snapshot ? isth_snapshot_ref (snapshot) : NULL;
  self->question = *question;
  isth_record_ref (self->question.query);
  self->before = isth_record_ref (before);

  return self;
}

void
isth_arrangement_free (IsthArrangement *self)
{
  if (!self)
    return;

  isth_release_snapshot (self->snapshot);
  isth_record_unref (self->question.query);
  isth_record_unref (self->before);
  isth_record_unref (self->after);
  g_free (self);
}

guint
isth_arrangement_get_size (const IsthArrangement *self)
{
  guint all = 0, n;

  for (IsthSelected kind = 0; kind < ISTH_N_SELECTED; kind++)
    if (self->question.kinds >> kind & 1)
      {
        isth_row_get_records (self->snapshot, kind, &n);
        all += n;
      }

  return all;
}

static gboolean
is_cancelled (IsthArrangement *self)
{
  return g_atomic_int_get (&self->cancelled) != 0;
}

static gboolean
filter (Work        *work,
        IsthSelected kind)
{
  const IsthQuestion *question = &work->self->question;
  IsthMatcher matcher;
  guint n;
  gconstpointer *records = isth_row_get_records (work->self->snapshot, kind, &n);

  if (n == 0)
    return TRUE;

  isth_matcher_init (&matcher, question->query, work->self->snapshot);
  for (guint i = 0; i < n; i++)
    {
      IsthRow row = { records[i], work->self->snapshot, kind };
      Passed passed = { records[i], work->passed->len, kind };

      if (i % LOOK_UP == 0 && is_cancelled (work->self))
        break;
      if (isth_matcher_matches (&matcher, &row) && (!question->wanted || question->wanted (&row, question->flags)))
        g_array_append_val (work->passed, passed);
    }
  isth_matcher_clear (&matcher);

  return !is_cancelled (work->self);
}

static Key
make_key (Work            *work,
          const IsthOrder *order,
          const IsthRow   *row)
{
  g_autofree char *text = NULL;

  if (order->number)
    return (Key) { .number = order->number (row) };
  if (order->peek)
    return (Key) { .text = order->peek (row) };

  text = order->text (row);
  return (Key) { .text = g_string_chunk_insert (work->texts, text) };
}

static gboolean
make_keys (Work *work)
{
  const IsthQuestion *question = &work->self->question;

  work->keys = g_new (Key, (gsize) work->passed->len * question->n_orders + 1);
  for (guint i = 0; i < work->passed->len; i++)
    {
      const Passed *passed = &g_array_index (work->passed, Passed, i);
      IsthRow row = { passed->record, work->self->snapshot, passed->kind };

      if (i % LOOK_UP == 0 && is_cancelled (work->self))
        return FALSE;
      for (guint j = 0; j < question->n_orders; j++)
        work->keys[(gsize) i * question->n_orders + j] = make_key (work, &question->orders[j], &row);
    }

  return TRUE;
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  const Work *work = user_data;
  const IsthQuestion *question = &work->self->question;
  const Passed *left = a, *right = b;
  const Key *left_keys = work->keys + (gsize) left->index * question->n_orders, *right_keys = work->keys + (gsize) right->index * question->n_orders;

  for (guint i = 0; i < question->n_orders; i++)
    {
      const Key *x = &left_keys[i], *y = &right_keys[i];
      int order = question->orders[i].number ? (x->number > y->number) - (x->number < y->number) : compare_text (x->text, y->text);

      if (order != 0)
        return question->orders[i].descending ? -order : order;
    }

  return (isth_record_id (left->record) > isth_record_id (right->record)) - (isth_record_id (left->record) < isth_record_id (right->record));
}

static IsthOrdered *
make_ordered (Work *work)
{
  IsthOrdered *ordered = isth_record_new (sizeof *ordered + work->passed->len * sizeof *ordered->rows, NULL);

  ordered->n = work->passed->len;
  for (guint i = 0; i < ordered->n; i++)
    {
      const Passed *passed = &g_array_index (work->passed, Passed, i);

      ordered->rows[i] = (IsthListed) { isth_record_id (passed->record), passed->kind };
      ordered->n_of[passed->kind]++;
    }

  return ordered;
}

guint
isth_listed_hash (gconstpointer data)
{
  const IsthListed *listed = data;

  return (guint) (listed->id ^ listed->id >> 32);
}

gboolean
isth_listed_same (gconstpointer a,
                  gconstpointer b)
{
  return isth_listed_equal (a, b);
}

static GHashTable *
make_set (const IsthOrdered *ordered,
          guint              start,
          guint              end)
{
  GHashTable *set = g_hash_table_new (isth_listed_hash, isth_listed_same);

  for (guint i = start; i < end; i++)
    g_hash_table_add (set, (gpointer) &ordered->rows[i]);

  return set;
}

static void
add_run (IsthArrangement *self,
         guint            position,
         guint            removed,
         guint            added)
{
  if (self->n_runs == ISTH_ARRANGEMENT_RUNS)
    self->scattered = TRUE;
  else
    self->runs[self->n_runs++] = (IsthRun) { position, removed, added };
}

/* Rows that came and went, as long as those that stayed kept their order. */
static void
walk (IsthArrangement *self,
      guint            start,
      guint            before_end,
      guint            after_end)
{
  const IsthOrdered *before = self->before, *after = self->after;
  g_autoptr(GHashTable) old = make_set (before, start, before_end), new = make_set (after, start, after_end);

  for (guint i = start, j = start; !self->scattered && (i < before_end || j < after_end);)
    {
      guint removed = 0, added = 0;

      for (; i < before_end && !g_hash_table_contains (new, &before->rows[i]); i++)
        removed++;
      for (; j < after_end && !g_hash_table_contains (old, &after->rows[j]); j++)
        added++;
      if (removed + added > 0)
        add_run (self, j - added, removed, added);
      else if (i < before_end && j < after_end && isth_listed_equal (&before->rows[i], &after->rows[j]))
        {
          i++;
          j++;
        }
      else
        self->scattered = TRUE;
    }
}

static void
tell_difference (IsthArrangement *self)
{
  const IsthOrdered *before = self->before, *after = self->after;
  guint start = 0, before_end = before ? before->n : 0, after_end = after->n;

  while (start < before_end && start < after_end && isth_listed_equal (&before->rows[start], &after->rows[start]))
    start++;
  while (before_end > start && after_end > start && isth_listed_equal (&before->rows[before_end - 1], &after->rows[after_end - 1]))
    {
      before_end--;
      after_end--;
    }
  if (start == before_end || start == after_end)
    {
      if (before_end > start || after_end > start)
        add_run (self, start, before_end - start, after_end - start);
      return;
    }

  walk (self, start, before_end, after_end);
}

void
isth_arrangement_run (IsthArrangement *self)
{
  Work work = { .self = self, .passed = g_array_new (FALSE, FALSE, sizeof (Passed)), .texts = g_string_chunk_new (4096) };
  gint64 started = g_get_monotonic_time ();
  gboolean going = TRUE;

  for (IsthSelected kind = 0; kind < ISTH_N_SELECTED && going; kind++)
    if (self->question.kinds >> kind & 1)
      going = filter (&work, kind);
  if (going && make_keys (&work))
    {
      if (work.passed->len > 0)
        qsort_r (work.passed->data, work.passed->len, sizeof (Passed), compare, &work);
      self->after = make_ordered (&work);
      tell_difference (self);
    }
  g_array_unref (work.passed);
  g_string_chunk_free (work.texts);
  g_free (work.keys);
  self->took = g_get_monotonic_time () - started;
}
