/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identity objects of CANopen: type 0x1000, name 0x1008, versions 0x1009 and 0x100a, identity 0x1018. CiA 301, 7.5.2; profiles by their CiA numbers. */
#include "analysis/dissectors/canopen-identity.h"

#include <glib.h>

enum
{
  OBJECT_TYPE = 0x1000,
  OBJECT_NAME = 0x1008,
  OBJECT_HARDWARE = 0x1009,
  OBJECT_SOFTWARE = 0x100a,
  OBJECT_IDENTITY = 0x1018,
};

static const struct
{
  uint16_t profile;
  const char *name;
} profiles[] = {
  { 401, "Generic I/O module" }, { 402, "Drives and motion control" },        { 403, "Human machine interface" },
  { 404, "Measuring device" },   { 405, "IEC 61131-3 programmable device" },  { 406, "Rotating and linear encoder" },
  { 408, "Hydraulic drive" },    { 410, "Inclinometer" },                     { 418, "Battery module" },
  { 419, "Battery charger" },    { 5001, "Modular device" },
};

bool
isth_canopen_is_identity (uint16_t index)
{
  return index == OBJECT_TYPE || (index >= OBJECT_NAME && index <= OBJECT_SOFTWARE) || index == OBJECT_IDENTITY;
}

void
isth_canopen_emit_type (IsthDissectContext *ctx,
                        const IsthEndpoint *about,
                        uint32_t            type,
                        const uint8_t      *at)
{
  char text[64];

  if (type == 0)
    return;
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DEVICE_TYPE_ID, isth_text_format (text, sizeof text, "0x%08x", type), ISTH_CONFIDENCE_PARSED, at, 4);
  for (size_t i = 0; i < G_N_ELEMENTS (profiles); i++)
    if (profiles[i].profile == (type & 0xffff))
      isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DEVICE_TYPE,
                       isth_text_format (text, sizeof text, "0x%04x (%s)", profiles[i].profile, profiles[i].name), ISTH_CONFIDENCE_PARSED, at, 4);
}

void
isth_canopen_emit_number (IsthDissectContext *ctx,
                          const IsthEndpoint *about,
                          IsthAttribute       attribute,
                          uint32_t            value,
                          bool                given,
                          const uint8_t      *at)
{
  /* A revision is more than the software's version: it stands behind what a device says of that alone. */
  int confidence = attribute == ISTH_ATTRIBUTE_FIRMWARE ? ISTH_CONFIDENCE_BANNER : ISTH_CONFIDENCE_PARSED;
  char text[16];

  if (given && (value == 0 || value == UINT32_MAX))
    return;
  isth_emit_claim (ctx, about, attribute, isth_text_format (text, sizeof text, "0x%08x", value), confidence, at, 4);
}

/* Object 0x1018: vendor, product, revision, serial number. */
static void
emit_identity (IsthDissectContext *ctx,
               const IsthEndpoint *about,
               uint8_t             subindex,
               uint32_t            value,
               const uint8_t      *at)
{
  static const IsthAttribute attributes[] = { ISTH_ATTRIBUTE_VENDOR_ID, ISTH_ATTRIBUTE_PRODUCT_CODE, ISTH_ATTRIBUTE_FIRMWARE, ISTH_ATTRIBUTE_SERIAL };

  if (subindex >= 1 && subindex <= G_N_ELEMENTS (attributes))
    isth_canopen_emit_number (ctx, about, attributes[subindex - 1], value, subindex == 4, at);
}

void
isth_canopen_emit_object (IsthDissectContext *ctx,
                          const IsthEndpoint *about,
                          uint16_t            index,
                          uint8_t             subindex,
                          IsthCursor          value)
{
  static const IsthAttribute texts[] = { ISTH_ATTRIBUTE_MODEL, ISTH_ATTRIBUTE_HARDWARE, ISTH_ATTRIBUTE_FIRMWARE };
  uint32_t size = isth_cursor_left (&value);
  const uint8_t *at = isth_cursor_bytes (&value, size);

  if (!at || size == 0 || !isth_canopen_is_identity (index))
    return;
  value.position -= size;
  if (index >= OBJECT_NAME && index <= OBJECT_SOFTWARE)
    isth_emit_text (ctx, about, texts[index - OBJECT_NAME], ISTH_CONFIDENCE_PARSED, at, size);
  else if (size >= 4 && index == OBJECT_TYPE)
    isth_canopen_emit_type (ctx, about, isth_cursor_le32 (&value), at);
  else if (size >= 4)
    emit_identity (ctx, about, subindex, isth_cursor_le32 (&value), at);
}
