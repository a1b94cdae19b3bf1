/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gateway load balancing: several routers carry one virtual address at once. Cisco's own, without a standard; the fields are those that are known from
 * captures (as Wireshark names them), and what is not known is stepped over. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define PORT 3222
#define HEADER_SIZE 12

enum
{
  TLV_HELLO = 1,
  TLV_FORWARDER = 2,
  TLV_PASSWORD = 3,
};

typedef struct
{
  uint64_t said;
  bool password;
} State;

typedef struct
{
  uint8_t state, priority, n_forwarders;
  IsthAddress ip;
  const uint8_t *password; /* in clear */
  uint32_t password_size;
  bool hello;
} Message;

static const char *
name_state (uint8_t state)
{
  switch (state)
    {
    case 0x04:
      return "listen";
    case 0x08:
      return "speak";
    case 0x10:
      return "standby";
    case 0x20:
      return "active";
    default:
      return "initial";
    }
}

static void
read_hello (IsthCursor tlv,
            Message *m)
{
  uint8_t kind, size;
  const uint8_t *ip;

  isth_cursor_skip (&tlv, 1);
  m->state = isth_cursor_u8 (&tlv);
  isth_cursor_skip (&tlv, 1);
  m->priority = isth_cursor_u8 (&tlv);
  isth_cursor_skip (&tlv, 2 + 4 + 4 + 2 + 2 + 2); /* times */
  kind = isth_cursor_u8 (&tlv);
  size = isth_cursor_u8 (&tlv);
  ip = isth_cursor_bytes (&tlv, size);
  m->hello = !tlv.failed;
  if (ip && kind == 1 && size == 4)
    m->ip = isth_address_ipv4 (ip);
  else if (ip && kind == 2 && size == 16)
    m->ip = isth_address_ipv6 (ip);
}

/* Parts behind the header; false when one lies about its length. */
static bool
read_parts (IsthCursor *c,
            Message *m)
{
  *m = (Message){ 0 };
  while (isth_cursor_wire_left (c) > 0)
    {
      uint8_t kind = isth_cursor_u8 (c);
      uint8_t length = isth_cursor_u8 (c);
      IsthCursor tlv = isth_cursor_take (c, length < 2 ? 0 : length - 2u);

      if (c->failed || length < 2 || tlv.length < tlv.wire)
        return false;
      if (kind == TLV_HELLO)
        read_hello (tlv, m);
      else if (kind == TLV_FORWARDER)
        m->n_forwarders++;
      else if (kind == TLV_PASSWORD && isth_cursor_u8 (&tlv) == 1)
        {
          m->password_size = isth_cursor_u8 (&tlv);
          m->password = isth_cursor_bytes (&tlv, m->password_size);
        }
    }
  return true;
}

static IsthProbe
glbp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  const uint8_t *head = isth_cursor_bytes (&c, HEADER_SIZE);
  Message m;

  (void) packet;
  if (!head || head[0] != 1 || head[1] > 4)
    return ISTH_PROBE_NO;
  return isth_cursor_wire_left (&c) > 2 && read_parts (&c, &m) && (m.hello || m.n_forwarders > 0) ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

static IsthDissectResult
glbp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = TLV_HELLO, .name = "hello" };
  State *state = isth_context_state (ctx);
  char object[ISTH_LIMIT_TEXT], ip[ISTH_ADDRESS_TEXT];
  uint16_t group;
  Message m;

  isth_cursor_skip (c, 2);
  group = isth_cursor_be16 (c);
  isth_cursor_skip (c, 8); /* who it is */
  if (c->failed || !read_parts (c, &m))
    return ISTH_DISSECT_MALFORMED;
  if (m.password)
    isth_context_show (ctx, c->data, HEADER_SIZE);
  request.key = isth_hello_digest (ctx, (uint64_t) group << 32 | (uint64_t) m.state << 16 | (uint64_t) m.priority << 8 | m.n_forwarders,
                                   m.ip.bytes, 16);
  if (!isth_emit_again (ctx, &request))
    {
      request.object = isth_text_format (object, sizeof object, "group %u, virtual address %s, priority %u, %s, %u forwarders", group,
                                         isth_address_format (&m.ip, ip), m.priority, name_state (m.state), m.n_forwarders);
      isth_emit_request (ctx, &request);
    }
  if (isth_hello_is_new (&state->said, request.key))
    {
      IsthEndpoint router = isth_hello_router (ctx);

      isth_emit_role (ctx, &router, "router");
      if (m.state == 0x20)
        isth_emit_role (ctx, &router, "glbp-active");
    }
  if (m.password && !state->password)
    state->password = isth_hello_password (ctx, m.password, m.password_size);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT } };

const IsthDissector isth_dissector_glbp = {
  .id = "glbp",
  .title = N_("Gateway load balancing protocol"),
  .depth = ISTH_DEPTH_DEEP,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = glbp_probe,
  .dissect = glbp_dissect,
};
