/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The daemon of rsync (as rsyncd.conf(5) and its greeting tell): who copies from or to which module, in which version of the protocol, and who logs in. Files
 * are not read. */
#include "analysis/dissectors/dissector.h"

#include "analysis/dissectors/lines.h"

#define LONGEST 1024

typedef struct
{
  bool client, server; /* the greetings were read */
  bool asked;          /* a module, or for their list */
  bool login;          /* a name and the answer to a challenge are to come */
  bool files;          /* what follows is no text */
} RsyncState;

static bool
is_greeting (const IsthPiece *line,
             IsthPiece *version)
{
  return isth_piece_starts (line, "@RSYNCD: ") && isth_piece_between (line, "@RSYNCD: ", " ", version) && version->length > 0
         && g_ascii_isdigit (version->bytes[0]);
}

static IsthProbe
rsync_probe (IsthCursor c,
             const IsthPacket *packet)
{
  IsthPiece line, version;

  (void) packet;
  if (isth_cursor_peek (&c, 0) != '@' || !isth_lines_next (&c, &line))
    return ISTH_PROBE_NO;
  return is_greeting (&line, &version) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
rsync_pdu_length (IsthCursor c)
{
  uint32_t left = isth_cursor_left (&c), length = isth_lines_length (&c);
  IsthPiece line = { c.data + c.position, left };

  if (length > 0 && length <= LONGEST)
    return length;
  line.length = MIN (left, LONGEST);
  return left < LONGEST && isth_piece_is_text (&line) ? ISTH_PDU_MORE : MAX (left, 1);
}

static void
tell_version (IsthDissectContext *ctx,
              bool *told,
              const IsthPiece *version,
              const char *role)
{
  char text[64], number[32];

  if (*told)
    return;
  *told = true;
  isth_emit_role (ctx, NULL, role);
  isth_text_format (text, sizeof text, "rsync protocol %s", isth_text_from_bytes (number, sizeof number, version->bytes, version->length));
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, text, ISTH_CONFIDENCE_BANNER, version->bytes, version->length);
}

static void
read_server (IsthDissectContext *ctx,
             RsyncState *state,
             const IsthPiece *line)
{
  char text[80];
  IsthPiece version;

  if (is_greeting (line, &version))
    tell_version (ctx, &state->server, &version, "rsync-server");
  else if (isth_piece_starts (line, "@RSYNCD: AUTHREQD"))
    state->login = true;
  else if (isth_piece_starts (line, "@RSYNCD: OK") || isth_piece_starts (line, "@RSYNCD: EXIT"))
    {
      isth_emit_response (ctx, 1, ISTH_OUTCOME_OK, NULL, false);
      isth_emit_response (ctx, 0, ISTH_OUTCOME_OK, NULL, false);
      state->files = isth_piece_starts (line, "@RSYNCD: OK");
    }
  else if (isth_piece_starts (line, "@ERROR"))
    {
      isth_text_from_bytes (text, sizeof text, line->bytes, line->length);
      isth_emit_response (ctx, state->login ? 1 : 0, ISTH_OUTCOME_REFUSED, text, false);
    }
}

static void
read_client (IsthDissectContext *ctx,
             RsyncState *state,
             const IsthPiece *line)
{
  char object[ISTH_LIMIT_TEXT], user[96];
  IsthPiece version, rest = *line;

  if (is_greeting (line, &version))
    tell_version (ctx, &state->client, &version, "rsync-client");
  else if (!state->asked)
    {
      bool list = line->length == 0 || isth_piece_is (line, "#list");

      state->asked = true;
      isth_text_from_bytes (object, sizeof object, line->bytes, list ? 0 : line->length);
      isth_emit_request (ctx, &(IsthRequest) { .match = 0, .verb = list ? ISTH_OP_IDENTIFY : ISTH_OP_FILE, .function = -1,
                                               .name = list ? "list" : "module", .object = object });
    }
  else if (state->login)
    {
      IsthPiece word = isth_piece_word (&rest);

      isth_context_show (ctx, word.bytes, word.length); /* what is made of the password follows */
      isth_text_format (object, sizeof object, "user “%s”", isth_text_from_bytes (user, sizeof user, word.bytes, word.length));
      isth_emit_request (ctx, &(IsthRequest) { .match = 1, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "login", .object = object });
    }
}

static IsthDissectResult
rsync_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  RsyncState *state = isth_context_state (ctx);
  IsthPiece line, version;

  if (state->files)
    return ISTH_DISSECT_OK;
  if (!isth_lines_next (c, &line))
    return state->client || state->server ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  if (!state->client && !state->server && !is_greeting (&line, &version))
    return ISTH_DISSECT_NOT_MINE;
  if (isth_context_direction (ctx) == ISTH_FROM_SERVER)
    read_server (ctx, state, &line);
  else if (isth_context_direction (ctx) == ISTH_FROM_CLIENT)
    read_client (ctx, state, &line);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 873 } };

const IsthDissector isth_dissector_rsync = {
  .id = "rsync", /* stored in project files: never change it */
  .title = "rsync",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (RsyncState),
  .probe = rsync_probe,
  .pdu_length = rsync_pdu_length,
  .dissect = rsync_dissect,
};
