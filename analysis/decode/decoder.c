/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decoder's life, and the blank packet that each walk fills in. */
#include "analysis/decode/decoder.h"

#include "analysis/decode/walk.h"

struct _IsthDecoder
{
  IsthFragments *fragments;
  bool walked;     /* the last frame was not plain: fragments may be lent */
  uint64_t limits[ISTH_N_REACHED];
};

IsthDecoder *
isth_decoder_new (void)
{
  IsthDecoder *self = g_new0 (IsthDecoder, 1);

  self->fragments = isth_fragments_new (ISTH_LIMIT_FRAGMENTS, ISTH_LIMIT_FRAGMENT_BYTES,
                                        &self->limits[ISTH_REACHED_FRAGMENTS]);
  return self;
}

void
isth_decoder_free (IsthDecoder *self)
{
  if (self == NULL)
    return;
  isth_fragments_free (self->fragments);
  g_free (self);
}

void
isth_decoder_reset (IsthDecoder *self)
{
  isth_fragments_reset (self->fragments);
}

const IsthPacket *
isth_decoder_get_lost (const IsthDecoder *self,
                       uint32_t *n)
{
  *n = 0;
  return self->walked ? isth_fragments_get_lost (self->fragments, n) : NULL;
}

void
isth_decoder_expire (IsthDecoder *self,
                     uint64_t number,
                     int64_t time)
{
  isth_fragments_release (self->fragments);
  self->walked = true;
  isth_fragments_expire (self->fragments, number, time);
}

void
isth_decoder_give_up (IsthDecoder *self)
{
  isth_fragments_release (self->fragments);
  self->walked = true;
  isth_fragments_give_up (self->fragments);
}

const uint64_t *
isth_decoder_get_limits (const IsthDecoder *self)
{
  return self->limits;
}

/* Each field by itself: the compiler makes some vector stores of it, where a memset() of this size would be a slow loop. */
static void
blank (IsthPacket *p)
{
  const IsthAddress none = { 0 };

  p->source_mac = none;
  p->target_mac = none;
  p->source = none;
  p->target = none;
  p->outer.carrier = ISTH_CARRIER_NONE;
  p->outer.kind = 0; /* which is looked at together with it */
  p->same_segment = false;
  p->reassembled = false;
  p->fragment = ISTH_FRAGMENT_NONE;
  p->plain = false;
  p->n_vlans = 0;
  p->tcp_words = 0;
  p->layer = ISTH_LAYER_NONE;
  p->ip_protocol = 0;
  p->ttl = 0;
  p->ether_type = 0;
  p->llc_sap = 0;
  p->snap_oui = 0;
  p->source_port = 0;
  p->target_port = 0;
  p->tunnels = 0;
  p->sequence = 0;
  p->acknowledgment = 0;
  p->tcp_window = 0;
  p->tcp_flags = 0;
  p->trouble = NULL;
}

void
isth_decode_walk (IsthPacket       *packet,
                  const IsthCursor *frame,
                  uint32_t          link_type,
                  IsthFragments    *fragments,
                  uint64_t         *limits)
{
  IsthWalk walk = { .packet = packet, .fragments = fragments, .limits = limits, .c = *frame };

  blank (packet);
  packet->payload = *frame;
  isth_walk_link (&walk, link_type);
}

void
isth_decoder_decode (IsthDecoder *self,
                     uint32_t link_type,
                     const uint8_t *data,
                     uint32_t captured,
                     uint32_t wire,
                     int64_t time,
                     IsthPacket *packet)
{
  IsthCursor frame;

  if (G_UNLIKELY (self->walked))
    isth_fragments_release (self->fragments);
  self->walked = false;
  packet->time = time;
  packet->wire = MAX (wire, captured);
  packet->frame = data;
  packet->frame_length = captured;
  if (link_type == ISTH_LINK_ETHERNET && isth_decode_plain (packet, data, captured, wire))
    return;
  self->walked = true;
  frame = isth_cursor_new (data, captured, wire);
  isth_decode_walk (packet, &frame, link_type, self->fragments, self->limits);
}

static IsthCarrier
name_carrier (const IsthPacket *p,
              IsthTunnel        tunnel)
{
  switch (tunnel)
    {
    case ISTH_TUNNEL_GRE:
      return p->ip_protocol == 97 ? ISTH_CARRIER_ETHERIP : ISTH_CARRIER_GRE;
    case ISTH_TUNNEL_IPIP:
      return p->ip_protocol == 41 ? ISTH_CARRIER_IPV6 : ISTH_CARRIER_IPV4;
    case ISTH_TUNNEL_MPLS:
      return ISTH_CARRIER_MPLS;
    case ISTH_TUNNEL_VXLAN:
      return ISTH_CARRIER_VXLAN;
    case ISTH_TUNNEL_GENEVE:
      return ISTH_CARRIER_GENEVE;
    case ISTH_TUNNEL_GTP:
      return ISTH_CARRIER_GTP;
    case ISTH_TUNNEL_CAPWAP:
      return ISTH_CARRIER_CAPWAP;
    case ISTH_TUNNEL_ZEP:
      return ISTH_CARRIER_ZEP;
    default:
      return ISTH_CARRIER_NONE;
    }
}

static void
note_outer (IsthPacket *p,
            IsthTunnel  tunnel)
{
  IsthOuter *outer = &p->outer;

  memcpy (outer->source, p->source.bytes, sizeof outer->source);
  memcpy (outer->target, p->target.bytes, sizeof outer->target);
  memcpy (outer->source_mac, p->source_mac.bytes, sizeof outer->source_mac);
  memcpy (outer->target_mac, p->target_mac.bytes, sizeof outer->target_mac);
  outer->carrier = name_carrier (p, tunnel);
  outer->kind = p->source.kind & 3;
  outer->same_segment = p->same_segment && p->source_mac.kind == ISTH_ADDRESS_MAC && p->target_mac.kind == ISTH_ADDRESS_MAC;
  outer->vlan = isth_packet_vlan (p) & 0xfff;
  outer->ttl = p->ttl;
  outer->reassembled = p->reassembled;
}

void
isth_walk_tunnel (IsthWalk  *self,
                  IsthTunnel tunnel)
{
  IsthPacket *p = self->packet;

  p->tunnels |= (uint16_t) tunnel;
  self->mirror_vlan = 0;
  if (p->outer.carrier == ISTH_CARRIER_NONE && p->source.kind != ISTH_ADDRESS_NONE)
    note_outer (p, tunnel);
}
