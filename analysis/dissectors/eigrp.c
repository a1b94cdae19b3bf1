/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routers of Cisco among themselves: who is one, in which autonomous system, and which networks it tells of. RFC 7868, 6.
 *
 * Routes of the wide metric (multi-protocol TLVs) are counted with the others and not named. */
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
};

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

/* Behind the next hop and the metric (external: and where it comes from) stand the bits of the prefix and as many bytes as they need. */
static void
append_network (IsthCursor tlv,
                uint16_t type,
                char text[ISTH_LIMIT_TEXT])
{
  uint8_t bytes[4] = { 0 };
  const uint8_t *prefix;
  char name[ISTH_ADDRESS_TEXT];
  IsthAddress network;
  size_t used = strlen (text);
  uint8_t bits;

  isth_cursor_skip (&tlv, type == TLV_INTERNAL ? 20 : 40);
  bits = isth_cursor_u8 (&tlv);
  if (bits > 32)
    return;
  prefix = isth_cursor_bytes (&tlv, (bits + 7u) / 8);
  if (!prefix)
    return;
  memcpy (bytes, prefix, (bits + 7u) / 8);
  network = isth_address_ipv4 (bytes);
  isth_text_format (text + used, ISTH_LIMIT_TEXT - used, ", %s/%u", isth_address_format (&network, name), bits);
}

/* The network of an update, unless it can be reached no more: then the delay is infinite. */
static void
emit_route (IsthDissectContext *ctx,
            const IsthEndpoint *router,
            uint16_t            type,
            IsthCursor          tlv)
{
  const uint8_t *at = tlv.data + tlv.position, *prefix;
  uint8_t network[4] = { 0 }, bits;
  uint32_t delay;

  isth_cursor_skip (&tlv, type == TLV_INTERNAL ? 4 : 24);
  delay = isth_cursor_be32 (&tlv);
  isth_cursor_skip (&tlv, 12);
  bits = isth_cursor_u8 (&tlv);
  prefix = bits <= 32 ? isth_cursor_bytes (&tlv, (bits + 7u) / 8) : NULL;
  if (!prefix || delay == UINT32_MAX)
    return;
  memcpy (network, prefix, (bits + 7u) / 8);
  isth_hello_route (ctx, router, network, bits, at, (uint32_t) (tlv.data + tlv.position - at));
}

static const char *
describe (IsthCursor c,
          const Header *h,
          char text[ISTH_LIMIT_TEXT])
{
  bool authenticated = false;
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
      if ((type == TLV_INTERNAL || type == TLV_EXTERNAL) && shown++ < SHOWN)
        append_network (tlv, type, text);
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
      else if (opcode == OPCODE_UPDATE && (type == TLV_INTERNAL || type == TLV_EXTERNAL))
        emit_route (ctx, &router, type, tlv);
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
