/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fragments of DNP3's application layer (IEEE 1815-2012, 4): requests of masters, answers and spontaneous messages of outstations, secure authentication
 * (7). Function numbers are those of requests: what an outstation sends unasked carries none.
 *
 * A challenge (g120v1) answers nothing: the request it is about is answered once the master has proved itself. */
#include "analysis/dissectors/dnp3-application.h"

#include "analysis/dissectors/dnp3-files.h"
#include "analysis/dissectors/dnp3-link.h"
#include "analysis/dissectors/dnp3-objects.h"
#include "analysis/dissectors/dnp3-tables.h"
#include "analysis/dissectors/secret.h"

#define CONTROL_FIRST 0x80
#define SEQUENCE 0x0f

enum
{
  CONFIRM = 0,
  READ = 1,
  WRITE = 2,
  IMMEDIATE_FREEZE = 7,
  FREEZE_AND_CLEAR_NO_RESPONSE = 10,
  ENABLE_UNSOLICITED = 20,
  DISABLE_UNSOLICITED = 21,
  DELAY_MEASUREMENT = 23,
  AUTHENTICATE_FILE = 29,
  AUTHENTICATION_REQUEST = 32,
  UNSOLICITED_RESPONSE = 130,
  AUTHENTICATION_RESPONSE = 131,
};

enum
{
  GROUP_ATTRIBUTES = 0,
  GROUP_DEADBAND = 34,
  GROUP_TIME = 50,
  GROUP_CTO = 51,
  GROUP_FILE = 70,
  GROUP_INDICATIONS = 80,
  GROUP_TERMINAL_OUTPUT = 112,
  GROUP_TERMINAL_EVENT = 113,
  GROUP_AUTHENTICATION = 120,
};

const char *
isth_dnp3_child (char text[ISTH_DNP3_CHILD],
                 uint16_t outstation)
{
  return isth_dnp3_is_group (outstation) ? NULL : isth_text_format (text, ISTH_DNP3_CHILD, "dnp3-address:%u", outstation);
}

/* Authentication goes on beside the requests it is about, with the same sequence numbers. */
static uint64_t
get_match (const IsthDnp3Fragment *f,
           uint8_t sequence,
           bool authentication)
{
  return (uint64_t) f->outstation << 32 | (uint64_t) f->master << 16 | (uint64_t) authentication << 8 | sequence;
}

/* Where in the frame @n bytes of the fragment stand; those themselves when they came in several. */
static const uint8_t *
get_place (const IsthDnp3Fragment *f,
           const IsthCursor *value,
           uint32_t *n)
{
  uint32_t first = 1 + (uint32_t) (value->data + value->position - f->body.data); /* behind the transport octet */

  *n = isth_cursor_left (value);
  return f->frame ? isth_dnp3_place (f->frame, first, first + *n, n) : value->data + value->position;
}

/* What reading or writing is about decides what it is for. */
static IsthOp
choose_verb (const Dnp3Function *function,
             uint8_t code,
             int group)
{
  if (code != READ && code != WRITE)
    return function->verb;
  switch (group)
    {
    case GROUP_ATTRIBUTES:
      return code == READ ? ISTH_OP_IDENTIFY : ISTH_OP_CONFIGURE;
    case GROUP_DEADBAND:
      return code == READ ? ISTH_OP_READ : ISTH_OP_CONFIGURE;
    case GROUP_TIME:
    case GROUP_CTO:
      return code == READ ? ISTH_OP_READ : ISTH_OP_TIME_SYNC;
    case GROUP_FILE:
      return ISTH_OP_FILE;
    case GROUP_INDICATIONS:
      return code == READ ? ISTH_OP_DIAGNOSE : ISTH_OP_OTHER; /* only the restart indication can be written: it is cleared */
    case GROUP_AUTHENTICATION:
      return ISTH_OP_AUTHENTICATE;
    default:
      return function->verb;
    }
}

/* Where name and password are, behind the object's header of six bytes, and how long (IEEE 1815, A.25.2). */
static void
describe_login (IsthCursor c,
                char *text,
                size_t size)
{
  IsthCursor object;
  uint16_t at, n, secret;
  char name[64];

  isth_cursor_skip (&c, 6);
  object = isth_cursor_rest (&c);
  at = isth_cursor_le16 (&object);
  n = isth_cursor_le16 (&object);
  isth_cursor_skip (&object, 2);
  secret = isth_cursor_le16 (&object);
  if (object.failed || at < 12)
    return;
  isth_cursor_skip (&object, at - 8u);
  isth_text_from_bytes (name, sizeof name, isth_cursor_bytes (&object, n), n);
  if (!object.failed)
    isth_text_format (text, size, "user “%s”, password in clear (%s)", name, isth_secret_class (secret));
}

/* Says a request that was not made before, or not for long. */
static void
say_request (IsthDissectContext *ctx,
             const IsthDnp3Fragment *f,
             const Dnp3Function *function,
             const IsthCursor *objects,
             IsthRequest *request)
{
  char object[ISTH_LIMIT_TEXT] = "", whole[ISTH_LIMIT_TEXT], child[ISTH_DNP3_CHILD];
  int group = isth_cursor_peek (objects, 0);

  request->verb = choose_verb (function, (uint8_t) request->function, group);
  request->name = function->name;
  request->object = object;
  request->child = isth_dnp3_child (child, f->outstation);
  if (group == GROUP_FILE)
    isth_dnp3_describe_file (*objects, object, sizeof object);
  if (request->function == AUTHENTICATE_FILE)
    describe_login (*objects, object, sizeof object);
  if (object[0] == '\0')
    isth_dnp3_describe (*objects, function->carries, true, object, sizeof object);
  if (!request->child)
    {
      isth_text_format (whole, sizeof whole, "%s%sall outstations", object, object[0] ? ", " : "");
      request->object = whole;
    }
  isth_emit_request (ctx, request);
}

static bool
is_repeated (uint8_t function)
{
  return function == CONFIRM || function == READ || (function >= IMMEDIATE_FREEZE && function <= FREEZE_AND_CLEAR_NO_RESPONSE)
         || function == ENABLE_UNSOLICITED || function == DISABLE_UNSOLICITED || function == DELAY_MEASUREMENT;
}

/* Passwords for files (g70v2), what files hold (g70v5), and what is typed at virtual terminals: nothing behind the kind of object is shown. */
static void
hide_private (IsthDissectContext *ctx,
              const IsthDnp3Fragment *f,
              const IsthCursor *objects)
{
  int group = isth_cursor_peek (objects, 0), variation = isth_cursor_peek (objects, 1);
  IsthCursor head = f->body;
  uint32_t n;
  const uint8_t *at;

  if (!(group == GROUP_FILE && (variation == 2 || variation == 5)) && group != GROUP_TERMINAL_OUTPUT && group != GROUP_TERMINAL_EVENT)
    return;
  isth_cursor_limit (&head, objects->position - head.position + 2);
  at = get_place (f, &head, &n);
  isth_context_show (ctx, at, f->frame ? n : 0);
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              IsthDnp3File *file,
              const IsthDnp3Fragment *f,
              uint8_t control,
              uint8_t code)
{
  static const Dnp3Function reserved = { "reserved-function", ISTH_OP_OTHER };
  const Dnp3Function *function = code < sizeof dnp3_functions / sizeof *dnp3_functions ? &dnp3_functions[code] : &reserved;
  IsthCursor objects = f->body, walk;
  IsthRequest request = { .function = code, .no_answer = function->no_answer || isth_dnp3_is_group (f->outstation) };
  IsthDnp3Header header;
  uint64_t who = (uint64_t) f->outstation << 16 | f->master;

  isth_cursor_skip (&objects, 2);
  hide_private (ctx, f, &objects);
  if (code == AUTHENTICATION_REQUEST && isth_cursor_peek (&objects, 1) == 2)
    request.no_answer = true; /* what comes next answers the request that was challenged */
  request.match = get_match (f, control & SEQUENCE, code == AUTHENTICATION_REQUEST);
  request.memo[0] = isth_cursor_peek (&objects, 0) == GROUP_FILE;
  if (is_repeated (code) && f->body.length == f->body.wire)
    request.key = isth_context_digest (ctx, who, f->body.data + 1, f->body.length - 1);
  if (!isth_emit_again (ctx, &request))
    say_request (ctx, f, function, &objects, &request);
  isth_dnp3_file_asked (ctx, file, f, code, objects);

  for (walk = objects; isth_dnp3_next_header (&walk, function->carries, &header);)
    continue;
  return walk.failed && !walk.cut ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

/* A message that nobody asked for: the kinds of events in it, without their points. */
static void
say_unsolicited (IsthDissectContext *ctx,
                 const IsthDnp3Fragment *f,
                 const IsthCursor *objects)
{
  char object[ISTH_LIMIT_TEXT], child[ISTH_DNP3_CHILD];
  IsthEndpoint source = isth_context_sender (ctx);
  IsthRequest request = {
    .no_answer = true,
    .verb = ISTH_OP_REPORT,
    .function = -1,
    .name = "unsolicited-response",
    .object = object,
    .source = &source,
  };

  source.child = isth_dnp3_child (child, f->outstation);
  isth_dnp3_describe (*objects, true, false, object, sizeof object);
  isth_emit_request (ctx, &request);
}

/* Why the outstation refused, by its internal indications (4.2.2.6); NULL when it did not. */
static const char *
get_refusal (uint16_t indications)
{
  static const struct { uint16_t bit; const char *text; } refusals[] = {
    { 0x0001, "function code not supported" },
    { 0x0002, "object unknown" },
    { 0x0004, "parameter error" },
    { 0x0010, "operation already executing" },
  };

  for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
    if (indications & refusals[i].bit)
      return refusals[i].text;
  return NULL;
}

/* What it says of itself in passing, and deserves to be read. */
static const char *
format_trouble (uint16_t indications,
                char *text,
                size_t size)
{
  static const struct { uint16_t bit; const char *text; } troubles[] = {
    { 0x4000, "device trouble" },
    { 0x2000, "outputs in local control" },
    { 0x0020, "configuration corrupt" },
  };
  char whole[96];

  text[0] = '\0';
  for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++)
    if (indications & troubles[i].bit)
      {
        isth_text_format (whole, sizeof whole, "%s%s%s", text, text[0] ? ", " : "", troubles[i].text);
        isth_text_format (text, size, "%s", whole);
      }
  return text[0] ? text : NULL;
}

/* Group 0 (A.1): what an outstation says it is. The text types are visible strings (1). */
static void
read_attributes (IsthDissectContext *ctx,
                 const IsthDnp3Fragment *f,
                 IsthDnp3Header *header)
{
  static const struct { uint8_t variation; uint8_t attribute; } meaning[] = {
    { 208, ISTH_ATTRIBUTE_DESCRIPTION }, { 242, ISTH_ATTRIBUTE_FIRMWARE }, { 243, ISTH_ATTRIBUTE_HARDWARE }, { 245, ISTH_ATTRIBUTE_LOCATION },
    { 246, ISTH_ATTRIBUTE_PLANT_TAG }, { 247, ISTH_ATTRIBUTE_NAME },   { 248, ISTH_ATTRIBUTE_SERIAL },    { 250, ISTH_ATTRIBUTE_MODEL },
    { 252, ISTH_ATTRIBUTE_VENDOR },
  };
  IsthEndpoint outstation = isth_context_sender (ctx);
  char child[ISTH_DNP3_CHILD], text[ISTH_LIMIT_TEXT];
  IsthCursor value;
  uint32_t index, n;

  outstation.child = isth_dnp3_child (child, f->outstation);
  for (size_t i = 0; i < sizeof meaning / sizeof *meaning; i++)
    if (meaning[i].variation == header->variation && isth_dnp3_next_object (header, &index, &value))
      {
        uint8_t type = isth_cursor_u8 (&value);
        const uint8_t *place;

        isth_cursor_skip (&value, 1);
        if (value.failed || type != 1 || index != 0) /* other sets of attributes are privately defined */
          return;
        place = get_place (f, &value, &n);
        isth_text_from_string (text, sizeof text, value.data + value.position, isth_cursor_left (&value));
        isth_emit_claim (ctx, &outstation, (IsthAttribute) meaning[i].attribute, text, ISTH_CONFIDENCE_PARSED, place, n);
        return;
      }
}

/* What an authentication response says; settles what it answers. */
static void
read_authentication (IsthDissectContext *ctx,
                     const IsthDnp3Fragment *f,
                     uint8_t sequence,
                     IsthDnp3Header *header)
{
  const char *refused = NULL;
  IsthCursor value;
  uint32_t index;

  if (header->group != GROUP_AUTHENTICATION || !isth_dnp3_next_object (header, &index, &value) || header->variation == 1)
    return;
  if (header->variation == 5) /* session key status: sequence, user, algorithm, status */
    {
      isth_cursor_skip (&value, 7);
      refused = isth_dnp3_key_status (isth_cursor_u8 (&value));
      /* Asked for the status, "not initialized" is an answer as good as any. */
      isth_emit_response (ctx, get_match (f, sequence, true), ISTH_OUTCOME_OK, refused, false);
      return;
    }
  if (header->variation == 7) /* error: sequence, user, association, code */
    {
      isth_cursor_skip (&value, 8);
      refused = isth_dnp3_authentication_error (isth_cursor_u8 (&value));
    }
  if (!isth_emit_response (ctx, get_match (f, sequence, true), refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, refused, false) && refused)
    isth_emit_response (ctx, get_match (f, sequence, false), ISTH_OUTCOME_REFUSED, refused, false);
}

static IsthDissectResult
read_response (IsthDissectContext *ctx,
               IsthDnp3File *file,
               const IsthDnp3Fragment *f,
               uint8_t control,
               uint8_t code)
{
  IsthCursor objects = f->body, walk;
  IsthDnp3Header header;
  const IsthPending *asked = NULL;
  uint16_t indications;
  const char *refused;
  char trouble[96];

  isth_cursor_skip (&objects, 2);
  indications = isth_cursor_be16 (&objects);
  if (objects.failed)
    return ISTH_DISSECT_MALFORMED;
  hide_private (ctx, f, &objects);
  if (code == UNSOLICITED_RESPONSE)
    {
      say_unsolicited (ctx, f, &objects);
      return ISTH_DISSECT_OK;
    }
  refused = get_refusal (indications);
  if (!refused)
    refused = isth_dnp3_find_refused (objects);
  if (!refused)
    refused = isth_dnp3_file_refused (objects);
  if (code != AUTHENTICATION_RESPONSE && (control & CONTROL_FIRST))
    asked = isth_emit_response (ctx, get_match (f, control & SEQUENCE, false), refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                                refused ? refused : format_trouble (indications, trouble, sizeof trouble), false);
  if (asked && asked->memo[0] != 0)
    isth_dnp3_file_answered (ctx, file, f, objects, refused);

  for (walk = objects; isth_dnp3_next_header (&walk, true, &header);)
    {
      if (header.group == GROUP_ATTRIBUTES)
        read_attributes (ctx, f, &header);
      else if (code == AUTHENTICATION_RESPONSE)
        read_authentication (ctx, f, control & SEQUENCE, &header);
    }
  return walk.failed && !walk.cut ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

IsthDissectResult
isth_dnp3_read_fragment (IsthDissectContext *ctx,
                         IsthDnp3File *file,
                         const IsthDnp3Fragment *f)
{
  IsthCursor c = f->body;
  uint8_t control = isth_cursor_u8 (&c);
  uint8_t code = isth_cursor_u8 (&c);

  if (c.failed)
    return ISTH_DISSECT_MALFORMED;
  return isth_dnp3_is_response (code) ? read_response (ctx, file, f, control, code) : read_request (ctx, file, f, control, code);
}
