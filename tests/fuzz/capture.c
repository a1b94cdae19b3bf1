/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer target of the whole path: any bytes as a file, through readers, decoder, flows, dissectors, facts, world and detections. */
#include <glib.h>

#include "analysis/isthmus.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr(IsthSource) source = isth_source_open_memory (data, size, NULL);
  g_autoptr(IsthPipeline) pipeline = NULL;
  g_autoptr(IsthFacts) facts = NULL;
  g_autoptr(IsthWorld) world = NULL;
  g_autoptr(IsthSnapshot) snapshot = NULL;

  if (!source)
    return 0;
  pipeline = isth_pipeline_new ();
  facts = isth_facts_new ();
  world = isth_world_new ();
  isth_pipeline_run (pipeline, source, facts);
  isth_world_add_facts (world, facts);
  snapshot = isth_world_resolve (world, isth_detect, world);
  for (uint32_t i = 0; i < snapshot->n_links; i++)
    g_assert (isth_snapshot_get_asset (snapshot, snapshot->links[i]->from) && isth_snapshot_get_asset (snapshot, snapshot->links[i]->to));
  return 0;
}
