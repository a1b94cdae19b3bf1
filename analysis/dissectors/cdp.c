/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cisco discovery protocol: what a switch, a router, a phone or an access point tells the other end of its wire about itself. No standard; the TLVs
 * are those that Cisco documents for versions 1 and 2 ("Cisco Discovery Protocol Configuration Guide", and the source of lldpd).
 *
 * Who is at the other end of the wire is not in the message, so it makes no neighbours. Power, prefixes (ODR) and cluster messages are not told. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define OUI_CISCO 0x00000c
#define PROTOCOL_ID 0x2000
#define HEADER_SIZE 4
#define ADDRESSES 16 /* read of one list: real ones have one or two */

enum
{
  TLV_DEVICE_ID = 0x01,
  TLV_ADDRESSES = 0x02,
  TLV_PORT = 0x03,
  TLV_CAPABILITIES = 0x04,
  TLV_VERSION = 0x05,
  TLV_PLATFORM = 0x06,
  TLV_HELLO = 0x08,
  TLV_VTP_DOMAIN = 0x09,
  TLV_NATIVE_VLAN = 0x0a,
  TLV_VOICE_VLAN = 0x0e,
  TLV_SYSTEM_NAME = 0x14,
  TLV_MANAGEMENT = 0x16,
  TLV_LOCATION = 0x17,
};

enum
{
  CAN_ROUTE = 0x01,
  CAN_SWITCH = 0x08,
  IS_PHONE = 0x80,
};

typedef struct
{
  uint64_t said;
} State;

/* Of the whole message: an access point calls itself a router, too. */
typedef struct
{
  uint32_t capabilities;
  bool wireless;
} Device;

static IsthProbe
cdp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint8_t version = isth_cursor_u8 (&c);
  uint16_t type, length;

  if (version < 1 || version > 3)
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, HEADER_SIZE - 1);
  type = isth_cursor_be16 (&c);
  length = isth_cursor_be16 (&c);
  if (c.failed || type != TLV_DEVICE_ID || length < 4 || packet->ether_type != PROTOCOL_ID)
    return ISTH_PROBE_NO;
  return isth_hello_snap_probe (packet, OUI_CISCO);
}

/* Kind, length and bytes of the protocol, then the address: NLPID 0xcc is IPv4, an 802.2 header with EtherType 0x86dd IPv6. */
static void
read_addresses (IsthDissectContext *ctx,
                IsthCursor tlv)
{
  uint32_t count = isth_cursor_be32 (&tlv);

  for (uint32_t i = 0; i < MIN (count, ADDRESSES); i++)
    {
      uint8_t kind = isth_cursor_u8 (&tlv);
      uint8_t protocol_size = isth_cursor_u8 (&tlv);
      const uint8_t *protocol = isth_cursor_bytes (&tlv, protocol_size);
      uint16_t size = isth_cursor_be16 (&tlv);
      const uint8_t *bytes = isth_cursor_bytes (&tlv, size);
      char text[ISTH_ADDRESS_TEXT];
      IsthAddress address;

      if (tlv.failed)
        return;
      if (kind == 1 && protocol_size == 1 && protocol[0] == 0xcc && size == 4)
        address = isth_address_ipv4 (bytes);
      else if (kind == 2 && protocol_size == 8 && protocol[6] == 0x86 && protocol[7] == 0xdd && size == 16)
        address = isth_address_ipv6 (bytes);
      else
        continue;
      if (isth_address_is_host (&address))
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_MGMT_ADDRESS, isth_address_format (&address, text), ISTH_CONFIDENCE_PARSED, bytes, size);
    }
}

/* Several lines: the one that names the version, or the first. */
static void
read_version (IsthDissectContext *ctx,
              const uint8_t *text,
              uint32_t size)
{
  const uint8_t *line = text, *best = text;
  uint32_t best_size = 0;

  while (line && line < text + size)
    {
      const uint8_t *end = memchr (line, '\n', (size_t) (text + size - line));
      uint32_t n = (uint32_t) ((end ? end : text + size) - line);

      if (best_size == 0 || memmem (line, n, "Version", 7))
        {
          best = line;
          best_size = n;
          if (memmem (line, n, "Version", 7))
            break;
        }
      line = end ? end + 1 : NULL;
    }
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, ISTH_CONFIDENCE_PARSED, best, best_size);
}

static void
read_vlan (IsthDissectContext *ctx,
           const uint8_t *at)
{
  char text[8];

  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VLAN, isth_text_format (text, sizeof text, "%u", isth_be16 (at)), ISTH_CONFIDENCE_PARSED, at, 2);
}

/* Cluster management (0x0112) holds the switch's own MAC: the ports of one switch have it in common. */
static void
read_hello (IsthDissectContext *ctx,
            IsthCursor tlv)
{
  uint32_t oui = isth_cursor_be24 (&tlv);
  uint16_t protocol = isth_cursor_be16 (&tlv);
  const uint8_t *bytes;
  char text[ISTH_ADDRESS_TEXT];
  IsthAddress mac;

  isth_cursor_skip (&tlv, 4 + 4 + 4 + 6); /* two addresses, version and status, the MAC of who commands */
  bytes = isth_cursor_bytes (&tlv, 6);
  if (!bytes || oui != OUI_CISCO || protocol != 0x0112)
    return;
  mac = isth_address_mac (bytes);
  if (isth_address_is_host (&mac))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_CHASSIS, isth_address_format (&mac, text), ISTH_CONFIDENCE_PARSED, bytes, 6);
}

static IsthAttribute
get_text_attribute (uint16_t type)
{
  switch (type)
    {
    case TLV_DEVICE_ID:
    case TLV_SYSTEM_NAME:
      return ISTH_ATTRIBUTE_HOSTNAME;
    case TLV_PORT:
      return ISTH_ATTRIBUTE_NEIGHBOUR_PORT;
    case TLV_PLATFORM:
      return ISTH_ATTRIBUTE_MODEL;
    case TLV_VTP_DOMAIN:
      return ISTH_ATTRIBUTE_DOMAIN;
    default:
      return ISTH_N_ATTRIBUTES;
    }
}

static void
read_tlv (IsthDissectContext *ctx,
          uint16_t type,
          IsthCursor tlv,
          Device *device)
{
  uint32_t size = isth_cursor_left (&tlv);
  const uint8_t *bytes = tlv.data;
  IsthAttribute attribute = get_text_attribute (type);

  if (attribute != ISTH_N_ATTRIBUTES)
    isth_emit_text (ctx, NULL, attribute, ISTH_CONFIDENCE_PARSED, bytes, size);
  if (type == TLV_ADDRESSES || type == TLV_MANAGEMENT)
    read_addresses (ctx, tlv);
  else if (type == TLV_CAPABILITIES)
    device->capabilities = isth_cursor_be32 (&tlv);
  else if (type == TLV_VERSION)
    read_version (ctx, bytes, size);
  else if (type == TLV_PLATFORM) /* Aironet; their controllers are AIR-CT… */
    device->wireless = size > 12 && memcmp (bytes, "cisco AIR-", 10) == 0 && memcmp (bytes + 10, "CT", 2) != 0;
  else if (type == TLV_HELLO)
    read_hello (ctx, tlv);
  else if (type == TLV_NATIVE_VLAN && size >= 2)
    read_vlan (ctx, bytes);
  else if (type == TLV_VOICE_VLAN && size >= 3 && (bytes[1] || bytes[2]))
    read_vlan (ctx, bytes + 1);
  else if (type == TLV_LOCATION && size > 1) /* behind the kind of place */
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_LOCATION, ISTH_CONFIDENCE_PARSED, bytes + 1, size - 1);
}

static void
emit_roles (IsthDissectContext *ctx,
            const Device *device)
{
  if (device->wireless)
    isth_emit_role (ctx, NULL, "wireless");
  else if (device->capabilities & CAN_ROUTE)
    isth_emit_role (ctx, NULL, "router");
  if (device->capabilities & CAN_SWITCH)
    isth_emit_role (ctx, NULL, "switch");
  if (device->capabilities & IS_PHONE)
    isth_emit_role (ctx, NULL, "phone");
}

static IsthDissectResult
cdp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  State *state = isth_context_state (ctx);
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .name = "announce" };
  Device device = { 0 };
  IsthCursor tlv;
  uint16_t type;
  bool fresh;

  isth_cursor_skip (c, HEADER_SIZE); /* version, life, checksum */
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  fresh = isth_hello_is_new (&state->said, isth_hello_digest (ctx, 0, c->data + c->position, isth_cursor_left (c)));
  isth_emit_request (ctx, &request);
  while (fresh && isth_hello_next_part (c, &type, &tlv))
    read_tlv (ctx, type, tlv, &device);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (fresh)
    emit_roles (ctx, &device);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_SNAP, PROTOCOL_ID }, { ISTH_BIND_ETHER_TYPE, PROTOCOL_ID } /* Cisco HDLC */ };

const IsthDissector isth_dissector_cdp = {
  .id = "cdp",
  .title = N_("Cisco discovery protocol"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "hostname model firmware domain location chassis neighbour_port mgmt_address vlan",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = cdp_probe,
  .dissect = cdp_dissect,
};
