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
