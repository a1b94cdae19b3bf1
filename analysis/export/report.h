/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report as JSON, schema isthmus-report/1, written as a stream. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

#include "analysis/world/snapshot.h"

/* Writes @snapshot to @file. Byte-identical for equal worlds. False with an error when the file could not be written. */
bool isth_report_write_json (const IsthSnapshot *snapshot, FILE *file, GError **error);

typedef enum
{
  ISTH_REPORT_SESSIONS,
  ISTH_REPORT_CROSSINGS,
} IsthReportPart;

/* One array of the report, alone. */
bool isth_report_write_part (const IsthSnapshot *snapshot, IsthReportPart part, FILE *file, GError **error);

/* "2026-01-31T12:00:00.123456789Z" (RFC 3339) into @text; "" for ISTH_NO_TIME. */
const char *isth_report_time (int64_t time, char text[40]);

/* Reads what isth_report_time() writes; also with fewer or no fractions, no seconds, a blank for the T, another zone ("+01:00") or none
 * (then it is UTC), and seconds since 1970 ("1700000000.25"). False when @text is none of these. */
bool isth_report_parse_time (const char *text, int64_t *time);
