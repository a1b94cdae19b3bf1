/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are no project, not one of ours, damaged or out of reach: each is refused with words that help. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/base/error.h"
#include "tests/project/desk.h"

static void
test_refusals (Desk         *f,
               gconstpointer data)
{
  desk_refuse (f->path, ISTH_ERROR_PROJECT, "not there");
  desk_refuse (f->folder, ISTH_ERROR_PROJECT, "folder");
  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  desk_refuse (f->path, ISTH_ERROR_PROJECT, "not an Isthmus project");
  g_assert_true (g_file_set_contents (f->path, "SQLite format 3", -1, NULL));
  desk_refuse (f->path, ISTH_ERROR_PROJECT, "not an Isthmus project");
  g_assert_false (isth_project_probe (f->path));
  g_unlink (f->path);
  desk_run_sql (f->path, "CREATE TABLE other (x)");
  desk_refuse (f->path, ISTH_ERROR_PROJECT, "not an Isthmus project");
  g_assert_false (isth_project_probe (f->path));
}

static void
test_newer (Desk         *f,
            gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n, m;

  isth_project_free (desk_create (f->path));
  desk_run_sql (f->path, "PRAGMA journal_mode = DELETE; PRAGMA user_version = 99;");
  g_assert_true (g_file_get_contents (f->path, &before, &n, NULL));
  desk_refuse (f->path, ISTH_ERROR_TOO_NEW, "newer Isthmus");
  g_assert_true (g_file_get_contents (f->path, &after, &m, NULL));
  g_assert_cmpmem (before, n, after, m);
  desk_run_sql (f->path, "PRAGMA user_version = -1;");
  desk_refuse (f->path, ISTH_ERROR_PROJECT, "damaged");
}

/* A program killed between making the file and its tables leaves version 0: the next one makes them. */
static void
test_migrate (Desk         *f,
              gconstpointer data)
{
  g_autoptr(IsthProject) self = NULL;
  g_autoptr(IsthFacts) facts = desk_random_facts (100);
  int version = 0;

  desk_run_sql (f->path, "PRAGMA application_id = " G_STRINGIFY (ISTH_PROJECT_APPLICATION_ID));
  g_assert_true (isth_project_probe (f->path));
  self = desk_open (f->path);
  g_assert_true (isth_project_read_version (self, &version, NULL));
  g_assert_cmpint (version, ==, isth_project_version);
  desk_save (self, facts);
}

static const char *const foreign[] = {
  "CREATE TRIGGER t AFTER INSERT ON edit BEGIN DELETE FROM edit; END",
  "CREATE VIEW v AS SELECT 1",
  "DROP TABLE note",
  "CREATE INDEX i ON edit (value)",
  "ALTER TABLE claim ADD COLUMN more TEXT",
};

static void
test_foreign (Desk         *f,
              gconstpointer data)
{
  for (size_t i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      isth_project_free (desk_create (f->path));
      desk_run_sql (f->path, foreign[i]);
      desk_refuse (f->path, ISTH_ERROR_PROJECT, "damaged");
      g_unlink (f->path);
    }
}

/* Values that no Isthmus writes, in a file that SQLite finds sound. */
static const char *const lies[] = {
  "UPDATE station SET rows = x''",
  "UPDATE station SET rows = x'00'",
  "UPDATE station SET rows = x'0102'",
  "UPDATE station SET rows = CAST (rows || x'00' AS BLOB) WHERE chunk & 4294967295 = 0",
  "UPDATE station SET rows = substr (rows, 1, length (rows) - 1) WHERE chunk & 4294967295 = 0",
  "UPDATE station SET rows = CAST (x'41' || substr (rows, 2) AS BLOB) WHERE chunk & 4294967295 = 0", /* 65 rows */
  "UPDATE station SET rows = CAST (substr (rows, 1, 1) || x'18' || substr (rows, 3) AS BLOB)", /* 24 columns */
  "UPDATE station SET rows = zeroblob (100000) WHERE chunk & 4294967295 = 0",
  "UPDATE station SET rows = (SELECT rows FROM health)",
  "UPDATE station SET chunk = chunk + 1000000",
  "UPDATE station SET chunk = -chunk",
  "DELETE FROM station WHERE chunk & 4294967295 = 0",
  "UPDATE claim SET rows = (SELECT rows FROM event LIMIT 1)",
  "UPDATE operation SET rows = CAST (replace (CAST (rows AS TEXT), 'write', 'wrote') AS BLOB)",
  "DELETE FROM operation",
  "UPDATE health SET rows = (SELECT rows FROM string LIMIT 1)",
  "UPDATE string SET chunk = chunk + 1000000",
  "UPDATE string SET rows = x'01ff01'",
  "UPDATE string SET rows = x'0100' WHERE chunk & 4294967295 = 0",
  "UPDATE string SET rows = x'0101ff' WHERE chunk & 4294967295 = 0",
  "UPDATE string SET rows = x'0103610062' WHERE chunk & 4294967295 = 0",
  "UPDATE string SET rows = CAST (x'018008' || zeroblob (1024) AS BLOB) WHERE chunk & 4294967295 = 0",
  "UPDATE string SET rows = CAST (rows || x'00' AS BLOB) WHERE chunk & 4294967295 = 0",
  "UPDATE bytes SET rows = CAST (x'018008' || zeroblob (1024) AS BLOB) WHERE chunk & 4294967295 = 0",
  "DELETE FROM bytes WHERE chunk & 4294967295 = 0",
  "UPDATE capture SET capture = 0",
  "UPDATE histogram SET frames = x'00'",
  "UPDATE histogram SET shift = 64",
  "UPDATE histogram SET start = 9223372036854775807",
};

static void
test_lies (Desk         *f,
           gconstpointer data)
{
  g_autoptr(IsthFacts) facts = desk_random_facts (3000);
  g_autofree char *good = g_strconcat (f->path, ".good", NULL);
  g_autofree char *bytes = NULL;
  gsize n;

  {
    g_autoptr(IsthProject) self = desk_create (good);

    desk_save (self, facts);
  }
  g_assert_true (g_file_get_contents (good, &bytes, &n, NULL));
  for (size_t i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr(IsthProject) self = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (g_file_set_contents (f->path, bytes, (gssize) n, NULL));
      desk_run_sql (f->path, lies[i]);
      self = desk_open (f->path);
      g_assert_null (isth_project_read_facts (self, &error));
      g_assert_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT);
      g_assert_nonnull (strstr (error->message, "damaged"));
    }
}

/* Opens and reads what may be damaged: fine or refused with words, never a crash. Whether it could be read. */
static bool
try_damaged (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) self = isth_project_open (path, &error);
  g_autoptr(GPtrArray) all = NULL;

  if (self)
    all = isth_project_read_facts (self, &error);
  g_assert_true ((all != NULL) == (error == NULL));
  if (error)
    g_assert_cmpuint (strlen (error->message), >, 20);
  return all != NULL;
}

static void
test_damaged (Desk         *f,
              gconstpointer data)
{
  g_autoptr(IsthFacts) facts = desk_random_facts (1000);
  g_autofree char *bytes = NULL;
  gsize n;
  int refused = 0;

  {
    g_autoptr(IsthProject) self = desk_create (f->path);

    desk_save (self, facts);
  }
  g_assert_true (g_file_get_contents (f->path, &bytes, &n, NULL));
  for (int round = 0; round < 120; round++)
    {
      g_autofree char *copy = g_memdup2 (bytes, n);
      gsize length = n;

      if (round % 3 == 0)
        length = (gsize) g_test_rand_int_range (0, (gint32) n);
      for (int i = 0; round % 3 != 0 && i < 1 << (round % 7); i++)
        copy[g_test_rand_int_range (0, round % 2 ? (gint32) n : 4096)] ^= (char) g_test_rand_int_range (1, 256);
      g_assert_true (g_file_set_contents (f->path, copy, (gssize) length, NULL));
      refused += !try_damaged (f->path);
    }
  g_assert_cmpint (refused, >, 40);
}

/* As root nothing is read-only, so root becomes nobody for a moment. */
static void
test_read_only (Desk         *f,
                gconstpointer data)
{
  bool root = geteuid () == 0;

  isth_project_free (desk_create (f->path));
  g_assert_cmpint (g_chmod (f->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (f->folder, 0777), ==, 0);
  g_assert_true (!root || seteuid (65534) == 0);
  desk_refuse (f->path, ISTH_ERROR_PROJECT, "open the copy");
  g_assert_true (!root || seteuid (0) == 0);

  g_assert_cmpint (g_chmod (f->folder, 0555), ==, 0);
  g_assert_true (!root || seteuid (65534) == 0);
  desk_refuse (f->path, ISTH_ERROR_PROJECT, "folder");
  {
    g_autofree char *other = g_build_filename (f->folder, "new.isthmus", NULL);
    g_autoptr(GError) error = NULL;

    g_assert_null (isth_project_create (other, &error));
    g_assert_nonnull (strstr (error->message, "another folder"));
  }
  g_assert_true (!root || seteuid (0) == 0);

  g_assert_cmpint (g_chmod (f->folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (f->path, 0), ==, 0);
  g_assert_true (!root || seteuid (65534) == 0);
  desk_refuse (f->path, ISTH_ERROR_PROJECT, "may not read");
  g_assert_true (!root || seteuid (0) == 0);
}

/* No room for one more capture: said, and nothing is lost. */
static void
test_full (Desk         *f,
           gconstpointer data)
{
  g_autoptr(IsthProject) self = desk_create (f->path);
  g_autoptr(IsthFacts) first = desk_random_facts (10), more = desk_random_facts (10);
  g_autoptr(GError) error = NULL;

  desk_save (self, first);
  for (int64_t i = 2; i <= ISTH_LIMIT_CAPTURES; i++)
    {
      IsthSavedFacts saved = { i, 1, 1 };

      g_hash_table_insert (self->saved, isth_facts_new (), g_memdup2 (&saved, sizeof saved));
    }
  g_assert_false (isth_project_save_facts (self, more, &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT);
  g_assert_nonnull (strstr (error->message, "Begin another project"));
  desk_save (self, first);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  DESK_TEST ("/project-refuse/refusals", test_refusals);
  DESK_TEST ("/project-refuse/newer", test_newer);
  DESK_TEST ("/project-refuse/migrate", test_migrate);
  DESK_TEST ("/project-refuse/foreign", test_foreign);
  DESK_TEST ("/project-refuse/lies", test_lies);
  DESK_TEST ("/project-refuse/damaged", test_damaged);
  DESK_TEST ("/project-refuse/read-only", test_read_only);
  DESK_TEST ("/project-refuse/full", test_full);
  return g_test_run ();
}
