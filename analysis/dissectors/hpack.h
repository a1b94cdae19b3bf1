/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of HTTP/2 headers (RFC 7541), as far as they can be read without what went before: names of the static table, values in the block itself. */
#pragma once

#include "analysis/base/cursor.h"

#define ISTH_HPACK_VALUE 192

/**
 * IsthHpackField:
 * @name: static ("user-agent"); NULL: another, or one of the dynamic table
 * @value: as text, cut; "" when it stands in the dynamic table
 */
typedef struct
{
  const char *name;
  char value[ISTH_HPACK_VALUE];
} IsthHpackField;

/* The next field of a block; false at its end, or where it lies. */
bool isth_hpack_next (IsthCursor *c, IsthHpackField *field);
