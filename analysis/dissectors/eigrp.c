/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routers of Cisco among themselves: who is one, in which autonomous system, and which networks it tells of. RFC 7868, 6.
 */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define IP_PROTOCOL 88
#define SHOWN 6 /* networks in a text */

enum
{
  OPCODE_UPDATE = 1,
  OPCODE_QUERY = 3,
  OPCODE_REPLY = 4,
  OPCODE_HELLO = 5,
};

enum
{
  TLV_AUTHENTICATION = 0x0002,
  TLV_VERSION = 0x0004,
  TLV_INTERNAL = 0x0102,
  TLV_EXTERNAL = 0x0103,
  TLV_INTERNAL_SIX = 0x0402,
  TLV_EXTERNAL_SIX = 0x0403,
  TLV_INTERNAL_WIDE = 0x0602, /* of any family, with the wide metric (6.9) */
  TLV_EXTERNAL_WIDE = 0x0603,
};

#define EXTERIOR 20 /* where a route comes from that is none of this protocol's */
#define FAMILY_IPV4 1
#define FAMILY_IPV6 2

/* The networks of one part. */
typedef struct
{
  IsthCursor rest;
  bool six, reachable;
} Routes;

static const struct
{
  uint8_t opcode;
  const char *name;
  IsthOp verb;
} opcodes[] = {
  { OPCODE_UPDATE, "update", ISTH_OP_REPORT }, { 2, "request", ISTH_OP_READ },      { OPCODE_QUERY, "query", ISTH_OP_READ },
  { OPCODE_REPLY, "reply", ISTH_OP_REPORT },   { OPCODE_HELLO, "hello", ISTH_OP_REPORT }, { 10, "sia-query", ISTH_OP_READ },
  { 11, "sia-reply", ISTH_OP_REPORT },
};

typedef struct
{
  uint64_t said[16]; /* by opcode */
} State;

typedef struct
{
  uint8_t opcode;
  uint32_t acknowledged;
  uint16_t system;
} Header;

static size_t
find_opcode (uint8_t opcode)
{
  size_t i = 0;

  while (i < G_N_ELEMENTS (opcodes) && opcodes[i].opcode != opcode)
    i++;
  return i;
}

static bool
read_header (IsthCursor *c,
             Header *h)
{
  uint8_t version = isth_cursor_u8 (c);

  h->opcode = isth_cursor_u8 (c);
  isth_cursor_skip (c, 2 + 4 + 4); /* checksum, flags, sequence */
  h->acknowledged = isth_cursor_be32 (c);
  isth_cursor_skip (c, 2); /* virtual router */
  h->system = isth_cursor_be16 (c);
  return !c->failed && version == 2 && find_opcode (h->opcode) < G_N_ELEMENTS (opcodes);
}

static IsthProbe
eigrp_probe (IsthCursor c,
             const IsthPacket *packet)
{
  Header h;

  if (!read_header (&c, &h))
    return ISTH_PROBE_NO;
  return packet->ip_protocol == IP_PROTOCOL ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

/* Behind the next hop and the metric (external: and where it comes from) stand networks. The wide metric is behind family, topology and router, and says how
 * many pairs of bytes are added to it; there the next hop follows. A delay of all ones says that they can be reached no more. */
static bool
find_routes (uint16_t   type,
             IsthCursor c,
             Routes    *routes)
{
  static const uint8_t never[] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  bool wide = type == TLV_INTERNAL_WIDE || type == TLV_EXTERNAL_WIDE, external = type & 1;
  uint16_t family = type >> 8 == 4 ? FAMILY_IPV6 : FAMILY_IPV4;
  const uint8_t *metric, *delay;
  unsigned hop;

  if (type != TLV_INTERNAL && type != TLV_EXTERNAL && type != TLV_INTERNAL_SIX && type != TLV_EXTERNAL_SIX && !wide)
    return false;
  if (wide)
    {
      family = isth_cursor_be16 (&c);
      isth_cursor_skip (&c, 6);
    }
  hop = family == FAMILY_IPV6 ? 16 : 4;
  isth_cursor_skip (&c, wide ? 0 : hop + (external ? EXTERIOR : 0));
  metric = isth_cursor_bytes (&c, wide ? 24 : 16);
  if (!metric || (family != FAMILY_IPV4 && family != FAMILY_IPV6))
    return false;
  delay = wide ? metric + 8 : metric;
  isth_cursor_skip (&c, wide ? metric[0] * 2u + hop + (external ? EXTERIOR : 0) : 0);
  *routes = (Routes){ c, family == FAMILY_IPV6, memcmp (delay, never, wide ? 6 : 4) != 0 };
  return !c.failed;
}

/* The bits of a prefix and as many bytes as they need; NULL: no more. */
static const uint8_t *
next_route (Routes  *self,
            uint8_t  network[16],
            uint8_t *bits)
{
  const uint8_t *at = self->rest.data + self->rest.position, *prefix;

  if (isth_cursor_left (&self->rest) == 0)
    return NULL;
  *bits = isth_cursor_u8 (&self->rest);
  prefix = *bits <= (self->six ? 128 : 32) ? isth_cursor_bytes (&self->rest, (*bits + 7u) / 8) : NULL;
  if (!prefix)
    return NULL;
  memset (network, 0, 16);
  memcpy (network, prefix, (*bits + 7u) / 8);
  return at;
}

static int
append_networks (Routes routes,
                 int    shown,
                 char   text[ISTH_LIMIT_TEXT])
{
  uint8_t network[16], bits;
  char name[ISTH_ADDRESS_TEXT];

  while (shown < SHOWN && next_route (&routes, network, &bits))
    {
      IsthAddress address = routes.six ? isth_address_ipv6 (network) : isth_address_ipv4 (network);
      size_t used = strlen (text);

      isth_text_format (text + used, ISTH_LIMIT_TEXT - used, ", %s/%u", isth_address_format (&address, name), bits);
      shown++;
    }
  return shown;
}

static void
emit_routes (IsthDissectContext *ctx,
             const IsthEndpoint *router,
             Routes              routes)
{
  uint8_t network[16], bits;
  const uint8_t *at;

  while (routes.reachable && (at = next_route (&routes, network, &bits)))
    {
      uint32_t length = (uint32_t) (routes.rest.data + routes.rest.position - at);

      if (routes.six)
        isth_hello_route_six (ctx, router, network, bits, at, length);
      else
        isth_hello_route (ctx, router, network, bits, at, length);
    }
}

static const char *
describe (IsthCursor c,
          const Header *h,
          char text[ISTH_LIMIT_TEXT])
{
  bool authenticated = false;
  Routes routes;
  int shown = 0;

  isth_text_format (text, ISTH_LIMIT_TEXT, "system %u", h->system);
  while (isth_cursor_left (&c) >= 4)
    {
      uint16_t type = isth_cursor_be16 (&c);
      uint16_t length = isth_cursor_be16 (&c);
      IsthCursor tlv = isth_cursor_take (&c, length < 4 ? 0 : length - 4u);

      if (c.failed || length < 4)
        break;
      authenticated |= type == TLV_AUTHENTICATION;
      if (find_routes (type, tlv, &routes))
        shown = append_networks (routes, shown, text);
    }
  if (h->opcode == OPCODE_HELLO && h->acknowledged == 0)
    isth_text_format (text + strlen (text), ISTH_LIMIT_TEXT - strlen (text), "%s", authenticated ? ", authenticated" : ", not authenticated");
  return text;
}

/* False when a part lies about its length. */
static bool
emit_router (IsthDissectContext *ctx,
             uint8_t opcode,
             IsthCursor c)
{
  IsthEndpoint router = isth_hello_router (ctx);
  Routes routes;
  IsthCursor tlv;
  uint16_t type;
  char text[48];

  isth_emit_role (ctx, &router, "router");
  while (isth_hello_next_part (&c, &type, &tlv))
    {
      const uint8_t *v;

      if (type == TLV_VERSION && (v = isth_cursor_bytes (&tlv, 4)))
        isth_emit_claim (ctx, &router, ISTH_ATTRIBUTE_SOFTWARE,
                         isth_text_format (text, sizeof text, "IOS %u.%u, EIGRP %u.%u", v[0], v[1], v[2], v[3]), ISTH_CONFIDENCE_PARSED, v, 4);
      else if (opcode == OPCODE_UPDATE && find_routes (type, tlv, &routes))
        emit_routes (ctx, &router, routes);
    }
  return !c.failed;
}

static IsthDissectResult
eigrp_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  State *state = isth_context_state (ctx);
  IsthRequest request = { .no_answer = true };
  char object[ISTH_LIMIT_TEXT];
  bool acknowledgment;
  size_t i;
  Header h;

  if (!read_header (c, &h))
    return ISTH_DISSECT_MALFORMED;
  i = find_opcode (h.opcode);
  acknowledgment = h.opcode == OPCODE_HELLO && h.acknowledged != 0;
  request.function = h.opcode;
  request.name = acknowledgment ? "acknowledgment" : opcodes[i].name;
  request.verb = acknowledgment ? ISTH_OP_OTHER : opcodes[i].verb;
  request.key = isth_hello_digest (ctx, (uint64_t) h.opcode << 32 | (uint64_t) acknowledgment << 16 | h.system, c->data + c->position,
                                   isth_cursor_left (c));
  if (!isth_emit_again (ctx, &request))
    {
      request.object = describe (*c, &h, object);
      isth_emit_request (ctx, &request);
    }
  if (isth_hello_is_new (&state->said[h.opcode], request.key) && !emit_router (ctx, h.opcode, *c))
    return ISTH_DISSECT_MALFORMED;
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_IP, IP_PROTOCOL } };

const IsthDissector isth_dissector_eigrp = {
  .id = "eigrp",
  .title = N_("Enhanced interior gateway routing protocol"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software route",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = eigrp_probe,
  .dissect = eigrp_dissect,
};
