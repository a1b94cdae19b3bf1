/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Traffic between the office or the outside and the plant, once for each pair and service. Attempts that nobody answered are not. */
#include <glib/gi18n-lib.h>

#include "analysis/detections/detection.h"

/* The device of which @id is a module or a unit: what goes there goes to the device. */
static uint64_t
find_root (const IsthSnapshot *world,
           uint64_t id)
{
  const IsthAsset *asset = isth_snapshot_get_asset (world, id);

  while (asset && asset->parent)
    {
      id = asset->parent;
      asset = isth_snapshot_get_asset (world, id);
    }
  return id;
}

static void
evaluate (const IsthDetection *self,
          const IsthSnapshot *world,
          IsthAlertSink *sink)
{
  for (uint32_t i = 0; i < world->n_links; i++)
    {
      const IsthLink *link = world->links[i];
      const IsthAsset *from = link->crossing ? isth_snapshot_get_asset (world, link->from) : NULL;
      g_autofree char *service = NULL;
      IsthEvidence evidence;
      uint64_t inside;
      bool inwards;

      if (!from || (link->n_operations == 0 && (link->packets[0] == 0 || link->packets[1] == 0)))
        continue;
      evidence = isth_detection_evidence_at (world, link->first);
      if (from->first_sight.frame && from->first == link->first)
        evidence = isth_sight_as_evidence (&from->first_sight);
      for (uint32_t o = 0; o < link->n_operations; o++)
        if (o == 0 || link->operations[o].evidence.time < evidence.time)
          evidence = link->operations[o].evidence;
      inwards = from->side != ISTH_SIDE_OT;
      inside = find_root (world, inwards ? link->to : link->from);
      service = isth_detection_name_service (link);
      isth_alert_sink_raise (sink, self, inside, inwards ? link->from : link->to, service, link->flows, &evidence);
    }
}

static const char *const attack[] = { "T0886", "T0883", NULL };

const IsthDetection isth_detection_boundary_crossing = {
  .id = "boundary-crossing", /* stored in project files: never change it */
  .title = N_("IT/OT boundary crossed"),
  .plant = N_("{peer}, from outside the plant, and {subject} talk directly ({detail})."),
  .security = N_("{peer} talks with {subject} across the IT/OT boundary ({detail}), without anything in between."),
  .process_severity = ISTH_SEVERITY_LOW,
  .cyber_severity = ISTH_SEVERITY_HIGH,
  .describe = isth_detection_describe_service,
  .attack = attack,
  .evaluate = evaluate,
};
