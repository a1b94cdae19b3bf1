/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PCCC messages, whatever carries them: inside CIP, or in Allen-Bradley's older Ethernet protocol. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* What of a flow is under way. */
typedef struct
{
  bool downloading, uploading;
} IsthPcccTransfers;

/**
 * IsthPcccPlace:
 * @match: what a command and its reply share
 * @child: path of the controller, NULL: the one at the address
 * @digest: of what @child depends on
 */
typedef struct
{
  uint64_t match;
  uint64_t digest;
  const char *child;
} IsthPcccPlace;

/* Whether the cursor stands at a PCCC message; @reply: of which sort. */
bool isth_pccc_probe (IsthCursor c, bool *reply);

/* The transaction number of the message, by which its reply is found where nothing else tells. */
uint16_t isth_pccc_get_transaction (IsthCursor c);

/* A command: says the operation, as of protocol "pccc". */
IsthDissectResult isth_pccc_read_command (IsthCursor *c, IsthDissectContext *ctx, IsthPcccTransfers *transfers, const IsthPcccPlace *place);

/* A reply: says its outcome, and what the controller is. */
IsthDissectResult isth_pccc_read_reply (IsthCursor *c, IsthDissectContext *ctx, IsthPcccTransfers *transfers, const IsthPcccPlace *place);
