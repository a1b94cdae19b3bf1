/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Link layer discovery: what a switch, a phone or a PROFINET device tells the other end of its wire
 * about itself. IEEE 802.1AB-2016, 8; voice VLAN, place and inventory of ANSI/TIA-1057 (LLDP-MED),
 * 10.2; PROFINET, IEC 61158-6-10, 4.17. Places in degrees are not told. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"
#include "analysis/dissectors/profinet-columns.h"

#define OUI_IEEE_8021 0x0080c2
#define OUI_MED 0x0012bb
#define OUI_PROFINET 0x000ecf
#define UUID 16

enum
{
  PROFINET_RING = 4,
  PROFINET_CHASSIS = 5,
  PROFINET_CLOCK = 6,
};

enum
{
  TLV_END,
  TLV_CHASSIS,
  TLV_PORT,
  TLV_LIFE,
  TLV_PORT_DESCRIPTION,
  TLV_SYSTEM_NAME,
  TLV_SYSTEM_DESCRIPTION,
  TLV_CAPABILITIES,
  TLV_ADDRESS,
  TLV_ORGANISATION = 127,
};

/* IANA address families of a management address or a network address id. */
enum
{
  FAMILY_IPV4 = 1,
  FAMILY_IPV6 = 2,
  FAMILY_MAC = 6,
};

typedef struct
{
  uint64_t said;
} State;

/* What PROFINET says of the whole frame: the station name hides in ids that come before the proof
 * that it is PROFINET. */
typedef struct
{
  IsthCursor chassis, port;
  bool profinet;
} Station;

static const struct
{
  uint16_t bit;
  const char *role;
} capabilities[] = {
  { 1 << 2, "switch" }, { 1 << 3, "wireless" }, { 1 << 4, "router" }, { 1 << 5, "phone" },
};

static const struct
{
  uint8_t subtype;
  IsthAttribute attribute;
} inventory[] = {
  { 5, ISTH_ATTRIBUTE_HARDWARE }, { 6, ISTH_ATTRIBUTE_FIRMWARE }, { 7, ISTH_ATTRIBUTE_SOFTWARE },
  { 8, ISTH_ATTRIBUTE_SERIAL },   { 9, ISTH_ATTRIBUTE_VENDOR },   { 10, ISTH_ATTRIBUTE_MODEL },
  { 11, ISTH_ATTRIBUTE_PLANT_TAG }, /* asset id */
};

static bool
make_address (uint8_t family,
              const uint8_t *bytes,
              uint32_t size,
              IsthAddress *address)
{
  if (family == FAMILY_IPV4 && size == 4)
    *address = isth_address_ipv4 (bytes);
  else if (family == FAMILY_IPV6 && size == 16)
    *address = isth_address_ipv6 (bytes);
  else if (family == FAMILY_MAC && size == 6)
    *address = isth_address_mac (bytes);
  else
    return false;
  return true;
}

static void
emit_address (IsthDissectContext *ctx,
              IsthAttribute attribute,
              const IsthAddress *address,
              const uint8_t *at,
              uint32_t length)
{
  char text[ISTH_ADDRESS_TEXT];

  isth_emit_claim (ctx, NULL, attribute, isth_address_format (address, text),
                   ISTH_CONFIDENCE_PARSED, at, length);
}

/* An id of a chassis or a port: a MAC, a network address, or text; anything else in hex. */
static void
read_id (IsthDissectContext *ctx,
         IsthAttribute attribute,
         uint8_t mac_subtype,
         uint8_t network_subtype,
         IsthCursor tlv)
{
  uint8_t subtype = isth_cursor_u8 (&tlv);
  uint32_t size = isth_cursor_left (&tlv);
  const uint8_t *id = isth_cursor_bytes (&tlv, size);
  char text[ISTH_LIMIT_TEXT];
  IsthAddress address;

  if (!id || size == 0)
    return;
  if (subtype == mac_subtype && make_address (FAMILY_MAC, id, size, &address))
    emit_address (ctx, attribute, &address, id, size);
  else if (subtype == network_subtype && make_address (id[0], id + 1, size - 1, &address))
    emit_address (ctx, attribute, &address, id, size);
  else if (isth_text_is_printable (id, size))
    isth_emit_text (ctx, NULL, attribute, ISTH_CONFIDENCE_PARSED, id, size);
  else
    isth_emit_claim (ctx, NULL, attribute, isth_text_from_hex (text, sizeof text, id, size),
                     ISTH_CONFIDENCE_PARSED, id, size);
}

/* A Siemens order number: "6ES7 515-2AM01-0AB0". */
static bool
is_order_number (const uint8_t *text,
                 size_t size)
{
  return size >= 10 && g_ascii_isdigit (text[0]) && g_ascii_isupper (text[1])
         && g_ascii_isupper (text[2]) && g_ascii_isdigit (text[3]) && text[4] == ' '
         && memchr (text, '-', size) != NULL;
}

/* What stands behind @prefix and "Version" in a part of a description. */
static void
emit_part (IsthDissectContext *ctx,
           IsthAttribute attribute,
           const char *prefix,
           const uint8_t *text,
           size_t size)
{
  static const char version[] = "Version ";
  size_t n = strlen (prefix);

  if (size <= n || memcmp (text, prefix, n) != 0)
    return;
  if (size - n >= sizeof version && memcmp (text + n, version, sizeof version - 1) == 0)
    n += sizeof version - 1;
  isth_emit_text (ctx, NULL, attribute, ISTH_CONFIDENCE_BANNER, text + n, (uint32_t) (size - n));
}

/* Siemens devices write "vendor, family, model, order number, HW: 7, FW: V4.02, S C-X4U12345". */
static void
read_description (IsthDissectContext *ctx,
                  const uint8_t *text,
                  size_t size)
{
  const uint8_t *part = text, *before = NULL;
  const uint8_t *end = text + size;
  uint32_t first = 0, before_size = 0;
  bool ordered = false;

  while (part < end)
    {
      const uint8_t *comma = memmem (part, (size_t) (end - part), ", ", 2);
      uint32_t n = (uint32_t) ((comma ? comma : end) - part);

      if (!before)
        first = n;
      else if (!ordered && is_order_number (part, n))
        {
          isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, ISTH_CONFIDENCE_BANNER, text, first);
          isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_BANNER, before,
                          before_size);
          isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_ORDER_NUMBER, ISTH_CONFIDENCE_BANNER, part, n);
          ordered = true;
        }
      else if (ordered)
        {
          emit_part (ctx, ISTH_ATTRIBUTE_HARDWARE, "HW: ", part, n);
          emit_part (ctx, ISTH_ATTRIBUTE_FIRMWARE, "FW: ", part, n);
          if (n > 4 && memcmp (part, "S ", 2) == 0)
            isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SERIAL, ISTH_CONFIDENCE_BANNER, part, n);
        }
      before = part;
      before_size = n;
      part = comma ? comma + 2 : end;
    }
}

static void
read_capabilities (IsthDissectContext *ctx,
                   IsthCursor tlv)
{
  uint16_t enabled;

  isth_cursor_skip (&tlv, 2); /* what it could do; what is switched on follows */
  enabled = isth_cursor_be16 (&tlv);
  for (size_t i = 0; !tlv.failed && i < G_N_ELEMENTS (capabilities); i++)
    if (enabled & capabilities[i].bit)
      isth_emit_role (ctx, NULL, capabilities[i].role);
}

/* 8.5.9. The address is the system's, not that of the port which sends: a claim, and no binding. */
static void
read_management_address (IsthDissectContext *ctx,
                         IsthCursor tlv)
{
  uint8_t size = isth_cursor_u8 (&tlv);
  uint8_t family = isth_cursor_u8 (&tlv);
  const uint8_t *bytes = isth_cursor_bytes (&tlv, size > 0 ? size - 1u : 0);
  IsthAddress address;

  if (bytes && size > 0 && make_address (family, bytes, size - 1u, &address)
      && isth_address_is_host (&address))
    emit_address (ctx, ISTH_ATTRIBUTE_MGMT_ADDRESS, &address, bytes, size - 1u);
}

/* IEEE 802.1Q, annex D: the VLAN of untagged frames; 0 says that there is none. */
static void
read_port_vlan (IsthDissectContext *ctx,
                IsthCursor *tlv)
{
  const uint8_t *at = isth_cursor_bytes (tlv, 2);
  char text[8];

  if (at && (at[0] || at[1]))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VLAN,
                     isth_text_format (text, sizeof text, "%u", isth_be16 (at)),
                     ISTH_CONFIDENCE_PARSED, at, 2);
}

/* TIA-1057, 10.2.3: the tagged VLAN that the switch gives to one use (voice, video …). */
static void
read_policy (IsthDissectContext *ctx,
             IsthCursor tlv)
{
  const uint8_t *at;
  uint32_t policy, vlan;
  char text[8];

  isth_cursor_skip (&tlv, 1); /* the use */
  at = isth_cursor_bytes (&tlv, 3);
  if (!at)
    return;
  policy = isth_be24 (at);
  vlan = policy >> 9 & 0xfff;
  if ((policy >> 22 & 3) == 1 && vlan != 0 && vlan != 0xfff) /* known and tagged */
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VLAN, isth_text_format (text, sizeof text, "%u", vlan), ISTH_CONFIDENCE_PARSED, at, 3);
}

/* TIA-1057, 10.2.4: the parts of a postal address (RFC 4776) from the country to the room, or an emergency number. */
static void
read_location (IsthDissectContext *ctx,
               IsthCursor tlv)
{
  uint8_t format = isth_cursor_u8 (&tlv);
  uint32_t size = isth_cursor_left (&tlv);
  const uint8_t *all = tlv.data + tlv.position;
  char text[ISTH_LIMIT_TEXT], part[ISTH_LIMIT_TEXT];
  const uint8_t *country;
  IsthCursor civic;

  if (format == 3)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_LOCATION, ISTH_CONFIDENCE_PARSED, all, size);
  if (format != 2)
    return;
  civic = isth_cursor_take (&tlv, isth_cursor_u8 (&tlv));
  isth_cursor_skip (&civic, 1); /* whose place it is */
  country = isth_cursor_bytes (&civic, 2);
  isth_text_from_bytes (text, sizeof text, country, country ? 2 : 0);
  while (!civic.failed && isth_cursor_left (&civic) >= 2)
    {
      uint8_t kind = isth_cursor_u8 (&civic);
      uint32_t n = isth_cursor_u8 (&civic);
      const uint8_t *value = isth_cursor_bytes (&civic, n);
      size_t used = strlen (text);

      if (value && n > 0 && kind != 0) /* 0: the language */
        isth_text_format (text + used, sizeof text - used, ", %s", isth_text_from_bytes (part, sizeof part, value, n));
    }
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_LOCATION, text, ISTH_CONFIDENCE_PARSED, all, size);
}

static void
read_med (IsthDissectContext *ctx,
          uint8_t subtype,
          IsthCursor tlv)
{
  uint32_t size = isth_cursor_left (&tlv);

  if (subtype == 2)
    read_policy (ctx, tlv);
  else if (subtype == 3)
    read_location (ctx, tlv);
  else
    for (size_t i = 0; i < G_N_ELEMENTS (inventory); i++)
      if (inventory[i].subtype == subtype)
        isth_emit_text (ctx, NULL, inventory[i].attribute, ISTH_CONFIDENCE_PARSED, isth_cursor_bytes (&tlv, size), size);
}

/* IEC 61158-6-10, 4.17.3: the MAC of the device behind its ports; the ring that the port is in, which has a UUID; whose clock it follows. */
static void
read_profinet (IsthDissectContext *ctx,
               uint8_t subtype,
               const uint8_t *bytes,
               uint32_t size)
{
  static const uint8_t nobody[UUID];
  IsthAddress mac;

  if (subtype == PROFINET_CHASSIS && make_address (FAMILY_MAC, bytes, size, &mac))
    emit_address (ctx, ISTH_ATTRIBUTE_CHASSIS, &mac, bytes, size);
  else if (subtype == PROFINET_RING && size >= UUID + 2 && memcmp (bytes, nobody, UUID) != 0)
    isth_emit_role (ctx, NULL, "mrp-node");
  else if (subtype == PROFINET_CLOCK && size >= 6 + UUID && memcmp (bytes, nobody, 6) != 0)
    isth_emit_role (ctx, NULL, "ptcp-node");
}

static void
read_organisation (IsthDissectContext *ctx,
                   IsthCursor tlv,
                   Station *station)
{
  uint32_t oui = isth_cursor_be24 (&tlv);
  uint8_t subtype = isth_cursor_u8 (&tlv);
  uint32_t size = isth_cursor_left (&tlv);

  if (tlv.failed)
    return;
  if (oui == OUI_PROFINET)
    {
      station->profinet = true;
      read_profinet (ctx, subtype, isth_cursor_bytes (&tlv, size), size);
    }
  else if (oui == OUI_IEEE_8021 && subtype == 1)
    read_port_vlan (ctx, &tlv);
  else if (oui == OUI_MED)
    read_med (ctx, subtype, tlv);
}

/* A PROFINET name of station (IEC 61158-6-10, 4.3.1.4.16): lower case letters, digits, hyphens and
 * dots. */
static void
emit_station (IsthDissectContext *ctx,
              const uint8_t *name,
              uint32_t size)
{
  for (uint32_t i = 0; i < size; i++)
    if (!g_ascii_islower (name[i]) && !g_ascii_isdigit (name[i]) && name[i] != '-'
        && name[i] != '.')
      return;
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_STATION, ISTH_CONFIDENCE_PARSED, name, size);
}

/* Up to version 2.2 the station's name is the id of the chassis; later it follows the port's:
 * "port-001.name". */
static void
read_station (IsthDissectContext *ctx,
              Station *station)
{
  static const uint8_t locally_assigned = 7;
  uint32_t size = isth_cursor_left (&station->port);
  const uint8_t *port = isth_cursor_bytes (&station->port, size);
  const uint8_t *dot;

  if (!station->profinet || !port || size < 2 || port[0] != locally_assigned)
    return;
  dot = memchr (port, '.', size);
  if (dot)
    emit_station (ctx, dot + 1, (uint32_t) (port + size - dot - 1));
  else
    {
      size = isth_cursor_left (&station->chassis);
      if (size > 1 && isth_cursor_u8 (&station->chassis) == locally_assigned)
        emit_station (ctx, isth_cursor_bytes (&station->chassis, size - 1), size - 1);
    }
}

static void
read_tlv (IsthDissectContext *ctx,
          unsigned type,
          IsthCursor tlv,
          Station *station)
{
  static const IsthAttribute texts[] = {
    [TLV_PORT_DESCRIPTION] = ISTH_ATTRIBUTE_NEIGHBOUR_PORT,
    [TLV_SYSTEM_NAME] = ISTH_ATTRIBUTE_HOSTNAME,
    [TLV_SYSTEM_DESCRIPTION] = ISTH_ATTRIBUTE_DESCRIPTION,
  };
  uint32_t size = isth_cursor_left (&tlv);
  const uint8_t *at;

  switch (type)
    {
    case TLV_CHASSIS:
      station->chassis = tlv;
      read_id (ctx, ISTH_ATTRIBUTE_CHASSIS, 4, 5, tlv);
      break;
    case TLV_PORT:
      station->port = tlv;
      read_id (ctx, ISTH_ATTRIBUTE_NEIGHBOUR_PORT, 3, 4, tlv);
      break;
    case TLV_PORT_DESCRIPTION:
    case TLV_SYSTEM_NAME:
    case TLV_SYSTEM_DESCRIPTION:
      at = isth_cursor_bytes (&tlv, size);
      isth_emit_text (ctx, NULL, texts[type], ISTH_CONFIDENCE_PARSED, at, size);
      if (type == TLV_SYSTEM_DESCRIPTION && !isth_profinet_emit_columns (ctx, at, size, true, ISTH_CONFIDENCE_BANNER))
        read_description (ctx, at, size);
      break;
    case TLV_CAPABILITIES:
      read_capabilities (ctx, tlv);
      break;
    case TLV_ADDRESS:
      read_management_address (ctx, tlv);
      break;
    case TLV_ORGANISATION:
      read_organisation (ctx, tlv, station);
      break;
    default:
      break;
    }
}

static IsthDissectResult
lldp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  State *state = isth_context_state (ctx);
  Station station = { 0 };
  unsigned count = 0;

  isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .name = "announce" });
  if (!isth_hello_is_new (&state->said, isth_hello_digest (ctx, 0, c->data + c->position, isth_cursor_left (c))))
    return ISTH_DISSECT_OK;

  /* The first three are mandatory and in this order (8.2); the end mark may be missing from what is
   * otherwise complete. */
  while (count < TLV_LIFE || isth_cursor_wire_left (c) > 0)
    {
      uint16_t header = isth_cursor_be16 (c);
      unsigned type = header >> 9;
      IsthCursor tlv = isth_cursor_take (c, header & 0x1ff);

      if (c->failed || tlv.length < tlv.wire || (count < TLV_LIFE && type != count + 1))
        return ISTH_DISSECT_MALFORMED;
      if (type == TLV_END)
        break;
      read_tlv (ctx, type, tlv, &station);
      count++;
    }
  read_station (ctx, &station);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, 0x88cc } };

const IsthDissector isth_dissector_lldp = {
  .id = "lldp",
  .title = N_("Link layer discovery protocol"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model order_number firmware hardware serial hostname software description "
              "station chassis neighbour_port mgmt_address vlan location plant_tag",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .dissect = lldp_dissect,
};
