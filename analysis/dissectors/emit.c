/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a dissector may say to the world. Most of what a plant says it says again and again: everything goes out with a key made of what decides it, so
 * that a sink that remembers it need not look at it. */
#include "analysis/base/hash.h"
#include "analysis/base/text.h"
#include "analysis/dissectors/dispatch-private.h"

#define ANSWERED_TOGETHER 32 /* a packet of services has fewer, most often */

void
isth_context_show (IsthDissectContext *ctx,
                   const uint8_t      *at,
                   uint32_t            length)
{
  ctx->pdu = at;
  ctx->pdu_length = length;
}

/* Both factors of each step hold the seed, so that nobody can make one of them zero. */
static inline uint64_t
hash_address_pair (uint64_t           seed,
                   const IsthAddress *ip,
                   const IsthAddress *mac,
                   uint16_t           vlan)
{
  uint64_t hash = isth_hash_mix (ip->words[0] ^ seed, mac->words[0] ^ (seed << 32 | seed >> 32));

  if (ip->words[1] != 0)
    hash = isth_hash_mix (ip->words[1] ^ hash, seed);
  return isth_hash_mix (hash ^ ((uint64_t) vlan << 16 | ip->kind << 8 | mac->kind), seed);
}

static inline uint64_t
hash_text (uint64_t    seed,
           const char *text)
{
  return text && text[0] ? isth_hash_keyed (text, strlen (text), seed) : seed;
}

static uint64_t
hash_endpoint (const IsthDissectContext *ctx,
               const IsthEndpoint       *endpoint)
{
  return hash_text (hash_address_pair (ctx->dispatch->seed, &endpoint->ip, &endpoint->mac, endpoint->vlan), endpoint->child);
}

/* Of isth_context_sender() or isth_context_receiver(), without making it. */
static inline uint64_t
hash_end (const IsthDissectContext *ctx,
          const IsthAddress        *ip,
          const IsthAddress        *mac)
{
  static const IsthAddress none;

  if (!ctx->packet->same_segment && ip->kind != ISTH_ADDRESS_NONE)
    mac = &none;
  return hash_address_pair (ctx->dispatch->seed, ip, mac, isth_packet_vlan (ctx->packet));
}

static uint64_t
hash_sender (const IsthDissectContext *ctx)
{
  return hash_end (ctx, &ctx->packet->source, &ctx->packet->source_mac);
}

static uint64_t
hash_receiver (const IsthDissectContext *ctx)
{
  return hash_end (ctx, &ctx->packet->target, &ctx->packet->target_mac);
}

/* What is kept of frames like the one in hand; NULL when nothing is kept of its flow. Addresses and VLAN are those of the flow, the MACs may change. */
static inline Side *
get_side (const IsthDissectContext *ctx)
{
  const IsthPacket *packet = ctx->packet;
  IsthFlowExtra *extra = ctx->flow ? isth_flow_get_owner (ctx->flow)->extra : NULL;
  Side *side;

  if (!extra)
    return NULL;
  side = &extra->sides[ctx->flow->side];
  if (G_UNLIKELY (side->macs[0] != packet->source_mac.words[0] || side->macs[1] != packet->target_mac.words[0] || side->same_segment != packet->same_segment))
    *side = (Side){ .macs = { packet->source_mac.words[0], packet->target_mac.words[0] }, .same_segment = packet->same_segment };
  return side;
}

G_GNUC_NO_INLINE static uint64_t
make_ends (const IsthDissectContext *ctx,
           Side                     *side)
{
  uint64_t ends = isth_hash_mix (hash_sender (ctx), hash_receiver (ctx) ^ ctx->dispatch->seed) | 1;

  if (side)
    side->ends = ends;
  return ends;
}

/* Sender and receiver; the same for all that one PDU says. */
static inline uint64_t
get_ends (IsthDissectContext *ctx)
{
  Side *side;

  if (ctx->ends == 0)
    {
      side = get_side (ctx);
      ctx->ends = side && side->ends != 0 ? side->ends : make_ends (ctx, side);
    }
  return ctx->ends;
}

G_GNUC_NO_INLINE static uint64_t
hash_other_ends (const IsthDissectContext *ctx,
                 const IsthRequest        *request)
{
  return isth_hash_mix (request->source ? hash_endpoint (ctx, request->source) : hash_sender (ctx),
                        (request->target ? hash_endpoint (ctx, request->target) : hash_receiver (ctx)) ^ ctx->dispatch->seed);
}

/* Who asks whom. */
static inline uint64_t
hash_ends (IsthDissectContext *ctx,
           const IsthRequest  *request)
{
  return request->source || request->target ? hash_other_ends (ctx, request) : get_ends (ctx);
}

/* Never 0. @what: a number for each sort of thing that is said. */
static inline uint64_t
make_key (const IsthDissectContext *ctx,
          uint64_t                  who,
          uint32_t                  what,
          uint64_t                  detail)
{
  uint64_t key = isth_hash_mix (who ^ detail, ((uintptr_t) ctx->dissector ^ (uint64_t) what << 48) ^ ctx->dispatch->seed);

  return key ? key : 1;
}

uint64_t
isth_context_digest (const IsthDissectContext *ctx,
                     uint64_t                  before,
                     const void               *bytes,
                     size_t                    n)
{
  return isth_hash_keyed (bytes, n, before ^ ctx->dispatch->seed) | 1;
}

static uint64_t
observe (IsthDissectContext *ctx,
         IsthObservation    *observation)
{
  observation->mutual = ctx->flow && ctx->flow->packets[0] != 0 && ctx->flow->packets[1] != 0;
  return ctx->dispatch->sink.observe (observation, ctx->dispatch->sink.user_data);
}

/* Said before? Then it is counted again. */
static inline uint64_t
say_again (IsthDissectContext *ctx,
           uint64_t            key,
           const uint8_t      *at,
           uint32_t            length)
{
  IsthEvidence evidence = isth_context_make_evidence (ctx, at, length);

  return ctx->dispatch->sink.again (key, &evidence, ctx->dispatch->sink.user_data);
}

/* Notes that @key was said by the bytes at @at, when what is said is to be said again together. */
static inline void
note_said (IsthDissectContext *ctx,
           uint64_t            key,
           const uint8_t      *at,
           uint32_t            length)
{
  Saying *saying = ctx->saying;

  if (G_LIKELY (!saying))
    return;
  if (saying->n == SAID_TOGETHER)
    {
      saying->key = 0; /* too much */
      ctx->saying = NULL;
      return;
    }
  saying->said[saying->n].key = key;
  saying->said[saying->n].offset = at ? (int32_t) (at - ctx->saying_base) : 0;
  saying->said[saying->n++].length = at ? length : UINT32_MAX;
}

/* As say_again(), of what is said of devices: whether nothing is left to do. */
static bool
is_said (IsthDissectContext *ctx,
         uint64_t            key,
         const uint8_t      *at,
         uint32_t            length)
{
  bool skipped = ctx->skipped > 0;

  ctx->skipped -= skipped;
  if (key == 0 || (!skipped && say_again (ctx, key, at, length) == 0))
    return false;
  note_said (ctx, key, at, length);
  return true;
}

static inline bool
remembers (const IsthDissectContext *ctx)
{
  return ctx->dispatch->sink.again != NULL;
}

/* The key of something said of @about (NULL: the sender), or 0 when nobody would remember it. */
static uint64_t
make_claim_key (const IsthDissectContext *ctx,
                const IsthEndpoint       *about,
                uint32_t                  what,
                uint64_t                  detail)
{
  if (!remembers (ctx))
    return 0;
  return make_key (ctx, about ? hash_endpoint (ctx, about) : hash_sender (ctx), what, detail);
}

enum
{
  SAY_REQUEST,
  SAY_GROUP,
  SAY_BINDING,
  SAY_CHILD,
  SAY_ROLE,
  SAY_NEIGHBOUR,
  SAY_TOGETHER,
  SAY_TEXT = 0x100,   /* and the attribute: read from bytes */
  SAY_CLAIM = 0x200,  /* and the attribute */
};

/* What a request is about, @object of it; apart from what digests give. */
static uint64_t
hash_request (const IsthDissectContext *ctx,
              const IsthRequest        *request,
              const char               *object)
{
  uint64_t hash = hash_text (ctx->dispatch->seed, object);

  hash = isth_hash_mix (hash ^ (uintptr_t) request->name, (uint64_t) request->function << 8 ^ request->verb ^ ctx->dispatch->seed);
  return hash_text (hash ^ (uintptr_t) request->protocol, request->child) & ~UINT64_C (1);
}

static inline uint64_t
make_request_key (IsthDissectContext *ctx,
                  const IsthRequest  *request)
{
  if (!remembers (ctx))
    return 0;
  return make_key (ctx, hash_ends (ctx, request), SAY_REQUEST, request->key != 0 ? request->key : hash_request (ctx, request, request->object));
}

/* Of all requests that only their objects tell apart. */
static uint64_t
make_group_key (IsthDissectContext *ctx,
                const IsthRequest  *request)
{
  return remembers (ctx) ? make_key (ctx, hash_ends (ctx, request), SAY_GROUP, hash_request (ctx, request, NULL)) : 0;
}

static inline void
wait_for_answer (IsthDissectContext *ctx,
                 const IsthRequest  *request,
                 uint64_t            ticket)
{
  if (request->no_answer || !ctx->flow)
    return;
  if (G_UNLIKELY (request->elsewhere))
    isth_flow_wait_elsewhere (ctx, request, ticket);
  else
    isth_flow_wait (ctx, request, ticket);
}

/* What @ticket stands for waits for its answer; false when it stands for nothing. */
static inline bool
wait_again (IsthDissectContext *ctx,
            const IsthRequest  *request,
            uint64_t            ticket)
{
  if (ticket == 0)
    return false;
  if (G_UNLIKELY (isth_may_be_remark (ctx, request)))
    isth_remark_request (ctx, request);
  wait_for_answer (ctx, request, ticket);
  return true;
}

bool
isth_emit_again (IsthDissectContext *ctx,
                 const IsthRequest  *request)
{
  if (!remembers (ctx) || request->key == 0)
    return false;
  if (G_UNLIKELY (ctx->dispatch->copy))
    {
      wait_for_answer (ctx, request, 0);
      return true;
    }
  return wait_again (ctx, request, say_again (ctx, make_request_key (ctx, request), request->at, request->length));
}

bool
isth_emit_folded (IsthDissectContext *ctx,
                  const IsthRequest  *request)
{
  const IsthSink *sink = &ctx->dispatch->sink;
  IsthEvidence evidence ISTH_UNSET;

  if (!sink->again_of || ctx->dispatch->copy)
    return false;
  evidence = isth_context_make_evidence (ctx, request->at, request->length);
  return wait_again (ctx, request, sink->again_of (make_group_key (ctx, request), request->key != 0 ? make_request_key (ctx, request) : 0, &evidence, sink->user_data));
}

void
isth_emit_request (IsthDissectContext *ctx,
                   const IsthRequest  *request)
{
  uint64_t key, ticket;

  if (G_UNLIKELY (ctx->dispatch->copy))
    {
      wait_for_answer (ctx, request, 0);
      return;
    }
  key = make_request_key (ctx, request);
  ticket = key != 0 && request->key == 0 ? say_again (ctx, key, request->at, request->length) : 0;

  if (G_UNLIKELY (isth_may_be_remark (ctx, request)))
    isth_remark_request (ctx, request);
  if (ticket == 0)
    {
      IsthObservation o = {
        .kind = ISTH_OBSERVE_OPERATION,
        .protocol = request->protocol ? request->protocol : ctx->dissector->id,
        .subject = request->source ? *request->source : isth_context_sender (ctx),
        .target = request->target ? *request->target : isth_context_receiver (ctx),
        .evidence = isth_context_make_evidence (ctx, request->at, request->length),
        .key = key,
        .group = make_group_key (ctx, request),
        .operation = { request->verb, request->function, request->name, request->object ? request->object : "" },
      };

      if (request->child)
        o.target.child = request->child;
      ticket = observe (ctx, &o);
    }
  wait_for_answer (ctx, request, ticket);
}

/* The request that @ticket stands for was answered. */
static inline void
say_answer (IsthDissectContext *ctx,
            uint64_t            ticket,
            IsthOutcome         outcome,
            const char         *text)
{
  const IsthSink *sink = &ctx->dispatch->sink;
  IsthObservation o ISTH_UNSET; /* seldom needed */

  if (ticket == 0)
    return;
  if (G_LIKELY (sink->answer))
    {
      sink->answer (ticket, outcome, text, sink->user_data);
      return;
    }
  o = (IsthObservation){
    .kind = ISTH_OBSERVE_OUTCOME,
    .protocol = ctx->dissector->id,
    .subject = isth_context_sender (ctx),
    .evidence = isth_context_make_evidence (ctx, NULL, 0),
    .outcome = { ticket, outcome, text ? text : "" },
  };
  observe (ctx, &o);
}

const IsthPending *
isth_emit_response (IsthDissectContext *ctx,
                    uint64_t            match,
                    IsthOutcome         outcome,
                    const char         *text,
                    bool                more)
{
  if (!ctx->flow || !isth_flow_answer (ctx, match, more))
    return NULL;
  say_answer (ctx, ctx->answered.ticket, outcome, text);
  return &ctx->answered;
}

uint32_t
isth_emit_answers (IsthDissectContext *ctx,
                   uint64_t            match,
                   uint32_t            n)
{
  uint64_t tickets[ANSWERED_TOGETHER] ISTH_UNSET;
  uint32_t done = 0, some = 1;

  while (done < n && some > 0 && ctx->flow)
    {
      some = isth_flow_answer_next (ctx, match + done, MIN (n - done, ANSWERED_TOGETHER), tickets);
      for (uint32_t i = 0; i < some; i++)
        say_answer (ctx, tickets[i], ISTH_OUTCOME_OK, NULL);
      done += some;
    }
  return done;
}

/* A claim whose value is @value, or NULL when that still has to be read from the bytes at @at. */
static void
claim (IsthDissectContext *ctx,
       const IsthEndpoint *about,
       IsthAttribute       attribute,
       const char         *value,
       int                 confidence,
       const uint8_t      *at,
       uint32_t            length)
{
  uint64_t seed = ctx->dispatch->seed ^ (uint64_t) confidence;
  uint64_t key = make_claim_key (ctx, about, (value ? SAY_CLAIM : SAY_TEXT) | attribute,
                                 value ? hash_text (seed, value) : isth_hash_keyed (at, length, seed));
  char text[ISTH_LIMIT_TEXT] ISTH_UNSET;
  IsthObservation o ISTH_UNSET;

  if (G_UNLIKELY (ctx->remote != 0))
    isth_remark_claim (ctx, about, attribute, value, at, length);
  if (!value && ctx->skipped > 0 && isth_text_from_string (text, sizeof text, at, length)[0] == '\0')
    return; /* nor was it counted before */
  if (is_said (ctx, key, at, length))
    return;
  if (!value)
    value = isth_text_from_string (text, sizeof text, at, length);
  if (value[0] == '\0')
    return;
  note_said (ctx, key, at, length);
  o = (IsthObservation){
    .kind = ISTH_OBSERVE_CLAIM,
    .protocol = ctx->dissector->id,
    .subject = about ? *about : isth_context_sender (ctx),
    .evidence = isth_context_make_evidence (ctx, at, length),
    .key = key,
    .claim = { attribute, value, (uint8_t) confidence },
  };
  o.target = o.subject;
  observe (ctx, &o);
}

void
isth_emit_claim (IsthDissectContext *ctx,
                 const IsthEndpoint *about,
                 IsthAttribute       attribute,
                 const char         *value,
                 int                 confidence,
                 const uint8_t      *at,
                 uint32_t            length)
{
  if (value[0] != '\0')
    claim (ctx, about, attribute, value, confidence, at, length);
}

void
isth_emit_text (IsthDissectContext *ctx,
                const IsthEndpoint *about,
                IsthAttribute       attribute,
                int                 confidence,
                const uint8_t      *bytes,
                uint32_t            length)
{
  if (bytes)
    claim (ctx, about, attribute, NULL, confidence, bytes, length);
}

/* Says something of @subject that has no words of its own. */
static void
say_of (IsthDissectContext *ctx,
        IsthObservationKind kind,
        const IsthEndpoint *subject,
        uint64_t            key,
        const uint8_t      *at,
        uint32_t            length)
{
  IsthObservation o ISTH_UNSET; /* seldom needed */

  if (is_said (ctx, key, at, length))
    return;
  note_said (ctx, key, at, length);
  o = (IsthObservation){
    .kind = kind,
    .protocol = ctx->dissector->id,
    .subject = *subject,
    .target = *subject,
    .evidence = isth_context_make_evidence (ctx, at, length),
    .key = key,
  };
  observe (ctx, &o);
}

/* Says all of @saying again; how much of it was remembered, from the first on. */
static uint32_t
repeat (IsthDissectContext *ctx,
        const Saying       *saying,
        const uint8_t      *bytes)
{
  uint32_t i = 0;

  while (i < saying->n)
    {
      bool whole = saying->said[i].length == UINT32_MAX;

      if (say_again (ctx, saying->said[i].key, whole ? NULL : bytes + saying->said[i].offset, whole ? 0 : saying->said[i].length) == 0)
        break;
      i++;
    }
  return i;
}

bool
isth_emit_same (IsthDissectContext *ctx,
                const IsthEndpoint *about,
                uint64_t            digest,
                const uint8_t      *bytes)
{
  uint64_t key;
  Saying *saying;

  if (!remembers (ctx) || digest == 0 || ctx->remote != 0) /* what is remarked on is looked at each time */
    return false;
  if (!ctx->dispatch->sayings)
    ctx->dispatch->sayings = g_aligned_alloc0 (SAID_SETS, sizeof (Saying), 64);
  key = make_key (ctx, about ? hash_endpoint (ctx, about) ^ get_ends (ctx) : get_ends (ctx), SAY_TOGETHER, digest);
  saying = &ctx->dispatch->sayings[key & (SAID_SETS - 1)];
  if (saying->key == key)
    {
      uint32_t n = repeat (ctx, saying, bytes);

      if (n == saying->n)
        return true;
      ctx->skipped = (uint8_t) n; /* the rest is forgotten: it is said anew, the others were counted */
    }
  *saying = (Saying){ .key = key };
  ctx->saying = saying;
  ctx->saying_base = bytes;
  return false;
}

void
isth_emit_same_end (IsthDissectContext *ctx,
                    bool                good)
{
  if (ctx->saying && !good)
    ctx->saying->key = 0;
  ctx->saying = NULL;
  ctx->skipped = 0;
}

void
isth_emit_binding (IsthDissectContext *ctx,
                   const IsthEndpoint *interface,
                   const uint8_t      *at,
                   uint32_t            length)
{
  if (isth_address_is_host (&interface->mac) && isth_address_is_host (&interface->ip))
    say_of (ctx, ISTH_OBSERVE_BINDING, interface, make_claim_key (ctx, interface, SAY_BINDING, 0), at, length);
}

void
isth_emit_child (IsthDissectContext *ctx,
                 const IsthEndpoint *child,
                 const uint8_t      *at,
                 uint32_t            length)
{
  say_of (ctx, ISTH_OBSERVE_CHILD, child, make_claim_key (ctx, child, SAY_CHILD, 0), at, length);
}

/* Whether the sender's @role was counted for this flow already, by a frame that is not later. */
static inline bool
has_role (const Side         *side,
          const char         *role,
          const IsthPacket   *packet)
{
  return side && side->role == role && packet->time >= side->role_time;
}

void
isth_emit_role (IsthDissectContext *ctx,
                const IsthEndpoint *about,
                const char         *role)
{
  Side *side = about || ctx->saying || ctx->skipped > 0 ? NULL : get_side (ctx);
  uint64_t key;
  IsthObservation o ISTH_UNSET; /* seldom needed */

  if (has_role (side, role, ctx->packet))
    return;
  key = make_claim_key (ctx, about, SAY_ROLE, isth_hash_mix ((uintptr_t) role, ctx->dispatch->seed));
  if (is_said (ctx, key, NULL, 0))
    {
      if (side)
        {
          side->role = role;
          side->role_time = ctx->packet->time;
        }
      return;
    }
  note_said (ctx, key, NULL, 0);
  o = (IsthObservation){
    .kind = ISTH_OBSERVE_ROLE,
    .protocol = ctx->dissector->id,
    .subject = about ? *about : isth_context_sender (ctx),
    .evidence = isth_context_make_evidence (ctx, NULL, 0),
    .key = key,
    .role = { role },
  };
  o.target = o.subject;
  observe (ctx, &o);
}

void
isth_emit_neighbour (IsthDissectContext *ctx,
                     const IsthEndpoint *about,
                     const IsthEndpoint *other,
                     const char         *port)
{
  uint64_t key = make_claim_key (ctx, about, SAY_NEIGHBOUR, hash_text (hash_endpoint (ctx, other), port));
  IsthObservation o ISTH_UNSET; /* seldom needed */

  if (is_said (ctx, key, NULL, 0))
    return;
  note_said (ctx, key, NULL, 0);
  o = (IsthObservation){
    .kind = ISTH_OBSERVE_NEIGHBOUR,
    .protocol = ctx->dissector->id,
    .subject = about ? *about : isth_context_sender (ctx),
    .target = *other,
    .evidence = isth_context_make_evidence (ctx, NULL, 0),
    .key = key,
    .neighbour = { port ? port : "" },
  };
  observe (ctx, &o);
}

void
isth_emit_transfer (IsthDissectContext *ctx,
                    IsthTransferStep    step,
                    const IsthTransfer *transfer)
{
  IsthEndpoint sender = isth_context_sender (ctx), receiver = isth_context_receiver (ctx);
  IsthObservation o = {
    .kind = ISTH_OBSERVE_TRANSFER,
    .protocol = transfer->protocol ? transfer->protocol : ctx->dissector->id,
    .subject = transfer->client ? *transfer->client : transfer->by_device ? receiver : sender,
    .target = transfer->device ? *transfer->device : transfer->by_device ? sender : receiver,
    .evidence = isth_context_make_evidence (ctx, NULL, 0),
    .transfer = {
      .step = step,
      .verb = transfer->verb,
      .match = transfer->match,
      .joins = transfer->joins,
      .bytes = transfer->bytes,
      .total = transfer->total,
      .object = transfer->object ? transfer->object : "",
      .text = transfer->text ? transfer->text : "",
    },
  };

  if (!transfer->device)
    o.target.child = transfer->child;
  if (!ctx->dispatch->copy)
    observe (ctx, &o);
}
