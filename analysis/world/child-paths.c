/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The path of a device inside or behind another one as people say it: "s7-slot:0/2" is slot 0.2. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/world/snapshot.h"

static const struct
{
  const char *scheme;
  const char *words; /* one %s: what follows the scheme */
} paths[] = {
  { "bacnet-net:", N_("BACnet address %s") }, /* network.address */
  { "bsap-node:", N_("BSAP node %s") },
  { "c1222-ap:", N_("node %s") },
  { "c37118-pmu:", N_("unit %s") },
  { "cip-port:", N_("port %s") },
  { "cip-slot:", N_("slot %s") },
  { "dlms-meter:", N_("meter %s") },
  { "dlms-sap:", N_("logical device %s") },
  { "dnp3-address:", N_("DNP3 address %s") },
  { "ethercat-slave:", N_("EtherCAT station %s") },
  { "ff-h1:", N_("H1 node %s") },
  { "fins-node:", N_("FINS node %s") },
  { "fins-unit:", N_("FINS unit %s") },
  { "genisys-address:", N_("location %s") },
  { "hart-poll:", N_("HART polling address %s") },
  { "hart:", N_("HART device %s") },
  { "iec104-ca:", N_("station %s") },
  { "ipmi-fru:", N_("replaceable unit %s") },
  { "ipmi-ipmb:", N_("controller %s") },
  { "knx:", N_("KNX device %s") },
  { "lontalk:", N_("LonTalk node %s") },
  { "melsec-cpu:", N_("CPU %s") },
  { "melsec-multidrop:", N_("multidrop station %s") },
  { "melsec-station:", N_("station %s") },
  { "mms-domain:", N_("logical device %s") },
  { "modbus-unit:", N_("unit %s") },
  { "profinet-slot:", N_("slot %s") },
  { "s7-slot:", N_("slot %s") },
  { "sercos3-slave:", N_("sercos slave %s") },
  { "snmp-entity:", N_("part %s") },
  { "sparkplug-device:", N_("device %s") },
  { "sparkplug-node:", N_("edge node %s") },
  { "tristation-slot:", N_("slot %s") },
};

/* Numbers of one address are joined by points, whatever the path puts between them. Names stay as they are. */
static char *
tidy_number (const char *text)
{
  char *number = g_strdup (text);

  if (strspn (text, "0123456789/:.") == strlen (text))
    g_strdelimit (number, "/:", '.');
  return number;
}

static void
append_step (GString *text,
             const char *step)
{
  for (size_t i = 0; i < G_N_ELEMENTS (paths); i++)
    if (g_str_has_prefix (step, paths[i].scheme))
      {
        g_autofree char *number = tidy_number (step + strlen (paths[i].scheme));
        g_auto(GStrv) parts = g_strsplit (_(paths[i].words), "%s", 2); /* a translation is no format that is trusted */

        g_string_append (text, parts[0]);
        g_string_append (text, number);
        g_string_append (text, parts[1] ? parts[1] : "");
        return;
      }
  g_string_append (text, step);
}

char *
isth_child_path_describe (const char *path)
{
  g_auto(GStrv) steps = g_strsplit (path, " > ", -1);
  GString *text = g_string_new (NULL);

  for (char **step = steps; *step; step++)
    {
      if (step != steps)
        g_string_append (text, " › ");
      append_step (text, *step);
    }
  return g_string_free (text, FALSE);
}
