/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the time band looks like: one cached picture of bars, marks and axis, with the window laid over it. */
#include "widgets/time-band-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define BAR 3        /* pixels of one bar */
#define MARK 5.5     /* radius */
#define LABEL_ROOM 96

static void
set_color (cairo_t       *cr,
           const GdkRGBA *color,
           double         alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
}

/* Sums of the buckets for each bar; returns the largest. */
static double
sum_bars (IsthTimeBand *self,
          double       *bars,
          guint         n)
{
  double largest = 0;

  for (guint i = 0; i < self->n_counts; i++)
    {
      double from, to;

      if (self->counts[i] == 0)
        continue;
      from = (isth_time_scale_to_x (&self->scale, self->start + (gint64) i * self->width) - self->scale.x) / BAR;
      to = (isth_time_scale_to_x (&self->scale, self->start + (gint64) (i + 1) * self->width) - self->scale.x) / BAR;
      /* a wide bucket is spread over its bars, narrow ones add up */
      for (guint bar = (guint) CLAMP (from, 0, n - 1); bar < n && bar < MAX (to, from + 0.001); bar++)
        {
          double share = to - from <= 0 ? 1 : (MIN (to, bar + 1.0) - MAX (from, bar)) / (to - from);

          bars[bar] += (double) self->counts[i] * MAX (0, share);
          largest = MAX (largest, bars[bar]);
        }
    }
  return largest;
}

static void
draw_bars (IsthTimeBand *self,
           cairo_t      *cr,
           double        bottom)
{
  guint n = (guint) MAX (1, self->scale.width / BAR);
  g_autofree double *bars = g_new0 (double, n);
  double largest = sum_bars (self, bars, n), room = bottom - BAND_MARKS - 4;

  for (guint i = 0; i < n; i++)
    {
      double share = isth_time_scale_find_gap (&self->scale, self->scale.x + (i + 0.5) * BAR) >= 0 ? 0
                     : self->logarithmic ? log1p (bars[i]) / log1p (largest) : bars[i] / largest;
      double height = share > 0 ? MAX (1.5, round (share * room)) : 0;

      cairo_rectangle (cr, self->scale.x + i * (double) BAR, bottom - height, BAR - 1, height);
    }
  set_color (cr, &self->colors.foreground, 0.38);
  cairo_fill (cr);
  for (guint i = 0; i < MAX (1, self->scale.n_pieces); i++)
    {
      IsthTimeScale piece = isth_time_scale_get_piece (&self->scale, i);

      cairo_rectangle (cr, piece.x, bottom, piece.width, 1);
    }
  set_color (cr, &self->colors.foreground, 0.2);
  cairo_fill (cr);
}

/* Two strokes through the axis, as on a torn one. */
static void
draw_gaps (IsthTimeBand *self,
           cairo_t      *cr,
           double        bottom)
{
  for (guint i = 0; i + 1 < self->scale.n_pieces; i++)
    {
      IsthTimeScale piece = isth_time_scale_get_piece (&self->scale, i);
      double middle = piece.x + piece.width + ISTH_TIME_GAP / 2.0;

      for (int side = -1; side <= 1; side += 2)
        {
          cairo_move_to (cr, middle + side * 3 - 3, bottom + 4);
          cairo_line_to (cr, middle + side * 3 + 3, BAND_MARKS + 4);
        }
    }
  cairo_set_line_width (cr, 1);
  set_color (cr, &self->colors.foreground, 0.35);
  cairo_stroke (cr);
}

/* One mark for each place of its width: the worst one. */
static void
draw_marks (IsthTimeBand *self,
            cairo_t      *cr)
{
  guint n = (guint) (self->scale.width / (2 * MARK)) + 1;
  g_autofree guint8 *worst = g_new0 (guint8, n);
  g_autofree double *at = g_new0 (double, n);

  for (guint i = 0; i < self->marks->len; i++)
    {
      const IsthTimeMark *mark = &g_array_index (self->marks, IsthTimeMark, i);
      double x = isth_time_scale_to_x (&self->scale, mark->time);
      guint slot = (guint) CLAMP ((x - self->scale.x) / (2 * MARK), 0, n - 1);

      if (mark->time < self->scale.first || mark->time > self->scale.last || mark->severity + 1 <= worst[slot])
        continue;
      worst[slot] = (guint8) (mark->severity + 1);
      at[slot] = x;
    }
  for (guint severity = 1; severity <= 5; severity++)
    for (guint i = 0; i < n; i++)
      if (worst[i] == severity)
        isth_topology_draw_alert (cr, &self->colors, severity, at[i], BAND_MARKS / 2.0 + 1, MARK);
}

static PangoLayout *
make_layout (IsthTimeBand *self,
             const char   *text,
             double        size)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (pango_layout_get_context (layout)));

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  return layout;
}

static int
append_label (IsthTimeBand *self,
              GtkSnapshot  *snapshot,
              const char   *text,
              double        x,
              double        y,
              double        align,
              double        alpha)
{
  g_autoptr(PangoLayout) layout = make_layout (self, text, 11);
  GdkRGBA color = self->colors.foreground;
  int width, height;

  color.alpha *= (float) alpha;
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) round (x - width * align), (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
  return width;
}

static char *
format_day (IsthTimeBand *self,
            gint64        time,
            const char   *format)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000000000);
  g_autoptr(GDateTime) local = utc ? g_date_time_to_timezone (utc, self->zone) : NULL;
  g_autofree char *day = local ? g_date_time_format (local, format) : g_strdup ("");

  return g_strdup (g_strchug (day));
}

/* The day on which a piece begins, and round times in it; @right: how far there is room. */
static void
append_piece (IsthTimeBand        *self,
              GtkSnapshot         *snapshot,
              const IsthTimeScale *piece,
              double               bottom,
              double               right)
{
  gint64 step = isth_time_scale_step (piece, LABEL_ROOM);
  g_autofree char *day = format_day (self, piece->first, right - piece->x < LABEL_ROOM ? "%b %y" : _("%e %b %Y"));
  GdkRGBA tick = self->colors.foreground;
  double left = piece->x;

  tick.alpha *= 0.3f;
  if (right - left >= LABEL_ROOM / 2.0)
    left += append_label (self, snapshot, day, left, bottom + 3, 0, 0.75) + 12;
  if (piece->last <= piece->first)
    return;
  for (gint64 time = isth_time_round_up (piece->first, step, self->zone); time <= piece->last; time = isth_time_round_up (time + 1, step, self->zone))
    {
      double x = round (isth_time_scale_to_x (piece, time));
      g_autofree char *text = isth_time_format (time, step, self->zone);

      gtk_snapshot_append_color (snapshot, &tick, &GRAPHENE_RECT_INIT ((float) x, (float) bottom, 1, 4));
      if (x - 32 > left && x + 32 < right)
        append_label (self, snapshot, g_strchug (text), x, bottom + 3, 0.5, 0.55);
    }
}

/* Round times, and at the right end which zone they are in. */
static void
append_axis (IsthTimeBand *self,
             GtkSnapshot  *snapshot,
             double        bottom)
{
  guint n = MAX (1, self->scale.n_pieces);
  double right = self->scale.x + self->scale.width;
  g_autofree char *zone = format_day (self, self->scale.first, "%Z");

  right -= append_label (self, snapshot, zone, right, bottom + 3, 1, 0.75) + 12;
  for (guint i = 0; i < n; i++)
    {
      IsthTimeScale piece = isth_time_scale_get_piece (&self->scale, i);

      append_piece (self, snapshot, &piece, bottom, MIN (right, piece.x + piece.width + (i + 1 < n ? ISTH_TIME_GAP - 6 : 0)));
    }
}

void
band_make_picture (IsthTimeBand *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  g_autoptr(GtkSnapshot) snapshot = NULL;
  cairo_t *cr;

  g_clear_pointer (&self->picture, gsk_render_node_unref);
  isth_time_scale_set_room (&self->scale, BAND_SIDE, MAX (1, width - 2 * BAND_SIDE));
  if (width < 1 || self->scale.last <= self->scale.first)
    return;
  snapshot = gtk_snapshot_new ();
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  draw_bars (self, cr, height - BAND_AXIS);
  draw_gaps (self, cr, height - BAND_AXIS);
  draw_marks (self, cr);
  cairo_destroy (cr);
  append_axis (self, snapshot, height - BAND_AXIS);
  self->picture = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

static void
append_rect (GtkSnapshot   *snapshot,
             const GdkRGBA *color,
             double         alpha,
             double         x,
             double         y,
             double         width,
             double         height)
{
  GdkRGBA faded = *color;

  faded.alpha *= (float) alpha;
  if (width > 0)
    gtk_snapshot_append_color (snapshot, &faded, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

static void
append_handle (IsthTimeBand *self,
               GtkSnapshot  *snapshot,
               double        x,
               double        height)
{
  GskRoundedRect grip;

  append_rect (snapshot, &self->colors.accent, 1, x - 1, 2, 2, height - BAND_AXIS - 2);
  gsk_rounded_rect_init_from_rect (&grip, &GRAPHENE_RECT_INIT ((float) x - 4, (float) (height - BAND_AXIS) / 2 - 9, 8, 18), 4);
  gtk_snapshot_push_rounded_clip (snapshot, &grip);
  append_rect (snapshot, &self->colors.accent, 1, x - 4, 0, 8, height);
  gtk_snapshot_pop (snapshot);
}

static void
append_window (IsthTimeBand *self,
               GtkSnapshot  *snapshot)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  double from = CLAMP (round (isth_time_scale_to_x (&self->scale, self->window_start)), BAND_SIDE, width - BAND_SIDE);
  double to = CLAMP (round (isth_time_scale_to_x (&self->scale, self->window_end)), BAND_SIDE, width - BAND_SIDE);

  if (self->window_start == 0 && self->window_end == 0)
    return;
  append_rect (snapshot, &self->colors.background, 0.65, 0, 0, from, height - BAND_AXIS);
  append_rect (snapshot, &self->colors.background, 0.65, to, 0, width - to, height - BAND_AXIS);
  append_rect (snapshot, &self->colors.accent, 0.12, from, 2, to - from, height - BAND_AXIS - 2);
  append_handle (self, snapshot, from, height);
  append_handle (self, snapshot, to, height);
}

static void
append_empty (IsthTimeBand *self,
              GtkSnapshot  *snapshot)
{
  int width, height;

  if (!self->empty)
    self->empty = make_layout (self, _("No packets"), 12);
  pango_layout_get_pixel_size (self->empty, &width, &height);
  append_label (self, snapshot, pango_layout_get_text (self->empty), gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                (gtk_widget_get_height (GTK_WIDGET (self)) - height) / 2.0, 0.5, 0.55);
}

void
band_draw (IsthTimeBand *self,
           GtkSnapshot  *snapshot)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GskRoundedRect outline;

  append_rect (snapshot, &self->colors.background, 1, 0, 0, width, height);
  if (!self->picture)
    {
      append_empty (self, snapshot);
      return;
    }
  gtk_snapshot_append_node (snapshot, self->picture);
  append_window (self, snapshot);
  if (!gtk_widget_has_focus (GTK_WIDGET (self)) || !GTK_IS_WINDOW (root) || !gtk_window_get_focus_visible (GTK_WINDOW (root)))
    return;
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (1, 1, (float) width - 2, (float) height - 2), 6);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 2, 2, 2, 2 },
                              (GdkRGBA[4]) { self->colors.accent, self->colors.accent, self->colors.accent, self->colors.accent });
}
