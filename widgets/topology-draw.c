/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame of the map: lanes, the cached layers, rings around a few nodes, and the names of the lanes that stay at the side. */
#include "widgets/topology-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static GdkRGBA
fade (const GdkRGBA *color,
      double         alpha)
{
  GdkRGBA faded = *color;

  faded.alpha *= (float) alpha;
  return faded;
}

static void
append_rect (GtkSnapshot   *snapshot,
             const GdkRGBA *color,
             double         x,
             double         y,
             double         width,
             double         height)
{
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

/* Text into the cache: once for a scene. */
static PangoLayout *
make_text (IsthTopology *self,
           const char   *text,
           double        size,
           PangoWeight   weight)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (pango_layout_get_context (layout)));

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (topology_gutter (self) - 20) * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static void
make_lane_texts (IsthTopology *self)
{
  self->lane_texts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->scene->n_lanes; i++)
    {
      const IsthSceneLane *lane = &self->scene->lanes[i];
      g_autofree char *count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u asset", "%'u assets", lane->count), lane->count);

      g_ptr_array_add (self->lane_texts, make_text (self, lane->label ? lane->label : "", 12, PANGO_WEIGHT_SEMIBOLD));
      g_ptr_array_add (self->lane_texts, make_text (self, lane->sublabel ? lane->sublabel : "", 11, PANGO_WEIGHT_NORMAL));
      g_ptr_array_add (self->lane_texts, make_text (self, count, 11, PANGO_WEIGHT_NORMAL));
    }
  g_clear_object (&self->it_text);
  g_clear_object (&self->ot_text);
  self->it_text = make_text (self, _("IT"), 11, PANGO_WEIGHT_BOLD);
  self->ot_text = make_text (self, _("OT"), 11, PANGO_WEIGHT_BOLD);
}

static void
append_text (GtkSnapshot   *snapshot,
             PangoLayout   *layout,
             const GdkRGBA *color,
             double         x,
             double         y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) round (x), (float) round (y)));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_lanes (IsthTopology *self,
            GtkSnapshot  *snapshot)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));

  for (guint i = 0; i < self->scene->n_lanes; i++)
    {
      const graphene_rect_t *bounds = &self->scene->lanes[i].bounds;
      double top = round (bounds->origin.y * self->zoom + self->y), bottom = round ((bounds->origin.y + bounds->size.height) * self->zoom + self->y);

      if (bottom > 0 && top < height)
        append_rect (snapshot, &self->colors.lane, 0, top, width, MAX (1, bottom - top));
    }
}

static void
draw_boundary (IsthTopology *self,
               GtkSnapshot  *snapshot)
{
  double y = round (self->scene->boundary * self->zoom + self->y) - 1;
  GdkRGBA color = fade (&self->colors.foreground, 0.4);

  if (!isnan (self->scene->boundary))
    append_rect (snapshot, &color, 0, y, gtk_widget_get_width (GTK_WIDGET (self)), 2);
}

/* The names of the lanes, each in the middle of the part of its lane that is seen, with as many lines as there is room for. */
static void
draw_gutter (IsthTopology *self,
             GtkSnapshot  *snapshot)
{
  static const int heights[] = { 16, 15, 15 };
  double height = gtk_widget_get_height (GTK_WIDGET (self)), gutter = topology_gutter (self), last = -1000;
  GdkRGBA strip = fade (&self->colors.background, 0.9), line = fade (&self->colors.foreground, 0.12);
  GdkRGBA strong = fade (&self->colors.foreground, 0.85), soft = fade (&self->colors.foreground, 0.55);

  if (gutter == 0)
    return;
  append_rect (snapshot, &strip, 0, 0, gutter, height);
  for (guint i = 0; i < self->scene->n_lanes; i++)
    {
      const graphene_rect_t *bounds = &self->scene->lanes[i].bounds;
      double top = MAX (0, round (bounds->origin.y * self->zoom + self->y));
      double bottom = MIN (height, round ((bounds->origin.y + bounds->size.height) * self->zoom + self->y));
      int lines = bottom - top >= 50 ? 3 : bottom - top >= 34 ? 2 : 1, total = 0;
      double y;

      if (bottom <= top)
        continue;
      append_rect (snapshot, &self->colors.lane, 0, top, gutter, bottom - top);
      if (bottom - top < 8)
        continue;
      for (int j = 0; j < lines; j++)
        total += heights[j];
      y = (top + bottom - total) / 2;
      if (y < last + 1)
        continue;
      for (int j = 0; j < lines; y += heights[j++])
        append_text (snapshot, g_ptr_array_index (self->lane_texts, i * 3 + (guint) j), j == 0 && self->scene->lanes[i].count ? &strong : &soft, 12, y);
      last = y;
    }
  append_rect (snapshot, &line, gutter - 1, 0, 1, height);
  if (!isnan (self->scene->boundary))
    {
      double y = round (self->scene->boundary * self->zoom + self->y) - 1;
      GdkRGBA color = fade (&self->colors.foreground, 0.4);

      append_rect (snapshot, &color, 0, y, gutter, 2);
      append_text (snapshot, self->it_text, &strong, gutter - 22, y - 17);
      append_text (snapshot, self->ot_text, &strong, gutter - 22, y + 3);
    }
}

/* As it was painted, or moved and scaled until there is a new one. */
static void
draw_layer (IsthTopology        *self,
            GtkSnapshot         *snapshot,
            const TopologyLayer *layer)
{
  double ratio = self->zoom / layer->zoom;

  if (!layer->texture)
    return;
  gtk_snapshot_append_texture (snapshot, layer->texture,
                               &GRAPHENE_RECT_INIT ((float) (layer->x * ratio + self->x), (float) (layer->y * ratio + self->y),
                                                    (float) (layer->width * ratio), (float) (layer->height * ratio)));
  if (!layer->text)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) self->x, (float) self->y));
  if (ratio != 1)
    gtk_snapshot_scale (snapshot, (float) ratio, (float) ratio);
  gtk_snapshot_append_node (snapshot, layer->text);
  gtk_snapshot_restore (snapshot);
}

static void
draw_ring (IsthTopology  *self,
           GtkSnapshot   *snapshot,
           int            node,
           const GdkRGBA *color,
           float          width,
           float          distance)
{
  graphene_size_t size = isth_scene_node_size (&self->scene->nodes[node]);
  const IsthScenePoint *place = &self->index->places[node];
  float w = MAX (6, size.width * (float) self->zoom) + 2 * distance, h = MAX (6, size.height * (float) self->zoom) + 2 * distance;
  graphene_rect_t area = GRAPHENE_RECT_INIT (place->x * (float) self->zoom + (float) self->x - w / 2, place->y * (float) self->zoom + (float) self->y - h / 2, w, h);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &area, MIN (h / 2, 8 * (float) self->zoom + distance));
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { width, width, width, width }, (GdkRGBA[4]) { *color, *color, *color, *color });
}

static void
draw_rings (IsthTopology *self,
            GtkSnapshot  *snapshot)
{
  GdkRGBA hover = fade (&self->colors.foreground, 0.45);

  if (self->hovered != ISTH_SCENE_NOTHING && self->hovered != self->selected)
    draw_ring (self, snapshot, self->hovered, &hover, 1.5f, 0);
  if (self->selected != ISTH_SCENE_NOTHING)
    draw_ring (self, snapshot, self->selected, &self->colors.accent, 2.5f, 1);
}

static void
draw_focus (IsthTopology *self,
            GtkSnapshot  *snapshot)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)), height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GdkRGBA color = fade (&self->colors.accent, 0.5);
  GskRoundedRect outline;

  if (!gtk_widget_has_focus (GTK_WIDGET (self)) || !GTK_IS_WINDOW (root) || !gtk_window_get_focus_visible (GTK_WINDOW (root)))
    return;
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (1, 1, width - 2, height - 2), 6);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 2, 2, 2, 2 }, (GdkRGBA[4]) { color, color, color, color });
}

void
topology_draw (IsthTopology *self,
               GtkSnapshot  *snapshot)
{
  gboolean selected = self->selected != ISTH_SCENE_NOTHING || self->selected_edge != ISTH_SCENE_NOTHING;

  append_rect (snapshot, &self->colors.background, 0, 0, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  if (!self->index)
    return;
  if (!self->lane_texts)
    make_lane_texts (self);
  draw_lanes (self, snapshot);
  draw_boundary (self, snapshot);
  if (selected)
    gtk_snapshot_push_opacity (snapshot, 0.4);
  draw_layer (self, snapshot, &self->content);
  if (selected)
    gtk_snapshot_pop (snapshot);
  if (selected)
    draw_layer (self, snapshot, &self->focus);
  draw_rings (self, snapshot);
  draw_gutter (self, snapshot);
  draw_focus (self, snapshot);
}
