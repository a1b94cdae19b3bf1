/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the decoder share while one frame is walked from its outermost header inwards. Private to decode/. */
#pragma once

#include <glib/gi18n-lib.h>

#include "analysis/decode/fragments.h"
#include "analysis/decode/packet.h"

#define ISTH_LINK_ETHERNET 1

/* UDP ports of tunnels. */
enum
{
  ISTH_PORT_GTP_U = 2152,
  ISTH_PORT_VXLAN = 4789,
  ISTH_PORT_CAPWAP_DATA = 5247,
  ISTH_PORT_GENEVE = 6081,
  ISTH_PORT_ZEP = 17754,
};

/**
 * IsthWalk:
 * @c: the frame, standing behind the last header that was understood; after reassembly the datagram
 * @depth: headers met so far, never above ISTH_LIMIT_NESTING
 * @lsdu: where the payload of the innermost Ethernet header begins, by its first and by its last EtherType; 0: none
 * @segment: what comes next lies on the segment of the packet's MAC addresses
 * @mirror_vlan: the VLAN that an ERSPAN or ISL header gave to the frame inside
 */
typedef struct
{
  IsthPacket *packet;
  IsthFragments *fragments;
  uint64_t *limits;
  IsthCursor c;
  uint32_t depth;
  uint32_t lsdu[2];
  bool segment;
  uint16_t mirror_vlan;
} IsthWalk;

/* Ends the walk: what was understood so far stays. */
static inline void
isth_walk_stop (IsthWalk *self,
                IsthTrouble trouble)
{
  self->packet->trouble = trouble;
}

/* Ends the walk in a header that is not all there; the two texts tell a cut capture from a short packet. */
static inline void
isth_walk_stop_short (IsthWalk *self,
                      IsthTrouble cut,
                      IsthTrouble incomplete)
{
  self->packet->trouble = self->c.cut ? cut : incomplete;
}

/* Begins one more header; false, and the walk has ended, at the ceiling. */
static inline bool
isth_walk_enter (IsthWalk *self)
{
  if (G_LIKELY (self->depth++ < ISTH_LIMIT_NESTING))
    return true;
  self->limits[ISTH_REACHED_NESTING]++;
  isth_walk_stop (self, N_("too many headers inside one another"));
  return false;
}

/* All up to the cursor is understood: @layer is reached, the payload begins here. */
static inline void
isth_walk_reach (IsthWalk *self,
                 IsthLayer layer)
{
  IsthPacket *p = self->packet;
  const IsthCursor *c = &self->c;

  p->layer = (uint8_t) layer;
  p->payload = (IsthCursor){ .data = c->data + c->position, .length = c->length - c->position, .wire = c->wire - c->position };
}

/* Notes a tunnel. The first IP header in front of one is the outer one. */
void isth_walk_tunnel (IsthWalk *self, IsthTunnel tunnel);

/* The next header, at the cursor. Each walks on to the end. */
void isth_walk_link (IsthWalk *self, uint32_t link_type);
void isth_walk_ethernet (IsthWalk *self);
void isth_walk_forget_outer (IsthWalk *self); /* a frame inside a tunnel begins: nothing of the headers before holds for it */
void isth_walk_ether_type (IsthWalk *self, uint16_t type);
void isth_walk_llc (IsthWalk *self);
void isth_walk_snap (IsthWalk *self);
void isth_walk_ppp (IsthWalk *self);
void isth_walk_pppoe (IsthWalk *self);
void isth_walk_mpls (IsthWalk *self);
void isth_walk_wireless (IsthWalk *self);
void isth_walk_radiotap (IsthWalk *self);
void isth_walk_prism (IsthWalk *self);
void isth_walk_ppi (IsthWalk *self);
void isth_walk_mstp (IsthWalk *self);
void isth_walk_can (IsthWalk *self);
void isth_walk_arcnet (IsthWalk *self, bool offset); /* @offset: the header has two bytes more, as Linux writes it */
void isth_walk_wpan (IsthWalk *self, bool sum); /* @sum: it ends in a check sum */
void isth_walk_wpan_tap (IsthWalk *self);
bool isth_walk_zep (IsthWalk *self); /* false: it is none, and the cursor may stand anywhere */
void isth_walk_ip (IsthWalk *self); /* by its version */
void isth_walk_ipv4 (IsthWalk *self);
void isth_walk_ipv6 (IsthWalk *self);
void isth_walk_gre (IsthWalk *self);

/* A UDP payload that is a tunnel, by its port and by what the header says, is walked; any other is left alone. */
void isth_walk_udp_tunnel (IsthWalk *self);

/* Shortens the cursor by the PRP trailer that an Ethernet frame may end in. */
void isth_walk_redundancy_trailer (IsthWalk *self);

/* An Ethernet frame of the plainest kind: writes all but number, time, wire, frame and frame_length. False: not of that kind. */
bool isth_decode_plain (IsthPacket *packet, const uint8_t *data, uint32_t captured, uint32_t wire);

/* The long way, for any frame: writes the same. */
void isth_decode_walk (IsthPacket *packet, const IsthCursor *frame, uint32_t link_type, IsthFragments *fragments, uint64_t *limits);

/* "link type …" for those that are not decoded. */
IsthTrouble isth_link_type_trouble (uint32_t link_type);
