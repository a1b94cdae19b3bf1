/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample plant (isthmus-sample) as the capture that whole-run tests read: whole, in parts, repeated, as reports. */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "analysis/world/world.h"

#define ISTH_TEST_SAMPLE_LENGTH 600000000000ll /* ns: a repetition begins this much later than the one before */

/* Frames of the sample plant; the program named by ISTHMUS_SAMPLE makes it once. */
uint32_t isth_test_sample_frames (void);

/* A pcap file header and then frames from @first on, @n of them; numbers past the end mean the sample again, later. */
GByteArray *isth_test_sample_part (uint32_t first, uint32_t n);

/* Writes @bytes as @folder/@name; the path. */
char *isth_test_write (const char *folder, const char *name, const GByteArray *bytes);

/* A new empty folder in the temporary folder, and its end with all that is in it. */
char *isth_test_make_folder (void);
void isth_test_remove_folder (char *folder);

/* The whole report of a world, as JSON. */
char *isth_test_report (IsthWorld *world);

/* The same of a snapshot. */
char *isth_test_report_snapshot (const IsthSnapshot *snapshot);
