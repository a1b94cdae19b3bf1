/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table runner for dissectors. */
#include "tests/helpers/dissect-runner.h"

#include "analysis/dissectors/dispatch.h"

typedef struct
{
  const IsthDissector *dissector;
  const IsthDissectCase *one;
  size_t n;
} Fixture;

typedef struct
{
  GString *lines;
  IsthPacket *packet;
  const char *protocol;
  uint32_t tickets;
} Listener;

GByteArray *
isth_test_bytes (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  while (*hex)
    {
      if (*hex == '"')
        {
          const char *end = strchr (hex + 1, '"');

          g_assert_nonnull (end);
          g_byte_array_append (bytes, (const guint8 *) hex + 1, (guint) (end - hex - 1));
          hex = end + 1;
        }
      else if (*hex == '*')
        {
          guint8 last = bytes->data[bytes->len - 1];
          guint64 times = g_ascii_strtoull (hex + 1, (char **) &hex, 10);

          while (times-- > 1)
            g_byte_array_append (bytes, &last, 1);
        }
      else if (g_ascii_isspace (*hex))
        hex++;
      else
        {
          guint8 byte;

          g_assert_true (g_ascii_isxdigit (hex[0]) && g_ascii_isxdigit (hex[1]));
          byte = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));
          g_byte_array_append (bytes, &byte, 1);
          hex += 2;
        }
    }
  return bytes;
}

static bool
same_place (const IsthEndpoint *a,
            const IsthEndpoint *b)
{
  return isth_address_equal (&a->ip, &b->ip) && isth_address_equal (&a->mac, &b->mac);
}

static void
append_place (GString *line,
              const char *word,
              const IsthEndpoint *endpoint,
              const IsthEndpoint *usual)
{
  char text[ISTH_ADDRESS_TEXT];

  if (!same_place (endpoint, usual))
    g_string_append_printf (line, " %s %s", word,
                            isth_address_format (endpoint->ip.kind ? &endpoint->ip : &endpoint->mac, text));
  if (endpoint->child && endpoint->child[0])
    g_string_append_printf (line, " @%s", endpoint->child);
}

char *
isth_test_format_observation (const IsthObservation *o,
                              const IsthEndpoint *sender,
                              const IsthEndpoint *receiver,
                              const char *protocol)
{
  GString *line = g_string_new (NULL);
  char text[ISTH_ADDRESS_TEXT], other[ISTH_ADDRESS_TEXT];

  if (g_strcmp0 (o->protocol, protocol) != 0)
    g_string_append_printf (line, "%s: ", o->protocol);
  switch (o->kind)
    {
    case ISTH_OBSERVE_OPERATION:
      g_string_append_printf (line, "%s ", isth_op_name (o->operation.verb));
      if (o->operation.function < 0)
        g_string_append (line, "-");
      else
        g_string_append_printf (line, "%" G_GINT64_FORMAT, o->operation.function);
      g_string_append_printf (line, " %s", o->operation.name);
      if (o->operation.object && o->operation.object[0])
        g_string_append_printf (line, " (%s)", o->operation.object);
      if (isth_address_is_unspecified (&sender->ip))
        append_place (line, "from", &o->subject, sender);
      append_place (line, "to", &o->target, receiver);
      break;
    case ISTH_OBSERVE_OUTCOME:
      g_string_append_printf (line, "= %s", isth_outcome_name (o->outcome.result));
      if (o->outcome.text[0])
        g_string_append_printf (line, ": %s", o->outcome.text);
      break;
    case ISTH_OBSERVE_CLAIM:
      g_string_append_printf (line, "%s = %s (%d)", isth_attribute_name (o->claim.attribute), o->claim.value, o->claim.confidence);
      append_place (line, "about", &o->subject, sender);
      break;
    case ISTH_OBSERVE_BINDING:
      g_string_append_printf (line, "bind %s %s", isth_address_format (&o->subject.mac, text),
                              isth_address_format (&o->subject.ip, other));
      break;
    case ISTH_OBSERVE_CHILD:
      g_string_append_printf (line, "child %s", o->subject.child);
      break;
    case ISTH_OBSERVE_NEIGHBOUR:
      g_string_append_printf (line, "neighbour %s", o->neighbour.port);
      append_place (line, "of", &o->subject, sender);
      append_place (line, "to", &o->target, &(IsthEndpoint){ 0 });
      break;
    case ISTH_OBSERVE_ROLE:
      g_string_append_printf (line, "role %s", o->role.role);
      append_place (line, "about", &o->subject, sender);
      break;
    case ISTH_OBSERVE_TRANSFER:
      g_string_append_printf (line, "transfer %s %s", isth_op_name (o->transfer.verb), isth_transfer_step_name (o->transfer.step));
      if (o->transfer.bytes || o->transfer.total)
        g_string_append_printf (line, " %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, o->transfer.bytes, o->transfer.total);
      if (o->transfer.object[0])
        g_string_append_printf (line, " (%s)", o->transfer.object);
      if (o->transfer.text[0])
        g_string_append_printf (line, ": %s", o->transfer.text);
      append_place (line, "to", &o->target, receiver);
      break;
    }
  return g_string_free (line, FALSE);
}

/* Passwords of all tests hold this word: as it is, in base64, in UTF-16 of either byte order, or as TDS and S7 scramble it. It may be no
 * evidence. */
static void
assert_no_secret (const IsthEvidence *evidence,
                  const char *line)
{
  static const struct { const char *bytes; size_t n; } forms[] = {
    { "secret", 6 }, { "c2VjcmV0", 8 }, { "zZWNyZX", 7 }, { "NlY3Jld", 7 }, { "s\0e\0c\0r\0e\0t", 11 }, { "\x92\xa5\xf3\xa5\x93\xa5\x82", 7 },
    { "\x26\x30\x10\x17\x20\x36", 6 },
  };
  for (size_t i = 0; i < G_N_ELEMENTS (forms); i++)
    if (evidence->n_bytes >= forms[i].n && memmem (evidence->bytes, evidence->n_bytes, forms[i].bytes, forms[i].n))
      g_error ("a secret is evidence of: %s", line);
}

static uint64_t
listen_observe (const IsthObservation *o,
                void *user_data)
{
  Listener *self = user_data;
  IsthEndpoint sender = { .ip = self->packet->source, .mac = self->packet->source_mac };
  IsthEndpoint receiver = { .ip = self->packet->target, .mac = self->packet->target_mac };
  g_autofree char *line = isth_test_format_observation (o, &sender, &receiver, self->protocol);

  if (o->kind == ISTH_OBSERVE_CLAIM)
    g_assert_true (g_utf8_validate (o->claim.value, -1, NULL));
  g_assert_cmpuint (o->evidence.n_bytes, <=, ISTH_LIMIT_EVIDENCE);
  assert_no_secret (&o->evidence, line);
  g_string_append_printf (self->lines, "%s%s", self->lines->len ? "\n" : "", line);
  return o->kind == ISTH_OBSERVE_OPERATION ? ++self->tickets : 0;
}

static void
set_up_flow (const IsthDissector *dissector,
             const IsthDissectCase *one,
             IsthFlow *flow,
             IsthFlowRecord *ends)
{
  const IsthBinding *binding = dissector->bindings;
  uint16_t port;
  uint8_t layer = ISTH_LAYER_TCP;

  while ((one->tcp && binding->kind != ISTH_BIND_TCP) || (one->udp && binding->kind != ISTH_BIND_UDP))
    binding++;
  port = dissector->n_bindings ? binding->number : 0;
  switch (dissector->n_bindings ? binding->kind : ISTH_BIND_TCP)
    {
    case ISTH_BIND_UDP:
      layer = ISTH_LAYER_UDP;
      break;
    case ISTH_BIND_ETHER_TYPE:
    case ISTH_BIND_LLC:
    case ISTH_BIND_SNAP:
      layer = ISTH_LAYER_LINK;
      break;
    case ISTH_BIND_COTP:
      port = 102;
      break;
    case ISTH_BIND_CIP:
      port = 44818;
      break;
    case ISTH_BIND_MODBUS:
      port = 502;
      break;
    case ISTH_BIND_NBSS:
    case ISTH_BIND_PIPE:
      port = 445;
      break;
    default:
      break;
    }
  memset (flow, 0, sizeof *flow);
  memset (ends, 0, sizeof *ends);
  ends->mac[0] = isth_address_mac ((const uint8_t *) (one->nameless ? "\0\0\0\0\0\0" : "\2\0\0\0\0\1"));
  ends->mac[1] = isth_address_mac ((const uint8_t *) (one->to_group ? "\377\377\377\377\377\377" : "\2\0\0\0\0\2"));
  ends->key.layer = layer;
  if (layer != ISTH_LAYER_LINK)
    {
      ends->key.address[0] = isth_address_ipv4 ((const uint8_t *) (one->nameless ? "\0\0\0\0" : "\12\0\0\1"));
      ends->key.address[1] = isth_address_ipv4 ((const uint8_t *) (one->to_group ? "\377\377\377\377" : "\12\0\0\2"));
      ends->key.protocol = layer == ISTH_LAYER_TCP ? 6 : 17;
      ends->key.port[0] = 40000;
      ends->key.port[1] = port;
      if (!one->mid_stream)
        {
          flow->client = ISTH_CLIENT_A;
          flow->proof = ISTH_PROOF_HANDSHAKE;
        }
    }
  else
    ends->key.port[0] = ends->key.port[1] = port;
}

static void
set_up_packet (const IsthFlow *flow,
               const IsthFlowRecord *ends,
               IsthPacket *packet,
               const uint8_t *data,
               uint32_t captured,
               uint32_t wire)
{
  int side = flow->side;

  *packet = (IsthPacket){
    .time = 1000000000,
    .number = 1,
    .wire = wire,
    .frame = data,
    .frame_length = captured,
    .source_mac = ends->mac[side],
    .target_mac = ends->mac[!side],
    .source = ends->key.address[side],
    .target = ends->key.address[!side],
    .same_segment = true,
    .layer = ends->key.layer,
    .ip_protocol = ends->key.protocol,
    .ttl = 64,
    .source_port = ends->key.layer == ISTH_LAYER_LINK ? 0 : ends->key.port[side],
    .target_port = ends->key.layer == ISTH_LAYER_LINK ? 0 : ends->key.port[!side],
    .ether_type = ends->key.layer == ISTH_LAYER_LINK ? ends->key.port[0] : 0x0800,
    .payload = isth_cursor_new (data, captured, wire),
  };
}

/* Feeds the PDUs of one case; all but the last whole, of the last @keep bytes, claimed to be @wire. */
static IsthDissectResult
run_case (const IsthDissector *dissector,
          const IsthDissectCase *one,
          guint keep,
          bool cut,
          GString *lines,
          guint *last_length)
{
  g_auto(GStrv) rows = g_strsplit (one->pdus, "\n", -1);
  IsthPacket packet;
  Listener listener = { .lines = lines, .packet = &packet, .protocol = dissector->id };
  IsthSink sink = { .observe = listen_observe, .user_data = &listener };
  g_autoptr(IsthDispatch) dispatch = isth_dispatch_new (&sink);
  IsthStreamPool pool = { 0 };
  IsthFlow flow;
  IsthFlowRecord ends;
  IsthDissectResult result = ISTH_DISSECT_OK;

  set_up_flow (dissector, one, &flow, &ends);
  for (guint i = 0; rows[i]; i++)
    {
      const char *row = g_strchug (rows[i]);
      g_autoptr(GByteArray) bytes = NULL;
      g_autofree uint8_t *block = NULL;
      bool last = rows[i + 1] == NULL;
      guint length;
      IsthCursor c;

      flow.side = row[0] == '<';
      bytes = isth_test_bytes (row[0] == '<' || row[0] == '>' ? row + 1 : row);
      length = last && keep < bytes->len ? keep : bytes->len;
      block = g_memdup2 (bytes->data, length);
      set_up_packet (&flow, &ends, &packet, block, length, cut ? bytes->len : length);
      if (last_length)
        *last_length = bytes->len;
      if (lines && keep == G_MAXUINT && one->result == ISTH_DISSECT_OK)
        {
          if (dissector->pdu_length && packet.layer == ISTH_LAYER_TCP)
            g_assert_cmpuint (dissector->pdu_length (packet.payload), ==, length);
          if (dissector->probe && !(one->pieces && i > 0))
            g_assert_cmpint (dissector->probe (packet.payload, &packet), !=, ISTH_PROBE_NO);
        }
      else
        {
          if (dissector->pdu_length)
            dissector->pdu_length (packet.payload);
          if (dissector->probe)
            dissector->probe (packet.payload, &packet);
        }
      c = packet.payload;
      result = isth_dispatch_pdu (dispatch, dissector, &flow, &packet, &c);
    }
  isth_dispatch_finish (dispatch, &flow, &pool);
  return result;
}

static void
test_case (gconstpointer data)
{
  const Fixture *fixture = data;
  g_autoptr(GString) lines = g_string_new (NULL);
  unsigned captured = fixture->one->captured;
  IsthDissectResult result = run_case (fixture->dissector, fixture->one, captured ? captured : G_MAXUINT, captured > 0, lines, NULL);

  g_assert_cmpstr (lines->str, ==, fixture->one->says);
  g_assert_cmpint (result, ==, fixture->one->result);
}

void
isth_test_probes (const IsthDissector *dissector,
                  const IsthPacket *packet,
                  const IsthProbeCase *cases,
                  size_t n,
                  bool lengths)
{
  for (size_t i = 0; i < n; i++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (cases[i].bytes);
      IsthPacket mine = packet ? *packet : (IsthPacket) { 0 };
      IsthCursor c = isth_cursor_new (bytes->data, bytes->len, bytes->len);

      if (cases[i].layer != ISTH_LAYER_NONE)
        mine.layer = (uint8_t) cases[i].layer;
      g_test_message ("%s", cases[i].bytes);
      g_assert_cmpint (dissector->probe (c, &mine), ==, cases[i].probe);
      if (lengths && cases[i].layer != ISTH_LAYER_UDP)
        g_assert_cmpuint (dissector->pdu_length (c), ==, cases[i].length);
    }
}

void
isth_test_dissect (const IsthDissector *dissector,
                   const IsthDissectCase *one)
{
  test_case (&(Fixture){ dissector, one, 1 });
}

static void
test_prefixes (gconstpointer data)
{
  const Fixture *fixture = data;

  for (size_t i = 0; i < fixture->n; i++)
    {
      guint length = 1;

      for (guint keep = 0; keep < length; keep++)
        for (int cut = 0; cut < 2; cut++)
          {
            g_autoptr(GString) lines = g_string_new (NULL);

            run_case (fixture->dissector, &fixture->one[i], keep, cut, lines, &length);
          }
    }
}

void
isth_test_dissector (const IsthDissector *dissector,
                     const IsthDissectCase *cases,
                     size_t n)
{
  g_autofree char *prefixes = g_strdup_printf ("/%s/prefixes", dissector->id);
  Fixture all = { dissector, cases, n };

  for (size_t i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/%s/%s", dissector->id, cases[i].name);
      Fixture fixture = { dissector, &cases[i], 1 };

      g_test_add_data_func_full (path, g_memdup2 (&fixture, sizeof fixture), test_case, g_free);
    }
  g_test_add_data_func_full (prefixes, g_memdup2 (&all, sizeof all), test_prefixes, g_free);
}
