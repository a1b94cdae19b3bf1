/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The protocols of remote access by id, in order. HTTP is not among them: a proxy's CONNECT is told from it by its operation. */
#include "analysis/world/remote-protocols.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *id;
  IsthRemote remote;
} RemoteProtocol;

static const RemoteProtocol protocols[] = {
  { "anydesk", ISTH_REMOTE_DESKTOP },
  { "citrix-ica", ISTH_REMOTE_DESKTOP },
  { "esp", ISTH_REMOTE_VPN },
  { "ike", ISTH_REMOTE_VPN },
  { "l2tp", ISTH_REMOTE_VPN },
  { "nomachine", ISTH_REMOTE_DESKTOP },
  { "openvpn", ISTH_REMOTE_VPN },
  { "pptp", ISTH_REMOTE_VPN },
  { "psexec", ISTH_REMOTE_ADMINISTRATION },
  { "radmin", ISTH_REMOTE_DESKTOP },
  { "rdp", ISTH_REMOTE_DESKTOP },
  { "remote-relay", ISTH_REMOTE_RELAY },
  { "rlogin", ISTH_REMOTE_SHELL },
  { "socks", ISTH_REMOTE_RELAY },
  { "ssh", ISTH_REMOTE_SHELL },
  { "teamviewer", ISTH_REMOTE_DESKTOP },
  { "telnet", ISTH_REMOTE_SHELL },
  { "vnc", ISTH_REMOTE_DESKTOP },
  { "winrm", ISTH_REMOTE_ADMINISTRATION },
  { "wireguard", ISTH_REMOTE_VPN },
};

static int
compare_ids (const void *id,
             const void *protocol)
{
  return strcmp (id, ((const RemoteProtocol *) protocol)->id);
}

IsthRemote
isth_protocol_get_remote (const char *protocol)
{
  const RemoteProtocol *found = bsearch (protocol, protocols, G_N_ELEMENTS (protocols), sizeof *protocols, compare_ids);

  return found ? found->remote : ISTH_REMOTE_NOT;
}
