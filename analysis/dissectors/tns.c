/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Oracle's TNS: which program of which user on which computer connects to which service, and what becomes of that; the server's version where it refuses or
 * redirects. There is no public standard: read as Oracle's messages document their texts (Net Services Reference, "connect descriptor") and the packets
 * are commonly known. Logins inside and statements are not read. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#define HEADER 8
#define CONNECT_DATA 24 /* where the length of the descriptor stands in a connect packet, then its place */
#define MATCH 1
#define SHORTEST_CONNECT 34

enum
{
  PACKET_CONNECT = 1,
  PACKET_ACCEPT = 2,
  PACKET_REFUSE = 4,
  PACKET_REDIRECT = 5,
  PACKET_DATA = 6,
  PACKET_LAST = 19,
};

typedef struct
{
  bool met, waiting; /* the descriptor follows in a packet of its own */
} TnsState;

/* Length, its sum (0), type, a reserved byte, the header's sum (0). Since version 315 the length has four bytes, and no sum. */
static bool
read_header (IsthCursor *c,
             uint32_t *length,
             uint8_t *type)
{
  uint16_t first = isth_cursor_be16 (c), second = isth_cursor_be16 (c);

  *length = first == 0 ? second : first;
  *type = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1);
  return isth_cursor_be16 (c) == 0 && !c->failed && (first == 0 || second == 0) && *length >= HEADER && *type >= PACKET_CONNECT && *type <= PACKET_LAST;
}

/* A connect packet with versions in order. */
static IsthProbe
tns_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint32_t length;
  uint16_t version, oldest;
  uint8_t type;

  (void) packet;
  if (isth_cursor_peek (&c, 4) > PACKET_LAST || !read_header (&c, &length, &type))
    return ISTH_PROBE_NO;
  if (type != PACKET_CONNECT)
    return ISTH_PROBE_WEAK;
  if (length < SHORTEST_CONNECT)
    return ISTH_PROBE_NO;
  version = isth_cursor_be16 (&c);
  oldest = isth_cursor_be16 (&c);
  return !c.failed && version >= 300 && version < 400 && oldest >= 300 && oldest <= version ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
tns_pdu_length (IsthCursor c)
{
  uint32_t length;
  uint8_t type;

  if (isth_cursor_left (&c) < HEADER)
    return ISTH_PDU_MORE;
  return read_header (&c, &length, &type) ? length : ISTH_PDU_INVALID;
}

/* Where @name stands, in whatever case people wrote it; NULL: nowhere. */
static const char *
find_name (const char *start,
           const char *end,
           const char *name)
{
  size_t n = strlen (name);

  for (; (size_t) (end - start) >= n; start++)
    if (*start == '(' && g_ascii_strncasecmp (start, name, n) == 0)
      return start;
  return NULL;
}

/* "(HOST=PRESS7)" in a descriptor: the value behind the last @name, which stands in front of an equals sign. */
static bool
find_value (const IsthCursor *c,
            const char *within,
            const char *name,
            char *text,
            size_t size)
{
  const char *start = (const char *) c->data, *end = start + c->length;
  const char *at = within ? find_name (start, end, within) : start, *stop;

  text[0] = '\0';
  at = at ? find_name (at, end, name) : NULL;
  if (!at)
    return false;
  at += strlen (name);
  stop = memchr (at, ')', (size_t) (end - at));
  if (!stop)
    return false;
  isth_text_from_bytes (text, size, (const uint8_t *) at, (size_t) (stop - at));
  return text[0] != '\0';
}

static void
read_descriptor (IsthDissectContext *ctx,
                 TnsState *state,
                 const IsthCursor *c)
{
  char program[120], host[80], user[80], service[80], object[ISTH_LIMIT_TEXT];

  state->waiting = false;
  find_value (c, "(CID=", "(PROGRAM=", program, sizeof program);
  if (find_value (c, "(CID=", "(HOST=", host, sizeof host) && strcmp (host, "__jdbc__") != 0)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, host, ISTH_CONFIDENCE_PARSED, c->data, c->length);
  find_value (c, "(CID=", "(USER=", user, sizeof user);
  if (!find_value (c, NULL, "(SERVICE_NAME=", service, sizeof service))
    find_value (c, NULL, "(SID=", service, sizeof service);
  if (program[0])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, program, ISTH_CONFIDENCE_BANNER, c->data, c->length);
  isth_text_format (object, sizeof object, "service “%s”%s%s%s", service, user[0] ? ", user “" : "", user, user[0] ? "” of the system" : "");
  isth_emit_request (ctx, &(IsthRequest) { .match = MATCH, .verb = ISTH_OP_AUTHENTICATE, .function = PACKET_CONNECT, .name = "connect", .object = object });
}

static IsthDissectResult
read_connect (IsthDissectContext *ctx,
              TnsState *state,
              IsthCursor *c)
{
  IsthCursor packet = *c, text;
  uint16_t length, at;

  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role_once (ctx, &state->met, "tns-client");
  packet.position = 0;
  isth_cursor_skip (&packet, CONNECT_DATA);
  length = isth_cursor_be16 (&packet);
  at = isth_cursor_be16 (&packet);
  packet.position = 0;
  isth_cursor_skip (&packet, at);
  if (packet.failed)
    return ISTH_DISSECT_MALFORMED;
  state->waiting = length > isth_cursor_wire_left (&packet);
  text = isth_cursor_take (&packet, MIN (length, isth_cursor_wire_left (&packet)));
  if (!state->waiting)
    read_descriptor (ctx, state, &text);
  return ISTH_DISSECT_OK;
}

/* "(DESCRIPTION=(TMP=)(VSNNUM=318767104)(ERR=12514)…": a version in five parts of its bits. */
static void
read_refusal (IsthDissectContext *ctx,
              IsthCursor *c)
{
  IsthCursor text;
  char number[24], words[48], version[48];

  isth_cursor_skip (c, 4); /* reasons, the text's length */
  text = isth_cursor_rest (c);
  if (find_value (&text, NULL, "(VSNNUM=", number, sizeof number))
    {
      uint32_t v = (uint32_t) g_ascii_strtoull (number, NULL, 10);

      if (v >> 24 >= 18) /* since 18c the second part has eight bits */
        isth_text_format (version, sizeof version, "Oracle Database %u.%u", v >> 24, v >> 16 & 0xff);
      else
        isth_text_format (version, sizeof version, "Oracle Database %u.%u.%u", v >> 24, v >> 20 & 0xf, v >> 12 & 0xff);
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, version, ISTH_CONFIDENCE_PARSED, text.data, text.length);
    }
  isth_text_format (words, sizeof words, "refused");
  if (find_value (&text, NULL, "(ERR=", number, sizeof number))
    isth_text_format (words, sizeof words, "TNS-%s", number);
  isth_emit_response (ctx, MATCH, ISTH_OUTCOME_REFUSED, words, false);
}

static IsthDissectResult
tns_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  TnsState *state = isth_context_state (ctx);
  IsthCursor whole = isth_cursor_rest (c), body;
  uint32_t length;
  uint8_t type;

  body = whole;
  if (!read_header (&body, &length, &type) || (!state->met && type != PACKET_CONNECT))
    return ISTH_DISSECT_NOT_MINE;
  switch (type)
    {
    case PACKET_CONNECT:
      return read_connect (ctx, state, &body);
    case PACKET_ACCEPT:
      isth_emit_role (ctx, NULL, "tns-server");
      isth_emit_response (ctx, MATCH, ISTH_OUTCOME_OK, NULL, false);
      return ISTH_DISSECT_OK;
    case PACKET_REFUSE:
      isth_emit_role (ctx, NULL, "tns-server");
      read_refusal (ctx, &body);
      return ISTH_DISSECT_OK;
    case PACKET_REDIRECT:
      isth_emit_response (ctx, MATCH, ISTH_OUTCOME_OK, NULL, false);
      return ISTH_DISSECT_OK;
    case PACKET_DATA:
      if (state->waiting)
        {
          isth_cursor_skip (&body, 2);
          body = isth_cursor_rest (&body);
          read_descriptor (ctx, state, &body);
        }
      return ISTH_DISSECT_OK;
    default:
      return ISTH_DISSECT_OK;
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 1521 } };

const IsthDissector isth_dissector_tns = {
  .id = "tns", /* stored in project files: never change it */
  .title = "Oracle TNS",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (TnsState),
  .probe = tns_probe,
  .pdu_length = tns_pdu_length,
  .dissect = tns_dissect,
};
