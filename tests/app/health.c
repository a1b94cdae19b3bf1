/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of the captures: in few words for the strip of evidence, and each shortcoming in a sentence. */
#include "app/health.h"

#define S G_GINT64_CONSTANT (1000000000)
#define HOUR (3600 * S)

static void
clear_nothing (gpointer record)
{
}

static char *
summarise (IsthCapture *captures,
           guint        n)
{
  g_autoptr(IsthSnapshot) snapshot = isth_record_new (sizeof *snapshot, clear_nothing);
  g_autofree IsthCapture **all = g_new (IsthCapture *, n);

  snapshot->captures = all;
  snapshot->n_captures = n;
  snapshot->first = G_MAXINT64;
  snapshot->last = G_MININT64;
  for (guint i = 0; i < n; i++)
    {
      all[i] = &captures[i];
      snapshot->first = MIN (snapshot->first, captures[i].first);
      snapshot->last = MAX (snapshot->last, captures[i].last);
    }

  return isth_health_summarise (snapshot, FALSE);
}

/* Captures that leave time out between them do not claim it. */
static void
test_span (void)
{
  IsthCapture one[] = { { .first = S, .last = 3 * HOUR + S, .frames = 2, .complete = true } };
  IsthCapture apart[] = {
    { .first = 1000 * HOUR, .last = 1001 * HOUR, .frames = 2, .complete = true },
    { .first = S, .last = 3 * HOUR + S, .frames = 2, .complete = true },
    { .first = 2 * HOUR + S, .last = 4 * HOUR + S, .frames = 2, .complete = true },
  };
  IsthCapture joined[] = {
    { .first = S, .last = 3 * HOUR + S, .frames = 2, .complete = true },
    { .first = 3 * HOUR + 2 * S, .last = 6 * HOUR + S, .frames = 2, .complete = true },
  };
  const struct
  {
    IsthCapture *captures;
    guint n;
    const char *expected;
  } cases[] = {
    { one, 1, "1 capture · 3 h 00 min · 2 frames · drops not recorded · 0 frames sent" },
    { apart, 3, "3 captures · 5 h 00 min out of 41 d 16 h · 6 frames · drops not recorded · 0 frames sent" },
    { joined, 2, "2 captures · 6 h 00 min · 4 frames · drops not recorded · 0 frames sent" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = summarise (cases[i].captures, cases[i].n);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* The weightiest reasons, and a word for that there are more. */
static void
test_reasons (void)
{
  IsthHealthCount reasons[] = { { "a", 9 }, { "b", 1 }, { "c", 5 }, { "d", 7 } };
  IsthHealth health = { .not_decoded = reasons, .n_not_decoded = G_N_ELEMENTS (reasons), .missing_bytes = 4000, .lossy_connections = 2 };
  g_autoptr(IsthSnapshot) snapshot = isth_record_new (sizeof *snapshot, clear_nothing);
  g_auto(GStrv) warnings = NULL;

  snapshot->first = snapshot->last = ISTH_NO_TIME;
  snapshot->health = &health;
  warnings = isth_health_warn (snapshot, FALSE);
  g_assert_cmpuint (g_strv_length (warnings), ==, 2);
  g_assert_cmpstr (warnings[0], ==, "22 frames could not be decoded: a, d, c and others.");
  g_assert_cmpstr (warnings[1], ==, "At least 4.0\302\240kB of 2 TCP connections was not captured: what was said there is not known.");
  snapshot->health = NULL;
}

/* Where the frames are that are in no link. */
static void
test_rest (void)
{
  IsthHealth health = { .frames = 5, .tally = { .between = 2 } };
  IsthCapture capture = { .path = "a.pcap", .format = "pcap", .frames = 5, .first = S, .last = S };
  IsthCapture *captures[] = { &capture };
  g_autoptr(IsthSnapshot) snapshot = isth_record_new (sizeof *snapshot, clear_nothing);

  snapshot->captures = captures;
  snapshot->n_captures = 1;
  snapshot->health = &health;
  for (int complete = 0; complete < 2; complete++)
    for (int reading = 0; reading < 2; reading++)
      {
        g_autofree char *text = NULL;

        capture.complete = complete;
        text = isth_health_describe (snapshot, reading);
        g_assert_nonnull (strstr (text, "2 × between two assets"));
        g_assert_nonnull (strstr (text, complete || reading ? "\n3 × without any address" : "\n3 × in conversations that went on when the reading broke off"));
      }
  snapshot->health = NULL;
  snapshot->captures = NULL;
}

/* What was broken off can be read again; what is damaged cannot, and its notes say why. One of a thing is one. */
static void
test_details (void)
{
  static const struct
  {
    const char *name;
    gboolean reading;
    IsthCapture capture;
    IsthHealth health;
    const char *there, *missing;
  } cases[] = {
    { "broken off", FALSE, { .frames = 9 }, { .frames = 9 }, "• Not read to its end. Open it again to read all of it.\n", "damaged" },
    { "in hand", TRUE, { .frames = 9 }, { .frames = 9 }, "9 × without any address", "Not read" },
    { "damaged", FALSE, { .frames = 9, .truncated = 1 }, { .frames = 9 }, "Files are damaged or end early", "Open it again" },
    { "whole", FALSE, { .frames = 9, .complete = TRUE }, { .frames = 9 }, "9 frames", "read to its end" },
    { "dropped", FALSE, { .complete = TRUE, .dropped = 1, .dropped_known = TRUE }, { .frames = 0 }, "1 frame was dropped", "frames were" },
    { "nobody", FALSE, { .complete = TRUE }, { .frames = 3, .tally = { .of_nobody = 3 } }, "3 × to or from an address of which nothing", "without any" },
    { "unnamed", FALSE, { .complete = TRUE }, { .frames = 3, .tally = { .unnamed = 3 } }, "3 × to or from somebody without an address", "without any" },
    { "not kept", FALSE, { .complete = TRUE }, { .frames = 3, .tally = { .not_kept = 3 } }, "3 × not kept: a ceiling was reached", "without any" },
    { "no address", FALSE, { .complete = TRUE }, { .frames = 3 }, "3 × without any address", "not kept" },
    { "tunnel", FALSE, { .complete = TRUE }, { .frames = 3, .tally = { .between = 3, .carried = 2 } }, "2 × of them in the link of a tunnel", "without any" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(IsthSnapshot) snapshot = isth_record_new (sizeof *snapshot, clear_nothing);
      IsthCapture capture = cases[i].capture, *all[] = { &capture };
      IsthHealth health = cases[i].health;
      g_autofree char *text = NULL;

      capture.path = "one.pcap";
      capture.first = capture.last = ISTH_NO_TIME;
      snapshot->captures = all;
      snapshot->n_captures = 1;
      snapshot->health = &health;
      text = isth_health_describe (snapshot, cases[i].reading);
      g_test_message ("%s: %s", cases[i].name, text);
      g_assert_nonnull (strstr (text, cases[i].there));
      g_assert_null (strstr (text, cases[i].missing));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/health/span", test_span);
  g_test_add_func ("/app/health/reasons", test_reasons);
  g_test_add_func ("/app/health/rest", test_rest);
  g_test_add_func ("/app/health/details", test_details);

  return g_test_run ();
}
