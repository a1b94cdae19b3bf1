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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/health/span", test_span);
  g_test_add_func ("/app/health/reasons", test_reasons);

  return g_test_run ();
}
