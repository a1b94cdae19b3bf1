/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Extreme discovery protocol: name, port, version and VLANs of a switch of Extreme Networks. No standard; the fields are those that lldpd reads.
 *
 * What ESRP and EAPS (rings) put into the same messages is not told. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define OUI_EXTREME 0x00e02b
#define PROTOCOL_ID 0x00bb
#define MARKER 0x99

enum
{
  TLV_END = 0,
  TLV_NAME = 1,
  TLV_INFORMATION = 2,
  TLV_VLAN = 5,
};

typedef struct
{
  uint64_t said[2];
} State;

static IsthProbe
edp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  if (isth_cursor_be16 (&c) != 0x0100 || packet->ether_type != PROTOCOL_ID)
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, 2 + 2 + 2); /* length, checksum, sequence */
  if (isth_cursor_be16 (&c) != 0) /* the id is a MAC */
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, 6);
  if (isth_cursor_u8 (&c) != MARKER)
    return ISTH_PROBE_NO;
  return isth_hello_snap_probe (packet, OUI_EXTREME);
}

/* Slot and port count from 0; the version is four bytes. */
static void
read_information (IsthDissectContext *ctx,
                  IsthCursor tlv)
{
  const uint8_t *port = isth_cursor_bytes (&tlv, 4);
  const uint8_t *version;
  char text[32];

  isth_cursor_skip (&tlv, 2 + 6); /* virtual chassis */
  version = isth_cursor_bytes (&tlv, 4);
  if (!version)
    return;
  isth_text_format (text, sizeof text, "%u/%u", isth_be16 (port) + 1, isth_be16 (port + 2) + 1);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_NEIGHBOUR_PORT, text, ISTH_CONFIDENCE_PARSED, port, 4);
  isth_text_format (text, sizeof text, "%u.%u.%u.%u", version[0], version[1], version[2], version[3]);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, text, ISTH_CONFIDENCE_PARSED, version, 4);
}

static void
read_vlan (IsthDissectContext *ctx,
           IsthCursor tlv)
{
  const uint8_t *id, *ip;
  char text[ISTH_ADDRESS_TEXT];
  IsthAddress address;

  isth_cursor_skip (&tlv, 2); /* flags */
  id = isth_cursor_bytes (&tlv, 2);
  isth_cursor_skip (&tlv, 4);
  ip = isth_cursor_bytes (&tlv, 4);
  if (!ip)
    return;
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VLAN, isth_text_format (text, sizeof text, "%u", isth_be16 (id)), ISTH_CONFIDENCE_PARSED, id, 2);
  address = isth_address_ipv4 (ip);
  if (isth_address_is_host (&address))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_MGMT_ADDRESS, isth_address_format (&address, text), ISTH_CONFIDENCE_PARSED, ip, 4);
}

/* False when a part lies about its length. */
static bool
read_parts (IsthDissectContext *ctx,
            IsthCursor c)
{
  IsthCursor tlv;
  uint16_t kind;

  while (isth_hello_next_part (&c, &kind, &tlv))
    {
      uint8_t type = (uint8_t) kind;

      if (kind >> 8 != MARKER)
        return false;
      if (type == TLV_END)
        return true;
      if (type == TLV_NAME)
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, tlv.data, tlv.length);
      else if (type == TLV_INFORMATION)
        read_information (ctx, tlv);
      else if (type == TLV_VLAN)
        read_vlan (ctx, tlv);
    }
  return !c.failed;
}

static IsthDissectResult
edp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  State *state = isth_context_state (ctx);
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .name = "announce" };
  char text[ISTH_ADDRESS_TEXT];
  const uint8_t *mac;
  IsthAddress chassis;
  int part;

  isth_cursor_skip (c, 10); /* version, length, checksum, sequence, kind of id */
  mac = isth_cursor_bytes (c, 6);
  if (!mac)
    return ISTH_DISSECT_MALFORMED;
  isth_emit_request (ctx, &request);
  part = isth_cursor_peek (c, 1) == TLV_VLAN; /* VLANs come in messages of their own */
  if (!isth_hello_is_new (&state->said[part], isth_hello_digest (ctx, 0, mac, 6 + isth_cursor_left (c))))
    return ISTH_DISSECT_OK;
  chassis = isth_address_mac (mac);
  if (isth_address_is_host (&chassis))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_CHASSIS, isth_address_format (&chassis, text), ISTH_CONFIDENCE_PARSED, mac, 6);
  isth_emit_role (ctx, NULL, "switch");
  return read_parts (ctx, *c) ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static const IsthBinding bindings[] = { { ISTH_BIND_SNAP, PROTOCOL_ID } };

const IsthDissector isth_dissector_edp = {
  .id = "edp",
  .title = N_("Extreme discovery protocol"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname firmware chassis neighbour_port vlan mgmt_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = edp_probe,
  .dissect = edp_dissect,
};
