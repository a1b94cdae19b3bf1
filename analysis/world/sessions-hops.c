/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works on a host from afar may go on from there: a session to that host and one from it are then two legs of one way. No frame ties them together,
 * so this is stated as likely, with what speaks for it: that one was open when the other began, that it was in use at that moment, that they ended
 * together, that they were active at the same times, that they carried as much. It is never certain, and less so when several could be it. */
#include <string.h>

#include "analysis/world/sessions.h"

#define SECOND INT64_C (1000000000)
#define TOGETHER (10 * SECOND)
#define LIKELY 50     /* what is less likely is not said */
#define MOST 95       /* nobody saw it */
#define LOOK_BACK 64  /* sessions to a host that began before one from it and are looked at */
#define ENOUGH 4      /* buckets of activity that make a rhythm */

enum { FOR_OPEN = 45, FOR_WORK = 10, FOR_WITHIN = 10, FOR_TOGETHER = 10, FOR_RHYTHM = 15, FOR_SIZE = 10, FOR_RIVAL = -10, MOST_RIVALS = 3 };

/* Sessions to one host, by when they began. */
typedef struct
{
  uint64_t host;
  int64_t first;
  uint32_t number;
} Arrival;

static int
compare_arrivals (const void *a,
                  const void *b)
{
  const Arrival *x = a, *y = b;
  int order = isth_compare_numbers (x->host, y->host);

  if (order == 0)
    order = isth_compare_times (x->first, y->first);
  return order ? order : isth_compare_numbers (x->number, y->number);
}

/* How many buckets of @self are used, and in how many of these @other is active too. */
static uint32_t
count_shared (const IsthActivity *self,
              const IsthActivity *other,
              uint32_t *used)
{
  uint32_t shared = 0;

  *used = 0;
  for (uint64_t left = self->bits; left != 0; left &= left - 1)
    {
      int64_t from = ((int64_t) self->start + __builtin_ctzll (left)) * (INT64_C (1) << self->shift);

      (*used)++;
      shared += isth_activity_touches (other, from, from + (INT64_C (1) << self->shift) - 1);
    }
  return shared;
}

/* Whether it has pauses: who is always active shares every rhythm. */
static bool
has_pauses (const IsthActivity *self)
{
  unsigned int buckets = self->bits ? 64u - (unsigned int) __builtin_clzll (self->bits) : 0;

  return (unsigned int) __builtin_popcountll (self->bits) * 10 < buckets * 9;
}

static bool
is_alike (uint64_t a,
          uint64_t b)
{
  return MIN (a, b) > 4096 && MAX (a, b) / 3 <= MIN (a, b) / 2;
}

/* What speaks for @out having been opened by who worked in @in; the score. */
static uint8_t
judge (const IsthDraftSession *in,
       const IsthDraftSession *out,
       uint8_t *signs)
{
  bool closed = (in->closed & 7) != 0 && (out->closed & 7) != 0;
  uint32_t used, shared = count_shared (&out->activity, &in->activity, &used);
  int score = FOR_OPEN;

  *signs = 0;
  if (isth_activity_touches (&in->activity, out->first - 2 * SECOND, out->first) && has_pauses (&in->activity))
    *signs |= ISTH_HOP_AT_WORK;
  if (out->last <= in->last + TOGETHER)
    *signs |= ISTH_HOP_WITHIN;
  if (closed && ABS (out->last - in->last) <= TOGETHER)
    *signs |= ISTH_HOP_TOGETHER;
  if (used >= ENOUGH && shared * 10 >= used * 8 && (has_pauses (&in->activity) || has_pauses (&out->activity)))
    *signs |= ISTH_HOP_RHYTHM;
  if (is_alike (in->bytes[0] + in->bytes[1], out->bytes[0] + out->bytes[1]))
    *signs |= ISTH_HOP_SIZE;
  score += (*signs & ISTH_HOP_AT_WORK ? FOR_WORK : 0) + (*signs & ISTH_HOP_WITHIN ? FOR_WITHIN : 0) + (*signs & ISTH_HOP_TOGETHER ? FOR_TOGETHER : 0)
           + (*signs & ISTH_HOP_RHYTHM ? FOR_RHYTHM : 0) + (*signs & ISTH_HOP_SIZE ? FOR_SIZE : 0);
  return (uint8_t) MIN (score, MOST);
}

/* A session by which somebody works on its host; of tunnels and files nobody can tell. */
static bool
is_arrival (const IsthDraftSession *self)
{
  return self->host != 0 && self->first != ISTH_NO_TIME && self->kind != ISTH_REMOTE_VPN && self->kind != ISTH_REMOTE_FILE;
}

static void
match (IsthSessions *self,
       const GArray *arrivals,
       IsthDraftSession *out)
{
  uint32_t low = 0, high = arrivals->len, open = 0;

  /* The arrivals at its host that began before it end at low. */
  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;
      const Arrival *arrival = &g_array_index (arrivals, Arrival, middle);

      if (arrival->host < out->from || (arrival->host == out->from && arrival->first <= out->first))
        low = middle + 1;
      else
        high = middle;
    }
  for (uint32_t i = low; i > 0 && low - i < LOOK_BACK; i--)
    {
      const Arrival *arrival = &g_array_index (arrivals, Arrival, i - 1);
      const IsthDraftSession *in = isth_sessions_get (self, arrival->number);
      uint8_t score, signs;

      if (arrival->host != out->from)
        break;
      if (in == out || in->last + 2 * SECOND < out->first || (in->from == out->to && in->host != in->from))
        continue;
      open++;
      score = judge (in, out, &signs);
      if (out->came_by != ISTH_NONE && score <= out->score)
        continue;
      out->came_by = arrival->number;
      out->score = score;
      out->signs = signs;
    }
  out->rivals = open > 0 ? open - 1 : 0;
  if (out->came_by != ISTH_NONE)
    out->score = (uint8_t) MAX (0, (int) out->score + FOR_RIVAL * (int) MIN (out->rivals, MOST_RIVALS));
  if (out->score < LIKELY)
    out->came_by = ISTH_NONE;
}

void
isth_sessions_match (IsthSessions *self)
{
  g_autoptr(GArray) arrivals = g_array_new (FALSE, FALSE, sizeof (Arrival));

  for (uint32_t i = 0; i < self->drafts->len; i++)
    {
      const IsthDraftSession *draft = isth_sessions_get (self, i);
      Arrival arrival = { draft->host, draft->first, i };

      if (is_arrival (draft))
        g_array_append_val (arrivals, arrival);
    }
  g_array_sort (arrivals, compare_arrivals);
  for (uint32_t i = 0; i < self->drafts->len && arrivals->len > 0; i++)
    {
      IsthDraftSession *draft = isth_sessions_get (self, i);

      if (draft->host != draft->from && draft->first != ISTH_NO_TIME && draft->proof > 0)
        match (self, arrivals, draft);
    }
}
