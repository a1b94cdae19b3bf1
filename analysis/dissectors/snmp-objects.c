/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objects of SNMPv2-MIB (RFC 3418), ENTITY-MIB (RFC 6933), HOST-RESOURCES-MIB (RFC 2790), Printer-MIB (RFC 3805), UPS-MIB (RFC 1628), LLDP-MIB (IEEE 802.1AB) and,
 * of makers' own, those of Siemens, Cisco and APC that hold serial numbers and the like. */
#include "analysis/dissectors/snmp-objects.h"

#include <glib.h>

#include "analysis/dissectors/names.h"

#define MIB_2 "\x2b\x06\x01\x02\x01"             /* 1.3.6.1.2.1 */
#define SYSTEM MIB_2 "\x01"
#define ENTITY MIB_2 "\x2f\x01\x01\x01\x01"      /* entPhysicalEntry */
#define ENTERPRISES "\x2b\x06\x01\x04\x01"       /* 1.3.6.1.4.1 */
#define SNMP_MODULES "\x2b\x06\x01\x06\x03"      /* 1.3.6.1.6.3 */
#define LLDP "\x28\xc4\x62\x01\x01\x02"          /* 1.0.8802.1.1.2 */
#define SIEMENS_AUTOMATION ENTERPRISES "\xa1\x69\x06\x03\x02\x01\x01"
#define APC ENTERPRISES "\x82\x3e\x01\x01\x01\x01"

#define PREFIX(bytes) bytes, sizeof (bytes) - 1

/* The longest first where one holds another. */
static const struct
{
  const char *bytes;
  uint32_t length;
  const char *name;
} names[] = {
  { PREFIX (SYSTEM "\x01\x00"), "sysDescr.0" },
  { PREFIX (SYSTEM "\x02\x00"), "sysObjectID.0" },
  { PREFIX (SYSTEM "\x03\x00"), "sysUpTime.0" },
  { PREFIX (SYSTEM "\x04\x00"), "sysContact.0" },
  { PREFIX (SYSTEM "\x05\x00"), "sysName.0" },
  { PREFIX (SYSTEM "\x06\x00"), "sysLocation.0" },
  { PREFIX (SYSTEM "\x07\x00"), "sysServices.0" },
  { PREFIX (SYSTEM), "system" },
  { PREFIX (MIB_2 "\x02\x02"), "ifTable" },
  { PREFIX (MIB_2 "\x1f\x01\x01"), "ifXTable" },
  { PREFIX (MIB_2 "\x02"), "interfaces" },
  { PREFIX (MIB_2 "\x04\x14"), "ipAddrTable" },
  { PREFIX (MIB_2 "\x04\x15"), "ipRouteTable" },
  { PREFIX (MIB_2 "\x04\x16"), "ipNetToMediaTable" },
  { PREFIX (MIB_2 "\x04"), "ip" },
  { PREFIX (MIB_2 "\x05"), "icmp" },
  { PREFIX (MIB_2 "\x06"), "tcp" },
  { PREFIX (MIB_2 "\x07"), "udp" },
  { PREFIX (MIB_2 "\x0b"), "snmp" },
  { PREFIX (MIB_2 "\x11\x04\x03"), "dot1dTpFdbTable" },
  { PREFIX (MIB_2 "\x11\x07"), "qBridgeMIB" },
  { PREFIX (MIB_2 "\x11"), "dot1dBridge" },
  { PREFIX (MIB_2 "\x19"), "host" },
  { PREFIX (MIB_2 "\x21"), "upsMIB" },
  { PREFIX (MIB_2 "\x2b"), "printmib" },
  { PREFIX (ENTITY), "entPhysicalTable" },
  { PREFIX (MIB_2 "\x2f"), "entityMIB" },
  { PREFIX (MIB_2 "\x63"), "entitySensorMIB" },
  { PREFIX (LLDP), "lldpMIB" },
  { PREFIX (SNMP_MODULES "\x01\x01\x05\x01"), "coldStart" },
  { PREFIX (SNMP_MODULES "\x01\x01\x05\x02"), "warmStart" },
  { PREFIX (SNMP_MODULES "\x01\x01\x05\x03"), "linkDown" },
  { PREFIX (SNMP_MODULES "\x01\x01\x05\x04"), "linkUp" },
  { PREFIX (SNMP_MODULES "\x01\x01\x05\x05"), "authenticationFailure" },
  { PREFIX (SNMP_MODULES "\x0f\x01\x01\x01"), "usmStatsUnsupportedSecLevels" },
  { PREFIX (SNMP_MODULES "\x0f\x01\x01\x02"), "usmStatsNotInTimeWindows" },
  { PREFIX (SNMP_MODULES "\x0f\x01\x01\x03"), "usmStatsUnknownUserNames" },
  { PREFIX (SNMP_MODULES "\x0f\x01\x01\x04"), "usmStatsUnknownEngineIDs" },
  { PREFIX (SNMP_MODULES "\x0f\x01\x01\x05"), "usmStatsWrongDigests" },
  { PREFIX (SNMP_MODULES "\x0f\x01\x01\x06"), "usmStatsDecryptionErrors" },
};

/* @parts: of a table with a row for each part; row 1 is the device as a whole. */
static const struct
{
  const char *bytes;
  uint32_t length;
  IsthAttribute attribute;
  bool parts;
} claims[] = {
  { PREFIX (SYSTEM "\x01\x00"), ISTH_ATTRIBUTE_DESCRIPTION, false },
  { PREFIX (SYSTEM "\x02\x00"), ISTH_ATTRIBUTE_PRODUCT_CODE, false },
  { PREFIX (SYSTEM "\x04\x00"), ISTH_ATTRIBUTE_CONTACT, false },
  { PREFIX (SYSTEM "\x05\x00"), ISTH_ATTRIBUTE_HOSTNAME, false },
  { PREFIX (SYSTEM "\x06\x00"), ISTH_ATTRIBUTE_LOCATION, false },
  { PREFIX (ENTITY "\x08"), ISTH_ATTRIBUTE_HARDWARE, true },
  { PREFIX (ENTITY "\x09"), ISTH_ATTRIBUTE_FIRMWARE, true },
  { PREFIX (ENTITY "\x0a"), ISTH_ATTRIBUTE_SOFTWARE, true },
  { PREFIX (ENTITY "\x0b"), ISTH_ATTRIBUTE_SERIAL, true },
  { PREFIX (ENTITY "\x0c"), ISTH_ATTRIBUTE_VENDOR, true },
  { PREFIX (ENTITY "\x0d"), ISTH_ATTRIBUTE_MODEL, true },
  { PREFIX (MIB_2 "\x2b\x05\x01\x01\x11\x01"), ISTH_ATTRIBUTE_SERIAL, false },  /* prtGeneralSerialNumber.1 */
  { PREFIX (MIB_2 "\x21\x01\x01\x01\x00"), ISTH_ATTRIBUTE_VENDOR, false },      /* upsIdentManufacturer.0 */
  { PREFIX (MIB_2 "\x21\x01\x01\x02\x00"), ISTH_ATTRIBUTE_MODEL, false },
  { PREFIX (MIB_2 "\x21\x01\x01\x03\x00"), ISTH_ATTRIBUTE_FIRMWARE, false },
  { PREFIX (MIB_2 "\x21\x01\x01\x04\x00"), ISTH_ATTRIBUTE_SOFTWARE, false },
  { PREFIX (LLDP "\x01\x03\x03\x00"), ISTH_ATTRIBUTE_HOSTNAME, false },         /* lldpLocSysName.0 */
  { PREFIX (LLDP "\x01\x03\x04\x00"), ISTH_ATTRIBUTE_DESCRIPTION, false },
  { PREFIX (SIEMENS_AUTOMATION "\x02\x00"), ISTH_ATTRIBUTE_ORDER_NUMBER, false },
  { PREFIX (SIEMENS_AUTOMATION "\x03\x00"), ISTH_ATTRIBUTE_SERIAL, false },
  { PREFIX (SIEMENS_AUTOMATION "\x04\x00"), ISTH_ATTRIBUTE_HARDWARE, false },
  { PREFIX (SIEMENS_AUTOMATION "\x05\x00"), ISTH_ATTRIBUTE_FIRMWARE, false },
  { PREFIX (ENTERPRISES "\x09\x03\x06\x03\x00"), ISTH_ATTRIBUTE_SERIAL, false }, /* chassisId.0 of Cisco */
  { PREFIX (APC "\x01\x01\x01\x00"), ISTH_ATTRIBUTE_MODEL, false },              /* upsBasicIdentModel.0 */
  { PREFIX (APC "\x01\x02\x01\x00"), ISTH_ATTRIBUTE_FIRMWARE, false },
  { PREFIX (APC "\x01\x02\x03\x00"), ISTH_ATTRIBUTE_SERIAL, false },
};

static bool
starts_with (const IsthOid *oid,
             const char *bytes,
             uint32_t length)
{
  return oid->length >= length && memcmp (oid->bytes, bytes, length) == 0;
}

/* One number in base 128 (X.690, 8.19); false at the end, and when it is too large. */
static bool
next_number (const IsthOid *oid,
             uint32_t *at,
             uint32_t *number)
{
  *number = 0;
  for (int i = 0; i < 5 && *at < oid->length; i++)
    {
      uint8_t byte = oid->bytes[(*at)++];

      *number = *number << 7 | (byte & 0x7f);
      if (!(byte & 0x80))
        return true;
    }
  return false;
}

/* "1.3.6.1.4.1.9"; "" when it is broken. */
static const char *
format_numbers (const IsthOid *oid,
                char *text,
                size_t size)
{
  uint32_t at = 0, number, top;
  size_t used;

  text[0] = '\0';
  if (!next_number (oid, &at, &number))
    return text;
  top = MIN (number / 40, 2);
  isth_text_format (text, size, "%u.%u", top, number - 40 * top);
  used = strlen (text);
  while (next_number (oid, &at, &number) && used + 12 < size)
    {
      isth_text_format (text + used, size - used, ".%u", number);
      used += strlen (text + used);
    }
  return text;
}

const char *
isth_oid_vendor (const IsthOid *oid)
{
  uint32_t at = sizeof ENTERPRISES - 1, number;

  if (!starts_with (oid, PREFIX (ENTERPRISES)) || !next_number (oid, &at, &number))
    return NULL;
  return isth_name_enterprise (number);
}

const char *
isth_oid_describe (const IsthOid *oid,
                   char *text,
                   size_t size)
{
  const char *vendor = isth_oid_vendor (oid);
  char numbers[128];

  format_numbers (oid, numbers, sizeof numbers);
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (starts_with (oid, names[i].bytes, names[i].length))
      {
        if (oid->length == names[i].length || strchr (names[i].name, '.'))
          return isth_text_format (text, size, "%s", names[i].name);
        return isth_text_format (text, size, "%s %s", names[i].name, numbers);
      }
  return vendor ? isth_text_format (text, size, "%s (%s)", numbers, vendor) : isth_text_format (text, size, "%s", numbers);
}

bool
isth_oid_is_identity (const IsthOid *oid)
{
  if (starts_with (oid, PREFIX (SYSTEM)) && !starts_with (oid, PREFIX (SYSTEM "\x03")))
    return true;
  for (size_t i = 0; i < G_N_ELEMENTS (claims); i++)
    if (starts_with (oid, claims[i].bytes, claims[i].length))
      return true;
  return false;
}

bool
isth_oid_is_notification (const IsthOid *oid)
{
  static const char name[] = SNMP_MODULES "\x01\x01\x04\x01\x00";

  return oid->length == sizeof name - 1 && starts_with (oid, PREFIX (name));
}

/* sysObjectID, and whose it is. */
static void
claim_product (IsthDissectContext *ctx,
               const IsthCursor *value)
{
  IsthOid product = { value->data + value->position, isth_cursor_left (value) };
  const char *vendor = isth_oid_vendor (&product);
  char text[ISTH_LIMIT_TEXT];

  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PRODUCT_CODE, format_numbers (&product, text, sizeof text), ISTH_CONFIDENCE_PARSED, product.bytes,
                   product.length);
  if (vendor)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, vendor, ISTH_CONFIDENCE_PARSED, product.bytes, product.length);
}

/* The system in a description that is what uname says: "Linux NAME 4.4.0-93-generic #116-Ubuntu SMP …". */
static void
claim_system (IsthDissectContext *ctx,
              const IsthEndpoint *about,
              const uint8_t *bytes,
              uint32_t length)
{
  static const char *const systems[] = { "Linux ", "FreeBSD ", "NetBSD ", "OpenBSD ", "Darwin ", "SunOS " };
  const uint8_t *end = bytes + length, *name, *version, *rest;
  char text[ISTH_LIMIT_TEXT], release[80];

  for (size_t i = 0; i < G_N_ELEMENTS (systems); i++)
    if (length > strlen (systems[i]) && memcmp (bytes, systems[i], strlen (systems[i])) == 0)
      {
        name = bytes + strlen (systems[i]);
        version = memchr (name, ' ', (size_t) (end - name));
        if (!version || version == name || ++version == end || !g_ascii_isdigit (*version))
          return;
        rest = memchr (version, ' ', (size_t) (end - version));
        isth_text_from_bytes (release, sizeof release, version, (size_t) ((rest ? rest : end) - version));
        isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_OS, isth_text_format (text, sizeof text, "%s%s", systems[i], release), ISTH_CONFIDENCE_BANNER, bytes, length);
        return;
      }
}

void
isth_oid_claim (IsthDissectContext *ctx,
                const IsthOid *oid,
                uint32_t tag,
                const IsthCursor *value)
{
  IsthEndpoint part = isth_context_sender (ctx);
  uint32_t left = isth_cursor_left (value);
  char child[32];

  if (left == 0 || value->length < value->wire || (tag != 0x04 && tag != 0x06))
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      uint32_t at = claims[i].length, row = 1;

      if (!starts_with (oid, claims[i].bytes, claims[i].length))
        continue;
      if (claims[i].attribute == ISTH_ATTRIBUTE_PRODUCT_CODE)
        {
          if (tag == 0x06)
            claim_product (ctx, value);
          return;
        }
      if (tag != 0x04 || (claims[i].parts && !next_number (oid, &at, &row)) || at != oid->length)
        return;
      if (row != 1)
        part.child = isth_text_format (child, sizeof child, "snmp-entity:%u", row);
      isth_emit_text (ctx, &part, claims[i].attribute, ISTH_CONFIDENCE_PARSED, value->data + value->position, left);
      if (claims[i].attribute == ISTH_ATTRIBUTE_DESCRIPTION)
        claim_system (ctx, &part, value->data + value->position, left);
      return;
    }
}
