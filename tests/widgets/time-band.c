/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing a time window with the keyboard, and what the band makes of odd activity. */
#include "widgets/time-band-private.h"

#define SECOND G_GINT64_CONSTANT (1000000000)

static const gint64 origin = G_GINT64_CONSTANT (1763800000) * SECOND;

static void
count (IsthTimeBand *band,
       GParamSpec   *pspec,
       guint        *n)
{
  (*n)++;
}

static GtkWidget *
show (IsthTimeBand **band)
{
  GtkWidget *window = gtk_window_new (), *widget = isth_time_band_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 100);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (widget);
  *band = ISTH_TIME_BAND (widget);
  return window;
}

static void
test_keys (void)
{
  guint64 counts[100] = { 0 };
  IsthTimeBand *band;
  GtkWidget *window = show (&band);
  gint64 start, end, moved_start, moved_end;
  guint changes = 0;

  for (guint i = 10; i < 90; i++)
    counts[i] = i;
  isth_time_band_set_activity (band, origin, SECOND, counts, G_N_ELEMENTS (counts));
  /* empty buckets at both ends are not shown */
  g_assert_cmpint (band->scale.first, ==, origin + 10 * SECOND);
  g_assert_cmpint (band->scale.last, ==, origin + 90 * SECOND);
  g_assert_false (isth_time_band_get_window (band, &start, &end));
  g_signal_connect (band, "notify::window-start", G_CALLBACK (count), &changes);
  gtk_widget_activate_action (GTK_WIDGET (band), "band.move", "(ii)", 1, 1);
  g_assert_true (isth_time_band_get_window (band, &start, &end));
  g_assert_cmpint (end - start, ==, 16 * SECOND);
  gtk_widget_activate_action (GTK_WIDGET (band), "band.move", "(ii)", 1, 1);
  isth_time_band_get_window (band, &moved_start, &moved_end);
  g_assert_cmpint (moved_start, >, start);
  g_assert_cmpint (moved_end - moved_start, ==, end - start);
  gtk_widget_activate_action (GTK_WIDGET (band), "band.move", "(ii)", 99, 99);
  isth_time_band_get_window (band, &start, &end);
  g_assert_cmpint (end, ==, band->scale.last);
  gtk_widget_activate_action (GTK_WIDGET (band), "band.move", "(ii)", 0, 1); /* the end cannot leave */
  isth_time_band_get_window (band, &start, &end);
  g_assert_cmpint (end, ==, band->scale.last);
  isth_time_band_set_window (band, 0, 0);
  g_assert_false (isth_time_band_get_window (band, &start, &end));
  g_assert_cmpuint (changes, ==, 4);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Nothing, one bucket, a gap of decades, far too many marks. */
static void
test_odd (void)
{
  static const guint64 one[] = { 7 };
  guint64 gap[512] = { 1, [511] = 1 };
  g_autofree IsthTimeMark *marks = g_new0 (IsthTimeMark, 10000);
  IsthTimeBand *band;
  GtkWidget *window = show (&band);

  g_assert_null (band->picture);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (band), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "No packets");
  gtk_widget_activate_action (GTK_WIDGET (band), "band.move", "(ii)", 1, 1);
  isth_time_band_set_activity (band, origin, SECOND, one, 1);
  g_assert_nonnull (band->picture);
  isth_time_band_set_activity (band, 0, G_GINT64_CONSTANT (1) << 52, gap, G_N_ELEMENTS (gap));
  for (guint i = 0; i < 10000; i++)
    marks[i] = (IsthTimeMark) { origin + i, (guint8) (i % 5) };
  isth_time_band_set_marks (band, marks, 10000);
  g_object_set (band, "logarithmic", TRUE, NULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (band));
  isth_time_band_set_activity (band, 0, 0, NULL, 0);
  g_assert_null (band->picture);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  if (!g_getenv ("DISPLAY") && !g_getenv ("WAYLAND_DISPLAY"))
    {
      g_print ("1..0 # SKIP no display to open a window on\n");
      return 0;
    }
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/widgets/time-band/keys", test_keys);
  g_test_add_func ("/widgets/time-band/odd", test_odd);
  return g_test_run ();
}
