/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kill or a full disk while a project is written: what was committed is there, whole, and the next save goes on. */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analysis/base/error.h"
#include "tests/helpers/facts-text.h"
#include "tests/project/desk.h"

static const char *program;

/* What generation @number of the saving child adds: the same in child and parent. */
static void
say_generation (IsthFacts *facts,
                uint64_t   number)
{
  for (uint64_t i = 0; i < 40; i++)
    {
      uint8_t ip[4] = { 10, 0, (uint8_t) (number % 5), (uint8_t) (1 + i % 7) };
      uint8_t other[4] = { 10, 0, 9, 9 };
      g_autofree char *object = g_strdup_printf ("register %d", (int) ((number * 40 + i) % 300));
      IsthObservation o = {
        .kind = ISTH_OBSERVE_OPERATION,
        .protocol = "modbus",
        .subject = { .ip = isth_address_ipv4 (other) },
        .target = { .ip = isth_address_ipv4 (ip) },
        .evidence = { .frame = number * 40 + i + 1, .time = (int64_t) (number * 1000 + i), .bytes = ip, .n_bytes = 4 },
        .operation = { i % 2 ? ISTH_OP_WRITE : ISTH_OP_READ, 3, "function", object },
      };

      isth_facts_observe (&o, facts);
    }
  isth_facts_get_capture (facts)->frames = number;
}

/* The child: saves one generation after another and says each number on standard output once it is committed. */
static int
save_forever (const char *path,
              rlim_t      ceiling)
{
  g_autoptr(IsthProject) self = isth_project_create (path, NULL);
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(GError) error = NULL;
  struct rlimit limit = { ceiling, ceiling };

  if (!self)
    return 2;
  if (ceiling != RLIM_INFINITY)
    {
      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
    }
  for (uint64_t number = 1;; number++)
    {
      say_generation (facts, number);
      if (!isth_project_save_facts (self, facts, &error))
        break;
      if (write (STDOUT_FILENO, &number, sizeof number) != sizeof number)
        return 3;
    }
  return strstr (error->message, "saved before is safe") ? 0 : 4;
}

static GPid
spawn (const char *mode,
       const char *path,
       int        *output)
{
  char *argv[] = { (char *) program, (char *) mode, (char *) path, NULL };
  g_autoptr(GError) error = NULL;
  GPid child;

  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child, NULL, output, NULL, &error);
  g_assert_no_error (error);
  return child;
}

/* The file must hold generation @committed or the one that was being committed, whole. */
static void
check_generation (const char *path,
                  uint64_t    committed)
{
  g_autoptr(IsthProject) self = desk_open (path);
  g_autoptr(IsthFacts) expected = isth_facts_new ();
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  uint64_t found;

  all = isth_project_read_facts (self, &error);
  g_assert_no_error (error);
  if (committed == 0 && all->len == 0)
    return;
  g_assert_cmpuint (all->len, ==, 1);
  found = isth_facts_get_capture (all->pdata[0])->frames;
  g_assert_true (found == committed || found == committed + 1);
  for (uint64_t number = 1; number <= found; number++)
    say_generation (expected, number);
  /* A capture without words is loaded with empty lists of them. */
  isth_facts_get_capture (expected)->link_types = g_new0 (char *, 1);
  isth_facts_get_capture (expected)->notes = g_new0 (char *, 1);
  a = isth_test_facts_rows (all->pdata[0]);
  b = isth_test_facts_rows (expected);
  g_assert_cmpstr (a, ==, b);
  {
    sqlite3_stmt *statement = isth_project_prepare (self, "PRAGMA integrity_check", NULL);

    g_assert_true (isth_project_next (self, statement, NULL));
    g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "ok");
    sqlite3_reset (statement);
  }
}

static void
test_kill (Desk         *f,
           gconstpointer data)
{
  for (int round = 0; round < 20; round++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%d", f->path, round);
      uint64_t committed = 0;
      int output, status;
      GPid child = spawn ("--save-forever", path, &output);
      int wanted = g_test_rand_int_range (1, 30);

      while ((int) committed < wanted)
        g_assert_cmpint (read (output, &committed, sizeof committed), ==, sizeof committed);
      for (int spin = g_test_rand_int_range (0, 2000); spin > 0; spin--)
        g_thread_yield ();
      kill (child, SIGKILL);
      while (read (output, &committed, sizeof committed) == sizeof committed)
        ;
      close (output);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));
      g_spawn_close_pid (child);
      check_generation (path, committed);
    }
}

/* The maker was killed while its very first write was on the way: the file looks like a project, and its journal takes that back. */
static void
test_first_write (Desk         *f,
                  gconstpointer data)
{
  g_autofree char *journal = g_strconcat (f->path, "-journal", NULL);
  g_autofree char *undo = NULL;
  gsize n;
  sqlite3 *db = NULL;

  /* What SQLite leaves there is what it has written just before the COMMIT is done. */
  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA journal_mode = PERSIST; PRAGMA application_id = " G_STRINGIFY (ISTH_PROJECT_APPLICATION_ID),
                                 NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_true (g_file_get_contents (journal, &undo, &n, NULL));
  g_assert_cmpuint (n, >=, 512);
  /* Its header, which a finished transaction fills with zeros: magic, no pages to take back, none in the file before. */
  memcpy (undo, "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7\0\0\0\0\1\2\3\4\0\0\0\0\0\0\2\0\0\0\x10\0", 28);
  g_assert_true (g_file_set_contents (journal, undo, (gssize) n, NULL));
  g_assert_true (isth_project_probe (f->path));

  isth_project_free (desk_open (f->path));
  g_assert_true (isth_project_probe (f->path));
  isth_project_free (desk_open (f->path));
}

static void
test_disk_full (Desk         *f,
                gconstpointer data)
{
  uint64_t committed = 0;
  int output, status;
  GPid child = spawn ("--save-until-full", f->path, &output);

  while (read (output, &committed, sizeof committed) == sizeof committed)
    ;
  close (output);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_spawn_close_pid (child);
  g_assert_cmpuint (committed, >, 1);
  check_generation (f->path, committed);
}

/* A save that failed has changed nothing, and the next one saves it all. */
static void
test_full_then_free (Desk         *f,
                     gconstpointer data)
{
  g_autoptr(IsthFacts) facts = desk_random_facts (300);
  g_autoptr(IsthProject) self = desk_create (f->path);
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  desk_save (self, facts);
  before = isth_test_facts_rows (facts);
  for (uint64_t number = 1; number < 50; number++)
    say_generation (facts, number);
  g_assert_true (isth_project_exec (self, "PRAGMA max_page_count = 1", &error));
  g_assert_false (isth_project_save_facts (self, facts, &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT);
  g_assert_nonnull (strstr (error->message, "no room"));
  g_clear_error (&error);
  g_assert_true (isth_project_exec (self, "PRAGMA max_page_count = 1000000", &error));
  desk_save (self, facts);
  g_assert_cmpstr (before, !=, expected = isth_test_facts_rows (facts));
  g_clear_pointer (&self, isth_project_free);
  found = desk_read_file (f->path);
  g_assert_cmpstr (found, ==, expected);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--save-forever"))
    return save_forever (argv[2], RLIM_INFINITY);
  if (argc == 3 && g_str_equal (argv[1], "--save-until-full"))
    return save_forever (argv[2], 400000);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  DESK_TEST ("/project-disk/kill", test_kill);
  DESK_TEST ("/project-disk/first-write", test_first_write);
  DESK_TEST ("/project-disk/disk-full", test_disk_full);
  DESK_TEST ("/project-disk/full-then-free", test_full_then_free);
  return g_test_run ();
}
