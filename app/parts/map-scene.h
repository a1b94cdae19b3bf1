/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a snapshot to the scene of the map: what the worker of the map view does. No GTK calls but those of IsthScene; any thread. */
#pragma once

#include "app/session.h"
#include "widgets/scene-index.h"

/**
 * IsthMapJob:
 *
 * All that the scene is made of, and what came of it.
 * @query: counted: what does not match it is faded
 * @wording: whose severities count
 * @before: the last layout, or NULL
 * @pins: see isth_topology_copy_pins()
 * @layout: given: it is @snapshot's already; NULL: to be made
 * @matching: how many assets match
 * @index, @layout, @edges: the result; @edges has for each link the index of the edge that it is a part of, or G_MAXUINT32
 */
typedef struct
{
  IsthSnapshot *snapshot;
  IsthQuery *query;
  IsthWording wording;
  IsthLayout *before;
  GHashTable *pins;
  guint pin_changes;

  guint matching;
  guint8 *faded_assets, *faded_links; /* NULL: all match */
  IsthLayout *layout;
  IsthScene *scene;
  IsthSceneIndex *index;
  guint32 *edges;
} IsthMapJob;

void isth_map_job_run (IsthMapJob *self);
void isth_map_job_free (IsthMapJob *self);
