/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The protocols of remote access by id, in order. HTTP is not among them: a proxy's CONNECT is told from it by its operation. */
#include "analysis/world/remote-protocols.h"

#include <glib.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* Of a connection that is worked through from its server: bytes of frames on the average, packets, time. */
#define KEYS 150
#define SCREENS 900
#define FEW_KEYS 60
#define LASTING (600 * UINT64_C (1000000000))

typedef struct
{
  const char *id;
  IsthRemote remote;
  bool by_deed, by_shape;
  const char *product; /* NULL: its maker relays nothing */
} RemoteProtocol;

static const RemoteProtocol protocols[] = {
  { "anydesk", ISTH_REMOTE_DESKTOP, .product = "AnyDesk" },
  { "citrix-ica", ISTH_REMOTE_DESKTOP },
  { "esp", ISTH_REMOTE_VPN },
  { "ftp", ISTH_REMOTE_FILE },
  { "ike", ISTH_REMOTE_VPN },
  { "l2tp", ISTH_REMOTE_VPN },
  { "msrpc", ISTH_REMOTE_ADMINISTRATION, .by_deed = true },
  { "nomachine", ISTH_REMOTE_DESKTOP },
  { "openvpn", ISTH_REMOTE_VPN },
  { "pptp", ISTH_REMOTE_VPN },
  { "psexec", ISTH_REMOTE_ADMINISTRATION },
  { "radmin", ISTH_REMOTE_DESKTOP },
  { "rdp", ISTH_REMOTE_DESKTOP },
  { "remote-relay", ISTH_REMOTE_RELAY },
  { "rlogin", ISTH_REMOTE_SHELL },
  { "smb", ISTH_REMOTE_ADMINISTRATION, .by_deed = true },
  { "smb2", ISTH_REMOTE_ADMINISTRATION, .by_deed = true },
  { "socks", ISTH_REMOTE_RELAY },
  { "ssh", ISTH_REMOTE_SHELL },
  { "teamviewer", ISTH_REMOTE_DESKTOP, .product = "TeamViewer" },
  { "telnet", ISTH_REMOTE_SHELL },
  { "tls", ISTH_REMOTE_RELAY, .by_shape = true },
  { "vnc", ISTH_REMOTE_DESKTOP },
  { "winrm", ISTH_REMOTE_ADMINISTRATION },
  { "wireguard", ISTH_REMOTE_VPN },
};

static const struct
{
  const char *name, *title;
} kinds[ISTH_N_REMOTES] = {
  [ISTH_REMOTE_NOT] = { "", N_("None") },
  [ISTH_REMOTE_DESKTOP] = { "desktop", N_("Remote desktop") },
  [ISTH_REMOTE_SHELL] = { "shell", N_("Command line") },
  [ISTH_REMOTE_VPN] = { "vpn", N_("Tunnel (VPN)") },
  [ISTH_REMOTE_RELAY] = { "relay", N_("Through a relay") },
  [ISTH_REMOTE_ADMINISTRATION] = { "administration", N_("Remote administration") },
  [ISTH_REMOTE_FILE] = { "file", N_("File transfer") },
};

const char *
isth_remote_name (IsthRemote remote)
{
  g_return_val_if_fail (remote < ISTH_N_REMOTES, "");
  return kinds[remote].name;
}

const char *
isth_remote_title (IsthRemote remote)
{
  g_return_val_if_fail (remote < ISTH_N_REMOTES, "");
  return kinds[remote].title;
}

static int
compare_ids (const void *id,
             const void *protocol)
{
  return strcmp (id, ((const RemoteProtocol *) protocol)->id);
}

static const RemoteProtocol *
find_protocol (const char *id)
{
  return bsearch (id, protocols, G_N_ELEMENTS (protocols), sizeof *protocols, compare_ids);
}

IsthRemote
isth_protocol_get_remote (const char *protocol)
{
  const RemoteProtocol *found = find_protocol (protocol);

  return found ? found->remote : ISTH_REMOTE_NOT;
}

uint8_t
isth_remote_find (const char *protocol)
{
  const RemoteProtocol *found = find_protocol (protocol);

  return found && !found->by_shape ? (uint8_t) (found - protocols + 1) : 0;
}

const char *
isth_remote_get_protocol (uint8_t number)
{
  return number > 0 && number <= G_N_ELEMENTS (protocols) ? protocols[number - 1].id : NULL;
}

bool
isth_remote_is_by_deed (const char *protocol)
{
  const RemoteProtocol *found = find_protocol (protocol);

  return found && found->by_deed;
}

bool
isth_remote_is_by_shape (const char *protocol)
{
  const RemoteProtocol *found = find_protocol (protocol);

  return found && found->by_shape;
}

bool
isth_remote_is_turned (const uint64_t packets[2],
                       const uint64_t bytes[2],
                       int64_t first,
                       int64_t last)
{
  if (packets[1] < FEW_KEYS || packets[0] < FEW_KEYS || (uint64_t) last - (uint64_t) first < LASTING || bytes[0] < 2 * bytes[1])
    return false;
  return bytes[1] / packets[1] <= KEYS && bytes[0] / packets[0] <= SCREENS;
}

const char *
isth_remote_get_product (const char *protocol)
{
  const RemoteProtocol *found = find_protocol (protocol);

  return found && found->product ? found->product : "";
}
