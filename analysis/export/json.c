/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON writer. One line an element of the outer arrays, so that two reports can be compared line by line. A report of a large network has
 * hundreds of megabytes: text goes through in runs, numbers are made here. */
#include "analysis/export/json.h"

#include <glib.h>
#include <string.h>

static void
flush (IsthJson *self)
{
  fwrite (self->buffer, 1, self->used, self->file);
  self->used = 0;
}

static void
put (IsthJson *self,
     const char *text,
     size_t n)
{
  if (n > sizeof self->buffer - self->used)
    flush (self);
  if (n > sizeof self->buffer)
    {
      fwrite (text, 1, n, self->file);
      return;
    }
  memcpy (self->buffer + self->used, text, n);
  self->used += n;
}

static void
put_char (IsthJson *self,
          char c)
{
  if (self->used == sizeof self->buffer)
    flush (self);
  self->buffer[self->used++] = c;
}

static void
put_number (IsthJson *self,
            uint64_t number)
{
  char text[20], *at = text + sizeof text;

  do
    *--at = (char) ('0' + number % 10);
  while (number /= 10);
  put (self, at, text + sizeof text - at);
}

static bool
is_plain (unsigned char c)
{
  return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

static void
put_escaped (IsthJson *self,
             unsigned char c)
{
  char text[8];

  if (c == '"' || c == '\\' || c == '\n')
    g_snprintf (text, sizeof text, "\\%c", c == '\n' ? 'n' : c);
  else
    g_snprintf (text, sizeof text, "\\u%04x", c);
  put (self, text, strlen (text));
}

/* @text is UTF-8. */
static void
put_runs (IsthJson *self,
          const char *text)
{
  for (const char *end = text; *text; text = end)
    {
      while (is_plain ((unsigned char) *end))
        end++;
      put (self, text, (size_t) (end - text));
      if (*end)
        put_escaped (self, (unsigned char) *end++);
    }
}

/* JSON is UTF-8; a file's name need not be. */
static void
put_quoted (IsthJson *self,
            const char *text)
{
  g_autofree char *valid = NULL;
  const char *c = text;

  while ((signed char) *c > 0)
    c++;
  if (*c && !g_utf8_validate (c, -1, NULL))
    valid = g_utf8_make_valid (text, -1);
  put_char (self, '"');
  put_runs (self, valid ? valid : text);
  put_char (self, '"');
}

static void
begin_value (IsthJson *self,
             const char *key)
{
  if (self->filled & (1ull << self->depth))
    put_char (self, ',');
  if (self->depth <= 2 && self->depth > 0)
    put_char (self, '\n');
  self->filled |= 1ull << self->depth;
  if (key)
    {
      put_quoted (self, key);
      put_char (self, ':');
    }
}

static void
end_value (IsthJson *self)
{
  if (self->depth == 0)
    flush (self);
}

static void
begin_nested (IsthJson *self,
              const char *key,
              char bracket)
{
  begin_value (self, key);
  put_char (self, bracket);
  self->depth++;
  self->filled &= ~(1ull << self->depth);
}

static void
end_nested (IsthJson *self,
            char bracket)
{
  self->depth--;
  put_char (self, bracket);
  end_value (self);
}

void
isth_json_begin_object (IsthJson *self,
                        const char *key)
{
  begin_nested (self, key, '{');
}

void
isth_json_end_object (IsthJson *self)
{
  end_nested (self, '}');
}

void
isth_json_begin_array (IsthJson *self,
                       const char *key)
{
  begin_nested (self, key, '[');
}

void
isth_json_end_array (IsthJson *self)
{
  end_nested (self, ']');
}

void
isth_json_string (IsthJson *self,
                  const char *key,
                  const char *value)
{
  if (!value)
    {
      isth_json_null (self, key);
      return;
    }
  begin_value (self, key);
  put_quoted (self, value);
  end_value (self);
}

void
isth_json_number (IsthJson *self,
                  const char *key,
                  int64_t value)
{
  begin_value (self, key);
  if (value < 0)
    put_char (self, '-');
  put_number (self, value < 0 ? -(uint64_t) value : (uint64_t) value);
  end_value (self);
}

void
isth_json_count (IsthJson *self,
                 const char *key,
                 uint64_t value)
{
  begin_value (self, key);
  put_number (self, value);
  end_value (self);
}

/* A word of JSON itself. */
static void
write_word (IsthJson *self,
            const char *key,
            const char *word)
{
  begin_value (self, key);
  put (self, word, strlen (word));
  end_value (self);
}

void
isth_json_bool (IsthJson *self,
                const char *key,
                bool value)
{
  write_word (self, key, value ? "true" : "false");
}

void
isth_json_null (IsthJson *self,
                const char *key)
{
  write_word (self, key, "null");
}

void
isth_json_strings (IsthJson *self,
                   const char *key,
                   const char *const *values)
{
  isth_json_begin_array (self, key);
  for (; values && *values; values++)
    isth_json_string (self, NULL, *values);
  isth_json_end_array (self);
}
