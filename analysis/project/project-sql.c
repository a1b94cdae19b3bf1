/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements, transactions, and what SQLite's errors mean to the user. */
#include <glib/gi18n-lib.h>

#include "analysis/base/error.h"
#include "analysis/project/project-private.h"

bool
isth_project_damaged (const char *path,
                      const char *detail,
                      GError    **error)
{
  g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT,
               _("“%s” is damaged (%s). Open the captures again in a new project, or go back to a copy of this one."), path, detail);
  return false;
}

bool
isth_project_explain (const char *path,
                      sqlite3    *db,
                      int         code,
                      GError    **error)
{
  /* SQLite quotes what it met in a damaged file, be it text or not. */
  g_autofree char *detail = g_utf8_make_valid (db ? sqlite3_errmsg (db) : sqlite3_errstr (code), -1);

  /* A quota or a ceiling on file sizes comes as a failed write; SQLite does not pass on why. */
  if (code == SQLITE_IOERR_WRITE)
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT,
                   _("The disk took no more of “%s”: it may be over a quota, or it fails. Free some space there or save the project on"
                     " another disk; what was saved before is safe."), path);
      return false;
    }
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT,
                   _("There is no room left for “%s”. Free some space on that disk, then try again; what was saved before is safe."),
                   path);
      return false;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT,
                   _("“%s” is open in another window or program. Close it there first."), path);
      return false;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT,
                   _("“%s” cannot be written. Copy it to a folder where you may write, and open the copy."), path);
      return false;
    case SQLITE_NOTADB:
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT,
                   _("“%s” is not an Isthmus project. If it is a capture, open it as one; otherwise choose another file."), path);
      return false;
    case SQLITE_CORRUPT:
      return isth_project_damaged (path, _("parts of the file were overwritten or are missing"), error);
    default:
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT, _("“%s” could not be used: %s. Check the disk, then try again."), path,
                   detail);
      return false;
    }
}

bool
isth_project_fail (IsthProject *self,
                   int          code,
                   GError     **error)
{
  return isth_project_explain (self->path, self->db, code, error);
}

bool
isth_project_exec (IsthProject *self,
                   const char  *sql,
                   GError     **error)
{
  int code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || isth_project_fail (self, code, error);
}

sqlite3_stmt *
isth_project_prepare (IsthProject *self,
                      const char  *sql,
                      GError     **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);
  int code;

  if (statement)
    return statement;
  code = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code != SQLITE_OK)
    {
      isth_project_fail (self, code, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

bool
isth_project_next (IsthProject  *self,
                   sqlite3_stmt *statement,
                   GError      **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_ROW)
    return true;
  if (code != SQLITE_DONE)
    isth_project_fail (self, code, error);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return false;
}

bool
isth_project_run (IsthProject  *self,
                  sqlite3_stmt *statement,
                  GError      **error)
{
  int code = sqlite3_step (statement);

  if (code != SQLITE_DONE)
    isth_project_fail (self, code, error);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return code == SQLITE_DONE;
}

bool
isth_project_begin (IsthProject *self,
                    GError     **error)
{
  return isth_project_exec (self, "BEGIN IMMEDIATE", error);
}

bool
isth_project_end (IsthProject *self,
                  bool         fine,
                  GError     **error)
{
  if (fine && isth_project_exec (self, "COMMIT", error))
    return true;
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return false;
}
