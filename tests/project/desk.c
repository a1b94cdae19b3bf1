/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder with a project in it, facts to fill it with, and short ways to look into it. */
#include "tests/project/desk.h"

#include <glib/gstdio.h>
#include <string.h>

#include "analysis/base/error.h"
#include "tests/helpers/facts-text.h"

void
desk_set_up (Desk         *f,
             gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  f->folder = g_dir_make_tmp ("isthmus-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->folder, "plant.isthmus", NULL);
}

void
desk_clear (Desk         *f,
            gconstpointer data)
{
  g_autoptr(GDir) folder = g_dir_open (f->folder, 0, NULL);

  for (const char *name = g_dir_read_name (folder); name; name = g_dir_read_name (folder))
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      if (g_unlink (path) != 0)
        g_rmdir (path);
    }
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
}

void
desk_fill_capture (IsthFacts *facts,
                   uint64_t   fingerprint)
{
  IsthFactCapture *c = isth_facts_get_capture (facts);

  *c = (IsthFactCapture) {
    .path = g_strdup ("/captures/cell \xfc.pcap"),
    .sha256 = g_strdup ("00ff"),
    .format = g_strdup ("pcapng"),
    .fingerprint = fingerprint,
    .size = UINT64_MAX,
    .frames = 7,
    .bytes = 700,
    .damaged = 1,
    .truncated = true,
    .complete = true,
    .first = -5,
    .last = INT64_MAX,
    .link_types = g_strsplit ("EN10MB,RAW", ",", -1),
    .notes = g_strsplit ("cut at 17,second\nline", ",", -1),
  };
  for (int i = 0; i < 100; i++)
    isth_histogram_add (isth_facts_get_histogram (facts), INT64_C (1700000000000000000) + i * 1000000000LL, 2, 200);
}

IsthFacts *
desk_random_facts (uint32_t n)
{
  IsthFacts *facts = isth_facts_new ();
  g_autofree IsthTestSaying *sayings = isth_test_sayings (n, g_test_rand_bit () ? 8 : 90);

  desk_fill_capture (facts, ((uint64_t) g_test_rand_int () << 32) | UINT64_C (0x8000000080000000));
  for (uint32_t i = 0; i < n; i++)
    isth_test_say (facts, &sayings[i]);
  isth_facts_count_health (facts, "malformed", "modbus", 3);
  return facts;
}

IsthProject *
desk_open (const char *path)
{
  g_autoptr(GError) error = NULL;
  IsthProject *self = isth_project_open (path, &error);

  g_assert_no_error (error);
  return self;
}

IsthProject *
desk_create (const char *path)
{
  g_autoptr(GError) error = NULL;
  IsthProject *self = isth_project_create (path, &error);

  g_assert_no_error (error);
  return self;
}

void
desk_save (IsthProject *self,
           IsthFacts   *facts)
{
  g_autoptr(GError) error = NULL;

  isth_project_save_facts (self, facts, &error);
  g_assert_no_error (error);
}

/* All captures of the file as text. */
char *
desk_read_all (IsthProject *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = isth_project_read_facts (self, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *one = isth_test_facts_rows (all->pdata[i]);

      g_string_append (text, one);
    }
  return g_string_free (text, FALSE);
}

char *
desk_read_file (const char *path)
{
  g_autoptr(IsthProject) self = desk_open (path);

  return desk_read_all (self);
}

void
desk_run_sql (const char *path,
              const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Opening must fail with @code and a sentence that has @words. */
void
desk_refuse (const char *path,
             int         code,
             const char *words)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (isth_project_open (path, &error));
  g_assert_error (error, ISTH_ERROR, code);
  if (!strstr (error->message, words))
    g_error ("“%s” does not say “%s”", error->message, words);
}
