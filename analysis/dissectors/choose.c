/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which dissector a payload most likely is for: all that are bound to its kind may look, those bound to its numbers first. */
#include "analysis/dissectors/dispatch-private.h"

#define MOST_CANDIDATES 256 /* dissectors of one kind */

static int
compare_bound (const void *a,
               const void *b)
{
  const Bound *x = a;
  const Bound *y = b;

  return x->number != y->number ? (int) x->number - (int) y->number : (int) x->candidate - (int) y->candidate;
}

/* Makes @dissector a candidate for each kind it has a binding of. */
static void
add_candidate (IsthDispatch *self,
               const IsthDissector *dissector,
               uint16_t index)
{
  uint32_t kinds = 0;

  for (size_t i = 0; i < dissector->n_bindings; i++)
    {
      IsthBindingKind kind = dissector->bindings[i].kind;

      g_assert (self->candidates[kind]->len < MOST_CANDIDATES);
      if (!(kinds & (1u << kind)))
        g_array_append_val (self->candidates[kind], ((Candidate){ dissector, index, dissector->probe }));
      kinds |= 1u << kind;
      if (dissector->bindings[i].number != 0)
        g_array_append_val (self->bound[kind], ((Bound){ dissector->bindings[i].number, (uint16_t) (self->candidates[kind]->len - 1) }));
    }
}

void
isth_dispatch_add_candidates (IsthDispatch *self)
{
  for (size_t kind = 0; kind < ISTH_N_BINDINGS; kind++)
    {
      self->candidates[kind] = g_array_new (FALSE, FALSE, sizeof (Candidate));
      self->bound[kind] = g_array_new (FALSE, FALSE, sizeof (Bound));
    }
  for (; isth_dissectors[self->n_dissectors]; self->n_dissectors++)
    {
      g_assert (isth_dissectors[self->n_dissectors]->state_size <= ISTH_LIMIT_STATE);
      g_assert (isth_dissectors[self->n_dissectors]->room_size <= ISTH_LIMIT_STATE);
      add_candidate (self, isth_dissectors[self->n_dissectors], (uint16_t) (self->n_dissectors + 1));
    }
  for (size_t kind = 0; kind < ISTH_N_BINDINGS; kind++)
    g_array_sort (self->bound[kind], compare_bound);
}

#define SURE (2 * ISTH_PROBE_STRONG + 1)

/* How convincing @candidate is: the probe first, then the number. */
static int
rate (const Candidate *candidate,
      bool bound,
      const IsthCursor *payload,
      const IsthPacket *packet)
{
  if (!candidate->dissector->probe)
    return bound ? SURE : 0;
  return 2 * (int) candidate->dissector->probe (*payload, packet) + bound;
}

/* The choice so far. Of equals the first in the table wins. */
typedef struct
{
  const Candidate *candidate;
  int score;
} Choice;

static void
consider (Choice *best,
          const Candidate *candidate,
          int score)
{
  if (score > best->score || (score == best->score && best->candidate && candidate->index < best->candidate->index))
    *best = (Choice){ candidate, score };
}

/* False when it was marked before. */
static bool
mark (uint64_t asked[MOST_CANDIDATES / 64],
      guint candidate)
{
  uint64_t bit = UINT64_C (1) << (candidate % 64);
  bool fresh = !(asked[candidate / 64] & bit);

  asked[candidate / 64] |= bit;
  return fresh;
}

/* Asks those that are bound to @number, and marks them in @asked. */
static void
ask_bound (IsthDispatch *self,
           IsthBindingKind kind,
           uint16_t number,
           const IsthCursor *payload,
           const IsthPacket *packet,
           uint64_t asked[MOST_CANDIDATES / 64],
           Choice *best)
{
  const Bound *bound = (const Bound *) (const void *) self->bound[kind]->data;
  uint32_t low = 0, high = self->bound[kind]->len;

  while (low < high)
    {
      uint32_t middle = (low + high) / 2;

      if (bound[middle].number < number)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < self->bound[kind]->len && bound[low].number == number; low++)
    {
      const Candidate *candidate = &g_array_index (self->candidates[kind], Candidate, bound[low].candidate);

      if (!mark (asked, bound[low].candidate))
        continue;
      if (best->score == SURE && candidate->index > best->candidate->index)
        continue; /* it could be no surer, and of equals the first wins */
      consider (best, candidate, rate (candidate, true, payload, packet));
    }
}

/* Asks all that are not marked in @asked. There are a hundred, nearly all of which say no. */
static void
ask_others (const GArray *candidates,
            const IsthCursor *payload,
            const IsthPacket *packet,
            const uint64_t asked[MOST_CANDIDATES / 64],
            Choice *best)
{
  const Candidate *all = (const Candidate *) (const void *) candidates->data;
  const guint n = candidates->len;

  for (guint i = 0; i < n; i++)
    {
      IsthProbe probe;

      if (!all[i].probe || asked[i / 64] >> (i % 64) & 1)
        continue;
      probe = all[i].probe (*payload, packet);
      if (G_UNLIKELY (probe != ISTH_PROBE_NO))
        consider (best, &all[i], 2 * (int) probe);
    }
}

const Candidate *
isth_dispatch_choose_bound (IsthDispatch *self,
                            IsthBindingKind kind,
                            const uint16_t numbers[2],
                            const IsthCursor *payload,
                            const IsthPacket *packet)
{
  Choice best = { NULL, 2 };
  uint64_t asked[MOST_CANDIDATES / 64] = { 0 };

  for (int i = 0; i < 2; i++)
    ask_bound (self, kind, numbers[i], payload, packet, asked, &best);
  return best.score == SURE ? best.candidate : NULL;
}

/* Those bound to the payload's numbers are asked first: when one of them is sure, nobody else needs to be. */
const Candidate *
isth_dispatch_choose (IsthDispatch *self,
                      IsthBindingKind kind,
                      const uint16_t numbers[2],
                      const IsthCursor *payload,
                      const IsthPacket *packet,
                      const IsthDissector *skip)
{
  const GArray *candidates = self->candidates[kind];
  Choice best = { NULL, 2 }; /* a weak probe without its number is not enough */
  uint64_t asked[MOST_CANDIDATES / 64] = { 0 };

  for (guint i = 0; i < candidates->len && skip; i++)
    if (g_array_index (candidates, Candidate, i).dissector == skip)
      mark (asked, i);
  for (int i = 0; i < 2; i++)
    if (numbers[i] != 0)
      ask_bound (self, kind, numbers[i], payload, packet, asked, &best);
  if (best.score < SURE)
    ask_others (candidates, payload, packet, asked, &best);
  return best.candidate;
}
