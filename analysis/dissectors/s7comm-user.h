/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What user data of S7 communication is about: subscriptions, alarms, diagnostic events. Helper of s7comm.c; claims nothing. */
#pragma once

#include "analysis/base/cursor.h"
#include "analysis/base/text.h"

/* Writes what the @content of a request, or (@push) of a spontaneous message, with its @group, @function and @sequence acts on; leaves @text empty
 * when the bytes say nothing. */
void isth_s7_describe_user (uint8_t group, uint8_t function, uint8_t sequence, bool push, IsthCursor content, char *text, size_t size);

/* The operating mode that a diagnostic message says the controller goes to; NULL: none. */
const char *isth_s7_read_event_state (IsthCursor content);
