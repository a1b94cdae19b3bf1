/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of this folder, and by its tests. */
#pragma once

#include <sqlite3.h>

#include "analysis/project/project.h"

/**
 * IsthProject:
 * @lock: of the lock file, held as long as the project is open
 * @statements: prepared once each; key: its constant SQL, by address
 * @saved: what of each facts is in the file; key: the facts, referenced
 * @chunk: scratch for what is written next
 */
struct _IsthProject
{
  char *path;
  int lock;
  sqlite3 *db;
  GHashTable *statements;
  GHashTable *saved;
  int64_t next_capture;
  GByteArray *chunk;
};

#define ISTH_PROJECT_CAPTURES INT32_MAX /* the highest number of a capture: what is written of it has keys that begin with it */

typedef struct
{
  int64_t capture;
  uint32_t n_strings, n_blobs;
} IsthSavedFacts;

/* project-sql.c. All return false (NULL) with a sentence in @error. */
bool isth_project_explain (const char *path, sqlite3 *db, int code, GError **error);
bool isth_project_fail (IsthProject *self, int code, GError **error);
bool isth_project_damaged (const char *path, const char *detail, GError **error);
bool isth_project_exec (IsthProject *self, const char *sql, GError **error);
sqlite3_stmt *isth_project_prepare (IsthProject *self, const char *sql, GError **error);

/* Runs a statement that gives no rows, and makes it ready for the next time. */
bool isth_project_run (IsthProject *self, sqlite3_stmt *statement, GError **error);

/* The next row? Without one, false; and @error only when something went wrong. The statement is then ready for the next time. */
bool isth_project_next (IsthProject *self, sqlite3_stmt *statement, GError **error);

bool isth_project_begin (IsthProject *self, GError **error);

/* Commits when @fine, else takes everything back; returns whether it is committed. */
bool isth_project_end (IsthProject *self, bool fine, GError **error);

/* project-lock.c: -1 with @error when another window has the project, or the folder cannot be written. */
int isth_project_lock (const char *path, GError **error);
void isth_project_unlock (const char *path, int lock);

/* project-schema.c */
bool isth_project_migrate (IsthProject *self, GError **error);
bool isth_project_read_version (IsthProject *self, int *version, GError **error);
extern const int isth_project_version;

/* The tables of an earlier version in an empty database; an SQLite code. */
int isth_project_make_version (sqlite3 *db, int version);

/* project-old.c: the facts of versions 1 to 3 into the tables of version 4. */
bool isth_project_convert_rows (IsthProject *self, GError **error);

/* project-facts.c: puts a chunk into its table. */
bool isth_project_put_chunk (IsthProject *self, const char *replace, int64_t key, const void *bytes, size_t n, GError **error);

/* project-load.c: one IsthFacts for each capture in the file. */
GPtrArray *isth_project_read_facts (IsthProject *self, GError **error);

/* project-offsets.c: of one capture. Loading leaves *@offsets as it is when there are none. */
bool isth_project_save_offsets (IsthProject *self, int64_t capture, const IsthOffsets *offsets, GError **error);
bool isth_project_load_offsets (IsthProject *self, int64_t capture, IsthOffsets **offsets, GError **error);

/* project-edits.c */
typedef void (*IsthEditVisit) (const IsthEdit *edit, gpointer user_data);
typedef void (*IsthAcknowledgedVisit) (uint64_t alert, gpointer user_data);
bool isth_project_read_edits (IsthProject *self, IsthEditVisit visit, gpointer user_data, GError **error);
typedef void (*IsthReviewVisit) (const IsthReview *review, gpointer user_data);
bool isth_project_read_reviews (IsthProject *self, IsthReviewVisit visit, gpointer user_data, GError **error);
bool isth_project_read_acknowledged (IsthProject *self, IsthAcknowledgedVisit visit, gpointer user_data, GError **error);
