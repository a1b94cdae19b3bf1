/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What crosses the boundary between office and plant, or reaches it: links whose ends stand on different sides, joined by pair and service, with all
 * that was done in them. What runs between the office and the outside alone is not among them. */
#include "analysis/world/crossings.h"

#include <string.h>

#include "analysis/base/time.h"

static int
compare_crossings (const void *a,
                   const void *b)
{
  const IsthCrossing *x = a, *y = b;
  const uint64_t keys[][2] = {
    { !x->direct, !y->direct }, { x->from, y->from }, { x->to, y->to }, { x->transport, y->transport }, { x->port, y->port },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i][0] != keys[i][1])
      return keys[i][0] < keys[i][1] ? -1 : 1;
  return strcmp (x->protocol, y->protocol);
}

static bool
is_crossing (IsthSide a,
             IsthSide b)
{
  if (a == b || a == ISTH_SIDE_UNKNOWN || b == ISTH_SIDE_UNKNOWN)
    return false;
  return a == ISTH_SIDE_OT || b == ISTH_SIDE_OT || a == ISTH_SIDE_BOUNDARY || b == ISTH_SIDE_BOUNDARY;
}

static void
note_span (int64_t *first,
           int64_t *last,
           const IsthLink *link)
{
  if (link->first != ISTH_NO_TIME && (*first == ISTH_NO_TIME || link->first < *first))
    *first = link->first;
  *last = MAX (*last, link->last);
}

static void
add_link (IsthCrossing *self,
          const IsthLink *link)
{
  self->links++;
  self->packets += link->packets[0] + link->packets[1];
  self->bytes += link->bytes[0] + link->bytes[1];
  self->proof = MAX (self->proof, link->proof);
  note_span (&self->first, &self->last, link);
  for (uint32_t i = 0; i < link->n_operations; i++)
    {
      self->counts[link->operations[i].verb] += link->operations[i].count;
      self->refused += link->operations[i].refused;
    }
}

static GArray *
gather_crossings (const IsthSnapshot *snapshot)
{
  GArray *crossings = g_array_new (FALSE, TRUE, sizeof (IsthCrossing));
  guint kept = 0;

  for (uint32_t i = 0; i < snapshot->n_links; i++)
    {
      const IsthLink *link = snapshot->links[i];
      const IsthAsset *from = isth_snapshot_get_asset (snapshot, link->from), *to = isth_snapshot_get_asset (snapshot, link->to);
      IsthCrossing crossing = {
        .from = link->from,
        .to = link->to,
        .link = link->id,
        .protocol = link->protocol,
        .transport = link->transport,
        .port = link->port,
        .direct = link->crossing,
        .first = ISTH_NO_TIME,
        .last = ISTH_NO_TIME,
      };

      if (!from || !to || !is_crossing (from->side, to->side) || g_str_equal (link->protocol, "arp")
          || (link->packets[0] + link->packets[1] == 0 && link->n_operations == 0))
        continue; /* looking for a neighbour crosses nothing; the last: nothing of it lies in the window that is shown */
      crossing.from_side = from->side;
      crossing.to_side = to->side;
      add_link (&crossing, link);
      g_array_append_val (crossings, crossing);
    }
  g_array_sort (crossings, compare_crossings);
  for (guint i = 0; i < crossings->len; i++)
    {
      IsthCrossing *row = &g_array_index (crossings, IsthCrossing, i);
      IsthCrossing *last = kept ? &g_array_index (crossings, IsthCrossing, kept - 1) : NULL;

      if (!last || compare_crossings (last, row) != 0)
        {
          g_array_index (crossings, IsthCrossing, kept++) = *row;
          continue;
        }
      last->link = MIN (last->link, row->link);
      last->links += row->links;
      last->packets += row->packets;
      last->bytes += row->bytes;
      last->proof = MAX (last->proof, row->proof);
      last->refused += row->refused;
      if (row->first != ISTH_NO_TIME && (last->first == ISTH_NO_TIME || row->first < last->first))
        last->first = row->first;
      last->last = MAX (last->last, row->last);
      for (int verb = 0; verb < ISTH_N_OPS; verb++)
        last->counts[verb] += row->counts[verb];
    }
  g_array_set_size (crossings, kept);
  return crossings;
}

static void
list_clear (gpointer data)
{
  g_free (((IsthCrossingList *) data)->crossings);
}

static bool
same_crossings (const IsthCrossing *a,
                const IsthCrossing *b)
{
  return compare_crossings (a, b) == 0 && a->link == b->link && a->links == b->links && a->from_side == b->from_side && a->to_side == b->to_side
         && a->proof == b->proof && a->packets == b->packets && a->bytes == b->bytes && a->first == b->first && a->last == b->last
         && a->refused == b->refused && memcmp (a->counts, b->counts, sizeof a->counts) == 0;
}

IsthCrossingList *
isth_crossings_make (const IsthSnapshot *snapshot,
                     IsthCrossingList *before)
{
  GArray *crossings = gather_crossings (snapshot);
  bool same = before && before->n_crossings == crossings->len;
  IsthCrossingList *list;

  for (guint i = 0; same && i < crossings->len; i++)
    same = same_crossings (&g_array_index (crossings, IsthCrossing, i), &before->crossings[i]);
  if (same)
    {
      g_array_unref (crossings);
      return isth_record_ref (before);
    }
  list = isth_record_new (sizeof *list, list_clear);
  list->n_crossings = crossings->len;
  list->crossings = (IsthCrossing *) (void *) g_array_free (crossings, FALSE);
  return list;
}
