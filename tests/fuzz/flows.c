/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Segments as scripts: "stream" is one direction of one connection, whose bytes must come out as they went in; "flow" is a small table of flows with the
 * dispatcher behind it, whose counts must add up. */
#include "analysis/flow/stream.h"

#include <string.h>

#include "analysis/base/time.h"
#include "analysis/dissectors/dispatch.h"
#include "analysis/flow/flow-private.h"
#include "tests/fuzz/target.h"
#include "tests/helpers/dissect-runner.h"

/* A reader of one stream. The byte with number n is n modulo 256 wherever it is sent, so a byte in the wrong place is seen. */
typedef struct
{
  IsthStream stream;
  IsthStreamPool pool;
  uint32_t pdu;  /* bytes it takes at a time; 0: whatever there is */
  uint8_t expected;
  bool known;    /* what is expected next */
  int64_t time;
} Reader;

static void
read_stream (Reader *self)
{
  for (;;)
    {
      IsthCursor c = isth_stream_peek (&self->stream);
      uint32_t n = self->pdu ? self->pdu : c.wire;

      g_assert (c.length <= c.wire);
      if (c.length == 0 || c.wire < n)
        return;
      if (isth_stream_take_gap (&self->stream) || !self->known)
        self->expected = c.data[0];
      self->known = true;
      for (uint32_t i = 0; i < MIN (n, c.length) && !self->stream.end_known; i++) /* a FIN has a number of its own, and data may come behind it */
        g_assert (c.data[i] == (uint8_t) (self->expected + i));
      self->expected = (uint8_t) (self->expected + n);
      isth_stream_consume (&self->stream, &self->pool, n);
    }
}

/* A segment of @n bytes whose first has the number @sequence (behind the SYN's own, when it is one). */
static void
send_segment (Reader *self,
              uint32_t sequence,
              uint8_t flags,
              uint32_t n,
              uint32_t cut)
{
  uint8_t *bytes = g_malloc (MAX (n, 1));
  IsthPacket packet = { .time = self->time, .layer = ISTH_LAYER_TCP, .sequence = sequence, .tcp_flags = flags };

  for (uint32_t i = 0; i < n; i++)
    bytes[i] = (uint8_t) (sequence + i + ((flags & ISTH_TCP_SYN) != 0));
  packet.payload = isth_cursor_new (bytes, n, n + cut);
  isth_stream_feed (&self->stream, &self->pool, &packet);
  read_stream (self);
  isth_stream_settle (&self->stream, &self->pool);
  g_free (bytes);
}

enum
{
  SEGMENT,
  SEGMENT_FAR,
  ACKNOWLEDGE,
  WAIT,
  SKIP,
};

/* Words of four bytes: what to do, the number (a step around the start), TCP flags or how many bytes are cut, length. The first two bytes: PDU size, start. */
static void
run_stream (gconstpointer what,
            const uint8_t *data,
            size_t size)
{
  IsthCursor c = isth_cursor_new (data, (uint32_t) size, (uint32_t) size);
  Reader reader = { .pool = { .max_stream = 300, .max_held = 1 << 14 }, .pdu = isth_cursor_u8 (&c) % 64 };
  uint32_t start = ((uint32_t) isth_cursor_u8 (&c) << 24) + 0xffffe0;

  while (isth_cursor_left (&c) >= 4)
    {
      uint8_t word = isth_cursor_u8 (&c);
      uint32_t step = isth_cursor_u8 (&c);
      uint8_t flags = isth_cursor_u8 (&c);
      uint32_t n = isth_cursor_u8 (&c);
      uint32_t cut = flags & 0x40 ? n % 16 : 0;

      switch (word % 8)
        {
        case ACKNOWLEDGE:
          isth_stream_buffer_acknowledge (reader.stream.buffer, 0, start + step);
          while (flags & 1 && isth_stream_skip_lost (&reader.stream, &reader.pool))
            read_stream (&reader);
          break;
        case WAIT:
          reader.time += (int64_t) step * 100000000;
          break;
        case SKIP:
          if (isth_stream_skip_gap (&reader.stream, &reader.pool))
            read_stream (&reader);
          isth_stream_settle (&reader.stream, &reader.pool);
          break;
        case SEGMENT_FAR:
          send_segment (&reader, start + (step << (flags >> 3)), flags & 7, n, cut);
          break;
        default:
          send_segment (&reader, start + step, flags & 7, n, cut);
        }
      g_assert (reader.pool.held <= reader.pool.max_held);
    }
  while (isth_stream_skip_gap (&reader.stream, &reader.pool))
    read_stream (&reader);
  isth_stream_clear (&reader.stream, &reader.pool);
  g_assert (reader.pool.held == 0);
}

static void
seed_stream (gconstpointer what,
             GPtrArray *seeds)
{
  static const char *const scripts[] = {
    "0000 001f0200 00200003 00230003 00260103", "0400 001f0200 00260003 00200003 00230004 002c0003 02300000 04000000",
    "0600 001f0200 00204003 00260006 01ff4403", "07ff 00200008 00300008 03ff0000 00400008 02500100 04000000", "0001 00200010 00240010 00180020 00500102 00260103",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (scripts); i++)
    isth_fuzz_add_seed (seeds, isth_test_bytes (scripts[i]));
}

typedef struct
{
  IsthDispatch *dispatch;
  IsthFlowTable *flows;
  uint64_t packets; /* of finished flows */
} Table;

static uint64_t
observe (const IsthObservation *o,
         void *user_data)
{
  return o->kind == ISTH_OBSERVE_OPERATION;
}

static void
finish_flow (IsthFlow *flow,
             gpointer user_data)
{
  Table *self = user_data;
  IsthFlowRecord record;

  isth_dispatch_finish (self->dispatch, flow, isth_flow_table_get_pool (self->flows));
  isth_flow_describe (flow, &record);
  self->packets += record.count[0].packets + record.count[1].packets;
  g_assert (record.count[0].packets + record.count[1].packets > 0 && record.first <= record.last);
}

/* Packets: layer and who to whom, port and time, TCP flags, step of the number, two bytes of length, payload. */
static void
take_packet (IsthCursor *c,
             IsthPacket *packet,
             uint32_t next[4][2])
{
  static const uint16_t ports[] = { 502, 44818, 102, 53, 20000, 5353, 137, 1 };
  uint8_t who = isth_cursor_u8 (c), how = isth_cursor_u8 (c), flags = isth_cursor_u8 (c), step = isth_cursor_u8 (c);
  uint32_t n = isth_cursor_be16 (c) & 0x3ff, side = who & 1, pair = who >> 3 & 3;
  uint8_t address[2][6] = { { 2, 0, 0, 0, 0, (uint8_t) (1 + pair) }, { 2, 0, 0, 0, 0, 8 } };
  uint16_t port[2] = { (uint16_t) (40000 + (who >> 5)), ports[how & 7] };

  n = MIN (n, isth_cursor_left (c));
  *packet = (IsthPacket){ .same_segment = true, .ttl = 64, .ether_type = 0x0800, .layer = (uint8_t) (ISTH_LAYER_LINK + (who >> 1 & 3)) };
  packet->source_mac = isth_address_mac (address[side]);
  packet->target_mac = isth_address_mac (address[!side]);
  packet->time = how & 0x80 ? ISTH_NO_TIME : (int64_t) (how >> 3 & 15) * 1000000000;
  packet->frame_length = packet->wire = n;
  packet->frame = isth_cursor_bytes (c, n);
  packet->payload = isth_cursor_new (packet->frame, n, n + (flags & 0x80 ? 20 : 0));
  if (packet->layer == ISTH_LAYER_LINK)
    return;
  packet->source = isth_address_ipv4 (address[side] + 2);
  packet->target = isth_address_ipv4 (address[!side] + 2);
  packet->ip_protocol = packet->layer == ISTH_LAYER_TCP ? 6 : packet->layer == ISTH_LAYER_UDP ? 17 : 1;
  packet->fragment = packet->layer == ISTH_LAYER_IP && (flags & 0x40);
  packet->source_port = port[side];
  packet->target_port = port[!side];
  packet->tcp_flags = flags & 0x1f;
  packet->sequence = next[pair][side] + (uint32_t) (int8_t) step;
  packet->acknowledgment = next[pair][!side];
  next[pair][side] = packet->sequence + n + ((flags & (ISTH_TCP_SYN | ISTH_TCP_FIN)) != 0);
}

static void
run_flow (gconstpointer what,
          const uint8_t *data,
          size_t size)
{
  Table table = { 0 };
  IsthCursor c = isth_cursor_new (data, (uint32_t) size, (uint32_t) size);
  uint32_t next[4][2] = { 0 };
  uint64_t packets = 0, number = 0;

  table.dispatch = isth_dispatch_new (&(IsthSink){ .observe = observe });
  table.flows = isth_flow_table_new_sized (6, finish_flow, &table);
  while (isth_cursor_left (&c) >= 6)
    {
      IsthPacket packet;
      IsthFlowProbe probe;
      IsthFlowRecord record;
      IsthFlow *flow;

      take_packet (&c, &packet, next);
      packet.number = ++number;
      isth_flow_probe_init (&probe, &packet);
      isth_flow_table_prefetch_slot (table.flows, &probe);
      isth_flow_table_prefetch_flow (table.flows, &probe);
      flow = isth_flow_table_add (table.flows, &packet, &probe);
      if (!flow)
        continue;
      packets++;
      isth_flow_describe (flow, &record);
      g_assert (isth_address_equal (&record.key.address[flow->side], packet.layer == ISTH_LAYER_LINK ? &packet.source_mac : &packet.source));
      if (!packet.fragment)
        isth_dispatch_packet (table.dispatch, flow, isth_flow_table_get_pool (table.flows), &packet);
    }
  isth_flow_table_reset (table.flows);
  g_assert (table.packets == packets && isth_flow_table_get_pool (table.flows)->held == 0);
  isth_flow_table_free (table.flows);
  isth_dispatch_free (table.dispatch);
}

static void
add_frame (uint32_t link_type,
           const uint8_t *data,
           uint32_t length,
           gpointer user_data)
{
  const uint8_t head[] = { (uint8_t) (length % 2 + 2 * (ISTH_LAYER_TCP - ISTH_LAYER_LINK)), length % 4, 0x18, 0, 0, (uint8_t) (length - MIN (length, 54)) };

  if (length > 54 && length < 300)
    {
      g_byte_array_append (user_data, head, sizeof head);
      g_byte_array_append (user_data, data + 54, length - 54);
    }
}

static void
seed_flow (gconstpointer what,
           GPtrArray *seeds)
{
  g_autoptr(GPtrArray) golden = isth_fuzz_golden ();

  for (guint i = 0; i < golden->len; i++)
    {
      GByteArray *input = isth_test_bytes ("04 00 02 00 0000 05 00 12 00 0000");

      isth_fuzz_foreach_frame (golden->pdata[i], add_frame, input);
      g_byte_array_set_size (input, MIN (input->len, 4000));
      isth_fuzz_add_seed (seeds, input);
    }
}

const IsthFuzzTarget isth_fuzz_flows[] = {
  { "flow", run_flow, seed_flow, NULL },
  { "stream", run_stream, seed_stream, NULL },
  { NULL },
};
