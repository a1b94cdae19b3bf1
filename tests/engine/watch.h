/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine's tests share: a listener that remembers what was said, a folder with a capture, a pipe that never ends. */
#pragma once

#include <glib.h>
#include <sys/resource.h>

#include "analysis/isthmus.h"

typedef struct
{
  GMutex lock;
  GCond cond;
  IsthSnapshot *last;
  GPtrArray *failures;       /* char *, messages */
  char *project;
  bool unsaved;
  bool fill_disk;            /* the engine waits, as soon as there is a project, for watch_fill_disk() */
  IsthEngineState state;
  uint64_t most_frames;      /* of the captures in the last snapshot */
  bool shrunk;               /* a snapshot was smaller than one before it */
  unsigned events, snapshots, grown, answers, failed;
} Watch;

/* For isth_engine_new(), with a Watch. */
extern const IsthEngineEvents watch_events;

Watch *watch_new (void);
void watch_free (Watch *self);

/* Another world begins. */
void watch_forget (Watch *self);

/* Until @counter, one of the watch's own, is at least @n. */
void watch_wait_until (Watch *self, const unsigned *counter, unsigned n);

/* Waits for the end of the next request. */
void watch_wait_answer (Watch *self);

/* Opens one file and waits until it is read. */
void watch_open (IsthEngine *engine, Watch *watch, const char *path);

/* No file may grow beyond @size, as on a disk that is full. */
void watch_limit_files (rlim_t size);

/* Waits for a project, then fills the disk. The engine thread could not do that: its rights are cut. */
void watch_fill_disk (Watch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Watch, watch_free)

/* A folder of one's own; @cache is not made yet, @capture is the sample plant. */
typedef struct
{
  char *folder, *cache, *capture;
} Place;

void place_init (Place *self);
void place_clear (Place *self);
char *place_path (const Place *place, const char *name);
unsigned count_files (const char *folder);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* Writes the sample into a named pipe again and again, each time later, until told to stop or nobody reads any more. */
typedef struct
{
  char *path;
  GThread *thread;
  gint stop;
} Writer;

void writer_start (Writer *self, const char *folder);
void writer_clear (Writer *self);
