/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cached pictures of the map: a texture with edges and cards, and a render node with the text that is readable. What is light is painted at
 * once, what is heavy by a worker while the last picture goes on being shown, moved and scaled. */
#include "widgets/topology-private.h"

#include <math.h>
#include <string.h>

#define HEAVY 1500       /* nodes and edges */
#define MARGIN 0.3       /* of the view, painted around it */
#define TEXTS_MAXIMUM 4000 /* PangoLayouts kept */
#define TEXT_NODES 1200  /* more cannot be in view at a zoom with text on any usual screen */

static void
layer_clear (TopologyLayer *self)
{
  g_clear_object (&self->texture);
  g_clear_pointer (&self->text, gsk_render_node_unref);
}

void
topology_texts_clear (IsthTopology *self)
{
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_clear_pointer (&self->lane_texts, g_ptr_array_unref);
  g_clear_pointer (&self->group_texts, g_ptr_array_unref);
  g_clear_object (&self->it_text);
  g_clear_object (&self->ot_text);
  self->n_texts = 0;
}

void
topology_layers_clear (IsthTopology *self)
{
  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  self->painting = self->painting_focus = NULL;
  layer_clear (&self->content);
  layer_clear (&self->focus);
}

static void
unref_object (gpointer object)
{
  if (object)
    g_object_unref (object);
}

/* Neighbours share how their addresses begin: what tells them apart is the end. */
static gboolean
is_address (const char *text)
{
  return strpbrk (text, ".:") && text[strspn (text, "0123456789abcdef.:")] == '\0';
}

/* The @line-th line of text of a node at the detail in use; made once. */
static PangoLayout *
node_text (IsthTopology *self,
           guint         node,
           guint         line)
{
  const IsthSceneNode *n = &self->scene->nodes[node];
  gboolean full = self->text_detail == 2;
  PangoLayout *layout = g_ptr_array_index (self->texts, node * 2 + line);
  PangoFontDescription *font;
  double size = line == 1 ? 10.5 : n->small ? (full ? 11 : 16) : full ? 13 : 21;
  int width = (n->small ? ISTH_SCENE_SMALL_WIDTH : ISTH_SCENE_NODE_WIDTH) - (full ? (n->small ? 40 : 46) : 16) - (n->alert ? 8 : 0);

  if (layout)
    return layout;
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), line == 1 ? n->sublabel : n->label);
  font = pango_font_description_copy (pango_context_get_font_description (pango_layout_get_context (layout)));
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (line == 0 && full && !n->small)
    pango_font_description_set_weight (font, PANGO_WEIGHT_MEDIUM);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, is_address (pango_layout_get_text (layout)) ? PANGO_ELLIPSIZE_START : PANGO_ELLIPSIZE_END);
  g_ptr_array_index (self->texts, node * 2 + line) = layout;
  self->n_texts++;
  return layout;
}

static void
append_text (GtkSnapshot   *snapshot,
             PangoLayout   *layout,
             const GdkRGBA *color,
             double         alpha,
             double         x,
             double         y)
{
  GdkRGBA c = *color;

  c.alpha *= (float) alpha;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &c);
  gtk_snapshot_restore (snapshot);
}

static double
text_height (PangoLayout *layout)
{
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  return (double) extents.height / PANGO_SCALE;
}

static void
append_node_text (IsthTopology *self,
                  GtkSnapshot  *snapshot,
                  guint         node)
{
  const IsthSceneNode *n = &self->scene->nodes[node];
  const IsthScenePoint *place = &self->index->places[node];
  gboolean full = self->text_detail == 2, two = full && !n->small && n->sublabel && n->sublabel[0];
  double x = place->x - (n->small ? ISTH_SCENE_SMALL_WIDTH : ISTH_SCENE_NODE_WIDTH) / 2.0 + (full ? (n->small ? 32 : 38) : 8);
  double alpha = n->faded ? 0.4 : 1;
  PangoLayout *label = node_text (self, node, 0);

  append_text (snapshot, label, &self->colors.foreground, alpha * 0.92, x, two ? place->y - 18 : place->y - text_height (label) / 2);
  if (two)
    append_text (snapshot, node_text (self, node, 1), &self->colors.foreground, alpha * 0.6, x, place->y + 1);
}

static PangoLayout *
group_text (IsthTopology *self,
            guint         group)
{
  PangoLayout *layout = g_ptr_array_index (self->group_texts, group);
  PangoFontDescription *font;

  if (layout)
    return layout;
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->scene->groups[group].label);
  font = pango_font_description_copy (pango_context_get_font_description (pango_layout_get_context (layout)));
  pango_font_description_set_absolute_size (font, (self->text_detail == 2 ? 10.5 : 16) * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (self->scene->groups[group].bounds.size.width - 20) * PANGO_SCALE);
  g_ptr_array_index (self->group_texts, group) = layout;
  return layout;
}

static void
append_group_texts (IsthTopology          *self,
                    GtkSnapshot           *snapshot,
                    const graphene_rect_t *area)
{
  for (guint i = 0; i < self->scene->n_groups; i++)
    {
      const IsthSceneGroup *group = &self->scene->groups[i];

      if (group->label && group->label[0] && graphene_rect_intersection (&group->bounds, area, NULL))
        append_text (snapshot, group_text (self, i), &self->colors.foreground, 0.6, group->bounds.origin.x + 12,
                     group->bounds.origin.y + (self->text_detail == 2 ? 5 : 1));
    }
}

/* The text of the nodes of a picture, in scene pixels at its zoom. */
static GskRenderNode *
make_text (IsthTopology              *self,
           const IsthTopologyPicture *picture)
{
  g_autoptr(GtkSnapshot) snapshot = NULL;
  g_autoptr(GArray) nodes = NULL;
  int detail = picture->zoom >= ISTH_TOPOLOGY_ZOOM_FULL ? 2 : 1;

  if (picture->zoom < ISTH_TOPOLOGY_ZOOM_TEXT)
    return NULL;
  if (self->texts && (detail != self->text_detail || self->n_texts > TEXTS_MAXIMUM))
    topology_texts_clear (self);
  if (!self->texts)
    {
      self->texts = g_ptr_array_new_with_free_func (unref_object);
      g_ptr_array_set_size (self->texts, (int) self->scene->n_nodes * 2);
    }
  if (!self->group_texts)
    {
      self->group_texts = g_ptr_array_new_with_free_func (unref_object);
      g_ptr_array_set_size (self->group_texts, (int) self->scene->n_groups);
    }
  self->text_detail = detail;
  snapshot = gtk_snapshot_new ();
  gtk_snapshot_scale (snapshot, (float) picture->zoom, (float) picture->zoom);
  nodes = isth_topology_picture_list (picture);
  for (guint i = 0; i < MIN (nodes->len, TEXT_NODES); i++)
    append_node_text (self, snapshot, g_array_index (nodes, guint32, i));
  if (picture->focus == ISTH_SCENE_NOTHING && picture->focus_edge == ISTH_SCENE_NOTHING)
    append_group_texts (self, snapshot, &GRAPHENE_RECT_INIT ((float) (picture->x / picture->zoom), (float) (picture->y / picture->zoom),
                                                             (float) (picture->width / picture->zoom), (float) (picture->height / picture->zoom)));
  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

/* Icons are made in a few sizes, the next larger one is scaled down. */
static void
update_icons (IsthTopology *self)
{
  static const int sizes[] = { 16, 24, 32, 48, 64 };
  double zoom = self->zoom >= ISTH_TOPOLOGY_ZOOM_FULL ? self->zoom : self->zoom * 28 / 16;
  int wanted = (int) ceil (16 * zoom * gtk_widget_get_scale_factor (GTK_WIDGET (self)) - 0.01), size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sizes) && size < wanted; i++)
    size = sizes[i];
  if (self->icons && self->icon_size == size)
    return;
  g_clear_pointer (&self->icons, isth_topology_icons_unref);
  self->icons = isth_topology_icons_new (GTK_WIDGET (self), self->scene, size);
  self->icon_size = size;
}

static IsthTopologyPicture
picture_of_view (IsthTopology *self,
                 double        margin)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  int dx = (int) (width * margin), dy = (int) (height * margin);

  return (IsthTopologyPicture) {
    .index = self->index,
    .icons = self->icons,
    .colors = self->colors,
    .x = (int) -self->x - dx,
    .y = (int) -self->y - dy,
    .width = width + 2 * dx,
    .height = height + 2 * dy,
    .zoom = self->zoom,
    .scale = gtk_widget_get_scale_factor (GTK_WIDGET (self)),
    .focus = ISTH_SCENE_NOTHING,
    .focus_edge = ISTH_SCENE_NOTHING,
  };
}

static void
picture_free (gpointer data)
{
  IsthTopologyPicture *self = data;

  isth_scene_index_unref (self->index);
  isth_topology_icons_unref (self->icons);
  g_free (self);
}

static void
layer_take (TopologyLayer             *self,
            const IsthTopologyPicture *picture,
            GdkTexture                *texture,
            GskRenderNode             *text)
{
  layer_clear (self);
  *self = (TopologyLayer) {
    .texture = texture, .text = text, .x = picture->x, .y = picture->y, .width = picture->width, .height = picture->height,
    .zoom = picture->zoom, .focus = picture->focus, .focus_edge = picture->focus_edge,
  };
}

static void
paint_in_worker (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  g_task_return_pointer (task, isth_topology_picture_paint (data), g_object_unref);
}

static void
set_painting (IsthTopology *self,
              GTask       **which,
              GTask        *task)
{
  gboolean before = self->painting || self->painting_focus;

  *which = task;
  if (before != (self->painting || self->painting_focus))
    topology_notify_painting (self);
}

static void
on_painted (GObject      *object,
            GAsyncResult *result,
            gpointer      unused)
{
  IsthTopology *self = ISTH_TOPOLOGY (object);
  const IsthTopologyPicture *picture = g_task_get_task_data (G_TASK (result));
  g_autoptr(GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean content = self->painting == G_TASK (result);

  if (!content && self->painting_focus != G_TASK (result))
    return;
  set_painting (self, content ? &self->painting : &self->painting_focus, NULL);
  if (picture->index == self->index)
    layer_take (content ? &self->content : &self->focus, picture, g_steal_pointer (&texture), make_text (self, picture));
  /* what has changed in the meantime is seen now */
  topology_layers_queue (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
paint_later (IsthTopology              *self,
             GTask                    **which,
             const IsthTopologyPicture *picture)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, on_painted, NULL);
  IsthTopologyPicture *copy = g_memdup2 (picture, sizeof *picture);

  isth_scene_index_ref (copy->index);
  if (copy->icons)
    isth_topology_icons_ref (copy->icons);
  g_task_set_task_data (task, copy, picture_free);
  set_painting (self, which, task);
  g_task_run_in_thread (task, paint_in_worker);
}

/* At once what is light; what is heavy when a worker has painted it, and FALSE while one is at it. */
static gboolean
paint (IsthTopology              *self,
       TopologyLayer             *layer,
       GTask                    **which,
       const IsthTopologyPicture *picture)
{
  if (!isth_topology_picture_is_heavy (picture, HEAVY))
    {
      set_painting (self, which, NULL); /* what a worker is at comes too late */
      layer_take (layer, picture, isth_topology_picture_paint (picture), make_text (self, picture));
    }
  else if (!*which)
    paint_later (self, which, picture);
  else
    return FALSE; /* on_painted() comes back here */
  return TRUE;
}

/* Whether the layer shows all of the view at its zoom. */
static gboolean
layer_covers (const TopologyLayer *layer,
              IsthTopology        *self)
{
  return layer->texture && layer->zoom == self->zoom && layer->x <= -self->x && layer->y <= -self->y
         && layer->x + layer->width >= gtk_widget_get_width (GTK_WIDGET (self)) - self->x
         && layer->y + layer->height >= gtk_widget_get_height (GTK_WIDGET (self)) - self->y;
}

static void
update_focus (IsthTopology *self)
{
  IsthTopologyPicture picture;

  if (self->selected == ISTH_SCENE_NOTHING && self->selected_edge == ISTH_SCENE_NOTHING)
    {
      set_painting (self, &self->painting_focus, NULL);
      layer_clear (&self->focus);
      return;
    }
  self->focus_stale |= self->stale;
  if (!self->focus_stale && layer_covers (&self->focus, self) && self->focus.focus == self->selected && self->focus.focus_edge == self->selected_edge)
    return;
  picture = picture_of_view (self, MARGIN);
  picture.focus = self->selected;
  picture.focus_edge = self->selected_edge;
  if (self->focus.focus != self->selected || self->focus.focus_edge != self->selected_edge)
    layer_clear (&self->focus); /* better nothing for a moment than what is not selected any more */
  if (paint (self, &self->focus, &self->painting_focus, &picture))
    self->focus_stale = FALSE;
}

void
topology_layers_update (IsthTopology *self)
{
  gboolean drawn = gtk_widget_get_width (GTK_WIDGET (self)) > 0 && gtk_widget_get_height (GTK_WIDGET (self)) > 0;
  IsthTopologyPicture picture;

  if (!self->index || self->scene->n_nodes == 0)
    {
      layer_clear (&self->content);
      layer_clear (&self->focus);
      return;
    }
  if (!drawn)
    return;
  update_icons (self);
  update_focus (self);
  if (!self->stale && layer_covers (&self->content, self))
    return;
  picture = picture_of_view (self, MARGIN);
  if (!paint (self, &self->content, &self->painting, &picture))
    return;
  self->stale = FALSE;
}

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       unused)
{
  ISTH_TOPOLOGY (widget)->tick = 0;
  topology_layers_update (ISTH_TOPOLOGY (widget));
  return G_SOURCE_REMOVE;
}

void
topology_layers_queue (IsthTopology *self)
{
  if (self->tick == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}
