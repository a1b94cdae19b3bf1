/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One dissector in a conversation of two: PDUs straight into it, packets through the dispatcher (datagrams, or segments that are cut, lost and sent
 * again), and payloads that a layer below hands over.
 *
 * An input is a byte of flags (below), then records: two bytes (side, trick, length) and as many bytes of payload. */
#include "analysis/decode/decoder.h"
#include "analysis/dissectors/dispatch-private.h"
#include "analysis/flow/flow-private.h"
#include "tests/fuzz/target.h"

#define FORM 0x03 /* how payloads come to the dissector */
enum
{
  FORM_PDU,    /* straight */
  FORM_CHOSEN, /* as packets of a flow that is the dissector's already */
  FORM_PROBED, /* as packets to its port, for whoever takes them */
  FORM_INNER,  /* from a layer below, with a key */
};
#define OPENED 0x04    /* a handshake comes first, so the direction is known */
#define GROUP 0x08     /* A sends to a group */
#define NAMELESS 0x10  /* A has no addresses */
#define BINDING_SHIFT 5 /* which of the dissector's bindings */

#define SIDE 0x8000
#define TRICK_SHIFT 13
#define LENGTH 0x1fff
enum
{
  TRICK_NONE,
  TRICK_CUT,   /* the capture cut bytes behind the payload */
  TRICK_AGAIN, /* begins some bytes too early */
  TRICK_LOST,  /* some bytes before it are missing */
};

typedef struct
{
  const IsthDissector *dissector;
  uint16_t index;
  uint8_t flags;
  IsthDispatch *dispatch;
  IsthFlowTable *flows;
  IsthPacket packet[2]; /* of A and B, all but the payload */
  uint64_t frames;
  uint32_t tickets;
  uint8_t evidence[ISTH_LIMIT_EVIDENCE];
} Talk;

static uint64_t
check_observation (const IsthObservation *o,
                   void *user_data)
{
  Talk *self = user_data;

  g_assert (o->protocol != NULL && o->evidence.n_bytes <= ISTH_LIMIT_EVIDENCE);
  if (o->evidence.n_bytes > 0)
    memcpy (self->evidence, o->evidence.bytes, o->evidence.n_bytes); /* a read that the sanitizer sees */
  switch (o->kind)
    {
    case ISTH_OBSERVE_CLAIM:
      g_assert (o->claim.attribute < ISTH_N_ATTRIBUTES && o->claim.value[0] != '\0');
      g_assert (g_utf8_validate (o->claim.value, -1, NULL) && strlen (o->claim.value) <= ISTH_LIMIT_TEXT);
      break;
    case ISTH_OBSERVE_OPERATION:
      g_assert (o->operation.verb < ISTH_N_OPS && o->operation.name[0] != '\0');
      g_assert (g_utf8_validate (o->operation.object, -1, NULL));
      g_assert (!o->target.child || g_utf8_validate (o->target.child, -1, NULL));
      return ++self->tickets;
    case ISTH_OBSERVE_OUTCOME:
      g_assert (o->outcome.ticket > 0 && o->outcome.ticket <= self->tickets);
      g_assert (g_utf8_validate (o->outcome.text, -1, NULL));
      break;
    case ISTH_OBSERVE_CHILD:
      g_assert (o->subject.child && g_utf8_validate (o->subject.child, -1, NULL));
      break;
    case ISTH_OBSERVE_NEIGHBOUR:
      g_assert (g_utf8_validate (o->neighbour.port, -1, NULL));
      break;
    case ISTH_OBSERVE_TRANSFER:
      g_assert (o->transfer.verb < ISTH_N_OPS && o->transfer.step < ISTH_N_TRANSFER_STEPS);
      g_assert (g_utf8_validate (o->transfer.object, -1, NULL) && g_utf8_validate (o->transfer.text, -1, NULL));
      break;
    case ISTH_OBSERVE_BINDING:
    case ISTH_OBSERVE_ROLE:
      break;
    }
  return 0;
}

static void
finish_flow (IsthFlow *flow,
             gpointer user_data)
{
  Talk *self = user_data;

  isth_dispatch_finish (self->dispatch, flow, isth_flow_table_get_pool (self->flows));
}

static IsthFlow *
add_packet (Talk *self,
            const IsthPacket *packet)
{
  IsthFlowProbe probe;

  isth_flow_probe_init (&probe, packet);
  return isth_flow_table_add (self->flows, packet, &probe);
}

static uint8_t
get_layer (IsthBindingKind kind)
{
  switch (kind)
    {
    case ISTH_BIND_UDP:
      return ISTH_LAYER_UDP;
    case ISTH_BIND_ETHER_TYPE:
    case ISTH_BIND_LLC:
    case ISTH_BIND_SNAP:
      return ISTH_LAYER_LINK;
    case ISTH_BIND_IP:
      return ISTH_LAYER_IP;
    case ISTH_BIND_TCP:
    case ISTH_BIND_COTP:
    case ISTH_BIND_CIP:
    case ISTH_BIND_MODBUS:
    case ISTH_BIND_NBSS:
    case ISTH_BIND_PIPE:
    case ISTH_N_BINDINGS:
      break;
    }
  return ISTH_LAYER_TCP;
}

/* What packets of @side have in common. */
static void
set_up_packet (Talk *self,
               int side)
{
  const IsthBinding *binding = &self->dissector->bindings[(self->flags >> BINDING_SHIFT) % self->dissector->n_bindings];
  IsthAddress mac[2] = { isth_address_mac ((const uint8_t *) "\2\0\0\0\0\1"), isth_address_mac ((const uint8_t *) "\2\0\0\0\0\2") };
  IsthAddress ip[2] = { isth_address_ipv4 ((const uint8_t *) "\12\0\0\1"), isth_address_ipv4 ((const uint8_t *) "\12\0\0\2") };
  IsthPacket *p = &self->packet[side];

  if (self->flags & GROUP)
    {
      mac[1] = isth_address_mac ((const uint8_t *) "\377\377\377\377\377\377");
      ip[1] = isth_address_ipv4 ((const uint8_t *) "\377\377\377\377");
    }
  if (self->flags & NAMELESS)
    {
      mac[0] = (IsthAddress){ 0 };
      ip[0] = isth_address_ipv4 ((const uint8_t *) "\0\0\0\0");
    }
  *p = (IsthPacket){
    .source_mac = mac[side],
    .target_mac = mac[!side],
    .same_segment = true,
    .layer = get_layer (binding->kind),
    .ttl = 64,
    .ether_type = 0x0800,
    .sequence = side ? 0xffffffc0 : 1000, /* one of them begins again at 0 soon */
  };
  if (p->layer == ISTH_LAYER_LINK)
    {
      p->ether_type = binding->kind == ISTH_BIND_LLC ? 0 : binding->number;
      p->llc_sap = binding->kind == ISTH_BIND_LLC ? binding->number : 0;
      p->snap_oui = binding->kind == ISTH_BIND_SNAP ? 0x00000c : 0;
      return;
    }
  p->source = ip[side];
  p->target = ip[!side];
  p->ip_protocol = p->layer == ISTH_LAYER_TCP ? 6 : p->layer == ISTH_LAYER_UDP ? 17 : (uint8_t) binding->number;
  p->source_port = side ? binding->number : 40000;
  p->target_port = side ? 40000 : binding->number;
}

static void
open_connection (Talk *self)
{
  for (int side = 0; side < 2 && self->packet[side].layer == ISTH_LAYER_TCP; side++)
    {
      IsthPacket packet = self->packet[side];
      IsthFlow *flow;

      packet.tcp_flags = side ? ISTH_TCP_SYN | ISTH_TCP_ACK : ISTH_TCP_SYN;
      packet.number = ++self->frames;
      packet.payload = isth_cursor_new ("", 0, 0);
      flow = add_packet (self, &packet);
      isth_dispatch_packet (self->dispatch, flow, isth_flow_table_get_pool (self->flows), &packet);
      self->packet[side].sequence++;
    }
}

/* The payload in hand, as the flags say. */
static void
deliver (Talk *self,
         const IsthPacket *packet,
         int trick)
{
  static const uint64_t keys[] = { 0, 0x01000102, 7ull << 32, 0x12345678 | 9ull << 32 };
  IsthFlow *flow = add_packet (self, packet);
  IsthCursor c = packet->payload;

  if (self->dissector->probe)
    self->dissector->probe (c, packet);
  if (self->dissector->pdu_length)
    self->dissector->pdu_length (c);
  switch (self->flags & FORM)
    {
    case FORM_PDU:
      isth_dispatch_pdu (self->dispatch, self->dissector, flow, packet, &c);
      break;
    case FORM_INNER:
      isth_dispatch_run (self->dispatch, &(Candidate){ .dissector = self->dissector, .index = self->index }, flow, packet, &c, keys[trick], 2);
      break;
    case FORM_CHOSEN:
      if (flow && isth_flow_get_owner (flow)->dissector == 0)
        isth_flow_get_owner (flow)->dissector = self->index;
      G_GNUC_FALLTHROUGH;
    default:
      if (flow)
        isth_dispatch_packet (self->dispatch, flow, isth_flow_table_get_pool (self->flows), packet);
    }
}

/* One payload in a block of exactly its size, so that a read past its end is seen. */
static void
send_payload (Talk *self,
              int side,
              int trick,
              const uint8_t *data,
              uint32_t length)
{
  IsthPacket packet = self->packet[side];
  uint8_t *block = g_memdup2 (length ? data : (const uint8_t *) "", MAX (length, 1));
  uint32_t wire = length + (trick == TRICK_CUT ? 9 : 0);

  if (trick == TRICK_LOST)
    packet.sequence += 5;
  if (trick == TRICK_AGAIN)
    packet.sequence -= 3;
  packet.number = ++self->frames;
  packet.time = (int64_t) self->frames * 100000000;
  packet.wire = wire;
  packet.frame = block;
  packet.frame_length = length;
  packet.payload = isth_cursor_new (block, length, wire);
  packet.tcp_flags = ISTH_TCP_ACK | ISTH_TCP_PSH;
  packet.acknowledgment = self->packet[!side].sequence;
  deliver (self, &packet, trick);
  self->packet[side].sequence = packet.sequence + wire;
  g_free (block);
}

static uint16_t
find_index (const IsthDissector *dissector)
{
  uint16_t i = 0;

  while (isth_dissectors[i] != dissector)
    i++;
  return (uint16_t) (i + 1);
}

static void
run (gconstpointer what,
     const uint8_t *data,
     size_t size)
{
  Talk talk = { .dissector = what, .index = find_index (what) };
  IsthCursor c = isth_cursor_new (data, (uint32_t) size, (uint32_t) size);

  talk.flags = isth_cursor_u8 (&c);
  talk.dispatch = isth_dispatch_new (&(IsthSink){ .observe = check_observation, .user_data = &talk });
  talk.flows = isth_flow_table_new_sized (4, finish_flow, &talk);
  set_up_packet (&talk, 0);
  set_up_packet (&talk, 1);
  if (talk.flags & OPENED)
    open_connection (&talk);
  while (isth_cursor_left (&c) >= 2)
    {
      uint16_t head = isth_cursor_be16 (&c);
      uint32_t length = MIN (head & LENGTH, isth_cursor_left (&c));

      send_payload (&talk, (head & SIDE) != 0, head >> TRICK_SHIFT & 3, isth_cursor_bytes (&c, length), length);
    }
  isth_flow_table_free (talk.flows);
  isth_dispatch_free (talk.dispatch);
}

/* Inputs made of one golden capture: the payloads as they are and, where the probe finds its protocol inside them, what stands there. */
typedef struct
{
  const IsthDissector *dissector;
  IsthDecoder *decoder;
  GByteArray *outer, *inner;
  bool mine;
} Seed;

static void
append_record (GByteArray *input,
               int side,
               const uint8_t *data,
               uint32_t length)
{
  uint16_t head = GUINT16_TO_BE ((uint16_t) ((side ? SIDE : 0) | MIN (length, LENGTH)));

  g_byte_array_append (input, (const uint8_t *) &head, sizeof head);
  g_byte_array_append (input, data, MIN (length, LENGTH));
}

static void
add_frame (uint32_t link_type,
           const uint8_t *data,
           uint32_t length,
           gpointer user_data)
{
  Seed *self = user_data;
  const IsthDissector *dissector = self->dissector;
  IsthPacket packet;
  IsthCursor c;
  int side;

  isth_decoder_decode (self->decoder, link_type, data, length, length, 1, &packet);
  c = packet.payload;
  if (c.length == 0)
    return;
  side = isth_address_compare (&packet.source, &packet.target) > 0;
  for (size_t i = 0; i < dissector->n_bindings; i++)
    {
      uint16_t number = dissector->bindings[i].number;

      self->mine |= number != 0 && (number == packet.source_port || number == packet.target_port
                                    || (packet.layer == ISTH_LAYER_LINK && number == packet.ether_type)
                                    || (packet.layer == ISTH_LAYER_IP && number == packet.ip_protocol));
    }
  append_record (self->outer, side, c.data, c.length);
  for (uint32_t skip = 0; dissector->probe && skip < c.length; skip++)
    {
      IsthCursor at = isth_cursor_new (c.data + skip, c.length - skip, c.length - skip);

      if (dissector->probe (at, &packet) == ISTH_PROBE_NO)
        continue;
      append_record (self->inner, side, at.data, at.length);
      self->mine = true;
      break;
    }
}

static void
add_input (GPtrArray *seeds,
           uint8_t flags,
           const GByteArray *records)
{
  GByteArray *input;

  if (records->len == 0)
    return;
  input = g_byte_array_new ();
  g_byte_array_append (input, &flags, 1);
  g_byte_array_append (input, records->data, MIN (records->len, 4000));
  isth_fuzz_add_seed (seeds, input);
}

static void
add_seeds (GPtrArray *seeds,
           const IsthDissector *dissector,
           GBytes *golden,
           bool mine)
{
  Seed self = { dissector, isth_decoder_new (), g_byte_array_new (), g_byte_array_new (), mine };

  isth_fuzz_foreach_frame (golden, add_frame, &self);
  for (uint8_t form = 0; self.mine && form <= FORM; form++)
    {
      add_input (seeds, form, form == FORM_INNER ? self.inner : self.outer);
      add_input (seeds, form | OPENED, form == FORM_INNER ? self.inner : self.outer);
    }
  isth_decoder_free (self.decoder);
  g_byte_array_unref (self.outer);
  g_byte_array_unref (self.inner);
}

static void
seed (gconstpointer what,
      GPtrArray *seeds)
{
  g_autoptr(GPtrArray) golden = isth_fuzz_golden ();

  for (guint i = 0; i < golden->len; i++)
    add_seeds (seeds, what, golden->pdata[i], false);
  if (seeds->len == 0) /* who is told what comes on a connection knows nothing by itself: anything will do */
    add_seeds (seeds, what, golden->pdata[0], true);
}

const IsthFuzzTarget isth_fuzz_dissector = { "dissect-", run, seed, NULL };
