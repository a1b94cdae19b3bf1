/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The discovery of TwinCAT targets, and what it shares with ADS itself. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* The text of a return code; made in @text when it has none. */
const char *isth_ads_get_error (uint32_t code, char *text, size_t size);

/* The sender's AMS NetId, six bytes. */
void isth_ads_claim_net_id (IsthDissectContext *ctx, const uint8_t *id);

IsthProbe isth_ads_probe_discovery (IsthCursor c);

/* Reads one datagram; the flags belong to its flow. */
IsthDissectResult isth_ads_dissect_discovery (IsthCursor *c, IsthDissectContext *ctx, bool *client_known, bool *server_known);
