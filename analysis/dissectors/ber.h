/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ASN.1 basic encoding rules, as far as protocols of the plant need them: definite lengths. ITU-T X.690, 8. */
#pragma once

#include "analysis/base/cursor.h"

/**
 * isth_ber_next:
 * @tag: the identifier octets as a number: 0x80, 0x61; 0xbf4d for one of two octets. At most three octets
 * @body: what the length claims; shorter than its wire length when the capture cut it
 *
 * Steps over the next value. False at the end, and when it is broken: then @c has failed.
 */
static inline bool isth_ber_next (IsthCursor *c, uint32_t *tag, IsthCursor *body);

/* The unsigned value of an INTEGER of at most eight octets (nine with a leading zero); false when it is none. */
bool isth_ber_unsigned (IsthCursor body, uint64_t *value);

/* The same of a value whose identifier or length takes more than an octet, or which is not all there. */
bool isth_ber_next_slowly (IsthCursor *c, uint32_t *tag, IsthCursor *body);

static inline bool
isth_ber_next (IsthCursor *c,
               uint32_t   *tag,
               IsthCursor *body)
{
  uint32_t left = isth_cursor_left (c);
  const uint8_t *at;

  if (__builtin_expect (c->failed || left < 2, 0))
    return isth_ber_next_slowly (c, tag, body);
  at = c->data + c->position; /* not before: an empty cursor has no data */
  if (__builtin_expect ((at[0] & 0x1f) == 0x1f || at[1] > left - 2 || at[1] >= 0x80, 0))
    return isth_ber_next_slowly (c, tag, body);
  *tag = at[0];
  *body = (IsthCursor){ .data = at + 2, .length = at[1], .wire = at[1] };
  c->position += 2u + at[1];
  return true;
}
