/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing a dissector by what a payload says, and cutting streams into its PDUs. A port only decides who is asked first. */
#include "analysis/dissectors/dispatch-private.h"

#include "analysis/base/hash.h"

/* So often in a row may a dissector fail to find a PDU; then the stream has become something else (TLS behind a plain greeting). */
#define MOST_FAILURES 4

#define BEFORE 65536 /* bytes from before a stream's first one that may come after it */

IsthDispatch *
isth_dispatch_new (const IsthSink *sink)
{
  IsthDispatch *self = g_new0 (IsthDispatch, 1);

  self->sink = *sink;
  self->seed = isth_hash_seed ();
  self->most_held = ISTH_LIMIT_REMEMBERED;
  g_queue_init (&self->extras);
  isth_dispatch_add_candidates (self);
  self->malformed = g_new0 (uint64_t, self->n_dissectors + 1);
  self->remote = g_new0 (uint8_t, self->n_dissectors + 1);
  for (size_t i = 0; i < self->n_dissectors; i++)
    self->remote[i + 1] = isth_remote_is_by_deed (isth_dissectors[i]->id) ? REMOTE_BY_DEED : isth_remote_find (isth_dissectors[i]->id);
  return self;
}

void
isth_dispatch_free (IsthDispatch *self)
{
  if (!self)
    return;
  for (size_t kind = 0; kind < ISTH_N_BINDINGS; kind++)
    {
      g_array_unref (self->candidates[kind]);
      g_array_unref (self->bound[kind]);
    }
  g_free (self->malformed);
  g_free (self->remote);
  g_free (self->elsewhere);
  g_aligned_free (self->sayings);
  isth_expected_free (self->expected);
  g_free (self);
}

void
isth_dispatch_set_sink (IsthDispatch *self,
                        const IsthSink *sink)
{
  self->sink = *sink;
  g_clear_pointer (&self->sayings, g_aligned_free); /* keys of what others were told */
  g_clear_pointer (&self->expected, isth_expected_free); /* in another capture */
}

IsthDissectResult
isth_dispatch_run (IsthDispatch *self,
                   const Candidate *candidate,
                   IsthFlow *flow,
                   const IsthPacket *packet,
                   IsthCursor *pdu,
                   uint64_t key,
                   uint8_t depth)
{
  IsthDissectContext ctx ISTH_UNSET; /* but for what was answered last, which is set when there is an answer */
  IsthDissectResult result;

  ctx.dispatch = self;
  ctx.dissector = candidate->dissector;
  ctx.flow = flow;
  ctx.packet = packet;
  ctx.pdu = pdu->data + pdu->position;
  ctx.pdu_length = isth_cursor_left (pdu);
  ctx.key = key;
  ctx.ends = 0;
  ctx.depth = depth;
  ctx.remote = self->remote[candidate->index];
  ctx.skipped = 0;
  ctx.saying = NULL;
  result = candidate->dissector->dissect (pdu, &ctx);

  if (result == ISTH_DISSECT_MALFORMED && pdu->length == pdu->wire)
    self->malformed[candidate->index - 1]++;
  else if (result == ISTH_DISSECT_MALFORMED)
    result = ISTH_DISSECT_OK; /* it does not end too early: the capture does */
  if (result == ISTH_DISSECT_OK && flow)
    {
      IsthFlowOwner *owner = isth_flow_get_owner (flow);

      if (depth >= owner->depth && G_UNLIKELY (owner->innermost != candidate->index || depth > owner->depth))
        {
          owner->depth = depth;
          owner->innermost = candidate->index;
        }
    }
  return result;
}

IsthDissectResult
isth_dispatch_pdu (IsthDispatch *self,
                   const IsthDissector *dissector,
                   IsthFlow *flow,
                   const IsthPacket *packet,
                   IsthCursor *pdu)
{
  for (size_t i = 0; isth_dissectors[i]; i++)
    if (isth_dissectors[i] == dissector)
      return isth_dispatch_run (self, &(Candidate){ .dissector = dissector, .index = (uint16_t) (i + 1) }, flow, packet, pdu, 0, 1);
  g_return_val_if_reached (ISTH_DISSECT_NOT_MINE);
}

/* Where a packet's payload is bound, and by which numbers. */
static IsthBindingKind
get_binding (const IsthPacket *packet,
             uint16_t numbers[2])
{
  numbers[0] = packet->target_port;
  numbers[1] = packet->source_port;
  switch ((IsthLayer) packet->layer)
    {
    case ISTH_LAYER_TCP:
      return ISTH_BIND_TCP;
    case ISTH_LAYER_UDP:
      return ISTH_BIND_UDP;
    case ISTH_LAYER_IP:
      numbers[0] = numbers[1] = packet->ip_protocol;
      return ISTH_BIND_IP;
    case ISTH_LAYER_LINK:
    case ISTH_LAYER_NONE:
      break;
    }
  numbers[0] = numbers[1] = packet->llc_sap ? packet->llc_sap : packet->ether_type;
  if (packet->llc_sap)
    return ISTH_BIND_LLC;
  return packet->snap_oui ? ISTH_BIND_SNAP : ISTH_BIND_ETHER_TYPE;
}

static inline Candidate
get_chosen (const IsthFlowOwner *owner)
{
  return (Candidate){ .dissector = isth_dissectors[owner->dissector - 1], .index = owner->dissector };
}

/* Chooses a dissector for the payload where it lies, when one of those bound to its ports is sure of it; it is the one that choose_for_flow() would find. */
static bool
can_choose (IsthDispatch *self,
            IsthFlow *flow,
            const IsthPacket *packet)
{
  IsthFlowOwner *owner = isth_flow_get_owner (flow);
  const Candidate *candidate;
  uint16_t numbers[2];

  if (G_UNLIKELY (self->expected))
    return false;
  candidate = isth_dispatch_choose_bound (self, get_binding (packet, numbers), numbers, &packet->payload, packet);
  if (!candidate)
    return false;
  owner->dissector = candidate->index;
  owner->read = false;
  return true;
}

/* Chooses a dissector for @flow: who was announced for it, or by @payload, unless enough payloads were looked at in vain. */
static bool
choose_for_flow (IsthDispatch *self,
                 IsthFlow *flow,
                 const IsthPacket *packet,
                 const IsthCursor *payload)
{
  IsthFlowOwner *owner = isth_flow_get_owner (flow);
  uint16_t numbers[2];
  IsthBindingKind kind;
  const Candidate *candidate;

  if (owner->probed >= ISTH_LIMIT_PROBES)
    return false;
  if (G_UNLIKELY (self->expected) && owner->probed == 0 && (owner->dissector = isth_expected_find (self->expected, packet) & 0x3ff) != 0)
    {
      owner->read = false;
      return true;
    }
  kind = get_binding (packet, numbers);
  candidate = isth_dispatch_choose (self, kind, numbers, payload, packet, NULL);
  if (!candidate)
    {
      owner->probed++;
      return false;
    }
  owner->dissector = candidate->index;
  owner->read = false;
  return true;
}

static void
dispatch_datagram (IsthDispatch *self,
                   IsthFlow *flow,
                   const IsthPacket *packet)
{
  IsthFlowOwner *owner = isth_flow_get_owner (flow);
  IsthCursor payload = packet->payload;
  Candidate chosen;

  if (isth_cursor_left (&payload) == 0 || (owner->dissector == 0 && !choose_for_flow (self, flow, packet, &payload)))
    return;

  chosen = get_chosen (owner);
  if (isth_dispatch_run (self, &chosen, flow, packet, &payload, 0, 1) == ISTH_DISSECT_NOT_MINE)
    {
      uint16_t numbers[2];
      IsthBindingKind kind = get_binding (packet, numbers);
      const Candidate *other;

      payload = packet->payload;
      other = isth_dispatch_choose (self, kind, numbers, &payload, packet, chosen.dissector);
      if (!owner->read)
        owner->dissector = other ? other->index : 0;
      if (!other)
        owner->probed = owner->read ? owner->probed : owner->probed + 1;
      else
        isth_dispatch_run (self, other, flow, packet, &payload, 0, 1);
    }
  else
    owner->read = true;
}

/* The chosen dissector does not understand: find the next PDU, or let go of a choice that never read anything. Steps over at least one byte. */
static void
resynchronise (IsthFlow *flow,
               IsthStream *stream,
               IsthStreamPool *pool,
               const IsthPacket *packet,
               IsthCursor bytes)
{
  IsthFlowOwner *owner = isth_flow_get_owner (flow);
  const IsthDissector *dissector = get_chosen (owner).dissector;

  if (!owner->read || ++owner->failures > MOST_FAILURES)
    {
      owner->dissector = 0;
      owner->probed = owner->read ? ISTH_LIMIT_PROBES : owner->probed + 1;
      isth_stream_consume (stream, pool, bytes.length);
      return;
    }
  bytes = isth_cursor_new (bytes.data + 1, bytes.length - 1, bytes.wire - 1);
  isth_stream_consume (stream, pool, 1 + isth_dispatch_find_pdu (dissector, packet, &bytes));
}

/* Reads one PDU from @bytes at the head of the stream; false when more bytes must come first. */
static bool
dispatch_pdu (IsthDispatch *self,
              IsthFlow *flow,
              IsthStream *stream,
              IsthStreamPool *pool,
              const IsthPacket *packet,
              IsthCursor bytes)
{
  IsthFlowOwner *owner = isth_flow_get_owner (flow);
  Candidate chosen = get_chosen (owner);
  uint32_t length = chosen.dissector->pdu_length ? chosen.dissector->pdu_length (bytes) : bytes.length;
  IsthCursor pdu;

  if (length == ISTH_PDU_MORE && bytes.wire == bytes.length && bytes.length < ISTH_LIMIT_PDU)
    return false;
  if (length == ISTH_PDU_INVALID || length == ISTH_PDU_MORE || length > ISTH_LIMIT_PDU)
    {
      if (owner->read)
        self->malformed[chosen.index - 1]++;
      resynchronise (flow, stream, pool, packet, bytes);
      return true;
    }
  if (length > bytes.length && bytes.wire == bytes.length)
    return false;

  /* What the capture cut is read as far as it goes. */
  pdu = isth_cursor_new (bytes.data, MIN (length, bytes.length), MIN (length, bytes.wire));
  if (isth_dispatch_run (self, &chosen, flow, packet, &pdu, 0, 1) == ISTH_DISSECT_NOT_MINE)
    {
      resynchronise (flow, stream, pool, packet, bytes);
      return true;
    }
  owner->read = true;
  owner->failures = 0;
  isth_stream_consume (stream, pool, MIN (length, bytes.length));
  return true;
}

/* The usual segment holds whole PDUs: reads them where they lie, and returns how many bytes they were. What is left goes the long way. */
static uint32_t
read_in_place (IsthDispatch *self,
               IsthFlow *flow,
               const IsthPacket *packet)
{
  IsthFlowOwner *owner = isth_flow_get_owner (flow);
  Candidate chosen = get_chosen (owner);
  IsthCursor payload = packet->payload;
  uint32_t start = payload.position;

  while (isth_cursor_left (&payload) > 0)
    {
      IsthCursor rest = isth_cursor_new (payload.data + payload.position, isth_cursor_left (&payload), 0);
      uint32_t length = chosen.dissector->pdu_length ? chosen.dissector->pdu_length (rest) : rest.length;

      if (length == ISTH_PDU_MORE || length > rest.length || length > ISTH_LIMIT_PDU)
        break;
      isth_cursor_limit (&rest, length);
      if (isth_dispatch_run (self, &chosen, flow, packet, &rest, 0, 1) == ISTH_DISSECT_NOT_MINE)
        break;
      payload.position += length;
    }
  if (G_UNLIKELY (!owner->read || owner->failures > 0) && payload.position > start)
    {
      owner->read = true;
      owner->failures = 0;
    }
  return payload.position - start;
}

/* How many of @bytes, in which nobody's PDU starts, to give up. Those kept from earlier packets were the end of something whose beginning was not
 * captured: what @packet brought gets a look of its own. */
static uint32_t
count_stale (const IsthCursor *bytes,
             const IsthPacket *packet)
{
  uint32_t fresh = isth_cursor_left (&packet->payload);

  return fresh > 0 && fresh < bytes->length ? bytes->length - fresh : bytes->length;
}

/* Bytes [from, to) of this direction were given up, @lost or from before the capture: they may come yet, when the capture is not in order. Of many such holes
 * the small ones are forgotten. */
static void
note_hole (IsthDispatch *self,
           IsthFlow *flow,
           uint32_t from,
           uint32_t to,
           bool lost)
{
  IsthFlowExtra *extra = isth_flow_need_extra (self, flow);
  size_t least = 0;

  if ((int32_t) (to - from) <= 0)
    return;
  if (!extra->holes)
    {
      extra->holes = g_new0 (Holes, 1);
      isth_flow_extra_grow (self, extra, sizeof *extra->holes);
    }
  for (size_t i = 1; i < HOLES; i++)
    if (extra->holes->of[flow->side][i].to - extra->holes->of[flow->side][i].from
        < extra->holes->of[flow->side][least].to - extra->holes->of[flow->side][least].from)
      least = i;
  if (to - from > extra->holes->of[flow->side][least].to - extra->holes->of[flow->side][least].from)
    {
      extra->holes->of[flow->side][least].from = from;
      extra->holes->of[flow->side][least].to = to;
      extra->holes->of[flow->side][least].lost = lost;
    }
}

/* Whether @packet is part of a hole, which it fills. */
static bool
fill_hole (IsthDispatch *self,
           IsthFlow *flow,
           IsthStreamPool *pool,
           const IsthPacket *packet)
{
  IsthFlowExtra *extra = isth_flow_get_owner (flow)->extra;
  uint32_t length = isth_cursor_wire_left (&packet->payload), end = packet->sequence + length;
  uint32_t *began = &extra->began[flow->side];
  Holes *holes;

  if (*began != 0 && *began - end < BEFORE)
    {
      note_hole (self, flow, *began - BEFORE, *began, false);
      *began = 0;
    }
  holes = extra->holes;
  for (size_t i = 0; i < HOLES && holes; i++)
    {
      uint32_t from = holes->of[flow->side][i].from, to = holes->of[flow->side][i].to;
      bool lost = holes->of[flow->side][i].lost;

      if (packet->sequence - from < to - from && length <= to - packet->sequence)
        {
          holes->of[flow->side][i].to = packet->sequence;
          note_hole (self, flow, end, to, lost);
          pool->late += lost ? length : 0;
          return true;
        }
    }
  return false;
}

/* Reads what comes after bytes behind it; false when it does not. Only PDUs that lie whole in this packet are found. */
static bool
read_late (IsthDispatch *self,
           IsthFlow *flow,
           IsthStreamPool *pool,
           const IsthPacket *packet)
{
  const IsthFlowOwner *owner = isth_flow_get_owner (flow);
  IsthPacket late;
  IsthCursor bytes;

  if (G_UNLIKELY (!owner->extra) || !fill_hole (self, flow, pool, packet))
    return false;
  late = *packet;
  bytes = isth_cursor_new (late.payload.data + late.payload.position, isth_cursor_left (&late.payload), isth_cursor_wire_left (&late.payload));
  isth_cursor_skip (&late.payload, MIN (bytes.length, isth_dispatch_find_pdu (get_chosen (owner).dissector, packet, &bytes)));
  read_in_place (self, flow, &late);
  return true;
}

/* Reads all that can be read of one direction now. @known: what it had reached before something was given up. */
static void
drain_stream (IsthDispatch *self,
              IsthFlow *flow,
              IsthStream *stream,
              IsthStreamPool *pool,
              const IsthPacket *packet,
              uint32_t known)
{
  IsthFlowOwner *owner = isth_flow_get_owner (flow);

  for (IsthCursor bytes = isth_stream_peek (stream); bytes.length > 0; bytes = isth_stream_peek (stream))
    {
      bool gap = isth_stream_take_gap (stream);

      if (G_UNLIKELY (gap) && owner->read)
        note_hole (self, flow, known, stream->next - bytes.wire, stream->next - bytes.wire - known <= ISTH_LIMIT_STREAMS);
      known = stream->next;
      if (owner->dissector == 0)
        {
          if (!choose_for_flow (self, flow, packet, &bytes))
            {
              if (bytes.length < ISTH_SHORTEST_HEADER && bytes.wire == bytes.length && owner->probed < ISTH_LIMIT_PROBES)
                return; /* too few to tell: wait for more */
              isth_stream_consume (stream, pool, count_stale (&bytes, packet));
              continue;
            }
        }
      else if (gap && owner->read)
        {
          uint32_t skip = isth_dispatch_find_pdu (get_chosen (owner).dissector, packet, &bytes);

          if (skip > 0)
            {
              isth_stream_consume (stream, pool, skip);
              continue;
            }
        }
      if (!dispatch_pdu (self, flow, stream, pool, packet, bytes))
        return;
    }
}

/* What a stream of @flow lost beyond @before makes it one with gaps. */
static inline void
count_lossy (IsthFlow *flow,
             IsthStreamPool *pool,
             uint64_t before)
{
  IsthFlowOwner *owner = isth_flow_get_owner (flow);

  if (G_LIKELY (pool->lost == before) || owner->lossy)
    return;
  owner->lossy = true;
  pool->lossy++;
}

/* The answer in hand acknowledges a question that waits behind a gap: the question is read first, or the answer would find none. */
static void
read_acknowledged (IsthDispatch *self,
                   IsthFlow *flow,
                   IsthStreamPool *pool)
{
  IsthFlowOwner *owner = isth_flow_get_owner (flow);
  uint8_t side = flow->side;
  uint8_t other = !side;
  uint64_t lost = pool->lost;
  IsthStream stream ISTH_UNSET;

  isth_flow_take_stream (flow, other, &stream);
  if (stream.buffer)
    {
      IsthPacket packet = *isth_stream_get_last (&stream);

      flow->side = other & 1;
      for (uint32_t known = stream.next; owner->dissector != 0 && isth_stream_skip_lost (&stream, pool); known = stream.next)
        drain_stream (self, flow, &stream, pool, &packet, known);
      isth_stream_settle (&stream, pool);
      isth_stream_remember (&stream, &packet);
      count_lossy (flow, pool, lost);
      flow->side = side & 1;
    }
  isth_flow_put_stream (flow, other, &stream);
}

static void
clear_stream (IsthFlow *flow,
              uint8_t side,
              IsthStreamPool *pool)
{
  IsthStream stream ISTH_UNSET;

  isth_flow_take_stream (flow, side, &stream);
  isth_stream_clear (&stream, pool);
  isth_flow_put_stream (flow, side, &stream);
}

/* Connections stay in the table for some time after they ended: what was remembered for the next PDU goes with the last one. */
static inline void
forget_ended (IsthDispatch *self,
              IsthFlow *flow,
              const IsthPacket *packet)
{
  if (packet->tcp_flags & ISTH_TCP_FIN && isth_flow_is_over (flow))
    isth_flow_extra_free (self, isth_flow_get_owner (flow)->extra);
}

void
isth_dispatch_set_copy (IsthDispatch *self,
                        bool copy)
{
  self->copy = copy;
}

void
isth_dispatch_packet (IsthDispatch *self,
                      IsthFlow *flow,
                      IsthStreamPool *pool,
                      const IsthPacket *packet)
{
  IsthFlowOwner *owner = isth_flow_get_owner (flow);
  uint8_t side = flow->side;
  uint32_t n_read = 0, known;
  uint64_t lost;
  bool begins;
  IsthStream stream ISTH_UNSET;

  if (packet->layer != ISTH_LAYER_TCP)
    {
      dispatch_datagram (self, flow, packet);
      return;
    }
  if (owner->dissector == 0 && owner->probed >= ISTH_LIMIT_PROBES)
    return; /* nobody's: its bytes are not worth keeping in order */

  if (G_UNLIKELY (flow->waiting))
    read_acknowledged (self, flow, pool);
  else if (isth_cursor_wire_left (&packet->payload) == 0)
    {
      /* Anything else is a mere acknowledgment, of nothing that waits. */
      if (packet->tcp_flags & (ISTH_TCP_SYN | ISTH_TCP_FIN))
        isth_flow_note_edge (flow, packet);
      forget_ended (self, flow, packet);
      return;
    }
  if (isth_flow_is_smooth (flow, packet))
    {
      n_read = owner->dissector != 0 || can_choose (self, flow, packet) ? read_in_place (self, flow, packet) : 0;
      if (n_read == isth_cursor_left (&packet->payload))
        {
          isth_flow_step_over (flow, n_read);
          return;
        }
    }
  else if (owner->dissector != 0 && read_late (self, flow, pool, packet))
    return;
  isth_flow_take_stream (flow, side, &stream);
  known = stream.next;
  lost = pool->lost;
  begins = !stream.started && !(packet->tcp_flags & ISTH_TCP_SYN); /* with the first of it that was captured */
  isth_stream_feed (&stream, pool, packet);
  if (n_read > 0)
    isth_stream_consume (&stream, pool, n_read);
  drain_stream (self, flow, &stream, pool, packet, known);
  count_lossy (flow, pool, lost);
  if (G_UNLIKELY (begins) && owner->extra)
    owner->extra->began[side] = packet->sequence;
  if (owner->dissector == 0 && owner->probed >= ISTH_LIMIT_PROBES)
    {
      isth_stream_clear (&stream, pool);
      clear_stream (flow, !side, pool);
    }
  else
    {
      isth_stream_settle (&stream, pool);
      isth_stream_remember (&stream, packet);
    }
  isth_flow_put_stream (flow, side, &stream);
  forget_ended (self, flow, packet);
}

void
isth_dispatch_forget (IsthDispatch *self,
                      IsthFlow *flow)
{
  if ((uint8_t) (flow->rest >> 48) != 6)
    isth_flow_extra_free (self, isth_flow_get_owner (flow)->extra);
}

void
isth_dispatch_finish (IsthDispatch *self,
                      IsthFlow *flow,
                      IsthStreamPool *pool)
{
  IsthFlowOwner *owner = isth_flow_get_owner (flow);
  uint64_t lost = pool->lost;

  for (uint8_t side = 0; side < 2 && flow->waiting; side++)
    {
      IsthStream stream ISTH_UNSET;

      isth_flow_take_stream (flow, side, &stream);
      if (stream.buffer)
        {
          IsthPacket packet = *isth_stream_get_last (&stream);

          flow->side = side & 1;
          while (owner->dissector != 0 && isth_stream_skip_gap (&stream, pool))
            drain_stream (self, flow, &stream, pool, &packet, stream.next); /* nothing comes any more */
        }
      isth_stream_clear (&stream, pool);
      isth_flow_put_stream (flow, side, &stream);
    }
  count_lossy (flow, pool, lost);
  isth_flow_extra_free (self, owner->extra);
}

const char *
isth_flow_get_protocol (const IsthFlow *flow)
{
  const IsthFlowOwner *owner = (const IsthFlowOwner *) flow->owner;

  return owner->innermost ? isth_dissectors[owner->innermost - 1]->id : NULL;
}

uint64_t
isth_dispatch_get_malformed (const IsthDispatch *self,
                             size_t index)
{
  return self->malformed[index];
}

size_t
isth_dispatch_get_n_dissectors (const IsthDispatch *self)
{
  return self->n_dissectors;
}

uint64_t
isth_dispatch_get_forgotten (const IsthDispatch *self)
{
  return self->forgotten;
}

uint64_t
isth_dispatch_get_given_up (const IsthDispatch *self)
{
  return self->given_up;
}

void
isth_dispatch_reset_counts (IsthDispatch *self)
{
  memset (self->malformed, 0, self->n_dissectors * sizeof *self->malformed);
  self->forgotten = self->given_up = 0;
  g_clear_pointer (&self->elsewhere, g_free); /* another capture begins */
}

const char *
isth_flow_get_remote (const IsthDispatch *self,
                      const IsthFlow *flow)
{
  const IsthFlowOwner *owner = (const IsthFlowOwner *) flow->owner;
  uint8_t of_inner = self->remote[owner->innermost], of_outer = self->remote[owner->dissector];

  if (owner->remote != 0)
    return isth_remote_get_protocol (owner->remote);
  if (of_inner != 0 && of_inner != REMOTE_BY_DEED)
    return isth_remote_get_protocol (of_inner);
  return of_outer != REMOTE_BY_DEED ? isth_remote_get_protocol (of_outer) : NULL;
}
