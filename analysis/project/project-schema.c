/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a project and the way from each version to the next. A file whose tables are not exactly ours is refused: it
 * is damaged, or somebody put triggers and views into it. */
#include <glib/gi18n-lib.h>

#include "analysis/base/error.h"
#include "analysis/project/project-private.h"

#define ACTIVITY "activity_start INTEGER NOT NULL, activity_bits INTEGER NOT NULL, activity_shift INTEGER NOT NULL"
#define EVIDENCE \
  "frame INTEGER NOT NULL, time INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL, bytes INTEGER NOT NULL"
#define ROW "capture INTEGER NOT NULL, row INTEGER NOT NULL"
#define END "PRIMARY KEY (capture, row)) STRICT, WITHOUT ROWID;"

#define RENAME(name) "ALTER TABLE " name " RENAME TO old_" name ";"
#define CHUNKS(name) "CREATE TABLE " name " (chunk INTEGER PRIMARY KEY, rows BLOB NOT NULL) STRICT;"
#define DROP(name) "DROP TABLE old_" name ";"
#define EACH_KIND(what) \
  what ("string") what ("bytes") what ("station") what ("conversation") what ("claim") what ("binding") what ("role") \
  what ("neighbour") what ("operation") what ("event") what ("transfer") what ("health")

/* migrations[n] leads from version n to n + 1, and is never changed once released: first the SQL, then what only a program can do,
 * then the rest. The columns of facts in versions 1 to 3 are the members of their structures, in order; numbers of 64 bits without
 * sign are stored with one. */
static const struct
{
  const char *sql;
  bool (*convert) (IsthProject *self, GError **error);
  const char *rest;
} migrations[] = {
  {
  "CREATE TABLE capture (capture INTEGER PRIMARY KEY, path TEXT, sha256 TEXT, format TEXT, fingerprint INTEGER NOT NULL,"
  " size INTEGER NOT NULL, frames INTEGER NOT NULL, bytes INTEGER NOT NULL, cut_frames INTEGER NOT NULL,"
  " dropped INTEGER NOT NULL, damaged INTEGER NOT NULL, dropped_known INTEGER NOT NULL, truncated INTEGER NOT NULL,"
  " complete INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;"
  "CREATE TABLE capture_text (capture INTEGER NOT NULL, kind TEXT NOT NULL, row INTEGER NOT NULL, text TEXT NOT NULL,"
  " PRIMARY KEY (capture, kind, row)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE histogram (capture INTEGER PRIMARY KEY, start INTEGER NOT NULL, shift INTEGER NOT NULL,"
  " frames BLOB NOT NULL, bytes BLOB NOT NULL) STRICT;"
  "CREATE TABLE string (" ROW ", text TEXT NOT NULL, " END
  "CREATE TABLE bytes (" ROW ", data BLOB NOT NULL, " END
  "CREATE TABLE station (" ROW ", mac BLOB, ip BLOB, vlan INTEGER NOT NULL, flags INTEGER NOT NULL, ttl_min INTEGER NOT NULL,"
  " ttl_max INTEGER NOT NULL, child INTEGER NOT NULL, parent INTEGER NOT NULL, packets_sent INTEGER NOT NULL,"
  " packets_received INTEGER NOT NULL, bytes_sent INTEGER NOT NULL, bytes_received INTEGER NOT NULL,"
  " first INTEGER NOT NULL, last INTEGER NOT NULL, first_frame INTEGER NOT NULL, " ACTIVITY ", " END
  "CREATE TABLE conversation (" ROW ", client INTEGER NOT NULL, server INTEGER NOT NULL, protocol INTEGER NOT NULL,"
  " transport INTEGER NOT NULL, proof INTEGER NOT NULL, port INTEGER NOT NULL, client_packets INTEGER NOT NULL,"
  " server_packets INTEGER NOT NULL, client_bytes INTEGER NOT NULL, server_bytes INTEGER NOT NULL, flows INTEGER NOT NULL,"
  " first INTEGER NOT NULL, last INTEGER NOT NULL, " ACTIVITY ", " END
  "CREATE TABLE claim (" ROW ", station INTEGER NOT NULL, value INTEGER NOT NULL, protocol INTEGER NOT NULL,"
  " attribute TEXT NOT NULL, confidence INTEGER NOT NULL, count INTEGER NOT NULL, last INTEGER NOT NULL, " EVIDENCE ", " END
  "CREATE TABLE binding (" ROW ", station INTEGER NOT NULL, protocol INTEGER NOT NULL, count INTEGER NOT NULL,"
  " last INTEGER NOT NULL, " EVIDENCE ", " END
  "CREATE TABLE role (" ROW ", station INTEGER NOT NULL, role INTEGER NOT NULL, protocol INTEGER NOT NULL,"
  " count INTEGER NOT NULL, " EVIDENCE ", " END
  "CREATE TABLE neighbour (" ROW ", station INTEGER NOT NULL, other INTEGER NOT NULL, port INTEGER NOT NULL,"
  " protocol INTEGER NOT NULL, " EVIDENCE ", " END
  "CREATE TABLE operation (" ROW ", client INTEGER NOT NULL, server INTEGER NOT NULL, protocol INTEGER NOT NULL,"
  " name INTEGER NOT NULL, object INTEGER NOT NULL, verb TEXT NOT NULL, folded INTEGER NOT NULL, function INTEGER NOT NULL,"
  " count INTEGER NOT NULL, ok INTEGER NOT NULL, refused INTEGER NOT NULL, events INTEGER NOT NULL, first INTEGER NOT NULL,"
  " last INTEGER NOT NULL, " EVIDENCE ", " END
  "CREATE TABLE event (" ROW ", operation INTEGER NOT NULL, text INTEGER NOT NULL, outcome TEXT NOT NULL, " EVIDENCE ", " END
  "CREATE TABLE health (" ROW ", area INTEGER NOT NULL, what INTEGER NOT NULL, count INTEGER NOT NULL, " END
  /* What people said: never touched by reading a capture again. */
  "CREATE TABLE edit (id INTEGER PRIMARY KEY, mac BLOB, ip BLOB, vlan INTEGER NOT NULL, child TEXT NOT NULL,"
  " attribute TEXT NOT NULL, value TEXT NOT NULL, author TEXT NOT NULL, time INTEGER NOT NULL) STRICT;"
  "CREATE TABLE acknowledgement (alert INTEGER PRIMARY KEY, acknowledged INTEGER NOT NULL, author TEXT NOT NULL,"
  " time INTEGER NOT NULL) STRICT;"
  "CREATE TABLE decision (id INTEGER PRIMARY KEY, about TEXT NOT NULL, subject INTEGER NOT NULL, outcome TEXT NOT NULL,"
  " it_owner TEXT NOT NULL, ot_owner TEXT NOT NULL, due INTEGER, dissent TEXT NOT NULL, author TEXT NOT NULL,"
  " time INTEGER NOT NULL) STRICT;"
  "CREATE TABLE note (id INTEGER PRIMARY KEY, about TEXT NOT NULL, subject INTEGER NOT NULL, text TEXT NOT NULL,"
  " author TEXT NOT NULL, time INTEGER NOT NULL) STRICT;"
  "PRAGMA user_version = 1;" },
  /* Where the parts of each capture lie in its file, for finding a frame or a time window again. */
  { "CREATE TABLE offset_index (capture INTEGER PRIMARY KEY, step INTEGER NOT NULL, parts BLOB NOT NULL, blocks BLOB NOT NULL) STRICT;"
    "PRAGMA user_version = 2;" },
  /* Transfers of programs and files, and how often an operation comes again. */
  { "CREATE TABLE transfer (" ROW ", client INTEGER NOT NULL, server INTEGER NOT NULL, protocol INTEGER NOT NULL, object INTEGER NOT NULL,"
  " text INTEGER NOT NULL, verb TEXT NOT NULL, state TEXT NOT NULL, begun INTEGER NOT NULL, match INTEGER NOT NULL,"
  " steps INTEGER NOT NULL, carried INTEGER NOT NULL, total INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, "
  EVIDENCE ", " END
  "ALTER TABLE operation ADD COLUMN cycles INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE operation ADD COLUMN cycle_sum INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE operation ADD COLUMN cycle_squares INTEGER NOT NULL DEFAULT 0;"
    "PRAGMA user_version = 3;" },
  /* Facts in chunks of 64 rows (project-chunk.c). */
  { EACH_KIND (RENAME) EACH_KIND (CHUNKS), isth_project_convert_rows, EACH_KIND (DROP) "PRAGMA user_version = 4;" },
  /* Connections of remote access, and what was said in them. */
  { CHUNKS ("session") CHUNKS ("remark") "PRAGMA user_version = 5;" },
};

const int isth_project_version = G_N_ELEMENTS (migrations);

bool
isth_project_read_version (IsthProject *self,
                           int         *version,
                           GError     **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, "PRAGMA user_version", error);
  GError *local = NULL;

  if (!statement)
    return false;
  if (!isth_project_next (self, statement, &local))
    {
      g_propagate_error (error, local);
      return false;
    }
  *version = sqlite3_column_int (statement, 0);
  sqlite3_reset (statement);
  return true;
}

/* The columns of all that makes up a schema, as one text. */
static char *
schema_text (sqlite3    *db,
             const char *sql,
             int        *code)
{
  g_autoptr(GString) text = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;

  *code = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);
  while (*code == SQLITE_OK || *code == SQLITE_ROW)
    {
      *code = sqlite3_step (statement);
      for (int i = 0; *code == SQLITE_ROW && i < sqlite3_column_count (statement); i++)
        g_string_append_printf (text, "%s\n", (const char *) sqlite3_column_text (statement, i));
    }
  sqlite3_finalize (statement);
  return *code == SQLITE_DONE ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

#define WHOLE_SCHEMA "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name"
#define MAKE_SCHEMA "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"

int
isth_project_make_version (sqlite3 *db,
                           int      version)
{
  int code = SQLITE_OK;

  for (int i = 0; i < version && code == SQLITE_OK; i++)
    {
      code = sqlite3_exec (db, migrations[i].sql, NULL, NULL, NULL);
      if (code == SQLITE_OK && migrations[i].rest)
        code = sqlite3_exec (db, migrations[i].rest, NULL, NULL, NULL);
    }
  return code;
}

/* What @sql tells of the tables as they are when all migrations have been run, from an empty database in memory. */
static char *
expected_schema (const char *sql)
{
  sqlite3 *db = NULL;
  char *text = NULL;
  int code = sqlite3_open (":memory:", &db);

  if (code == SQLITE_OK)
    code = isth_project_make_version (db, isth_project_version);
  if (code == SQLITE_OK)
    text = schema_text (db, sql, &code);
  sqlite3_close (db);
  return text;
}

/* In a new file, at once: the tables that migrations make and drop again would leave it full of empty pages. */
static bool
make_schema (IsthProject *self,
             GError     **error)
{
  g_autofree char *tables = expected_schema (MAKE_SCHEMA);
  g_autofree char *sql = g_strdup_printf ("%s PRAGMA user_version = %d;", tables ? tables : "", isth_project_version);

  return isth_project_exec (self, sql, error);
}

static bool
run_migration (IsthProject *self,
               int          version,
               GError     **error)
{
  return isth_project_exec (self, migrations[version].sql, error)
         && (!migrations[version].convert || migrations[version].convert (self, error))
         && (!migrations[version].rest || isth_project_exec (self, migrations[version].rest, error));
}

static bool
check_schema (IsthProject *self,
              GError     **error)
{
  int code;
  g_autofree char *expected = expected_schema (WHOLE_SCHEMA);
  g_autofree char *found = schema_text (self->db, WHOLE_SCHEMA, &code);

  if (!found)
    return isth_project_fail (self, code, error);
  if (g_strcmp0 (expected, found) != 0)
    return isth_project_damaged (self->path, _("its tables are not those of a project"), error);
  return true;
}

bool
isth_project_migrate (IsthProject *self,
                      GError     **error)
{
  bool fine = true;
  int version;

  if (!isth_project_read_version (self, &version, error))
    return false;
  if (version < 0)
    return isth_project_damaged (self->path, _("its version is not a number that was ever used"), error);
  if (version == isth_project_version)
    return check_schema (self, error);

  /* All the way or not at all: a file that is refused stays what it was. */
  if (!isth_project_begin (self, error))
    return false;
  if (version == 0)
    {
      fine = make_schema (self, error);
      version = isth_project_version;
    }
  for (; fine && version < isth_project_version; version++)
    fine = run_migration (self, version, error);
  return isth_project_end (self, fine && check_schema (self, error), error);
}
