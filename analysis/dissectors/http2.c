/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP/2 in clear (RFC 9113): what is asked of which host and path, with which program, and who serves. Fields that stand in the dynamic table of a
 * connection, because they were sent before, are not looked up: a repeated request is counted by its bytes. Header blocks that go on in further frames are
 * read as far as the first one has them. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/hpack.h"

#define PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
#define PREFACE_LENGTH 24
#define HEADER 9
#define LARGEST (1u << 18)
#define MOST_FIELDS 64
#define TYPE_HEADERS 1
#define LAST_TYPE 16
#define FLAG_PADDED 0x08
#define FLAG_PRIORITY 0x20

typedef struct
{
  bool begun;
  bool met[2]; /* the client, the server */
} Http2State;

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

static uint32_t
http2_pdu_length (IsthCursor c)
{
  uint32_t length;

  if (isth_cursor_left (&c) < HEADER)
    return ISTH_PDU_MORE;
  if (memcmp (c.data + c.position, PREFACE, HEADER) == 0)
    return PREFACE_LENGTH;
  length = isth_cursor_be24 (&c);
  return length < LARGEST - HEADER && isth_cursor_u8 (&c) <= LAST_TYPE ? HEADER + length : ISTH_PDU_INVALID;
}

/* What the fields of a request say of both ends. */
static void
claim_fields (IsthDissectContext *ctx,
              IsthCursor c)
{
  IsthEndpoint server = isth_context_receiver (ctx);
  IsthHpackField field;

  for (int i = 0; i < MOST_FIELDS && isth_hpack_next (&c, &field); i++)
    if (!field.name)
      continue;
    else if (strcmp (field.name, "user-agent") == 0 && field.value[0])
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, field.value, ISTH_CONFIDENCE_BANNER, NULL, 0);
    else if (strcmp (field.name, ":authority") == 0)
      {
        char *port = strrchr (field.value, ':');

        if (port)
          *port = '\0';
        if (strspn (field.value, "0123456789.[]:") != strlen (field.value)) /* a name, no address */
          isth_emit_claim (ctx, &server, ISTH_ATTRIBUTE_HOSTNAME, field.value, ISTH_CONFIDENCE_REPORTED, NULL, 0);
      }
}

static bool
has_login (IsthCursor c)
{
  IsthHpackField field;

  for (int i = 0; i < MOST_FIELDS && isth_hpack_next (&c, &field); i++)
    if (field.name && strcmp (field.name, "authorization") == 0)
      return true;
  return false;
}

static void
read_request (IsthDissectContext *ctx,
              Http2State *state,
              uint32_t stream,
              IsthCursor c)
{
  char method[16] = "", path[ISTH_HPACK_VALUE] = "", object[ISTH_LIMIT_TEXT];
  IsthRequest request = { .match = stream, .function = -1, .verb = ISTH_OP_READ, .name = "request", .object = object };
  IsthHpackField field;
  char *query;

  isth_emit_role_once (ctx, &state->met[0], "http-client");
  request.key = isth_context_digest (ctx, 1, c.data + c.position, isth_cursor_left (&c));
  if (!isth_emit_same (ctx, NULL, request.key, c.data + c.position))
    {
      claim_fields (ctx, c);
      isth_emit_same_end (ctx, true);
    }
  if (has_login (c))
    isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "login",
                                             .object = "credentials in clear" });
  if (isth_emit_again (ctx, &request))
    return;
  for (int i = 0; i < MOST_FIELDS && isth_hpack_next (&c, &field); i++)
    if (!field.name)
      continue;
    else if (strcmp (field.name, ":method") == 0)
      g_strlcpy (method, field.value, sizeof method);
    else if (strcmp (field.name, ":path") == 0)
      g_strlcpy (path, field.value, sizeof path);
  query = strchr (path, '?');
  if (query)
    *query = '\0';
  if (method[0] && strcmp (method, "GET") != 0)
    request.verb = ISTH_OP_OTHER;
  isth_text_format (object, sizeof object, "%s%s%s", method, method[0] && path[0] ? " " : "", path);
  isth_emit_request (ctx, &request);
}

static void
read_answer (IsthDissectContext *ctx,
             Http2State *state,
             uint32_t stream,
             IsthCursor c)
{
  char text[16] = "";
  IsthHpackField field;

  for (int i = 0; i < MOST_FIELDS && isth_hpack_next (&c, &field); i++)
    if (!field.name)
      continue;
    else if (strcmp (field.name, ":status") == 0)
      g_strlcpy (text, field.value, sizeof text);
    else if (strcmp (field.name, "server") == 0 && field.value[0])
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, field.value, ISTH_CONFIDENCE_BANNER, NULL, 0);
  isth_emit_role_once (ctx, &state->met[1], "http-server");
  if (text[0] == '1')
    return;
  isth_emit_response (ctx, stream, text[0] >= '4' ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, text[0] >= '4' ? text : NULL, false);
}

static IsthDissectResult
http2_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  Http2State *state = isth_context_state (ctx);
  uint32_t length, stream;
  uint8_t type, flags, padding = 0;
  IsthCursor block;

  if (is_preface (c))
    {
      state->begun = true;
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      return ISTH_DISSECT_OK;
    }
  if (!state->begun)
    return ISTH_DISSECT_NOT_MINE;
  length = isth_cursor_be24 (c);
  type = isth_cursor_u8 (c);
  flags = isth_cursor_u8 (c);
  stream = isth_cursor_be32 (c) & 0x7fffffff;
  isth_context_show (ctx, c->data, c->position); /* the fields may hold passwords and cookies */
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (type != TYPE_HEADERS)
    return ISTH_DISSECT_OK;
  block = isth_cursor_take (c, length);
  if (flags & FLAG_PADDED)
    padding = isth_cursor_u8 (&block);
  if (flags & FLAG_PRIORITY)
    isth_cursor_skip (&block, 5);
  if (block.failed || padding > isth_cursor_wire_left (&block))
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (&block, isth_cursor_wire_left (&block) - padding);
  if (isth_context_direction (ctx) == ISTH_FROM_SERVER)
    read_answer (ctx, state, stream, block);
  else
    read_request (ctx, state, stream, block);
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
  .probe = http2_probe,
  .pdu_length = http2_pdu_length,
  .dissect = http2_dissect,
};
