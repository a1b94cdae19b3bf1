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
  { "anydesk.com", "AnyDesk" },
  { "beyondtrustcloud.com", "BeyondTrust Remote Support" },
  { "bomgarcloud.com", "BeyondTrust Remote Support" },
  { "chromoting-client.talkgadget.google.com", "Chrome Remote Desktop" },
  { "chromoting-host.talkgadget.google.com", "Chrome Remote Desktop" },
  { "chromoting-oauth.talkgadget.google.com", "Chrome Remote Desktop" },
  { "remotedesktop-pa.googleapis.com", "Chrome Remote Desktop" },
  { "remotedesktop.google.com", "Chrome Remote Desktop" },
  { "cloudflareaccess.com", "Cloudflare Access" },
  { "argotunnel.com", "Cloudflare Tunnel" },
  { "trycloudflare.com", "Cloudflare Tunnel" },
  { "dwservice.net", "DWService" },
  { "remoteassistance.support.services.microsoft.com", "Quick Assist" },
  { "gotoassist.com", "GoToAssist" },
  { "gotomypc.com", "GoToMyPC" },
  { "hoptodesk.com", "HopToDesk" },
  { "islonline.net", "ISL Online" },
  { "join.me", "join.me" },
  { "logmein.com", "LogMeIn" },
  { "logmein-gateway.com", "LogMeIn" },
  { "logmeinrescue.com", "LogMeIn Rescue" },
  { "logmeininc.com", "LogMeIn" },
  { "hamachi.cc", "LogMeIn Hamachi" },
  { "meshcentral.com", "MeshCentral" },
  { "ngrok.com", "ngrok" },
  { "ngrok.io", "ngrok" },
  { "ngrok-agent.com", "ngrok" },
  { "ngrok.app", "ngrok" },
  { "parsec.app", "Parsec" },
  { "parsecgaming.com", "Parsec" },
  { "pulseway.com", "Pulseway" },
  { "vnc.com", "RealVNC Connect" },
  { "remotepc.com", "RemotePC" },
  { "remoteutilities.com", "Remote Utilities" },
  { "rustdesk.com", "RustDesk" },
  { "screenconnect.com", "ScreenConnect" },
  { "hostedrmm.com", "ConnectWise Automate" },
  { "showmypc.com", "ShowMyPC" },
  { "splashtop.com", "Splashtop" },
  { "splashtop.eu", "Splashtop" },
  { "supremocontrol.com", "Supremo" },
  { "nanosystems.it", "Supremo" },
  { "teamviewer.com", "TeamViewer" },
  { "zohoassist.com", "Zoho Assist" },
  { "assist.zoho.com", "Zoho Assist" },
  { "atera.com", "Atera" },
  { "ninjarmm.com", "NinjaOne" },
  { "getscreen.me", "Getscreen.me" },
  { "tailscale.com", "Tailscale" },
  { "tailscale.io", "Tailscale" },
  { "netbird.io", "NetBird" },
  { "zerotier.com", "ZeroTier" },
  { "playit.gg", "playit.gg" },
  { "devtunnels.ms", "Microsoft dev tunnels" },
  { "tunnels.api.visualstudio.com", "Microsoft dev tunnels" },
  { "localhost.run", "localhost.run" },
  { "serveo.net", "Serveo" },
  { "pagekite.net", "PageKite" },
  /* Those made for machines. */
  { "secomea.com", "Secomea" },
  { "talk2m.com", "Ewon Talk2M" },
  { "ixon.cloud", "IXON Cloud" },
  { "ixon.net", "IXON Cloud" },
  { "ayayot.com", "IXON Cloud" },
  { "mbconnect24.net", "mbCONNECT24" },
  { "myrex24.net", "myREX24" },
  { "rms.teltonika-networks.com", "Teltonika RMS" },
  { "netbiter.net", "Netbiter Argos" },
  { "cyolo.io", "Cyolo" },
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
  isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "remote-session", .object = object,
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
      isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "remote-session",
                                               .object = certificates[i].product, .protocol = certificates[i].protocol, .source = &client, .target = &server,
                                               .at = at, .length = length });
      return;
    }
}
