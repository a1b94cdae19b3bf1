/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside of the Purdue layout: an asset with all that hangs on it is one cluster; clusters of one subnet fill one block of a lane. */
#pragma once

#include "analysis/layout/layout.h"

/* The grid of a lane. A card takes one column and two rows, each child below it one row more. */
#define LAYOUT_COLUMN 192
#define LAYOUT_ROW 34
#define LAYOUT_SIDE 24  /* left of the first column */
#define LAYOUT_TOP 14   /* above the first row */
#define LAYOUT_LANES 8 /* the last one is for assets of unknown level */
#define LAYOUT_NARROWEST 6 /* columns of a lane */
#define LAYOUT_NOWHERE UINT32_MAX

typedef struct
{
  const IsthAsset *asset;
  uint32_t index;                /* of the asset in the snapshot */
  uint32_t children, n_children; /* a run of LayoutPlan.order */
  uint32_t child_rows;
  uint32_t lane;
  uint64_t subnet;               /* key of its own group */
  uint64_t key;                  /* the same, or 0 when the group is too small for a block */
  uint32_t block;
  uint32_t column, row;          /* in the lane */
  uint32_t columns, rows;
  uint32_t links, n_links;       /* a run of LayoutPlan.peers */
  float rank;                    /* 0 … 1: where in its lane it would like to stand */
} LayoutCluster;

typedef struct
{
  const IsthSnapshot *snapshot;
  LayoutCluster *clusters; /* by id of the asset */
  uint32_t n_clusters;
  uint32_t *cluster_of;    /* by index of the asset in the snapshot */
  uint32_t *order;         /* indices of child assets, by cluster, in the order shown */
  uint32_t *peers;         /* indices of clusters linked with one another */
  uint32_t *sorted;        /* clusters by lane, block order, rank */
  GArray *blocks;          /* of IsthBlock */
  uint32_t columns;
  uint32_t lane_rows[LAYOUT_LANES];
} LayoutPlan;

extern const IsthLevel layout_levels[LAYOUT_LANES];

/* Finds clusters, lanes, groups and neighbours, and orders them so that linked ones stand near one another. */
void layout_plan_init (LayoutPlan *self, const IsthSnapshot *snapshot);
void layout_plan_clear (LayoutPlan *self);

/* What the group of @cluster is called. */
void layout_label (const LayoutCluster *cluster, char label[ISTH_LAYOUT_LABEL]);

/* Gives every cluster its block and its cell, for a grid of @columns columns. */
void layout_pack (LayoutPlan *self, uint32_t columns);

/* The same, but what @before placed stays if it can. */
void layout_keep (LayoutPlan *self, const IsthLayout *before);
