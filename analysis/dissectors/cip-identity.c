/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identity attributes become claims. */
#include "analysis/dissectors/cip-identity.h"

#include "analysis/dissectors/names.h"

static void
claim_number (IsthDissectContext *ctx,
              const IsthEndpoint *about,
              IsthAttribute attribute,
              const char *name,
              uint16_t number,
              const uint8_t *at)
{
  char text[16];

  if (!name)
    name = isth_text_format (text, sizeof text, "%u", number);
  isth_emit_claim (ctx, about, attribute, name, ISTH_CONFIDENCE_PARSED, at, 2);
}

bool
isth_cip_identity_read_attribute (IsthCursor *c,
                                  IsthDissectContext *ctx,
                                  const IsthEndpoint *about,
                                  uint16_t attribute)
{
  const uint8_t *at = c->data + c->position;
  char text[24];

  switch (attribute)
    {
    case 1:
      {
        uint16_t vendor = isth_cursor_le16 (c);
        const char *name = isth_name_enip_vendor (vendor);

        if (!c->failed)
          claim_number (ctx, about, name ? ISTH_ATTRIBUTE_VENDOR : ISTH_ATTRIBUTE_VENDOR_ID, name, vendor, at);
        break;
      }
    case 2:
      {
        uint16_t type = isth_cursor_le16 (c);
        const char *name = isth_name_enip_device_type (type);

        if (!c->failed)
          claim_number (ctx, about, name ? ISTH_ATTRIBUTE_DEVICE_TYPE : ISTH_ATTRIBUTE_DEVICE_TYPE_ID, name, type, at);
        break;
      }
    case 3:
      {
        uint16_t product = isth_cursor_le16 (c);

        if (!c->failed)
          claim_number (ctx, about, ISTH_ATTRIBUTE_PRODUCT_CODE, NULL, product, at);
        break;
      }
    case 4:
      {
        uint8_t major = isth_cursor_u8 (c) & 0x7f, minor = isth_cursor_u8 (c);

        if (!c->failed)
          isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_FIRMWARE, isth_text_format (text, sizeof text, "%u.%u", major, minor), ISTH_CONFIDENCE_PARSED, at, 2);
        break;
      }
    case 5: /* status */
    case 9: /* configuration consistency value */
      isth_cursor_skip (c, 2);
      break;
    case 8:  /* state */
    case 10: /* heartbeat interval */
      isth_cursor_skip (c, 1);
      break;
    case 6:
      {
        uint32_t serial = isth_cursor_le32 (c);

        /* Zero means "none": CIP Volume 1, 5-2.2.1.6 wants a unique number in combination with the vendor. */
        if (!c->failed && serial != 0)
          isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_SERIAL, isth_text_format (text, sizeof text, "0x%08x", serial), ISTH_CONFIDENCE_PARSED, at, 4);
        break;
      }
    case 7:
      {
        uint8_t length = isth_cursor_u8 (c);
        const uint8_t *name = isth_cursor_bytes (c, length);

        if (name)
          isth_emit_text (ctx, about, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, name, length);
        break;
      }
    default:
      return false;
    }
  return !c->failed;
}

bool
isth_cip_identity_read (IsthCursor *c,
                        IsthDissectContext *ctx,
                        const IsthEndpoint *about)
{
  for (uint16_t attribute = 1; attribute <= 7; attribute++)
    if (!isth_cip_identity_read_attribute (c, ctx, about, attribute))
      return false;
  return true;
}
