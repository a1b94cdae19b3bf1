/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a command of SLMP acts on, as people of MELSEC controllers write it: devices, memory, files. SH-080956 5, SH-080008 3. */
#include "analysis/dissectors/melsec-objects.h"

#include <glib.h>

uint32_t
isth_melsec_read_number (IsthCursor *c,
                         bool ascii,
                         uint32_t n)
{
  uint32_t value = 0;

  if (ascii)
    {
      for (uint32_t i = 0; i < 2 * n; i++)
        {
          int digit = g_ascii_xdigit_value ((char) isth_cursor_u8 (c));

          if (digit < 0)
            c->failed = true;
          value = value << 4 | (uint32_t) (digit & 0xf);
        }
      return c->failed ? 0 : value;
    }
  for (uint32_t i = 0; i < n; i++)
    value |= (uint32_t) isth_cursor_u8 (c) << 8 * i;
  return value;
}

/* In two letters retentive timers have one less. */
static bool
is_device_named (const MelsecDevice *device,
                 const char *name)
{
  return strcmp (device->name, name) == 0
         || (device->name[0] == 'S' && device->name[1] == 'T' && name[0] == 'S' && name[1] == device->name[2] && name[2] == '\0');
}

static const MelsecDevice *
get_device (uint32_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (melsec_devices); i++)
    if (melsec_devices[i].code == code)
      return &melsec_devices[i];
  return NULL;
}

MelsecPlace
isth_melsec_read_place_1e (IsthCursor *c)
{
  MelsecPlace place = { .number = isth_cursor_le32 (c) };
  uint8_t second, first;

  second = isth_cursor_u8 (c);
  first = isth_cursor_u8 (c);
  for (size_t i = 0; i < G_N_ELEMENTS (melsec_devices); i++)
    {
      const char *name = melsec_devices[i].name;

      if (name[0] == first && ((name[1] == '\0' && second == ' ') || (name[1] == second && name[2] == '\0')))
        place.device = &melsec_devices[i];
    }
  return place;
}

/* A device: three bytes of number and one of code, in iQ-R subcommands four and two; in ASCII the name comes first. */
static MelsecPlace
read_place (IsthCursor *c,
            bool ascii,
            bool wide)
{
  MelsecPlace place = { 0 };

  if (!ascii)
    {
      uint32_t code;

      place.number = isth_melsec_read_number (c, false, wide ? 4 : 3);
      code = isth_melsec_read_number (c, false, wide ? 2 : 1);
      place.device = get_device (code);
      isth_text_format (place.other, sizeof place.other, "0x%02x:", code & 0xffff);
      return place;
    }
  else
    {
      uint32_t n_name = wide ? 4 : 2, n_digits = wide ? 8 : 6;
      const uint8_t *name = isth_cursor_bytes (c, n_name);
      const uint8_t *digits = isth_cursor_bytes (c, n_digits);
      uint32_t letters = 0;

      if (!name || !digits)
        return place;
      while (letters < n_name && name[letters] != '*' && name[letters] != ' ')
        letters++;
      isth_text_from_bytes (place.other, sizeof place.other, name, letters);
      for (size_t i = 0; i < G_N_ELEMENTS (melsec_devices); i++)
        if (is_device_named (&melsec_devices[i], place.other))
          place.device = &melsec_devices[i];
      for (uint32_t i = 0; i < n_digits; i++)
        {
          int digit = g_ascii_xdigit_value ((char) digits[i]);

          place.number = place.number * (place.device && place.device->hex ? 16 : 10) + (uint32_t) MAX (digit, 0);
        }
      return place;
    }
}

void
isth_melsec_format_place (char *text,
                          size_t size,
                          const MelsecPlace *place,
                          uint32_t points)
{
  const char *name = place->device ? place->device->name : place->other;
  uint32_t last = place->number + points - 1;

  if (place->device && place->device->hex)
    isth_text_format (text, size, points > 1 ? "%s%X–%X" : "%s%X", name, place->number, last);
  else
    isth_text_format (text, size, points > 1 ? "%s%u–%u" : "%s%u", name, place->number, last);
}

/* "D100", "D100 and 3 more": the first of @n. */
static void
format_first (char *text,
              size_t size,
              const MelsecPlace *place,
              uint32_t points,
              uint32_t n)
{
  char first[48];

  isth_melsec_format_place (first, sizeof first, place, points);
  if (n > 1)
    isth_text_format (text, size, "%s and %u more", first, n - 1);
  else
    isth_text_format (text, size, "%s", first);
}

/* The name of the file to be opened, when it stands where the manual has it and nothing is left behind it. */
static void
describe_open (IsthCursor c,
               bool ascii,
               bool wide,
               char *text,
               size_t size)
{
  uint32_t n;
  char name[128];

  isth_melsec_read_number (&c, ascii, 4); /* fixed */
  isth_melsec_read_number (&c, ascii, 2); /* for reading or writing */
  isth_melsec_read_number (&c, ascii, 2); /* drive */
  n = isth_melsec_read_number (&c, ascii, 2) * (wide && !ascii ? 2 : 1);
  if (c.failed || n == 0 || n != isth_cursor_left (&c))
    return;
  if (wide && !ascii)
    isth_text_from_utf16 (name, sizeof name, c.data + c.position, n, false);
  else
    isth_text_from_bytes (name, sizeof name, c.data + c.position, n);
  isth_text_format (text, size, "file %s", name);
}

bool
isth_melsec_describe (const MelsecCommand *command,
                      uint16_t sub,
                      bool ascii,
                      IsthCursor c,
                      char *text,
                      size_t size)
{
  bool wide = sub & 0x02;
  uint32_t words, others;
  MelsecPlace place;

  switch ((MelsecBody) command->body)
    {
    case MELSEC_BODY_NONE:
      return true;
    case MELSEC_BODY_BATCH:
      if (sub & 0x80)
        return true; /* with an extension: indirect, or of a module's buffer */
      place = read_place (&c, ascii, wide);
      words = isth_melsec_read_number (&c, ascii, 2);
      if (!c.failed)
        isth_melsec_format_place (text, size, &place, words);
      break;
    case MELSEC_BODY_RANDOM:
    case MELSEC_BODY_RANDOM_WRITE:
    case MELSEC_BODY_BLOCKS:
      if (sub & 0x80)
        return true;
      words = isth_melsec_read_number (&c, ascii, 1);
      others = command->body == MELSEC_BODY_RANDOM_WRITE && (sub & 1) ? 0 : isth_melsec_read_number (&c, ascii, 1);
      place = read_place (&c, ascii, wide);
      if (!c.failed)
        format_first (text, size, &place, command->body == MELSEC_BODY_BLOCKS ? isth_melsec_read_number (&c, ascii, 2) : 1, words + others);
      break;
    case MELSEC_BODY_MEMORY:
      words = isth_melsec_read_number (&c, ascii, 4);
      others = isth_melsec_read_number (&c, ascii, 2);
      if (!c.failed)
        isth_text_format (text, size, others > 1 ? "memory %u–%u" : "memory %u", words, words + others - 1);
      break;
    case MELSEC_BODY_MODE:
      if (!c.failed && isth_melsec_read_number (&c, ascii, 2) == 3)
        isth_text_format (text, size, "forced");
      break;
    case MELSEC_BODY_FILE_OPEN:
      describe_open (c, ascii, sub & 0x40, text, size);
      break;
    case MELSEC_BODY_FILE:
    case MELSEC_BODY_FILE_DATA:
      words = isth_melsec_read_number (&c, ascii, 2);
      if (!c.failed)
        isth_text_format (text, size, "open file %u", words);
      break;
    }
  return !c.failed;
}
