/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SLP version 2 (RFC 2608) over UDP and TCP: who looks for which services, and where those that answer offer them. Attributes are not read. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#define VERSION 2
#define HEADER 14
#define MOST_URLS 32

typedef enum
{
  REQUEST = 1,
  REPLY,
  REGISTER,
  DEREGISTER,
  ACKNOWLEDGE,
  ATTRIBUTES,
  ATTRIBUTES_REPLY,
  DIRECTORY,
  TYPES,
  TYPES_REPLY,
  SERVICE,
} SlpFunction;

static const struct
{
  const char *name;
  uint8_t verb;
} functions[] = {
  [REQUEST] = { "service-request", ISTH_OP_IDENTIFY }, [REPLY] = { "service-reply", ISTH_OP_OTHER },
  [REGISTER] = { "register", ISTH_OP_REPORT },         [DEREGISTER] = { "deregister", ISTH_OP_REPORT },
  [ACKNOWLEDGE] = { "acknowledge", ISTH_OP_OTHER },    [ATTRIBUTES] = { "attribute-request", ISTH_OP_IDENTIFY },
  [ATTRIBUTES_REPLY] = { "attribute-reply", ISTH_OP_OTHER }, [DIRECTORY] = { "directory-agent", ISTH_OP_REPORT },
  [TYPES] = { "type-request", ISTH_OP_IDENTIFY },      [TYPES_REPLY] = { "type-reply", ISTH_OP_OTHER },
  [SERVICE] = { "service-agent", ISTH_OP_REPORT },
};

typedef struct
{
  uint8_t function;
  uint32_t length;
  uint16_t id;
} SlpHeader;

static IsthCursor
take_text (IsthCursor *c)
{
  return isth_cursor_take (c, isth_cursor_be16 (c));
}

/* 8: the length is that of the whole message; the language has a name of letters. */
static bool
read_header (IsthCursor *c,
             SlpHeader *header)
{
  uint8_t version = isth_cursor_u8 (c);
  uint16_t flags;
  IsthCursor language;

  header->function = isth_cursor_u8 (c);
  header->length = isth_cursor_be24 (c);
  flags = isth_cursor_be16 (c);
  isth_cursor_skip (c, 3);
  header->id = isth_cursor_be16 (c);
  if (c->failed || version != VERSION || header->function < REQUEST || header->function > SERVICE || flags & 0x1fff || header->length < HEADER + 2)
    return false;
  language = take_text (c);
  return !c->failed && isth_cursor_left (&language) >= 2 && language.wire <= 16 && g_ascii_isalpha (isth_cursor_peek (&language, 0))
         && g_ascii_isalpha (isth_cursor_peek (&language, 1));
}

static IsthProbe
slp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint32_t wire = isth_cursor_wire_left (&c);
  SlpHeader header;

  if (!read_header (&c, &header))
    return ISTH_PROBE_NO;
  return header.length == wire || (packet->layer == ISTH_LAYER_TCP && header.length > wire) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
slp_pdu_length (IsthCursor c)
{
  uint8_t version = isth_cursor_u8 (&c), function = isth_cursor_u8 (&c);
  uint32_t length = isth_cursor_be24 (&c);

  if (c.failed)
    return ISTH_PDU_MORE;
  return version == VERSION && function >= REQUEST && function <= SERVICE && length >= HEADER + 2 && length < ISTH_LIMIT_PDU ? length : ISTH_PDU_INVALID;
}

/* 4.3: a URL and for how long it is good. Most often of whoever sends it, yet a directory agent passes on those of others: their host stands in it. */
static IsthCursor
take_url (IsthCursor *c)
{
  IsthCursor url;

  isth_cursor_skip (c, 3);
  url = take_text (c);
  for (uint8_t n = isth_cursor_u8 (c); n > 0 && !c->failed; n--)
    {
      uint16_t length;

      isth_cursor_skip (c, 2);
      length = isth_cursor_be16 (c); /* of a signature, counted from its start */
      isth_cursor_take (c, length < 4 ? 0 : length - 4u);
    }
  return url;
}

static void
claim_url (IsthDissectContext *ctx,
           const IsthCursor *url,
           int confidence)
{
  if (isth_cursor_left (url) > 0)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_ENDPOINT, confidence, url->data + url->position, isth_cursor_left (url));
}

/* 8.2, 9.1, 10.3, 10.1. */
static IsthDissectResult
read_answer (IsthDissectContext *ctx,
             const SlpHeader *header,
             IsthCursor *c)
{
  static const char *const errors[] = { NULL, "language not supported", "parse error", "invalid registration", "scope not supported", NULL, "authentication unknown",
                                        "authentication absent", "authentication failed", NULL, "version not supported", "internal error", "busy",
                                        "option not understood", "invalid update", "request not supported" };
  uint16_t error = isth_cursor_be16 (c);
  const char *text = error < G_N_ELEMENTS (errors) && errors[error] ? errors[error] : "error";

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "slp-agent");
  isth_emit_response (ctx, header->id, error != 0 ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, error != 0 ? text : NULL, false);
  if (header->function == REPLY && error == 0)
    {
      uint16_t count = isth_cursor_be16 (c);

      for (unsigned n = 0; n < count && n < MOST_URLS && !c->failed; n++)
        {
          IsthCursor url = take_url (c);

          claim_url (ctx, &url, ISTH_CONFIDENCE_BANNER);
        }
    }
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              const SlpHeader *header,
              IsthCursor *c)
{
  bool group = isth_address_is_group (&isth_context_packet (ctx)->target);
  char object[ISTH_LIMIT_TEXT];
  IsthCursor text;
  IsthRequest request = { .match = header->id, .verb = (IsthOp) functions[header->function].verb, .function = header->function,
                          .name = functions[header->function].name, .object = object };

  request.no_answer = group || header->function == DIRECTORY || header->function == SERVICE;
  if (header->function == DIRECTORY)
    isth_cursor_skip (c, 6); /* error and time of start */
  else if (header->function == DEREGISTER)
    take_text (c); /* scopes */
  else if (header->function != REGISTER && header->function != SERVICE)
    take_text (c); /* who answered before */
  text = header->function == REGISTER || header->function == DEREGISTER ? take_url (c) : take_text (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  request.key = isth_context_digest (ctx, header->function, text.data + text.position, isth_cursor_left (&text));
  if (!isth_emit_same (ctx, NULL, request.key, text.data + text.position))
    {
      bool agent = header->function == REGISTER || header->function == DIRECTORY || header->function == SERVICE;

      isth_emit_role (ctx, NULL, agent ? "slp-agent" : "slp-client");
      if (agent)
        claim_url (ctx, &text, ISTH_CONFIDENCE_PARSED);
      isth_emit_same_end (ctx, true);
    }
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  isth_text_from_bytes (object, sizeof object, text.data + text.position, isth_cursor_left (&text));
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
slp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  SlpHeader header;

  if (!read_header (c, &header))
    return isth_cursor_peek (c, 0) < 0 || c->data[0] == VERSION ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  if (functions[header.function].verb == ISTH_OP_OTHER)
    return read_answer (ctx, &header, c);
  return read_request (ctx, &header, c);
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 427 }, { ISTH_BIND_TCP, 427 } };

const IsthDissector isth_dissector_slp = {
  .id = "slp", /* stored in project files: never change it */
  .title = "SLP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "endpoint",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = slp_probe,
  .pdu_length = slp_pdu_length,
  .dissect = slp_dissect,
};
