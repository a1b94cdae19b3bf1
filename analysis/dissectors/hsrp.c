/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hot standby routers: which routers stand behind a virtual address, and which of them carries it. RFC 2281 (version 1); version 2, for IPv6 as well, as
 * Cisco documents it ("First Hop Redundancy Protocols Configuration Guide").
 *
 * The virtual address and its MAC are told as what the routers speak of: they are no devices of their own. The active one sends from that MAC. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define OPCODE_ADVERTISE 3
#define FIXED 42 /* bytes of version 2 in front of how it is authenticated */

typedef struct
{
  uint64_t said[4]; /* by opcode */
  bool password;
} State;

typedef struct
{
  uint8_t opcode, state;
  uint16_t group;
  uint32_t priority;
  IsthAddress ip;
  const uint8_t *ip_bytes;
  const uint8_t *password; /* eight bytes, in clear; NULL: none */
} Message;

static const char *const opcodes[] = { "hello", "coup", "resign", "advertise" };

/* Version 2 counts states, version 1 has a bit for each. */
static const char *const states[] = { "initial", "learn", "listen", "speak", "standby", "active" };

static bool
read_first (IsthCursor *c,
            Message *m)
{
  static const uint8_t bits[] = { 0, 1, 2, 4, 8, 16 };
  const uint8_t *ip;
  uint8_t state;

  isth_cursor_skip (c, 1); /* version */
  m->opcode = isth_cursor_u8 (c);
  if (m->opcode == OPCODE_ADVERTISE)
    {
      isth_cursor_skip (c, 14); /* kind and length, how many groups it has */
      return !c->failed;
    }
  state = isth_cursor_u8 (c);
  isth_cursor_skip (c, 2); /* times */
  m->priority = isth_cursor_u8 (c);
  m->group = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1);
  m->password = isth_cursor_bytes (c, 8);
  ip = isth_cursor_bytes (c, 4);
  if (!ip || m->opcode > OPCODE_ADVERTISE)
    return false;
  m->ip = isth_address_ipv4 (ip);
  m->ip_bytes = ip;
  for (m->state = 0; m->state < G_N_ELEMENTS (bits); m->state++)
    if (bits[m->state] == state)
      return true;
  return false;
}

/* Parts of a kind and a length; the first tells the state, others how it is authenticated. */
static bool
read_second (IsthCursor *c,
             Message *m)
{
  uint8_t version;
  const uint8_t *ip;

  isth_cursor_skip (c, 3); /* kind, length, version */
  m->opcode = isth_cursor_u8 (c);
  m->state = isth_cursor_u8 (c) - 1;
  version = isth_cursor_u8 (c);
  m->group = isth_cursor_be16 (c);
  isth_cursor_skip (c, 6); /* who it is */
  m->priority = isth_cursor_be32 (c);
  isth_cursor_skip (c, 8); /* times */
  ip = isth_cursor_bytes (c, 16);
  if (!ip || m->opcode > OPCODE_ADVERTISE || m->state >= G_N_ELEMENTS (states))
    return false;
  m->ip = version == 6 ? isth_address_ipv6 (ip) : isth_address_ipv4 (ip);
  m->ip_bytes = ip;
  while (isth_cursor_left (c) >= 2)
    {
      uint8_t kind = isth_cursor_u8 (c);
      IsthCursor part = isth_cursor_take (c, isth_cursor_u8 (c));

      if (c->failed)
        return false;
      if (kind == 3)
        m->password = isth_cursor_bytes (&part, 8);
    }
  return true;
}

static bool
read_message (IsthCursor *c,
              Message *m)
{
  *m = (Message){ 0 };
  return isth_cursor_peek (c, 0) == 0 ? read_first (c, m) : read_second (c, m);
}

/* The length and every field must fit; the password that is there when none was set makes it sure. */
static IsthProbe
hsrp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  Message m;

  (void) packet;
  if (isth_cursor_peek (&c, 0) == 0 && (c.wire == 20 || c.wire == 16))
    {
      if (!read_message (&c, &m) || (m.opcode != OPCODE_ADVERTISE) != (c.wire == 20))
        return ISTH_PROBE_NO;
      return m.password && memcmp (m.password, "cisco\0\0", 8) == 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
    }
  if (isth_cursor_peek (&c, 0) != 1 || isth_cursor_peek (&c, 1) != 40 || isth_cursor_peek (&c, 2) != 2)
    return ISTH_PROBE_NO;
  return read_message (&c, &m) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static void
emit_roles (IsthDissectContext *ctx,
            const Message *m)
{
  IsthEndpoint router = isth_hello_router (ctx);

  isth_emit_role (ctx, &router, "router");
  if (m->opcode == OPCODE_ADVERTISE)
    return;
  if (m->state == 5)
    {
      isth_emit_role (ctx, &router, "hsrp-active");
      isth_hello_virtual (ctx, &m->ip, m->ip_bytes, m->ip.kind == ISTH_ADDRESS_IPV6 ? 16 : 4);
    }
  else if (m->state == 4)
    isth_emit_role (ctx, &router, "hsrp-standby");
}

static IsthDissectResult
hsrp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT };
  State *state = isth_context_state (ctx);
  char object[ISTH_LIMIT_TEXT], ip[ISTH_ADDRESS_TEXT];
  const uint8_t *at = c->data + c->position;
  uint32_t size = isth_cursor_left (c);
  Message m;

  if (!read_message (c, &m))
    return ISTH_DISSECT_MALFORMED;
  if (m.password)
    isth_context_show (ctx, at, (uint32_t) MIN (m.password - at, FIXED));
  request.function = m.opcode;
  request.name = opcodes[m.opcode];
  request.key = isth_hello_digest (ctx, 0, at, MIN (size, FIXED)); /* a digest of MD5 comes later, and is another each time */
  if (!isth_emit_again (ctx, &request))
    {
      if (m.opcode != OPCODE_ADVERTISE)
        request.object = isth_text_format (object, sizeof object, "group %u, virtual address %s, priority %u, %s", m.group,
                                           isth_address_format (&m.ip, ip), m.priority, states[m.state]);
      isth_emit_request (ctx, &request);
    }
  if (isth_hello_is_new (&state->said[m.opcode], request.key))
    emit_roles (ctx, &m);
  if (m.password && !state->password)
    state->password = isth_hello_password (ctx, m.password, 8);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 1985 }, { ISTH_BIND_UDP, 2029 } };

const IsthDissector isth_dissector_hsrp = {
  .id = "hsrp",
  .title = N_("Hot standby router protocol"),
  .depth = ISTH_DEPTH_DEEP,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = hsrp_probe,
  .dissect = hsrp_dissect,
};
