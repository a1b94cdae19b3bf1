/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times and pixels of an axis, and the round times that it names. All times are ns since 1970, UTC. */
#pragma once

#include <glib.h>

typedef struct
{
  gint64 first, last; /* at the left and right edge; equal: nothing to show */
  double x, width;
} IsthTimeScale;

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
