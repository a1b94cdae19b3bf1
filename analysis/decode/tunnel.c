/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames and datagrams carried by other protocols: MPLS (RFC 3032) and Ethernet pseudowires (RFC 4448), PPP (RFC 1661) and
 * PPPoE (RFC 2516), GRE (RFC 2784, 2890, 2637), ERSPAN, VXLAN (RFC 7348), Geneve (RFC 8926), GTP-U (3GPP TS 29.281),
 * CAPWAP (RFC 5415). */
#include "analysis/decode/walk.h"

/* Whether an Ethernet header may begin @at: by the type or length it would have. */
static bool
looks_like_ethernet (const IsthCursor *c,
                     uint32_t          at)
{
  IsthCursor look = *c;
  uint16_t type;

  isth_cursor_skip (&look, at + 12);
  type = isth_cursor_be16 (&look);
  if (look.failed)
    return false;
  switch (type)
    {
    case 0x0800:
    case 0x0806:
    case 0x8035:
    case 0x86dd:
    case 0x8100:
    case 0x88a8:
    case 0x9100:
    case 0x8847:
    case 0x8848:
    case 0x8863:
    case 0x8864:
    case 0x8892:
    case 0x88b8:
    case 0x88ba:
    case 0x88cc:
    case 0x88f7:
    case 0x8902:
    case 0x9000:
      return true;
    default:
      return type >= 3 && type <= 1500 && type <= isth_cursor_wire_left (&look);
    }
}

static bool
looks_like_ipv4 (const IsthCursor *c)
{
  IsthCursor look = *c;
  uint16_t first = isth_cursor_be16 (&look);
  uint16_t total = isth_cursor_be16 (&look);

  return !look.failed && first >> 12 == 4 && (first >> 8 & 0x0f) >= 5 && total >= 20 && total <= isth_cursor_wire_left (c);
}

static void
walk_pseudowire (IsthWalk *self)
{
  isth_walk_tunnel (self, ISTH_TUNNEL_PSEUDOWIRE);
  isth_walk_ethernet (self);
}

/* Nothing says what follows the last label: by its first half byte it is IP, a control word, or an Ethernet address. */
static void
walk_labelled (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  int first = isth_cursor_peek (c, 0);

  if (looks_like_ipv4 (c))
    isth_walk_ipv4 (self);
  else if (first >> 4 == 6 && !looks_like_ethernet (c, 0))
    isth_walk_ipv6 (self);
  else if (first >> 4 == 0 && looks_like_ethernet (c, 4))
    {
      isth_cursor_skip (c, 4);
      walk_pseudowire (self);
    }
  else if (looks_like_ethernet (c, 0))
    walk_pseudowire (self);
  else if (first >> 4 == 4)
    isth_walk_ipv4 (self);
  else
    isth_walk_stop (self, N_("MPLS payload of an unknown kind"));
}

void
isth_walk_mpls (IsthWalk *self)
{
  const uint8_t *h;

  isth_walk_tunnel (self, ISTH_TUNNEL_MPLS);
  self->segment = false; /* the addresses are those of label switches */
  do
    {
      if (!isth_walk_enter (self))
        return;
      h = isth_cursor_bytes (&self->c, 4);
      if (h == NULL)
        {
          isth_walk_stop_short (self, N_("MPLS label cut by the capture"), N_("MPLS label incomplete"));
          return;
        }
    }
  while ((h[2] & 1) == 0);
  walk_labelled (self);
}

void
isth_walk_ppp (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  uint16_t protocol;

  if (!isth_walk_enter (self))
    return;
  if (isth_cursor_peek (c, 0) == 0xff && isth_cursor_peek (c, 1) == 0x03)
    isth_cursor_skip (c, 2);
  protocol = isth_cursor_u8 (c);
  if ((protocol & 1) == 0) /* compressed to one byte when odd */
    protocol = (uint16_t) (protocol << 8 | isth_cursor_u8 (c));
  if (c->failed)
    {
      isth_walk_stop_short (self, N_("PPP header cut by the capture"), N_("PPP header incomplete"));
      return;
    }
  switch (protocol)
    {
    case 0x0021:
      isth_walk_ipv4 (self);
      break;
    case 0x0057:
      isth_walk_ipv6 (self);
      break;
    case 0x0281:
    case 0x0283:
      isth_walk_mpls (self);
      break;
    default: /* its own control protocols, and what nobody carries any more */
      break;
    }
}

void
isth_walk_pppoe (IsthWalk *self)
{
  const uint8_t *h;

  if (!isth_walk_enter (self))
    return;
  h = isth_cursor_bytes (&self->c, 6);
  if (h == NULL)
    {
      isth_walk_stop_short (self, N_("PPPoE header cut by the capture"), N_("PPPoE header incomplete"));
      return;
    }
  if (h[0] != 0x11 || h[1] != 0)
    return;
  isth_walk_tunnel (self, ISTH_TUNNEL_PPPOE);
  self->segment = false;
  isth_cursor_limit (&self->c, isth_be16 (h + 4));
  isth_walk_ppp (self);
}

/* Type I has no header of its own, II has 8 bytes, III 12 and perhaps 8 more (draft-foschiano-erspan). */
static void
walk_erspan (IsthWalk *self,
             uint32_t  header)
{
  const uint8_t *h = NULL;
  uint16_t vlan = 0;

  isth_walk_tunnel (self, ISTH_TUNNEL_ERSPAN);
  if (header > 0)
    {
      h = isth_cursor_bytes (&self->c, header);
      if (h == NULL)
        {
          isth_walk_stop_short (self, N_("ERSPAN header cut by the capture"), N_("ERSPAN header incomplete"));
          return;
        }
      vlan = isth_be16 (h) & 0x0fff;
      if (header == 12 && (h[11] & 1) != 0)
        isth_cursor_skip (&self->c, 8);
    }
  self->mirror_vlan = vlan;
  isth_walk_ethernet (self);
}

/* The source route of RFC 1701: entries of a family, a length and an address, ended by an empty one. */
static void
skip_routing (IsthCursor *c)
{
  const uint8_t *h;

  do
    {
      h = isth_cursor_bytes (c, 4);
      if (h != NULL)
        isth_cursor_skip (c, h[3]);
    }
  while (h != NULL && h[3] != 0);
}

static void
walk_gre_payload (IsthWalk *self,
                  uint16_t  protocol,
                  bool      sequenced)
{
  switch (protocol)
    {
    case 0x0800:
      isth_walk_ipv4 (self);
      break;
    case 0x86dd:
      isth_walk_ipv6 (self);
      break;
    case 0x6558:
      isth_walk_ethernet (self);
      break;
    case 0x8847:
    case 0x8848:
      isth_walk_mpls (self);
      break;
    case 0x880b:
      isth_walk_ppp (self);
      break;
    case 0x88be:
      walk_erspan (self, sequenced ? 8 : 0);
      break;
    case 0x22eb:
      walk_erspan (self, 12);
      break;
    default:
      break;
    }
}

void
isth_walk_gre (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  const uint8_t *h;
  uint16_t flags = 0;

  if (!isth_walk_enter (self))
    return;
  h = isth_cursor_bytes (c, 4);
  if (h != NULL)
    {
      flags = isth_be16 (h);
      if ((flags & 0xc000) != 0) /* checksum and offset, there when either is used */
        isth_cursor_skip (c, 4);
      if ((flags & 0x2000) != 0)
        isth_cursor_skip (c, 4);
      if ((flags & 0x1000) != 0)
        isth_cursor_skip (c, 4);
      if ((flags & 0x4000) != 0)
        skip_routing (c);
      if ((flags & 0x0087) == 0x0081) /* version 1 has an acknowledgment (RFC 2637) */
        isth_cursor_skip (c, 4);
    }
  if (c->failed)
    {
      isth_walk_stop_short (self, N_("GRE header cut by the capture"), N_("GRE header incomplete"));
      return;
    }
  if ((flags & 0x0007) > 1)
    {
      isth_walk_stop (self, N_("GRE version neither 0 nor 1"));
      return;
    }
  if (isth_cursor_wire_left (c) == 0) /* an acknowledgment alone, a keep-alive */
    return;
  isth_walk_tunnel (self, ISTH_TUNNEL_GRE);
  walk_gre_payload (self, isth_be16 (h + 2), (flags & 0x1000) != 0);
}

/* Flags: a valid network id (0x08), perhaps a group policy (0x80); all that is reserved must be zero. */
static bool
walk_vxlan (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  const uint8_t *h = isth_cursor_bytes (c, 8);

  if (h == NULL || (h[0] & 0x7f) != 0x08 || (h[1] & 0xb7) != 0 || h[7] != 0 || ((h[0] & 0x80) == 0 && (h[2] | h[3]) != 0)
      || isth_cursor_left (c) < 14)
    return false;
  isth_walk_tunnel (self, ISTH_TUNNEL_VXLAN);
  isth_walk_ethernet (self);
  return true;
}

static bool
walk_geneve (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  const uint8_t *h = isth_cursor_bytes (c, 8);
  uint16_t type;

  if (h == NULL || h[0] >> 6 != 0 || (h[1] & 0x3f) != 0 || h[7] != 0)
    return false;
  isth_cursor_skip (c, (h[0] & 0x3f) * 4u);
  type = isth_be16 (h + 2);
  if (c->failed || (type != 0x6558 && type != 0x0800 && type != 0x86dd) || isth_cursor_left (c) < 14)
    return false;
  isth_walk_tunnel (self, ISTH_TUNNEL_GENEVE);
  if (type == 0x6558)
    isth_walk_ethernet (self);
  else
    isth_walk_ip (self);
  return true;
}

/* A G-PDU, with a sequence number and extension headers when the flags say so. */
static bool
walk_gtp (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  const uint8_t *h = isth_cursor_bytes (c, 8);
  uint32_t version;

  if (h == NULL || (h[0] & 0xf8) != 0x30 || h[1] != 0xff || isth_be16 (h + 2) > isth_cursor_wire_left (c))
    return false;
  if ((h[0] & 0x07) != 0)
    {
      isth_cursor_skip (c, 3);
      for (uint8_t next = isth_cursor_u8 (c); (h[0] & 0x04) != 0 && next != 0 && !c->failed; next = isth_cursor_u8 (c))
        {
          uint8_t units = isth_cursor_u8 (c);

          if (units == 0)
            return false;
          isth_cursor_skip (c, units * 4u - 2);
        }
    }
  version = (uint32_t) isth_cursor_peek (c, 0) >> 4;
  if (c->failed || isth_cursor_left (c) < 20 || (version != 4 && version != 6))
    return false;
  isth_walk_tunnel (self, ISTH_TUNNEL_GTP);
  isth_walk_ip (self);
  return true;
}

/* What an access point passes on, to its controller and back: a whole frame, of Ethernet or (RFC 5416) of 802.11. Control is another port. */
static bool
walk_capwap (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  const uint8_t *h = isth_cursor_bytes (c, 8);
  uint32_t words, binding, flags;

  if (h == NULL || h[0] != 0 || isth_be32 (h + 4) != 0) /* another version or encrypted; a later fragment */
    return false;
  words = h[1] >> 3;
  binding = isth_be32 (h) >> 9 & 0x1f;
  flags = isth_be32 (h) & 0x1ff;
  if (words < 2 || binding != 1 || (flags & 0x8f) != 0) /* a fragment, a keep-alive, reserved bits */
    return false;
  isth_cursor_skip (c, words * 4 - 8);
  if (c->failed || isth_cursor_left (c) < ((flags & 0x100) != 0 ? 24 : 14))
    return false;
  isth_walk_tunnel (self, ISTH_TUNNEL_CAPWAP);
  if ((flags & 0x100) == 0)
    isth_walk_ethernet (self);
  else if (isth_walk_enter (self))
    {
      isth_walk_forget_outer (self);
      self->packet->ether_type = 0;
      isth_walk_wireless (self);
    }
  return true;
}

void
isth_walk_udp_tunnel (IsthWalk *self)
{
  IsthCursor before = self->c;
  bool walked;

  if (self->packet->source_port == ISTH_PORT_CAPWAP_DATA)
    {
      if (!walk_capwap (self))
        self->c = before;
      return;
    }

  switch (self->packet->target_port)
    {
    case ISTH_PORT_VXLAN:
      walked = walk_vxlan (self);
      break;
    case ISTH_PORT_GENEVE:
      walked = walk_geneve (self);
      break;
    case ISTH_PORT_CAPWAP_DATA:
      walked = walk_capwap (self);
      break;
    case ISTH_PORT_GTP_U:
      walked = walk_gtp (self);
      break;
    case ISTH_PORT_ZEP:
      walked = isth_walk_zep (self);
      break;
    default:
      return;
    }
  if (!walked)
    self->c = before;
}
