/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the project's tests share: a folder with a project in it, facts to fill it with, short ways to look into it. */
#pragma once

#include "analysis/project/project-private.h"

typedef struct
{
  char *folder, *path; /* of a project that is not there yet */
} Desk;

/* For g_test_add(). The folder goes with all its files. */
void desk_set_up (Desk *f, gconstpointer data);
void desk_clear (Desk *f, gconstpointer data);

#define DESK_TEST(name, function) g_test_add (name, Desk, NULL, desk_set_up, function, desk_clear)

void desk_fill_capture (IsthFacts *facts, uint64_t fingerprint);
IsthFacts *desk_random_facts (uint32_t n);

/* These succeed. */
IsthProject *desk_open (const char *path);
IsthProject *desk_create (const char *path);
void desk_save (IsthProject *self, IsthFacts *facts);
void desk_run_sql (const char *path, const char *sql);

/* All captures of the project as text. */
char *desk_read_all (IsthProject *self);
char *desk_read_file (const char *path);

/* Opening must fail with @code and a sentence that has @words. */
void desk_refuse (const char *path, int code, const char *words);
