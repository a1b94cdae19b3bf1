/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP/2 in clear (RFC 9113): what is asked of which host and path, with which program, and who serves. Header blocks that go on in further frames are read
 * with these, up to LONGEST_BLOCK bytes: of longer ones the beginning, and from there on what a side sent before is not looked up any more. Of pushed
 * answers nothing is told. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/hpack.h"

#define PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
#define PREFACE_LENGTH 24
#define HEADER 9
#define LARGEST (1u << 18)
#define MOST_FIELDS 64
#define MOST_FRAMES 64 /* of one block */
#define LONGEST_BLOCK 8192
#define TYPE_HEADERS 1
#define TYPE_PUSH 5
#define TYPE_CONTINUATION 9
#define LAST_TYPE 16
#define FLAG_END_HEADERS 0x04
#define FLAG_PADDED 0x08
#define FLAG_PRIORITY 0x20

typedef struct
{
  bool begun;
  bool met[2]; /* the client, the server */
  IsthHpackTable *tables[2];
} Http2State;

/* What a header says, as far as it matters. */
typedef struct
{
  char method[16], status[8];
  char path[ISTH_HPACK_VALUE], authority[ISTH_HPACK_VALUE], program[ISTH_HPACK_VALUE]; /* the program is the agent, or the server */
  bool login;
} Fields;

static bool
is_preface (const IsthCursor *c)
{
  return isth_cursor_left (c) >= PREFACE_LENGTH && memcmp (c->data + c->position, PREFACE, PREFACE_LENGTH) == 0;
}

static IsthProbe
http2_probe (IsthCursor c,
             const IsthPacket *packet)
{
  (void) packet;
  return is_preface (&c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

typedef struct
{
  uint32_t length, stream;
  uint8_t type, flags;
} Frame;

static Frame
read_frame (IsthCursor *c)
{
  Frame frame;

  frame.length = isth_cursor_be24 (c);
  frame.type = isth_cursor_u8 (c);
  frame.flags = isth_cursor_u8 (c);
  frame.stream = isth_cursor_be32 (c) & 0x7fffffff;
  return frame;
}

/* Whether further frames belong to the block that @frame begins, or goes on with. */
static bool
goes_on (const Frame *frame)
{
  return (frame->type == TYPE_HEADERS || frame->type == TYPE_PUSH || frame->type == TYPE_CONTINUATION) && !(frame->flags & FLAG_END_HEADERS);
}

/* A frame; of a header block all of its frames, between which there may be no others (6.10). */
static uint32_t
http2_pdu_length (IsthCursor c)
{
  uint32_t length = 0;
  Frame frame;

  if (isth_cursor_left (&c) >= HEADER && memcmp (c.data + c.position, PREFACE, HEADER) == 0)
    return PREFACE_LENGTH;
  for (int n = 0; n < MOST_FRAMES; n++)
    {
      if (isth_cursor_left (&c) < HEADER)
        return ISTH_PDU_MORE;
      frame = read_frame (&c);
      if (n > 0 && frame.type != TYPE_CONTINUATION)
        break;
      length += HEADER + frame.length;
      if (length >= LARGEST || frame.type > LAST_TYPE)
        return ISTH_PDU_INVALID;
      if (!goes_on (&frame))
        break;
      isth_cursor_skip (&c, MIN (frame.length, isth_cursor_left (&c)));
    }
  return length;
}

/* Of each block of a side, in its turn. */
static void
read_fields (IsthCursor c,
             IsthHpackTable *table,
             Fields *fields)
{
  IsthHpackField field;
  int n = 0;

  *fields = (Fields) { .login = false };
  for (; n < MOST_FIELDS && isth_hpack_next (&c, table, &field); n++)
    if (!field.name)
      continue;
    else if (strcmp (field.name, ":method") == 0)
      g_strlcpy (fields->method, field.value, sizeof fields->method);
    else if (strcmp (field.name, ":path") == 0)
      g_strlcpy (fields->path, field.value, sizeof fields->path);
    else if (strcmp (field.name, ":authority") == 0)
      g_strlcpy (fields->authority, field.value, sizeof fields->authority);
    else if (strcmp (field.name, ":status") == 0)
      g_strlcpy (fields->status, field.value, sizeof fields->status);
    else if (strcmp (field.name, "user-agent") == 0 || strcmp (field.name, "server") == 0)
      g_strlcpy (fields->program, field.value, sizeof fields->program);
    else if (strcmp (field.name, "authorization") == 0)
      fields->login = true;
  if (isth_cursor_wire_left (&c) > 0) /* more than is read, cut, or lies */
    table->lost = true;
}

static uint64_t
digest_text (const IsthDissectContext *ctx,
             uint64_t before,
             const char *text)
{
  return isth_context_digest (ctx, before, text, strlen (text));
}

/* What a request says of both ends. */
static void
claim_fields (IsthDissectContext *ctx,
              Fields *fields)
{
  IsthEndpoint server = isth_context_receiver (ctx);
  char *port = strrchr (fields->authority, ':');

  if (port)
    *port = '\0';
  if (strspn (fields->authority, "0123456789.[]:") != strlen (fields->authority)) /* a name, no address */
    isth_emit_claim (ctx, &server, ISTH_ATTRIBUTE_HOSTNAME, fields->authority, ISTH_CONFIDENCE_REPORTED, NULL, 0);
  if (fields->program[0])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, fields->program, ISTH_CONFIDENCE_BANNER, NULL, 0);
}

static void
read_request (IsthDissectContext *ctx,
              Http2State *state,
              uint32_t stream,
              Fields *fields,
              const uint8_t *block)
{
  char object[ISTH_LIMIT_TEXT];
  IsthRequest request = { .match = stream, .function = -1, .verb = ISTH_OP_READ, .name = "request", .object = object };
  char *query = strchr (fields->path, '?');
  const char *method = fields->method;

  isth_emit_role_once (ctx, &state->met[0], "http-client");
  if (!isth_emit_same (ctx, NULL, digest_text (ctx, digest_text (ctx, 1, fields->authority), fields->program), block))
    {
      claim_fields (ctx, fields);
      isth_emit_same_end (ctx, true);
    }
  if (fields->login)
    isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "login",
                                             .object = "credentials in clear" });
  if (query)
    *query = '\0';
  request.key = digest_text (ctx, digest_text (ctx, 2, method), fields->path);
  if (isth_emit_again (ctx, &request))
    return;
  if (method[0] && strcmp (method, "GET") != 0)
    request.verb = ISTH_OP_OTHER;
  isth_text_format (object, sizeof object, "%s%s%s", method, method[0] && fields->path[0] ? " " : "", fields->path);
  isth_emit_request (ctx, &request);
}

static void
read_answer (IsthDissectContext *ctx,
             Http2State *state,
             uint32_t stream,
             const Fields *fields,
             const uint8_t *block)
{
  const char *status = fields->status;

  if (fields->program[0] && !isth_emit_same (ctx, NULL, digest_text (ctx, 3, fields->program), block))
    {
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, fields->program, ISTH_CONFIDENCE_BANNER, NULL, 0);
      isth_emit_same_end (ctx, true);
    }
  isth_emit_role_once (ctx, &state->met[1], "http-server");
  if (status[0] == '1')
    return;
  isth_emit_response (ctx, stream, status[0] >= '4' ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, status[0] >= '4' ? status : NULL, false);
}

static IsthHpackTable *
get_table (IsthDissectContext *ctx,
           Http2State *state,
           bool server)
{
  if (!state->tables[server])
    state->tables[server] = isth_context_room (ctx);
  return state->tables[server];
}

/* What is behind @block, which @frame begins, is added to it: in @whole, when it goes on. @c: behind that frame. False when it never ends, or is too long. */
static bool
gather_block (IsthCursor *c,
              Frame frame,
              IsthCursor *block,
              uint8_t whole[LONGEST_BLOCK])
{
  uint32_t n = 0;

  if (!goes_on (&frame))
    return true;
  for (;;)
    {
      uint32_t left = isth_cursor_left (block), room = MIN (left, LONGEST_BLOCK - n);

      if (room > 0)
        memcpy (whole + n, block->data + block->position, room);
      n += room;
      if (room < left || isth_cursor_left (c) < HEADER || !goes_on (&frame))
        break;
      frame = read_frame (c);
      if (frame.type != TYPE_CONTINUATION)
        break;
      *block = isth_cursor_take (c, frame.length);
    }
  *block = isth_cursor_new (whole, n, n);
  return frame.type == TYPE_CONTINUATION && !goes_on (&frame) && n < LONGEST_BLOCK;
}

static IsthDissectResult
http2_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  Http2State *state = isth_context_state (ctx);
  uint8_t padding = 0, whole[LONGEST_BLOCK] ISTH_UNSET;
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER, complete;
  IsthHpackTable *table;
  IsthCursor block;
  Fields fields;
  Frame frame;

  if (is_preface (c))
    {
      state->begun = true;
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      return ISTH_DISSECT_OK;
    }
  if (!state->begun)
    return ISTH_DISSECT_NOT_MINE;
  frame = read_frame (c);
  isth_context_show (ctx, c->data, c->position); /* the fields may hold passwords and cookies */
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (frame.type != TYPE_HEADERS && frame.type != TYPE_PUSH)
    return ISTH_DISSECT_OK;
  table = get_table (ctx, state, server);
  block = isth_cursor_take (c, frame.length);
  if (frame.flags & FLAG_PADDED)
    padding = isth_cursor_u8 (&block);
  if (frame.type == TYPE_PUSH)
    isth_cursor_skip (&block, 4); /* the stream on which it will be */
  else if (frame.flags & FLAG_PRIORITY)
    isth_cursor_skip (&block, 5);
  if (block.failed || padding > isth_cursor_wire_left (&block))
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (&block, isth_cursor_wire_left (&block) - padding);
  complete = gather_block (c, frame, &block, whole);
  read_fields (block, table, &fields);
  table->lost |= !complete;
  if (frame.type == TYPE_PUSH)
    return ISTH_DISSECT_OK;
  if (server)
    read_answer (ctx, state, frame.stream, &fields, c->data);
  else
    read_request (ctx, state, frame.stream, &fields, c->data);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 80 } };

const IsthDissector isth_dissector_http2 = {
  .id = "http2", /* stored in project files: never change it */
  .title = "HTTP/2",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software hostname",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (Http2State),
  .room_size = sizeof (IsthHpackTable),
  .probe = http2_probe,
  .pdu_length = http2_pdu_length,
  .dissect = http2_dissect,
};
