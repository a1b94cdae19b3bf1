/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Extensible Markup Language 1.0, 3.1: start tags, as far as they need to be known for finding one. */
#include "analysis/dissectors/xml.h"

static bool
is_blank (uint8_t byte)
{
  return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* The name in a start tag at @at (behind "<"), without its prefix; where the tag goes on. */
static IsthPiece
read_name (const IsthPiece *text,
           uint32_t at)
{
  IsthPiece name = { text->bytes + at, 0 };

  for (; at < text->length && !is_blank (text->bytes[at]) && text->bytes[at] != '>' && text->bytes[at] != '/' && text->bytes[at] != '<'; at++)
    {
      name.length++;
      if (text->bytes[at] == ':')
        name = (IsthPiece) { text->bytes + at + 1, 0 };
    }
  return name;
}

static bool
read_content (const IsthPiece *text,
              const uint8_t *after,
              IsthPiece *content)
{
  const uint8_t *end = text->bytes + text->length;
  const uint8_t *start = memchr (after, '>', (size_t) (end - after)), *stop;

  if (!start || start[-1] == '/')
    return false;
  start++;
  stop = memchr (start, '<', (size_t) (end - start));
  if (!stop)
    return false;
  while (start < stop && is_blank (*start))
    start++;
  while (stop > start && is_blank (stop[-1]))
    stop--;
  *content = (IsthPiece) { start, (uint32_t) (stop - start) };
  return content->length > 0;
}

bool
isth_xml_find (const IsthPiece *text,
               const char *name,
               IsthPiece *content)
{
  size_t length = strlen (name);
  uint32_t at = 0;

  while (at < text->length)
    {
      const uint8_t *open = memchr (text->bytes + at, '<', text->length - at);
      IsthPiece tag;

      if (!open)
        return false;
      at = (uint32_t) (open - text->bytes) + 1;
      tag = read_name (text, at);
      if (tag.length == length && memcmp (tag.bytes, name, length) == 0)
        return read_content (text, tag.bytes + tag.length, content);
    }
  return false;
}
