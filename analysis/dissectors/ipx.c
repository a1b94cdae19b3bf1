/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network layer of old NetWare, still seen in plants: named, and what servers say of themselves read. Novell, "IPX Router Specification", 2 and 4. */
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define HEADER_SIZE 30
#define SAP_RAW 0xffff

/* The service advertising protocol. */
#define SAP_SOCKET 0x0452
#define SAP_ENTRY 64
#define SAP_NAME 48
#define SAP_OWN 1 /* the hops of what the sender itself offers */
#define GENERAL_RESPONSE 2
#define NEAREST_RESPONSE 4
#define FILE_SERVER 4

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

/* What the sender offers; what it only knows of is further away. */
static void
read_services (IsthDissectContext *ctx,
               IsthCursor *c)
{
  const IsthCursor start = *c;
  uint16_t operation = isth_cursor_be16 (c);

  if ((operation != GENERAL_RESPONSE && operation != NEAREST_RESPONSE) || c->failed ||
      isth_emit_same (ctx, NULL, isth_context_digest (ctx, SAP_SOCKET, start.data + start.position, isth_cursor_left (&start)), start.data + start.position))
    return;
  while (isth_cursor_left (c) >= SAP_ENTRY)
    {
      uint16_t type = isth_cursor_be16 (c);
      const uint8_t *name = isth_cursor_bytes (c, SAP_NAME);

      isth_cursor_skip (c, SAP_ENTRY - 4 - SAP_NAME);
      if (isth_cursor_be16 (c) != SAP_OWN)
        continue;
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_REPORTED, name, SAP_NAME);
      if (type == FILE_SERVER)
        isth_emit_role (ctx, NULL, "netware-server");
    }
  isth_emit_same_end (ctx, true);
}

static IsthDissectResult
ipx_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  uint16_t from;

  if (isth_context_packet (ctx)->llc_sap != SAP_RAW)
    isth_cursor_skip (c, 4);
  isth_cursor_skip (c, HEADER_SIZE - 4 - 2);
  from = isth_cursor_be16 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (from == SAP_SOCKET)
    read_services (ctx, c);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, 0x8137 }, { ISTH_BIND_LLC, 0xe0e0 }, { ISTH_BIND_LLC, SAP_RAW } };

const IsthDissector isth_dissector_ipx = {
  .id = "ipx",
  .title = N_("Internetwork packet exchange"),
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "hostname",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = ipx_probe,
  .dissect = ipx_dissect,
};
