/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records of a snapshot stand in a list, and in what order: found out on any thread, for a hundred thousand of them take a while. */
#pragma once

#include "app/match.h"

#define ISTH_ORDERS_MAX 4

/**
 * IsthOrder:
 *
 * What to sort by: @number, or where it is NULL the text, which @peek lends or @text makes. They are called on any thread.
 */
typedef struct
{
  gint64 (*number) (const IsthRow *row);
  const char *(*peek) (const IsthRow *row);
  char *(*text) (const IsthRow *row);
  gboolean descending;
} IsthOrder;

/**
 * IsthQuestion:
 * @query: counted
 * @wanted: what else must hold, or NULL; @flags are the caller's
 * @kinds: 1 << IsthSelected for each kind that is listed
 */
typedef struct
{
  IsthQuery *query;
  bool (*wanted) (const IsthRow *row, guint flags);
  guint flags, kinds, n_orders;
  IsthOrder orders[ISTH_ORDERS_MAX];
} IsthQuestion;

typedef struct
{
  guint64 id;
  IsthSelected kind;
} IsthListed;

/* Rows in order; counted and never changed. */
typedef struct
{
  IsthRecord record;
  guint n, n_of[ISTH_N_SELECTED];
  IsthListed rows[];
} IsthOrdered;

#define ISTH_ARRANGEMENT_RUNS 64

/* One run of changes from one order to the next: at @position, as runs are applied one after the other, @removed rows leave and @added come. */
typedef struct
{
  uint32_t position, removed, added;
} IsthRun;

/**
 * IsthArrangement:
 * @before: what is listed now, to tell the difference; or NULL
 * @cancelled: atomic: nobody waits for it any more
 * @after: the answer; NULL: cancelled
 * @runs: by which changes @before becomes @after, @scattered: by more of them than are worth telling one by one
 */
typedef struct
{
  IsthSnapshot *snapshot;
  IsthQuestion question;
  IsthOrdered *before, *after;
  gint cancelled;
  gint64 took; /* µs */
  IsthRun runs[ISTH_ARRANGEMENT_RUNS];
  guint n_runs;
  gboolean scattered;
} IsthArrangement;

/* All are counted up, @snapshot and @before may be NULL. */
IsthArrangement *isth_arrangement_new (IsthSnapshot *snapshot, const IsthQuestion *question, IsthOrdered *before);
void isth_arrangement_run (IsthArrangement *self);
void isth_arrangement_free (IsthArrangement *self);

/* How many records it has to look at. */
guint isth_arrangement_get_size (const IsthArrangement *self);

gboolean isth_question_equal (const IsthQuestion *a, const IsthQuestion *b);

static inline gboolean
isth_listed_equal (const IsthListed *a,
                   const IsthListed *b)
{
  return a->id == b->id && a->kind == b->kind;
}

/* The same for hash tables whose keys are IsthListed. */
guint isth_listed_hash (gconstpointer listed);
gboolean isth_listed_same (gconstpointer a, gconstpointer b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthArrangement, isth_arrangement_free)
