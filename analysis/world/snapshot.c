/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of kinds, levels, sides and severities, and looking up records by id. */
#include "analysis/world/snapshot.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *name;
  const char *title;
} kinds[ISTH_N_KINDS] = {
  [ISTH_KIND_UNKNOWN] = { "unknown", N_("Unknown") },
  [ISTH_KIND_PLC] = { "plc", N_("Controller (PLC)") },
  [ISTH_KIND_RTU] = { "rtu", N_("Remote terminal unit") },
  [ISTH_KIND_IED] = { "ied", N_("Protection device (IED)") },
  [ISTH_KIND_REMOTE_IO] = { "remote-io", N_("Remote I/O") },
  [ISTH_KIND_DRIVE] = { "drive", N_("Drive") },
  [ISTH_KIND_HMI] = { "hmi", N_("Operator panel (HMI)") },
  [ISTH_KIND_ENGINEERING_WORKSTATION] = { "engineering-workstation", N_("Engineering workstation") },
  [ISTH_KIND_HISTORIAN] = { "historian", N_("Historian") },
  [ISTH_KIND_SCADA_SERVER] = { "scada-server", N_("SCADA server") },
  [ISTH_KIND_OPC_SERVER] = { "opc-server", N_("OPC server") },
  [ISTH_KIND_PROTOCOL_GATEWAY] = { "protocol-gateway", N_("Protocol gateway") },
  [ISTH_KIND_MODULE] = { "module", N_("Module") },
  [ISTH_KIND_SWITCH] = { "switch", N_("Switch") },
  [ISTH_KIND_ROUTER] = { "router", N_("Router") },
  [ISTH_KIND_FIREWALL] = { "firewall", N_("Firewall") },
  [ISTH_KIND_WIRELESS] = { "wireless", N_("Wireless access point") },
  [ISTH_KIND_CAMERA] = { "camera", N_("Camera") },
  [ISTH_KIND_PRINTER] = { "printer", N_("Printer") },
  [ISTH_KIND_PHONE] = { "phone", N_("Telephone") },
  [ISTH_KIND_DOMAIN_CONTROLLER] = { "domain-controller", N_("Domain controller") },
  [ISTH_KIND_SERVER] = { "server", N_("Server") },
  [ISTH_KIND_WORKSTATION] = { "workstation", N_("Workstation") },
  [ISTH_KIND_LAPTOP] = { "laptop", N_("Laptop") },
  [ISTH_KIND_VIRTUAL_MACHINE] = { "virtual-machine", N_("Virtual machine") },
  [ISTH_KIND_TIME_SERVER] = { "time-server", N_("Time server") },
  [ISTH_KIND_SENSOR] = { "sensor", N_("Sensor") },
};

static const char *const side_names[] = { "unknown", "ot", "boundary", "it", "external" };
static const char *const severity_names[] = { "info", "low", "medium", "high", "critical" };
static const char *const severity_titles[] = { N_("Information"), N_("Low"), N_("Medium"), N_("High"), N_("Critical") };

const char *
isth_kind_name (IsthKind kind)
{
  g_return_val_if_fail (kind < ISTH_N_KINDS, "");
  return kinds[kind].name;
}

const char *
isth_kind_title (IsthKind kind)
{
  g_return_val_if_fail (kind < ISTH_N_KINDS, "");
  return kinds[kind].title;
}

IsthKind
isth_kind_from_name (const char *name)
{
  for (IsthKind kind = 0; kind < ISTH_N_KINDS; kind++)
    if (g_str_equal (kinds[kind].name, name))
      return kind;
  return ISTH_N_KINDS;
}

const char *
isth_level_name (IsthLevel level)
{
  switch (level)
    {
    case ISTH_LEVEL_0:
      return "0";
    case ISTH_LEVEL_1:
      return "1";
    case ISTH_LEVEL_2:
      return "2";
    case ISTH_LEVEL_3:
      return "3";
    case ISTH_LEVEL_DMZ:
      return "3.5";
    case ISTH_LEVEL_4:
      return "4";
    case ISTH_LEVEL_5:
      return "5";
    case ISTH_LEVEL_UNKNOWN:
      break;
    }
  return "unknown";
}

const char *
isth_side_name (IsthSide side)
{
  g_return_val_if_fail (side < G_N_ELEMENTS (side_names), "");
  return side_names[side];
}

const char *
isth_severity_name (IsthSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (severity_names), "");
  return severity_names[severity];
}

const char *
isth_severity_title (IsthSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (severity_titles), "");
  return severity_titles[severity];
}

const IsthAssetClaim *
isth_asset_get_claim (const IsthAsset *self,
                      IsthAttribute attribute)
{
  for (uint32_t i = 0; i < self->n_claims && self->claims[i].attribute <= attribute; i++)
    if (self->claims[i].attribute == attribute && self->claims[i].shown)
      return &self->claims[i];
  return NULL;
}

const char *
isth_asset_get (const IsthAsset *self,
                IsthAttribute attribute)
{
  const IsthAssetClaim *claim = isth_asset_get_claim (self, attribute);

  return claim ? claim->value : "";
}

IsthSnapshot *
isth_snapshot_ref (IsthSnapshot *self)
{
  return isth_record_ref (self);
}

void
isth_snapshot_unref (IsthSnapshot *self)
{
  isth_record_unref (self);
}

#define GUESSES 8 /* at most; ids that somebody has chosen to lie badly cost a binary search more */

/* Ids are hashes, so where one lies can be guessed: three or four looks instead of seventeen among a hundred thousand. */
static uint32_t
find_index (gpointer const *records,
            const uint64_t *ids,
            uint32_t n,
            uint64_t id)
{
  uint32_t low = 0, high = n;       /* it lies in [low, high) */
  uint64_t from = 0, to = UINT64_MAX; /* and in [from, to] */

  for (int step = 0; low < high; step++)
    {
      uint32_t middle = low + (high - low) / 2;
      uint64_t found;

      if (step < GUESSES)
        middle = low + (uint32_t) ((double) (id - from) / ((double) (to - from) + 1) * (high - low));
      middle = MIN (middle, high - 1);
      found = ids ? ids[middle] : isth_record_id (records[middle]);
      if (found == id)
        return middle;
      if (found < id)
        {
          low = middle + 1;
          from = found;
        }
      else
        {
          high = middle;
          to = found;
        }
    }
  return ISTH_NO_INDEX;
}

static gpointer
find_record (gpointer const *records,
             const uint64_t *ids,
             uint32_t n,
             uint64_t id)
{
  uint32_t index = find_index (records, ids, n, id);

  return index != ISTH_NO_INDEX ? records[index] : NULL;
}

uint32_t
isth_snapshot_find_asset (const IsthSnapshot *self,
                          uint64_t id)
{
  return find_index ((gpointer const *) self->assets, self->asset_ids, self->n_assets, id);
}

uint32_t
isth_snapshot_find_link (const IsthSnapshot *self,
                         uint64_t id)
{
  return find_index ((gpointer const *) self->links, NULL, self->n_links, id);
}

IsthAsset *
isth_snapshot_get_asset (const IsthSnapshot *self,
                         uint64_t id)
{
  return find_record ((gpointer const *) self->assets, self->asset_ids, self->n_assets, id);
}

IsthLink *
isth_snapshot_get_link (const IsthSnapshot *self,
                        uint64_t id)
{
  return find_record ((gpointer const *) self->links, NULL, self->n_links, id);
}

IsthAlert *
isth_snapshot_get_alert (const IsthSnapshot *self,
                         uint64_t id)
{
  return find_record ((gpointer const *) self->alerts, NULL, self->n_alerts, id);
}

IsthRemoteSession *
isth_snapshot_get_session (const IsthSnapshot *self,
                           uint64_t id)
{
  return find_record ((gpointer const *) self->sessions, NULL, self->n_sessions, id);
}

const char *
isth_session_end_name (IsthSessionEnd end)
{
  static const char *const names[ISTH_N_SESSION_ENDS] = { "open", "closed", "silent" };

  g_return_val_if_fail (end < ISTH_N_SESSION_ENDS, "");
  return names[end];
}

const char *
isth_session_shape_name (IsthSessionShape shape)
{
  static const char *const names[ISTH_N_SHAPES] = { "unknown", "interactive", "transfer" };

  g_return_val_if_fail (shape < ISTH_N_SHAPES, "");
  return names[shape];
}
