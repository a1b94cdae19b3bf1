/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The requests of a flow that wait for their answers: a few, most often one; in a packet of many services a hundred, answered in their order; where nobody
 * answers, as many as may wait, of which the oldest goes for each new one. So few are looked through one by one, and many are found by a hash. */
#include "analysis/base/hash.h"
#include "analysis/dissectors/dispatch-private.h"

#define MANY 16    /* from so many places on they are found by a hash */
#define BUCKETS 256
#define MOST_PLACES (ISTH_LIMIT_PENDING + 64) /* more than may wait: those answered or given up are removed together */

static inline uint64_t
match_bit (uint64_t match)
{
  return UINT64_C (1) << (match * 0x9e3779b97f4a7c15ull >> 58);
}

static inline uint16_t *
get_bucket (IsthFlowExtra *extra,
            uint64_t       match)
{
  return &extra->buckets[match * 0x9e3779b97f4a7c15ull >> 56];
}

static inline bool
is_it (const Waiting       *w,
       const IsthDissector *dissector,
       uint64_t             match,
       uint8_t              side)
{
  return w->pending.match == match && w->pending.used && w->side == side && w->dissector == dissector;
}

static Waiting *
find_of_many (IsthFlowExtra       *extra,
              const IsthDissector *dissector,
              uint64_t             match,
              uint8_t              side)
{
  for (uint16_t i = *get_bucket (extra, match); i > 0; i = extra->waiting[i - 1].before)
    if (is_it (&extra->waiting[i - 1], dissector, match, side))
      return &extra->waiting[i - 1];
  return NULL;
}

/* The one answered next is most often the one behind the last. */
static inline Waiting *
find (IsthFlowExtra       *extra,
      const IsthDissector *dissector,
      uint64_t             match,
      uint8_t              side)
{
  if (match > extra->highest || extra->n_waiting == 0 || !(extra->seen & match_bit (match)))
    return NULL;
  if (extra->next < extra->n_waiting && is_it (&extra->waiting[extra->next], dissector, match, side))
    return &extra->waiting[extra->next];
  if (extra->buckets)
    return find_of_many (extra, dissector, match, side);
  for (uint32_t i = extra->n_waiting; i > 0; i--)
    if (is_it (&extra->waiting[i - 1], dissector, match, side))
      return &extra->waiting[i - 1];
  return NULL;
}

/* Makes the last place in use one to be found. */
static inline void
add_to_index (IsthFlowExtra *extra)
{
  Waiting *w = &extra->waiting[extra->n_waiting - 1];

  extra->seen |= match_bit (w->pending.match);
  extra->highest = MAX (extra->highest, w->pending.match);
  if (extra->buckets)
    {
      uint16_t *bucket = get_bucket (extra, w->pending.match);

      w->before = *bucket;
      *bucket = (uint16_t) extra->n_waiting;
    }
}

static void
clear_index (IsthFlowExtra *extra)
{
  extra->seen = extra->highest = 0;
  extra->next = 0;
  if (extra->buckets)
    memset (extra->buckets, 0, BUCKETS * sizeof *extra->buckets);
}

static void
remove_answered (IsthFlowExtra *extra)
{
  uint32_t n = extra->n_waiting;

  clear_index (extra);
  extra->n_waiting = 0;
  extra->oldest = 0;
  for (uint32_t i = 0; i < n; i++)
    if (extra->waiting[i].pending.used)
      {
        extra->waiting[extra->n_waiting++] = extra->waiting[i];
        add_to_index (extra);
      }
}

static void
add_places (IsthDissectContext *ctx,
            IsthFlowExtra      *extra)
{
  uint32_t room = MIN (2 * extra->room, MOST_PLACES);

  if (extra->waiting == extra->first)
    extra->waiting = memcpy (g_new (Waiting, room), extra->first, sizeof extra->first);
  else
    extra->waiting = g_renew (Waiting, extra->waiting, room);
  isth_flow_extra_grow (ctx->dispatch, extra, (room - extra->room) * sizeof *extra->waiting);
  extra->room = room;
  if (room < MANY || extra->buckets)
    return;
  extra->buckets = g_new (uint16_t, BUCKETS);
  isth_flow_extra_grow (ctx->dispatch, extra, BUCKETS * sizeof *extra->buckets);
  remove_answered (extra);
}

/* As many wait as may: the oldest of them counts as unanswered. */
static void
give_up_oldest (IsthDissectContext *ctx,
                IsthFlowExtra      *extra)
{
  while (!extra->waiting[extra->oldest].pending.used)
    extra->oldest++;
  extra->waiting[extra->oldest++].pending.used = false;
  extra->n_unanswered--;
  ctx->dispatch->forgotten++;
}

/* Makes room for one more waiting request. @same: one with its match, or NULL. */
G_GNUC_NO_INLINE static void
make_room (IsthDissectContext *ctx,
           IsthFlowExtra      *extra,
           Waiting            *same)
{
  /* A number used again while the old request waits: that one will not be answered any more. */
  if (same)
    {
      same->pending.used = false;
      extra->n_unanswered--;
    }
  if (extra->n_unanswered == ISTH_LIMIT_PENDING)
    give_up_oldest (ctx, extra);
  if (extra->n_waiting < extra->room)
    return;
  remove_answered (extra);
  if (extra->n_waiting + extra->room / 8 >= extra->room && extra->room < MOST_PLACES) /* or it would have to be done again soon */
    add_places (ctx, extra);
}

void
isth_flow_wait (IsthDissectContext *ctx,
                const IsthRequest  *request,
                uint64_t            ticket)
{
  IsthFlowExtra *extra = isth_flow_need_extra (ctx->dispatch, ctx->flow);
  Waiting *w = find (extra, ctx->dissector, request->match, ctx->flow->side);

  if (G_UNLIKELY (w || extra->n_waiting == extra->room || extra->n_unanswered == ISTH_LIMIT_PENDING))
    make_room (ctx, extra, w);
  w = &extra->waiting[extra->n_waiting++];
  w->pending.match = request->match;
  w->pending.memo[0] = request->memo[0];
  w->pending.memo[1] = request->memo[1];
  w->pending.function = request->function;
  w->pending.ticket = ticket;
  w->pending.used = true;
  w->dissector = ctx->dissector;
  w->side = ctx->flow->side;
  w->plain = request->plain;
  extra->n_unanswered++;
  add_to_index (extra);
}

/* @port: of who asked. Never 0. */
static uint64_t
make_elsewhere_key (const IsthDissectContext *ctx,
                    uint16_t                  port,
                    uint64_t                  match)
{
  return isth_hash_mix (match ^ (uintptr_t) ctx->dissector, (uint64_t) port << 32 ^ ctx->dispatch->seed) | 1;
}

/* The broadcast address of a subnet shows by the MAC beside it only. */
static inline bool
is_group (const IsthAddress *ip,
          const IsthAddress *mac)
{
  return isth_address_is_group (ip) || isth_address_is_group (mac);
}

static inline uint32_t *
get_elsewhere_bucket (Elsewheres *self,
                      uint64_t    key)
{
  return &self->buckets[key >> 8 & (ELSEWHERE - 1)];
}

void
isth_flow_wait_elsewhere (IsthDissectContext *ctx,
                          const IsthRequest  *request,
                          uint64_t            ticket)
{
  IsthDispatch *dispatch = ctx->dispatch;
  const IsthPacket *packet = ctx->packet;
  uint64_t key = make_elsewhere_key (ctx, packet->source_port, request->match);
  Elsewhere *place;
  uint32_t *bucket;

  if (!dispatch->elsewhere)
    dispatch->elsewhere = g_new0 (Elsewheres, 1);
  place = &dispatch->elsewhere->ring[++dispatch->elsewhere->n % ELSEWHERE];
  dispatch->forgotten += place->key != 0;
  bucket = get_elsewhere_bucket (dispatch->elsewhere, key);
  *place = (Elsewhere){
    .key = key,
    .before = *bucket,
    .asker = packet->source,
    .pending = { request->match, { request->memo[0], request->memo[1] }, request->function, ticket, true },
  };
  if (!is_group (&packet->target, &packet->target_mac))
    place->asked = packet->target;
  *bucket = dispatch->elsewhere->n;
}

/* The latest request of the receiver's that this PDU may answer: an address may be a group on either way. */
static Elsewhere *
find_elsewhere (const IsthDissectContext *ctx,
                uint64_t                  match)
{
  Elsewheres *all = ctx->dispatch->elsewhere;
  const IsthPacket *packet = ctx->packet;
  bool to_all;
  uint64_t key;

  if (G_LIKELY (!all))
    return NULL;
  to_all = is_group (&packet->target, &packet->target_mac);
  key = make_elsewhere_key (ctx, packet->target_port, match);
  /* Each is older than the one it was found by, so the first that gave way is the last. */
  for (uint32_t i = *get_elsewhere_bucket (all, key); i != 0 && all->n - i < ELSEWHERE; i = all->ring[i % ELSEWHERE].before)
    {
      Elsewhere *place = &all->ring[i % ELSEWHERE];

      if (place->key == key && (to_all || isth_address_equal (&place->asker, &packet->target))
          && (place->asked.kind == ISTH_ADDRESS_NONE || isth_address_equal (&place->asked, &packet->source)))
        return place;
    }
  return NULL;
}

const IsthPending *
isth_context_find_request (const IsthDissectContext *ctx,
                           uint64_t                  match)
{
  IsthFlowExtra *extra = ctx->flow ? isth_flow_get_owner (ctx->flow)->extra : NULL;
  const Waiting *w = extra ? find (extra, ctx->dissector, match, !ctx->flow->side) : NULL;
  const Elsewhere *elsewhere = w || !ctx->flow ? NULL : find_elsewhere (ctx, match);

  return w ? &w->pending : elsewhere ? &elsewhere->pending : NULL;
}

/* Takes the answered ones from the end; the last of a bucket stands first in it. */
static inline void
shorten (IsthFlowExtra *extra)
{
  while (extra->n_waiting > extra->oldest && !extra->waiting[extra->n_waiting - 1].pending.used)
    {
      const Waiting *w = &extra->waiting[--extra->n_waiting];

      if (extra->buckets)
        *get_bucket (extra, w->pending.match) = w->before;
    }
}

/* None waits any more. What is not in use is in no bucket. */
static inline void
forget_all (IsthFlowExtra *extra)
{
  if (G_UNLIKELY (extra->buckets) && extra->n_waiting > 0)
    clear_index (extra);
  extra->seen = extra->highest = 0;
  extra->n_waiting = extra->next = extra->oldest = 0;
}

/* @n more do not wait any more, up to the place @next. */
static inline void
note_answered (IsthFlowExtra *extra,
               uint32_t       next,
               uint32_t       n)
{
  extra->n_unanswered -= n;
  extra->next = next;
  if (extra->n_unanswered > 0 || extra->buckets)
    shorten (extra);
  if (extra->n_unanswered == 0)
    forget_all (extra);
}

static bool
answer_elsewhere (IsthDissectContext *ctx,
                  uint64_t            match,
                  bool                more)
{
  Elsewhere *place = find_elsewhere (ctx, match);

  if (!place)
    return false;
  ctx->answered = place->pending;
  place->pending.ticket = 0; /* as below */
  if (!more)
    place->key = 0;
  return true;
}

bool
isth_flow_answer (IsthDissectContext *ctx,
                  uint64_t            match,
                  bool                more)
{
  IsthFlowExtra *extra = isth_flow_get_owner (ctx->flow)->extra;
  Waiting *w = extra ? find (extra, ctx->dissector, match, !ctx->flow->side) : NULL;

  if (!w)
    return answer_elsewhere (ctx, match, more);
  ctx->answered = w->pending;
  w->pending.ticket = 0; /* further parts of the answer change nothing */
  if (more)
    return true;
  w->pending.used = false;
  note_answered (extra, (uint32_t) (w - extra->waiting) + 1, 1);
  return true;
}

uint32_t
isth_flow_answer_next (IsthDissectContext *ctx,
                       uint64_t            match,
                       uint32_t            n,
                       uint64_t           *tickets)
{
  IsthFlowExtra *extra = isth_flow_get_owner (ctx->flow)->extra;
  uint8_t side = !ctx->flow->side;
  uint32_t i = 0;
  Waiting *w;

  if (!extra)
    return 0;
  n = MIN (n, extra->n_waiting - MIN (extra->next, extra->n_waiting));
  for (w = &extra->waiting[extra->next]; i < n && w->plain && is_it (w, ctx->dissector, match + i, side); w++)
    {
      tickets[i++] = w->pending.ticket;
      w->pending.ticket = 0;
      w->pending.used = false;
    }
  if (i > 0)
    note_answered (extra, extra->next + i, i);
  return i;
}
