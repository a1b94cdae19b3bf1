/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions as people read them, wherever the window shows one. */
#pragma once

#include "app/session.h"

/* What a decision about a record of @kind is about; FALSE: there are none about that. */
gboolean isth_review_text_get_about (IsthSelected kind, IsthAbout *about);

/* The decision about a record, or NULL; lent by the snapshot. Any thread. */
const IsthReview *isth_review_text_find (const IsthSnapshot *snapshot, IsthSelected kind, guint64 id);

/* Whether there is a decision about the row's record, and not only a note. */
gboolean isth_review_text_is_settled (const IsthRow *row);

/* "To be changed · IT: Ann · OT: Olaf · until 2026-12-01" */
char *isth_review_text_outcome (const IsthReview *review);

/* What was said, who disagrees, and who wrote it down when; a line each. */
char *isth_review_text_details (const IsthReview *review);

/* What it is about, in the words of the side that reads; NULL: nothing that the session shows. */
char *isth_review_text_subject (IsthSession *session, IsthSelected kind, guint64 id);

/* "2026-12-01" as midnight UTC; "" as ISTH_NO_TIME. FALSE: it is no day. */
gboolean isth_review_text_parse_day (const char *text, gint64 *time);
char *isth_review_text_format_day (gint64 time); /* "" for ISTH_NO_TIME */
