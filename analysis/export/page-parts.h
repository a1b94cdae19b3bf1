/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the HTML report share; page*.c only. */
#pragma once

#include "analysis/export/html.h"
#include "analysis/export/page.h"

#define PAGE_TIME 32
#define PAGE_ROWS 5000 /* of one list: browsers grow slow beyond */

/* "2026-01-31 12:00:00 UTC"; "" for ISTH_NO_TIME. */
const char *isth_page_time (int64_t time, char text[PAGE_TIME]);

/* "47 s", "12 min", "7 h 30 min", "3 d 4 h"; g_free() */
char *isth_page_span (int64_t ns);

const char *isth_page_name (const IsthSnapshot *snapshot, uint64_t asset); /* "" for 0 */
const char *isth_page_side (IsthSide side);

/* A heading with a count. */
void isth_page_begin_section (FILE *file, const char *id, const char *title, uint64_t count);
void isth_page_end_section (FILE *file);

/* The head of a table, where there are rows for it (true); else the words for that there are none. */
bool isth_page_begin_rows (FILE *file, uint64_t n, const char *class, const char *const *heads, const char *none);

/* The words for what did not fit. Nothing when @all <= @shown. */
void isth_page_write_rest (FILE *file, uint64_t all, uint64_t shown);

/* page-world.c */
void isth_page_write_levels (FILE *file, const IsthSnapshot *snapshot);
void isth_page_write_assets (FILE *file, const IsthSnapshot *snapshot);
void isth_page_write_networks (FILE *file, const IsthSnapshot *snapshot);

/* page-reviews.c */
void isth_page_write_reviews (FILE *file, const IsthSnapshot *snapshot);

/* page-events.c */
void isth_page_write_alerts (FILE *file, const IsthSnapshot *snapshot);
void isth_page_write_crossings (FILE *file, const IsthSnapshot *snapshot);
void isth_page_write_sessions (FILE *file, const IsthSnapshot *snapshot);
void isth_page_write_transfers (FILE *file, const IsthSnapshot *snapshot);
