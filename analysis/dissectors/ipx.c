/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network layer of old NetWare, still seen in plants: named, and no more. Novell, "IPX Router Specification", 2. */
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define HEADER_SIZE 30
#define SAP_RAW 0xffff

/* A checksum that is never made, a length that fits, and few hops. Right behind a length (raw 802.3) the checksum and the length look like an LLC header,
 * and hops and kind come first. */
static IsthProbe
ipx_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint16_t checksum, length;

  if (packet->llc_sap == SAP_RAW)
    {
      int hops = isth_cursor_peek (&c, 0), kind = isth_cursor_peek (&c, 1);

      return c.wire >= HEADER_SIZE - 4 && hops >= 0 && hops <= 16 && kind >= 0 && kind <= 0x14 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    }
  checksum = isth_cursor_be16 (&c);
  length = isth_cursor_be16 (&c);
  if (checksum != 0xffff || length < HEADER_SIZE || length > c.wire + 1u || isth_cursor_u8 (&c) > 16 || c.failed)
    return ISTH_PROBE_NO;
  return ISTH_PROBE_STRONG;
}

static IsthDissectResult
ipx_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  isth_cursor_skip (c, isth_context_packet (ctx)->llc_sap == SAP_RAW ? HEADER_SIZE - 4 : HEADER_SIZE);
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, 0x8137 }, { ISTH_BIND_LLC, 0xe0e0 }, { ISTH_BIND_LLC, SAP_RAW } };

const IsthDissector isth_dissector_ipx = {
  .id = "ipx",
  .title = N_("Internetwork packet exchange"),
  .depth = ISTH_DEPTH_RECOGNISED,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = ipx_probe,
  .dissect = ipx_dissect,
};
