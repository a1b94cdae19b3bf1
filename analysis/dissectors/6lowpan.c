/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 6LoWPAN: IPv6 on IEEE 802.15.4, recognised by its headers: mesh addressing, first fragments (RFC 4944) and compressed headers of IPv6 (RFC 6282). What is inside
 * is not read. WirelessHART and ISA100.11a are on the same radio, and not told: behind the addresses each has one byte of bits and then what is encrypted. */
#include <glib.h>

#include "analysis/dissectors/dissector.h"

#define ETHER_TYPE 0x00f6 /* in place of one: Linux' number for such frames */
#define IPV6_PLAIN 0x41

enum
{
  HEADER_UDP = 17,
  HEADER_TCP = 6,
  HEADER_ICMP = 58,
};

/* RFC 4944, 5.2: hops left, two addresses of 2 or 8 bytes. */
static bool
skip_mesh (IsthCursor *c)
{
  int first = isth_cursor_peek (c, 0);

  if (first < 0 || first >> 6 != 2)
    return true;
  isth_cursor_skip (c, (first & 15) == 15 ? 2 : 1);
  isth_cursor_skip (c, (first & 0x20 ? 2 : 8) + (first & 0x10 ? 2 : 8));
  return (first & 15) != 0 && !c->failed;
}

/* 5.3: how long the datagram is, and which: no shorter than a header of IPv6, no longer than the least packet that IPv6 takes whole. */
static bool
skip_first_fragment (IsthCursor *c)
{
  int first = isth_cursor_peek (c, 0);
  uint16_t size;

  if (first < 0 || first >> 3 != 0x18)
    return true;
  size = isth_cursor_be16 (c) & 0x7ff;
  isth_cursor_skip (c, 2);
  return !c->failed && size > 40 && size <= 1280 && size > isth_cursor_wire_left (c);
}

/* RFC 6282, 3.1: two bytes tell what of the header is left, and it must be there; what follows is known by its number or by its own compressed form. */
static bool
is_compressed (IsthCursor *c)
{
  static const uint8_t traffic[] = { 4, 3, 1, 0 }, unicast[] = { 16, 8, 2, 0 }, multicast[] = { 16, 6, 4, 1 };
  uint16_t head = isth_cursor_be16 (c);
  uint8_t next = 0;
  bool group = head & 0x08, by_context = head & 0x04;

  if (head >> 13 != 3 || (by_context && !(head & 3) && !group) || (group && by_context && head & 3))
    return false;
  isth_cursor_skip (c, head & 0x80 ? 1 : 0);
  isth_cursor_skip (c, traffic[head >> 11 & 3]);
  if (!(head & 0x400))
    next = isth_cursor_u8 (c);
  isth_cursor_skip (c, (head >> 8 & 3) == 0 ? 1 : 0);
  isth_cursor_skip (c, head & 0x40 && !(head & 0x30) ? 0 : unicast[head >> 4 & 3]);
  isth_cursor_skip (c, group ? (by_context ? 6 : multicast[head & 3]) : unicast[head & 3]);
  if (head & 0x400)
    {
      next = isth_cursor_u8 (c);
      return !c->failed && (next >> 3 == 0x1e || (next >> 4 == 0x0e && next >> 1 != 0x76));
    }
  return !c->failed && (next == HEADER_UDP || next == HEADER_TCP || next == HEADER_ICMP || next == 0 || next == 43 || next == 44 || next == 60);
}

static bool
is_plain (IsthCursor *c)
{
  const uint8_t *h;

  isth_cursor_skip (c, 1);
  h = isth_cursor_bytes (c, 40);
  return h && h[0] >> 4 == 6 && isth_be16 (h + 4) <= 1240;
}

static bool
is_mine (IsthCursor c)
{
  if (!skip_mesh (&c) || !skip_first_fragment (&c))
    return false;
  return isth_cursor_peek (&c, 0) == IPV6_PLAIN ? is_plain (&c) : is_compressed (&c);
}

static IsthProbe
lowpan_probe (IsthCursor c,
              const IsthPacket *packet)
{
  if (packet->ether_type != ETHER_TYPE)
    return ISTH_PROBE_NO;
  return is_mine (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* Later fragments come between, and broadcasts with a number in front: only the first word tells which conversation it is. */
static IsthDissectResult
lowpan_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  (void) ctx;
  return isth_cursor_wire_left (c) > 0 ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE } };

const IsthDissector isth_dissector_6lowpan = {
  .id = "6lowpan", /* stored in project files: never change it */
  .title = "6LoWPAN",
  .depth = ISTH_DEPTH_RECOGNISED,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = lowpan_probe,
  .dissect = lowpan_dissect,
};
