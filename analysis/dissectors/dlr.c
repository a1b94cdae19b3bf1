/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Device Level Ring: who supervises a ring of EtherNet/IP devices, whether it is closed, who is in it. CIP Volume 2, 9-5.
 *
 * Beacons come thousands of times a second and are the same; where a ring is broken stands in the status messages of its nodes only. */
#include <glib.h>

#include "analysis/dissectors/dissector.h"

#define SUB_TYPE 2
#define VERSION 1
#define MOST_NODES 256 /* of one sign-on frame: as many as fit an Ethernet frame, and more */

enum
{
  TYPE_BEACON = 1,
  TYPE_NEIGHBOUR_RESPONSE = 3,
  TYPE_STATUS = 4,
  TYPE_ANNOUNCE = 6,
  TYPE_SIGN_ON = 7,
  TYPE_LAST = 10,
};

static const struct
{
  IsthOp verb;
  const char *name, *role;
} types[TYPE_LAST + 1] = {
  [TYPE_BEACON] = { ISTH_OP_REPORT, "beacon", "dlr-supervisor" },
  [2] = { ISTH_OP_DIAGNOSE, "neighbour-check-request", "dlr-node" },
  [TYPE_NEIGHBOUR_RESPONSE] = { ISTH_OP_DIAGNOSE, "neighbour-check-response", "dlr-node" },
  [TYPE_STATUS] = { ISTH_OP_REPORT, "link-status", "dlr-node" },
  [5] = { ISTH_OP_DIAGNOSE, "locate-fault", "dlr-supervisor" },
  [TYPE_ANNOUNCE] = { ISTH_OP_REPORT, "announce", "dlr-supervisor" },
  [TYPE_SIGN_ON] = { ISTH_OP_OTHER, "sign-on", "dlr-node" },
  [8] = { ISTH_OP_REPORT, "advertise", "dlr-gateway" },
  [9] = { ISTH_OP_CONTROL, "flush-tables", "dlr-gateway" },
  [TYPE_LAST] = { ISTH_OP_OTHER, "learning-update", "dlr-node" },
};

static void
bind (IsthDissectContext *ctx,
      const uint8_t *mac,
      const uint8_t *ip)
{
  IsthEndpoint interface = { .ip = isth_address_ipv4 (ip), .mac = isth_address_mac (mac), .vlan = isth_packet_vlan (isth_context_packet (ctx)) };

  isth_emit_binding (ctx, &interface, ip, 4);
}

/* Each node adds itself to the frame that goes around. */
static bool
read_nodes (IsthCursor *c,
            IsthDissectContext *ctx)
{
  uint16_t n = isth_cursor_be16 (c);

  for (uint16_t i = 0; i < n && i < MOST_NODES && !c->failed; i++)
    {
      const uint8_t *mac = isth_cursor_bytes (c, 6);
      const uint8_t *ip = isth_cursor_bytes (c, 4);

      if (mac && ip)
        bind (ctx, mac, ip);
    }
  return !c->failed;
}

static bool
describe (IsthCursor *c,
          uint8_t type,
          char *text,
          size_t size)
{
  uint8_t state;
  uint32_t interval;

  if (type == TYPE_BEACON)
    {
      state = isth_cursor_u8 (c);
      isth_cursor_skip (c, 1); /* precedence */
      interval = isth_cursor_be32 (c);
      isth_text_format (text, size, "ring %s, every %u µs", state == 1 ? "closed" : state == 2 ? "broken" : "unknown", interval);
    }
  else if (type == TYPE_STATUS)
    {
      state = isth_cursor_u8 (c);
      isth_text_format (text, size, "port 1 %s, port 2 %s", state & 1 ? "active" : "dead", state & 2 ? "active" : "dead");
    }
  else if (type == TYPE_ANNOUNCE)
    {
      state = isth_cursor_u8 (c);
      isth_text_format (text, size, "ring %s", state == 1 ? "closed" : state == 2 ? "broken" : "unknown");
    }
  return !c->failed;
}

/* Who sends it. A sign-on every node passes on in its own name. */
static void
introduce (IsthDissectContext *ctx,
           uint8_t type,
           const uint8_t *ip)
{
  isth_emit_role (ctx, NULL, types[type].role);
  if (type != TYPE_SIGN_ON)
    bind (ctx, isth_context_packet (ctx)->source_mac.bytes, ip);
}

static IsthDissectResult
dlr_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  uint8_t sub_type = isth_cursor_u8 (c), version = isth_cursor_u8 (c), type = isth_cursor_u8 (c);
  IsthRequest request = { .no_answer = true, .function = type };
  const uint8_t *ip;
  char object[64] = "";

  if (!c->failed && (sub_type != SUB_TYPE || version != VERSION || type == 0 || type > TYPE_LAST))
    return ISTH_DISSECT_NOT_MINE;
  isth_cursor_skip (c, 1); /* port */
  ip = isth_cursor_bytes (c, 4);
  isth_cursor_skip (c, 4); /* sequence */
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;

  /* The state of the ring and the interval decide what a beacon says, and its address who says it. */
  if (type == TYPE_BEACON && isth_cursor_left (c) >= 6)
    request.key = isth_context_digest (ctx, isth_be32 (ip), c->data + c->position, 6);
  if (request.key != 0 && !isth_emit_same (ctx, NULL, request.key, ip))
    {
      introduce (ctx, type, ip);
      isth_emit_same_end (ctx, true);
    }
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  if (type == TYPE_SIGN_ON ? !read_nodes (c, ctx) : !describe (c, type, object, sizeof object))
    return ISTH_DISSECT_MALFORMED;
  request.verb = types[type].verb;
  request.name = types[type].name;
  request.object = object;
  isth_emit_request (ctx, &request);
  if (request.key == 0)
    introduce (ctx, type, ip);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, 0x80e1 } };

const IsthDissector isth_dissector_dlr = {
  .id = "dlr",
  .title = "Device Level Ring",
  .depth = ISTH_DEPTH_FULL,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .dissect = dlr_dissect,
};
