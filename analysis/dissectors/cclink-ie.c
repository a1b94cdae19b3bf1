/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CC-Link IE: the networks of Mitsubishi's controllers (Control, Field, TSN), known by their EtherType. What their frames hold is published to
 * members of the CC-Link Partner Association only: it is named, and nothing is said of who is master or station. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

static IsthDissectResult
cclink_ie_dissect (IsthCursor *c,
                   IsthDissectContext *ctx)
{
  IsthRequest request = { .key = isth_context_digest (ctx, 0, "frame", 5), .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1 };

  if (isth_cursor_left (c) == 0)
    return ISTH_DISSECT_MALFORMED;
  if (!isth_emit_again (ctx, &request))
    {
      request.name = "frame";
      isth_emit_request (ctx, &request);
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, 0x890f } };

const IsthDissector isth_dissector_cclink_ie = {
  .id = "cclink-ie",
  .title = "CC-Link IE",
  .depth = ISTH_DEPTH_RECOGNISED,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .dissect = cclink_ie_dissect,
};
