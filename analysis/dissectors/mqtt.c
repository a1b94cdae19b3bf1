/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MQTT 3.1, 3.1.1 (ISO/IEC 20922) and 5.0 (OASIS): who connects with which name, which topics are published and subscribed; Sparkplug B nodes and devices.
 *
 * Of topics the first ISTH_LIMIT_OBJECTS of a pair are told apart (the facts fold the others); values are not read. A client id is a name that a program
 * gave itself. Passwords are never read, only that there was one. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/dissectors/secret.h"
#include "analysis/dissectors/sparkplug.h"

#define LONGEST (1u << 28)

typedef enum
{
  CONNECT = 1,
  CONNACK,
  PUBLISH,
  PUBACK,
  PUBREC,
  PUBREL,
  PUBCOMP,
  SUBSCRIBE,
  SUBACK,
  UNSUBSCRIBE,
  UNSUBACK,
  PINGREQ,
  PINGRESP,
  DISCONNECT,
  AUTH,
} MqttType;

typedef struct
{
  uint8_t version; /* 3, 4 or 5 as CONNECT said; 0: not seen */
} MqttState;

typedef struct
{
  uint8_t type, flags;
  uint32_t header; /* bytes */
  uint32_t length; /* behind the header */
} MqttHeader;

typedef struct
{
  const uint8_t *bytes;
  uint16_t length;
} MqttString;

/* 2.2; false when the bytes are none, or not all there (@more). */
static bool
read_header (IsthCursor *c,
             MqttHeader *header,
             bool *more)
{
  static const uint8_t flags[] = { [CONNECT] = 0, [PUBREL] = 2, [SUBSCRIBE] = 2, [UNSUBSCRIBE] = 2, [AUTH] = 0 };
  uint8_t first = isth_cursor_u8 (c);

  *more = c->failed;
  header->type = first >> 4;
  header->flags = first & 0xf;
  header->length = 0;
  if (c->failed || header->type == 0 || (header->type != PUBLISH && header->flags != flags[header->type]) ||
      (header->type == PUBLISH && (header->flags & 6) == 6))
    return false;
  for (int i = 0; i < 4; i++)
    {
      uint8_t byte = isth_cursor_u8 (c);

      *more = c->failed;
      if (c->failed)
        return false;
      header->length |= (uint32_t) (byte & 0x7f) << (7 * i);
      header->header = 2 + (uint32_t) i;
      if (!(byte & 0x80))
        return true;
    }
  return false;
}

/* What each type must be long, 3.1 to 3.15: the least that every version allows. */
static bool
has_length (const MqttHeader *header)
{
  static const struct { uint8_t least, most; } lengths[] = {
    [CONNECT] = { 10, 0 }, [CONNACK] = { 2, 0 },   [PUBLISH] = { 3, 0 },   [PUBACK] = { 2, 0 },  [PUBREC] = { 2, 0 },
    [PUBREL] = { 2, 0 },   [PUBCOMP] = { 2, 0 },   [SUBSCRIBE] = { 6, 0 }, [SUBACK] = { 3, 0 },  [UNSUBSCRIBE] = { 5, 0 },
    [UNSUBACK] = { 2, 0 }, [PINGREQ] = { 0, 1 },   [PINGRESP] = { 0, 1 },  [DISCONNECT] = { 0, 0 }, [AUTH] = { 0, 0 },
  };

  return header->length >= lengths[header->type].least && (lengths[header->type].most == 0 || header->length < lengths[header->type].most);
}

static MqttString
read_string (IsthCursor *c)
{
  uint16_t length = isth_cursor_be16 (c);
  const uint8_t *bytes = isth_cursor_bytes (c, length);

  return (MqttString) { bytes, bytes ? length : 0 };
}

static uint32_t
read_varint (IsthCursor *c)
{
  uint32_t value = 0;

  for (int i = 0; i < 4; i++)
    {
      uint8_t byte = isth_cursor_u8 (c);

      value |= (uint32_t) (byte & 0x7f) << (7 * i);
      if (!(byte & 0x80))
        return value;
    }
  c->failed = true;
  return 0;
}

/* The protocol's name in a CONNECT. */
static bool
is_connect (IsthCursor c)
{
  MqttString name = read_string (&c);
  uint8_t version = isth_cursor_u8 (&c);

  if (c.failed)
    return false;
  return (name.length == 4 && memcmp (name.bytes, "MQTT", 4) == 0 && (version == 4 || version == 5)) ||
         (name.length == 6 && memcmp (name.bytes, "MQIsdp", 6) == 0 && version == 3);
}

/* A topic is text without wild cards. */
static bool
is_topic (IsthCursor c)
{
  MqttString topic = read_string (&c);

  return !c.failed && topic.length > 0 && isth_text_is_printable (topic.bytes, topic.length) && !memchr (topic.bytes, '#', topic.length) &&
         !memchr (topic.bytes, '+', topic.length);
}

static IsthProbe
mqtt_probe (IsthCursor c,
            const IsthPacket *packet)
{
  MqttHeader header;
  bool more;

  (void) packet;
  if (!read_header (&c, &header, &more) || !has_length (&header))
    return ISTH_PROBE_NO;
  if (header.type == CONNECT)
    return is_connect (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  if (header.type == PUBLISH && !is_topic (c))
    return ISTH_PROBE_NO;
  return header.length <= isth_cursor_wire_left (&c) || header.type == PUBLISH ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

static uint32_t
mqtt_pdu_length (IsthCursor c)
{
  MqttHeader header;
  bool more;

  if (read_header (&c, &header, &more))
    return has_length (&header) && header.length < LONGEST ? header.header + header.length : ISTH_PDU_INVALID;
  return more ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
}

/* Requests of one type and number; CONNECT and PINGREQ have no number. */
static uint64_t
make_match (MqttType type,
            uint16_t number)
{
  return (uint64_t) type << 16 | number;
}

static void
skip_properties (IsthCursor *c,
                 const MqttState *state)
{
  if (state->version == 5)
    isth_cursor_skip (c, read_varint (c));
}

/* 3.1 */
static IsthDissectResult
read_connect (IsthDissectContext *ctx,
              MqttState *state,
              IsthCursor *c)
{
  MqttString client, user = { NULL, 0 };
  char name[128], who[128], object[ISTH_LIMIT_TEXT];
  uint8_t flags;

  if (!is_connect (*c))
    return ISTH_DISSECT_NOT_MINE;
  read_string (c);
  state->version = isth_cursor_u8 (c);
  flags = isth_cursor_u8 (c);
  isth_cursor_skip (c, 2);
  skip_properties (c, state);
  client = read_string (c);
  if (flags & 0x04)
    {
      skip_properties (c, state);
      read_string (c);
      read_string (c);
    }
  if (flags & 0x80)
    user = read_string (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_context_show (ctx, client.bytes, client.length); /* a password follows, and the last will in front of it */
  isth_emit_role (ctx, NULL, "mqtt-client");
  if (client.length > 0)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, client.bytes, client.length);
  isth_text_from_bytes (name, sizeof name, client.bytes, client.length);
  isth_text_from_bytes (who, sizeof who, user.bytes, user.length);
  isth_text_format (object, sizeof object, "client “%s”%s%s%s%s%s%s", name, user.length ? ", user “" : ", no user", who, user.length ? "”" : "",
                    flags & 0x40 ? ", password in clear (" : "", flags & 0x40 ? isth_secret_class_at (*c, true) : "", flags & 0x40 ? ")" : "");
  isth_emit_request (ctx, &(IsthRequest) { .match = make_match (CONNECT, 0), .verb = ISTH_OP_AUTHENTICATE, .function = CONNECT, .name = "connect",
                                           .object = object });
  return ISTH_DISSECT_OK;
}

/* 3.2.2.2 of version 5, and 3.2.2.3 of 3.1.1. */
static const char *
reason_text (char *text,
             size_t size,
             uint8_t code)
{
  static const struct { uint8_t code; const char *text; } reasons[] = {
    { 0x01, "protocol version not accepted" }, { 0x02, "client id rejected" }, { 0x03, "server not available" }, { 0x04, "bad user name or password" },
    { 0x05, "not authorised" }, { 0x80, "unspecified error" }, { 0x81, "malformed packet" }, { 0x82, "protocol error" }, { 0x83, "implementation error" },
    { 0x84, "protocol version not accepted" }, { 0x85, "client id not valid" }, { 0x86, "bad user name or password" }, { 0x87, "not authorised" },
    { 0x88, "server not available" }, { 0x89, "server busy" }, { 0x8a, "banned" }, { 0x8c, "bad authentication method" }, { 0x8f, "topic filter not valid" },
    { 0x90, "topic name not valid" }, { 0x91, "packet number in use" }, { 0x92, "packet number not found" }, { 0x95, "packet too large" },
    { 0x97, "quota exceeded" }, { 0x99, "payload format not valid" }, { 0x9e, "shared subscriptions not supported" }, { 0x9f, "connection rate exceeded" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].code == code)
      return reasons[i].text;
  return isth_text_format (text, size, "reason 0x%02x", code);
}

static void
answer (IsthDissectContext *ctx,
        uint64_t match,
        uint8_t code,
        bool more)
{
  char text[32];

  isth_emit_response (ctx, match, code ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, code ? reason_text (text, sizeof text, code) : NULL, more);
}

static void
note_server (IsthDissectContext *ctx)
{
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "mqtt-broker");
}

/* What a Sparkplug topic is about lives behind the publisher, or behind who is to be commanded. */
static void
describe_sparkplug (IsthDissectContext *ctx,
                    const IsthSparkplug *sparkplug,
                    IsthRequest *request,
                    IsthEndpoint *node,
                    IsthCursor payload)
{
  bool from_client = isth_context_direction (ctx) == ISTH_FROM_CLIENT;

  request->name = sparkplug->name;
  request->protocol = "sparkplug";
  *node = sparkplug->kind == ISTH_SPARKPLUG_COMMAND ? isth_context_receiver (ctx) : isth_context_sender (ctx);
  node->child = sparkplug->child;
  if (sparkplug->kind == ISTH_SPARKPLUG_COMMAND)
    {
      request->verb = ISTH_OP_WRITE;
      if (!from_client)
        request->child = sparkplug->child;
      return;
    }
  /* A broker passes on what others are: only what its owner publishes shows where it is. */
  if (!from_client || sparkplug->kind == ISTH_SPARKPLUG_STATE)
    return;
  isth_emit_child (ctx, node, NULL, 0);
  if (sparkplug->kind == ISTH_SPARKPLUG_BIRTH)
    isth_sparkplug_read_birth (ctx, node, payload);
}

/* 3.3 */
static IsthDissectResult
read_publish (IsthDissectContext *ctx,
              const MqttState *state,
              const MqttHeader *header,
              IsthCursor *c)
{
  MqttString topic = read_string (c);
  uint8_t quality = header->flags >> 1 & 3;
  uint16_t number = quality > 0 ? isth_cursor_be16 (c) : 0;
  char object[ISTH_LIMIT_TEXT];
  IsthSparkplug sparkplug;
  IsthEndpoint node;
  IsthRequest request = {
    .match = make_match (PUBLISH, number),
    .no_answer = quality == 0,
    .verb = ISTH_OP_REPORT,
    .function = PUBLISH,
    .name = "publish",
    .object = object,
  };

  skip_properties (c, state);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_sparkplug_read_topic (&sparkplug, topic.bytes, topic.length);
  if (sparkplug.kind == ISTH_SPARKPLUG_NONE || sparkplug.kind == ISTH_SPARKPLUG_DATA)
    request.key = isth_context_digest (ctx, PUBLISH, topic.bytes, topic.length);
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  isth_text_from_bytes (object, sizeof object, topic.bytes, topic.length);
  if (sparkplug.kind != ISTH_SPARKPLUG_NONE)
    describe_sparkplug (ctx, &sparkplug, &request, &node, *c);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

/* 3.8 and 3.10: the first filter names the request. */
static IsthDissectResult
read_filters (IsthDissectContext *ctx,
              const MqttState *state,
              MqttType type,
              IsthCursor *c)
{
  uint16_t number = isth_cursor_be16 (c);
  MqttString first;
  char object[ISTH_LIMIT_TEXT], filter[160];
  uint32_t more = 0;

  skip_properties (c, state);
  first = read_string (c);
  isth_cursor_skip (c, type == SUBSCRIBE ? 1 : 0);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  while (isth_cursor_left (c) > 0 && !c->failed)
    {
      read_string (c);
      isth_cursor_skip (c, type == SUBSCRIBE ? 1 : 0);
      more++;
    }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_text_from_bytes (filter, sizeof filter, first.bytes, first.length);
  if (more > 0)
    isth_text_format (object, sizeof object, "%s and %u more", filter, more);
  else
    isth_text_format (object, sizeof object, "%s", filter);
  isth_emit_request (ctx, &(IsthRequest) { .match = make_match (type, number), .verb = ISTH_OP_SUBSCRIBE, .function = type,
                                           .name = type == SUBSCRIBE ? "subscribe" : "unsubscribe", .object = object });
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

/* An acknowledgement with a packet number, from version 5 on with a reason; those below 0x80 are good. */
static IsthDissectResult
read_acknowledgement (IsthDissectContext *ctx,
                      MqttType of,
                      const MqttHeader *header,
                      IsthCursor *c)
{
  uint16_t number = isth_cursor_be16 (c);
  uint8_t code = header->length > 2 ? isth_cursor_u8 (c) : 0;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  answer (ctx, make_match (of, number), code < 0x80 ? 0 : code, false);
  return ISTH_DISSECT_OK;
}

/* 3.9: a code for each filter, the last byte that of the last one. */
static IsthDissectResult
read_suback (IsthDissectContext *ctx,
             const MqttState *state,
             IsthCursor *c)
{
  uint16_t number = isth_cursor_be16 (c);
  uint8_t code = 0;

  skip_properties (c, state);
  while (isth_cursor_left (c) > 0 && code < 0x80 && !c->failed)
    code = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  note_server (ctx);
  answer (ctx, make_match (SUBSCRIBE, number), code < 0x80 ? 0 : code, false);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
mqtt_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  MqttState *state = isth_context_state (ctx);
  MqttHeader header;
  bool more;
  uint8_t code;

  if (!read_header (c, &header, &more) || !has_length (&header))
    return more ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  switch ((MqttType) header.type)
    {
    case CONNECT:
      return read_connect (ctx, state, c);
    case CONNACK:
      isth_cursor_skip (c, 1);
      code = isth_cursor_u8 (c);
      if (c->failed)
        return ISTH_DISSECT_MALFORMED;
      note_server (ctx);
      answer (ctx, make_match (CONNECT, 0), code, false);
      return ISTH_DISSECT_OK;
    case PUBLISH:
      return read_publish (ctx, state, &header, c);
    case PUBACK:
    case PUBREC:
      return read_acknowledgement (ctx, PUBLISH, &header, c);
    case SUBSCRIBE:
    case UNSUBSCRIBE:
      return read_filters (ctx, state, (MqttType) header.type, c);
    case SUBACK:
      return read_suback (ctx, state, c);
    case UNSUBACK:
      note_server (ctx);
      answer (ctx, make_match (UNSUBSCRIBE, isth_cursor_be16 (c)), 0, false);
      return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    case PINGREQ:
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_request (ctx, &(IsthRequest) { .match = make_match (PINGREQ, 0), .verb = ISTH_OP_OTHER, .function = PINGREQ, .name = "ping" });
      return ISTH_DISSECT_OK;
    case PINGRESP:
      note_server (ctx);
      answer (ctx, make_match (PINGREQ, 0), 0, false);
      return ISTH_DISSECT_OK;
    case DISCONNECT:
      isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_OTHER, .function = DISCONNECT, .name = "disconnect" });
      return ISTH_DISSECT_OK;
    case PUBREL:
    case PUBCOMP:
    case AUTH:
      return ISTH_DISSECT_OK;
    }
  return ISTH_DISSECT_NOT_MINE;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 1883 } };

const IsthDissector isth_dissector_mqtt = {
  .id = "mqtt", /* stored in project files: never change it */
  .title = "MQTT",
  .depth = ISTH_DEPTH_FULL,
  .identity = "software vendor model hardware firmware serial os location",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (MqttState),
  .probe = mqtt_probe,
  .pdu_length = mqtt_pdu_length,
  .dissect = mqtt_dissect,
};
