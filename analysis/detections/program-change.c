/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logic or firmware went to a controller: one alert for a transfer, however many blocks and functions it took. Refused attempts belong to refused-commands. */
#include <glib/gi18n-lib.h>

#include "analysis/detections/detection.h"

static void
evaluate (const IsthDetection *self,
          const IsthSnapshot *world,
          IsthAlertSink *sink)
{
  const uint32_t verbs = 1u << ISTH_OP_PROGRAM | 1u << ISTH_OP_FIRMWARE;

  for (uint32_t i = 0; i < world->n_links; i++)
    for (uint32_t o = 0; o < world->links[i]->n_operations && world->links[i]->verbs & verbs; o++)
      {
        const IsthLinkOperation *operation = &world->links[i]->operations[o];
        g_autofree char *what = NULL;

        if ((operation->verb != ISTH_OP_PROGRAM && operation->verb != ISTH_OP_FIRMWARE) || operation->count <= operation->refused)
          continue;
        what = *operation->object ? g_strdup_printf ("%s %s", operation->name, operation->object) : g_strdup (operation->name);
        isth_alert_sink_raise_operation (sink, self, world->links[i], operation, what);
      }
}

static const char *const attack[] = { "T0843", "T0857", "T0889", NULL };

const IsthDetection isth_detection_program_change = {
  .id = "program-change", /* stored in project files: never change it */
  .title = N_("Controller program changed"),
  .plant = N_("{peer} changed the program of {subject} ({detail}). The process may behave in another way from now on."),
  .security = N_("{peer} wrote logic or firmware to {subject} ({detail})."),
  .process_severity = ISTH_SEVERITY_HIGH,
  .cyber_severity = ISTH_SEVERITY_HIGH,
  .lists = true,
  .attack = attack,
  .evaluate = evaluate,
};
