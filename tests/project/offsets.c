/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of a capture in the project: in and out again, and never believed when it is impossible. */
#include <glib/gstdio.h>
#include <string.h>

#include "analysis/base/error.h"
#include "analysis/base/time.h"
#include "analysis/project/project-private.h"

static char *folder, *path;

static void
run_sql (const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static IsthOffsets *
make_offsets (void)
{
  IsthOffsets *self = isth_offsets_new ();

  isth_offsets_begin_part (self, 0, 0, NULL, 0);
  isth_offsets_note_times (self, -5, 5);
  isth_offsets_begin_part (self, 5000000, 70, (uint64_t[]) { 0, 96 }, 2);
  isth_offsets_begin_part (self, 10000000, 71, (uint64_t[]) { 0, 96, 9000000 }, 3);
  isth_offsets_note_times (self, INT64_MIN + 1, INT64_MAX);
  self->step = 1 << 23;
  return self;
}

static char *
describe (const IsthOffsets *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "step %" G_GUINT64_FORMAT, self->step);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const IsthOffset *part = isth_offsets_get (self, i);

      g_string_append_printf (text, "; %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u+%u",
                              part->offset, part->frame, part->first, part->last, part->first_block, part->n_blocks);
    }
  for (guint i = 0; i < self->blocks->len; i++)
    g_string_append_printf (text, ", %" G_GUINT64_FORMAT, g_array_index (self->blocks, uint64_t, i));
  return g_string_free (text, FALSE);
}

/* A project with two captures, of which the first has an index. */
static void
make_project (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) self = NULL;

  g_unlink (path);
  self = isth_project_create (path, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr(IsthFacts) facts = isth_facts_new ();

      isth_facts_get_capture (facts)->path = g_strdup ("plant.pcapng");
      if (i == 0)
        isth_facts_get_capture (facts)->offsets = make_offsets ();
      isth_project_save_facts (self, facts, &error);
      g_assert_no_error (error);
    }
}

static GPtrArray *
read_captures (GError **error)
{
  g_autoptr(IsthProject) self = isth_project_open (path, error);

  return self ? isth_project_read_facts (self, error) : NULL;
}

static void
test_round_trip (void)
{
  g_autoptr(IsthOffsets) offsets = make_offsets ();
  g_autofree char *expected = describe (offsets), *found = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;

  make_project ();
  all = read_captures (&error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  found = describe (isth_facts_get_capture (all->pdata[0])->offsets);
  g_assert_cmpstr (found, ==, expected);
  g_assert_null (isth_facts_get_capture (all->pdata[1])->offsets);
}

static void
test_removed (void)
{
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) self = NULL;
  sqlite3_stmt *statement;

  make_project ();
  self = isth_project_open (path, &error);
  all = isth_project_read_facts (self, &error);
  g_assert_true (isth_project_remove_facts (self, all->pdata[0], &error));
  statement = isth_project_prepare (self, "SELECT count (*) FROM offset_index", &error);
  g_assert_true (isth_project_next (self, statement, &error));
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, 0);
  sqlite3_reset (statement);
}

static const char *const lies[] = {
  "UPDATE offset_index SET step = 0",
  "UPDATE offset_index SET step = -1",
  "UPDATE offset_index SET parts = x'00'",
  "UPDATE offset_index SET blocks = x''",
  "UPDATE offset_index SET blocks = zeroblob (65537 * 8)",
  "UPDATE offset_index SET parts = zeroblob (4097 * 40)",
  "UPDATE offset_index SET parts = CAST (substr (parts, 41) || substr (parts, 1, 40) AS BLOB)",
  "UPDATE offset_index SET parts = CAST (zeroblob (32) || x'ffffffffffffffff' AS BLOB)",
};

static void
test_lies (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr(GError) error = NULL;

      make_project ();
      run_sql (lies[i]);
      g_assert_null (read_captures (&error));
      g_assert_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT);
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("isthmus-offsets-XXXXXX", NULL);
  path = g_build_filename (folder, "plant.isthmus", NULL);
  g_test_add_func ("/project-offsets/round-trip", test_round_trip);
  g_test_add_func ("/project-offsets/removed", test_removed);
  g_test_add_func ("/project-offsets/lies", test_lies);
  status = g_test_run ();
  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
  g_free (folder);
  return status;
}
