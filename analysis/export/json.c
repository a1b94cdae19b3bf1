/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON writer. One line an element of the outer arrays, so that two reports can be compared line by line. */
#include "analysis/export/json.h"

#include <glib.h>
#include <inttypes.h>

/* JSON is UTF-8; a file's name need not be. */
static void
write_quoted (FILE *file,
              const char *text)
{
  g_autofree char *valid = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);

  fputc ('"', file);
  for (const unsigned char *c = (const unsigned char *) (valid ? valid : text); *c; c++)
    switch (*c)
      {
      case '"':
        fputs ("\\\"", file);
        break;
      case '\\':
        fputs ("\\\\", file);
        break;
      case '\n':
        fputs ("\\n", file);
        break;
      default:
        if (*c < 0x20 || *c == 0x7f)
          fprintf (file, "\\u%04x", *c);
        else
          fputc (*c, file);
      }
  fputc ('"', file);
}

static void
begin_value (IsthJson *self,
             const char *key)
{
  if (self->filled & (1ull << self->depth))
    fputc (',', self->file);
  if (self->depth <= 2 && self->depth > 0)
    fputc ('\n', self->file);
  self->filled |= 1ull << self->depth;
  if (key)
    {
      write_quoted (self->file, key);
      fputc (':', self->file);
    }
}

static void
begin_nested (IsthJson *self,
              const char *key,
              char bracket)
{
  begin_value (self, key);
  fputc (bracket, self->file);
  self->depth++;
  self->filled &= ~(1ull << self->depth);
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
  self->depth--;
  fputc ('}', self->file);
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
  self->depth--;
  fputc (']', self->file);
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
  write_quoted (self->file, value);
}

void
isth_json_number (IsthJson *self,
                  const char *key,
                  int64_t value)
{
  begin_value (self, key);
  fprintf (self->file, "%" PRId64, value);
}

void
isth_json_count (IsthJson *self,
                 const char *key,
                 uint64_t value)
{
  begin_value (self, key);
  fprintf (self->file, "%" PRIu64, value);
}

void
isth_json_bool (IsthJson *self,
                const char *key,
                bool value)
{
  begin_value (self, key);
  fputs (value ? "true" : "false", self->file);
}

void
isth_json_null (IsthJson *self,
                const char *key)
{
  begin_value (self, key);
  fputs ("null", self->file);
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
