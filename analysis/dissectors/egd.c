/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GE Ethernet Global Data, UDP 18246: who produces which exchange, cyclically, most often to a group. GFK-1541, EGD data packets.
 *
 * What an exchange holds only its configuration knows; commands of the configuration protocol (7937) are not read. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#define HEADER 32
#define DATA 0x0d

typedef struct
{
  bool known;
} EgdState;

static IsthProbe
egd_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint32_t producer, exchange, nanoseconds, status;

  (void) packet;
  if (isth_cursor_u8 (&c) != DATA || isth_cursor_u8 (&c) != 1)
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, 2);
  producer = isth_cursor_be32 (&c);
  exchange = isth_cursor_le32 (&c);
  isth_cursor_skip (&c, 4);
  nanoseconds = isth_cursor_le32 (&c);
  status = isth_cursor_le32 (&c);
  isth_cursor_skip (&c, 4);
  if (isth_cursor_le32 (&c) != 0 || c.failed || producer == 0 || exchange > 0x3fff || nanoseconds >= 1000000000 || status > 0xffff)
    return ISTH_PROBE_NO;
  return ISTH_PROBE_STRONG;
}

static IsthDissectResult
egd_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  EgdState *state = isth_context_state (ctx);
  const uint8_t *producer, *exchange;
  char text[40];
  IsthRequest request = { .no_answer = true, .function = DATA, .verb = ISTH_OP_REPORT, .name = "produce", .object = text };

  if (isth_cursor_u8 (c) != DATA || isth_cursor_u8 (c) != 1)
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  isth_cursor_skip (c, 2);
  producer = isth_cursor_bytes (c, 4);
  exchange = isth_cursor_bytes (c, 4);
  isth_cursor_skip (c, HEADER - 12);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (!state->known)
    {
      state->known = true;
      isth_emit_role (ctx, NULL, "egd-producer");
      isth_text_format (text, sizeof text, "%u.%u.%u.%u", producer[0], producer[1], producer[2], producer[3]);
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, text, ISTH_CONFIDENCE_PARSED, producer, 4);
    }
  request.key = isth_context_digest (ctx, DATA, producer, 8);
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  isth_text_format (text, sizeof text, "exchange %u", isth_le16 (exchange));
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 18246 } };

const IsthDissector isth_dissector_egd = {
  .id = "egd", /* stored in project files: never change it */
  .title = "Ethernet Global Data",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (EgdState),
  .probe = egd_probe,
  .dissect = egd_dissect,
};
