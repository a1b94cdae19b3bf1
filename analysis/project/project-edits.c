/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People's words: edits are only ever added, so that the file tells who said what and when; the last one counts. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/error.h"
#include "analysis/project/project-columns.h"

static bool
bind_text (sqlite3_stmt *statement,
           int           parameter,
           const char   *text)
{
  return sqlite3_bind_text (statement, parameter, text ? text : "", -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

bool
isth_project_save_edit (IsthProject    *self,
                        const IsthEdit *edit,
                        GError        **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, "INSERT INTO edit (mac, ip, vlan, child, attribute, value, author, time)"
                                                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", error);

  if (!statement)
    return false;
  if (isth_column_bind_address (statement, 1, &edit->about.mac) != SQLITE_OK
      || isth_column_bind_address (statement, 2, &edit->about.ip) != SQLITE_OK
      || sqlite3_bind_int (statement, 3, edit->about.vlan) != SQLITE_OK || !bind_text (statement, 4, edit->about.child)
      || !bind_text (statement, 5, isth_attribute_name (edit->attribute)) || !bind_text (statement, 6, edit->value)
      || !bind_text (statement, 7, edit->author) || sqlite3_bind_int64 (statement, 8, edit->time) != SQLITE_OK)
    return isth_project_fail (self, SQLITE_NOMEM, error);
  return isth_project_run (self, statement, error);
}

bool
isth_project_save_acknowledged (IsthProject *self,
                                uint64_t     alert,
                                bool         acknowledged,
                                const char  *author,
                                int64_t      time,
                                GError     **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, "REPLACE INTO acknowledgement VALUES (?1, ?2, ?3, ?4)", error);

  if (!statement)
    return false;
  if (sqlite3_bind_int64 (statement, 1, (int64_t) alert) != SQLITE_OK
      || sqlite3_bind_int (statement, 2, acknowledged) != SQLITE_OK || !bind_text (statement, 3, author)
      || sqlite3_bind_int64 (statement, 4, time) != SQLITE_OK)
    return isth_project_fail (self, SQLITE_NOMEM, error);
  return isth_project_run (self, statement, error);
}

/* A column of valid text; damaged bytes become U+FFFD. */
static char *
dup_text (sqlite3_stmt *statement,
          int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return g_utf8_make_valid (text ? text : "", -1);
}

static bool
read_edit (sqlite3_stmt *statement,
           IsthEdit     *edit)
{
  g_autofree char *attribute = dup_text (statement, 4);

  edit->attribute = isth_attribute_from_name (attribute);
  edit->about.vlan = (uint16_t) sqlite3_column_int (statement, 2);
  edit->time = sqlite3_column_int64 (statement, 7);
  return edit->attribute != ISTH_N_ATTRIBUTES && isth_column_read_address (statement, 0, &edit->about.mac)
         && isth_column_read_address (statement, 1, &edit->about.ip);
}

bool
isth_project_read_edits (IsthProject  *self,
                         IsthEditVisit visit,
                         gpointer      user_data,
                         GError      **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, "SELECT mac, ip, vlan, child, attribute, value, author, time FROM edit"
                                                        " ORDER BY id", error);
  GError *local = NULL;

  if (!statement)
    return false;
  while (isth_project_next (self, statement, &local))
    {
      g_autofree char *child = dup_text (statement, 3);
      g_autofree char *value = dup_text (statement, 5);
      g_autofree char *author = dup_text (statement, 6);
      IsthEdit edit = { .about = { .child = child }, .value = value, .author = author };

      if (!read_edit (statement, &edit))
        {
          sqlite3_reset (statement);
          return isth_project_damaged (self->path, _("an edit is wrong"), error);
        }
      visit (&edit, user_data);
    }
  if (local)
    g_propagate_error (error, local);
  return local == NULL;
}

bool
isth_project_read_acknowledged (IsthProject          *self,
                                IsthAcknowledgedVisit visit,
                                gpointer              user_data,
                                GError              **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, "SELECT alert FROM acknowledgement WHERE acknowledged = 1 ORDER BY alert",
                                                  error);
  GError *local = NULL;

  if (!statement)
    return false;
  while (isth_project_next (self, statement, &local))
    visit ((uint64_t) sqlite3_column_int64 (statement, 0), user_data);
  if (local)
    g_propagate_error (error, local);
  return local == NULL;
}
