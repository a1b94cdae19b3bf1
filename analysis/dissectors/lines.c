/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines end with LF, with or without CR in front of it. */
#include "analysis/dissectors/lines.h"

#define LONGEST 4096 /* a line */
#define LONGEST_HEADER 16384
#define MOST_FIELDS 96 /* of a header */

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

void
isth_lines_next_or_rest (IsthCursor *c,
                         IsthPiece *line)
{
  if (!isth_lines_next (c, line))
    *line = (IsthPiece) { c->data + c->position, isth_cursor_left (c) };
}

uint32_t
isth_lines_length (const IsthCursor *c)
{
  const uint8_t *start = c->data + c->position;
  const uint8_t *end = isth_cursor_left (c) > 0 ? memchr (start, '\n', isth_cursor_left (c)) : NULL;

  return end ? (uint32_t) (end - start) + 1 : 0;
}

uint32_t
isth_lines_pdu_length (IsthCursor c)
{
  uint32_t length = isth_lines_length (&c), left = isth_cursor_left (&c);

  if (length > 0)
    return length;
  return left < LONGEST ? ISTH_PDU_MORE : left;
}

uint32_t
isth_lines_header_length (const IsthCursor *c)
{
  const char *start = (const char *) c->data + c->position;
  const char *end = isth_cursor_left (c) > 0 ? g_strstr_len (start, (gssize) isth_cursor_left (c), "\r\n\r\n") : NULL;

  return end ? (uint32_t) (end - start) + 4 : 0;
}

uint32_t
isth_lines_message_length (IsthCursor c,
                           const char *short_name)
{
  uint32_t header = isth_lines_header_length (&c);
  IsthPiece line, value;

  if (header == 0)
    return isth_cursor_left (&c) < LONGEST_HEADER ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
  for (int n = 0; n < MOST_FIELDS && isth_lines_next (&c, &line) && line.length > 0; n++)
    if (isth_piece_field (&line, "Content-Length", &value) || (short_name && isth_piece_field (&line, short_name, &value)))
      return header + MIN (isth_piece_number (&value), ISTH_LIMIT_PDU - LONGEST_HEADER);
  return header;
}

bool
isth_lines_start_with (const IsthCursor *c,
                       const char *word)
{
  const uint8_t *start = c->data + c->position;
  size_t n;

  if (isth_cursor_left (c) == 0 || start[0] != (uint8_t) word[0])
    return false;
  n = strlen (word);
  return isth_cursor_left (c) > n && start[n] == ' ' && memcmp (start, word, n) == 0;
}

int
isth_lines_find_method (const IsthCursor *c,
                        const IsthMethod *methods,
                        size_t n)
{
  for (size_t i = 0; i < n; i++)
    if (isth_lines_start_with (c, methods[i].name))
      return (int) i;
  return -1;
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
isth_piece_open_length (const IsthPiece *line)
{
  const uint8_t *query = line->length > 0 ? memchr (line->bytes, '?', line->length) : NULL;
  uint32_t length = query ? (uint32_t) (query - line->bytes) : line->length;
  IsthPiece open = { line->bytes, length }, user;

  if (isth_piece_between (&open, "://", "/@ ", &user) && user.bytes + user.length < open.bytes + length && user.bytes[user.length] == '@')
    return (uint32_t) (user.bytes - line->bytes);
  return length;
}

uint32_t
isth_piece_number (const IsthPiece *self)
{
  uint32_t number = 0;

  for (uint32_t i = 0; i < self->length && g_ascii_isdigit (self->bytes[i]) && number < UINT32_MAX / 160; i++)
    number = number * 10 + (self->bytes[i] - '0');
  return number;
}

uint16_t
isth_piece_code (const IsthPiece *line)
{
  const uint8_t *b = line->bytes;

  if (line->length < 3 || b[0] < '1' || b[0] > '5' || !g_ascii_isdigit (b[1]) || !g_ascii_isdigit (b[2])
      || (line->length > 3 && b[3] != ' ' && b[3] != '-'))
    return 0;
  return (uint16_t) isth_piece_number (line);
}

bool
isth_piece_is_text (const IsthPiece *self)
{
  for (uint32_t i = 0; i < self->length; i++)
    if (self->bytes[i] < ' ' || self->bytes[i] == 0x7f)
      return false;
  return self->length > 0;
}
