/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things lie: beside the program in the build tree, or where they were installed; and the user's cache. */
#pragma once

#include <glib.h>

/* The folder of the running program, or NULL; the caller's. */
char *isth_place_get_program_folder (void);

/* Where unsaved projects live; the caller's. */
char *isth_place_get_unsaved_folder (void);

/* The sample plant's capture, whether it was made already or not; the caller's. */
char *isth_place_get_sample (void);

/* The program that makes the sample plant, or NULL when there is none; the caller's. */
char *isth_place_find_sample_program (void);
