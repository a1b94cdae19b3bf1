/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axis arithmetic. Spans go from microseconds to decades: a capture may hold a jump of years. */
#include "widgets/time-scale.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

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

static int
compare_pieces (gconstpointer a,
                gconstpointer b)
{
  const IsthTimePiece *left = a, *right = b;

  return left->first < right->first ? -1 : left->first > right->first;
}

/* What overlaps, or follows within @gap, is one. */
static void
join_pieces (GArray *pieces,
             double  gap)
{
  guint kept = 0;

  for (guint i = 1; i < pieces->len; i++)
    {
      IsthTimePiece *last = &g_array_index (pieces, IsthTimePiece, kept), *next = &g_array_index (pieces, IsthTimePiece, i);

      if (next->first <= last->last || difference (next->first, last->last) <= gap)
        last->last = MAX (last->last, next->last);
      else
        g_array_index (pieces, IsthTimePiece, ++kept) = *next;
    }
  g_array_set_size (pieces, kept + 1);
}

static double
sum_pieces (const IsthTimePiece *pieces,
            guint                n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += difference (pieces[i].last, pieces[i].first);
  return sum;
}

void
isth_time_scale_set_pieces (IsthTimeScale       *self,
                            const IsthTimePiece *pieces,
                            guint                n)
{
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof *pieces);
  const IsthTimePiece *found;
  double busy, whole, gap;

  self->n_pieces = 0;
  if (n == 0)
    return;
  g_array_append_vals (all, pieces, n);
  g_array_sort (all, compare_pieces);
  join_pieces (all, 0);
  found = &g_array_index (all, IsthTimePiece, 0);
  busy = sum_pieces (found, all->len);
  whole = difference (found[all->len - 1].last, found[0].first);
  if (whole < 2 * busy)
    return;

  gap = busy / all->len; /* shorter than a usual piece: no need to leave it out */
  join_pieces (all, gap);
  while (all->len > ISTH_TIME_PIECES)
    join_pieces (all, gap = MAX (2 * gap, 1));
  if (all->len < 2)
    return;

  found = &g_array_index (all, IsthTimePiece, 0);
  self->n_pieces = all->len;
  memcpy (self->pieces, found, all->len * sizeof *found);
  self->first = found[0].first;
  self->last = found[all->len - 1].last;
  isth_time_scale_set_room (self, self->x, self->width);
}

/* A short piece is still wide enough to be seen and taken. */
void
isth_time_scale_set_room (IsthTimeScale *self,
                          double         x,
                          double         width)
{
  double room = MAX (0, width - ISTH_TIME_GAP * (double) MAX (1, self->n_pieces) + ISTH_TIME_GAP);
  double least = MIN (36, room / MAX (1, self->n_pieces)), sum = sum_pieces (self->pieces, self->n_pieces), at = x;

  self->x = x;
  self->width = width;
  for (guint i = 0; i < self->n_pieces; i++)
    {
      double length = difference (self->pieces[i].last, self->pieces[i].first);

      self->starts[i] = at;
      self->widths[i] = least + (room - least * self->n_pieces) * (sum > 0 ? length / sum : 1.0 / self->n_pieces);
      at += self->widths[i] + ISTH_TIME_GAP;
    }
}

IsthTimeScale
isth_time_scale_get_piece (const IsthTimeScale *self,
                           guint                index)
{
  IsthTimeScale piece = { .first = self->first, .last = self->last, .x = self->x, .width = self->width };

  if (self->n_pieces == 0)
    return piece;
  piece.first = self->pieces[index].first;
  piece.last = self->pieces[index].last;
  piece.x = self->starts[index];
  piece.width = self->widths[index];
  return piece;
}

/* What lies between two pieces is in the gap, more to the right the later it is. */
double
isth_time_scale_to_x (const IsthTimeScale *self,
                      gint64               time)
{
  gint64 first = self->first, last = self->last;
  double x = self->x, width = self->width;
  guint i = 0;

  if (self->n_pieces > 0)
    {
      while (i + 1 < self->n_pieces && time >= self->pieces[i + 1].first)
        i++;
      first = self->pieces[i].first;
      last = self->pieces[i].last;
      x = self->starts[i];
      width = self->widths[i];
      if (i + 1 < self->n_pieces && time > last)
        return x + width + ISTH_TIME_GAP * difference (time, last) / difference (self->pieces[i + 1].first, last);
    }
  return last <= first ? x : x + width * difference (time, first) / difference (last, first);
}

int
isth_time_scale_find_gap (const IsthTimeScale *self,
                          double               x)
{
  for (guint i = 0; i + 1 < self->n_pieces; i++)
    if (x > self->starts[i] + self->widths[i] && x < self->starts[i + 1])
      return (int) i;
  return -1;
}

gint64
isth_time_scale_to_time (const IsthTimeScale *self,
                         double               x)
{
  guint i = 0;
  IsthTimeScale piece = isth_time_scale_get_piece (self, 0);
  double share;

  while (i + 1 < self->n_pieces && x > piece.x + piece.width + ISTH_TIME_GAP / 2.0) /* of a gap each side is that of its piece */
    piece = isth_time_scale_get_piece (self, ++i);
  share = piece.width > 0 ? CLAMP ((x - piece.x) / piece.width, 0, 1) : 0;
  return piece.first + (gint64) (share * difference (piece.last, piece.first));
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
