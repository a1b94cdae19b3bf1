/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed between two sorted arrays of records, in runs: a model can tell its listeners in as few words. */
#include "analysis/world/snapshot.h"

/* Joins with the last run when they touch. */
static void
add_run (GArray *runs,
         IsthRun run)
{
  IsthRun *last = runs->len ? &g_array_index (runs, IsthRun, runs->len - 1) : NULL;

  if (last && last->position + last->added == run.position)
    {
      last->removed += run.removed;
      last->added += run.added;
    }
  else
    g_array_append_val (runs, run);
}

IsthDiff
isth_diff_records (gpointer const *before,
                   uint32_t n_before,
                   gpointer const *after,
                   uint32_t n_after)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (IsthRun));
  GArray *changed = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  uint32_t i = 0, j = 0;
  IsthDiff diff;

  while (i < n_before || j < n_after)
    {
      uint64_t old = i < n_before ? isth_record_id (before[i]) : 0;
      uint64_t new = j < n_after ? isth_record_id (after[j]) : 0;

      if (j == n_after || (i < n_before && old < new))
        {
          add_run (runs, (IsthRun) { j, 1, 0 });
          i++;
        }
      else if (i == n_before || new < old)
        {
          add_run (runs, (IsthRun) { j, 0, 1 });
          j++;
        }
      else
        {
          if (before[i] != after[j])
            g_array_append_val (changed, j);
          i++;
          j++;
        }
    }
  diff.n_runs = runs->len;
  diff.n_changed = changed->len;
  diff.runs = (IsthRun *) (void *) g_array_free (runs, FALSE);
  diff.changed = (uint32_t *) (void *) g_array_free (changed, FALSE);
  return diff;
}

void
isth_diff_clear (IsthDiff *self)
{
  g_clear_pointer (&self->runs, g_free);
  g_clear_pointer (&self->changed, g_free);
  self->n_runs = self->n_changed = 0;
}
