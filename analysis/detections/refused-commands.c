/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A device refuses command after command: a wrong program, a wrong device, or somebody who tries. */
#include <glib/gi18n-lib.h>

#include "analysis/detections/detection.h"

static void
evaluate (const IsthDetection *self,
          const IsthSnapshot *world,
          IsthAlertSink *sink)
{
  uint32_t verbs = 0;

  for (uint32_t verb = 0; verb < ISTH_N_OPS; verb++)
    verbs |= isth_op_is_notable (verb) && verb != ISTH_OP_AUTHENTICATE ? 1u << verb : 0; /* logins have a detection of their own */
  isth_alert_sink_raise_refused (sink, self, world, verbs);
}

static const char *const attack[] = { "T0855", "T0836", NULL };

const IsthDetection isth_detection_refused_commands = {
  .id = "refused-commands", /* stored in project files: never change it */
  .title = N_("Many refused commands"),
  .plant = N_("{subject} keeps refusing commands of {peer} ({detail}). What they are for does not happen."),
  .security = N_("{peer} sends commands that {subject} refuses ({detail}): misconfiguration or probing."),
  .process_severity = ISTH_SEVERITY_LOW,
  .cyber_severity = ISTH_SEVERITY_MEDIUM,
  .describe = isth_detection_describe_protocol,
  .attack = attack,
  .evaluate = evaluate,
};
