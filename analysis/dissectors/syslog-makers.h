/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makers of network equipment put into the text of syslog messages, where other senders put nothing: who the device is. */
#pragma once

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/lines.h"

/* "%SYS-5-CONFIG_I" near the start of @text: what Cisco's devices and those of some others call their messages; empty: it has none. */
IsthPiece isth_syslog_mnemonic (const IsthPiece *text);

/* Says who the sender of @text is, all behind the priority and the date, where its maker's form tells. True when it did. */
bool isth_syslog_emit_maker (IsthDissectContext *ctx, const IsthPiece *text);
