/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was settled in a review: a row of decisions, and what was said with it a row of notes of the same moment. Rows are only ever added, so that the
 * file tells how it came about; the last one about a thing counts. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "analysis/base/error.h"
#include "analysis/base/time.h"
#include "analysis/project/project-private.h"

static bool
bind_text (sqlite3_stmt *statement,
           int           parameter,
           const char   *text)
{
  return sqlite3_bind_text (statement, parameter, text, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

static bool
save_decision (IsthProject      *self,
               const IsthReview *review,
               GError          **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, "INSERT INTO decision (about, subject, outcome, it_owner, ot_owner, due, dissent, author, time)"
                                                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", error);

  if (!statement)
    return false;
  if (!bind_text (statement, 1, isth_about_name (review->about)) || sqlite3_bind_int64 (statement, 2, (int64_t) review->subject) != SQLITE_OK
      || !bind_text (statement, 3, isth_verdict_name (review->outcome)) || !bind_text (statement, 4, review->it_owner)
      || !bind_text (statement, 5, review->ot_owner)
      || (review->due != ISTH_NO_TIME ? sqlite3_bind_int64 (statement, 6, review->due) : sqlite3_bind_null (statement, 6)) != SQLITE_OK
      || !bind_text (statement, 7, review->dissent) || !bind_text (statement, 8, review->author)
      || sqlite3_bind_int64 (statement, 9, review->time) != SQLITE_OK)
    return isth_project_fail (self, SQLITE_NOMEM, error);
  return isth_project_run (self, statement, error);
}

static bool
save_note (IsthProject      *self,
           const IsthReview *review,
           GError          **error)
{
  sqlite3_stmt *statement;

  if (!*review->note)
    return true;
  statement = isth_project_prepare (self, "INSERT INTO note (about, subject, text, author, time) VALUES (?1, ?2, ?3, ?4, ?5)", error);
  if (!statement)
    return false;
  if (!bind_text (statement, 1, isth_about_name (review->about)) || sqlite3_bind_int64 (statement, 2, (int64_t) review->subject) != SQLITE_OK
      || !bind_text (statement, 3, review->note) || !bind_text (statement, 4, review->author)
      || sqlite3_bind_int64 (statement, 5, review->time) != SQLITE_OK)
    return isth_project_fail (self, SQLITE_NOMEM, error);
  return isth_project_run (self, statement, error);
}

bool
isth_project_save_review (IsthProject      *self,
                          const IsthReview *review,
                          GError          **error)
{
  return isth_project_begin (self, error)
         && isth_project_end (self, save_decision (self, review, error) && save_note (self, review, error), error);
}

/* A column of valid text; damaged bytes become U+FFFD. */
static char *
dup_text (sqlite3_stmt *statement,
          int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return g_utf8_make_valid (text ? text : "", -1);
}

/* The text of a note by what it is about, and when it was written. */
static char *
make_key (const char *about,
          int64_t     subject,
          int64_t     time)
{
  return g_strdup_printf ("%" PRId64 " %" PRId64 " %s", subject, time, about);
}

static GHashTable *
read_notes (IsthProject *self,
            GError     **error)
{
  g_autoptr(GHashTable) notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sqlite3_stmt *statement = isth_project_prepare (self, "SELECT about, subject, time, text FROM note ORDER BY id", error);
  GError *local = NULL;

  if (!statement)
    return NULL;
  while (isth_project_next (self, statement, &local))
    {
      g_autofree char *about = dup_text (statement, 0);

      g_hash_table_replace (notes, make_key (about, sqlite3_column_int64 (statement, 1), sqlite3_column_int64 (statement, 2)), dup_text (statement, 3));
    }
  if (!local)
    return g_steal_pointer (&notes);
  g_propagate_error (error, local);
  return NULL;
}

/* False: it is about nothing that we know, or settled in no way that we know. */
static bool
visit_row (sqlite3_stmt   *statement,
           GHashTable     *notes,
           IsthReviewVisit visit,
           gpointer        user_data)
{
  g_autofree char *about = dup_text (statement, 0), *outcome = dup_text (statement, 2);
  g_autofree char *it_owner = dup_text (statement, 3), *ot_owner = dup_text (statement, 4), *dissent = dup_text (statement, 6);
  g_autofree char *author = dup_text (statement, 7);
  g_autofree char *key = make_key (about, sqlite3_column_int64 (statement, 1), sqlite3_column_int64 (statement, 8));
  const IsthReview review = {
    .subject = (uint64_t) sqlite3_column_int64 (statement, 1),
    .about = isth_about_from_name (about),
    .outcome = isth_verdict_from_name (outcome),
    .it_owner = it_owner,
    .ot_owner = ot_owner,
    .dissent = dissent,
    .note = g_hash_table_lookup (notes, key),
    .author = author,
    .due = sqlite3_column_type (statement, 5) == SQLITE_NULL ? ISTH_NO_TIME : sqlite3_column_int64 (statement, 5),
    .time = sqlite3_column_int64 (statement, 8),
  };

  if (review.about == ISTH_N_ABOUTS || review.outcome == ISTH_N_VERDICTS)
    return false;
  visit (&review, user_data);
  return true;
}

bool
isth_project_read_reviews (IsthProject    *self,
                           IsthReviewVisit visit,
                           gpointer        user_data,
                           GError        **error)
{
  g_autoptr(GHashTable) notes = read_notes (self, error);
  sqlite3_stmt *statement = notes ? isth_project_prepare (self, "SELECT about, subject, outcome, it_owner, ot_owner, due, dissent, author, time"
                                                                " FROM decision ORDER BY id", error) : NULL;
  GError *local = NULL;

  if (!statement)
    return false;
  while (isth_project_next (self, statement, &local))
    if (!visit_row (statement, notes, visit, user_data))
      {
        sqlite3_reset (statement);
        return isth_project_damaged (self->path, _("a decision is wrong"), error);
      }
  if (local)
    g_propagate_error (error, local);
  return local == NULL;
}
