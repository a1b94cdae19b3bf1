/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AMQP 0-9-1: who connects as whom to which broker, what is published, consumed and declared. Of AMQP 1.0 (ISO/IEC 19464) the header is known, and the
 * peers by it; its frames are not read. Passwords are never read, only that there was one. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/secret.h"

#define FRAME_END 0xce
#define HEADER 7       /* of a frame: type, channel, size */
#define LONGEST (16u << 20)

typedef enum
{
  FRAME_METHOD = 1,
  FRAME_CONTENT_HEADER = 2,
  FRAME_BODY = 3,
  FRAME_HEARTBEAT = 8,
} AmqpFrame;

typedef enum
{
  SAYS_NOTHING,
  SAYS_START,    /* connection.start: properties of the broker */
  SAYS_START_OK, /* … of the client, and who it is */
  SAYS_OPEN,     /* connection.open: the virtual host */
  SAYS_EXCHANGE, /* the name of an exchange behind two bytes */
  SAYS_QUEUE,    /* … of a queue */
  SAYS_PUBLISH,  /* exchange and routing key */
  SAYS_DELIVER,
  SAYS_CLOSE,    /* code and reason */
} AmqpBody;

/* Chapter 1.2 and on. @answer: the method of the same class that answers; 0: none does. */
typedef struct
{
  uint8_t class, method, answer, verb, body;
  const char *name;
} AmqpMethod;

static const AmqpMethod methods[] = {
  { 10, 10, 11, ISTH_OP_IDENTIFY, SAYS_START, "connection.start" },
  { 10, 11, 0, ISTH_OP_AUTHENTICATE, SAYS_START_OK, "connection.start-ok" },
  { 10, 40, 41, ISTH_OP_OTHER, SAYS_OPEN, "connection.open" },
  { 10, 50, 51, ISTH_OP_OTHER, SAYS_CLOSE, "connection.close" },
  { 20, 10, 11, ISTH_OP_OTHER, SAYS_NOTHING, "channel.open" },
  { 20, 40, 41, ISTH_OP_OTHER, SAYS_CLOSE, "channel.close" },
  { 40, 10, 11, ISTH_OP_CONFIGURE, SAYS_EXCHANGE, "exchange.declare" },
  { 40, 20, 21, ISTH_OP_CONFIGURE, SAYS_EXCHANGE, "exchange.delete" },
  { 50, 10, 11, ISTH_OP_CONFIGURE, SAYS_QUEUE, "queue.declare" },
  { 50, 20, 21, ISTH_OP_CONFIGURE, SAYS_QUEUE, "queue.bind" },
  { 50, 30, 31, ISTH_OP_CONFIGURE, SAYS_QUEUE, "queue.purge" },
  { 50, 40, 41, ISTH_OP_CONFIGURE, SAYS_QUEUE, "queue.delete" },
  { 50, 50, 51, ISTH_OP_CONFIGURE, SAYS_QUEUE, "queue.unbind" },
  { 60, 10, 11, ISTH_OP_OTHER, SAYS_NOTHING, "basic.qos" },
  { 60, 20, 21, ISTH_OP_SUBSCRIBE, SAYS_QUEUE, "basic.consume" },
  { 60, 30, 31, ISTH_OP_SUBSCRIBE, SAYS_NOTHING, "basic.cancel" },
  { 60, 40, 0, ISTH_OP_REPORT, SAYS_PUBLISH, "basic.publish" },
  { 60, 60, 0, ISTH_OP_REPORT, SAYS_DELIVER, "basic.deliver" },
  { 60, 70, 71, ISTH_OP_READ, SAYS_QUEUE, "basic.get" },
  { 85, 10, 11, ISTH_OP_OTHER, SAYS_NOTHING, "confirm.select" },
};

typedef struct
{
  const uint8_t *bytes;
  uint32_t length;
} AmqpString;

/* "AMQP", then 0 0 9 1, or for 1.0 the protocol (0, 2 TLS, 3 SASL) and 1 0 0. */
static bool
is_protocol_header (IsthCursor c)
{
  const uint8_t *b = isth_cursor_bytes (&c, 8);

  if (!b || memcmp (b, "AMQP", 4) != 0)
    return false;
  return memcmp (b + 4, "\0\0\11\1", 4) == 0 || ((b[4] == 0 || b[4] == 2 || b[4] == 3) && b[5] == 1 && b[6] == 0 && b[7] == 0) ||
         memcmp (b + 4, "\1\1\0\11", 4) == 0 || memcmp (b + 4, "\1\1\10\0", 4) == 0;
}

static const AmqpMethod *
find_method (uint16_t class,
             uint16_t number,
             bool *answer)
{
  for (size_t i = 0; i < G_N_ELEMENTS (methods); i++)
    if (methods[i].class == class && (methods[i].method == number || (methods[i].answer != 0 && methods[i].answer == number)))
      {
        *answer = methods[i].method != number;
        return &methods[i];
      }
  return NULL;
}

static bool
read_frame_header (IsthCursor *c,
                   uint8_t *type,
                   uint16_t *channel,
                   uint32_t *size)
{
  *type = isth_cursor_u8 (c);
  *channel = isth_cursor_be16 (c);
  *size = isth_cursor_be32 (c);
  return !c->failed && *size < LONGEST &&
         ((*type >= FRAME_METHOD && *type <= FRAME_BODY) || (*type == FRAME_HEARTBEAT && *size == 0 && *channel == 0));
}

static IsthProbe
amqp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint16_t channel, class, method;
  uint32_t size;
  uint8_t type;
  bool answer;

  (void) packet;
  if (is_protocol_header (c))
    return ISTH_PROBE_STRONG;
  if (!read_frame_header (&c, &type, &channel, &size))
    return ISTH_PROBE_NO;
  if (type != FRAME_METHOD)
    return isth_cursor_peek (&c, size) == FRAME_END ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  class = isth_cursor_be16 (&c);
  method = isth_cursor_be16 (&c);
  if (c.failed || size < 4)
    return ISTH_PROBE_NO;
  return isth_cursor_peek (&c, size - 4) == FRAME_END && find_method (class, method, &answer) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static uint32_t
amqp_pdu_length (IsthCursor c)
{
  IsthCursor start = c;
  uint16_t channel;
  uint32_t size;
  uint8_t type;

  if (isth_cursor_peek (&c, 0) == 'A')
    return isth_cursor_left (&c) < 8 ? ISTH_PDU_MORE : is_protocol_header (start) ? 8 : ISTH_PDU_INVALID;
  if (!read_frame_header (&c, &type, &channel, &size))
    return c.failed ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
  return HEADER + size + 1;
}

static AmqpString
short_string (IsthCursor *c)
{
  uint8_t length = isth_cursor_u8 (c);
  const uint8_t *bytes = isth_cursor_bytes (c, length);

  return (AmqpString) { bytes, bytes ? length : 0 };
}

static AmqpString
long_string (IsthCursor *c)
{
  uint32_t length = isth_cursor_be32 (c);
  const uint8_t *bytes = isth_cursor_bytes (c, length);

  return (AmqpString) { bytes, bytes ? length : 0 };
}

/* A value of a table (4.2.1); its bytes when it is a string. */
static AmqpString
read_value (IsthCursor *c)
{
  static const struct { char type; uint8_t size; } sizes[] = {
    { 't', 1 }, { 'b', 1 }, { 'B', 1 }, { 's', 2 }, { 'U', 2 }, { 'u', 2 }, { 'I', 4 }, { 'i', 4 }, { 'l', 8 }, { 'L', 8 },
    { 'f', 4 }, { 'd', 8 }, { 'D', 5 }, { 'T', 8 }, { 'V', 0 },
  };
  uint8_t type = isth_cursor_u8 (c);

  if (type == 'S' || type == 'x')
    return long_string (c);
  if (type == 'F' || type == 'A') /* a table or a list inside */
    isth_cursor_skip (c, isth_cursor_be32 (c));
  else
    {
      size_t i = 0;

      while (i < G_N_ELEMENTS (sizes) && sizes[i].type != type)
        i++;
      if (i == G_N_ELEMENTS (sizes))
        c->failed = true;
      else
        isth_cursor_skip (c, sizes[i].size);
    }
  return (AmqpString) { NULL, 0 };
}

static bool
is_word (const AmqpString *string,
         const char *word)
{
  return string->length == strlen (word) && memcmp (string->bytes, word, string->length) == 0;
}

/* Product and version of who sends it. */
static void
read_properties (IsthDissectContext *ctx,
                 IsthCursor *c)
{
  IsthCursor table = isth_cursor_take (c, isth_cursor_be32 (c));
  AmqpString product = { NULL, 0 }, version = { NULL, 0 };
  char text[ISTH_LIMIT_TEXT], name[96], number[64];

  while (isth_cursor_left (&table) > 0 && !table.failed)
    {
      AmqpString key = short_string (&table), value = read_value (&table);

      if (is_word (&key, "product"))
        product = value;
      else if (is_word (&key, "version"))
        version = value;
      else if (is_word (&key, "cluster_name") && value.length > 0)
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_BANNER, value.bytes, value.length);
    }
  if (product.length == 0)
    return;
  isth_text_from_bytes (name, sizeof name, product.bytes, product.length);
  isth_text_from_bytes (number, sizeof number, version.bytes, version.length);
  isth_text_format (text, sizeof text, "%s%s%s", name, number[0] ? " " : "", number);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, text, ISTH_CONFIDENCE_PARSED, product.bytes, product.length);
}

/* SASL PLAIN (RFC 4616): NUL, user, NUL, password. The older AMQPLAIN is a table with LOGIN and PASSWORD. */
static void
describe_login (IsthCursor *c,
                char *text,
                size_t size)
{
  AmqpString mechanism = short_string (c), response = long_string (c);
  AmqpString user = { NULL, 0 };
  uint32_t secret = 0;
  char name[96], how[32];

  if (c->failed)
    return;
  if (is_word (&mechanism, "PLAIN") && response.length > 1)
    {
      const uint8_t *end = memchr (response.bytes + 1, 0, response.length - 1);

      user = (AmqpString) { response.bytes + 1, end ? (uint32_t) (end - response.bytes - 1) : 0 };
      secret = end ? (uint32_t) (response.bytes + response.length - end - 1) : 0;
    }
  else if (is_word (&mechanism, "AMQPLAIN"))
    {
      IsthCursor table = isth_cursor_new (response.bytes, response.length, response.length);

      while (isth_cursor_left (&table) > 0 && !table.failed)
        {
          AmqpString key = short_string (&table), value = read_value (&table);

          if (is_word (&key, "LOGIN"))
            user = value;
          else if (is_word (&key, "PASSWORD"))
            secret = value.length;
        }
    }
  isth_text_from_bytes (how, sizeof how, mechanism.bytes, mechanism.length);
  isth_text_from_bytes (name, sizeof name, user.bytes, user.length);
  if (user.length > 0)
    isth_text_format (text, size, "user “%s”, password in clear (%s)", name, isth_secret_class (secret));
  else
    isth_text_format (text, size, "mechanism %s", how);
}

/* "“NAME”", or "exchange “NAME”, key “KEY”" */
static void
describe_route (IsthCursor *c,
                char *text,
                size_t size)
{
  AmqpString exchange = short_string (c), key = short_string (c);
  char one[128], other[128];

  if (!c->failed)
    isth_text_format (text, size, "exchange “%s”, key “%s”", isth_text_from_bytes (one, sizeof one, exchange.bytes, exchange.length),
                      isth_text_from_bytes (other, sizeof other, key.bytes, key.length));
}

static void
describe (IsthDissectContext *ctx,
          AmqpBody body,
          IsthCursor *c,
          char *text,
          size_t size)
{
  AmqpString name = { NULL, 0 };
  char what[160];

  switch (body)
    {
    case SAYS_NOTHING:
      return;
    case SAYS_START:
      isth_cursor_skip (c, 2);
      read_properties (ctx, c);
      return;
    case SAYS_START_OK:
      read_properties (ctx, c);
      describe_login (c, text, size);
      return;
    case SAYS_OPEN:
      name = short_string (c);
      isth_text_format (text, size, "virtual host “%s”", isth_text_from_bytes (what, sizeof what, name.bytes, name.length));
      return;
    case SAYS_EXCHANGE:
    case SAYS_QUEUE:
      isth_cursor_skip (c, 2);
      name = short_string (c);
      isth_text_format (text, size, "%s “%s”", body == SAYS_QUEUE ? "queue" : "exchange", isth_text_from_bytes (what, sizeof what, name.bytes, name.length));
      return;
    case SAYS_PUBLISH:
      isth_cursor_skip (c, 2);
      describe_route (c, text, size);
      return;
    case SAYS_DELIVER:
      short_string (c);
      isth_cursor_skip (c, 9);
      describe_route (c, text, size);
      return;
    case SAYS_CLOSE:
      {
        uint16_t code = isth_cursor_be16 (c);

        name = short_string (c);
        isth_text_format (text, size, "%u %s", code, isth_text_from_bytes (what, sizeof what, name.bytes, name.length));
      }
      return;
    }
}

/* Who may send it: brokers start connections and deliver, clients do the rest; either closes. */
static void
note_sender (IsthDissectContext *ctx,
             const AmqpMethod *method,
             bool answer)
{
  bool broker = method->body == SAYS_START || method->body == SAYS_DELIVER;

  if (method->body == SAYS_CLOSE || (answer && method->body == SAYS_START))
    return;
  isth_context_prove_direction (ctx, broker != answer ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, broker != answer ? "amqp-broker" : "amqp-client");
}

static IsthDissectResult
read_method (IsthDissectContext *ctx,
             uint16_t channel,
             IsthCursor *c)
{
  uint16_t class = isth_cursor_be16 (c), number = isth_cursor_be16 (c);
  bool answer = false, start_ok = class == 10 && number == 11;
  const AmqpMethod *method = c->failed ? NULL : find_method (class, number, &answer);
  char object[ISTH_LIMIT_TEXT] = "";
  IsthRequest request;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (start_ok)
    {
      isth_context_show (ctx, c->data, c->position); /* a password follows */
      isth_emit_response (ctx, 10u << 8 | 10, ISTH_OUTCOME_OK, NULL, false);
      method++; /* the answer that is a request itself */
      answer = false;
    }
  if (!method)
    return ISTH_DISSECT_OK;
  note_sender (ctx, method, answer);
  if (answer)
    {
      isth_emit_response (ctx, (uint64_t) channel << 16 | class << 8 | method->method, ISTH_OUTCOME_OK, NULL, false);
      return ISTH_DISSECT_OK;
    }
  request = (IsthRequest) {
    .match = (uint64_t) channel << 16 | class << 8 | number,
    .no_answer = method->answer == 0,
    .verb = (IsthOp) method->verb,
    .function = class << 8 | number,
    .name = method->name,
    .object = object,
  };
  if (method->body == SAYS_PUBLISH)
    request.key = isth_context_digest (ctx, class << 8 | number, c->data + c->position, isth_cursor_left (c));
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  describe (ctx, (AmqpBody) method->body, c, object, sizeof object);
  isth_emit_request (ctx, &request);
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static IsthDissectResult
amqp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  uint16_t channel;
  uint32_t size;
  uint8_t type;
  IsthCursor body;

  if (is_protocol_header (*c))
    {
      bool old = isth_cursor_peek (c, 5) == 0;

      /* A 1.0 peer answers with the same header. */
      if (old || isth_context_direction (ctx) == ISTH_FROM_CLIENT)
        isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_OTHER, .function = -1, .name = "protocol-header",
                                                 .object = isth_cursor_peek (c, 5) == 1 ? "1.0" : "0-9" });
      return ISTH_DISSECT_OK;
    }
  if (!read_frame_header (c, &type, &channel, &size))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  body = isth_cursor_take (c, size);
  if (isth_cursor_u8 (c) != FRAME_END || c->failed)
    return c->failed && c->cut ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
  return type == FRAME_METHOD ? read_method (ctx, channel, &body) : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 5672 } };

const IsthDissector isth_dissector_amqp = {
  .id = "amqp", /* stored in project files: never change it */
  .title = "AMQP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software hostname",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = amqp_probe,
  .pdu_length = amqp_pdu_length,
  .dissect = amqp_dissect,
};
