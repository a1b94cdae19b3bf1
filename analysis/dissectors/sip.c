/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIP (RFC 3261) over UDP and TCP: which telephones register where, who calls whom, with which programs.
 *
 * Requests that came through another server (more than one Via), and answers that did (Record-Route), tell of somebody else: of those only what is asked is
 * kept. What is spoken is not read; where it goes is said, and announced to those who read RTP. */
#include "analysis/dissectors/dissector.h"

#include "analysis/dissectors/authorization.h"
#include "analysis/dissectors/lines.h"
#include "analysis/dissectors/sdp.h"

#define MOST_FIELDS 96

typedef struct
{
  bool client, server; /* the roles were told */
} SipState;

static const IsthMethod methods[] = {
  { "REGISTER", ISTH_OP_REPORT },     { "INVITE", ISTH_OP_OTHER },  { "ACK", ISTH_OP_OTHER },    { "BYE", ISTH_OP_OTHER },     { "CANCEL", ISTH_OP_OTHER },
  { "OPTIONS", ISTH_OP_DIAGNOSE },    { "INFO", ISTH_OP_OTHER },    { "NOTIFY", ISTH_OP_REPORT }, { "MESSAGE", ISTH_OP_OTHER }, { "UPDATE", ISTH_OP_OTHER },
  { "SUBSCRIBE", ISTH_OP_SUBSCRIBE }, { "PUBLISH", ISTH_OP_REPORT }, { "REFER", ISTH_OP_OTHER },  { "PRACK", ISTH_OP_OTHER },
};

enum
{
  REGISTER = 0,
  ACK = 2,
};

typedef struct
{
  IsthPiece agent, from, to, login, call, sequence;
  uint32_t vias;
  bool routed;
} SipHeader;

static bool
is_answer (const IsthCursor *c)
{
  return isth_cursor_left (c) >= 11 && memcmp (c->data + c->position, "SIP/2.0 ", 8) == 0;
}

static bool
is_request (IsthPiece line)
{
  isth_piece_word (&line);
  isth_piece_word (&line);
  return isth_piece_is (&line, "SIP/2.0");
}

static IsthProbe
sip_probe (IsthCursor c,
           const IsthPacket *packet)
{
  IsthPiece line;

  (void) packet;
  if (is_answer (&c))
    return ISTH_PROBE_STRONG;
  if (isth_lines_find_method (&c, methods, G_N_ELEMENTS (methods)) < 0 || !isth_lines_next (&c, &line))
    return ISTH_PROBE_NO;
  return is_request (line) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
sip_pdu_length (IsthCursor c)
{
  uint32_t left = isth_cursor_left (&c);

  if (left >= 2 && memcmp (c.data + c.position, "\r\n", 2) == 0) /* keeps the connection alive: RFC 5626 */
    return 2;
  if (isth_lines_find_method (&c, methods, G_N_ELEMENTS (methods)) < 0 && !is_answer (&c))
    return left < 11 ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
  return isth_lines_message_length (c, "l");
}

/* The short names are those of 7.3.3. */
static void
read_header (IsthCursor *c,
             SipHeader *header)
{
  static const uint8_t nothing[1];
  const IsthPiece none = { nothing, 0 };
  IsthPiece line, value;

  *header = (SipHeader) { .agent = none, .from = none, .to = none, .login = none, .call = none, .sequence = none };
  for (int n = 0; n < MOST_FIELDS && isth_lines_next (c, &line) && line.length > 0; n++)
    if (isth_piece_field (&line, "Via", &value) || isth_piece_field (&line, "v", &value))
      header->vias++;
    else if (isth_piece_field (&line, "From", &value) || isth_piece_field (&line, "f", &value))
      header->from = value;
    else if (isth_piece_field (&line, "To", &value) || isth_piece_field (&line, "t", &value))
      header->to = value;
    else if (isth_piece_field (&line, "Call-ID", &value) || isth_piece_field (&line, "i", &value))
      header->call = value;
    else if (isth_piece_field (&line, "CSeq", &value))
      header->sequence = value;
    else if (isth_piece_field (&line, "User-Agent", &value) || isth_piece_field (&line, "Server", &value))
      header->agent = value;
    else if (isth_piece_field (&line, "Authorization", &value) || isth_piece_field (&line, "Proxy-Authorization", &value))
      header->login = value;
    else if (isth_piece_field (&line, "Record-Route", &value))
      header->routed = true;
}

/* "Bob <sip:bob@example.org>;tag=1" → "sip:bob@example.org". */
static IsthPiece
find_address (const IsthPiece *value)
{
  IsthPiece address = *value;

  if (isth_piece_between (value, "<", ">", &address))
    return address;
  for (uint32_t i = 0; i < address.length; i++)
    if (address.bytes[i] == ';')
      address.length = i;
  return address;
}

static uint64_t
make_match (const IsthDissectContext *ctx,
            const SipHeader *header)
{
  return isth_context_digest (ctx, isth_context_digest (ctx, 1, header->call.bytes, header->call.length), header->sequence.bytes, header->sequence.length);
}

/* What the sender wants to get, and where. It goes between other hosts when servers are in between; then nobody waits for it. */
static void
read_media (IsthDissectContext *ctx,
            IsthCursor body)
{
  IsthSdpMedia media[ISTH_SDP_MEDIA];
  uint32_t n = isth_sdp_read (body, media);
  char object[ISTH_LIMIT_TEXT];

  for (uint32_t i = 0; i < n; i++)
    {
      isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .name = "media",
                                               .object = isth_sdp_describe (&media[i], object, sizeof object) });
      isth_context_expect (ctx, &(IsthExpectation) { .layer = ISTH_LAYER_UDP, .port = media[i].port, .id = "rtp", .memo = isth_sdp_make_memo (&media[i]) });
    }
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              SipState *state,
              int method,
              IsthCursor *c)
{
  char from[96], to[96], object[ISTH_LIMIT_TEXT];
  IsthPiece line, address;
  SipHeader header;
  bool own;

  if (!isth_lines_next (c, &line))
    return ISTH_DISSECT_MALFORMED;
  if (!is_request (line))
    return ISTH_DISSECT_NOT_MINE;
  read_header (c, &header);
  own = header.vias <= 1;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_context_show (ctx, line.bytes, isth_piece_open_length (&line)); /* the fields may hold a password, the body keys */
  isth_emit_role_once (ctx, &state->client, "sip-client");
  address = find_address (&header.from);
  isth_text_from_bytes (from, sizeof from, address.bytes, address.length);
  if (own && method == REGISTER && address.length > 0)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, ISTH_CONFIDENCE_PARSED, address.bytes, address.length);
  if (own && header.agent.length > 0)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, header.agent.bytes, header.agent.length);
  address = find_address (&header.to);
  isth_text_from_bytes (to, sizeof to, address.bytes, address.length);
  if (method == REGISTER)
    isth_text_format (object, sizeof object, "%s", to);
  else
    isth_text_format (object, sizeof object, "%s → %s", from, to);
  isth_emit_request (ctx, &(IsthRequest) { .match = make_match (ctx, &header), .no_answer = method == ACK, .verb = (IsthOp) methods[method].verb,
                                           .function = -1, .name = methods[method].name, .object = object });
  if (header.login.length > 0)
    {
      const char *name = isth_authorization_read (&header.login, object, sizeof object);

      if (name)
        isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = name, .object = object });
    }
  read_media (ctx, *c);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_answer (IsthDissectContext *ctx,
             SipState *state,
             IsthCursor *c)
{
  IsthPiece line, status;
  SipHeader header;
  uint32_t code;
  char text[80];

  if (!isth_lines_next (c, &line))
    return ISTH_DISSECT_MALFORMED;
  status = (IsthPiece) { line.bytes + 8, line.length > 8 ? line.length - 8 : 0 };
  code = isth_piece_number (&status);
  read_header (c, &header);
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_context_show (ctx, line.bytes, line.length);
  isth_emit_role_once (ctx, &state->server, "sip-server");
  if (!header.routed && header.vias <= 1 && header.agent.length > 0)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, header.agent.bytes, header.agent.length);
  isth_text_from_bytes (text, sizeof text, status.bytes, status.length);
  if (code >= 200)
    isth_emit_response (ctx, make_match (ctx, &header), code >= 300 ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, code >= 300 ? text : NULL, false);
  read_media (ctx, *c);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
sip_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  SipState *state = isth_context_state (ctx);
  int method;

  if (isth_cursor_left (c) >= 2 && isth_cursor_left (c) <= 4 && isth_cursor_peek (c, 0) == '\r')
    return ISTH_DISSECT_OK;
  if (is_answer (c))
    return read_answer (ctx, state, c);
  method = isth_lines_find_method (c, methods, G_N_ELEMENTS (methods));
  return method >= 0 ? read_request (ctx, state, method, c) : ISTH_DISSECT_NOT_MINE;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 5060 }, { ISTH_BIND_TCP, 5060 } };

const IsthDissector isth_dissector_sip = {
  .id = "sip", /* stored in project files: never change it */
  .title = "SIP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (SipState),
  .probe = sip_probe,
  .pdu_length = sip_pdu_length,
  .dissect = sip_dissect,
};
