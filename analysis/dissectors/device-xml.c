/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UPnP Device Architecture 2.0, 2.3; ONVIF Core Specification, 8.3.4 (GetDeviceInformation). */
#include "analysis/dissectors/device-xml.h"

#include "analysis/dissectors/xml.h"

enum
{
  NOT_KNOWN,
  UPNP,
  ONVIF,
};

static const struct
{
  uint8_t kind;
  IsthAttribute attribute;
  const char *name;
} elements[] = {
  { UPNP, ISTH_ATTRIBUTE_NAME, "friendlyName" },
  { UPNP, ISTH_ATTRIBUTE_VENDOR, "manufacturer" },
  { UPNP, ISTH_ATTRIBUTE_MODEL, "modelName" },
  { UPNP, ISTH_ATTRIBUTE_PRODUCT_CODE, "modelNumber" },
  { UPNP, ISTH_ATTRIBUTE_DESCRIPTION, "modelDescription" },
  { UPNP, ISTH_ATTRIBUTE_SERIAL, "serialNumber" },
  { ONVIF, ISTH_ATTRIBUTE_VENDOR, "Manufacturer" },
  { ONVIF, ISTH_ATTRIBUTE_MODEL, "Model" },
  { ONVIF, ISTH_ATTRIBUTE_FIRMWARE, "FirmwareVersion" },
  { ONVIF, ISTH_ATTRIBUTE_SERIAL, "SerialNumber" },
  { ONVIF, ISTH_ATTRIBUTE_HARDWARE, "HardwareId" },
};

static uint8_t
find_kind (const IsthPiece *piece)
{
  IsthPiece found;

  if (isth_piece_between (piece, "urn:schemas-upnp-org:device", ">", &found))
    return UPNP;
  return isth_piece_between (piece, "GetDeviceInformationResponse", ">", &found) ? ONVIF : NOT_KNOWN;
}

bool
isth_device_xml_read (IsthDissectContext *ctx,
                      const IsthPiece *piece,
                      IsthDeviceXml *state)
{
  IsthPiece content;

  if (state->kind == NOT_KNOWN)
    state->kind = find_kind (piece);
  if (state->kind == NOT_KNOWN)
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS (elements); i++)
    if (elements[i].kind == state->kind && !(state->told & 1u << i) && isth_xml_find (piece, elements[i].name, &content))
      {
        state->told |= (uint16_t) (1u << i);
        isth_emit_text (ctx, NULL, elements[i].attribute, ISTH_CONFIDENCE_PARSED, content.bytes, content.length);
      }
  return true;
}
