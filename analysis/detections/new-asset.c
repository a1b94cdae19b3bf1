/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An asset appeared after the learning time. External addresses come and go, modules show themselves when somebody asks: neither is news. */
#include <glib/gi18n-lib.h>

#include "analysis/detections/detection.h"

/* The first bytes that say something about it. */
static IsthEvidence
first_evidence (const IsthSnapshot *world,
                const IsthAsset *asset)
{
  IsthEvidence first = isth_detection_evidence_at (world, asset->first);

  for (uint32_t i = 0; i < asset->n_claims; i++)
    if (asset->claims[i].evidence.frame && (first.frame == 0 || asset->claims[i].evidence.time < first.time))
      first = asset->claims[i].evidence;
  for (uint32_t i = 0; i < asset->n_bindings; i++)
    if (asset->bindings[i].evidence.frame && (first.frame == 0 || asset->bindings[i].evidence.time < first.time))
      first = asset->bindings[i].evidence;
  return first;
}

static void
evaluate (const IsthDetection *self,
          const IsthSnapshot *world,
          IsthAlertSink *sink)
{
  for (uint32_t i = 0; i < world->n_assets; i++)
    {
      const IsthAsset *asset = world->assets[i];
      IsthEvidence evidence;

      if (asset->parent || asset->silent || asset->side == ISTH_SIDE_EXTERNAL || !isth_detection_is_late (world, asset->first))
        continue;
      evidence = first_evidence (world, asset);
      isth_alert_sink_raise (sink, self, asset->id, 0, NULL, 1, &evidence);
    }
}

static const char *const attack[] = { "T0864", "T0848", NULL };

const IsthDetection isth_detection_new_asset = {
  .id = "new-asset", /* stored in project files: never change it */
  .title = N_("New asset"),
  .plant = N_("{subject} appeared in the plant after everything else was known."),
  .security = N_("{subject} was not on the network during the learning time: a new, moved or rogue device."),
  .process_severity = ISTH_SEVERITY_LOW,
  .cyber_severity = ISTH_SEVERITY_MEDIUM,
  .attack = attack,
  .evaluate = evaluate,
};
