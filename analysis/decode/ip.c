/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IPv4 (RFC 791), IPv6 with its extension headers (RFC 8200), TCP (RFC 9293) and UDP (RFC 768). */
#include "analysis/decode/walk.h"

enum
{
  PROTOCOL_HOP_BY_HOP = 0,
  PROTOCOL_IPIP = 4,
  PROTOCOL_TCP = 6,
  PROTOCOL_UDP = 17,
  PROTOCOL_IPV6 = 41,
  PROTOCOL_ROUTING = 43,
  PROTOCOL_FRAGMENT = 44,
  PROTOCOL_GRE = 47,
  PROTOCOL_AH = 51,
  PROTOCOL_DESTINATION = 60,
  PROTOCOL_ETHERIP = 97,
  PROTOCOL_MOBILITY = 135,
  PROTOCOL_MPLS = 137,
  PROTOCOL_HIP = 139,
  PROTOCOL_SHIM6 = 140,
};

static void
walk_tcp (IsthWalk *self)
{
  IsthPacket *p = self->packet;
  IsthCursor *c = &self->c;
  const uint8_t *h = isth_cursor_bytes (c, 20);
  uint32_t options, got;

  if (h == NULL)
    {
      isth_walk_stop_short (self, N_("TCP header cut by the capture"), N_("TCP header incomplete"));
      return;
    }
  if (h[12] >> 4 < 5)
    {
      isth_walk_stop (self, N_("TCP header shorter than 20 bytes"));
      return;
    }
  options = (h[12] >> 4) * 4u - 20;
  if (G_UNLIKELY (options > isth_cursor_wire_left (c)))
    {
      isth_walk_stop (self, N_("TCP options longer than the packet"));
      return;
    }
  p->source_port = isth_be16 (h);
  p->target_port = isth_be16 (h + 2);
  p->sequence = isth_be32 (h + 4);
  p->acknowledgment = isth_be32 (h + 8);
  p->tcp_flags = h[13];
  p->tcp_window = isth_be16 (h + 14);
  got = MIN (options, isth_cursor_left (c));
  p->tcp_words = got == options ? h[12] >> 4 : 0;
  isth_cursor_skip (c, got);
  c->wire -= options - got; /* options that the capture cut are no payload */
  isth_walk_reach (self, ISTH_LAYER_TCP);
}

static void
walk_udp (IsthWalk *self)
{
  IsthPacket *p = self->packet;
  IsthCursor *c = &self->c;
  const uint8_t *h = isth_cursor_bytes (c, 8);
  uint16_t length;

  if (h == NULL)
    {
      isth_walk_stop_short (self, N_("UDP header cut by the capture"), N_("UDP header incomplete"));
      return;
    }
  length = isth_be16 (h + 4);
  if (length != 0 && length < 8)
    {
      isth_walk_stop (self, N_("UDP length shorter than its header"));
      return;
    }
  p->source_port = isth_be16 (h);
  p->target_port = isth_be16 (h + 2);
  if (length != 0) /* 0: longer than the field can say (RFC 2675), or split by the network card only later */
    isth_cursor_limit (c, length - 8u);
  isth_walk_reach (self, ISTH_LAYER_UDP);
  isth_walk_udp_tunnel (self);
}

/* Steps over an IPv6 extension header (length in units of 8 bytes) or an authentication header (of 4). */
static bool
skip_extension (IsthWalk *self,
                uint8_t  *protocol)
{
  IsthCursor *c = &self->c;
  const uint8_t *h;
  uint32_t length;

  if (!isth_walk_enter (self))
    return false;
  h = isth_cursor_bytes (c, 2);
  if (h != NULL)
    {
      length = *protocol == PROTOCOL_AH ? (h[1] + 2u) * 4 : (h[1] + 1u) * 8;
      isth_cursor_skip (c, length - 2);
      *protocol = h[0];
    }
  if (c->failed)
    {
      isth_walk_stop_short (self, N_("IP extension header cut by the capture"), N_("IP extension header incomplete"));
      return false;
    }
  return true;
}

/* One fragment at the cursor. True when the walk goes on: with the whole datagram, or with the first piece of one that
 * can never be whole here because the capture cut it. */
static bool
gather (IsthWalk *self,
        uint32_t  id,
        uint32_t  offset,
        bool      more,
        bool      ipv4,
        uint8_t  *protocol)
{
  IsthPacket *p = self->packet;
  IsthFragmentKey key = {
    .source = p->source,
    .target = p->target,
    .id = id,
    .vlan = isth_packet_vlan (p),
    .protocol = ipv4 ? *protocol : 0,
  };
  IsthCursor whole;

  if (!p->reassembled) /* by an outer header */
    p->earlier = p->earlier_wire = 0;
  if (self->c.length < self->c.wire)
    {
      if (offset == 0)
        return true;
      p->fragment = ISTH_FRAGMENT_LOST;
      isth_walk_stop (self, N_("IP fragment cut by the capture"));
      return false;
    }
  if (!isth_fragments_add (self->fragments, &key, p, offset, more, *protocol, &self->c, &whole, protocol))
    return false;
  self->c = whole;
  self->lsdu[0] = 0; /* no longer inside the frame */
  return true;
}

static bool
walk_ipv6_fragment (IsthWalk *self,
                    uint8_t  *protocol)
{
  const uint8_t *h;
  uint16_t place;

  if (!isth_walk_enter (self))
    return false;
  h = isth_cursor_bytes (&self->c, 8);
  if (h == NULL)
    {
      isth_walk_stop_short (self, N_("IP extension header cut by the capture"), N_("IP extension header incomplete"));
      return false;
    }
  *protocol = h[0];
  place = isth_be16 (h + 2);
  if ((place & 0xfff9) == 0) /* a datagram in one fragment (RFC 6946) */
    return true;
  self->packet->ip_protocol = *protocol;
  isth_walk_reach (self, ISTH_LAYER_IP);
  return gather (self, isth_be32 (h + 4), place & 0xfff8u, (place & 1) != 0, false, protocol);
}

static bool
skip_extensions (IsthWalk *self,
                 uint8_t  *protocol)
{
  for (;;)
    switch (*protocol)
      {
      case PROTOCOL_HOP_BY_HOP:
      case PROTOCOL_ROUTING:
      case PROTOCOL_DESTINATION:
      case PROTOCOL_AH:
      case PROTOCOL_MOBILITY:
      case PROTOCOL_HIP:
      case PROTOCOL_SHIM6:
        if (!skip_extension (self, protocol))
          return false;
        break;
      case PROTOCOL_FRAGMENT:
        if (!walk_ipv6_fragment (self, protocol))
          return false;
        break;
      default:
        return true;
      }
}

static void
walk_etherip (IsthWalk *self)
{
  const uint8_t *h = isth_cursor_bytes (&self->c, 2);

  if (h == NULL || h[0] >> 4 != 3) /* RFC 3378 */
    return;
  isth_walk_tunnel (self, ISTH_TUNNEL_GRE);
  isth_walk_ethernet (self);
}

/* What follows an IP header and its extensions. */
static void
walk_protocol (IsthWalk *self,
               uint8_t   protocol)
{
  self->packet->ip_protocol = protocol;
  isth_walk_reach (self, ISTH_LAYER_IP);
  switch (protocol)
    {
    case PROTOCOL_TCP:
      walk_tcp (self);
      break;
    case PROTOCOL_UDP:
      walk_udp (self);
      break;
    case PROTOCOL_IPIP:
    case PROTOCOL_IPV6:
      isth_walk_tunnel (self, ISTH_TUNNEL_IPIP);
      isth_walk_ip (self);
      break;
    case PROTOCOL_GRE:
      isth_walk_gre (self);
      break;
    case PROTOCOL_MPLS:
      isth_walk_mpls (self);
      break;
    case PROTOCOL_ETHERIP:
      walk_etherip (self);
      break;
    default:
      break;
    }
}

/* What is behind the end that the IP header claims is padding, and perhaps a PRP trailer. */
static void
limit (IsthWalk *self,
       uint32_t  length)
{
  if (G_UNLIKELY (self->lsdu[0] != 0 && self->segment && isth_cursor_wire_left (&self->c) >= length + 6))
    isth_walk_redundancy_trailer (self);
  isth_cursor_limit (&self->c, length);
}

static void
begin_ip (IsthWalk *self)
{
  IsthPacket *p = self->packet;

  p->same_segment = self->segment;
  p->fragment = ISTH_FRAGMENT_NONE;
  p->source_port = 0;
  p->target_port = 0;
  self->segment = false;
}

void
isth_walk_ipv4 (IsthWalk *self)
{
  IsthPacket *p = self->packet;
  IsthCursor *c = &self->c;
  const uint8_t *h;
  uint32_t header, total;
  uint16_t place;
  uint8_t protocol;

  if (!isth_walk_enter (self))
    return;
  if (G_UNLIKELY (isth_cursor_peek (c, 0) >> 4 == 6))
    {
      isth_walk_ipv6 (self);
      return;
    }
  h = isth_cursor_bytes (c, 20);
  if (h == NULL)
    {
      isth_walk_stop_short (self, N_("IPv4 header cut by the capture"), N_("IPv4 header incomplete"));
      return;
    }
  header = (h[0] & 0x0f) * 4u;
  total = isth_be16 (h + 2);
  if (h[0] >> 4 != 4 || header < 20 || (total != 0 && total < header))
    {
      isth_walk_stop (self, h[0] >> 4 != 4 ? N_("IP version neither 4 nor 6")
                      : header < 20        ? N_("IPv4 header shorter than 20 bytes")
                                           : N_("IPv4 length shorter than its header"));
      return;
    }
  if (header > 20)
    isth_cursor_skip (c, header - 20);
  if (c->failed)
    {
      isth_walk_stop_short (self, N_("IPv4 options cut by the capture"), N_("IPv4 options incomplete"));
      return;
    }
  if (total != 0) /* 0: the network card splits the datagram later and fills in the lengths */
    limit (self, total - header);

  begin_ip (self);
  p->source = isth_address_ipv4 (h + 12);
  p->target = isth_address_ipv4 (h + 16);
  p->ttl = h[8];
  protocol = h[9];
  place = isth_be16 (h + 6);
  if (G_UNLIKELY ((place & 0x3fff) != 0))
    {
      p->ip_protocol = protocol;
      isth_walk_reach (self, ISTH_LAYER_IP);
      if (!gather (self, isth_be16 (h + 4), (place & 0x1fffu) * 8, (place & 0x2000) != 0, true, &protocol))
        return;
    }
  if (G_UNLIKELY (protocol == PROTOCOL_AH) && !skip_extension (self, &protocol))
    return;
  walk_protocol (self, protocol);
}

void
isth_walk_ipv6 (IsthWalk *self)
{
  IsthPacket *p = self->packet;
  IsthCursor *c = &self->c;
  const uint8_t *h;
  uint16_t length;
  uint8_t protocol;

  if (!isth_walk_enter (self))
    return;
  h = isth_cursor_bytes (c, 40);
  if (h == NULL)
    {
      isth_walk_stop_short (self, N_("IPv6 header cut by the capture"), N_("IPv6 header incomplete"));
      return;
    }
  if (h[0] >> 4 != 6)
    {
      isth_walk_stop (self, N_("IP version neither 4 nor 6"));
      return;
    }
  length = isth_be16 (h + 4);
  if (length != 0) /* 0: a jumbogram (RFC 2675), or filled in by the network card later */
    limit (self, length);

  begin_ip (self);
  p->source = isth_address_ipv6 (h + 8);
  p->target = isth_address_ipv6 (h + 24);
  p->ttl = h[7];
  protocol = h[6];
  p->ip_protocol = protocol;
  isth_walk_reach (self, ISTH_LAYER_IP);
  if (skip_extensions (self, &protocol))
    walk_protocol (self, protocol);
}

void
isth_walk_ip (IsthWalk *self)
{
  switch (isth_cursor_peek (&self->c, 0) >> 4)
    {
    case 6:
      isth_walk_ipv6 (self);
      break;
    default:
      isth_walk_ipv4 (self); /* says what is wrong with anything else */
    }
}
