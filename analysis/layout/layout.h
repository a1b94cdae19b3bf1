/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the assets of a snapshot stand on the map. Pure functions of a snapshot: any thread, no GTK. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "analysis/world/snapshot.h"

/* Room of one asset, and of a module or child device, in map units: one unit is one CSS pixel at zoom 1. */
#define ISTH_LAYOUT_NODE_WIDTH 160
#define ISTH_LAYOUT_NODE_HEIGHT 44
#define ISTH_LAYOUT_SMALL_WIDTH 136
#define ISTH_LAYOUT_SMALL_HEIGHT 26

typedef struct
{
  uint64_t id;    /* of the asset */
  float x, y;     /* centre */
  uint32_t lane;  /* index */
  uint32_t block; /* index */
  bool small;     /* stands under its rack or gateway */
} IsthPlace;

/* A Purdue level on the map. */
typedef struct
{
  IsthLevel level;
  float x, y, width, height;
  uint32_t count; /* of assets, children included */
} IsthLane;

#define ISTH_LAYOUT_LABEL 64

/* Assets of a lane that belong together: a subnet, or what lies behind one router. */
typedef struct
{
  uint64_t key;                  /* which group; 0: what belongs to none */
  char label[ISTH_LAYOUT_LABEL]; /* "10.1.2.0/24"; "" for key 0 */
  float x, y, width, height;
  uint32_t lane;                 /* index */
  uint32_t count;                /* of assets, children not included */
  uint32_t column, row, columns, rows; /* the same on the grid of its lane */
} IsthBlock;

typedef struct
{
  IsthRecord record;
  IsthPlace *places; /* sorted by id */
  uint32_t n_places;
  IsthLane *lanes;   /* external, 4, 3.5, 3, 2, 1, 0 from top to bottom; then "unknown" if anything is there */
  uint32_t n_lanes;
  IsthBlock *blocks; /* they do not overlap */
  uint32_t n_blocks;
  float boundary;    /* y of the IT/OT boundary: the lower edge of the DMZ, where the plant begins */
  float width, height;
  uint32_t columns;  /* of the grid of every lane */
  uint32_t basis;    /* how many assets (children not included) it had when it was last made from nothing */
} IsthLayout;

/**
 * isth_layout_purdue:
 * @before: the last layout, or NULL
 *
 * Lanes by level, IT above, OT below; within a lane by subnet, then neighbours near one another; modules under their rack. The whole
 * has about the shape of a window, 3:2. O(n log n).
 *
 * Assets that @before placed in the same lane and group keep their place in the lane, new ones take free room, and a lane grows
 * downwards when there is none. When the number of assets has doubled or halved since the last fresh layout, all is laid out anew.
 *
 * Returns: to be freed with isth_record_unref()
 */
IsthLayout *isth_layout_purdue (const IsthSnapshot *snapshot, const IsthLayout *before);

/* By id, or NULL; lent by the layout. */
const IsthPlace *isth_layout_get_place (const IsthLayout *self, uint64_t id);
