/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scene for tests: rows of ten cards, 200 × 100 apart, ids from 1; each has an edge to the one below it. */
#pragma once

#include "widgets/scene.h"

static inline IsthScene *
grid_scene_new (guint n)
{
  IsthScene *scene = isth_scene_new ();

  scene->nodes = g_new0 (IsthSceneNode, n + 1);
  scene->edges = g_new0 (IsthSceneEdge, n + 1);
  scene->n_nodes = n;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *label = g_strdup_printf ("node %u", i + 1);

      scene->nodes[i] = (IsthSceneNode) {
        .id = i + 1,
        .x = (float) (i % 10) * 200 + 100,
        .y = (float) (i / 10) * 100 + 50,
        .label = g_string_chunk_insert (scene->strings, label),
        .sublabel = "",
        .group = ISTH_SCENE_NO_GROUP,
      };
      if (i + 10 < n)
        scene->edges[scene->n_edges++] = (IsthSceneEdge) { .id = i + 1, .from = i, .to = i + 10, .action = ISTH_SCENE_READ, .label = "modbus" };
    }
  scene->bounds = GRAPHENE_RECT_INIT (0, 0, 2000, (float) ((n + 9) / 10) * 100);
  return scene;
}
