/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HPACK (RFC 7541): integers (5.1), strings (5.2), the few names of the static table (appendix A) that tell anything, the Huffman code (appendix B) up to 15
 * bits: all printable characters but the backslash. */
#include "analysis/dissectors/hpack.h"

#include <glib.h>

#include "analysis/base/text.h"

#define MOST_INTEGER (1u << 24)
#define SHORTEST_CODE 5
#define LONGEST_CODE 15

static const struct { uint8_t index; const char *name; const char *value; } known[] = {
  { 1, ":authority", "" }, { 2, ":method", "GET" }, { 3, ":method", "POST" }, { 4, ":path", "/" }, { 5, ":path", "/index.html" },
  { 8, ":status", "200" }, { 9, ":status", "204" }, { 10, ":status", "206" }, { 11, ":status", "304" }, { 12, ":status", "400" },
  { 13, ":status", "404" }, { 14, ":status", "500" }, { 23, "authorization", "" }, { 54, "server", "" }, { 58, "user-agent", "" },
};

/* The characters of each length in order of their codes: the code is canonical, so lengths make it. */
static const char *const characters[] = {
  "012aceiost", " %-./3456789=A_bdfghlmnpru", ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz", "&*,;XZ", "", "!\"()?", "'+|", "#>", "\001$@[]~", "^}", "<`{",
};
static const uint8_t counts[] = { 10, 26, 32, 6, 0, 5, 3, 2, 6, 2, 3 };

/* 5.1: @bits of the first byte, then seven a byte. */
static uint32_t
read_integer (IsthCursor *c,
              int bits)
{
  uint32_t most = (1u << bits) - 1, value = isth_cursor_u8 (c) & most;

  if (value < most)
    return value;
  for (int shift = 0; shift < 28; shift += 7)
    {
      uint8_t byte = isth_cursor_u8 (c);

      value += (uint32_t) (byte & 0x7f) << shift;
      if (!(byte & 0x80))
        break;
    }
  return MIN (value, MOST_INTEGER);
}

/* The character of @code with @length bits; -1: none. */
static int
find_character (uint32_t code,
                uint32_t length)
{
  uint32_t first = 0;

  for (uint32_t n = SHORTEST_CODE; n <= length; n++)
    {
      uint32_t count = counts[n - SHORTEST_CODE];

      if (n == length)
        return code >= first && code - first < count ? (uint8_t) characters[n - SHORTEST_CODE][code - first] : -1;
      first = (first + count) << 1;
    }
  return -1;
}

static size_t
decode (const IsthCursor *coded,
        uint8_t *bytes,
        size_t size)
{
  uint32_t code = 0, length = 0;
  size_t n = 0;

  for (uint32_t bit = 0; bit < 8 * coded->length && n < size; bit++)
    {
      int character;

      code = code << 1 | (coded->data[bit / 8] >> (7 - bit % 8) & 1);
      if (++length < SHORTEST_CODE)
        continue;
      if (length > LONGEST_CODE)
        break; /* what no name is made of, or the ones that pad the end */
      character = find_character (code, length);
      if (character < 0)
        continue;
      bytes[n++] = (uint8_t) character;
      code = length = 0;
    }
  return n;
}

/* 5.2 */
static void
read_string (IsthCursor *c,
             char text[ISTH_HPACK_VALUE])
{
  bool coded = isth_cursor_peek (c, 0) >= 0x80;
  IsthCursor value = isth_cursor_take (c, read_integer (c, 7));
  uint8_t bytes[ISTH_HPACK_VALUE];

  if (coded)
    isth_text_from_bytes (text, ISTH_HPACK_VALUE, bytes, decode (&value, bytes, sizeof bytes));
  else
    isth_text_from_bytes (text, ISTH_HPACK_VALUE, value.data, value.length);
}

/* Name and value of an entry of the static table. */
static void
look_up (IsthHpackField *field,
         uint32_t index,
         bool whole)
{
  for (size_t i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].index == index)
      {
        field->name = known[i].name;
        if (whole)
          isth_text_format (field->value, sizeof field->value, "%s", known[i].value);
        return;
      }
}

/* 6: an entry of a table; a literal that becomes one, or does not; a new size of the table. */
bool
isth_hpack_next (IsthCursor *c,
                 IsthHpackField *field)
{
  int first = isth_cursor_peek (c, 0);
  char name[ISTH_HPACK_VALUE];
  uint32_t index;

  field->name = NULL;
  field->value[0] = '\0';
  if (first < 0)
    return false;
  if (first >= 0x80)
    {
      look_up (field, read_integer (c, 7), true);
      return !c->failed;
    }
  if (first >> 5 == 1)
    {
      read_integer (c, 5);
      return !c->failed;
    }
  index = read_integer (c, first >= 0x40 ? 6 : 4);
  if (index != 0)
    look_up (field, index, false);
  else
    read_string (c, name);
  read_string (c, field->value);
  return !c->failed;
}
