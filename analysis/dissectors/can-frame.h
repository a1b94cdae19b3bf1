/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame of a CAN bus as SocketCAN writes it (tcpdump.org/linktypes.html, 227), for the protocols on it. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_TYPE_CAN 0x000c /* in place of an EtherType: analysis/decode/fieldbus.c */
#define ISTH_CAN_EXTENDED 0x80000000u
#define ISTH_CAN_REMOTE 0x40000000u
#define ISTH_CAN_ERROR 0x20000000u

typedef struct
{
  bool extended;     /* a number of 29 bits, not 11 */
  bool without_data; /* an error, or a request */
  uint32_t id;
  IsthCursor data;
} IsthCanFrame;

/* How much a number looks like one: of 11 bits, with nothing above them but marks; of 29 bits, with that mark alone; otherwise. */
static inline int
isth_can_rate_id (uint32_t id)
{
  return (id & 0x9ffff800u) == 0 ? 2 : id >> 29 == ISTH_CAN_EXTENDED >> 29;
}

/* The number has the network's byte order; what older versions of libpcap wrote of all interfaces of a machine together has that of the machine. */
static inline uint32_t
isth_can_read_id (IsthCursor *c)
{
  uint32_t id = isth_cursor_be32 (c), swapped = __builtin_bswap32 (id);

  return isth_can_rate_id (swapped) > isth_can_rate_id (id) ? swapped : id;
}

static inline bool
isth_can_read (IsthCursor *c,
               IsthCanFrame *frame)
{
  uint32_t id = isth_can_read_id (c);
  uint8_t length = isth_cursor_u8 (c);

  isth_cursor_skip (c, 3);
  frame->extended = id & ISTH_CAN_EXTENDED;
  frame->without_data = id & (ISTH_CAN_REMOTE | ISTH_CAN_ERROR);
  frame->id = id & (frame->extended ? 0x1fffffffu : 0x7ffu);
  frame->data = id & ISTH_CAN_REMOTE ? isth_cursor_rest (c) : isth_cursor_take (c, length);
  return !c->failed;
}

/* A station has a number on its bus and no other address: it gets one that nobody else was given. */
static inline IsthEndpoint
isth_can_endpoint (const uint8_t bus[5],
                   uint8_t station)
{
  const uint8_t address[6] = { bus[0], bus[1], bus[2], bus[3], bus[4], station };

  return isth_endpoint_from_address (isth_address_mac (address), 0);
}

/* All on the bus. */
static inline IsthEndpoint
isth_can_everybody (void)
{
  static const uint8_t address[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

  return isth_endpoint_from_address (isth_address_mac (address), 0);
}

/* What is said in the frame is said; false: it is none of theirs. */
bool isth_can_read_canopen (IsthDissectContext *ctx, const IsthCanFrame *frame);
bool isth_can_read_j1939 (IsthDissectContext *ctx, const IsthCanFrame *frame);
