/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making, opening, copying and closing a project.
 *
 * Write-ahead log with synchronous=FULL: a transaction is on the disk when its COMMIT returns. So whatever was committed
 * survives a kill and, as far as the disk keeps its word about flushing, a power cut; what was not is gone as a whole. */
#include "analysis/project/project.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/base/error.h"
#include "analysis/project/project-private.h"

#define HEADER 100       /* bytes of SQLite's file header (sqlite.org/fileformat2.html, 1.3) */
#define HEADER_APPLICATION 68

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

/* Takes the lock and @path. */
static IsthProject *
project_new (char *path,
             int   lock)
{
  IsthProject *self = g_new0 (IsthProject, 1);

  self->path = path;
  self->lock = lock;
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize);
  self->saved = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) isth_facts_unref, g_free);
  self->next_capture = 1;
  self->chunk = g_byte_array_new ();
  return self;
}

/* Closes the database; SQLite then puts the log into the file and removes it. */
static void
project_close (IsthProject *self)
{
  g_hash_table_remove_all (self->statements);
  sqlite3_close (self->db);
  self->db = NULL;
  isth_project_unlock (self->path, self->lock);
  self->lock = -1;
}

void
isth_project_free (IsthProject *self)
{
  if (!self)
    return;
  project_close (self);
  g_hash_table_unref (self->statements);
  g_hash_table_unref (self->saved);
  g_byte_array_unref (self->chunk);
  g_free (self->path);
  g_free (self);
}

bool
isth_project_settle (IsthProject *self,
                     GError     **error)
{
  int code = sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  if (code == SQLITE_OK)
    return true;
  if (code != SQLITE_IOERR_WRITE && (code & 0xff) != SQLITE_FULL)
    return isth_project_fail (self, code, error);
  g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT,
               _("There is no room left to finish “%s”. Free some space on that disk and open it once more; until then keep “%s-wal”"
                 " beside it, for a part of it is in there."), self->path, self->path);
  return false;
}

const char *
isth_project_get_path (const IsthProject *self)
{
  return self->path;
}

/* Bytes of @path from its beginning; -1 with errno when it cannot be read. */
static ssize_t
read_header (const char *path,
             uint8_t     header[HEADER])
{
  struct stat status;
  ssize_t n;
  int file, reason;

  /* Opening and closing a named pipe would end its writer. */
  if (stat (path, &status) < 0)
    return -1;
  if (S_ISFIFO (status.st_mode))
    return 0;
  file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0)
    return -1;
  n = pread (file, header, HEADER, 0);
  reason = errno;
  close (file);
  errno = reason;
  return n;
}

static bool
is_project_header (const uint8_t *header,
                   ssize_t        n)
{
  uint32_t application;

  if (n < HEADER || memcmp (header, "SQLite format 3", 16) != 0)
    return false;
  memcpy (&application, header + HEADER_APPLICATION, sizeof application);
  return GUINT32_FROM_BE (application) == ISTH_PROJECT_APPLICATION_ID;
}

/* A project that is in use is not touched: closing the file would take SQLite's locks away. */
bool
isth_project_probe (const char *path)
{
  uint8_t header[HEADER];

  return isth_project_is_in_use (path) || is_project_header (header, read_header (path, header));
}

static bool
is_empty (const char *path)
{
  struct stat status;

  return lstat (path, &status) == 0 && S_ISREG (status.st_mode) && status.st_size == 0;
}

bool
isth_project_is_begun (const char *path)
{
  return is_empty (path) && !isth_project_is_in_use (path);
}

static bool
check_header (const char *path,
              GError    **error)
{
  uint8_t header[HEADER];
  ssize_t n = read_header (path, header);

  if (n >= 0 && is_project_header (header, n))
    return true;
  if (n >= 0)
    return isth_project_explain (path, NULL, SQLITE_NOTADB, error);
  if (errno == EACCES || errno == EPERM)
    g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT,
                 _("You may not read “%s”. Ask its owner for a copy, or change its permissions."), path);
  else if (errno == ENOENT)
    g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT, _("“%s” is not there. Check its name, or look for it where it may have been moved."),
                 path);
  else if (errno == EISDIR)
    g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT, _("“%s” is a folder, not a project."), path);
  else
    g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT, _("“%s” could not be read: %s."), path, g_strerror (errno));
  return false;
}

/* The database may come from an enemy: nothing in its schema is trusted to run. The exclusive lock also does without shared
 * memory, so that a project on a network share works. A page holds three chunks of a large network, of smaller ones it would be one and a gap. What is
 * committed moves from the log into the file after 64 MB, not after four: a chunk that is written anew each second goes there once. */
static bool
connect_database (IsthProject *self,
                  GError     **error)
{
  int code = sqlite3_open_v2 (self->path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

  if (code != SQLITE_OK)
    return isth_project_fail (self, code, error);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_limit (self->db, SQLITE_LIMIT_LENGTH, 1 << 24);
  if (sqlite3_db_readonly (self->db, "main") == 1)
    return isth_project_fail (self, SQLITE_READONLY, error);
  return isth_project_exec (self, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
                                  "PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL;"
                                  "PRAGMA page_size = 8192; PRAGMA wal_autocheckpoint = 8192;", error);
}

static bool
check_version (IsthProject *self,
               GError     **error)
{
  int version;

  if (!isth_project_read_version (self, &version, error))
    return false;
  if (version <= isth_project_version)
    return true;
  g_set_error (error, ISTH_ERROR, ISTH_ERROR_TOO_NEW,
               _("“%s” was written by a newer Isthmus (format %d; this one knows up to %d). Update Isthmus to open it."), self->path,
               version, isth_project_version);
  return false;
}

/* Whether the first column of the first row of @sql is @expected; otherwise the project is damaged. */
static bool
expect_answer (IsthProject *self,
               const char  *sql,
               const char  *expected,
               GError     **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, sql, error);
  GError *local = NULL;
  const char *answer;
  bool fine;

  if (!statement)
    return false;
  if (!isth_project_next (self, statement, &local))
    {
      g_propagate_error (error, local);
      return false;
    }
  answer = (const char *) sqlite3_column_text (statement, 0);
  fine = g_strcmp0 (answer, expected) == 0;
  if (!fine)
    isth_project_explain (self->path, NULL, SQLITE_CORRUPT, error);
  sqlite3_reset (statement);
  return fine;
}

static bool
read_next_capture (IsthProject *self,
                   GError     **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, "SELECT coalesce(max(capture), 0) FROM capture", error);

  if (!statement || !isth_project_next (self, statement, error))
    return false;
  self->next_capture = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  if (self->next_capture < 0 || self->next_capture >= ISTH_PROJECT_CAPTURES)
    return isth_project_damaged (self->path, _("a capture has an impossible number"), error);
  self->next_capture++;
  return true;
}

/* The application id goes into the file itself before the log is begun, so that a kill at any moment leaves a project. When the
 * kill came while that was written, SQLite has taken it back on opening, although the file had it when it was looked at. */
static bool
mark_file (IsthProject *self,
           GError     **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, "PRAGMA application_id", error);
  bool marked;

  if (!statement || !isth_project_next (self, statement, error))
    return false;
  marked = sqlite3_column_int (statement, 0) == ISTH_PROJECT_APPLICATION_ID;
  sqlite3_reset (statement);
  return marked || isth_project_exec (self, "PRAGMA application_id = " G_STRINGIFY (ISTH_PROJECT_APPLICATION_ID), error);
}

/* The version and the tables are looked at before anything is written: a file that is refused stays what it was. */
static bool
prepare_database (IsthProject *self,
                  GError     **error)
{
  return check_version (self, error)
         && mark_file (self, error)
         && expect_answer (self, "PRAGMA quick_check(1)", "ok", error)
         && isth_project_migrate (self, error)
         && expect_answer (self, "PRAGMA journal_mode = WAL", "wal", error)
         && isth_project_exec (self, "PRAGMA journal_size_limit = 67108864", error)
         && read_next_capture (self, error);
}

IsthProject *
isth_project_open (const char *path,
                   GError    **error)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autoptr(IsthProject) self = NULL;
  int lock;

  if (isth_project_is_in_use (full))
    {
      isth_project_explain (full, NULL, SQLITE_BUSY, error);
      return NULL;
    }
  if (!check_header (full, error))
    return NULL;
  lock = isth_project_lock (full, error);
  if (lock < 0)
    return NULL;
  self = project_new (g_steal_pointer (&full), lock);
  if (!connect_database (self, error) || !prepare_database (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* An empty file at @path, one's own. One that is there already may be the beginning of a project whose maker was killed; nothing
 * can be lost in it. */
static bool
make_file (const char *path,
           GError    **error)
{
  int file = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

  if (file >= 0)
    close (file);
  if (file >= 0 || (errno == EEXIST && isth_project_is_begun (path)))
    return true;
  if (errno == EEXIST)
    g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT, _("“%s” is there already. Choose another name."), path);
  else if (errno == EACCES || errno == EPERM || errno == EROFS)
    g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT, _("You may not write “%s”. Choose another folder."), path);
  else
    g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT, _("“%s” could not be made: %s. Choose another folder."), path, g_strerror (errno));
  return false;
}

static void
remove_beside (const char *path,
               const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);

  unlink (name);
}

IsthProject *
isth_project_create (const char *path,
                     GError    **error)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autoptr(IsthProject) self = NULL;
  int lock;

  if (!make_file (full, error))
    return NULL;
  lock = isth_project_lock (full, error);
  if (lock < 0)
    {
      if (isth_project_is_begun (full))
        unlink (full);
      return NULL;
    }
  self = project_new (g_strdup (full), lock);
  if (!is_empty (full)) /* another window was faster */
    {
      isth_project_explain (full, NULL, SQLITE_BUSY, error);
      return NULL;
    }
  if (connect_database (self, error) && prepare_database (self, error))
    return g_steal_pointer (&self);
  unlink (full);
  remove_beside (full, "-wal");
  return NULL;
}

static bool
sync_path (const char *path,
           int         flags)
{
  int file = open (path, O_RDONLY | O_CLOEXEC | flags);
  bool fine;

  if (file < 0)
    return false;
  fine = fsync (file) == 0;
  close (file);
  return fine;
}

/* A whole copy under a name that nobody else uses; NULL when that fails. */
static char *
write_copy (IsthProject *self,
            const char  *path,
            GError     **error)
{
  g_autofree char *copy = g_strconcat (path, "-XXXXXX", NULL);
  sqlite3_stmt *statement;
  int file = g_mkstemp_full (copy, O_RDWR | O_CLOEXEC, 0644);

  if (file < 0)
    {
      isth_project_explain (path, NULL, errno == ENOSPC || errno == EDQUOT ? SQLITE_FULL : SQLITE_CANTOPEN, error);
      return NULL;
    }
  close (file);
  statement = isth_project_prepare (self, "VACUUM INTO ?1", error);
  if (statement && sqlite3_bind_text (statement, 1, copy, -1, SQLITE_TRANSIENT) == SQLITE_OK
      && isth_project_run (self, statement, error))
    {
      if (sync_path (copy, 0))
        return g_steal_pointer (&copy);
      isth_project_explain (path, NULL, errno == ENOSPC || errno == EDQUOT ? SQLITE_FULL : SQLITE_IOERR, error);
    }
  unlink (copy);
  remove_beside (copy, "-journal");
  return NULL;
}

/* Puts the copy where it belongs. A log that a killed program left there belongs to the file replaced, not to the copy. */
static bool
replace_with_copy (const char *copy,
                   const char *path,
                   GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  remove_beside (path, "-wal");
  remove_beside (path, "-shm");
  remove_beside (path, "-journal");
  if (g_rename (copy, path) == 0)
    {
      sync_path (folder, O_DIRECTORY);
      return true;
    }
  g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT, _("“%s” could not be replaced: %s. Choose another name."), path,
               g_strerror (errno));
  unlink (copy);
  return false;
}

bool
isth_project_save_as (IsthProject *self,
                      const char  *path,
                      GError     **error)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *copy = NULL;
  g_autoptr(IsthProject) other = NULL;
  int lock;

  if (g_str_equal (full, self->path))
    return true;
  lock = isth_project_lock (full, error);
  if (lock < 0)
    return false;
  other = project_new (g_strdup (full), lock);
  copy = write_copy (self, full, error);
  if (!copy || !replace_with_copy (copy, full, error) || !connect_database (other, error) || !prepare_database (other, error))
    return false;

  g_hash_table_unref (other->saved);
  other->saved = g_hash_table_ref (self->saved);
  project_close (self);
  {
    IsthProject before = *self;

    *self = *other;
    *other = before;
  }
  return true;
}
