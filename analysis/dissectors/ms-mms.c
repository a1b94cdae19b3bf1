/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Microsoft Media Server protocol, by which Windows Media Player fetched streams: that it is spoken, by whom with which program. [MS-MMSP], 2.2.3
 * (header of messages over TCP), 2.2.4.2 (Connect). What is played is not told. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#define HEADER 16    /* up to the word that every message has */
#define LARGEST 65536
#define CONNECT 0x00030001u
#define NAME_AT 52   /* of the player in a Connect message, UTF-16 */

typedef struct
{
  bool known, told[2]; /* the client, the server */
} MsMmsState;

/* Version 1, the session id 0xB00BFACE, a length, "MMS ". */
static bool
is_message (const IsthCursor *c)
{
  const uint8_t *b = c->data + c->position;

  return isth_cursor_left (c) >= HEADER && b[0] == 1 && memcmp (b + 4, "\xce\xfa\x0b\xb0", 4) == 0 && memcmp (b + 12, "MMS ", 4) == 0;
}

static IsthProbe
ms_mms_probe (IsthCursor c,
              const IsthPacket *packet)
{
  (void) packet;
  return is_message (&c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* Packets of the stream stand between messages: of them one takes what is there. */
static uint32_t
ms_mms_pdu_length (IsthCursor c)
{
  uint32_t left = isth_cursor_left (&c), length;

  if (left > 0 && left < HEADER && isth_cursor_peek (&c, 0) == 1)
    return ISTH_PDU_MORE;
  if (!is_message (&c))
    return left > 0 ? left : ISTH_PDU_MORE;
  isth_cursor_skip (&c, 8);
  length = isth_cursor_le32 (&c);
  return length <= LARGEST ? HEADER + length : ISTH_PDU_INVALID;
}

static IsthDissectResult
ms_mms_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  MsMmsState *state = isth_context_state (ctx);
  const uint8_t *b = c->data + c->position;
  uint32_t left = isth_cursor_left (c), kind;
  bool server;

  if (!is_message (c))
    return state->known ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  state->known = true;
  isth_cursor_skip (c, 36); /* counts and times */
  kind = isth_cursor_le32 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  server = kind >> 16 == 4; /* 3: of the client */
  if ((kind >> 16 != 3 && !server) || state->told[server])
    return ISTH_DISSECT_OK;
  state->told[server] = true;
  isth_context_prove_direction (ctx, server ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, server ? "ms-mms-server" : "ms-mms-client");
  if (kind == CONNECT && left > NAME_AT)
    {
      char text[ISTH_LIMIT_TEXT];
      uint32_t n = 0;

      while (NAME_AT + n + 2 <= left && (b[NAME_AT + n] != 0 || b[NAME_AT + n + 1] != 0) && b[NAME_AT + n] != ';')
        n += 2;
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, isth_text_from_utf16 (text, sizeof text, b + NAME_AT, n, false), ISTH_CONFIDENCE_BANNER, b + NAME_AT, n);
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 1755 } };

const IsthDissector isth_dissector_ms_mms = {
  .id = "ms-mms", /* stored in project files: never change it */
  .title = "Microsoft Media Server",
  .depth = ISTH_DEPTH_RECOGNISED,
  .identity = "software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (MsMmsState),
  .probe = ms_mms_probe,
  .pdu_length = ms_mms_pdu_length,
  .dissect = ms_mms_dissect,
};
