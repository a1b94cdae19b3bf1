/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listens to the session and the frame clock; a tick of the highest priority finds out how long the main loop is away. */
#include "app/profile.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "app/session.h"

#define TICK_MS 5
#define REST_MS 500 /* without a picture, until the window counts as come to rest */
#define HELD_MS 30  /* of the main thread's work at a stretch, from which on it is told */

typedef struct
{
  GtkWidget *window;
  GStrv paths;
  gint64 started, worked; /* µs: of the clock, of this thread's */
  gint64 last_paint, last_tick, last_worked;
  gint64 pause, starting_pause;
  gboolean shown, opened, heard, filled, done;
} Profile;

/* When the kernel started this process, in µs of CLOCK_BOOTTIME: what came before main() counts too. */
static gint64
get_start (void)
{
  g_autofree char *text = NULL;
  const char *field;
  gint64 ticks = 0;

  if (!g_file_get_contents ("/proc/self/stat", &text, NULL, NULL) || !(field = strrchr (text, ')')))
    return 0;
  for (int i = 0; i < 20 && field; i++) /* starttime is the 20th behind the name: proc(5) */
    field = strchr (field + 1, ' ');
  if (field)
    ticks = g_ascii_strtoll (field + 1, NULL, 10);

  return ticks * G_USEC_PER_SEC / sysconf (_SC_CLK_TCK);
}

static gint64
read_clock (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gint64
now (void)
{
  return read_clock (CLOCK_BOOTTIME);
}

static void
say (Profile    *self,
     const char *what)
{
  printf ("%-28s %6.0f ms, worked %6.0f ms\n", what, (double) (now () - self->started) / 1000,
          (double) (read_clock (CLOCK_THREAD_CPUTIME_ID) - self->worked) / 1000);
  fflush (stdout);
}

/* A window that has come to rest is what a person chooses a file in. */
static void
open_paths (Profile *self)
{
  self->opened = TRUE;
  self->started = now ();
  self->worked = read_clock (CLOCK_THREAD_CPUTIME_ID);
  self->starting_pause = 0;
  say (self, "files chosen");
  if (self->paths)
    isth_window_open (ISTH_WINDOW (self->window), (const char *const *) self->paths);
  g_clear_pointer (&self->paths, g_strfreev);
}

/* By work, not by the clock, which also counts what others do on a busy machine. */
static void
say_held (Profile *self)
{
  gint64 worked = read_clock (CLOCK_THREAD_CPUTIME_ID), held = worked - self->last_worked;

  self->last_worked = worked;
  if (!self->opened || held < HELD_MS * 1000)
    return;
  printf ("%-28s %6.0f ms, worked %6.0f ms at a stretch\n", "held", (double) (now () - self->started) / 1000, (double) held / 1000);
  fflush (stdout);
}

/* Goes on for as long as the program does: what a person does in the window afterwards may hold it, too. */
static gboolean
on_tick (gpointer user_data)
{
  Profile *self = user_data;
  gint64 time = now (), away = time - self->last_tick - TICK_MS * 1000;

  say_held (self);

  if (self->filled)
    self->pause = MAX (self->pause, away);
  else
    self->starting_pause = MAX (self->starting_pause, away);
  self->last_tick = time;
  if (self->shown && !self->opened && time - self->last_paint > REST_MS * 1000)
    open_paths (self);
  if (!self->done || !self->window)
    return G_SOURCE_CONTINUE;

  self->window = NULL;
  printf ("%-28s %6.0f ms\n%-28s %6.0f ms\n", "longest pause, to first rows", (double) self->starting_pause / 1000,
          "longest pause, from then on", (double) self->pause / 1000);
  fflush (stdout);
  return G_SOURCE_CONTINUE;
}

static void
on_painted (GdkFrameClock *clock,
            Profile       *self)
{
  g_autoptr(IsthSession) session = NULL;

  if (!self->shown)
    say (self, "window shown");
  self->shown = TRUE;
  self->last_paint = now ();
  if (self->filled)
    return;

  g_object_get (self->window, "session", &session, NULL);
  if (!isth_session_get_snapshot (session) || isth_session_get_snapshot (session)->n_assets == 0)
    return;
  self->filled = TRUE;
  say (self, "first assets shown");
}

static void
on_snapshot (IsthSession *session,
             GParamSpec  *pspec,
             Profile     *self)
{
  if (!self->heard)
    say (self, "first snapshot");
  self->heard = TRUE;
  gtk_widget_queue_draw (self->window);
}

static void
on_reading (IsthSession *session,
            GParamSpec  *pspec,
            Profile     *self)
{
  if (isth_session_get_reading (session))
    return;

  say (self, "all read");
  self->done = TRUE;
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (self->window), self);
  g_signal_handlers_disconnect_by_data (session, self);
}

void
isth_profile_open (IsthWindow *window,
                   const char *view,
                   const char *const *paths)
{
  g_autoptr(IsthSession) session = NULL;
  Profile *self = g_new0 (Profile, 1);

  self->window = GTK_WIDGET (window);
  self->paths = g_strdupv ((GStrv) paths);
  self->started = get_start ();
  self->last_tick = now ();
  g_object_get (window, "session", &session, NULL);
  gtk_widget_realize (self->window);
  g_action_group_activate_action (G_ACTION_GROUP (window), "view", g_variant_new_string (view));
  g_signal_connect (gtk_widget_get_frame_clock (self->window), "after-paint", G_CALLBACK (on_painted), self);
  g_signal_connect (session, "notify::snapshot", G_CALLBACK (on_snapshot), self);
  g_signal_connect (session, "notify::reading", G_CALLBACK (on_reading), self);
  g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, on_tick, self, NULL);
}
