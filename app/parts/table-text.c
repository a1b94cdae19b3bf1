/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tab or a line break in a cell becomes a blank, so that each row stays one line. */
#include "app/parts/table-text.h"

#include <glib/gi18n-lib.h>

#include "app/release.h"

struct _IsthTableText
{
  IsthOrdered *rows;
  IsthSnapshot *snapshot;
  GtkBitset *selected;
  GPtrArray *columns; /* of IsthTableColumn */
};

char *
isth_table_column_dup_text (const IsthTableColumn *self,
                            const IsthRow         *row)
{
  return self->peek ? g_strdup (self->peek (row)) : self->text (row);
}

IsthTableText *
isth_table_text_new (GtkColumnView *view,
                     IsthListing   *listing)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  IsthTableText *self = g_new0 (IsthTableText, 1);

  self->rows = isth_listing_ref_ordered (listing, &self->snapshot);
  self->selected = isth_listing_dup_selected (listing);
  self->columns = g_ptr_array_new ();
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_visible (column))
        g_ptr_array_add (self->columns, g_object_get_data (G_OBJECT (column), "column"));
    }

  return self;
}

void
isth_table_text_free (IsthTableText *self)
{
  isth_record_unref (self->rows);
  isth_release_snapshot (self->snapshot);
  gtk_bitset_unref (self->selected);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

static void
append_cell (GString    *text,
             const char *cell,
             gboolean    first)
{
  if (!first)
    g_string_append_c (text, '\t');
  for (; *cell; cell++)
    g_string_append_c (text, *cell == '\t' || *cell == '\n' || *cell == '\r' ? ' ' : *cell);
}

char *
isth_table_text_make (const IsthTableText *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    append_cell (text, _(((const IsthTableColumn *) g_ptr_array_index (self->columns, i))->title), i == 0);
  g_string_append_c (text, '\n');
  for (guint i = 0; self->rows && i < self->rows->n; i++)
    {
      const IsthListed *listed = &self->rows->rows[i];
      IsthRow row = { isth_row_find_record (self->snapshot, listed->kind, listed->id), self->snapshot, listed->kind };

      if (!gtk_bitset_is_empty (self->selected) && !gtk_bitset_contains (self->selected, i))
        continue;
      for (guint j = 0; j < self->columns->len; j++)
        {
          g_autofree char *cell = isth_table_column_dup_text (g_ptr_array_index (self->columns, j), &row);

          append_cell (text, cell, j == 0);
        }
      g_string_append_c (text, '\n');
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
