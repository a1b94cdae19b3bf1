/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links whose stations have a number and no MAC, or nothing at all: MS/TP, CAN and ARCNET. Where the number says who is who, it becomes an address that nobody
 * else was given. */
#include <string.h>

#include "analysis/decode/walk.h"

#define TYPE_CAN 0x000c /* in place of an EtherType: analysis/dissectors/can-frame.h */
#define ARCNET_BACNET 0xcd
#define BACNET_SAP 0x82

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
  int low = isth_cursor_peek (c, 2), high = isth_cursor_peek (c, 3), length = (int) isth_cursor_wire_left (c) - 4;
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
