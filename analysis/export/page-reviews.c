/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The minutes: what people settled, about what, who sees to it, and who disagrees. */
#include <glib/gi18n-lib.h>

#include "analysis/base/time.h"
#include "analysis/dissectors/dissector.h"
#include "analysis/export/page-parts.h"

char *
isth_report_describe_subject (const IsthSnapshot *snapshot,
                              const IsthReview *review)
{
  const IsthAsset *asset = review->about == ISTH_ABOUT_ASSET ? isth_snapshot_get_asset (snapshot, review->subject) : NULL;
  const IsthLink *link = review->about == ISTH_ABOUT_LINK ? isth_snapshot_get_link (snapshot, review->subject) : NULL;
  const IsthAlert *alert = review->about == ISTH_ABOUT_ALERT ? isth_snapshot_get_alert (snapshot, review->subject) : NULL;
  const IsthRemoteSession *session = review->about == ISTH_ABOUT_SESSION ? isth_snapshot_get_session (snapshot, review->subject) : NULL;

  if (asset)
    return g_strdup (asset->name);
  if (alert)
    return isth_alert_describe (alert, alert->plant_form);
  if (link)
    {
      g_autofree char *service = isth_service_describe (link->protocol, link->transport, link->port);

      return g_strdup_printf ("%s %s %s · %s", isth_page_name (snapshot, link->from), link->proof ? "→" : "–", isth_page_name (snapshot, link->to), service);
    }
  if (session)
    {
      g_autofree char *service = isth_service_describe (session->protocol, session->transport, session->port[1]);

      return g_strdup_printf ("%s %s %s · %s", isth_page_name (snapshot, session->from), session->proof ? "→" : "–", isth_page_name (snapshot, session->to), service);
    }
  return NULL;
}

static void
write_owner (FILE *file,
             const char *side,
             const char *owner)
{
  if (*owner)
    isth_html_printf (file, "div", NULL, "%s: %s", side, owner);
}

/* A day, without the time that nobody set. */
static void
write_due (FILE *file,
           int64_t due)
{
  char time[PAGE_TIME];

  if (due == ISTH_NO_TIME)
    isth_html_element (file, "td", "t", "");
  else
    isth_html_printf (file, "td", "t", "%.10s", isth_page_time (due, time));
}

static void
write_review (FILE *file,
              const IsthSnapshot *snapshot,
              const IsthReview *review)
{
  g_autofree char *subject = isth_report_describe_subject (snapshot, review);
  char time[PAGE_TIME];

  fputs ("<tr>", file);
  isth_html_element (file, "td", NULL, subject ? subject : _("Something that these captures do not show"));
  isth_html_element (file, "td", review->outcome == ISTH_VERDICT_STOP ? "medium" : NULL, _(isth_verdict_title (review->outcome)));
  fputs ("<td>", file);
  write_owner (file, _("IT"), review->it_owner);
  write_owner (file, _("OT"), review->ot_owner);
  fputs ("</td>", file);
  write_due (file, review->due);
  fputs ("<td>", file);
  isth_html_element (file, "div", NULL, review->note);
  if (*review->dissent)
    isth_html_printf (file, "div", "medium", _("Dissent: %s"), review->dissent);
  fputs ("</td>", file);
  isth_html_printf (file, "td", "t", "%s, %s", isth_page_time (review->time, time), review->author);
  fputs ("</tr>\n", file);
}

void
isth_page_write_reviews (FILE *file,
                         const IsthSnapshot *snapshot)
{
  const char *heads[] = { _("About"), _("Outcome"), _("Owners"), _("Due"), _("Note"), _("Written down"), NULL };
  const IsthReviewList *list = snapshot->reviews;
  uint32_t n = list ? list->n_reviews : 0;

  isth_page_begin_section (file, "decisions", _("What was decided"), n);
  if (isth_page_begin_rows (file, n, "decisions", heads, _("Nobody has written down a decision so far.")))
    {
      for (uint32_t i = 0; i < MIN (n, PAGE_ROWS); i++)
        write_review (file, snapshot, &list->reviews[i]);
      isth_html_end_table (file);
    }
  isth_page_write_rest (file, n, PAGE_ROWS);
  isth_page_end_section (file);
}
