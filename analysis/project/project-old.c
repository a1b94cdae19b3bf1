/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts as versions 1 to 3 of the file kept them, a row of SQL each, into the chunks of version 4. What a row refers to is checked
 * where it is loaded, as always; here, that each value fits its member and no row is missing. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/project/project-columns.h"

static bool
damaged (IsthProject  *self,
         sqlite3_stmt *statement,
         GError      **error)
{
  sqlite3_reset (statement);
  return isth_project_damaged (self->path, _("a fact contradicts the others"), error);
}

static bool
put_pieces (IsthProject          *self,
            const IsthPieceTable *table,
            int64_t               capture,
            uint32_t              row,
            GError              **error)
{
  bool fine = self->chunk->len == 0
              || isth_project_put_chunk (self, table->replace, isth_chunk_key (capture, row / ISTH_CHUNK_ROWS), self->chunk->data, self->chunk->len,
                                         error);

  g_byte_array_set_size (self->chunk, 0);
  return fine;
}

static bool
convert_pieces (IsthProject          *self,
                const IsthPieceTable *table,
                int64_t               capture,
                GError              **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, table->old, error);
  GError *local = NULL;
  uint32_t row = 1;

  if (!statement)
    return false;
  sqlite3_bind_int64 (statement, 1, capture);
  g_byte_array_set_size (self->chunk, 0);
  for (; isth_project_next (self, statement, &local); row++)
    {
      const void *data = sqlite3_column_blob (statement, 2);
      uint32_t n = (uint32_t) sqlite3_column_bytes (statement, 2);

      if (sqlite3_column_int64 (statement, 1) != row || n > ISTH_LIMIT_EVIDENCE)
        return damaged (self, statement, error);
      if (row % ISTH_CHUNK_ROWS == 0 && !put_pieces (self, table, capture, row - 1, error))
        {
          sqlite3_reset (statement);
          return false;
        }
      isth_chunk_add_piece (self->chunk, data, n);
    }
  if (local)
    {
      g_propagate_error (error, local);
      return false;
    }
  return put_pieces (self, table, capture, row - 1, error);
}

static bool
put_rows (IsthProject         *self,
          const IsthFactTable *table,
          int64_t              capture,
          uint32_t             row,
          const IsthChunkRows *rows,
          GError             **error)
{
  size_t n = isth_chunk_pack (table, rows, row % ISTH_CHUNK_ROWS + 1, self->chunk->data);

  return isth_project_put_chunk (self, table->replace, isth_chunk_key (capture, row / ISTH_CHUNK_ROWS), self->chunk->data, n, error);
}

static bool
convert_rows (IsthProject         *self,
              const IsthFactTable *table,
              int64_t              capture,
              GError             **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, table->old, error);
  GError *local = NULL;
  IsthChunkRows rows;
  uint32_t n = 0;

  if (!statement)
    return false;
  sqlite3_bind_int64 (statement, 1, capture);
  g_byte_array_set_size (self->chunk, ISTH_CHUNK_MAX);
  memset (&rows, 0, sizeof rows);
  for (; isth_project_next (self, statement, &local); n++)
    {
      uint8_t *row = (uint8_t *) &rows + (size_t) (n % ISTH_CHUNK_ROWS) * table->size;

      if (sqlite3_column_int64 (statement, 1) != n || !isth_columns_read_old (table, statement, row))
        return damaged (self, statement, error);
      if (n % ISTH_CHUNK_ROWS < ISTH_CHUNK_ROWS - 1)
        continue;
      if (!put_rows (self, table, capture, n, &rows, error))
        {
          sqlite3_reset (statement);
          return false;
        }
      memset (&rows, 0, sizeof rows);
    }
  if (local)
    {
      g_propagate_error (error, local);
      return false;
    }
  return n % ISTH_CHUNK_ROWS == 0 || put_rows (self, table, capture, n - 1, &rows, error);
}

static bool
convert_capture (IsthProject *self,
                 int64_t      capture,
                 GError     **error)
{
  if (!convert_pieces (self, &isth_string_table, capture, error) || !convert_pieces (self, &isth_bytes_table, capture, error))
    return false;
  for (int i = 0; i < ISTH_N_TABLES; i++)
    if (isth_fact_tables[i].old && !convert_rows (self, &isth_fact_tables[i], capture, error))
      return false;
  return true;
}

/* The prepared statements name tables that are about to go. */
static void
forget_statements (IsthProject *self)
{
  for (int i = 0; i < ISTH_N_TABLES; i++)
    if (isth_fact_tables[i].old)
      g_hash_table_remove (self->statements, isth_fact_tables[i].old);
  g_hash_table_remove (self->statements, isth_string_table.old);
  g_hash_table_remove (self->statements, isth_bytes_table.old);
}

bool
isth_project_convert_rows (IsthProject *self,
                           GError     **error)
{
  g_autoptr(GArray) captures = g_array_new (FALSE, FALSE, sizeof (int64_t));
  sqlite3_stmt *statement = isth_project_prepare (self, "SELECT capture FROM capture ORDER BY capture", error);
  GError *local = NULL;
  bool fine = true;

  if (!statement)
    return false;
  while (isth_project_next (self, statement, &local))
    {
      int64_t capture = sqlite3_column_int64 (statement, 0);

      if (capture < 1 || capture > ISTH_PROJECT_CAPTURES)
        return damaged (self, statement, error);
      g_array_append_val (captures, capture);
    }
  if (local)
    {
      g_propagate_error (error, local);
      return false;
    }
  for (guint i = 0; i < captures->len && fine; i++)
    fine = convert_capture (self, g_array_index (captures, int64_t, i), error);
  forget_statements (self);
  return fine;
}
