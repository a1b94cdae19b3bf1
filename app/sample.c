/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs isthmus-sample into the cache folder. It writes beside the file and renames, so that two windows cannot spoil each other's. */
#include "app/sample.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "analysis/isthmus.h"
#include "app/place.h"

typedef struct
{
  char *path, *part;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job->part);
  g_free (job);
}

static void
on_made (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *said = NULL;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, NULL, &said, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!g_subprocess_get_successful (G_SUBPROCESS (source)))
    g_task_return_new_error (task, ISTH_ERROR, ISTH_ERROR_FILE, _("The sample plant could not be made: %s"),
                             said && *said ? g_strstrip (said) : _("its program ended early"));
  else if (g_rename (job->part, job->path) != 0)
    g_task_return_new_error (task, ISTH_ERROR, ISTH_ERROR_FILE, _("Could not write “%s”: %s"), job->path,
                             g_strerror (errno));
  else
    g_task_return_pointer (task, g_strdup (job->path), g_free);

  g_unlink (job->part); /* left only when something failed */
}

void
isth_sample_make (GCancellable       *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *program = isth_place_find_sample_program ();
  g_autofree char *folder = NULL;
  g_autoptr(GSubprocess) child = NULL;
  g_autoptr(GError) error = NULL;
  Job *job = g_new0 (Job, 1);

  job->path = isth_place_get_sample ();
  job->part = g_strdup_printf ("%s.%d", job->path, (int) getpid ());
  g_task_set_task_data (task, job, job_free);

  folder = g_path_get_dirname (job->path);
  if (!program)
    {
      g_task_return_new_error (task, ISTH_ERROR, ISTH_ERROR_FILE,
                               _("The program that makes the sample plant, isthmus-sample, is not installed."));
      g_object_unref (task);
      return;
    }
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_task_return_new_error (task, ISTH_ERROR, ISTH_ERROR_FILE, _("Could not make the folder “%s”: %s"), folder,
                               g_strerror (errno));
      g_object_unref (task);
      return;
    }

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program,
                            job->part, NULL);
  if (!child)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  g_subprocess_communicate_utf8_async (child, NULL, cancellable, on_made, task);
}

char *
isth_sample_make_finish (GAsyncResult *result,
                         GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
