/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of management that say to whom a device is wired, and to which networks it leads. For snmp.c. */
#pragma once

#include "analysis/dissectors/snmp-objects.h"

/* What the row of a table says whose object is @oid; most of it stands in the numbers behind the object. @tag: of @value, in BER. */
void isth_oid_claim_row (IsthDissectContext *ctx, const IsthOid *oid, uint32_t tag, const IsthCursor *value);
