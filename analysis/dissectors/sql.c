/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQL (ISO/IEC 9075), as far as the names of tables. */
#include "analysis/dissectors/sql.h"

#include <glib.h>
#include <string.h>

#define LOOKED_AT 512 /* characters of a statement */
#define WORD 64

static const char *const readers[] = { "SELECT", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "WITH" };
static const char *const before_names[] = { "FROM", "INTO", "UPDATE", "TABLE", "EXEC", "EXECUTE", "CALL", "DATABASE", "USE", "USER", "VIEW", "PROCEDURE" };

static bool
is_any (const char *word,
        const char *const *words,
        size_t n)
{
  for (size_t i = 0; i < n; i++)
    if (g_ascii_strcasecmp (word, words[i]) == 0)
      return true;
  return false;
}

/* The character at @i, 0 at the end; what is no ASCII counts as a letter. */
static char
get_character (const uint8_t *bytes,
               uint32_t n,
               bool wide,
               uint32_t i)
{
  uint32_t at = wide ? 2 * i : i;

  if (i >= LOOKED_AT || at + wide >= n)
    return 0;
  return (wide && bytes[at + 1]) || bytes[at] > 126 ? '_' : (char) bytes[at];
}

static bool
is_name (char c)
{
  return g_ascii_isalnum (c) || (c && strchr ("_.$#@[]\"`-", c));
}

/* The next word, without what stands in quotes; false at the end. */
static bool
next_word (const uint8_t *bytes,
           uint32_t n,
           bool wide,
           uint32_t *i,
           char word[WORD])
{
  size_t length = 0;
  char c;

  for (c = get_character (bytes, n, wide, *i); c && !is_name (c); c = get_character (bytes, n, wide, ++*i))
    if (c == '\'')
      for (c = get_character (bytes, n, wide, ++*i); c && c != '\''; c = get_character (bytes, n, wide, ++*i))
        continue;
  for (; is_name (c); c = get_character (bytes, n, wide, ++*i))
    if (length < WORD - 1 && !strchr ("[]\"`", c))
      word[length++] = c;
  word[length] = '\0';
  return length > 0;
}

IsthCursor
isth_sql_take_string (IsthCursor *c)
{
  const uint8_t *start = c->data + c->position;
  const uint8_t *end = memchr (start, 0, isth_cursor_left (c));
  IsthCursor text = isth_cursor_take (c, end ? (uint32_t) (end - start) : isth_cursor_wire_left (c));

  isth_cursor_skip (c, end != NULL);
  return text;
}

/* "SELECT Orders" into @text, which is returned. @verb: whether it only reads. */
static const char *
describe (char *text,
          size_t size,
          const uint8_t *bytes,
          uint32_t n,
          bool wide,
          IsthOp *verb)
{
  char first[WORD], word[WORD], name[WORD] = "";
  uint32_t i = 0;

  *verb = ISTH_OP_OTHER;
  text[0] = '\0';
  if (!next_word (bytes, n, wide, &i, first))
    return text;
  for (char *c = first; *c; c++)
    *c = g_ascii_toupper (*c);
  if (is_any (first, readers, G_N_ELEMENTS (readers)))
    *verb = ISTH_OP_READ;
  g_strlcpy (word, first, sizeof word);
  do
    if (is_any (word, before_names, G_N_ELEMENTS (before_names)) && next_word (bytes, n, wide, &i, name))
      break;
  while (next_word (bytes, n, wide, &i, word));
  return isth_text_format (text, size, "%s%s%s", first, name[0] ? " " : "", name);
}

/* The bytes in front of the first quote: what stands in quotes may be a password. */
static uint32_t
count_open (const uint8_t *bytes,
            uint32_t n,
            bool wide)
{
  for (uint32_t i = 0; i < MIN (n, ISTH_LIMIT_EVIDENCE); i += wide ? 2 : 1)
    if ((bytes[i] == '\'' || bytes[i] == '"') && (!wide || i + 1 == n || bytes[i + 1] == 0))
      return i;
  return n;
}

void
isth_sql_emit (IsthDissectContext *ctx,
               IsthRequest *request,
               const uint8_t *bytes,
               uint32_t n,
               bool wide)
{
  char object[2 * WORD];

  isth_context_show (ctx, bytes, count_open (bytes, n, wide));
  request->key = isth_context_digest (ctx, (uint64_t) request->function + 1, bytes, MIN (n, ISTH_SQL_DIGESTED));
  if (isth_emit_again (ctx, request))
    return;
  request->object = describe (object, sizeof object, bytes, n, wide, &request->verb);
  isth_emit_request (ctx, request);
  request->object = NULL;
}
