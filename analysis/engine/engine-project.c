/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which project the engine writes to: an unsaved one in the cache folder, until a person gives it a name. */
#include "analysis/engine/engine-private.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "analysis/base/error.h"

static void
tell_project (IsthEngine *self)
{
  if (self->events.project)
    self->events.project (self->project ? isth_project_get_path (self->project) : "", self->unsaved, self->user_data);
}

static char *
name_unsaved (IsthEngine *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d %H-%M-%S");
  static gint number;
  g_autofree char *name = g_strdup_printf ("%s %d-%d.isthmus", day, (int) getpid (), g_atomic_int_add (&number, 1));

  return g_build_filename (self->cache_folder, name, NULL);
}

/* Makes a project at @path of all that is known already: an earlier one may have been impossible, or its disk is full. */
static bool
begin_project (IsthEngine *self,
               const char *path,
               bool unsaved)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) project = isth_project_create (path, &error);

  if (!project || !isth_project_save_world (project, self->world, g_get_user_name (), g_get_real_time () * 1000, &error))
    {
      if (project)
        g_unlink (path);
      isth_engine_fail (self, error, path);
      return false;
    }
  self->project = g_steal_pointer (&project);
  self->unsaved = unsaved;
  tell_project (self);
  return true;
}

bool
isth_engine_need_project (IsthEngine *self)
{
  g_autofree char *path = NULL;

  if (self->project)
    return true;
  path = name_unsaved (self);
  g_mkdir_with_parents (self->cache_folder, 0700);
  if (begin_project (self, path, true))
    return true;
  self->unsaved = true;
  tell_project (self);
  return false;
}

void
isth_engine_settle_project (IsthEngine *self)
{
  g_autoptr(GError) error = NULL;
  bool told = self->unsettled;

  if (!self->project)
    return;
  self->unsettled = !isth_project_settle (self->project, &error);
  if (self->unsettled && !told)
    isth_engine_fail (self, error, isth_project_get_path (self->project));
}

void
isth_engine_lose_project (IsthEngine *self)
{
  self->unsettled = false;
  g_clear_pointer (&self->project, isth_project_free);
  self->unsaved = true;
  tell_project (self);
}

static void
save_copy (IsthEngine *self,
           const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *before = g_strdup (isth_project_get_path (self->project));

  if (!isth_project_save_as (self->project, path, &error))
    {
      isth_engine_fail (self, error, path);
      return;
    }
  if (self->unsaved && !g_str_equal (before, isth_project_get_path (self->project)))
    g_unlink (before);
  self->unsaved = false;
  tell_project (self);
}

/* Whether @path lies in the cache folder: the left-over of an earlier run. */
static bool
is_in_cache (IsthEngine *self,
             const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_str_equal (folder, self->cache_folder);
}

void
isth_engine_open_project (IsthEngine *self,
                          const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) project = isth_project_open (path, &error);
  g_autoptr(IsthWorld) world = isth_world_new ();

  if (!project || !isth_project_load (project, world, &error))
    {
      isth_engine_fail (self, error, path);
      return;
    }
  isth_engine_leave_project (self, false);
  isth_world_free (self->world);
  self->world = g_steal_pointer (&world);
  self->project = g_steal_pointer (&project);
  self->unsaved = is_in_cache (self, path);
  tell_project (self);
}

void
isth_engine_leave_project (IsthEngine *self,
                           bool discard)
{
  g_autofree char *path = self->project ? g_strdup (isth_project_get_path (self->project)) : NULL;

  if (!self->unsaved || !discard)
    isth_engine_settle_project (self);
  self->unsettled = false;
  g_clear_pointer (&self->project, isth_project_free);
  if (path && self->unsaved && discard)
    {
      isth_engine_drop_recordings (self);
      g_unlink (path);
    }
  isth_world_free (self->world);
  self->world = isth_world_new ();
  self->unsaved = false;
  tell_project (self);
}

void
isth_engine_keep_project_as (IsthEngine *self,
                             const char *path)
{
  isth_engine_tell_progress (self, &(IsthProgress){ .state = ISTH_ENGINE_SAVING, .path = path });
  if (self->project)
    save_copy (self, path);
  else
    begin_project (self, path, false);
  isth_engine_tell_progress (self, &(IsthProgress){ .state = ISTH_ENGINE_IDLE, .path = "" });
}

typedef struct
{
  char *path;
  gint64 time;
} Left;

static int
compare_left (gconstpointer a,
              gconstpointer b)
{
  const Left *left = a, *other = b;

  return left->time != other->time ? (left->time < other->time ? 1 : -1) : g_strcmp0 (left->path, other->path);
}

GStrv
isth_engine_list_unsaved (const char *cache_folder)
{
  g_autoptr(GDir) dir = g_dir_open (cache_folder, 0, NULL);
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Left));
  GStrvBuilder *paths = g_strv_builder_new ();
  GStrv result;
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      Left left = { .path = g_build_filename (cache_folder, name, NULL) };
      GStatBuf info;

      /* One in use belongs to another window. Of the others only the first bytes are looked at: what is wrong with one is told when it is opened. */
      if (g_str_has_suffix (name, ".isthmus") && g_stat (left.path, &info) == 0 && !isth_project_is_in_use (left.path) &&
          isth_project_probe (left.path))
        {
          left.time = info.st_mtime;
          g_array_append_val (found, left);
        }
      else
        g_free (left.path);
    }
  g_array_sort (found, compare_left);
  for (guint i = 0; i < found->len; i++)
    {
      g_strv_builder_add (paths, g_array_index (found, Left, i).path);
      g_free (g_array_index (found, Left, i).path);
    }
  result = g_strv_builder_end (paths);
  g_strv_builder_unref (paths);
  return result;
}
