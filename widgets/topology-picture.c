/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paints a part of a scene with cairo: the map shows the result as one texture and moves it, which is the only way that stays fluid without a GPU. */
#include "widgets/topology-picture.h"

#include <math.h>

#define RADIUS 8
#define EDGE_ALPHA 0.34
#define BUSY 600 /* edges in view from which on they become paler */

static void
set_color (cairo_t       *cr,
           const GdkRGBA *color,
           double         alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
}

static void
rounded (cairo_t               *cr,
         const graphene_rect_t *r,
         double                 radius)
{
  double x0 = r->origin.x, y0 = r->origin.y, x1 = x0 + r->size.width, y1 = y0 + r->size.height;

  cairo_new_sub_path (cr);
  cairo_arc (cr, x1 - radius, y0 + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x1 - radius, y1 - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x0 + radius, y1 - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x0 + radius, y0 + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
curve_path (cairo_t              *cr,
            const IsthSceneCurve *c)
{
  cairo_move_to (cr, c->x0, c->y0);
  cairo_curve_to (cr, c->x0, c->y0 + c->bend0, c->x1, c->y1 + c->bend1, c->x1, c->y1);
}

/* At the asked end, which is always reached upright. */
static void
draw_arrow (cairo_t              *cr,
            const IsthSceneCurve *c,
            gboolean              filled,
            double                size)
{
  double back = c->bend1 < 0 ? -size : size;

  cairo_move_to (cr, c->x1 - size * 0.55, c->y1 + back);
  cairo_line_to (cr, c->x1, c->y1);
  cairo_line_to (cr, c->x1 + size * 0.55, c->y1 + back);
  if (filled)
    {
      cairo_close_path (cr);
      cairo_fill (cr);
    }
  else
    cairo_stroke (cr);
}

void
isth_topology_draw_edge (cairo_t                  *cr,
                         const IsthTopologyColors *colors,
                         const IsthSceneCurve     *curve,
                         IsthSceneAction           action,
                         gboolean                  arrow,
                         const GdkRGBA            *color,
                         double                    zoom)
{
  static const double widths[] = { 1.1, 1.3, 2.2, 4.6 };
  double thin = 0.8 / zoom;
  gboolean filled = action >= ISTH_SCENE_WRITE;

  set_color (cr, color, 1);
  cairo_set_line_width (cr, MAX (widths[action], thin));
  curve_path (cr, curve);
  cairo_stroke (cr);
  if (action == ISTH_SCENE_PROGRAM && widths[action] * zoom > 2)
    {
      set_color (cr, &colors->background, 1);
      cairo_set_line_width (cr, 1.8);
      curve_path (cr, curve);
      cairo_stroke (cr);
      set_color (cr, color, 1);
    }
  if (!arrow || action == ISTH_SCENE_TALK || zoom < ISTH_TOPOLOGY_ZOOM_TEXT)
    return;
  cairo_set_line_width (cr, MAX (1.3, thin));
  draw_arrow (cr, curve, filled, action == ISTH_SCENE_PROGRAM ? 10 : filled ? 9 : 7);
}

void
isth_topology_draw_alert (cairo_t                  *cr,
                          const IsthTopologyColors *colors,
                          guint                     alert,
                          double                    x,
                          double                    y,
                          double                    r)
{
  static const struct { int corners; double turn; } shapes[] = {
    { 0, 0 }, { 0, 0 }, { 3, G_PI_2 }, { 3, -G_PI_2 }, { 4, -G_PI_2 }, { 8, G_PI / 8 },
  };
  guint i = MIN (alert, G_N_ELEMENTS (shapes) - 1);
  double size = shapes[i].corners == 3 ? r * 1.2 : r, middle = i == 3 ? y + r * 0.15 : i == 2 ? y - r * 0.15 : y;

  cairo_new_path (cr);
  for (int corner = 0; corner < shapes[i].corners; corner++)
    {
      double angle = shapes[i].turn + corner * 2 * G_PI / shapes[i].corners;

      cairo_line_to (cr, x + cos (angle) * size, y + sin (angle) * size);
    }
  if (shapes[i].corners == 0)
    cairo_arc (cr, x, y, r * 0.85, 0, 2 * G_PI);
  cairo_close_path (cr);
  /* a rim in the colour of the ground sets it off from the card */
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, r * 0.45);
  set_color (cr, &colors->background, 1);
  cairo_stroke_preserve (cr);
  set_color (cr, &colors->alerts[i], 1);
  cairo_fill (cr);
  set_color (cr, &colors->background, 1);
  if (i == 1)
    {
      cairo_rectangle (cr, x - r * 0.11, middle - r * 0.1, r * 0.22, r * 0.55);
      cairo_rectangle (cr, x - r * 0.11, middle - r * 0.5, r * 0.22, r * 0.22);
    }
  else
    {
      cairo_rectangle (cr, x - r * 0.11, middle - r * 0.5, r * 0.22, r * 0.6);
      cairo_rectangle (cr, x - r * 0.11, middle + r * 0.25, r * 0.22, r * 0.22);
    }
  cairo_fill (cr);
}

void
isth_topology_draw_card (cairo_t                  *cr,
                         const IsthTopologyColors *colors,
                         const graphene_rect_t    *area,
                         gboolean                  identified,
                         gboolean                  small,
                         double                    alpha)
{
  const double dashes[] = { 4, 3 };
  graphene_rect_t inner = *area;

  graphene_rect_inset (&inner, 0.5f, 0.5f);
  rounded (cr, &inner, small ? RADIUS - 2 : RADIUS);
  set_color (cr, identified ? &colors->card : &colors->background, 1);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, 1);
  if (!identified)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  set_color (cr, &colors->foreground, (identified ? 0.2 : 0.4) * alpha);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static graphene_rect_t
node_area (const IsthSceneIndex *index,
           guint                 node)
{
  graphene_size_t size = isth_scene_node_size (&index->scene->nodes[node]);

  return GRAPHENE_RECT_INIT (index->places[node].x - size.width / 2, index->places[node].y - size.height / 2, size.width, size.height);
}

static graphene_rect_t
scene_area (const IsthTopologyPicture *self)
{
  return GRAPHENE_RECT_INIT ((float) (self->x / self->zoom), (float) (self->y / self->zoom), (float) (self->width / self->zoom),
                             (float) (self->height / self->zoom));
}

/* Where a crossing edge meets the boundary; its middle when it does not. */
static void
crossing_point (const IsthSceneCurve *c,
                float                 boundary,
                double               *x,
                double               *y)
{
  double low = 0, high = 1, t = 0.5;
  gboolean meets = (c->y0 < boundary) != (c->y1 < boundary);

  for (int i = 0; i < 16; i++)
    {
      double u = 1 - t;

      *x = (u * u * u + 3 * u * u * t) * c->x0 + (3 * u * t * t + t * t * t) * c->x1;
      *y = u * u * u * c->y0 + 3 * u * u * t * (c->y0 + c->bend0) + 3 * u * t * t * (c->y1 + c->bend1) + t * t * t * c->y1;
      if (!meets)
        return;
      if ((*y < boundary) == (c->y0 < boundary))
        low = t;
      else
        high = t;
      t = (low + high) / 2;
    }
}

void
isth_topology_draw_crossing (cairo_t                  *cr,
                             const IsthTopologyColors *colors,
                             double                    x,
                             double                    y,
                             double                    r,
                             const GdkRGBA            *color)
{
  cairo_move_to (cr, x, y - r);
  cairo_line_to (cr, x + r, y);
  cairo_line_to (cr, x, y + r);
  cairo_line_to (cr, x - r, y);
  cairo_close_path (cr);
  set_color (cr, &colors->background, 1);
  cairo_fill_preserve (cr);
  set_color (cr, color, 1);
  cairo_set_line_width (cr, r * 0.3);
  cairo_stroke (cr);
}

static GdkRGBA
edge_color (const IsthTopologyPicture *self,
            const IsthSceneEdge       *edge,
            double                     alpha)
{
  GdkRGBA color = self->colors.foreground;

  if (self->focus != ISTH_SCENE_NOTHING || self->focus_edge != ISTH_SCENE_NOTHING)
    return self->colors.accent;
  color.alpha = (float) (alpha * (edge->faded ? 0.3 : edge->action >= ISTH_SCENE_WRITE ? 1.5 : 1));
  return color;
}

static void
draw_edge (cairo_t                   *cr,
           const IsthTopologyPicture *self,
           guint                      i,
           double                     alpha)
{
  const IsthSceneEdge *edge = &self->index->scene->edges[i];
  const IsthSceneCurve *curve = &self->index->curves[i];
  GdkRGBA color = edge_color (self, edge, alpha);

  isth_topology_draw_edge (cr, &self->colors, curve, edge->action, !edge->guess, &color, self->zoom);
  if (edge->crossing && self->zoom >= ISTH_TOPOLOGY_ZOOM_SHAPE)
    {
      double x, y;

      crossing_point (curve, self->index->scene->boundary, &x, &y);
      isth_topology_draw_crossing (cr, &self->colors, x, y, MAX (4.5, 3 / self->zoom), &color);
    }
}

/* From far away: one curve for all edges between two groups, the more the wider. */
static void
draw_bundles (cairo_t                   *cr,
              const IsthTopologyPicture *self)
{
  double alpha = CLAMP (EDGE_ALPHA * sqrt (200.0 / (self->index->n_bundles + 1)), 0.09, EDGE_ALPHA);

  for (guint i = 0; i < self->index->n_bundles; i++)
    {
      const IsthSceneBundle *bundle = &self->index->bundles[i];

      set_color (cr, &self->colors.foreground, bundle->faded ? alpha * 0.4 : alpha);
      cairo_set_line_width (cr, (0.7 + 0.45 * log2 (bundle->count)) / self->zoom);
      curve_path (cr, &bundle->curve);
      cairo_stroke (cr);
    }
}

static void
draw_edges (cairo_t                   *cr,
            const IsthTopologyPicture *self)
{
  const IsthSceneIndex *index = self->index;
  graphene_rect_t area = scene_area (self);
  guint weight = 0;
  double alpha;

  if (self->focus_edge != ISTH_SCENE_NOTHING)
    draw_edge (cr, self, (guint) self->focus_edge, 1);
  if (self->focus != ISTH_SCENE_NOTHING)
    for (guint i = index->node_edges.starts[self->focus]; i < index->node_edges.starts[self->focus + 1]; i++)
      draw_edge (cr, self, index->node_edges.items[i], 1);
  if (self->focus != ISTH_SCENE_NOTHING || self->focus_edge != ISTH_SCENE_NOTHING)
    return;
  if (self->zoom < ISTH_TOPOLOGY_ZOOM_SHAPE)
    {
      draw_bundles (cr, self);
      return;
    }
  for (guint i = 0; i < index->scene->n_edges; i++)
    weight += isth_scene_index_edge_touches (index, i, &area);
  alpha = weight > BUSY ? MAX (0.07, EDGE_ALPHA * sqrt ((double) BUSY / weight)) : EDGE_ALPHA;
  for (guint i = 0; i < index->scene->n_edges; i++)
    if (isth_scene_index_edge_touches (index, i, &area))
      draw_edge (cr, self, i, alpha);
}

static void
draw_groups (cairo_t                   *cr,
             const IsthTopologyPicture *self)
{
  const IsthScene *scene = self->index->scene;
  graphene_rect_t area = scene_area (self);

  if (self->focus != ISTH_SCENE_NOTHING || self->focus_edge != ISTH_SCENE_NOTHING)
    return;
  for (guint i = 0; i < scene->n_groups; i++)
    {
      graphene_rect_t bounds = scene->groups[i].bounds;

      if (!scene->groups[i].label || !scene->groups[i].label[0] || !graphene_rect_intersection (&bounds, &area, NULL))
        continue;
      graphene_rect_inset (&bounds, 0.5f, 0.5f);
      rounded (cr, &bounds, RADIUS + 4);
      set_color (cr, &self->colors.foreground, 0.035);
      cairo_fill_preserve (cr);
      set_color (cr, &self->colors.foreground, 0.1);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
    }
}

static void
draw_icon (cairo_t                   *cr,
           const IsthTopologyPicture *self,
           guint                      node,
           const graphene_rect_t     *area,
           double                     alpha)
{
  gboolean full = self->zoom >= ISTH_TOPOLOGY_ZOOM_FULL;
  double wanted = self->index->scene->nodes[node].small ? (full ? 12 : 18) : full ? 16 : 28;
  double x = area->origin.x + (full ? 12 : (area->size.width - wanted) / 2);
  double y = area->origin.y + (area->size.height - wanted) / 2;
  cairo_surface_t *mask;
  int size;

  mask = self->icons ? isth_topology_icons_get (self->icons, node, &size) : NULL;
  if (!mask)
    return;
  cairo_save (cr);
  /* to whole device pixels: an icon is drawn for its grid */
  if (full)
    {
      cairo_user_to_device (cr, &x, &y);
      cairo_identity_matrix (cr);
      cairo_translate (cr, round (x * self->scale) / self->scale, round (y * self->scale) / self->scale);
      cairo_scale (cr, self->zoom, self->zoom);
    }
  else
    cairo_translate (cr, x, y);
  cairo_scale (cr, wanted / size, wanted / size);
  set_color (cr, &self->colors.foreground, 0.75 * alpha);
  cairo_mask_surface (cr, mask, 0, 0);
  cairo_restore (cr);
}

static void
draw_node (cairo_t                   *cr,
           const IsthTopologyPicture *self,
           guint                      i)
{
  const IsthSceneNode *node = &self->index->scene->nodes[i];
  graphene_rect_t area = node_area (self->index, i);
  double alpha = node->faded ? 0.35 : 1;
  gboolean with_icon = self->zoom >= ISTH_TOPOLOGY_ZOOM_FULL || self->zoom < ISTH_TOPOLOGY_ZOOM_TEXT;

  isth_topology_draw_card (cr, &self->colors, &area, node->identified, node->small, alpha);
  if (with_icon)
    draw_icon (cr, self, i, &area, alpha);
  if (node->alert)
    isth_topology_draw_alert (cr, &self->colors, node->alert, area.origin.x + area.size.width - 6, area.origin.y + 3, MAX (8, 6 / self->zoom));
}

/* Far away: a box of at least two pixels; what has an alert larger and last. */
static void
draw_boxes (cairo_t                   *cr,
            const IsthTopologyPicture *self,
            const GArray              *nodes)
{
  double least = 2 / self->zoom;

  for (int faded = 1; faded >= 0; faded--)
    {
      for (guint i = 0; i < nodes->len; i++)
        {
          guint32 node = g_array_index (nodes, guint32, i);
          graphene_rect_t area = node_area (self->index, node);

          if (self->index->scene->nodes[node].faded == faded)
            cairo_rectangle (cr, area.origin.x, area.origin.y, MAX (least, area.size.width), MAX (least, area.size.height));
        }
      set_color (cr, &self->colors.background, 1);
      cairo_fill_preserve (cr);
      set_color (cr, &self->colors.foreground, faded ? 0.15 : 0.5);
      cairo_fill (cr);
    }
  for (guint alert = 1; alert <= 5; alert++)
    for (guint i = 0; i < nodes->len; i++)
      {
        guint32 node = g_array_index (nodes, guint32, i);
        const IsthScenePoint *place = &self->index->places[node];

        if (self->index->scene->nodes[node].alert == alert)
          isth_topology_draw_alert (cr, &self->colors, alert, place->x, place->y, 5.5 / self->zoom);
      }
}

static int
compare_indices (gconstpointer a,
                 gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

/* Of sorted ones. */
static void
drop_repeated (GArray *nodes)
{
  guint kept = 0;

  for (guint i = 0; i < nodes->len; i++)
    if (i == 0 || g_array_index (nodes, guint32, i) != g_array_index (nodes, guint32, kept - 1))
      g_array_index (nodes, guint32, kept++) = g_array_index (nodes, guint32, i);
  g_array_set_size (nodes, kept);
}

GArray *
isth_topology_picture_list (const IsthTopologyPicture *self)
{
  const IsthSceneIndex *index = self->index;
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (guint32));
  graphene_rect_t area = scene_area (self);

  if (self->focus == ISTH_SCENE_NOTHING && self->focus_edge == ISTH_SCENE_NOTHING)
    {
      isth_scene_index_list_nodes (index, &area, nodes);
      return nodes;
    }
  if (self->focus_edge != ISTH_SCENE_NOTHING)
    {
      g_array_append_val (nodes, index->scene->edges[self->focus_edge].from);
      g_array_append_val (nodes, index->scene->edges[self->focus_edge].to);
    }
  if (self->focus != ISTH_SCENE_NOTHING)
    {
      guint32 focus = (guint32) self->focus;

      g_array_append_val (nodes, focus);
      for (guint i = index->node_edges.starts[focus]; i < index->node_edges.starts[focus + 1]; i++)
        {
          const IsthSceneEdge *edge = &index->scene->edges[index->node_edges.items[i]];
          guint32 other = edge->from == focus ? edge->to : edge->from;

          if (isth_scene_index_node_touches (index, other, &area))
            g_array_append_val (nodes, other);
        }
    }
  g_array_sort (nodes, compare_indices);
  drop_repeated (nodes);
  return nodes;
}

gboolean
isth_topology_picture_is_heavy (const IsthTopologyPicture *self,
                                guint                      most)
{
  const guint *starts = self->index->node_edges.starts;
  graphene_rect_t area = scene_area (self);
  guint weight;

  if (self->focus != ISTH_SCENE_NOTHING)
    return starts[self->focus + 1] - starts[self->focus] > most;
  if (self->focus_edge != ISTH_SCENE_NOTHING)
    return FALSE;

  weight = isth_scene_index_count_nodes (self->index, &area, most + 1);
  for (guint i = 0; i < self->index->scene->n_edges && weight <= most; i++)
    weight += isth_scene_index_edge_touches (self->index, i, &area);
  return weight > most;
}

GdkTexture *
isth_topology_picture_paint (const IsthTopologyPicture *self)
{
  int width = self->width * self->scale, height = self->height * self->scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr(GArray) nodes = isth_topology_picture_list (self);
  g_autoptr(GBytes) bytes = NULL;
  gsize stride;

  cairo_surface_set_device_scale (surface, self->scale, self->scale);
  cairo_translate (cr, -self->x, -self->y);
  cairo_scale (cr, self->zoom, self->zoom);
  draw_groups (cr, self);
  draw_edges (cr, self);
  if (self->zoom < ISTH_TOPOLOGY_ZOOM_SHAPE)
    draw_boxes (cr, self, nodes);
  else
    for (guint i = 0; i < nodes->len; i++)
      draw_node (cr, self, g_array_index (nodes, guint32, i));
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * (gsize) height, (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}
