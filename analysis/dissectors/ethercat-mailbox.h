/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mailboxes of EtherCAT slaves: objects (CoE) and files (FoE). */
#pragma once

#include "analysis/dissectors/dissector.h"

/* Whether @data begins with a mailbox header and a message of a known sort. */
bool isth_ethercat_is_mailbox (IsthCursor data);

/* … of FoE, in which a password and a file may be. */
bool isth_ethercat_holds_file (IsthCursor data);

/* What the @master writes into the mailbox of @slave. @updating: of this flow, whether the file that it writes is firmware. */
void isth_ethercat_read_request (IsthDissectContext *ctx, const IsthEndpoint *master, const IsthEndpoint *slave, IsthCursor data, bool *updating);

/* What the master read from it: @slave speaks. */
void isth_ethercat_read_response (IsthDissectContext *ctx, const IsthEndpoint *master, const IsthEndpoint *slave, IsthCursor data);

/* The company of a vendor id, and the model that some of them write into their product codes. */
void isth_ethercat_emit_vendor (IsthDissectContext *ctx, const IsthEndpoint *slave, uint32_t id, const uint8_t *at);
void isth_ethercat_emit_model (IsthDissectContext *ctx, const IsthEndpoint *slave, uint32_t product, const uint8_t *at);
