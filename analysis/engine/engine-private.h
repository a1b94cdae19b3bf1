/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine's thread (engine.c), its reading (engine-read.c) and its project keeping (engine-project.c) share. */
#pragma once

#include "analysis/capture/source.h"
#include "analysis/engine/engine.h"
#include "analysis/engine/pipeline.h"
#include "analysis/project/project.h"

typedef enum
{
  REQUEST_OPEN,
  REQUEST_CLOSE,
  REQUEST_SAVE_AS,
  REQUEST_EDIT,
  REQUEST_ACKNOWLEDGE,
  REQUEST_STOP,
} RequestKind;

typedef struct
{
  RequestKind kind;
  uint64_t number;    /* in order of asking */
  GStrv paths;        /* open */
  char *path;         /* save as */
  bool flag;          /* close: discard; acknowledge: acknowledged */
  uint64_t alert;
  IsthEdit edit;      /* strings owned */
} Request;

struct _IsthEngine
{
  GThread *thread;
  GAsyncQueue *requests;
  IsthEngineEvents events;
  gpointer user_data;
  char *cache_folder;

  GMutex lock;        /* guards reading and the two below */
  IsthSource *reading;
  uint64_t cancelled; /* requests numbered below this are cancelled */
  uint64_t asked;     /* requests so far */

  /* The engine thread's own. */
  IsthPipeline *pipeline;
  IsthWorld *world;
  IsthProject *project;
  bool unsaved;
  GQueue later;       /* requests taken out of the queue while something was being read */
  gint64 next_snapshot, next_progress, next_commit; /* monotonic µs */
  gint64 rate_time;
  uint64_t rate_frames, rate;
};

void isth_engine_fail (IsthEngine *self, const GError *error, const char *path);
void isth_engine_publish (IsthEngine *self);
void isth_engine_tell_progress (IsthEngine *self, const IsthProgress *progress);

/* Does those waiting requests that need not wait for the end of the reading; the others are put by. */
void isth_engine_serve_small (IsthEngine *self);

/* engine-read.c: reads @paths one after another, unless cancelled (see IsthEngine.cancelled). @number: of the request. */
void isth_engine_read (IsthEngine *self, const char *const *paths, uint64_t number);

/* engine-project.c */
bool isth_engine_need_project (IsthEngine *self);
void isth_engine_lose_project (IsthEngine *self); /* it cannot be written any more; what is known stays */
void isth_engine_open_project (IsthEngine *self, const char *path);
void isth_engine_leave_project (IsthEngine *self, bool discard);
void isth_engine_keep_project_as (IsthEngine *self, const char *path);
