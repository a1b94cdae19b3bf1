/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IMAP 4 (RFC 9051, 2971): who reads mail at whom, with which programs, and logins that everybody on the way can read. Mail itself, and names of folders, are
 * stepped over; behind STARTTLS all is secret. */
#include "analysis/dissectors/dissector.h"

#include "analysis/dissectors/lines.h"
#include "analysis/dissectors/secret.h"

#define LONGEST_TAG 16

typedef struct
{
  uint64_t starting;   /* digest of the tag of STARTTLS */
  bool client, server; /* the roles were told */
  bool secret;
} ImapState;

static const struct
{
  const char *name;
  uint8_t verb;
} commands[] = {
  { "LOGIN", ISTH_OP_AUTHENTICATE }, { "AUTHENTICATE", ISTH_OP_AUTHENTICATE }, { "CAPABILITY", ISTH_OP_IDENTIFY }, { "STARTTLS", ISTH_OP_OTHER },
  { "ID", ISTH_OP_IDENTIFY },        { "SELECT", ISTH_OP_READ },               { "EXAMINE", ISTH_OP_READ },        { "LIST", ISTH_OP_READ },
  { "LSUB", ISTH_OP_READ },          { "STATUS", ISTH_OP_READ },               { "FETCH", ISTH_OP_READ },          { "UID", ISTH_OP_READ },
  { "SEARCH", ISTH_OP_READ },        { "STORE", ISTH_OP_OTHER },               { "APPEND", ISTH_OP_OTHER },        { "IDLE", ISTH_OP_SUBSCRIBE },
  { "NOOP", ISTH_OP_OTHER },         { "LOGOUT", ISTH_OP_OTHER },              { "CLOSE", ISTH_OP_OTHER },         { "EXPUNGE", ISTH_OP_OTHER },
  { "NAMESPACE", ISTH_OP_OTHER },    { "ENABLE", ISTH_OP_OTHER },              { "COPY", ISTH_OP_OTHER },          { "CREATE", ISTH_OP_OTHER },
};

/* "a1 LOGIN bob secret" */
static int
find_command (const IsthPiece *line,
              IsthPiece *tag,
              IsthPiece *rest)
{
  IsthPiece word;

  *rest = *line;
  *tag = isth_piece_word (rest);
  word = isth_piece_word (rest);
  if (tag->length == 0 || tag->length > LONGEST_TAG || !g_ascii_isalnum (tag->bytes[0]))
    return -1;
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (isth_piece_is (&word, commands[i].name))
      return (int) i;
  return -1;
}

static IsthProbe
imap_probe (IsthCursor c,
            const IsthPacket *packet)
{
  int first = isth_cursor_peek (&c, 0);
  IsthPiece line, tag, rest;

  (void) packet;
  if ((first != '*' && !g_ascii_isalnum (first)) || !isth_lines_next (&c, &line) || !isth_piece_is_text (&line))
    return ISTH_PROBE_NO;
  if (isth_piece_starts (&line, "* OK ") || isth_piece_starts (&line, "* PREAUTH "))
    return isth_piece_between (&line, "IMAP", "", &rest) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
  return find_command (&line, &tag, &rest) >= 0 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

static uint64_t
make_match (const IsthDissectContext *ctx,
            const IsthPiece *tag)
{
  return isth_context_digest (ctx, 1, tag->bytes, tag->length);
}

/* ("name" "Reader" "version" "2.1" …) */
static void
claim_id (IsthDissectContext *ctx,
          const IsthPiece *list)
{
  IsthPiece name, version = { NULL, 0 };
  char text[ISTH_LIMIT_TEXT], first[96], second[64];

  if (!isth_piece_between (list, "\"name\" \"", "\"", &name) || name.length == 0)
    return;
  isth_piece_between (list, "\"version\" \"", "\"", &version);
  isth_text_from_bytes (first, sizeof first, name.bytes, name.length);
  isth_text_from_bytes (second, sizeof second, version.bytes, version.length);
  isth_text_format (text, sizeof text, "%s%s%s", first, second[0] ? " " : "", second);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, text, ISTH_CONFIDENCE_BANNER, list->bytes, list->length);
}

/* A word, or what stands between quotes (RFC 9051, 4.3). */
static IsthPiece
take_string (const IsthPiece *rest)
{
  IsthPiece all = *rest, word = isth_piece_word (&all);

  if (word.length == 0 || word.bytes[0] != '"')
    return word;
  word = (IsthPiece) { rest->bytes + 1, 0 };
  while (word.length + 1 < rest->length && word.bytes[word.length] != '"')
    word.length += word.bytes[word.length] == '\\' && word.length + 2 < rest->length ? 2 : 1;
  return word;
}

/* The characters of what follows the string @word in @rest. */
static uint32_t
measure_secret (const IsthPiece *rest,
                const IsthPiece *word)
{
  const uint8_t *at = word->bytes + word->length, *end = rest->bytes + rest->length;
  IsthPiece next;

  while (at < end && (*at == '"' || *at == ' '))
    at++;
  if (at > word->bytes + word->length && at < end && at[-1] == '"' && at - 1 > word->bytes + word->length) /* its own quote */
    at--;
  next = (IsthPiece) { at, (uint32_t) (end - at) };
  return take_string (&next).length;
}

static IsthDissectResult
read_command (IsthDissectContext *ctx,
              ImapState *state,
              const IsthPiece *line)
{
  char object[ISTH_LIMIT_TEXT] = "", user[96];
  IsthPiece tag, rest, word;
  int which = find_command (line, &tag, &rest);

  if (which < 0) /* the rest of what a command started */
    return state->server || state->client ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (which < 2)
    isth_context_show (ctx, line->bytes, (uint32_t) (rest.bytes - line->bytes));
  isth_emit_role_once (ctx, &state->client, "imap-client");
  if (which < 2)
    {
      word = take_string (&rest);
      isth_text_from_bytes (user, sizeof user, word.bytes, word.length);
      if (which == 0 && word.length > 0 && word.bytes[0] == '{') /* a literal: it follows in lines of its own */
        isth_text_format (object, sizeof object, "password in clear");
      else if (which == 0)
        isth_text_format (object, sizeof object, "user “%s”, password in clear (%s)", user, isth_secret_class (measure_secret (&rest, &word)));
      else
        isth_text_format (object, sizeof object, "by %s", user);
    }
  else if (g_str_equal (commands[which].name, "STARTTLS"))
    state->starting = make_match (ctx, &tag);
  else if (g_str_equal (commands[which].name, "ID"))
    claim_id (ctx, &rest);
  isth_emit_request (ctx, &(IsthRequest) { .match = make_match (ctx, &tag), .verb = (IsthOp) commands[which].verb, .function = -1,
                                           .name = commands[which].name, .object = object });
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_reply (IsthDissectContext *ctx,
            ImapState *state,
            const IsthPiece *line)
{
  IsthPiece rest = *line, tag = isth_piece_word (&rest);
  bool refused = isth_piece_starts (&rest, "NO") || isth_piece_starts (&rest, "BAD");
  char text[80];

  if (!state->server && !isth_piece_is (&tag, "*") && !refused && !isth_piece_starts (&rest, "OK"))
    return state->client ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  if (!state->server)
    isth_emit_role (ctx, NULL, "imap-server");
  if (!state->server && !state->client && isth_piece_starts (&rest, "OK "))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_BANNER, ISTH_CONFIDENCE_BANNER, rest.bytes + 3, rest.length - 3);
  state->server = true;
  if (isth_piece_is (&tag, "*"))
    {
      if (isth_piece_starts (&rest, "ID ("))
        claim_id (ctx, &rest);
      return ISTH_DISSECT_OK;
    }
  if (tag.length == 0 || (!refused && !isth_piece_starts (&rest, "OK")))
    return ISTH_DISSECT_OK;
  if (state->starting != 0 && state->starting == make_match (ctx, &tag))
    state->secret = !refused;
  isth_emit_response (ctx, make_match (ctx, &tag), refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                      refused ? isth_text_from_bytes (text, sizeof text, rest.bytes, rest.length) : NULL, false);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
imap_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  ImapState *state = isth_context_state (ctx);
  IsthDirection direction = isth_context_direction (ctx);
  IsthPiece line;

  isth_lines_next_or_rest (c, &line);
  if (state->secret)
    return ISTH_DISSECT_OK;
  if (direction == ISTH_FROM_SERVER || (direction == ISTH_FROM_UNKNOWN && line.length > 0 && line.bytes[0] == '*'))
    return read_reply (ctx, state, &line);
  return read_command (ctx, state, &line);
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 143 } };

const IsthDissector isth_dissector_imap = {
  .id = "imap", /* stored in project files: never change it */
  .title = "IMAP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "banner software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (ImapState),
  .probe = imap_probe,
  .pdu_length = isth_lines_pdu_length,
  .dissect = imap_dissect,
};
