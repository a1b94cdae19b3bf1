/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The master of a field bus took running nodes out of operation. When a bus starts, each of its nodes is led through its states, down and up again, which is
 * nothing to report; only what comes after a node was told to operate is, and that once for the whole bus. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/time.h"
#include "analysis/detections/detection.h"

static bool
begins_operation (const IsthLinkOperation *operation)
{
  return g_str_equal (operation->object, "OP") || g_str_has_prefix (operation->object, "OP, ") || g_str_has_prefix (operation->name, "nmt-start-node")
         || g_str_equal (operation->name, "start-node");
}

/* A command that only makes sense to a node that operates, whether its start was captured or not. */
static bool
ends_operation (const IsthLinkOperation *operation)
{
  return g_str_has_suffix (operation->name, "stop-node") || g_str_has_suffix (operation->name, "stop-nodes");
}

/* When the node was told to operate, for the first time. */
static bool
find_start (const IsthLink *link,
            int64_t *start)
{
  bool found = false;

  for (uint32_t o = 0; o < link->n_operations; o++)
    {
      const IsthLinkOperation *operation = &link->operations[o];

      if (operation->verb != ISTH_OP_CONTROL || !begins_operation (operation))
        continue;
      *start = found ? MIN (*start, operation->first) : operation->first;
      found = true;
    }
  return found;
}

static const IsthEvidence *
find_evidence (const IsthLinkOperation *operation,
               int64_t after)
{
  for (uint32_t e = 0; e < operation->n_events; e++)
    if (operation->events[e].evidence.time > after)
      return &operation->events[e].evidence;
  return &operation->evidence;
}

static void
evaluate_node (const IsthDetection *self,
               const IsthSnapshot *world,
               const IsthLink *link,
               IsthAlertSink *sink)
{
  const IsthAsset *node = isth_snapshot_get_asset (world, link->to);
  int64_t start = ISTH_NO_TIME;
  bool started = find_start (link, &start);

  if (!node)
    return;
  for (uint32_t o = 0; o < link->n_operations; o++)
    {
      const IsthLinkOperation *operation = &link->operations[o];

      bool late = started && operation->last > start;

      if (operation->verb == ISTH_OP_CONTROL && !begins_operation (operation) && (late || ends_operation (operation)))
        {
          isth_alert_sink_raise (sink, self, link->from, 0, node->name, 1, late ? find_evidence (operation, start) : &operation->evidence);
          return;
        }
    }
}

static void
evaluate (const IsthDetection *self,
          const IsthSnapshot *world,
          IsthAlertSink *sink)
{
  for (uint32_t i = 0; i < world->n_links; i++)
    if (world->links[i]->verbs & 1u << ISTH_OP_CONTROL && isth_detection_is_bus (world->links[i]->protocol))
      evaluate_node (self, world, world->links[i], sink);
}

static const char *const attack[] = { "T0816", NULL };

const IsthDetection isth_detection_bus_restarted = {
  .id = "bus-restarted", /* stored in project files: never change it */
  .title = N_("Field bus stopped or restarted"),
  .plant = N_("{subject} took running nodes of its field bus out of operation ({detail}). What they drive stands still until they operate again."),
  .security = N_("{subject} sent running field bus nodes out of operation ({detail})."),
  .process_severity = ISTH_SEVERITY_MEDIUM,
  .cyber_severity = ISTH_SEVERITY_MEDIUM,
  .lists = true,
  .attack = attack,
  .evaluate = evaluate,
};
