/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modbus: who commands which unit, and what a unit says it is. Application Protocol V1.1b3, 6 and 7.
 *
 * Units: 0 and 255 are the device at the address itself (Messaging on TCP/IP Implementation Guide V1.0b, 4.4.2.4); any other unit id is the child
 * "modbus-unit:N", which exists once it has answered. That one server answers to any unit id, or has but one unit, shows only
 * across flows: the world's business. */
#include "analysis/dissectors/modbus-pdu.h"

#include <glib.h>

#include "analysis/base/hash.h"
#include "analysis/dissectors/modbus-tables.h"

typedef struct
{
  uint16_t transaction;
  uint8_t unit;
  uint8_t code;          /* with its exception bit */
  IsthCursor body;       /* behind the function code */
  uint32_t length;       /* of the body on the wire */
  const ModbusFunction *function;
  int senders;           /* who can have sent it, see isth_modbus_judge() */
} ModbusMessage;

static const ModbusFunction *
get_function (uint8_t code)
{
  const ModbusFunction *function = &modbus_functions[code & 0x7f];

  return function->name ? function : &modbus_unassigned;
}

bool
isth_modbus_is_assigned (uint8_t code)
{
  return modbus_functions[code & 0x7f].name != NULL;
}

bool
isth_modbus_is_shaped (uint8_t code)
{
  return (code & ISTH_MODBUS_EXCEPTION) || get_function (code)->request.kind != MODBUS_ANY;
}

/* A number of bytes stands before them. */
static bool
fits_counted (const ModbusShape *shape,
              const IsthCursor *body,
              uint32_t length)
{
  int count = isth_cursor_peek (body, shape->at);

  if (length < shape->fixed)
    return false;
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

static inline bool
fits (const ModbusShape *shape,
      const IsthCursor *body,
      uint32_t length)
{
  if (shape->kind == MODBUS_FIXED)
    return length == shape->fixed;
  return shape->kind == MODBUS_ANY || fits_counted (shape, body, length);
}

#define CLIENT ISTH_MODBUS_CLIENT
#define SERVER ISTH_MODBUS_SERVER

/* Of functions whose two directions look alike, and of exceptions; -1: as of the others. */
static int
judge_odd (uint8_t code,
           const IsthCursor *body,
           uint32_t length)
{
  int first = isth_cursor_peek (body, 0);
  int second = isth_cursor_peek (body, 1);

  if (code & ISTH_MODBUS_EXCEPTION)
    return length == 1 && first > 0 && first <= 0x0b ? SERVER : 0;
  if (code == 43 && first == 0x0e)
    return length == 3 ? CLIENT : length >= 6 ? SERVER : 0;
  if (code == 20 && first > 0 && length == 1u + (uint32_t) first) /* the reference type 6 follows a length in answers only */
    return second == 6 && first % 7 == 0 ? CLIENT : SERVER;
  return -1;
}

static inline int
judge (const ModbusFunction *function,
       uint8_t code,
       const IsthCursor *body,
       uint32_t length)
{
  int odd = G_UNLIKELY (code & ISTH_MODBUS_EXCEPTION || code == 43 || code == 20) ? judge_odd (code, body, length) : -1;

  if (odd >= 0)
    return odd;
  return (fits (&function->request, body, length) ? CLIENT : 0) | (fits (&function->response, body, length) ? SERVER : 0);
}

int
isth_modbus_judge (uint8_t code,
                   const IsthCursor *body,
                   uint32_t length)
{
  return judge (get_function (code), code, body, length);
}

uint32_t
isth_modbus_measure (uint8_t code,
                     const IsthCursor *c,
                     bool from_client)
{
  const ModbusShape *shape = from_client ? &get_function (code)->request : &get_function (code)->response;
  int high, low;

  if (code & ISTH_MODBUS_EXCEPTION)
    return from_client ? UINT32_MAX : 1;
  switch (shape->kind)
    {
    case MODBUS_ANY:
      break;
    case MODBUS_FIXED:
      return shape->fixed;
    case MODBUS_COUNT_8:
    case MODBUS_COUNT_EVEN:
      low = isth_cursor_peek (c, shape->at);
      return low < 0 ? ISTH_PDU_MORE : shape->fixed + (uint32_t) low;
    case MODBUS_COUNT_16:
      high = isth_cursor_peek (c, shape->at);
      low = isth_cursor_peek (c, shape->at + 1u);
      return low < 0 ? ISTH_PDU_MORE : shape->fixed + (uint32_t) (high << 8 | low);
    }
  return UINT32_MAX;
}

/* Nobody asks for an exception, and be it longer than it should. */
static IsthDirection
get_shape (const ModbusMessage *m)
{
  int reason = isth_cursor_peek (&m->body, 0);

  if (m->senders == SERVER || ((m->code & ISTH_MODBUS_EXCEPTION) && reason > 0 && reason <= 0x0b))
    return ISTH_FROM_SERVER;
  return m->senders == CLIENT ? ISTH_FROM_CLIENT : ISTH_FROM_UNKNOWN;
}

/* A handshake tells who opened the connection, which some remote devices do themselves and then are asked over it; so the
 * first PDU that can come from one side only settles it. Without a handshake and without such a PDU, the second of two equal
 * numbers is the answer; and of a lone one the port has to say, which proves nothing. */
static IsthDirection
find_sender (IsthDissectContext *ctx,
             IsthModbusState *state,
             const ModbusMessage *m)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  IsthDirection known = isth_context_direction (ctx);
  IsthDirection shape = get_shape (m);

  if (shape != ISTH_FROM_UNKNOWN && !state->judged)
    {
      state->judged = true;
      state->reversed = known != ISTH_FROM_UNKNOWN && known != shape;
      isth_context_prove_direction (ctx, shape);
    }
  if (m->code & ISTH_MODBUS_EXCEPTION)
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

const char *
isth_modbus_format_child (char text[ISTH_MODBUS_CHILD],
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

  while (isth_cursor_left (&records) >= 7 && !records.failed)
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
    }
}

static uint64_t
get_match (const ModbusMessage *m)
{
  return (uint64_t) m->transaction << 16 | (uint64_t) m->unit << 8 | (m->code & 0x7f);
}

/* What decides what a well-formed request acts on, for isth_emit_again(); 0: more than is worth remembering it by. Most often no more than fits in the key. */
static uint64_t
make_key (const IsthDissectContext *ctx,
          const ModbusMessage *m)
{
  static const uint8_t counts[] = {
    [MODBUS_OBJECT_RANGE] = 4,
    [MODBUS_OBJECT_ONE] = 2,
    [MODBUS_OBJECT_READ_WRITE] = 8,
  };
  uint64_t whom = (uint64_t) m->unit << 8 | m->code;
  const uint8_t *bytes = m->body.data + m->body.position;
  uint32_t n = m->function->object < G_N_ELEMENTS (counts) ? counts[m->function->object] : 0;

  if (n == 0 || n > isth_cursor_left (&m->body))
    return 0;
  return n <= 4 ? isth_hash_load (bytes, n) << 17 | whom << 1 | 1 : isth_context_digest (ctx, whom, bytes, n);
}

/* Says a request that was not made before, or not for long. */
static void
say_request (IsthDissectContext *ctx,
             const ModbusMessage *m,
             IsthRequest *request,
             bool shaped)
{
  char object[ISTH_LIMIT_TEXT] = "", child[ISTH_MODBUS_CHILD];

  request->verb = m->function->verb;
  request->name = m->function->name;
  request->object = object;
  request->child = isth_modbus_format_child (child, m->unit);
  if (shaped)
    describe (m, request, object, sizeof object);
  isth_emit_request (ctx, request);
}

/* What is inside has functions of its own. */
static IsthDissectResult
hand_over (IsthDissectContext *ctx,
           const ModbusMessage *m)
{
  IsthCursor body = m->body;

  return isth_context_hand_over (ctx, ISTH_BIND_MODBUS, get_match (m), &body) == ISTH_DISSECT_MALFORMED ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              IsthModbusState *state,
              const ModbusMessage *m)
{
  bool shaped = m->senders & CLIENT;
  IsthRequest request = { .match = get_match (m), .function = m->code, .key = shaped ? make_key (ctx, m) : 0 };

  isth_emit_role_once (ctx, &state->client_known, "modbus-client");
  if (!isth_emit_again (ctx, &request))
    say_request (ctx, m, &request, shaped);
  if (m->code == ISTH_MODBUS_UMAS)
    return hand_over (ctx, m);
  return shaped ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

/* The unit that answers. */
static IsthEndpoint
get_server (const IsthDissectContext *ctx,
            const ModbusMessage *m,
            char child[ISTH_MODBUS_CHILD])
{
  IsthEndpoint server = isth_context_sender (ctx);

  server.child = isth_modbus_format_child (child, m->unit);
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
  char text[ISTH_LIMIT_TEXT], child[ISTH_MODBUS_CHILD];
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

/* An object of the vendor's own: nobody else knows what it means, but people can read it. */
static void
emit_private (IsthDissectContext *ctx,
              const IsthEndpoint *server,
              uint8_t id,
              const uint8_t *bytes,
              uint8_t length)
{
  char plain[ISTH_LIMIT_TEXT - 16], text[ISTH_LIMIT_TEXT];

  if (!isth_text_is_printable (bytes, length))
    return;
  isth_text_from_string (plain, sizeof plain, bytes, length);
  if (plain[0])
    isth_emit_claim (ctx, server, ISTH_ATTRIBUTE_BANNER, isth_text_format (text, sizeof text, "object %u: %s", id, plain), ISTH_CONFIDENCE_BANNER, bytes, length);
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
  char child[ISTH_MODBUS_CHILD];
  IsthEndpoint server = get_server (ctx, m, child);
  uint8_t objects;

  isth_cursor_skip (&c, 5); /* type, category, conformity, more follows, next object */
  objects = isth_cursor_u8 (&c);
  for (uint8_t i = 0; i < objects && !c.failed; i++)
    {
      uint8_t id = isth_cursor_u8 (&c);
      uint8_t length = isth_cursor_u8 (&c);
      const uint8_t *bytes = isth_cursor_bytes (&c, length);

      if (bytes && id >= 0x80)
        emit_private (ctx, &server, id, bytes, length);
      if (!bytes || id >= G_N_ELEMENTS (meaning))
        continue;
      isth_emit_text (ctx, &server, meaning[id].attribute, meaning[id].confidence, bytes, length);
      if (id == 1)
        isth_emit_text (ctx, &server, ISTH_ATTRIBUTE_PRODUCT_CODE, ISTH_CONFIDENCE_PARSED, bytes, length);
    }
  return !c.failed;
}

static void
note_unit (IsthDissectContext *ctx,
           const ModbusMessage *m)
{
  char child[ISTH_MODBUS_CHILD];
  IsthEndpoint server = get_server (ctx, m, child);

  isth_emit_child (ctx, &server, NULL, 0);
}

/* The unit exists, and its device serves Modbus; said once a flow. Gateways answer in place of units that do not exist. */
static inline void
note_server (IsthDissectContext *ctx,
             IsthModbusState *state,
             const ModbusMessage *m,
             uint8_t exception)
{
  uint32_t bit = 1u << (m->unit % 32);

  isth_emit_role_once (ctx, &state->server_known, "modbus-server");
  if (exception == 0x0a || exception == 0x0b || !is_child (m->unit) || (state->answered[m->unit / 32] & bit))
    return;
  state->answered[m->unit / 32] |= bit;
  note_unit (ctx, m);
}

static IsthDissectResult
read_exception (IsthDissectContext *ctx,
                IsthModbusState *state,
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
               IsthModbusState *state,
               const ModbusMessage *m)
{
  bool good = true;

  if (m->code & ISTH_MODBUS_EXCEPTION)
    return read_exception (ctx, state, m);
  if (!(m->senders & SERVER))
    return ISTH_DISSECT_MALFORMED;

  isth_emit_response (ctx, get_match (m), ISTH_OUTCOME_OK, NULL, false);
  note_server (ctx, state, m, 0);
  if (m->code == ISTH_MODBUS_UMAS)
    return hand_over (ctx, m);
  if (m->code == 17)
    read_server_id (ctx, m);
  else if (m->code == 43 && isth_cursor_peek (&m->body, 0) == 0x0e)
    good = read_device_identification (ctx, m);
  return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

IsthDissectResult
isth_modbus_read (IsthDissectContext *ctx,
                  IsthModbusState *state,
                  const IsthModbusMessage *message)
{
  const ModbusFunction *function = get_function (message->code);
  ModbusMessage m ISTH_UNSET;

  m.transaction = message->transaction;
  m.unit = message->unit;
  m.code = message->code;
  m.body = message->body;
  m.length = message->length;
  m.function = function;
  m.senders = judge (function, m.code, &m.body, m.length);
  if (find_sender (ctx, state, &m) == ISTH_FROM_CLIENT)
    return read_request (ctx, state, &m);
  return read_response (ctx, state, &m);
}
