/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts into the file: what changed since the last time, in one transaction; and all that belongs to one capture out of it. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/error.h"
#include "analysis/project/project-columns.h"

/* Binds the two parameters that every row begins with. */
static bool
bind_row (sqlite3_stmt *statement,
          int64_t       capture,
          int64_t       row)
{
  return sqlite3_bind_int64 (statement, 1, capture) == SQLITE_OK && sqlite3_bind_int64 (statement, 2, row) == SQLITE_OK;
}

static bool
bind_text (sqlite3_stmt *statement,
           int           parameter,
           const char   *text)
{
  return sqlite3_bind_text (statement, parameter, text, -1, SQLITE_STATIC) == SQLITE_OK;
}

/* Runs a statement whose parameters are @bound. */
static bool
finish (IsthProject  *self,
        sqlite3_stmt *statement,
        bool          bound,
        GError      **error)
{
  return bound ? isth_project_run (self, statement, error) : isth_project_fail (self, SQLITE_NOMEM, error);
}

static bool
forget (IsthProject *self,
        const char  *sql,
        int64_t      capture,
        GError     **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, sql, error);

  return statement && finish (self, statement, sqlite3_bind_int64 (statement, 1, capture) == SQLITE_OK, error);
}

static bool
save_texts (IsthProject *self,
            int64_t      capture,
            const char  *kind,
            char       **texts,
            GError     **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, "INSERT INTO capture_text (capture, row, kind, text) VALUES (?1, ?2, ?3, ?4)",
                                                  error);

  if (!statement)
    return false;
  for (int i = 0; texts && texts[i]; i++)
    if (!finish (self, statement,
                 bind_row (statement, capture, i) && bind_text (statement, 3, kind) && bind_text (statement, 4, texts[i]), error))
      return false;
  return true;
}

static bool
save_capture (IsthProject           *self,
              int64_t                capture,
              const IsthFactCapture *row,
              GError               **error)
{
  const int64_t numbers[] = { (int64_t) row->fingerprint, (int64_t) row->size, (int64_t) row->frames, (int64_t) row->bytes,
                              (int64_t) row->cut_frames, (int64_t) row->dropped, (int64_t) row->damaged, row->dropped_known,
                              row->truncated, row->complete, row->first, row->last };
  sqlite3_stmt *statement = isth_project_prepare (self, "REPLACE INTO capture VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
                                                        " ?11, ?12, ?13, ?14, ?15, ?16)", error);
  bool bound;

  if (!statement)
    return false;
  bound = sqlite3_bind_int64 (statement, 1, capture) == SQLITE_OK && bind_text (statement, 2, row->path)
          && bind_text (statement, 3, row->sha256) && bind_text (statement, 4, row->format);
  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++)
    bound = bound && sqlite3_bind_int64 (statement, 5 + (int) i, numbers[i]) == SQLITE_OK;
  return finish (self, statement, bound, error)
         && forget (self, "DELETE FROM capture_text WHERE capture = ?1", capture, error)
         && save_texts (self, capture, "link-type", row->link_types, error)
         && save_texts (self, capture, "note", row->notes, error)
         && (!row->offsets || isth_project_save_offsets (self, capture, row->offsets, error));
}

static void
swap_buckets (uint64_t       *to,
              const uint64_t *from)
{
  for (int i = 0; i < ISTH_HISTOGRAM_BUCKETS; i++)
    to[i] = GUINT64_TO_LE (from[i]);
}

static bool
save_histogram (IsthProject         *self,
                int64_t              capture,
                const IsthHistogram *row,
                GError             **error)
{
  uint64_t frames[ISTH_HISTOGRAM_BUCKETS], bytes[ISTH_HISTOGRAM_BUCKETS];
  sqlite3_stmt *statement;

  if (!row->used)
    return forget (self, "DELETE FROM histogram WHERE capture = ?1", capture, error);
  statement = isth_project_prepare (self, "REPLACE INTO histogram VALUES (?1, ?2, ?3, ?4, ?5)", error);
  if (!statement)
    return false;
  swap_buckets (frames, row->frames);
  swap_buckets (bytes, row->bytes);
  return finish (self, statement,
                 bind_row (statement, capture, row->start) && sqlite3_bind_int (statement, 3, row->shift) == SQLITE_OK
                   && sqlite3_bind_blob (statement, 4, frames, sizeof frames, SQLITE_TRANSIENT) == SQLITE_OK
                   && sqlite3_bind_blob (statement, 5, bytes, sizeof bytes, SQLITE_TRANSIENT) == SQLITE_OK,
                 error);
}

bool
isth_project_put_chunk (IsthProject *self,
                        const char  *replace,
                        int64_t      key,
                        const void  *bytes,
                        size_t       n,
                        GError     **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, replace, error);

  return statement
         && finish (self, statement,
                    sqlite3_bind_int64 (statement, 1, key) == SQLITE_OK
                      && sqlite3_bind_blob64 (statement, 2, bytes, n, SQLITE_STATIC) == SQLITE_OK,
                    error);
}

static const void *
get_string (const IsthFacts *facts,
            uint32_t         id,
            uint32_t        *n)
{
  const char *text = isth_facts_string (facts, id);

  *n = (uint32_t) strlen (text);
  return text;
}

static const void *
get_bytes (const IsthFacts *facts,
           uint32_t         id,
           uint32_t        *n)
{
  return isth_facts_bytes (facts, id, n);
}

/* Pieces @saved to @n; number 0 is in every facts and never stored. The last chunk that is there is written again when it was not full. */
static bool
save_pieces (IsthProject          *self,
             const IsthPieceTable *table,
             int64_t               capture,
             uint32_t              saved,
             uint32_t              n,
             const IsthFacts      *facts,
             const void          *(*get) (const IsthFacts *facts, uint32_t id, uint32_t *n),
             GError              **error)
{
  for (uint32_t chunk = saved / ISTH_CHUNK_ROWS; saved < n && chunk <= (n - 1) / ISTH_CHUNK_ROWS; chunk++)
    {
      uint32_t end = MIN (n, (chunk + 1) * ISTH_CHUNK_ROWS);

      g_byte_array_set_size (self->chunk, 0);
      for (uint32_t id = MAX (chunk * ISTH_CHUNK_ROWS, 1); id < end; id++)
        {
          uint32_t length;
          const void *data = get (facts, id, &length);

          isth_chunk_add_piece (self->chunk, data, length);
        }
      if (!isth_project_put_chunk (self, table->replace, isth_chunk_key (capture, chunk), self->chunk->data, self->chunk->len, error))
        return false;
    }
  return true;
}

/* The rows of one table as they are kept, and how many. */
static const uint8_t *
view_rows (const IsthFactsView *view,
           IsthFactsTable       table,
           uint32_t            *n)
{
  const struct
  {
    const void *rows;
    uint32_t n;
  } tables[ISTH_N_TABLES] = {
    [ISTH_TABLE_STATIONS] = { view->stations, view->n_stations },
    [ISTH_TABLE_CONVERSATIONS] = { view->conversations, view->n_conversations },
    [ISTH_TABLE_CLAIMS] = { view->claims, view->n_claims },
    [ISTH_TABLE_BINDINGS] = { view->bindings, view->n_bindings },
    [ISTH_TABLE_ROLES] = { view->roles, view->n_roles },
    [ISTH_TABLE_NEIGHBOURS] = { view->neighbours, view->n_neighbours },
    [ISTH_TABLE_OPERATIONS] = { view->operations, view->n_operations },
    [ISTH_TABLE_EVENTS] = { view->events, view->n_events },
    [ISTH_TABLE_TRANSFERS] = { view->transfers, view->n_transfers },
    [ISTH_TABLE_SESSIONS] = { view->sessions, view->n_sessions },
    [ISTH_TABLE_REMARKS] = { view->remarks, view->n_remarks },
    [ISTH_TABLE_HEALTH] = { view->health, view->n_health },
  };

  *n = tables[table].n;
  return tables[table].rows;
}

/* Rows [@from, @to) at length, in @room when they are kept otherwise. */
static const void *
get_rows (const IsthFactsView *view,
          const IsthFactTable *table,
          const uint8_t       *rows,
          uint32_t             from,
          uint32_t             to,
          IsthChunkRows       *room)
{
  if (table->table != ISTH_TABLE_STATIONS)
    return rows + (size_t) from * table->size;
  for (uint32_t row = from; row < to; row++)
    room->station[row - from] = isth_facts_view_station (view, row);
  return room->station;
}

/* A chunk of which anything changed is written anew. @all: also the others, because none of them is in the file. */
static bool
save_rows (IsthProject         *self,
           const IsthFactTable *table,
           int64_t              capture,
           const IsthFacts     *facts,
           bool                 all,
           GError             **error)
{
  IsthFactsView view = isth_facts_view (facts);
  uint32_t n;
  const uint8_t *rows = view_rows (&view, table->table, &n);
  IsthChunkRows room ISTH_UNSET;

  g_byte_array_set_size (self->chunk, ISTH_CHUNK_MAX);
  for (uint32_t from = 0; from < n; from += ISTH_CHUNK_ROWS)
    {
      uint32_t to = MIN (n, from + ISTH_CHUNK_ROWS);
      size_t size;

      if (!all && !isth_facts_any_dirty (facts, table->table, from, to))
        continue;
      size = isth_chunk_pack (table, get_rows (&view, table, rows, from, to, &room), to - from, self->chunk->data);
      if (!isth_project_put_chunk (self, table->replace, isth_chunk_key (capture, from / ISTH_CHUNK_ROWS), self->chunk->data, size, error))
        return false;
    }
  return true;
}

static bool
save_all (IsthProject          *self,
          const IsthSavedFacts *saved,
          IsthFacts            *facts,
          bool                  all,
          GError              **error)
{
  IsthFactsView view = isth_facts_view (facts);

  if (!save_capture (self, saved->capture, isth_facts_get_capture (facts), error)
      || !save_histogram (self, saved->capture, isth_facts_get_histogram (facts), error)
      || !save_pieces (self, &isth_string_table, saved->capture, saved->n_strings, view.n_strings, facts, get_string, error)
      || !save_pieces (self, &isth_bytes_table, saved->capture, saved->n_blobs, view.n_blobs, facts, get_bytes, error))
    return false;
  for (int i = 0; i < ISTH_N_TABLES; i++)
    if (!save_rows (self, &isth_fact_tables[i], saved->capture, facts, all, error))
      return false;
  return true;
}

/* All chunks of a capture out of one table. */
static bool
forget_chunks (IsthProject *self,
               const char  *sql,
               int64_t      capture,
               GError     **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, sql, error);

  return statement
         && finish (self, statement,
                    sqlite3_bind_int64 (statement, 1, isth_chunk_key (capture, 0)) == SQLITE_OK
                      && sqlite3_bind_int64 (statement, 2, isth_chunk_key (capture + 1, 0)) == SQLITE_OK,
                    error);
}

static bool
forget_all (IsthProject *self,
            int64_t      capture,
            GError     **error)
{
  static const char *const others[] = {
    "DELETE FROM capture WHERE capture = ?1", "DELETE FROM capture_text WHERE capture = ?1",
    "DELETE FROM histogram WHERE capture = ?1", "DELETE FROM offset_index WHERE capture = ?1",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (others); i++)
    if (!forget (self, others[i], capture, error))
      return false;
  for (int i = 0; i < ISTH_N_TABLES; i++)
    if (!forget_chunks (self, isth_fact_tables[i].forget, capture, error))
      return false;
  return forget_chunks (self, isth_string_table.forget, capture, error) && forget_chunks (self, isth_bytes_table.forget, capture, error);
}

bool
isth_project_replace_facts (IsthProject *self,
                            IsthFacts   *old,
                            IsthFacts   *facts,
                            GError     **error)
{
  const IsthSavedFacts *gone = old ? g_hash_table_lookup (self->saved, old) : NULL;
  IsthSavedFacts *before = g_hash_table_lookup (self->saved, facts);
  IsthSavedFacts saved = before ? *before : (IsthSavedFacts) { self->next_capture, 1, 1 };
  IsthFactsView view;

  if (!before && ((!gone && g_hash_table_size (self->saved) >= ISTH_LIMIT_CAPTURES) || self->next_capture > ISTH_PROJECT_CAPTURES))
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT,
                   _("“%s” holds %d captures, and there is no room for more. Begin another project."), self->path,
                   ISTH_LIMIT_CAPTURES);
      return false;
    }
  isth_facts_drop_provisional (facts);
  if (!isth_project_begin (self, error)
      || !isth_project_end (self, (!gone || forget_all (self, gone->capture, error)) && save_all (self, &saved, facts, !before, error), error))
    return false;
  if (gone)
    g_hash_table_remove (self->saved, old);

  sqlite3_db_release_memory (self->db); /* its pages: what comes next mostly needs the room */
  isth_facts_clear_dirty (facts);
  view = isth_facts_view (facts);
  saved.n_strings = view.n_strings;
  saved.n_blobs = view.n_blobs;
  if (!before)
    self->next_capture++;
  g_hash_table_replace (self->saved, isth_facts_ref (facts), g_memdup2 (&saved, sizeof saved));
  return true;
}

bool
isth_project_save_facts (IsthProject *self,
                         IsthFacts   *facts,
                         GError     **error)
{
  return isth_project_replace_facts (self, NULL, facts, error);
}

bool
isth_project_remove_facts (IsthProject *self,
                           IsthFacts   *facts,
                           GError     **error)
{
  IsthSavedFacts *saved = g_hash_table_lookup (self->saved, facts);

  if (!saved)
    return true; /* it never was in the file */
  if (!isth_project_begin (self, error) || !isth_project_end (self, forget_all (self, saved->capture, error), error))
    return false;
  g_hash_table_remove (self->saved, facts);
  return true;
}
