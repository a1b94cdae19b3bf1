/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody outside holds a session with a host on the boundary, and in that time this host begins to talk to the plant. Nothing in the frames ties the
 * two together, so the sentence says "probably". */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/detections/detection.h"

#define AHEAD 8            /* assets that are on their way from memory */
#define THROUGH "through " /* and a name: the detail, the same in every language */

static const IsthAsset *
find_root (const IsthSnapshot *world,
           uint64_t id)
{
  const IsthAsset *asset = isth_snapshot_get_asset (world, id);

  for (int depth = 0; asset && asset->parent && depth < 64; depth++)
    asset = isth_snapshot_get_asset (world, asset->parent);
  return asset;
}

static bool
is_answered (const IsthLink *link)
{
  return link->packets[0] > 0 && link->packets[1] > link->flows;
}

/* @from … @to over @link, as one step of the path. */
static void
follow (const IsthDetection *self,
        const IsthSnapshot *world,
        const IsthLink *outer,
        const IsthAsset *host,
        IsthAlertSink *sink)
{
  for (uint32_t i = 0; i < world->n_links; i++)
    {
      const IsthLink *inner = world->links[i];
      const IsthAsset *target = inner->from == host->id ? find_root (world, inner->to) : NULL;
      IsthEvidence evidence;
      g_autofree char *detail = NULL;

      if (!target || target->side != ISTH_SIDE_OT || inner->first < outer->first || inner->first > outer->last ||
          (inner->n_operations == 0 && !is_answered (inner)) || inner->transport == 0)
        continue;
      evidence = inner->n_operations ? inner->operations[0].evidence : isth_detection_evidence_at (world, inner->first);
      for (uint32_t o = 1; o < inner->n_operations; o++)
        if (inner->operations[o].evidence.time < evidence.time)
          evidence = inner->operations[o].evidence;
      detail = g_strconcat (THROUGH, host->name, NULL);
      isth_alert_sink_raise (sink, self, target->id, outer->from, detail, inner->to == target->id, &evidence);
    }
}

static bool
is_between (const IsthAsset *asset)
{
  return asset->side == ISTH_SIDE_BOUNDARY && asset->level == ISTH_LEVEL_DMZ;
}

/* Few networks have a host there; then no link need be looked at. */
static bool
has_between (const IsthSnapshot *world)
{
  for (uint32_t i = 0; i < world->n_assets; i++)
    {
      if (i + AHEAD < world->n_assets)
        __builtin_prefetch (&world->assets[i + AHEAD]->level_by_person); /* it lies beside its side and its level */
      if (is_between (world->assets[i]))
        return true;
    }
  return false;
}

static void
evaluate (const IsthDetection *self,
          const IsthSnapshot *world,
          IsthAlertSink *sink)
{
  if (!has_between (world))
    return;
  for (uint32_t i = 0; i < world->n_links; i++)
    {
      const IsthLink *outer = world->links[i];
      const IsthAsset *from = is_answered (outer) ? isth_snapshot_get_asset (world, outer->from) : NULL;
      const IsthAsset *host = from && from->side == ISTH_SIDE_EXTERNAL ? isth_snapshot_get_asset (world, outer->to) : NULL;

      if (host && is_between (host))
        follow (self, world, outer, host, sink);
    }
}

static char *
describe (const char *detail)
{
  return g_strdup_printf (_("through %s"), detail + strlen (THROUGH));
}

static const char *const attack[] = { "T0822", "T0886", NULL };

const IsthDetection isth_detection_remote_path = {
  .id = "remote-path", /* stored in project files: never change it */
  .title = N_("Remote access into the plant"),
  .plant = N_("{peer}, from outside, probably works on {subject} {detail}."),
  .security = N_("While {peer} held a session from outside, traffic to {subject} began {detail}: probably one remote session."),
  .process_severity = ISTH_SEVERITY_MEDIUM,
  .cyber_severity = ISTH_SEVERITY_HIGH,
  .describe = describe,
  .attack = attack,
  .evaluate = evaluate,
};
