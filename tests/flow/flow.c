/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packets in, flows out: who is A, who asked, what was counted, and what happens when the table is full. */
#include "analysis/flow/flow-private.h"

#include <glib.h>

#include "analysis/base/time.h"
#include "analysis/world/activity.h"

/* A script has a word for each packet: "t1:10>2:20" TCP from 10.0.0.1 port 10, "u" UDP, "i" ICMP, "e1>2" a frame without IP; then flags SAFR, "=n" for the
 * sequence number, "/n" for the VLAN. A word "#" is a reset. */
static const struct
{
  const char *name;
  const char *script;
  const char *result; /* "client proof a/b closed" for each flow, in the order in which they finished */
} cases[] = {
  { "handshake", "t1:1024>2:502S=9 t2:502>1:1024SA=7 t1:1024>2:502A=10", "A handshake 2/1" },
  { "handshake-from-b", "t2:1024>1:502S=9 t1:502>2:1024SA=7", "B handshake 1/1" },
  { "answer-only", "t2:502>1:1024SA=7", "A handshake 0/1" },
  { "mid-stream", "t2:502>1:1024A=7 t1:1024>2:502A=9", "B first 1/1" },
  { "stronger-proof", "t2:502>1:1024A=9 t2:502>1:1024SA=8", "A handshake 0/2" },
  { "udp", "u2:5>1:6 u1:6>2:5", "B first 1/1" },
  { "no-ports", "i1>2 i2>1", "- none 1/1" },
  { "no-ip", "e1>2 e2>1 e1>3", "- none 1/1, - none 1/0" },
  { "same-address", "u1:5>1:6 u1:6>1:5", "A first 1/1" },
  { "vlans", "u1:5>2:6/7 u1:5>2:6/8 u2:6>1:5/7", "A first 1/1, A first 1/0" },
  { "transport-apart", "u1:5>2:6 t1:5>2:6A=1", "A first 1/0, A first 1/0" },
  { "closed", "t1:5>2:6S=1 t1:5>2:6FA=2 t2:6>1:5FA=2", "A handshake 2/1 closed 3" },
  { "reset-by-peer", "t1:5>2:6S=1 t2:6>1:5R=0", "A handshake 1/1 closed 4" },
  { "syn-again", "t1:5>2:6S=1 t1:5>2:6S=1", "A handshake 2/0" },
  { "new-connection", "t1:5>2:6S=1 t1:5>2:6FA=2 t1:5>2:6S=99 t2:6>1:5SA=3", "A handshake 2/0 closed 1, A handshake 1/1" },
  { "new-connection-not-closed", "t1:5>2:6S=1 t1:5>2:6S=99", "A handshake 1/0, A handshake 1/0" },
  { "new-connection-behind-half", "t1:5>2:6A=1 t2:6>1:5R=2 t1:5>2:6S=99", "A first 1/1 closed 4, A handshake 1/0" },
  { "answer-again", "t1:5>2:6S=1 t2:6>1:5SA=3 t2:6>1:5SA=4", "A handshake 1/2" },
  { "reset", "u1:5>2:6 u3:5>4:6 # u1:5>2:6", "A first 1/0, A first 1/0, A first 1/0" },
};

static void
describe (IsthFlow *flow,
          gpointer  user_data)
{
  static const char clients[] = "-AB";
  static const char *const proofs[] = { "none", "first", "handshake", "protocol" };
  GString *text = user_data;
  IsthFlowRecord record;

  isth_flow_describe (flow, &record);
  g_string_append_printf (text, "%s%c %s %lu/%lu", text->len > 0 ? ", " : "", clients[flow->client], proofs[flow->proof],
                          (unsigned long) record.count[0].packets, (unsigned long) record.count[1].packets);
  if (flow->closed != 0)
    g_string_append_printf (text, " closed %u", flow->closed);
}

static IsthPacket
packet_from_word (const char *word)
{
  static const struct { char letter; uint8_t flag; } flags[] = {
    { 'S', ISTH_TCP_SYN }, { 'A', ISTH_TCP_ACK }, { 'F', ISTH_TCP_FIN }, { 'R', ISTH_TCP_RST },
  };
  IsthPacket p = { .time = 1, .wire = 100, .same_segment = true, .ttl = 64 };
  uint8_t ip[4] = { 10, 0, 0, 0 }, mac[6] = { 2, 0, 0, 0, 0, 0 };
  char *at;

  p.layer = *word == 't' ? ISTH_LAYER_TCP : *word == 'u' ? ISTH_LAYER_UDP : *word == 'i' ? ISTH_LAYER_IP : ISTH_LAYER_LINK;
  p.ip_protocol = *word == 't' ? 6 : *word == 'u' ? 17 : *word == 'i' ? 1 : 0;
  p.ether_type = *word == 'e' ? 0x8892 : 0x0800;
  for (int end = 0; end < 2; end++)
    {
      IsthAddress *address = end == 0 ? &p.source : &p.target;
      uint16_t *port = end == 0 ? &p.source_port : &p.target_port;

      ip[3] = mac[5] = (uint8_t) strtoul (end == 0 ? word + 1 : at + 1, &at, 10);
      if (*word != 'e')
        *address = isth_address_ipv4 (ip);
      *(end == 0 ? &p.source_mac : &p.target_mac) = isth_address_mac (mac);
      if (*at == ':')
        *port = (uint16_t) strtoul (at + 1, &at, 10);
    }
  for (; g_ascii_isalpha (*at); at++)
    for (size_t i = 0; i < G_N_ELEMENTS (flags); i++)
      if (*at == flags[i].letter)
        p.tcp_flags |= flags[i].flag;
  if (*at == '=')
    p.sequence = (uint32_t) strtoul (at + 1, &at, 10);
  if (*at == '/')
    p.vlans[p.n_vlans++] = (uint16_t) strtoul (at + 1, &at, 10);
  return p;
}

static IsthFlow *
add (IsthFlowTable    *table,
     const IsthPacket *packet)
{
  IsthFlowProbe probe;

  isth_flow_probe_init (&probe, packet);
  isth_flow_table_prefetch_slot (table, &probe);
  isth_flow_table_prefetch_flow (table, &probe);
  return isth_flow_table_add (table, packet, &probe);
}

static void
test_case (gconstpointer data)
{
  size_t i = GPOINTER_TO_SIZE (data);
  g_auto(GStrv) words = g_strsplit (cases[i].script, " ", -1);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(IsthFlowTable) table = isth_flow_table_new (describe, text);

  for (char **word = words; *word != NULL; word++)
    if (**word == '#')
      {
        isth_flow_table_reset (table);
      }
    else
      {
        IsthPacket packet = packet_from_word (*word);

        g_assert_nonnull (add (table, &packet));
      }
  isth_flow_table_reset (table);
  g_assert_cmpstr (text->str, ==, cases[i].result);
}

static void
test_counts (void)
{
  g_autoptr(IsthFlowTable) table = isth_flow_table_new (NULL, NULL);
  IsthPacket packet = packet_from_word ("t2:502>1:1024A");
  IsthFlowRecord record;
  IsthFlow *flow;
  char text[ISTH_ADDRESS_TEXT];

  packet.time = ISTH_NO_TIME;
  packet.number = UINT64_C (0x123456789abc);
  flow = add (table, &packet);
  g_assert_true (flow->first == ISTH_NO_TIME && flow->last == ISTH_NO_TIME);
  packet.time = 500;
  packet.ttl = 32;
  packet.number++;
  add (table, &packet);
  packet.time = -300; /* before 1970, and backwards */
  packet.same_segment = false;
  packet.source_mac = packet.target_mac;
  flow = add (table, &packet);
  isth_flow_describe (flow, &record);
  g_assert_cmpint (record.first, ==, -300);
  g_assert_cmpint (record.last, ==, 500);
  g_assert_cmpuint (record.count[1].packets, ==, 3);
  g_assert_cmpuint (record.count[1].bytes, ==, 300);
  g_assert_cmpuint (record.count[0].packets, ==, 0);
  g_assert_cmpuint (flow->side, ==, 1);
  g_assert_cmpuint (record.ttl_min[1], ==, 32);
  g_assert_cmpuint (record.ttl_max[1], ==, 64);
  g_assert_cmpuint (record.key.port[1], ==, 502);
  g_assert_cmpuint (record.key.protocol, ==, 6);
  g_assert_cmpuint (record.key.layer, ==, ISTH_LAYER_TCP);
  g_assert_cmpuint (record.first_frame[1], ==, UINT64_C (0x123456789abc));
  g_assert_cmpuint (record.first_frame[0], ==, 0);
  g_assert_cmpstr (isth_address_format (&record.key.address[0], text), ==, "10.0.0.1");
  g_assert_cmpstr (isth_address_format (&record.mac[1], text), ==, "02:00:00:00:00:02"); /* not that of behind a router */
  g_assert_cmpstr (isth_address_format (&record.mac[0], text), ==, "02:00:00:00:00:01");
}

static void
check_same_flow (IsthFlow *one,
                 IsthFlow *other)
{
  IsthFlowRecord a, b;

  isth_flow_describe (one, &a);
  isth_flow_describe (other, &b);
  g_assert_cmpuint (one->side, ==, other->side);
  g_assert_cmpuint (one->used, ==, other->used);
  g_assert_true (a.first == b.first && a.last == b.last && a.active == b.active && a.active_shift == b.active_shift);
  g_assert_true (a.client == b.client && a.proof == b.proof && a.closed == b.closed && a.begun == b.begun);
  g_assert_true (a.key.vlan == b.key.vlan && a.key.protocol == b.key.protocol && a.key.layer == b.key.layer);
  for (int side = 0; side < 2; side++)
    {
      g_assert_true (isth_address_equal (&a.key.address[side], &b.key.address[side]) && a.key.port[side] == b.key.port[side]);
      g_assert_true (isth_address_equal (&a.mac[side], &b.mac[side]));
      g_assert_true (a.count[side].packets == b.count[side].packets && a.count[side].bytes == b.count[side].bytes);
      g_assert_true (a.first_frame[side] == b.first_frame[side] && a.ttl_min[side] == b.ttl_min[side] && a.ttl_max[side] == b.ttl_max[side]);
    }
}

/* What is marked as plain goes a shorter way, to the same place. */
static void
test_plain (void)
{
  static const uint8_t flags[] = { ISTH_TCP_ACK, ISTH_TCP_ACK | ISTH_TCP_PSH, ISTH_TCP_SYN, ISTH_TCP_SYN | ISTH_TCP_ACK, ISTH_TCP_FIN | ISTH_TCP_ACK, ISTH_TCP_RST };
  g_autoptr(GRand) random = g_rand_new_with_seed (5);
  g_autoptr(IsthFlowTable) marked = isth_flow_table_new (NULL, NULL);
  g_autoptr(IsthFlowTable) unmarked = isth_flow_table_new (NULL, NULL);
  int64_t time = 0;

  for (uint64_t i = 1; i < 20000; i++)
    {
      g_autofree char *word = g_strdup_printf ("%c%d:%d>%d:%d", g_rand_boolean (random) ? 't' : 'u', g_rand_int_range (random, 1, 5), g_rand_int_range (random, 1, 4),
                                               g_rand_int_range (random, 1, 5), g_rand_int_range (random, 1, 4));
      IsthPacket packet = packet_from_word (word);
      IsthFlowProbe one, other;
      IsthFlow *expected;

      time += g_rand_int_range (random, -1000, 1000) * (INT64_C (1) << g_rand_int_range (random, 10, 36));
      packet.time = g_rand_int_range (random, 0, 50) == 0 ? ISTH_NO_TIME : time;
      packet.number = i;
      packet.ttl = (uint8_t) g_rand_int_range (random, 60, 65);
      packet.sequence = (uint32_t) g_rand_int_range (random, 0, 3);
      if (packet.layer == ISTH_LAYER_TCP)
        packet.tcp_flags = flags[g_rand_int_range (random, 0, 10) < 8 ? g_rand_int_range (random, 0, 2) : g_rand_int_range (random, 0, G_N_ELEMENTS (flags))];
      isth_flow_probe_init (&other, &packet);
      packet.plain = true;
      isth_flow_probe_init (&one, &packet);
      g_assert_true (one.rest == other.rest && one.address[0] == other.address[0] && one.address[1] == other.address[1]);
      g_assert_true (one.hash == other.hash && one.side == other.side && one.none == other.none && !other.plain);
      expected = g_rand_boolean (random) ? isth_flow_table_prefetch_flow (marked, &one) : NULL;
      check_same_flow (isth_flow_table_add_expected (marked, &packet, &one, expected), isth_flow_table_add (unmarked, &packet, &other));
    }
}

/* Counters are narrow inside and go on all the same. */
static void
test_long_flow (void)
{
  g_autoptr(IsthFlowTable) table = isth_flow_table_new (NULL, NULL);
  IsthPacket packet = packet_from_word ("u1:5>2:6");
  IsthFlow *flow = add (table, &packet);
  IsthFlowRecord record;

  flow->packets[0] = UINT32_MAX - 1;
  flow->volume[0] = UINT64_C (1) << 42;
  flow->ttl_min[0] = 60;
  packet.number = 77;
  for (int i = 0; i < 3; i++)
    add (table, &packet);
  isth_flow_describe (flow, &record);
  g_assert_cmpuint (record.count[0].packets, ==, (uint64_t) UINT32_MAX + 2);
  g_assert_cmpuint (record.count[0].bytes, ==, (UINT64_C (1) << 42) + 300);
  g_assert_cmpuint (record.ttl_min[0], ==, 60);
  g_assert_cmpuint (record.first_frame[0], ==, 0);
}

/* Activity is what the world's own reckoning makes of the same times, in any order of them. */
static void
test_active (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (3);

  for (int round = 0; round < 200; round++)
    {
      g_autoptr(IsthFlowTable) table = isth_flow_table_new (NULL, NULL);
      IsthPacket packet = packet_from_word ("u1:5>2:6");
      IsthActivity expected = { 0 };
      IsthFlowRecord record;

      for (int i = 0; i < 20; i++)
        {
          packet.time = (int64_t) ((uint64_t) g_rand_int (random) << 32 | g_rand_int (random)) >> g_rand_int_range (random, 0, 40);
          isth_activity_add (&expected, packet.time);
          isth_flow_describe (add (table, &packet), &record);
          g_assert_cmpuint (record.active, ==, expected.bits);
          g_assert_cmpuint (record.active_shift, ==, expected.shift);
          g_assert_cmpint (record.first >> record.active_shift, ==, expected.start);
        }
    }
}

/* Both halves of an IPv6 address count. */
static void
test_ipv6 (void)
{
  static const char *const pairs[][2] = {
    { "2001:db8::1", "2001:db8::2" }, { "2001:db9::1", "2001:db8::2" }, { "2001:db8::1", "2001:db9::2" }, { "2001:db8::2", "2001:db9::1" },
  };
  g_autoptr(IsthFlowTable) table = isth_flow_table_new (NULL, NULL);

  for (int round = 1; round <= 2; round++)
    for (size_t i = 0; i < G_N_ELEMENTS (pairs); i++)
      {
        IsthPacket packet = packet_from_word (round == 1 ? "u1:5>2:6" : "u1:6>2:5");
        IsthFlowRecord record;
        IsthFlow *flow;

        g_assert_true (isth_address_parse (&packet.source, pairs[i][round == 1 ? 0 : 1]));
        g_assert_true (isth_address_parse (&packet.target, pairs[i][round == 1 ? 1 : 0]));
        flow = add (table, &packet);
        isth_flow_describe (flow, &record);
        g_assert_cmpuint (record.count[0].packets + record.count[1].packets, ==, round);
        g_assert_true (isth_address_equal (&record.key.address[flow->side], &packet.source));
        g_assert_true (isth_address_equal (&record.key.address[!flow->side], &packet.target));
      }
}

/* Silences in ns, whether they end a connection, and whether they are told of. */
static const struct { const char *words; int64_t silence; bool ends, told; } silences[] = {
  { "t1:5>2:6A=1", ISTH_LIMIT_IDLE, false, true },
  { "t1:5>2:6A=1", ISTH_LIMIT_IDLE + 1, true, true },
  { "u1:5>2:6", ISTH_LIMIT_IDLE + 1, true, true },
  { "u1:5>2:6", ISTH_LIMIT_SILENT, false, false },
  { "u1:5>2:6", ISTH_LIMIT_SILENT + 1, false, true },
  { "e1>2", ISTH_LIMIT_IDLE + 1, true, true },
  { "t1:5>2:6FA=1 t2:6>1:5FA=1", ISTH_LIMIT_IDLE_CLOSED, false, false },
  { "t1:5>2:6FA=1 t2:6>1:5FA=1", ISTH_LIMIT_IDLE_CLOSED + 1, true, false },
  { "t1:5>2:6FA=1", ISTH_LIMIT_IDLE_CLOSED + 1, false, false },
  { "t1:5>2:6R=1", ISTH_LIMIT_IDLE_CLOSED + 1, true, false },
  { "t1:5>2:6S=1 t1:5>2:6S=1", ISTH_LIMIT_SILENT, false, false },
  { "t1:5>2:6S=1 t1:5>2:6S=1", ISTH_LIMIT_SILENT + 1, true, false },
  { "t1:5>2:6S=1 t2:6>1:5SA=1", ISTH_LIMIT_SILENT + 1, false, true },
  { "t1:5>2:6A=1", ISTH_LIMIT_SILENT + 1, false, true },
  { "t1:5>2:6A=1", -2 * (int64_t) ISTH_LIMIT_IDLE, false, false },
};

static void
count_finished (IsthFlow *flow,
                gpointer  user_data)
{
  ++*(unsigned *) user_data;
}

static void
test_silence (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (silences); i++)
    {
      g_auto(GStrv) words = g_strsplit (silences[i].words, " ", -1);
      int64_t start = INT64_C (1700000000000000000);
      unsigned finished = 0, told = 0;
      IsthFlowTable *table = isth_flow_table_new (count_finished, &finished);
      IsthPacket packet = packet_from_word ("u7:5>8:6");

      packet.time = ISTH_NO_TIME;
      add (table, &packet); /* never ends: nobody knows how long it has been silent */
      for (char **word = words; *word != NULL; word++)
        {
          packet = packet_from_word (*word);
          packet.time = start;
          add (table, &packet);
        }
      for (int round = 0; round < 2; round++)
        isth_flow_table_finish_idle (table, start + silences[i].silence, count_finished, &told);
      g_assert_cmpuint (finished, ==, silences[i].ends);
      g_assert_cmpuint (told, ==, silences[i].told);
      add (table, &packet);
      isth_flow_table_reset (table);
      g_assert_cmpuint (finished, ==, silences[i].ends ? 3 : 2);
      isth_flow_table_free (table);
    }
}

/* Of many connections those that were closed long ago end, each once, while others take their places and their ports. */
static void
test_closed_long_ago (void)
{
  unsigned finished = 0;
  IsthFlowTable *table = isth_flow_table_new (count_finished, &finished);
  int64_t start = INT64_C (1700000000000000000);

  for (int i = 0; i < 1000; i++)
    {
      IsthPacket packet = packet_from_word ("t1:5>2:6R=1");

      packet.source_port = (uint16_t) (1000 + i % 300);
      packet.tcp_flags = i % 3 == 2 ? ISTH_TCP_SYN : ISTH_TCP_RST;
      packet.sequence = (uint32_t) i;
      packet.time = start + i * (int64_t) (ISTH_LIMIT_IDLE_CLOSED / 100);
      add (table, &packet);
      if (i % 50 == 49)
        isth_flow_table_finish_idle (table, packet.time, NULL, NULL);
    }
  isth_flow_table_finish_idle (table, start + (int64_t) ISTH_LIMIT_IDLE / 2, NULL, NULL);
  g_assert_cmpuint (finished, ==, 1000);
  isth_flow_table_free (table);
  g_assert_cmpuint (finished, ==, 1000);
}

static void
test_no_flow (void)
{
  g_autoptr(IsthFlowTable) table = isth_flow_table_new (NULL, NULL);
  IsthPacket packet = packet_from_word ("u1:5>2:6");

  packet.layer = ISTH_LAYER_IP;
  packet.fragment = ISTH_FRAGMENT_WAITS;
  g_assert_null (add (table, &packet));
  packet.layer = ISTH_LAYER_NONE;
  g_assert_null (add (table, &packet));
}

/* A packet for all fragments of a datagram, whole or not, counts as all of them. */
static void
test_fragments (void)
{
  static const struct { bool reassembled; uint8_t fragment; uint64_t packets; } rows[] = {
    { true, ISTH_FRAGMENT_NONE, 42 }, { false, ISTH_FRAGMENT_LOST, 42 }, { false, ISTH_FRAGMENT_NONE, 1 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(IsthFlowTable) table = isth_flow_table_new (NULL, NULL);
      IsthPacket packet = packet_from_word ("u1:5>2:6");
      IsthFlowRecord record;
      IsthFlow *flow;

      packet.reassembled = rows[i].reassembled;
      packet.fragment = rows[i].fragment;
      packet.earlier = 41;
      packet.earlier_wire = 4100;
      flow = add (table, &packet);
      flow->packets[0] = UINT32_MAX; /* and its counter is full */
      add (table, &packet);
      isth_flow_describe (flow, &record);
      g_assert_cmpuint (record.count[0].packets, ==, UINT32_MAX + rows[i].packets);
      g_assert_cmpuint (record.count[0].bytes, ==, 2 * 100 * rows[i].packets);
    }
}

typedef struct
{
  uint64_t last;
  uint64_t n;
  uint64_t packets;
} Tally;

static void
tally (IsthFlow *flow,
       gpointer  user_data)
{
  Tally *self = user_data;

  IsthFlowRecord record;
  uint64_t first;

  isth_flow_describe (flow, &record);
  first = MAX (record.first_frame[0], record.first_frame[1]);
  g_assert_true (self->n == 0 || first > self->last);
  self->last = first;
  self->n++;
  self->packets += record.count[0].packets + record.count[1].packets;
}

static IsthPacket
numbered (uint32_t n)
{
  IsthPacket packet = packet_from_word ("u1:5>2:6");

  packet.source_port = (uint16_t) n;
  packet.source.bytes[1] = (uint8_t) (n >> 16);
  packet.number = n + 1;
  return packet;
}

/* The flows that were idle longest go; one that is used all the time stays, and every packet is told of once. */
static void
test_ceiling (void)
{
  Tally finished = { 0 }, live = { 0 };
  g_autoptr(IsthFlowTable) table = isth_flow_table_new_sized (64, NULL, NULL);
  IsthPacket busy = packet_from_word ("u9:9>8:8");

  for (uint32_t i = 0; i < 1000; i++)
    {
      IsthPacket packet = numbered (i);

      add (table, &busy);
      add (table, &packet);
    }
  isth_flow_table_foreach (table, tally, &live);
  g_assert_cmpuint (live.n, <=, 64);
  g_assert_cmpuint (live.n, >, 48);
  g_assert_cmpuint (live.packets, ==, live.n - 1 + 1000);
  g_assert_cmpuint (isth_flow_table_get_limits (table)[ISTH_REACHED_FLOWS], ==, 1001 - live.n);
  g_clear_pointer (&table, isth_flow_table_free);

  table = isth_flow_table_new_sized (1, tally, &finished);
  for (uint32_t i = 0; i < 10; i++)
    {
      IsthPacket packet = numbered (i);

      add (table, &packet);
    }
  g_assert_cmpuint (finished.n, ==, 9);
}

/* Conversations that were answered, and one-way ones that go on, outlive any number of tries that nobody answered. */
static void
test_scan (void)
{
  enum { REAL = 40, ROOM = 1000, SCAN = 20000 };
  Tally live = { 0 };
  g_autoptr(IsthFlowTable) table = isth_flow_table_new_sized (ROOM, NULL, NULL);

  for (uint32_t i = 0; i < REAL; i++)
    {
      IsthPacket packet = numbered (i);

      add (table, &packet);
      if (i % 2 == 0)
        {
          IsthAddress source = packet.source;

          packet.source = packet.target;
          packet.target = source;
          packet.target_port = packet.source_port;
          packet.source_port = 6;
        }
      for (int more = 0; more < 4; more++)
        add (table, &packet);
    }
  for (uint32_t i = 0; i < SCAN; i++)
    {
      IsthPacket packet = numbered (1000 + i);

      for (uint32_t again = 0; again <= i % 3; again++)
        add (table, &packet);
    }
  for (uint32_t i = 0; i < REAL; i++)
    {
      IsthPacket packet = numbered (i);
      IsthFlowRecord record;

      isth_flow_describe (add (table, &packet), &record);
      g_assert_cmpuint (record.count[0].packets + record.count[1].packets, ==, 6);
    }
  isth_flow_table_foreach (table, tally, &live);
  g_assert_cmpuint (live.n, <=, ROOM);
  g_assert_cmpuint (isth_flow_table_get_limits (table)[ISTH_REACHED_FLOWS], ==, REAL + SCAN - live.n);
}

/* Through growth, finishing and use again of the same places, each flow is found, and they end in order. */
static void
test_many (void)
{
  enum { N = 20000 };
  Tally finished = { 0 };
  g_autoptr(IsthFlowTable) table = isth_flow_table_new (tally, &finished);

  for (int round = 1; round <= 3; round++)
    {
      for (int again = 1; again <= 2; again++)
        for (uint32_t i = 0; i < N; i++)
          {
            IsthPacket packet = numbered (i * 7);
            IsthFlow *flow;

            packet.number += (uint64_t) round * N * 7;
            flow = add (table, &packet);
            g_assert_cmpuint (flow->packets[flow->side], ==, again);
          }
      isth_flow_table_reset (table);
      g_assert_cmpuint (finished.n, ==, round * N);
      g_assert_cmpuint (finished.packets, ==, round * N * 2);
    }
}

/* What a stream still holds is given back with its flow, and a stream is put back as it was taken. */
static void
test_streams_end (void)
{
  g_autoptr(IsthFlowTable) table = isth_flow_table_new (NULL, NULL);
  IsthStreamPool *pool = isth_flow_table_get_pool (table);
  IsthPacket packet = packet_from_word ("t1:5>2:6S=99");
  IsthFlow *flow = add (table, &packet);
  IsthStream stream, other;

  isth_flow_take_stream (flow, 0, &stream);
  isth_stream_feed (&stream, pool, &packet);
  isth_flow_put_stream (flow, 0, &stream);
  packet.tcp_flags = ISTH_TCP_ACK | ISTH_TCP_FIN;
  packet.sequence = 110;
  packet.payload = isth_cursor_new ("abc", 3, 3);
  flow = add (table, &packet);
  isth_flow_take_stream (flow, 0, &stream);
  isth_stream_feed (&stream, pool, &packet);
  isth_stream_settle (&stream, pool);
  isth_stream_remember (&stream, &packet);
  isth_flow_put_stream (flow, 0, &stream);
  g_assert_cmpuint (pool->held, >, 0);

  packet = packet_from_word ("t2:6>1:5A=1");
  packet.acknowledgment = 113; /* the gap is not one for the receiver */
  flow = add (table, &packet);
  isth_flow_take_stream (flow, 1, &other);
  g_assert_null (other.buffer);
  isth_flow_put_stream (flow, 1, &other);
  packet = packet_from_word ("t1:5>2:6A=114");
  packet.payload = isth_cursor_new ("def", 3, 3);
  flow = add (table, &packet);
  isth_flow_take_stream (flow, 0, &stream);
  g_assert_cmpuint (isth_stream_get_last (&stream)->sequence, ==, 0);
  g_assert_cmpuint (isth_stream_get_last (&stream)->source_port, ==, 5);
  g_assert_true (stream.end_known && !stream.finished);
  g_assert_cmpuint (stream.end, ==, 113);
  isth_stream_feed (&stream, pool, &packet);
  g_assert_true (isth_stream_take_gap (&stream));
  g_assert_cmpuint (isth_stream_peek (&stream).length, ==, 3);
  isth_stream_settle (&stream, pool);
  isth_flow_put_stream (flow, 0, &stream);

  isth_flow_table_reset (table);
  g_assert_cmpuint (pool->held, ==, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/flow/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/flow/counts", test_counts);
  g_test_add_func ("/flow/plain", test_plain);
  g_test_add_func ("/flow/long-flow", test_long_flow);
  g_test_add_func ("/flow/active", test_active);
  g_test_add_func ("/flow/ipv6", test_ipv6);
  g_test_add_func ("/flow/no-flow", test_no_flow);
  g_test_add_func ("/flow/fragments", test_fragments);
  g_test_add_func ("/flow/silence", test_silence);
  g_test_add_func ("/flow/closed-long-ago", test_closed_long_ago);
  g_test_add_func ("/flow/ceiling", test_ceiling);
  g_test_add_func ("/flow/scan", test_scan);
  g_test_add_func ("/flow/many", test_many);
  g_test_add_func ("/flow/streams-end", test_streams_end);
  return g_test_run ();
}
