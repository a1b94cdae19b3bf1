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

/* Looking for a neighbour crosses nothing; and what sent and asked nothing does not lie in the window that is shown. */
static bool
is_listed (const IsthLink *link)
{
  return link->reaches && (link->packets[0] + link->packets[1] > 0 || link->n_operations > 0) && strcmp (link->protocol, "arp") != 0;
}

static IsthCrossing
make_crossing (const IsthSnapshot *snapshot,
               const IsthLink *link)
{
  const IsthAsset *from = isth_snapshot_get_asset (snapshot, link->from), *to = isth_snapshot_get_asset (snapshot, link->to);
  IsthCrossing crossing = {
    .from = link->from,
    .to = link->to,
    .from_side = from ? from->side : ISTH_SIDE_UNKNOWN,
    .to_side = to ? to->side : ISTH_SIDE_UNKNOWN,
    .link = link->id,
    .links = 1,
    .protocol = link->protocol,
    .transport = link->transport,
    .proof = link->proof,
    .port = link->port,
    .direct = link->crossing,
    .packets = link->packets[0] + link->packets[1],
    .bytes = link->bytes[0] + link->bytes[1],
    .first = link->first,
    .last = link->last,
  };

  for (uint32_t i = 0; i < link->n_operations; i++)
    {
      crossing.counts[link->operations[i].verb] += link->operations[i].count;
      crossing.refused += link->operations[i].refused;
    }
  return crossing;
}

static void
join_crossing (IsthCrossing *self,
               const IsthCrossing *other)
{
  self->link = MIN (self->link, other->link);
  self->links += other->links;
  self->packets += other->packets;
  self->bytes += other->bytes;
  self->proof = MAX (self->proof, other->proof);
  self->refused += other->refused;
  if (other->first != ISTH_NO_TIME && (self->first == ISTH_NO_TIME || other->first < self->first))
    self->first = other->first;
  self->last = MAX (self->last, other->last);
  for (int verb = 0; verb < ISTH_N_OPS; verb++)
    self->counts[verb] += other->counts[verb];
}

static GArray *
gather_crossings (const IsthSnapshot *snapshot)
{
  GArray *crossings = g_array_new (FALSE, TRUE, sizeof (IsthCrossing));
  guint kept = 0;

  for (uint32_t i = 0; i < snapshot->n_links; i++)
    if (is_listed (snapshot->links[i]))
      {
        IsthCrossing crossing = make_crossing (snapshot, snapshot->links[i]);

        g_array_append_val (crossings, crossing);
      }
  g_array_sort (crossings, compare_crossings);
  for (guint i = 0; i < crossings->len; i++)
    {
      const IsthCrossing *row = &g_array_index (crossings, IsthCrossing, i);
      IsthCrossing *last = kept ? &g_array_index (crossings, IsthCrossing, kept - 1) : NULL;

      if (last && compare_crossings (last, row) == 0)
        join_crossing (last, row);
      else
        g_array_index (crossings, IsthCrossing, kept++) = *row;
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
