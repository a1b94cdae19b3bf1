/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roles of the two ends of an S7 connection. */
#include "analysis/dissectors/s7-connection.h"

void
isth_s7_note_ends (IsthDissectContext *ctx,
                   bool *known)
{
  IsthEndpoint client = isth_context_receiver (ctx);
  uint8_t connection = (uint8_t) (isth_context_key (ctx) >> 8);

  if (*known)
    return;
  *known = true;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "s7-server");
  isth_emit_role (ctx, &client, "s7-client");
  if (connection == 1)
    isth_emit_role (ctx, &client, "engineering");
  else if (connection == 2)
    isth_emit_role (ctx, &client, "hmi");
}
