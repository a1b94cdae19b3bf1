/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine as the window uses it: requests in, snapshots and words out. Every wait is for an event; nothing sleeps. */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/isthmus.h"
#include "tests/helpers/sample-capture.h"

#define PATIENCE (120 * G_USEC_PER_SEC) /* only a broken engine needs it */

typedef struct
{
  GMutex lock;
  GCond cond;
  IsthSnapshot *last;
  GPtrArray *failures;       /* char *, messages */
  char *project;
  bool unsaved;
  bool fill_disk;            /* as soon as there is a project */
  IsthEngineState state;
  uint64_t most_frames;      /* of the captures in the last snapshot */
  bool shrunk;               /* a snapshot was smaller than one before it */
  unsigned events, snapshots, grown, answers;
} Watch;

static uint64_t
count_frames (const IsthSnapshot *snapshot)
{
  uint64_t n = 0;

  for (uint32_t i = 0; i < snapshot->n_captures; i++)
    n += snapshot->captures[i]->frames;
  return n;
}

static void
on_snapshot (IsthSnapshot *snapshot,
             gpointer user_data)
{
  Watch *self = user_data;

  g_mutex_lock (&self->lock);
  self->events++;
  self->snapshots++;
  self->shrunk |= count_frames (snapshot) < self->most_frames;
  if (count_frames (snapshot) > self->most_frames)
    self->grown++;
  self->most_frames = count_frames (snapshot);
  isth_snapshot_unref (self->last);
  self->last = snapshot;
  if (self->state == ISTH_ENGINE_IDLE)
    self->answers++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
on_progress (const IsthProgress *progress,
             gpointer user_data)
{
  Watch *self = user_data;

  g_mutex_lock (&self->lock);
  self->events++;
  if (self->state == ISTH_ENGINE_SAVING && progress->state == ISTH_ENGINE_IDLE)
    self->answers++;
  self->state = progress->state;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
on_failed (const GError *error,
           const char *path,
           gpointer user_data)
{
  Watch *self = user_data;

  g_mutex_lock (&self->lock);
  self->events++;
  g_ptr_array_add (self->failures, g_strdup (error->message));
  g_mutex_unlock (&self->lock);
}

/* No file may grow beyond @size, as on a disk that is full. */
static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
on_project (const char *path,
            bool unsaved,
            gpointer user_data)
{
  Watch *self = user_data;

  g_mutex_lock (&self->lock);
  self->events++;
  g_free (self->project);
  self->project = g_strdup (path);
  self->unsaved = unsaved;
  if (self->fill_disk && path[0] != '\0')
    limit_files (1);
  g_mutex_unlock (&self->lock);
}

static const IsthEngineEvents events = { on_snapshot, on_progress, on_failed, on_project };

static Watch *
watch_new (void)
{
  Watch *self = g_new0 (Watch, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->failures = g_ptr_array_new_with_free_func (g_free);
  self->project = g_strdup ("");
  return self;
}

static void
watch_free (Watch *self)
{
  g_assert_false (self->shrunk);
  isth_snapshot_unref (self->last);
  g_ptr_array_unref (self->failures);
  g_free (self->project);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Watch, watch_free)

/* Another world begins. */
static void
watch_forget (Watch *self)
{
  g_clear_pointer (&self->last, isth_snapshot_unref);
  self->most_frames = 0;
  self->shrunk = false;
}

static void
wait_until (Watch *self,
            const unsigned *counter,
            unsigned n)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  g_mutex_lock (&self->lock);
  while (*counter < n)
    g_assert_true (g_cond_wait_until (&self->cond, &self->lock, end));
  g_mutex_unlock (&self->lock);
}

/* Waits for the end of the next request. */
static void
wait_answer (Watch *self)
{
  wait_until (self, &self->answers, 1);
  g_mutex_lock (&self->lock);
  self->answers--;
  g_mutex_unlock (&self->lock);
}

static void
open_one (IsthEngine *engine,
          Watch *watch,
          const char *path)
{
  const char *const paths[] = { path, NULL };

  isth_engine_open (engine, paths);
  wait_answer (watch);
}

typedef struct
{
  char *folder, *cache, *capture;
} Place;

static void
place_init (Place *self)
{
  g_autoptr(GByteArray) sample = isth_test_sample_part (0, isth_test_sample_frames ());

  self->folder = isth_test_make_folder ();
  self->cache = g_build_filename (self->folder, "cache", NULL);
  self->capture = isth_test_write (self->folder, "sample.pcap", sample);
}

static void
place_clear (Place *self)
{
  isth_test_remove_folder (self->folder);
  g_free (self->cache);
  g_free (self->capture);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* The report of captures read without an engine. */
static char *
read_plainly (const char *const *paths)
{
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();

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
  engine = isth_engine_new (place.cache, &events, watch);
  open_one (engine, watch, place.capture);
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
  engine = isth_engine_new (place.cache, &events, watch);
  isth_engine_open (engine, (const char *const[]) { second, first, NULL });
  wait_answer (watch);
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
  engine = isth_engine_new (place.cache, &events, watch);
  isth_engine_open (engine, (const char *const[]) { letter, missing, place.folder, place.capture, NULL });
  wait_answer (watch);
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
  engine = isth_engine_new (place.cache, &events, watch);
  open_one (engine, watch, place.capture);
  before = isth_test_report_snapshot (watch->last);
  isth_engine_open (engine, (const char *const[]) { place.capture, copy, NULL });
  wait_answer (watch);
  after = isth_test_report_snapshot (watch->last);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (watch->failures->len, ==, 2);
  g_assert_nonnull (strstr (watch->failures->pdata[0], "not counted again"));
}

/* Writes the sample again and again, each time later, until told to stop or nobody reads any more. */
typedef struct
{
  char *path;
  GThread *thread;
  gint stop;
} Writer;

static bool
write_all (int fd,
           const GByteArray *bytes,
           size_t from)
{
  for (size_t at = from; at < bytes->len;)
    {
      ssize_t n = write (fd, bytes->data + at, MIN (bytes->len - at, 4096));

      if (n < 0 && errno != EINTR)
        return false;
      at += n < 0 ? 0 : (size_t) n;
    }
  return true;
}

static gpointer
writer_thread (gpointer data)
{
  Writer *self = data;
  int fd = open (self->path, O_WRONLY | O_CLOEXEC);
  bool read = true;

  g_assert_cmpint (fd, >=, 0);
  for (uint32_t n = isth_test_sample_frames (), i = 0; read && !g_atomic_int_get (&self->stop); i++)
    {
      g_autoptr(GByteArray) piece = isth_test_sample_part (i * n, n);

      read = write_all (fd, piece, i == 0 ? 0 : 24);
    }
  close (fd);
  return NULL;
}

static void
writer_start (Writer *self,
              const char *folder)
{
  self->path = g_build_filename (folder, "endless", NULL);
  self->stop = 0;
  g_assert_cmpint (mkfifo (self->path, 0600), ==, 0);
  self->thread = g_thread_new ("writer", writer_thread, self);
}

static void
writer_clear (Writer *self)
{
  g_atomic_int_set (&self->stop, 1);
  g_thread_join (self->thread);
  g_free (self->path);
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
  engine = isth_engine_new (place.cache, &events, watch);
  writer_start (&writer, place.folder);
  isth_engine_open (engine, (const char *const[]) { writer.path, NULL });
  wait_until (watch, &watch->grown, 3);
  writer_clear (&writer);
  wait_answer (watch);
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
  engine = isth_engine_new (place.cache, &events, watch);
  writer_start (&writer, place.folder);
  isth_engine_open (engine, (const char *const[]) { writer.path, place.capture, NULL });
  wait_until (watch, &watch->grown, 2);
  isth_engine_cancel (engine);
  wait_answer (watch);
  writer_clear (&writer);
  g_assert_cmpuint (watch->last->n_captures, ==, 1); /* the second one was not begun */
  g_assert_false (watch->last->captures[0]->complete);
  g_assert_cmpuint (watch->last->captures[0]->frames, >, 0);
  g_assert_cmpuint (watch->last->n_assets, >, 0);
  report = isth_test_report_snapshot (watch->last);
  project = g_strdup (watch->project);

  isth_engine_close (engine, false);
  wait_answer (watch);
  g_assert_cmpuint (watch->last->n_assets, ==, 0);
  watch_forget (watch);
  open_one (engine, watch, project);
  again = isth_test_report_snapshot (watch->last);
  g_assert_cmpstr (again, ==, report);

  /* What comes after a cancel is read. */
  open_one (engine, watch, place.capture);
  g_assert_cmpuint (watch->last->n_captures, ==, 2);
}

static char *
path_in (const Place *place,
         const char *name)
{
  return g_build_filename (place->folder, name, NULL);
}

static unsigned
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  unsigned n = 0;

  while (dir && g_dir_read_name (dir))
    n++;
  return n;
}

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
  project = path_in (&place, "plant.isthmus");
  engine = isth_engine_new (place.cache, &events, watch);
  open_one (engine, watch, place.capture);
  g_assert_cmpuint (count_files (place.cache), >, 0);
  isth_engine_save_as (engine, project);
  wait_answer (watch);
  g_assert_cmpstr (watch->project, ==, project);
  g_assert_false (watch->unsaved);
  g_assert_cmpuint (count_files (place.cache), ==, 0);

  asset = watch->last->assets[0]->id;
  alert = watch->last->alerts[0]->id;
  edit.about = isth_asset_get_anchor (watch->last->assets[0]);
  isth_engine_edit (engine, &edit);
  wait_answer (watch);
  isth_engine_acknowledge (engine, alert, true);
  wait_answer (watch);
  before = isth_test_report_snapshot (watch->last);
  isth_engine_close (engine, true); /* a saved project is not removed */
  wait_answer (watch);
  watch_forget (watch);

  open_one (engine, watch, project);
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
  engine = isth_engine_new (place.cache, &events, watch);
  open_one (engine, watch, place.capture);
  path = g_strdup (watch->project);
  in_use = isth_engine_list_unsaved (place.cache);
  g_assert_cmpuint (g_strv_length (in_use), ==, 0);
  g_clear_pointer (&engine, isth_engine_free);

  left = isth_engine_list_unsaved (place.cache);
  g_assert_cmpuint (g_strv_length (left), ==, 1);
  g_assert_cmpstr (left[0], ==, path);
  watch->answers = 0;
  watch_forget (watch);
  engine = isth_engine_new (place.cache, &events, watch);
  open_one (engine, watch, path);
  g_assert_true (watch->unsaved);
  g_assert_cmpuint (watch->last->n_captures, ==, 1);
  isth_engine_close (engine, true);
  wait_answer (watch);
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
  project = path_in (&place, "plant.isthmus");
  engine = isth_engine_new (place.cache, &events, watch);
  other = isth_engine_new (place.cache, &events, other_watch);
  open_one (engine, watch, place.capture);
  isth_engine_save_as (engine, project);
  wait_answer (watch);

  open_one (other, other_watch, project);
  g_assert_cmpuint (other_watch->failures->len, ==, 1);
  g_assert_nonnull (strstr (other_watch->failures->pdata[0], project));
  g_assert_cmpuint (other_watch->last->n_captures, ==, 0);
  g_assert_cmpstr (other_watch->project, ==, "");

  isth_engine_close (engine, false);
  wait_answer (watch);
  watch_forget (watch);
  open_one (other, other_watch, project);
  g_assert_cmpuint (other_watch->failures->len, ==, 1);
  g_assert_cmpuint (other_watch->last->n_captures, ==, 1);
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
  engine = isth_engine_new (place.cache, &events, watch);
  isth_engine_open (engine, (const char *const[]) { writer.path, NULL });
  wait_until (watch, &watch->snapshots, 1);
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
  path = path_in (&place, "silent");
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  engine = isth_engine_new (place.cache, &events, watch);
  isth_engine_open (engine, (const char *const[]) { path, NULL });
  isth_engine_cancel (engine);
  wait_answer (watch);
  g_assert_cmpuint (watch->failures->len, ==, 0);
  open_one (engine, watch, place.capture);
  g_assert_cmpuint (watch->last->n_captures, ==, 1);
  isth_engine_open (engine, (const char *const[]) { path, NULL }); /* and then the window is closed */
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
  project = path_in (&place, "plant.isthmus");
  engine = isth_engine_new (cache, &events, watch);
  open_one (engine, watch, place.capture);
  g_assert_cmpuint (watch->failures->len, ==, 1);
  g_assert_nonnull (strstr (watch->failures->pdata[0], cache));
  g_assert_cmpstr (watch->project, ==, "");
  g_assert_true (watch->last->captures[0]->complete);
  before = isth_test_report_snapshot (watch->last);

  isth_engine_save_as (engine, project);
  wait_answer (watch);
  g_assert_cmpuint (watch->failures->len, ==, 1);
  g_assert_cmpstr (watch->project, ==, project);
  isth_engine_close (engine, false);
  wait_answer (watch);
  watch_forget (watch);
  open_one (engine, watch, project);
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
  project = path_in (&place, "plant.isthmus");
  watch->fill_disk = true;
  engine = isth_engine_new (place.cache, &events, watch);
  open_one (engine, watch, place.capture);
  limit_files (RLIM_INFINITY);
  watch->fill_disk = false;
  g_assert_cmpuint (watch->failures->len, ==, 1);
  g_assert_cmpstr (watch->project, ==, "");
  g_assert_true (watch->last->captures[0]->complete);
  before = isth_test_report_snapshot (watch->last);

  isth_engine_save_as (engine, project);
  wait_answer (watch);
  g_assert_cmpuint (watch->failures->len, ==, 1);
  isth_engine_close (engine, false);
  wait_answer (watch);
  watch_forget (watch);
  open_one (engine, watch, project);
  after = isth_test_report_snapshot (watch->last);
  g_assert_cmpstr (after, ==, before);
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
    { "save-and-reopen", test_save_and_reopen },
    { "unsaved", test_unsaved },
    { "second-window", test_second_window },
    { "free-while-reading", test_free_while_reading },
    { "silent-pipe", test_silent_pipe },
    { "no-project", test_no_project },
    { "full-disk", test_full_disk },
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
