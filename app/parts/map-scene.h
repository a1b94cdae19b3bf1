/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a snapshot to the scene of the map: what the worker of the map view does. No GTK calls but those of IsthScene; any thread. */
#pragma once

#include "analysis/isthmus.h"
#include "widgets/scene.h"

/**
 * IsthMapJob:
 *
 * All that the scene is made of, and what came of it. The flags are asked from the session on the main thread beforehand.
 * @before: the last layout, or NULL
 * @layout: given: it is @snapshot's already; NULL: to be made
 * @faded_assets, @faded_links: 1 for each that does not match the filter or the time window; NULL: all match
 * @severities: of each alert, under the wording in use
 * @scene, @layout, @edges: the result; @edges has for each link the index of the edge that it is a part of, or G_MAXUINT32
 */
typedef struct
{
  IsthSnapshot *snapshot;
  IsthLayout *before;
  guint8 *faded_assets, *faded_links, *severities;

  IsthLayout *layout;
  IsthScene *scene;
  guint32 *edges;
} IsthMapJob;

void isth_map_job_run (IsthMapJob *self);
void isth_map_job_free (IsthMapJob *self);

/* The symbolic icon of a sort of asset. */
const char *isth_map_icon (const IsthAsset *asset);
