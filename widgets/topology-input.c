/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does to the map: pointer, touch, keyboard, tooltip. */
#include "widgets/topology-private.h"

#include <math.h>

#define DRAG_THRESHOLD 6
#define WHEEL_STEP 64     /* pixels of one notch */
#define ZOOM_STEP 1.25
#define NODE_SLACK 3      /* pixels around a card that count as it; it matters for dots */
#define EDGE_SLACK 5

static int
node_at (IsthTopology *self,
         double        x,
         double        y)
{
  if (!self->index || x < topology_gutter (self))
    return ISTH_SCENE_NOTHING;
  return isth_scene_index_find_node (self->index, (float) ((x - self->x) / self->zoom), (float) ((y - self->y) / self->zoom),
                                     (float) (NODE_SLACK / self->zoom));
}

static int
edge_at (IsthTopology *self,
         double        x,
         double        y)
{
  /* far away edges are straight and everywhere: nobody means one of them */
  if (!self->index || x < topology_gutter (self) || self->zoom < ISTH_TOPOLOGY_ZOOM_SHAPE)
    return ISTH_SCENE_NOTHING;
  return isth_scene_index_find_edge (self->index, (float) ((x - self->x) / self->zoom), (float) ((y - self->y) / self->zoom),
                                     (float) (EDGE_SLACK / self->zoom));
}

static void
hover (IsthTopology *self,
       int           node,
       int           edge)
{
  if (self->hovered == node && self->hovered_edge == edge)
    return;
  self->hovered = node;
  self->hovered_edge = edge;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), node != ISTH_SCENE_NOTHING || edge != ISTH_SCENE_NOTHING ? "pointer" : NULL);
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           IsthTopology             *self)
{
  int node;

  self->pointer_x = x;
  self->pointer_y = y;
  if (self->drag != TOPOLOGY_DRAG_NONE)
    return;
  node = node_at (self, x, y);
  hover (self, node, node == ISTH_SCENE_NOTHING ? edge_at (self, x, y) : ISTH_SCENE_NOTHING);
}

static void
on_leave (GtkEventControllerMotion *controller,
          IsthTopology             *self)
{
  hover (self, ISTH_SCENE_NOTHING, ISTH_SCENE_NOTHING);
}

static void
on_pressed (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            IsthTopology    *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_released (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             IsthTopology    *self)
{
  int node = node_at (self, x, y);

  if (!self->index || self->drag != TOPOLOGY_DRAG_NONE)
    return;
  topology_select (self, node, node == ISTH_SCENE_NOTHING ? edge_at (self, x, y) : ISTH_SCENE_NOTHING);
  if (n_press == 2 && node != ISTH_SCENE_NOTHING)
    g_signal_emit_by_name (self, "activated", self->scene->nodes[node].id);
}

static void
on_drag_update (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                IsthTopology   *self)
{
  double x, y;

  if (!self->index || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (self->drag == TOPOLOGY_DRAG_NONE)
    {
      if (hypot (dx, dy) < DRAG_THRESHOLD)
        return;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      self->dragged = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) == GDK_BUTTON_PRIMARY ? node_at (self, x, y) : ISTH_SCENE_NOTHING;
      self->drag = self->dragged == ISTH_SCENE_NOTHING ? TOPOLOGY_DRAG_VIEW : TOPOLOGY_DRAG_NODE;
      self->drag_x = self->drag == TOPOLOGY_DRAG_NODE ? self->index->places[self->dragged].x : self->x;
      self->drag_y = self->drag == TOPOLOGY_DRAG_NODE ? self->index->places[self->dragged].y : self->y;
      self->fitting = FALSE;
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
    }
  if (self->drag == TOPOLOGY_DRAG_VIEW)
    topology_set_view (self, self->drag_x + dx, self->drag_y + dy, self->zoom);
  else
    topology_move_node (self, self->dragged, (float) (self->drag_x + dx / self->zoom), (float) (self->drag_y + dy / self->zoom));
}

static void
on_drag_end (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             IsthTopology   *self)
{
  if (self->drag == TOPOLOGY_DRAG_NODE)
    g_signal_emit_by_name (self, "node-moved", self->scene->nodes[self->dragged].id, (double) self->index->places[self->dragged].x,
                           (double) self->index->places[self->dragged].y);
  if (self->drag != TOPOLOGY_DRAG_NONE)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
  self->drag = TOPOLOGY_DRAG_NONE;
}

static gboolean
on_scroll (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           IsthTopology             *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;

  if (!self->index)
    return GDK_EVENT_PROPAGATE;
  if (state & GDK_CONTROL_MASK)
    {
      topology_zoom_at (self, pow (ZOOM_STEP, wheel ? -dy : -dy / WHEEL_STEP), self->pointer_x, self->pointer_y);
      return GDK_EVENT_STOP;
    }
  if (state & GDK_SHIFT_MASK && dx == 0)
    {
      dx = dy;
      dy = 0;
    }
  self->fitting = FALSE;
  topology_set_view (self, self->x - dx * (wheel ? WHEEL_STEP : 1), self->y - dy * (wheel ? WHEEL_STEP : 1), self->zoom);
  return GDK_EVENT_STOP;
}

static void
on_pinch_begin (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                IsthTopology     *self)
{
  self->pinch_zoom = self->zoom;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_pinch (GtkGestureZoom *gesture,
          double          scale,
          IsthTopology   *self)
{
  double x, y;

  if (self->index && gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    topology_zoom_at (self, self->pinch_zoom * scale / self->zoom, x, y);
}

static gboolean
on_query_tooltip (GtkWidget  *widget,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip,
                  gpointer    unused)
{
  IsthTopology *self = ISTH_TOPOLOGY (widget);
  int node = keyboard ? self->selected : self->hovered;
  g_autofree char *text = NULL;

  if (!self->index || self->drag != TOPOLOGY_DRAG_NONE)
    return FALSE;
  if (node != ISTH_SCENE_NOTHING)
    text = topology_describe_node (self, node, TRUE);
  else if (!keyboard && self->hovered_edge != ISTH_SCENE_NOTHING)
    text = topology_describe_edge (self, self->hovered_edge, TRUE);
  if (text)
    gtk_tooltip_set_markup (tooltip, text);
  return text != NULL;
}

void
topology_add_controllers (IsthTopology *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES | GTK_EVENT_CONTROLLER_SCROLL_KINETIC);
  GtkGesture *click = gtk_gesture_click_new (), *drag = gtk_gesture_drag_new (), *pinch = gtk_gesture_zoom_new ();

  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0); /* the middle button pans whatever is below it */
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}

static void
go_to (IsthTopology *self,
       int           node)
{
  if (node == ISTH_SCENE_NOTHING)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  topology_select (self, node, ISTH_SCENE_NOTHING);
  isth_topology_reveal (self, self->selected_id);
}

static void
act_step (GtkWidget  *widget,
          const char *name,
          GVariant   *arguments)
{
  IsthTopology *self = ISTH_TOPOLOGY (widget);
  int dx, dy;

  g_variant_get (arguments, "(ii)", &dx, &dy);
  if (self->index)
    go_to (self, isth_scene_index_step (self->index, self->selected, dx, dy));
}

static void
act_pan (GtkWidget  *widget,
         const char *name,
         GVariant   *arguments)
{
  IsthTopology *self = ISTH_TOPOLOGY (widget);
  int dx, dy;

  g_variant_get (arguments, "(ii)", &dx, &dy);
  self->fitting = FALSE;
  topology_set_view (self, self->x - dx * WHEEL_STEP, self->y - dy * WHEEL_STEP, self->zoom);
}

/* Arguments: forward, from the start (or the end), only alerts. */
static void
act_read_on (GtkWidget  *widget,
             const char *name,
             GVariant   *arguments)
{
  IsthTopology *self = ISTH_TOPOLOGY (widget);
  gboolean forward, start, alerts;
  int node;

  g_variant_get (arguments, "(bbb)", &forward, &start, &alerts);
  if (!self->index)
    return;
  node = isth_scene_index_read_on (self->index, start ? ISTH_SCENE_NOTHING : self->selected, forward, alerts);
  if (node == ISTH_SCENE_NOTHING && alerts) /* round and round */
    node = isth_scene_index_read_on (self->index, ISTH_SCENE_NOTHING, forward, alerts);
  go_to (self, node);
}

static void
act_zoom (GtkWidget  *widget,
          const char *name,
          GVariant   *arguments)
{
  int direction = g_variant_get_int32 (arguments);

  if (direction == 0)
    isth_topology_fit (ISTH_TOPOLOGY (widget));
  else
    isth_topology_zoom_by (ISTH_TOPOLOGY (widget), direction > 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
}

static void
act_activate (GtkWidget  *widget,
              const char *name,
              GVariant   *arguments)
{
  IsthTopology *self = ISTH_TOPOLOGY (widget);

  if (self->selected != ISTH_SCENE_NOTHING)
    g_signal_emit_by_name (self, "activated", self->selected_id);
}

static gboolean
key_clear (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   unused)
{
  IsthTopology *self = ISTH_TOPOLOGY (widget);

  if (self->selected_id == 0 && self->selected_edge_id == 0)
    return FALSE;
  topology_select (self, ISTH_SCENE_NOTHING, ISTH_SCENE_NOTHING);
  return TRUE;
}

void
topology_install_keys (GtkWidgetClass *klass)
{
  static const struct { guint key, pad; int dx, dy; } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 }, { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 }, { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
  };
  static const struct { guint key; int direction; } zooms[] = {
    { GDK_KEY_plus, 1 }, { GDK_KEY_equal, 1 }, { GDK_KEY_KP_Add, 1 }, { GDK_KEY_minus, -1 }, { GDK_KEY_KP_Subtract, -1 },
    { GDK_KEY_0, 0 }, { GDK_KEY_KP_0, 0 },
  };
  static const struct { guint key; GdkModifierType state; gboolean forward, start, alerts; } reading[] = {
    { GDK_KEY_Page_Down, 0, TRUE, FALSE, FALSE }, { GDK_KEY_Page_Up, 0, FALSE, FALSE, FALSE },
    { GDK_KEY_Home, 0, TRUE, TRUE, FALSE }, { GDK_KEY_End, 0, FALSE, TRUE, FALSE },
    { GDK_KEY_a, 0, TRUE, FALSE, TRUE }, { GDK_KEY_a, GDK_SHIFT_MASK, FALSE, FALSE, TRUE },
  };

  gtk_widget_class_install_action (klass, "map.step", "(ii)", act_step);
  gtk_widget_class_install_action (klass, "map.pan", "(ii)", act_pan);
  gtk_widget_class_install_action (klass, "map.read-on", "(bbb)", act_read_on);
  gtk_widget_class_install_action (klass, "map.zoom", "i", act_zoom);
  gtk_widget_class_install_action (klass, "map.activate", NULL, act_activate);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_class_add_binding_action (klass, arrows[i].key, 0, "map.step", "(ii)", arrows[i].dx, arrows[i].dy);
      gtk_widget_class_add_binding_action (klass, arrows[i].pad, 0, "map.step", "(ii)", arrows[i].dx, arrows[i].dy);
      gtk_widget_class_add_binding_action (klass, arrows[i].key, GDK_CONTROL_MASK, "map.pan", "(ii)", arrows[i].dx, arrows[i].dy);
    }
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      gtk_widget_class_add_binding_action (klass, zooms[i].key, 0, "map.zoom", "i", zooms[i].direction);
      gtk_widget_class_add_binding_action (klass, zooms[i].key, GDK_CONTROL_MASK, "map.zoom", "i", zooms[i].direction);
    }
  for (guint i = 0; i < G_N_ELEMENTS (reading); i++)
    gtk_widget_class_add_binding_action (klass, reading[i].key, reading[i].state, "map.read-on", "(bbb)", reading[i].forward, reading[i].start, reading[i].alerts);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Return, 0, "map.activate", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Enter, 0, "map.activate", NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, key_clear, NULL);
}
