/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TCP/IP Interface and Ethernet Link (CIP Volume 2, 5-4 and 5-5); the project of a Logix controller (class 0x64, as its controllers answer). */
#include "analysis/dissectors/cip-objects.h"

#include <glib.h>

enum
{
  CLASS_IDENTITY = 0x01,
  CLASS_PROJECT = 0x64,
  CLASS_TCP_IP = 0xf5,
  CLASS_ETHERNET_LINK = 0xf6,
};

bool
isth_cip_object_is_read (int64_t class_id)
{
  return class_id == CLASS_PROJECT || class_id == CLASS_TCP_IP || class_id == CLASS_ETHERNET_LINK;
}

bool
isth_cip_object_has_details (int64_t class_id,
                             int64_t attribute,
                             uint8_t service)
{
  return (class_id == CLASS_IDENTITY && service == 0x05) || (class_id == CLASS_TCP_IP && attribute == 5 && service == 0x10);
}

/* Types of a reset: CIP Volume 1, 5-2.3.2. Without one it is the first. Addresses are numbers, so their last byte comes first. */
void
isth_cip_object_describe (IsthCursor body,
                          int64_t class_id,
                          char *text,
                          size_t size)
{
  static const char *const resets[] = { "as by switching off and on", "to factory settings", "to factory settings but for communication" };
  size_t used = strlen (text);
  const uint8_t *ip;
  int type;

  if (class_id == CLASS_TCP_IP)
    {
      ip = isth_cursor_bytes (&body, 4);
      if (ip)
        isth_text_format (text + used, size - used, ", to %u.%u.%u.%u", ip[3], ip[2], ip[1], ip[0]);
      return;
    }
  type = MAX (0, isth_cursor_peek (&body, 0));
  if (type < (int) G_N_ELEMENTS (resets))
    isth_text_format (text + used, size - used, ", %s", resets[type]);
}

/* A counted text of CIP's type STRING. */
static void
read_text (IsthCursor *c,
           IsthDissectContext *ctx,
           const IsthEndpoint *about,
           IsthAttribute attribute,
           bool padded)
{
  uint16_t length = isth_cursor_le16 (c);
  const uint8_t *bytes = isth_cursor_bytes (c, length);

  if (bytes && length > 0)
    isth_emit_text (ctx, about, attribute, ISTH_CONFIDENCE_PARSED, bytes, length);
  if (padded && length % 2)
    isth_cursor_skip (c, 1);
}

/* A project is named as a tag is. What else stands there is the product's name, which modules without a project repeat. */
static void
read_project (IsthCursor *c,
              IsthDissectContext *ctx,
              const IsthEndpoint *about)
{
  uint16_t length = isth_cursor_le16 (c);
  const uint8_t *bytes = isth_cursor_bytes (c, length);

  if (!bytes)
    return;
  for (uint16_t i = 0; i < length; i++)
    if (!g_ascii_isalnum (bytes[i]) && bytes[i] != '_')
      return;
  isth_emit_text (ctx, about, ISTH_ATTRIBUTE_NAME, ISTH_CONFIDENCE_PARSED, bytes, length);
}

/* The MAC is that of the device which was asked directly; of one in its rack it would be another interface's. */
static void
read_mac (IsthCursor *c,
          IsthDissectContext *ctx,
          const IsthEndpoint *about)
{
  const uint8_t *mac = isth_cursor_bytes (c, 6);

  if (mac && !about->child)
    isth_emit_binding (ctx, &(IsthEndpoint){ .ip = about->ip, .mac = isth_address_mac (mac), .vlan = about->vlan }, mac, 6);
}

bool
isth_cip_object_read_attribute (IsthCursor *c,
                                IsthDissectContext *ctx,
                                const IsthEndpoint *about,
                                int64_t class_id,
                                uint16_t attribute)
{
  switch (class_id << 8 | attribute)
    {
    case CLASS_PROJECT << 8 | 1:
      read_project (c, ctx, about);
      break;
    case CLASS_TCP_IP << 8 | 1:
    case CLASS_TCP_IP << 8 | 2:
    case CLASS_TCP_IP << 8 | 3:
      isth_cursor_skip (c, 4);
      break;
    case CLASS_TCP_IP << 8 | 4:
      isth_cursor_skip (c, 2u * isth_cursor_le16 (c));
      break;
    case CLASS_TCP_IP << 8 | 5:
      isth_cursor_skip (c, 20); /* address, mask, gateway, two name servers */
      read_text (c, ctx, about, ISTH_ATTRIBUTE_DOMAIN, true);
      break;
    case CLASS_TCP_IP << 8 | 6:
      read_text (c, ctx, about, ISTH_ATTRIBUTE_HOSTNAME, true);
      break;
    case CLASS_ETHERNET_LINK << 8 | 1:
    case CLASS_ETHERNET_LINK << 8 | 2:
      isth_cursor_skip (c, 4);
      break;
    case CLASS_ETHERNET_LINK << 8 | 3:
      read_mac (c, ctx, about);
      break;
    default:
      return false;
    }
  return !c->failed;
}

void
isth_cip_object_read_all (IsthCursor *c,
                          IsthDissectContext *ctx,
                          const IsthEndpoint *about,
                          int64_t class_id)
{
  uint16_t last = class_id == CLASS_TCP_IP ? 6 : class_id == CLASS_ETHERNET_LINK ? 3 : 1;

  for (uint16_t attribute = 1; attribute <= last; attribute++)
    if (!isth_cip_object_read_attribute (c, ctx, about, class_id, attribute))
      return;
  if (class_id == CLASS_PROJECT)
    read_text (c, ctx, about, ISTH_ATTRIBUTE_DESCRIPTION, false);
}
