/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a statement of SQL is about, for all that carry them: its first word and the table; values in it are nobody's business. And how their text ends. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_SQL_DIGESTED 96 /* bytes that decide whether a statement was asked before */

/* Up to a NUL, which is stepped over, or to the end. */
IsthCursor isth_sql_take_string (IsthCursor *c);

/**
 * isth_sql_emit:
 * @request: without verb, object and key
 * @wide: UTF-16, low byte first
 *
 * The request that carries a statement, as "SELECT Orders"; one that was asked before costs no text.
 */
void isth_sql_emit (IsthDissectContext *ctx, IsthRequest *request, const uint8_t *bytes, uint32_t n, bool wide);
