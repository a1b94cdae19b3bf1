/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Purdue picture: one lane for each level of IEC 62264-1 / ISA-95, IT above, OT below, and all of it about as wide as a window. */
#include <math.h>

#include "analysis/layout/cluster.h"

#define ASPECT 1.5f /* a 16:10 window, less what the inspector takes of it */
#define THIN 34        /* height of a lane in which nothing is */
#define GAP 8          /* between lanes */
#define WIDE_GAP 36    /* around the boundary, and above what is on no level */
#define BOTTOM -10     /* of a lane: the last row brings a gap along that is wider than needed */
#define HEAD 24        /* of a block that has a label */
#define AROUND 12      /* a block reaches this far beyond its cards */

static void
clear (gpointer data)
{
  IsthLayout *self = data;

  g_free (self->places);
  g_free (self->lanes);
  g_free (self->blocks);
}

/* Heights and positions of the lanes for the rows that they need. */
static void
stack_lanes (const LayoutPlan *plan,
             IsthLayout       *self)
{
  uint32_t counts[LAYOUT_LANES] = { 0 };
  float y = 0;

  for (uint32_t i = 0; i < plan->n_clusters; i++)
    counts[plan->clusters[i].lane] += 1 + plan->clusters[i].n_children;
  self->columns = plan->columns;
  self->width = plan->columns * LAYOUT_COLUMN + 2 * LAYOUT_SIDE - (LAYOUT_COLUMN - ISTH_LAYOUT_NODE_WIDTH);
  self->n_lanes = counts[LAYOUT_LANES - 1] ? LAYOUT_LANES : LAYOUT_LANES - 1;
  for (uint32_t i = 0; i < self->n_lanes; i++)
    {
      IsthLane *lane = &self->lanes[i];

      *lane = (IsthLane) { .level = layout_levels[i], .width = self->width, .count = counts[i] };
      if (lane->level == ISTH_LEVEL_UNKNOWN)
        y += WIDE_GAP - GAP;
      lane->y = y;
      lane->height = counts[i] ? LAYOUT_TOP + plan->lane_rows[i] * LAYOUT_ROW + BOTTOM : THIN;
      y += lane->height + GAP;
      if (lane->level == ISTH_LEVEL_DMZ)
        {
          self->boundary = y - GAP + WIDE_GAP / 2;
          y += WIDE_GAP - GAP;
        }
    }
  self->height = y - GAP;
}

/* The number of columns that gives the picture the shape of a window. */
static void
pack_best (LayoutPlan *plan,
           IsthLayout *self)
{
  uint32_t best = LAYOUT_NARROWEST, step;
  float distance = INFINITY;

  for (uint32_t columns = LAYOUT_NARROWEST; columns <= LAYOUT_NARROWEST + 4 * plan->n_clusters; columns += step)
    {
      float miss;

      step = MAX (1, columns / 8);
      layout_pack (plan, columns);
      stack_lanes (plan, self);
      miss = fabsf (logf (self->width / self->height / ASPECT));
      if (miss < distance)
        {
          distance = miss;
          best = columns;
        }
      if (self->width / self->height > 2 * ASPECT)
        break;
    }
  layout_pack (plan, best);
  stack_lanes (plan, self);
}

/* The asset of a cluster, then its children in rows below it. */
static void
place_cluster (const LayoutPlan    *plan,
               const LayoutCluster *cluster,
               IsthLayout          *self)
{
  float left = LAYOUT_SIDE + (float) cluster->column * LAYOUT_COLUMN;
  float top = self->lanes[cluster->lane].y + LAYOUT_TOP + (float) cluster->row * LAYOUT_ROW;
  IsthPlace *head = &self->places[cluster->index];

  *head = (IsthPlace) { cluster->asset->id, left + ISTH_LAYOUT_NODE_WIDTH / 2, top + ISTH_LAYOUT_NODE_HEIGHT / 2, cluster->lane, cluster->block, false };
  for (uint32_t i = 0; i < cluster->n_children; i++)
    {
      uint32_t index = plan->order[cluster->children + i];
      IsthPlace *place = &self->places[index];

      *place = *head;
      place->id = plan->snapshot->assets[index]->id;
      place->small = true;
      place->x = left + i / cluster->child_rows * LAYOUT_COLUMN + ISTH_LAYOUT_NODE_WIDTH - ISTH_LAYOUT_SMALL_WIDTH / 2;
      place->y = top + ISTH_LAYOUT_NODE_HEIGHT + 8 + i % cluster->child_rows * LAYOUT_ROW + ISTH_LAYOUT_SMALL_HEIGHT / 2;
    }
}

static void
place_blocks (const LayoutPlan *plan,
              IsthLayout       *self)
{
  self->n_blocks = plan->blocks->len;
  self->blocks = g_memdup2 (plan->blocks->data, plan->blocks->len * sizeof *self->blocks);
  for (uint32_t i = 0; i < self->n_blocks; i++)
    {
      IsthBlock *block = &self->blocks[i];
      float head = block->label[0] ? HEAD : 4;

      block->x = LAYOUT_SIDE + (float) block->column * LAYOUT_COLUMN - AROUND;
      block->width = (float) block->columns * LAYOUT_COLUMN - (LAYOUT_COLUMN - ISTH_LAYOUT_NODE_WIDTH) + 2 * AROUND;
      block->y = self->lanes[block->lane].y + LAYOUT_TOP + (float) block->row * LAYOUT_ROW - head;
      block->height = head + (float) block->rows * LAYOUT_ROW - (2 * LAYOUT_ROW - ISTH_LAYOUT_NODE_HEIGHT) + AROUND;
    }
}

IsthLayout *
isth_layout_purdue (const IsthSnapshot *snapshot,
                    const IsthLayout   *before)
{
  IsthLayout *self = isth_record_new (sizeof *self, clear);
  LayoutPlan plan;
  bool keep;

  layout_plan_init (&plan, snapshot);
  self->lanes = g_new0 (IsthLane, LAYOUT_LANES);
  self->places = g_new0 (IsthPlace, snapshot->n_assets + 1);
  self->n_places = snapshot->n_assets;
  keep = before && before->basis > 0 && plan.n_clusters <= 2 * before->basis && plan.n_clusters >= before->basis / 2;
  self->basis = keep ? before->basis : plan.n_clusters;
  if (keep)
    {
      layout_keep (&plan, before);
      stack_lanes (&plan, self);
    }
  else
    pack_best (&plan, self);
  place_blocks (&plan, self);
  for (uint32_t i = 0; i < plan.n_clusters; i++)
    place_cluster (&plan, &plan.clusters[i], self);
  layout_plan_clear (&plan);
  return self;
}

const IsthPlace *
isth_layout_get_place (const IsthLayout *self,
                       uint64_t          id)
{
  uint32_t low = 0, high = self->n_places;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (self->places[middle].id < id)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->n_places && self->places[low].id == id ? &self->places[low] : NULL;
}
