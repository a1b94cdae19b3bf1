/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links whose stations have a number and no MAC, or nothing at all: MS/TP, CAN, ARCNET and IEEE 802.15.4, that also as sniffers pass it on. Where the number says who is who, it becomes an
 * address that nobody else was given. */
#include <string.h>

#include "analysis/decode/walk.h"

#define TYPE_CAN 0x000c /* in place of an EtherType: analysis/dissectors/can-frame.h */
#define TYPE_WPAN 0x00f6 /* likewise: analysis/dissectors/zigbee.c */
#define ZEP_HEADER 32
#define ZEP_HEADER_1 16
#define ARCNET_BACNET 0xcd
#define BACNET_SAP 0x82

/* Of the frame control of 802.15.4, and how an address is given. */
enum
{
  WPAN_TYPE = 0x0007,
  WPAN_SECURED = 0x0008,
  WPAN_COMPRESSED = 0x0040,
  WPAN_UNNUMBERED = 0x0100,
  WPAN_ELEMENTS = 0x0200,
  WPAN_DATA = 1,
  WPAN_SHORT = 2,
  WPAN_LONG = 3,
};

/* BACnet MS/TP (ASHRAE 135, 9.3): preamble, type, two stations of one byte each, which become addresses that nobody else was given. What follows is marked
 * as Cimetrics' analysers mark the same frames on Ethernet, by the protocol 0. */
void
isth_walk_mstp (IsthWalk *self)
{
  IsthCursor header = self->c;
  const uint8_t *h = isth_cursor_bytes (&header, 5);
  uint8_t address[6] = { 2 };

  if (h == NULL)
    {
      self->c.cut = header.cut;
      isth_walk_stop_short (self, N_("MS/TP header cut by the capture"), N_("MS/TP header incomplete"));
      return;
    }
  if (h[0] != 0x55 || h[1] != 0xff)
    {
      isth_walk_stop (self, N_("MS/TP frame without its preamble"));
      return;
    }
  address[5] = h[4];
  self->packet->source_mac = isth_address_mac (address);
  if (h[3] == 0xff)
    memset (address, 0xff, sizeof address);
  address[5] = h[3];
  self->packet->target_mac = isth_address_mac (address);
  self->packet->snap_oui = 0x001090;
  isth_walk_reach (self, ISTH_LAYER_LINK);
}

/* SocketCAN: number with its marks, length, and what is left out here. The number names a message and not who sends it: whether a sender can be told is known
 * to the protocol above alone; all are to all. The payload begins with the header, and Linux' own number for the protocol stands for an EtherType. */
void
isth_walk_can (IsthWalk *self)
{
  IsthCursor header = self->c;

  isth_cursor_skip (&header, 8);
  if (header.failed)
    {
      self->c.cut = header.cut;
      isth_walk_stop_short (self, N_("CAN header cut by the capture"), N_("CAN header incomplete"));
      return;
    }
  self->packet->target_mac = isth_address_mac ((const uint8_t[]){ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff });
  self->packet->ether_type = TYPE_CAN;
  isth_walk_reach (self, ISTH_LAYER_LINK);
}

/* Where the protocol stands: behind the two addresses; in Linux' link type behind two bytes more, which say where the frame begins in the buffer of its
 * controller, of 256 bytes or of 512, and are counted from its end. Analysers of BACnet keep those with the other link type as well, where they could
 * be a protocol and the first byte behind it: so they are believed only when BACnet follows. */
static uint32_t
find_arcnet_protocol (const IsthCursor *c,
                      bool offset)
{
  int low = isth_cursor_peek (c, 2), high = isth_cursor_peek (c, 3);
  int64_t length = (int64_t) isth_cursor_wire_left (c) - 4;
  bool fits = (high == 0 && low == 256 - length) || (low == 0 && high == 512 - length);

  return offset || (fits && isth_cursor_peek (c, 4) == ARCNET_BACNET && isth_cursor_peek (c, 5) == BACNET_SAP) ? 4 : 2;
}

/* BACnet on ARCNET (ASHRAE 135, clause 8): LLC behind the protocol. */
static void
walk_arcnet_bacnet (IsthWalk *self,
                    const uint8_t *stations)
{
  uint8_t address[6] = { 0x02, 0x00, 0x00, 0xa2, 0xc0, stations[0] };

  self->packet->source_mac = isth_address_mac (address);
  if (stations[1] == 0) /* all */
    memset (address, 0xff, sizeof address);
  else
    address[5] = stations[1];
  self->packet->target_mac = isth_address_mac (address);
  isth_walk_llc (self);
}

/* ARCNET: two addresses of one byte, which are no MACs and name nobody beyond the ring, then a protocol, and with RFC 1201 the piece's place in its
 * packet. An exception packet, made longer because its length could not be sent, has that twice. */
void
isth_walk_arcnet (IsthWalk *self,
                  bool      offset)
{
  uint32_t at = find_arcnet_protocol (&self->c, offset);
  const uint8_t *h = isth_cursor_bytes (&self->c, at + 1);
  uint8_t protocol, piece;

  if (h == NULL)
    {
      isth_walk_stop_short (self, N_("ARCNET header cut by the capture"), N_("ARCNET header incomplete"));
      return;
    }
  protocol = h[at];
  if (protocol == ARCNET_BACNET)
    {
      walk_arcnet_bacnet (self, h);
      return;
    }
  if (protocol == 240 || protocol == 241) /* RFC 1051, without pieces */
    {
      isth_walk_ether_type (self, protocol == 240 ? 0x0800 : 0x0806);
      return;
    }
  piece = isth_cursor_u8 (&self->c);
  isth_cursor_skip (&self->c, 2);
  if (piece == 0xff)
    {
      piece = isth_cursor_u8 (&self->c);
      isth_cursor_skip (&self->c, 2);
    }
  if (self->c.failed)
    isth_walk_stop_short (self, N_("ARCNET header cut by the capture"), N_("ARCNET header incomplete"));
  else if (piece != 0)
    isth_walk_stop (self, N_("ARCNET packet in pieces"));
  else if (protocol == 212)
    isth_walk_ether_type (self, 0x0800);
  else if (protocol == 213)
    isth_walk_ether_type (self, 0x0806);
  else if (protocol == 196)
    isth_walk_ether_type (self, 0x86dd);
  else
    isth_walk_stop (self, N_("ARCNET protocol that is not read"));
}

/* The check sum of a frame (802.15.4, 7.2.10): that of ITU-T, whose lowest bit is sent first. */
static bool
has_good_sum (const IsthCursor *c)
{
  const uint8_t *bytes = c->data + c->position;
  uint32_t n = isth_cursor_left (c) - 2;
  uint16_t sum = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      sum ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        sum = (uint16_t) (sum >> 1 ^ (sum & 1 ? 0x8408 : 0));
    }
  return isth_le16 (bytes + n) == sum;
}

/* Whether a header names a network before its target and before its source: by the versions before 2015, and by table 7-2 since. */
static void
find_networks (uint16_t control,
               bool *of_target,
               bool *of_source)
{
  int target = control >> 10 & 3, source = control >> 14;
  bool compressed = control & WPAN_COMPRESSED;

  if ((control >> 12 & 3) < 2)
    {
      *of_target = target != 0;
      *of_source = source != 0 && !compressed;
      return;
    }
  *of_target = target == 0 ? source == 0 && compressed : source == 0 || (target == WPAN_LONG && source == WPAN_LONG) ? !compressed : true;
  *of_source = source != 0 && !compressed && !(target == WPAN_LONG && source == WPAN_LONG);
}

/* A station's number with that of its network, or the end of its long address, in an address that nobody else was given. */
static IsthAddress
read_wpan_address (IsthCursor *c,
                   int mode,
                   uint16_t network)
{
  const uint8_t *b = isth_cursor_bytes (c, mode == WPAN_LONG ? 8 : mode == WPAN_SHORT ? 2 : 0);
  uint8_t address[6] = { 0x02, 0x15, (uint8_t) (network >> 8), (uint8_t) network };

  if (!b || mode < WPAN_SHORT)
    return (IsthAddress){ 0 };
  if (mode == WPAN_LONG)
    return isth_address_mac ((const uint8_t[]){ 0x06, b[4], b[3], b[2], b[1], b[0] });
  if (isth_le16 (b) == 0xffff)
    memset (address, 0xff, sizeof address);
  else
    memcpy (address + 4, (const uint8_t[]){ b[1], b[0] }, 2);
  return isth_address_mac (address);
}

/* IEEE 802.15.4, 7.2: what the frame is, its number, networks and addresses. @sum: it ends in a check sum. Only data go on; Linux' own number for such frames
 * stands for an EtherType. */
void
isth_walk_wpan (IsthWalk *self,
                bool      sum)
{
  IsthCursor *c = &self->c;
  bool whole = isth_cursor_left (c) == isth_cursor_wire_left (c), of_target, of_source;
  uint16_t control, network = 0;

  if (sum && whole && isth_cursor_left (c) > 2 && !has_good_sum (c))
    {
      isth_walk_stop (self, N_("802.15.4 frame with a wrong check sum"));
      return;
    }
  if (sum && isth_cursor_wire_left (c) > 2)
    isth_cursor_limit (c, isth_cursor_wire_left (c) - 2);
  control = isth_cursor_le16 (c);
  if ((control >> 12 & 3) < 2 || !(control & WPAN_UNNUMBERED))
    isth_cursor_skip (c, 1);
  find_networks (control, &of_target, &of_source);
  if (of_target)
    network = isth_cursor_le16 (c);
  self->packet->target_mac = read_wpan_address (c, control >> 10 & 3, network);
  if (of_source)
    network = isth_cursor_le16 (c);
  self->packet->source_mac = read_wpan_address (c, control >> 14, network);
  if (c->failed)
    {
      isth_walk_stop_short (self, N_("802.15.4 header cut by the capture"), N_("802.15.4 header incomplete"));
      return;
    }
  isth_walk_reach (self, ISTH_LAYER_LINK);
  if ((control & WPAN_TYPE) != WPAN_DATA)
    isth_walk_stop (self, N_("802.15.4 frame without data"));
  else if (control & (WPAN_SECURED | ((control >> 12 & 3) == 2 ? WPAN_ELEMENTS : 0)))
    isth_walk_stop (self, N_("802.15.4 data that are encrypted, or behind elements of the header"));
  else
    self->packet->ether_type = TYPE_WPAN;
}

/* The same behind what a receiver adds: elements of type, length and value, filled up to four bytes (tcpdump.org/linktypes.html, 283). The first tells the sum. */
void
isth_walk_wpan_tap (IsthWalk *self)
{
  IsthCursor *c = &self->c, elements;
  uint16_t length;
  bool sum = false;

  isth_cursor_skip (c, 2);
  length = isth_cursor_le16 (c);
  elements = isth_cursor_take (c, length >= 4 ? length - 4u : 0);
  while (isth_cursor_left (&elements) >= 4)
    {
      uint16_t type = isth_cursor_le16 (&elements), size = isth_cursor_le16 (&elements);
      int first = isth_cursor_peek (&elements, 0);

      if (type == 0 && first == 1)
        sum = true;
      isth_cursor_skip (&elements, MIN ((size + 3u) & ~3u, isth_cursor_left (&elements)));
    }
  if (c->failed)
    isth_walk_stop_short (self, N_("802.15.4 header cut by the capture"), N_("802.15.4 header incomplete"));
  else
    isth_walk_wpan (self, sum);
}

/* What stands in front of a frame that a sniffer passes on (ZEP, the ZigBee encapsulation protocol of Exegin): "EX", the version; since the second one what it is,
 * 1 for a frame; then channel, device, how the frame ends, and how well it was heard. The last byte is the frame's length, and all that is there. */
static const uint8_t *
read_zep_header (IsthCursor *c)
{
  bool first = isth_cursor_peek (c, 2) == 1;
  const uint8_t *h;

  if (isth_cursor_peek (c, 0) != 'E' || isth_cursor_peek (c, 1) != 'X')
    return NULL;
  h = isth_cursor_bytes (c, first ? ZEP_HEADER_1 : ZEP_HEADER);
  if (h == NULL || h[2] < 1 || h[2] > 3 || (!first && h[3] != 1) || (h[first ? ZEP_HEADER_1 - 1 : ZEP_HEADER - 1] & 0x7f) != isth_cursor_wire_left (c))
    return NULL;
  return h;
}

/* The frame ends in its check sum, or in what the chip put in its place: how strong it was, and, in the top bit of the second byte, whether the sum was good. */
bool
isth_walk_zep (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  const uint8_t *h = read_zep_header (c);
  bool sum;

  if (h == NULL || isth_cursor_wire_left (c) < 5)
    return false;
  isth_walk_tunnel (self, ISTH_TUNNEL_ZEP);
  if (!isth_walk_enter (self))
    return true;
  isth_walk_forget_outer (self);
  self->packet->ether_type = 0;
  self->packet->source_mac = self->packet->target_mac = (IsthAddress){ 0 };
  isth_walk_reach (self, ISTH_LAYER_LINK);
  sum = h[h[2] == 1 ? 6 : 7] != 0;
  if (!sum && isth_cursor_left (c) == isth_cursor_wire_left (c) && !(isth_cursor_peek (c, isth_cursor_left (c) - 1) & 0x80))
    {
      isth_walk_stop (self, N_("802.15.4 frame with a wrong check sum"));
      return true;
    }
  if (!sum)
    isth_cursor_limit (c, isth_cursor_wire_left (c) - 2);
  isth_walk_wpan (self, sum);
  return true;
}
