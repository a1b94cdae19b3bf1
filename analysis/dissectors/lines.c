/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines end with LF, with or without CR in front of it. */
#include "analysis/dissectors/lines.h"

bool
isth_lines_next (IsthCursor *c,
                 IsthPiece *line)
{
  uint32_t length = isth_lines_length (c);

  if (length == 0)
    return false;
  *line = (IsthPiece) { c->data + c->position, length - 1 };
  isth_cursor_skip (c, length);
  if (line->length > 0 && line->bytes[line->length - 1] == '\r')
    line->length--;
  return true;
}

uint32_t
isth_lines_length (const IsthCursor *c)
{
  const uint8_t *start = c->data + c->position;
  const uint8_t *end = isth_cursor_left (c) > 0 ? memchr (start, '\n', isth_cursor_left (c)) : NULL;

  return end ? (uint32_t) (end - start) + 1 : 0;
}

uint32_t
isth_lines_header_length (const IsthCursor *c)
{
  const char *start = (const char *) c->data + c->position;
  const char *end = isth_cursor_left (c) > 0 ? g_strstr_len (start, (gssize) isth_cursor_left (c), "\r\n\r\n") : NULL;

  return end ? (uint32_t) (end - start) + 4 : 0;
}

IsthPiece
isth_piece_word (IsthPiece *rest)
{
  IsthPiece word = { rest->bytes, 0 };
  uint32_t used;

  while (word.length < rest->length && word.bytes[word.length] != ' ' && word.bytes[word.length] != '\t')
    word.length++;
  for (used = word.length; used < rest->length && (rest->bytes[used] == ' ' || rest->bytes[used] == '\t'); used++)
    continue;
  *rest = (IsthPiece) { rest->bytes + used, rest->length - used };
  return word;
}

bool
isth_piece_starts (const IsthPiece *self,
                   const char *word)
{
  size_t n = strlen (word);

  return self->length >= n && g_ascii_strncasecmp ((const char *) self->bytes, word, n) == 0;
}

bool
isth_piece_is (const IsthPiece *self,
               const char *word)
{
  return self->length == strlen (word) && isth_piece_starts (self, word);
}

bool
isth_piece_field (const IsthPiece *line,
                  const char *name,
                  IsthPiece *value)
{
  uint32_t n = (uint32_t) strlen (name);

  if (line->length <= n || line->bytes[n] != ':' || !isth_piece_starts (line, name))
    return false;
  *value = (IsthPiece) { line->bytes + n + 1, line->length - n - 1 };
  while (value->length > 0 && (value->bytes[0] == ' ' || value->bytes[0] == '\t'))
    *value = (IsthPiece) { value->bytes + 1, value->length - 1 };
  while (value->length > 0 && value->bytes[value->length - 1] == ' ')
    value->length--;
  return true;
}

bool
isth_piece_between (const IsthPiece *self,
                    const char *before,
                    const char *ends,
                    IsthPiece *found)
{
  const char *start = (const char *) self->bytes, *at = self->length > 0 ? g_strstr_len (start, (gssize) self->length, before) : NULL;
  uint32_t skip;

  if (!at)
    return false;
  skip = (uint32_t) (at - start) + (uint32_t) strlen (before);
  *found = (IsthPiece) { self->bytes + skip, 0 };
  while (skip + found->length < self->length && !(found->bytes[found->length] != 0 && strchr (ends, found->bytes[found->length])))
    found->length++;
  return true;
}

uint32_t
isth_piece_number (const IsthPiece *self)
{
  uint32_t number = 0;

  for (uint32_t i = 0; i < self->length && g_ascii_isdigit (self->bytes[i]) && number < UINT32_MAX / 160; i++)
    number = number * 10 + (self->bytes[i] - '0');
  return number;
}

bool
isth_piece_is_text (const IsthPiece *self)
{
  for (uint32_t i = 0; i < self->length; i++)
    if (self->bytes[i] < ' ' || self->bytes[i] == 0x7f)
      return false;
  return self->length > 0;
}
