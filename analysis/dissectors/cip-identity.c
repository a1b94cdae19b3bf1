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

/* An internationalised text: each language has its three letters, how it is coded, its character set; the first is taken. */
static void
read_international (IsthCursor *c,
                    IsthDissectContext *ctx,
                    const IsthEndpoint *about,
                    IsthAttribute attribute)
{
  uint8_t n = isth_cursor_u8 (c), type;
  const uint8_t *bytes;
  uint16_t length;

  if (c->failed || n == 0)
    return;
  isth_cursor_skip (c, 3);
  type = isth_cursor_u8 (c);
  isth_cursor_skip (c, 2);
  length = type == 0xda ? isth_cursor_u8 (c) : isth_cursor_le16 (c);
  if (type != 0xda && type != 0xd0) /* short string, string: one byte a character */
    return;
  bytes = isth_cursor_bytes (c, length);
  if (bytes)
    isth_emit_text (ctx, about, attribute, ISTH_CONFIDENCE_PARSED, bytes, length);
}

/* The extended device status of a controller (CIP Volume 1, 5-2.2.1.5): in a Logix controller it is what the key switch and the mode make of it. */
static void
claim_state (IsthDissectContext *ctx,
             const IsthEndpoint *about,
             const uint8_t *status)
{
  static const char *const states[16] = { [1] = "firmware update", [5] = "fault", [6] = "run", [7] = "program" };
  const char *state = states[status[0] >> 4];

  if (state)
    isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_STATE, state, ISTH_CONFIDENCE_PARSED, status, 2);
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
    case 15: /* texts in several languages: only the first is read, so the end is not known */
      read_international (c, ctx, about, ISTH_ATTRIBUTE_NAME);
      return false;
    case 16:
      read_international (c, ctx, about, ISTH_ATTRIBUTE_DESCRIPTION);
      return false;
    case 17:
      read_international (c, ctx, about, ISTH_ATTRIBUTE_LOCATION);
      return false;
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
  const uint8_t *at = c->data + c->position;
  bool logix = isth_cursor_left (c) >= 10 && at[0] == 1 && at[1] == 0 && at[2] == 0x0e && at[3] == 0;

  bool good = true;

  for (uint16_t attribute = 1; attribute <= 7 && good; attribute++)
    good = isth_cip_identity_read_attribute (c, ctx, about, attribute);
  if (logix && (good || c->cut))
    claim_state (ctx, about, at + 8);
  return good;
}
