/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One session over the real engine: from bytes to rows, selection, filters, save, and back to nothing. */
#include "app/session.h"

#include <glib/gstdio.h>

#include "app/decisions.h"
#include "app/parts/review-text.h"

/* Two frames: an ARP request of 10.0.0.1 and the answer of 10.0.0.2. */
static const guint8 capture[] = {
  /* pcap, little endian, version 2.4, Ethernet */
  0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0,
  0x00, 0xf1, 0x53, 0x65, 0, 0, 0, 0, 42, 0, 0, 0, 42, 0, 0, 0,
  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00, 0x1b, 0x1b, 0, 0, 1, 0x08, 0x06,
  0, 1, 8, 0, 6, 4, 0, 1, 0x00, 0x1b, 0x1b, 0, 0, 1, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2,
  0x01, 0xf1, 0x53, 0x65, 0, 0, 0, 0, 42, 0, 0, 0, 42, 0, 0, 0,
  0x00, 0x1b, 0x1b, 0, 0, 1, 0x00, 0x1b, 0x1b, 0, 0, 2, 0x08, 0x06,
  0, 1, 8, 0, 6, 4, 0, 2, 0x00, 0x1b, 0x1b, 0, 0, 2, 10, 0, 0, 2, 0x00, 0x1b, 0x1b, 0, 0, 1, 10, 0, 0, 1,
};

typedef struct
{
  char *folder, *cache, *file, *project;
  IsthSession *session;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("isthmus-session-XXXXXX", NULL);
  fixture->cache = g_build_filename (fixture->folder, "unsaved", NULL);
  fixture->file = g_build_filename (fixture->folder, "two.pcap", NULL);
  fixture->project = g_build_filename (fixture->folder, "two.isthmus", NULL);
  g_assert_true (g_file_set_contents (fixture->file, (const char *) capture, sizeof capture, NULL));
  fixture->session = isth_session_new (fixture->cache);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  g_clear_object (&fixture->session);
  dir = g_dir_open (fixture->cache, 0, NULL);
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->cache, name, NULL);
      g_unlink (path);
    }
  g_rmdir (fixture->cache);
  g_unlink (fixture->file);
  g_unlink (fixture->project);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->cache);
  g_free (fixture->file);
  g_free (fixture->project);
}

#define WAIT_UNTIL(condition)                    \
  while (!(condition))                           \
  g_main_context_iteration (NULL, TRUE)

static gboolean
is_complete (IsthSession *session)
{
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);

  return snapshot && snapshot->n_captures == 1 && snapshot->captures[0]->complete &&
         isth_session_get_progress (session)->state == ISTH_ENGINE_IDLE;
}

static void
open_capture (Fixture *fixture)
{
  const char *paths[] = { fixture->file, NULL };

  isth_session_open (fixture->session, paths);
  WAIT_UNTIL (is_complete (fixture->session));
}

static void
test_open (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_null (isth_session_get_project (fixture->session));
  open_capture (fixture);
  g_assert_nonnull (isth_session_get_project (fixture->session));
  g_assert_true (isth_session_get_unsaved (fixture->session));
  g_assert_cmpuint (isth_session_get_snapshot (fixture->session)->n_assets, ==, 2);

  isth_session_close (fixture->session, TRUE);
  WAIT_UNTIL (!isth_session_get_project (fixture->session));
  g_assert_null (isth_session_get_snapshot (fixture->session));
}

static guint
count_matching (IsthSession *session)
{
  IsthSnapshot *snapshot = isth_session_get_snapshot (session);
  IsthMatcher matcher;
  guint n = 0;

  isth_matcher_init (&matcher, isth_session_get_query (session), snapshot);
  for (guint i = 0; i < snapshot->n_assets; i++)
    n += isth_matcher_matches (&matcher, &(IsthRow) { snapshot->assets[i], snapshot, ISTH_SELECTED_ASSET });
  isth_matcher_clear (&matcher);

  return n;
}

static void
test_filter (Fixture      *fixture,
             gconstpointer data)
{
  static const struct
  {
    const char *text;
    guint rows;
  } cases[] = { { "", 2 }, { "10.0.0.1", 1 }, { "00:1b:1b", 2 }, { "nothing like it", 0 }, { "", 2 } };

  open_capture (fixture);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      isth_session_set_filter (fixture->session, cases[i].text);
      g_assert_cmpuint (count_matching (fixture->session), ==, cases[i].rows);
    }

  isth_session_set_time_window (fixture->session, 0, 1000000000);
  g_assert_cmpuint (count_matching (fixture->session), ==, 0);
  isth_session_set_time_window (fixture->session, ISTH_NO_TIME, ISTH_NO_TIME);
  g_assert_cmpuint (count_matching (fixture->session), ==, 2);
}

/* Choosing a window filters at once; the counts follow, and go with it. */
static void
test_counts (Fixture      *fixture,
             gconstpointer data)
{
  const IsthSnapshot *whole, *counted;
  guint64 packets;

  open_capture (fixture);
  whole = isth_session_get_snapshot (fixture->session);
  packets = whole->links[0]->packets[0] + whole->links[0]->packets[1];
  g_assert_cmpuint (packets, >, 0);
  g_assert_cmpint (isth_session_get_counts (fixture->session), ==, ISTH_COUNTS_WHOLE);

  isth_session_set_time_window (fixture->session, whole->first, whole->first);
  g_assert_cmpint (isth_session_get_counts (fixture->session), ==, ISTH_COUNTS_PENDING);
  WAIT_UNTIL (isth_session_get_counts (fixture->session) == ISTH_COUNTS_WINDOW);
  counted = isth_session_get_snapshot (fixture->session);
  g_assert_cmpuint (counted->links[0]->packets[0] + counted->links[0]->packets[1], <, packets);

  isth_session_set_time_window (fixture->session, ISTH_NO_TIME, ISTH_NO_TIME);
  g_assert_cmpint (isth_session_get_counts (fixture->session), ==, ISTH_COUNTS_WHOLE);
  whole = isth_session_get_snapshot (fixture->session);
  g_assert_cmpuint (whole->links[0]->packets[0] + whole->links[0]->packets[1], ==, packets);

  /* The capture went away meanwhile: the counts stay those of the whole, and it is said why. */
  g_unlink (fixture->file);
  isth_session_set_time_window (fixture->session, whole->first, whole->first);
  WAIT_UNTIL (isth_session_get_counts (fixture->session) == ISTH_COUNTS_WHOLE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (isth_session_get_problems (fixture->session))), ==, 1);
}

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              guint      *n)
{
  (*n)++;
}

static void
test_selection (Fixture      *fixture,
                gconstpointer data)
{
  guint n = 0;
  guint64 id;

  g_signal_connect (fixture->session, "notify::selection", G_CALLBACK (count_notify), &n);
  isth_session_select (fixture->session, ISTH_SELECTED_ASSET, 7);
  isth_session_select (fixture->session, ISTH_SELECTED_ASSET, 7);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (isth_session_get_selected_asset (fixture->session), ==, 7);
  isth_session_select (fixture->session, ISTH_SELECTED_LINK, 7);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (isth_session_get_selected_asset (fixture->session), ==, 0);
  isth_session_select (fixture->session, ISTH_SELECTED_ALERT, 0);
  g_assert_cmpint (isth_session_get_selected (fixture->session, &id), ==, ISTH_SELECTED_NOTHING);
  g_assert_cmpuint (id, ==, 0);
  g_assert_cmpuint (n, ==, 3);
}

static void
test_save (Fixture      *fixture,
           gconstpointer data)
{
  const char *paths[] = { fixture->project, NULL };

  open_capture (fixture);
  isth_session_save_as (fixture->session, fixture->project);
  WAIT_UNTIL (!isth_session_get_unsaved (fixture->session));
  g_assert_cmpstr (isth_session_get_project (fixture->session), ==, fixture->project);
  isth_session_close (fixture->session, FALSE);
  WAIT_UNTIL (!isth_session_get_project (fixture->session));

  isth_session_open (fixture->session, paths);
  WAIT_UNTIL (is_complete (fixture->session));
  g_assert_false (isth_session_get_unsaved (fixture->session));
  g_assert_cmpuint (isth_session_get_snapshot (fixture->session)->n_assets, ==, 2);
}

static void
test_problem (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.pcap", NULL);
  const char *paths[] = { missing, NULL };
  GListModel *problems = G_LIST_MODEL (isth_session_get_problems (fixture->session));

  isth_session_open (fixture->session, paths);
  WAIT_UNTIL (g_list_model_get_n_items (problems) == 1);
  g_assert_nonnull (strstr (gtk_string_list_get_string (GTK_STRING_LIST (problems), 0), missing));
}

static const char *
get_note (IsthSession *session,
          guint64      id)
{
  const IsthAsset *asset = isth_session_get_asset (session, id);

  return asset ? isth_asset_get (asset, ISTH_ATTRIBUTE_NOTE) : NULL;
}

static void
on_decided (IsthDecisions *decisions,
            int            what,
            const char    *words,
            GString       *log)
{
  g_string_append_printf (log, "%c%s ", "+-*."[what], words ? words : "");
}

/* Of edits and of ranges; each is taken back and done again, and what was taken back goes with the next one. */
static void
test_decisions (Fixture      *fixture,
                gconstpointer data)
{
  IsthDecisions *decisions = isth_session_get_decisions (fixture->session);
  IsthDecision range = { .kind = ISTH_DECISION_SITE_RANGE, .on = TRUE };
  g_autoptr(GString) log = g_string_new (NULL);
  guint64 id;

  g_signal_connect (decisions, "decided", G_CALLBACK (on_decided), log);
  open_capture (fixture);
  id = isth_session_get_snapshot (fixture->session)->assets[0]->id;
  isth_decisions_undo (decisions);
  isth_decisions_decide (decisions, "one", &(IsthDecision) { ISTH_DECISION_EDIT, id, ISTH_ATTRIBUTE_NOTE, "", "first" }, 1);
  WAIT_UNTIL (g_strcmp0 (get_note (fixture->session, id), "first") == 0);
  isth_decisions_undo (decisions);
  WAIT_UNTIL (g_strcmp0 (get_note (fixture->session, id), "") == 0);
  g_assert_null (isth_decisions_peek_undo (decisions));
  g_assert_cmpstr (isth_decisions_peek_redo (decisions), ==, "one");
  isth_decisions_redo (decisions);
  WAIT_UNTIL (g_strcmp0 (get_note (fixture->session, id), "first") == 0);
  isth_decisions_undo (decisions);

  g_assert_true (isth_site_range_parse (&range.range, "203.0.113.0/24"));
  isth_decisions_decide (decisions, "two", &range, 1);
  g_assert_null (isth_decisions_peek_redo (decisions));
  WAIT_UNTIL (*isth_session_get_snapshot (fixture->session)->networks->site_ranges);
  g_assert_cmpstr (isth_session_get_snapshot (fixture->session)->networks->site_ranges[0], ==, "203.0.113.0/24");
  isth_decisions_undo (decisions);
  WAIT_UNTIL (!*isth_session_get_snapshot (fixture->session)->networks->site_ranges);

  isth_session_close (fixture->session, TRUE);
  WAIT_UNTIL (!isth_session_get_project (fixture->session));
  g_assert_null (isth_decisions_peek_redo (decisions));
  g_assert_cmpstr (log->str, ==, "+one -one *one -one +two -two . ");
}

static const IsthReview *
get_review (IsthSession *session,
            guint64      id)
{
  return isth_review_text_find (isth_session_get_snapshot (session), ISTH_SELECTED_ASSET, id);
}

/* What a room settled is taken back and done again, and is there when the project is opened anew. */
static void
test_review (Fixture      *fixture,
             gconstpointer data)
{
  IsthDecisions *decisions = isth_session_get_decisions (fixture->session);
  IsthDecision step = { .kind = ISTH_DECISION_REVIEW };
  const char *paths[] = { fixture->project, NULL };
  g_autofree char *outcome = NULL, *subject = NULL;
  guint64 id;

  open_capture (fixture);
  id = isth_session_get_snapshot (fixture->session)->assets[0]->id;
  step.was = (IsthReview) { .about = ISTH_ABOUT_ASSET, .subject = id, .due = ISTH_NO_TIME };
  step.becomes = (IsthReview) { .about = ISTH_ABOUT_ASSET, .subject = id, .outcome = ISTH_VERDICT_CHANGE, .it_owner = "Ann", .ot_owner = "Olaf" };
  g_assert_true (isth_review_text_parse_day ("2026-12-01", &step.becomes.due));
  isth_decisions_decide (decisions, "change", &step, 1);
  WAIT_UNTIL (get_review (fixture->session, id));
  outcome = isth_review_text_outcome (get_review (fixture->session, id));
  g_assert_cmpstr (outcome, ==, "To be changed · IT: Ann · OT: Olaf · until 2026-12-01");
  subject = isth_review_text_subject (fixture->session, ISTH_SELECTED_ASSET, id);
  g_assert_cmpstr (subject, ==, isth_session_get_asset_name (fixture->session, id));
  isth_decisions_undo (decisions);
  WAIT_UNTIL (!get_review (fixture->session, id));
  isth_decisions_redo (decisions);
  WAIT_UNTIL (get_review (fixture->session, id));

  isth_session_save_as (fixture->session, fixture->project);
  WAIT_UNTIL (!isth_session_get_unsaved (fixture->session));
  isth_session_close (fixture->session, FALSE);
  WAIT_UNTIL (!isth_session_get_project (fixture->session));
  isth_session_open (fixture->session, paths);
  WAIT_UNTIL (is_complete (fixture->session) && get_review (fixture->session, id));
  g_assert_cmpstr (get_review (fixture->session, id)->ot_owner, ==, "Olaf");
  g_assert_cmpint (get_review (fixture->session, id)->outcome, ==, ISTH_VERDICT_CHANGE);

  isth_session_close (fixture->session, FALSE);
  WAIT_UNTIL (!isth_session_get_project (fixture->session));
}

static void
test_days (void)
{
  static const struct
  {
    const char *text, *day;
  } cases[] = {
    { "", "" },           { " 2026-12-01 ", "2026-12-01" }, { "2026-02-30", NULL }, { "1.12.2026", NULL },
    { "2026-12-1", NULL }, { "soon", NULL },                 { "9999-12-31", NULL }, { "1900-01-01", NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 time = 0;
      gboolean fine = isth_review_text_parse_day (cases[i].text, &time);
      g_autofree char *day = fine ? isth_review_text_format_day (time) : NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (day, ==, cases[i].day);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/session/open", Fixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/app/session/filter", Fixture, NULL, set_up, test_filter, tear_down);
  g_test_add ("/app/session/counts", Fixture, NULL, set_up, test_counts, tear_down);
  g_test_add ("/app/session/selection", Fixture, NULL, set_up, test_selection, tear_down);
  g_test_add ("/app/session/decisions", Fixture, NULL, set_up, test_decisions, tear_down);
  g_test_add ("/app/session/review", Fixture, NULL, set_up, test_review, tear_down);
  g_test_add_func ("/app/session/days", test_days);
  g_test_add ("/app/session/save", Fixture, NULL, set_up, test_save, tear_down);
  g_test_add ("/app/session/problem", Fixture, NULL, set_up, test_problem, tear_down);

  return g_test_run ();
}
