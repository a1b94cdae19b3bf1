/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MongoDB (its manual, "Wire Protocol"; bsonspec.org): which program and driver call from which system, the server's version and replica set, who logs in,
 * commands by name and collection. Documents are not read; compressed messages are passed over. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#define HEADER 16
#define LARGEST (48u << 20)
#define MOST_FIELDS 64
#define OP_REPLY 1
#define OP_QUERY 2004
#define OP_COMPRESSED 2012
#define OP_MSG 2013

enum
{
  BSON_DOUBLE = 1,
  BSON_STRING = 2,
  BSON_DOCUMENT = 3,
  BSON_ARRAY = 4,
  BSON_BINARY = 5,
  BSON_OBJECT_ID = 7,
  BSON_BOOLEAN = 8,
  BSON_DATE = 9,
  BSON_NULL = 10,
  BSON_INT32 = 16,
  BSON_TIMESTAMP = 17,
  BSON_INT64 = 18,
  BSON_DECIMAL = 19,
};

typedef struct
{
  bool met[2];
} MongodbState;

typedef struct
{
  uint8_t type;
  IsthCursor name, value;
} Field;

static const char *const readers[] = { "find", "aggregate", "count", "distinct", "getMore", "listCollections", "listDatabases", "listIndexes" };

static bool
read_header (IsthCursor *c,
             uint32_t *length,
             uint32_t *id,
             uint32_t *answers,
             uint32_t *code)
{
  *length = isth_cursor_le32 (c);
  *id = isth_cursor_le32 (c);
  *answers = isth_cursor_le32 (c);
  *code = isth_cursor_le32 (c);
  return !c->failed && *length > HEADER && *length <= LARGEST && (*code == OP_REPLY || *code == OP_QUERY || *code == OP_COMPRESSED || *code == OP_MSG);
}

static IsthProbe
mongodb_probe (IsthCursor c,
               const IsthPacket *packet)
{
  uint32_t length, id, answers, code, flags, document;

  (void) packet;
  if (!read_header (&c, &length, &id, &answers, &code))
    return ISTH_PROBE_NO;
  flags = isth_cursor_le32 (&c);
  if (code == OP_MSG)
    {
      uint8_t kind = isth_cursor_u8 (&c);

      document = isth_cursor_le32 (&c);
      return !c.failed && kind == 0 && (flags & 0xfffeff00) == 0 && document <= length - 21 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    }
  if (code == OP_QUERY)
    return flags < 0x100 && g_ascii_isalnum (isth_cursor_u8 (&c)) && !c.failed ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  return ISTH_PROBE_WEAK;
}

static uint32_t
mongodb_pdu_length (IsthCursor c)
{
  uint32_t length, id, answers, code;

  if (isth_cursor_left (&c) < HEADER)
    return ISTH_PDU_MORE;
  if (!read_header (&c, &length, &id, &answers, &code))
    return ISTH_PDU_INVALID;
  return MIN (length, ISTH_LIMIT_PDU);
}

static IsthCursor
take_name (IsthCursor *c)
{
  const uint8_t *start = c->data + c->position;
  const uint8_t *end = memchr (start, 0, isth_cursor_left (c));
  IsthCursor name = isth_cursor_take (c, end ? (uint32_t) (end - start) : isth_cursor_wire_left (c));

  isth_cursor_skip (c, 1);
  return name;
}

/* A document's fields: behind its length. */
static IsthCursor
open_document (IsthCursor *c)
{
  uint32_t length = isth_cursor_le32 (c);

  return isth_cursor_take (c, length > 4 ? length - 4 : 0);
}

/* False at the end, or at a type that nobody knows. */
static bool
next_field (IsthCursor *c,
            Field *field)
{
  uint32_t size = 0;

  field->type = isth_cursor_u8 (c);
  if (c->failed || field->type == 0)
    return false;
  field->name = take_name (c);
  switch (field->type)
    {
    case BSON_STRING:
      size = isth_cursor_le32 (c);
      field->value = isth_cursor_take (c, size);
      if (field->value.length > 0)
        field->value.length--; /* its NUL */
      return !c->failed;
    case BSON_DOCUMENT:
    case BSON_ARRAY:
      field->value = open_document (c);
      return !c->failed;
    case BSON_BINARY:
      size = isth_cursor_le32 (c);
      isth_cursor_skip (c, 1);
      break;
    case BSON_OBJECT_ID:
      size = 12;
      break;
    case BSON_BOOLEAN:
      size = 1;
      break;
    case BSON_NULL:
      break;
    case BSON_INT32:
      size = 4;
      break;
    case BSON_DOUBLE:
    case BSON_DATE:
    case BSON_TIMESTAMP:
    case BSON_INT64:
      size = 8;
      break;
    case BSON_DECIMAL:
      size = 16;
      break;
    default:
      return false;
    }
  field->value = isth_cursor_take (c, size);
  return !c->failed;
}

static bool
is_name (const Field *field,
         const char *name)
{
  return field->name.length == strlen (name) && memcmp (field->name.data, name, field->name.length) == 0;
}

static void
to_text (const Field *field,
         char *text,
         size_t size)
{
  if (field->type == BSON_STRING)
    isth_text_from_bytes (text, size, field->value.data, field->value.length);
}

/* "name" and "version" of a part of what the client says of itself. */
static void
read_part (IsthDissectContext *ctx,
           IsthCursor part,
           IsthAttribute attribute)
{
  char name[96] = "", version[64] = "", text[180];
  Field field;

  for (int i = 0; i < MOST_FIELDS && next_field (&part, &field); i++)
    if (is_name (&field, "name"))
      to_text (&field, name, sizeof name);
    else if (is_name (&field, "version"))
      to_text (&field, version, sizeof version);
  isth_text_format (text, sizeof text, "%s%s%s", name, name[0] && version[0] ? " " : "", version);
  if (text[0])
    isth_emit_claim (ctx, NULL, attribute, text, ISTH_CONFIDENCE_BANNER, part.data, part.length);
}

/* MongoDB Handshake: application, driver, system. */
static void
read_client (IsthDissectContext *ctx,
             IsthCursor document)
{
  Field field;

  for (int i = 0; i < MOST_FIELDS && next_field (&document, &field); i++)
    if (field.type != BSON_DOCUMENT)
      continue;
    else if (is_name (&field, "application") || is_name (&field, "driver"))
      read_part (ctx, field.value, ISTH_ATTRIBUTE_SOFTWARE);
    else if (is_name (&field, "os"))
      read_part (ctx, field.value, ISTH_ATTRIBUTE_OS);
}

/* SCRAM (RFC 5802): "n,,n=USER,r=…". */
static void
read_user (const Field *payload,
           char *user,
           size_t size)
{
  const char *start = (const char *) payload->value.data;
  const char *at = payload->value.length > 5 ? g_strstr_len (start, payload->value.length, "n=") : NULL;
  const char *end = at ? memchr (at, ',', (size_t) (start + payload->value.length - at)) : NULL;

  if (end)
    isth_text_from_bytes (user, size, (const uint8_t *) at + 2, (size_t) (end - at - 2));
}

/* @early: with the first message already, which is answered on its own. */
static void
read_login (IsthDissectContext *ctx,
            uint32_t id,
            bool early,
            IsthCursor document)
{
  char mechanism[48] = "", user[80] = "", object[ISTH_LIMIT_TEXT];
  Field field;

  for (int i = 0; i < MOST_FIELDS && next_field (&document, &field); i++)
    if (is_name (&field, "mechanism"))
      to_text (&field, mechanism, sizeof mechanism);
    else if (is_name (&field, "payload") && field.type == BSON_BINARY)
      read_user (&field, user, sizeof user);
  isth_text_format (object, sizeof object, "%s%s%s%s%s", user[0] ? "user “" : "", user, user[0] ? "”, " : "", mechanism,
                    strcmp (mechanism, "PLAIN") == 0 ? ", password in clear" : "");
  isth_emit_request (ctx, &(IsthRequest) { .match = id, .no_answer = early, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "login", .object = object });
}

/* What a conversation begins with, and monitors say over and over. */
static bool
is_hello (const Field *command)
{
  return is_name (command, "hello") || is_name (command, "isMaster") || is_name (command, "ismaster");
}

static void
read_hello (IsthDissectContext *ctx,
            uint32_t id,
            IsthCursor document)
{
  Field field;

  for (int i = 0; i < MOST_FIELDS && next_field (&document, &field); i++)
    if (is_name (&field, "client") && field.type == BSON_DOCUMENT)
      read_client (ctx, field.value);
    else if (is_name (&field, "speculativeAuthenticate") && field.type == BSON_DOCUMENT)
      read_login (ctx, id, true, field.value);
}

static void
read_command (IsthDissectContext *ctx,
              MongodbState *state,
              uint32_t id,
              IsthCursor document)
{
  IsthCursor all = document;
  char name[48], collection[80] = "", object[ISTH_LIMIT_TEXT];
  IsthRequest request = { .match = id, .function = -1, .name = "command", .verb = ISTH_OP_OTHER, .object = object };
  Field field;
  bool named = next_field (&document, &field);

  isth_context_show (ctx, named ? field.name.data : all.data, named ? field.name.length : 0); /* passwords and documents follow */
  isth_emit_role_once (ctx, &state->met[0], "mongodb-client");
  if (!named)
    return;
  if (is_name (&field, "saslStart"))
    {
      read_login (ctx, id, false, all);
      return;
    }
  if (is_hello (&field))
    read_hello (ctx, id, document);
  request.key = isth_context_digest (ctx, isth_context_digest (ctx, 1, field.name.data, field.name.length), field.value.data,
                                     field.type == BSON_STRING ? field.value.length : 0);
  if (isth_emit_again (ctx, &request))
    return;
  isth_text_from_bytes (name, sizeof name, field.name.data, field.name.length);
  to_text (&field, collection, sizeof collection);
  for (size_t i = 0; i < G_N_ELEMENTS (readers); i++)
    if (strcmp (readers[i], name) == 0)
      request.verb = ISTH_OP_READ;
  isth_text_format (object, sizeof object, "%s%s%s", name, collection[0] ? " " : "", collection);
  isth_emit_request (ctx, &request);
}

/* Numbers and truths alike, as servers differ in what they send. */
static bool
is_zero (const Field *field)
{
  uint32_t n = field->value.length;

  if (field->type != BSON_DOUBLE && field->type != BSON_BOOLEAN && field->type != BSON_INT32 && field->type != BSON_INT64)
    return false;
  for (uint32_t i = 0; i < n; i++)
    if (field->value.data[i] != 0)
      return false;
  return n > 0;
}

static void
read_answer (IsthDissectContext *ctx,
             MongodbState *state,
             uint32_t answers,
             IsthCursor document)
{
  char text[160] = "", version[64] = "", system[96];
  bool failed = false;
  Field field;

  isth_emit_role_once (ctx, &state->met[1], "mongodb-server");
  for (int i = 0; i < MOST_FIELDS && next_field (&document, &field); i++)
    {
      if (is_name (&field, "ok"))
        failed = is_zero (&field);
      else if (is_name (&field, "errmsg"))
        to_text (&field, text, sizeof text);
      else if (is_name (&field, "version"))
        to_text (&field, version, sizeof version);
      else if (is_name (&field, "setName") && field.type == BSON_STRING)
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_DESCRIPTION, ISTH_CONFIDENCE_PARSED, field.value.data, field.value.length);
    }
  if (version[0])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, isth_text_format (system, sizeof system, "MongoDB %s", version), ISTH_CONFIDENCE_PARSED, NULL, 0);
  isth_emit_response (ctx, answers, failed ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, failed ? text : NULL, false);
}

static IsthDissectResult
mongodb_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  MongodbState *state = isth_context_state (ctx);
  uint32_t length, id, answers, code;
  IsthCursor document;
  bool server;

  if (!read_header (c, &length, &id, &answers, &code))
    return ISTH_DISSECT_NOT_MINE;
  if (code == OP_COMPRESSED)
    return ISTH_DISSECT_OK;
  isth_cursor_skip (c, 4); /* flags */
  if (code == OP_MSG && isth_cursor_u8 (c) != 0)
    return ISTH_DISSECT_OK; /* documents come first */
  if (code == OP_QUERY)
    {
      take_name (c);
      isth_cursor_skip (c, 8);
    }
  else if (code == OP_REPLY)
    isth_cursor_skip (c, 16);
  document = open_document (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  /* Some clients begin to count at 0, which then is what answers refer to. */
  server = answers != 0 || isth_context_direction (ctx) == ISTH_FROM_SERVER;
  isth_context_prove_direction (ctx, server ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  if (server)
    read_answer (ctx, state, answers, document);
  else
    read_command (ctx, state, id, document);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 27017 } };

const IsthDissector isth_dissector_mongodb = {
  .id = "mongodb", /* stored in project files: never change it */
  .title = "MongoDB",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software os description",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (MongodbState),
  .probe = mongodb_probe,
  .pdu_length = mongodb_pdu_length,
  .dissect = mongodb_dissect,
};
