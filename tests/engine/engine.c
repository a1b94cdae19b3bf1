/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine as the window uses it: requests in, snapshots and words out. Every wait is for an event; nothing sleeps. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/engine/watch.h"
#include "tests/helpers/sample-capture.h"

/* The report of captures read without an engine. */
static char *
read_plainly (const char *const *paths)
{
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();

  isth_pipeline_set_guesses (pipeline, true);
  for (; *paths; paths++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(IsthSource) source = isth_source_open (*paths, &error);
      g_autoptr(IsthFacts) facts = isth_facts_new ();

      g_assert_no_error (error);
      isth_pipeline_run (pipeline, source, facts);
      isth_world_add_facts (world, facts);
    }
  return isth_test_report (world);
}

static void
test_open (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_autofree char *expected = NULL, *got = NULL;

  place_init (&place);
  expected = read_plainly ((const char *const[]) { place.capture, NULL });
  engine = isth_engine_new (place.cache, &watch_events, watch);
  watch_open (engine, watch, place.capture);
  g_assert_cmpuint (watch->failures->len, ==, 0);
  g_assert_true (watch->unsaved);
  g_assert_true (g_str_has_prefix (watch->project, place.cache));
  g_assert_cmpuint (watch->last->n_captures, ==, 1);
  g_assert_true (watch->last->captures[0]->complete);
  g_assert_cmpuint (watch->last->captures[0]->frames, ==, isth_test_sample_frames ());
  g_assert_cmpuint (watch->last->n_assets, >, 10);
  g_assert_cmpuint (watch->last->n_alerts, >, 0);
  got = isth_test_report_snapshot (watch->last);
  g_assert_cmpstr (got, ==, expected);
}

static void
test_two (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_autoptr(GByteArray) a = isth_test_sample_part (0, 5000), b = isth_test_sample_part (5000, 4600);
  g_autofree char *first = NULL, *second = NULL, *expected = NULL, *got = NULL;

  place_init (&place);
  first = isth_test_write (place.folder, "a.pcap", a);
  second = isth_test_write (place.folder, "b.pcap", b);
  expected = read_plainly ((const char *const[]) { first, second, NULL });
  engine = isth_engine_new (place.cache, &watch_events, watch);
  isth_engine_open (engine, (const char *const[]) { second, first, NULL });
  watch_wait_answer (watch);
  got = isth_test_report_snapshot (watch->last);
  g_assert_cmpstr (got, ==, expected);
}

/* What cannot be read is told, each with its own words, and the next one is read. */
static void
test_not_captures (void)
{
  static const char text[] = "Dear all, the capture is attached below.\n";
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_autoptr(GByteArray) words = g_byte_array_new ();
  g_autofree char *letter = NULL, *missing = NULL;

  place_init (&place);
  g_byte_array_append (words, (const guint8 *) text, sizeof text - 1);
  letter = isth_test_write (place.folder, "letter.pcap", words);
  missing = g_build_filename (place.folder, "missing.pcap", NULL);
  engine = isth_engine_new (place.cache, &watch_events, watch);
  isth_engine_open (engine, (const char *const[]) { letter, missing, place.folder, place.capture, NULL });
  watch_wait_answer (watch);
  g_assert_cmpuint (watch->failures->len, ==, 3);
  g_assert_nonnull (strstr (watch->failures->pdata[0], "letter.pcap"));
  g_assert_nonnull (strstr (watch->failures->pdata[0], "no network capture"));
  g_assert_nonnull (strstr (watch->failures->pdata[1], "There is no file"));
  g_assert_nonnull (strstr (watch->failures->pdata[2], "is a folder"));
  g_assert_cmpuint (watch->last->n_captures, ==, 1);
  g_assert_true (watch->last->captures[0]->complete);
}

/* The same bytes under another name are the same capture. */
static void
test_known (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_autoptr(GByteArray) sample = isth_test_sample_part (0, isth_test_sample_frames ());
  g_autofree char *copy = NULL, *before = NULL, *after = NULL;

  place_init (&place);
  copy = isth_test_write (place.folder, "copy.pcap", sample);
  engine = isth_engine_new (place.cache, &watch_events, watch);
  watch_open (engine, watch, place.capture);
  before = isth_test_report_snapshot (watch->last);
  isth_engine_open (engine, (const char *const[]) { place.capture, copy, NULL });
  watch_wait_answer (watch);
  after = isth_test_report_snapshot (watch->last);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (watch->failures->len, ==, 2);
  g_assert_nonnull (strstr (watch->failures->pdata[0], "not counted again"));
}

/* Snapshots come while a capture is read, each at least as large as the one before. */
static void
test_grow (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  Writer writer;

  place_init (&place);
  engine = isth_engine_new (place.cache, &watch_events, watch);
  writer_start (&writer, place.folder);
  isth_engine_open (engine, (const char *const[]) { writer.path, NULL });
  watch_wait_until (watch, &watch->grown, 3);
  writer_clear (&writer);
  watch_wait_answer (watch);
  g_assert_cmpuint (watch->failures->len, ==, 0);
  g_assert_true (watch->last->captures[0]->complete);
  g_assert_cmpuint (watch->most_frames % isth_test_sample_frames (), ==, 0);
}

/* Cancelling keeps what was read, marked; the project says the same when it is opened again. */
static void
test_cancel (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_autofree char *report = NULL, *again = NULL, *project = NULL;
  Writer writer;

  place_init (&place);
  engine = isth_engine_new (place.cache, &watch_events, watch);
  writer_start (&writer, place.folder);
  isth_engine_open (engine, (const char *const[]) { writer.path, place.capture, NULL });
  watch_wait_until (watch, &watch->grown, 2);
  isth_engine_cancel (engine);
  watch_wait_answer (watch);
  writer_clear (&writer);
  g_assert_cmpuint (watch->last->n_captures, ==, 1); /* the second one was not begun */
  g_assert_false (watch->last->captures[0]->complete);
  g_assert_cmpuint (watch->last->captures[0]->frames, >, 0);
  g_assert_cmpuint (watch->last->n_assets, >, 0);
  report = isth_test_report_snapshot (watch->last);
  project = g_strdup (watch->project);

  isth_engine_close (engine, false);
  watch_wait_answer (watch);
  g_assert_cmpuint (watch->last->n_assets, ==, 0);
  watch_forget (watch);
  watch_open (engine, watch, project);
  again = isth_test_report_snapshot (watch->last);
  g_assert_cmpstr (again, ==, report);

  /* What comes after a cancel is read. */
  watch_open (engine, watch, place.capture);
  g_assert_cmpuint (watch->last->n_captures, ==, 2);
}

/* A mailbox and its engine end in the middle of reading: nothing arrives afterwards, nothing leaks. */
static void
post_snapshot (IsthSnapshot *snapshot,
               gpointer user_data)
{
  IsthMailbox **mailbox = user_data;

  g_assert_nonnull (*mailbox);
  isth_mailbox_post (*mailbox, snapshot);
}

static void
test_free_while_reading (void)
{
  const IsthEngineEvents only_snapshots = { .snapshot = post_snapshot };
  g_auto(Place) place;
  IsthMailbox *mailbox = g_new0 (IsthMailbox, 1);
  g_autoptr(IsthSnapshot) last = NULL;
  g_autoptr(Watch) watch = watch_new ();
  IsthEngine *engine;
  Writer writer;
  unsigned events_then;

  place_init (&place);
  writer_start (&writer, place.folder);
  engine = isth_engine_new (place.cache, &watch_events, watch);
  isth_engine_open (engine, (const char *const[]) { writer.path, NULL });
  watch_wait_until (watch, &watch->snapshots, 1);
  isth_engine_free (engine);
  events_then = watch->events;
  writer_clear (&writer);
  g_assert_cmpuint (watch->events, ==, events_then);

  engine = isth_engine_new (place.cache, &only_snapshots, &mailbox);
  isth_engine_open (engine, (const char *const[]) { place.capture, NULL });
  isth_engine_free (engine);
  last = isth_mailbox_take (mailbox);
  g_assert_null (isth_mailbox_take (mailbox));
  g_clear_pointer (&mailbox, g_free);
}

/* A pipe that nobody writes to holds up nobody: what was cancelled ends, what comes after is read. */
static void
test_silent_pipe (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_autofree char *path = NULL;

  place_init (&place);
  path = place_path (&place, "silent");
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  engine = isth_engine_new (place.cache, &watch_events, watch);
  isth_engine_open (engine, (const char *const[]) { path, NULL });
  isth_engine_cancel (engine);
  watch_wait_answer (watch);
  g_assert_cmpuint (watch->failures->len, ==, 0);
  watch_open (engine, watch, place.capture);
  g_assert_cmpuint (watch->last->n_captures, ==, 1);
  isth_engine_open (engine, (const char *const[]) { path, NULL }); /* and then the window is closed */
}

int
main (int argc,
      char **argv)
{
  static const struct { const char *name; void (*run) (void); } tests[] = {
    { "open", test_open },
    { "two-captures", test_two },
    { "not-captures", test_not_captures },
    { "known", test_known },
    { "grow", test_grow },
    { "cancel", test_cancel },
    { "free-while-reading", test_free_while_reading },
    { "silent-pipe", test_silent_pipe },
  };

  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);
  for (size_t i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/", tests[i].name, NULL);

      g_test_add_func (path, tests[i].run);
    }
  return g_test_run ();
}
