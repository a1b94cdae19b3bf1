/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the nodes and edges of a scene are, to be asked by place. Immutable and counted: any thread may read one. */
#pragma once

#include "widgets/scene.h"

typedef struct
{
  float x, y;
} IsthScenePoint;

/* A cubic curve that leaves and arrives upright. */
typedef struct
{
  float x0, y0, bend0; /* first control point: (x0, y0 + bend0) */
  float x1, y1, bend1;
} IsthSceneCurve;

/* All edges between two groups as one: what can still be read from far away. */
typedef struct
{
  IsthSceneCurve curve;
  guint32 count;
  guint8 action;   /* the strongest */
  guint8 crossing; /* one of them does */
  guint8 faded;    /* all of them are */
} IsthSceneBundle;

/* Runs of indices for each cell of a grid, or for each node. */
typedef struct
{
  guint32 *starts; /* one more than there are runs */
  guint32 *items;
} IsthSceneRuns;

typedef struct
{
  gatomicrefcount references;
  IsthScene *scene;
  IsthScenePoint *places;     /* of the nodes: their own, or where a person put them */
  IsthSceneCurve *curves;     /* of the edges */
  IsthSceneBundle *bundles;
  guint n_bundles;
  IsthSceneRuns node_edges;
  IsthSceneRuns node_cells, edge_cells;
  graphene_rect_t bounds;
  float cell;                 /* size of a grid cell */
  guint columns, rows;
} IsthSceneIndex;

/* Of scene-bundles.c: all edges of @scene but those inside of one group. */
IsthSceneBundle *isth_scene_bundles_new (const IsthScene *scene, guint *n_bundles);

/* The curve from one rectangle to another: from the lower side of the upper one; two in a row are joined above. */
IsthSceneCurve isth_scene_curve_between (const graphene_rect_t *from, const graphene_rect_t *to);

#define ISTH_SCENE_NOTHING (-1)

/* @pins: places of nodes that a person moved, id (guint64 *) → IsthScenePoint *; or NULL */
IsthSceneIndex *isth_scene_index_new (IsthScene *scene, GHashTable *pins);
IsthSceneIndex *isth_scene_index_ref (IsthSceneIndex *self);
void isth_scene_index_unref (IsthSceneIndex *self);

/* The node at a place (the last drawn one), at most @slack away from it; or ISTH_SCENE_NOTHING. */
int isth_scene_index_find_node (const IsthSceneIndex *self, float x, float y, float slack);

/* The edge nearest to a place, at most @slack away; or ISTH_SCENE_NOTHING. */
int isth_scene_index_find_edge (const IsthSceneIndex *self, float x, float y, float slack);

/* The index of the node with an id; or ISTH_SCENE_NOTHING. */
int isth_scene_index_find_id (const IsthSceneIndex *self, guint64 id);

/* Appends to @found (of guint32) the nodes that touch @area, in the order they are drawn. */
void isth_scene_index_list_nodes (const IsthSceneIndex *self, const graphene_rect_t *area, GArray *found);

/* How many nodes touch @area, or @most when there are more. */
guint isth_scene_index_count_nodes (const IsthSceneIndex *self, const graphene_rect_t *area, guint most);

gboolean isth_scene_index_node_touches (const IsthSceneIndex *self, guint node, const graphene_rect_t *area);

/* Whether an edge may touch @area. */
gboolean isth_scene_index_edge_touches (const IsthSceneIndex *self, guint edge, const graphene_rect_t *area);

/* The nearest node from @node (or from the middle, if it is none) towards (@dx, @dy); or ISTH_SCENE_NOTHING. */
int isth_scene_index_step (const IsthSceneIndex *self, int node, int dx, int dy);

/* The next (@forward) or previous node in reading order: by row, then from left to right. Without @node the first or last one.
 * @alerts: only nodes with an alert. */
int isth_scene_index_read_on (const IsthSceneIndex *self, int node, gboolean forward, gboolean alerts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthSceneIndex, isth_scene_index_unref)
