/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A made-up site. */
#include "tests/helpers/plant.h"

#define CELL 14 /* assets of one cell of the plant */

typedef struct
{
  GPtrArray *assets, *links, *alerts;
  GRand *rand;
} Making;

typedef struct
{
  const char *name, *vendor, *model;
  IsthKind kind;
  IsthLevel level;
} Type;

static const Type office[] = {
  { "office-pc", "Dell", "OptiPlex 7010", ISTH_KIND_WORKSTATION, ISTH_LEVEL_4 },
  { "laptop", "Lenovo", "ThinkPad T14", ISTH_KIND_LAPTOP, ISTH_LEVEL_4 },
  { "printer", "HP", "LaserJet M507", ISTH_KIND_PRINTER, ISTH_LEVEL_4 },
  { "erp-server", "Dell", "PowerEdge R650", ISTH_KIND_SERVER, ISTH_LEVEL_4 },
  { "dc", "Microsoft", "Windows Server 2019", ISTH_KIND_DOMAIN_CONTROLLER, ISTH_LEVEL_4 },
};

static const Type cell[] = {
  { "hmi", "Siemens", "TP1200 Comfort", ISTH_KIND_HMI, ISTH_LEVEL_2 },
  { "plc", "Siemens", "CPU 1516-3 PN/DP", ISTH_KIND_PLC, ISTH_LEVEL_1 },
  { "plc", "Rockwell Automation", "1756-L83E", ISTH_KIND_PLC, ISTH_LEVEL_1 },
  { "io", "WAGO", "750-375", ISTH_KIND_REMOTE_IO, ISTH_LEVEL_0 },
  { "drive", "SEW-EURODRIVE", "MOVIDRIVE", ISTH_KIND_DRIVE, ISTH_LEVEL_0 },
  { "drive", "ABB", "ACS880", ISTH_KIND_DRIVE, ISTH_LEVEL_0 },
  { "switch", "Hirschmann", "RS20", ISTH_KIND_SWITCH, ISTH_LEVEL_2 },
};

static void
clear_asset (gpointer data)
{
  IsthAsset *self = data;

  g_free ((char *) self->name);
  for (uint32_t i = 0; i < self->n_interfaces; i++)
    g_free (self->interfaces[i].ips);
  g_free (self->interfaces);
  g_free (self->claims);
}

static void
clear_plant (gpointer data)
{
  IsthSnapshot *self = data;

  for (uint32_t i = 0; i < self->n_assets; i++)
    isth_record_unref (self->assets[i]);
  for (uint32_t i = 0; i < self->n_links; i++)
    isth_record_unref (self->links[i]);
  for (uint32_t i = 0; i < self->n_alerts; i++)
    isth_record_unref (self->alerts[i]);
  g_free (self->assets);
  g_free (self->links);
  g_free (self->alerts);
}

static IsthAsset *
add_asset (Making     *making,
           const Type *type,
           uint32_t    subnet)
{
  IsthAsset *asset = isth_record_new (sizeof *asset, clear_asset);
  uint32_t number = making->assets->len + 1;
  bool identified = type->vendor && g_rand_int_range (making->rand, 0, 5) > 0;

  asset->id = number * 16;
  asset->name = g_strdup_printf ("%s-%u", type->name, number);
  asset->kind = type->kind;
  asset->level = type->level;
  asset->side = type->level >= ISTH_LEVEL_4 ? ISTH_SIDE_IT : ISTH_SIDE_OT;
  asset->behind = "";
  asset->n_interfaces = 1;
  asset->interfaces = g_new0 (IsthInterface, 1);
  asset->interfaces->n_ips = 1;
  asset->interfaces->ips = g_new0 (IsthAddress, 1);
  if (type->level == ISTH_LEVEL_5)
    *asset->interfaces->ips = isth_address_ipv4 ((const uint8_t[]) { 81, (uint8_t) (number >> 8), (uint8_t) number, 7 });
  else
    *asset->interfaces->ips = isth_address_ipv4 ((const uint8_t[]) { 10, (uint8_t) (subnet >> 8), (uint8_t) subnet, (uint8_t) (number % 250 + 1) });
  if (identified)
    {
      asset->n_claims = 2;
      asset->claims = g_new0 (IsthAssetClaim, 2);
      asset->claims[0] = (IsthAssetClaim) { .attribute = ISTH_ATTRIBUTE_VENDOR, .value = type->vendor, .shown = true, .confidence = 90 };
      asset->claims[1] = (IsthAssetClaim) { .attribute = ISTH_ATTRIBUTE_MODEL, .value = type->model, .shown = true, .confidence = 90 };
    }
  asset->first = g_rand_int_range (making->rand, 0, 1000) * G_GINT64_CONSTANT (1000000000);
  asset->last = asset->first + G_GINT64_CONSTANT (600000000000);
  g_ptr_array_add (making->assets, asset);
  return asset;
}

static void
add_link (Making          *making,
          const IsthAsset *from,
          const IsthAsset *to,
          const char      *protocol,
          IsthOp           verb)
{
  IsthLink *link = isth_record_new (sizeof *link, NULL);

  link->id = making->links->len + 1;
  link->from = from->id;
  link->to = to->id;
  link->protocol = protocol;
  link->proof = verb == ISTH_OP_OTHER ? 0 : 2;
  link->verbs = 1u << verb;
  link->crossing = (from->level >= ISTH_LEVEL_4) != (to->level >= ISTH_LEVEL_4);
  g_ptr_array_add (making->links, link);
}

static void
add_alert (Making          *making,
           const IsthAsset *subject,
           IsthSeverity     severity)
{
  IsthAlert *alert = isth_record_new (sizeof *alert, NULL);

  alert->id = making->alerts->len + 1;
  alert->title = "Made up";
  alert->detail = alert->said = alert->plant_form = alert->security_form = alert->subject_name = alert->peer_name = "";
  alert->subject = subject->id;
  alert->process_severity = alert->cyber_severity = severity;
  alert->first = alert->last = subject->first;
  g_ptr_array_add (making->alerts, alert);
}

static void
add_cell (Making          *making,
          const IsthAsset *server,
          uint32_t         number,
          uint32_t         n)
{
  static const IsthOp verbs[] = { ISTH_OP_READ, ISTH_OP_READ, ISTH_OP_WRITE, ISTH_OP_SUBSCRIBE };
  static const Type module = { "slot", NULL, NULL, ISTH_KIND_MODULE, ISTH_LEVEL_0 };
  IsthAsset *hmi = NULL, *plc = NULL;

  for (uint32_t i = 0; i < n; i++)
    {
      const Type *type = &cell[i < 3 ? i : (uint32_t) g_rand_int_range (making->rand, 3, G_N_ELEMENTS (cell))];
      IsthAsset *asset = add_asset (making, type, 256 + number);

      if (type->kind == ISTH_KIND_HMI)
        {
          hmi = asset;
          add_link (making, server, hmi, "opcua", ISTH_OP_SUBSCRIBE);
        }
      else if (type->kind == ISTH_KIND_PLC)
        {
          plc = asset;
          add_link (making, hmi, plc, "s7comm", verbs[g_rand_int_range (making->rand, 0, 4)]);
          add_link (making, server, plc, "s7comm", ISTH_OP_READ);
          if (i == 2 && number % 3 == 0)
            for (uint32_t slot = 0; slot < 4; slot++)
              {
                IsthAsset *child = add_asset (making, &module, 256 + number);

                child->parent = plc->id;
                child->interfaces->n_ips = 0;
              }
        }
      else if (plc)
        add_link (making, plc, asset, "modbus", type->kind == ISTH_KIND_SWITCH ? ISTH_OP_OTHER : ISTH_OP_WRITE);
      if (g_rand_int_range (making->rand, 0, 40) == 0)
        add_alert (making, asset, (IsthSeverity) g_rand_int_range (making->rand, 0, 5));
    }
}

static void
steal (GPtrArray *array,
       gpointer  *data,
       uint32_t  *n)
{
  *n = array->len;
  *data = g_ptr_array_free (array, FALSE);
}

IsthSnapshot *
plant_new (uint32_t n,
           uint32_t seed)
{
  static const Type historian = { "historian", "AVEVA", "Historian 2020", ISTH_KIND_HISTORIAN, ISTH_LEVEL_DMZ };
  static const Type scada = { "scada", "Siemens", "WinCC 7.5", ISTH_KIND_SCADA_SERVER, ISTH_LEVEL_3 };
  static const Type es = { "eng-station", "Siemens", "TIA Portal V18", ISTH_KIND_ENGINEERING_WORKSTATION, ISTH_LEVEL_3 };
  static const Type remote = { "vendor-remote", NULL, NULL, ISTH_KIND_UNKNOWN, ISTH_LEVEL_5 };
  static const Type unknown = { "host", NULL, NULL, ISTH_KIND_UNKNOWN, ISTH_LEVEL_UNKNOWN };
  IsthSnapshot *self = isth_record_new (sizeof *self, clear_plant);
  Making making = { g_ptr_array_new (), g_ptr_array_new (), g_ptr_array_new (), g_rand_new_with_seed (seed) };
  IsthAsset *dmz = NULL, *server = NULL;
  uint32_t number = 0;

  if (n > 0)
    dmz = add_asset (&making, &historian, 35);
  if (n > 1)
    {
      server = add_asset (&making, &scada, 30);
      add_link (&making, dmz, server, "opcua", ISTH_OP_READ);
    }
  while (making.assets->len < n)
    {
      uint32_t left = n - making.assets->len;

      if (number % 24 == 0 && left > 2)
        {
          server = add_asset (&making, number ? &es : &scada, 30 + number / 24);
          add_link (&making, dmz, server, "opcua", ISTH_OP_READ);
          add_link (&making, add_asset (&making, &remote, 0), server, "rdp", ISTH_OP_CONTROL);
        }
      add_cell (&making, server, number, MIN (CELL - 6 + number % 7, left));
      for (uint32_t i = 0; i < 4 && making.assets->len < n; i++)
        {
          IsthAsset *asset = add_asset (&making, &office[(number + i) % G_N_ELEMENTS (office)], 4 + number / 12);

          if ((number + i) % 5 == 0)
            add_link (&making, asset, dmz, "https", ISTH_OP_READ);
        }
      if (number % 8 == 1 && making.assets->len < n)
        add_link (&making, add_asset (&making, &unknown, 77), server, "", ISTH_OP_OTHER);
      number++;
    }
  g_rand_free (making.rand);
  steal (making.assets, (gpointer *) &self->assets, &self->n_assets);
  steal (making.links, (gpointer *) &self->links, &self->n_links);
  steal (making.alerts, (gpointer *) &self->alerts, &self->n_alerts);
  return self;
}

IsthSnapshot *
plant_without (const IsthSnapshot *plant,
               uint32_t            skip)
{
  IsthSnapshot *self = isth_record_new (sizeof *self, clear_plant);

  self->assets = g_new0 (IsthAsset *, plant->n_assets + 1);
  for (uint32_t i = 0; i < plant->n_assets; i++)
    if (i != skip)
      self->assets[self->n_assets++] = isth_record_ref (plant->assets[i]);
  self->links = g_new0 (IsthLink *, plant->n_links + 1);
  for (uint32_t i = 0; i < plant->n_links; i++)
    self->links[self->n_links++] = isth_record_ref (plant->links[i]);
  return self;
}
