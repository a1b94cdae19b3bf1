/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What protocols are called: those of the table by their dissectors; and those that live inside another one, whose dissector reads them, too. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

static const struct
{
  const char *id, *title;
} inner[] = {
  { "anydesk", "AnyDesk" },
  { "asf", "ASF (RMCP)" },
  { "iccp", "ICCP (TASE.2)" },
  { "mount", "NFS mount" },
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
  { "winrm", "WinRM" },
};

const char *
isth_protocol_get_title (const char *id)
{
  for (size_t i = 0; isth_dissectors[i]; i++)
    if (g_str_equal (isth_dissectors[i]->id, id))
      return _(isth_dissectors[i]->title);
  for (size_t i = 0; i < G_N_ELEMENTS (inner); i++)
    if (g_str_equal (inner[i].id, id))
      return _(inner[i].title);
  return NULL;
}
