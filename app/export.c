/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread writes an immutable snapshot through a stream that counts and can be cancelled, into a file beside the one that was asked for. */
#include "app/export.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "app/files.h"
#include "app/format.h"

#define LOOK_INTERVAL 300 /* ms: what is done earlier shows no progress */
#define JOB "isth-export" /* on the window, while somebody is asked where to */

typedef struct
{
  IsthExport format;
  IsthSnapshot *snapshot;
  gint64 from, to;
  char *title, *path;
  GCancellable *cancellable;
  int fd;               /* the worker's */
  gsize written;        /* atomic */

  GtkWindow *window;
  AdwToastOverlay *toasts;
  IsthSession *session;
  AdwToast *progress;
  guint look;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_handle_id (&job->look, g_source_remove);
  g_clear_object (&job->progress);
  isth_snapshot_unref (job->snapshot);
  g_object_unref (job->cancellable);
  g_clear_object (&job->window);
  g_object_unref (job->toasts);
  g_object_unref (job->session);
  g_free (job->title);
  g_free (job->path);
  g_free (job);
}

static ssize_t
write_some (void       *cookie,
            const char *bytes,
            size_t      n)
{
  Job *job = cookie;
  size_t done = 0;

  while (done < n)
    {
      ssize_t written;

      if (g_cancellable_is_cancelled (job->cancellable))
        {
          errno = ECANCELED;
          return 0;
        }
      written = write (job->fd, bytes + done, n - done);
      if (written < 0 && errno != EINTR)
        return 0;
      if (written > 0)
        done += (size_t) written;
    }
  g_atomic_pointer_add (&job->written, n);

  return (ssize_t) n;
}

/* TRUE when all of it is in the file that @job->fd is. */
static gboolean
write_report (Job     *job,
              GError **error)
{
  FILE *file = fopencookie (job, "w", (cookie_io_functions_t) { .write = write_some });
  const IsthPage page = { job->title, job->from, job->to };
  gboolean fine;

  if (!file)
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE, _("The report could not be written: %s"), g_strerror (errno));
      return FALSE;
    }
  fine = job->format == ISTH_EXPORT_PAGE ? isth_report_write_page (job->snapshot, &page, file, error)
                                         : isth_report_write_json (job->snapshot, file, error);
  fclose (file);

  return fine;
}

static gboolean
write_beside (Job        *job,
              const char *part,
              GError    **error)
{
  if (!write_report (job, error))
    return FALSE;
  if (fchmod (job->fd, 0644) == 0 && fsync (job->fd) == 0 && g_rename (part, job->path) == 0)
    return TRUE;

  g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE, _("The report could not be written: %s"), g_strerror (errno));
  return FALSE;
}

static void
work (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  Job *job = data;
  g_autofree char *part = g_strdup_printf ("%s.XXXXXX", job->path);
  g_autoptr(GError) error = NULL;
  gboolean fine;

  job->fd = g_mkstemp (part);
  if (job->fd < 0)
    {
      g_task_return_new_error (task, ISTH_ERROR, ISTH_ERROR_FILE, _("%s: cannot be written there: %s. Choose another folder."), job->path,
                               g_strerror (errno));
      return;
    }
  fine = write_beside (job, part, &error);
  close (job->fd);
  if (!fine)
    g_unlink (part);

  if (fine)
    g_task_return_boolean (task, TRUE);
  else if (g_cancellable_is_cancelled (cancellable))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", error->message);
  else
    g_task_return_new_error (task, ISTH_ERROR, ISTH_ERROR_FILE, "%s: %s", job->path, error->message);
}

static void
on_folder_shown (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(IsthSession) session = user_data;
  g_autoptr(GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    gtk_string_list_append (isth_session_get_problems (session), error->message);
}

static void
on_open_folder (AdwToast *toast,
                Job      *job)
{
  g_autofree char *folder = g_path_get_dirname (job->path);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (uri)
    gtk_show_uri_full (job->window, uri, GDK_CURRENT_TIME, NULL, on_folder_shown, g_object_ref (job->session));
}

static void
free_closure (gpointer  data,
              GClosure *closure)
{
  g_object_unref (data);
}

/* @task keeps the job for as long as the toast may be pressed. */
static void
say_saved (GTask *task,
           Job   *job)
{
  g_autofree char *name = g_path_get_basename (job->path);
  g_autofree char *size = isth_format_size (job->written);
  g_autofree char *text = g_markup_printf_escaped (_("Report saved as %s, %s"), name, size);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_button_label (toast, _("Open _folder"));
  adw_toast_set_timeout (toast, 10);
  g_object_set_data_full (G_OBJECT (toast), JOB, g_object_ref (task), g_object_unref);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (on_open_folder), job);
  adw_toast_overlay_add_toast (job->toasts, toast);
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;

  g_clear_handle_id (&job->look, g_source_remove);
  if (job->progress)
    adw_toast_dismiss (job->progress);
  g_clear_object (&job->progress);

  if (g_task_propagate_boolean (G_TASK (result), &error))
    say_saved (G_TASK (result), job);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_toast_overlay_add_toast (job->toasts, adw_toast_new (_("No report was written")));
  else
    gtk_string_list_append (isth_session_get_problems (job->session), error->message);
}

static gboolean
on_look (gpointer user_data)
{
  Job *job = user_data;
  g_autofree char *size = isth_format_size ((guint64) (gsize) g_atomic_pointer_get (&job->written));
  g_autofree char *text = g_markup_printf_escaped (_("Writing the report: %s"), size);

  if (job->progress)
    {
      adw_toast_set_title (job->progress, text);
      return G_SOURCE_CONTINUE;
    }
  job->progress = g_object_ref (adw_toast_new (text));
  adw_toast_set_timeout (job->progress, 0);
  adw_toast_set_priority (job->progress, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (job->progress, _("_Cancel"));
  g_signal_connect_data (job->progress, "button-clicked", G_CALLBACK (g_cancellable_cancel), g_object_ref (job->cancellable), free_closure,
                         G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (job->toasts, job->progress);

  return G_SOURCE_CONTINUE;
}

static void
on_chosen (GtkWindow         *window,
           const char *const *paths)
{
  Job *job = g_object_steal_data (G_OBJECT (window), JOB);
  const char *suffix = job && job->format == ISTH_EXPORT_PAGE ? ".html" : ".json";
  g_autoptr(GTask) task = NULL;

  if (!job || !paths)
    {
      g_clear_pointer (&job, job_free);
      return;
    }
  job->window = g_object_ref (window); /* not before: the job is the window's until now */
  job->path = g_strconcat (paths[0], g_str_has_suffix (paths[0], suffix) ? "" : suffix, NULL);
  job->look = g_timeout_add (LOOK_INTERVAL, on_look, job);
  task = g_task_new (NULL, job->cancellable, on_done, NULL);
  g_task_set_return_on_cancel (task, FALSE);
  g_task_set_check_cancellable (task, FALSE); /* a report that is whole is not thrown away */
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, work);
}

/* Of the project, or of the first capture, without what follows the first dot. */
static char *
make_stem (IsthSession *session)
{
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);
  const char *path = isth_session_get_unsaved (session) ? NULL : isth_session_get_project (session);
  char *stem, *dot;

  if (!path && snapshot && snapshot->n_captures > 0)
    path = snapshot->captures[0]->path;
  stem = path ? g_path_get_basename (path) : g_strdup (_("report"));
  dot = strchr (stem, '.');
  if (dot && dot != stem)
    *dot = '\0';

  return stem;
}

void
isth_export_present (GtkWindow       *parent,
                     AdwToastOverlay *toasts,
                     IsthSession     *session,
                     IsthExport       format)
{
  IsthSnapshot *snapshot = isth_session_get_snapshot (session);
  g_autofree char *stem = NULL, *name = NULL;
  Job *job;

  if (!snapshot)
    return;
  stem = make_stem (session);
  job = g_new0 (Job, 1);
  job->format = format;
  job->snapshot = isth_snapshot_ref (snapshot);
  job->from = job->to = ISTH_NO_TIME;
  if (isth_session_get_counts (session) == ISTH_COUNTS_WINDOW)
    isth_session_get_time_window (session, &job->from, &job->to);
  if (!isth_session_get_unsaved (session))
    job->title = g_strdup (stem);
  job->cancellable = g_cancellable_new ();
  job->toasts = g_object_ref (toasts);
  job->session = g_object_ref (session);
  g_object_set_data_full (G_OBJECT (parent), JOB, job, job_free);

  name = g_strdup_printf (format == ISTH_EXPORT_PAGE ? _("%s report.html") : _("%s report.json"), stem);
  isth_files_choose_report (parent, name, format == ISTH_EXPORT_PAGE, on_chosen);
}
