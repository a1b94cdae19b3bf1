/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spanning trees: which bridge sends, which one is the root, through which port, and that the tree changes. IEEE 802.1D-2004, 9.3 (STP, RSTP);
 * 802.1Q-2014, 14.4 (MSTP); Cisco's trees of one VLAN each (PVST+, in SNAP, with the VLAN behind the message).
 *
 * Timers, and the trees of single MST instances, are not told. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define SAP 0x4242
#define OUI_CISCO 0x00000c
#define PVST 0x010b

enum
{
  TYPE_CONFIGURATION = 0x00,
  TYPE_RAPID = 0x02,
  TYPE_CHANGE = 0x80,
};

enum
{
  FLAG_CHANGE = 0x01,
  FLAG_LEARNING = 0x10,
  FLAG_FORWARDING = 0x20,
};

/* A trunk has a tree for each VLAN. */
typedef struct
{
  uint64_t said[16];
} State;

/* A message as far as it matters; the identifiers are a priority of two bytes and a MAC. */
typedef struct
{
  uint8_t version, type, flags;
  const uint8_t *root, *bridge;
  uint32_t cost;
  uint16_t port, vlan;
  const uint8_t *region; /* name of 32 bytes, NULL: no MSTP */
  const uint8_t *pvid;   /* where @vlan stands */
} Message;

static IsthProbe
stp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint16_t protocol = isth_cursor_be16 (&c);
  uint8_t version = isth_cursor_u8 (&c);
  uint8_t type = isth_cursor_u8 (&c);

  if (c.failed || protocol != 0 || version > 4 || version == 1)
    return ISTH_PROBE_NO;
  if (type != TYPE_CHANGE && (type == TYPE_RAPID ? version < 2 : type != TYPE_CONFIGURATION))
    return ISTH_PROBE_NO;
  if (packet->llc_sap == SAP || (packet->snap_oui == OUI_CISCO && packet->ether_type == PVST))
    return ISTH_PROBE_STRONG;
  return packet->llc_sap == 0 && packet->snap_oui == 0 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

/* Version 1 and 3 lengths, the region's name, then who sends: in MSTP the usual place names the root of the region. */
static void
read_region (IsthCursor *c,
             Message *m)
{
  const uint8_t *bridge, *name;

  isth_cursor_skip (c, 1 + 2 + 1);
  name = isth_cursor_bytes (c, 32);
  isth_cursor_skip (c, 2 + 16 + 4); /* revision, digest, cost inside the region */
  bridge = isth_cursor_bytes (c, 8);
  if (!bridge)
    return;
  m->region = name;
  m->bridge = bridge;
}

/* The VLAN stands in a TLV behind the message: type 0, length 2. */
static void
read_pvid (IsthCursor *c,
           Message *m)
{
  if (m->type == TYPE_RAPID)
    isth_cursor_skip (c, 1);
  if (isth_cursor_left (c) == 7) /* a byte of padding comes first */
    isth_cursor_skip (c, 1);
  if (isth_cursor_be16 (c) != 0 || isth_cursor_be16 (c) != 2)
    return;
  m->pvid = isth_cursor_bytes (c, 2);
  if (m->pvid)
    m->vlan = isth_be16 (m->pvid);
}

static bool
read_message (IsthCursor *c,
              const IsthPacket *packet,
              Message *m)
{
  *m = (Message){ 0 };
  isth_cursor_skip (c, 2);
  m->version = isth_cursor_u8 (c);
  m->type = isth_cursor_u8 (c);
  if (m->type == TYPE_CHANGE || c->failed)
    return !c->failed;
  m->flags = isth_cursor_u8 (c);
  m->root = isth_cursor_bytes (c, 8);
  m->cost = isth_cursor_be32 (c);
  m->bridge = isth_cursor_bytes (c, 8);
  m->port = isth_cursor_be16 (c);
  isth_cursor_skip (c, 8); /* age and timers */
  if (c->failed)
    return false;
  if (m->type == TYPE_RAPID && m->version >= 3)
    read_region (c, m);
  else if (packet->snap_oui == OUI_CISCO)
    read_pvid (c, m);
  return true;
}

/* The upper four bits are the priority, the rest tells trees apart (802.1D, 9.2.5). */
static const char *
format_bridge (char text[ISTH_ADDRESS_TEXT + 16],
               const uint8_t *id)
{
  char mac[ISTH_ADDRESS_TEXT];
  IsthAddress address = isth_address_mac (id + 2);

  return isth_text_format (text, ISTH_ADDRESS_TEXT + 16, "%u.%u.%s", (id[0] & 0xf0) << 8, (id[0] & 0x0f) << 8 | id[1],
                           isth_address_format (&address, mac));
}

static const char *
describe (const Message *m,
          char text[ISTH_LIMIT_TEXT])
{
  static const char *const port_roles[] = { "", ", alternate or backup", ", root port", ", designated" };
  char root[ISTH_ADDRESS_TEXT + 16], vlan[24] = "", region[80] = "", name[40];
  const char *state = "", *role = "";

  if (m->type == TYPE_RAPID)
    {
      role = port_roles[m->flags >> 2 & 3];
      state = m->flags & FLAG_FORWARDING ? ", forwarding" : m->flags & FLAG_LEARNING ? ", learning" : ", discarding";
    }
  if (m->vlan != 0)
    isth_text_format (vlan, sizeof vlan, ", VLAN %u", m->vlan & 0x0fff);
  if (m->region)
    isth_text_format (region, sizeof region, ", region “%s”", isth_text_from_string (name, sizeof name, m->region, 32));
  return isth_text_format (text, ISTH_LIMIT_TEXT, "root %s, cost %u, port 0x%04x%s%s%s%s", format_bridge (root, m->root), m->cost, m->port, role,
                           state, vlan, region);
}

/* Of the whole tree; a bridge is known by one MAC in it, whichever port sends. */
static void
emit_bridges (IsthDissectContext *ctx,
              const Message *m)
{
  IsthEndpoint root = isth_endpoint_from_address (isth_address_mac (m->root + 2), isth_packet_vlan (isth_context_packet (ctx)));
  IsthAddress bridge = isth_address_mac (m->bridge + 2);
  char text[ISTH_ADDRESS_TEXT];

  isth_emit_role (ctx, NULL, "switch");
  if (isth_address_is_host (&bridge))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_CHASSIS, isth_address_format (&bridge, text), ISTH_CONFIDENCE_PARSED, m->bridge + 2, 6);
  if (m->vlan != 0)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VLAN, isth_text_format (text, sizeof text, "%u", m->vlan & 0x0fff), ISTH_CONFIDENCE_PARSED,
                     m->pvid, 2);
  if (isth_address_equal (&root.mac, &bridge))
    isth_emit_role (ctx, NULL, "stp-root");
  else if (isth_address_is_host (&root.mac))
    {
      isth_emit_role (ctx, &root, "switch");
      isth_emit_role (ctx, &root, "stp-root");
    }
}

static const char *
get_name (const Message *m)
{
  if (m->type == TYPE_CHANGE)
    return "topology-change-notification";
  if (m->flags & FLAG_CHANGE)
    return "topology-change";
  return m->type == TYPE_CONFIGURATION ? "configuration" : m->region ? "multiple-trees" : "rapid-configuration";
}

static IsthDissectResult
stp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT };
  char object[ISTH_LIMIT_TEXT];
  Message m;

  if (!read_message (c, isth_context_packet (ctx), &m))
    return ISTH_DISSECT_MALFORMED;
  request.function = m.type;
  request.name = get_name (&m);
  if (m.type == TYPE_CHANGE)
    {
      isth_emit_request (ctx, &request);
      isth_emit_role (ctx, NULL, "switch");
      return ISTH_DISSECT_OK;
    }
  request.key = isth_hello_digest (ctx, m.flags | (uint64_t) m.vlan << 8 | (uint64_t) m.type << 24, m.root, 22); /* to the port */
  request.key = isth_context_digest (ctx, request.key, m.bridge, 8);
  if (m.region)
    request.key = isth_context_digest (ctx, request.key, m.region, 32);
  if (!isth_emit_again (ctx, &request))
    {
      request.object = describe (&m, object);
      isth_emit_request (ctx, &request);
    }
  if (isth_hello_is_new (&((State *) isth_context_state (ctx))->said[m.vlan % 16], request.key))
    emit_bridges (ctx, &m);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_LLC, SAP }, { ISTH_BIND_SNAP, PVST } };

const IsthDissector isth_dissector_stp = {
  .id = "stp",
  .title = N_("Spanning tree protocol"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "chassis vlan",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = stp_probe,
  .dissect = stp_dissect,
};
