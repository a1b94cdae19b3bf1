/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine's thread (engine.c), its reading (engine-read.c) and its project keeping (engine-project.c) share. */
#pragma once

#include "analysis/capture/source.h"
#include "analysis/engine/engine.h"
#include "analysis/engine/listener.h"
#include "analysis/engine/pipeline.h"
#include "analysis/project/project.h"
#include "analysis/world/count.h"

typedef enum
{
  REQUEST_OPEN,
  REQUEST_CLOSE,
  REQUEST_SAVE_AS,
  REQUEST_EDIT,
  REQUEST_ACKNOWLEDGE,
  REQUEST_REVIEW,
  REQUEST_COUNT,
  REQUEST_LISTEN,
  REQUEST_FOLLOW,
  REQUEST_KEEP_RECORDING,
  REQUEST_STOP,
} RequestKind;

typedef struct
{
  RequestKind kind;
  uint64_t number;    /* in order of asking */
  GStrv paths;        /* open */
  char *path;         /* save as; keep recording: to; follow */
  char *from;         /* keep recording */
  IsthListen *listen;
  bool flag;          /* close: discard; acknowledge: acknowledged */
  uint64_t alert;
  int64_t window_from, window_to; /* count */
  IsthEdit edit;      /* strings owned */
  IsthReview review;  /* the same */
} Request;

/* What the engine thread has another one do, because its own rights are cut. */
typedef struct
{
  void (*run) (gpointer data); /* NULL: no more of them */
  gpointer data;
} Errand;

#define ISTH_ENGINE_THREADS MIN (g_get_num_processors (), 2)

struct _IsthEngine
{
  GThread *thread, *outside;
  GAsyncQueue *requests;
  GAsyncQueue *errands, *errands_done; /* Errand, lent */
  IsthEngineEvents events;
  gpointer user_data;
  char *cache_folder;

  GMutex lock;        /* guards reading and the five below */
  IsthSource *reading;
  IsthListener *listener; /* in place of reading */
  bool following; /* reading ends where it is when cancelled */
  bool paused;
  uint64_t cancelled; /* requests numbered below this are cancelled */
  uint64_t asked;     /* requests so far */

  /* The engine thread's own. */
  IsthPipeline *pipeline;
  IsthWorld *world;
  IsthProject *project;
  bool unsaved;
  IsthCount *count;   /* of the time window asked for last; NULL: not counted */
  int64_t count_from, count_to;
  GQueue later;       /* requests taken out of the queue while something was being read */
  gint64 next_snapshot, next_progress, next_commit; /* monotonic µs */
  gint64 last_snapshot, snapshot_cost; /* of the last one made while reading: its end, and how long it took, µs */
  uint64_t snapshot_rows;              /* rows of facts that it was made of */
  gint64 rate_time;
  uint64_t rate_frames, rate;
  uint64_t shown_frames, kept_frames; /* of the capture in hand, in the last snapshot and in the last commit */
  gint64 give_up;     /* monotonic µs: a listener that was told to stop has this long; 0: was not told */
  bool recording_failed; /* and that was told */
  bool unsettled;        /* the last commits are still beside the project, for want of room, and that was told */
};

void isth_engine_fail (IsthEngine *self, const GError *error, const char *path);
void isth_engine_publish (IsthEngine *self);
void isth_engine_tell_progress (IsthEngine *self, const IsthProgress *progress);

/* Runs @run with @data on a thread that may start programs, and waits for its end. */
void isth_engine_run_outside (IsthEngine *self, void (*run) (gpointer data), gpointer data);

/* Does those waiting requests that need not wait for the end of the reading; the others are put by. */
void isth_engine_serve_small (IsthEngine *self);

/* engine-read.c: reads @paths one after another, unless cancelled (see IsthEngine.cancelled). @number: of the request. */
void isth_engine_read (IsthEngine *self, const char *const *paths, uint64_t number);
void isth_engine_do_follow (IsthEngine *self, const Request *request);
bool isth_engine_is_cancelled (IsthEngine *self, uint64_t number);

/* Reads one begun source into @facts, to its end or until cancelled. */
void isth_engine_read_source (IsthEngine *self, IsthSource *source, IsthFacts *facts, uint64_t number, uint32_t index, uint32_t count);

/* engine-count.c: counts, and what is told of it with each snapshot; forgets the counts when captures come or go.
 * True when the last snapshot still is all that is known. */
bool isth_engine_do_count (IsthEngine *self, const Request *request);
void isth_engine_publish_count (IsthEngine *self, IsthSnapshot *whole);
void isth_engine_withdraw_count (IsthEngine *self);
void isth_engine_forget_count (IsthEngine *self); /* … without a word */

/* engine-listen.c */
IsthListen *isth_listen_dup (const IsthListen *listen);
void isth_listen_free (IsthListen *self);
void isth_engine_do_listen (IsthEngine *self, const Request *request);
void isth_engine_do_keep_recording (IsthEngine *self, const char *from, const char *to);
void isth_engine_drop_recordings (IsthEngine *self); /* those of this world that lie in the cache folder */

/* Between two steps: passes on what the listener says; false when it was told to stop and does not end. */
bool isth_engine_tend_listener (IsthEngine *self, IsthSource *source, bool cancelled);

/* engine-project.c */
bool isth_engine_need_project (IsthEngine *self);
void isth_engine_settle_project (IsthEngine *self); /* tells once when there is no room for that */
void isth_engine_lose_project (IsthEngine *self); /* it cannot be written any more; what is known stays */
void isth_engine_open_project (IsthEngine *self, const char *path);
void isth_engine_leave_project (IsthEngine *self, bool discard);
void isth_engine_keep_project_as (IsthEngine *self, const char *path);
