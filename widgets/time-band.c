/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the time band, and what a person does to it. */
#include "widgets/time-band-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#define GRAB 7           /* pixels around an edge of the window */
#define NARROWEST 3      /* pixels of a window */
#define FIRST_WINDOW 0.2 /* of all, made by a key */

enum
{
  PROP_WINDOW_START = 1,
  PROP_WINDOW_END,
  PROP_LOGARITHMIC,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (IsthTimeBand, isth_time_band, GTK_TYPE_WIDGET)

static gboolean
has_window (IsthTimeBand *self)
{
  return self->window_start != 0 || self->window_end != 0;
}

static gboolean
is_empty (IsthTimeBand *self)
{
  return self->scale.last <= self->scale.first;
}

static void
tell_window (IsthTimeBand *self)
{
  g_autofree char *from = isth_time_format_full (has_window (self) ? self->window_start : self->scale.first, self->zone);
  g_autofree char *to = isth_time_format_full (has_window (self) ? self->window_end : self->scale.last, self->zone);
  /* Translators: two times */
  g_autofree char *text = g_strdup_printf (has_window (self) ? _("Only from %s to %s") : _("All, from %s to %s"), from, to);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, is_empty (self) ? _("No packets") : text, -1);
}

/* Something else is to be seen. */
static void
draw_anew (IsthTimeBand *self)
{
  band_make_picture (self);
  tell_window (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
isth_time_band_set_window (IsthTimeBand *self,
                           gint64        start,
                           gint64        end)
{
  gint64 old_start = self->window_start, old_end = self->window_end;

  g_return_if_fail (ISTH_IS_TIME_BAND (self));

  if (end < start || (start == 0 && end == 0))
    start = end = 0;
  if (start == old_start && end == old_end)
    return;
  self->window_start = start;
  self->window_end = end;
  tell_window (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_freeze_notify (G_OBJECT (self));
  if (start != old_start)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WINDOW_START]);
  if (end != old_end)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WINDOW_END]);
  g_object_thaw_notify (G_OBJECT (self));
}

gboolean
isth_time_band_get_window (IsthTimeBand *self,
                           gint64       *start,
                           gint64       *end)
{
  *start = self->window_start;
  *end = self->window_end;
  return has_window (self);
}

static void
find_pieces (IsthTimeBand *self)
{
  self->scale.first = self->start;
  self->scale.last = self->start + (gint64) self->n_counts * self->width;
  isth_time_scale_set_pieces (&self->scale, &g_array_index (self->captured, IsthTimePiece, 0), self->n_counts > 0 ? self->captured->len : 0);
}

void
isth_time_band_set_activity (IsthTimeBand  *self,
                             gint64         start,
                             gint64         width,
                             const guint64 *counts,
                             guint          n_counts)
{
  guint first = 0, last = n_counts;

  g_return_if_fail (ISTH_IS_TIME_BAND (self));
  g_return_if_fail (n_counts == 0 || width > 0);

  while (first < last && counts[first] == 0)
    first++;
  while (last > first && counts[last - 1] == 0)
    last--;
  g_free (self->counts);
  self->counts = g_memdup2 (counts + first, (last - first) * sizeof *counts);
  self->n_counts = last - first;
  self->start = start + (gint64) first * width;
  self->width = width;
  find_pieces (self);
  draw_anew (self);
}

void
isth_time_band_set_pieces (IsthTimeBand        *self,
                           const IsthTimePiece *pieces,
                           guint                n_pieces)
{
  g_return_if_fail (ISTH_IS_TIME_BAND (self));

  g_array_set_size (self->captured, 0);
  g_array_append_vals (self->captured, pieces, n_pieces);
  find_pieces (self);
  draw_anew (self);
}

void
isth_time_band_set_marks (IsthTimeBand       *self,
                          const IsthTimeMark *marks,
                          guint               n_marks)
{
  g_return_if_fail (ISTH_IS_TIME_BAND (self));

  g_array_set_size (self->marks, 0);
  g_array_append_vals (self->marks, marks, n_marks);
  draw_anew (self);
}

static BandDrag
part_at (IsthTimeBand *self,
         double        x)
{
  double from = isth_time_scale_to_x (&self->scale, self->window_start), to = isth_time_scale_to_x (&self->scale, self->window_end);

  if (!has_window (self))
    return BAND_DRAG_NEW;
  if (fabs (x - to) <= GRAB && fabs (x - to) <= fabs (x - from))
    return BAND_DRAG_END;
  if (fabs (x - from) <= GRAB)
    return BAND_DRAG_START;
  return x > from && x < to ? BAND_DRAG_MOVE : BAND_DRAG_NEW;
}

static void
on_motion (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           IsthTimeBand             *self)
{
  BandDrag part = is_empty (self) ? BAND_DRAG_NONE : part_at (self, x);

  if (self->drag == BAND_DRAG_NONE)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), part == BAND_DRAG_START || part == BAND_DRAG_END ? "ew-resize"
                                                        : part == BAND_DRAG_MOVE                         ? "grab"
                                                                                                         : NULL);
}

static void
on_drag_begin (GtkGestureDrag *gesture,
               double          x,
               double          y,
               IsthTimeBand   *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag = BAND_DRAG_NONE;
  self->grabbed = x - isth_time_scale_to_x (&self->scale, self->window_start);
}

/* The window as it would be with the pointer at @x; shown, but told only at the end. */
static void
drag_to (IsthTimeBand *self,
         double        origin,
         double        x)
{
  gint64 time = isth_time_scale_to_time (&self->scale, x), length = self->window_end - self->window_start;

  if (self->drag == BAND_DRAG_NEW)
    {
      gint64 from = isth_time_scale_to_time (&self->scale, origin);

      self->window_start = MIN (from, time);
      self->window_end = MAX (from, time);
    }
  else if (self->drag == BAND_DRAG_START)
    self->window_start = MIN (time, self->window_end);
  else if (self->drag == BAND_DRAG_END)
    self->window_end = MAX (time, self->window_start);
  else
    {
      time = isth_time_scale_to_time (&self->scale, x - self->grabbed);
      self->window_start = CLAMP (time, self->scale.first, MAX (self->scale.first, self->scale.last - length));
      self->window_end = self->window_start + length;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_drag_update (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                IsthTimeBand   *self)
{
  double x, y;

  if (is_empty (self) || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (self->drag == BAND_DRAG_NONE)
    {
      if (fabs (dx) < NARROWEST)
        return;
      self->drag = part_at (self, x);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }
  drag_to (self, x, x + dx);
}

static void
on_drag_end (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             IsthTimeBand   *self)
{
  if (self->drag == BAND_DRAG_NONE)
    return;
  self->drag = BAND_DRAG_NONE;
  tell_window (self);
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WINDOW_START]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WINDOW_END]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_pressed (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            IsthTimeBand    *self)
{
  if (n_press == 2)
    isth_time_band_set_window (self, 0, 0);
}

static gboolean
key_clear (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   unused)
{
  IsthTimeBand *self = ISTH_TIME_BAND (widget);

  if (!has_window (self))
    return FALSE;
  isth_time_band_set_window (self, 0, 0);
  return TRUE;
}

/* Arguments: what the start and the end move by, in twentieths of the window. */
static void
act_move (GtkWidget  *widget,
          const char *name,
          GVariant   *arguments)
{
  IsthTimeBand *self = ISTH_TIME_BAND (widget);
  gint64 all = self->scale.last - self->scale.first, start, end, unit;
  int by_start, by_end;

  g_variant_get (arguments, "(ii)", &by_start, &by_end);
  if (is_empty (self))
    return;
  if (!has_window (self))
    {
      start = self->scale.first + (gint64) ((double) all * (1 - FIRST_WINDOW) / 2);
      isth_time_band_set_window (self, start, start + (gint64) ((double) all * FIRST_WINDOW));
      return;
    }
  unit = MAX (1, (self->window_end - self->window_start) / 20);
  start = self->window_start + CLAMP (by_start, -20, 20) * unit;
  end = self->window_end + CLAMP (by_end, -20, 20) * unit;
  if (by_start == by_end) /* as a whole, and not over the edge */
    {
      gint64 length = self->window_end - self->window_start;

      start = ABS (by_start) > 20 ? (by_start < 0 ? self->scale.first : self->scale.last - length)
                                  : CLAMP (start, self->scale.first, MAX (self->scale.first, self->scale.last - length));
      end = start + length;
    }
  start = MAX (start, self->scale.first);
  end = MIN (end, self->scale.last);
  if (end > start)
    isth_time_band_set_window (self, start, end);
}

static gboolean
on_query_tooltip (GtkWidget  *widget,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip,
                  gpointer    unused)
{
  IsthTimeBand *self = ISTH_TIME_BAND (widget);
  g_autofree char *time = NULL, *text = NULL;
  gint64 at = isth_time_scale_to_time (&self->scale, x);
  int gap = isth_time_scale_find_gap (&self->scale, x);
  guint64 bucket = is_empty (self) ? 0 : (guint64) (at - self->start) / (guint64) self->width;

  if (keyboard || is_empty (self) || self->drag != BAND_DRAG_NONE || bucket >= self->n_counts)
    return FALSE;
  if (gap >= 0)
    {
      g_autofree char *from = isth_time_format_full (self->scale.pieces[gap].last, self->zone);
      g_autofree char *to = isth_time_format_full (self->scale.pieces[gap + 1].first, self->zone);

      text = g_strdup_printf (_("Nothing was captured from\n%s\nto %s"), from, to);
      gtk_tooltip_set_text (tooltip, text);
      return TRUE;
    }
  time = isth_time_format_full (at, self->zone);
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s\n%'" PRIu64 " frame", "%s\n%'" PRIu64 " frames", self->counts[bucket]), time,
                          self->counts[bucket]);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
isth_time_band_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  band_make_picture (ISTH_TIME_BAND (widget));
}

static void
isth_time_band_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  band_draw (ISTH_TIME_BAND (widget), snapshot);
}

static void
isth_time_band_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  IsthTimeBand *self = ISTH_TIME_BAND (widget);

  GTK_WIDGET_CLASS (isth_time_band_parent_class)->css_changed (widget, change);
  isth_topology_colors_read (&self->colors, widget);
  g_clear_object (&self->empty);
  draw_anew (self);
}

static void
isth_time_band_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : 84;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 800 : 84;
}

static void
isth_time_band_get_property (GObject    *object,
                             guint       property,
                             GValue     *value,
                             GParamSpec *pspec)
{
  IsthTimeBand *self = ISTH_TIME_BAND (object);

  if (property == PROP_WINDOW_START)
    g_value_set_int64 (value, self->window_start);
  else if (property == PROP_WINDOW_END)
    g_value_set_int64 (value, self->window_end);
  else if (property == PROP_LOGARITHMIC)
    g_value_set_boolean (value, self->logarithmic);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
isth_time_band_set_property (GObject      *object,
                             guint         property,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  IsthTimeBand *self = ISTH_TIME_BAND (object);

  if (property != PROP_LOGARITHMIC)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
  else if (self->logarithmic != g_value_get_boolean (value))
    {
      self->logarithmic = g_value_get_boolean (value);
      draw_anew (self);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
isth_time_band_dispose (GObject *object)
{
  IsthTimeBand *self = ISTH_TIME_BAND (object);

  g_clear_pointer (&self->counts, g_free);
  self->n_counts = 0;
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->captured, g_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->picture, gsk_render_node_unref);
  g_clear_object (&self->empty);

  G_OBJECT_CLASS (isth_time_band_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *klass)
{
  static const struct { guint key; GdkModifierType state; int start, end; } keys[] = {
    { GDK_KEY_Left, 0, -1, -1 }, { GDK_KEY_Right, 0, 1, 1 },
    { GDK_KEY_Left, GDK_SHIFT_MASK, 0, -1 }, { GDK_KEY_Right, GDK_SHIFT_MASK, 0, 1 },
    { GDK_KEY_Left, GDK_CONTROL_MASK, -1, 0 }, { GDK_KEY_Right, GDK_CONTROL_MASK, 1, 0 },
    { GDK_KEY_plus, 0, 2, -2 }, { GDK_KEY_KP_Add, 0, 2, -2 }, { GDK_KEY_minus, 0, -2, 2 }, { GDK_KEY_KP_Subtract, 0, -2, 2 },
    { GDK_KEY_Home, 0, -99, -99 }, { GDK_KEY_End, 0, 99, 99 },
  };

  gtk_widget_class_install_action (klass, "band.move", "(ii)", act_move);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (klass, keys[i].key, keys[i].state, "band.move", "(ii)", keys[i].start, keys[i].end);
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, key_clear, NULL);
}

static void
isth_time_band_class_init (IsthTimeBandClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = isth_time_band_dispose;
  object_class->get_property = isth_time_band_get_property;
  object_class->set_property = isth_time_band_set_property;
  widget_class->size_allocate = isth_time_band_size_allocate;
  widget_class->snapshot = isth_time_band_snapshot;
  widget_class->css_changed = isth_time_band_css_changed;
  widget_class->measure = isth_time_band_measure;

  properties[PROP_WINDOW_START] = g_param_spec_int64 ("window-start", NULL, NULL, G_MININT64, G_MAXINT64, 0, read);
  properties[PROP_WINDOW_END] = g_param_spec_int64 ("window-end", NULL, NULL, G_MININT64, G_MAXINT64, 0, read);
  properties[PROP_LOGARITHMIC] = g_param_spec_boolean ("logarithmic", NULL, NULL, FALSE, read | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "timeband");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
isth_time_band_init (IsthTimeBand *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();

  self->marks = g_array_new (FALSE, FALSE, sizeof (IsthTimeMark));
  self->captured = g_array_new (FALSE, FALSE, sizeof (IsthTimePiece));
  self->zone = g_time_zone_new_local ();
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Time band"), -1);
  isth_topology_colors_read (&self->colors, widget);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
isth_time_band_new (void)
{
  return g_object_new (ISTH_TYPE_TIME_BAND, NULL);
}
