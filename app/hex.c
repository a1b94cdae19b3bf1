/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The classical three columns. The mark is bold and underlined as well as coloured: colour never carries meaning alone. */
#include "app/hex.h"

#include <glib/gi18n-lib.h>

static GtkTextTag *
get_mark (GtkTextBuffer *buffer)
{
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "mark");

  if (!tag)
    tag = gtk_text_buffer_create_tag (buffer, "mark", "weight", PANGO_WEIGHT_BOLD, "underline", PANGO_UNDERLINE_SINGLE,
                                      NULL);

  return tag;
}

/* One line; each byte is inserted with its mark where it has one. */
static void
add_line (GtkTextBuffer *buffer,
          GtkTextIter   *iter,
          GtkTextTag    *mark,
          const guint8  *data,
          gsize          n,
          guint          offset,
          guint          from,
          guint          length)
{
  char text[16];

  g_snprintf (text, sizeof text, "%04x  ", offset);
  gtk_text_buffer_insert (buffer, iter, text, -1);
  for (gsize i = 0; i < 16; i++)
    {
      gboolean marked = i < n && offset + i >= from && offset + i - from < length;

      if (i < n)
        g_snprintf (text, sizeof text, "%02x", data[i]);
      gtk_text_buffer_insert_with_tags (buffer, iter, i < n ? text : "  ", -1, marked ? mark : NULL, NULL);
      gtk_text_buffer_insert (buffer, iter, i == 7 ? "  " : " ", -1);
    }
  gtk_text_buffer_insert (buffer, iter, " ", -1);
  for (gsize i = 0; i < n; i++)
    {
      gboolean marked = offset + i >= from && offset + i - from < length;

      text[0] = g_ascii_isprint (data[i]) ? (char) data[i] : '.';
      gtk_text_buffer_insert_with_tags (buffer, iter, text, 1, marked ? mark : NULL, NULL);
    }
}

void
isth_hex_fill (GtkTextBuffer *buffer,
               GBytes        *bytes,
               guint          base,
               guint          from,
               guint          length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gsize shown = MIN (size, ISTH_HEX_MAX);
  GtkTextTag *mark = get_mark (buffer);
  GtkTextIter iter;

  gtk_text_buffer_set_text (buffer, "", 0);
  gtk_text_buffer_get_end_iter (buffer, &iter);
  for (gsize at = 0; at < shown; at += 16)
    {
      if (at > 0)
        gtk_text_buffer_insert (buffer, &iter, "\n", 1);
      add_line (buffer, &iter, mark, data + at, MIN (shown - at, 16), base + at, from, length);
    }
  if (shown < size)
    {
      g_autofree char *rest = g_strdup_printf (_("\n… %zu more bytes are not shown"), size - shown);

      gtk_text_buffer_insert (buffer, &iter, rest, -1);
    }
}
