/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WireGuard (Donenfeld, NDSS 2017, 5.4): handshakes and who begins them. Keys, names and what is tunnelled are encrypted. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#define INITIATION_LENGTH 148
#define RESPONSE_LENGTH 92
#define COOKIE_LENGTH 64
#define DATA_SHORTEST 32

enum
{
  INITIATION = 1,
  RESPONSE,
  COOKIE,
  DATA,
};

typedef struct
{
  bool met[2]; /* the client, the server */
} WireguardState;

/* 1, 0, 0, 0 … 4, 0, 0, 0, with the lengths that go with it; 0: none. */
static uint8_t
read_kind (IsthCursor *c)
{
  uint32_t length = isth_cursor_wire_left (c), kind = isth_cursor_le32 (c);

  if (c->failed)
    return 0;
  switch (kind)
    {
    case INITIATION:
      return length == INITIATION_LENGTH ? INITIATION : 0;
    case RESPONSE:
      return length == RESPONSE_LENGTH ? RESPONSE : 0;
    case COOKIE:
      return length == COOKIE_LENGTH ? COOKIE : 0;
    case DATA:
      return length >= DATA_SHORTEST && length % 16 == 0 ? DATA : 0;
    default:
      return 0;
    }
}

/* All lengths of a handshake and zeros are as they must be; of data, that could be chance. */
static IsthProbe
wireguard_probe (IsthCursor c,
                 const IsthPacket *packet)
{
  uint8_t kind = read_kind (&c);

  (void) packet;
  if (kind == INITIATION || kind == RESPONSE)
    return isth_cursor_le32 (&c) != 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  return kind != 0 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

static void
meet (IsthDissectContext *ctx,
      WireguardState *state,
      bool server)
{
  if (state->met[server])
    return;
  state->met[server] = true;
  isth_emit_role (ctx, NULL, server ? "wireguard-server" : "wireguard-client");
}

/* Each two minutes again: 6.1. */
static void
read_initiation (IsthDissectContext *ctx,
                 WireguardState *state,
                 IsthCursor *c)
{
  IsthRequest request = {
    .match = isth_cursor_le32 (c),
    .opens = true,
    .verb = ISTH_OP_AUTHENTICATE,
    .function = INITIATION,
    .name = "handshake-initiation",
    .key = isth_context_digest (ctx, INITIATION, NULL, 0),
  };

  if (isth_context_direction (ctx) == ISTH_FROM_UNKNOWN)
    isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  meet (ctx, state, isth_context_direction (ctx) == ISTH_FROM_SERVER); /* either may begin the next one */
  if (!isth_emit_again (ctx, &request))
    isth_emit_request (ctx, &request);
}

static IsthDissectResult
wireguard_dissect (IsthCursor *c,
                   IsthDissectContext *ctx)
{
  WireguardState *state = isth_context_state (ctx);

  switch (read_kind (c))
    {
    case INITIATION:
      read_initiation (ctx, state, c);
      return ISTH_DISSECT_OK;
    case RESPONSE:
      if (isth_context_direction (ctx) == ISTH_FROM_UNKNOWN)
        isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      meet (ctx, state, isth_context_direction (ctx) == ISTH_FROM_SERVER);
      isth_cursor_skip (c, 4);
      isth_emit_response (ctx, isth_cursor_le32 (c), ISTH_OUTCOME_OK, NULL, false);
      return ISTH_DISSECT_OK;
    case COOKIE:
    case DATA:
      return ISTH_DISSECT_OK;
    default:
      return ISTH_DISSECT_NOT_MINE;
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 51820 } };

const IsthDissector isth_dissector_wireguard = {
  .id = "wireguard", /* stored in project files: never change it */
  .title = "WireGuard",
  .depth = ISTH_DEPTH_OPAQUE,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (WireguardState),
  .probe = wireguard_probe,
  .dissect = wireguard_dissect,
};
