/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The short way for the frames that are nearly all frames: Ethernet, at most one VLAN tag, IPv4 without options, TCP or UDP.
 * It says of them just what the long way says (a test holds the two together), in half the time; whatever is unusual in any
 * way is left to the long way. */
#include "analysis/decode/walk.h"

#define IP_SIZE 20u
#define TCP_SIZE 20u
#define UDP_SIZE 8u

/* Where the IPv4 header begins, with its VLAN id; 0: not this kind of frame. */
static inline uint32_t
find_ip (const uint8_t *frame,
         uint16_t      *vlan)
{
  uint16_t type = isth_be16 (frame + 12);

  *vlan = 0;
  if (type == 0x0800)
    return 14;
  if (type != 0x8100 || isth_be16 (frame + 16) != 0x0800)
    return 0;
  *vlan = isth_be16 (frame + 14) & 0x0fff;
  return 18;
}

/* Whether @total bytes at @at are a whole datagram, and what is behind them on the wire is not a PRP trailer. */
static inline bool
is_plain_ip (const IsthCursor *c,
             const uint8_t    *ip,
             uint32_t          at,
             uint32_t          total)
{
  uint32_t left = c->wire - at;

  return ip[0] == 0x45 && total <= left && (isth_be16 (ip + 6) & 0x3fff) == 0
         && (left - total < 6 || c->length != c->wire || isth_be16 (c->data + c->length - 2) != 0x88fb);
}

static inline bool
is_tunnel (uint16_t source,
           uint16_t target)
{
  return target == ISTH_PORT_VXLAN || target == ISTH_PORT_GENEVE || target == ISTH_PORT_GTP_U || target == ISTH_PORT_CAPWAP_DATA
         || source == ISTH_PORT_CAPWAP_DATA || target == ISTH_PORT_ZEP;
}

/* All but what the transport says. */
static inline void
write_ip (IsthPacket    *p,
          const uint8_t *frame,
          const uint8_t *ip,
          uint16_t       vlan)
{
  p->source = isth_address_ipv4 (ip + 12);
  p->target = isth_address_ipv4 (ip + 16);
  p->source_port = isth_be16 (ip + IP_SIZE);
  p->target_port = isth_be16 (ip + IP_SIZE + 2);
  p->ip_protocol = ip[9];
  p->ttl = ip[8];
  p->ether_type = 0x0800;
  p->n_vlans = vlan != 0;
  p->same_segment = true;
  p->reassembled = false;
  p->fragment = ISTH_FRAGMENT_NONE;
  p->plain = true;
  p->target_mac = isth_address_mac (frame);
  p->source_mac = isth_address_mac (frame + 6);
  p->llc_sap = 0;
  p->tunnels = 0;
  p->snap_oui = 0;
  p->trouble = NULL;
  p->vlans[0] = vlan; /* good only when there is one */
}

/* The payload from @from on, @wire bytes of it, as much as is there. */
static inline void
write_payload (IsthPacket       *p,
               const IsthCursor *c,
               uint32_t          from,
               uint32_t          wire)
{
  uint32_t there = c->length > from ? c->length - from : 0;

  p->payload = (IsthCursor){ .data = c->data + (c->length - there), .length = MIN (there, wire), .wire = wire };
}

static inline bool
read_tcp (IsthPacket       *p,
          const IsthCursor *c,
          const uint8_t    *tcp,
          uint32_t          at,
          uint32_t          total)
{
  uint32_t header;

  if (total < IP_SIZE + TCP_SIZE || c->length < at + IP_SIZE + TCP_SIZE)
    return false;
  header = IP_SIZE + (tcp[12] >> 4) * 4u;
  if (header < IP_SIZE + TCP_SIZE || header > total || c->length < at + header)
    return false;
  p->sequence = isth_be32 (tcp + 4);
  p->acknowledgment = isth_be32 (tcp + 8);
  p->layer = ISTH_LAYER_TCP;
  p->tcp_flags = tcp[13];
  p->tcp_window = isth_be16 (tcp + 14);
  p->tcp_words = tcp[12] >> 4;
  write_payload (p, c, at + header, total - header);
  return true;
}

static inline bool
read_udp (IsthPacket       *p,
          const IsthCursor *c,
          const uint8_t    *udp,
          uint32_t          at,
          uint32_t          total)
{
  uint32_t length = isth_be16 (udp + 4);

  if (total < IP_SIZE + UDP_SIZE || length < UDP_SIZE || is_tunnel (isth_be16 (udp), isth_be16 (udp + 2)))
    return false;
  p->sequence = 0;
  p->acknowledgment = 0;
  p->layer = ISTH_LAYER_UDP;
  p->tcp_flags = 0;
  p->tcp_window = 0;
  p->tcp_words = 0;
  write_payload (p, c, at + IP_SIZE + UDP_SIZE, MIN (length, total - IP_SIZE) - UDP_SIZE);
  return true;
}

bool
isth_decode_plain (IsthPacket    *packet,
                   const uint8_t *data,
                   uint32_t       captured,
                   uint32_t       wire)
{
  const IsthCursor frame = isth_cursor_new (data, captured, wire);
  IsthCursor c = frame;
  const uint8_t *h = isth_cursor_bytes (&c, 18 + IP_SIZE + UDP_SIZE);
  const uint8_t *ip;
  uint32_t at, total;
  uint16_t vlan;
  bool read;

  if (h == NULL)
    return false;
  at = find_ip (h, &vlan);
  ip = h + at;
  total = isth_be16 (ip + 2);
  if (at == 0 || !is_plain_ip (&frame, ip, at, total))
    return false;
  if (ip[9] == 6)
    read = read_tcp (packet, &frame, ip + IP_SIZE, at, total);
  else
    read = ip[9] == 17 && read_udp (packet, &frame, ip + IP_SIZE, at, total);
  if (read)
    write_ip (packet, h, ip, vlan);
  return read;
}
