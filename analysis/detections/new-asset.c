/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An asset spoke that was not there in the learning time. External addresses come and go, modules show themselves when somebody asks, and a router
 * that only carried what others sent was there before: none of them is news. */
#include <glib/gi18n-lib.h>

#include "analysis/detections/detection.h"

static void
evaluate (const IsthDetection *self,
          const IsthSnapshot *world,
          IsthAlertSink *sink)
{
  for (uint32_t i = 0; i < world->n_assets; i++)
    {
      const IsthAsset *asset = world->assets[i];
      IsthEvidence evidence = isth_sight_as_evidence (&asset->first_sight);

      isth_detection_prefetch_asset (world, i);
      if (asset->parent || asset->packets_sent == 0 || asset->side == ISTH_SIDE_EXTERNAL || !isth_detection_is_late (world, asset->first))
        continue;
      if (evidence.frame == 0)
        evidence = isth_detection_evidence_at (world, asset->first);
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
