/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of variables and names of blocks in S7 communication, in the notation of STEP 7 (international mnemonics). */
#include "analysis/dissectors/s7comm-items.h"

#include <glib.h>

#define SHOWN 6 /* items named one by one; the rest are a number */

enum
{
  AREA_DB = 0x84,
  AREA_DI = 0x85,
  AREA_COUNTER = 0x1c,
  AREA_TIMER = 0x1d,
};

static const struct
{
  uint8_t code;
  const char *name;
} areas[] = {
  { 0x03, "SYS" }, { 0x05, "SM" },  { 0x06, "AI" },  { 0x07, "AQ" },         { AREA_COUNTER, "C" },
  { AREA_TIMER, "T" }, { 0x1e, "IEC-C" }, { 0x1f, "IEC-T" }, { 0x80, "P" }, { 0x81, "I" },
  { 0x82, "Q" },   { 0x83, "M" },   { AREA_DB, "DB" }, { AREA_DI, "DI" },    { 0x86, "L" }, { 0x87, "V" },
};

static const char *const types[] = {
  [0x01] = "BOOL", [0x02] = "BYTE", [0x03] = "CHAR", [0x04] = "WORD", [0x05] = "INT",
  [0x06] = "DWORD", [0x07] = "DINT", [0x08] = "REAL", [0x09] = "DATE", [0x0a] = "TOD",
  [0x0b] = "TIME", [0x0c] = "S5TIME", [0x0f] = "DATE_AND_TIME", [0x1c] = "COUNTER", [0x1d] = "TIMER",
  [0x1e] = "IEC_TIMER", [0x1f] = "IEC_COUNTER", [0x20] = "HS_COUNTER",
};

static const char *
get_area (uint8_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (areas); i++)
    if (areas[i].code == code)
      return areas[i].name;
  return "?";
}

/* Any pointer of STEP 7 (syntax 0x10): type, count, data block, area, bit address. */
static void
describe_any (IsthCursor c,
              char *text,
              size_t size)
{
  uint8_t type = isth_cursor_u8 (&c);
  uint16_t count = isth_cursor_be16 (&c);
  uint16_t block = isth_cursor_be16 (&c);
  uint8_t area = isth_cursor_u8 (&c);
  uint32_t address = isth_cursor_be24 (&c);
  const char *type_name = type < G_N_ELEMENTS (types) && types[type] ? types[type] : "?";

  if (c.failed)
    return;
  if (area == AREA_DB || area == AREA_DI)
    isth_text_format (text, size, "%s%u.DBX%u.%u %s %u", get_area (area), block, address >> 3, address & 7, type_name, count);
  else if (area == AREA_COUNTER || area == AREA_TIMER)
    isth_text_format (text, size, "%s%u %s %u", get_area (area), address, type_name, count);
  else
    isth_text_format (text, size, "%s%u.%u %s %u", get_area (area), address >> 3, address & 7, type_name, count);
}

/* Reading many pieces of data blocks at once (syntax 0xb0, S7-400): a number of (bytes, block, address). */
static void
describe_db_read (IsthCursor c,
                  char *text,
                  size_t size)
{
  uint8_t n = isth_cursor_u8 (&c);
  uint8_t bytes = isth_cursor_u8 (&c);
  uint16_t block = isth_cursor_be16 (&c);
  uint16_t address = isth_cursor_be16 (&c);

  if (c.failed)
    return;
  if (n > 1)
    isth_text_format (text, size, "DB%u.DBX%u.0 BYTE %u and %u more", block, address, bytes, n - 1);
  else
    isth_text_format (text, size, "DB%u.DBX%u.0 BYTE %u", block, address, bytes);
}

/* Variables of a numerical control (syntax 0x82 to 0x84): area and unit, column, line, module, lines. */
static void
describe_nck (IsthCursor c,
              char *text,
              size_t size)
{
  uint8_t area = isth_cursor_u8 (&c);
  uint16_t column = isth_cursor_be16 (&c);
  uint16_t line = isth_cursor_be16 (&c);
  uint8_t module = isth_cursor_u8 (&c);

  if (!c.failed)
    isth_text_format (text, size, "NCK area %u unit %u module 0x%02x column %u line %u", area >> 5, area & 0x1f, module, column, line);
}

static void
describe_item (IsthCursor c,
               char *text,
               size_t size)
{
  uint8_t syntax = isth_cursor_u8 (&c);

  if (c.failed)
    return;
  switch (syntax)
    {
    case 0x10:
      describe_any (c, text, size);
      break;
    case 0x82:
    case 0x83:
    case 0x84:
      describe_nck (c, text, size);
      break;
    case 0xb0:
      describe_db_read (c, text, size);
      break;
    case 0xb2:
      isth_text_format (text, size, "symbolic variable");
      break;
    default:
      isth_text_format (text, size, "syntax 0x%02x", syntax);
      break;
    }
}

static void
append (char *text,
        size_t size,
        const char *separator,
        const char *more)
{
  size_t used = strlen (text);

  isth_text_format (text + used, size - used, "%s%s", used ? separator : "", more);
}

bool
isth_s7_describe_items (IsthCursor *c,
                        uint32_t n,
                        char *text,
                        size_t size)
{
  uint32_t shown = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      uint8_t kind = isth_cursor_u8 (c);
      uint8_t length = isth_cursor_u8 (c);
      IsthCursor item = isth_cursor_take (c, length);
      char one[80] = "";

      if (c->failed || kind != 0x12)
        return false;
      if (length % 2 != 0 && i + 1 < n)
        isth_cursor_skip (c, 1); /* items start at even places */
      if (i < SHOWN)
        describe_item (item, one, sizeof one);
      if (one[0] != '\0' && strlen (text) + strlen (one) + 32 < size)
        {
          append (text, size, ", ", one);
          shown++;
        }
    }
  if (shown > 0 && shown < n)
    {
      char rest[32];

      append (text, size, " ", isth_text_format (rest, sizeof rest, "and %u more", n - shown));
    }
  return true;
}

static int
read_hex (int digit)
{
  return digit < 0 ? -1 : g_ascii_xdigit_value ((char) digit);
}

/* Two hexadecimal digits: "0A" is DB. NULL when it is no type. */
static const char *
read_block_type (const IsthCursor *c)
{
  static const char *const kinds[16] = {
    [0x08] = "OB", [0x09] = "CMOD", [0x0a] = "DB", [0x0b] = "SDB", [0x0c] = "FC", [0x0d] = "SFC", [0x0e] = "FB", [0x0f] = "SFB",
  };
  int high = read_hex (isth_cursor_peek (c, 0));
  int low = read_hex (isth_cursor_peek (c, 1));

  return high == 0 && low >= 0 ? kinds[low] : NULL;
}

bool
isth_s7_describe_block_type (IsthCursor c,
                             char      *text,
                             size_t     size)
{
  const char *kind = read_block_type (&c);

  if (kind)
    isth_text_format (text, size, "%s", kind);
  return kind != NULL;
}

/* Type, and number in five decimal digits: "0A00001" is DB1. False when it is no such name. */
static bool
read_block (IsthCursor *c,
            char *text,
            size_t size)
{
  const char *kind = read_block_type (c);
  unsigned number = 0;

  if (!kind)
    return false;
  for (uint32_t i = 2; i < 7; i++)
    {
      int digit = isth_cursor_peek (c, i);

      if (digit < '0' || digit > '9')
        return false;
      number = number * 10 + (unsigned) (digit - '0');
    }
  isth_cursor_skip (c, 7);
  isth_text_format (text, size, "%s%u", kind, number);
  return true;
}

void
isth_s7_describe_block (IsthCursor c,
                        char *text,
                        size_t size)
{
  IsthCursor name = c;
  char block[24], raw[40];
  uint32_t n;

  if (isth_cursor_peek (&c, 0) == '_')
    isth_cursor_skip (&c, 1);
  if (read_block (&c, block, sizeof block))
    {
      isth_text_format (text, size, "block %s", block);
      return;
    }
  n = isth_cursor_left (&name);
  isth_text_from_bytes (raw, sizeof raw, isth_cursor_bytes (&name, n), n);
  if (raw[0] != '\0')
    isth_text_format (text, size, "file %s", raw);
}

void
isth_s7_describe_block_list (IsthCursor c,
                             char *text,
                             size_t size)
{
  uint8_t n = isth_cursor_u8 (&c);
  uint32_t shown = 0;

  isth_cursor_skip (&c, 1);
  for (uint32_t i = 0; i < n && i < SHOWN && !c.failed; i++)
    {
      char block[24];

      if (!read_block (&c, block, sizeof block))
        break;
      isth_cursor_skip (&c, 1); /* file system: passive or active */
      if (shown++ == 0)
        isth_text_format (text, size, "%s %s", n > 1 ? "blocks" : "block", block);
      else
        append (text, size, ", ", block);
    }
  if (shown > 0 && shown < n)
    {
      char rest[32];

      append (text, size, " ", isth_text_format (rest, sizeof rest, "and %u more", n - shown));
    }
}
