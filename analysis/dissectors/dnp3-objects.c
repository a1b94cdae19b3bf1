/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Object headers of DNP3: where they end and what they name. A value without a known size ends the walk, for nothing says where the next header is. */
#include "analysis/dissectors/dnp3-objects.h"

#include "analysis/base/limits.h"
#include "analysis/dissectors/dnp3-tables.h"
#include "analysis/dissectors/names.h"

#define MOST_NAMED 6 /* headers in one text */

static uint32_t
get_bits (uint8_t group,
          uint8_t variation)
{
  if (group >= 110 && group <= 113)
    return variation * 8u; /* octet strings: the variation is the length */
  for (size_t i = 0; i < sizeof dnp3_sizes / sizeof *dnp3_sizes; i++)
    if (dnp3_sizes[i].group == group && variation > 0 && variation <= sizeof dnp3_sizes[i].sizes)
      {
        uint8_t size = dnp3_sizes[i].sizes[variation - 1];

        return size >= DNP3_BIT ? size - DNP3_BIT + 1u : size * 8u;
      }
  return 0;
}

static uint32_t
read_number (IsthCursor *c,
             uint32_t width)
{
  return width == 1 ? isth_cursor_u8 (c) : width == 2 ? isth_cursor_le16 (c) : width == 4 ? isth_cursor_le32 (c) : 0;
}

/* The range field by the low half of the qualifier. False when that is none. */
static bool
read_range (IsthCursor *c,
            uint8_t range,
            IsthDnp3Header *header)
{
  static const uint8_t widths[] = { 1, 2, 4 };
  uint32_t last;

  if (range <= 5)
    {
      header->first = read_number (c, widths[range % 3]);
      last = read_number (c, widths[range % 3]);
      if (last < header->first || last - header->first == UINT32_MAX)
        return false;
      header->count = last - header->first + 1;
      header->ranged = true;
      return true;
    }
  if (range == 6)
    {
      header->all = true;
      return true;
    }
  if (range >= 7 && range <= 9)
    {
      header->count = read_number (c, widths[range - 7]);
      return true;
    }
  if (range == 11)
    {
      header->count = isth_cursor_u8 (c);
      return true;
    }
  return false;
}

/* Bytes of one attribute: its type and length stand in front (A.1). */
static bool
take_attributes (IsthCursor *c,
                 IsthDnp3Header *header)
{
  IsthCursor at = *c;
  uint32_t start = at.position;

  for (uint32_t i = 0; i < header->count && !at.failed; i++)
    {
      isth_cursor_skip (&at, header->prefix + 1u);
      isth_cursor_skip (&at, isth_cursor_u8 (&at));
    }
  header->objects = isth_cursor_take (c, at.failed ? isth_cursor_wire_left (c) : at.position - start);
  return !at.failed;
}

static bool
take_sized (IsthCursor *c,
            IsthDnp3Header *header)
{
  IsthCursor at = *c;
  uint32_t start = at.position;

  for (uint32_t i = 0; i < header->count && !at.failed; i++)
    isth_cursor_skip (&at, read_number (&at, header->prefix));
  header->objects = isth_cursor_take (c, at.failed ? isth_cursor_wire_left (c) : at.position - start);
  return !at.failed;
}

/* Takes the objects; a size that is not known takes all. False when they are not all there. */
static bool
take_objects (IsthCursor *c,
              bool carries,
              IsthDnp3Header *header)
{
  uint64_t bytes = (uint64_t) header->count * header->prefix;

  if (header->sized)
    return take_sized (c, header);
  if (carries && !header->all && header->group == 0)
    return take_attributes (c, header);
  if (carries && !header->all && header->bits == 0)
    {
      header->objects = isth_cursor_rest (c);
      return true;
    }
  if (carries && !header->all)
    bytes += header->bits < 8 ? ((uint64_t) header->count * header->bits + 7) / 8 : (uint64_t) header->count * header->bits / 8;
  header->objects = isth_cursor_take (c, bytes > UINT32_MAX ? UINT32_MAX : (uint32_t) bytes);
  return !c->failed;
}

bool
isth_dnp3_next_header (IsthCursor *c,
                       bool carries,
                       IsthDnp3Header *header)
{
  uint8_t qualifier, prefix;

  *header = (IsthDnp3Header){ .objects = isth_cursor_new ("", 0, 0) };
  if (c->failed || isth_cursor_wire_left (c) == 0)
    return false;
  header->group = isth_cursor_u8 (c);
  header->variation = isth_cursor_u8 (c);
  qualifier = isth_cursor_u8 (c);
  prefix = qualifier >> 4;
  header->prefix = prefix == 0 ? 0 : prefix <= 3 ? (uint8_t) (1u << (prefix - 1)) : (uint8_t) (1u << (prefix - 4));
  header->sized = prefix >= 4;
  if (prefix > 6 || !read_range (c, qualifier & 0x0f, header) || c->failed)
    {
      c->failed = true;
      return false;
    }
  header->bits = get_bits (header->group, header->variation);
  if (!take_objects (c, carries, header))
    c->failed = true;
  return true;
}

bool
isth_dnp3_next_object (IsthDnp3Header *header,
                       uint32_t *index,
                       IsthCursor *value)
{
  uint32_t size = header->bits / 8;
  uint32_t prefix;

  if (header->count == 0 || header->objects.failed || isth_cursor_wire_left (&header->objects) == 0)
    return false;
  prefix = read_number (&header->objects, header->prefix);
  *index = header->prefix > 0 && !header->sized ? prefix : header->first;
  if (header->sized)
    size = prefix;
  else if (header->group == 0)
    size = isth_cursor_peek (&header->objects, 1) < 0 ? 2 : 2u + (uint32_t) isth_cursor_peek (&header->objects, 1);
  *value = isth_cursor_take (&header->objects, size);
  header->first++;
  header->count--;
  return !header->objects.failed;
}

static const char *
get_text (const Dnp3Text *texts,
          size_t n,
          uint8_t code,
          const char *other)
{
  for (size_t i = 0; i < n; i++)
    if (texts[i].code == code)
      return texts[i].text;
  return other;
}

#define GET_TEXT(texts, code, other) get_text (texts, sizeof texts / sizeof *texts, code, other)

const char *
isth_dnp3_file_status (uint8_t code)
{
  return code == 0 ? NULL : GET_TEXT (dnp3_file_status, code, "reserved file status");
}

const char *
isth_dnp3_authentication_error (uint8_t code)
{
  return GET_TEXT (dnp3_authentication_errors, code, "authentication error");
}

const char *
isth_dnp3_key_status (uint8_t code)
{
  return GET_TEXT (dnp3_key_status, code, NULL);
}

static bool
is_control (const IsthDnp3Header *header)
{
  return (header->group == 12 && header->variation <= 2) || header->group == 41;
}

const char *
isth_dnp3_find_refused (IsthCursor c)
{
  IsthDnp3Header header;

  while (isth_dnp3_next_header (&c, true, &header))
    {
      uint32_t index;
      IsthCursor value;

      while (is_control (&header) && isth_dnp3_next_object (&header, &index, &value) && isth_cursor_left (&value) > 0)
        {
          uint8_t status = value.data[value.position + isth_cursor_left (&value) - 1] & 0x7f;

          if (isth_cursor_left (&value) == header.bits / 8 && status != 0)
            return GET_TEXT (dnp3_control_status, status, "reserved control status");
        }
    }
  return NULL;
}

/* " latch on", " pulse on trip": what a control relay output block commands (A.8.1). */
static void
format_control (uint8_t code,
                char *text,
                size_t size)
{
  static const char *const operations[] = { "nul", "pulse on", "pulse off", "latch on", "latch off" };
  static const char *const relays[] = { "", " close", " trip", " reserved" };

  isth_text_format (text, size, " %s%s%s", (code & 0x0f) < sizeof operations / sizeof *operations ? operations[code & 0x0f] : "undefined",
                    code & 0x20 ? " clear" : "", relays[code >> 6]);
}

/* " 5 and 2 more latch on": the points that a header names one by one. */
static void
format_points (IsthDnp3Header *header,
               char *text,
               size_t size)
{
  uint32_t more = header->count - 1, index;
  char control[40] = "", others[24] = "";
  IsthCursor prefix = header->objects, value;

  index = read_number (&prefix, header->prefix);
  if (prefix.failed)
    return;
  if (header->group == 12 && header->variation == 1 && isth_dnp3_next_object (header, &index, &value))
    format_control (isth_cursor_u8 (&value), control, sizeof control);
  if (more > 0)
    isth_text_format (others, sizeof others, " and %u more", more);
  isth_text_format (text, size, " %u%s%s", index, others, control);
}

static void
format_range (IsthDnp3Header *header,
              char *text,
              size_t size)
{
  text[0] = '\0';
  if (header->group == 0 || (header->group >= 50 && header->group <= 52) || header->group == 120 || header->sized || header->all)
    return;
  if (header->prefix > 0 && header->count > 0)
    format_points (header, text, size);
  else if (header->ranged && header->count > 1)
    isth_text_format (text, size, " %u–%u", header->first, header->first + header->count - 1);
  else if (header->ranged)
    isth_text_format (text, size, " %u", header->first);
  else
    isth_text_format (text, size, ", at most %u", header->count);
}

static const char *
format_name (const IsthDnp3Header *header,
             char *text,
             size_t size)
{
  const char *name = isth_name_dnp3_object ((uint32_t) header->group << 8 | header->variation);

  if (!name && header->group >= 110)
    name = isth_name_dnp3_object ((uint32_t) header->group << 8);
  if (name)
    return name;
  return isth_text_format (text, size, "group %u variation %u", header->group, header->variation);
}

void
isth_dnp3_describe (IsthCursor c,
                    bool carries,
                    bool ranges,
                    char *text,
                    size_t size)
{
  char whole[ISTH_LIMIT_TEXT], other[40], range[96];
  IsthDnp3Header header;
  uint32_t n = 0;

  text[0] = '\0';
  while (isth_dnp3_next_header (&c, carries, &header))
    {
      if (++n > MOST_NAMED)
        {
          isth_text_format (whole, sizeof whole, "%s …", text);
          isth_text_format (text, size, "%s", whole);
          break;
        }
      range[0] = '\0';
      if (ranges)
        format_range (&header, range, sizeof range);
      isth_text_format (whole, sizeof whole, "%s%s%s%s", text, n > 1 ? ", " : "", format_name (&header, other, sizeof other), range);
      isth_text_format (text, size, "%s", whole);
    }
}
