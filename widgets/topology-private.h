/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside of IsthTopology: topology.c keeps the state, topology-input.c changes it, topology-layers.c caches pictures of it, topology-draw.c shows them. */
#pragma once

#include "widgets/topology-picture.h"
#include "widgets/topology.h"

/* A picture of a part of the scene, and the text that belongs on it, as they were made for one zoom. */
typedef struct
{
  GdkTexture *texture;
  GskRenderNode *text;
  int x, y, width, height; /* of the texture, in scene pixels at @zoom */
  double zoom;
  int focus, focus_edge;
} TopologyLayer;

typedef enum
{
  TOPOLOGY_DRAG_NONE,
  TOPOLOGY_DRAG_VIEW,
  TOPOLOGY_DRAG_NODE,
} TopologyDrag;

struct _IsthTopology
{
  GtkWidget parent_instance;

  IsthScene *scene;
  IsthSceneIndex *index;     /* of the scene, with @pins applied; NULL without a scene */
  GHashTable *pins;          /* guint64 * → IsthScenePoint * */
  guint pin_changes;

  double x, y, zoom;         /* view = scene × zoom + (x, y) */
  gboolean fitting;          /* the user has not panned or zoomed yet */

  guint64 selected_id, selected_edge_id;
  int selected, selected_edge; /* indices */
  int hovered, hovered_edge;

  TopologyDrag drag;
  int dragged;
  double drag_x, drag_y, pinch_zoom;
  double pointer_x, pointer_y;

  IsthTopologyColors colors;
  IsthTopologyIcons *icons;
  int icon_size;
  TopologyLayer content, focus;
  gboolean stale;            /* the scene or the theme changed since the layers were made */
  guint tick;
  gboolean focus_stale;      /* what is in focus is to be painted anew */
  GTask *painting, *painting_focus; /* a worker paints the content, what is in focus */
  GPtrArray *texts;          /* PangoLayout or NULL: two for each node */
  guint n_texts;
  int text_detail;
  GPtrArray *lane_texts;     /* three for each lane */
  GPtrArray *group_texts;
  PangoLayout *it_text, *ot_text;
};

/* topology.c */
void topology_set_view (IsthTopology *self, double x, double y, double zoom);
void topology_zoom_at (IsthTopology *self, double factor, double x, double y);
void topology_select (IsthTopology *self, int node, int edge);
void topology_move_node (IsthTopology *self, int node, float x, float y);
int topology_gutter (IsthTopology *self);
char *topology_describe_node (IsthTopology *self, int node, gboolean markup);
char *topology_describe_edge (IsthTopology *self, int edge, gboolean markup);

void topology_notify_painting (IsthTopology *self);

/* topology-input.c */
void topology_add_controllers (IsthTopology *self);
void topology_install_keys (GtkWidgetClass *klass);

/* topology-layers.c */
void topology_layers_update (IsthTopology *self);
void topology_layers_queue (IsthTopology *self);
void topology_layers_clear (IsthTopology *self);
void topology_texts_clear (IsthTopology *self);

/* topology-draw.c */
void topology_draw (IsthTopology *self, GtkSnapshot *snapshot);
