/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routers of groups among themselves. RFC 7761, 4.9 (PIM version 2); what routers of dense groups (RFC 3973) add looks the same.
 *
 * Trees and sources are not told, nor is version 1, which hides in IGMP. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define IP_PROTOCOL 103

enum
{
  TYPE_HELLO = 0,
  OPTION_PRIORITY = 19,
};

static const char *const types[] = {
  "hello", "register", "register-stop", "join-prune", "bootstrap", "assert", "graft", "graft-acknowledgment", "candidate",
};

typedef struct
{
  uint64_t said;
  bool known;
} State;

static IsthProbe
pim_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint8_t first = isth_cursor_u8 (&c);

  if (c.wire < 4 || c.failed || first >> 4 != 2 || (first & 0x0f) >= G_N_ELEMENTS (types))
    return ISTH_PROBE_NO;
  return packet->ip_protocol == IP_PROTOCOL ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

/* Options of a kind and a length; false when one lies about it. @priority: to be the designated router. */
static bool
read_hello (IsthCursor *c,
            uint32_t *priority)
{
  *priority = 1;
  while (isth_cursor_wire_left (c) >= 4)
    {
      uint16_t kind = isth_cursor_be16 (c);
      IsthCursor value = isth_cursor_take (c, isth_cursor_be16 (c));

      if (c->failed || value.length < value.wire)
        return false;
      if (kind == OPTION_PRIORITY)
        *priority = isth_cursor_be32 (&value);
    }
  return true;
}

static IsthDissectResult
pim_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  State *state = isth_context_state (ctx);
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_OTHER };
  uint8_t type = isth_cursor_u8 (c) & 0x0f;
  const uint8_t *at;
  char object[48];
  uint32_t priority;
  bool fresh;

  isth_cursor_skip (c, 3);
  if (c->failed || type >= G_N_ELEMENTS (types))
    return ISTH_DISSECT_MALFORMED;
  at = c->data + c->position;
  request.function = type;
  request.name = types[type];
  fresh = !state->known;
  if (type == TYPE_HELLO)
    {
      request.verb = ISTH_OP_REPORT;
      request.key = isth_hello_digest (ctx, 0, at, isth_cursor_left (c));
      fresh |= isth_hello_is_new (&state->said, request.key);
    }
  if (type != TYPE_HELLO)
    isth_emit_request (ctx, &request);
  else if (!isth_emit_again (ctx, &request))
    {
      if (!read_hello (c, &priority))
        return ISTH_DISSECT_MALFORMED;
      request.object = isth_text_format (object, sizeof object, "priority %u", priority);
      isth_emit_request (ctx, &request);
    }
  if (fresh)
    {
      IsthEndpoint router = isth_hello_router (ctx);

      isth_emit_role (ctx, &router, "router");
    }
  state->known = true;
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_IP, IP_PROTOCOL } };

const IsthDissector isth_dissector_pim = {
  .id = "pim",
  .title = N_("Protocol independent multicast"),
  .depth = ISTH_DEPTH_DEEP,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = pim_probe,
  .dissect = pim_dissect,
};
