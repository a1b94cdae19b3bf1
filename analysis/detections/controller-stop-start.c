/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A controller was told to stop, start or change its mode. Nodes of a field bus are another matter: bus-restarted.c. */
#include <glib/gi18n-lib.h>

#include "analysis/detections/detection.h"

static void
evaluate (const IsthDetection *self,
          const IsthSnapshot *world,
          IsthAlertSink *sink)
{
  for (uint32_t i = 0; i < world->n_links; i++)
    for (uint32_t o = 0; o < world->links[i]->n_operations && world->links[i]->verbs & 1u << ISTH_OP_CONTROL; o++)
      {
        const IsthLinkOperation *operation = &world->links[i]->operations[o];

        if (operation->verb == ISTH_OP_CONTROL && operation->count > operation->refused && !isth_detection_is_bus (world->links[i]->protocol))
          isth_alert_sink_raise_operation (sink, self, world->links[i], operation, operation->name);
      }
}

static const char *const attack[] = { "T0858", "T0816", NULL };

const IsthDetection isth_detection_controller_stop_start = {
  .id = "controller-stop-start", /* stored in project files: never change it */
  .title = N_("Controller stopped, started or switched"),
  .plant = N_("{peer} commanded the operating state of {subject} ({detail}). Control of the process may have been interrupted."),
  .security = N_("{peer} sent a mode command to {subject} ({detail})."),
  .process_severity = ISTH_SEVERITY_HIGH,
  .cyber_severity = ISTH_SEVERITY_HIGH,
  .attack = attack,
  .evaluate = evaluate,
};
