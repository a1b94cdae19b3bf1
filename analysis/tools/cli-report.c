/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports of analyze: opened before the program gives up its rights, written when all is read. */
#include "analysis/tools/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <unistd.h>

static bool
failed (const char *path,
        GError **error)
{
  g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE, _("The report could not be written to “%s”: %s. Choose another place for it."), path,
               g_strerror (errno));
  return false;
}

/* The file is opened before anything is read: afterwards it may not be, and nobody wants to learn only then that he may not
 * write there. A report that is there already stays until the new one is written. */
bool
cli_report_open (CliReport *self,
                 GError **error)
{
  int fd;

  if (!self->path)
    return true;
  if (g_str_equal (self->path, "-"))
    self->file = stdout;
  else if ((fd = open (self->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666)) >= 0)
    self->file = fdopen (fd, "w");
  return self->file || failed (self->path, error);
}

static bool
write_to (const CliReport *self,
          const IsthSnapshot *snapshot,
          const CliWindow *window,
          FILE *file,
          GError **error)
{
  const IsthPage page = { NULL, window->given ? MAX (window->from, snapshot->first) : ISTH_NO_TIME, MIN (window->to, snapshot->last) };

  return self->page ? isth_report_write_page (snapshot, &page, file, error) : isth_report_write_json (snapshot, file, error);
}

bool
cli_report_write (CliReport *self,
                  const IsthSnapshot *snapshot,
                  const CliWindow *window,
                  GError **error)
{
  FILE *file = g_steal_pointer (&self->file);
  bool fine = true;

  if (!file)
    return true;
  if (file == stdout)
    return write_to (self, snapshot, window, file, error);
  if (ftruncate (fileno (file), 0) != 0 && errno != EINVAL) /* EINVAL: a pipe or a device */
    fine = failed (self->path, error);
  if (fine && !write_to (self, snapshot, window, file, NULL))
    {
      fine = failed (self->path, error);
      (void) !ftruncate (fileno (file), 0); /* half a report is worse than none */
    }
  if (fclose (file) != 0 && fine)
    fine = failed (self->path, error);
  return fine;
}

void
cli_report_clear (CliReport *self)
{
  if (self->file && self->file != stdout)
    fclose (self->file);
  g_free (self->path);
}
