/* SPDX-License-Identifier: GPL-3.0-or-later */
/* VNC, the remote framebuffer (RFC 6143): versions, how one proves who one is (or need not), what the desktop calls itself and how large it is. What is
 * shown and typed is not looked at. Behind the security types that encrypt (TLS, VeNCrypt, RA2) nothing more is seen. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#define VERSION_LENGTH 12
#define MOST_TYPES 32
#define LOGIN_MATCH 1
#define SECURITY_NONE 1
#define SECURITY_PASSWORD 2

typedef enum
{
  STAGE_SERVER_VERSION,
  STAGE_CLIENT_VERSION,
  STAGE_TYPES,     /* the server lists them, or (3.3) names the one */
  STAGE_CHOICE,    /* the client takes one */
  STAGE_CHALLENGE, /* the server's 16 bytes */
  STAGE_RESPONSE,  /* the client's, that the password made of them */
  STAGE_RESULT,
  STAGE_CLIENT_INIT,
  STAGE_SERVER_INIT,
  STAGE_WORK,
} Stage;

typedef struct
{
  uint8_t stage, minor, security;
} VncState;

static const struct { uint8_t type; const char *name; } types[] = {
  { 0, "none was left" }, { SECURITY_NONE, "no password" }, { SECURITY_PASSWORD, "VNC password" }, { 5, "RA2" }, { 6, "RA2ne" }, { 13, "RA2 256" },
  { 16, "Tight" }, { 17, "Ultra" }, { 18, "TLS" }, { 19, "VeNCrypt" }, { 20, "SASL" }, { 21, "MD5" }, { 22, "xvp" }, { 30, "Apple Diffie-Hellman" },
  { 33, "Apple RSA-SRP" }, { 35, "Apple Kerberos" }, { 36, "Apple SRP" }, { 113, "MS-Logon II" },
};

static const char *
get_type_name (char *text,
               size_t size,
               uint32_t type)
{
  for (size_t i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].type == type)
      return types[i].name;
  return isth_text_format (text, size, "security type %u", type);
}

/* "RFB 003.008\n" */
static bool
is_version (const IsthCursor *c)
{
  const uint8_t *b = c->data + c->position;

  return isth_cursor_left (c) >= VERSION_LENGTH && memcmp (b, "RFB ", 4) == 0 && g_ascii_isdigit (b[4]) && g_ascii_isdigit (b[5]) && g_ascii_isdigit (b[6]) &&
         b[7] == '.' && g_ascii_isdigit (b[8]) && g_ascii_isdigit (b[9]) && g_ascii_isdigit (b[10]) && b[11] == '\n';
}

static IsthProbe
vnc_probe (IsthCursor c,
           const IsthPacket *packet)
{
  (void) packet;
  return is_version (&c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint8_t
read_version (IsthDissectContext *ctx,
              IsthCursor *c)
{
  const uint8_t *b = isth_cursor_bytes (c, VERSION_LENGTH);
  uint32_t minor;

  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, b, VERSION_LENGTH - 1);
  minor = (b[8] - '0') * 100u + (b[9] - '0') * 10u + (b[10] - '0');
  return minor >= 8 ? 8 : minor == 7 ? 7 : 3; /* 7.1.1: whoever names another means 3.3, Apple's 889 and RealVNC's 4.x and 5.x mean 3.8 */
}

static void
emit_login (IsthDissectContext *ctx,
            VncState *state)
{
  char text[32], object[ISTH_LIMIT_TEXT];

  isth_text_format (object, sizeof object, "%s, RFB 3.%u", get_type_name (text, sizeof text, state->security), state->minor);
  isth_emit_request (ctx, &(IsthRequest) { .match = LOGIN_MATCH, .verb = ISTH_OP_AUTHENTICATE, .function = state->security, .name = "security",
                                           .object = object });
}

/* Where one goes when the security type is known. */
static void
go_on (IsthDissectContext *ctx,
       VncState *state,
       bool client)
{
  if (state->security == SECURITY_PASSWORD)
    {
      state->stage = STAGE_CHALLENGE;
      return;
    }
  if (client)
    emit_login (ctx, state);
  if (state->security != SECURITY_NONE)
    state->stage = STAGE_WORK;
  else
    state->stage = state->minor == 8 ? STAGE_RESULT : STAGE_CLIENT_INIT;
}

static void
read_types (IsthDissectContext *ctx,
            VncState *state,
            IsthCursor *c)
{
  char text[32], object[ISTH_LIMIT_TEXT] = "";
  uint32_t n = 1, wide = 4;

  if (state->minor > 3)
    {
      n = isth_cursor_u8 (c);
      wide = 1;
    }
  for (uint32_t i = 0; i < n && i < MOST_TYPES; i++)
    {
      uint32_t type = wide == 1 ? isth_cursor_u8 (c) : isth_cursor_be32 (c);
      char before[ISTH_LIMIT_TEXT];

      if (c->failed)
        return;
      state->security = (uint8_t) type;
      isth_text_format (before, sizeof before, "%s", object);
      isth_text_format (object, sizeof object, "%s%s%s", before, before[0] ? ", " : "", get_type_name (text, sizeof text, type));
    }
  isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_OTHER, .function = n, .name = "security-types",
                                           .object = n == 0 ? "refused" : object });
  if (n == 0 || (wide == 4 && state->security == 0))
    state->stage = STAGE_WORK;
  else if (wide == 1)
    state->stage = STAGE_CHOICE;
  else
    go_on (ctx, state, false);
}

static void
read_result (IsthDissectContext *ctx,
             VncState *state,
             IsthCursor *c)
{
  uint32_t result = isth_cursor_be32 (c), length;
  char text[160] = "";

  if (c->failed)
    return;
  if (result == 0)
    {
      isth_emit_response (ctx, LOGIN_MATCH, ISTH_OUTCOME_OK, NULL, false);
      state->stage = STAGE_CLIENT_INIT;
      return;
    }
  if (state->minor == 8 && isth_cursor_left (c) > 4)
    {
      length = isth_cursor_be32 (c);
      IsthCursor reason = isth_cursor_take (c, length);

      isth_text_from_bytes (text, sizeof text, reason.data, reason.length);
    }
  isth_emit_response (ctx, LOGIN_MATCH, ISTH_OUTCOME_REFUSED, text[0] ? text : result == 2 ? "too many attempts" : "authentication failed", false);
  state->stage = STAGE_WORK;
}

/* "root's desktop (host:1)", "host:1": the host, when it is one word that is followed by a display. */
static void
read_host (IsthDissectContext *ctx,
           const IsthCursor *name)
{
  uint32_t end = name->length, start;

  while (end > 0 && name->data[end - 1] != ':')
    end--;
  if (end < 2 || end >= name->length || !g_ascii_isdigit (name->data[end]))
    return;
  for (start = end - 1; start > 0 && (g_ascii_isalnum (name->data[start - 1]) || strchr ("-_.", name->data[start - 1])); start--)
    if (name->data[start - 1] == 0)
      return;
  if (start < end - 1 && (start == 0 || name->data[start - 1] == '('))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_BANNER, name->data + start, end - 1 - start);
}

/* 7.3.2. What the desktop calls itself names the device only where nothing better does. */
static void
read_desktop (IsthDissectContext *ctx,
              VncState *state,
              IsthCursor *c)
{
  uint16_t width = isth_cursor_be16 (c), height = isth_cursor_be16 (c);
  IsthCursor name;
  char object[ISTH_LIMIT_TEXT], text[160];
  uint32_t length;

  isth_cursor_skip (c, 16);
  length = isth_cursor_be32 (c);
  name = isth_cursor_take (c, length);
  state->stage = STAGE_WORK;
  if (c->failed)
    return;
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_NAME, ISTH_CONFIDENCE_BANNER, name.data, name.length);
  read_host (ctx, &name);
  isth_text_from_bytes (text, sizeof text, name.data, name.length);
  isth_text_format (object, sizeof object, "desktop “%s”, %u × %u", text, width, height);
  isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .name = "desktop", .object = object });
}

static void
read_server (IsthDissectContext *ctx,
             VncState *state,
             IsthCursor *c)
{
  switch ((Stage) state->stage)
    {
    case STAGE_TYPES:
      read_types (ctx, state, c);
      break;
    case STAGE_CHALLENGE:
      isth_cursor_skip (c, 16);
      state->stage = STAGE_RESPONSE;
      break;
    case STAGE_RESULT:
      read_result (ctx, state, c);
      break;
    case STAGE_CLIENT_INIT: /* the client's own byte was not captured */
    case STAGE_SERVER_INIT:
      read_desktop (ctx, state, c);
      break;
    default:
      state->stage = STAGE_WORK;
      break;
    }
}

static void
read_client (IsthDissectContext *ctx,
             VncState *state,
             IsthCursor *c)
{
  switch ((Stage) state->stage)
    {
    case STAGE_CHOICE:
      state->security = isth_cursor_u8 (c);
      go_on (ctx, state, true);
      break;
    case STAGE_RESPONSE:
      isth_cursor_skip (c, 16);
      emit_login (ctx, state);
      state->stage = STAGE_RESULT;
      break;
    case STAGE_CLIENT_INIT:
      if (state->security == SECURITY_NONE && state->minor == 3) /* nobody asked for anything, so this is the moment */
        emit_login (ctx, state);
      isth_cursor_skip (c, 1);
      state->stage = STAGE_SERVER_INIT;
      break;
    default:
      state->stage = STAGE_WORK;
      break;
    }
}

static IsthDissectResult
vnc_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  VncState *state = isth_context_state (ctx);

  if (state->stage == STAGE_WORK)
    return ISTH_DISSECT_OK;
  if (state->stage <= STAGE_CLIENT_VERSION)
    {
      bool server = state->stage == STAGE_SERVER_VERSION;
      uint8_t minor;

      if (!is_version (c))
        return server ? ISTH_DISSECT_NOT_MINE : ISTH_DISSECT_OK;
      if (!server && isth_context_direction (ctx) == ISTH_FROM_SERVER)
        return ISTH_DISSECT_OK;
      isth_context_prove_direction (ctx, server ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
      isth_emit_role (ctx, NULL, server ? "vnc-server" : "vnc-client");
      minor = read_version (ctx, c);
      state->minor = server ? minor : MIN (minor, state->minor);
      state->stage++;
    }
  while (isth_cursor_left (c) > 0 && !c->failed && state->stage > STAGE_CLIENT_VERSION && state->stage < STAGE_WORK)
    {
      if (isth_context_direction (ctx) == ISTH_FROM_SERVER)
        read_server (ctx, state, c);
      else
        read_client (ctx, state, c);
    }
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 5900 }, { ISTH_BIND_TCP, 5901 }, { ISTH_BIND_TCP, 5500 } };

const IsthDissector isth_dissector_vnc = {
  .id = "vnc", /* stored in project files: never change it */
  .title = "VNC",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software name hostname",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (VncState),
  .probe = vnc_probe,
  .dissect = vnc_dissect,
};
