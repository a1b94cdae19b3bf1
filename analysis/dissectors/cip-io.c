/* SPDX-License-Identifier: GPL-3.0-or-later */
/* I/O data of CIP connections of class 0 and 1 over UDP: CIP Volume 2, 2-6 and 3-2. Each packet names its connection and counts; what its bytes mean is
 * known to the two ends only, and how often they were to come, and which way is out of the controller, stands in the Forward Open ("open-io").
 *
 * To whom a multicast connection goes it does not say: its packets are reports to the group. */
#include <glib.h>

#include "analysis/dissectors/dissector.h"

enum
{
  ITEM_DATA = 0x00b1,
  ITEM_SEQUENCED_ADDRESS = 0x8002,
};

typedef struct
{
  bool producer_known[2];
} State;

/* Up to the connection id. */
static bool
read_head (IsthCursor *c)
{
  return isth_cursor_le16 (c) == 2 && isth_cursor_le16 (c) == ITEM_SEQUENCED_ADDRESS && isth_cursor_le16 (c) == 8;
}

static IsthProbe
cip_io_probe (IsthCursor c,
              const IsthPacket *packet)
{
  uint16_t length;

  (void) packet;
  if (!read_head (&c))
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, 8);
  if (isth_cursor_le16 (&c) != ITEM_DATA)
    return ISTH_PROBE_NO;
  length = isth_cursor_le16 (&c);
  return !c.failed && length <= isth_cursor_wire_left (&c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static IsthDissectResult
cip_io_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  State *state = isth_context_state (ctx);
  bool *known = &state->producer_known[isth_address_compare (&packet->source, &packet->target) > 0];
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .name = "io-data" };
  uint32_t connection;
  uint16_t length;
  char object[48];

  if (!read_head (c))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  connection = isth_cursor_le32 (c);
  isth_cursor_skip (c, 4 + 2); /* counter; type of the data */
  length = isth_cursor_le16 (c);
  if (c->failed || length > isth_cursor_wire_left (c))
    return ISTH_DISSECT_MALFORMED;

  isth_emit_role_once (ctx, known, "cip-io-producer");
  request.key = isth_context_digest (ctx, length, &connection, sizeof connection);
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  request.object = isth_text_format (object, sizeof object, "connection 0x%08x, %u bytes", connection, length);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 2222 } };

const IsthDissector isth_dissector_cip_io = {
  .id = "cip-io",
  .title = "CIP I/O",
  .depth = ISTH_DEPTH_SHALLOW,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = cip_io_probe,
  .dissect = cip_io_dissect,
};
