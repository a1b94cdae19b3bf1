/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How Windows hosts find their domain controllers, and what those answer: by mailslots, and inside LDAP. [MS-ADTS], 6.3.1; [MS-NRPC], 2.2.1.5.
 * No dissector: LDAP and the NetBIOS datagram service use it. */
#pragma once

#include "analysis/dissectors/dissector.h"

/**
 * isth_netlogon_read:
 * @about: who says so; NULL: the sender
 * @c: the whole message
 * @target: whom a question is put to, when it is not the receiver of the frame; NULL otherwise
 *
 * Claims names and domain of who asks or answers. A question that went to a mailslot is an operation of its own.
 */
void isth_netlogon_read (IsthDissectContext *ctx, const IsthEndpoint *about, IsthCursor c, const IsthEndpoint *target);

/* The same of an answer in LDAP, which is none to a mailslot. */
void isth_netlogon_read_answer (IsthDissectContext *ctx, const IsthEndpoint *about, IsthCursor c);
