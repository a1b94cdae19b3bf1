/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which interfaces there are, by isthmus-capture --list, and how busy they are, by /proc/net/dev, which everybody may read. */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "analysis/base/error.h"
#include "analysis/engine/listener.h"

#define EVERY G_USEC_PER_SEC
#define LIST_EVERY 10 /* looks: rights and addresses change without a new name */

struct _IsthListenWatch
{
  IsthListenInterfacesFunc func;
  gpointer user_data;
  GThread *thread;
  GMutex lock;
  GCond changed;
  bool ended;            /* under the lock */

  /* The thread's own. */
  GPtrArray *listed;     /* IsthListenInterface, without their rates */
  GHashTable *activity;  /* name → Activity */
  GError *error;         /* why the list is not known */
  gint64 looked;
};

typedef struct
{
  uint64_t frames;
  bool seen;             /* in this look */
  uint32_t rate[ISTH_LISTEN_MOMENTS];
} Activity;

static void
interface_clear (IsthListenInterface *self)
{
  g_free (self->name);
  g_free (self->description);
  g_strfreev (self->addresses);
  g_free (self->link_type);
  g_free (self->reason);
}

static void
interface_free (gpointer data)
{
  interface_clear (data);
  g_free (data);
}

static void
list_clear (gpointer data)
{
  IsthListenInterfaces *self = data;

  for (uint32_t i = 0; i < self->n; i++)
    interface_clear (&self->items[i]);
  g_free (self->items);
}

/* A line of isthmus-capture --list; NULL when it is none. */
static IsthListenInterface *
parse_line (const char *line)
{
  g_auto(GStrv) fields = g_strsplit (line, "\t", 7);
  g_auto(GStrv) flags = NULL;
  IsthListenInterface *self;

  if (g_strv_length (fields) < 7)
    return NULL;
  flags = g_strsplit (fields[3], ",", -1);
  self = g_new0 (IsthListenInterface, 1);
  self->name = g_strdup (fields[0]);
  self->description = g_strdup (fields[1]);
  self->addresses = g_strsplit (fields[2], ",", -1);
  self->up = g_strv_contains ((const char *const *) flags, "up");
  self->running = g_strv_contains ((const char *const *) flags, "running");
  self->loopback = g_strv_contains ((const char *const *) flags, "loopback");
  self->wireless = g_strv_contains ((const char *const *) flags, "wireless");
  self->link_type = g_strdup (fields[4]);
  self->ability = g_str_equal (fields[5], "yes") ? ISTH_LISTEN_POSSIBLE
                  : g_str_equal (fields[5], "no-rights") ? ISTH_LISTEN_NEEDS_RIGHTS : ISTH_LISTEN_IMPOSSIBLE;
  self->reason = g_strdup (fields[6]);
  return self;
}

static bool
run_list (char **text,
          GError **error)
{
  g_autofree char *program = isth_listener_find_program ();
  const char *arguments[] = { program, "--list", NULL };
  g_autoptr(GError) reason = NULL;
  int status;

  if (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, text, NULL, &status, &reason)
      && g_spawn_check_wait_status (status, &reason))
    return true;
  g_clear_pointer (text, g_free);
  g_set_error (error, ISTH_ERROR, ISTH_ERROR_LISTEN, _("The network interfaces could not be listed: %s. Install Isthmus again."), reason->message);
  return false;
}

static void
list_interfaces (IsthListenWatch *self)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  g_clear_error (&self->error);
  g_ptr_array_set_size (self->listed, 0);
  if (!run_list (&text, &self->error))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines[0] ? lines + 1 : lines; *line; line++)
    {
      IsthListenInterface *interface = parse_line (*line);

      if (interface)
        g_ptr_array_add (self->listed, interface);
    }
}

static void
count_frames (IsthListenWatch *self,
              const char *name,
              uint64_t frames,
              double seconds)
{
  Activity *activity = g_hash_table_lookup (self->activity, name);

  if (!activity)
    {
      activity = g_new0 (Activity, 1);
      activity->frames = frames;
      g_hash_table_insert (self->activity, g_strdup (name), activity);
    }
  activity->seen = true;
  if (seconds <= 0)
    return;
  memmove (activity->rate, activity->rate + 1, sizeof activity->rate - sizeof activity->rate[0]);
  activity->rate[ISTH_LISTEN_MOMENTS - 1] = frames >= activity->frames ? (uint32_t) ((double) (frames - activity->frames) / seconds) : 0;
  activity->frames = frames;
}

/* True when an interface came or went. */
static bool
look_at_counters (IsthListenWatch *self)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  gint64 now = g_get_monotonic_time ();
  double seconds = self->looked ? (double) (now - self->looked) / G_USEC_PER_SEC : 0;
  guint before = g_hash_table_size (self->activity), known;
  GHashTableIter iter;
  gpointer value;
  uint64_t all = 0;

  if (!g_file_get_contents ("/proc/net/dev", &text, NULL, NULL))
    return false;
  self->looked = now;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++)
    {
      char name[64];
      uint64_t in, out;

      if (sscanf (*line, " %63[^:]: %*u %" G_GUINT64_FORMAT " %*u %*u %*u %*u %*u %*u %*u %" G_GUINT64_FORMAT, name, &in, &out) != 3)
        continue;
      count_frames (self, name, in + out, seconds);
      all += in + out;
    }
  count_frames (self, "any", all, seconds);
  known = g_hash_table_size (self->activity);
  g_hash_table_iter_init (&iter, self->activity);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!((Activity *) value)->seen)
      g_hash_table_iter_remove (&iter);
    else
      ((Activity *) value)->seen = false;
  return known != before || g_hash_table_size (self->activity) != known;
}

static IsthListenInterfaces *
make_list (IsthListenWatch *self)
{
  IsthListenInterfaces *list = isth_record_new (sizeof *list, list_clear);

  list->n = self->listed->len;
  list->items = g_new0 (IsthListenInterface, list->n);
  for (uint32_t i = 0; i < list->n; i++)
    {
      const IsthListenInterface *from = self->listed->pdata[i];
      const Activity *activity = g_hash_table_lookup (self->activity, from->name);
      IsthListenInterface *to = &list->items[i];

      *to = *from;
      to->name = g_strdup (from->name);
      to->description = g_strdup (from->description);
      to->addresses = g_strdupv (from->addresses);
      to->link_type = g_strdup (from->link_type);
      to->reason = g_strdup (from->reason);
      if (activity)
        memcpy (to->rate, activity->rate, sizeof to->rate);
    }
  return list;
}

static gpointer
watch_thread (gpointer data)
{
  IsthListenWatch *self = data;

  g_mutex_lock (&self->lock);
  for (unsigned look = 0; !self->ended; look++)
    {
      gint64 next = g_get_monotonic_time () + EVERY;
      bool changed;

      g_mutex_unlock (&self->lock);
      changed = look_at_counters (self);
      if (changed || look % LIST_EVERY == 0)
        list_interfaces (self);
      self->func (make_list (self), self->error, self->user_data);
      g_mutex_lock (&self->lock);
      while (!self->ended && g_cond_wait_until (&self->changed, &self->lock, next))
        continue;
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

IsthListenWatch *
isth_listen_watch_new (IsthListenInterfacesFunc func,
                       gpointer user_data)
{
  IsthListenWatch *self = g_new0 (IsthListenWatch, 1);

  self->func = func;
  self->user_data = user_data;
  self->listed = g_ptr_array_new_with_free_func (interface_free);
  self->activity = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->thread = g_thread_new ("isthmus-interfaces", watch_thread, self);
  return self;
}

void
isth_listen_watch_free (IsthListenWatch *self)
{
  if (!self)
    return;
  g_mutex_lock (&self->lock);
  self->ended = true;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_ptr_array_unref (self->listed);
  g_hash_table_unref (self->activity);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}
