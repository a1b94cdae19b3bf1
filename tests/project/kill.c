/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9 at any moment leaves a project that opens, with what was committed, marked as not complete; reading the capture again
 * gives the report of an undisturbed run. The moments are steps of the victim's work, not times. */
#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analysis/isthmus.h"
#include "tests/helpers/sample-capture.h"

#define MOMENTS 20
#define REPEATS 5 /* of the sample: some twelve steps of the pipeline */

typedef struct
{
  char *folder, *capture, *project;
} Place;

static void
place_init (Place *self)
{
  g_autoptr(GByteArray) bytes = isth_test_sample_part (0, isth_test_sample_frames () * REPEATS);

  self->folder = isth_test_make_folder ();
  self->capture = isth_test_write (self->folder, "capture.pcap", bytes);
  self->project = g_build_filename (self->folder, "plant.isthmus", NULL);
}

static void
place_clear (Place *self)
{
  isth_test_remove_folder (self->folder);
  g_free (self->capture);
  g_free (self->project);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static void
say_moment (void)
{
  g_assert_cmpint (write (STDOUT_FILENO, ".", 1), ==, 1);
}

/* The victim: works as the engine does, but commits at every step, and says so. */
static int
be_victim (const char *project_path,
           const char *capture)
{
  g_autoptr(IsthProject) project = isth_project_create (project_path, NULL);
  g_autoptr(IsthSource) source = isth_source_open (capture, NULL);
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthFacts) facts = isth_facts_new ();

  g_assert_true (project && source);
  say_moment ();
  isth_pipeline_begin (pipeline, source, facts);
  while (isth_pipeline_step (pipeline))
    {
      isth_pipeline_publish (pipeline);
      say_moment ();
      g_assert_true (isth_project_save_facts (project, facts, NULL));
      say_moment ();
    }
  isth_pipeline_end (pipeline, true);
  say_moment ();
  g_assert_true (isth_project_save_facts (project, facts, NULL));
  return 0;
}

/* Reads @n bytes of what the victim says, then kills it; fewer when it ended before. */
static void
kill_after (GPid victim,
            int says,
            unsigned n)
{
  char byte;
  int status;

  for (unsigned i = 0; i < n && read (says, &byte, 1) == 1; i++)
    ;
  kill (victim, SIGKILL);
  g_assert_cmpint (waitpid (victim, &status, 0), ==, victim);
  close (says);
}

static void
check_integrity (const char *path)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "PRAGMA integrity_check", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "ok");
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

/* Opens what the victim left: how many captures it has, and that none of them claims too much. */
static unsigned
check_rest (const char *path,
            uint64_t frames)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) project = isth_project_open (path, &error);
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthSnapshot) snapshot = NULL;

  g_assert_no_error (error);
  g_assert_true (isth_project_load (project, world, &error));
  snapshot = isth_world_resolve (world, isth_detect, world);
  g_assert_cmpuint (snapshot->n_captures, <=, 1);
  if (snapshot->n_captures == 1)
    g_assert_true (snapshot->captures[0]->complete == (snapshot->captures[0]->frames == frames && snapshot->captures[0]->sha256 != NULL));
  return snapshot->n_captures;
}

static void
remove_project (const Place *place)
{
  static const char *const suffixes[] = { "", "-wal", "-lock", "-shm", "-journal" };

  for (size_t i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (place->project, suffixes[i], NULL);

      g_unlink (path);
    }
}

/* `isthmus-cli analyze` of @capture, "-" with @place's capture as its standard input. */
static char *
analyze (const Place *place,
         const char *capture)
{
  g_autofree char *script = g_strdup_printf ("exec \"$ISTHMUS_CLI\" analyze -o \"$1\" --json - \"$2\" <\"$3\"");
  char *argv[] = { "/bin/sh", "-c", script, "sh", place->project, (char *) capture, place->capture, NULL };
  g_autoptr(GError) error = NULL;
  char *report = NULL;
  int status;

  g_spawn_sync (NULL, argv, NULL, 0, NULL, NULL, &report, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return report;
}

static void
test_while_committing (gconstpointer program)
{
  g_auto(Place) place;
  g_autofree char *expected = NULL;
  unsigned left = 0;

  place_init (&place);
  expected = analyze (&place, place.capture);
  for (unsigned i = 0; i < MOMENTS; i++)
    {
      char *argv[] = { (char *) program, "--victim", place.project, place.capture, NULL };
      g_autoptr(GError) error = NULL;
      g_autofree char *report = NULL;
      GPid victim;
      int says;

      remove_project (&place);
      g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &victim, NULL, &says, NULL, &error);
      g_assert_no_error (error);
      kill_after (victim, says, i + 1);
      left += check_rest (place.project, isth_test_sample_frames () * REPEATS);
      check_integrity (place.project);
      report = analyze (&place, place.capture);
      g_assert_cmpstr (report, ==, expected);
    }
  g_test_message ("%u of %d projects held something of the capture", left, MOMENTS);
  g_assert_cmpuint (left, >, MOMENTS / 2);
}

/* The command line reads a pipe that brings so many bytes and no more; then it is killed. */
static void
test_pipe (void)
{
  g_auto(Place) place;
  g_autofree char *expected = NULL, *bytes = NULL;
  gsize size;

  place_init (&place);
  expected = analyze (&place, "-");
  g_assert_true (g_file_get_contents (place.capture, &bytes, &size, NULL));
  for (unsigned i = 0; i < MOMENTS; i++)
    {
      char *argv[] = { (char *) g_getenv ("ISTHMUS_CLI"), "analyze", "-o", place.project, "-", NULL };
      g_autoptr(GError) error = NULL;
      g_autofree char *report = NULL;
      gsize n = size * (i + 1) / (MOMENTS + 1);
      GPid victim;
      int feed, status;

      remove_project (&place);
      g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &victim, &feed, NULL, NULL, &error);
      g_assert_no_error (error);
      for (gsize at = 0; at < n;)
        {
          gssize written = write (feed, bytes + at, MIN (n - at, 65536));

          g_assert_true (written > 0 || errno == EINTR);
          at += (gsize) MAX (written, 0);
        }
      kill (victim, SIGKILL);
      waitpid (victim, &status, 0);
      close (feed);
      check_rest (place.project, isth_test_sample_frames () * REPEATS);
      check_integrity (place.project);
      report = analyze (&place, "-");
      g_assert_cmpstr (report, ==, expected);
    }
}

int
main (int argc,
      char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--victim"))
    return be_victim (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  g_test_add_data_func ("/kill/while-committing", argv[0], test_while_committing);
  g_test_add_func ("/kill/pipe", test_pipe);
  return g_test_run ();
}
