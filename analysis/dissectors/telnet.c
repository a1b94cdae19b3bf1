/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telnet (RFC 854, options by RFC 855 and IANA): what the server shows before somebody has logged in, who logs in (never with what), and how that
 * ends. What is typed and shown afterwards is nobody's business. A name that the client edits with cursor keys is not followed. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#define IAC 0xff
#define MOST_LINES 24
#define LINE 160
#define USER 80
#define LOGIN_MATCH 1
#define LONGEST_SUBNEGOTIATION 512

enum
{
  COMMAND_SE = 0xf0,
  COMMAND_SB = 0xfa,
  COMMAND_WILL = 0xfb,
  COMMAND_DONT = 0xfe,
};

enum
{
  OPTION_ECHO = 1,
  OPTION_TERMINAL_TYPE = 24,
  OPTION_WINDOW_SIZE = 31,
  OPTION_NEW_ENVIRONMENT = 39,
};

typedef enum
{
  STAGE_GREETING, /* lines of the server, up to the first prompt */
  STAGE_USER,     /* it asked for the name */
  STAGE_NAMED,    /* … and has it: what comes next repeats it */
  STAGE_PASSWORD, /* … for the password */
  STAGE_CHECKING,
  STAGE_IN,
} Stage;

typedef struct
{
  uint8_t stage, n_lines, line_length, user_length;
  bool typed, escape;
  bool met[2]; /* their roles were told: the client's, the server's */
  uint8_t line[LINE], user[USER];
} TelnetState;

static const char *const user_prompts[] = { "login:", "username:", "user:", "user name:", "user id:", "login as:", "userid:", "benutzer:", "account:" };
static const char *const password_prompts[] = { "password:", "password: ?", "passwd:", "passcode:", "pass:", "kennwort:", "passwort:" };
static const char *const refusals[] = { "incorrect", "invalid", "fail", "denied", "refused", "bad password", "error", "wrong" };
static const char *const no_hosts[] = { "user", "please", "console", "enter", "your", "remote", "telnet", "system", "local", "operator", "admin", "the", "for" };
static const char *const systems[] = { "Ubuntu ", "Debian GNU/Linux", "Red Hat", "CentOS", "Fedora", "SunOS", "FreeBSD", "VxWorks",
                                       "Welcome to Microsoft Telnet" };

/* Options that IANA has given a number. */
static bool
is_option (uint8_t number)
{
  return number <= 49 || (number >= 138 && number <= 140) || number == 255;
}

/* The length of the command at the cursor; 0: not complete. */
static uint32_t
command_length (const uint8_t *b,
                uint32_t n)
{
  if (n < 2)
    return 0;
  if (b[1] >= COMMAND_WILL && b[1] <= COMMAND_DONT)
    return n < 3 ? 0 : 3;
  if (b[1] != COMMAND_SB)
    return 2;
  for (uint32_t i = 2; i + 1 < n; i++)
    {
      if (b[i] == IAC && b[i + 1] == COMMAND_SE)
        return i + 2;
      if (b[i] == IAC)
        i++;
    }
  return n > LONGEST_SUBNEGOTIATION ? n : 0;
}

/* The bytes in front of the first that somebody typed or is shown. */
static uint32_t
count_commands (const uint8_t *b,
                uint32_t n)
{
  uint32_t at = 0;

  for (uint32_t length = 1; length > 0 && at < n && b[at] == IAC; at += length)
    length = command_length (b + at, n - at);
  return at;
}

static IsthProbe
telnet_probe (IsthCursor c,
              const IsthPacket *packet)
{
  const uint8_t *b = c.data + c.position;
  uint32_t left = isth_cursor_left (&c), at = 0;

  (void) packet;
  while (at + 3 <= left && b[at] == IAC && b[at + 1] >= COMMAND_WILL && b[at + 1] <= COMMAND_DONT && is_option (b[at + 2]))
    at += 3;
  if (at >= 6)
    return ISTH_PROBE_STRONG;
  if (at == 3 || (left >= 4 && b[0] == IAC && b[1] == COMMAND_SB && is_option (b[2])))
    return ISTH_PROBE_WEAK;
  for (uint32_t i = 0; i < MIN (left, 64); i++)
    if (!g_ascii_isprint (b[i]) && !g_ascii_isspace (b[i]) && b[i] != 0 && b[i] != 7 && b[i] != 8 && b[i] != 0x1b)
      return ISTH_PROBE_NO;
  return ISTH_PROBE_WEAK;
}

/* All there is, but for a command that is not complete. */
static uint32_t
telnet_pdu_length (IsthCursor c)
{
  const uint8_t *b = c.data + c.position;
  uint32_t left = isth_cursor_left (&c);

  for (uint32_t i = 0; i < left; i++)
    if (b[i] == IAC)
      {
        uint32_t length = command_length (b + i, left - i);

        if (length == 0)
          return i > 0 ? i : ISTH_PDU_MORE;
        i += length - 1;
      }
  return left > 0 ? left : ISTH_PDU_MORE;
}

static bool
ends_with_any (const char *line,
               const char *const *words,
               size_t n)
{
  size_t length = strlen (line);

  for (size_t i = 0; i < n; i++)
    {
      size_t word = strlen (words[i]);

      if (length >= word && g_ascii_strcasecmp (line + length - word, words[i]) == 0)
        return true;
    }
  return false;
}

static bool
holds_any (const char *line,
           const char *const *words,
           size_t n)
{
  g_autofree char *lower = g_ascii_strdown (line, -1);

  for (size_t i = 0; i < n; i++)
    if (strstr (lower, words[i]))
      return true;
  return false;
}

static void
emit_login (IsthDissectContext *ctx,
            TelnetState *state)
{
  char user[USER + 1], object[ISTH_LIMIT_TEXT];

  isth_text_from_bytes (user, sizeof user, state->user, state->user_length);
  if (user[0])
    isth_text_format (object, sizeof object, "user “%s”, password in clear", user);
  else
    isth_text_format (object, sizeof object, "password in clear");
  isth_emit_request (ctx, &(IsthRequest) { .match = LOGIN_MATCH, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "login", .object = object });
  state->user_length = 0;
}

static void
tell_role (IsthDissectContext *ctx,
           TelnetState *state)
{
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;

  if (isth_context_direction (ctx) == ISTH_FROM_UNKNOWN || state->met[server])
    return;
  state->met[server] = true;
  isth_emit_role (ctx, NULL, server ? "telnet-server" : "telnet-client");
}

/* "HOST login:", as Unix asks. */
static void
read_host (IsthDissectContext *ctx,
           const char *line)
{
  const char *blank = strchr (line, ' ');
  char host[LINE];

  if (!blank || blank == line || g_ascii_strcasecmp (blank + 1, "login:") != 0)
    return;
  isth_text_format (host, sizeof host, "%.*s", (int) (blank - line), line);
  for (size_t i = 0; i < G_N_ELEMENTS (no_hosts); i++)
    if (g_ascii_strcasecmp (host, no_hosts[i]) == 0)
      return;
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, host, ISTH_CONFIDENCE_BANNER, NULL, 0);
}

/* A line that the server ended, or with @prompt one in which it waits. */
static void
take_line (IsthDissectContext *ctx,
           TelnetState *state,
           bool prompt)
{
  char line[LINE + 1];
  bool asks_user, asks_password;

  isth_text_from_bytes (line, sizeof line, state->line, state->line_length);
  if (!line[0])
    return;
  asks_user = prompt && ends_with_any (line, user_prompts, G_N_ELEMENTS (user_prompts));
  asks_password = prompt && ends_with_any (line, password_prompts, G_N_ELEMENTS (password_prompts));
  if (prompt && !asks_user && !asks_password && state->stage != STAGE_CHECKING)
    return;
  if (state->stage == STAGE_CHECKING)
    {
      bool refused = asks_user || asks_password || holds_any (line, refusals, G_N_ELEMENTS (refusals));

      isth_emit_response (ctx, LOGIN_MATCH, refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, refused ? line : NULL, false);
      state->stage = refused ? STAGE_GREETING : STAGE_IN;
    }
  else if (state->n_lines < MOST_LINES && (state->stage == STAGE_GREETING || asks_password))
    {
      state->n_lines++;
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_BANNER, line, ISTH_CONFIDENCE_BANNER, NULL, 0);
      for (size_t i = 0; i < G_N_ELEMENTS (systems); i++)
        if (g_str_has_prefix (line, systems[i]))
          isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, line, ISTH_CONFIDENCE_BANNER, NULL, 0);
    }
  if (asks_user || asks_password)
    {
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      tell_role (ctx, state);
      read_host (ctx, line);
      state->stage = asks_user ? STAGE_USER : STAGE_PASSWORD;
      state->user_length = asks_user ? 0 : state->user_length;
      state->typed = false;
    }
  state->line_length = 0;
}

static void
take_server_byte (IsthDissectContext *ctx,
                  TelnetState *state,
                  uint8_t byte)
{
  if (state->escape) /* "ESC [ 0 ; 1 m": up to the letter */
    state->escape = !g_ascii_isalpha (byte);
  else if (byte == 0x1b)
    state->escape = true;
  else if (byte == '\n' || byte == '\r')
    {
      if (state->stage != STAGE_USER)
        take_line (ctx, state, false);
      state->line_length = 0;
    }
  else if (byte == 8)
    state->line_length -= state->line_length > 0;
  else if (byte != 0 && byte != 7 && state->line_length < LINE)
    state->line[state->line_length++] = byte;
}

/* Keys before the name or password is sent; of a password only that there was one. */
static void
take_client_byte (IsthDissectContext *ctx,
                  TelnetState *state,
                  uint8_t byte)
{
  if (state->stage == STAGE_GREETING && g_ascii_isprint (byte))
    state->n_lines = MOST_LINES; /* from here on the server shows what it was asked for */
  if (state->stage != STAGE_USER && state->stage != STAGE_PASSWORD)
    return;
  tell_role (ctx, state);
  if (byte == '\r' || byte == '\n')
    {
      if (state->stage == STAGE_PASSWORD && state->typed)
        {
          state->stage = STAGE_CHECKING;
          state->line_length = 0; /* should the server repeat what was typed, it is gone */
        }
      else if (state->stage == STAGE_USER && state->user_length > 0)
        state->stage = STAGE_NAMED;
      return;
    }
  if (byte == 0)
    return;
  if (state->stage == STAGE_PASSWORD && !state->typed)
    emit_login (ctx, state);
  state->typed = true;
  if (state->stage == STAGE_PASSWORD)
    return;
  if (byte == 8 || byte == 0x7f)
    state->user_length -= state->user_length > 0;
  else if (state->user_length < USER)
    state->user[state->user_length++] = byte;
}

/* RFC 1572: "USER" and its value, as VAR name VALUE value. */
static void
read_environment (IsthDissectContext *ctx,
                  const uint8_t *b,
                  uint32_t n)
{
  static const uint8_t user[] = { 0, 'U', 'S', 'E', 'R', 1 };
  char name[USER], object[ISTH_LIMIT_TEXT];
  uint32_t end = sizeof user + 1;

  if (n <= end || b[0] > 2 || memcmp (b + 1, user, sizeof user) != 0)
    return;
  while (end < n && b[end] > 3)
    end++;
  isth_text_from_bytes (name, sizeof name, b + 1 + sizeof user, end - 1 - sizeof user);
  isth_text_format (object, sizeof object, "user “%s”", name);
  isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = OPTION_NEW_ENVIRONMENT, .name = "environment",
                                           .object = object });
}

static void
read_subnegotiation (IsthDissectContext *ctx,
                     const uint8_t *b,
                     uint32_t n)
{
  char text[64], object[ISTH_LIMIT_TEXT];

  if (n < 2)
    return;
  if (b[0] == OPTION_TERMINAL_TYPE && b[1] == 0)
    {
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_text_from_bytes (text, sizeof text, b + 2, n - 2);
      isth_text_format (object, sizeof object, "terminal %s", text);
      isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_OTHER, .function = OPTION_TERMINAL_TYPE, .name = "terminal-type",
                                               .object = object });
    }
  else if (b[0] == OPTION_NEW_ENVIRONMENT && b[1] == 0)
    read_environment (ctx, b + 1, n - 1);
}

static void
read_command (IsthDissectContext *ctx,
              TelnetState *state,
              const uint8_t *b,
              uint32_t n)
{
  if (n == 3 && b[2] == OPTION_ECHO && b[1] == COMMAND_WILL)
    isth_context_prove_direction (ctx, ISTH_FROM_SERVER); /* who echoes is the host */
  if (n > 5 && b[1] == COMMAND_SB)
    read_subnegotiation (ctx, b + 2, n - 4);
  tell_role (ctx, state);
}

/* Until a prompt tells, the usual port does. */
static IsthDirection
get_direction (const IsthDissectContext *ctx)
{
  IsthDirection direction = isth_context_direction (ctx);

  if (direction != ISTH_FROM_UNKNOWN)
    return direction;
  return isth_context_packet (ctx)->source_port == 23 ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT;
}

static IsthDissectResult
telnet_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  TelnetState *state = isth_context_state (ctx);
  const uint8_t *b = c->data + c->position;
  uint32_t left = isth_cursor_left (c);

  if (state->stage == STAGE_IN)
    return ISTH_DISSECT_OK;
  if (get_direction (ctx) == ISTH_FROM_CLIENT) /* what is typed is no evidence */
    isth_context_show (ctx, b, count_commands (b, left));
  for (uint32_t i = 0; i < left; i++)
    {
      uint32_t length = b[i] == IAC ? command_length (b + i, left - i) : 0;

      if (b[i] == IAC)
        {
          if (length == 0)
            return ISTH_DISSECT_OK;
          read_command (ctx, state, b + i, length);
          i += length - 1;
          continue;
        }
      if (get_direction (ctx) == ISTH_FROM_SERVER)
        take_server_byte (ctx, state, b[i]);
      else
        take_client_byte (ctx, state, b[i]);
    }
  if (state->line_length > 0 && state->stage != STAGE_USER)
    take_line (ctx, state, true);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 23 }, { ISTH_BIND_TCP, 2323 } };

const IsthDissector isth_dissector_telnet = {
  .id = "telnet", /* stored in project files: never change it */
  .title = "Telnet",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "banner hostname os",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (TelnetState),
  .probe = telnet_probe,
  .pdu_length = telnet_pdu_length,
  .dissect = telnet_dissect,
};
