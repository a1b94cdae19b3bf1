/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of a scene as pixels: edges, cards, icons and alert marks; no text. Any thread may paint one. */
#pragma once

#include "widgets/scene-index.h"

typedef struct
{
  GdkRGBA background;   /* below everything */
  GdkRGBA lane;
  GdkRGBA card;         /* body of what is identified */
  GdkRGBA foreground;
  GdkRGBA accent;       /* selection only */
  GdkRGBA alerts[6];    /* by IsthSceneNode.alert; 0 is not used */
} IsthTopologyColors;

/* The symbolic icons of a scene as masks, by node. */
typedef struct _IsthTopologyIcons IsthTopologyIcons;

/**
 * IsthTopologyPicture:
 * @x, @y, @width, @height: the part in view pixels, where view = scene × @zoom
 * @scale: device pixels for one view pixel
 * @focus: only this node, its edges and their other ends; or ISTH_SCENE_NOTHING
 * @focus_edge: the same for one edge
 */
typedef struct
{
  IsthSceneIndex *index;
  IsthTopologyIcons *icons; /* may be NULL */
  IsthTopologyColors colors;
  int x, y, width, height;
  double zoom;
  int scale;
  int focus, focus_edge;
} IsthTopologyPicture;

/* Below these zooms: one big line of text instead of two and an icon; blocks without text; plain boxes with straight edges. */
#define ISTH_TOPOLOGY_ZOOM_FULL 0.7
#define ISTH_TOPOLOGY_ZOOM_TEXT 0.38
#define ISTH_TOPOLOGY_ZOOM_SHAPE 0.2

GdkTexture *isth_topology_picture_paint (const IsthTopologyPicture *self);

/* Whether there are more than @most nodes and edges to paint, about; looks no further than it must. */
gboolean isth_topology_picture_is_heavy (const IsthTopologyPicture *self, guint most);

/* The nodes in it, in the order they are painted (of guint32). */
GArray *isth_topology_picture_list (const IsthTopologyPicture *self);

/* One edge from (@x0, @y0) to (@x1, @y1), as the map and its legend draw it. */
void isth_topology_draw_edge (cairo_t *cr, const IsthTopologyColors *colors, const IsthSceneCurve *curve, IsthSceneAction action,
                              gboolean arrow, const GdkRGBA *color, double zoom);

/* The diamond on an edge that crosses the boundary. */
void isth_topology_draw_crossing (cairo_t *cr, const IsthTopologyColors *colors, double x, double y, double radius, const GdkRGBA *color);

/* The mark of an alert, around its middle. */
void isth_topology_draw_alert (cairo_t *cr, const IsthTopologyColors *colors, guint alert, double x, double y, double radius);

/* An empty or filled card. */
void isth_topology_draw_card (cairo_t *cr, const IsthTopologyColors *colors, const graphene_rect_t *area, gboolean identified,
                              gboolean small, double alpha);

/* The colours that the theme gives @widget. */
void isth_topology_colors_read (IsthTopologyColors *self, GtkWidget *widget);

/* Made on the main thread for icons of @size device pixels; then only read. */
IsthTopologyIcons *isth_topology_icons_new (GtkWidget *widget, IsthScene *scene, int size);
IsthTopologyIcons *isth_topology_icons_ref (IsthTopologyIcons *self);
void isth_topology_icons_unref (IsthTopologyIcons *self);
/* The mask of a node's icon, or NULL. */
cairo_surface_t *isth_topology_icons_get (const IsthTopologyIcons *self, guint node, int *size);
