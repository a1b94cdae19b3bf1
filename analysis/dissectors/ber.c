/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identifier, length, contents. ITU-T X.690, 8.1. */
#include "analysis/dissectors/ber.h"

#define MOST_TAG_OCTETS 3
#define MOST_LENGTH_OCTETS 4

static uint32_t
read_tag (IsthCursor *c)
{
  uint8_t octet = isth_cursor_u8 (c);
  uint32_t tag = octet;

  if ((octet & 0x1f) != 0x1f)
    return tag;
  for (int n = 1; n < MOST_TAG_OCTETS && !c->failed; n++)
    {
      octet = isth_cursor_u8 (c);
      tag = tag << 8 | octet;
      if (!(octet & 0x80))
        return tag;
    }
  c->failed = true;
  return 0;
}

static uint32_t
read_length (IsthCursor *c)
{
  uint8_t first = isth_cursor_u8 (c);
  uint32_t length = 0;

  if (first < 0x80)
    return first;
  if (first == 0x80 || first > 0x80 + MOST_LENGTH_OCTETS) /* none given, or more than any packet holds */
    c->failed = true;
  for (int n = first & 0x7f; n > 0 && !c->failed; n--)
    length = length << 8 | isth_cursor_u8 (c);
  return length;
}

bool
isth_ber_next_slowly (IsthCursor *c,
                      uint32_t   *tag,
                      IsthCursor *body)
{
  uint32_t length;

  if (c->failed || isth_cursor_wire_left (c) == 0)
    return false;
  *tag = read_tag (c);
  length = read_length (c);
  if (c->failed)
    return false;
  *body = isth_cursor_take (c, length);
  return !c->failed;
}

bool
isth_ber_unsigned (IsthCursor body,
                   uint64_t  *value)
{
  uint64_t number = 0;
  uint32_t n = isth_cursor_left (&body);

  if (n == 9 && isth_cursor_peek (&body, 0) == 0)
    {
      isth_cursor_skip (&body, 1);
      n--;
    }
  if (n == 0 || n > 8 || body.length < body.wire)
    return false;
  while (n-- > 0)
    number = number << 8 | isth_cursor_u8 (&body);
  *value = number;
  return true;
}
