/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listening without rights: a script stands in for isthmus-capture. What was heard live and what its recording says are the same. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/engine/watch.h"
#include "tests/helpers/sample-capture.h"

/* Says what it is asked, gives the sample plant, and waits to be told to stop. */
static const char hears[] = "#!/bin/sh\n"
                            "[ \"$1\" = --list ] && exec cat '%s'\n"
                            "printf '%%s\\n' \"$*\" > '%s'\n"
                            "trap 'kill $!; exit 0' TERM\n"
                            "trap : USR1 USR2\n"
                            "printf 'listening\\teth1\\n' >&2\n"
                            "cat '%s'\n"
                            "sleep 1000 & wait $! || wait $!\n";

static const char refuses[] = "#!/bin/sh\n"
                              "printf 'no-rights\\teth1\\tsocket: Operation not permitted\\n' >&2\n"
                              "exit 3\n";

static const char list[] = "name\tdescription\taddresses\tflags\tlink_type\tcapture\treason\n"
                           "eth1\tMirror port\t192.0.2.1,fe80::1\tup,running\tEN10MB\tyes\t\n"
                           "lo\t\t127.0.0.1\tup,running,loopback\t\tno-rights\tYou don't have permission\n"
                           "wlan0\t\t\twireless\t\tno\tThat device is not up\n";

static const char *const names[] = { "eth1", NULL };

static void
write_script (const Place *place,
              const char *text)
{
  g_autofree char *path = place_path (place, "isthmus-capture");

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_setenv ("ISTHMUS_CAPTURE", path, TRUE);
}

static void
write_hearing_script (const Place *place)
{
  g_autofree char *list_path = place_path (place, "list"), *asked = place_path (place, "asked");
  g_autofree char *text = g_strdup_printf (hears, list_path, asked, place->capture);

  g_assert_true (g_file_set_contents (list_path, list, -1, NULL));
  write_script (place, text);
}

/* Until the last snapshot has all frames of the sample, then stops. */
static void
hear_all (IsthEngine *engine,
          Watch *watch)
{
  g_mutex_lock (&watch->lock);
  while (watch->most_frames < isth_test_sample_frames ())
    g_cond_wait (&watch->cond, &watch->lock);
  g_assert_cmpint (watch->state, ==, ISTH_ENGINE_LISTENING);
  g_mutex_unlock (&watch->lock);
  isth_engine_cancel (engine);
  watch_wait_answer (watch);
}

/* The report of one capture read without an engine. */
static char *
read_plainly (const char *path)
{
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthSource) source = isth_source_open (path, NULL);
  g_autoptr(IsthFacts) facts = isth_facts_new ();

  isth_pipeline_run (pipeline, source, facts);
  isth_world_add_facts (world, facts);
  return isth_test_report (world);
}

static void
assert_same_bytes (const char *a,
                   const char *b)
{
  g_autofree char *first = NULL, *second = NULL;
  gsize n, m;

  g_assert_true (g_file_get_contents (a, &first, &n, NULL));
  g_assert_true (g_file_get_contents (b, &second, &m, NULL));
  g_assert_cmpmem (first, n, second, m);
}

static void
test_same_as_recording (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_autofree char *recording = NULL, *kept = NULL, *asked_path = NULL, *asked = NULL, *live = NULL, *again = NULL, *moved = NULL;
  IsthListen listen = { .interfaces = names, .filter = "not port 22", .snap_length = 100, .promiscuous = true };

  place_init (&place);
  write_hearing_script (&place);
  recording = place_path (&place, "heard.pcapng");
  kept = place_path (&place, "kept.pcapng");
  listen.recording = recording;
  engine = isth_engine_new (place.cache, &watch_events, watch);
  isth_engine_listen (engine, &listen);
  hear_all (engine, watch);
  g_assert_cmpuint (watch->failures->len, ==, 0);
  asked_path = place_path (&place, "asked");
  g_assert_true (g_file_get_contents (asked_path, &asked, NULL, NULL));
  g_assert_cmpstr (asked, ==, "--snap-length=100 --filter=not port 22 -- eth1\n");

  g_assert_true (watch->last->captures[0]->complete);
  assert_same_bytes (recording, place.capture);
  live = isth_test_report_snapshot (watch->last);
  again = read_plainly (recording);
  g_assert_cmpstr (live, ==, again);

  /* The same capture is known when it is opened in this project, and its new place when it was moved. */
  watch_open (engine, watch, recording);
  g_assert_cmpuint (watch->failures->len, ==, 1);
  g_assert_cmpuint (watch->last->n_captures, ==, 1);
  isth_engine_keep_recording (engine, recording, kept);
  watch_wait_until (watch, &watch->answers, 2);
  g_assert_false (g_file_test (recording, G_FILE_TEST_EXISTS));
  g_assert_cmpstr (watch->last->captures[0]->path, ==, kept);
  g_clear_pointer (&live, g_free);
  live = isth_test_report_snapshot (watch->last);
  moved = read_plainly (kept);
  g_assert_cmpstr (live, ==, moved);
}

/* Without a place of its own the recording lies in the cache folder, and goes with a project that nobody wants. */
static void
test_discard (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  IsthListen listen = { .interfaces = names, .promiscuous = true };

  place_init (&place);
  write_hearing_script (&place);
  engine = isth_engine_new (place.cache, &watch_events, watch);
  isth_engine_listen (engine, &listen);
  hear_all (engine, watch);
  g_assert_true (g_str_has_prefix (watch->last->captures[0]->path, place.cache));
  g_assert_true (g_file_test (watch->last->captures[0]->path, G_FILE_TEST_EXISTS));
  isth_engine_close (engine, true);
  watch_wait_answer (watch);
  g_assert_cmpuint (count_files (place.cache), ==, 0);
  g_assert_cmpuint (watch->failures->len, ==, 0);
  watch_forget (watch);
}

/* Nothing is left of a listening that could not begin, and the words say what to type. */
static void
test_no_rights (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_autofree char *command = NULL;
  IsthListen listen = { .interfaces = names, .promiscuous = true };

  place_init (&place);
  write_script (&place, refuses);
  engine = isth_engine_new (place.cache, &watch_events, watch);
  isth_engine_listen (engine, &listen);
  watch_wait_answer (watch);
  command = isth_listen_get_command ();
  g_assert_true (g_str_has_prefix (command, "sudo setcap cap_net_raw=ep "));
  g_assert_cmpuint (watch->failures->len, ==, 1);
  g_assert_nonnull (strstr (watch->failures->pdata[0], command));
  g_assert_cmpuint (count_files (place.cache), ==, 0);
}

/* Cancelled before it began: as if it had not been asked for. */
static void
test_cancel_early (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  IsthListen listen = { .interfaces = names, .promiscuous = true };

  place_init (&place);
  write_hearing_script (&place);
  engine = isth_engine_new (place.cache, &watch_events, watch);
  isth_engine_listen (engine, &listen);
  isth_engine_listen (engine, &listen);
  isth_engine_pause (engine, true);
  isth_engine_cancel (engine);
  watch_wait_until (watch, &watch->answers, 2);
  g_assert_cmpuint (watch->failures->len, ==, 0);
}

/* A file that grows is read while it does, and ends where it is. */
static void
test_follow (void)
{
  g_auto(Place) place;
  g_autoptr(Watch) watch = watch_new ();
  g_autoptr(IsthEngine) engine = NULL;
  g_autofree char *growing = NULL, *bytes = NULL, *live = NULL, *again = NULL;
  gsize n;
  int fd;

  place_init (&place);
  growing = place_path (&place, "growing.pcap");
  g_assert_true (g_file_get_contents (place.capture, &bytes, &n, NULL));
  g_assert_true (g_file_set_contents (growing, bytes, (gssize) n / 2, NULL));
  engine = isth_engine_new (place.cache, &watch_events, watch);
  isth_engine_follow (engine, growing);
  watch_wait_until (watch, &watch->grown, 1);
  fd = g_open (growing, O_WRONLY | O_APPEND, 0);
  g_assert_cmpint (write (fd, bytes + n / 2, n - n / 2), ==, (gssize) (n - n / 2));
  close (fd);
  g_mutex_lock (&watch->lock);
  while (watch->most_frames < isth_test_sample_frames ())
    g_cond_wait (&watch->cond, &watch->lock);
  g_mutex_unlock (&watch->lock);
  isth_engine_cancel (engine);
  watch_wait_answer (watch);
  g_assert_true (watch->last->captures[0]->complete);
  live = isth_test_report_snapshot (watch->last);
  again = read_plainly (growing);
  g_assert_cmpstr (live, ==, again);
  watch_open (engine, watch, growing); /* known */
  g_assert_cmpuint (watch->failures->len, ==, 1);
  g_assert_cmpuint (watch->last->n_captures, ==, 1);
}

typedef struct
{
  GMutex lock;
  GCond cond;
  IsthListenInterfaces *list;
} Heard;

static void
on_interfaces (IsthListenInterfaces *found,
               const GError *error,
               gpointer user_data)
{
  Heard *self = user_data;

  g_assert_no_error (error);
  g_mutex_lock (&self->lock);
  isth_listen_interfaces_unref (self->list);
  self->list = found;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
test_interfaces (void)
{
  g_auto(Place) place;
  Heard heard = { 0 };
  IsthListenWatch *watch;
  const IsthListenInterface *items;

  place_init (&place);
  write_hearing_script (&place);
  watch = isth_listen_watch_new (on_interfaces, &heard);
  g_mutex_lock (&heard.lock);
  while (!heard.list)
    g_cond_wait (&heard.cond, &heard.lock);
  g_mutex_unlock (&heard.lock);
  isth_listen_watch_free (watch);

  items = heard.list->items;
  g_assert_cmpuint (heard.list->n, ==, 3);
  g_assert_cmpstr (items[0].name, ==, "eth1");
  g_assert_cmpstr (items[0].description, ==, "Mirror port");
  g_assert_cmpuint (g_strv_length (items[0].addresses), ==, 2);
  g_assert_true (items[0].up && items[0].running && !items[0].loopback && !items[0].wireless);
  g_assert_cmpint (items[0].ability, ==, ISTH_LISTEN_POSSIBLE);
  g_assert_cmpint (items[1].ability, ==, ISTH_LISTEN_NEEDS_RIGHTS);
  g_assert_true (items[1].loopback);
  g_assert_cmpint (items[2].ability, ==, ISTH_LISTEN_IMPOSSIBLE);
  g_assert_cmpstr (items[2].reason, ==, "That device is not up");
  g_assert_cmpuint (g_strv_length (items[2].addresses), ==, 0);
  isth_listen_interfaces_unref (heard.list);
}

static void
test_filter (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (isth_listen_check_filter ("tcp port 502 or vlan", NULL));
  g_assert_true (isth_listen_check_filter ("", NULL));
  g_assert_true (isth_listen_check_filter (NULL, NULL));
  g_assert_false (isth_listen_check_filter ("tcp prot 502", &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_USAGE);
  g_assert_false (isth_listen_check_filter ("host plc1", NULL));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/listen/same-as-recording", test_same_as_recording);
  g_test_add_func ("/engine/listen/discard", test_discard);
  g_test_add_func ("/engine/listen/no-rights", test_no_rights);
  g_test_add_func ("/engine/listen/cancel-early", test_cancel_early);
  g_test_add_func ("/engine/listen/follow", test_follow);
  g_test_add_func ("/engine/listen/interfaces", test_interfaces);
  g_test_add_func ("/engine/listen/filter", test_filter);
  return g_test_run ();
}
