/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project file (.isthmus): one SQLite database. Captured facts, people's words and decisions in separate tables. */
#pragma once

#include "analysis/world/world.h"

#define ISTH_PROJECT_APPLICATION_ID 0x49737468 /* "Isth" */

typedef struct _IsthProject IsthProject;

/* All fail with ISTH_ERROR_PROJECT or ISTH_ERROR_TOO_NEW and a sentence that says what to do. One thread at a time. */

/* Makes a new one; fails when @path exists and is not empty. */
IsthProject *isth_project_create (const char *path, GError **error);

/* Opens and, where needed, migrates; a second window on the same project is refused with words. */
IsthProject *isth_project_open (const char *path, GError **error);

void isth_project_free (IsthProject *self);

/* Where it lies now: absolute, and another one after isth_project_save_as(). Lent. */
const char *isth_project_get_path (const IsthProject *self);

/* Reads everything into @world. A capture that was not read to its end comes with complete = false. */
bool isth_project_load (IsthProject *self, IsthWorld *world, GError **error);

/* Writes all that @world is made of into a new project. @author, @time: of what is acknowledged in it. */
bool isth_project_save_world (IsthProject *self, const IsthWorld *world, const char *author, int64_t time, GError **error);

/* Writes what changed in @facts since the last call, in one transaction, and clears its dirty marks. */
bool isth_project_save_facts (IsthProject *self, IsthFacts *facts, GError **error);

/* The same, and forgets @old (NULL: nothing) in the same transaction: an earlier reading whose place @facts take. */
bool isth_project_replace_facts (IsthProject *self, IsthFacts *old, IsthFacts *facts, GError **error);

/* Forgets a capture and all its facts. People's words stay. */
bool isth_project_remove_facts (IsthProject *self, IsthFacts *facts, GError **error);

/* What a person said, in a transaction of its own. @time: ns since 1970. */
bool isth_project_save_edit (IsthProject *self, const IsthEdit *edit, GError **error);
bool isth_project_save_review (IsthProject *self, const IsthReview *review, GError **error);
bool isth_project_save_acknowledged (IsthProject *self, uint64_t alert, bool acknowledged, const char *author, int64_t time, GError **error);

/* Brings all that was saved into the one file, which else holds it only after isth_project_free(), so that somebody learns when the disk has no room for
 * that. Nothing is lost then: it stays in a file beside it, which the words name. */
bool isth_project_settle (IsthProject *self, GError **error);

/* A whole copy at @path, written beside it and renamed; then goes on in the copy. Replaces an existing file. */
bool isth_project_save_as (IsthProject *self, const char *path, GError **error);

/* Whether @path begins like a project file. */
bool isth_project_probe (const char *path);

/* Whether @path is an empty file: all that is left of a project whose maker was killed at once. Making it anew takes it over. */
bool isth_project_is_begun (const char *path);

/* Whether some window has the project at @path open. */
bool isth_project_is_in_use (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthProject, isth_project_free)
