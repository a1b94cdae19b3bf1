/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Address resolution: which MAC says that an IPv4 address is its own. RFC 826; probes and
 * announcements, RFC 5227; the reverse, by which a machine without a memory asks for its address, RFC 903.
 *
 * Questions and their answers are bindings, and no operations: there are too many of them. Two MACs with one
 * address are two bindings, which the detection of conflicts looks at. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define PROTOCOL_IPV4 0x0800
#define OPERATION_REQUEST 1
#define OPERATION_REVERSE_REQUEST 3
#define OPERATION_REVERSE_REPLY 4
#define MAC_SIZE 6
#define IPV4_SIZE 4

/* What is more than a question or its answer: an address that is looked for before it is used, one that is announced to all,
 * one that is said of another interface than the one that sends (a proxy, or somebody who redirects); and a question to one interface alone, by which the
 * sender makes sure that the address is still there (RFC 1122, 2.3.2.1): it says where the sender believes it, which is no binding. */
static void
emit_unusual (IsthDissectContext *ctx,
              const IsthEndpoint *sender,
              uint16_t operation,
              const uint8_t *target)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = operation };
  IsthAddress frame = isth_context_packet (ctx)->source_mac, to = isth_context_packet (ctx)->target_mac, about = sender->ip;
  char object[2 * ISTH_ADDRESS_TEXT + 8], ip[ISTH_ADDRESS_TEXT], mac[ISTH_ADDRESS_TEXT];
  bool foreign = frame.kind == ISTH_ADDRESS_MAC && !isth_address_equal (&frame, &sender->mac)
                 && !isth_address_is_virtual_router (&sender->mac) && isth_address_is_host (&sender->mac)
                 && isth_address_is_host (&about);

  if (foreign)
    request.name = "speaks-for-another";
  else if (memcmp (target, sender->ip.bytes, IPV4_SIZE) == 0 && isth_address_is_host (&about))
    request.name = "announcement";
  else if (operation == OPERATION_REQUEST && isth_address_is_unspecified (&about))
    {
      request.name = "address-probe";
      request.verb = ISTH_OP_OTHER;
      about = isth_address_ipv4 (target);
      if (!isth_address_is_host (&about))
        return;
    }
  else if (operation == OPERATION_REQUEST && isth_address_is_host (&sender->mac) && isth_address_is_host (&about) && isth_address_is_host (&to))
    {
      request.name = "check-neighbour";
      request.verb = ISTH_OP_OTHER;
      about = isth_address_ipv4 (target);
      if (!isth_address_is_host (&about))
        return;
    }
  else
    return;
  request.key = isth_context_digest (ctx, (uint64_t) request.verb << 1 | foreign, about.bytes, IPV4_SIZE);
  if (foreign)
    request.key = isth_context_digest (ctx, request.key, sender->mac.bytes, MAC_SIZE);
  else if (request.name[0] == 'c')
    request.key = isth_context_digest (ctx, request.key, to.bytes, MAC_SIZE);
  if (isth_emit_again (ctx, &request))
    return;
  isth_address_format (&about, ip);
  request.object = ip;
  if (foreign || request.name[0] == 'c')
    request.object = isth_text_format (object, sizeof object, "%s is at %s", ip, isth_address_format (foreign ? &sender->mac : &to, mac));
  isth_emit_request (ctx, &request);
}

static IsthDissectResult
arp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  IsthEndpoint sender = { .vlan = isth_packet_vlan (isth_context_packet (ctx)) };
  uint16_t protocol, operation;
  uint8_t mac_size, ip_size;
  const uint8_t *mac, *ip, *asker, *target;

  isth_cursor_skip (c, 2); /* hardware type: the size of its addresses is what counts */
  protocol = isth_cursor_be16 (c);
  mac_size = isth_cursor_u8 (c);
  ip_size = isth_cursor_u8 (c);
  operation = isth_cursor_be16 (c);
  mac = isth_cursor_bytes (c, mac_size);
  ip = isth_cursor_bytes (c, ip_size);
  asker = isth_cursor_bytes (c, mac_size); /* whom the sender asks or answers */
  target = isth_cursor_bytes (c, ip_size);

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (protocol != PROTOCOL_IPV4 || mac_size != MAC_SIZE || ip_size != IPV4_SIZE || operation < 1
      || operation > OPERATION_REVERSE_REPLY || operation == OPERATION_REVERSE_REQUEST)
    return ISTH_DISSECT_OK; /* other hardware or other uses: no binding of a MAC and an IP */

  /* A probe (RFC 5227, 2.1.1) has no address of its own yet: the zero address makes no binding. */
  sender.mac = isth_address_mac (mac);
  sender.ip = isth_address_ipv4 (ip);
  isth_emit_binding (ctx, &sender, mac, MAC_SIZE + IPV4_SIZE);
  if (operation == OPERATION_REVERSE_REPLY) /* the address is that of who asked */
    {
      sender.mac = isth_address_mac (asker);
      sender.ip = isth_address_ipv4 (target);
      isth_emit_binding (ctx, &sender, asker, MAC_SIZE + IPV4_SIZE);
    }
  else
    emit_unusual (ctx, &sender, operation, target);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, 0x0806 }, { ISTH_BIND_ETHER_TYPE, 0x8035 } };

const IsthDissector isth_dissector_arp = {
  .id = "arp",
  .title = N_("ARP"),
  .depth = ISTH_DEPTH_FULL,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .dissect = arp_dissect,
};
