/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RTSP 1.0 (RFC 2326): which camera or server streams what to whom, with which programs; logins that everybody on the way can read.
 *
 * Of what is streamed inside the connection (10.12) only the kind is told. URLs are kept without names and passwords in them, and without what stands behind the question
 * mark. */
#include "analysis/dissectors/dissector.h"

#include "analysis/dissectors/authorization.h"
#include "analysis/dissectors/lines.h"
#include "analysis/dissectors/sdp.h"

#define MOST_FIELDS 64

typedef struct
{
  uint64_t said;  /* digest of the login that was told last */
  bool roles[2];  /* client, server */
  uint8_t n_media, n_streams;    /* described, set up */
  uint32_t media[ISTH_SDP_MEDIA]; /* what the reader of RTP is told of each */
} RtspState;

static const IsthMethod methods[] = {
  { "OPTIONS", ISTH_OP_OTHER },       { "DESCRIBE", ISTH_OP_IDENTIFY },   { "SETUP", ISTH_OP_SUBSCRIBE }, { "PLAY", ISTH_OP_READ },
  { "PAUSE", ISTH_OP_OTHER },         { "TEARDOWN", ISTH_OP_OTHER },      { "ANNOUNCE", ISTH_OP_REPORT }, { "RECORD", ISTH_OP_WRITE },
  { "GET_PARAMETER", ISTH_OP_OTHER }, { "SET_PARAMETER", ISTH_OP_OTHER }, { "REDIRECT", ISTH_OP_OTHER },
};

static bool
is_answer (const IsthCursor *c)
{
  return isth_cursor_left (c) >= 12 && memcmp (c->data + c->position, "RTSP/1.0 ", 9) == 0;
}

/* "DESCRIBE rtsp://camera/1 RTSP/1.0": what it is about. */
static bool
split_request (IsthPiece line,
               IsthPiece *target)
{
  isth_piece_word (&line);
  *target = isth_piece_word (&line);
  return target->length > 0 && isth_piece_is (&line, "RTSP/1.0");
}

static IsthProbe
rtsp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  IsthPiece line, target;

  (void) packet;
  if (is_answer (&c))
    return ISTH_PROBE_STRONG;
  if (isth_lines_find_method (&c, methods, G_N_ELEMENTS (methods)) < 0 || !isth_lines_next (&c, &line))
    return ISTH_PROBE_NO;
  return split_request (line, &target) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* "$", channel, length: what is streamed in between (10.12). A body is of the length that its header says. */
static uint32_t
rtsp_pdu_length (IsthCursor c)
{
  uint32_t left = isth_cursor_left (&c);

  if (isth_cursor_peek (&c, 0) == '$')
    return left < 4 ? ISTH_PDU_MORE : 4u + (uint32_t) (c.data[c.position + 2] << 8 | c.data[c.position + 3]);
  if (isth_lines_find_method (&c, methods, G_N_ELEMENTS (methods)) < 0 && !is_answer (&c))
    return left < 16 ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
  return isth_lines_message_length (c, NULL);
}

/* Each request of a session carries it: told once. */
static void
read_login (IsthDissectContext *ctx,
            RtspState *state,
            const IsthPiece *value)
{
  char object[ISTH_LIMIT_TEXT];
  const char *name = isth_authorization_read (value, object, sizeof object);
  uint64_t digest;

  if (!name)
    return;
  digest = isth_context_digest (ctx, 0, object, strlen (object));
  if (digest != state->said)
    isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = name, .object = object });
  state->said = digest;
}

/* "RTP/AVP;unicast;client_port=4588-4589;server_port=6256-6257" (12.39): where the client will get it. */
static void
announce (IsthDissectContext *ctx,
          RtspState *state,
          const IsthPiece *transport)
{
  uint32_t memo = state->n_streams < state->n_media ? state->media[state->n_streams] : 0;
  IsthPiece port;

  state->n_streams += state->n_streams < ISTH_SDP_MEDIA;
  if (isth_piece_between (transport, "client_port=", ";", &port) && isth_piece_number (&port) <= UINT16_MAX)
    isth_context_expect (ctx, &(IsthExpectation) { .layer = ISTH_LAYER_UDP, .of_receiver = true, .port = (uint16_t) isth_piece_number (&port), .id = "rtp",
                                                   .memo = memo });
}

static void
read_description (RtspState *state,
                  IsthCursor body)
{
  IsthSdpMedia media[ISTH_SDP_MEDIA];
  uint32_t n = isth_sdp_read (body, media);

  for (uint32_t i = 0; i < n; i++)
    state->media[i] = (uint32_t) isth_sdp_make_memo (&media[i]);
  if (n > 0)
    {
      state->n_media = (uint8_t) n;
      state->n_streams = 0;
    }
}

static uint32_t
read_fields (IsthDissectContext *ctx,
             RtspState *state,
             bool answer,
             IsthCursor *c)
{
  IsthPiece line, value;
  uint32_t sequence = 0;

  for (int n = 0; n < MOST_FIELDS && isth_lines_next (c, &line) && line.length > 0; n++)
    if (isth_piece_field (&line, "CSeq", &value))
      sequence = isth_piece_number (&value);
    else if (isth_piece_field (&line, answer ? "Server" : "User-Agent", &value) && value.length > 0)
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, value.bytes, value.length);
    else if (!answer && isth_piece_field (&line, "Authorization", &value))
      read_login (ctx, state, &value);
    else if (answer && isth_piece_field (&line, "Transport", &value))
      announce (ctx, state, &value);
    else if (answer && isth_piece_field (&line, "WWW-Authenticate", &value) && value.length > 0)
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_REALM, ISTH_CONFIDENCE_PARSED, value.bytes, value.length);
  return sequence;
}

/* "rtsp://user:secret@camera/1?x" → "rtsp://camera/1". */
static void
describe_target (IsthPiece target,
                 char object[ISTH_LIMIT_TEXT])
{
  char host[ISTH_LIMIT_TEXT];
  IsthPiece path = target, user;

  if (isth_piece_between (&target, "://", "/@?", &user) && user.bytes + user.length < target.bytes + target.length && user.bytes[user.length] == '@')
    path = (IsthPiece) { user.bytes + user.length + 1, target.length - (uint32_t) (user.bytes + user.length + 1 - target.bytes) };
  for (uint32_t i = 0; i < path.length; i++)
    if (path.bytes[i] == '?')
      path.length = i;
  isth_text_from_bytes (host, sizeof host, path.bytes, path.length);
  isth_text_format (object, ISTH_LIMIT_TEXT, "%s%s", path.bytes != target.bytes ? "rtsp://" : "", host);
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              RtspState *state,
              size_t method,
              IsthCursor *c)
{
  char object[ISTH_LIMIT_TEXT];
  IsthPiece line, target;
  uint32_t sequence;

  if (!isth_lines_next (c, &line))
    return ISTH_DISSECT_MALFORMED;
  if (!split_request (line, &target))
    return ISTH_DISSECT_NOT_MINE;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_context_show (ctx, line.bytes, isth_piece_open_length (&line)); /* the fields may hold a password */
  isth_emit_role_once (ctx, &state->roles[0], "rtsp-client");
  sequence = read_fields (ctx, state, false, c);
  describe_target (target, object);
  isth_emit_request (ctx, &(IsthRequest) { .match = sequence, .verb = (IsthOp) methods[method].verb, .function = -1, .name = methods[method].name,
                                           .object = object });
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_answer (IsthDissectContext *ctx,
             RtspState *state,
             IsthCursor *c)
{
  IsthPiece line, status;
  uint32_t code, sequence;
  char text[80];

  if (!isth_lines_next (c, &line))
    return ISTH_DISSECT_MALFORMED;
  status = (IsthPiece) { line.bytes + 9, line.length > 9 ? line.length - 9 : 0 };
  code = isth_piece_number (&status);
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role_once (ctx, &state->roles[1], "rtsp-server");
  sequence = read_fields (ctx, state, true, c);
  read_description (state, *c);
  isth_text_from_bytes (text, sizeof text, status.bytes, status.length);
  if (code >= 200)
    isth_emit_response (ctx, sequence, code >= 400 ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, code >= 400 ? text : NULL, false);
  return ISTH_DISSECT_OK;
}

/* 10.12: "$", a channel, a length, a packet of RTP (RFC 3550, 5.1) or of its reports, which say nothing here. */
static void
read_interleaved (IsthDissectContext *ctx,
                  IsthCursor *c)
{
  const uint8_t *start = c->data + c->position;
  char object[64];
  uint8_t channel, version, kind;
  uint32_t source;
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .name = "stream", .object = object, .protocol = "rtp" };

  isth_cursor_skip (c, 1);
  channel = isth_cursor_u8 (c);
  isth_cursor_skip (c, 2);
  version = isth_cursor_u8 (c) >> 6;
  kind = isth_cursor_u8 (c);
  isth_cursor_skip (c, 2 + 4);
  source = isth_cursor_be32 (c);
  if (c->failed || version != 2 || (kind >= 192 && kind < 224))
    return;
  kind &= 0x7f;
  isth_context_show (ctx, start, 4 + 12);
  request.function = kind;
  request.key = isth_context_digest (ctx, (uint64_t) channel << 8 | kind, &source, sizeof source);
  if (isth_emit_again (ctx, &request))
    return;
  isth_text_format (object, sizeof object, "channel %u, payload type %u", channel, kind);
  isth_emit_request (ctx, &request);
}

static IsthDissectResult
rtsp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  RtspState *state = isth_context_state (ctx);
  int method = isth_lines_find_method (c, methods, G_N_ELEMENTS (methods));

  if (isth_cursor_peek (c, 0) == '$')
    {
      if (!state->roles[0] && !state->roles[1])
        return ISTH_DISSECT_NOT_MINE;
      read_interleaved (ctx, c);
      return ISTH_DISSECT_OK;
    }
  if (is_answer (c))
    return read_answer (ctx, state, c);
  return method >= 0 ? read_request (ctx, state, (size_t) method, c) : ISTH_DISSECT_NOT_MINE;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 554 }, { ISTH_BIND_TCP, 8554 } };

const IsthDissector isth_dissector_rtsp = {
  .id = "rtsp", /* stored in project files: never change it */
  .title = "RTSP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software realm",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (RtspState),
  .probe = rtsp_probe,
  .pdu_length = rtsp_pdu_length,
  .dissect = rtsp_dissect,
};
