/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report as one HTML file for people: to print, to send, to lay on the table. It loads nothing, runs nothing and needs nothing beside it. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

#include "analysis/world/snapshot.h"

/**
 * IsthPage:
 * @title: of the page; NULL: the names of the captures
 * @from, @to: the time window of which @snapshot is; ISTH_NO_TIME as @from: it is of the whole time
 */
typedef struct
{
  const char *title;
  int64_t from, to;
} IsthPage;

/* What @review is about, as one line; NULL: @snapshot does not show it (any more). Free with g_free(). */
char *isth_report_describe_subject (const IsthSnapshot *snapshot, const IsthReview *review);

/* Writes @snapshot to @file, in the reader's language, times in UTC. Byte-identical for equal worlds. Of long lists the end is left out, with words that say
 * so; the JSON report has everything. False with an error when the file could not be written. Any thread. */
bool isth_report_write_page (const IsthSnapshot *snapshot, const IsthPage *page, FILE *file, GError **error);
