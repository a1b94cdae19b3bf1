/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strings from wire bytes. Unicode 15, 3.9 (well-formed sequences); code page 1252 for the rest. */
#include "analysis/base/text.h"

#include <glib.h>
#include <stdarg.h>
#include <string.h>

#include "analysis/base/cursor.h"

typedef struct
{
  char *text;
  size_t size;
  size_t used;
} Writer;

/* Appends one whole piece or, when it does not fit, nothing more ever. */
static bool
writer_append (Writer *w,
               const char *piece,
               size_t n)
{
  if (w->used + n >= w->size)
    return false;
  memcpy (w->text + w->used, piece, n);
  w->used += n;
  return true;
}

static bool
writer_append_char (Writer *w,
                    gunichar c)
{
  char piece[8];

  if (c < 0x20 || (c >= 0x7f && c < 0xa0))
    return writer_append (w, piece, (size_t) g_snprintf (piece, sizeof piece, "<%02x>", c));
  return writer_append (w, piece, (size_t) g_unichar_to_utf8 (c, piece));
}

static gunichar
from_windows_1252 (uint8_t byte)
{
  static const uint16_t high[32] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
    0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
  };

  return byte >= 0x80 && byte < 0xa0 ? high[byte - 0x80] : byte;
}

static bool
is_blank (uint8_t byte)
{
  return byte == 0 || byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

const char *
isth_text_from_bytes (char *text,
                      size_t size,
                      const uint8_t *bytes,
                      size_t n)
{
  Writer w = { text, size, 0 };

  while (n > 0 && is_blank (bytes[n - 1]))
    n--;
  while (n > 0 && is_blank (*bytes))
    bytes++, n--;

  for (size_t i = 0; i < n;)
    {
      gunichar c;
      size_t step = 1;

      if (G_LIKELY (bytes[i] >= 0x20 && bytes[i] < 0x7f)) /* nearly all there is */
        {
          if (w.used + 1 >= size)
            break;
          text[w.used++] = (char) bytes[i++];
          continue;
        }
      c = bytes[i] < 0x80 ? bytes[i] : g_utf8_get_char_validated ((const char *) bytes + i, (gssize) (n - i));
      if (c == (gunichar) -1 || c == (gunichar) -2)
        c = from_windows_1252 (bytes[i]);
      else
        step = (size_t) g_unichar_to_utf8 (c, NULL);
      if (!writer_append_char (&w, c))
        break;
      i += step;
    }
  text[w.used] = '\0';
  return text;
}

const char *
isth_text_from_string (char *text,
                       size_t size,
                       const uint8_t *bytes,
                       size_t n)
{
  const uint8_t *end = n > 0 ? memchr (bytes, 0, n) : NULL;

  return isth_text_from_bytes (text, size, bytes, end ? (size_t) (end - bytes) : n);
}

const char *
isth_text_from_utf16 (char *text,
                      size_t size,
                      const uint8_t *bytes,
                      size_t n,
                      bool big_endian)
{
  Writer w = { text, size, 0 };

  for (size_t i = 0; i + 1 < n; i += 2)
    {
      gunichar c = big_endian ? isth_be16 (bytes + i) : isth_le16 (bytes + i);

      if (c >= 0xd800 && c < 0xdc00 && i + 3 < n)
        {
          gunichar low = big_endian ? (gunichar) (bytes[i + 2] << 8 | bytes[i + 3])
                                    : (gunichar) (bytes[i + 3] << 8 | bytes[i + 2]);

          if (low >= 0xdc00 && low < 0xe000)
            {
              c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
              i += 2;
            }
        }
      if (c >= 0xd800 && c < 0xe000)
        c = 0xfffd;
      if ((c == 0 || c == ' ') && w.used == 0)
        continue;
      if (c == 0)
        break;
      if (!writer_append_char (&w, c))
        break;
    }
  while (w.used > 0 && is_blank ((uint8_t) text[w.used - 1]))
    w.used--;
  text[w.used] = '\0';
  return text;
}

const char *
isth_text_from_hex (char *text,
                    size_t size,
                    const uint8_t *bytes,
                    size_t n)
{
  static const char digits[] = "0123456789abcdef";
  size_t used = 0;

  for (size_t i = 0; i < n && used + 3 <= size; i++)
    {
      text[used++] = digits[bytes[i] >> 4];
      text[used++] = digits[bytes[i] & 15];
    }
  text[used] = '\0';
  return text;
}

/* Text being written: what does not fit is left out. */
typedef struct
{
  char *at, *end; /* the last byte is the NUL's */
  uint8_t seen;   /* all its bits are those of some byte */
} Printer;

static void
put_string (Printer *self,
            const char *string)
{
  for (; *string != '\0' && self->at < self->end; string++)
    {
      self->seen |= (uint8_t) *string;
      *self->at++ = *string;
    }
}

static void
put_number (Printer *self,
            unsigned long number,
            unsigned base,
            bool capitals,
            int width,
            char padding)
{
  const char *digits = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
  char reversed[24];
  int n = 0;

  do
    reversed[n++] = digits[number % base];
  while ((number /= base) > 0);
  for (; width > n && self->at < self->end; width--)
    *self->at++ = padding;
  while (n > 0 && self->at < self->end)
    *self->at++ = reversed[--n];
}

/* The conversions that dissectors need for every other request, without printf's machinery; false when @format has another one. */
static bool
format_plainly (Printer *self,
                const char *format,
                va_list args)
{
  for (; *format != '\0'; format++)
    {
      char padding = ' ';
      bool is_long = false;
      int width = 0;

      if (*format != '%')
        {
          if (self->at < self->end)
            *self->at++ = *format;
          self->seen |= (uint8_t) *format;
          continue;
        }
      format++;
      if (*format == '0')
        padding = *format++;
      while (g_ascii_isdigit (*format) && width < 100)
        width = 10 * width + (*format++ - '0');
      if (*format == 'l')
        is_long = *format++ == 'l';
      if (*format == 's' && width == 0 && !is_long)
        {
          const char *string = va_arg (args, const char *);

          put_string (self, string ? string : "(null)");
        }
      else if (*format == 'u' || *format == 'x' || *format == 'X')
        put_number (self, is_long ? va_arg (args, unsigned long) : va_arg (args, unsigned), *format == 'u' ? 10 : 16, *format == 'X', width, padding);
      else
        return false;
    }
  return true;
}

const char *
isth_text_format (char *text,
                  size_t size,
                  const char *format,
                  ...)
{
  Printer printer = { text, text + size - 1, 0 };
  va_list args;
  const char *end;
  bool plain;

  va_start (args, format);
  plain = format_plainly (&printer, format, args);
  va_end (args);
  if (plain)
    *printer.at = '\0';
  else
    {
      va_start (args, format);
      g_vsnprintf (text, size, format, args);
      va_end (args);
      printer.seen = 0x80;
    }
  if (printer.seen & 0x80 && !g_utf8_validate (text, -1, &end))
    text[end - text] = '\0';
  return text;
}

bool
isth_text_is_printable (const uint8_t *bytes,
                        size_t n)
{
  size_t i = 0;

  while (i < n && bytes[i] >= 0x20 && bytes[i] < 0x7f)
    i++;
  if (i == 0)
    return false;
  while (i < n && bytes[i] == 0)
    i++;
  return i == n;
}
