/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CODESYS V2, TCP 1200 and 2455: who asks a runtime what it is. There is no public description; read as public tools use it.
 *
 * Known is one command, the first of any connection, whose answer names the operating system and the product. Where messages end is
 * not, so that each segment is taken for one, and only its first command is counted: with its number. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#define MAGIC 0xbbbb
#define LOGIN 1
#define SYSTEM 64   /* where the answer has its texts: 32 bytes each */
#define DETAIL 96
#define PRODUCT 128

typedef struct
{
  bool client_known, server_known;
  bool asked; /* the command that says what the runtime is */
} CodesysState;

static IsthProbe
codesys_probe (IsthCursor c,
               const IsthPacket *packet)
{
  uint32_t left;

  (void) packet;
  if (isth_cursor_be16 (&c) != MAGIC || c.failed)
    return ISTH_PROBE_NO;
  left = isth_cursor_wire_left (&c);
  /* Its one known request, for either byte order. */
  if (left == 5 && isth_cursor_peek (&c, 0) == 1 && isth_cursor_peek (&c, 1) == 0 && isth_cursor_peek (&c, 2) == 0 && isth_cursor_peek (&c, 3) <= 1
      && isth_cursor_peek (&c, 4) == LOGIN)
    return ISTH_PROBE_STRONG;
  return left >= 5 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

static uint32_t
codesys_pdu_length (IsthCursor c)
{
  uint32_t whole = isth_cursor_wire_left (&c);
  int first = isth_cursor_peek (&c, 0), second = isth_cursor_peek (&c, 1);

  if ((first >= 0 && first != 0xbb) || (second >= 0 && second != 0xbb))
    return ISTH_PDU_INVALID;
  return second < 0 || whole < 7 ? ISTH_PDU_MORE : whole;
}

static void
read_identity (IsthDissectContext *ctx,
               const IsthCursor *pdu,
               uint32_t start)
{
  const uint8_t *b = pdu->data + start;
  char name[40], detail[40], text[96];

  if (pdu->length - start < PRODUCT + 32 || b[SYSTEM] < ' ' || b[SYSTEM] >= 0x7f)
    return;
  isth_text_from_string (name, sizeof name, b + SYSTEM, 32);
  isth_text_from_string (detail, sizeof detail, b + DETAIL, 32);
  isth_text_format (text, sizeof text, detail[0] ? "%s %s" : "%s", name, detail);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, text, ISTH_CONFIDENCE_PARSED, b + SYSTEM, 64);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_PARSED, b + PRODUCT, 32);
}

static IsthDissectResult
codesys_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  CodesysState *state = isth_context_state (ctx);
  const IsthPacket *packet = isth_context_packet (ctx);
  IsthDirection direction = isth_context_direction (ctx);
  IsthCursor pdu = *c;
  uint32_t start = c->position;
  char object[24];
  uint8_t command;

  if (isth_cursor_be16 (c) != MAGIC)
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  isth_cursor_skip (c, 4);
  command = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (direction == ISTH_FROM_SERVER || (direction == ISTH_FROM_UNKNOWN && (packet->source_port == 1200 || packet->source_port == 2455)))
    {
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_role_once (ctx, &state->server_known, "codesys-server");
      isth_emit_response (ctx, 0, ISTH_OUTCOME_OK, NULL, false);
      if (state->asked)
        read_identity (ctx, &pdu, start);
      state->asked = false;
      return ISTH_DISSECT_OK;
    }
  state->asked = command == LOGIN && pdu.wire - start == 7;
  if (!state->asked) /* it may be anything, a password as well */
    isth_context_show (ctx, c->data + start, c->position - start);
  isth_emit_role_once (ctx, &state->client_known, "codesys-client");
  isth_emit_request (ctx, &(IsthRequest){
    .function = command,
    .verb = state->asked ? ISTH_OP_IDENTIFY : ISTH_OP_OTHER,
    .name = state->asked ? "login" : "command",
    .object = state->asked ? NULL : isth_text_format (object, sizeof object, "command 0x%02x", command),
  });
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 1200 }, { ISTH_BIND_TCP, 2455 } };

const IsthDissector isth_dissector_codesys = {
  .id = "codesys", /* stored in project files: never change it */
  .title = "CODESYS V2",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "os software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (CodesysState),
  .probe = codesys_probe,
  .pdu_length = codesys_pdu_length,
  .dissect = codesys_dissect,
};
