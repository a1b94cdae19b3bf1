/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of HTTP/2 headers (RFC 7541): those whose names tell anything, with what one side of a connection sent before. */
#pragma once

#include "analysis/base/cursor.h"

#define ISTH_HPACK_VALUE 192

#define ISTH_HPACK_SIZES 128  /* entries of a dynamic table of the usual size at most */
#define ISTH_HPACK_ENTRIES 48 /* the latest ones, of which names and values are kept */
#define ISTH_HPACK_KEPT 56    /* bytes of a value */

/**
 * IsthHpackTable: the dynamic table (2.3.2) of one side, within bounds
 * @next: entries that were ever added; @count: those that are still there, @size: what they take, of at most @most
 * @lost: it cannot be followed any more: nothing is looked up in it
 *
 * Zeroed at the start. It must see every block of its side; whoever could not read one to its end says so by @lost.
 */
typedef struct
{
  uint32_t next, count, size, most;
  bool begun, lost;
  uint16_t sizes[ISTH_HPACK_SIZES];
  struct
  {
    const char *name;
    uint16_t name_size;
    char value[ISTH_HPACK_KEPT];
  } entries[ISTH_HPACK_ENTRIES];
} IsthHpackTable;

/**
 * IsthHpackField:
 * @name: static ("user-agent"); NULL: another, or one that is not known any more
 * @value: as text, cut; "" where it is not known, and of credentials in the table
 */
typedef struct
{
  const char *name;
  char value[ISTH_HPACK_VALUE];
} IsthHpackField;

/* The next field of a block; false at its end, or where it lies. */
bool isth_hpack_next (IsthCursor *c, IsthHpackTable *table, IsthHpackField *field);
