/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The information service of Phoenix Contact's controllers that PC Worx asks, TCP 1962: what a controller is. There is no public description; read as captures
 * show it. Starting, stopping and programs go by another service (see proconos.c).
 *
 * Only the three commands of asking are known; others are counted with their number. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#define ANSWER 0x80
#define SHORTEST 8
#define LONGEST 2048
#define CONNECT 1
#define OPEN 5
#define INFORMATION 6

typedef struct
{
  bool client_known, server_known;
} PcworxState;

static IsthProbe
pcworx_probe (IsthCursor c,
              const IsthPacket *packet)
{
  uint8_t first = isth_cursor_u8 (&c), command = isth_cursor_u8 (&c);
  uint16_t length = isth_cursor_be16 (&c);
  uint16_t words[7];

  (void) packet;
  if (c.failed || (first & 0x7f) != 1 || command == 0 || command > 0x20 || length < SHORTEST || length > LONGEST
      || length != isth_cursor_wire_left (&c) + 4)
    return ISTH_PROBE_NO;
  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = isth_cursor_be16 (&c); /* number, then what differs */
  if (first == 1 && command == CONNECT && length == 26)
    return isth_cursor_peek (&c, 0) == 'H' && words[5] == 0x4942 && words[6] == 0x4554 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
  if (first == 1 && command == OPEN && length == 22 && isth_cursor_peek (&c, 0) == 0x02 && isth_cursor_peek (&c, 1) == 0x95)
    return ISTH_PROBE_STRONG;
  if (first == 1 && command == INFORMATION && length == 14 && words[4] == 0x0400)
    return ISTH_PROBE_STRONG;
  if (first != 1 && length >= 18 && words[1] == 1 && words[2] == 0 && words[3] == 0 && words[4] == 2)
    return ISTH_PROBE_STRONG;
  return ISTH_PROBE_WEAK;
}

static uint32_t
pcworx_pdu_length (IsthCursor c)
{
  uint8_t first = isth_cursor_u8 (&c);
  uint16_t length;

  if (!c.failed && (first & 0x7f) != 1)
    return ISTH_PDU_INVALID;
  isth_cursor_skip (&c, 1);
  length = isth_cursor_be16 (&c);
  if (c.failed)
    return ISTH_PDU_MORE;
  return length >= SHORTEST && length <= LONGEST ? length : ISTH_PDU_INVALID;
}

/* Where the answer has what, from its first byte: texts that end with a NUL. */
static void
read_information (IsthDissectContext *ctx,
                  const IsthCursor *pdu,
                  uint32_t start)
{
  static const struct
  {
    uint8_t at, length;
    IsthAttribute attribute;
  } texts[] = {
    { 30, 36, ISTH_ATTRIBUTE_MODEL },
    { 66, 12, ISTH_ATTRIBUTE_FIRMWARE },
    { 152, 8, ISTH_ATTRIBUTE_ORDER_NUMBER },
  };
  char day[16], hour[16], text[48];

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      IsthCursor c = *pdu;
      const uint8_t *bytes;

      c.position = start;
      isth_cursor_skip (&c, texts[i].at);
      bytes = isth_cursor_bytes (&c, texts[i].length);
      if (!bytes || bytes[0] < ' ')
        continue;
      if (i == 0)
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "Phoenix Contact", ISTH_CONFIDENCE_PARSED, bytes, texts[i].length);
      isth_emit_text (ctx, NULL, texts[i].attribute, ISTH_CONFIDENCE_PARSED, bytes, texts[i].length);
    }
  if (pdu->length - start < 100)
    return;
  isth_text_from_string (day, sizeof day, pdu->data + start + 79, 9);
  isth_text_from_string (hour, sizeof hour, pdu->data + start + 91, 9);
  if (day[0] && hour[0])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DESCRIPTION, isth_text_format (text, sizeof text, "firmware of %s %s", day, hour), ISTH_CONFIDENCE_PARSED,
                     pdu->data + start + 79, 21);
}

static IsthDissectResult
pcworx_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  PcworxState *state = isth_context_state (ctx);
  IsthCursor pdu = *c;
  uint32_t start = c->position;
  uint8_t first = isth_cursor_u8 (c), command = isth_cursor_u8 (c);
  uint16_t length = isth_cursor_be16 (c);
  uint16_t number = isth_cursor_be16 (c);
  IsthRequest request = {
    .match = (uint64_t) number << 8 | command,
    .function = command,
    .verb = command == INFORMATION ? ISTH_OP_IDENTIFY : ISTH_OP_OTHER,
    .name = command == CONNECT ? "connect" : command == OPEN ? "open" : command == INFORMATION ? "read-information" : "command",
  };
  char object[24];

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if ((first & 0x7f) != 1 || length < SHORTEST)
    return ISTH_DISSECT_NOT_MINE;
  if (command != CONNECT && command != OPEN && command != INFORMATION) /* it may be anything, a password as well */
    isth_context_show (ctx, c->data + start, SHORTEST - 2);
  if (first & ANSWER)
    {
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_role_once (ctx, &state->server_known, "pcworx-server");
      isth_emit_response (ctx, request.match, ISTH_OUTCOME_OK, NULL, false);
      if (command == INFORMATION)
        read_information (ctx, &pdu, start);
      return ISTH_DISSECT_OK;
    }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role_once (ctx, &state->client_known, "pcworx-client");
  if (request.verb == ISTH_OP_OTHER && command != CONNECT && command != OPEN)
    request.object = isth_text_format (object, sizeof object, "command %u", command);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 1962 } };

const IsthDissector isth_dissector_pcworx = {
  .id = "pcworx", /* stored in project files: never change it */
  .title = "PC Worx",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor model firmware order_number description",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (PcworxState),
  .probe = pcworx_probe,
  .pdu_length = pcworx_pdu_length,
  .dissect = pcworx_dissect,
};
