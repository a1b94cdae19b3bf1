/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SERCOS III: a master sends telegrams to its drives (MDT) and sends round empty ones that they fill (AT). IEC 61158-4-19, 5;
 * IEC 61784-2, CPF 16.
 *
 * The communication phase and, while the line starts up, the addresses of the slaves are read. What they say in their service channels, and
 * the process data, is not: where it stands was agreed there. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define ETHER_TYPE 0x88cd
#define HEADER 6         /* telegram, phase, check sum */
#define MOST_SLAVES 511
#define CHILD_TEXT 24

enum
{
  FIELD_SECOND_CHANNEL = 0x80,
  FIELD_AT = 0x40,
  FIELD_NUMBER = 0x0f,
  PHASE_NEW = 0x80,
  PHASE = 0x0f,
};

static IsthProbe
sercos3_probe (IsthCursor c,
               const IsthPacket *packet)
{
  uint8_t field = isth_cursor_u8 (&c), phase = isth_cursor_u8 (&c);

  if (packet->ether_type != ETHER_TYPE || isth_cursor_wire_left (&c) < HEADER - 2)
    return ISTH_PROBE_NO;
  return !c.failed && (field & FIELD_NUMBER) < 4 && (phase & PHASE) <= 4 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* In phase 0 the slaves count themselves in the first AT, and each adds its address. The counter starts with one. */
static void
read_addresses (IsthDissectContext *ctx,
                IsthCursor c)
{
  unsigned n = isth_cursor_le16 (&c) & 0x1ff;

  for (; n > 1 && !c.failed; n--)
    {
      const uint8_t *at = isth_cursor_bytes (&c, 2);
      unsigned address = at ? isth_le16 (at) & 0x1ff : 0;
      IsthEndpoint slave = isth_context_sender (ctx);
      char child[CHILD_TEXT];

      if (!at || address == 0 || address >= MOST_SLAVES || (at[0] == 0xff && at[1] == 0xff))
        continue;
      slave.child = isth_text_format (child, sizeof child, "sercos3-slave:%u", address);
      isth_emit_child (ctx, &slave, at, 2);
      isth_emit_claim (ctx, &slave, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, child + strlen ("sercos3-slave:"), ISTH_CONFIDENCE_PARSED, at, 2);
    }
}

static IsthDissectResult
sercos3_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  const uint8_t *header = isth_cursor_bytes (c, HEADER);
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT };
  char object[48], phase[8];
  uint8_t number;

  if (!header || (header[0] & FIELD_NUMBER) >= 4 || (header[1] & PHASE) > 4)
    return ISTH_DISSECT_MALFORMED;
  number = header[0] & FIELD_NUMBER;
  request.function = header[0] & (FIELD_AT | FIELD_NUMBER);
  request.name = header[0] & FIELD_AT ? "drive-telegram" : "master-telegram";
  request.key = isth_context_digest (ctx, header[1] & (PHASE_NEW | PHASE), &header[0], 1);
  if (!isth_emit_again (ctx, &request))
    {
      request.object = isth_text_format (object, sizeof object, "%s%u, %s channel, phase CP%u%s", header[0] & FIELD_AT ? "AT" : "MDT", number,
                                         header[0] & FIELD_SECOND_CHANNEL ? "secondary" : "primary", header[1] & PHASE,
                                         header[1] & PHASE_NEW ? ", to be entered" : "");
      isth_emit_request (ctx, &request);
    }
  isth_emit_role (ctx, NULL, "sercos3-master");
  if (!(header[1] & PHASE_NEW))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, isth_text_format (phase, sizeof phase, "CP%u", header[1] & PHASE), ISTH_CONFIDENCE_PARSED,
                     header + 1, 1);
  if (header[0] & FIELD_AT && number == 0 && (header[1] & PHASE) == 0)
    read_addresses (ctx, isth_cursor_rest (c));
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE } };

const IsthDissector isth_dissector_sercos3 = {
  .id = "sercos3",
  .title = "SERCOS III",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "protocol_address state",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = sercos3_probe,
  .dissect = sercos3_dissect,
};
