/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSL 2.0 (RFC 6176 says why nobody should): how it begins, also where a client only means to be understood by old servers (RFC 5246, E.2). */
#pragma once

#include "analysis/dissectors/dissector.h"

enum
{
  ISTH_SSL2_CLIENT_HELLO = 1,
  ISTH_SSL2_SERVER_HELLO = 4,
};

/* Whether a hello of it could start with these three bytes. */
static inline bool
isth_ssl2_may_begin (const uint8_t *bytes)
{
  return (bytes[2] == ISTH_SSL2_CLIENT_HELLO || bytes[2] == ISTH_SSL2_SERVER_HELLO) && (bytes[0] & 0x80) != 0;
}

/* Whether a hello of it starts at the cursor. */
bool isth_ssl2_is_hello (IsthCursor c);

/* The length of the record at the cursor, 0: none can be. */
uint32_t isth_ssl2_record_length (IsthCursor c);

/* Says what a hello tells. True when what follows in this direction is SSL 2.0 as well. */
bool isth_ssl2_read_hello (IsthDissectContext *ctx, IsthCursor *c);
