/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Message Exchange of AVEVA System Platform (once Wonderware ArchestrA): which of the platforms of a galaxy, the computers that run application engines, HMI and
 * engineering tools of a SCADA system, speak to each other.
 *
 * It is not published. The header was found in public captures: a length, six bytes that are always the same, a length of what follows it, a counter, and two
 * addresses of galaxy, platform and engine. What the messages say is not read. */
#include <glib.h>

#include "analysis/dissectors/dissector.h"

#define HEADER 54
#define LONGEST (1u << 20)
#define MOST 0xffff /* of a number in an address */

typedef struct
{
  uint32_t galaxy, platform, engine;
} Address;

/* The first bytes say how long it is and what. */
static bool
read_start (IsthCursor *c,
            uint32_t *length)
{
  static const uint8_t always[] = { 0x00, 0x12, 0x00, 0x00, 0x01, 0x00 };
  const uint8_t *bytes;

  *length = isth_cursor_le32 (c);
  bytes = isth_cursor_bytes (c, sizeof always);
  return bytes && memcmp (bytes, always, sizeof always) == 0 && *length >= HEADER && *length <= LONGEST && isth_cursor_le32 (c) == *length - HEADER && !c->failed;
}

static Address
read_address (IsthCursor *c)
{
  Address address = { isth_cursor_le32 (c), 0, 0 };

  address.platform = isth_cursor_le32 (c);
  address.engine = isth_cursor_le32 (c);
  return address;
}

static bool
is_address (const Address *a)
{
  return a->galaxy <= MOST && a->platform <= MOST && a->engine <= MOST;
}

static IsthProbe
archestra_probe (IsthCursor c,
                 const IsthPacket *packet)
{
  uint32_t length;
  Address from, to;

  (void) packet;
  if (!read_start (&c, &length) || isth_cursor_le32 (&c) != 0)
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, 4); /* counter */
  from = read_address (&c);
  to = read_address (&c);
  return !c.failed && is_address (&from) && is_address (&to) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
archestra_pdu_length (IsthCursor c)
{
  uint32_t length;

  if (!read_start (&c, &length))
    return c.failed ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
  return length;
}

static IsthDissectResult
archestra_dissect (IsthCursor *c,
                   IsthDissectContext *ctx)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_OTHER, .function = -1 };
  const uint8_t *addresses;
  uint32_t length;
  Address from, to;
  char text[64];

  if (!read_start (c, &length))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  isth_cursor_skip (c, 4 + 4); /* zero, counter */
  addresses = c->data + c->position;
  from = read_address (c);
  to = read_address (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_emit_role (ctx, NULL, "archestra-platform");
  if (!isth_emit_same (ctx, NULL, isth_context_digest (ctx, 0, addresses, 8), addresses))
    {
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, isth_text_format (text, sizeof text, "platform %u of galaxy %u", from.platform, from.galaxy),
                       ISTH_CONFIDENCE_PARSED, addresses, 8);
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, "AVEVA System Platform", ISTH_CONFIDENCE_BANNER, addresses, 8);
      isth_emit_same_end (ctx, true);
    }
  request.key = isth_context_digest (ctx, 1, addresses, 24);
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  request.name = "message";
  request.object = isth_text_format (text, sizeof text, "platform %u engine %u to platform %u engine %u", from.platform, from.engine, to.platform, to.engine);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 5026 } };

const IsthDissector isth_dissector_archestra = {
  .id = "archestra", /* stored in project files: never change it */
  .title = "AVEVA System Platform",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "protocol_address software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = archestra_probe,
  .pdu_length = archestra_pdu_length,
  .dissect = archestra_dissect,
};
