/* SPDX-License-Identifier: GPL-3.0-or-later */
/* QUIC as Google had it before there was a standard: named by its version, with what the first hello tells in clear. Helper of quic.c. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_GQUIC_VERSION 5 /* "Q043" */

/* Whether a datagram begins with a header of it that has a version; then @version, and the cursor stands behind that. */
bool isth_gquic_read_header (IsthCursor *c, char version[ISTH_GQUIC_VERSION]);

/* Says what the hello behind such a header tells: host, program; up to Q046 it is not encrypted. */
void isth_gquic_read_hello (IsthDissectContext *ctx, IsthCursor c, const char *version);
