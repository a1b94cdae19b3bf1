/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a dissector may ask of its frame and say to the world. */
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

static IsthFlowExtra *
get_extra (IsthFlow *flow)
{
  IsthFlowOwner *owner = isth_flow_get_owner (flow);

  if (!owner->extra)
    owner->extra = g_new0 (IsthFlowExtra, 1);
  return owner->extra;
}

void
isth_flow_extra_free (IsthFlowExtra *self)
{
  if (!self)
    return;
  while (self->states)
    {
      State *next = self->states->next;

      g_free (self->states);
      self->states = next;
    }
  g_free (self->waiting);
  g_free (self);
}

void *
isth_context_state (IsthDissectContext *ctx)
{
  IsthFlowExtra *extra;
  State *state;

  if (!ctx->flow)
    return memset (ctx->dispatch->scratch, 0, ctx->dissector->state_size);

  extra = get_extra (ctx->flow);
  for (state = extra->states; state; state = state->next)
    if (state->dissector == ctx->dissector)
      return state->bytes;

  state = g_malloc0 (sizeof *state + ctx->dissector->state_size);
  state->dissector = ctx->dissector;
  state->next = extra->states;
  extra->states = state;
  return state->bytes;
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

static IsthEvidence
make_evidence (const IsthDissectContext *ctx,
               const uint8_t *at,
               uint32_t length)
{
  const IsthPacket *packet = ctx->packet;
  IsthEvidence self = { .capture = packet->capture, .frame = packet->number, .time = packet->time };

  if (!at)
    {
      at = ctx->pdu;
      length = ctx->pdu_length;
    }
  if (packet->frame && at >= packet->frame && at + length <= packet->frame + packet->frame_length)
    {
      self.offset = (uint32_t) (at - packet->frame);
      self.length = length;
    }
  self.bytes = at;
  self.n_bytes = MIN (length, ISTH_LIMIT_EVIDENCE);
  return self;
}

static uint32_t
observe (IsthDissectContext *ctx,
         const IsthObservation *observation)
{
  return ctx->dispatch->sink.observe (observation, ctx->dispatch->sink.user_data);
}

/* Makes room for one more waiting request and returns it. */
static Waiting *
add_waiting (IsthDissectContext *ctx)
{
  IsthFlowExtra *extra = get_extra (ctx->flow);

  if (extra->n_waiting == extra->room)
    {
      uint32_t kept = 0;

      for (uint32_t i = 0; i < extra->n_waiting; i++)
        if (extra->waiting[i].pending.used)
          extra->waiting[kept++] = extra->waiting[i];
      extra->n_waiting = kept;
    }
  if (extra->n_waiting == extra->room && extra->room < ISTH_LIMIT_PENDING)
    {
      extra->room = extra->room ? 2 * extra->room : 4;
      extra->waiting = g_renew (Waiting, extra->waiting, extra->room);
    }
  if (extra->n_waiting == extra->room)
    {
      extra->n_waiting--;
      memmove (extra->waiting, extra->waiting + 1, extra->n_waiting * sizeof *extra->waiting);
      ctx->dispatch->forgotten++;
    }
  return &extra->waiting[extra->n_waiting++];
}

static Waiting *
find_waiting (IsthDissectContext *ctx,
              uint64_t match,
              uint8_t side)
{
  IsthFlowExtra *extra = ctx->flow ? isth_flow_get_owner (ctx->flow)->extra : NULL;

  for (uint32_t i = extra ? extra->n_waiting : 0; i > 0; i--)
    {
      Waiting *w = &extra->waiting[i - 1];

      if (w->pending.used && w->pending.match == match && w->side == side && w->dissector == ctx->dissector)
        return w;
    }
  return NULL;
}

void
isth_emit_request (IsthDissectContext *ctx,
                   const IsthRequest *request)
{
  IsthObservation o = {
    .kind = ISTH_OBSERVE_OPERATION,
    .protocol = request->protocol ? request->protocol : ctx->dissector->id,
    .subject = request->source ? *request->source : isth_context_sender (ctx),
    .target = request->target ? *request->target : isth_context_receiver (ctx),
    .evidence = make_evidence (ctx, request->at, request->length),
    .operation = { request->verb, request->function, request->name, request->object ? request->object : "" },
  };
  uint32_t ticket;
  Waiting *w;

  if (request->child)
    o.target.child = request->child;
  ticket = observe (ctx, &o);
  if (request->no_answer || !ctx->flow)
    return;

  /* A number used again while the old request waits: that one will not be answered any more. */
  w = find_waiting (ctx, request->match, ctx->flow->side);
  if (w)
    w->pending.used = false;
  w = add_waiting (ctx);
  *w = (Waiting){
    .pending = {
      .match = request->match,
      .memo = { request->memo[0], request->memo[1] },
      .function = request->function,
      .verb = request->verb,
      .ticket = ticket,
      .used = true,
    },
    .dissector = ctx->dissector,
    .side = ctx->flow->side,
  };
}

const IsthPending *
isth_emit_response (IsthDissectContext *ctx,
                    uint64_t match,
                    IsthOutcome outcome,
                    const char *text,
                    bool more)
{
  Waiting *w = ctx->flow ? find_waiting (ctx, match, !ctx->flow->side) : NULL;

  if (!w)
    return NULL;
  ctx->answered = w->pending;
  if (!more)
    w->pending.used = false;
  if (w->pending.ticket != 0)
    {
      IsthObservation o = {
        .kind = ISTH_OBSERVE_OUTCOME,
        .protocol = ctx->dissector->id,
        .subject = isth_context_sender (ctx),
        .target = isth_context_receiver (ctx),
        .evidence = make_evidence (ctx, NULL, 0),
        .outcome = { w->pending.ticket, outcome, text ? text : "" },
      };

      observe (ctx, &o);
      w->pending.ticket = 0; /* further parts of the answer change nothing */
    }
  return &ctx->answered;
}

void
isth_emit_claim (IsthDissectContext *ctx,
                 const IsthEndpoint *about,
                 IsthAttribute attribute,
                 const char *value,
                 int confidence,
                 const uint8_t *at,
                 uint32_t length)
{
  IsthObservation o = {
    .kind = ISTH_OBSERVE_CLAIM,
    .protocol = ctx->dissector->id,
    .subject = about ? *about : isth_context_sender (ctx),
    .claim = { attribute, value, (uint8_t) confidence },
  };

  if (value[0] == '\0')
    return;
  o.target = o.subject;
  o.evidence = make_evidence (ctx, at, length);
  observe (ctx, &o);
}

void
isth_emit_text (IsthDissectContext *ctx,
                const IsthEndpoint *about,
                IsthAttribute attribute,
                int confidence,
                const uint8_t *bytes,
                uint32_t length)
{
  char text[ISTH_LIMIT_TEXT];

  if (bytes)
    isth_emit_claim (ctx, about, attribute, isth_text_from_string (text, sizeof text, bytes, length), confidence, bytes, length);
}

void
isth_emit_binding (IsthDissectContext *ctx,
                   const IsthEndpoint *interface,
                   const uint8_t *at,
                   uint32_t length)
{
  IsthObservation o = {
    .kind = ISTH_OBSERVE_BINDING,
    .protocol = ctx->dissector->id,
    .subject = *interface,
    .target = *interface,
  };

  if (!isth_address_is_host (&interface->mac) || !isth_address_is_host (&interface->ip))
    return;
  o.evidence = make_evidence (ctx, at, length);
  observe (ctx, &o);
}

void
isth_emit_child (IsthDissectContext *ctx,
                 const IsthEndpoint *child,
                 const uint8_t *at,
                 uint32_t length)
{
  IsthObservation o = {
    .kind = ISTH_OBSERVE_CHILD,
    .protocol = ctx->dissector->id,
    .subject = *child,
    .target = *child,
    .evidence = make_evidence (ctx, at, length),
  };

  observe (ctx, &o);
}

void
isth_emit_role (IsthDissectContext *ctx,
                const IsthEndpoint *about,
                const char *role)
{
  IsthObservation o = {
    .kind = ISTH_OBSERVE_ROLE,
    .protocol = ctx->dissector->id,
    .subject = about ? *about : isth_context_sender (ctx),
    .evidence = make_evidence (ctx, NULL, 0),
    .role = { role },
  };

  o.target = o.subject;
  observe (ctx, &o);
}

void
isth_emit_neighbour (IsthDissectContext *ctx,
                     const IsthEndpoint *about,
                     const IsthEndpoint *other,
                     const char *port)
{
  IsthObservation o = {
    .kind = ISTH_OBSERVE_NEIGHBOUR,
    .protocol = ctx->dissector->id,
    .subject = about ? *about : isth_context_sender (ctx),
    .target = *other,
    .evidence = make_evidence (ctx, NULL, 0),
    .neighbour = { port ? port : "" },
  };

  observe (ctx, &o);
}

IsthDissectResult
isth_context_hand_over (IsthDissectContext *ctx,
                        IsthBindingKind kind,
                        uint64_t key,
                        IsthCursor *payload)
{
  static const uint16_t no_numbers[2] = { 0, 0 };
  const Candidate *candidate;
  IsthCursor inner;

  if (ctx->depth >= ISTH_LIMIT_LAYERS)
    return ISTH_DISSECT_NOT_MINE;
  inner = isth_cursor_rest (payload);
  candidate = isth_dispatch_choose (ctx->dispatch, kind, no_numbers, &inner, ctx->packet, NULL);
  if (!candidate)
    return ISTH_DISSECT_NOT_MINE;
  return isth_dispatch_run (ctx->dispatch, candidate, ctx->flow, ctx->packet, &inner, key, (uint8_t) (ctx->depth + 1));
}
