/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CoAP (RFC 7252) over UDP: what is asked of which path, and what came of it; observations (RFC 7641) and blocks (RFC 7959) by their options.
 *
 * Confirmable messages and their acknowledgements are told apart from requests and answers: an answer is found by its token. Payloads are not read,
 * but for the link list of /.well-known/core, whose paths are not kept. CoAP over DTLS shows nothing here.
 *
 * Sensors of the first years speak drafts of it (draft-ietf-core-coap-03 and -04), on the port that their systems had for it: their options are counted
 * in the first byte, and have other numbers; their codes are those of HTTP as hundreds of forty. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#define OPTION_URI_HOST 3
#define OPTION_OBSERVE 6
#define OPTION_URI_PATH 11
#define MOST_OPTIONS 64
#define PAYLOAD_MARKER 0xff
#define DRAFT_PORT 61616
#define DRAFT_URI_HOST 5
#define DRAFT_URI_PATH 9
#define DRAFT_TOKEN 11

enum
{
  CONFIRMABLE,
  NON_CONFIRMABLE,
  ACKNOWLEDGEMENT,
  RESET,
};

typedef struct
{
  uint8_t type, code;
  uint16_t number;
  uint64_t token;
  char path[ISTH_LIMIT_TEXT];
  const uint8_t *host;
  uint32_t host_length;
  bool observe, stop_observing;
} CoapMessage;

static const struct
{
  uint8_t verb;
  const char *name;
} methods[] = {
  { 0, NULL },
  { ISTH_OP_READ, "get" },
  { ISTH_OP_WRITE, "post" },
  { ISTH_OP_WRITE, "put" },
  { ISTH_OP_WRITE, "delete" },
  { ISTH_OP_READ, "fetch" },
  { ISTH_OP_WRITE, "patch" },
  { ISTH_OP_WRITE, "ipatch" },
};

/* RFC 7252, 12.1.2, as CLASS << 5 | DETAIL. */
static const struct { uint8_t code; const char *text; } errors[] = {
  { 4 << 5 | 0, "bad request" }, { 4 << 5 | 1, "unauthorised" }, { 4 << 5 | 2, "bad option" }, { 4 << 5 | 3, "forbidden" },
  { 4 << 5 | 4, "not found" }, { 4 << 5 | 5, "method not allowed" }, { 4 << 5 | 6, "not acceptable" }, { 4 << 5 | 8, "request incomplete" },
  { 4 << 5 | 9, "conflict" }, { 4 << 5 | 12, "precondition failed" }, { 4 << 5 | 13, "request too large" }, { 4 << 5 | 15, "content format not supported" },
  { 4 << 5 | 29, "too many requests" }, { 5 << 5 | 0, "internal error" }, { 5 << 5 | 1, "not implemented" }, { 5 << 5 | 2, "bad gateway" },
  { 5 << 5 | 3, "service unavailable" }, { 5 << 5 | 4, "gateway timeout" }, { 5 << 5 | 5, "proxying not supported" },
};

static bool
is_request (uint8_t code)
{
  return code > 0 && code < G_N_ELEMENTS (methods);
}

/* Success, client error, server error. */
static bool
is_answer (uint8_t code)
{
  return code >> 5 == 2 || code >> 5 == 4 || code >> 5 == 5;
}

/* 3.1: a delta or length, with its further bytes. */
static uint32_t
read_extended (IsthCursor *c,
               uint8_t nibble)
{
  if (nibble == 13)
    return 13u + isth_cursor_u8 (c);
  if (nibble == 14)
    return 269u + isth_cursor_be16 (c);
  if (nibble == 15)
    c->failed = true;
  return nibble;
}

static void
add_to_path (CoapMessage *m,
             const uint8_t *bytes,
             uint32_t length)
{
  char part[128];
  size_t end = strlen (m->path);

  isth_text_from_bytes (part, sizeof part, bytes, length);
  isth_text_format (m->path + end, sizeof m->path - end, "/%s", part);
}

static void
take_option (CoapMessage *m,
             uint32_t option,
             const uint8_t *value,
             uint32_t length)
{
  switch (option)
    {
    case OPTION_URI_HOST:
      m->host = value;
      m->host_length = length;
      break;
    case OPTION_OBSERVE:
      m->observe = length == 0 || value[length - 1] == 0 || !is_request (m->code);
      m->stop_observing = !m->observe;
      break;
    case OPTION_URI_PATH:
      add_to_path (m, value, length);
      break;
    default:
      break;
    }
}

/* Header, token and options; false when they contradict the standard. */
static bool
read_message (IsthCursor *c,
              CoapMessage *m)
{
  uint8_t first = isth_cursor_u8 (c);
  uint32_t option = 0;

  *m = (CoapMessage) { .type = first >> 4 & 3, .code = isth_cursor_u8 (c) };
  m->number = isth_cursor_be16 (c);
  if (c->failed || first >> 6 != 1 || (first & 0xf) > 8)
    return false;
  for (int i = first & 0xf; i > 0; i--)
    m->token = m->token << 8 | isth_cursor_u8 (c);
  if (m->code == 0)
    return !c->failed && isth_cursor_wire_left (c) == 0 && (first & 0xf) == 0;
  if (!is_request (m->code) && !is_answer (m->code))
    return false;
  for (int n = 0; n < MOST_OPTIONS && isth_cursor_left (c) > 0 && !c->failed; n++)
    {
      uint8_t head = isth_cursor_u8 (c);
      uint32_t length;
      const uint8_t *value;

      if (head == PAYLOAD_MARKER)
        return isth_cursor_wire_left (c) > 0;
      option += read_extended (c, head >> 4);
      length = read_extended (c, head & 0xf);
      value = isth_cursor_bytes (c, length);
      if (value)
        take_option (m, option, value, length);
    }
  return !c->failed;
}

static bool
take_draft_option (CoapMessage *m,
                   uint32_t option,
                   const uint8_t *value,
                   uint32_t length)
{
  bool rooted = length > 0 && value[0] == '/';

  if (option == DRAFT_URI_HOST)
    take_option (m, OPTION_URI_HOST, value, length);
  else if (option == DRAFT_TOKEN)
    for (uint32_t i = 0; i < length && i < 8; i++)
      m->token = m->token << 8 | value[i];
  else if (option == DRAFT_URI_PATH)
    {
      if (!isth_text_is_printable (value, length))
        return false;
      add_to_path (m, value + rooted, length - rooted);
    }
  return true;
}

/* As read_message(), of the drafts. An answer without a token has the number of what it answers. */
static bool
read_draft (IsthCursor *c,
            CoapMessage *m)
{
  uint8_t first = isth_cursor_u8 (c), code = isth_cursor_u8 (c);
  uint32_t option = 0;

  *m = (CoapMessage) { .type = first >> 4 & 3, .code = code };
  m->number = isth_cursor_be16 (c);
  if (c->failed || first >> 6 != 1 || (code > 4 && code < 80) || code > 205)
    return false;
  if (code >= 80)
    m->code = (uint8_t) (MIN (code / 40, 5) << 5 | code % 40);
  for (int n = first & 0xf; n > 0; n--)
    {
      uint8_t head = isth_cursor_u8 (c);
      uint32_t length = head & 0xf;
      const uint8_t *value;

      option += head >> 4;
      if (length == 15)
        length += isth_cursor_u8 (c);
      value = isth_cursor_bytes (c, length);
      if (!value || !take_draft_option (m, option, value, length))
        return false;
    }
  if (m->token == 0)
    m->token = UINT64_C (1) << 63 | m->number;
  return code == 0 || code == 1 || code == 4 ? isth_cursor_wire_left (c) == 0 : true;
}

static bool
is_draft (IsthCursor c,
          const IsthPacket *packet)
{
  CoapMessage m;

  return (packet->source_port == DRAFT_PORT || packet->target_port == DRAFT_PORT) && read_draft (&c, &m)
         && (m.code == 0 || !is_request (m.code) || m.path[0] != '\0');
}

/* Sure of a request with a readable path, and of an empty acknowledgement or reset of the right length only where the port fits. */
static IsthProbe
coap_probe (IsthCursor c,
            const IsthPacket *packet)
{
  int first = isth_cursor_peek (&c, 0), code = isth_cursor_peek (&c, 1);
  CoapMessage m;

  if (is_draft (c, packet))
    return ISTH_PROBE_WEAK;
  if (first < 0x40 || first > 0x78 || code < 0 || (!is_request ((uint8_t) code) && !is_answer ((uint8_t) code) && code != 0))
    return ISTH_PROBE_NO;
  if (!read_message (&c, &m) || (m.type >= ACKNOWLEDGEMENT && is_request (m.code)))
    return ISTH_PROBE_NO;
  return is_request (m.code) && strlen (m.path) > 2 && !strchr (m.path, '<') && m.type <= NON_CONFIRMABLE && m.token != 0 ? ISTH_PROBE_STRONG
                                                                                                                         : ISTH_PROBE_WEAK;
}

static const char *
error_text (char *text,
            size_t size,
            uint8_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].code == code)
      return errors[i].text;
  return isth_text_format (text, size, "code %u.%02u", code >> 5, code & 0x1f);
}

static void
read_request (IsthDissectContext *ctx,
              const CoapMessage *m)
{
  IsthEndpoint server = isth_context_receiver (ctx);
  IsthRequest request = {
    .match = m->token,
    .verb = (IsthOp) methods[m->code].verb,
    .function = m->code,
    .name = methods[m->code].name,
    .object = m->path[0] ? m->path : "/",
  };

  if (m->observe || m->stop_observing)
    {
      request.verb = ISTH_OP_SUBSCRIBE;
      request.name = m->observe ? "observe" : "stop-observing";
    }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "coap-client");
  isth_emit_request (ctx, &request);
  if (m->host)
    isth_emit_text (ctx, &server, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_REPORTED, m->host, m->host_length);
}

static void
read_answer (IsthDissectContext *ctx,
             const CoapMessage *m)
{
  char text[32];
  bool good = m->code >> 5 <= 3;

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "coap-server");
  isth_emit_response (ctx, m->token, good ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED, good ? NULL : error_text (text, sizeof text, m->code),
                      m->observe);
}

static IsthDissectResult
coap_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  CoapMessage m;
  bool draft = is_draft (*c, isth_context_packet (ctx));

  if (draft ? !read_draft (c, &m) : !read_message (c, &m))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  isth_context_show (ctx, c->data, c->position); /* what is brought or fetched follows */
  if (is_request (m.code))
    read_request (ctx, &m);
  else if (is_answer (m.code) || (draft && m.code != 0))
    read_answer (ctx, &m);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 5683 }, { ISTH_BIND_UDP, DRAFT_PORT } };

const IsthDissector isth_dissector_coap = {
  .id = "coap", /* stored in project files: never change it */
  .title = "CoAP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = coap_probe,
  .dissect = coap_dissect,
};
