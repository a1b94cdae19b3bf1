/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A due day is a day: it is kept as midnight UTC, and shown as that everywhere. */
#include "app/parts/review-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/format.h"

gboolean
isth_review_text_get_about (IsthSelected kind,
                            IsthAbout   *about)
{
  static const IsthAbout abouts[ISTH_N_SELECTED] = {
    [ISTH_SELECTED_NOTHING] = ISTH_N_ABOUTS,    [ISTH_SELECTED_ASSET] = ISTH_ABOUT_ASSET,    [ISTH_SELECTED_LINK] = ISTH_ABOUT_LINK,
    [ISTH_SELECTED_ALERT] = ISTH_ABOUT_ALERT, [ISTH_SELECTED_REMOTE] = ISTH_ABOUT_SESSION,
  };

  *about = abouts[kind];
  return *about != ISTH_N_ABOUTS;
}

const IsthReview *
isth_review_text_find (const IsthSnapshot *snapshot,
                       IsthSelected        kind,
                       guint64             id)
{
  IsthAbout about;

  return snapshot && isth_review_text_get_about (kind, &about) ? isth_review_list_find (snapshot->reviews, about, id) : NULL;
}

gboolean
isth_review_text_is_settled (const IsthRow *row)
{
  const IsthReview *review = isth_review_text_find (row->snapshot, row->kind, isth_record_id (row->record));

  return review && review->outcome != ISTH_VERDICT_OPEN;
}

static void
append (GString    *text,
        const char *between,
        const char *what,
        const char *value)
{
  if (*value)
    g_string_append_printf (text, "%s%s %s", text->len ? between : "", what, value);
}

char *
isth_review_text_outcome (const IsthReview *review)
{
  g_autoptr(GString) text = g_string_new (_(isth_verdict_title (review->outcome)));
  g_autofree char *due = isth_review_text_format_day (review->due);

  append (text, " · ", _("IT:"), review->it_owner);
  append (text, " · ", _("OT:"), review->ot_owner);
  append (text, " · ", _("until"), due);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
isth_review_text_details (const IsthReview *review)
{
  g_autoptr(GString) text = g_string_new (review->note);
  g_autofree char *time = isth_format_time (review->time);

  append (text, "\n", _("Dissent:"), review->dissent);
  g_string_append_printf (text, "%s%s · %s", text->len ? "\n" : "", review->author, time);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
isth_review_text_subject (IsthSession *session,
                          IsthSelected kind,
                          guint64      id)
{
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);
  const IsthAlert *alert = kind == ISTH_SELECTED_ALERT ? isth_session_get_alert (session, id) : NULL;
  IsthReview review = { .subject = id };

  if (alert && isth_session_get_wording (session) == ISTH_WORDING_IT)
    return isth_alert_describe (alert, alert->security_form);
  return snapshot && isth_review_text_get_about (kind, &review.about) ? isth_report_describe_subject (snapshot, &review) : NULL;
}

gboolean
isth_review_text_parse_day (const char *text,
                            gint64     *time)
{
  g_autofree char *day = g_strstrip (g_strdup (text));
  g_autofree char *whole = g_strconcat (day, "T00:00:00Z", NULL);
  g_autoptr(GDateTime) date = NULL;

  if (!*day)
    {
      *time = ISTH_NO_TIME;
      return TRUE;
    }
  date = strlen (day) == strlen ("2026-12-01") ? g_date_time_new_from_iso8601 (whole, NULL) : NULL;
  if (!date || g_date_time_get_year (date) < 1970 || g_date_time_get_year (date) > 2200)
    return FALSE;

  *time = g_date_time_to_unix (date) * G_GINT64_CONSTANT (1000000000);
  return TRUE;
}

char *
isth_review_text_format_day (gint64 time)
{
  g_autoptr(GDateTime) date = time != ISTH_NO_TIME ? g_date_time_new_from_unix_utc (time / G_GINT64_CONSTANT (1000000000)) : NULL;

  return date ? g_date_time_format (date, "%Y-%m-%d") : g_strdup ("");
}
