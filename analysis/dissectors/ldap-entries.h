/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What those who speak LDAP say of themselves: a server by its root entry, and a host of Windows that looks for its domain controller. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* The text of an octet string at the cursor, which is stepped over; "" when there is none. @at: its bytes. */
const char *isth_ldap_take_text (IsthCursor *c, char *text, size_t size, IsthCursor *at);

/* What a host says of itself when it looks for a domain controller: conditions of the filter (MS-ADTS, 6.3.3). */
void isth_ldap_read_conditions (IsthDissectContext *ctx, IsthCursor filter);

/* An entry (RFC 4511, 4.5.2): of those that are not the root only what stands in them is somebody else's. False when it is none. */
bool isth_ldap_read_entry (IsthDissectContext *ctx, IsthCursor c);
