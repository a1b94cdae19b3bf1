/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts out of the file. Nothing in it is believed: each value must fit its member, each row its place and its references. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/error.h"
#include "analysis/project/project-columns.h"

/* Isthmus's own words (health figures) may come on top of the ceiling on strings. */
#define OWN_WORDS 4096

static bool
damaged (IsthProject  *self,
         sqlite3_stmt *statement,
         const char   *what,
         GError      **error)
{
  sqlite3_reset (statement);
  return isth_project_damaged (self->path, what, error);
}

/* A statement over the rows of one capture. */
static sqlite3_stmt *
rows_of (IsthProject *self,
         const char  *sql,
         int64_t      capture,
         GError     **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, sql, error);

  if (statement)
    sqlite3_bind_int64 (statement, 1, capture);
  return statement;
}

/* Over the bytes of the chunk that @statement stands on. */
static IsthCursor
cursor_on (sqlite3_stmt *statement)
{
  const void *bytes = sqlite3_column_blob (statement, 1);
  uint32_t n = (uint32_t) sqlite3_column_bytes (statement, 1);

  return isth_cursor_new (bytes, n, n);
}

/* Ends a loop over rows: whether it came to its end without an error. */
static bool
finish (GError *local,
        GError **error)
{
  if (!local)
    return true;
  g_propagate_error (error, local);
  return false;
}

/* A statement over the chunks of one capture. */
static sqlite3_stmt *
chunks_of (IsthProject *self,
           const char  *sql,
           int64_t      capture,
           GError     **error)
{
  sqlite3_stmt *statement = rows_of (self, sql, isth_chunk_key (capture, 0), error);

  if (statement)
    sqlite3_bind_int64 (statement, 2, isth_chunk_key (capture + 1, 0));
  return statement;
}

static bool
load_string (IsthFacts     *facts,
             const uint8_t *data,
             uint32_t       n,
             uint32_t       id)
{
  char text[ISTH_LIMIT_TEXT];

  if (id >= ISTH_LIMIT_FACTS + OWN_WORDS || n >= sizeof text || !g_utf8_validate_len ((const char *) data, n, NULL))
    return false;
  memcpy (text, data, n);
  text[n] = '\0';
  return isth_facts_intern (facts, text) == id;
}

static bool
load_evidence (IsthFacts     *facts,
               const uint8_t *data,
               uint32_t       n,
               uint32_t       id)
{
  return n <= ISTH_LIMIT_EVIDENCE && isth_facts_add_bytes (facts, data, n) == id;
}

/* Pieces in the order of their numbers, from 1 on; every chunk but the last is full. */
static bool
load_pieces (IsthProject          *self,
             const IsthPieceTable *table,
             int64_t               capture,
             IsthFacts            *facts,
             bool                (*load) (IsthFacts *facts, const uint8_t *data, uint32_t n, uint32_t id),
             GError              **error)
{
  sqlite3_stmt *statement = chunks_of (self, table->select, capture, error);
  GError *local = NULL;
  uint32_t id = 1;

  if (!statement)
    return false;
  for (uint32_t number = 0; isth_project_next (self, statement, &local); number++)
    {
      IsthCursor c = cursor_on (statement);
      uint8_t n = isth_cursor_u8 (&c);
      bool fine = sqlite3_column_int64 (statement, 0) == isth_chunk_key (capture, number) && n > 0
                  && id == MAX (number * ISTH_CHUNK_ROWS, 1) && id + n <= (number + 1) * ISTH_CHUNK_ROWS;

      for (uint8_t i = 0; i < n && fine; i++, id++)
        {
          uint32_t length;
          const uint8_t *data = isth_chunk_next_piece (&c, &length);

          fine = data && load (facts, data, length, id);
        }
      if (!fine || isth_cursor_left (&c) > 0)
        return damaged (self, statement, _("a text, or the bytes of an evidence, are wrong"), error);
    }
  return finish (local, error);
}

/* Health rows are counted, not loaded: the words must then give the very row that was saved. */
static bool
load_health (IsthFacts            *facts,
             const IsthFactHealth *row)
{
  IsthFactsView view = isth_facts_view (facts);
  uint32_t n = view.n_health;

  if (row->group >= view.n_strings || row->what >= view.n_strings)
    return false;
  isth_facts_count_health (facts, isth_facts_string (facts, row->group), isth_facts_string (facts, row->what), row->count);
  return isth_facts_view (facts).n_health == n + 1;
}

static bool
load_row (IsthFacts     *facts,
          IsthFactsTable table,
          const void    *row)
{
  switch (table)
    {
    case ISTH_TABLE_STATIONS:
      return isth_facts_load_station (facts, row);
    case ISTH_TABLE_CONVERSATIONS:
      return isth_facts_load_conversation (facts, row);
    case ISTH_TABLE_CLAIMS:
      return isth_facts_load_claim (facts, row);
    case ISTH_TABLE_BINDINGS:
      return isth_facts_load_binding (facts, row);
    case ISTH_TABLE_ROLES:
      return isth_facts_load_role (facts, row);
    case ISTH_TABLE_NEIGHBOURS:
      return isth_facts_load_neighbour (facts, row);
    case ISTH_TABLE_OPERATIONS:
      return isth_facts_load_operation (facts, row);
    case ISTH_TABLE_EVENTS:
      return isth_facts_load_event (facts, row);
    case ISTH_TABLE_TRANSFERS:
      return isth_facts_load_transfer (facts, row);
    case ISTH_TABLE_SESSIONS:
      return isth_facts_load_session (facts, row);
    case ISTH_TABLE_REMARKS:
      return isth_facts_load_remark (facts, row);
    case ISTH_TABLE_HEALTH:
      return load_health (facts, row);
    case ISTH_N_TABLES:
      break;
    }
  return false;
}

static bool
load_rows (IsthProject         *self,
           const IsthFactTable *table,
           int64_t              capture,
           IsthFacts           *facts,
           GError             **error)
{
  sqlite3_stmt *statement = chunks_of (self, table->select, capture, error);
  GError *local = NULL;
  uint32_t before = ISTH_CHUNK_ROWS;

  if (!statement)
    return false;
  for (uint32_t number = 0; isth_project_next (self, statement, &local); number++)
    {
      IsthChunkRows rows;
      uint32_t n = isth_chunk_unpack (table, sqlite3_column_blob (statement, 1), (size_t) sqlite3_column_bytes (statement, 1), &rows);
      bool fine = n > 0 && before == ISTH_CHUNK_ROWS && sqlite3_column_int64 (statement, 0) == isth_chunk_key (capture, number);

      for (uint32_t i = 0; i < n && fine; i++)
        fine = load_row (facts, table->table, (const uint8_t *) &rows + (size_t) i * table->size);
      if (!fine)
        return damaged (self, statement, _("a fact contradicts the others"), error);
      before = n;
    }
  return finish (local, error);
}

static bool
load_texts (IsthProject *self,
            int64_t      capture,
            const char  *kind,
            char      ***texts,
            GError     **error)
{
  sqlite3_stmt *statement = rows_of (self, "SELECT text FROM capture_text WHERE capture = ?1 AND kind = ?2 ORDER BY row", capture,
                                     error);
  g_autoptr(GPtrArray) array = g_ptr_array_new_with_free_func (g_free);
  GError *local = NULL;

  if (!statement)
    return false;
  sqlite3_bind_text (statement, 2, kind, -1, SQLITE_STATIC);
  while (isth_project_next (self, statement, &local))
    {
      const char *text = (const char *) sqlite3_column_text (statement, 0);

      g_ptr_array_add (array, g_utf8_make_valid (text ? text : "", -1));
    }
  g_ptr_array_add (array, NULL);
  *texts = (char **) g_ptr_array_steal (array, NULL);
  return finish (local, error);
}

static bool
load_histogram (IsthProject   *self,
                int64_t        capture,
                IsthHistogram *to,
                GError       **error)
{
  sqlite3_stmt *statement = rows_of (self, "SELECT start, shift, frames, bytes FROM histogram WHERE capture = ?1", capture, error);
  GError *local = NULL;

  if (!statement)
    return false;
  if (!isth_project_next (self, statement, &local))
    return finish (local, error);
  if (sqlite3_column_bytes (statement, 2) != sizeof to->frames || sqlite3_column_bytes (statement, 3) != sizeof to->bytes
      || sqlite3_column_int64 (statement, 1) < 27 || sqlite3_column_int64 (statement, 1) > 63)
    return damaged (self, statement, _("a histogram is wrong"), error);
  to->used = true;
  to->start = sqlite3_column_int64 (statement, 0);
  to->shift = (uint8_t) sqlite3_column_int (statement, 1);
  memcpy (to->frames, sqlite3_column_blob (statement, 2), sizeof to->frames);
  memcpy (to->bytes, sqlite3_column_blob (statement, 3), sizeof to->bytes);
  for (int i = 0; i < ISTH_HISTOGRAM_BUCKETS; i++)
    {
      to->frames[i] = GUINT64_FROM_LE (to->frames[i]);
      to->bytes[i] = GUINT64_FROM_LE (to->bytes[i]);
    }
  sqlite3_reset (statement);
  /* Bucket numbers are times shifted right; anything larger would overflow when shifted back. */
  if (to->start != (int64_t) ((uint64_t) to->start << to->shift) >> to->shift)
    return isth_project_damaged (self->path, _("a histogram is wrong"), error);
  return true;
}

/* The numbers of the capture row that @statement stands on. */
static void
read_capture (sqlite3_stmt    *statement,
              IsthFactCapture *to)
{
  uint64_t *const numbers[] = { &to->fingerprint, &to->size, &to->frames, &to->bytes, &to->cut_frames, &to->dropped, &to->damaged };
  bool *const flags[] = { &to->dropped_known, &to->truncated, &to->complete };

  to->path = g_strdup ((const char *) sqlite3_column_text (statement, 1));
  to->sha256 = g_strdup ((const char *) sqlite3_column_text (statement, 2));
  to->format = g_strdup ((const char *) sqlite3_column_text (statement, 3));
  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++)
    *numbers[i] = (uint64_t) sqlite3_column_int64 (statement, 4 + (int) i);
  for (size_t i = 0; i < G_N_ELEMENTS (flags); i++)
    *flags[i] = sqlite3_column_int (statement, 11 + (int) i) != 0;
  to->first = sqlite3_column_int64 (statement, 14);
  to->last = sqlite3_column_int64 (statement, 15);
}

static bool
load_contents (IsthProject *self,
               int64_t      capture,
               IsthFacts   *facts,
               GError     **error)
{
  IsthFactCapture *to = isth_facts_get_capture (facts);
  IsthFactsView view;

  if (!load_texts (self, capture, "link-type", &to->link_types, error) || !load_texts (self, capture, "note", &to->notes, error)
      || !load_histogram (self, capture, isth_facts_get_histogram (facts), error)
      || !isth_project_load_offsets (self, capture, &to->offsets, error)
      || !load_pieces (self, &isth_string_table, capture, facts, load_string, error)
      || !load_pieces (self, &isth_bytes_table, capture, facts, load_evidence, error))
    return false;
  for (int i = 0; i < ISTH_N_TABLES; i++)
    if (!load_rows (self, &isth_fact_tables[i], capture, facts, error))
      return false;
  isth_facts_clear_dirty (facts);
  view = isth_facts_view (facts);
  g_hash_table_replace (self->saved, isth_facts_ref (facts),
                        g_memdup2 (&(IsthSavedFacts) { capture, view.n_strings, view.n_blobs }, sizeof (IsthSavedFacts)));
  return true;
}

GPtrArray *
isth_project_read_facts (IsthProject *self,
                         GError     **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) isth_facts_unref);
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (int64_t));
  sqlite3_stmt *statement = isth_project_prepare (self, "SELECT * FROM capture ORDER BY capture", error);
  GError *local = NULL;

  if (!statement)
    return NULL;
  g_hash_table_remove_all (self->saved);
  while (isth_project_next (self, statement, &local))
    {
      int64_t number = sqlite3_column_int64 (statement, 0);
      IsthFacts *facts = isth_facts_new ();

      g_ptr_array_add (all, facts);
      g_array_append_val (numbers, number);
      read_capture (statement, isth_facts_get_capture (facts));
      if (number < 1 || number > ISTH_PROJECT_CAPTURES)
        {
          damaged (self, statement, _("a capture has an impossible number"), error);
          return NULL;
        }
      if (all->len > ISTH_LIMIT_CAPTURES)
        {
          damaged (self, statement, _("it holds too many captures"), error);
          return NULL;
        }
    }
  if (!finish (local, error))
    return NULL;
  for (guint i = 0; i < all->len; i++)
    if (!load_contents (self, g_array_index (numbers, int64_t, i), all->pdata[i], error))
      return NULL;
  return g_steal_pointer (&all);
}
