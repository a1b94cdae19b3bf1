/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Address resolution: which MAC says that an IPv4 address is its own. RFC 826; probes and
 * announcements, RFC 5227. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define PROTOCOL_IPV4 0x0800
#define MAC_SIZE 6
#define IPV4_SIZE 4

static IsthDissectResult
arp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  IsthEndpoint sender = { .vlan = isth_packet_vlan (isth_context_packet (ctx)) };
  uint16_t protocol, operation;
  uint8_t mac_size, ip_size;
  const uint8_t *mac, *ip;

  isth_cursor_skip (c, 2); /* hardware type: the size of its addresses is what counts */
  protocol = isth_cursor_be16 (c);
  mac_size = isth_cursor_u8 (c);
  ip_size = isth_cursor_u8 (c);
  operation = isth_cursor_be16 (c);
  mac = isth_cursor_bytes (c, mac_size);
  ip = isth_cursor_bytes (c, ip_size);
  isth_cursor_skip (c, (uint32_t) mac_size + ip_size); /* the target: whom the sender asks or answers */

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (protocol != PROTOCOL_IPV4 || mac_size != MAC_SIZE || ip_size != IPV4_SIZE || operation < 1
      || operation > 2)
    return ISTH_DISSECT_OK; /* other hardware or other uses: no binding of a MAC and an IP */

  /* A probe (RFC 5227, 2.1.1) has no address of its own yet: the zero address makes no binding. */
  sender.mac = isth_address_mac (mac);
  sender.ip = isth_address_ipv4 (ip);
  isth_emit_binding (ctx, &sender, mac, MAC_SIZE + IPV4_SIZE);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, 0x0806 } };

const IsthDissector isth_dissector_arp = {
  .id = "arp",
  .title = N_("Address resolution protocol"),
  .depth = ISTH_DEPTH_FULL,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .dissect = arp_dissect,
};
