/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SMTP (RFC 5321, 4954, 3207): who sends mail through whom, what both call themselves, and logins that everybody on the way can read.
 *
 * Of mail only its sender's and receivers' addresses are kept; its text is stepped over. Behind STARTTLS everything is secret. */
#include "analysis/dissectors/dissector.h"

#include "analysis/dissectors/lines.h"
#include "analysis/dissectors/secret.h"

typedef enum
{
  COMMANDS,
  LOGIN_USER, /* AUTH LOGIN: two lines of base64 follow */
  LOGIN_PASSWORD,
  LOGIN_PLAIN,    /* AUTH PLAIN: one line of base64 follows */
  LOGIN_OTHER,    /* questions and answers that are not read */
  MAIL,       /* up to a dot in a line of its own */
  SECRET,
} SmtpPhase;

typedef struct
{
  uint32_t requests, responses; /* counted: they are answered in order */
  uint8_t phase;
  bool client, server;          /* the roles were told */
  bool starting;                /* STARTTLS was asked for */
  uint32_t chunk;               /* bytes of a mail that follow as they are (BDAT, RFC 3030) */
  char user[64];
} SmtpState;

static const struct
{
  const char *name;
  uint8_t verb;
} commands[] = {
  { "EHLO", ISTH_OP_IDENTIFY }, { "HELO", ISTH_OP_IDENTIFY }, { "MAIL", ISTH_OP_OTHER }, { "RCPT", ISTH_OP_OTHER }, { "DATA", ISTH_OP_OTHER },
  { "AUTH", ISTH_OP_AUTHENTICATE }, { "STARTTLS", ISTH_OP_OTHER }, { "QUIT", ISTH_OP_OTHER }, { "RSET", ISTH_OP_OTHER }, { "NOOP", ISTH_OP_OTHER },
  { "VRFY", ISTH_OP_IDENTIFY }, { "EXPN", ISTH_OP_IDENTIFY }, { "HELP", ISTH_OP_OTHER }, { "BDAT", ISTH_OP_OTHER },
};

static int
find_command (const IsthPiece *line,
              IsthPiece *rest)
{
  IsthPiece word;

  *rest = *line;
  word = isth_piece_word (rest);
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (isth_piece_is (&word, commands[i].name))
      return (int) i;
  return -1;
}

/* RFC 5321, 4.2.1: no answer is preliminary. */
static uint16_t
read_code (const IsthPiece *line)
{
  uint16_t code = isth_piece_code (line);

  return code >= 200 ? code : 0;
}

static IsthProbe
smtp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  int first = isth_cursor_peek (&c, 0);
  IsthPiece line, rest;

  (void) packet;
  if (!g_ascii_isalnum (first) || !isth_lines_next (&c, &line) || !isth_piece_is_text (&line))
    return ISTH_PROBE_NO;
  if (g_ascii_isdigit (first))
    {
      if (read_code (&line) == 220 && isth_piece_between (&line, "SMTP", "", &rest))
        return ISTH_PROBE_STRONG;
      return read_code (&line) != 0 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
    }
  if (find_command (&line, &rest) < 0)
    return ISTH_PROBE_NO;
  return isth_piece_starts (&line, "EHLO ") ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static void
ask (IsthDissectContext *ctx,
     SmtpState *state,
     IsthOp verb,
     const char *name,
     const char *object)
{
  isth_emit_request (ctx, &(IsthRequest) { .match = state->requests++, .verb = verb, .function = -1, .name = name, .object = object });
}

/* base64 (RFC 4648) of a name, or of PLAIN's "\0name\0password" (RFC 4616); what is secret in it is not kept. */
/* Returns how many bytes follow the name, of which a zero comes first. */
static size_t
read_user (SmtpState *state,
           const IsthPiece *text,
           bool plain)
{
  uint8_t bytes[256];
  const uint8_t *start = bytes, *end;
  int step = 0;
  guint save = 0;
  size_t n = g_base64_decode_step ((const char *) text->bytes, MIN (text->length, (sizeof bytes / 3 - 1) * 4), bytes, &step, &save), left = n;

  if (plain)
    {
      start = n > 0 ? memchr (bytes, 0, n) : NULL;
      start = start ? start + 1 : bytes + n;
      left = n - (size_t) (start - bytes);
    }
  end = left > 0 ? memchr (start, 0, left) : NULL;
  isth_text_from_bytes (state->user, sizeof state->user, start, plain && !end ? 0 : end ? (size_t) (end - start) : left);
  memset (bytes, 0, n);
  return end ? left - (size_t) (end - start) : 0;
}

/* Of what is sent in base64 (RFC 4648): how many bytes it stands for. */
static size_t
measure_base64 (const IsthPiece *text)
{
  size_t n = text->length;

  while (n > 0 && text->bytes[n - 1] == '=')
    n--;
  return n * 3 / 4;
}

static void
emit_login (IsthDissectContext *ctx,
            SmtpState *state,
            size_t secret)
{
  char object[ISTH_LIMIT_TEXT];

  isth_text_format (object, sizeof object, "user “%s”, password in clear (%s)", state->user, isth_secret_class (secret));
  ask (ctx, state, ISTH_OP_AUTHENTICATE, "AUTH", object);
}

static void
read_login (IsthDissectContext *ctx,
            SmtpState *state,
            IsthPiece rest)
{
  IsthPiece mechanism = isth_piece_word (&rest);
  char object[ISTH_LIMIT_TEXT], name[24];

  state->user[0] = '\0';
  if (isth_piece_is (&mechanism, "LOGIN"))
    {
      state->phase = rest.length > 0 ? LOGIN_PASSWORD : LOGIN_USER;
      if (rest.length > 0)
        read_user (state, &rest, false);
      state->requests++; /* asked back for the name, and for the password */
      return;
    }
  if (isth_piece_is (&mechanism, "PLAIN") && rest.length == 0)
    {
      state->phase = LOGIN_PLAIN;
      state->requests++;
      return;
    }
  if (isth_piece_is (&mechanism, "PLAIN"))
    {
      size_t behind = read_user (state, &rest, true);

      emit_login (ctx, state, behind > 0 ? behind - 1 : 0);
      return;
    }
  state->phase = LOGIN_OTHER;
  isth_text_format (object, sizeof object, "by %s", isth_text_from_bytes (name, sizeof name, mechanism.bytes, mechanism.length));
  ask (ctx, state, ISTH_OP_AUTHENTICATE, "AUTH", object);
}

static void
read_login_line (IsthDissectContext *ctx,
                 SmtpState *state,
                 const IsthPiece *line)
{
  size_t behind = 0, secret = measure_base64 (line);

  if (state->phase == LOGIN_USER)
    {
      read_user (state, line, false);
      state->phase = LOGIN_PASSWORD;
      state->requests++;
      return;
    }
  if (state->phase == LOGIN_OTHER)
    return; /* its questions are no answers to commands, nor counted */
  if (state->phase == LOGIN_PLAIN)
    {
      behind = read_user (state, line, true);
      secret = behind > 0 ? behind - 1 : 0;
    }
  state->phase = COMMANDS;
  isth_context_show (ctx, line->bytes, 0);
  emit_login (ctx, state, secret);
}

static IsthDissectResult
read_command (IsthDissectContext *ctx,
              SmtpState *state,
              const IsthPiece *line)
{
  char object[ISTH_LIMIT_TEXT];
  IsthPiece rest;
  int which = find_command (line, &rest);

  if (which < 0)
    {
      if (!state->server && !state->client)
        return ISTH_DISSECT_NOT_MINE;
      state->requests++; /* not known here, and answered in its turn */
      return ISTH_DISSECT_OK;
    }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (commands[which].verb == ISTH_OP_AUTHENTICATE)
    isth_context_show (ctx, line->bytes, (uint32_t) strlen (commands[which].name));
  isth_emit_role_once (ctx, &state->client, "smtp-client");
  if (commands[which].verb == ISTH_OP_AUTHENTICATE)
    {
      read_login (ctx, state, rest);
      return ISTH_DISSECT_OK;
    }
  if ((which == 0 || which == 1) && rest.length > 0 && rest.bytes[0] != '[' && !g_ascii_isdigit (rest.bytes[0])) /* a name, no address */
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_BANNER, rest.bytes, rest.length);
  state->starting = isth_piece_starts (line, "STARTTLS");
  if (g_str_equal (commands[which].name, "BDAT"))
    {
      IsthPiece all = rest, size = isth_piece_word (&all);

      state->chunk = isth_piece_number (&size);
    }
  isth_text_from_bytes (object, sizeof object, rest.bytes, rest.length);
  ask (ctx, state, (IsthOp) commands[which].verb, commands[which].name, object);
  return ISTH_DISSECT_OK;
}

/* "220 mail.example.org ESMTP Postfix" */
static void
read_greeting (IsthDissectContext *ctx,
               const IsthPiece *line)
{
  IsthPiece text = { line->bytes + 4, line->length > 4 ? line->length - 4 : 0 }, host;

  if (text.length == 0)
    return;
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_BANNER, ISTH_CONFIDENCE_BANNER, text.bytes, text.length);
  host = isth_piece_word (&text);
  if (host.length > 0 && g_ascii_isalpha (host.bytes[0]) && memchr (host.bytes, '.', host.length) && !isth_piece_starts (&host, "localhost"))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_BANNER, host.bytes, host.length);
}

static IsthDissectResult
read_reply (IsthDissectContext *ctx,
            SmtpState *state,
            const IsthPiece *line)
{
  uint32_t code = read_code (line);
  char text[80];

  if (code == 0)
    return state->server ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  if (!state->server)
    isth_emit_role (ctx, NULL, "smtp-server");
  if (!state->server && code == 220 && state->requests == 0)
    read_greeting (ctx, line);
  state->server = true;
  if (line->length > 3 && line->bytes[3] == '-')
    return ISTH_DISSECT_OK;
  if (state->phase == LOGIN_OTHER && code == 334)
    return ISTH_DISSECT_OK;
  if (state->starting && code == 220)
    state->phase = SECRET;
  state->starting = false;
  if (code == 354)
    state->phase = MAIL;
  isth_text_from_bytes (text, sizeof text, line->bytes, line->length);
  if (state->responses < state->requests)
    isth_emit_response (ctx, state->responses++, code >= 400 ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, code >= 400 ? text : NULL, false);
  if ((code >= 400 && state->phase != MAIL) || state->phase == LOGIN_OTHER)
    state->phase = COMMANDS;
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
smtp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  SmtpState *state = isth_context_state (ctx);
  IsthDirection direction = isth_context_direction (ctx);
  uint32_t whole = isth_cursor_wire_left (c);
  IsthPiece line;

  isth_lines_next_or_rest (c, &line);
  if (state->phase == SECRET)
    return ISTH_DISSECT_OK;
  if (direction == ISTH_FROM_SERVER || (direction == ISTH_FROM_UNKNOWN && read_code (&line) != 0))
    return read_reply (ctx, state, &line);
  if (state->chunk > 0)
    {
      state->chunk -= MIN (state->chunk, whole);
      return ISTH_DISSECT_OK;
    }
  if (state->phase == MAIL)
    {
      if (isth_piece_is (&line, "."))
        {
          state->phase = COMMANDS;
          state->requests++; /* the mail as a whole is answered */
        }
      return ISTH_DISSECT_OK;
    }
  if (state->phase != COMMANDS)
    read_login_line (ctx, state, &line);
  else
    return read_command (ctx, state, &line);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 25 }, { ISTH_BIND_TCP, 587 } };

const IsthDissector isth_dissector_smtp = {
  .id = "smtp", /* stored in project files: never change it */
  .title = "SMTP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "banner hostname",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (SmtpState),
  .probe = smtp_probe,
  .pdu_length = isth_lines_pdu_length,
  .dissect = smtp_dissect,
};
