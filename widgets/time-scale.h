/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times and pixels of an axis, and the round times that it names. All times are ns since 1970, UTC. */
#pragma once

#include <glib.h>

typedef struct
{
  gint64 first, last;
} IsthTimePiece;

/* Between two pieces lies time of which nothing is known: it is so many pixels wide, however long it is. */
#define ISTH_TIME_GAP 18
#define ISTH_TIME_PIECES 24 /* at most: what is closest together becomes one */

typedef struct
{
  gint64 first, last; /* at the left and right edge; equal: nothing to show */
  double x, width;
  IsthTimePiece pieces[ISTH_TIME_PIECES]; /* in order, from @first to @last; @n_pieces 0: all is one */
  double starts[ISTH_TIME_PIECES], widths[ISTH_TIME_PIECES]; /* in pixels */
  guint n_pieces;
} IsthTimeScale;

/* Takes those @n times over (in any order; they may overlap) between which so little is known that it is better left out; none, when the gaps between
 * them are not the most of the time. @first and @last are theirs then. */
void isth_time_scale_set_pieces (IsthTimeScale *self, const IsthTimePiece *pieces, guint n);

/* Where it is drawn. */
void isth_time_scale_set_room (IsthTimeScale *self, double x, double width);

/* Piece @index as a scale of its own; the whole when there are none. */
IsthTimeScale isth_time_scale_get_piece (const IsthTimeScale *self, guint index);

/* The piece in whose gap, to the right of it, @x is, or -1. */
int isth_time_scale_find_gap (const IsthTimeScale *self, double x);

double isth_time_scale_to_x (const IsthTimeScale *self, gint64 time);
/* Clamped to the scale. */
gint64 isth_time_scale_to_time (const IsthTimeScale *self, double x);

/* The distance of two named times, in ns, so that there are at least @room pixels between them. */
gint64 isth_time_scale_step (const IsthTimeScale *self, double room);

/* The first round time in @zone that is not before @time. */
gint64 isth_time_round_up (gint64 time, gint64 step, GTimeZone *zone);

/* As much of a time as matters at steps of @step: "14:05", "14:05:30.5", "22 Nov" */
char *isth_time_format (gint64 time, gint64 step, GTimeZone *zone);

/* Date, time and zone: "22 Nov 2026, 14:05:30 CET" */
char *isth_time_format_full (gint64 time, GTimeZone *zone);
