/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One flow: what packets add to it, and what it says of itself. Counters are narrow and times are buckets, so that what each
 * packet touches stands in two cache lines. */
#include "analysis/flow/flow-private.h"

#include "analysis/base/time.h"

#define MORE_PACKETS (UINT64_C (1) << 52) /* one in the upper bits of IsthFlow.volume */
#define REORDERED (64u << 10)             /* a SYN this little behind the first data was overtaken, not new */
#define ACTIVE_BUCKETS 64

enum { STREAM_NEW, STREAM_STARTED, STREAM_END_KNOWN, STREAM_FINISHED };

static inline uint32_t
hash_rest (uint64_t hash,
           uint64_t rest,
           uint64_t seed)
{
  hash = isth_hash_mix (rest ^ (seed << 32 | seed >> 32), hash ^ seed);
  return (uint32_t) (hash ^ hash >> 32);
}

/* Two IPv4 addresses fit into one word; were two longer ones put into one, anybody could choose some that make the same of it. */
static inline uint64_t
join_ipv4 (uint64_t a,
           uint64_t b)
{
  return a ^ (b << 32 | b >> 32);
}

/* Both factors of each step are seeded, so that no address can make one of them zero. */
static inline uint32_t
hash_key (uint64_t low_a,
          uint64_t low_b,
          uint64_t high_a,
          uint64_t high_b,
          uint64_t rest)
{
  uint64_t seed = isth_hash_seed ();
  uint64_t hash;

  if (isth_flow_key_kind (rest, 0) == ISTH_ADDRESS_IPV4)
    return hash_rest (join_ipv4 (low_a, low_b), rest, seed);
  hash = isth_hash_mix (low_a ^ seed, low_b ^ (seed << 32 | seed >> 32));
  if (isth_flow_key_kind (rest, 0) == ISTH_ADDRESS_IPV6)
    hash = isth_hash_mix (high_a ^ hash, high_b ^ seed);
  return hash_rest (hash, rest, seed);
}

uint32_t
isth_flow_hash (const uint64_t address[2],
                const uint64_t high[2],
                uint64_t       rest)
{
  return hash_key (address[0], address[1], high ? high[0] : 0, high ? high[1] : 0, rest);
}

/* Whether the address @a comes behind @b, both of one kind, in the order of isth_address_compare(), or is the same one with the higher port. */
static inline bool
is_behind (const IsthAddress *a,
           const IsthAddress *b,
           uint16_t           port_a,
           uint16_t           port_b)
{
  if (a->words[0] != b->words[0])
    return GUINT64_FROM_BE (a->words[0]) > GUINT64_FROM_BE (b->words[0]);
  if (a->words[1] != b->words[1])
    return GUINT64_FROM_BE (a->words[1]) > GUINT64_FROM_BE (b->words[1]);
  return port_a > port_b;
}

/* The same as any_probe_init() makes of it, but who is A is found out without a jump: no processor guesses that right. */
static inline void
plain_probe_init (IsthFlowProbe    *self,
                  const IsthPacket *p)
{
  uint64_t a = p->source.words[0], b = p->target.words[0], swap;
  uint32_t port_a = p->source_port, port_b = p->target_port;
  bool side = (GUINT64_FROM_BE (a) | port_a) > (GUINT64_FROM_BE (b) | port_b); /* an IPv4 address leaves the lower half free */

  swap = (a ^ b) & -(uint64_t) side;
  a ^= swap;
  b ^= swap;
  swap = (port_a ^ port_b) & -(uint64_t) side;
  port_a ^= (uint32_t) swap;
  port_b ^= (uint32_t) swap;
  self->rest = isth_flow_key_rest ((uint16_t) port_a, (uint16_t) port_b, isth_packet_vlan (p), p->ip_protocol, p->layer, ISTH_ADDRESS_IPV4, ISTH_ADDRESS_IPV4);
  self->address[0] = a;
  self->address[1] = b;
  self->hash = hash_rest (join_ipv4 (a, b), self->rest, isth_hash_seed ());
  self->side = side;
  self->none = false;
  self->plain = (p->tcp_flags & (ISTH_TCP_SYN | ISTH_TCP_FIN | ISTH_TCP_RST)) == 0 && p->time != ISTH_NO_TIME;
}

static void G_GNUC_NO_INLINE
any_probe_init (IsthFlowProbe    *self,
                const IsthPacket *p)
{
  const IsthAddress *a = &p->source, *b = &p->target;
  uint16_t port_a = p->source_port, port_b = p->target_port;
  uint8_t protocol = p->ip_protocol;
  int wide;

  self->plain = false;
  self->none = p->fragment == ISTH_FRAGMENT_WAITS;
  if (p->layer < ISTH_LAYER_IP)
    {
      a = &p->source_mac;
      b = &p->target_mac;
      port_a = port_b = p->ether_type != 0 ? p->ether_type : p->llc_sap;
      protocol = 0;
      self->none = p->layer == ISTH_LAYER_NONE || (a->kind == ISTH_ADDRESS_NONE && b->kind == ISTH_ADDRESS_NONE);
    }
  wide = a->kind == ISTH_ADDRESS_IPV6;
  self->side = is_behind (a, b, port_a, port_b);
  if (self->side)
    {
      const IsthAddress *first = b;
      uint16_t port = port_b;

      b = a;
      a = first;
      port_b = port_a;
      port_a = port;
    }
  self->rest = isth_flow_key_rest (port_a, port_b, isth_packet_vlan (p), protocol, p->layer, (IsthAddressKind) a->kind, (IsthAddressKind) b->kind);
  self->address[0] = a->words[wide];
  self->address[1] = b->words[wide];
  self->hash = hash_key (a->words[wide], b->words[wide], a->words[0], b->words[0], self->rest);
}

void
isth_flow_probe_init (IsthFlowProbe    *self,
                      const IsthPacket *p)
{
  if (G_LIKELY (p->plain))
    plain_probe_init (self, p);
  else
    any_probe_init (self, p);
}

/* The first packet that @side sent. */
static void G_GNUC_NO_INLINE
begin_side (IsthFlow         *flow,
            const IsthPacket *p,
            uint8_t           side)
{
  IsthFlowRest *rest = isth_flow_get_rest (flow);

  rest->first_frame[side] = (uint32_t) p->number;
  rest->first_frame_high[side] = (uint16_t) (p->number >> 32);
  if (p->layer >= ISTH_LAYER_IP)
    flow->ttl_min[side] = p->ttl;
}

/* The bucket of @time, when the buckets must begin earlier or become wider for it; @first: the time where they began. They then
 * have the one form that the set of times gives, whatever their order. */
static void G_GNUC_NO_INLINE
widen_active (IsthFlow *flow,
              int64_t   first,
              int64_t   time)
{
  int64_t start = first >> flow->active_shift, bucket = time >> flow->active_shift, low;
  uint64_t bits = flow->active;

  while (MAX (start + (ACTIVE_BUCKETS - 1 - __builtin_clzll (bits)), bucket) - MIN (start, bucket) >= ACTIVE_BUCKETS)
    {
      uint64_t pairs = 0;

      for (uint64_t left = bits; left != 0; left &= left - 1)
        pairs |= UINT64_C (1) << (((uint64_t) __builtin_ctzll (left) + ((uint64_t) start & 1)) >> 1);
      bits = pairs;
      start >>= 1;
      bucket >>= 1;
      flow->active_shift++;
    }
  low = MIN (start, bucket);
  flow->active = bits << (start - low) | UINT64_C (1) << (bucket - low);
}

static inline void
count_time (IsthFlow *flow,
            int64_t   time)
{
  uint64_t bucket;

  if (G_UNLIKELY (time == ISTH_NO_TIME))
    return;
  if (G_UNLIKELY (flow->active == 0))
    {
      flow->active = 1;
      flow->active_shift = ISTH_FLOW_ACTIVE_SHIFT;
      flow->first = flow->last = time;
      return;
    }
  bucket = (uint64_t) ((time >> flow->active_shift) - (flow->first >> flow->active_shift));
  if (G_LIKELY (bucket < ACTIVE_BUCKETS))
    flow->active |= UINT64_C (1) << bucket;
  else
    widen_active (flow, flow->first, time);
  flow->first = MIN (flow->first, time);
  flow->last = MAX (flow->last, time);
}

static inline void
count_mac (IsthFlow          *flow,
           const IsthAddress *mac,
           int                side)
{
  memcpy (&flow->mac_head[side], mac->bytes, 4);
  memcpy (&flow->mac_tail[side], mac->bytes + 4, 2);
}

/* Most frames have both, and say what was said before. */
static inline void
count_macs (IsthFlow         *flow,
            const IsthPacket *p,
            int               side)
{
  bool sender = p->source_mac.kind != ISTH_ADDRESS_NONE, receiver = p->target_mac.kind != ISTH_ADDRESS_NONE;

  if (G_LIKELY (sender))
    count_mac (flow, &p->source_mac, side);
  if (G_LIKELY (receiver))
    count_mac (flow, &p->target_mac, !side);
  if (G_UNLIKELY (flow->mac_known != 3))
    flow->mac_known |= (uint16_t) ((unsigned) sender << side | (unsigned) receiver << !side) & 3u;
}

/* The frames that @p stands for besides its own. */
static void G_GNUC_NO_INLINE
count_earlier (IsthFlow         *flow,
               const IsthPacket *p,
               uint8_t           side)
{
  uint32_t before = flow->packets[side];

  flow->packets[side] += p->earlier;
  flow->volume[side] += p->earlier_wire + (flow->packets[side] < before ? MORE_PACKETS : 0);
}

void
isth_flow_count (IsthFlow         *flow,
                 const IsthPacket *p,
                 uint8_t           side)
{
  flow->side = side & 1;
  if (G_UNLIKELY (flow->packets[side] == 0) && flow->volume[side] == 0)
    begin_side (flow, p, side);
  flow->volume[side] += p->wire + (G_UNLIKELY (++flow->packets[side] == 0) ? MORE_PACKETS : 0);
  if (G_UNLIKELY (p->reassembled || p->fragment))
    count_earlier (flow, p, side);
  count_time (flow, p->time);
  if (p->same_segment || p->layer == ISTH_LAYER_LINK)
    count_macs (flow, p, side);
  if (p->layer >= ISTH_LAYER_IP)
    {
      flow->ttl_max[side] = MAX (flow->ttl_max[side], p->ttl);
      flow->ttl_min[side] = MIN (flow->ttl_min[side], p->ttl);
    }
}

bool
isth_flow_count_plain (IsthFlow         *flow,
                       const IsthPacket *p,
                       uint8_t           side)
{
  uint64_t bucket = (uint64_t) (p->time >> flow->active_shift) - (uint64_t) (flow->first >> flow->active_shift);

  if (G_UNLIKELY (bucket >= ACTIVE_BUCKETS || flow->active == 0 || flow->waiting != NULL || flow->mac_known != 3 || flow->proof == ISTH_PROOF_NONE
                  || flow->packets[side] - 1 >= UINT32_MAX - 1))
    return false;
  flow->side = side & 1;
  flow->packets[side]++;
  flow->volume[side] += p->wire;
  flow->active |= UINT64_C (1) << bucket;
  flow->first = MIN (flow->first, p->time);
  flow->last = MAX (flow->last, p->time);
  count_mac (flow, &p->source_mac, side);
  count_mac (flow, &p->target_mac, !side);
  flow->ttl_max[side] = MAX (flow->ttl_max[side], p->ttl);
  flow->ttl_min[side] = MIN (flow->ttl_min[side], p->ttl);
  return true;
}

static void
prove_by_flags (IsthFlow         *flow,
                const IsthPacket *p,
                uint8_t           side)
{
  if ((p->tcp_flags & (ISTH_TCP_SYN | ISTH_TCP_RST)) == ISTH_TCP_SYN)
    {
      bool server = (p->tcp_flags & ISTH_TCP_ACK) != 0;

      if ((flow->initial_known & 1u << side) == 0)
        {
          flow->initial_known |= (uint16_t) (1u << side);
          isth_flow_get_rest (flow)->initial[side] = p->sequence;
        }
      if (flow->proof < ISTH_PROOF_HANDSHAKE)
        {
          flow->client = (side == 0) != server ? ISTH_CLIENT_A : ISTH_CLIENT_B;
          flow->proof = ISTH_PROOF_HANDSHAKE;
        }
    }
  if ((p->tcp_flags & ISTH_TCP_FIN) != 0)
    flow->closed |= (uint8_t) (1u << side);
  if ((p->tcp_flags & ISTH_TCP_RST) != 0)
    flow->closed |= 4;
}

void
isth_flow_prove_client (IsthFlow         *flow,
                        const IsthPacket *p,
                        uint8_t           side)
{
  if (G_UNLIKELY (flow->proof == ISTH_PROOF_NONE))
    {
      flow->client = side == 0 ? ISTH_CLIENT_A : ISTH_CLIENT_B;
      flow->proof = ISTH_PROOF_FIRST;
    }
  if (p->layer == ISTH_LAYER_TCP && G_UNLIKELY ((p->tcp_flags & (ISTH_TCP_SYN | ISTH_TCP_FIN | ISTH_TCP_RST)) != 0))
    prove_by_flags (flow, p, side);
}

static unsigned int
stream_state (const IsthFlow *flow,
              uint8_t         side)
{
  return flow->stream_state >> 2 * side & 3u;
}

bool
isth_flow_is_reused (const IsthFlow   *flow,
                     const IsthPacket *p,
                     uint8_t           side)
{
  if ((p->tcp_flags & ISTH_TCP_RST) != 0)
    return false;
  if ((p->tcp_flags & ISTH_TCP_ACK) != 0 && flow->closed == 0)
    return false;
  if ((flow->initial_known & 1u << side) != 0)
    return isth_flow_get_rest (flow)->initial[side] != p->sequence;
  if (flow->closed != 0)
    return true;
  return stream_state (flow, side) != STREAM_NEW && flow->stream_next[side] - p->sequence > REORDERED;
}

void
isth_flow_take_stream (IsthFlow   *flow,
                       uint8_t     side,
                       IsthStream *stream)
{
  unsigned int state = stream_state (flow, side);

  *stream = (IsthStream){
    .next = flow->stream_next[side],
    .started = state != STREAM_NEW,
    .end_known = state >= STREAM_END_KNOWN,
    .finished = state == STREAM_FINISHED,
    .gap = flow->stream_gap >> side & 1u,
  };
  if (G_UNLIKELY (state >= STREAM_END_KNOWN))
    stream->end = isth_flow_get_rest (flow)->stream_end[side];
  if (G_UNLIKELY (flow->waiting != NULL))
    stream->buffer = isth_stream_buffer_take (&flow->waiting, side);
}

void
isth_flow_put_stream (IsthFlow         *flow,
                      uint8_t           side,
                      const IsthStream *stream)
{
  unsigned int state = stream->finished ? STREAM_FINISHED : stream->end_known ? STREAM_END_KNOWN : stream->started ? STREAM_STARTED : STREAM_NEW;

  flow->stream_next[side] = stream->next;
  flow->stream_state = (uint16_t) ((flow->stream_state & ~(3u << 2 * side)) | state << 2 * side) & 15u;
  flow->stream_gap = (uint16_t) ((flow->stream_gap & ~(1u << side)) | (unsigned int) stream->gap << side) & 3u;
  if (G_UNLIKELY (stream->end_known))
    isth_flow_get_rest (flow)->stream_end[side] = stream->end;
  if (G_UNLIKELY (stream->buffer != NULL))
    isth_stream_buffer_put (&flow->waiting, side, stream->buffer);
}

bool
isth_flow_is_smooth (const IsthFlow   *flow,
                     const IsthPacket *packet)
{
  return flow->waiting == NULL && packet->sequence == flow->stream_next[flow->side] && stream_state (flow, flow->side) == STREAM_STARTED
         && (flow->stream_gap >> flow->side & 1u) == 0 && (packet->tcp_flags & (ISTH_TCP_SYN | ISTH_TCP_FIN | ISTH_TCP_RST)) == 0
         && packet->payload.wire == packet->payload.length;
}

bool
isth_flow_is_over (const IsthFlow *flow)
{
  return stream_state (flow, 0) == STREAM_FINISHED && stream_state (flow, 1) == STREAM_FINISHED && flow->waiting == NULL;
}

void
isth_flow_note_edge (IsthFlow         *flow,
                     const IsthPacket *packet)
{
  const uint8_t side = flow->side;
  unsigned int state = stream_state (flow, side);
  uint32_t sequence = packet->sequence + ((packet->tcp_flags & ISTH_TCP_SYN) != 0);

  if ((packet->tcp_flags & ISTH_TCP_RST) != 0)
    return;
  if (state == STREAM_NEW)
    {
      if ((packet->tcp_flags & ISTH_TCP_SYN) == 0)
        return;
      state = STREAM_STARTED;
      flow->stream_next[side] = sequence;
    }
  if ((packet->tcp_flags & ISTH_TCP_FIN) != 0 && state != STREAM_FINISHED)
    {
      state = STREAM_END_KNOWN;
      isth_flow_get_rest (flow)->stream_end[side] = sequence;
    }
  if (state == STREAM_END_KNOWN && flow->stream_next[side] == isth_flow_get_rest (flow)->stream_end[side])
    {
      state = STREAM_FINISHED;
      flow->stream_next[side]++;
    }
  flow->stream_state = (uint16_t) ((flow->stream_state & ~(3u << 2 * side)) | state << 2 * side) & 15u;
}

void
isth_flow_clear (IsthFlow       *flow,
                 IsthStreamPool *pool)
{
  for (uint8_t side = 0; side < 2 && flow->waiting != NULL; side++)
    {
      IsthStream stream;

      isth_flow_take_stream (flow, side, &stream);
      isth_stream_clear (&stream, pool);
      isth_flow_put_stream (flow, side, &stream);
    }
}

static IsthAddress
get_address (const IsthFlow *flow,
             int             side)
{
  IsthAddress self = { .kind = isth_flow_key_kind (flow->rest, side) };

  if (self.kind == ISTH_ADDRESS_IPV6)
    {
      self.words[0] = isth_flow_get_chunk (flow)->high[flow->place].address[side];
      self.words[1] = flow->address[side];
    }
  else
    self.words[0] = flow->address[side];
  return self;
}

void
isth_flow_describe (const IsthFlow *flow,
                    IsthFlowRecord *record)
{
  const IsthFlowRest *rest = isth_flow_get_rest (flow);

  *record = (IsthFlowRecord){
    .key = { .vlan = (uint16_t) (flow->rest >> 32), .protocol = (uint8_t) (flow->rest >> 48), .layer = flow->rest >> 56 & 7 },
    .first = flow->first,
    .last = flow->last,
    .active = flow->active,
    .active_shift = (uint8_t) flow->active_shift,
    .client = flow->client,
    .proof = flow->proof,
    .closed = flow->closed,
    .begun = flow->initial_known != 0,
  };
  for (int side = 0; side < 2; side++)
    {
      record->key.address[side] = get_address (flow, side);
      record->key.port[side] = (uint16_t) (flow->rest >> 16 * side);
      record->count[side].packets = flow->packets[side] | flow->volume[side] / MORE_PACKETS << 32;
      record->count[side].bytes = flow->volume[side] % MORE_PACKETS;
      record->first_frame[side] = rest->first_frame[side] | (uint64_t) rest->first_frame_high[side] << 32;
      record->ttl_min[side] = flow->ttl_min[side];
      record->ttl_max[side] = flow->ttl_max[side];
      if ((flow->mac_known >> side & 1) != 0)
        record->mac[side] = (IsthAddress){
          .words = { isth_address_word (flow->mac_head[side], flow->mac_tail[side]), 0 }, .kind = ISTH_ADDRESS_MAC };
    }
}
