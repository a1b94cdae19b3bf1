/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Red Lion Crimson 3, TCP 789: what a panel or protocol converter is. There is no public description; read as captures show it.
 *
 * Two of its items are known, the make and the model; reading of others is counted with their number, and so is what else is asked. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#define LONGEST 4096
#define MODEL 0x012a
#define MAKER 0x012b
#define TEXT 0x0300

typedef struct
{
  bool client_known, server_known;
} CrimsonState;

static IsthProbe
crimson_probe (IsthCursor c,
               const IsthPacket *packet)
{
  uint32_t length = isth_cursor_be16 (&c);
  uint16_t item = isth_cursor_be16 (&c);
  uint16_t word = isth_cursor_be16 (&c);
  uint32_t left = isth_cursor_left (&c);

  (void) packet;
  if (c.failed || length < 4 || length > LONGEST || isth_cursor_wire_left (&c) + 4 != length)
    return ISTH_PROBE_NO;
  if (item != MODEL && item != MAKER)
    return item >> 8 == 1 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  if (length == 4)
    return word == 0x1a00 || word == 0x1b00 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
  return word == TEXT && isth_text_is_printable (c.data + c.position, left) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static uint32_t
crimson_pdu_length (IsthCursor c)
{
  uint16_t length = isth_cursor_be16 (&c);

  if (c.failed)
    return ISTH_PDU_MORE;
  return length >= 4 && length <= LONGEST ? 2 + (uint32_t) length : ISTH_PDU_INVALID;
}

/* An answer repeats the item, with the kind of what follows. */
static IsthDissectResult
read_answer (IsthDissectContext *ctx,
             CrimsonState *state,
             uint16_t item,
             IsthCursor c)
{
  uint32_t n = isth_cursor_left (&c);
  const uint8_t *text = isth_cursor_bytes (&c, n);

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role_once (ctx, &state->server_known, "crimson-server");
  isth_emit_response (ctx, item, ISTH_OUTCOME_OK, NULL, false);
  if (n > 0 && (item == MAKER || item == MODEL) && isth_text_is_printable (text, n))
    isth_emit_text (ctx, NULL, item == MAKER ? ISTH_ATTRIBUTE_VENDOR : ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, text, n);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
crimson_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  CrimsonState *state = isth_context_state (ctx);
  uint16_t length = isth_cursor_be16 (c);
  uint16_t item = isth_cursor_be16 (c);
  uint16_t word = isth_cursor_be16 (c);
  char object[24];

  if (c->failed || length < 4)
    return ISTH_DISSECT_MALFORMED;
  if (item >> 8 != 1)
    return ISTH_DISSECT_NOT_MINE;
  if (word == TEXT && isth_context_direction (ctx) != ISTH_FROM_CLIENT)
    return read_answer (ctx, state, item, *c);
  if (isth_context_direction (ctx) == ISTH_FROM_SERVER)
    {
      isth_emit_response (ctx, item, ISTH_OUTCOME_OK, NULL, false);
      return ISTH_DISSECT_OK;
    }
  isth_emit_role_once (ctx, &state->client_known, "crimson-client");
  isth_text_format (object, sizeof object, "item 0x%04x", item);
  isth_emit_request (ctx, &(IsthRequest){
    .match = item,
    .function = item,
    .verb = item == MAKER || item == MODEL ? ISTH_OP_IDENTIFY : ISTH_OP_OTHER,
    .name = item == MAKER ? "read-maker" : item == MODEL ? "read-model" : "request",
    .object = item == MAKER || item == MODEL ? NULL : object,
  });
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 789 } };

const IsthDissector isth_dissector_crimson = {
  .id = "crimson", /* stored in project files: never change it */
  .title = "Red Lion Crimson",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor model",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (CrimsonState),
  .probe = crimson_probe,
  .pdu_length = crimson_pdu_length,
  .dissect = crimson_dissect,
};
