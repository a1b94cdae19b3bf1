/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SOCKS 4, 4a and 5 (RFC 1928, 1929): who is let through to where by a relay, and with which name. What is relayed is not read. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/secret.h"

#define MATCH 1
#define LOGIN_MATCH 2
#define MOST_METHODS 4

typedef enum
{
  STAGE_START,
  STAGE_METHOD,   /* 5: the server takes one */
  STAGE_LOGIN,    /* the client's name and password */
  STAGE_ADMITTED, /* the server's word on that */
  STAGE_REQUEST,
  STAGE_REPLY,
  STAGE_RELAY,
} Stage;

typedef struct
{
  uint8_t stage, version;
  char user[64];
} SocksState;

static const char *const commands[] = { NULL, "connect", "bind", "relay-datagrams" };
static const char *const replies[] = { NULL, "general failure", "not allowed", "network unreachable", "host unreachable", "connection refused", "TTL expired",
                                       "command not supported", "address type not supported" };

/* 4, 1 or 2, port, address, name up to a NUL; for 0.0.0.x the host's name behind it. */
static bool
is_request_4 (IsthCursor c)
{
  uint8_t version = isth_cursor_u8 (&c), command = isth_cursor_u8 (&c);
  uint16_t port = isth_cursor_be16 (&c);
  uint32_t address = isth_cursor_be32 (&c), left;
  const uint8_t *b;

  if (c.failed || version != 4 || command < 1 || command > 2 || port == 0 || address == 0)
    return false;
  b = c.data + c.position;
  left = isth_cursor_left (&c);
  if (left == 0 || left > 512 || b[left - 1] != 0)
    return false;
  for (uint32_t i = 0; i < left; i++)
    if (b[i] != 0 && !g_ascii_isprint (b[i]))
      return false;
  return address >> 8 == 0 ? left >= 4 : memchr (b, 0, left) == b + left - 1;
}

/* 5, how many methods, the methods: all different, of those that are in use, and nothing behind. */
static bool
is_greeting_5 (IsthCursor c)
{
  uint8_t version = isth_cursor_u8 (&c), n = isth_cursor_u8 (&c), seen = 0;

  if (c.failed || version != 5 || n == 0 || n > MOST_METHODS || isth_cursor_wire_left (&c) != n)
    return false;
  for (uint8_t i = 0; i < n; i++)
    {
      uint8_t method = isth_cursor_u8 (&c);

      if (method > 3 || seen & 1u << method)
        return false;
      seen |= (uint8_t) (1u << method);
    }
  return true;
}

static IsthProbe
socks_probe (IsthCursor c,
             const IsthPacket *packet)
{
  int first = isth_cursor_peek (&c, 0);

  (void) packet;
  if (first == 4)
    return is_request_4 (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  return first == 5 && is_greeting_5 (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* @command is one of the table. */
static void
emit_request (IsthDissectContext *ctx,
              SocksState *state,
              uint8_t command,
              const char *host,
              uint16_t port)
{
  char object[ISTH_LIMIT_TEXT];

  isth_text_format (object, sizeof object, "%s port %u%s%s%s", host, port, state->user[0] ? ", user “" : "", state->user, state->user[0] ? "”" : "");
  isth_emit_request (ctx, &(IsthRequest) { .match = MATCH, .opens = true, .verb = ISTH_OP_AUTHENTICATE, .function = command,
                                           .name = commands[command], .object = object });
  state->stage = STAGE_REPLY;
}

static void
read_request_4 (IsthDissectContext *ctx,
                SocksState *state,
                IsthCursor *c)
{
  uint8_t command;
  uint16_t port;
  uint32_t address;
  char host[160];
  const uint8_t *name, *end;

  isth_cursor_skip (c, 1);
  command = isth_cursor_u8 (c);
  port = isth_cursor_be16 (c);
  address = isth_cursor_be32 (c);
  name = c->data + c->position;
  end = memchr (name, 0, isth_cursor_left (c));
  isth_text_from_string (state->user, sizeof state->user, name, isth_cursor_left (c));
  if (address >> 8 == 0 && end)
    isth_text_from_string (host, sizeof host, end + 1, (size_t) (c->data + c->length - end - 1));
  else
    isth_text_format (host, sizeof host, "%u.%u.%u.%u", address >> 24, address >> 16 & 0xff, address >> 8 & 0xff, address & 0xff);
  emit_request (ctx, state, command, host, port);
}

static IsthDissectResult
read_login (IsthDissectContext *ctx,
            SocksState *state,
            IsthCursor *c)
{
  IsthCursor name;
  char object[ISTH_LIMIT_TEXT];

  isth_cursor_skip (c, 1);
  name = isth_cursor_take (c, isth_cursor_u8 (c));
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_text_from_bytes (state->user, sizeof state->user, name.data, name.length);
  isth_context_show (ctx, name.data, name.length);
  isth_text_format (object, sizeof object, "user “%s”, password in clear (%s)", state->user, isth_secret_class_at (*c, false));
  isth_emit_request (ctx, &(IsthRequest) { .match = LOGIN_MATCH, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "login", .object = object });
  state->stage = STAGE_ADMITTED;
  return ISTH_DISSECT_OK;
}

/* RFC 1928, 4 */
static IsthDissectResult
read_request_5 (IsthDissectContext *ctx,
                SocksState *state,
                IsthCursor *c)
{
  uint8_t version = isth_cursor_u8 (c), command = isth_cursor_u8 (c), kind;
  char host[MAX (160, ISTH_ADDRESS_TEXT)];
  const uint8_t *b;
  uint16_t port;
  uint8_t n;

  isth_cursor_skip (c, 1);
  kind = isth_cursor_u8 (c);
  n = kind == 1 ? 4 : kind == 4 ? 16 : kind == 3 ? isth_cursor_u8 (c) : 0;
  b = isth_cursor_bytes (c, n);
  port = isth_cursor_be16 (c);
  if (c->failed || version != 5 || n == 0 || command == 0 || command >= G_N_ELEMENTS (commands))
    return ISTH_DISSECT_MALFORMED;
  if (kind == 3)
    isth_text_from_bytes (host, sizeof host, b, n);
  else
    {
      IsthAddress address = kind == 1 ? isth_address_ipv4 (b) : isth_address_ipv6 (b);

      isth_address_format (&address, host);
    }
  emit_request (ctx, state, command, host, port);
  return ISTH_DISSECT_OK;
}

static void
read_reply (IsthDissectContext *ctx,
            SocksState *state,
            IsthCursor *c)
{
  uint8_t code;
  const char *text = NULL;

  isth_cursor_skip (c, 1);
  code = isth_cursor_u8 (c);
  if (state->version == 4)
    text = code == 0x5a ? NULL : "rejected";
  else if (code != 0)
    text = code < G_N_ELEMENTS (replies) ? replies[code] : "refused";
  isth_emit_response (ctx, MATCH, text ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, text, false);
  state->stage = STAGE_RELAY;
}

static IsthDissectResult
begin (IsthDissectContext *ctx,
       SocksState *state,
       IsthCursor *c)
{
  state->version = (uint8_t) isth_cursor_peek (c, 0);
  if (!(state->version == 4 ? is_request_4 (*c) : is_greeting_5 (*c)))
    return ISTH_DISSECT_NOT_MINE;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "socks-client");
  if (state->version == 4)
    read_request_4 (ctx, state, c);
  else
    state->stage = STAGE_METHOD;
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
socks_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  SocksState *state = isth_context_state (ctx);
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;

  if (state->stage == STAGE_RELAY)
    return ISTH_DISSECT_OK;
  if (state->stage == STAGE_START)
    return begin (ctx, state, c);
  if (server && state->stage == STAGE_METHOD)
    {
      int method = isth_cursor_peek (c, 1);

      isth_emit_role (ctx, NULL, "socks-server");
      state->stage = method == 2 ? STAGE_LOGIN : method == 0 ? STAGE_REQUEST : STAGE_RELAY;
    }
  else if (server && state->stage == STAGE_ADMITTED)
    {
      bool refused = isth_cursor_peek (c, 1) != 0;

      isth_emit_response (ctx, LOGIN_MATCH, refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, refused ? "login refused" : NULL, false);
      state->stage = refused ? STAGE_RELAY : STAGE_REQUEST;
    }
  else if (server && state->stage == STAGE_REPLY)
    {
      if (state->version == 4)
        isth_emit_role (ctx, NULL, "socks-server");
      read_reply (ctx, state, c);
    }
  else if (!server && state->stage == STAGE_LOGIN)
    return read_login (ctx, state, c);
  else if (!server && state->stage == STAGE_REQUEST)
    return read_request_5 (ctx, state, c);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 1080 } };

const IsthDissector isth_dissector_socks = {
  .id = "socks", /* stored in project files: never change it */
  .title = "SOCKS",
  .depth = ISTH_DEPTH_FULL,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (SocksState),
  .probe = socks_probe,
  .dissect = socks_dissect,
};
