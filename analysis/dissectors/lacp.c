/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Link aggregation control: which ports of two systems are one link. IEEE 802.1AX-2014, 6.4.2.3.
 *
 * Other slow protocols with the same EtherType (OAM, marker, synchronous Ethernet) are somebody else's. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define ETHER_TYPE 0x8809
#define SUBTYPE_LACP 1
#define INFORMATION_SIZE 20 /* of actor and partner, with type and length */

enum
{
  STATE_ACTIVE = 0x01,
  STATE_SYNCHRONISED = 0x08,
  STATE_COLLECTING = 0x10,
  STATE_DISTRIBUTING = 0x20,
};

typedef struct
{
  uint64_t said;
} State;

/* What a message says of one end. */
typedef struct
{
  const uint8_t *system;
  uint16_t key, port;
  uint8_t state;
} End;

static bool
read_end (IsthCursor *c,
          uint8_t type,
          End *end)
{
  bool fits = isth_cursor_u8 (c) == type;

  fits &= isth_cursor_u8 (c) == INFORMATION_SIZE;
  isth_cursor_skip (c, 2); /* priority */
  end->system = isth_cursor_bytes (c, 6);
  end->key = isth_cursor_be16 (c);
  isth_cursor_skip (c, 2); /* priority of the port */
  end->port = isth_cursor_be16 (c);
  end->state = isth_cursor_u8 (c);
  isth_cursor_skip (c, 3);
  return fits && !c->failed;
}

static IsthProbe
lacp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  End actor, partner;

  if (packet->ether_type != ETHER_TYPE || isth_cursor_u8 (&c) != SUBTYPE_LACP)
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, 1);
  return read_end (&c, 1, &actor) && read_end (&c, 2, &partner) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static const char *
describe (const End *actor,
          const End *partner,
          char text[ISTH_LIMIT_TEXT])
{
  char own[ISTH_ADDRESS_TEXT], other[ISTH_ADDRESS_TEXT];
  IsthAddress a = isth_address_mac (actor->system), b = isth_address_mac (partner->system);
  uint8_t up = STATE_SYNCHRONISED | STATE_COLLECTING | STATE_DISTRIBUTING;

  if (isth_address_is_unspecified (&b))
    return isth_text_format (text, ISTH_LIMIT_TEXT, "system %s port %u, no partner", isth_address_format (&a, own), actor->port);
  return isth_text_format (text, ISTH_LIMIT_TEXT, "system %s port %u to %s port %u, %s, %s", isth_address_format (&a, own), actor->port,
                           isth_address_format (&b, other), partner->port, (actor->state & up) == up ? "carries traffic" : "carries none",
                           actor->state & STATE_ACTIVE ? "active" : "passive");
}

/* The system's MAC is in common to its ports; the partner's is at the other end of this wire. */
static void
emit_ends (IsthDissectContext *ctx,
           const End *actor,
           const End *partner)
{
  IsthEndpoint other = isth_endpoint_from_address (isth_address_mac (partner->system), isth_packet_vlan (isth_context_packet (ctx)));
  IsthAddress system = isth_address_mac (actor->system);
  char text[ISTH_ADDRESS_TEXT];

  if (isth_address_is_host (&system))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_CHASSIS, isth_address_format (&system, text), ISTH_CONFIDENCE_PARSED, actor->system, 6);
  if (isth_address_is_host (&other.mac) && !isth_address_equal (&other.mac, &system))
    isth_emit_neighbour (ctx, NULL, &other, isth_text_format (text, sizeof text, "%u", actor->port));
}

static IsthDissectResult
lacp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = SUBTYPE_LACP, .name = "link-aggregation" };
  char object[ISTH_LIMIT_TEXT];
  const uint8_t *at = c->data;
  End actor, partner;

  if (isth_cursor_u8 (c) != SUBTYPE_LACP)
    return ISTH_DISSECT_NOT_MINE;
  isth_cursor_skip (c, 1); /* version */
  if (!read_end (c, 1, &actor) || !read_end (c, 2, &partner))
    return ISTH_DISSECT_MALFORMED;
  request.key = isth_hello_digest (ctx, 0, at, 2 + 2 * INFORMATION_SIZE);
  if (!isth_emit_again (ctx, &request))
    {
      request.object = describe (&actor, &partner, object);
      isth_emit_request (ctx, &request);
    }
  if (isth_hello_is_new (&((State *) isth_context_state (ctx))->said, request.key))
    emit_ends (ctx, &actor, &partner);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE } };

const IsthDissector isth_dissector_lacp = {
  .id = "lacp",
  .title = N_("Link aggregation control protocol"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "chassis",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = lacp_probe,
  .dissect = lacp_dissect,
};
