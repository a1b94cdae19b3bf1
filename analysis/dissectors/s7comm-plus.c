/* SPDX-License-Identifier: GPL-3.0-or-later */
/* S7comm-plus of SIMATIC S7-1200 and S7-1500 (protocol id 0x72 on ISO transport, versions 1 to 3): sessions, variables, subscriptions, operating mode.
 * Siemens never published it; numbers and names are those that public analyses give them.
 *
 * What it cannot say: names of variables are in the engineering project, only their numbers go over the wire; what is inside TLS (since TIA Portal V17,
 * inside ISO transport); the bytes of a program that is loaded, of which only the creation and deletion of blocks is named, and one that is fetched. A message
 * in several fragments is read as far as its first one goes. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/s7-connection.h"
#include "analysis/dissectors/s7comm-plus-object.h"
#include "analysis/dissectors/s7comm-plus-value.h"

#define PROTOCOL_ID 0x72
#define DIGEST 32      /* bytes of what proves that a message is whole */
#define NO_ANSWER 0x40 /* in a request's flags */

enum
{
  VERSION_DIGEST_FIRST = 3,
  VERSION_EVENT = 0xfe,
  VERSION_KEEP_ALIVE = 0xff,
};

enum
{
  REQUEST = 0x31,
  RESPONSE = 0x32,
  NOTIFICATION = 0x33,
  RESPONSE_CYCLIC = 0x02,
};

enum
{
  EXPLORE = 0x04bb,
  CREATE_OBJECT = 0x04ca,
  DELETE_OBJECT = 0x04d4,
  SET_VARIABLE = 0x04f2,
  GET_VARIABLE = 0x04fc,
  SET_MULTI_VARIABLES = 0x0542,
  GET_MULTI_VARIABLES = 0x054c,
  SET_SUBSTREAMED = 0x057c,
  GET_SUBSTREAMED = 0x0586,
};

enum
{
  OBJECT_HARDWARE = 2,
  OBJECT_PROGRAM = 3,
  OBJECT_EXECUTION_UNIT = 52,
  ATTRIBUTE_SESSION_RESPONSE = 304,
  ATTRIBUTE_SESSION_VERSION = 306,
  ATTRIBUTE_SUBSCRIPTION_FIRST = 1001,
  ATTRIBUTE_SUBSCRIPTION_LAST = 1082,
  ATTRIBUTE_LEGITIMATE = 1846,
  ATTRIBUTE_STATE_REQUEST = 2167,
  ATTRIBUTE_STATE = 3486,
};

static const struct
{
  uint16_t code;
  IsthOp verb;
  const char *name;
} functions[] = {
  { 0x04b1, ISTH_OP_OTHER, "error" },
  { EXPLORE, ISTH_OP_IDENTIFY, "explore" },
  { CREATE_OBJECT, ISTH_OP_OTHER, "create-object" },
  { DELETE_OBJECT, ISTH_OP_OTHER, "delete-object" },
  { SET_VARIABLE, ISTH_OP_WRITE, "set-variable" },
  { GET_VARIABLE, ISTH_OP_READ, "get-variable" },
  { 0x0506, ISTH_OP_CONFIGURE, "add-link" },
  { 0x051a, ISTH_OP_CONFIGURE, "remove-link" },
  { 0x0524, ISTH_OP_READ, "get-link" },
  { SET_MULTI_VARIABLES, ISTH_OP_WRITE, "set-multi-variables" },
  { GET_MULTI_VARIABLES, ISTH_OP_READ, "get-multi-variables" },
  { 0x0556, ISTH_OP_OTHER, "begin-sequence" },
  { 0x0560, ISTH_OP_OTHER, "end-sequence" },
  { 0x056b, ISTH_OP_OTHER, "invoke" },
  { SET_SUBSTREAMED, ISTH_OP_WRITE, "set-var-substreamed" },
  { GET_SUBSTREAMED, ISTH_OP_READ, "get-var-substreamed" },
  { 0x0590, ISTH_OP_READ, "get-variables-address" },
  { 0x059a, ISTH_OP_OTHER, "abort" },
  { 0x05b3, ISTH_OP_OTHER, "init-ssl" },
};

typedef struct
{
  bool ends_known;
  bool encrypted;       /* that was said */
  bool inside[2];       /* a message of this direction goes on in the next fragment; by the order of the ends' addresses */
} S7pState;

/* TLS records inside ISO transport: a handshake that begins is enough to tell. */
static bool
is_tls (const IsthCursor *c)
{
  int type = isth_cursor_peek (c, 0);

  return type >= 0x14 && type <= 0x17 && isth_cursor_peek (c, 1) == 3 && isth_cursor_peek (c, 2) <= 4;
}

static IsthProbe
s7p_probe (IsthCursor        c,
           const IsthPacket *packet)
{
  uint32_t wire = isth_cursor_wire_left (&c);
  uint32_t length;
  uint8_t version;

  (void) packet;
  if (is_tls (&c))
    return isth_cursor_peek (&c, 0) == 0x16 && (isth_cursor_peek (&c, 5) == 1 || isth_cursor_peek (&c, 5) == 2) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
  if (isth_cursor_u8 (&c) != PROTOCOL_ID)
    return ISTH_PROBE_NO;
  version = isth_cursor_u8 (&c);
  length = isth_cursor_be16 (&c);
  if (c.failed || (version != 1 && version != 2 && version != VERSION_DIGEST_FIRST && version < VERSION_EVENT))
    return ISTH_PROBE_NO;
  return wire == length + 4 || wire == length + 8 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

/* What attribute @id of @object is, when it is more than a variable. */
static void
judge_attribute (uint32_t     object,
                 uint32_t     id,
                 IsthRequest *request)
{
  if (request->verb != ISTH_OP_WRITE && request->verb != ISTH_OP_OTHER)
    return;
  if (id == ATTRIBUTE_SESSION_RESPONSE || id == ATTRIBUTE_LEGITIMATE)
    {
      request->verb = ISTH_OP_AUTHENTICATE;
      request->name = "legitimate";
    }
  else if (id == ATTRIBUTE_SESSION_VERSION)
    {
      request->verb = ISTH_OP_OTHER;
      request->name = "set-up-session";
    }
  else if (id >= ATTRIBUTE_SUBSCRIPTION_FIRST && id <= ATTRIBUTE_SUBSCRIPTION_LAST)
    request->verb = ISTH_OP_SUBSCRIBE;
  else if (object == OBJECT_EXECUTION_UNIT && id == ATTRIBUTE_STATE_REQUEST)
    request->verb = ISTH_OP_CONTROL;
  else if (object >> 28 == 7) /* the session itself: nothing of the plant */
    request->verb = ISTH_OP_OTHER;
}

/* Sessions and subscriptions have another number each time, which would make an object of each. */
static void
describe_attribute (uint32_t object,
                    uint32_t id,
                    char    *text,
                    size_t   size)
{
  char name[48];

  if (id == ATTRIBUTE_SESSION_VERSION || id == ATTRIBUTE_SESSION_RESPONSE || id == ATTRIBUTE_LEGITIMATE)
    isth_text_format (text, size, "session");
  else if (strcmp (text, "session") == 0)
    return;
  else if (object >> 28 == 7)
    isth_text_format (text, size, "%s attribute %u",
                      id >= ATTRIBUTE_SUBSCRIPTION_FIRST && id <= ATTRIBUTE_SUBSCRIPTION_LAST ? "subscription" : "session", id);
  else
    isth_text_format (text, size, "%s attribute %u", isth_s7p_describe_object (name, sizeof name, object), id);
}

/* Many variables: of an object by its attributes, or from anywhere by full addresses. */
static bool
describe_multi (IsthCursor  *c,
                IsthRequest *request,
                char        *text,
                size_t       size)
{
  uint32_t object = isth_cursor_be32 (c);
  uint32_t count = isth_s7p_u32 (c);
  uint32_t fields = isth_s7p_u32 (c);
  IsthS7pAddresses addresses;

  if (object == 0)
    {
      bool good = isth_s7p_read_addresses (c, count, &addresses, text, size);

      request->memo[0] = addresses.count;
      request->memo[1] = addresses.state_item;
      return good;
    }
  request->memo[0] = count;
  for (uint32_t i = 0; i < fields && !c->failed; i++)
    {
      uint32_t id = isth_s7p_u32 (c);

      if (c->failed)
        return false;
      judge_attribute (object, id, request);
      if (i == 0 || request->verb != ISTH_OP_WRITE)
        describe_attribute (object, id, text, size);
    }
  return true;
}

/* The value that is set decides: 1 stops, 3 starts. */
static void
describe_mode (IsthCursor  *c,
               IsthRequest *request,
               char        *text,
               size_t       size)
{
  IsthS7pValue value;

  if (!isth_s7p_read_value (c, &value) || !value.is_number)
    return;
  request->name = value.number == 1 ? "stop" : value.number == 3 ? "start" : "change-mode";
  if (value.number != 1 && value.number != 3)
    isth_text_format (text, size, "mode %u", (unsigned) value.number);
  else
    text[0] = '\0';
}

static bool
describe_single (IsthCursor  *c,
                 IsthRequest *request,
                 char        *text,
                 size_t       size)
{
  uint32_t object = isth_cursor_be32 (c);
  uint32_t id;

  if (request->function == GET_SUBSTREAMED || request->function == SET_SUBSTREAMED)
    isth_cursor_skip (c, 2); /* the path is an array of numbers */
  isth_s7p_u32 (c);
  id = isth_s7p_u32 (c);
  if (c->failed)
    return false;
  judge_attribute (object, id, request);
  describe_attribute (object, id, text, size);
  if (request->verb == ISTH_OP_CONTROL)
    describe_mode (c, request, text, size);
  request->memo[1] = object == OBJECT_EXECUTION_UNIT && id == ATTRIBUTE_STATE;
  return true;
}

/* Where an object is made, and of what class, tells what for. */
static bool
describe_creation (IsthDissectContext *ctx,
                   IsthCursor         *c,
                   IsthRequest        *request,
                   char               *text,
                   size_t              size)
{
  uint32_t container = isth_cursor_be32 (c);
  IsthS7pValue value;
  IsthS7pObject object;
  char place[48];

  if (!isth_s7p_read_value (c, &value))
    return false;
  isth_cursor_skip (c, 4);
  isth_s7p_read_object (ctx, c, false, &object);
  isth_s7p_describe_object (place, sizeof place, container);
  if (object.class_id == S7P_CLASS_SESSION)
    {
      request->name = "create-session";
      isth_text_format (text, size, "session");
    }
  else if (object.class_id == S7P_CLASS_SUBSCRIPTION)
    {
      request->verb = ISTH_OP_SUBSCRIBE;
      isth_text_format (text, size, "subscription");
    }
  else if (container == OBJECT_PROGRAM || object.class_id == S7P_CLASS_DB)
    {
      request->verb = ISTH_OP_PROGRAM;
      request->memo[0] = 1;
      isth_text_format (text, size, object.name[0] ? "block \"%s\"" : "block%s", object.name);
    }
  else
    {
      request->verb = container == OBJECT_HARDWARE ? ISTH_OP_CONFIGURE : request->verb;
      isth_text_format (text, size, "class %u in %s", object.class_id, place);
    }
  return true;
}

static bool
describe_request (IsthDissectContext *ctx,
                  IsthCursor         *c,
                  IsthRequest        *request,
                  char               *text,
                  size_t              size)
{
  uint32_t object;

  switch (request->function)
    {
    case CREATE_OBJECT:
      return describe_creation (ctx, c, request, text, size);
    case SET_MULTI_VARIABLES:
    case GET_MULTI_VARIABLES:
      return describe_multi (c, request, text, size);
    case SET_VARIABLE:
    case GET_VARIABLE:
    case GET_SUBSTREAMED:
    case SET_SUBSTREAMED:
      return describe_single (c, request, text, size);
    case DELETE_OBJECT:
    case EXPLORE:
      object = isth_cursor_be32 (c);
      if (c->failed)
        return false;
      if (object >> 16 >= 0x8a00 && object >> 16 < 0x9000 && request->function == DELETE_OBJECT)
        request->verb = ISTH_OP_PROGRAM;
      if (object >> 28 == 7 || (request->function == DELETE_OBJECT && object < 0x1000))
        isth_text_format (text, size, "session or subscription");
      else
        isth_s7p_describe_object (text, size, object);
      return true;
    default:
      return true;
    }
}

/* What is polled all day differs in numbers and proofs only: how many bytes of its addresses decide. 0: it is something else. */
static uint32_t
measure_addresses (IsthCursor c,
                   int64_t    function)
{
  uint32_t start = c.position, fields;

  if (function != GET_MULTI_VARIABLES)
    return 0;
  isth_cursor_skip (&c, 4);
  isth_s7p_u32 (&c);
  fields = isth_s7p_u32 (&c);
  for (uint32_t i = 0; i < fields && !c.failed; i++)
    isth_s7p_u32 (&c);
  return c.failed ? 0 : c.position - start;
}

/* Says a request that was not given before, or not for long. */
static bool
say_request (IsthDissectContext *ctx,
             IsthCursor         *c,
             IsthRequest        *request)
{
  char object[ISTH_LIMIT_TEXT] = "";
  const uint8_t *start = c->data + c->position;
  bool good = describe_request (ctx, c, request, object, sizeof object);

  request->object = object;
  if (request->verb == ISTH_OP_AUTHENTICATE) /* what is made of the password follows */
    isth_context_show (ctx, start, MIN (isth_cursor_left (c), 4));
  if (!good || request->memo[1] != 0)
    request->key = 0; /* its answer needs the memo */
  isth_emit_request (ctx, request);
  if (request->function == CREATE_OBJECT && request->memo[0] != 0)
    isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN,
                        &(IsthTransfer){ .verb = ISTH_OP_PROGRAM, .match = request->match, .object = object, .bytes = c->wire });
  return good;
}

static bool
read_request (IsthDissectContext *ctx,
              IsthCursor         *c)
{
  IsthRequest request = { .verb = ISTH_OP_OTHER, .name = "unknown-function" };
  uint32_t n;
  uint8_t flags;

  isth_cursor_skip (c, 2);
  request.function = isth_cursor_be16 (c);
  isth_cursor_skip (c, 2);
  request.match = isth_cursor_be16 (c);
  isth_cursor_skip (c, 4); /* session */
  flags = isth_cursor_u8 (c);
  if (c->failed)
    return false;
  request.no_answer = flags & NO_ANSWER;
  for (size_t i = 0; i < G_N_ELEMENTS (functions); i++)
    if (functions[i].code == request.function)
      {
        request.verb = functions[i].verb;
        request.name = functions[i].name;
      }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  n = measure_addresses (*c, request.function);
  if (n > 0)
    {
      IsthCursor addresses = *c;

      request.key = isth_context_digest (ctx, 0, isth_cursor_bytes (&addresses, n), n);
    }
  return isth_emit_again (ctx, &request) || say_request (ctx, c, &request);
}

static const char *
format_error (char   *text,
              size_t  size,
              int16_t code)
{
  return code == -12 ? "object not found" : isth_text_format (text, size, "error %d", code);
}

static void
read_state (IsthDissectContext *ctx,
            const IsthS7pValue *value)
{
  const char *state = value->number == 8 ? "run" : value->number == 4 ? "stop" : NULL;

  if (value->is_number && state)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, state, ISTH_CONFIDENCE_PARSED, NULL, 0);
}

/* Numbered values, and then numbered errors. False when they contradict themselves. */
static bool
read_values (IsthDissectContext *ctx,
             IsthCursor         *c,
             uint64_t            state_item,
             uint32_t           *refused,
             int16_t            *error)
{
  IsthS7pValue value;
  uint32_t item;

  while ((item = isth_s7p_u32 (c)) != 0 && !c->failed)
    {
      if (!isth_s7p_read_value (c, &value))
        return false;
      if (item == state_item)
        read_state (ctx, &value);
    }
  while (isth_s7p_u32 (c) != 0 && !c->failed)
    {
      *error = (int16_t) isth_s7p_u64 (c);
      (*refused)++;
    }
  return !c->failed;
}

static void
read_answer_content (IsthDissectContext *ctx,
                     IsthCursor         *c,
                     int64_t             function,
                     const IsthPending  *asked)
{
  IsthS7pObject object;
  IsthS7pValue value;
  uint8_t ids;

  switch (function)
    {
    case CREATE_OBJECT:
      ids = isth_cursor_u8 (c);
      for (uint32_t i = 0; i < ids; i++)
        isth_s7p_u32 (c);
      isth_s7p_read_object (ctx, c, true, &object);
      break;
    case GET_SUBSTREAMED:
      isth_cursor_skip (c, 1);
      if (isth_s7p_read_value (c, &value) && value.bytes && value.type == S7P_BLOB)
        isth_s7p_read_maintenance (ctx, value.bytes, value.n_bytes);
      if (asked && asked->memo[1] != 0 && !c->failed)
        read_state (ctx, &value);
      break;
    default:
      break;
    }
}

static bool
read_answer (IsthDissectContext *ctx,
             S7pState           *state,
             IsthCursor         *c)
{
  char text[64], other[32];
  int64_t function;
  uint64_t match;
  int16_t code, error = 0;
  uint32_t refused = 0;
  bool good = true;
  const IsthPending *asked;
  IsthCursor items;

  isth_cursor_skip (c, 2);
  function = isth_cursor_be16 (c);
  isth_cursor_skip (c, 2);
  match = isth_cursor_be16 (c);
  isth_cursor_skip (c, 1);
  code = (int16_t) isth_s7p_u64 (c);
  if (c->failed)
    return false;

  text[0] = '\0';
  items = *c;
  if (code < 0)
    isth_text_format (text, sizeof text, "%s", format_error (other, sizeof other, code));
  else if (function == GET_MULTI_VARIABLES)
    {
      good = read_values (ctx, &items, 0, &refused, &error);
      if (good && refused > 0)
        isth_text_format (text, sizeof text, "%s (%u items)", format_error (other, sizeof other, error), refused);
    }
  asked = isth_emit_response (ctx, match, text[0] ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, text, false);
  isth_s7_note_ends (ctx, &state->ends_known);
  if (function == GET_MULTI_VARIABLES && asked && asked->memo[1] != 0 && good)
    read_values (ctx, c, asked->memo[1], &refused, &error);
  else if (code >= 0)
    read_answer_content (ctx, c, function, asked);
  if (function == CREATE_OBJECT && asked && asked->memo[0] != 0)
    isth_emit_transfer (ctx, code < 0 ? ISTH_TRANSFER_ABORT : ISTH_TRANSFER_END,
                        &(IsthTransfer){ .verb = ISTH_OP_PROGRAM, .match = match, .by_device = true, .text = code < 0 ? text : NULL });
  return good;
}

/* What was subscribed, time and again; the number of the subscription is another one each time. */
static bool
read_notification (IsthDissectContext *ctx,
                   S7pState           *state,
                   IsthCursor         *c)
{
  const uint8_t *subscription = isth_cursor_bytes (c, 4);
  char object[32];
  IsthRequest request = {
    .no_answer = true,
    .verb = ISTH_OP_REPORT,
    .function = -1,
    .name = "notification",
    .object = object,
  };

  if (!subscription)
    return false;
  isth_s7_note_ends (ctx, &state->ends_known);
  request.key = isth_context_digest (ctx, NOTIFICATION, subscription, 4);
  if (isth_emit_again (ctx, &request))
    return true;
  isth_text_format (object, sizeof object, "subscription 0x%02x%02x%02x%02x", subscription[0], subscription[1], subscription[2], subscription[3]);
  isth_emit_request (ctx, &request);
  return true;
}

static bool
read_message (IsthDissectContext *ctx,
              S7pState           *state,
              IsthCursor         *c)
{
  switch (isth_cursor_u8 (c))
    {
    case REQUEST:
      return read_request (ctx, c);
    case RESPONSE:
    case RESPONSE_CYCLIC:
      return read_answer (ctx, state, c);
    case NOTIFICATION:
      return read_notification (ctx, state, c);
    default:
      return false;
    }
}

/* The controller says something of itself: that it ends the session. */
static void
read_event (IsthDissectContext *ctx,
            IsthCursor         *c)
{
  char object[32];
  uint32_t n;

  isth_cursor_skip (c, 16);
  n = c->failed ? 0 : isth_cursor_left (c);
  isth_text_from_bytes (object, sizeof object, isth_cursor_bytes (c, n), n);
  isth_emit_request (ctx, &(IsthRequest){
                            .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .name = "system-event", .object = object });
}

static IsthDissectResult
read_tls (IsthDissectContext *ctx,
          S7pState           *state)
{
  if (!state->encrypted)
    isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_OTHER, .function = -1, .name = "tls", .object = "encrypted session" });
  state->encrypted = true;
  return ISTH_DISSECT_OK;
}

/* By the order of the two ends' addresses. */
static bool *
get_inside (IsthDissectContext *ctx,
            S7pState           *state)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  int order = isth_address_compare (&packet->source, &packet->target);

  if (order == 0)
    order = packet->source_port < packet->target_port ? -1 : 1;
  return &state->inside[order > 0];
}

static IsthDissectResult
s7p_dissect (IsthCursor         *c,
             IsthDissectContext *ctx)
{
  S7pState *state = isth_context_state (ctx);
  bool *inside = get_inside (ctx, state);
  bool further = *inside;
  uint8_t version;
  uint16_t length;
  IsthCursor message;
  bool good;

  if (is_tls (c))
    return read_tls (ctx, state);
  if (isth_cursor_u8 (c) != PROTOCOL_ID && !c->failed)
    return ISTH_DISSECT_NOT_MINE;
  version = isth_cursor_u8 (c);
  length = isth_cursor_be16 (c);
  message = isth_cursor_take (c, length);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (version >= VERSION_EVENT)
    {
      if (version == VERSION_EVENT)
        read_event (ctx, &message);
      return ISTH_DISSECT_OK;
    }
  if (version == 0 || version > VERSION_DIGEST_FIRST)
    return ISTH_DISSECT_MALFORMED;

  *inside = isth_cursor_wire_left (c) == 0; /* the last fragment has a trailer behind it */
  if (further)
    return ISTH_DISSECT_OK;
  if (version == VERSION_DIGEST_FIRST && isth_cursor_peek (&message, 0) == DIGEST)
    isth_cursor_skip (&message, 1 + DIGEST);
  good = read_message (ctx, state, &message);
  return good || *inside ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static const IsthBinding bindings[] = { { ISTH_BIND_COTP, 0 } };

const IsthDissector isth_dissector_s7comm_plus = {
  .id = "s7comm-plus", /* stored in project files: never change it */
  .title = N_("S7comm-plus"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor vendor_id order_number serial firmware hardware hostname software state kind",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (S7pState),
  .probe = s7p_probe,
  .dissect = s7p_dissect,
};
