/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projects of earlier versions open with all that is in them, once and for all; or are refused, and stay what they were. */
#include <glib/gstdio.h>
#include <string.h>

#include "analysis/base/error.h"
#include "analysis/project/project-columns.h"
#include "tests/helpers/facts-text.h"
#include "tests/project/desk.h"

static void
run (sqlite3_stmt *statement)
{
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_reset (statement);
}

/* An INSERT of one row, its first two values bound later; free with sqlite3_finalize(). */
static sqlite3_stmt *
prepare_insert (sqlite3    *db,
                const char *table,
                int         n_values)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;

  g_string_printf (sql, "INSERT INTO %s VALUES (?", table);
  for (int i = 1; i < n_values; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql->str, -1, &statement, NULL), ==, SQLITE_OK);
  return statement;
}

static void
bind_member (sqlite3_stmt     *statement,
             int               parameter,
             const IsthColumn *column,
             const uint8_t    *member)
{
  switch ((IsthColumnKind) column->kind)
    {
    case ISTH_COLUMN_U8:
    case ISTH_COLUMN_BOOL:
      sqlite3_bind_int (statement, parameter, *member);
      break;
    case ISTH_COLUMN_U16:
      sqlite3_bind_int (statement, parameter, *(const uint16_t *) member);
      break;
    case ISTH_COLUMN_U32:
      sqlite3_bind_int64 (statement, parameter, *(const uint32_t *) member);
      break;
    case ISTH_COLUMN_U64:
    case ISTH_COLUMN_I64:
      sqlite3_bind_int64 (statement, parameter, *(const int64_t *) member);
      break;
    case ISTH_COLUMN_ADDRESS:
      isth_column_bind_address (statement, parameter, (const IsthAddress *) member);
      break;
    case ISTH_COLUMN_START:
      sqlite3_bind_int64 (statement, parameter, ((const IsthActivity *) member)->start);
      break;
    case ISTH_COLUMN_SHIFT:
      sqlite3_bind_int (statement, parameter, ((const IsthActivity *) member)->shift);
      break;
    case ISTH_COLUMN_ATTRIBUTE:
      sqlite3_bind_text (statement, parameter, isth_attribute_name (*member), -1, SQLITE_STATIC);
      break;
    case ISTH_COLUMN_VERB:
      sqlite3_bind_text (statement, parameter, isth_op_name (*member), -1, SQLITE_STATIC);
      break;
    case ISTH_COLUMN_OUTCOME:
      sqlite3_bind_text (statement, parameter, isth_outcome_name (*member), -1, SQLITE_STATIC);
      break;
    case ISTH_COLUMN_TRANSFER:
      sqlite3_bind_text (statement, parameter, isth_transfer_state_name (*member), -1, SQLITE_STATIC);
      break;
    case ISTH_COLUMN_REMARK:
    case ISTH_COLUMN_END:
      g_assert_not_reached ();
    }
}

/* As many columns as the old table had. */
static void
insert_rows (sqlite3             *db,
             const char          *name,
             const IsthFactTable *table,
             const void          *rows,
             uint32_t             n)
{
  g_autofree char *query = g_strdup_printf ("SELECT * FROM %s", name);
  sqlite3_stmt *columns = NULL, *statement;
  int n_columns;

  g_assert_cmpint (sqlite3_prepare_v2 (db, query, -1, &columns, NULL), ==, SQLITE_OK);
  n_columns = sqlite3_column_count (columns);
  sqlite3_finalize (columns);
  statement = prepare_insert (db, name, n_columns);
  for (uint32_t row = 0; row < n; row++)
    {
      sqlite3_bind_int (statement, 1, 1);
      sqlite3_bind_int64 (statement, 2, row);
      for (int i = 0; i + 2 < n_columns; i++)
        bind_member (statement, i + 3, &table->columns[i], (const uint8_t *) rows + (size_t) row * table->size + table->columns[i].offset);
      run (statement);
    }
  sqlite3_finalize (statement);
}

static void
insert_pieces (sqlite3         *db,
               const IsthFacts *facts)
{
  IsthFactsView view = isth_facts_view (facts);
  sqlite3_stmt *string = prepare_insert (db, "string", 3), *bytes = prepare_insert (db, "bytes", 3);

  for (uint32_t i = 1; i < view.n_strings; i++)
    {
      sqlite3_bind_int (string, 1, 1);
      sqlite3_bind_int64 (string, 2, i);
      sqlite3_bind_text (string, 3, isth_facts_string (facts, i), -1, SQLITE_STATIC);
      run (string);
    }
  for (uint32_t i = 1; i < view.n_blobs; i++)
    {
      uint32_t n;
      const uint8_t *data = isth_facts_bytes (facts, i, &n);

      sqlite3_bind_int (bytes, 1, 1);
      sqlite3_bind_int64 (bytes, 2, i);
      sqlite3_bind_blob (bytes, 3, data, (int) n, SQLITE_STATIC);
      run (bytes);
    }
  sqlite3_finalize (string);
  sqlite3_finalize (bytes);
}

/* A project of @version that holds @facts, of the capture itself only its number. */
static void
make_old (const char      *path,
          int              version,
          const IsthFacts *facts)
{
  IsthFactsView view = isth_facts_view (facts);
  g_autofree IsthStation *stations = g_new (IsthStation, view.n_stations);
  const struct
  {
    const char *name;
    const void *rows;
    uint32_t n;
  } tables[ISTH_N_TABLES] = {
    { "station", stations, view.n_stations },     { "conversation", view.conversations, view.n_conversations },
    { "claim", view.claims, view.n_claims },           { "binding", view.bindings, view.n_bindings },
    { "role", view.roles, view.n_roles },              { "neighbour", view.neighbours, view.n_neighbours },
    { "operation", view.operations, view.n_operations }, { "event", view.events, view.n_events },
    { "transfer", view.transfers, view.n_transfers },  { NULL, NULL, 0 },
    { NULL, NULL, 0 },                                 { "health", view.health, view.n_health },
  };
  sqlite3 *db = NULL;

  for (uint32_t i = 0; i < view.n_stations; i++)
    stations[i] = isth_facts_view_station (&view, i);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA application_id = " G_STRINGIFY (ISTH_PROJECT_APPLICATION_ID) "; BEGIN", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (isth_project_make_version (db, version), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "INSERT INTO capture VALUES (1, 'a', 'b', 'pcap', 1, 2, 3, 4, 5, 6, 7, 0, 1, 1, 8, 9);"
                                     "INSERT INTO edit VALUES (1, NULL, x'0a000001', 0, '', 'name', 'Mixer', 'Ada', 5)", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  insert_pieces (db, facts);
  for (int i = 0; i < ISTH_N_TABLES; i++)
    if (tables[i].name && (version >= 3 || !g_str_equal (tables[i].name, "transfer")))
      insert_rows (db, tables[i].name, &isth_fact_tables[i], tables[i].rows, tables[i].n);
  g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* What versions before 5 did not know is not in @rows then: sessions, and how often and how long neighbours were told. */
static char *
cut_rows (const char *rows)
{
  g_auto(GStrv) lines = g_strsplit (rows, "\n", 0);
  GString *text = g_string_new (NULL);

  for (char **line = lines; *line && **line; line++)
    {
      char *told = g_str_has_prefix (*line, "neighbour ") ? g_strrstr (*line, " n") : NULL;

      if (told)
        *told = '\0';
      if (!g_str_has_prefix (*line, "session ") && !g_str_has_prefix (*line, "remark "))
        g_string_append_printf (text, "%s\n", *line);
    }
  return g_string_free (text, FALSE);
}

static char *
old_rows (const IsthFacts *facts)
{
  g_autofree char *rows = isth_test_facts_rows (facts);

  return cut_rows (rows);
}

/* Rows that make all chunks but the last full, and exactly so. */
static void
test_versions (Desk         *f,
               gconstpointer data)
{
  static const uint32_t sizes[] = { 0, 1, 63, 64, 65, 3000 };

  for (int version = 1; version <= 3; version++)
    for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        g_autoptr(IsthFacts) facts = desk_random_facts (sizes[i]);
        g_autofree char *expected = NULL, *found = NULL, *read = NULL, *again = NULL;
        g_autoptr(IsthProject) self = NULL;
        g_autoptr(IsthWorld) world = isth_world_new ();
        g_autoptr(GError) error = NULL;
        int now = 0;

        make_old (f->path, version, facts);
        self = desk_open (f->path);
        g_assert_true (isth_project_read_version (self, &now, NULL));
        g_assert_cmpint (now, ==, isth_project_version);
        g_assert_true (isth_project_load (self, world, &error));
        g_assert_cmpuint (isth_world_get_facts (world)->len, ==, 1);
        g_assert_cmpstr (isth_facts_get_capture (isth_world_get_facts (world)->pdata[0])->path, ==, "a");
        isth_fact_capture_clear (isth_facts_get_capture (facts));
        *isth_facts_get_capture (facts) = *isth_facts_get_capture (isth_world_get_facts (world)->pdata[0]);
        *isth_facts_get_histogram (facts) = (IsthHistogram) { 0 };
        expected = old_rows (facts);
        *isth_facts_get_capture (facts) = (IsthFactCapture) { 0 };
        found = old_rows (isth_world_get_facts (world)->pdata[0]);
        g_assert_cmpstr (found, ==, expected);
        g_clear_pointer (&self, isth_project_free);
        read = desk_read_file (f->path);
        again = cut_rows (read);
        g_assert_cmpstr (again, ==, expected);
        g_assert_true (g_unlink (f->path) == 0);
      }
}

/* Version 4 had the chunks and no sessions. */
static void
test_chunks (Desk         *f,
             gconstpointer data)
{
  g_autoptr(IsthFacts) facts = desk_random_facts (700);
  g_autoptr(IsthProject) self = desk_create (f->path);
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *expected = old_rows (facts), *found = NULL;
  int version = 0;

  g_assert_true (isth_project_save_facts (self, facts, &error));
  g_clear_pointer (&self, isth_project_free);
  desk_run_sql (f->path, "DROP TABLE session; DROP TABLE remark; PRAGMA user_version = 4;");
  self = desk_open (f->path);
  g_assert_true (isth_project_read_version (self, &version, NULL));
  g_assert_cmpint (version, ==, isth_project_version);
  g_assert_true (isth_project_load (self, world, &error));
  found = old_rows (isth_world_get_facts (world)->pdata[0]);
  g_assert_cmpstr (found, ==, expected);
}

/* Values that no Isthmus writes, in a file that SQLite finds sound. Refused on opening, or when what they refer to is looked at. */
static const char *const lies[] = {
  "UPDATE station SET mac = x'00' WHERE row = 0",
  "UPDATE station SET mac = NULL, ip = NULL WHERE row = 0",
  "UPDATE station SET activity_shift = 200 WHERE row = 0",
  "UPDATE station SET flags = 1000 WHERE row = 0",
  "UPDATE station SET row = 1000000 WHERE row = 0",
  "UPDATE conversation SET server = 4294967295 WHERE row = 0",
  "UPDATE claim SET attribute = 'colour' WHERE row = 0",
  "UPDATE claim SET bytes = -1 WHERE row = 0",
  "UPDATE operation SET verb = '' WHERE row = 0",
  "UPDATE operation SET name = 99999 WHERE row = 0",
  "UPDATE event SET operation = 99999 WHERE row = 0",
  "UPDATE event SET outcome = 'maybe' WHERE row = 0",
  "UPDATE health SET what = 99999 WHERE row = 0",
  "UPDATE string SET text = 'modbus'",
  "UPDATE string SET text = '' WHERE row = 1",
  "UPDATE string SET text = CAST (x'ff' AS TEXT) WHERE row = 1",
  "UPDATE string SET text = 'a' || char (0) || 'b' WHERE row = 1",
  "UPDATE string SET text = hex (zeroblob (1000)) WHERE row = 1",
  "UPDATE bytes SET data = zeroblob (1000) WHERE row = 1",
  "DELETE FROM bytes WHERE row = 1",
  "UPDATE capture SET capture = 4294967296",
};

static void
test_lies (Desk         *f,
           gconstpointer data)
{
  g_autoptr(IsthFacts) facts = desk_random_facts (500);
  g_autofree char *good = g_strconcat (f->path, ".good", NULL);
  g_autofree char *bytes = NULL;
  gsize n;

  make_old (good, 3, facts);
  g_assert_true (g_file_get_contents (good, &bytes, &n, NULL));
  for (size_t i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr(IsthProject) self = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *before = NULL, *after = NULL;
      gsize n_before, n_after;

      g_assert_true (g_file_set_contents (f->path, bytes, (gssize) n, NULL));
      desk_run_sql (f->path, lies[i]);
      g_assert_true (g_file_get_contents (f->path, &before, &n_before, NULL));
      self = isth_project_open (f->path, &error);
      g_assert_true (!self || !isth_project_read_facts (self, &error));
      g_assert_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT);
      g_assert_nonnull (strstr (error->message, "damaged"));
      g_assert_true (g_file_get_contents (f->path, &after, &n_after, NULL));
      if (!self)
        g_assert_cmpmem (before, n_before, after, n_after);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  DESK_TEST ("/project-old/versions", test_versions);
  DESK_TEST ("/project-old/chunks", test_chunks);
  DESK_TEST ("/project-old/lies", test_lies);
  return g_test_run ();
}
