/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project an engine keeps: made unasked, saved, opened again, refused, and done without when the disk takes no more. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "tests/engine/watch.h"
#include "tests/helpers/sample-capture.h"

/* Saving moves the unsaved project out of the cache folder. People's words are there again when it is opened. */
static void
test_save_and_reopen (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_autofree char *project = NULL, *before = NULL, *after = NULL;
  uint64_t asset, alert;
  IsthEdit edit = { .attribute = ISTH_ATTRIBUTE_LOCATION, .value = "Hall 2, next to the gate", .author = "tester", .time = 1 };

  place_init (&place);
  project = place_path (&place, "plant.isthmus");
  engine = isth_engine_new (place.cache, &watch_events, watch);
  watch_open (engine, watch, place.capture);
  g_assert_cmpuint (count_files (place.cache), >, 0);
  isth_engine_save_as (engine, project);
  watch_wait_answer (watch);
  g_assert_cmpstr (watch->project, ==, project);
  g_assert_false (watch->unsaved);
  g_assert_cmpuint (count_files (place.cache), ==, 0);

  asset = watch->last->assets[0]->id;
  alert = watch->last->alerts[0]->id;
  edit.about = isth_asset_get_anchor (watch->last->assets[0]);
  isth_engine_edit (engine, &edit);
  watch_wait_answer (watch);
  isth_engine_acknowledge (engine, alert, true);
  watch_wait_answer (watch);
  before = isth_test_report_snapshot (watch->last);
  isth_engine_close (engine, true); /* a saved project is not removed */
  watch_wait_answer (watch);
  watch_forget (watch);

  watch_open (engine, watch, project);
  after = isth_test_report_snapshot (watch->last);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (isth_asset_get (isth_snapshot_get_asset (watch->last, asset), ISTH_ATTRIBUTE_LOCATION), ==, edit.value);
  g_assert_true (isth_snapshot_get_alert (watch->last, alert)->acknowledged);
  g_assert_cmpuint (watch->failures->len, ==, 0);
}

static void
test_unsaved (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_auto(GStrv) none = NULL, in_use = NULL, left = NULL, gone = NULL;
  g_autofree char *path = NULL;

  place_init (&place);
  none = isth_engine_list_unsaved (place.cache);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  engine = isth_engine_new (place.cache, &watch_events, watch);
  watch_open (engine, watch, place.capture);
  path = g_strdup (watch->project);
  in_use = isth_engine_list_unsaved (place.cache);
  g_assert_cmpuint (g_strv_length (in_use), ==, 0);
  g_clear_pointer (&engine, isth_engine_free);

  left = isth_engine_list_unsaved (place.cache);
  g_assert_cmpuint (g_strv_length (left), ==, 1);
  g_assert_cmpstr (left[0], ==, path);
  watch->answers = 0;
  watch_forget (watch);
  engine = isth_engine_new (place.cache, &watch_events, watch);
  watch_open (engine, watch, path);
  g_assert_true (watch->unsaved);
  g_assert_cmpuint (watch->last->n_captures, ==, 1);
  isth_engine_close (engine, true);
  watch_wait_answer (watch);
  watch_forget (watch);
  gone = isth_engine_list_unsaved (place.cache);
  g_assert_cmpuint (g_strv_length (gone), ==, 0);
  g_assert_cmpuint (count_files (place.cache), ==, 0);
}

static void
test_second_window (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new (), other_watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL, other = NULL;
  g_autofree char *project = NULL;

  place_init (&place);
  project = place_path (&place, "plant.isthmus");
  engine = isth_engine_new (place.cache, &watch_events, watch);
  other = isth_engine_new (place.cache, &watch_events, other_watch);
  watch_open (engine, watch, place.capture);
  isth_engine_save_as (engine, project);
  watch_wait_answer (watch);

  watch_open (other, other_watch, project);
  g_assert_cmpuint (other_watch->failures->len, ==, 1);
  g_assert_nonnull (strstr (other_watch->failures->pdata[0], project));
  g_assert_cmpuint (other_watch->last->n_captures, ==, 0);
  g_assert_cmpstr (other_watch->project, ==, "");

  isth_engine_close (engine, false);
  watch_wait_answer (watch);
  watch_forget (watch);
  watch_open (other, other_watch, project);
  g_assert_cmpuint (other_watch->failures->len, ==, 1);
  g_assert_cmpuint (other_watch->last->n_captures, ==, 1);
}

/* No folder for projects: what is read is shown all the same, the reason is told, and it can be saved elsewhere. */
static void
test_no_project (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_autofree char *cache = NULL, *project = NULL, *before = NULL, *after = NULL;

  place_init (&place);
  cache = g_build_filename (place.capture, "cache", NULL); /* below a file: nobody can make that */
  project = place_path (&place, "plant.isthmus");
  engine = isth_engine_new (cache, &watch_events, watch);
  watch_open (engine, watch, place.capture);
  g_assert_cmpuint (watch->failures->len, ==, 1);
  g_assert_nonnull (strstr (watch->failures->pdata[0], cache));
  g_assert_cmpstr (watch->project, ==, "");
  g_assert_true (watch->unsaved);
  g_assert_true (watch->last->captures[0]->complete);
  before = isth_test_report_snapshot (watch->last);

  isth_engine_save_as (engine, project);
  watch_wait_answer (watch);
  g_assert_cmpuint (watch->failures->len, ==, 1);
  g_assert_cmpstr (watch->project, ==, project);
  isth_engine_close (engine, false);
  watch_wait_answer (watch);
  watch_forget (watch);
  watch_open (engine, watch, project);
  after = isth_test_report_snapshot (watch->last);
  g_assert_cmpstr (after, ==, before);
}

/* The disk fills while a capture is read: told once, nothing that was read is lost, and all of it can be saved when there is room. */
static void
test_full_disk (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_autofree char *project = NULL, *before = NULL, *after = NULL;

  place_init (&place);
  project = place_path (&place, "plant.isthmus");
  watch->fill_disk = true;
  engine = isth_engine_new (place.cache, &watch_events, watch);
  isth_engine_open (engine, (const char *const[]) { place.capture, NULL });
  watch_fill_disk (watch);
  watch_wait_answer (watch);
  watch_limit_files (RLIM_INFINITY);
  g_assert_cmpuint (watch->failures->len, ==, 1);
  g_assert_cmpstr (watch->project, ==, "");
  g_assert_true (watch->unsaved);
  g_assert_true (watch->last->captures[0]->complete);
  before = isth_test_report_snapshot (watch->last);

  isth_engine_save_as (engine, project);
  watch_wait_answer (watch);
  g_assert_cmpuint (watch->failures->len, ==, 1);
  isth_engine_close (engine, false);
  watch_wait_answer (watch);
  watch_forget (watch);
  watch_open (engine, watch, project);
  after = isth_test_report_snapshot (watch->last);
  g_assert_cmpstr (after, ==, before);
}

/* A person's note of @n bytes on the first asset, kept. */
static void
write_note (IsthEngine *engine,
            Watch *watch,
            size_t n,
            int64_t time)
{
  g_autofree char *value = g_strnfill (n, 'a');

  isth_engine_edit (engine, &(IsthEdit){ .about = isth_asset_get_anchor (watch->last->assets[0]), .attribute = ISTH_ATTRIBUTE_LOCATION,
                                         .value = value, .author = "tester", .time = time });
  watch_wait_answer (watch);
}

/* There is room beside the project for what is said, but none to bring it in: told once while the window works, not only to who reads its end. */
static void
test_no_room_to_settle (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_autofree char *project = NULL, *before = NULL, *after = NULL;
  GStatBuf status;

  place_init (&place);
  project = place_path (&place, "plant.isthmus");
  engine = isth_engine_new (place.cache, &watch_events, watch);
  watch_open (engine, watch, place.capture);
  isth_engine_save_as (engine, project);
  watch_wait_answer (watch);
  g_assert_cmpint (g_stat (project, &status), ==, 0);
  watch_limit_files ((rlim_t) status.st_size);
  write_note (engine, watch, 65536, 1); /* smaller than the project, but of pages that it has not */
  watch_wait_until (watch, &watch->failed, 1);
  g_assert_nonnull (strstr (watch->failures->pdata[0], "-wal"));
  write_note (engine, watch, 10, 2);
  write_note (engine, watch, 11, 3);
  g_assert_cmpuint (watch->failed, ==, 1);
  watch_limit_files (RLIM_INFINITY);
  before = isth_test_report_snapshot (watch->last);
  isth_engine_close (engine, false);
  watch_wait_answer (watch);
  watch_forget (watch);
  g_assert_cmpuint (watch->failures->len, ==, 1);

  watch_open (engine, watch, project);
  after = isth_test_report_snapshot (watch->last);
  g_assert_cmpstr (after, ==, before);
}

int
main (int argc,
      char **argv)
{
  static const struct { const char *name; void (*run) (void); } tests[] = {
    { "save-and-reopen", test_save_and_reopen },
    { "unsaved", test_unsaved },
    { "second-window", test_second_window },
    { "no-project", test_no_project },
    { "full-disk", test_full_disk },
    { "no-room-to-settle", test_no_room_to_settle },
  };

  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);
  for (size_t i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/engine-keep/", tests[i].name, NULL);

      g_test_add_func (path, tests[i].run);
    }
  return g_test_run ();
}
