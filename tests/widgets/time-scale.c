/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times to pixels and back, round steps from microseconds to decades, labels in a zone. */
#include "widgets/time-scale.h"

#include <math.h>

#define SECOND G_GINT64_CONSTANT (1000000000)
#define DAY (86400 * SECOND)

static void
test_there_and_back (void)
{
  const gint64 start = G_GINT64_CONSTANT (1763800000) * SECOND;
  const gint64 spans[] = { 1000, SECOND, 3600 * SECOND, 40 * 365 * DAY };

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      IsthTimeScale scale = { start, start + spans[i], 12, 900 };

      for (double x = 12; x <= 912; x += 25)
        g_assert_cmpfloat_with_epsilon (isth_time_scale_to_x (&scale, isth_time_scale_to_time (&scale, x)), x, spans[i] < SECOND ? 1 : 0.01);
      g_assert_cmpint (isth_time_scale_to_time (&scale, -50), ==, scale.first);
      g_assert_cmpint (isth_time_scale_to_time (&scale, 5000), ==, scale.last);
    }
}

/* Years between captures take no room; what lies close together, or is most of the time, is left as it is. */
static void
test_pieces (void)
{
  const gint64 hour = 3600 * SECOND, year = 365 * DAY;
  const IsthTimePiece apart[] = { { 2 * year, 2 * year + hour }, { 0, hour }, { hour / 2, 2 * hour }, { 9 * year, 9 * year } };
  const IsthTimePiece close[] = { { 0, hour }, { hour + hour / 2, 3 * hour } };
  IsthTimePiece many[200];
  IsthTimeScale scale = { 0, year, 12, 900 };

  isth_time_scale_set_pieces (&scale, close, 2);
  g_assert_cmpuint (scale.n_pieces, ==, 0);
  isth_time_scale_set_pieces (&scale, apart, G_N_ELEMENTS (apart));
  g_assert_cmpuint (scale.n_pieces, ==, 3);
  g_assert_cmpint (scale.first, ==, 0);
  g_assert_cmpint (scale.last, ==, 9 * year);
  g_assert_cmpint (scale.pieces[0].last, ==, 2 * hour); /* two that overlap are one */
  g_assert_cmpfloat_with_epsilon (isth_time_scale_to_x (&scale, 0), 12, 0.01);
  g_assert_cmpfloat_with_epsilon (scale.starts[2] + scale.widths[2], 912, 0.01);
  g_assert_cmpfloat (scale.widths[2], >=, 30);
  g_assert_cmpfloat (scale.widths[0], >, scale.widths[1]);
  for (guint i = 0; i < 2; i++)
    {
      double x = isth_time_scale_to_x (&scale, scale.pieces[i].first + hour / 3), gap = isth_time_scale_to_x (&scale, scale.pieces[i].last + 30 * DAY);

      g_assert_cmpfloat_with_epsilon ((double) isth_time_scale_to_time (&scale, x), (double) (scale.pieces[i].first + hour / 3), 1e6);
      g_assert_cmpint (isth_time_scale_find_gap (&scale, x), ==, -1);
      g_assert_cmpint (isth_time_scale_find_gap (&scale, gap), ==, (int) i);
      g_assert_cmpint (isth_time_scale_to_time (&scale, gap), ==, scale.pieces[i].last);
    }
  for (double x = 12, before = -1; x <= 912; before = (double) isth_time_scale_to_time (&scale, x), x++)
    g_assert_cmpfloat ((double) isth_time_scale_to_time (&scale, x), >=, before);

  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = (IsthTimePiece) { i * year, i * year + (i + 1) * SECOND };
  isth_time_scale_set_pieces (&scale, many, G_N_ELEMENTS (many));
  g_assert_cmpuint (scale.n_pieces, <=, ISTH_TIME_PIECES);
  isth_time_scale_set_pieces (&scale, NULL, 0);
  g_assert_cmpuint (scale.n_pieces, ==, 0);
}

static const struct
{
  gint64 span, step;
} steps[] = {
  { 10 * SECOND, SECOND },
  { 60 * SECOND, 10 * SECOND },
  { 3600 * SECOND, 600 * SECOND },
  { DAY, 3 * 3600 * SECOND },
  { 7 * DAY, DAY },
  { 365 * DAY, 91 * DAY },
};

static void
test_steps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      IsthTimeScale scale = { 0, steps[i].span, 0, 960 };

      g_assert_cmpint (isth_time_scale_step (&scale, 96), ==, steps[i].step);
    }
  for (gint64 span = 1; span > 0 && span < G_MAXINT64 / 3; span = span * 3)
    {
      IsthTimeScale scale = { -span / 2, span / 2, 0, 960 };

      g_assert_cmpint (isth_time_scale_step (&scale, 96), >, 0);
    }
}

static const struct
{
  gint64 time, step;
  const char *text;
} labels[] = {
  { G_GINT64_CONSTANT (1763800000) * SECOND, SECOND, "09:26:40" },
  { G_GINT64_CONSTANT (1763800000) * SECOND, 60 * SECOND, "09:26" },
  { G_GINT64_CONSTANT (1763800000) * SECOND, DAY, "22 Nov" },
  { G_GINT64_CONSTANT (1763800000) * SECOND, 182 * DAY, "Nov 2025" },
  { G_GINT64_CONSTANT (1763800000) * SECOND, 365 * DAY, "2025" },
  { G_GINT64_CONSTANT (1763800000) * SECOND + 250000000, 50000000, "09:26:40.25" },
  { G_GINT64_CONSTANT (1763766000) * SECOND, 60 * SECOND, "22 Nov" },
};

static void
test_labels (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autofree char *full = NULL;

  g_assert_nonnull (zone);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autofree char *text = isth_time_format (labels[i].time, labels[i].step, zone);

      g_assert_cmpstr (text, ==, labels[i].text);
    }
  full = isth_time_format_full (labels[0].time, zone);
  g_assert_cmpstr (full, ==, "22 Nov 2025, 09:26:40 CET");
  /* days begin at local midnight, in summer and in winter */
  g_assert_cmpint (isth_time_round_up (G_GINT64_CONSTANT (1763800000) * SECOND, DAY, zone), ==, G_GINT64_CONSTANT (1763852400) * SECOND);
  g_assert_cmpint (isth_time_round_up (G_GINT64_CONSTANT (1753000000) * SECOND, DAY, zone), ==, G_GINT64_CONSTANT (1753048800) * SECOND);
  g_assert_cmpint (isth_time_round_up (-1, SECOND, zone), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/widgets/time-scale/there-and-back", test_there_and_back);
  g_test_add_func ("/widgets/time-scale/steps", test_steps);
  g_test_add_func ("/widgets/time-scale/labels", test_labels);
  g_test_add_func ("/widgets/time-scale/pieces", test_pieces);
  return g_test_run ();
}
