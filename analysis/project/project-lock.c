/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One window for one project: flock() on a file beside it. SQLite's own locks are not enough, because POSIX takes them away
 * when any part of the process closes the database, if only after looking at its first bytes. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/base/error.h"
#include "analysis/project/project-private.h"

static char *
lock_path (const char *path)
{
  return g_strconcat (path, "-lock", NULL);
}

/* Whoever had the lock may have removed the file after we opened it; then we hold a lock that nobody else sees. */
static bool
is_still_there (const char *name,
                int         lock)
{
  struct stat a, b;

  return fstat (lock, &a) == 0 && stat (name, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static int
refuse (const char *path,
        int         reason,
        GError    **error)
{
  if (reason == EWOULDBLOCK)
    isth_project_explain (path, NULL, SQLITE_BUSY, error);
  else if (reason == ENOSPC || reason == EDQUOT)
    isth_project_explain (path, NULL, SQLITE_FULL, error);
  else if (reason == EACCES || reason == EPERM || reason == EROFS)
    g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT,
                 _("You may not write into the folder of “%s”. Save the project in, or copy it to, a folder where you may."), path);
  else
    g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT, _("“%s” cannot be used: %s. Check that its folder exists."), path,
                 g_strerror (reason));
  return -1;
}

int
isth_project_lock (const char *path,
                   GError    **error)
{
  g_autofree char *name = lock_path (path);

  for (int attempt = 0; attempt < 100; attempt++)
    {
      int lock = open (name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

      if (lock < 0)
        return refuse (path, errno, error);
      if (flock (lock, LOCK_EX | LOCK_NB) != 0)
        {
          int reason = errno;

          close (lock);
          return refuse (path, reason, error);
        }
      if (is_still_there (name, lock))
        return lock;
      close (lock);
    }
  return refuse (path, EWOULDBLOCK, error);
}

void
isth_project_unlock (const char *path,
                     int         lock)
{
  g_autofree char *name = lock_path (path);

  if (lock < 0)
    return;
  unlink (name);
  close (lock);
}

bool
isth_project_is_in_use (const char *path)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *name = lock_path (full);
  int lock = open (name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  bool used;

  if (lock < 0)
    return false;
  used = flock (lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  close (lock);
  return used;
}
