/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modbus/TCP: who commands which unit, and what a unit says it is. Messaging on TCP/IP Implementation Guide V1.0b, 3;
 * Application Protocol V1.1b3, 6.
 *
 * Units: 0 and 255 are the device at the address itself (Messaging Guide 4.4.2.4); any other unit id is the child
 * "modbus-unit:N", which exists once it has answered. That one server answers to any unit id, or has but one unit, shows only
 * across flows: the world's business. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/modbus-tables.h"

#define MBAP 6        /* transaction, protocol, length: what the length does not count */
#define LONGEST 254   /* unit and a PDU of at most 253 bytes */
#define LONGEST_UMAS 2048 /* Schneider's controllers agree on more than a Modbus PDU holds */
#define UMAS 0x5a
#define EXCEPTION 0x80

typedef struct
{
  uint32_t answered[8];  /* units that answered, one bit each */
  bool client_known, server_known;
  bool judged;           /* a PDU of unmistakable shape was seen */
  bool reversed;         /* … and its sender was the other end than the handshake says: the server dialled out */
  bool asked;            /* the request below was seen while nobody knew who is the client */
  uint16_t port, transaction;
  uint8_t unit, code;
} ModbusState;

typedef struct
{
  uint16_t transaction;
  uint8_t unit;
  uint8_t code;          /* with its exception bit */
  IsthCursor body;       /* behind the function code */
  uint32_t length;       /* of the body on the wire */
  const ModbusFunction *function;
  int senders;           /* who can have sent it, see judge() */
} ModbusMessage;

static const ModbusFunction *
get_function (uint8_t code)
{
  const ModbusFunction *function = &modbus_functions[code & 0x7f];

  return function->name ? function : &modbus_unassigned;
}

static bool
fits (const ModbusShape *shape,
      const IsthCursor *body,
      uint32_t length)
{
  int count = isth_cursor_peek (body, shape->at);

  if (shape->kind == MODBUS_ANY)
    return true;
  if (shape->kind == MODBUS_FIXED || length < shape->fixed)
    return length == shape->fixed;
  if (shape->kind == MODBUS_COUNT_16 && count >= 0)
    {
      int low = isth_cursor_peek (body, shape->at + 1u);

      count = low < 0 ? low : count << 8 | low;
    }
  if (count < 0)
    return true; /* the capture cut it */
  if (shape->kind == MODBUS_COUNT_EVEN && (count == 0 || count % 2 != 0))
    return false;
  return length == shape->fixed + (uint32_t) count && count > 0;
}

/* Who can have sent this body, from its shape alone: one bit for the client, one for the server; 0: nobody. */
#define CLIENT (1 << ISTH_FROM_CLIENT)
#define SERVER (1 << ISTH_FROM_SERVER)

static int
judge (uint8_t code,
       const IsthCursor *body,
       uint32_t length)
{
  const ModbusFunction *function = get_function (code);
  int first = isth_cursor_peek (body, 0);
  int second = isth_cursor_peek (body, 1);
  int senders = 0;

  if (code & EXCEPTION)
    return length == 1 && first > 0 && first <= 0x0b ? SERVER : 0;
  if (code == 43 && first == 0x0e)
    return length == 3 ? CLIENT : length >= 6 ? SERVER : 0;
  if (code == 20 && first > 0 && length == 1u + (uint32_t) first) /* the reference type 6 follows a length in answers only */
    return second == 6 && first % 7 == 0 ? CLIENT : SERVER;
  if (fits (&function->request, body, length))
    senders |= CLIENT;
  if (fits (&function->response, body, length))
    senders |= SERVER;
  return senders;
}

static IsthProbe
modbus_probe (IsthCursor c,
              const IsthPacket *packet)
{
  uint32_t length, whole;
  uint8_t code;

  (void) packet;
  isth_cursor_skip (&c, 2);
  if (isth_cursor_be16 (&c) != 0)
    return ISTH_PROBE_NO;
  length = isth_cursor_be16 (&c);
  whole = isth_cursor_wire_left (&c);
  isth_cursor_skip (&c, 1); /* any unit */
  code = isth_cursor_u8 (&c);
  if (c.failed || length < 2 || length > ((code & 0x7f) == UMAS ? LONGEST_UMAS : LONGEST))
    return ISTH_PROBE_NO;

  /* Zero bytes, lengths and small numbers are common: be sure only when the payload ends where the header says, the
   * function is a public one, and its body has the shape that the standard gives it. */
  if (whole != length || get_function (code)->name == modbus_unassigned.name)
    return ISTH_PROBE_WEAK;
  if (!(code & EXCEPTION) && get_function (code)->request.kind == MODBUS_ANY && (code != 43 || length != 5))
    return ISTH_PROBE_WEAK;
  return judge (code, &c, length - 2) != 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static uint32_t
modbus_pdu_length (IsthCursor c)
{
  int code = isth_cursor_peek (&c, 7);
  uint32_t length;

  if (isth_cursor_peek (&c, 2) > 0 || isth_cursor_peek (&c, 3) > 0)
    return ISTH_PDU_INVALID;
  isth_cursor_skip (&c, 4);
  length = isth_cursor_be16 (&c);
  if (c.failed)
    return ISTH_PDU_MORE;
  if (length < 2 || length > LONGEST_UMAS)
    return ISTH_PDU_INVALID;
  if (code < 0)
    return ISTH_PDU_MORE;
  if (length > LONGEST && (code & 0x7f) != UMAS)
    return ISTH_PDU_INVALID;
  return MBAP + length;
}

/* A handshake tells who opened the connection, which some remote devices do themselves and then are asked over it; so the
 * first PDU that can come from one side only settles it. Without a handshake and without such a PDU, the second of two equal
 * numbers is the answer; and of a lone one the port has to say, which proves nothing. */
static IsthDirection
find_sender (IsthDissectContext *ctx,
             ModbusState *state,
             const ModbusMessage *m)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  IsthDirection known = isth_context_direction (ctx);
  IsthDirection shape = m->senders == CLIENT ? ISTH_FROM_CLIENT : m->senders == SERVER ? ISTH_FROM_SERVER : ISTH_FROM_UNKNOWN;

  if (shape != ISTH_FROM_UNKNOWN && !state->judged)
    {
      state->judged = true;
      state->reversed = known != ISTH_FROM_UNKNOWN && known != shape;
      isth_context_prove_direction (ctx, shape);
    }
  if (m->code & EXCEPTION)
    return ISTH_FROM_SERVER; /* nobody asks for an exception */
  if (known != ISTH_FROM_UNKNOWN)
    return (known == ISTH_FROM_CLIENT) != state->reversed ? ISTH_FROM_CLIENT : ISTH_FROM_SERVER;
  if (shape != ISTH_FROM_UNKNOWN)
    return shape;
  if (state->asked && state->transaction == m->transaction && state->unit == m->unit && state->code == m->code
      && state->port != packet->source_port)
    {
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      return ISTH_FROM_SERVER;
    }
  if (packet->source_port == 502 && packet->target_port != 502)
    return ISTH_FROM_SERVER;
  state->asked = true;
  state->port = packet->source_port;
  state->transaction = m->transaction;
  state->unit = m->unit;
  state->code = m->code;
  return ISTH_FROM_CLIENT;
}

/* Any other unit id than these is that of a device behind the address. */
static bool
is_child (uint8_t unit)
{
  return unit != 0 && unit != 255;
}

#define CHILD_TEXT 20

/* The child path of the unit, NULL for the device itself. */
static const char *
format_child (char text[CHILD_TEXT],
              uint8_t unit)
{
  char *end = text + sizeof "modbus-unit:" - 1;

  if (!is_child (unit))
    return NULL;
  memcpy (text, "modbus-unit:", sizeof "modbus-unit:");
  if (unit >= 100)
    *end++ = (char) ('0' + unit / 100);
  if (unit >= 10)
    *end++ = (char) ('0' + unit / 10 % 10);
  *end++ = (char) ('0' + unit % 10);
  *end = '\0';
  return text;
}

static void
format_range (char *text,
              size_t size,
              const char *space,
              uint32_t first,
              uint32_t quantity)
{
  if (quantity > 1)
    isth_text_format (text, size, "%s %u–%u", space, first, first + quantity - 1);
  else
    isth_text_format (text, size, "%s %u", space, first);
}

/* Names the first of the file records and says how many more there are; the contents of written ones are stepped over. */
static void
describe_files (IsthCursor c,
                bool write,
                char *text,
                size_t size)
{
  IsthCursor records = isth_cursor_take (&c, isth_cursor_u8 (&c));
  char first[64] = "";
  uint32_t n = 0;

  while (isth_cursor_left (&records) >= 7)
    {
      uint32_t file, record, quantity;

      isth_cursor_skip (&records, 1);
      file = isth_cursor_be16 (&records);
      record = isth_cursor_be16 (&records);
      quantity = isth_cursor_be16 (&records);
      if (n++ == 0)
        {
          char range[40];

          format_range (range, sizeof range, "records", record, quantity);
          isth_text_format (first, sizeof first, "file %u %s", file, range);
        }
      if (write)
        isth_cursor_skip (&records, 2 * quantity);
    }
  if (n > 1)
    isth_text_format (text, size, "%s and %u more", first, n - 1);
  else
    isth_text_format (text, size, "%s", first);
}

static void
describe_diagnostics (IsthCursor c,
                      IsthRequest *request,
                      char *text,
                      size_t size)
{
  uint16_t code = isth_cursor_be16 (&c);

  if (c.failed)
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (modbus_diagnostics); i++)
    if (modbus_diagnostics[i].code == code)
      {
        request->verb = modbus_diagnostics[i].verb;
        request->name = modbus_diagnostics[i].name;
        return;
      }
  isth_text_format (text, size, "sub-function %u", code);
}

static void
describe_mei (IsthCursor c,
              IsthRequest *request,
              char *text,
              size_t size)
{
  static const char *const categories[] = { NULL, "basic", "regular", "extended", "one object" };
  uint8_t type = isth_cursor_u8 (&c);
  uint8_t category, object;

  if (type == 0x0d)
    request->name = "canopen-general-reference";
  else if (type == 0x0e)
    {
      request->verb = ISTH_OP_IDENTIFY;
      request->name = "read-device-identification";
      category = isth_cursor_u8 (&c);
      object = isth_cursor_u8 (&c);
      if (!c.failed && category > 0 && category < G_N_ELEMENTS (categories))
        isth_text_format (text, size, "%s from object %u", categories[category], object);
    }
  else if (!c.failed)
    isth_text_format (text, size, "MEI type %u", type);
}

static void
describe_umas (IsthCursor c,
               IsthRequest *request,
               char *text,
               size_t size)
{
  uint8_t code;

  isth_cursor_skip (&c, 1); /* the reservation this is asked under */
  code = isth_cursor_u8 (&c);
  if (c.failed)
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (modbus_umas); i++)
    if (modbus_umas[i].code == code)
      {
        request->verb = modbus_umas[i].verb;
        isth_text_format (text, size, "%s", modbus_umas[i].name);
        return;
      }
  isth_text_format (text, size, "function 0x%02x", code);
}

/* Fills in what is asked for; @text lends the object's name and stays empty where the body does not say. */
static void
describe (const ModbusMessage *m,
          IsthRequest *request,
          char *text,
          size_t size)
{
  IsthCursor c = m->body;
  uint32_t a[4] = { 0 };
  char first[64], second[64];

  switch (m->function->object)
    {
    case MODBUS_OBJECT_NONE:
      break;
    case MODBUS_OBJECT_RANGE:
    case MODBUS_OBJECT_ONE:
      a[0] = isth_cursor_be16 (&c);
      a[1] = m->function->object == MODBUS_OBJECT_ONE ? 1 : isth_cursor_be16 (&c);
      if (!c.failed)
        format_range (text, size, m->function->space, a[0], a[1]);
      break;
    case MODBUS_OBJECT_READ_WRITE:
      for (size_t i = 0; i < G_N_ELEMENTS (a); i++)
        a[i] = isth_cursor_be16 (&c);
      if (c.failed)
        break;
      format_range (first, sizeof first, "read", a[0], a[1]);
      format_range (second, sizeof second, "write", a[2], a[3]);
      isth_text_format (text, size, "%s %s, %s", m->function->space, first, second);
      break;
    case MODBUS_OBJECT_FILES:
      describe_files (c, m->code == 21, text, size);
      break;
    case MODBUS_OBJECT_DIAGNOSTICS:
      describe_diagnostics (c, request, text, size);
      break;
    case MODBUS_OBJECT_MEI:
      describe_mei (c, request, text, size);
      break;
    case MODBUS_OBJECT_UMAS:
      describe_umas (c, request, text, size);
      break;
    }
}

static uint64_t
get_match (const ModbusMessage *m)
{
  return (uint64_t) m->transaction << 16 | (uint64_t) m->unit << 8 | (m->code & 0x7f);
}

/* How many bytes of a well-formed request say what it acts on; 0: more than are worth remembering it by. */
static uint32_t
count_deciding (const ModbusMessage *m)
{
  static const uint8_t counts[] = {
    [MODBUS_OBJECT_RANGE] = 4,
    [MODBUS_OBJECT_ONE] = 2,
    [MODBUS_OBJECT_READ_WRITE] = 8,
  };

  return m->function->object < G_N_ELEMENTS (counts) ? counts[m->function->object] : 0;
}

/* Says a request that was not made before, or not for long. */
static void
say_request (IsthDissectContext *ctx,
             const ModbusMessage *m,
             IsthRequest *request,
             bool shaped)
{
  char object[ISTH_LIMIT_TEXT] = "", child[CHILD_TEXT];

  request->verb = m->function->verb;
  request->name = m->function->name;
  request->object = object;
  request->child = format_child (child, m->unit);
  if (shaped)
    describe (m, request, object, sizeof object);
  isth_emit_request (ctx, request);
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              ModbusState *state,
              const ModbusMessage *m)
{
  IsthRequest request = { .match = get_match (m), .function = m->code };
  bool shaped = m->senders & CLIENT;
  uint32_t deciding = count_deciding (m);

  if (!state->client_known)
    {
      state->client_known = true;
      isth_emit_role (ctx, NULL, "modbus-client");
    }
  if (shaped && deciding > 0 && deciding <= isth_cursor_left (&m->body))
    request.key = isth_context_digest (ctx, (uint64_t) m->unit << 8 | m->code, m->body.data + m->body.position, deciding);
  if (!isth_emit_again (ctx, &request))
    say_request (ctx, m, &request, shaped);
  return shaped ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

/* The unit that answers. */
static IsthEndpoint
get_server (const IsthDissectContext *ctx,
            const ModbusMessage *m,
            char child[CHILD_TEXT])
{
  IsthEndpoint server = isth_context_sender (ctx);

  server.child = format_child (child, m->unit);
  return server;
}

/* Function 17 (6.13): the id is device specific and followed, most often as its second or last byte, by the run indicator.
 * Shown is what can be read of it. */
static void
read_server_id (IsthDissectContext *ctx,
                const ModbusMessage *m)
{
  IsthCursor c = m->body;
  uint32_t n = isth_cursor_u8 (&c);
  const uint8_t *bytes = isth_cursor_bytes (&c, n);
  uint32_t first = 0, last = n;
  char text[ISTH_LIMIT_TEXT], child[CHILD_TEXT];
  IsthEndpoint server = get_server (ctx, m, child);
  uint8_t run;

  if (!bytes || n == 0)
    return;
  run = n > 1 && (bytes[1] == 0 || bytes[1] == 0xff) ? bytes[1] : bytes[n - 1];
  while (first < last && (bytes[first] <= ' ' || bytes[first] >= 0x7f))
    first++;
  while (last > first && (bytes[last - 1] <= ' ' || bytes[last - 1] >= 0x7f))
    last--;
  if (last - first >= 2)
    isth_text_from_bytes (text, sizeof text, bytes + first, last - first);
  else
    isth_text_from_hex (text, sizeof text, bytes, n);
  isth_emit_claim (ctx, &server, ISTH_ATTRIBUTE_SLAVE_ID, text, ISTH_CONFIDENCE_PARSED, bytes, n);
  if (n > 1 && (run == 0 || run == 0xff))
    isth_emit_claim (ctx, &server, ISTH_ATTRIBUTE_STATE, run ? "run" : "stop", ISTH_CONFIDENCE_PARSED, bytes, n);
}

/* Function 43/14 (6.21): objects 0 to 6 have a meaning; those from 128 on are the vendor's. What a "product code" is differs: a
 * model for most vendors, so it yields to a proper model name. */
static bool
read_device_identification (IsthDissectContext *ctx,
                            const ModbusMessage *m)
{
  static const struct
  {
    IsthAttribute attribute;
    int confidence;
  } meaning[] = {
    { ISTH_ATTRIBUTE_VENDOR, ISTH_CONFIDENCE_PARSED },
    { ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED - 10 },
    { ISTH_ATTRIBUTE_FIRMWARE, ISTH_CONFIDENCE_PARSED },
    { ISTH_ATTRIBUTE_BANNER, ISTH_CONFIDENCE_BANNER }, /* the vendor's URL */
    { ISTH_ATTRIBUTE_DESCRIPTION, ISTH_CONFIDENCE_PARSED },
    { ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED },
    { ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_PARSED },
  };
  IsthCursor c = m->body;
  char child[CHILD_TEXT];
  IsthEndpoint server = get_server (ctx, m, child);
  uint8_t objects;

  isth_cursor_skip (&c, 5); /* type, category, conformity, more follows, next object */
  objects = isth_cursor_u8 (&c);
  for (uint8_t i = 0; i < objects && !c.failed; i++)
    {
      uint8_t id = isth_cursor_u8 (&c);
      uint8_t length = isth_cursor_u8 (&c);
      const uint8_t *bytes = isth_cursor_bytes (&c, length);

      if (!bytes || id >= G_N_ELEMENTS (meaning))
        continue;
      isth_emit_text (ctx, &server, meaning[id].attribute, meaning[id].confidence, bytes, length);
      if (id == 1)
        isth_emit_text (ctx, &server, ISTH_ATTRIBUTE_PRODUCT_CODE, ISTH_CONFIDENCE_PARSED, bytes, length);
    }
  return !c.failed;
}

/* The unit exists, and its device serves Modbus; said once a flow. Gateways answer in place of units that do not exist. */
static void
note_server (IsthDissectContext *ctx,
             ModbusState *state,
             const ModbusMessage *m,
             uint8_t exception)
{
  uint32_t bit = 1u << (m->unit % 32);
  char child[CHILD_TEXT];
  IsthEndpoint server;

  if (!state->server_known)
    {
      state->server_known = true;
      isth_emit_role (ctx, NULL, "modbus-server");
    }
  if (exception == 0x0a || exception == 0x0b || !is_child (m->unit) || (state->answered[m->unit / 32] & bit))
    return;
  state->answered[m->unit / 32] |= bit;
  server = get_server (ctx, m, child);
  isth_emit_child (ctx, &server, NULL, 0);
}

static IsthDissectResult
read_exception (IsthDissectContext *ctx,
                ModbusState *state,
                const ModbusMessage *m)
{
  IsthCursor c = m->body;
  uint8_t code = isth_cursor_u8 (&c);
  char other[24];
  const char *text = code < G_N_ELEMENTS (modbus_exceptions) ? modbus_exceptions[code] : NULL;

  if (c.failed || m->length != 1)
    return ISTH_DISSECT_MALFORMED;
  if (!text)
    text = isth_text_format (other, sizeof other, "exception %u", code);
  /* "Acknowledge" accepts a command that takes long. */
  isth_emit_response (ctx, get_match (m), code == 5 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED, text, false);
  note_server (ctx, state, m, code);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_response (IsthDissectContext *ctx,
               ModbusState *state,
               const ModbusMessage *m)
{
  bool good = true;

  if (m->code & EXCEPTION)
    return read_exception (ctx, state, m);
  if (!(m->senders & SERVER))
    return ISTH_DISSECT_MALFORMED;

  if (m->code == UMAS && isth_cursor_peek (&m->body, 1) == 0xfd)
    isth_emit_response (ctx, get_match (m), ISTH_OUTCOME_REFUSED, "UMAS error", false);
  else
    isth_emit_response (ctx, get_match (m), ISTH_OUTCOME_OK, NULL, false);
  note_server (ctx, state, m, 0);
  if (m->code == 17)
    read_server_id (ctx, m);
  else if (m->code == 43 && isth_cursor_peek (&m->body, 0) == 0x0e)
    good = read_device_identification (ctx, m);
  return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static IsthDissectResult
modbus_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  ModbusState *state = isth_context_state (ctx);
  ModbusMessage m;
  uint16_t protocol, length;
  IsthCursor body;
  bool client;

  m.transaction = isth_cursor_be16 (c);
  protocol = isth_cursor_be16 (c);
  length = isth_cursor_be16 (c);
  m.unit = isth_cursor_u8 (c);
  m.code = isth_cursor_u8 (c);
  if (protocol != 0)
    return ISTH_DISSECT_NOT_MINE;
  if (c->failed || length < 2)
    return ISTH_DISSECT_MALFORMED;

  m.length = length - 2u;
  body = isth_cursor_take (c, m.length);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED; /* a datagram shorter than it claims */
  m.body = body;
  m.function = get_function (m.code);
  m.senders = judge (m.code, &m.body, m.length);
  client = find_sender (ctx, state, &m) == ISTH_FROM_CLIENT;
  return client ? read_request (ctx, state, &m) : read_response (ctx, state, &m);
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 502 }, { ISTH_BIND_UDP, 502 } };

const IsthDissector isth_dissector_modbus = {
  .id = "modbus", /* stored in project files: never change it */
  .title = "Modbus/TCP",
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model product_code firmware description software slave_id state banner",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (ModbusState),
  .probe = modbus_probe,
  .pdu_length = modbus_pdu_length,
  .dissect = modbus_dissect,
};
