/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the map: its scene, what is selected, which part of it is seen. */
#include "widgets/topology-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define FIT_MARGIN 18
#define FIT_LARGEST 1.1 /* a few nodes are not blown up */
#define ZOOM_LARGEST 3.0
#define KEEP_IN_VIEW 96 /* pixels of the scene that panning cannot push out */

enum
{
  PROP_SCENE = 1,
  PROP_SELECTED_ID,
  PROP_SELECTED_EDGE,
  PROP_PAINTING,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (IsthTopology, isth_topology, GTK_TYPE_WIDGET)

int
topology_gutter (IsthTopology *self)
{
  if (!self->scene || self->scene->n_lanes == 0)
    return 0;
  return gtk_widget_get_width (GTK_WIDGET (self)) >= 640 ? 124 : 76;
}

static double
fit_zoom (IsthTopology *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - topology_gutter (self) - 2 * FIT_MARGIN;
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - 2 * FIT_MARGIN;

  if (!self->index || width < 1 || height < 1)
    return 1;
  return MIN (FIT_LARGEST, MIN (width / MAX (1, self->index->bounds.size.width), height / MAX (1, self->index->bounds.size.height)));
}

/* Keeps the zoom in its limits, the scene in view, and pixels on pixels. */
void
topology_set_view (IsthTopology *self,
                   double        x,
                   double        y,
                   double        zoom)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  const graphene_rect_t *bounds;

  if (!self->index)
    return;
  bounds = &self->index->bounds;
  self->zoom = CLAMP (zoom, fit_zoom (self) / 2, ZOOM_LARGEST);
  x = CLAMP (x, KEEP_IN_VIEW + topology_gutter (self) - (bounds->origin.x + bounds->size.width) * self->zoom,
             MAX (KEEP_IN_VIEW, width - KEEP_IN_VIEW) - bounds->origin.x * self->zoom);
  y = CLAMP (y, KEEP_IN_VIEW - (bounds->origin.y + bounds->size.height) * self->zoom,
             MAX (KEEP_IN_VIEW, height - KEEP_IN_VIEW) - bounds->origin.y * self->zoom);
  self->x = round (x);
  self->y = round (y);
  topology_layers_queue (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
topology_zoom_at (IsthTopology *self,
                  double        factor,
                  double        x,
                  double        y)
{
  double zoom = CLAMP (self->zoom * factor, fit_zoom (self) / 2, ZOOM_LARGEST);

  self->fitting = FALSE;
  topology_set_view (self, x - (x - self->x) * zoom / self->zoom, y - (y - self->y) * zoom / self->zoom, zoom);
}

static void
fit_now (IsthTopology *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  int gutter = topology_gutter (self);
  const graphene_rect_t *bounds;
  double zoom = fit_zoom (self);

  if (!self->index || width < 1)
    return;
  bounds = &self->index->bounds;
  topology_set_view (self, gutter + (width - gutter - bounds->size.width * zoom) / 2 - bounds->origin.x * zoom,
                     (height - bounds->size.height * zoom) / 2 - bounds->origin.y * zoom, zoom);
}

void
isth_topology_fit (IsthTopology *self)
{
  g_return_if_fail (ISTH_IS_TOPOLOGY (self));

  self->fitting = TRUE;
  fit_now (self);
}

void
isth_topology_zoom_by (IsthTopology *self,
                       double        factor)
{
  g_return_if_fail (ISTH_IS_TOPOLOGY (self));

  topology_zoom_at (self, factor, (gtk_widget_get_width (GTK_WIDGET (self)) + topology_gutter (self)) / 2.0,
                    gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

void
isth_topology_reveal (IsthTopology *self,
                      guint64       id)
{
  int node = self->index ? isth_scene_index_find_id (self->index, id) : ISTH_SCENE_NOTHING;
  double left = topology_gutter (self) + 24, right, bottom, x, y, half_width, half_height, dx = 0, dy = 0;

  if (node == ISTH_SCENE_NOTHING)
    return;
  right = gtk_widget_get_width (GTK_WIDGET (self)) - 24;
  bottom = gtk_widget_get_height (GTK_WIDGET (self)) - 24;
  half_width = ISTH_SCENE_NODE_WIDTH / 2 * self->zoom;
  half_height = ISTH_SCENE_NODE_HEIGHT / 2 * self->zoom;
  x = self->index->places[node].x * self->zoom + self->x;
  y = self->index->places[node].y * self->zoom + self->y;
  if (x - half_width < left)
    dx = left - x + half_width;
  else if (x + half_width > right)
    dx = right - x - half_width;
  if (y - half_height < 24)
    dy = 24 - y + half_height;
  else if (y + half_height > bottom)
    dy = bottom - y - half_height;
  if (dx == 0 && dy == 0)
    return;
  self->fitting = FALSE;
  topology_set_view (self, self->x + dx, self->y + dy, self->zoom);
}

static const char *
action_name (IsthSceneAction action)
{
  static const char *const names[] = { N_("talks to"), N_("reads"), N_("writes to"), N_("programs or controls") };

  return _(names[MIN (action, G_N_ELEMENTS (names) - 1)]);
}

static const char *
alert_name (guint alert)
{
  static const char *const names[] = { "", N_("Alert: information"), N_("Alert: low"), N_("Alert: medium"), N_("Alert: high"), N_("Alert: critical") };

  return alert ? _(names[MIN (alert, G_N_ELEMENTS (names) - 1)]) : "";
}

char *
topology_describe_node (IsthTopology *self,
                        int           node,
                        gboolean      markup)
{
  const IsthSceneNode *n = &self->scene->nodes[node];
  guint edges = self->index->node_edges.starts[node + 1] - self->index->node_edges.starts[node];
  g_autofree char *links = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u peer", "%u peers", edges), edges);
  const char *lines[] = { n->sublabel, n->detail, links, alert_name (n->alert) };
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i] && lines[i][0])
      g_string_append_printf (text, "%s%s", markup ? "\n" : ", ", lines[i]);
  if (markup)
    return g_markup_printf_escaped ("<b>%s</b>%s", n->label, text->str);
  return g_strconcat (n->label, text->str, NULL);
}

char *
topology_describe_edge (IsthTopology *self,
                        int           edge,
                        gboolean      markup)
{
  const IsthSceneEdge *e = &self->scene->edges[edge];
  const char *label = e->label ? e->label : "", *crossing = e->crossing ? _("Crosses the IT/OT boundary") : "";
  g_autofree char *who = g_strdup_printf ("%s %s %s", self->scene->nodes[e->from].label,
                                          action_name (e->guess ? ISTH_SCENE_TALK : e->action), self->scene->nodes[e->to].label);
  const char *between = markup ? "\n" : ", ";

  if (markup)
    return g_markup_printf_escaped ("<b>%s</b>%s%s%s%s", who, label[0] ? between : "", label, crossing[0] ? between : "", crossing);
  return g_strconcat (who, label[0] ? between : "", label, crossing[0] ? between : "", crossing, NULL);
}

static void
tell_selection (IsthTopology *self)
{
  g_autofree char *text = NULL;

  if (self->selected != ISTH_SCENE_NOTHING)
    text = topology_describe_node (self, self->selected, FALSE);
  else if (self->selected_edge != ISTH_SCENE_NOTHING)
    text = topology_describe_edge (self, self->selected_edge, FALSE);
  else if (self->scene)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u asset, nothing selected", "%u assets, nothing selected", self->scene->n_nodes),
                            self->scene->n_nodes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text ? text : _("Empty"), -1);
}

static void
find_selected (IsthTopology *self)
{
  self->selected = self->selected_edge = ISTH_SCENE_NOTHING;
  if (self->index && self->selected_id)
    self->selected = isth_scene_index_find_id (self->index, self->selected_id);
  for (guint i = 0; self->index && self->selected_edge_id && i < self->scene->n_edges; i++)
    if (self->scene->edges[i].id == self->selected_edge_id)
      self->selected_edge = (int) i;
  tell_selection (self);
  topology_layers_queue (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
select_ids (IsthTopology *self,
            guint64       node,
            guint64       edge)
{
  guint64 old_node = self->selected_id, old_edge = self->selected_edge_id;

  if (old_node == node && old_edge == edge)
    return;
  self->selected_id = node;
  self->selected_edge_id = edge;
  find_selected (self);
  if (old_node != node)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_ID]);
  if (old_edge != edge)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_EDGE]);
}

void
topology_select (IsthTopology *self,
                 int           node,
                 int           edge)
{
  select_ids (self, node == ISTH_SCENE_NOTHING ? 0 : self->scene->nodes[node].id,
              edge == ISTH_SCENE_NOTHING || node != ISTH_SCENE_NOTHING ? 0 : self->scene->edges[edge].id);
}

void
isth_topology_set_selected_id (IsthTopology *self,
                               guint64       id)
{
  g_return_if_fail (ISTH_IS_TOPOLOGY (self));
  select_ids (self, id, id ? 0 : self->selected_edge_id);
}

guint64
isth_topology_get_selected_id (IsthTopology *self)
{
  return self->selected_id;
}

void
isth_topology_set_selected_edge (IsthTopology *self,
                                 guint64       id)
{
  g_return_if_fail (ISTH_IS_TOPOLOGY (self));
  select_ids (self, id ? 0 : self->selected_id, id);
}

guint64
isth_topology_get_selected_edge (IsthTopology *self)
{
  return self->selected_edge_id;
}

gboolean
isth_topology_get_painting (IsthTopology *self)
{
  return self->painting || self->painting_focus;
}

void
topology_notify_painting (IsthTopology *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAINTING]);
}

/* @index, if it is given, was made for these pins. */
static void
take_index (IsthTopology   *self,
            IsthSceneIndex *index)
{
  g_clear_pointer (&self->index, isth_scene_index_unref);
  if (self->scene)
    self->index = index ? isth_scene_index_ref (index) : isth_scene_index_new (self->scene, self->pins);
  self->hovered = self->hovered_edge = ISTH_SCENE_NOTHING;
  self->stale = TRUE;
  find_selected (self);
}

static void
set_scene (IsthTopology   *self,
           IsthScene      *scene,
           IsthSceneIndex *index)
{
  if (!g_set_object (&self->scene, scene))
    return;
  self->drag = TOPOLOGY_DRAG_NONE;
  g_clear_pointer (&self->icons, isth_topology_icons_unref);
  topology_texts_clear (self);
  take_index (self, index);
  if (self->fitting)
    fit_now (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCENE]);
}

void
isth_topology_set_scene (IsthTopology *self,
                         IsthScene    *scene)
{
  g_return_if_fail (ISTH_IS_TOPOLOGY (self));

  set_scene (self, scene, NULL);
}

GHashTable *
isth_topology_copy_pins (IsthTopology *self,
                         guint        *changes)
{
  GHashTable *pins = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer id, point;

  g_hash_table_iter_init (&iter, self->pins);
  while (g_hash_table_iter_next (&iter, &id, &point))
    g_hash_table_insert (pins, g_memdup2 (id, sizeof (guint64)), g_memdup2 (point, sizeof (IsthScenePoint)));
  *changes = self->pin_changes;

  return pins;
}

void
isth_topology_show (IsthTopology   *self,
                    IsthSceneIndex *index,
                    guint           changes)
{
  g_return_if_fail (ISTH_IS_TOPOLOGY (self));

  set_scene (self, index->scene, changes == self->pin_changes ? index : NULL);
}

void
topology_move_node (IsthTopology *self,
                    int           node,
                    float         x,
                    float         y)
{
  isth_topology_pin (self, self->scene->nodes[node].id, x, y);
}

void
isth_topology_pin (IsthTopology *self,
                   guint64       id,
                   float         x,
                   float         y)
{
  self->pin_changes++;
  g_hash_table_replace (self->pins, g_memdup2 (&id, sizeof id), g_memdup2 (&(IsthScenePoint) { x, y }, sizeof (IsthScenePoint)));
  take_index (self, NULL);
}

void
isth_topology_unpin_all (IsthTopology *self)
{
  self->pin_changes++;
  g_hash_table_remove_all (self->pins);
  take_index (self, NULL);
}

gboolean
isth_topology_has_pins (IsthTopology *self)
{
  return g_hash_table_size (self->pins) > 0;
}

/* What is at the side comes and goes with the selection: nothing may jump from under the pointer then. As long as all is in view, and as large as it could
 * be, it stays where it is, though not in the middle. Of another height it is another window. */
static gboolean
fits_as_it_is (IsthTopology *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self)), zoom = fit_zoom (self);
  const graphene_rect_t *bounds;

  if (!self->index || fabs (zoom - self->zoom) > 0.001)
    return FALSE;
  bounds = &self->index->bounds;
  return fabs ((height - bounds->size.height * zoom) / 2 - bounds->origin.y * zoom - self->y) <= 1
         && self->x + bounds->origin.x * zoom >= topology_gutter (self) && self->x + (bounds->origin.x + bounds->size.width) * zoom <= width;
}

static void
isth_topology_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  IsthTopology *self = ISTH_TOPOLOGY (widget);

  g_clear_pointer (&self->lane_texts, g_ptr_array_unref); /* as wide as the gutter */
  if (self->fitting && !fits_as_it_is (self))
    fit_now (self);
  else
    topology_set_view (self, self->x, self->y, self->zoom);
  topology_layers_update (self);
}

static void
isth_topology_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  topology_draw (ISTH_TOPOLOGY (widget), snapshot);
}

static void
isth_topology_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  IsthTopology *self = ISTH_TOPOLOGY (widget);

  GTK_WIDGET_CLASS (isth_topology_parent_class)->css_changed (widget, change);
  isth_topology_colors_read (&self->colors, widget);
  topology_texts_clear (self);
  self->stale = TRUE;
  topology_layers_queue (self);
}

static void
isth_topology_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 800 : 500;
}

static void
isth_topology_get_property (GObject    *object,
                            guint       property,
                            GValue     *value,
                            GParamSpec *pspec)
{
  IsthTopology *self = ISTH_TOPOLOGY (object);

  if (property == PROP_SCENE)
    g_value_set_object (value, self->scene);
  else if (property == PROP_SELECTED_ID)
    g_value_set_uint64 (value, self->selected_id);
  else if (property == PROP_SELECTED_EDGE)
    g_value_set_uint64 (value, self->selected_edge_id);
  else if (property == PROP_PAINTING)
    g_value_set_boolean (value, isth_topology_get_painting (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
isth_topology_set_property (GObject      *object,
                            guint         property,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  IsthTopology *self = ISTH_TOPOLOGY (object);

  if (property == PROP_SCENE)
    isth_topology_set_scene (self, g_value_get_object (value));
  else if (property == PROP_SELECTED_ID)
    isth_topology_set_selected_id (self, g_value_get_uint64 (value));
  else if (property == PROP_SELECTED_EDGE)
    isth_topology_set_selected_edge (self, g_value_get_uint64 (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
isth_topology_dispose (GObject *object)
{
  IsthTopology *self = ISTH_TOPOLOGY (object);

  topology_layers_clear (self);
  topology_texts_clear (self);
  g_clear_pointer (&self->icons, isth_topology_icons_unref);
  g_clear_pointer (&self->index, isth_scene_index_unref);
  g_clear_object (&self->scene);
  g_clear_pointer (&self->pins, g_hash_table_unref);

  G_OBJECT_CLASS (isth_topology_parent_class)->dispose (object);
}

static void
isth_topology_class_init (IsthTopologyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = isth_topology_dispose;
  object_class->get_property = isth_topology_get_property;
  object_class->set_property = isth_topology_set_property;
  widget_class->size_allocate = isth_topology_size_allocate;
  widget_class->snapshot = isth_topology_snapshot;
  widget_class->css_changed = isth_topology_css_changed;
  widget_class->measure = isth_topology_measure;

  properties[PROP_SCENE] = g_param_spec_object ("scene", NULL, NULL, ISTH_TYPE_SCENE, flags);
  properties[PROP_SELECTED_ID] = g_param_spec_uint64 ("selected-id", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_PAINTING] = g_param_spec_boolean ("painting", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTED_EDGE] = g_param_spec_uint64 ("selected-edge", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_signal_new ("activated", ISTH_TYPE_TOPOLOGY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  g_signal_new ("node-moved", ISTH_TYPE_TOPOLOGY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT64, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  topology_install_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "topology");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
isth_topology_init (IsthTopology *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->pins = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->zoom = 1;
  self->fitting = TRUE;
  self->selected = self->selected_edge = self->hovered = self->hovered_edge = ISTH_SCENE_NOTHING;
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  pango_context_set_round_glyph_positions (gtk_widget_get_pango_context (widget), FALSE); /* text is scaled */
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Map"), -1);
  isth_topology_colors_read (&self->colors, widget);
  topology_add_controllers (self);
}

GtkWidget *
isth_topology_new (void)
{
  return g_object_new (ISTH_TYPE_TOPOLOGY, NULL);
}
