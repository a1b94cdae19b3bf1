/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A listener that remembers what an engine said, a folder with a capture, and a pipe that never ends. */
#include "tests/engine/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/helpers/sample-capture.h"

#define PATIENCE (120 * G_USEC_PER_SEC) /* only a broken engine needs it */

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
  self->failed++;
  g_ptr_array_add (self->failures, g_strdup (error->message));
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

/* No file may grow beyond @size, as on a disk that is full. */
void
watch_limit_files (rlim_t size)
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
  g_cond_broadcast (&self->cond);
  while (self->fill_disk && path[0] != '\0')
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
}

void
watch_fill_disk (Watch *self)
{
  g_mutex_lock (&self->lock);
  while (self->project[0] == '\0')
    g_cond_wait (&self->cond, &self->lock);
  watch_limit_files (1);
  self->fill_disk = false;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

const IsthEngineEvents watch_events = { on_snapshot, on_progress, on_failed, on_project };

Watch *
watch_new (void)
{
  Watch *self = g_new0 (Watch, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->failures = g_ptr_array_new_with_free_func (g_free);
  self->project = g_strdup ("");
  return self;
}

void
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

/* Another world begins. */
void
watch_forget (Watch *self)
{
  g_clear_pointer (&self->last, isth_snapshot_unref);
  self->most_frames = 0;
  self->shrunk = false;
}

void
watch_wait_until (Watch *self,
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
void
watch_wait_answer (Watch *self)
{
  watch_wait_until (self, &self->answers, 1);
  g_mutex_lock (&self->lock);
  self->answers--;
  g_mutex_unlock (&self->lock);
}

void
watch_open (IsthEngine *engine,
            Watch *watch,
            const char *path)
{
  const char *const paths[] = { path, NULL };

  isth_engine_open (engine, paths);
  watch_wait_answer (watch);
}

void
place_init (Place *self)
{
  g_autoptr(GByteArray) sample = isth_test_sample_part (0, isth_test_sample_frames ());

  self->folder = isth_test_make_folder ();
  self->cache = g_build_filename (self->folder, "cache", NULL);
  self->capture = isth_test_write (self->folder, "sample.pcap", sample);
}

void
place_clear (Place *self)
{
  isth_test_remove_folder (self->folder);
  g_free (self->cache);
  g_free (self->capture);
}

char *
place_path (const Place *place,
            const char *name)
{
  return g_build_filename (place->folder, name, NULL);
}

unsigned
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  unsigned n = 0;

  while (dir && g_dir_read_name (dir))
    n++;
  return n;
}

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

void
writer_start (Writer *self,
              const char *folder)
{
  self->path = g_build_filename (folder, "endless", NULL);
  self->stop = 0;
  g_assert_cmpint (mkfifo (self->path, 0600), ==, 0);
  self->thread = g_thread_new ("writer", writer_thread, self);
}

void
writer_clear (Writer *self)
{
  g_atomic_int_set (&self->stop, 1);
  g_thread_join (self->thread);
  g_free (self->path);
}
