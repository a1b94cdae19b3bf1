/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside of IsthTimeBand: time-band.c keeps and changes the state, time-band-draw.c shows it. */
#pragma once

#include "widgets/time-band.h"
#include "widgets/time-scale.h"
#include "widgets/topology-picture.h"

typedef enum
{
  BAND_DRAG_NONE,
  BAND_DRAG_NEW,
  BAND_DRAG_START,
  BAND_DRAG_END,
  BAND_DRAG_MOVE,
} BandDrag;

struct _IsthTimeBand
{
  GtkWidget parent_instance;

  gint64 start, width;
  guint64 *counts;
  guint n_counts;
  GArray *marks;              /* of IsthTimeMark, by severity */
  GArray *captured;           /* of IsthTimePiece */
  gboolean logarithmic;

  IsthTimeScale scale;        /* from the first to the last bucket in use */
  gint64 window_start, window_end;
  BandDrag drag;
  double grabbed;             /* where in the window it was taken, in pixels */

  GTimeZone *zone;
  IsthTopologyColors colors;
  GskRenderNode *picture;     /* bars, marks, axis */
  PangoLayout *empty;
};

#define BAND_SIDE 12          /* left and right of the scale */
#define BAND_MARKS 16         /* height of the row of marks */
#define BAND_AXIS 20          /* height of the row of times */

void band_draw (IsthTimeBand *self, GtkSnapshot *snapshot);
void band_make_picture (IsthTimeBand *self);
