/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole path: "pipeline" takes any bytes as a capture through to the report, "project" a damaged project file. */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/isthmus.h"
#include "tests/fuzz/target.h"

#define LONGEST_SEED 12000

/* The report of @world, which must be text; freed with free(). */
static char *
make_report (IsthWorld *world)
{
  g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, isth_detect, world);
  char *text = NULL;
  size_t size;
  FILE *file = open_memstream (&text, &size);

  for (uint32_t i = 0; i < snapshot->n_links; i++)
    g_assert (isth_snapshot_get_asset (snapshot, snapshot->links[i]->from) && isth_snapshot_get_asset (snapshot, snapshot->links[i]->to));
  g_assert (isth_report_write_json (snapshot, file, NULL));
  fclose (file);
  g_assert (g_utf8_validate (text, (gssize) size, NULL));
  return text;
}

/* @publish: with a snapshot in the middle, as a running analysis makes them. */
static char *
read_capture (const uint8_t *data,
              size_t size,
              bool publish)
{
  g_autoptr(IsthSource) source = isth_source_open_memory (data, size, NULL);
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(IsthWorld) world = isth_world_new ();

  if (!source)
    return NULL;
  isth_world_add_facts (world, facts);
  isth_pipeline_begin (pipeline, source, facts);
  while (isth_pipeline_step (pipeline))
    if (publish)
      {
        isth_pipeline_publish (pipeline);
        free (make_report (world));
      }
  isth_pipeline_end (pipeline, true);
  return make_report (world);
}

/* A capture. What snapshots are made on the way must not show in the end. */
static void
run_pipeline (gconstpointer what,
              const uint8_t *data,
              size_t size)
{
  char *report = read_capture (data, size, false);

  if (report && size % 4 == 0)
    {
      char *again = read_capture (data, size, true);

      g_assert (strcmp (report, again) == 0);
      free (again);
    }
  free (report);
}

static void
seed_pipeline (gconstpointer what,
               GPtrArray *seeds)
{
  g_autoptr(GPtrArray) golden = isth_fuzz_golden ();

  for (guint i = 0; i < golden->len; i++)
    if (g_bytes_get_size (golden->pdata[i]) < LONGEST_SEED)
      g_ptr_array_add (seeds, g_bytes_ref (golden->pdata[i]));
}

/* A project that holds some golden captures and people's words, as its file's bytes. */
static gpointer
make_project (gpointer unused)
{
  g_autofree char *path = g_build_filename (isth_fuzz_scratch (), "sound.isthmus", NULL);
  g_autoptr(GPtrArray) golden = isth_fuzz_golden ();
  IsthProject *project = isth_project_create (path, NULL);
  IsthEdit edit = { .about = { .ip = isth_address_ipv4 ((const uint8_t *) "\12\0\0\2") }, .attribute = ISTH_ATTRIBUTE_NAME, .value = "Filler", .author = "me" };
  char *bytes;
  gsize size;

  g_assert (project != NULL);
  for (guint i = 0; i < golden->len; i += 3)
    {
      gsize n;
      const void *data = g_bytes_get_data (golden->pdata[i], &n);
      g_autoptr(IsthSource) source = isth_source_open_memory (data, n, NULL);
      g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
      g_autoptr(IsthFacts) facts = isth_facts_new ();

      isth_pipeline_run (pipeline, source, facts);
      g_assert (isth_project_save_facts (project, facts, NULL));
    }
  g_assert (isth_project_save_edit (project, &edit, NULL) && isth_project_save_acknowledged (project, 7, true, "me", 1, NULL));
  isth_project_free (project);
  g_assert (g_file_get_contents (path, &bytes, &size, NULL));
  g_unlink (path);
  return g_bytes_new_take (bytes, size);
}

static GBytes *
get_project (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_project, NULL);
}

/* Opens what lies at @path as the window does, and makes all of it that can be made. */
static void
use_project (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) project = isth_project_open (path, &error);
  g_autoptr(IsthWorld) world = isth_world_new ();
  IsthEdit edit = { .about = { .ip = isth_address_ipv4 ((const uint8_t *) "\12\0\0\1") }, .attribute = ISTH_ATTRIBUTE_NOTE, .value = "seen", .author = "me" };

  if (project && isth_project_load (project, world, &error))
    {
      free (make_report (world));
      isth_project_save_edit (project, &edit, &error);
    }
  if (error && !g_utf8_validate (error->message, -1, NULL))
    g_error ("not text: %s", error->message);
  g_assert (project || error);
}

/* Patches: three bytes of place and one of value each; a place behind the end cuts the file there, modulo its length. */
static void
patch (uint8_t *bytes,
       gsize *size,
       IsthCursor *c)
{
  gsize whole = *size;

  while (isth_cursor_left (c) >= 4)
    {
      uint32_t place = isth_cursor_be24 (c);
      uint8_t value = isth_cursor_u8 (c);

      if (place < whole)
        bytes[place] = value;
      else
        *size = place % whole;
    }
}

/* The columns of all tables: "table", "column" pairs. */
static GPtrArray *
list_columns (sqlite3 *db)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (db, "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info (m.name) c WHERE m.type = 'table' ORDER BY 1, c.cid", -1, &statement, NULL);
  while (sqlite3_step (statement) == SQLITE_ROW)
    for (int i = 0; i < 2; i++)
      g_ptr_array_add (columns, g_strdup ((const char *) sqlite3_column_text (statement, i)));
  sqlite3_finalize (statement);
  return columns;
}

static void
bind_value (sqlite3_stmt *statement,
            uint8_t kind,
            IsthCursor *c)
{
  uint32_t n = isth_cursor_u8 (c);

  n = MIN (n, isth_cursor_left (c));
  switch (kind % 4)
    {
    case 0:
      sqlite3_bind_int64 (statement, 1, (int8_t) isth_cursor_u8 (c));
      break;
    case 1:
      sqlite3_bind_int64 (statement, 1, (int64_t) isth_cursor_le64 (c));
      break;
    case 2:
      sqlite3_bind_text (statement, 1, (const char *) isth_cursor_bytes (c, n), (int) n, SQLITE_TRANSIENT);
      break;
    default:
      sqlite3_bind_blob (statement, 1, isth_cursor_bytes (c, n), (int) n, SQLITE_TRANSIENT);
    }
}

/* A sound file that says what was never so: words of a column, a row (255: all of them; 254: it is deleted), a kind of value and the value. */
static void
rewrite (const char *path,
         IsthCursor *c)
{
  g_autoptr(GPtrArray) columns = NULL;
  sqlite3 *db = NULL;

  g_assert (sqlite3_open (path, &db) == SQLITE_OK);
  sqlite3_exec (db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
  columns = list_columns (db);
  while (isth_cursor_left (c) >= 4)
    {
      guint i = isth_cursor_u8 (c) * 2u % columns->len;
      uint8_t row = isth_cursor_u8 (c), kind = isth_cursor_u8 (c);
      const char *table = columns->pdata[i], *column = columns->pdata[i + 1];
      g_autofree char *sql = NULL;
      sqlite3_stmt *statement = NULL;

      if (row == 255)
        sql = g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = ?1", table, column);
      else if (row == 254)
        sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE \"%s\" = ?1", table, column);
      else
        sql = g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = ?1 WHERE \"%s\" IN (SELECT \"%s\" FROM \"%s\" LIMIT 1 OFFSET %u)", table, column, column, column, table,
                               row);
      if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK)
        {
          bind_value (statement, kind, c);
          sqlite3_step (statement); /* what the tables refuse stays as it was */
        }
      sqlite3_finalize (statement);
    }
  sqlite3_close (db);
}

/* A byte that says how the file is damaged, then the damage: patches, rows written anew, or the whole file. */
static void
run_project (gconstpointer what,
             const uint8_t *data,
             size_t size)
{
  g_autofree char *path = g_build_filename (isth_fuzz_scratch (), "damaged.isthmus", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL), *index = g_strconcat (path, "-shm", NULL);
  IsthCursor c = isth_cursor_new (data, (uint32_t) size, (uint32_t) size);
  uint8_t how = isth_cursor_u8 (&c) % 3;
  gsize n;
  const void *sound = g_bytes_get_data (get_project (), &n);
  g_autofree uint8_t *bytes = NULL;

  if (how == 2)
    n = isth_cursor_left (&c);
  bytes = how == 2 ? g_memdup2 (isth_cursor_bytes (&c, (uint32_t) n), n) : g_memdup2 (sound, n);
  if (how == 0)
    patch (bytes, &n, &c);
  g_unlink (log);
  g_unlink (index);
  g_assert (g_file_set_contents_full (path, bytes ? (const char *) bytes : "", (gssize) n, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  if (how == 1)
    rewrite (path, &c);
  use_project (path);
}

static void
seed_project (gconstpointer what,
              GPtrArray *seeds)
{
  gsize size;
  const uint8_t *bytes = g_bytes_get_data (get_project (), &size);

  for (uint32_t i = 0; i < 40; i++)
    {
      uint8_t patched[] = { 0, (uint8_t) (i * 997 >> 16), (uint8_t) (i * 997 >> 8), (uint8_t) (i * 997), (uint8_t) i, 0, 0, (uint8_t) (2 * i), 0xff };
      uint8_t rewritten[] = { 1, (uint8_t) (i * 5), (uint8_t) i, 0, 0, (uint8_t) -i, (uint8_t) (i * 5 + 1), 255, 1, 0, 1, 2, 3, 4, 5, 6, 7, 0xf8 };

      g_ptr_array_add (seeds, g_bytes_new (patched, sizeof patched));
      g_ptr_array_add (seeds, g_bytes_new (rewritten, sizeof rewritten));
    }
  for (uint32_t i = 1; i < 4; i++)
    {
      GByteArray *input = g_byte_array_new ();

      g_byte_array_append (input, (const uint8_t *) "\2", 1);
      g_byte_array_append (input, bytes, (guint) MIN (size, i * 4096));
      isth_fuzz_add_seed (seeds, input);
    }
}

const IsthFuzzTarget isth_fuzz_whole[] = {
  { "pipeline", run_pipeline, seed_pipeline, NULL },
  { "project", run_project, seed_project, NULL },
  { NULL },
};
