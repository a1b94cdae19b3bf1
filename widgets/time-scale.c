/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axis arithmetic. Spans go from microseconds to decades: a capture may hold a jump of years. */
#include "widgets/time-scale.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SECOND G_GINT64_CONSTANT (1000000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* @a - @b without overflow, and exact for short spans of large numbers. */
static double
difference (gint64 a,
            gint64 b)
{
  return a >= b ? (double) ((guint64) a - (guint64) b) : -(double) ((guint64) b - (guint64) a);
}

double
isth_time_scale_to_x (const IsthTimeScale *self,
                      gint64               time)
{
  if (self->last <= self->first)
    return self->x;
  return self->x + self->width * difference (time, self->first) / difference (self->last, self->first);
}

gint64
isth_time_scale_to_time (const IsthTimeScale *self,
                         double               x)
{
  double share = self->width > 0 ? CLAMP ((x - self->x) / self->width, 0, 1) : 0;

  return self->first + (gint64) (share * difference (self->last, self->first));
}

gint64
isth_time_scale_step (const IsthTimeScale *self,
                      double               room)
{
  static const gint64 steps[] = {
    SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
    HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 182 * DAY, 365 * DAY,
  };
  double wanted = self->width > 0 ? difference (self->last, self->first) * room / self->width : 0;
  double step = 1000;

  if (wanted < (double) SECOND)
    {
      for (guint i = 0; step < wanted; i++)
        step *= i % 3 == 1 ? 2.5 : 2; /* 1, 2, 5, 10 … */
      return (gint64) MIN (step, (double) SECOND);
    }
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if ((double) steps[i] >= wanted)
      return steps[i];
  for (step = 365.0 * DAY; step < wanted; step *= 2)
    ;
  return (gint64) MIN (step, (double) G_MAXINT64 / 4);
}

static gint64
zone_offset (gint64     time,
             GTimeZone *zone)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time / SECOND);

  return interval < 0 ? 0 : g_time_zone_get_offset (zone, interval) * SECOND;
}

gint64
isth_time_round_up (gint64     time,
                    gint64     step,
                    GTimeZone *zone)
{
  gint64 offset = zone_offset (time, zone), rest = (time + offset) % step;

  if (rest < 0)
    rest += step;
  return rest == 0 ? time : time + step - rest;
}

static GDateTime *
date_time (gint64     time,
           GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / SECOND - (time % SECOND < 0));

  return utc ? g_date_time_to_timezone (utc, zone) : NULL;
}

/* ".25" of a second, as many digits as @step has. */
static char *
fraction (gint64 time,
          gint64 step)
{
  gint64 ns = (time % SECOND + SECOND) % SECOND;
  int digits = 0;

  for (gint64 unit = SECOND; unit > step && digits < 9; unit /= 10)
    digits++;
  for (int i = digits; i < 9; i++)
    ns /= 10;
  return digits ? g_strdup_printf (".%0*" G_GINT64_FORMAT, digits, ns) : g_strdup ("");
}

char *
isth_time_format (gint64     time,
                  gint64     step,
                  GTimeZone *zone)
{
  g_autoptr(GDateTime) date = date_time (time, zone);
  g_autofree char *text = NULL, *rest = NULL;

  if (!date)
    return g_strdup ("");
  if (step >= 365 * DAY)
    return g_date_time_format (date, "%Y");
  if (step >= 28 * DAY)
    return g_date_time_format (date, "%b %Y");
  if (step >= DAY)
    return g_date_time_format (date, "%e %b");
  if (step >= MINUTE && g_date_time_get_hour (date) == 0 && g_date_time_get_minute (date) == 0)
    return g_date_time_format (date, "%e %b");
  if (step >= MINUTE)
    return g_date_time_format (date, "%H:%M");
  text = g_date_time_format (date, "%H:%M:%S");
  rest = fraction (time, step);
  return g_strconcat (text, rest, NULL);
}

char *
isth_time_format_full (gint64     time,
                       GTimeZone *zone)
{
  g_autoptr(GDateTime) date = date_time (time, zone);

  return date ? g_date_time_format (date, _("%e %b %Y, %H:%M:%S %Z")) : g_strdup ("");
}
