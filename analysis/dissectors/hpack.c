/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HPACK (RFC 7541): integers (5.1), strings (5.2), the few names of the static table (appendix A) that tell anything, the Huffman code (appendix B) up to 15
 * bits: all printable characters but the backslash; and the dynamic table (2.3.2, 4), which is given up where it cannot be followed exactly: a string with
 * other characters, a table larger than usual. */
#include "analysis/dissectors/hpack.h"

#include <glib.h>
#include <string.h>

#include "analysis/base/text.h"

#define MOST_INTEGER (1u << 24)
#define SHORTEST_CODE 5
#define LONGEST_CODE 15
#define STATIC 61          /* entries of the static table */
#define OVERHEAD 32        /* 4.1 */
#define USUAL 4096         /* RFC 9113, 6.5.2 */

static const struct { uint8_t index; const char *name; const char *value; } known[] = {
  { 1, ":authority", "" }, { 2, ":method", "GET" }, { 3, ":method", "POST" }, { 4, ":path", "/" }, { 5, ":path", "/index.html" },
  { 8, ":status", "200" }, { 9, ":status", "204" }, { 10, ":status", "206" }, { 11, ":status", "304" }, { 12, ":status", "400" },
  { 13, ":status", "404" }, { 14, ":status", "500" }, { 23, "authorization", "" }, { 54, "server", "" }, { 58, "user-agent", "" },
};

/* How long the names of the static table are. */
static const uint8_t name_lengths[STATIC] = {
  10, 7, 7, 5, 5, 7, 7, 7, 7, 7, 7, 7, 7, 7, 14, 15, 15, 13, 6, 27, 3, 5, 13, 13, 19, 16, 16, 14, 16, 13, 12, 6, 4, 4, 6, 7, 4, 4, 8, 17, 13, 8, 19, 13, 4, 8, 12, 18, 19,
  5, 7, 7, 11, 6, 10, 25, 17, 10, 4, 3, 16,
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

/* Writes the first @size characters to @bytes; @n: how many there are. False when one is not known. */
static bool
decode (const IsthCursor *coded,
        uint8_t *bytes,
        size_t size,
        uint32_t *n)
{
  uint32_t code = 0, length = 0;

  *n = 0;
  for (uint32_t bit = 0; bit < 8 * coded->length; bit++)
    {
      int character;

      code = code << 1 | (coded->data[bit / 8] >> (7 - bit % 8) & 1);
      if (++length < SHORTEST_CODE)
        continue;
      if (length > LONGEST_CODE)
        return false; /* what no name is made of */
      character = find_character (code, length);
      if (character < 0)
        continue;
      if (*n < size)
        bytes[*n] = (uint8_t) character;
      (*n)++;
      code = length = 0;
    }
  return length < 8; /* the end is padded */
}

/* 5.2; @n: its length. False when that is not known. */
static bool
read_string (IsthCursor *c,
             char text[ISTH_HPACK_VALUE],
             uint32_t *n)
{
  bool coded = isth_cursor_peek (c, 0) >= 0x80, known_length = true;
  IsthCursor value = isth_cursor_take (c, read_integer (c, 7));
  uint8_t bytes[ISTH_HPACK_VALUE] = { 0 };

  *n = value.wire;
  if (coded)
    {
      known_length = decode (&value, bytes, sizeof bytes, n);
      isth_text_from_bytes (text, ISTH_HPACK_VALUE, bytes, MIN (*n, sizeof bytes));
    }
  else
    isth_text_from_bytes (text, ISTH_HPACK_VALUE, value.data, value.length);
  return known_length && value.length == value.wire;
}

/* 4.3: drops the oldest until there is room for @more bytes. */
static void
evict (IsthHpackTable *table,
       uint32_t more)
{
  while (table->count > 0 && table->size + more > table->most)
    {
      table->size -= table->sizes[(table->next - table->count) % ISTH_HPACK_SIZES];
      table->count--;
    }
}

/* 4.4: what is larger than the table empties it, and is not added. */
static void
add (IsthHpackTable *table,
     const IsthHpackField *field,
     uint32_t name_size,
     uint32_t value_size)
{
  uint32_t at = table->next % ISTH_HPACK_ENTRIES, size = name_size + value_size + OVERHEAD;
  bool secret = field->name && g_str_equal (field->name, "authorization");

  evict (table, size);
  if (size > table->most)
    return;
  if (size > UINT16_MAX || table->count == ISTH_HPACK_SIZES)
    {
      table->lost = true;
      return;
    }
  table->size += size;
  table->sizes[table->next % ISTH_HPACK_SIZES] = (uint16_t) size;
  table->entries[at].name = field->name;
  table->entries[at].name_size = (uint16_t) name_size;
  isth_text_format (table->entries[at].value, ISTH_HPACK_KEPT, "%s", field->name && !secret ? field->value : "");
  table->next++;
  table->count++;
}

/* Name and value of an entry; @size: of its name. False when that is not known. */
static bool
look_up (const IsthHpackTable *table,
         IsthHpackField *field,
         uint32_t index,
         bool whole,
         uint32_t *size)
{
  uint32_t back = index - STATIC;

  *size = 0;
  if (index > 0 && index <= STATIC)
    {
      *size = name_lengths[index - 1];
      for (size_t i = 0; i < G_N_ELEMENTS (known); i++)
        if (known[i].index == index)
          {
            field->name = known[i].name;
            if (whole)
              isth_text_format (field->value, sizeof field->value, "%s", known[i].value);
          }
      return true;
    }
  if (index == 0 || table->lost || back > table->count || back > ISTH_HPACK_ENTRIES)
    return false;
  field->name = table->entries[(table->next - back) % ISTH_HPACK_ENTRIES].name;
  if (whole)
    isth_text_format (field->value, sizeof field->value, "%s", table->entries[(table->next - back) % ISTH_HPACK_ENTRIES].value);
  *size = table->entries[(table->next - back) % ISTH_HPACK_ENTRIES].name_size;
  return true;
}

/* 6.3 */
static void
resize (IsthHpackTable *table,
        uint32_t most)
{
  table->most = most;
  evict (table, 0);
}

/* 6.2: a literal, of which the name may stand in a table. */
static void
read_literal (IsthCursor *c,
              IsthHpackTable *table,
              IsthHpackField *field,
              bool adds)
{
  uint32_t index = read_integer (c, adds ? 6 : 4), name_size, value_size;
  char name[ISTH_HPACK_VALUE];
  bool measured;

  measured = index != 0 ? look_up (table, field, index, false, &name_size) : read_string (c, name, &name_size);
  for (size_t i = 0; index == 0 && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].name, name))
      field->name = known[i].name;
  measured &= read_string (c, field->value, &value_size);
  if (!adds || table->lost)
    return;
  if (!measured || c->failed)
    table->lost = true;
  else
    add (table, field, name_size, value_size);
}

/* 6: an entry of a table; a literal that becomes one, or does not; a new size of the table. */
bool
isth_hpack_next (IsthCursor *c,
                 IsthHpackTable *table,
                 IsthHpackField *field)
{
  int first = isth_cursor_peek (c, 0);
  uint32_t size;

  if (!table->begun)
    table->most = USUAL;
  table->begun = true;
  field->name = NULL;
  field->value[0] = '\0';
  if (first < 0)
    return false;
  if (first >= 0x80)
    look_up (table, field, read_integer (c, 7), true, &size);
  else if (first >> 5 == 1)
    resize (table, read_integer (c, 5));
  else
    read_literal (c, table, field, first >= 0x40);
  return !c->failed;
}
