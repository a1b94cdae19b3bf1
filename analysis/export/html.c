/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escapes by one table walk: what a host calls itself must neither become markup nor hide what stands around it. */
#include "analysis/export/html.h"

#include <stdbool.h>

/* Controls, the line and paragraph separators, and the marks, embeddings, overrides and isolates of bidirectional text (Unicode TR 36, 2.8). */
static bool
is_hidden (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

void
isth_html_text (FILE *file,
                const char *text)
{
  g_autofree char *valid = text && !g_utf8_validate (text, -1, NULL) ? g_utf8_make_valid (text, -1) : NULL;

  for (const char *at = valid ? valid : text; at && *at; at = g_utf8_next_char (at))
    switch (*at)
      {
      case '&':
        fputs ("&amp;", file);
        break;
      case '<':
        fputs ("&lt;", file);
        break;
      case '>':
        fputs ("&gt;", file);
        break;
      case '"':
        fputs ("&quot;", file);
        break;
      case '\'':
        fputs ("&#39;", file);
        break;
      case '\n':
        fputs ("<br>", file);
        break;
      default:
        if (is_hidden (g_utf8_get_char (at)))
          fputs ("\xef\xbf\xbd", file);
        else
          fwrite (at, 1, (size_t) (g_utf8_next_char (at) - at), file);
      }
}

void
isth_html_element (FILE *file,
                   const char *tag,
                   const char *class,
                   const char *text)
{
  if (class)
    fprintf (file, "<%s class=\"%s\">", tag, class);
  else
    fprintf (file, "<%s>", tag);
  isth_html_text (file, text);
  fprintf (file, "</%s>", tag);
}

void
isth_html_printf (FILE *file,
                  const char *tag,
                  const char *class,
                  const char *format,
                  ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  isth_html_element (file, tag, class, text);
}

void
isth_html_begin_table (FILE *file,
                       const char *class,
                       const char *const *heads)
{
  fprintf (file, "<table class=\"%s\"><thead><tr>", class);
  for (; *heads; heads++)
    isth_html_element (file, "th", NULL, *heads);
  fputs ("</tr></thead><tbody>\n", file);
}

void
isth_html_end_table (FILE *file)
{
  fputs ("</tbody></table>\n", file);
}
