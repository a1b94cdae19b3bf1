/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One frame, decoded down to its transport: link layers, tags, tunnels, IP, TCP, UDP become one flat value. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "analysis/base/address.h"
#include "analysis/base/cursor.h"
#include "analysis/base/limits.h"

/* What was seen on the way in, as bits. */
typedef enum
{
  ISTH_TUNNEL_MPLS = 1 << 0,
  ISTH_TUNNEL_PPPOE = 1 << 1,
  ISTH_TUNNEL_GRE = 1 << 2,
  ISTH_TUNNEL_ERSPAN = 1 << 3,
  ISTH_TUNNEL_VXLAN = 1 << 4,
  ISTH_TUNNEL_GENEVE = 1 << 5,
  ISTH_TUNNEL_IPIP = 1 << 6,
  ISTH_TUNNEL_PSEUDOWIRE = 1 << 7,
  ISTH_TUNNEL_HSR = 1 << 8, /* HSR tag or PRP trailer (IEC 62439-3): redundancy, not a tunnel of its own */
  ISTH_TUNNEL_WIRELESS = 1 << 9,
  ISTH_TUNNEL_GTP = 1 << 10,
  ISTH_TUNNEL_CAPWAP = 1 << 11,
  ISTH_TUNNEL_ZEP = 1 << 12,
} IsthTunnel;

typedef enum
{
  ISTH_TCP_FIN = 0x01,
  ISTH_TCP_SYN = 0x02,
  ISTH_TCP_RST = 0x04,
  ISTH_TCP_PSH = 0x08,
  ISTH_TCP_ACK = 0x10,
} IsthTcpFlag;

/* How far a frame could be decoded. */
typedef enum
{
  ISTH_LAYER_NONE,      /* not even the link layer: the payload is the frame */
  ISTH_LAYER_LINK,      /* MAC addresses and an EtherType or LLC SAP: the payload is what follows */
  ISTH_LAYER_IP,        /* no port: another IP protocol, ICMP, most fragments: the payload is what follows the IP header */
  ISTH_LAYER_TCP,
  ISTH_LAYER_UDP,
} IsthLayer;

/* What became of an IP fragment that completed no datagram: such a packet has no payload worth reading. */
typedef enum
{
  ISTH_FRAGMENT_NONE,  /* it is none, or it completed one */
  ISTH_FRAGMENT_WAITS, /* others may complete the datagram: it is counted with that, or when that is given up (isth_decoder_get_lost()) */
  ISTH_FRAGMENT_LOST,  /* nothing will come of it */
} IsthFragment;

/* Why a frame was not decoded further; static strings counted in the health figures, NULL when all went well. */
typedef const char *IsthTrouble;

/* What carries a packet that came through a tunnel between IP addresses. */
typedef enum
{
  ISTH_CARRIER_NONE,
  ISTH_CARRIER_GRE,
  ISTH_CARRIER_ETHERIP,
  ISTH_CARRIER_IPV4, /* in IP */
  ISTH_CARRIER_IPV6,
  ISTH_CARRIER_MPLS,
  ISTH_CARRIER_VXLAN,
  ISTH_CARRIER_GENEVE,
  ISTH_CARRIER_GTP,
  ISTH_CARRIER_CAPWAP,
  ISTH_CARRIER_ZEP,
} IsthCarrier;

/* The outermost IP header of such a packet, small: the bytes of the usual types. */
typedef struct
{
  uint8_t source[16], target[16]; /* of IPv4 the first four */
  uint8_t source_mac[6], target_mac[6];
  uint32_t carrier : 4;           /* IsthCarrier; NONE: there is no such header, and nothing else is good */
  uint32_t kind : 2;              /* IsthAddressKind of the addresses */
  uint32_t same_segment : 1;      /* the MACs stand beside it */
  uint32_t vlan : 12;             /* 0 untagged */
  uint32_t ttl : 8;
  uint32_t reassembled : 1;       /* from fragments: then the packet's earlier frames are its own */
} IsthOuter;

/**
 * IsthPacket:
 *
 * @source_mac/@target_mac are those of the innermost link layer, @source/@target of the innermost IP header (kind NONE when
 * there is none). Only when @same_segment do MAC and IP stand side by side in one frame, so that the MAC may belong to the
 * IP's host or to its router; behind a layer-3 tunnel they do not, and the MAC says nothing about the IP.
 * @payload reaches to the end that the headers claim: link padding and trailers are outside it.
 * Lends the frame's bytes, or those of the reassembler for a datagram put together from fragments (@reassembled). Such a packet, and a lost fragment,
 * stands for @earlier frames besides its own, of @earlier_wire bytes, which were counted nowhere yet.
 * @plain: as nearly all are, whole TCP or UDP in IPv4 in Ethernet: @same_segment, and no tunnel, no fragment, no trouble, at most one VLAN. Others may be
 * as plain and not marked.
 *
 * Packets go from thread to thread by the million, so what is seldom there stands in a cache line of its own and is not even
 * cleared: of @vlans only @n_vlans are good, @outer only when @tunnels, what was @earlier only of fragments.
 */
typedef struct
{
  int64_t time;
  uint64_t number;
  const uint8_t *frame;   /* the frame's first byte and captured length: evidence ranges are relative to it */
  uint32_t frame_length;
  uint32_t wire;          /* bytes of the whole frame on the wire */
  IsthCursor payload;
  uint32_t sequence, acknowledgment; /* TCP */

  IsthAddress source, target;
  uint16_t source_port, target_port;
  uint8_t layer;          /* IsthLayer */
  uint8_t ip_protocol;    /* innermost; 0 when there is no IP */
  uint8_t ttl;            /* innermost TTL or hop limit */
  uint8_t tcp_flags;      /* IsthTcpFlag bits */
  uint16_t tcp_window;
  uint16_t ether_type;    /* innermost; 0 for LLC frames, then @llc_sap */
  uint8_t n_vlans;
  uint8_t tcp_words;      /* length of the TCP header in front of @payload, in 4 bytes; 0: none, or the capture cut its options */
  bool same_segment : 1;
  bool reassembled : 1;
  uint8_t fragment : 2;   /* IsthFragment */
  bool plain;

  IsthAddress source_mac, target_mac; /* kind NONE when the link type has none */
  uint16_t llc_sap;       /* DSAP << 8 | SSAP of an 802.2 LLC frame without SNAP */
  uint16_t tunnels;       /* IsthTunnel bits */
  uint32_t snap_oui;      /* of a SNAP header with a foreign OUI; then @ether_type is its protocol id */
  IsthTrouble trouble;

  uint16_t vlans[ISTH_LIMIT_VLANS]; /* outermost first; priority bits removed */
  IsthOuter outer;
  uint64_t earlier : 16;  /* these only when @reassembled or @fragment */
  uint64_t earlier_wire : 48;
} IsthPacket;

_Static_assert (offsetof (IsthPacket, vlans) == 192 && sizeof (IsthPacket) == 256, "a packet is three cache lines and one that is seldom touched");

/* The innermost VLAN id, 0 when untagged. */
static inline uint16_t
isth_packet_vlan (const IsthPacket *self)
{
  return self->n_vlans > 0 ? self->vlans[self->n_vlans - 1] : 0;
}
