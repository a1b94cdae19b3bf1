/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is who on an S7 connection, for S7 communication and S7comm-plus. */
#pragma once

#include "analysis/dissectors/dissector.h"

/**
 * isth_s7_note_ends:
 * @known: of the flow; nothing is said when it is set, and it is set
 *
 * The sender answered, so both ends are known; the transport selectors then tell what kind of connection it is: their first byte
 * is 1 for a programming device, 2 for operator control, 3 for anything else; the second one's rack and slot.
 */
void isth_s7_note_ends (IsthDissectContext *ctx, bool *known);
