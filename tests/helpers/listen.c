/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listens as the window does, without one: an engine, its progress and words as lines, the report at the end. For tests and benchmarks.
 * usage: listen FOLDER RECORDING REPORT INTERFACE…   Ends when its standard input does. */
#include <glib.h>
#include <stdio.h>
#include <unistd.h>

#include "analysis/isthmus.h"

typedef struct
{
  GMutex lock;
  GCond cond;
  IsthSnapshot *last;
  IsthEngineState state;
  bool begun, answered;
  unsigned snapshots;
} Heard;

static void
on_snapshot (IsthSnapshot *snapshot,
             gpointer user_data)
{
  Heard *self = user_data;

  g_mutex_lock (&self->lock);
  isth_snapshot_unref (self->last);
  self->last = snapshot;
  self->snapshots++;
  self->answered = self->begun && self->state == ISTH_ENGINE_IDLE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
on_progress (const IsthProgress *progress,
             gpointer user_data)
{
  Heard *self = user_data;

  g_mutex_lock (&self->lock);
  self->state = progress->state;
  self->begun |= progress->state == ISTH_ENGINE_LISTENING;
  if (progress->state != ISTH_ENGINE_IDLE)
    printf ("progress\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\n", progress->frames, progress->rate,
            progress->dropped, progress->sent);
  g_mutex_unlock (&self->lock);
}

static void
on_failed (const GError *error,
           const char *path,
           gpointer user_data)
{
  printf ("failed\t%s\t%s\n", path, error->message);
}

static bool
write_report (const IsthSnapshot *snapshot,
              const char *path)
{
  FILE *file = fopen (path, "w");
  bool written = file && snapshot && isth_report_write_json (snapshot, file, NULL);

  return file && fclose (file) == 0 && written;
}

int
main (int argc,
      char **argv)
{
  static const IsthEngineEvents events = { on_snapshot, on_progress, on_failed, NULL };
  Heard heard = { 0 };
  IsthListen listen = { .promiscuous = true };
  IsthEngine *engine;
  char byte;
  bool written;

  if (argc < 5)
    return 2;
  setvbuf (stdout, NULL, _IOLBF, 0);
  listen.recording = argv[2];
  listen.interfaces = (const char *const *) argv + 4;
  engine = isth_engine_new (argv[1], &events, &heard);
  isth_engine_listen (engine, &listen);
  while (read (STDIN_FILENO, &byte, 1) > 0)
    continue;
  isth_engine_cancel (engine);
  g_mutex_lock (&heard.lock);
  while (!heard.answered && heard.begun)
    g_cond_wait (&heard.cond, &heard.lock);
  written = write_report (heard.last, argv[3]);
  printf ("snapshots\t%u\n", heard.snapshots);
  g_mutex_unlock (&heard.lock);
  isth_engine_close (engine, true);
  isth_engine_free (engine);
  isth_snapshot_unref (heard.last);
  return written ? 0 : 1;
}
