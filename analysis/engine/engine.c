/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine thread: one request after another; small ones also between two steps of a long reading. */
#include "analysis/engine/engine-private.h"

#include "analysis/base/sandbox.h"
#include "analysis/detections/detect.h"
#include "analysis/world/vendor.h"

static void
request_free (Request *self)
{
  g_strfreev (self->paths);
  g_free (self->path);
  g_free (self->from);
  isth_listen_free (self->listen);
  g_free ((char *) self->edit.about.child);
  g_free ((char *) self->edit.value);
  g_free ((char *) self->edit.author);
  isth_review_clear (&self->review);
  g_free (self);
}

void
isth_engine_fail (IsthEngine *self,
                  const GError *error,
                  const char *path)
{
  if (self->events.failed)
    self->events.failed (error, path, self->user_data);
}

void
isth_engine_publish (IsthEngine *self)
{
  IsthSnapshot *snapshot = isth_world_resolve (self->world, isth_detect, self->world);

  if (self->events.snapshot)
    self->events.snapshot (isth_snapshot_ref (snapshot), self->user_data);
  isth_engine_publish_count (self, snapshot);
  isth_snapshot_unref (snapshot);
}

void
isth_engine_tell_progress (IsthEngine *self,
                           const IsthProgress *progress)
{
  if (self->events.progress)
    self->events.progress (progress, self->user_data);
}

static void
do_edit (IsthEngine *self,
         const IsthEdit *edit)
{
  g_autoptr(GError) error = NULL;

  isth_world_add_edit (self->world, edit);
  if (self->project && !isth_project_save_edit (self->project, edit, &error))
    isth_engine_fail (self, error, isth_project_get_path (self->project));
}

static void
do_acknowledge (IsthEngine *self,
                const Request *request)
{
  g_autoptr(GError) error = NULL;

  isth_world_acknowledge (self->world, request->alert, request->flag);
  if (self->project
      && !isth_project_save_acknowledged (self->project, request->alert, request->flag, g_get_user_name (),
                                          g_get_real_time () * 1000, &error))
    isth_engine_fail (self, error, isth_project_get_path (self->project));
}

static void
do_review (IsthEngine *self,
           const IsthReview *review)
{
  g_autoptr(GError) error = NULL;

  isth_world_add_review (self->world, review);
  if (self->project && !isth_project_save_review (self->project, review, &error))
    isth_engine_fail (self, error, isth_project_get_path (self->project));
}

static bool
is_small (const Request *request)
{
  return request->kind == REQUEST_EDIT || request->kind == REQUEST_ACKNOWLEDGE || request->kind == REQUEST_REVIEW;
}

static void
do_small (IsthEngine *self,
          const Request *request)
{
  if (request->kind == REQUEST_EDIT)
    do_edit (self, &request->edit);
  else if (request->kind == REQUEST_REVIEW)
    do_review (self, &request->review);
  else
    do_acknowledge (self, request);
}

void
isth_engine_serve_small (IsthEngine *self)
{
  Request *request;

  while ((request = g_async_queue_try_pop (self->requests)))
    if (is_small (request))
      {
        do_small (self, request);
        request_free (request);
        self->next_snapshot = 0; /* the person who did it wants to see it */
      }
    else
      g_queue_push_tail (&self->later, request);
}

static void
do_request (IsthEngine *self,
            const Request *request)
{
  if (request->kind == REQUEST_OPEN || request->kind == REQUEST_CLOSE || request->kind == REQUEST_LISTEN)
    isth_engine_withdraw_count (self);
  switch (request->kind)
    {
    case REQUEST_OPEN:
      isth_engine_read (self, (const char *const *) request->paths, request->number);
      break;
    case REQUEST_CLOSE:
      isth_engine_leave_project (self, request->flag);
      break;
    case REQUEST_SAVE_AS:
      isth_engine_keep_project_as (self, request->path);
      return; /* the world is what it was */
    case REQUEST_EDIT:
    case REQUEST_ACKNOWLEDGE:
    case REQUEST_REVIEW:
      do_small (self, request);
      break;
    case REQUEST_COUNT:
      if (isth_engine_do_count (self, request))
        return;
      break;
    case REQUEST_LISTEN:
      isth_engine_do_listen (self, request);
      break;
    case REQUEST_FOLLOW:
      isth_engine_do_follow (self, request);
      break;
    case REQUEST_KEEP_RECORDING:
      isth_engine_do_keep_recording (self, request->from, request->path);
      break;
    case REQUEST_STOP:
      return;
    }
  isth_engine_publish (self);
}

/* Started before the engine thread cuts its rights, and idle but for the moment in which somebody begins to listen. */
static gpointer
outside_thread (gpointer data)
{
  IsthEngine *self = data;
  Errand *errand;

  while ((errand = g_async_queue_pop (self->errands))->run)
    {
      errand->run (errand->data);
      g_async_queue_push (self->errands_done, errand);
    }
  return NULL;
}

void
isth_engine_run_outside (IsthEngine *self,
                         void (*run) (gpointer data),
                         gpointer data)
{
  Errand errand = { run, data };

  g_async_queue_push (self->errands, &errand);
  g_async_queue_pop (self->errands_done);
}

static gpointer
engine_thread (gpointer data)
{
  IsthEngine *self = data;
  bool running = true;

  isth_vendor_prepare (); /* while the person still chooses a file */
  while (running)
    {
      Request *request = g_queue_pop_head (&self->later);

      if (!request)
        request = g_async_queue_pop (self->requests);
      do_request (self, request);
      running = request->kind != REQUEST_STOP;
      request_free (request);
      if (g_async_queue_length (self->requests) <= 0 && g_queue_is_empty (&self->later))
        isth_engine_settle_project (self); /* nobody waits: the time to learn whether there is room for all of it */
    }
  isth_engine_forget_count (self);
  isth_engine_leave_project (self, false);
  return NULL;
}

IsthEngine *
isth_engine_new (const char *cache_folder,
                 const IsthEngineEvents *events,
                 gpointer user_data)
{
  IsthEngine *self = g_new0 (IsthEngine, 1);

  self->requests = g_async_queue_new_full ((GDestroyNotify) request_free);
  self->events = *events;
  self->user_data = user_data;
  self->cache_folder = g_strdup (cache_folder);
  g_mutex_init (&self->lock);
  g_queue_init (&self->later);
  self->pipeline = isth_pipeline_new ();
  isth_pipeline_set_threads (self->pipeline, ISTH_ENGINE_THREADS);
  isth_pipeline_set_guesses (self->pipeline, true);
  self->world = isth_world_new ();
  g_get_user_name (); /* it is looked up once, and the thread could not: that may need a socket */
  self->errands = g_async_queue_new ();
  self->errands_done = g_async_queue_new ();
  self->outside = g_thread_new ("isthmus-outside", outside_thread, self);
  self->thread = g_thread_new ("isthmus-engine", engine_thread, self);
  return self;
}

static void
post (IsthEngine *self,
      const Request *request)
{
  Request *copy = g_memdup2 (request, sizeof *request);

  g_mutex_lock (&self->lock);
  copy->number = self->asked++;
  g_async_queue_push (self->requests, copy);
  g_mutex_unlock (&self->lock);
}

void
isth_engine_open (IsthEngine *self,
                  const char *const *paths)
{
  post (self, &(Request){ .kind = REQUEST_OPEN, .paths = g_strdupv ((GStrv) paths) });
}

void
isth_engine_close (IsthEngine *self,
                   bool discard)
{
  post (self, &(Request){ .kind = REQUEST_CLOSE, .flag = discard });
}

void
isth_engine_save_as (IsthEngine *self,
                     const char *path)
{
  post (self, &(Request){ .kind = REQUEST_SAVE_AS, .path = g_strdup (path) });
}

void
isth_engine_edit (IsthEngine *self,
                  const IsthEdit *edit)
{
  Request request = { .kind = REQUEST_EDIT, .edit = *edit };

  request.edit.about.child = g_strdup (edit->about.child);
  request.edit.value = g_strdup (edit->value);
  request.edit.author = g_strdup (edit->author);
  post (self, &request);
}

void
isth_engine_acknowledge (IsthEngine *self,
                         uint64_t alert,
                         bool acknowledged)
{
  post (self, &(Request){ .kind = REQUEST_ACKNOWLEDGE, .alert = alert, .flag = acknowledged });
}

void
isth_engine_review (IsthEngine *self,
                    const IsthReview *review)
{
  post (self, &(Request){ .kind = REQUEST_REVIEW, .review = isth_review_copy (review) });
}

void
isth_engine_count_window (IsthEngine *self,
                          int64_t from,
                          int64_t to)
{
  post (self, &(Request){ .kind = REQUEST_COUNT, .window_from = from, .window_to = to });
}

void
isth_engine_listen (IsthEngine *self,
                    const IsthListen *listen)
{
  post (self, &(Request){ .kind = REQUEST_LISTEN, .listen = isth_listen_dup (listen) });
}

void
isth_engine_follow (IsthEngine *self,
                    const char *path)
{
  post (self, &(Request){ .kind = REQUEST_FOLLOW, .path = g_strdup (path) });
}

void
isth_engine_keep_recording (IsthEngine *self,
                            const char *from,
                            const char *to)
{
  post (self, &(Request){ .kind = REQUEST_KEEP_RECORDING, .from = g_strdup (from), .path = g_strdup (to) });
}

void
isth_engine_pause (IsthEngine *self,
                   bool paused)
{
  g_mutex_lock (&self->lock);
  if (self->listener)
    {
      self->paused = paused;
      isth_listener_pause (self->listener, paused);
    }
  g_mutex_unlock (&self->lock);
}

void
isth_engine_cancel (IsthEngine *self)
{
  g_mutex_lock (&self->lock);
  self->cancelled = self->asked;
  if (self->reading && self->following)
    isth_source_stop (self->reading);
  else if (self->reading)
    isth_source_cancel (self->reading);
  if (self->listener)
    isth_listener_stop (self->listener);
  g_mutex_unlock (&self->lock);
}

void
isth_engine_stop (IsthEngine *self)
{
  isth_engine_cancel (self);
  post (self, &(Request){ .kind = REQUEST_STOP });
}

void
isth_engine_free (IsthEngine *self)
{
  Request *request;

  if (!self)
    return;
  isth_engine_stop (self);
  g_thread_join (self->thread);
  g_async_queue_push (self->errands, &(Errand){ NULL });
  g_thread_join (self->outside);
  g_async_queue_unref (self->errands);
  g_async_queue_unref (self->errands_done);
  while ((request = g_queue_pop_head (&self->later)))
    request_free (request);
  g_async_queue_unref (self->requests);
  isth_pipeline_free (self->pipeline);
  isth_world_free (self->world);
  g_mutex_clear (&self->lock);
  g_free (self->cache_folder);
  g_free (self);
}
