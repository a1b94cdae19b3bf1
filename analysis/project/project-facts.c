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

/* Strings and bytes from @saved on; number 0 is in every facts and never stored. */
static bool
save_pieces (IsthProject          *self,
             const IsthSavedFacts *saved,
             const IsthFacts      *facts,
             GError              **error)
{
  IsthFactsView view = isth_facts_view (facts);
  sqlite3_stmt *text = isth_project_prepare (self, "INSERT INTO string VALUES (?1, ?2, ?3)", error);
  sqlite3_stmt *data = text ? isth_project_prepare (self, "INSERT INTO bytes VALUES (?1, ?2, ?3)", error) : NULL;

  if (!data)
    return false;
  for (uint32_t i = saved->n_strings; i < view.n_strings; i++)
    if (!finish (self, text, bind_row (text, saved->capture, i) && bind_text (text, 3, isth_facts_string (facts, i)), error))
      return false;
  for (uint32_t i = saved->n_blobs; i < view.n_blobs; i++)
    {
      uint32_t n;
      const uint8_t *bytes = isth_facts_bytes (facts, i, &n);

      if (!finish (self, data,
                   bind_row (data, saved->capture, i)
                     && sqlite3_bind_blob (data, 3, bytes, (int) n, SQLITE_STATIC) == SQLITE_OK, error))
        return false;
    }
  return true;
}

/* The rows of one table, and how many. */
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
    [ISTH_TABLE_HEALTH] = { view->health, view->n_health },
  };

  *n = tables[table].n;
  return tables[table].rows;
}

/* @all: also the rows that have not changed, because none of them is in the file. */
static bool
save_rows (IsthProject         *self,
           const IsthFactTable *table,
           int64_t              capture,
           const IsthFacts     *facts,
           bool                 all,
           GError             **error)
{
  IsthFactsView view = isth_facts_view (facts);
  sqlite3_stmt *statement = isth_project_prepare (self, table->replace, error);
  uint32_t n;
  const uint8_t *rows = view_rows (&view, table->table, &n);

  if (!statement)
    return false;
  for (uint32_t row = 0; row < n; row++)
    if (all || isth_facts_is_dirty (facts, table->table, row))
      if (!finish (self, statement,
                   bind_row (statement, capture, row)
                     && isth_columns_bind (table, statement, rows + (size_t) row * table->size) == SQLITE_OK, error))
        return false;
  return true;
}

static bool
save_all (IsthProject          *self,
          const IsthSavedFacts *saved,
          IsthFacts            *facts,
          bool                  all,
          GError              **error)
{
  if (!save_capture (self, saved->capture, isth_facts_get_capture (facts), error)
      || !save_histogram (self, saved->capture, isth_facts_get_histogram (facts), error)
      || !save_pieces (self, saved, facts, error))
    return false;
  for (int i = 0; i < ISTH_N_TABLES; i++)
    if (!save_rows (self, &isth_fact_tables[i], saved->capture, facts, all, error))
      return false;
  return true;
}

static bool
forget_all (IsthProject *self,
            int64_t      capture,
            GError     **error)
{
  static const char *const others[] = {
    "DELETE FROM capture WHERE capture = ?1", "DELETE FROM capture_text WHERE capture = ?1",
    "DELETE FROM histogram WHERE capture = ?1", "DELETE FROM offset_index WHERE capture = ?1", "DELETE FROM string WHERE capture = ?1", "DELETE FROM bytes WHERE capture = ?1",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (others); i++)
    if (!forget (self, others[i], capture, error))
      return false;
  for (int i = 0; i < ISTH_N_TABLES; i++)
    if (!forget (self, isth_fact_tables[i].forget, capture, error))
      return false;
  return true;
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

  if (!before && !gone && g_hash_table_size (self->saved) >= ISTH_LIMIT_CAPTURES)
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
