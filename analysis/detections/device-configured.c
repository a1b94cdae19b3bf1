/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A device was given a name, an address or a setting, not by a controller: those do so at every start. */
#include <glib/gi18n-lib.h>

#include "analysis/detections/detection.h"

static void
evaluate (const IsthDetection *self,
          const IsthSnapshot *world,
          IsthAlertSink *sink)
{
  for (uint32_t i = 0; i < world->n_links; i++)
    {
      const IsthLink *link = world->links[i];
      const IsthAsset *from = link->verbs & 1u << ISTH_OP_CONFIGURE ? isth_snapshot_get_asset (world, link->from) : NULL;

      for (uint32_t o = 0; o < link->n_operations && from && from->kind != ISTH_KIND_PLC; o++)
        if (link->operations[o].verb == ISTH_OP_CONFIGURE && link->operations[o].count > link->operations[o].refused)
          isth_alert_sink_raise_operation (sink, self, link, &link->operations[o], link->operations[o].name);
    }
}

static const char *const attack[] = { "T0836", NULL };

const IsthDetection isth_detection_device_configured = {
  .id = "device-configured", /* stored in project files: never change it */
  .title = N_("Device configured"),
  .plant = N_("{peer} changed settings of {subject} ({detail}). A wrong name or address takes it out of the process."),
  .security = N_("{peer} reconfigured {subject} ({detail})."),
  .process_severity = ISTH_SEVERITY_MEDIUM,
  .cyber_severity = ISTH_SEVERITY_MEDIUM,
  .attack = attack,
  .evaluate = evaluate,
};
