/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connection may be opened from the inside and then worked through from the outside: ssh -R, and all that hides in TLS. No frame says so, but its shape may: who
 * was asked sends little at a time, as somebody who types, and who opened it answers with more, for long. Of a command line that is odd enough to be called
 * likely. What sensors send through TLS has that shape, too: there it takes pauses, as people make them, and a session that went on from the host meanwhile.
 * It is never certain. */
#include <string.h>

#include "analysis/world/sessions.h"

#define SECOND INT64_C (1000000000)
#define LIKELY 50
#define MOST 90
#define LONG (3600 * SECOND)
#define ALIVE (180 * SECOND) /* no silence longer than that: something keeps it open */
#define LOOK_AHEAD 64        /* sessions from one host that began later and are looked at */

enum { FOR_SHAPE = 35, FOR_SHELL = 20, FOR_LONG = 5, FOR_ALIVE = 10, FOR_ONWARD = 15, FOR_PLANT = 10 };

/* Sessions from one host, by when they began. */
typedef struct
{
  uint64_t from;
  int64_t first;
  uint32_t number;
} Departure;

static int
compare_departures (const void *a,
                    const void *b)
{
  const Departure *x = a, *y = b;
  int order = isth_compare_numbers (x->from, y->from);

  if (order == 0)
    order = isth_compare_times (x->first, y->first);
  return order ? order : isth_compare_numbers (x->number, y->number);
}

/* The plant is inside of the office, and that of the world. */
static int
rank_side (const IsthAsset *asset)
{
  switch (asset ? asset->side : ISTH_SIDE_UNKNOWN)
    {
    case ISTH_SIDE_OT:
      return 0;
    case ISTH_SIDE_BOUNDARY:
      return 1;
    case ISTH_SIDE_EXTERNAL:
      return 3;
    default:
      return 2;
    }
}

/* Whether somebody went on from where it was opened, while it was in use. */
static bool
goes_on (const IsthSessions *self,
         const GArray *departures,
         const IsthDraftSession *draft)
{
  uint32_t low = 0, high = departures->len;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;
      const Departure *at = &g_array_index (departures, Departure, middle);

      if (at->from < draft->from || (at->from == draft->from && at->first < draft->first))
        low = middle + 1;
      else
        high = middle;
    }
  for (uint32_t i = low; i < departures->len && i - low < LOOK_AHEAD; i++)
    {
      const Departure *at = &g_array_index (departures, Departure, i);
      const IsthDraftSession *out = isth_sessions_get (self, at->number);

      if (at->from != draft->from || at->first > draft->last)
        break;
      if (out->to != draft->to && out != draft && isth_activity_touches (&draft->activity, out->first - 2 * SECOND, out->first))
        return true;
    }
  return false;
}

static uint64_t
get_longest_pause (const IsthActivity *activity)
{
  uint64_t run = 0, longest = 0;

  for (int i = 0; activity->bits != 0 && i < 64 - __builtin_clzll (activity->bits); i++)
    {
      run = activity->bits >> i & 1 ? 0 : run + (UINT64_C (1) << activity->shift);
      longest = MAX (longest, run);
    }
  return longest;
}

static void
judge (const IsthSessions *self,
       const GArray *departures,
       const IsthSnapshot *snapshot,
       IsthDraftSession *draft,
       bool shell)
{
  const IsthAsset *from = isth_snapshot_get_asset (snapshot, draft->from), *to = isth_snapshot_get_asset (snapshot, draft->to);
  uint64_t pause = get_longest_pause (&draft->activity);
  uint8_t signs = 0;
  int score;

  if (rank_side (from) >= rank_side (to))
    return;
  if (goes_on (self, departures, draft))
    signs |= ISTH_TUNNEL_ONWARD;
  if (!shell && (!(signs & ISTH_TUNNEL_ONWARD) || pause == 0))
    return;
  if (shell)
    signs |= ISTH_TUNNEL_SHELL;
  if (pause < ALIVE)
    signs |= ISTH_TUNNEL_ALIVE;
  if (draft->last - draft->first >= LONG)
    signs |= ISTH_TUNNEL_LONG;
  if (rank_side (from) == 0)
    signs |= ISTH_TUNNEL_PLANT;
  score = FOR_SHAPE + (signs & ISTH_TUNNEL_SHELL ? FOR_SHELL : 0) + (signs & ISTH_TUNNEL_ALIVE ? FOR_ALIVE : 0) + (signs & ISTH_TUNNEL_LONG ? FOR_LONG : 0)
          + (signs & ISTH_TUNNEL_ONWARD ? FOR_ONWARD : 0) + (signs & ISTH_TUNNEL_PLANT ? FOR_PLANT : 0);
  if (score < LIKELY)
    return;
  draft->tunnel = (uint8_t) MIN (score, MOST);
  draft->tunnel_signs = signs;
  draft->host = draft->from; /* there somebody works */
}

static bool
is_candidate (const IsthResolve *resolve,
              const IsthDraftSession *draft,
              bool *shell)
{
  const char *protocol = isth_resolve_text (resolve, draft->protocol);

  *shell = strcmp (protocol, "ssh") == 0;
  return (*shell || strcmp (protocol, "tls") == 0) && draft->proof > 0 && draft->first != ISTH_NO_TIME
         && isth_remote_is_turned (draft->packets, draft->bytes, draft->first, draft->last);
}

void
isth_sessions_find_tunnels (IsthSessions *self,
                            const IsthSnapshot *snapshot,
                            const IsthResolve *resolve)
{
  g_autoptr(GArray) departures = NULL;
  uint32_t kept = 0;
  bool shell;

  for (uint32_t i = 0; i < self->drafts->len; i++)
    {
      IsthDraftSession *draft = isth_sessions_get (self, i);

      if (!is_candidate (resolve, draft, &shell))
        continue;
      if (!departures)
        {
          departures = g_array_sized_new (FALSE, FALSE, sizeof (Departure), self->drafts->len);
          for (uint32_t j = 0; j < self->drafts->len; j++)
            {
              const IsthDraftSession *one = isth_sessions_get (self, j);
              Departure departure = { one->from, one->first, j };

              if (one->proof > 0 && one->first != ISTH_NO_TIME)
                g_array_append_val (departures, departure);
            }
          g_array_sort (departures, compare_departures);
        }
      judge (self, departures, snapshot, draft, shell);
    }
  for (uint32_t i = 0; i < self->drafts->len; i++)
    {
      const IsthDraftSession *draft = isth_sessions_get (self, i);

      if (draft->tunnel > 0 || !isth_remote_is_by_shape (isth_resolve_text (resolve, draft->protocol)))
        *isth_sessions_get (self, kept++) = *draft;
    }
  g_array_set_size (self->drafts, kept);
}
