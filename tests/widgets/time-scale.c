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
  return g_test_run ();
}
