/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who listens to which groups, as a host reports it in one message: RFC 3376, 4.2 (IPv4), RFC 3810, 5.2 (IPv6). */
#pragma once

#include "analysis/dissectors/dissector.h"

typedef struct
{
  const uint8_t *group;
  bool leaves; /* to hear from nobody is to leave */
} IsthGroupRecord;

/* The next record, which says of one group from whom to hear. @size: of an address. False at the end, and when it is cut off: then @c has failed. */
static inline bool
isth_group_record_next (IsthCursor      *c,
                        uint32_t         size,
                        IsthGroupRecord *self)
{
  enum { ONLY_THESE = 1, TO_ONLY_THESE = 3 };
  uint8_t kind, extra;
  uint16_t sources;

  if (c->failed || isth_cursor_left (c) == 0)
    return false;
  kind = isth_cursor_u8 (c);
  extra = isth_cursor_u8 (c);
  sources = isth_cursor_be16 (c);
  self->group = isth_cursor_bytes (c, size);
  self->leaves = (kind == ONLY_THESE || kind == TO_ONLY_THESE) && sources == 0;
  isth_cursor_skip (c, sources * size + extra * 4u);
  return !c->failed;
}
