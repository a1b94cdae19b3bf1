/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When something happened: a histogram with alert marks, in which a time window can be chosen. */
#pragma once

#include <gtk/gtk.h>

#include "widgets/time-scale.h"

#define ISTH_TYPE_TIME_BAND (isth_time_band_get_type ())
G_DECLARE_FINAL_TYPE (IsthTimeBand, isth_time_band, ISTH, TIME_BAND, GtkWidget)

typedef struct
{
  gint64 time;
  guint8 severity; /* info 0 … critical 4 */
} IsthTimeMark;

/**
 * IsthTimeBand:
 *
 * Properties: “window-start” and “window-end” (gint64, ns since 1970 UTC; both 0: all), “logarithmic” (gboolean, FALSE). The window notifies when the
 * user lets go of it, not while it is dragged.
 *
 * Drag chooses a window, its edges and its middle can be dragged, double click and Escape take it away. Keys: Left and Right move it (or make one),
 * with Shift its end, with Ctrl its start; + and − make it narrower and wider; Home and End move it to the start and the end.
 */
GtkWidget *isth_time_band_new (void);

/* Bucket i covers @width ns from @start + i × @width. The counts are copied. No buckets: empty. */
void isth_time_band_set_activity (IsthTimeBand *self, gint64 start, gint64 width, const guint64 *counts, guint n_counts);

/* When anything was captured at all, before or after set_activity(): time between that is long and empty is left out, and marked. The pieces are copied. */
void isth_time_band_set_pieces (IsthTimeBand *self, const IsthTimePiece *pieces, guint n_pieces);

/* The marks are copied. */
void isth_time_band_set_marks (IsthTimeBand *self, const IsthTimeMark *marks, guint n_marks);

void isth_time_band_set_window (IsthTimeBand *self, gint64 start, gint64 end);
gboolean isth_time_band_get_window (IsthTimeBand *self, gint64 *start, gint64 *end);
