/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ethernet (IEEE 802.3, 802.2 LLC, SNAP) and what may stand between it and IP: VLAN tags (802.1Q, 802.1ad, ISL), backbone and
 * fabric headers (802.1ah, FabricPath, VN-Tag, Cisco metadata), HSR tags and PRP trailers (IEC 62439-3). */
#include <string.h>

#include "analysis/decode/walk.h"

#define TYPE_MIN 0x0600   /* below: a length */
#define LENGTH_MAX 1500

void
isth_walk_forget_outer (IsthWalk *self)
{
  const IsthAddress none = { 0 };
  IsthPacket *p = self->packet;

  p->source = none;
  p->target = none;
  p->n_vlans = 0;
  p->ip_protocol = 0;
  p->ttl = 0;
  p->source_port = 0;
  p->target_port = 0;
  p->llc_sap = 0;
  p->snap_oui = 0;
  p->same_segment = false;
}

/* Keeps the tag of a frame; also the one that a mirror says of a frame without. */
static void
push_vlan (IsthWalk *self,
           uint16_t  id)
{
  IsthPacket *p = self->packet;

  if (id == 0) /* a priority, not a VLAN */
    return;
  if (p->n_vlans == 1 && p->vlans[0] == id && self->mirror_vlan == id) /* the mirror said so already */
    return;
  if (p->n_vlans < ISTH_LIMIT_VLANS)
    p->n_vlans++;
  p->vlans[p->n_vlans - 1] = id; /* the innermost one counts most: it takes the last place */
}

/* Cisco's trunks before 802.1Q (ISL): what would be the target is a mark and a kind; behind source, length and SNAP stand the VLAN with a bit for messages of
 * switches, a port and what was reserved, then the frame, of which a check sum of its own is the end. */
static bool
walk_inter_switch_link (IsthWalk      *self,
                        const uint8_t *h)
{
  static const uint8_t snap[] = { 0xaa, 0xaa, 0x03 };
  IsthCursor behind = self->c;
  const uint8_t *tag;

  if (G_LIKELY ((isth_be32 (h) & 0xfdffffff) != 0x01000c00) || h[4] != 0)
    return false;
  tag = isth_cursor_bytes (&behind, 12);
  if (tag != NULL && memcmp (tag, snap, sizeof snap) != 0)
    return false; /* that group, but not this header */
  self->c = behind;
  if (tag == NULL)
    isth_walk_stop_short (self, N_("ISL header cut by the capture"), N_("ISL header incomplete"));
  else if (h[5] >> 4 != 0)
    isth_walk_stop (self, N_("ISL frame of other than Ethernet"));
  else
    {
      self->mirror_vlan = isth_be16 (tag + 6) >> 1 & 0x0fff;
      isth_walk_ethernet (self);
    }
  return true;
}

void
isth_walk_ethernet (IsthWalk *self)
{
  IsthPacket *p = self->packet;
  const uint8_t *h;

  if (!isth_walk_enter (self))
    return;
  h = isth_cursor_bytes (&self->c, 14);
  if (h == NULL)
    {
      isth_walk_stop_short (self, N_("Ethernet header cut by the capture"), N_("Ethernet header incomplete"));
      return;
    }
  if (self->depth > 1)
    isth_walk_forget_outer (self);
  if (walk_inter_switch_link (self, h))
    return;
  if (G_UNLIKELY (self->mirror_vlan != 0))
    push_vlan (self, self->mirror_vlan);
  p->target_mac = isth_address_mac (h);
  p->source_mac = isth_address_mac (h + 6);
  self->segment = true;
  self->lsdu[0] = self->c.position;
  isth_walk_ether_type (self, isth_be16 (h + 12));
}

/* RCT: sequence number, LAN (a or b) and size of what follows the EtherType, 0x88fb (IEC 62439-3, 4.2.7). Whether the size
 * counts VLAN tags depends on the maker. */
void
isth_walk_redundancy_trailer (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  const uint8_t *t;
  uint32_t size;

  if (self->lsdu[0] == 0 || c->length != c->wire || isth_cursor_left (c) < 6)
    return;
  t = c->data + c->length - 6;
  size = isth_be16 (t + 2) & 0x0fff;
  if (isth_be16 (t + 4) != 0x88fb || (t[2] >> 4 != 0xa && t[2] >> 4 != 0xb)
      || (size != c->length - self->lsdu[0] && size != c->length - self->lsdu[1]))
    return;
  isth_cursor_limit (c, isth_cursor_left (c) - 6);
  self->packet->tunnels |= ISTH_TUNNEL_HSR;
}

/* One header between two EtherTypes: steps over @n bytes, the last two of which are returned as the next EtherType. */
static bool
next_type (IsthWalk *self,
           uint32_t  n,
           uint16_t *first,
           uint16_t *type)
{
  const uint8_t *h;

  if (!isth_walk_enter (self))
    return false;
  h = isth_cursor_bytes (&self->c, n);
  if (h == NULL)
    {
      isth_walk_stop_short (self, N_("tag cut by the capture"), N_("tag incomplete"));
      return false;
    }
  *first = isth_be16 (h);
  *type = isth_be16 (h + n - 2);
  return true;
}

/* A length: 802.2 LLC follows, and what is behind it is padding. */
static void
walk_length (IsthWalk *self,
             uint16_t  length)
{
  if (length > LENGTH_MAX)
    {
      isth_walk_stop (self, N_("EtherType field neither a type nor a length"));
      return;
    }
  isth_walk_redundancy_trailer (self);
  isth_cursor_limit (&self->c, length);
  isth_walk_llc (self);
}

/* Steps over tags; false when the walk ended in one. */
static bool
skip_tags (IsthWalk *self,
           uint16_t *type)
{
  uint16_t first;

  for (;;)
    switch (*type)
      {
      case 0x8100: /* C-tag */
      case 0x88a8: /* S-tag */
      case 0x9100: /* S-tag before it had a number */
      case 0x9200:
        if (!next_type (self, 4, &first, type))
          return false;
        push_vlan (self, first & 0x0fff);
        break;
      case 0x892f: /* HSR: path and size, sequence number */
        if (!next_type (self, 6, &first, type))
          return false;
        self->packet->tunnels |= ISTH_TUNNEL_HSR;
        break;
      case 0x8926: /* VN-Tag */
        if (!next_type (self, 6, &first, type))
          return false;
        break;
      case 0x8909: /* Cisco metadata with a security group: version, length, option, group */
        if (!next_type (self, 8, &first, type))
          return false;
        break;
      default:
        return true;
      }
}

void
isth_walk_ether_type (IsthWalk *self,
                      uint16_t  type)
{
  IsthPacket *p = self->packet;

  if (type != 0x0800)
    {
      p->ether_type = type;
      isth_walk_reach (self, ISTH_LAYER_LINK);
      if (!skip_tags (self, &type))
        return;
    }
  p->ether_type = type < TYPE_MIN ? 0 : type;
  self->lsdu[1] = self->c.position;
  isth_walk_reach (self, ISTH_LAYER_LINK);

  switch (type)
    {
    case 0x0800:
      isth_walk_ipv4 (self);
      break;
    case 0x86dd:
      isth_walk_ipv6 (self);
      break;
    case 0x8847:
    case 0x8848:
      isth_walk_mpls (self);
      break;
    case 0x8864:
      isth_walk_pppoe (self);
      break;
    case 0x88e7: /* 802.1ah: service instance, then the customer's frame */
      isth_cursor_skip (&self->c, 4);
      isth_walk_ethernet (self);
      break;
    case 0x8903: /* FabricPath: forwarding tag, then the frame */
      isth_cursor_skip (&self->c, 2);
      isth_walk_ethernet (self);
      break;
    default:
      if (type < TYPE_MIN)
        walk_length (self, type);
      else
        {
          isth_walk_redundancy_trailer (self);
          isth_walk_reach (self, ISTH_LAYER_LINK);
        }
    }
}

/* Cimetrics' analysers of MS/TP buses write the station N as the address 00:00:00:00:00:N, and 255, which is everybody, like any other. */
static void
mark_everybody (IsthPacket *p)
{
  static const uint8_t station[6] = { 0, 0, 0, 0, 0, 0xff }, everybody[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

  if (p->target_mac.kind == ISTH_ADDRESS_MAC && memcmp (p->target_mac.bytes, station, sizeof station) == 0)
    p->target_mac = isth_address_mac (everybody);
}

/* SNAP: an EtherType, a bridged frame (RFC 2427), or a protocol of the organisation's own. */
void
isth_walk_snap (IsthWalk *self)
{
  IsthPacket *p = self->packet;
  const uint8_t *h = isth_cursor_bytes (&self->c, 5);
  uint32_t oui;
  uint16_t type;

  if (h == NULL)
    {
      isth_walk_stop_short (self, N_("SNAP header cut by the capture"), N_("SNAP header incomplete"));
      return;
    }
  oui = isth_be32 (h) >> 8;
  type = isth_be16 (h + 3);
  if ((oui == 0 || oui == 0x0000f8) && type >= TYPE_MIN)
    {
      isth_walk_ether_type (self, type);
      return;
    }
  if (oui == 0x0080c2 && (type == 0x0001 || type == 0x0007))
    {
      isth_walk_ethernet (self);
      return;
    }
  p->snap_oui = oui;
  p->ether_type = type;
  if (oui == 0x001090)
    mark_everybody (p);
  isth_walk_reach (self, ISTH_LAYER_LINK);
}

void
isth_walk_llc (IsthWalk *self)
{
  IsthPacket *p = self->packet;
  const uint8_t *h;

  if (!isth_walk_enter (self))
    return;
  p->ether_type = 0;
  isth_walk_reach (self, ISTH_LAYER_LINK);
  h = isth_cursor_bytes (&self->c, 3);
  if (h == NULL)
    {
      isth_walk_stop_short (self, N_("LLC header cut by the capture"), N_("LLC header incomplete"));
      return;
    }
  if (h[0] == 0xaa && h[1] == 0xaa && h[2] == 0x03)
    {
      isth_walk_snap (self);
      return;
    }
  p->llc_sap = isth_be16 (h);
  if ((h[2] & 0x03) != 0x03) /* information and supervisory frames have two control bytes */
    isth_cursor_skip (&self->c, 1);
  isth_walk_reach (self, ISTH_LAYER_LINK);
  if (h[0] == 0x06 && h[1] == 0x06)
    isth_walk_ipv4 (self);
}
