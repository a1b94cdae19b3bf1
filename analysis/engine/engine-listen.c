/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listening on the engine thread: a child process that hears, its stream read like a capture, a recording of every byte. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "analysis/base/error.h"
#include "analysis/engine/engine-private.h"

#define LAST_WORDS (3 * G_USEC_PER_SEC) /* what a child that was told to stop may take */
#define COPIED (4u << 20)

IsthListen *
isth_listen_dup (const IsthListen *listen)
{
  IsthListen *self = g_memdup2 (listen, sizeof *listen);

  self->interfaces = (const char *const *) g_strdupv ((GStrv) listen->interfaces);
  self->filter = g_strdup (listen->filter);
  self->recording = g_strdup (listen->recording);
  self->ring_folder = g_strdup (listen->ring_folder);
  return self;
}

void
isth_listen_free (IsthListen *self)
{
  if (!self)
    return;
  g_strfreev ((GStrv) self->interfaces);
  g_free ((char *) self->filter);
  g_free ((char *) self->recording);
  g_free ((char *) self->ring_folder);
  g_free (self);
}

static char *
name_recording (IsthEngine *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d %H-%M-%S");
  static gint number;
  g_autofree char *name = g_strdup_printf ("%s %d-%d.pcapng", day, (int) getpid (), g_atomic_int_add (&number, 1));

  return g_build_filename (self->cache_folder, name, NULL);
}

/* Where the recording is to be, open for writing in *@fd (-1: none is made). NULL: it cannot be. */
static char *
open_recording (IsthEngine *self,
                const IsthListen *listen,
                int *fd,
                GError **error)
{
  g_autofree char *path = NULL;

  *fd = -1;
  if (listen->ring_folder)
    return g_strdup (listen->ring_folder);
  g_mkdir_with_parents (self->cache_folder, 0700);
  path = listen->recording ? g_strdup (listen->recording) : name_recording (self);
  *fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (*fd >= 0)
    return g_steal_pointer (&path);
  g_set_error (error, ISTH_ERROR, ISTH_ERROR_LISTEN, _("The recording “%s” could not be begun: %s. Choose another place for it."), path, g_strerror (errno));
  return NULL;
}

/* Names what pausing and cancelling act on from now on; those that came before act at once. */
static void
set_listener (IsthEngine *self,
              IsthListener *listener,
              uint64_t number)
{
  g_mutex_lock (&self->lock);
  self->listener = listener;
  self->paused = false;
  if (listener && number < self->cancelled)
    isth_listener_stop (listener);
  g_mutex_unlock (&self->lock);
}

/* Whether anything went so wrong that it was told. */
static bool
pass_on_complaints (IsthEngine *self)
{
  bool any = false;
  GError *complaint;
  char *about = NULL;

  while ((complaint = isth_listener_next_complaint (self->listener, &about)))
    {
      isth_engine_fail (self, complaint, about);
      g_error_free (complaint);
      g_clear_pointer (&about, g_free);
      any = true;
    }
  return any;
}

bool
isth_engine_tend_listener (IsthEngine *self,
                           IsthSource *source,
                           bool cancelled)
{
  const char *failure = isth_source_get_recording_failure (source);
  gint64 now = g_get_monotonic_time ();

  pass_on_complaints (self);
  if (failure && !self->recording_failed)
    {
      g_autoptr(GError) error = g_error_new_literal (ISTH_ERROR, ISTH_ERROR_LISTEN, failure);

      self->recording_failed = true;
      isth_engine_fail (self, error, isth_source_get_info (source)->path);
    }
  if (!cancelled)
    return true;
  /* It was told to stop already: what it still has is read to its end, so that the recording is whole. */
  if (self->give_up == 0)
    self->give_up = now + LAST_WORDS;
  return now < self->give_up;
}

static void
hear (IsthEngine *self,
      IsthSource *source,
      const Request *request)
{
  g_autoptr(IsthFacts) facts = NULL;
  g_autoptr(GError) error = NULL;
  const IsthCaptureInfo *info = isth_source_get_info (source);
  bool told;

  isth_engine_tell_progress (self, &(IsthProgress){ .state = ISTH_ENGINE_LISTENING, .path = info->path, .count = 1 });
  if (!isth_source_begin (source, &error))
    {
      isth_listener_wait (self->listener);
      told = pass_on_complaints (self);
      if (!told && !isth_engine_is_cancelled (self, request->number))
        isth_engine_fail (self, error, info->path);
      if (!request->listen->ring_folder)
        g_unlink (info->path); /* nothing is in it */
      return;
    }
  isth_engine_need_project (self);
  facts = isth_facts_new ();
  isth_world_add_facts (self->world, facts);
  isth_engine_read_source (self, source, facts, request->number, 0, 1);
  isth_listener_kill (self->listener); /* only one that did not end by itself is still there */
  isth_listener_wait (self->listener);
  pass_on_complaints (self);
}

typedef struct
{
  const IsthListen *listen;
  IsthListener *listener;
  int output;
  GError *error;
} Start;

static void
start_listener (gpointer data)
{
  Start *self = data;

  self->listener = isth_listener_new (self->listen, &self->output, &self->error);
}

void
isth_engine_do_listen (IsthEngine *self,
                       const Request *request)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthListener) listener = NULL;
  g_autoptr(IsthSource) source = NULL;
  g_autofree char *path = NULL;
  Start start = { request->listen, .output = -1 };
  int recording = -1;

  if (isth_engine_is_cancelled (self, request->number))
    return;
  path = open_recording (self, request->listen, &recording, &error);
  if (path)
    {
      isth_engine_run_outside (self, start_listener, &start);
      listener = start.listener;
      error = start.error;
    }
  if (listener)
    source = isth_source_new_stream (path, start.output, recording, &error);
  if (!source)
    {
      if (!listener && recording >= 0)
        {
          close (recording);
          g_unlink (path);
        }
      isth_engine_fail (self, error, path ? path : "");
      return;
    }
  self->recording_failed = false;
  self->give_up = 0;
  set_listener (self, listener, request->number);
  hear (self, source, request);
  set_listener (self, NULL, request->number);
  isth_engine_tell_progress (self, &(IsthProgress){ .state = ISTH_ENGINE_IDLE, .path = "" });
}

static bool
copy_bytes (int from,
            int to)
{
  g_autofree char *bytes = g_malloc (COPIED);
  ssize_t n;

  while ((n = read (from, bytes, COPIED)) > 0)
    for (ssize_t done = 0, written; done < n; done += written)
      if ((written = write (to, bytes + done, (size_t) (n - done))) < 0)
        return false;
  return n == 0 && fsync (to) == 0;
}

/* Moves within a file system, else copies and then removes; never over a file that is there. */
static bool
move_file (const char *from,
           const char *to)
{
  int source, target, code;
  bool fine;

  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return true;
  if (errno != EXDEV && errno != EINVAL)
    return false;
  source = open (from, O_RDONLY | O_CLOEXEC);
  target = source >= 0 ? open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
  fine = target >= 0 && copy_bytes (source, target);
  code = errno;
  if (source >= 0)
    close (source);
  if (target >= 0)
    close (target);
  if (fine)
    g_unlink (from);
  else if (target >= 0)
    g_unlink (to);
  errno = code;
  return fine;
}

static IsthFacts *
find_by_path (IsthEngine *self,
              const char *path)
{
  GPtrArray *all = isth_world_get_facts (self->world);

  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (isth_facts_get_capture (all->pdata[i])->path, path) == 0)
      return all->pdata[i];
  return NULL;
}

void
isth_engine_do_keep_recording (IsthEngine *self,
                               const char *from,
                               const char *to)
{
  g_autoptr(GError) error = NULL;
  IsthFacts *facts = find_by_path (self, from);

  isth_engine_tell_progress (self, &(IsthProgress){ .state = ISTH_ENGINE_SAVING, .path = to });
  if (!move_file (from, to))
    {
      error = g_error_new (ISTH_ERROR, ISTH_ERROR_LISTEN, _("The recording could not be saved as “%s”: %s. It stays where it is: %s"), to, g_strerror (errno), from);
      isth_engine_fail (self, error, to);
    }
  else if (facts)
    {
      IsthFactCapture *capture = isth_facts_get_capture (facts);

      g_free (capture->path);
      capture->path = g_strdup (to);
      if (self->project && !isth_project_save_facts (self->project, facts, &error))
        isth_engine_fail (self, error, isth_project_get_path (self->project));
    }
  isth_engine_tell_progress (self, &(IsthProgress){ .state = ISTH_ENGINE_IDLE, .path = "" });
}

void
isth_engine_drop_recordings (IsthEngine *self)
{
  GPtrArray *all = isth_world_get_facts (self->world);

  for (guint i = 0; i < all->len; i++)
    {
      const char *path = isth_facts_get_capture (all->pdata[i])->path;
      g_autofree char *folder = path ? g_path_get_dirname (path) : NULL;

      if (folder && g_str_equal (folder, self->cache_folder) && g_str_has_suffix (path, ".pcapng"))
        g_unlink (path);
    }
}
