/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NetBIOS datagrams, for the browser announcements in which Windows hosts introduce themselves, and for who asks for a domain controller and who answers.
 * RFC 1002, 4.4; [MS-BRWS], 2.2; the SMB transaction around them: [MS-CIFS], 2.2.4.33. What is written to other mailslots is told by their names. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/netbios-name.h"
#include "analysis/dissectors/netlogon.h"
#include "analysis/dissectors/ntlmssp.h"

#define ENCODED_NAME 34 /* length byte, letters, and the empty label that ends it (no scope) */
#define SMB_HEADER 32
#define SMB_TRANSACTION 0x25
#define MAILSLOT "\\MAILSLOT\\"

enum
{
  BROWSER_HOST = 1,
  BROWSER_ELECTION = 8,
  BROWSER_DOMAIN = 12,
  BROWSER_LOCAL_MASTER = 15,
};

/* Bits of the server type ([MS-BRWS], 2.2.1; [MS-RAP], 2.5.5.2.1) that say what systems are. */
#define TYPE_UNIX 0x00000800
#define TYPE_WINDOWS_95 0x00400000
#define TYPE_SERVER_SYSTEM 0x00008018 /* a server edition, or a domain controller */

static const struct
{
  uint32_t bits;
  const char *role;
} roles[] = {
  { 0x00000004, "database-server" },      { 0x00000018, "domain-controller" },  { 0x00000020, "time-source" },    { 0x00000200, "print-server" },
  { 0x00000400, "dial-in-server" },       { 0x00040000, "master-browser" },     { 0x00080000, "domain-master-browser" }, { 0x01000000, "cluster" },
  { 0x02000000, "terminal-server" },
};

static const IsthEndpoint nobody;

static IsthProbe
nbdgm_probe (IsthCursor c,
             const IsthPacket *packet)
{
  uint8_t type = isth_cursor_u8 (&c);
  uint8_t name[ISTH_NETBIOS_NAME];
  const uint8_t *source;

  isth_cursor_skip (&c, 13);
  source = isth_cursor_bytes (&c, ENCODED_NAME);
  if (!source || type < 0x10 || type > 0x12 || source[0] != ISTH_NETBIOS_ENCODED)
    return ISTH_PROBE_NO;
  return isth_netbios_decode (source + 1, name) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* What the announced version is called: "Windows 6.1 (Windows 7 or Server 2008 R2)". Samba announces one, too. */
static void
say_system (IsthDissectContext *ctx,
            const IsthEndpoint *about,
            const uint8_t *version,
            uint32_t type)
{
  char name[96], text[ISTH_LIMIT_TEXT];
  const char *known;

  if (type & TYPE_WINDOWS_95)
    isth_text_format (text, sizeof text, "Windows 95, 98 or ME");
  else if (type & TYPE_UNIX)
    isth_text_format (text, sizeof text, "Unix, announced as Windows %u.%u", version[0], version[1]);
  else
    {
      known = strstr (isth_windows_name (name, sizeof name, version[0], version[1], 0), " (");
      isth_text_format (text, sizeof text, "Windows %u.%u%s%s", version[0], version[1], known ? known : "", type & TYPE_SERVER_SYSTEM ? ", a server" : "");
    }
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_OS, text, ISTH_CONFIDENCE_BANNER, version, 6);
}

/* Host announcement, local master announcement and domain announcement share one layout:
 * [MS-BRWS], 2.2.1 and 2.2.3. */
static void
read_announcement (IsthDissectContext *ctx,
                   const IsthEndpoint *about,
                   uint8_t command,
                   IsthCursor *c)
{
  const uint8_t *name, *comment, *version;
  uint32_t type, size;

  isth_cursor_skip (c, 5); /* count, period */
  name = isth_cursor_bytes (c, 16);
  version = isth_cursor_bytes (c, 2); /* of the system, as compatible with */
  type = isth_cursor_le32 (c);
  isth_cursor_skip (c, 4); /* version of the browser protocol, signature */
  size = isth_cursor_left (c);
  comment = isth_cursor_bytes (c, size);
  if (!name)
    return;

  if (command == BROWSER_DOMAIN)
    {
      /* The sender is master browser of the named group; its own name takes the comment's place. */
      isth_emit_text (ctx, about, ISTH_ATTRIBUTE_DOMAIN, ISTH_CONFIDENCE_PARSED, name, 16);
      isth_emit_text (ctx, about, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, comment, size);
      return;
    }
  isth_emit_text (ctx, about, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, name, 16);
  if (comment)
    isth_emit_text (ctx, about, ISTH_ATTRIBUTE_DESCRIPTION, ISTH_CONFIDENCE_BANNER, comment, size);
  if (c->failed || !version)
    return;
  say_system (ctx, about, version, type);
  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    if (type & roles[i].bits)
      isth_emit_role (ctx, about, roles[i].role);
}

static void
read_browser (IsthDissectContext *ctx,
              const IsthEndpoint *about,
              IsthCursor *c)
{
  uint8_t command = isth_cursor_u8 (c);
  uint32_t size;
  const uint8_t *name;

  switch (command)
    {
    case BROWSER_HOST:
    case BROWSER_DOMAIN:
    case BROWSER_LOCAL_MASTER:
      read_announcement (ctx, about, command, c);
      break;
    case BROWSER_ELECTION: /* 2.2.6: version, criteria, uptime, unused, the name of the candidate */
      isth_cursor_skip (c, 13);
      size = isth_cursor_left (c);
      name = isth_cursor_bytes (c, size);
      if (name && size <= 16)
        isth_emit_text (ctx, about, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, name, size);
      break;
    default:
      break;
    }
}

/* What is written to a mailslot. Whoever asks for a domain controller names one of his own for the answer, as a rule below NET. */
static void
read_mailslot (IsthDissectContext *ctx,
               const IsthEndpoint *about,
               const char *slot,
               IsthCursor *c,
               bool to_all)
{
  char object[80];

  if (g_ascii_strcasecmp (slot, "BROWSE") == 0)
    read_browser (ctx, about, c);
  else if (g_ascii_strncasecmp (slot, "NET\\", 4) == 0 || g_str_equal (slot, "TEMP\\NETLOGON"))
    isth_netlogon_read (ctx, about, *c, to_all ? &nobody : NULL);
  else
    isth_emit_request (ctx, &(IsthRequest){
                              .no_answer = true,
                              .verb = ISTH_OP_OTHER,
                              .function = -1,
                              .name = "write-mailslot",
                              .object = isth_text_format (object, sizeof object, "%s", slot),
                              .source = about,
                              .target = to_all ? &nobody : NULL,
                            });
}

/* Looks for a write to a mailslot in an SMB transaction; other datagrams say nothing of identity. */
static void
read_transaction (IsthDissectContext *ctx,
                  const IsthEndpoint *about,
                  IsthCursor smb,
                  bool to_all)
{
  IsthCursor c = smb;
  const uint8_t *header = isth_cursor_bytes (&c, SMB_HEADER);
  uint8_t words = isth_cursor_u8 (&c);
  uint16_t size, offset;
  char slot[64];

  if (c.failed || memcmp (header, "\xffSMB", 4) != 0 || header[4] != SMB_TRANSACTION || words < 14)
    return;
  isth_cursor_skip (&c, 22); /* counts of parameters, flags, time-out */
  size = isth_cursor_le16 (&c);
  offset = isth_cursor_le16 (&c); /* from the SMB header */
  isth_cursor_skip (&c, words * 2u - 26 + 2);
  if (c.failed || isth_cursor_left (&c) < sizeof MAILSLOT || g_ascii_strncasecmp ((const char *) c.data + c.position, MAILSLOT, sizeof MAILSLOT - 1) != 0)
    return;
  isth_cursor_skip (&c, sizeof MAILSLOT - 1);
  isth_text_from_string (slot, sizeof slot, c.data + c.position, isth_cursor_left (&c));

  isth_cursor_skip (&smb, offset);
  isth_cursor_limit (&smb, size);
  if (!smb.failed)
    read_mailslot (ctx, about, slot, &smb, to_all);
}

static IsthDissectResult
nbdgm_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  uint8_t type = isth_cursor_u8 (c);
  uint8_t source_name[ISTH_NETBIOS_NAME], target_name[ISTH_NETBIOS_NAME];
  const uint8_t *address, *source, *target;
  IsthEndpoint about = isth_context_sender (ctx);
  char object[ISTH_LIMIT_TEXT];
  bool to_all;

  isth_cursor_skip (c, 3); /* flags, id */
  address = isth_cursor_bytes (c, 4);
  isth_cursor_skip (c, 6); /* port, length, offset */
  source = isth_cursor_bytes (c, ENCODED_NAME);
  target = isth_cursor_bytes (c, ENCODED_NAME);
  if (!source || (!target && !c->cut))
    return ISTH_DISSECT_MALFORMED;
  if (type < 0x10 || type > 0x12 || source[0] != ISTH_NETBIOS_ENCODED
      || !isth_netbios_decode (source + 1, source_name))
    return ISTH_DISSECT_NOT_MINE;
  if (target && (target[0] != ISTH_NETBIOS_ENCODED || !isth_netbios_decode (target + 1, target_name)))
    return ISTH_DISSECT_MALFORMED; /* a scope, or not a name */

  if (memcmp (address, packet->source.bytes, 4) != 0) /* passed on by a distribution server */
    about = isth_endpoint_from_address (isth_address_ipv4 (address), isth_packet_vlan (packet));
  to_all = type != 0x10 || isth_address_is_group (&packet->target);
  isth_emit_request (ctx, &(IsthRequest){
                            .no_answer = true,
                            .verb = ISTH_OP_OTHER,
                            .function = type,
                            .name = "datagram",
                            .object = target ? isth_netbios_text (target_name, object) : NULL,
                            .target = to_all ? &nobody : NULL,
                          });
  if (isth_address_is_host (&about.ip))
    {
      isth_netbios_emit_name (ctx, &about, source_name, false, true, source, ENCODED_NAME);
      read_transaction (ctx, &about, isth_cursor_rest (c), to_all);
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 138 } };

const IsthDissector isth_dissector_nbdgm = {
  .id = "nbdgm",
  .title = N_("NetBIOS datagram service"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname domain description os location",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = nbdgm_probe,
  .dissect = nbdgm_dissect,
};
