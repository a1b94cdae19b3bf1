/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Virtual routers: who carries which addresses now. RFC 3768 (version 2), RFC 5798 (version 3).
 *
 * Advertisements come from the MAC of the virtual router, which is no device of its own: what they say is about the address that sends them, and the
 * addresses that they list are that MAC's. CARP has the same protocol number and is left alone. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define IP_PROTOCOL 112
#define PRIORITY_OWNER 255
#define SHOWN 4 /* addresses in a text */

typedef struct
{
  uint64_t said;
  bool password;
} State;

typedef struct
{
  uint8_t version, id, priority, count, size; /* size: of one address */
  const uint8_t *addresses, *password;
} Message;

static bool
read_message (IsthCursor *c,
              const IsthPacket *packet,
              Message *m)
{
  uint8_t first = isth_cursor_u8 (c);
  uint8_t authentication;

  *m = (Message){ .version = first >> 4, .size = packet->source.kind == ISTH_ADDRESS_IPV6 ? 16 : 4 };
  m->id = isth_cursor_u8 (c);
  m->priority = isth_cursor_u8 (c);
  m->count = isth_cursor_u8 (c);
  authentication = isth_cursor_u8 (c);
  isth_cursor_skip (c, 3); /* interval, checksum */
  m->addresses = isth_cursor_bytes (c, (uint32_t) m->count * m->size);
  if (!m->addresses || (first & 0x0f) != 1 || m->version < 2 || m->version > 3 || m->count == 0)
    return false;
  if (m->version == 2)
    {
      const uint8_t *data = isth_cursor_bytes (c, 8);

      m->password = authentication == 1 ? data : NULL;
      return data != NULL;
    }
  return true;
}

static IsthProbe
vrrp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  Message m;

  if (!read_message (&c, packet, &m))
    return ISTH_PROBE_NO;
  return packet->ip_protocol == IP_PROTOCOL ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static IsthAddress
get_address (const Message *m,
             int            i)
{
  const uint8_t *bytes = m->addresses + i * m->size;

  return m->size == 16 ? isth_address_ipv6 (bytes) : isth_address_ipv4 (bytes);
}

static const char *
describe (const Message *m,
          char text[ISTH_LIMIT_TEXT])
{
  char ip[ISTH_ADDRESS_TEXT];

  isth_text_format (text, ISTH_LIMIT_TEXT, "router %u, priority %u", m->id, m->priority);
  for (int i = 0; i < MIN (m->count, SHOWN); i++)
    {
      IsthAddress address = get_address (m, i);
      size_t used = strlen (text);

      isth_text_format (text + used, ISTH_LIMIT_TEXT - used, ", %s", isth_address_format (&address, ip));
    }
  if (m->count > SHOWN)
    isth_text_format (text + strlen (text), ISTH_LIMIT_TEXT - strlen (text), " … (%u)", m->count);
  return text;
}

static void
emit_router (IsthDissectContext *ctx,
             const Message      *m)
{
  IsthEndpoint router = isth_hello_router (ctx);

  isth_emit_role (ctx, &router, "router");
  isth_emit_role (ctx, &router, m->priority == 0 ? "vrrp-backup" : "vrrp-master");
  if (m->priority == PRIORITY_OWNER)
    isth_emit_role (ctx, &router, "vrrp-owner");
  for (int i = 0; i < m->count; i++)
    {
      IsthAddress address = get_address (m, i);

      isth_hello_virtual (ctx, &address, m->addresses + i * m->size, m->size);
    }
}

static IsthDissectResult
vrrp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT };
  State *state = isth_context_state (ctx);
  char object[ISTH_LIMIT_TEXT];
  const uint8_t *at = c->data + c->position;
  Message m;

  if (!read_message (c, isth_context_packet (ctx), &m))
    return ISTH_DISSECT_MALFORMED;
  if (m.password)
    isth_context_show (ctx, at, (uint32_t) (m.password - at));
  request.function = m.version;
  request.name = m.priority == 0 ? "resign" : "advertisement";
  request.key = isth_hello_digest (ctx, 0, at, (size_t) (m.addresses - at) + (size_t) m.count * m.size);
  if (!isth_emit_again (ctx, &request))
    {
      request.object = describe (&m, object);
      isth_emit_request (ctx, &request);
    }
  if (isth_hello_is_new (&state->said, request.key))
    emit_router (ctx, &m);
  if (m.password && !state->password)
    state->password = isth_hello_password (ctx, m.password, 8);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_IP, IP_PROTOCOL } };

const IsthDissector isth_dissector_vrrp = {
  .id = "vrrp",
  .title = N_("Virtual router redundancy protocol"),
  .depth = ISTH_DEPTH_DEEP,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = vrrp_probe,
  .dissect = vrrp_dissect,
};
