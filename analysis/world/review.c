/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last word about each thing is what stands; the project keeps the earlier ones. */
#include "analysis/world/review.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/base/time.h"

static const char *const abouts[ISTH_N_ABOUTS] = { "asset", "link", "alert", "session" };

static const struct
{
  const char *name, *title;
} outcomes[ISTH_N_VERDICTS] = {
  [ISTH_VERDICT_OPEN] = { "open", N_("Open") },
  [ISTH_VERDICT_ACCEPTED] = { "accepted", N_("Accepted as it is") },
  [ISTH_VERDICT_CHANGE] = { "change", N_("To be changed") },
  [ISTH_VERDICT_STOP] = { "stop", N_("To be stopped") },
  [ISTH_VERDICT_INVESTIGATE] = { "investigate", N_("To be looked into") },
};

struct _IsthReviewBook
{
  GHashTable *last;     /* a set of IsthReview, by what they are about */
  IsthReviewList *list; /* NULL: to be made anew */
};

const char *
isth_about_name (IsthAbout about)
{
  return abouts[about];
}

IsthAbout
isth_about_from_name (const char *name)
{
  IsthAbout about = 0;

  while (about < ISTH_N_ABOUTS && !g_str_equal (abouts[about], name))
    about++;
  return about;
}

const char *
isth_verdict_name (IsthVerdict outcome)
{
  return outcomes[outcome].name;
}

const char *
isth_verdict_title (IsthVerdict outcome)
{
  return outcomes[outcome].title;
}

IsthVerdict
isth_verdict_from_name (const char *name)
{
  IsthVerdict outcome = 0;

  while (outcome < ISTH_N_VERDICTS && !g_str_equal (outcomes[outcome].name, name))
    outcome++;
  return outcome;
}

IsthReview
isth_review_copy (const IsthReview *review)
{
  IsthReview copy = *review;

  copy.it_owner = g_strdup (review->it_owner ? review->it_owner : "");
  copy.ot_owner = g_strdup (review->ot_owner ? review->ot_owner : "");
  copy.dissent = g_strdup (review->dissent ? review->dissent : "");
  copy.note = g_strdup (review->note ? review->note : "");
  copy.author = g_strdup (review->author ? review->author : "");
  return copy;
}

void
isth_review_clear (IsthReview *self)
{
  g_free ((char *) self->it_owner);
  g_free ((char *) self->ot_owner);
  g_free ((char *) self->dissent);
  g_free ((char *) self->note);
  g_free ((char *) self->author);
}

bool
isth_review_says (const IsthReview *self)
{
  return self->outcome != ISTH_VERDICT_OPEN || *self->it_owner || *self->ot_owner || *self->dissent || *self->note || self->due != ISTH_NO_TIME;
}

static int
compare_reviews (const void *a,
                 const void *b)
{
  const IsthReview *left = a, *right = b;

  if (left->about != right->about)
    return left->about < right->about ? -1 : 1;
  return left->subject < right->subject ? -1 : left->subject > right->subject;
}

const IsthReview *
isth_review_list_find (const IsthReviewList *self,
                       IsthAbout about,
                       uint64_t subject)
{
  IsthReview wanted = { .about = about, .subject = subject };

  if (!self || self->n_reviews == 0)
    return NULL;
  return bsearch (&wanted, self->reviews, self->n_reviews, sizeof wanted, compare_reviews);
}

static guint
hash_review (gconstpointer review)
{
  const IsthReview *self = review;

  return g_int64_hash (&self->subject) ^ self->about;
}

static gboolean
same_subject (gconstpointer a,
              gconstpointer b)
{
  return compare_reviews (a, b) == 0;
}

static void
free_review (gpointer review)
{
  isth_review_clear (review);
  g_free (review);
}

IsthReviewBook *
isth_review_book_new (void)
{
  IsthReviewBook *self = g_new0 (IsthReviewBook, 1);

  self->last = g_hash_table_new_full (hash_review, same_subject, free_review, NULL);
  return self;
}

void
isth_review_book_free (IsthReviewBook *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->last);
  isth_record_unref (self->list);
  g_free (self);
}

/* Of two at the same moment the one of which the texts come later, so that it does not hang on who came first. */
static bool
is_later (const IsthReview *a,
          const IsthReview *b)
{
  const char *const texts[][2] = { { a->note, b->note }, { a->it_owner, b->it_owner }, { a->ot_owner, b->ot_owner }, { a->dissent, b->dissent } };

  if (a->time != b->time)
    return a->time > b->time;
  if (a->outcome != b->outcome)
    return a->outcome > b->outcome;
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!g_str_equal (texts[i][0], texts[i][1]))
      return strcmp (texts[i][0], texts[i][1]) > 0;
  return a->due > b->due;
}

void
isth_review_book_add (IsthReviewBook *self,
                      const IsthReview *review)
{
  const IsthReview *before = g_hash_table_lookup (self->last, review);
  IsthReview copy;

  g_return_if_fail (review->about < ISTH_N_ABOUTS && review->outcome < ISTH_N_VERDICTS);
  copy = isth_review_copy (review);
  if (before && !is_later (&copy, before))
    {
      isth_review_clear (&copy);
      return;
    }
  g_hash_table_add (self->last, g_memdup2 (&copy, sizeof copy));
  g_clear_pointer (&self->list, isth_record_unref);
}

static void
list_clear (gpointer data)
{
  IsthReviewList *self = data;

  for (uint32_t i = 0; i < self->n_reviews; i++)
    isth_review_clear (&self->reviews[i]);
  g_free (self->reviews);
}

IsthReviewList *
isth_review_book_list (IsthReviewBook *self)
{
  GHashTableIter iter;
  gpointer review;

  if (self->list)
    return isth_record_ref (self->list);

  self->list = isth_record_new (sizeof *self->list, list_clear);
  self->list->reviews = g_new0 (IsthReview, MAX (g_hash_table_size (self->last), 1));
  g_hash_table_iter_init (&iter, self->last);
  while (g_hash_table_iter_next (&iter, &review, NULL))
    if (isth_review_says (review))
      self->list->reviews[self->list->n_reviews++] = isth_review_copy (review);
  qsort (self->list->reviews, self->list->n_reviews, sizeof *self->list->reviews, compare_reviews);
  return isth_record_ref (self->list);
}
