/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The requests of a flow that wait for their answers: a few, most often one; in a packet of many services a hundred, answered in their order. */
#include "analysis/dissectors/dispatch-private.h"

static inline uint64_t
match_bit (uint64_t match)
{
  return UINT64_C (1) << (match * 0x9e3779b97f4a7c15ull >> 58);
}

static inline bool
is_it (const Waiting       *w,
       const IsthDissector *dissector,
       uint64_t             match,
       uint8_t              side)
{
  return w->pending.match == match && w->pending.used && w->side == side && w->dissector == dissector;
}

/* The one answered next is most often the one behind the last. */
static inline Waiting *
find (IsthFlowExtra       *extra,
      const IsthDissector *dissector,
      uint64_t             match,
      uint8_t              side)
{
  if (!(extra->seen & match_bit (match)))
    return NULL;
  if (extra->next < extra->n_waiting && is_it (&extra->waiting[extra->next], dissector, match, side))
    return &extra->waiting[extra->next];
  for (uint32_t i = extra->n_waiting; i > 0; i--)
    if (is_it (&extra->waiting[i - 1], dissector, match, side))
      return &extra->waiting[i - 1];
  return NULL;
}

static void
remove_answered (IsthFlowExtra *extra)
{
  uint32_t kept = 0;

  extra->seen = 0;
  extra->next = 0;
  for (uint32_t i = 0; i < extra->n_waiting; i++)
    if (extra->waiting[i].pending.used)
      {
        extra->seen |= match_bit (extra->waiting[i].pending.match);
        extra->waiting[kept++] = extra->waiting[i];
      }
  extra->n_waiting = kept;
}

/* Makes room for one more waiting request where there is none. */
static void
make_room (IsthDissectContext *ctx,
           IsthFlowExtra      *extra)
{
  remove_answered (extra);
  if (extra->n_waiting == extra->room && extra->room < ISTH_LIMIT_PENDING)
    {
      uint32_t room = extra->room ? 2 * extra->room : 2; /* one is usual: a client waits for its answer */

      extra->waiting = g_renew (Waiting, extra->waiting, room);
      isth_flow_extra_grow (ctx->dispatch, extra, (room - extra->room) * sizeof *extra->waiting);
      extra->room = room;
    }
  if (extra->n_waiting == extra->room)
    {
      extra->n_waiting--;
      memmove (extra->waiting, extra->waiting + 1, extra->n_waiting * sizeof *extra->waiting);
      ctx->dispatch->forgotten++;
    }
}

void
isth_flow_wait (IsthDissectContext *ctx,
                const IsthRequest  *request,
                uint64_t            ticket)
{
  IsthFlowExtra *extra = isth_flow_need_extra (ctx->dispatch, ctx->flow);
  Waiting *w = find (extra, ctx->dissector, request->match, ctx->flow->side);

  /* A number used again while the old request waits: that one will not be answered any more. */
  if (G_UNLIKELY (w))
    w->pending.used = false;
  if (G_UNLIKELY (extra->n_waiting == extra->room))
    make_room (ctx, extra);
  w = &extra->waiting[extra->n_waiting++];
  extra->seen |= match_bit (request->match);
  w->pending.match = request->match;
  w->pending.memo[0] = request->memo[0];
  w->pending.memo[1] = request->memo[1];
  w->pending.function = request->function;
  w->pending.ticket = ticket;
  w->pending.used = true;
  w->dissector = ctx->dissector;
  w->side = ctx->flow->side;
}

const IsthPending *
isth_context_find_request (const IsthDissectContext *ctx,
                           uint64_t                  match)
{
  IsthFlowExtra *extra = ctx->flow ? isth_flow_get_owner (ctx->flow)->extra : NULL;
  const Waiting *w = extra ? find (extra, ctx->dissector, match, !ctx->flow->side) : NULL;

  return w ? &w->pending : NULL;
}

bool
isth_flow_answer (IsthDissectContext *ctx,
                  uint64_t            match,
                  bool                more)
{
  IsthFlowExtra *extra = isth_flow_get_owner (ctx->flow)->extra;
  Waiting *w = extra ? find (extra, ctx->dissector, match, !ctx->flow->side) : NULL;

  if (!w)
    return false;
  ctx->answered = w->pending;
  w->pending.ticket = 0; /* further parts of the answer change nothing */
  if (more)
    return true;
  w->pending.used = false;
  extra->next = (uint32_t) (w - extra->waiting) + 1;
  while (extra->n_waiting > 0 && !extra->waiting[extra->n_waiting - 1].pending.used)
    extra->n_waiting--;
  if (extra->n_waiting == 0)
    {
      extra->seen = 0;
      extra->next = 0;
    }
  return true;
}
