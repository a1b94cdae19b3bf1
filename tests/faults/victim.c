/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody to be killed: works with an engine as the window does and says on standard output what it was told is done. What it said
 * must then be there. Says a line each: "project PATH", "captures N", "words N"; ends when it has nothing more to do. */
#include <glib.h>
#include <stdio.h>
#include <unistd.h>

#include "analysis/isthmus.h"

typedef struct
{
  GMutex lock;
  GCond cond;
  unsigned answers;
  bool saving;
  IsthSnapshot *last;
} Victim;

/* One write(), so that a line is there whole or not at all. */
static void
say (const char *format,
     ...)
{
  va_list arguments;
  char line[4200];
  int n;

  va_start (arguments, format);
  n = g_vsnprintf (line, sizeof line, format, arguments);
  va_end (arguments);
  if (write (STDOUT_FILENO, line, (size_t) MIN (n, (int) sizeof line - 1)) < 0)
    _exit (3);
}

static void
on_snapshot (IsthSnapshot *snapshot,
             gpointer user_data)
{
  Victim *self = user_data;

  g_mutex_lock (&self->lock);
  isth_snapshot_unref (self->last);
  self->last = snapshot;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

/* An opening or saving is over when the engine is idle again. */
static void
on_progress (const IsthProgress *progress,
             gpointer user_data)
{
  Victim *self = user_data;

  g_mutex_lock (&self->lock);
  if (progress->state == ISTH_ENGINE_IDLE)
    self->answers++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
on_failed (const GError *error,
           const char *path,
           gpointer user_data)
{
  say ("failed %s\n", error->message);
}

static void
on_project (const char *path,
            bool unsaved,
            gpointer user_data)
{
  say ("project %s\n", path);
}

static void
wait_answer (Victim *self)
{
  g_mutex_lock (&self->lock);
  while (self->answers == 0)
    g_cond_wait (&self->cond, &self->lock);
  self->answers--;
  g_mutex_unlock (&self->lock);
}

static void
open_capture (Victim *self,
              IsthEngine *engine,
              const char *path,
              int number)
{
  isth_engine_open (engine, (const char *const[]) { path, NULL });
  wait_answer (self);
  say ("captures %d\n", number);
}

/* A word is committed before the snapshot that shows it. */
static bool
shows_word (const IsthSnapshot *snapshot,
            const char *word)
{
  for (uint32_t i = 0; snapshot && i < snapshot->n_assets; i++)
    if (g_str_equal (snapshot->assets[i]->name, word))
      return true;
  return false;
}

static void
say_word (Victim *self,
          IsthEngine *engine,
          int number)
{
  g_autofree char *word = g_strdup_printf ("word %d", number);
  IsthEdit edit = { .attribute = ISTH_ATTRIBUTE_NAME, .value = word, .author = "victim", .time = number };

  g_mutex_lock (&self->lock);
  while (!self->last || self->last->n_assets == 0)
    g_cond_wait (&self->cond, &self->lock);
  edit.about = isth_asset_get_anchor (self->last->assets[0]);
  isth_engine_edit (engine, &edit);
  while (!shows_word (self->last, word))
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
  say ("words %d\n", number);
}

int
main (int argc,
      char **argv)
{
  const IsthEngineEvents events = { on_snapshot, on_progress, on_failed, on_project };
  Victim self = { 0 };
  g_autoptr(IsthEngine) engine = NULL;
  int words = 0;

  if (argc < 4)
    {
      fprintf (stderr, "usage: victim FOLDER WORDS CAPTURE…\n");
      return 2;
    }
  g_mutex_init (&self.lock);
  g_cond_init (&self.cond);
  engine = isth_engine_new (argv[1], &events, &self);
  for (int i = 3; i < argc; i++)
    {
      g_autofree char *name = g_strdup_printf ("saved %d.isthmus", i % 2);
      g_autofree char *path = g_build_filename (argv[1], name, NULL);

      open_capture (&self, engine, argv[i], i - 2);
      for (int k = 0; k < atoi (argv[2]); k++)
        say_word (&self, engine, ++words);
      isth_engine_save_as (engine, path);
      wait_answer (&self);
    }
  g_clear_pointer (&engine, isth_engine_free);
  isth_snapshot_unref (self.last);
  return 0;
}
