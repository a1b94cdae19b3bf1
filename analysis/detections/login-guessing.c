/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Login after login is refused: somebody guesses names or passwords, or a program has a wrong one. */
#include <glib/gi18n-lib.h>

#include "analysis/detections/detection.h"

#define REFUSED_MIN 10

static void
evaluate (const IsthDetection *self,
          const IsthSnapshot *world,
          IsthAlertSink *sink)
{
  for (uint32_t i = 0; i < world->n_links; i++)
    {
      const IsthLink *link = world->links[i];
      const IsthLinkOperation *first = NULL;
      uint64_t refused = 0;

      for (uint32_t o = 0; o < link->n_operations && link->verbs & 1u << ISTH_OP_AUTHENTICATE; o++)
        {
          const IsthLinkOperation *operation = &link->operations[o];

          if (operation->verb != ISTH_OP_AUTHENTICATE || operation->refused == 0)
            continue;
          refused += operation->refused;
          if (!first || operation->first < first->first)
            first = operation;
        }
      if (refused >= REFUSED_MIN)
        isth_alert_sink_raise (sink, self, link->to, link->from, link->protocol, refused, &first->evidence);
    }
}

static const char *const attack[] = { "T0859", "T0812", NULL };

const IsthDetection isth_detection_login_guessing = {
  .id = "login-guessing", /* stored in project files: never change it */
  .title = N_("Many refused logins"),
  .plant = N_("{subject} keeps refusing logins of {peer} ({detail}). Either a program there has a wrong password, or somebody tries to get in."),
  .security = N_("{peer} fails to log in to {subject} again and again ({detail}): passwords are guessed, or stored wrongly."),
  .process_severity = ISTH_SEVERITY_LOW,
  .cyber_severity = ISTH_SEVERITY_HIGH,
  .attack = attack,
  .evaluate = evaluate,
};
