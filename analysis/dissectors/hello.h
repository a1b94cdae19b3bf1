/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hellos: switches and routers say the same of themselves every second or two. What one claims is told when it differs from what was said before in the
 * same flow; all others only count. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* A digest of @n bytes and of who sent them. */
static inline uint64_t
isth_hello_digest (const IsthDissectContext *ctx,
                   uint64_t                  before,
                   const void               *bytes,
                   size_t                    n)
{
  const IsthPacket *packet = isth_context_packet (ctx);

  before = isth_context_digest (ctx, before, &packet->source_mac, sizeof packet->source_mac);
  before = isth_context_digest (ctx, before, &packet->source, sizeof packet->source);
  return isth_context_digest (ctx, before, bytes, n);
}

/* Whether it differs from @said, a place in the flow's state, which it then takes. */
static inline bool
isth_hello_is_new (uint64_t *said,
                   uint64_t  digest)
{
  bool fresh = *said != digest;

  *said = digest;
  return fresh;
}

/* How sure a probe is whose bytes fit: quite, when the SNAP header says that the protocol is one of @oui's. Other wires have its number as an EtherType. */
static inline IsthProbe
isth_hello_snap_probe (const IsthPacket *packet,
                       uint32_t          oui)
{
  return packet->snap_oui == oui ? ISTH_PROBE_STRONG : packet->snap_oui == 0 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

/* The next part of a hello: two bytes say of which kind, two of which length, these four included. False at the end, and when it is cut off or lies about
 * its length: then @c has failed. */
bool isth_hello_next_part (IsthCursor *c, uint16_t *kind, IsthCursor *part);

/* The sender by its IP address: the MAC of a virtual router is no device, and says nothing about who uses it now. */
IsthEndpoint isth_hello_router (const IsthDissectContext *ctx);

/* The virtual router from whose MAC the frame comes has address @ip, read from @length bytes at @at. Nothing when it comes from a router's own MAC. */
void isth_hello_virtual (IsthDissectContext *ctx, const IsthAddress *ip, const uint8_t *at, uint32_t length);

/* @router (NULL: the sender) leads to the IPv4 network of @bits at @network. Nothing for everywhere, a single host, and what is no network. */
void isth_hello_route (IsthDissectContext *ctx, const IsthEndpoint *router, const uint8_t network[4], unsigned bits, const uint8_t *at, uint32_t length);

/* The same, with a mask. */
void isth_hello_route_masked (IsthDissectContext *ctx, const IsthEndpoint *router, const uint8_t network[4], const uint8_t mask[4], const uint8_t *at,
                              uint32_t length);

/* The same for IPv6: @prefix has the bytes that @bits need. */
void isth_hello_route_six (IsthDissectContext *ctx, const IsthEndpoint *router, const uint8_t *prefix, unsigned bits, const uint8_t *at, uint32_t length);

/* The IPv6 network of @bits at @prefix as text; NULL when it is none: everywhere, a single host, or of one wire only. */
const char *isth_hello_network_six (const uint8_t *prefix, unsigned bits, char text[ISTH_ADDRESS_TEXT + 8]);

/* Routers prove to one another who they are by a password in clear: that there is one, and of how many characters, never itself. Those that are there when
 * none was set are called so. False when there is none. Once a flow is enough. */
bool isth_hello_password (IsthDissectContext *ctx, const uint8_t *password, uint32_t size);
