/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shapes of edges, and edges between the same two groups made one: thirty thousand lines tell nothing, some hundred do. */
#include "widgets/scene-index.h"

#include <math.h>

IsthSceneCurve
isth_scene_curve_between (const graphene_rect_t *from,
                          const graphene_rect_t *to)
{
  IsthSceneCurve curve = {
    .x0 = from->origin.x + from->size.width / 2, .y0 = from->origin.y, .x1 = to->origin.x + to->size.width / 2, .y1 = to->origin.y,
  };
  float distance;

  if (from->origin.y + from->size.height <= to->origin.y)
    {
      curve.y0 += from->size.height;
      distance = MAX (16, (curve.y1 - curve.y0) * 0.45f);
      curve.bend0 = distance;
      curve.bend1 = -distance;
    }
  else if (to->origin.y + to->size.height <= from->origin.y)
    {
      curve.y1 += to->size.height;
      distance = MAX (16, (curve.y0 - curve.y1) * 0.45f);
      curve.bend0 = -distance;
      curve.bend1 = distance;
    }
  else
    curve.bend0 = curve.bend1 = -18 - MIN (36, fabsf (curve.x1 - curve.x0) * 0.06f);
  return curve;
}

typedef struct
{
  guint64 key; /* the two groups, the smaller index first */
  guint32 edge;
} Pair;

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const Pair *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->edge < y->edge ? -1 : x->edge > y->edge;
}

/* What has no name is not one thing. */
static gboolean
in_group (const IsthScene *scene,
          guint32          node)
{
  guint32 group = scene->nodes[node].group;

  return group != ISTH_SCENE_NO_GROUP && scene->groups[group].label && scene->groups[group].label[0];
}

static graphene_rect_t
end_area (const IsthScene *scene,
          guint32          node)
{
  graphene_size_t size = isth_scene_node_size (&scene->nodes[node]);

  if (in_group (scene, node))
    return scene->groups[scene->nodes[node].group].bounds;
  return GRAPHENE_RECT_INIT (scene->nodes[node].x - size.width / 2, scene->nodes[node].y - size.height / 2, size.width, size.height);
}

/* A node without a group is one of its own. */
static guint64
group_number (const IsthScene *scene,
              guint32          node)
{
  return in_group (scene, node) ? scene->nodes[node].group : (guint64) scene->n_groups + node;
}

static void
bundle_add (IsthSceneBundle     *self,
            const IsthSceneEdge *edge)
{
  self->count++;
  self->action = MAX (self->action, edge->action);
  self->crossing |= edge->crossing;
  self->faded &= edge->faded;
}

IsthSceneBundle *
isth_scene_bundles_new (const IsthScene *scene,
                        guint           *n_bundles)
{
  g_autofree Pair *pairs = g_new (Pair, scene->n_edges + 1);
  IsthSceneBundle *self = g_new0 (IsthSceneBundle, scene->n_edges + 1);
  guint n = 0;

  *n_bundles = 0;
  for (guint i = 0; i < scene->n_edges; i++)
    {
      guint64 from = group_number (scene, scene->edges[i].from), to = group_number (scene, scene->edges[i].to);

      if (from != to)
        pairs[n++] = (Pair) { MIN (from, to) << 32 | MAX (from, to), i };
    }
  qsort (pairs, n, sizeof *pairs, compare_pairs);
  for (guint i = 0; i < n; i++)
    {
      const IsthSceneEdge *edge = &scene->edges[pairs[i].edge];

      if (i == 0 || pairs[i].key != pairs[i - 1].key)
        {
          graphene_rect_t from = end_area (scene, edge->from), to = end_area (scene, edge->to);

          self[(*n_bundles)++] = (IsthSceneBundle) { .curve = isth_scene_curve_between (&from, &to), .faded = 1 };
        }
      bundle_add (&self[*n_bundles - 1], edge);
    }
  return g_realloc_n (self, *n_bundles + 1, sizeof *self);
}
