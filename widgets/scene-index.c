/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grids over nodes and edges: made once for each scene, so that a pointer or a frame asks a few cells and not ten thousand nodes. */
#include "widgets/scene-index.h"

#include <math.h>

#define CELL_MINIMUM 256
#define CELLS_MAXIMUM 256 /* in one direction */
#define SAMPLES 24        /* of a curve, to find its cells */
#define PORT 14           /* between two edges that end at the same side of a card */

static void
runs_clear (IsthSceneRuns *self)
{
  g_free (self->starts);
  g_free (self->items);
}

static guint
clamp_cell (float value,
            guint n)
{
  return value < 0 ? 0 : MIN ((guint) value, n - 1);
}

static guint
cell_at (const IsthSceneIndex *self,
         float                 x,
         float                 y)
{
  return clamp_cell ((y - self->bounds.origin.y) / self->cell, self->rows) * self->columns
         + clamp_cell ((x - self->bounds.origin.x) / self->cell, self->columns);
}

static IsthScenePoint
curve_point (const IsthSceneCurve *c,
             float                 t)
{
  float u = 1 - t, a = u * u * u, b = 3 * u * u * t, d = 3 * u * t * t, e = t * t * t;

  return (IsthScenePoint) { (a + b) * c->x0 + (d + e) * c->x1, a * c->y0 + b * (c->y0 + c->bend0) + d * (c->y1 + c->bend1) + e * c->y1 };
}

/* Counting sort of (key, item) pairs into runs. */
static IsthSceneRuns
runs_make (GArray *pairs,
           guint   n)
{
  IsthSceneRuns self = { g_new0 (guint32, n + 1), g_new (guint32, pairs->len / 2 + 1) };
  g_autofree guint32 *fill = NULL;
  const guint32 *data = (const guint32 *) (gpointer) pairs->data;

  for (guint i = 0; i < pairs->len; i += 2)
    self.starts[data[i] + 1]++;
  for (guint i = 0; i < n; i++)
    self.starts[i + 1] += self.starts[i];
  fill = g_memdup2 (self.starts, (n + 1) * sizeof *fill);
  for (guint i = 0; i < pairs->len; i += 2)
    self.items[fill[data[i]]++] = data[i + 1];
  return self;
}

static void
add_pair (GArray *pairs,
          guint32 key,
          guint32 item)
{
  guint32 pair[2] = { key, item };

  g_array_append_vals (pairs, pair, 2);
}

static void
index_node_edges (IsthSceneIndex *self)
{
  g_autoptr(GArray) pairs = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < self->scene->n_edges; i++)
    {
      add_pair (pairs, self->scene->edges[i].from, i);
      if (self->scene->edges[i].to != self->scene->edges[i].from)
        add_pair (pairs, self->scene->edges[i].to, i);
    }
  self->node_edges = runs_make (pairs, self->scene->n_nodes);
}

static graphene_rect_t
node_area (const IsthSceneIndex *self,
           guint                 node)
{
  graphene_size_t size = isth_scene_node_size (&self->scene->nodes[node]);

  return GRAPHENE_RECT_INIT (self->places[node].x - size.width / 2, self->places[node].y - size.height / 2, size.width, size.height);
}

typedef struct
{
  float x;
  guint32 edge;
} Port;

static int
compare_ports (gconstpointer a,
               gconstpointer b)
{
  const Port *x = a, *y = b;

  return x->x < y->x ? -1 : x->x > y->x ? 1 : x->edge < y->edge ? -1 : x->edge > y->edge;
}

/* Spreads the edges of one side of a card, ordered by where they come from. */
static void
spread_ports (IsthSceneIndex *self,
              guint           node,
              gboolean        upper,
              GArray         *ports)
{
  const guint32 *starts = self->node_edges.starts;
  float step;

  g_array_set_size (ports, 0);
  for (guint i = starts[node]; i < starts[node + 1]; i++)
    {
      guint32 edge = self->node_edges.items[i];
      const IsthSceneEdge *e = &self->scene->edges[edge];
      float bend = e->from == node ? self->curves[edge].bend0 : self->curves[edge].bend1;
      Port port = { self->places[e->from == node ? e->to : e->from].x, edge };

      if ((bend < 0) == upper)
        g_array_append_val (ports, port);
    }
  if (ports->len < 2)
    return;
  g_array_sort (ports, compare_ports);
  step = MIN (PORT, isth_scene_node_size (&self->scene->nodes[node]).width * 0.75f / ports->len);
  for (guint i = 0; i < ports->len; i++)
    {
      guint32 edge = g_array_index (ports, Port, i).edge;
      float shift = (i - (ports->len - 1) / 2.0f) * step;

      if (self->scene->edges[edge].from == node)
        self->curves[edge].x0 += shift;
      else
        self->curves[edge].x1 += shift;
    }
}

static void
shape_curves (IsthSceneIndex *self)
{
  g_autoptr(GArray) ports = g_array_new (FALSE, FALSE, sizeof (Port));

  self->curves = g_new0 (IsthSceneCurve, self->scene->n_edges + 1);
  for (guint i = 0; i < self->scene->n_edges; i++)
    {
      graphene_rect_t from = node_area (self, self->scene->edges[i].from), to = node_area (self, self->scene->edges[i].to);

      self->curves[i] = isth_scene_curve_between (&from, &to);
    }
  for (guint i = 0; i < self->scene->n_nodes; i++)
    {
      spread_ports (self, i, TRUE, ports);
      spread_ports (self, i, FALSE, ports);
    }
}

static void
index_cells (IsthSceneIndex *self)
{
  g_autoptr(GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(GArray) edges = g_array_new (FALSE, FALSE, sizeof (guint32));
  float longest = MAX (self->bounds.size.width, self->bounds.size.height);

  self->cell = MAX (CELL_MINIMUM, longest / CELLS_MAXIMUM);
  self->columns = (guint) (self->bounds.size.width / self->cell) + 1;
  self->rows = (guint) (self->bounds.size.height / self->cell) + 1;
  for (guint i = 0; i < self->scene->n_nodes; i++)
    add_pair (nodes, cell_at (self, self->places[i].x, self->places[i].y), i);
  for (guint i = 0; i < self->scene->n_edges; i++)
    {
      guint last = G_MAXUINT;

      for (guint j = 0; j <= SAMPLES; j++)
        {
          IsthScenePoint point = curve_point (&self->curves[i], (float) j / SAMPLES);
          guint cell = cell_at (self, point.x, point.y);

          if (cell != last)
            add_pair (edges, cell, i);
          last = cell;
        }
    }
  self->node_cells = runs_make (nodes, self->columns * self->rows);
  self->edge_cells = runs_make (edges, self->columns * self->rows);
}

IsthSceneIndex *
isth_scene_index_new (IsthScene  *scene,
                      GHashTable *pins)
{
  IsthSceneIndex *self = g_new0 (IsthSceneIndex, 1);

  g_atomic_ref_count_init (&self->references);
  self->scene = g_object_ref (scene);
  self->places = g_new (IsthScenePoint, scene->n_nodes + 1);
  self->bounds = scene->bounds;
  for (guint i = 0; i < scene->n_nodes; i++)
    {
      const IsthScenePoint *pin = pins ? g_hash_table_lookup (pins, &scene->nodes[i].id) : NULL;
      graphene_rect_t area;

      self->places[i] = pin ? *pin : (IsthScenePoint) { scene->nodes[i].x, scene->nodes[i].y };
      area = node_area (self, i);
      graphene_rect_union (&self->bounds, &area, &self->bounds);
    }
  index_node_edges (self);
  shape_curves (self);
  index_cells (self);
  self->bundles = isth_scene_bundles_new (scene, &self->n_bundles);
  return self;
}

IsthSceneIndex *
isth_scene_index_ref (IsthSceneIndex *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
isth_scene_index_unref (IsthSceneIndex *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->places);
  g_free (self->curves);
  g_free (self->bundles);
  runs_clear (&self->node_edges);
  runs_clear (&self->node_cells);
  runs_clear (&self->edge_cells);
  g_object_unref (self->scene);
  g_free (self);
}

int
isth_scene_index_find_id (const IsthSceneIndex *self,
                          guint64               id)
{
  for (guint i = 0; i < self->scene->n_nodes; i++)
    if (self->scene->nodes[i].id == id)
      return (int) i;
  return ISTH_SCENE_NOTHING;
}

/* The cells that @area touches, @more cells around it included. */
static void
cell_range (const IsthSceneIndex  *self,
            const graphene_rect_t *area,
            float                  more,
            guint                  range[4])
{
  float x = area->origin.x - more - self->bounds.origin.x, y = area->origin.y - more - self->bounds.origin.y;

  range[0] = clamp_cell (x / self->cell, self->columns);
  range[1] = clamp_cell (y / self->cell, self->rows);
  range[2] = clamp_cell ((x + area->size.width + 2 * more) / self->cell, self->columns);
  range[3] = clamp_cell ((y + area->size.height + 2 * more) / self->cell, self->rows);
}

static int
compare_indices (gconstpointer a,
                 gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

gboolean
isth_scene_index_node_touches (const IsthSceneIndex  *self,
                               guint                  node,
                               const graphene_rect_t *area)
{
  graphene_rect_t place = node_area (self, node);

  return graphene_rect_intersection (&place, area, NULL);
}

/* Gives up at the @most-th; @found may be NULL. */
static guint
walk_nodes (const IsthSceneIndex  *self,
            const graphene_rect_t *area,
            guint                  most,
            GArray                *found)
{
  guint range[4], n = 0;

  /* a node is filed under its centre: half a card more to each side */
  cell_range (self, area, ISTH_SCENE_NODE_WIDTH / 2, range);
  for (guint row = range[1]; row <= range[3]; row++)
    for (guint column = range[0]; column <= range[2]; column++)
      {
        guint cell = row * self->columns + column;

        for (guint i = self->node_cells.starts[cell]; i < self->node_cells.starts[cell + 1] && n < most; i++)
          if (isth_scene_index_node_touches (self, self->node_cells.items[i], area))
            {
              n++;
              if (found)
                g_array_append_val (found, self->node_cells.items[i]);
            }
      }
  return n;
}

void
isth_scene_index_list_nodes (const IsthSceneIndex  *self,
                             const graphene_rect_t *area,
                             GArray                *found)
{
  walk_nodes (self, area, G_MAXUINT, found);
  g_array_sort (found, compare_indices);
}

guint
isth_scene_index_count_nodes (const IsthSceneIndex  *self,
                              const graphene_rect_t *area,
                              guint                  most)
{
  return walk_nodes (self, area, most, NULL);
}

int
isth_scene_index_find_node (const IsthSceneIndex *self,
                            float                 x,
                            float                 y,
                            float                 slack)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  int best = ISTH_SCENE_NOTHING;
  float nearest = INFINITY;

  isth_scene_index_list_nodes (self, &GRAPHENE_RECT_INIT (x - slack, y - slack, 2 * slack + 0.01f, 2 * slack + 0.01f), found);
  for (guint i = 0; i < found->len; i++)
    {
      guint32 node = g_array_index (found, guint32, i);
      graphene_rect_t area = node_area (self, node);
      float dx = MAX (0, MAX (area.origin.x - x, x - area.origin.x - area.size.width));
      float dy = MAX (0, MAX (area.origin.y - y, y - area.origin.y - area.size.height));

      if (dx + dy <= nearest)
        {
          nearest = dx + dy;
          best = (int) node;
        }
    }
  return best;
}

/* Distance of a place from a curve, as a chain of short lines. */
static float
curve_distance (const IsthSceneCurve *curve,
                float                 x,
                float                 y)
{
  IsthScenePoint last = curve_point (curve, 0);
  float nearest = INFINITY;

  for (guint i = 1; i <= SAMPLES; i++)
    {
      IsthScenePoint next = curve_point (curve, (float) i / SAMPLES);
      float dx = next.x - last.x, dy = next.y - last.y, length = dx * dx + dy * dy;
      float t = length > 0 ? CLAMP (((x - last.x) * dx + (y - last.y) * dy) / length, 0, 1) : 0;

      nearest = MIN (nearest, hypotf (x - last.x - t * dx, y - last.y - t * dy));
      last = next;
    }
  return nearest;
}

int
isth_scene_index_find_edge (const IsthSceneIndex *self,
                            float                 x,
                            float                 y,
                            float                 slack)
{
  int best = ISTH_SCENE_NOTHING;
  float nearest = slack;
  guint range[4];

  cell_range (self, &GRAPHENE_RECT_INIT (x, y, 0, 0), slack, range);
  for (guint row = range[1]; row <= range[3]; row++)
    for (guint column = range[0]; column <= range[2]; column++)
      {
        guint cell = row * self->columns + column;

        for (guint i = self->edge_cells.starts[cell]; i < self->edge_cells.starts[cell + 1]; i++)
          {
            float distance = curve_distance (&self->curves[self->edge_cells.items[i]], x, y);

            if (distance <= nearest)
              {
                nearest = distance;
                best = (int) self->edge_cells.items[i];
              }
          }
      }
  return best;
}

gboolean
isth_scene_index_edge_touches (const IsthSceneIndex  *self,
                               guint                  edge,
                               const graphene_rect_t *area)
{
  const IsthSceneCurve *c = &self->curves[edge];
  float top = MIN (MIN (c->y0, c->y1), MIN (c->y0 + c->bend0, c->y1 + c->bend1));
  float bottom = MAX (MAX (c->y0, c->y1), MAX (c->y0 + c->bend0, c->y1 + c->bend1));

  return MAX (c->x0, c->x1) >= area->origin.x && MIN (c->x0, c->x1) <= area->origin.x + area->size.width
         && bottom >= area->origin.y && top <= area->origin.y + area->size.height;
}

int
isth_scene_index_step (const IsthSceneIndex *self,
                       int                   node,
                       int                   dx,
                       int                   dy)
{
  IsthScenePoint from = { self->bounds.origin.x + self->bounds.size.width / 2, self->bounds.origin.y + self->bounds.size.height / 2 };
  int best = ISTH_SCENE_NOTHING;
  float least = INFINITY;

  if (node != ISTH_SCENE_NOTHING)
    from = self->places[node];
  for (guint i = 0; i < self->scene->n_nodes; i++)
    {
      float x = self->places[i].x - from.x, y = self->places[i].y - from.y;
      float along = x * dx + y * dy, across = fabsf (x * dy) + fabsf (y * dx);

      /* what is in the same row or column comes first; what is more aside than ahead does not count */
      if (node == ISTH_SCENE_NOTHING)
        along = hypotf (x, y);
      else if ((int) i == node || along <= 1 || across > 4 * along)
        continue;
      if (along + 2 * across < least)
        {
          least = along + 2 * across;
          best = (int) i;
        }
    }
  return best;
}

static int
compare_reading (IsthScenePoint a,
                 IsthScenePoint b,
                 int            i,
                 int            j)
{
  if (a.y != b.y)
    return a.y < b.y ? -1 : 1;
  if (a.x != b.x)
    return a.x < b.x ? -1 : 1;
  return i < j ? -1 : i > j;
}

int
isth_scene_index_read_on (const IsthSceneIndex *self,
                          int                   node,
                          gboolean              forward,
                          gboolean              alerts)
{
  int best = ISTH_SCENE_NOTHING, sign = forward ? 1 : -1;

  for (int i = 0; i < (int) self->scene->n_nodes; i++)
    {
      if (alerts && self->scene->nodes[i].alert == 0)
        continue;
      if (node != ISTH_SCENE_NOTHING && sign * compare_reading (self->places[i], self->places[node], i, node) <= 0)
        continue;
      if (best == ISTH_SCENE_NOTHING || sign * compare_reading (self->places[i], self->places[best], i, best) < 0)
        best = i;
    }
  return best;
}
