/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading captures on the engine thread: snapshots, progress and commits on the way, cancel at any step. */
#include "analysis/engine/engine-private.h"

#include <glib/gi18n-lib.h>

#include "analysis/base/error.h"

#define FIRST_SNAPSHOT 50000   /* µs after the start: with what the window needs to draw it, a third of the time in which an answer seems immediate */
#define SNAPSHOT_EVERY 250000
#define SNAPSHOT_SHARE 50      /* a snapshot that will take t comes after at least 50 t without one: 2 % */
#define ROWS_ANYWAY 10000      /* what a snapshot of nothing costs, in rows */
#define PROGRESS_EVERY 100000
#define COMMIT_EVERY 1000000
#define PATIENCE 100           /* ms a silent pipe is waited at before snapshots, commits and progress have their turn */

bool
isth_engine_is_cancelled (IsthEngine *self,
                          uint64_t number)
{
  bool cancelled;

  g_mutex_lock (&self->lock);
  cancelled = number < self->cancelled;
  g_mutex_unlock (&self->lock);
  return cancelled;
}

/* Names what a cancel stops from now on; one that came before stops it at once. */
static void
set_reading (IsthEngine *self,
             IsthSource *source,
             bool following,
             uint64_t number)
{
  g_mutex_lock (&self->lock);
  self->reading = source;
  self->following = following;
  if (source && number < self->cancelled)
    isth_source_cancel (source);
  g_mutex_unlock (&self->lock);
}

static void
commit (IsthEngine *self,
        IsthFacts *facts)
{
  g_autoptr(GError) error = NULL;

  if (!self->project || isth_project_save_facts (self->project, facts, &error))
    return;
  /* The disk is full or gone. Go on reading without it: what is known stays on the screen, and the user is told once. */
  isth_engine_fail (self, error, isth_project_get_path (self->project));
  isth_engine_lose_project (self);
}

static IsthEngineState
get_state (IsthEngine *self)
{
  bool paused;

  if (!self->listener) /* only this thread changes it */
    return self->following ? ISTH_ENGINE_FOLLOWING : ISTH_ENGINE_READING;
  g_mutex_lock (&self->lock);
  paused = self->paused;
  g_mutex_unlock (&self->lock);
  return paused ? ISTH_ENGINE_PAUSED : ISTH_ENGINE_LISTENING;
}

static void
count_dropped (const IsthCaptureInfo *info,
               IsthProgress *progress)
{
  for (guint i = 0; i < info->interfaces->len; i++)
    {
      const IsthCaptureInterface *interface = info->interfaces->pdata[i];

      progress->dropped += interface->dropped;
      progress->dropped_known |= interface->dropped_known;
    }
}

static void
tell_reading (IsthEngine *self,
              const IsthCaptureInfo *info,
              uint32_t index,
              uint32_t count,
              gint64 now)
{
  IsthProgress progress = {
    .state = get_state (self),
    .path = info->path,
    .index = index,
    .count = count,
    .frames = info->frames,
    .read = info->read,
    .size = info->size,
  };

  if (now - self->rate_time >= G_USEC_PER_SEC)
    {
      self->rate = (info->frames - self->rate_frames) * G_USEC_PER_SEC / (uint64_t) (now - self->rate_time);
      self->rate_frames = info->frames;
      self->rate_time = now;
    }
  progress.rate = self->rate;
  count_dropped (info, &progress);
  isth_engine_tell_progress (self, &progress);
}

/* What a snapshot is made of. */
static uint64_t
count_rows (IsthEngine *self)
{
  GPtrArray *all = isth_world_get_facts (self->world);
  uint64_t rows = 0;

  for (guint i = 0; i < all->len; i++)
    {
      IsthFactsView view = isth_facts_view (g_ptr_array_index (all, i));

      rows += (uint64_t) view.n_stations + view.n_conversations + view.n_claims + view.n_operations + view.n_events;
    }
  return rows;
}

/* Whether the next snapshot, larger than the last by what came since, is worth its time. The first one always is. */
static bool
may_snapshot (IsthEngine *self,
              gint64 now)
{
  if (self->snapshot_cost == 0)
    return true;
  return (double) (now - self->last_snapshot) >=
         (double) self->snapshot_cost * SNAPSHOT_SHARE * (double) (count_rows (self) + ROWS_ANYWAY) / (double) (self->snapshot_rows + ROWS_ANYWAY);
}

static void
publish_reading (IsthEngine *self,
                 IsthFacts *facts)
{
  gint64 start = g_get_monotonic_time (), end;

  isth_pipeline_publish (self->pipeline);
  self->snapshot_rows = count_rows (self); /* with those of live flows */
  isth_engine_publish (self);
  isth_facts_drop_provisional (facts);
  end = g_get_monotonic_time ();
  self->snapshot_cost = end - start;
  self->last_snapshot = end;
  self->next_snapshot = end + SNAPSHOT_EVERY;
}

/* Whether the loop below is to be left before the end of @source. */
static bool
is_over (IsthEngine *self,
         IsthSource *source,
         uint64_t number)
{
  bool cancelled = isth_engine_is_cancelled (self, number);

  if (self->following) /* it was told to stop, and ends where it is */
    return false;
  return self->listener ? !isth_engine_tend_listener (self, source, cancelled) : cancelled;
}

static void
begin_reading (IsthEngine *self,
               IsthSource *source)
{
  gint64 now = g_get_monotonic_time ();

  self->next_snapshot = now + FIRST_SNAPSHOT;
  self->next_commit = now + COMMIT_EVERY;
  self->next_progress = now;
  self->rate_time = now;
  self->rate_frames = self->rate = 0;
  self->shown_frames = self->kept_frames = 0;
  isth_source_set_patience (source, PATIENCE);
}

/* What is due beside the reading. Nothing came, nothing to show: a silent network costs nothing. */
static void
do_due (IsthEngine *self,
        const IsthCaptureInfo *info,
        IsthFacts *facts)
{
  gint64 now = g_get_monotonic_time ();

  if (self->next_snapshot == 0 || (now >= self->next_snapshot && info->frames != self->shown_frames && may_snapshot (self, now)))
    {
      publish_reading (self, facts);
      self->shown_frames = info->frames;
    }
  if (now >= self->next_commit && info->frames != self->kept_frames)
    {
      isth_pipeline_describe (self->pipeline);
      commit (self, facts);
      self->kept_frames = info->frames;
      self->next_commit = g_get_monotonic_time () + COMMIT_EVERY;
    }
}

void
isth_engine_read_source (IsthEngine *self,
                         IsthSource *source,
                         IsthFacts *facts,
                         uint64_t number,
                         uint32_t index,
                         uint32_t count)
{
  const IsthCaptureInfo *info;
  bool more = true, over = false;

  begin_reading (self, source);
  isth_pipeline_begin (self->pipeline, source, facts);
  info = isth_pipeline_get_info (self->pipeline);
  while (more && !over)
    {
      gint64 now;

      more = isth_pipeline_step (self->pipeline);
      now = g_get_monotonic_time ();
      isth_engine_serve_small (self);
      over = is_over (self, source, number);
      if (now >= self->next_progress)
        {
          tell_reading (self, info, index, count, now);
          self->next_progress = now + PROGRESS_EVERY;
        }
      if (more)
        do_due (self, info, facts);
    }
  isth_pipeline_end (self->pipeline, !over);
  commit (self, facts);
}

static void
say_known (IsthEngine *self,
           const char *path)
{
  g_autoptr(GError) error = g_error_new (ISTH_ERROR, ISTH_ERROR_FILE, _("“%s” is in this project already; it was not counted again."), path);

  isth_engine_fail (self, error, path);
}

/* An earlier reading of the same capture: whole, there is nothing to do; broken off, it makes room. */
static bool
is_known (IsthEngine *self,
          const IsthCaptureInfo *info)
{
  IsthFacts *known = isth_world_find_capture (self->world, info->fingerprint, NULL);
  g_autoptr(GError) error = NULL;

  if (!known || isth_facts_get_capture (known)->size != info->size)
    return false;
  if (isth_facts_get_capture (known)->complete)
    return true;
  if (self->project && !isth_project_remove_facts (self->project, known, &error))
    isth_engine_fail (self, error, isth_project_get_path (self->project));
  isth_world_remove_facts (self->world, known);
  return false;
}

static void
begin_source (IsthEngine *self,
              IsthSource *source,
              uint64_t number,
              uint32_t index,
              uint32_t count)
{
  const IsthCaptureInfo *info = isth_source_get_info (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthFacts) facts = NULL;

  if (!isth_source_begin (source, &error))
    {
      bool stopped = self->following && isth_engine_is_cancelled (self, number);

      if (!stopped && !g_error_matches (error, ISTH_ERROR, ISTH_ERROR_CANCELLED))
        isth_engine_fail (self, error, info->path);
      return;
    }
  isth_engine_need_project (self);
  if (is_known (self, info))
    {
      say_known (self, info->path);
      return;
    }
  facts = isth_facts_new ();
  isth_world_add_facts (self->world, facts);
  isth_engine_read_source (self, source, facts, number, index, count);
}

static void
read_path (IsthEngine *self,
           const char *path,
           uint64_t number,
           uint32_t index,
           uint32_t count)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = NULL;

  if (isth_project_probe (path))
    {
      isth_engine_open_project (self, path);
      return;
    }
  source = isth_source_new (path, &error);
  if (!source)
    {
      isth_engine_fail (self, error, path);
      return;
    }
  set_reading (self, source, false, number);
  begin_source (self, source, number, index, count);
  set_reading (self, NULL, false, number);
}

void
isth_engine_do_follow (IsthEngine *self,
                       const Request *request)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = NULL;

  if (isth_engine_is_cancelled (self, request->number))
    return;
  source = isth_source_new_followed (request->path, &error);
  if (!source)
    {
      isth_engine_fail (self, error, request->path);
      return;
    }
  set_reading (self, source, true, request->number);
  begin_source (self, source, request->number, 0, 1);
  set_reading (self, NULL, false, request->number);
  isth_engine_tell_progress (self, &(IsthProgress){ .state = ISTH_ENGINE_IDLE, .path = "" });
}

void
isth_engine_read (IsthEngine *self,
                  const char *const *paths,
                  uint64_t number)
{
  uint32_t count = g_strv_length ((GStrv) paths);

  for (uint32_t i = 0; i < count && !isth_engine_is_cancelled (self, number); i++)
    read_path (self, paths[i], number, i, count);
  isth_engine_tell_progress (self, &(IsthProgress){ .state = ISTH_ENGINE_IDLE, .path = "" });
}
