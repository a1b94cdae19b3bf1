/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outermost header, by the capture's link type (tcpdump.org/linktypes.html). */
#include <string.h>

#include "analysis/decode/walk.h"

enum
{
  LINK_NULL = 0,
  LINK_TOKEN_RING = 6,
  LINK_ARCNET = 7,
  LINK_PPP = 9,
  LINK_RAW_BSD = 12,
  LINK_RAW_OPENBSD = 14,
  LINK_PPP_HDLC = 50,
  LINK_PPPOE = 51,
  LINK_RAW = 101,
  LINK_HDLC = 104,
  LINK_80211 = 105,
  LINK_FRAME_RELAY = 107,
  LINK_LOOP = 108,
  LINK_SLL = 113,
  LINK_PRISM = 119,
  LINK_RADIOTAP = 127,
  LINK_AVS = 163,
  LINK_ARCNET_LINUX = 129,
  LINK_MSTP = 165,
  LINK_PPI = 192,
  LINK_WPAN = 195,
  LINK_PPP_DIRECTION = 204,
  LINK_WPAN_PHY = 215,
  LINK_CAN = 227,
  LINK_IPV4 = 228,
  LINK_IPV6 = 229,
  LINK_WPAN_BARE = 230,
  LINK_NFLOG = 239,
  LINK_PKTAP = 258,
  LINK_SLL2 = 276,
  LINK_WPAN_TAP = 283,
};

/* What Linux has in place of an EtherType. */
enum
{
  COOKED_CAN = 0x000c,
  COOKED_CAN_FD = 0x000d,
};

enum
{
  HARDWARE_ETHERNET = 1,
  HARDWARE_CAN = 280,
  HARDWARE_LOOPBACK = 772,
  HARDWARE_GRE = 778,
  HARDWARE_80211 = 801,
  HARDWARE_RADIOTAP = 803,
  HARDWARE_NETLINK = 824,
};

/* An address family of the machine that captured, in its byte order, or (LOOP) in the network's. */
static void
walk_null (IsthWalk *self)
{
  uint32_t family = isth_cursor_be32 (&self->c);

  if (self->c.failed)
    {
      isth_walk_stop_short (self, N_("loopback header cut by the capture"), N_("loopback header incomplete"));
      return;
    }
  if (family > 0xffff)
    family = __builtin_bswap32 (family);
  switch (family)
    {
    case 2:
      isth_walk_ipv4 (self);
      break;
    case 10: /* Linux; then NetBSD and OpenBSD, FreeBSD, macOS */
    case 24:
    case 28:
    case 30:
      isth_walk_ipv6 (self);
      break;
    default:
      isth_walk_stop (self, N_("loopback address family neither IPv4 nor IPv6"));
    }
}

/* IEEE 802.5: access and frame control, two addresses, the way through the bridges where the top bit of the source says so, then LLC. The bits
 * of an address are sent in the other order than on Ethernet, and ARP and DHCP write them as they are sent; so it is kept, and a group gets its mark
 * where the other addresses have it. */
static void
walk_token_ring (IsthWalk *self)
{
  const uint8_t *h = isth_cursor_bytes (&self->c, 14);
  uint8_t source[6], target[6];

  if (h == NULL)
    {
      isth_walk_stop_short (self, N_("Token Ring header cut by the capture"), N_("Token Ring header incomplete"));
      return;
    }
  memcpy (target, h + 2, 6);
  memcpy (source, h + 8, 6);
  target[0] |= target[0] >> 7;
  source[0] &= 0x7f;
  self->packet->target_mac = isth_address_mac (target);
  self->packet->source_mac = isth_address_mac (source);
  self->segment = true;
  isth_walk_reach (self, ISTH_LAYER_LINK);
  if ((h[1] & 0xc0) != 0x40)
    {
      isth_walk_stop (self, N_("Token Ring frame that manages the ring"));
      return;
    }
  if (h[8] & 0x80)
    {
      uint8_t length = isth_cursor_u8 (&self->c) & 0x1f; /* counts itself, and the byte behind it */

      if (length > isth_cursor_wire_left (&self->c) + 1)
        {
          isth_walk_stop (self, N_("Token Ring route longer than the frame"));
          return;
        }
      isth_cursor_skip (&self->c, MAX (length, 2) - 1u);
    }
  if (self->c.failed)
    isth_walk_stop_short (self, N_("Token Ring header cut by the capture"), N_("Token Ring header incomplete"));
  else
    isth_walk_llc (self);
}

/* Linux "any" interface, both versions: what the kernel knew instead of a link header. */
static void
walk_cooked (IsthWalk *self,
             uint16_t  protocol,
             uint16_t  hardware,
             uint16_t  length,
             const uint8_t *address)
{
  IsthPacket *p = self->packet;

  if (length == 6 && (hardware == HARDWARE_ETHERNET || hardware == HARDWARE_LOOPBACK))
    {
      p->source_mac = isth_address_mac (address);
      self->segment = hardware == HARDWARE_ETHERNET;
    }
  isth_walk_reach (self, ISTH_LAYER_LINK);
  if (hardware == HARDWARE_NETLINK)
    isth_walk_stop (self, N_("link type Linux netlink"));
  else if (hardware == HARDWARE_RADIOTAP)
    isth_walk_radiotap (self);
  else if (hardware == HARDWARE_80211)
    isth_walk_wireless (self);
  else if (protocol == 0x0004)
    isth_walk_llc (self);
  else if (hardware == HARDWARE_CAN && (protocol == COOKED_CAN || protocol == COOKED_CAN_FD))
    isth_walk_can (self);
  else if (protocol < 0x0600) /* Novell's raw 802.3, … */
    isth_walk_stop (self, N_("cooked frame without an EtherType"));
  else
    isth_walk_ether_type (self, protocol);
}

static void
walk_sll (IsthWalk *self)
{
  const uint8_t *h = isth_cursor_bytes (&self->c, 16);

  if (h == NULL)
    isth_walk_stop_short (self, N_("cooked header cut by the capture"), N_("cooked header incomplete"));
  else
    walk_cooked (self, isth_be16 (h + 14), isth_be16 (h + 2), isth_be16 (h + 4), h + 6);
}

static void
walk_sll2 (IsthWalk *self)
{
  const uint8_t *h = isth_cursor_bytes (&self->c, 20);

  if (h == NULL)
    isth_walk_stop_short (self, N_("cooked header cut by the capture"), N_("cooked header incomplete"));
  else
    walk_cooked (self, isth_be16 (h), isth_be16 (h + 8), h[11], h + 12);
}

/* Address and control, then an EtherType; 0x8035 and CDP among them. */
static void
walk_hdlc (IsthWalk *self)
{
  const uint8_t *h = isth_cursor_bytes (&self->c, 4);

  if (h == NULL)
    isth_walk_stop_short (self, N_("HDLC header cut by the capture"), N_("HDLC header incomplete"));
  else if (isth_be16 (h + 2) < 0x0600)
    isth_walk_stop (self, N_("HDLC frame without an EtherType"));
  else
    isth_walk_ether_type (self, isth_be16 (h + 2));
}

/* An address of two to four bytes, then either control 0x03 and a network protocol id (RFC 2427), or an EtherType (Cisco). */
static void
walk_frame_relay (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  uint8_t first;

  for (uint32_t n = 0; n < 4 && (isth_cursor_u8 (c) & 1) == 0; n++)
    continue;
  first = isth_cursor_u8 (c);
  if (c->failed)
    {
      isth_walk_stop_short (self, N_("frame relay header cut by the capture"), N_("frame relay header incomplete"));
      return;
    }
  if (first != 0x03)
    {
      uint16_t type = (uint16_t) (first << 8 | isth_cursor_u8 (c));

      if (!c->failed && type >= 0x0600)
        isth_walk_ether_type (self, type);
      return;
    }
  if (isth_cursor_peek (c, 0) == 0) /* padding in front of SNAP */
    isth_cursor_skip (c, 1);
  switch (isth_cursor_u8 (c))
    {
    case 0xcc:
      isth_walk_ipv4 (self);
      break;
    case 0x8e:
      isth_walk_ipv6 (self);
      break;
    case 0x80:
      isth_walk_snap (self);
      break;
    default:
      isth_walk_stop (self, N_("frame relay payload neither IP nor SNAP"));
    }
}

/* Attributes of the netfilter log, in the byte order of the machine: the packet is one of them. */
static void
walk_nflog (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  uint8_t family = isth_cursor_u8 (c);

  isth_cursor_skip (c, 3);
  while (!c->failed && isth_cursor_wire_left (c) > 0)
    {
      uint16_t length = isth_cursor_le16 (c);
      uint16_t type = isth_cursor_le16 (c);
      IsthCursor value;

      if (type != 0 && (type & 0xff) == 0) /* a big-endian machine: types are small numbers */
        {
          length = GUINT16_SWAP_LE_BE (length);
          type = GUINT16_SWAP_LE_BE (type);
        }
      if (c->failed || length < 4)
        break;
      if (type == 9) /* NFULA_PAYLOAD, the last one */
        {
          isth_cursor_limit (c, length - 4u);
          if (family == 2 || family == 10)
            isth_walk_ip (self);
          else
            isth_walk_stop (self, N_("netfilter log of a family other than IP"));
          return;
        }
      value = isth_cursor_take (c, length - 4u);
      if (type == 8 && isth_cursor_be16 (&value) == 6) /* NFULA_HWADDR */
        {
          const uint8_t *address;

          isth_cursor_skip (&value, 2);
          address = isth_cursor_bytes (&value, 6);
          if (address != NULL)
            {
              self->packet->source_mac = isth_address_mac (address);
              self->segment = true;
            }
        }
      isth_cursor_skip (c, MIN (-length & 3u, isth_cursor_left (c)));
    }
  isth_walk_stop_short (self, N_("netfilter log cut by the capture"), N_("netfilter log without a packet"));
}

/* Length of this header, kind of record, link type of what follows, by a little-endian machine. */
static void
walk_pktap (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  uint32_t length = isth_cursor_le32 (c);
  uint32_t kind = isth_cursor_le32 (c);
  uint32_t link_type = isth_cursor_le32 (c);

  if (!c->failed && length >= 12)
    isth_cursor_skip (c, length - 12);
  if (c->failed || length < 12)
    isth_walk_stop_short (self, N_("PKTAP header cut by the capture"), N_("PKTAP header incomplete"));
  else if (kind != 1)
    isth_walk_stop (self, N_("PKTAP record without a packet"));
  else
    isth_walk_link (self, link_type);
}

void
isth_walk_link (IsthWalk *self,
                uint32_t  link_type)
{
  if (G_LIKELY (link_type == ISTH_LINK_ETHERNET))
    {
      isth_walk_ethernet (self);
      return;
    }
  if (!isth_walk_enter (self))
    return;
  switch (link_type)
    {
    case LINK_NULL:
    case LINK_LOOP:
      walk_null (self);
      break;
    case LINK_TOKEN_RING:
      walk_token_ring (self);
      break;
    case LINK_ARCNET:
    case LINK_ARCNET_LINUX:
      isth_walk_arcnet (self, link_type == LINK_ARCNET_LINUX);
      break;
    case LINK_PPP:
    case LINK_PPP_HDLC:
      isth_walk_ppp (self);
      break;
    case LINK_PPP_DIRECTION:
      isth_cursor_skip (&self->c, 1);
      isth_walk_ppp (self);
      break;
    case LINK_CAN:
      isth_walk_can (self);
      break;
    case LINK_WPAN:
      isth_walk_wpan (self, true);
      break;
    case LINK_WPAN_PHY: /* preamble, delimiter, length */
      isth_cursor_skip (&self->c, 6);
      isth_walk_wpan (self, true);
      break;
    case LINK_WPAN_BARE:
      isth_walk_wpan (self, false);
      break;
    case LINK_WPAN_TAP:
      isth_walk_wpan_tap (self);
      break;
    case LINK_PPPOE:
      isth_walk_pppoe (self);
      break;
    case LINK_RAW:
    case LINK_RAW_BSD:
    case LINK_RAW_OPENBSD:
    case LINK_IPV4:
    case LINK_IPV6:
      isth_walk_ip (self);
      break;
    case LINK_HDLC:
      walk_hdlc (self);
      break;
    case LINK_80211:
      isth_walk_wireless (self);
      break;
    case LINK_FRAME_RELAY:
      walk_frame_relay (self);
      break;
    case LINK_SLL:
      walk_sll (self);
      break;
    case LINK_SLL2:
      walk_sll2 (self);
      break;
    case LINK_MSTP:
      isth_walk_mstp (self);
      break;
    case LINK_PRISM:
    case LINK_AVS:
      isth_walk_prism (self);
      break;
    case LINK_RADIOTAP:
      isth_walk_radiotap (self);
      break;
    case LINK_PPI:
      isth_walk_ppi (self);
      break;
    case LINK_NFLOG:
      walk_nflog (self);
      break;
    case LINK_PKTAP:
      walk_pktap (self);
      break;
    default:
      isth_walk_stop (self, isth_link_type_trouble (link_type));
    }
}
