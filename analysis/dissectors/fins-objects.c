/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a FINS command acts on, as people of Omron controllers write it: memory areas, programs, files, forced bits. Omron W342 5-2 and 5-3. */
#include "analysis/dissectors/fins-objects.h"

#include <glib.h>

/* "D 100–109", "W 3.07": @n items from the address on. */
static void
format_items (char *text,
              size_t size,
              uint8_t area,
              uint16_t word,
              uint8_t bit,
              uint32_t n)
{
  uint8_t plain = area == 0xdc || area == 0xdd ? area : area & (uint8_t) ~0x40;
  const char *name = NULL;
  bool bits = false;
  char bank[16];
  uint32_t last = word + (n > 0 ? n - 1 : 0);

  for (size_t i = 0; i < G_N_ELEMENTS (fins_areas); i++)
    if (fins_areas[i].code == plain)
      {
        name = fins_areas[i].name;
        bits = fins_areas[i].bits;
      }
  if (!name && ((plain >= 0x20 && plain <= 0x2f) || (plain >= 0x90 && plain <= 0x97) || (plain >= 0xa0 && plain <= 0xaf)))
    {
      bits = plain < 0x80;
      name = isth_text_format (bank, sizeof bank, "EM bank %x", plain & (plain & 0x20 ? 0x0f : 0x07));
    }
  if (!name)
    name = isth_text_format (bank, sizeof bank, "area 0x%02x", area);
  if (bits && n > 1)
    isth_text_format (text, size, "%s %u.%02u–%u.%02u", name, word, bit, (word * 16u + bit + n - 1) / 16, (bit + n - 1) % 16);
  else if (bits)
    isth_text_format (text, size, "%s %u.%02u", name, word, bit);
  else if (n > 1)
    isth_text_format (text, size, "%s %u–%u", name, word, last);
  else
    isth_text_format (text, size, "%s %u", name, word);
}

static void
describe_area (IsthCursor c,
               const FinsCommand *command,
               char *text,
               size_t size)
{
  uint8_t area = isth_cursor_u8 (&c);
  uint16_t word = isth_cursor_be16 (&c);
  uint8_t bit = isth_cursor_u8 (&c);
  uint8_t to;
  uint32_t n;
  char from[80], into[80];

  if (command->code != 0x0105)
    {
      n = isth_cursor_be16 (&c);
      if (!c.failed)
        format_items (text, size, area, word, bit, n);
      return;
    }
  to = isth_cursor_u8 (&c);
  n = isth_cursor_be16 (&c); /* the first word of the target */
  isth_cursor_skip (&c, 1);
  format_items (from, sizeof from, area, word, bit, isth_cursor_be16 (&c));
  format_items (into, sizeof into, to, (uint16_t) n, 0, 1);
  if (!c.failed)
    isth_text_format (text, size, "%s to %s", from, into);
}

/* Single addresses, each of @record bytes with the area @ahead in it: the first, and how many more. */
static void
describe_several (IsthCursor c,
                  uint32_t record,
                  uint32_t ahead,
                  char *text,
                  size_t size)
{
  uint32_t n = isth_cursor_wire_left (&c) / record;
  char first[80];
  uint8_t area;
  uint16_t word;

  isth_cursor_skip (&c, ahead);
  area = isth_cursor_u8 (&c);
  word = isth_cursor_be16 (&c);
  format_items (first, sizeof first, area, word, isth_cursor_u8 (&c), 1);
  if (c.failed)
    return;
  if (n > 1)
    isth_text_format (text, size, "%s and %u more", first, n - 1);
  else
    isth_text_format (text, size, "%s", first);
}

static void
describe_force (IsthCursor c,
                char *text,
                size_t size)
{
  uint16_t n = isth_cursor_be16 (&c);
  IsthCursor ahead = c;
  uint16_t what = isth_cursor_be16 (&ahead);
  const char *word = what == 0 ? "reset" : what == 1 ? "set" : what == 0xffff ? "release" : what & 0x8000 ? "release" : "force";
  char items[120] = "";

  isth_cursor_limit (&c, 6u * n);
  describe_several (c, 6, 2, items, sizeof items);
  if (items[0] && !ahead.failed)
    isth_text_format (text, size, "%s %s", word, items);
}

static void
describe_parameter (IsthCursor c,
                    char *text,
                    size_t size)
{
  static const struct
  {
    uint16_t code;
    const char *name;
  } areas[] = {
    { 0x8000, "whole parameter area" }, { 0x8010, "PLC setup" },          { 0x8011, "peripheral device settings" },
    { 0x8012, "I/O table" },            { 0x8013, "routing table" },      { 0x8002, "CPU bus unit setup" },
  };
  uint16_t area = isth_cursor_be16 (&c);

  if (c.failed)
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (areas); i++)
    if (areas[i].code == area)
      {
        isth_text_format (text, size, "%s", areas[i].name);
        return;
      }
  isth_text_format (text, size, "parameter area 0x%04x", area);
}

/* A file of disk 1 (memory card) or 2 (EM); names are eight and three characters, or long as they are. */
static void
describe_file (IsthCursor c,
               bool parameter,
               char *text,
               size_t size)
{
  char name[40];
  uint32_t n;

  isth_cursor_skip (&c, parameter ? 4 : 2);
  n = MIN (isth_cursor_left (&c), 12);
  if (c.failed || n == 0)
    return;
  isth_text_from_bytes (name, sizeof name, c.data + c.position, n);
  if (name[0])
    isth_text_format (text, size, "file %s", name);
}

void
isth_fins_describe (const FinsCommand *command,
                    IsthCursor c,
                    IsthRequest *request,
                    char *text,
                    size_t size)
{
  uint8_t mode;
  uint16_t program;

  switch ((FinsBody) command->body)
    {
    case FINS_BODY_NONE:
      break;
    case FINS_BODY_AREA:
      describe_area (c, command, text, size);
      break;
    case FINS_BODY_AREAS:
      describe_several (c, 4, 0, text, size);
      break;
    case FINS_BODY_PARAMETER:
      describe_parameter (c, text, size);
      break;
    case FINS_BODY_PROGRAM:
      program = isth_cursor_be16 (&c);
      if (!c.failed)
        isth_text_format (text, size, "program %u", program);
      break;
    case FINS_BODY_MODE:
      isth_cursor_skip (&c, 2);
      mode = isth_cursor_u8 (&c);
      if (!c.failed)
        isth_text_format (text, size, "%s mode", mode == 1 ? "debug" : mode == 4 ? "run" : "monitor");
      break;
    case FINS_BODY_UNITS:
      mode = isth_cursor_u8 (&c);
      isth_text_format (text, size, "from unit %u", mode);
      break;
    case FINS_BODY_MESSAGE:
      mode = isth_cursor_u8 (&c) & 0xc0;
      request->name = mode == 0x40 ? "message-clear" : mode == 0x80 ? "fal-fals-read" : "message-read";
      request->verb = mode == 0x40 ? ISTH_OP_CONTROL : ISTH_OP_DIAGNOSE;
      break;
    case FINS_BODY_FILE:
    case FINS_BODY_FILE_WRITE:
      describe_file (c, command->body == FINS_BODY_FILE_WRITE, text, size);
      break;
    case FINS_BODY_FORCE:
      describe_force (c, text, size);
      break;
    case FINS_BODY_NAME:
      isth_text_from_bytes (text, size, c.data + c.position, isth_cursor_left (&c));
      break;
    }
}
