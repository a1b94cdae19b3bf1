/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Login after login is refused: somebody guesses names or passwords, or a program has a wrong one. */
#include <glib/gi18n-lib.h>

#include "analysis/detections/detection.h"

static void
evaluate (const IsthDetection *self,
          const IsthSnapshot *world,
          IsthAlertSink *sink)
{
  isth_alert_sink_raise_refused (sink, self, world, 1u << ISTH_OP_AUTHENTICATE);
}

static const char *const attack[] = { "T0859", "T0812", NULL };

const IsthDetection isth_detection_login_guessing = {
  .id = "login-guessing", /* stored in project files: never change it */
  .title = N_("Many refused logins"),
  .plant = N_("{subject} keeps refusing logins of {peer} ({detail}). Either a program there has a wrong password, or somebody tries to get in."),
  .security = N_("{peer} fails to log in to {subject} again and again ({detail}): passwords are guessed, or stored wrongly."),
  .process_severity = ISTH_SEVERITY_LOW,
  .cyber_severity = ISTH_SEVERITY_HIGH,
  .describe = isth_detection_describe_protocol,
  .attack = attack,
  .evaluate = evaluate,
};
