/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NetBIOS names, decoded and told apart by their suffix. RFC 1001, 14.1; [MS-NBTE], 1.8. */
#include "analysis/dissectors/netbios-name.h"

enum
{
  SUFFIX_WORKSTATION = 0x00,
  SUFFIX_DOMAIN_MASTER = 0x1b,
  SUFFIX_DOMAIN_CONTROLLERS = 0x1c,
  SUFFIX_MASTER_BROWSER = 0x1d,
  SUFFIX_ELECTIONS = 0x1e,
  SUFFIX_SERVER = 0x20,
};

bool
isth_netbios_decode (const uint8_t *label,
                     uint8_t name[ISTH_NETBIOS_NAME])
{
  for (size_t i = 0; i < ISTH_NETBIOS_ENCODED; i++)
    if (label[i] < 'A' || label[i] > 'P')
      return false;
  for (size_t i = 0; i < ISTH_NETBIOS_NAME; i++)
    name[i] = (uint8_t) ((label[2 * i] - 'A') << 4 | (label[2 * i + 1] - 'A'));
  return true;
}

const char *
isth_netbios_text (const uint8_t name[ISTH_NETBIOS_NAME],
                   char text[ISTH_LIMIT_TEXT])
{
  char clean[ISTH_LIMIT_TEXT];

  return isth_text_format (text, ISTH_LIMIT_TEXT, "%s<%02x>",
                           isth_text_from_bytes (clean, sizeof clean, name, ISTH_NETBIOS_NAME - 1),
                           name[ISTH_NETBIOS_NAME - 1]);
}

void
isth_netbios_emit_name (IsthDissectContext *ctx,
                        const IsthEndpoint *about,
                        const uint8_t name[ISTH_NETBIOS_NAME],
                        bool group,
                        bool own,
                        const uint8_t *at,
                        uint32_t length)
{
  int confidence = own ? ISTH_CONFIDENCE_PARSED : ISTH_CONFIDENCE_REPORTED;
  char text[ISTH_LIMIT_TEXT];

  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_HOSTNAME, isth_netbios_text (name, text),
                   ISTH_CONFIDENCE_BANNER, at, length);
  isth_text_from_bytes (text, sizeof text, name, ISTH_NETBIOS_NAME - 1);
  switch (name[ISTH_NETBIOS_NAME - 1])
    {
    case SUFFIX_WORKSTATION:
      isth_emit_claim (ctx, about, group ? ISTH_ATTRIBUTE_DOMAIN : ISTH_ATTRIBUTE_HOSTNAME, text,
                       confidence, at, length);
      break;
    case SUFFIX_SERVER:
      if (!group)
        isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_HOSTNAME, text, confidence, at, length);
      break;
    case SUFFIX_DOMAIN_CONTROLLERS:
      isth_emit_role (ctx, about, "domain-controller");
      isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DOMAIN, text, confidence, at, length);
      break;
    case SUFFIX_DOMAIN_MASTER:
    case SUFFIX_MASTER_BROWSER:
    case SUFFIX_ELECTIONS:
      isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DOMAIN, text, confidence, at, length);
      break;
    default: /* users, services: <03> may be a person's name */
      break;
    }
}
