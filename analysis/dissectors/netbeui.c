/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NetBIOS right above LLC, as Windows spoke it before IP: named, and no more. IBM SC30-3587, "LAN technical reference", 5. */
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define HEADER_SIZE 14

/* Its length, then a mark that stands in each frame, then a command; small numbers come first in all of them. */
static IsthProbe
netbeui_probe (IsthCursor c,
               const IsthPacket *packet)
{
  uint16_t length = isth_cursor_le16 (&c);
  uint16_t mark = isth_cursor_be16 (&c);
  uint8_t command = isth_cursor_u8 (&c);

  (void) packet;
  return !c.failed && mark == 0xffef && length >= HEADER_SIZE && length <= 44 && command <= 0x1f ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static IsthDissectResult
netbeui_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  (void) ctx;
  isth_cursor_skip (c, HEADER_SIZE);
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_LLC, 0xf0f0 } };

const IsthDissector isth_dissector_netbeui = {
  .id = "netbeui",
  .title = N_("NetBIOS frames"),
  .depth = ISTH_DEPTH_RECOGNISED,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = netbeui_probe,
  .dissect = netbeui_dissect,
};
