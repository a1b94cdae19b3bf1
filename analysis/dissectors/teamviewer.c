/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TeamViewer: its own protocol between a computer and a router of the maker, or another computer. There is no public standard: only its framing is known,
 * from what others found and captures show. What is in the frames is encrypted; also by TLS, then the name of the router tells (remote-names.c). */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#define MAGIC 0x1724
#define HEADER 5 /* magic, command, length */
#define LATER_MAGIC 0x1130
#define LATER_HEADER 24
#define LARGEST_LATER 65536
#define DATAGRAM_MAGIC 11
#define DATAGRAM_HEADER 14
#define LARGEST 16384

typedef struct
{
  bool told, answered;
} TeamviewerState;

static bool
is_datagram (const IsthPacket *packet)
{
  return packet->layer == ISTH_LAYER_UDP;
}

/* 17 24, the command, how much follows; or 11 30, the command, 0, how much follows the 24 bytes of the header: low bytes first. 0: neither. */
static uint32_t
frame_length (IsthCursor *c)
{
  uint16_t magic = isth_cursor_be16 (c);
  uint32_t length;

  isth_cursor_skip (c, 1);
  if (magic == MAGIC)
    {
      length = isth_cursor_le16 (c);
      return !c->failed && length > 0 && length <= LARGEST ? HEADER + length : 0;
    }
  if (magic != LATER_MAGIC || isth_cursor_u8 (c) != 0)
    return 0;
  length = isth_cursor_le32 (c);
  return !c->failed && length <= LARGEST_LATER ? LATER_HEADER + length : 0;
}

static IsthProbe
teamviewer_probe (IsthCursor c,
                  const IsthPacket *packet)
{
  IsthCursor start = c;
  uint32_t length;

  if (is_datagram (packet))
    {
      uint32_t flags;
      uint8_t kind;

      if (isth_cursor_left (&c) < DATAGRAM_HEADER || isth_cursor_peek (&c, DATAGRAM_MAGIC) != MAGIC >> 8 ||
          isth_cursor_peek (&c, DATAGRAM_MAGIC + 1) != (MAGIC & 0xff))
        return ISTH_PROBE_NO;
      isth_cursor_skip (&c, 4);
      flags = isth_cursor_le32 (&c);
      isth_cursor_skip (&c, 2);
      kind = isth_cursor_u8 (&c);
      return flags <= 1 && kind < 0x20 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    }
  length = frame_length (&c);
  if (length == 0)
    return ISTH_PROBE_NO;
  isth_cursor_skip (&start, length);
  if (isth_cursor_left (&start) == 0 || start.failed)
    return ISTH_PROBE_WEAK; /* two bytes that fit, and nothing behind them */
  return frame_length (&start) > 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
teamviewer_pdu_length (IsthCursor c)
{
  uint32_t length = frame_length (&c);

  if (length > 0)
    return length;
  return c.failed ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
}

static void
tell (IsthDissectContext *ctx,
      TeamviewerState *state,
      uint8_t command,
      const char *carrier)
{
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;

  if (isth_context_direction (ctx) == ISTH_FROM_UNKNOWN)
    isth_context_prove_direction (ctx, ISTH_FROM_CLIENT); /* who speaks first calls */
  if (server && !state->answered)
    {
      state->answered = true;
      isth_emit_role (ctx, NULL, "teamviewer-server");
    }
  else if (!server && !state->told)
    {
      state->told = true;
      isth_emit_role (ctx, NULL, "teamviewer-client");
      isth_emit_role (ctx, NULL, "remote-access");
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, "TeamViewer", ISTH_CONFIDENCE_BANNER, NULL, 0);
      isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .opens = true, .verb = ISTH_OP_AUTHENTICATE, .function = command, .name = "remote-session",
                                               .object = carrier });
    }
}

static IsthDissectResult
teamviewer_dissect (IsthCursor *c,
                    IsthDissectContext *ctx)
{
  TeamviewerState *state = isth_context_state (ctx);
  IsthCursor look = *c;

  if (state->told && state->answered)
    return ISTH_DISSECT_OK;
  if (is_datagram (isth_context_packet (ctx)))
    {
      if (isth_cursor_peek (c, DATAGRAM_MAGIC) != MAGIC >> 8 || isth_cursor_peek (c, DATAGRAM_MAGIC + 1) != (MAGIC & 0xff))
        return state->told ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
      tell (ctx, state, (uint8_t) isth_cursor_peek (c, DATAGRAM_MAGIC - 1), "TeamViewer, datagrams");
      return ISTH_DISSECT_OK;
    }
  if (frame_length (&look) == 0)
    return ISTH_DISSECT_NOT_MINE;
  tell (ctx, state, (uint8_t) isth_cursor_peek (c, 2), "TeamViewer");
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 5938 }, { ISTH_BIND_UDP, 5938 } };

const IsthDissector isth_dissector_teamviewer = {
  .id = "teamviewer", /* stored in project files: never change it */
  .title = "TeamViewer",
  .depth = ISTH_DEPTH_OPAQUE,
  .identity = "software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (TeamviewerState),
  .probe = teamviewer_probe,
  .pdu_length = teamviewer_pdu_length,
  .dissect = teamviewer_dissect,
};
