/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people settled in a review: about one asset, link, alert or session the outcome, who sees to it on both sides, until when, and who disagrees. */
#pragma once

#include "analysis/base/record.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum
{
  ISTH_ABOUT_ASSET,
  ISTH_ABOUT_LINK, /* a crossing is one */
  ISTH_ABOUT_ALERT,
  ISTH_ABOUT_SESSION,
  ISTH_N_ABOUTS,
} IsthAbout;

const char *isth_about_name (IsthAbout about); /* "asset" … "session" */
IsthAbout isth_about_from_name (const char *name); /* ISTH_N_ABOUTS: none of them */

typedef enum
{
  ISTH_VERDICT_OPEN, /* nothing is settled, or not any more */
  ISTH_VERDICT_ACCEPTED,
  ISTH_VERDICT_CHANGE,
  ISTH_VERDICT_STOP,
  ISTH_VERDICT_INVESTIGATE,
  ISTH_N_VERDICTS,
} IsthVerdict;

const char *isth_verdict_name (IsthVerdict outcome); /* "open", "accepted", "change", "stop", "investigate" */
const char *isth_verdict_title (IsthVerdict outcome); /* untranslated */
IsthVerdict isth_verdict_from_name (const char *name); /* ISTH_N_VERDICTS: none of them */

/**
 * IsthReview:
 * @subject: id of the asset, link, alert or session, which is the same in every run
 * @it_owner, @ot_owner: who sees to it; "" nobody
 * @dissent: who disagrees, and why; ""
 * @note: what was said; ""
 * @author: who wrote it down
 * @due: ns since 1970, or ISTH_NO_TIME
 * @time: when it was written down, ns since 1970
 *
 * Its texts belong to who has it.
 */
typedef struct
{
  uint64_t subject;
  IsthAbout about;
  IsthVerdict outcome;
  const char *it_owner, *ot_owner, *dissent, *note, *author;
  int64_t due, time;
} IsthReview;

/* Copies the texts, NULL as "". */
IsthReview isth_review_copy (const IsthReview *review);
void isth_review_clear (IsthReview *self);

/* Whether it says anything: one that does not takes the word back that was there. */
bool isth_review_says (const IsthReview *self);

/* Those that stand, by what they are about, then by subject. */
typedef struct
{
  IsthRecord record;
  IsthReview *reviews; /* owned */
  uint32_t n_reviews;
} IsthReviewList;

/* Those that stand about @about, or NULL; lent. @self may be NULL. */
const IsthReview *isth_review_list_find (const IsthReviewList *self, IsthAbout about, uint64_t subject);

/* Which one is the last word about each. One thread at a time. */
typedef struct _IsthReviewBook IsthReviewBook;

IsthReviewBook *isth_review_book_new (void);
void isth_review_book_free (IsthReviewBook *self);

/* Copies @review. A later one about the same takes its place, whatever the order in which they come. */
void isth_review_book_add (IsthReviewBook *self, const IsthReview *review);

/* Counted up; the same one again as long as none was added. */
IsthReviewList *isth_review_book_list (IsthReviewBook *self);
