/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a dissector may ask of its frame and its flow; emit.c: what it may say. */
#include "analysis/dissectors/dispatch-private.h"

const IsthPacket *
isth_context_packet (const IsthDissectContext *ctx)
{
  return ctx->packet;
}

uint64_t
isth_context_key (const IsthDissectContext *ctx)
{
  return ctx->key;
}

/* One more block of @size zeroed bytes that ends with @extra. Rooms, which are found by a pointer, stand behind the first state. */
static State *
add_state (IsthDissectContext *ctx,
           IsthFlowExtra *extra,
           const IsthDissector *dissector,
           size_t size)
{
  State *state = memset (g_malloc (sizeof *state + size), 0, sizeof *state + size); /* for small ones quicker than calloc() */
  State **place;

  state->dissector = dissector;
  place = dissector || !extra->states ? &extra->states : &extra->states->next;
  state->next = *place;
  *place = state;
  isth_flow_extra_grow (ctx->dispatch, extra, sizeof *state + size);
  return state;
}

/* The state of who comes to this flow first, or is one of several that have a block of their own. */
G_GNUC_NO_INLINE static void *
find_state (IsthDissectContext *ctx)
{
  IsthFlowExtra *extra;
  State *state;

  if (!ctx->flow)
    return memset (ctx->dispatch->scratch, 0, ctx->dissector->state_size);

  extra = isth_flow_need_extra (ctx->dispatch, ctx->flow);
  for (state = extra->states; state; state = state->next)
    if (state->dissector == ctx->dissector)
      return state->bytes;
  if (!extra->small_of && ctx->dissector->state_size <= sizeof extra->small)
    {
      extra->small_of = ctx->dissector;
      return extra->small;
    }
  return add_state (ctx, extra, ctx->dissector, ctx->dissector->state_size)->bytes;
}

void *
isth_context_state (IsthDissectContext *ctx)
{
  IsthFlowExtra *extra = ctx->flow ? isth_flow_get_owner (ctx->flow)->extra : NULL;

  if (!extra)
    return find_state (ctx);
  extra->used = true;
  if (extra->small_of == ctx->dissector)
    return extra->small;
  return extra->states && extra->states->dissector == ctx->dissector ? extra->states->bytes : find_state (ctx);
}

void *
isth_context_room (IsthDissectContext *ctx)
{
  g_return_val_if_fail (ctx->dissector->room_size > 0, NULL);
  if (!ctx->flow)
    return memset (ctx->dispatch->scratch_room, 0, ctx->dissector->room_size);
  return add_state (ctx, isth_flow_need_extra (ctx->dispatch, ctx->flow), NULL, ctx->dissector->room_size)->bytes;
}

IsthDirection
isth_context_direction (const IsthDissectContext *ctx)
{
  if (!ctx->flow || ctx->flow->proof < ISTH_PROOF_HANDSHAKE || ctx->flow->client == ISTH_CLIENT_UNKNOWN)
    return ISTH_FROM_UNKNOWN;
  return (ctx->flow->client == ISTH_CLIENT_A) == (ctx->flow->side == 0) ? ISTH_FROM_CLIENT : ISTH_FROM_SERVER;
}

void
isth_context_prove_direction (IsthDissectContext *ctx,
                              IsthDirection direction)
{
  bool client_is_a;

  /* A handshake says who opened the connection, and stands; the operations say who asked in it. */
  if (!ctx->flow || direction == ISTH_FROM_UNKNOWN || ctx->flow->proof >= ISTH_PROOF_HANDSHAKE)
    return;
  client_is_a = (direction == ISTH_FROM_CLIENT) == (ctx->flow->side == 0);
  ctx->flow->client = client_is_a ? ISTH_CLIENT_A : ISTH_CLIENT_B;
  ctx->flow->proof = ISTH_PROOF_PROTOCOL;
}

static IsthEndpoint
make_endpoint (const IsthPacket *packet,
               const IsthAddress *ip,
               const IsthAddress *mac)
{
  IsthEndpoint self = { .ip = *ip, .vlan = isth_packet_vlan (packet) };

  if (packet->same_segment || ip->kind == ISTH_ADDRESS_NONE)
    self.mac = *mac;
  return self;
}

IsthEndpoint
isth_context_sender (const IsthDissectContext *ctx)
{
  return make_endpoint (ctx->packet, &ctx->packet->source, &ctx->packet->source_mac);
}

IsthEndpoint
isth_context_receiver (const IsthDissectContext *ctx)
{
  return make_endpoint (ctx->packet, &ctx->packet->target, &ctx->packet->target_mac);
}

IsthEndpoint
isth_endpoint_from_address (IsthAddress address,
                            uint16_t vlan)
{
  IsthEndpoint self = { .vlan = vlan };

  if (address.kind == ISTH_ADDRESS_MAC)
    self.mac = address;
  else
    self.ip = address;
  return self;
}

/* Most often the one that read the last payload here reads this one, too: when it is sure, nobody else is asked. */
static const Candidate *
choose_inner (IsthDissectContext *ctx,
              IsthBindingKind kind,
              const IsthCursor *payload)
{
  static const uint16_t no_numbers[2] = { 0, 0 };
  IsthFlowExtra *extra = ctx->flow ? isth_flow_need_extra (ctx->dispatch, ctx->flow) : NULL;
  const Candidate *candidates = (const Candidate *) (const void *) ctx->dispatch->candidates[kind]->data;
  const Candidate *chosen;

  if (extra && extra->inner[kind] != 0)
    {
      chosen = &candidates[extra->inner[kind] - 1];
      if (chosen->dissector->probe && chosen->dissector->probe (*payload, ctx->packet) == ISTH_PROBE_STRONG)
        return chosen;
    }
  chosen = isth_dispatch_choose (ctx->dispatch, kind, no_numbers, payload, ctx->packet, NULL);
  if (extra && chosen)
    extra->inner[kind] = (uint16_t) (chosen - candidates + 1);
  return chosen;
}

IsthDissectResult
isth_context_hand_over (IsthDissectContext *ctx,
                        IsthBindingKind kind,
                        uint64_t key,
                        IsthCursor *payload)
{
  const Candidate *candidate;
  IsthCursor inner;

  if (ctx->depth >= ISTH_LIMIT_LAYERS)
    return ISTH_DISSECT_NOT_MINE;
  inner = isth_cursor_rest (payload);
  candidate = choose_inner (ctx, kind, &inner);
  if (!candidate)
    return ISTH_DISSECT_NOT_MINE;
  /* A pipe is one of many things in its connection, which is named after what carries them all. */
  return isth_dispatch_run (ctx->dispatch, candidate, ctx->flow, ctx->packet, &inner, key, (uint8_t) (ctx->depth + (kind != ISTH_BIND_PIPE)));
}
