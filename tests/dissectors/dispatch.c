/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is chosen to read a payload, how a stream is found again, what is kept of a flow and what is forgotten. */
#include "analysis/dissectors/dispatch-private.h"

#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_enip;

#define HEAD 10 /* bytes before the payload in the frames of this test */

/* One flow as it is said, packet by packet. */
typedef struct
{
  IsthDispatch *dispatch;
  IsthStreamPool pool;
  IsthFlow flow;
  IsthFlowKey key;
  IsthPacket packet;
  uint32_t sequence[2];
  GString *lines;
  bool evidence;
  uint32_t tickets;
} Talk;

static uint64_t
listen_observe (const IsthObservation *o,
                void *user_data)
{
  Talk *self = user_data;
  IsthEndpoint sender = { .ip = self->packet.source, .mac = self->packet.source_mac };
  IsthEndpoint receiver = { .ip = self->packet.target, .mac = self->packet.target_mac };
  g_autofree char *line = isth_test_format_observation (o, &sender, &receiver, NULL);

  g_string_append_printf (self->lines, "%s%s", self->lines->len ? "\n" : "", line);
  if (self->evidence)
    g_string_append_printf (self->lines, " [%" G_GUINT64_FORMAT ": %u+%u, %u bytes]", o->evidence.frame, o->evidence.offset, o->evidence.length,
                            o->evidence.n_bytes);
  return o->kind == ISTH_OBSERVE_OPERATION ? ++self->tickets : 0;
}

static void
talk_begin (Talk *self,
            IsthDispatch *dispatch,
            uint8_t layer,
            uint16_t port)
{
  memset (self, 0, sizeof *self);
  self->lines = g_string_new (NULL);
  self->dispatch = dispatch ? dispatch : isth_dispatch_new (&(IsthSink){ .observe = listen_observe, .user_data = self });
  self->key.layer = layer;
  self->key.protocol = layer == ISTH_LAYER_TCP ? 6 : 17;
  self->key.address[0] = isth_address_ipv4 ((const uint8_t *) "\12\0\0\1");
  self->key.address[1] = isth_address_ipv4 ((const uint8_t *) "\12\0\0\2");
  self->key.port[0] = 40000;
  self->key.port[1] = port;
  self->packet.number = 1;
}

/* @side says @hex, after @lost bytes of its that nobody saw. */
static void
talk_say (Talk *self,
          uint8_t side,
          uint32_t lost,
          const char *hex)
{
  g_autoptr(GByteArray) bytes = isth_test_bytes (hex);
  g_autofree uint8_t *frame = g_malloc0 (HEAD + bytes->len);
  uint64_t number = self->packet.number;

  if (bytes->len > 0)
    memcpy (frame + HEAD, bytes->data, bytes->len);
  self->sequence[side] += lost;
  self->flow.side = side;
  self->packet = (IsthPacket){
    .time = 1000000000,
    .number = number,
    .frame = frame,
    .frame_length = HEAD + bytes->len,
    .wire = HEAD + bytes->len,
    .source = self->key.address[side],
    .target = self->key.address[!side],
    .same_segment = true,
    .layer = self->key.layer,
    .ip_protocol = self->key.protocol,
    .source_port = self->key.port[side],
    .target_port = self->key.port[!side],
    .sequence = 1 + self->sequence[side],
    .tcp_flags = ISTH_TCP_PSH,
    .payload = isth_cursor_new (frame + HEAD, bytes->len, bytes->len),
  };
  self->sequence[side] += bytes->len;
  isth_dispatch_packet (self->dispatch, &self->flow, &self->pool, &self->packet);
  self->packet.number++;
}

static void
talk_end (Talk *self)
{
  isth_dispatch_finish (self->dispatch, &self->flow, &self->pool);
  g_assert_cmpuint (self->pool.held, ==, 0);
}

static void
talk_clear (Talk *self)
{
  g_string_free (self->lines, TRUE);
  isth_dispatch_free (self->dispatch);
}

#define READ "0001 0000 0006 01 03 0000 0001"
#define READ_AGAIN "0002 0000 0006 01 03 0000 0001"
#define ANSWER "0001 0000 0005 01 03 02 002a"
#define AGAIN "modbus: read 3 read-holding-registers (holding registers 0) @modbus-unit:1"
#define DID_READ "modbus: role modbus-client\n" AGAIN
#define DID_ANSWER "\nmodbus: = ok\nmodbus: role modbus-server\nmodbus: child modbus-unit:1"
#define TLS "1703 0300 20 b7*32"
#define LIST "6300 0000 00000000 00000000 00*8 00000000"
#define DID_LIST "enip: identify 99 list-identity"
#define DID_ASK "dns: other 0 query (plc.plant A)"
#define QUESTION "1234 0100 0001 0000 0000 0000 03\"plc\"05\"plant\"00 0001 0001"

/* Rows: '>' by the client, '<' by the server, a number behind it: so many bytes are lost before. */
static const struct
{
  const char *name;
  uint8_t layer;
  uint16_t port;
  const char *rows;
  const char *says;
  const char *protocol;
} cases[] = {
  { "usual-port", ISTH_LAYER_TCP, 502, "> " READ "\n< " ANSWER, DID_READ DID_ANSWER, "modbus" },
  { "another-port", ISTH_LAYER_TCP, 8888, "> " READ "\n< " ANSWER, DID_READ DID_ANSWER, "modbus" },
  { "port-of-another", ISTH_LAYER_TCP, 102, "> " READ "\n< " ANSWER, DID_READ DID_ANSWER, "modbus" },
  { "another-on-port", ISTH_LAYER_TCP, 502, "> " LIST, DID_LIST, "enip" },
  { "nobody-on-port", ISTH_LAYER_TCP, 502, "> " TLS "\n< " TLS, "", NULL },
  { "datagram", ISTH_LAYER_UDP, 44818, "> " LIST, DID_LIST, "enip" },
  { "datagram-on-another-port", ISTH_LAYER_UDP, 5001, "> " LIST, DID_LIST, "enip" },
  { "datagram-of-another", ISTH_LAYER_UDP, 44818, "> " QUESTION, DID_ASK, "dns" },
  { "datagram-of-nobody", ISTH_LAYER_UDP, 44818, "> ffff ffff ffff ffff", "", NULL },
  { "datagrams-of-two", ISTH_LAYER_UDP, 5001, "> " LIST "\n> " QUESTION "\n> " LIST, DID_LIST "\n" DID_ASK "\n" DID_LIST, "enip" },
  { "weak-with-number", ISTH_LAYER_TCP, 44818, "> 00*24", "", "enip" },
  { "weak-without-number", ISTH_LAYER_TCP, 5001, "> 00*24", "", NULL },
  { "in-pieces", ISTH_LAYER_TCP, 502, "> 0001 00\n> 00 0006 01\n> 03 0000 0001 0002\n> 0000 0006 01 03 0000 0001", DID_READ "\n" AGAIN, "modbus" },
  { "two-in-one", ISTH_LAYER_TCP, 502, "> " READ READ_AGAIN, DID_READ "\n" AGAIN, "modbus" },
  /* What came before is not known; the first bytes are the end of something. */
  { "in-the-middle", ISTH_LAYER_TCP, 502, "> dead beef\n> " READ, DID_READ, "modbus" },
  { "lost-bytes", ISTH_LAYER_TCP, 502, "> " READ "\n>100 77 88 99" READ_AGAIN, DID_READ "\n" AGAIN, "modbus" },
  { "lost-head", ISTH_LAYER_TCP, 502, "> " READ "\n>4 0006 01 03 0000 0001" READ_AGAIN, DID_READ "\n" AGAIN, "modbus" },
  { "nonsense-between", ISTH_LAYER_TCP, 502, "> " READ "\n> ffff ffff ffff ff" READ_AGAIN, DID_READ "\n" AGAIN, "modbus" },
  { "became-something-else", ISTH_LAYER_TCP, 502,
    "> " READ "\n> " TLS "\n> " TLS "\n> " TLS "\n> " TLS "\n> " TLS "\n> " TLS "\n> " READ_AGAIN, DID_READ, "modbus" },
  { "looked-at-in-vain", ISTH_LAYER_TCP, 502,
    "> " TLS "\n> " TLS "\n> " TLS "\n> " TLS "\n> " TLS "\n> " TLS "\n> " TLS "\n> " TLS "\n> " READ, "", NULL },
  { "found-late", ISTH_LAYER_TCP, 502, "> " TLS "\n> " TLS "\n> " TLS "\n> " READ, DID_READ, "modbus" },
};

static void
test_choice (gconstpointer data)
{
  const typeof (*cases) *one = data;
  g_auto(GStrv) rows = g_strsplit (one->rows, "\n", -1);
  Talk talk;

  talk_begin (&talk, NULL, one->layer, one->port);
  for (guint i = 0; rows[i]; i++)
    {
      char *hex;
      uint32_t lost = (uint32_t) strtoul (rows[i] + 1, &hex, 10);

      if (rows[i][1] == ' ')
        {
          lost = 0;
          hex = rows[i] + 2;
        }
      talk_say (&talk, rows[i][0] == '<', lost, hex);
    }
  talk_end (&talk);
  g_assert_cmpstr (talk.lines->str, ==, one->says);
  g_assert_cmpstr (isth_flow_get_protocol (&talk.flow), ==, one->protocol);
  talk_clear (&talk);
}

/* One more question than are kept waiting: the oldest is forgotten, and counted; a second answer finds nothing. */
static void
test_pending (void)
{
  Talk talk;
  guint answered = 0;

  talk_begin (&talk, NULL, ISTH_LAYER_TCP, 502);
  for (guint i = 0; i <= ISTH_LIMIT_PENDING; i++)
    {
      g_autofree char *hex = g_strdup_printf ("%04x 0000 0006 01 03 0000 0001", i);

      talk_say (&talk, 0, 0, hex);
    }
  g_assert_cmpuint (isth_dispatch_get_forgotten (talk.dispatch), ==, 1);
  for (int again = 0; again < 2; again++)
    for (guint i = 0; i <= ISTH_LIMIT_PENDING; i++)
      {
        g_autofree char *hex = g_strdup_printf ("%04x 0000 0005 01 03 02 002a", i);

        talk_say (&talk, 1, 0, hex);
      }
  for (const char *at = talk.lines->str; (at = strstr (at, "modbus: = ok")); at++)
    answered++;
  g_assert_cmpuint (answered, ==, ISTH_LIMIT_PENDING);

  /* Room is found again in what was answered. */
  for (guint i = 0; i < ISTH_LIMIT_PENDING; i++)
    {
      g_autofree char *hex = g_strdup_printf ("%04x 0000 0006 01 03 0000 0001", i);

      talk_say (&talk, 0, 0, hex);
    }
  g_assert_cmpuint (isth_dispatch_get_forgotten (talk.dispatch), ==, 1);
  isth_dispatch_reset_counts (talk.dispatch);
  g_assert_cmpuint (isth_dispatch_get_forgotten (talk.dispatch), ==, 0);
  talk_end (&talk);
  talk_clear (&talk);
}

#define ASK "6f00 1600 78563412 00000000 00*8 00000000 00000000 0a00 0200 0000 0000 b200 0600 01 02 2001 2401"

/* As deep as layers go, nothing is handed on. */
static void
test_depth (void)
{
  Candidate enip = { .dissector = &isth_dissector_enip, .index = 1 };

  while (isth_dissectors[enip.index - 1] != enip.dissector)
    enip.index++;
  for (uint8_t depth = 1; depth <= ISTH_LIMIT_LAYERS; depth++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (ASK);
      IsthCursor pdu = isth_cursor_new (bytes->data, bytes->len, bytes->len);
      Talk talk;

      talk_begin (&talk, NULL, ISTH_LAYER_TCP, 44818);
      talk.packet.layer = ISTH_LAYER_TCP;
      g_assert_cmpint (isth_dispatch_run (talk.dispatch, &enip, &talk.flow, &talk.packet, &pdu, 0, depth), ==, ISTH_DISSECT_OK);
      g_assert_cmpstr (talk.lines->str, ==, depth < ISTH_LIMIT_LAYERS ? "cip: identify 1 get-attributes-all (Identity 1)" : "");
      g_assert_cmpstr (isth_flow_get_protocol (&talk.flow), ==, depth < ISTH_LIMIT_LAYERS ? "cip" : "enip");
      talk_end (&talk);
      talk_clear (&talk);
    }
}

/* The bytes of a frame that say so; none when a PDU lies in several frames. */
static void
test_evidence (void)
{
  Talk talk;

  talk_begin (&talk, NULL, ISTH_LAYER_TCP, 44818);
  talk.evidence = true;
  talk_say (&talk, 0, 0, "6500 0400 00000000 00000000 00*8 00000000 0100 0000" ASK);
  talk_say (&talk, 0, 0, "6500 0400 00000000");
  talk_say (&talk, 0, 0, "00000000 00*8 00000000 0100 0000");
  talk_end (&talk);
  g_assert_cmpstr (talk.lines->str, ==,
                   "enip: other 101 register-session [1: 10+28, 28 bytes]"
                   "\ncip: identify 1 get-attributes-all (Identity 1) [1: 78+6, 6 bytes]"
                   "\nenip: other 101 register-session [3: 0+0, 28 bytes]");
  talk_clear (&talk);
}

#define OPEN "6f00 4000 78563412 00000000 00*8 00000000 00000000 0a00 0200 0000 0000 b200 3000 54 02 2006 2401 0a0e 00000000 02000000" \
  "0100 4d00 78563412 00000000 80841e00 f443 80841e00 f443 a3 03 0103 2002 2401"
#define OPENED "6f00 2e00 78563412 00000000 00*8 00000000 00000000 0000 0200 0000 0000 b200 1e00 d4 00 00 00 01000000 02000000" \
  "0100 4d00 78563412 80841e00 80841e00 00 00"
#define CONNECTED "7000 1c00 78563412 00000000 00*8 00000000 00000000 0000 0200 a100 0400 01000000 b100 0800 0100 01 02 2001 2401"

/* What one flow has learnt is not known in another of the same ends. */
static void
test_state (void)
{
  Talk one, other;

  talk_begin (&one, NULL, ISTH_LAYER_TCP, 44818);
  talk_say (&one, 0, 0, OPEN);
  talk_say (&one, 1, 0, OPENED);
  g_string_set_size (one.lines, 0);
  talk_begin (&other, one.dispatch, ISTH_LAYER_TCP, 44818);
  talk_say (&other, 0, 0, CONNECTED);
  g_assert_cmpstr (one.lines->str, ==, "cip: identify 1 get-attributes-all (Identity 1) to 10.0.0.2");
  g_string_set_size (one.lines, 0);
  talk_say (&one, 0, 0, CONNECTED);
  g_assert_cmpstr (one.lines->str, ==, "cip: identify 1 get-attributes-all (Identity 1) @cip-slot:3");
  talk_end (&one);
  talk_end (&other);
  g_string_free (other.lines, TRUE);
  talk_clear (&one);
}

/* What contradicts itself is counted for its dissector, what the capture cut is not. */
static void
test_malformed (void)
{
  size_t index = 0;
  Talk talk;

  while (isth_dissectors[index] != &isth_dissector_enip)
    index++;
  talk_begin (&talk, NULL, ISTH_LAYER_UDP, 44818);
  talk_say (&talk, 0, 0, LIST);
  g_assert_cmpuint (isth_dispatch_get_malformed (talk.dispatch, index), ==, 0);
  talk_say (&talk, 1, 0, "6300 0400 00000000 00000000 00*8 00000000 0100 0c00");
  g_assert_cmpuint (isth_dispatch_get_malformed (talk.dispatch, index), ==, 1);
  isth_dispatch_reset_counts (talk.dispatch);
  g_assert_cmpuint (isth_dispatch_get_malformed (talk.dispatch, index), ==, 0);
  talk_end (&talk);
  talk_clear (&talk);
}

/* … and a conversation of which every message was cut has its protocol all the same. */
static void
test_cut (void)
{
  g_autoptr(GByteArray) bytes = isth_test_bytes ("6300 4000 00000000 00000000 00*8 00000000 0100 0c00");
  size_t index = 0;
  Talk talk;

  while (isth_dissectors[index] != &isth_dissector_enip)
    index++;
  talk_begin (&talk, NULL, ISTH_LAYER_UDP, 44818);
  talk_say (&talk, 1, 0, "");
  talk.packet.frame = bytes->data;
  talk.packet.frame_length = bytes->len;
  talk.packet.payload = isth_cursor_new (bytes->data, bytes->len, 24 + 64);
  isth_dispatch_packet (talk.dispatch, &talk.flow, &talk.pool, &talk.packet);
  g_assert_cmpuint (isth_dispatch_get_malformed (talk.dispatch, index), ==, 0);
  g_assert_cmpstr (isth_flow_get_protocol (&talk.flow), ==, "enip");
  talk_end (&talk);
  talk_clear (&talk);
}

/* A segment of @side, through a flow table. */
static IsthFlow *
talk_segment (Talk *self,
              IsthFlowTable *flows,
              uint8_t side,
              uint8_t flags,
              const char *hex)
{
  g_autoptr(GByteArray) bytes = isth_test_bytes (hex);
  bool syn = flags & ISTH_TCP_SYN;
  IsthFlowProbe probe;
  IsthFlow *flow;

  self->packet = (IsthPacket){
    .time = 1000000000,
    .number = self->packet.number + 1,
    .frame = bytes->data,
    .frame_length = bytes->len,
    .wire = bytes->len,
    .source = self->key.address[side],
    .target = self->key.address[!side],
    .same_segment = true,
    .layer = self->key.layer,
    .ip_protocol = self->key.protocol,
    .source_port = self->key.port[side],
    .target_port = self->key.port[!side],
    .sequence = 1 + self->sequence[side] - syn,
    .tcp_flags = flags,
    .payload = isth_cursor_new (bytes->data, bytes->len, bytes->len),
  };
  self->sequence[side] += bytes->len;
  isth_flow_probe_init (&probe, &self->packet);
  flow = isth_flow_table_add (flows, &self->packet, &probe);
  isth_dispatch_packet (self->dispatch, flow, isth_flow_table_get_pool (flows), &self->packet);
  return flow;
}

/* What is remembered of a connection goes when both ends said that they are done, and not before; so does what came with the end. */
static void
test_ended (void)
{
  for (int with_last = 0; with_last < 2; with_last++)
    {
      IsthFlowTable *flows = isth_flow_table_new (NULL, NULL);
      IsthFlow *flow;
      Talk talk;

      talk_begin (&talk, NULL, ISTH_LAYER_TCP, 502);
      talk_segment (&talk, flows, 0, ISTH_TCP_SYN, "");
      talk_segment (&talk, flows, 1, ISTH_TCP_SYN | ISTH_TCP_ACK, "");
      flow = talk_segment (&talk, flows, 0, ISTH_TCP_PSH, READ);
      g_assert_nonnull (isth_flow_get_owner (flow)->extra);
      talk_segment (&talk, flows, 0, ISTH_TCP_FIN | ISTH_TCP_ACK, "");
      g_assert_nonnull (isth_flow_get_owner (flow)->extra);
      if (!with_last)
        talk_segment (&talk, flows, 1, ISTH_TCP_PSH, ANSWER);
      g_assert_nonnull (isth_flow_get_owner (flow)->extra);
      talk_segment (&talk, flows, 1, ISTH_TCP_FIN | ISTH_TCP_ACK, with_last ? ANSWER : "");
      g_assert_null (isth_flow_get_owner (flow)->extra);
      g_assert_cmpstr (talk.lines->str, ==, DID_READ DID_ANSWER);
      isth_flow_table_free (flows);
      talk_clear (&talk);
    }
}

/* Questions that nobody answers, in no order, with few numbers: each is found by its own number as long as it waits, however many others do. */
static void
test_unanswered (void)
{
  GRand *random = g_rand_new_with_seed (7);
  uint32_t asked_at[512] = { 0 }; /* 1 + the number of the question that waits */
  uint32_t waiting = 0;
  Talk talk;

  talk_begin (&talk, NULL, ISTH_LAYER_UDP, 502);
  talk_say (&talk, 0, 0, "ffff 0000 0006 01 03 0000 0001");
  talk_say (&talk, 1, 0, "ffff 0000 0005 01 03 02 002a");
  for (uint32_t i = 1; i <= 6000; i++)
    {
      uint32_t number = (uint32_t) g_rand_int_range (random, 0, G_N_ELEMENTS (asked_at));
      bool answer = i % 2000 > 1500 || g_rand_int_range (random, 0, 3) == 0;
      g_autofree char *hex = g_strdup_printf (answer ? "%04x 0000 0005 01 03 02 002a" : "%04x 0000 0006 01 03 0000 0001", number);

      g_string_set_size (talk.lines, 0);
      talk_say (&talk, answer, 0, hex);
      if (answer)
        {
          g_assert_cmpint (strstr (talk.lines->str, "modbus: = ok") != NULL, ==, asked_at[number] != 0);
          waiting -= asked_at[number] != 0;
          asked_at[number] = 0;
          continue;
        }
      waiting += asked_at[number] == 0;
      asked_at[number] = i;
      if (waiting > ISTH_LIMIT_PENDING)
        {
          uint32_t oldest = number;

          for (uint32_t j = 0; j < G_N_ELEMENTS (asked_at); j++)
            if (asked_at[j] != 0 && asked_at[j] < asked_at[oldest])
              oldest = j;
          asked_at[oldest] = 0;
          waiting--;
        }
    }
  g_assert_cmpuint (isth_dispatch_get_forgotten (talk.dispatch), >, 100);
  talk_end (&talk);
  talk_clear (&talk);
  g_rand_free (random);
}

/* A listener that counts what is said by its key, and forgets now and then. */
typedef struct
{
  GHashTable *counts, *kinds, *known; /* by key */
  uint32_t forget_every, calls;
  uint64_t roles;
} Ear;

static uint64_t
ear_count (Ear *self,
           uint64_t key)
{
  gpointer at = (gpointer) (uintptr_t) key;
  IsthObservationKind kind = GPOINTER_TO_UINT (g_hash_table_lookup (self->kinds, at));

  if (kind == ISTH_OBSERVE_ROLE)
    self->roles++;
  else
    g_hash_table_insert (self->counts, at, GUINT_TO_POINTER (1 + GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, at))));
  return kind == ISTH_OBSERVE_OPERATION ? key : 0;
}

static uint64_t
ear_observe (const IsthObservation *o,
             void *user_data)
{
  Ear *self = user_data;
  gpointer at = (gpointer) (uintptr_t) o->key;

  g_hash_table_insert (self->kinds, at, GUINT_TO_POINTER (o->kind));
  g_hash_table_add (self->known, at);
  return ear_count (self, o->key);
}

static uint64_t
ear_again (uint64_t key,
           const IsthEvidence *evidence,
           void *user_data)
{
  Ear *self = user_data;
  gpointer at = (gpointer) (uintptr_t) key;
  uint64_t ticket;

  (void) evidence;
  if (self->forget_every != 0 && ++self->calls % self->forget_every == 0)
    g_hash_table_remove (self->known, at);
  if (!g_hash_table_contains (self->known, at))
    return 0;
  ticket = ear_count (self, key);
  return ticket ? ticket : 1;
}

static void
ear_answer (uint64_t ticket,
            IsthOutcome outcome,
            const char *text,
            void *user_data)
{
}

#define I_AM "81 0b 0018 0120 ffff 00 ff 1000 c402000001 220400 9100 2108"
#define ASK_NAME "81 0a 0011 0104 0005 07 0c 0c02000001 194d"
#define SAY_NAME "81 0a 001c 0100 30 07 0c 0c02000001 194d 3e 7506 00\"plant\" 3f"

/* What is said again and again counts each time, whatever the listener has forgotten of it meanwhile; the sender's role need not. */
static void
test_same (void)
{
  static const char *const rows[] = { "<" I_AM, ">" ASK_NAME, "<" SAY_NAME };
  g_autoptr(GHashTable) expected = NULL;

  for (uint32_t forget = 0; forget < 12; forget++)
    {
      Ear ear = { g_hash_table_new (NULL, NULL), g_hash_table_new (NULL, NULL), g_hash_table_new (NULL, NULL), forget == 1 ? 0 : forget, 0, 0 };
      IsthSink sink = { ear_observe, &ear, ear_again, ear_answer };
      GHashTableIter at;
      gpointer key, count;
      Talk talk;

      talk_begin (&talk, isth_dispatch_new (&sink), ISTH_LAYER_UDP, 0xbac0);
      for (int turn = 0; turn < 20; turn++)
        for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
          talk_say (&talk, rows[i][0] == '<', 0, rows[i] + 1);
      talk_end (&talk);
      talk_clear (&talk);
      g_hash_table_unref (ear.kinds);
      g_hash_table_unref (ear.known);
      if (!expected)
        {
          g_assert_cmpuint (g_hash_table_size (ear.counts), ==, 7); /* two operations, and five claims */
          g_assert_cmpuint (ear.roles, <, 25); /* with what announces it, and twice with its answers */
          expected = ear.counts;
          continue;
        }
      g_assert_cmpuint (g_hash_table_size (ear.counts), ==, g_hash_table_size (expected));
      g_hash_table_iter_init (&at, expected);
      while (g_hash_table_iter_next (&at, &key, &count))
        g_assert_true (g_hash_table_lookup (ear.counts, key) == count);
      g_hash_table_unref (ear.counts);
    }
}

#define SOUGHT 256 /* bytes in which a PDU is looked for */

/* What is stepped over without asking, nobody would have accepted. The bytes are those of which beginnings are made. */
static void
test_seek (void)
{
  static const uint8_t usual[] = { 0, 0, 1, 2, 3, 3, 4, 16, 19, 20, 21, 22, 23, 24, 0x80, 0x82, 0xff };
  g_autoptr(GRand) random = g_rand_new_with_seed (20);
  IsthPacket packet = { .layer = ISTH_LAYER_TCP };
  uint8_t bytes[SOUGHT];
  unsigned int found = 0;

  for (uint32_t turn = 0; turn < 4000; turn++)
    {
      for (uint32_t i = 0; i < SOUGHT; i++)
        bytes[i] = usual[g_rand_int_range (random, 0, G_N_ELEMENTS (usual))];
      for (size_t d = 0; isth_dissectors[d]; d++)
        {
          const IsthDissector *dissector = isth_dissectors[d];
          uint32_t n = dissector->seek ? dissector->seek (isth_cursor_new (bytes, SOUGHT, SOUGHT)) : 0;

          g_assert_cmpuint (n, <=, SOUGHT);
          for (uint32_t i = 0; i < n && i < SOUGHT - 12; i++)
            {
              IsthCursor at = isth_cursor_new (bytes + i, SOUGHT - i, SOUGHT - i);
              uint32_t length = dissector->pdu_length (at);

              g_assert_true (length == ISTH_PDU_INVALID || (length != ISTH_PDU_MORE && dissector->probe (at, &packet) == ISTH_PROBE_NO));
            }
          found += n > 0;
        }
    }
  g_assert_cmpuint (found, >, 1000);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/dispatch/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_choice);
    }
  g_test_add_func ("/dispatch-more/pending", test_pending);
  g_test_add_func ("/dispatch-more/unanswered", test_unanswered);
  g_test_add_func ("/dispatch-more/same", test_same);
  g_test_add_func ("/dispatch-more/depth", test_depth);
  g_test_add_func ("/dispatch-more/evidence", test_evidence);
  g_test_add_func ("/dispatch-more/state", test_state);
  g_test_add_func ("/dispatch-more/ended", test_ended);
  g_test_add_func ("/dispatch-more/malformed", test_malformed);
  g_test_add_func ("/dispatch-more/cut", test_cut);
  g_test_add_func ("/dispatch-more/seek", test_seek);
  return g_test_run ();
}
