/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POP3 (RFC 1939, 2449, 2595): who fetches mail from whom, and logins that everybody on the way can read. Mail itself is stepped over; behind STLS all is
 * secret. */
#include "analysis/dissectors/dissector.h"

#include "analysis/dissectors/lines.h"
#include "analysis/dissectors/secret.h"

typedef struct
{
  uint32_t requests, responses; /* counted: they are answered in order */
  bool client, server;          /* the roles were told */
  bool starting, secret;        /* STLS was asked for; granted */
  char user[64];
} PopState;

static const struct
{
  const char *name;
  uint8_t verb;
} commands[] = {
  { "USER", ISTH_OP_OTHER }, { "PASS", ISTH_OP_AUTHENTICATE }, { "APOP", ISTH_OP_AUTHENTICATE }, { "STAT", ISTH_OP_READ }, { "LIST", ISTH_OP_READ },
  { "RETR", ISTH_OP_READ },  { "DELE", ISTH_OP_OTHER },        { "CAPA", ISTH_OP_IDENTIFY },     { "STLS", ISTH_OP_OTHER }, { "QUIT", ISTH_OP_OTHER },
  { "TOP", ISTH_OP_READ },   { "UIDL", ISTH_OP_READ },         { "NOOP", ISTH_OP_OTHER },        { "AUTH", ISTH_OP_AUTHENTICATE }, { "RSET", ISTH_OP_OTHER },
};

static int
find_command (const IsthPiece *line,
              IsthPiece *rest)
{
  IsthPiece word;

  *rest = *line;
  word = isth_piece_word (rest);
  for (size_t i = 0; i < G_N_ELEMENTS (commands) && word.length <= 4; i++)
    if (isth_piece_is (&word, commands[i].name))
      return (int) i;
  return -1;
}

static bool
is_reply (const IsthPiece *line)
{
  return isth_piece_starts (line, "+OK") || isth_piece_starts (line, "-ERR");
}

static IsthProbe
pop3_probe (IsthCursor c,
            const IsthPacket *packet)
{
  int first = isth_cursor_peek (&c, 0);
  IsthPiece line, rest;

  (void) packet;
  if ((first != '+' && first != '-' && !g_ascii_isalpha (first)) || !isth_lines_next (&c, &line) || !isth_piece_is_text (&line))
    return ISTH_PROBE_NO;
  if (isth_piece_starts (&line, "+OK ") && isth_piece_between (&line, "POP", "", &rest))
    return ISTH_PROBE_STRONG;
  return is_reply (&line) || find_command (&line, &rest) >= 0 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

static IsthDissectResult
read_command (IsthDissectContext *ctx,
              PopState *state,
              const IsthPiece *line)
{
  char object[ISTH_LIMIT_TEXT] = "";
  IsthPiece rest;
  int which = find_command (line, &rest);
  const char *name = which < 0 ? "" : commands[which].name;

  if (which < 0)
    return state->server || state->client ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (commands[which].verb == ISTH_OP_AUTHENTICATE)
    isth_context_show (ctx, line->bytes, (uint32_t) strlen (name));
  isth_emit_role_once (ctx, &state->client, "pop3-client");
  state->starting = name[0] == 'S' && name[2] == 'L';
  if (g_str_equal (name, "USER"))
    {
      isth_text_from_bytes (state->user, sizeof state->user, rest.bytes, rest.length);
      isth_text_format (object, sizeof object, "user “%s”", state->user);
    }
  else if (g_str_equal (name, "PASS"))
    isth_text_format (object, sizeof object, "user “%s”, password in clear (%s)", state->user, isth_secret_class (rest.length));
  else if (g_str_equal (name, "APOP") || g_str_equal (name, "AUTH"))
    {
      IsthPiece word = isth_piece_word (&rest);

      isth_text_from_bytes (state->user, sizeof state->user, word.bytes, word.length);
      isth_text_format (object, sizeof object, name[1] == 'P' ? "user “%s”" : "by %s", state->user);
    }
  isth_emit_request (ctx, &(IsthRequest) { .match = state->requests++, .verb = (IsthOp) commands[which].verb, .function = -1, .name = name,
                                           .object = object });
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_reply (IsthDissectContext *ctx,
            PopState *state,
            const IsthPiece *line)
{
  bool refused = line->length > 0 && line->bytes[0] == '-';
  char text[80];

  if (!is_reply (line)) /* of mail, and of lists */
    return state->server ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  if (!state->server)
    isth_emit_role (ctx, NULL, "pop3-server");
  if (!state->server && state->requests == 0 && line->length > 4)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_BANNER, ISTH_CONFIDENCE_BANNER, line->bytes + 4, line->length - 4);
  state->server = true;
  state->secret = state->starting && !refused;
  if (state->responses < state->requests)
    isth_emit_response (ctx, state->responses++, refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                        refused ? isth_text_from_bytes (text, sizeof text, line->bytes, line->length) : NULL, false);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
pop3_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  PopState *state = isth_context_state (ctx);
  IsthDirection direction = isth_context_direction (ctx);
  IsthPiece line;

  isth_lines_next_or_rest (c, &line);
  if (state->secret)
    return ISTH_DISSECT_OK;
  if (direction == ISTH_FROM_SERVER || (direction == ISTH_FROM_UNKNOWN && is_reply (&line)))
    return read_reply (ctx, state, &line);
  return read_command (ctx, state, &line);
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 110 } };

const IsthDissector isth_dissector_pop3 = {
  .id = "pop3", /* stored in project files: never change it */
  .title = "POP3",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "banner",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (PopState),
  .probe = pop3_probe,
  .pdu_length = isth_lines_pdu_length,
  .dissect = pop3_dissect,
};
