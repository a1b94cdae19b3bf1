/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the assets of a snapshot stand on the map. Pure functions of a snapshot: any thread, no GTK. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "analysis/world/snapshot.h"

typedef struct
{
  uint64_t id;   /* of the asset */
  float x, y;    /* centre, in map units: one unit is one CSS pixel at zoom 1 */
  uint32_t lane; /* index */
} IsthPlace;

/* A Purdue level on the map, or a group in it. */
typedef struct
{
  IsthLevel level;
  float x, y, width, height;
  uint32_t count;
} IsthLane;

typedef struct
{
  IsthRecord record;
  IsthPlace *places; /* sorted by id */
  uint32_t n_places;
  IsthLane *lanes;   /* from top (external) to bottom (level 0) */
  uint32_t n_lanes;
  float boundary;    /* y of the IT/OT boundary line */
  float width, height;
} IsthLayout;

/**
 * isth_layout_purdue:
 * @before: the last layout, or NULL: assets that it placed in the same lane keep their place as far as possible
 *
 * Lanes by level, IT above, OT below; within a lane by subnet, then neighbours near one another; modules beside their rack. O(n log n).
 */
IsthLayout *isth_layout_purdue (const IsthSnapshot *snapshot, const IsthLayout *before);
