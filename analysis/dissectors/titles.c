/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What protocols are called: those of the table by their dissectors; those that live inside another one, whose dissector reads them, too; and what carries
 * others. And what people call a service, which is a protocol and where it was spoken. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define IP_TCP 6
#define IP_UDP 17

static const struct
{
  const char *id, *title;
} inner[] = {
  { "6in4", N_("IPv6 in IPv4") },
  { "anydesk", "AnyDesk" },
  { "asf", "ASF (RMCP)" },
  { "canopen", "CANopen" },
  { "capwap", N_("CAPWAP tunnel") },
  { "erspan", "ERSPAN" },
  { "etherip", "EtherIP" },
  { "geneve", N_("Geneve tunnel") },
  { "gre", N_("GRE tunnel") },
  { "gtp", N_("GTP-U tunnel") },
  { "iccp", "ICCP (TASE.2)" },
  { "ipip", N_("IP in IP") },
  { "j1939", "SAE J1939" },
  { "mount", "NFS mount" },
  { "mpls-in-ip", "MPLS-in-IP" },
  { "nfs", "NFS" },
  { "opc-ae", N_("OPC alarms and events") },
  { "opc-common", "OPC Classic" },
  { "opc-da", N_("OPC data access") },
  { "opc-hda", N_("OPC historical data access") },
  { "portmap", N_("Port mapper") },
  { "psexec", "PsExec" },
  { "remote-relay", N_("Remote relay") },
  { "rlogin", "rlogin" },
  { "sparkplug", "Sparkplug B" },
  { "vxlan", N_("VXLAN tunnel") },
  { "winrm", "WinRM" },
  { "zep", N_("ZigBee encapsulation (ZEP)") },
};

/* By id, made once: titles are asked for by each row of each table. */
static GHashTable *
get_titles (void)
{
  static GHashTable *titles;

  if (g_once_init_enter (&titles))
    {
      GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal); /* ids are ours, not the network's */

      for (size_t i = 0; i < G_N_ELEMENTS (inner); i++)
        g_hash_table_insert (table, (gpointer) inner[i].id, (gpointer) inner[i].title);
      for (size_t i = 0; isth_dissectors[i]; i++)
        g_hash_table_insert (table, (gpointer) isth_dissectors[i]->id, (gpointer) isth_dissectors[i]->title);
      g_once_init_leave (&titles, table);
    }

  return titles;
}

const char *
isth_protocol_get_title (const char *id)
{
  const char *title = g_hash_table_lookup (get_titles (), id);

  return title ? _(title) : NULL;
}

const char *
isth_ether_type_get_title (uint16_t type)
{
  const char *title = NULL;

  for (size_t i = 0; isth_dissectors[i]; i++)
    for (size_t b = 0; b < isth_dissectors[i]->n_bindings; b++)
      if (isth_dissectors[i]->bindings[b].kind == ISTH_BIND_ETHER_TYPE && isth_dissectors[i]->bindings[b].number == type)
        {
          if (title)
            return NULL;
          title = isth_dissectors[i]->title;
        }

  return title ? _(title) : NULL;
}

/* Without the protocol. */
static char *
describe_port (uint8_t transport,
               uint16_t port)
{
  const char *title = transport == 0 ? isth_ether_type_get_title (port) : NULL;

  if (title)
    return g_strdup (title);
  if (transport == IP_TCP)
    return port ? g_strdup_printf (_("TCP port %u"), port) : g_strdup ("TCP");
  if (transport == IP_UDP)
    return port ? g_strdup_printf (_("UDP port %u"), port) : g_strdup ("UDP");
  if (transport)
    return g_strdup_printf (_("IP protocol %u"), transport);
  return port ? g_strdup_printf ("EtherType 0x%04x", port) : g_strdup (_("Ethernet"));
}

char *
isth_service_describe (const char *protocol,
                       uint8_t transport,
                       uint16_t port)
{
  const char *title = *protocol ? isth_protocol_get_title (protocol) : "";

  if (!title)
    title = protocol;
  if (!*title)
    return describe_port (transport, port);
  if (port && transport == IP_TCP)
    return g_strdup_printf (_("%s, port %u"), title, port);
  if (port && transport == IP_UDP)
    return g_strdup_printf (_("%s, UDP port %u"), title, port);
  return g_strdup (title);
}
