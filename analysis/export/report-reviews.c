/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people settled, in the report. */
#include "analysis/export/report-parts.h"

static char
get_letter (IsthAbout about)
{
  return about == ISTH_ABOUT_ASSET ? 'a' : about == ISTH_ABOUT_SESSION ? 's' : 'l';
}

void
isth_report_write_reviews (IsthJson *json,
                           const IsthSnapshot *snapshot)
{
  const IsthReviewList *list = snapshot->reviews;

  isth_json_begin_array (json, "decisions");
  for (uint32_t i = 0; list && i < list->n_reviews; i++)
    {
      const IsthReview *review = &list->reviews[i];
      const IsthLink *link = review->about == ISTH_ABOUT_LINK ? isth_snapshot_get_link (snapshot, review->subject) : NULL;

      isth_json_begin_object (json, NULL);
      isth_json_string (json, "about", isth_about_name (review->about));
      isth_report_write_id (json, "subject", get_letter (review->about), review->subject);
      if (link) /* links have no ids of their own in the report */
        {
          isth_report_write_id (json, "from", 'a', link->from);
          isth_report_write_id (json, "to", 'a', link->to);
          isth_json_string (json, "protocol", link->protocol);
        }
      isth_json_string (json, "outcome", isth_verdict_name (review->outcome));
      isth_json_string (json, "it_owner", review->it_owner);
      isth_json_string (json, "ot_owner", review->ot_owner);
      isth_report_write_time (json, "due", review->due);
      isth_json_string (json, "dissent", review->dissent);
      isth_json_string (json, "note", review->note);
      isth_json_string (json, "author", review->author);
      isth_report_write_time (json, "time", review->time);
      isth_json_end_object (json);
    }
  isth_json_end_array (json);
}
