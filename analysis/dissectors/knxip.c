/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KNXnet/IP: who finds, connects to and commands a KNX installation through its IP interfaces. ISO 22510 (KNX standard 03/08); the messages of the bus
 * inside it, 03/03 and 03/06/03 (cEMI).
 *
 * Devices on the bus are children "knx:AREA.LINE.DEVICE" of the interface or router. What KNX Secure wraps is not read, nor datapoint types, which a
 * message does not name. Names of manufacturers are not known here: their numbers are given. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/knxip-tables.h"

#define PORT 3671
#define HEADER 6

enum
{
  SEARCH_RESPONSE = 0x0202,
  DESCRIPTION_RESPONSE = 0x0204,
  CONNECT = 0x0205,
  CONNECT_RESPONSE = 0x0206,
  CONNECTION_STATE = 0x0207,
  CONNECTION_STATE_RESPONSE = 0x0208,
  DISCONNECT = 0x0209,
  DISCONNECT_RESPONSE = 0x020a,
  SEARCH_RESPONSE_EXTENDED = 0x020c,
  CONFIGURATION = 0x0310,
  CONFIGURATION_ACK = 0x0311,
  TUNNELLING = 0x0420,
  TUNNELLING_ACK = 0x0421,
  FEATURE_RESPONSE = 0x0423,
  ROUTING = 0x0530,
  SYSTEM_BROADCAST = 0x0533,
  DIAGNOSTIC_RESPONSE = 0x0741,
  SESSION_RESPONSE = 0x0952,
  SESSION_STATUS = 0x0954,
};

/* cEMI message codes (03/06/03, 4.1.3). */
enum
{
  DATA_REQUEST = 0x11,
  DATA_INDICATION = 0x29,
  DATA_CONFIRMATION = 0x2e,
  PROPERTY_READ = 0xfc,
  PROPERTY_READ_CONFIRMATION = 0xfb,
  PROPERTY_WRITE = 0xf6,
  PROPERTY_WRITE_CONFIRMATION = 0xf5,
  RESET = 0xf1,
};

#define CHILD_TEXT 24
#define AUTHORIZE 0x3d1
#define KEY_WRITE 0x3d3
#define PROPERTY_VALUE_WRITE 0x3d7
#define MEMORY_EXTENDED_WRITE 0x1fb
#define LOAD_STATE_CONTROL 5
#define LOAD_BEGINS 1
#define LOAD_ENDS 2

static IsthProbe
knxip_probe (IsthCursor c,
             const IsthPacket *packet)
{
  uint16_t service, length;
  uint32_t whole = isth_cursor_wire_left (&c);
  uint8_t size = isth_cursor_u8 (&c), version = isth_cursor_u8 (&c);

  if (size != HEADER || (version != 0x10 && version != 0x20))
    return ISTH_PROBE_NO;
  service = isth_cursor_be16 (&c);
  length = isth_cursor_be16 (&c);
  if (c.failed || length < HEADER || (packet->layer == ISTH_LAYER_UDP && length != whole))
    return ISTH_PROBE_NO;
  switch (service >> 8)
    {
    case 0x02:
      return (service & 0xff) >= 1 && (service & 0xff) <= 0x0c ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    case 0x03:
      return (service & 0xfe) == 0x10 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    case 0x04:
      return (service & 0xff) >= 0x20 && (service & 0xff) <= 0x25 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    case 0x05:
      return (service & 0xfc) == 0x30 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    case 0x07:
      return (service & 0xfc) == 0x40 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    case 0x09:
      return (service & 0xf8) == 0x50 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    default:
      return ISTH_PROBE_NO;
    }
}

static uint32_t
knxip_pdu_length (IsthCursor c)
{
  uint16_t head = isth_cursor_be16 (&c), length;

  isth_cursor_skip (&c, 2);
  length = isth_cursor_be16 (&c);
  if (c.failed)
    return ISTH_PDU_MORE;
  return (head == 0x0610 || head == 0x0620) && length >= HEADER ? length : ISTH_PDU_INVALID;
}

static const char *
format_individual (char text[CHILD_TEXT],
                   const char *prefix,
                   uint16_t address)
{
  return isth_text_format (text, CHILD_TEXT, "%s%u.%u.%u", prefix, address >> 12, address >> 8 & 0x0f, address & 0xff);
}

/* 7.5.4.2: medium, programming mode, address, installation, serial number, routing address, MAC, name. */
static void
read_device_information (IsthDissectContext *ctx,
                         IsthCursor *c)
{
  static const struct
  {
    uint8_t medium;
    const char *type;
  } types[] = {
    { 0x02, "KNXnet/IP on TP1" }, { 0x04, "KNXnet/IP on PL110" }, { 0x10, "KNXnet/IP on RF" }, { 0x20, "KNXnet/IP on IP" },
  };
  const uint8_t *at = c->data + c->position;
  uint8_t medium = isth_cursor_u8 (c);
  uint8_t status = isth_cursor_u8 (c);
  uint16_t address = isth_cursor_be16 (c);
  const uint8_t *serial, *mac, *name;
  IsthEndpoint interface = isth_context_sender (ctx);
  char text[32];

  isth_cursor_skip (c, 2);
  serial = isth_cursor_bytes (c, 6);
  isth_cursor_skip (c, 4);
  mac = isth_cursor_bytes (c, 6);
  name = isth_cursor_bytes (c, 30);
  if (!name)
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].medium == medium)
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DEVICE_TYPE, types[i].type, ISTH_CONFIDENCE_PARSED, at, 1);
  if (status & 1)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, "programming mode", ISTH_CONFIDENCE_PARSED, at + 1, 1);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, format_individual (text, "", address), ISTH_CONFIDENCE_PARSED, at + 2, 2);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SERIAL, isth_text_from_hex (text, sizeof text, serial, 6), ISTH_CONFIDENCE_PARSED, serial, 6);
  isth_text_format (text, sizeof text, "0x%02x%02x", serial[0], serial[1]);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR_ID, text, ISTH_CONFIDENCE_PARSED, serial, 2);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_NAME, ISTH_CONFIDENCE_PARSED, name, 30);
  interface.mac = isth_address_mac (mac);
  isth_emit_binding (ctx, &interface, mac, 6);
}

/* Blocks of a description, each with its length and type (7.5.4). */
static bool
read_descriptions (IsthDissectContext *ctx,
                   IsthCursor *c)
{
  char text[24];

  while (isth_cursor_left (c) > 0)
    {
      uint8_t length = isth_cursor_u8 (c);
      IsthCursor block = isth_cursor_take (c, length < 2 ? 0 : length - 1u);
      uint8_t type = isth_cursor_u8 (&block);

      if (length < 2 || c->failed)
        return false;
      if (type == 0x01)
        read_device_information (ctx, &block);
      else if (type == 0xfe && isth_cursor_left (&block) >= 2)
        {
          const uint8_t *at = block.data + block.position;

          isth_text_format (text, sizeof text, "0x%04x", isth_cursor_be16 (&block));
          isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR_ID, text, ISTH_CONFIDENCE_PARSED, at, 2);
        }
      else if (type == 0x08 && isth_cursor_left (&block) >= 6)
        {
          const uint8_t *at;

          isth_cursor_skip (&block, 4);
          at = block.data + block.position;
          isth_text_format (text, sizeof text, "0x%04x", isth_cursor_be16 (&block));
          isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DEVICE_TYPE_ID, text, ISTH_CONFIDENCE_PARSED, at, 2);
        }
    }
  return true;
}

typedef struct
{
  uint16_t device;  /* that is being loaded */
  uint16_t loading; /* which of its objects, a bit each */
} KnxState;

typedef struct
{
  uint8_t code;                /* of the cEMI message */
  bool to_group;
  uint16_t source, target, application;
  bool has_application;
  IsthCursor data;             /* behind the application's code */
} Telegram;

/* 03/06/03, 4.1.5.3: additional information, two control bytes, source, target, length, then the bus's own layers. */
static bool
read_telegram (IsthCursor *c,
               Telegram *t)
{
  uint8_t first, control;

  t->code = isth_cursor_u8 (c);
  isth_cursor_take (c, isth_cursor_u8 (c));
  isth_cursor_skip (c, 1);
  control = isth_cursor_u8 (c);
  t->to_group = control & 0x80;
  t->source = isth_cursor_be16 (c);
  t->target = isth_cursor_be16 (c);
  isth_cursor_skip (c, 1);
  first = isth_cursor_u8 (c);
  t->has_application = !(first & 0x80) && isth_cursor_left (c) > 0;
  t->application = t->has_application ? (uint16_t) ((first & 3) << 8 | isth_cursor_u8 (c)) : 0;
  t->data = isth_cursor_rest (c);
  return !c->failed;
}

/* What the bus device says of itself: its mask version, and properties of its device object (03/05/01, 4.2). */
static void
read_response (IsthDissectContext *ctx,
               const Telegram *t,
               const IsthEndpoint *device)
{
  IsthCursor c = t->data;
  const uint8_t *at = c.data;
  char text[24];

  if ((t->application & 0x3c0) == 0x340 && isth_cursor_left (&c) >= 2)
    {
      isth_text_format (text, sizeof text, "0x%04x", isth_cursor_be16 (&c));
      isth_emit_claim (ctx, device, ISTH_ATTRIBUTE_DEVICE_TYPE_ID, text, ISTH_CONFIDENCE_PARSED, at, 2);
    }
  else if (t->application == 0x3d6)
    {
      uint8_t object = isth_cursor_u8 (&c), property = isth_cursor_u8 (&c);

      isth_cursor_skip (&c, 2);
      at = c.data + c.position;
      if (object == 0 && property == 11 && isth_cursor_left (&c) == 6)
        isth_emit_claim (ctx, device, ISTH_ATTRIBUTE_SERIAL, isth_text_from_hex (text, sizeof text, at, 6), ISTH_CONFIDENCE_PARSED, at, 6);
      else if (object == 0 && property == 12 && isth_cursor_left (&c) == 2)
        isth_emit_claim (ctx, device, ISTH_ATTRIBUTE_VENDOR_ID, isth_text_format (text, sizeof text, "0x%02x%02x", at[0], at[1]),
                         ISTH_CONFIDENCE_PARSED, at, 2);
      else if (object == 0 && property == 15 && isth_cursor_left (&c) == 10)
        isth_emit_text (ctx, device, ISTH_ATTRIBUTE_ORDER_NUMBER, ISTH_CONFIDENCE_PARSED, at, 10);
    }
}

static bool
is_programming (const Telegram *t)
{
  uint16_t code = t->application & 0x3c0;

  return t->code == DATA_REQUEST && (code == 0x280 || code == 0x0c0 || t->application == 0x2c2 || t->application == MEMORY_EXTENDED_WRITE);
}

/* How many bytes of a program a message brings, once its loading began. */
static uint32_t
count_loaded (const Telegram *t)
{
  int first = isth_cursor_peek (&t->data, 0);

  if ((t->application & 0x3c0) == 0x280)
    return t->application & 0x0f;
  if (t->application == 0x2c2)
    return first < 0 ? 0 : first & 0x0f;
  if (t->application == MEMORY_EXTENDED_WRITE)
    return first < 0 ? 0 : (uint32_t) first;
  return 0;
}

/* 03/05/01, 4.17: the tables and the application of a device are each an object with a state of loading, its property 5. A load control begins it, memory is
 * written, and another one ends it; the device works with what it got when all that were begun have ended. */
static void
track_loading (IsthDissectContext *ctx,
               const Telegram *t,
               const char *child)
{
  KnxState *state = isth_context_state (ctx);
  IsthTransfer transfer = { .verb = ISTH_OP_PROGRAM, .object = "application", .child = child, .bytes = count_loaded (t) };
  IsthCursor c = t->data;
  uint16_t object = (uint16_t) (1u << (isth_cursor_u8 (&c) & 15));
  uint8_t property = isth_cursor_u8 (&c), control;

  isth_cursor_skip (&c, 2);
  control = isth_cursor_u8 (&c);
  if (transfer.bytes > 0 && state->loading != 0 && state->device == t->target)
    isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
  if (t->application != PROPERTY_VALUE_WRITE || property != LOAD_STATE_CONTROL || c.failed)
    return;
  if (control == LOAD_BEGINS)
    {
      if (state->loading == 0 || state->device != t->target)
        isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
      state->loading = (uint16_t) ((state->device == t->target ? state->loading : 0) | object);
      state->device = t->target;
    }
  else if (control == LOAD_ENDS && state->device == t->target && state->loading & object)
    {
      state->loading &= (uint16_t) ~object;
      if (state->loading == 0)
        isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
    }
}

static void
describe_telegram (const Telegram *t,
                   IsthRequest *request,
                   char object[64])
{
  IsthCursor c = t->data;
  const char *direction = t->code == DATA_INDICATION ? "from" : "to";
  char address[CHILD_TEXT];

  request->verb = ISTH_OP_OTHER;
  request->name = "transport-control";
  request->function = -1;
  if (t->has_application)
    {
      for (size_t i = 0; i < G_N_ELEMENTS (knxip_application); i++)
        if ((t->application & knxip_application[i].mask) == knxip_application[i].code)
          {
            request->function = t->application & knxip_application[i].mask;
            request->verb = knxip_application[i].verb;
            request->name = knxip_application[i].name;
            break;
          }
    }
  if (t->to_group && t->target == 0)
    isth_text_format (object, 64, "all devices");
  else if (t->to_group)
    isth_text_format (object, 64, "group %u/%u/%u", t->target >> 11, t->target >> 8 & 7, t->target & 0xff);
  else if (t->application == 0x3d5 || t->application == 0x3d7)
    {
      uint8_t index = isth_cursor_u8 (&c);

      isth_text_format (object, 64, "object %u property %u", index, isth_cursor_u8 (&c));
    }
  else if (!request->child && !request->source)
    isth_text_format (object, 64, "%s %s", direction, format_individual (address, "", t->code == DATA_INDICATION ? t->source : t->target));
}

static bool
is_group (const IsthEndpoint *endpoint)
{
  return isth_address_is_group (&endpoint->ip);
}

/* Four bytes behind a level; as devices come from the factory, all ones, which nobody is kept out by (03/05/02, 3.7). */
static const char *
name_key (IsthCursor c)
{
  isth_cursor_skip (&c, 1);
  return isth_cursor_be32 (&c) == UINT32_MAX && !c.failed ? "the key of the factory, in clear" : "key in clear (4 bytes)";
}

/* A message of the bus: from the client onto it, or from it to the client, or (@routed) from one line to all others. */
static IsthDissectResult
read_data (IsthDissectContext *ctx,
           IsthCursor *c,
           IsthRequest *request,
           bool routed)
{
  IsthEndpoint device = isth_context_sender (ctx), receiver = isth_context_receiver (ctx);
  const uint8_t *start = c->data + c->position;
  char child[CHILD_TEXT], target[CHILD_TEXT], object[64] = "";
  Telegram t;

  if (!read_telegram (c, &t))
    return ISTH_DISSECT_MALFORMED;
  if (t.code == DATA_CONFIRMATION) /* its own request comes back from the bus */
    return ISTH_DISSECT_OK;
  if (t.application == AUTHORIZE || t.application == KEY_WRITE) /* the key follows */
    isth_context_show (ctx, start, (uint32_t) (t.data.data + t.data.position - start));
  device.child = format_individual (child, "knx:", t.source);
  if (t.code == DATA_INDICATION && t.source != 0)
    {
      isth_emit_child (ctx, &device, NULL, 0);
      request->source = &device;
    }
  if (t.code == DATA_REQUEST && !t.to_group && !is_group (&receiver))
    request->child = format_individual (target, "knx:", t.target);
  describe_telegram (&t, request, object);
  if (t.application == AUTHORIZE || t.application == KEY_WRITE)
    isth_text_format (object + strlen (object), sizeof object - strlen (object), "%s%s", object[0] ? ", " : "", name_key (t.data));
  if (t.code == DATA_INDICATION && !routed && request->verb != ISTH_OP_OTHER)
    request->verb = ISTH_OP_REPORT; /* what the client hears of the bus is none of its commands, nor to it */
  request->object = object;
  if (is_programming (&t))
    isth_emit_role (ctx, NULL, "engineering");
  isth_emit_request (ctx, request);
  if (t.code == DATA_REQUEST && t.has_application && request->child)
    track_loading (ctx, &t, request->child);
  if (t.code == DATA_INDICATION && t.has_application && t.source != 0)
    read_response (ctx, &t, &device);
  return ISTH_DISSECT_OK;
}

/* Settings of the interface itself (03/06/03, 4.1.7). */
static IsthDissectResult
read_property (IsthDissectContext *ctx,
               IsthCursor *c,
               IsthRequest request)
{
  uint8_t code = isth_cursor_u8 (c);
  uint16_t type = isth_cursor_be16 (c);
  char object[64] = "";

  isth_cursor_skip (c, 1);
  request.object = object;
  if (code == RESET)
    {
      request.verb = ISTH_OP_CONTROL;
      request.name = "reset";
    }
  else if (code == PROPERTY_READ || code == PROPERTY_WRITE)
    {
      request.verb = code == PROPERTY_READ ? ISTH_OP_READ : ISTH_OP_CONFIGURE;
      request.name = code == PROPERTY_READ ? "property-read" : "property-write";
      isth_text_format (object, sizeof object, "object type %u property %u", type, isth_cursor_u8 (c));
      if (c->failed)
        return ISTH_DISSECT_MALFORMED;
    }
  else
    return ISTH_DISSECT_OK;
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

/* Answers to one another are matched by what the connection counts; all else goes one at a time. */
static uint64_t
get_match (uint16_t service,
           uint8_t channel,
           uint8_t sequence)
{
  return (uint64_t) service << 16 | (uint64_t) channel << 8 | sequence;
}

static void
settle (IsthDissectContext *ctx,
        uint64_t match,
        uint8_t status)
{
  char other[24];
  const char *text = status == 0 ? NULL : isth_text_format (other, sizeof other, "status 0x%02x", status);

  for (size_t i = 0; i < G_N_ELEMENTS (knxip_errors); i++)
    if (knxip_errors[i].code == status)
      text = knxip_errors[i].text;
  isth_emit_response (ctx, match, status == 0 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED, text, false);
}

/* A message within a connection: its header, then cEMI. */
static IsthDissectResult
read_connected (IsthDissectContext *ctx,
                IsthCursor *c,
                uint16_t service)
{
  IsthRequest request = { .function = -1, .no_answer = false };
  uint8_t channel, sequence;

  isth_cursor_skip (c, 1);
  channel = isth_cursor_u8 (c);
  sequence = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  request.match = get_match (service, channel, sequence);
  return service == CONFIGURATION ? read_property (ctx, c, request) : read_data (ctx, c, &request, false);
}

/* 7.8.2: what kind of connection was asked for, and what address the client got on the bus. */
static IsthDissectResult
read_connect_response (IsthDissectContext *ctx,
                       IsthCursor *c)
{
  uint8_t status, type;
  IsthEndpoint client = isth_context_receiver (ctx);
  char text[CHILD_TEXT];
  const uint8_t *at;

  isth_cursor_skip (c, 1);
  status = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  settle (ctx, get_match (CONNECT, 0, 0), status);
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "knxip-server");
  isth_emit_role (ctx, &client, "knxip-client");
  if (status != 0)
    return ISTH_DISSECT_OK;
  isth_cursor_skip (c, 9); /* where it listens, and the length of what follows */
  type = isth_cursor_u8 (c);
  at = c->data + c->position;
  if (type == 4 && isth_cursor_left (c) >= 2)
    isth_emit_claim (ctx, &client, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, format_individual (text, "", isth_cursor_be16 (c)), ISTH_CONFIDENCE_REPORTED, at, 2);
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              IsthCursor *c,
              uint16_t service)
{
  static const char *const kinds[] = { [3] = "device management", [4] = "tunnel", [6] = "remote log", [7] = "remote configuration", [8] = "object server" };
  IsthEndpoint receiver = isth_context_receiver (ctx);
  IsthRequest request = { .match = get_match (service, 0, 0), .function = service, .verb = ISTH_OP_OTHER, .name = "unknown-service" };
  char object[32] = "";

  for (size_t i = 0; i < G_N_ELEMENTS (knxip_services); i++)
    if (knxip_services[i].code == service)
      {
        request.verb = knxip_services[i].verb;
        request.name = knxip_services[i].name;
      }
  if (service == CONNECT)
    {
      uint8_t kind;

      isth_cursor_skip (c, 17);
      kind = isth_cursor_u8 (c);
      if (c->failed)
        return ISTH_DISSECT_MALFORMED;
      if (kind == 4 && isth_cursor_peek (c, 0) == 0x80)
        isth_text_format (object, sizeof object, "bus monitor");
      else if (kind < G_N_ELEMENTS (kinds) && kinds[kind])
        isth_text_format (object, sizeof object, "%s", kinds[kind]);
    }
  else if (service == CONNECTION_STATE || service == DISCONNECT)
    request.match = get_match (service, isth_cursor_u8 (c), 0);
  request.no_answer = is_group (&receiver) || service >> 8 == 0x05 || service == 0x0743 || service == 0x0950 || service == 0x0955;
  request.object = object;
  if (!request.no_answer && service != DISCONNECT) /* either end may disconnect */
    isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_request (ctx, &request);
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static IsthDissectResult
read_answer (IsthDissectContext *ctx,
             IsthCursor *c,
             uint16_t service)
{
  uint8_t channel, sequence = 0, status;
  bool ack = service == CONFIGURATION_ACK || service == TUNNELLING_ACK || service == FEATURE_RESPONSE;

  if (ack)
    isth_cursor_skip (c, 1);
  channel = isth_cursor_u8 (c);
  if (ack)
    sequence = isth_cursor_u8 (c);
  status = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  settle (ctx, get_match ((uint16_t) (service - 1), channel, service == FEATURE_RESPONSE ? 0 : sequence), status);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
knxip_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  uint16_t head = isth_cursor_be16 (c), service = isth_cursor_be16 (c), length = isth_cursor_be16 (c);
  IsthRequest request = { .no_answer = true };

  if (!c->failed && head != 0x0610 && head != 0x0620)
    return ISTH_DISSECT_NOT_MINE;
  if (c->failed || length < HEADER || length > isth_cursor_wire_left (c) + HEADER)
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, length - HEADER);
  switch (service)
    {
    case SEARCH_RESPONSE:
    case SEARCH_RESPONSE_EXTENDED:
    case DESCRIPTION_RESPONSE:
      if (service != DESCRIPTION_RESPONSE)
        isth_cursor_skip (c, 8); /* where it listens */
      isth_emit_response (ctx, get_match ((uint16_t) (service - 1), 0, 0), ISTH_OUTCOME_OK, NULL, false);
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_role (ctx, NULL, "knxip-server");
      return read_descriptions (ctx, c) && !c->failed ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
    case CONNECT_RESPONSE:
      return read_connect_response (ctx, c);
    case CONNECTION_STATE_RESPONSE:
    case DISCONNECT_RESPONSE:
    case CONFIGURATION_ACK:
    case TUNNELLING_ACK:
      return read_answer (ctx, c, service);
    case FEATURE_RESPONSE:
    case DIAGNOSTIC_RESPONSE:
    case SESSION_RESPONSE:
      settle (ctx, get_match ((uint16_t) (service - 1), 0, 0), 0);
      return ISTH_DISSECT_OK;
    case SESSION_STATUS:
      return ISTH_DISSECT_OK; /* inside the secure wrapper, so never in the clear */
    case CONFIGURATION:
    case TUNNELLING:
      return read_connected (ctx, c, service);
    case ROUTING:
    case SYSTEM_BROADCAST:
      isth_emit_role (ctx, NULL, "knxip-router");
      return read_data (ctx, c, &request, true);
    default:
      return read_request (ctx, c, service);
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT }, { ISTH_BIND_TCP, PORT } };

const IsthDissector isth_dissector_knxip = {
  .id = "knxip",
  .title = "KNXnet/IP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "name serial vendor_id device_type device_type_id order_number protocol_address state",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (KnxState),
  .probe = knxip_probe,
  .pdu_length = knxip_pdu_length,
  .dissect = knxip_dissect,
};
