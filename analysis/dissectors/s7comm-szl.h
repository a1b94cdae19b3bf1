/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system status list of a controller (German: Systemzustandsliste): what it says it is. Helper of s7comm.c. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_S7_SZL_RECORD 256 /* longest record read; real ones have up to 60 bytes */

/* A list comes in parts when it is longer than a PDU, and records are cut wherever a part ends. */
typedef struct
{
  bool active;            /* a list is being read */
  uint8_t sequence;       /* what its parts have in common */
  uint16_t id, index;
  uint16_t record_length;
  uint16_t kept;          /* bytes of a record whose end comes with the next part */
  uint8_t record[ISTH_S7_SZL_RECORD];
} IsthS7Szl;

/* "0x0011 module identification" */
const char *isth_s7_szl_describe (char *text, size_t size, uint16_t id, uint16_t index);

/* Whether asking for the list @id is asking who somebody is; otherwise it is diagnosis. */
bool isth_s7_szl_is_identity (uint16_t id);

/* Reads the part of a list that @c holds: the first (@first) begins with a header, further ones go on where the last ended. Emits
 * claims about the sender. False when it contradicts itself. */
bool isth_s7_szl_read (IsthS7Szl *self, IsthDissectContext *ctx, IsthCursor *c, bool first);
