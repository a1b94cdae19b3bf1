/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting a time window: reads again those parts of the captures that overlap it, beside the project, which stays as it is. */
#include "analysis/engine/engine-private.h"

#include "analysis/detections/detect.h"

#define QUIET 300000 /* µs before anything is said: most windows are counted by then */
#define PROGRESS_EVERY 100000

typedef struct
{
  IsthEngine *engine;
  uint64_t number;   /* of the request */
  const char *path;
  uint32_t index, n; /* of the captures that overlap the window */
  IsthSource *source;
  gint64 next;
  bool told;
} Work;

static void
tell (Work *self)
{
  const IsthCaptureInfo *info = isth_source_get_info (self->source);
  gint64 now = g_get_monotonic_time ();

  if (now < self->next)
    return;
  self->next = now + PROGRESS_EVERY;
  self->told = true;
  isth_engine_tell_progress (self->engine, &(IsthProgress) { .state = ISTH_ENGINE_COUNTING,
                                                             .path = self->path,
                                                             .index = self->index,
                                                             .count = self->n,
                                                             .frames = info->frames,
                                                             .read = info->read,
                                                             .size = info->size });
}

/* Another window was asked for, or captures are to be read: these counts would be thrown away. */
static bool
is_outdated (IsthEngine *self)
{
  for (GList *link = self->later.head; link; link = link->next)
    {
      RequestKind kind = ((const Request *) link->data)->kind;

      if (kind != REQUEST_SAVE_AS && kind != REQUEST_KEEP_RECORDING)
        return true;
    }
  return false;
}

static bool
may_go_on (Work *self)
{
  isth_engine_serve_small (self->engine);
  return !is_outdated (self->engine) && !isth_engine_is_cancelled (self->engine, self->number);
}

/* While frames outside the window are passed over. */
static void
on_passing (IsthSource *source,
            gpointer user_data)
{
  Work *self = user_data;

  g_assert (g_thread_self () == self->engine->thread);
  tell (self);
  if (!may_go_on (self))
    isth_source_cancel (source);
}

static void
add_traffic (const IsthTraffic *traffic,
             gpointer user_data)
{
  isth_count_add_traffic (user_data, traffic);
}

/* Reads what the window has of one capture; false when it is not to be gone on with. On this thread alone: a reader ahead that passes over the
 * frames of hours would leave nobody here to see that a person cancels. */
static bool
read_capture (Work *self,
              IsthCount *count,
              IsthFacts *facts,
              int64_t from,
              int64_t to)
{
  IsthPipeline *pipeline = self->engine->pipeline;
  g_autoptr(IsthFacts) window = isth_facts_new ();
  bool more = true, fine = true;

  isth_source_set_window (self->source, from, to, isth_facts_get_capture (facts)->offsets, on_passing, self);
  isth_count_begin_capture (count, facts);
  isth_pipeline_set_traffic_func (pipeline, add_traffic, count);
  isth_pipeline_set_threads (pipeline, 1);
  isth_pipeline_begin (pipeline, self->source, window);
  while (more && fine)
    {
      more = isth_pipeline_step (pipeline);
      tell (self);
      fine = may_go_on (self);
    }
  isth_pipeline_end (pipeline, fine);
  isth_pipeline_set_traffic_func (pipeline, NULL, NULL);
  isth_pipeline_set_threads (pipeline, ISTH_ENGINE_THREADS);
  isth_count_add_operations (count, window);
  return fine;
}

static bool
count_capture (Work *self,
               IsthCount *count,
               IsthFacts *facts,
               int64_t from,
               int64_t to)
{
  const IsthFactCapture *about = isth_facts_get_capture (facts);
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open_again (about->path, about->size, about->fingerprint, &error);
  bool fine;

  if (!source)
    {
      isth_engine_fail (self->engine, error, about->path);
      return false;
    }
  self->source = source;
  self->path = about->path;
  fine = read_capture (self, count, facts, from, to);
  self->source = NULL;
  return fine;
}

static bool
overlaps (IsthFacts *facts,
          int64_t from,
          int64_t to)
{
  const IsthFactCapture *about = isth_facts_get_capture (facts);

  return about->path && about->first != ISTH_NO_TIME && about->first <= to && about->last >= from;
}

static bool
count_captures (Work *self,
                IsthCount *count,
                int64_t from,
                int64_t to)
{
  GPtrArray *all = isth_world_get_facts (self->engine->world);
  bool fine = true;

  for (guint i = 0; i < all->len; i++)
    self->n += overlaps (all->pdata[i], from, to);
  for (guint i = 0; i < all->len && fine; i++)
    if (overlaps (all->pdata[i], from, to))
      {
        fine = count_capture (self, count, all->pdata[i], from, to);
        self->index++;
      }
  return fine;
}

void
isth_engine_forget_count (IsthEngine *self)
{
  g_clear_pointer (&self->count, isth_count_free);
}

void
isth_engine_withdraw_count (IsthEngine *self)
{
  isth_engine_forget_count (self);
  if (self->events.counted)
    self->events.counted (NULL, ISTH_NO_TIME, ISTH_NO_TIME, self->user_data);
}

/* The world as it is: every request that changes it publishes it. */
static IsthSnapshot *
get_whole (IsthEngine *self)
{
  IsthSnapshot *last = isth_world_get_last (self->world);

  return last ? isth_snapshot_ref (last) : isth_world_resolve (self->world, isth_detect, self->world);
}

/* Whether people said nothing meanwhile that the last snapshot does not know. */
static bool
is_current (IsthEngine *self)
{
  return self->next_snapshot != 0;
}

bool
isth_engine_do_count (IsthEngine *self,
                      const Request *request)
{
  Work work = { .engine = self, .number = request->number, .next = g_get_monotonic_time () + QUIET };
  g_autoptr(IsthSnapshot) whole = get_whole (self);
  g_autoptr(IsthCount) count = isth_count_new (self->world, whole);
  bool fine;

  self->next_snapshot = 1; /* 0: a small request was served */
  fine = count_captures (&work, count, request->window_from, request->window_to);
  isth_engine_forget_count (self);
  if (work.told)
    isth_engine_tell_progress (self, &(IsthProgress) { .state = ISTH_ENGINE_IDLE, .path = "" });
  if (fine)
    {
      isth_count_finish (count);
      self->count = g_steal_pointer (&count);
      self->count_from = request->window_from;
      self->count_to = request->window_to;
      if (is_current (self))
        isth_engine_publish_count (self, whole);
    }
  else if (self->events.counted && !is_outdated (self))
    self->events.counted (NULL, request->window_from, request->window_to, self->user_data);
  return is_current (self);
}

void
isth_engine_publish_count (IsthEngine *self,
                           IsthSnapshot *whole)
{
  if (self->count && self->events.counted)
    self->events.counted (isth_count_apply (self->count, whole), self->count_from, self->count_to, self->user_data);
}
