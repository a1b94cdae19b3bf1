/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Domains of relays and brokers of remote access, as their makers name them in what they ask firewalls to let through, or programs that speak to them do. A
 * whole domain also has the maker's shop in it: hosts called "www" do not count; and domains in which nothing but shop and manuals is known are left out. */
#include "analysis/dissectors/remote-names.h"

#include <glib.h>
#include <string.h>

static const struct
{
  const char *domain;
  const char *product;
} services[] = {
  { "connect.acronis.com", "Acronis Cyber Protect Connect" },
  { "gw.remotix.com", "Acronis Cyber Protect Connect" },
  { "action1.com", "Action1" },
  { "aeroadmin.com", "AeroAdmin" },
  { "alpemix.com", "Alpemix" },
  { "ammyy.com", "Ammyy Admin" },
  { "anydesk.com", "AnyDesk" },
  { "anyviewer.com", "AnyViewer" },
  { "atera.com", "Atera" },
  { "aweray.com", "AweSun" },
  { "aweray.net", "AweSun" },
  { "beyondtrustcloud.com", "BeyondTrust Remote Support" },
  { "bomgarcloud.com", "BeyondTrust Remote Support" },
  { "chromoting-client.talkgadget.google.com", "Chrome Remote Desktop" },
  { "chromoting-host.talkgadget.google.com", "Chrome Remote Desktop" },
  { "chromoting-oauth.talkgadget.google.com", "Chrome Remote Desktop" },
  { "remotedesktop-pa.googleapis.com", "Chrome Remote Desktop" },
  { "remotedesktop.google.com", "Chrome Remote Desktop" },
  { "cloudflareaccess.com", "Cloudflare Access" },
  { "argotunnel.com", "Cloudflare Tunnel" },
  { "cftunnel.com", "Cloudflare Tunnel" },
  { "trycloudflare.com", "Cloudflare Tunnel" },
  { "hostedrmm.com", "ConnectWise Automate" },
  { "itsupport247.net", "ConnectWise RMM" },
  { "centrastage.net", "Datto RMM" },
  { "rmm.datto.com", "Datto RMM" },
  { "deskroll.com", "DeskRoll" },
  { "distantdesktop.com", "Distant Desktop" },
  { "signalserver.xyz", "Distant Desktop" },
  { "dwservice.net", "DWService" },
  { "fastviewer.com", "FastViewer" },
  { "fixme.it", "FixMe.IT" },
  { "setme.net", "FixMe.IT" },
  { "techinline.net", "FixMe.IT" },
  { "fleetdeck.io", "FleetDeck" },
  { "getscreen.me", "Getscreen.me" },
  { "fastsupport.com", "GoToAssist" },
  { "gotoassist.at", "GoToAssist" },
  { "gotoassist.com", "GoToAssist" },
  { "gotoassist.me", "GoToAssist" },
  { "gotohttp.com", "GotoHTTP" },
  { "gotomypc.com", "GoToMyPC" },
  { "hoptodesk.com", "HopToDesk" },
  { "connect.backdrop.cloud", "Impero Connect" },
  { "instanthousecall.com", "Instant Housecall" },
  { "instanthousecall.net", "Instant Housecall" },
  { "iperius-rs.com", "Iperius Remote" },
  { "iperiusremote.com", "Iperius Remote" },
  { "islonline.net", "ISL Online" },
  { "join.me", "join.me" },
  { "jumpdesktop.com", "Jump Desktop" },
  { "jumpto.me", "Jump Desktop" },
  { "kaseya.net", "Kaseya VSA" },
  { "everywhere.laplink.com", "Laplink Everywhere" },
  { "le.laplink.com", "Laplink Everywhere" },
  { "level.io", "Level" },
  { "litemanager.com", "LiteManager" },
  { "litemanager.ru", "LiteManager" },
  { "localhost.run", "localhost.run" },
  { "loca.lt", "localtunnel" },
  { "logmein-gateway.com", "LogMeIn" },
  { "logmein.com", "LogMeIn" },
  { "logmein.eu", "LogMeIn" },
  { "logmeininc.com", "LogMeIn" },
  { "hamachi.cc", "LogMeIn Hamachi" },
  { "logmeinrescue.com", "LogMeIn Rescue" },
  { "logmeinrescue.eu", "LogMeIn Rescue" },
  { "meshcentral.com", "MeshCentral" },
  { "devtunnels.ms", "Microsoft dev tunnels" },
  { "tunnels.api.visualstudio.com", "Microsoft dev tunnels" },
  { "beanywhere.com", "N-able Take Control" },
  { "swi-rc.com", "N-able Take Control or Dameware Remote Everywhere" },
  { "swi-tc.com", "N-able Take Control or Dameware Remote Everywhere" },
  { "netbird.io", "NetBird" },
  { "ngrok-agent.com", "ngrok" },
  { "ngrok.app", "ngrok" },
  { "ngrok.com", "ngrok" },
  { "ngrok.io", "ngrok" },
  { "ninjarmm.com", "NinjaOne" },
  { "ninjarmm.net", "NinjaOne" },
  { "rmmservice.ca", "NinjaOne" },
  { "rmmservice.com.au", "NinjaOne" },
  { "rmmservice.eu", "NinjaOne" },
  { "pagekite.net", "PageKite" },
  { "parsec.app", "Parsec" },
  { "parsec.gg", "Parsec" },
  { "parsecgaming.com", "Parsec" },
  { "pcvisit.de", "pcvisit" },
  { "pinggy.io", "Pinggy" },
  { "playit.gg", "playit.gg" },
  { "pulseway.com", "Pulseway" },
  { "remoteassistance.support.services.microsoft.com", "Quick Assist" },
  { "vnc.com", "RealVNC Connect" },
  { "internetid.ru", "Remote Utilities" },
  { "remoteutilities.com", "Remote Utilities" },
  { "api.remote.it", "remote.it" },
  { "remotecall.com", "RemoteCall" },
  { "startsupport.com", "RemoteCall" },
  { "remotepc.com", "RemotePC" },
  { "rview.com", "RemoteView" },
  { "rudesktop.ru", "RuDesktop" },
  { "rustdesk.com", "RustDesk" },
  { "screenconnect.com", "ScreenConnect" },
  { "serveo.net", "Serveo" },
  { "showmypc.com", "ShowMyPC" },
  { "vpnazure.net", "SoftEther VPN Azure" },
  { "splashtop.com", "Splashtop" },
  { "splashtop.eu", "Splashtop" },
  { "client.oray.net", "SunLogin" },
  { "sunlogin.oray.com", "SunLogin" },
  { "nanosystems.it", "Supremo" },
  { "supremocontrol.com", "Supremo" },
  { "syncroapi.com", "Syncro" },
  { "syncromsp.com", "Syncro" },
  { "tailscale.com", "Tailscale" },
  { "tailscale.io", "Tailscale" },
  { "ts.net", "Tailscale" },
  { "teamviewer.com", "TeamViewer" },
  { "tmate.io", "tmate" },
  { "todesk.com", "ToDesk" },
  { "ultraviewer.net", "UltraViewer" },
  { "zerotier.com", "ZeroTier" },
  { "assist.zoho.com", "Zoho Assist" },
  { "zohoassist.com", "Zoho Assist" },
  { "zohoassist.com.cn", "Zoho Assist" },
  { "zohoassist.jp", "Zoho Assist" },
  /* Those made for machines. */
  { "ciscoiot.com", "Cisco IoT Operations Dashboard" },
  { "cyolo.io", "Cyolo" },
  { "talk2m.com", "Ewon Talk2M" },
  { "ayayot.com", "IXON Cloud" },
  { "ixon.cloud", "IXON Cloud" },
  { "ixon.net", "IXON Cloud" },
  { "mbconnect24.net", "mbCONNECT24" },
  { "cloud.mguard.com", "mGuard Secure Cloud" },
  { "myrex24.net", "myREX24" },
  { "netbiter.net", "Netbiter Argos" },
  { "secomea.com", "Secomea" },
  { "rms.teltonika-networks.com", "Teltonika RMS" },
};

const char *
isth_remote_name_find (const uint8_t *name,
                       uint32_t length)
{
  while (length > 0 && name[length - 1] == '.')
    length--;
  if (length >= 4 && g_ascii_strncasecmp ((const char *) name, "www.", 4) == 0)
    return NULL;
  for (size_t i = 0; i < G_N_ELEMENTS (services); i++)
    {
      size_t n = strlen (services[i].domain);

      if (length >= n && g_ascii_strncasecmp ((const char *) name + length - n, services[i].domain, n) == 0
          && (length == n || name[length - n - 1] == '.'))
        return services[i].product;
    }
  return NULL;
}

void
isth_remote_name_host (IsthDissectContext *ctx,
                       const IsthEndpoint *about,
                       const char *product,
                       const uint8_t *at,
                       uint32_t length)
{
  isth_emit_role (ctx, about, "remote-relay");
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DESCRIPTION, product, ISTH_CONFIDENCE_PREFIX, at, length);
}

void
isth_remote_name_tell (IsthDissectContext *ctx,
                       const uint8_t *name,
                       uint32_t length,
                       bool direct)
{
  const char *product = isth_remote_name_find (name, length);
  IsthEndpoint server = isth_context_receiver (ctx);
  char host[160], object[ISTH_LIMIT_TEXT];

  if (!product)
    return;
  isth_emit_role (ctx, NULL, "remote-access");
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, product, ISTH_CONFIDENCE_PREFIX, name, length);
  if (direct)
    isth_remote_name_host (ctx, &server, product, name, length);
  isth_text_from_bytes (host, sizeof host, name, length);
  isth_text_format (object, sizeof object, "%s, by %s", product, host);
  isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .opens = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "remote-session", .object = object,
                                           .protocol = "remote-relay", .at = name, .length = length });
}

/* Common names that programs give themselves in the certificates they make. */
static const struct
{
  const char *name;
  const char *product;
  const char *protocol;
} certificates[] = {
  { "AnyDesk Client", "AnyDesk", "anydesk" },
  { "AnyNet Relay", "AnyDesk relay", "anydesk" },
  { "MeshCentralRoot-", "MeshCentral", "remote-relay" },
};

static const uint8_t *
find_bytes (const IsthCursor *c,
            const char *word)
{
  size_t n = strlen (word);

  for (const uint8_t *at = c->data, *end = c->data + c->length; (size_t) (end - at) >= n; at++)
    {
      at = memchr (at, word[0], (size_t) (end - at) - n + 1);
      if (!at)
        return NULL;
      if (memcmp (at, word, n) == 0)
        return at;
    }
  return NULL;
}

void
isth_remote_certificate_tell (IsthDissectContext *ctx,
                              const IsthCursor *der)
{
  IsthEndpoint client = isth_context_receiver (ctx), server = isth_context_sender (ctx);

  if (isth_context_direction (ctx) != ISTH_FROM_SERVER)
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (certificates); i++)
    {
      const uint8_t *at = find_bytes (der, certificates[i].name);
      uint32_t length = (uint32_t) strlen (certificates[i].name);

      if (!at)
        continue;
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, certificates[i].product, ISTH_CONFIDENCE_BANNER, at, length);
      isth_emit_role (ctx, &client, "remote-access");
      isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .opens = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "remote-session",
                                               .object = certificates[i].product, .protocol = certificates[i].protocol, .source = &client, .target = &server,
                                               .at = at, .length = length });
      return;
    }
}
