/* SPDX-License-Identifier: GPL-3.0-or-later */
/* VLAN trunking protocol: switches of one domain tell one another which VLANs there are. Cisco, "Understanding VLAN Trunk Protocol (VTP)" (document 10558).
 *
 * Version 3 is named; its databases are not told. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define OUI_CISCO 0x00000c
#define PROTOCOL_ID 0x2003
#define DOMAIN_SIZE 32

enum
{
  CODE_SUMMARY = 1,
  CODE_SUBSET = 2,
  CODE_REQUEST = 3,
  CODE_JOIN = 4,
};

static const struct
{
  const char *name;
  IsthOp verb;
} codes[] = {
  [CODE_SUMMARY] = { "summary", ISTH_OP_REPORT },
  [CODE_SUBSET] = { "vlans", ISTH_OP_REPORT },
  [CODE_REQUEST] = { "request", ISTH_OP_READ },
  [CODE_JOIN] = { "join", ISTH_OP_OTHER },
};

typedef struct
{
  uint64_t said[4]; /* by code */
} State;

/* Begins with version, code, a number, and the length of the domain's name. */
static IsthProbe
vtp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  const uint8_t *head = isth_cursor_bytes (&c, 4);

  if (!head || packet->ether_type != PROTOCOL_ID || head[0] < 1 || head[0] > 3 || head[1] < CODE_SUMMARY || head[1] > CODE_JOIN
      || head[3] > DOMAIN_SIZE)
    return ISTH_PROBE_NO;
  return isth_hello_snap_probe (packet, OUI_CISCO);
}

/* ", VLAN 20 Office" for each, as far as there is room. Each is as long as its first byte says. */
static void
append_vlans (IsthCursor *c,
              char text[ISTH_LIMIT_TEXT])
{
  while (isth_cursor_left (c) >= 12)
    {
      uint8_t size = isth_cursor_u8 (c);
      IsthCursor vlan = isth_cursor_take (c, size > 0 ? size - 1u : 0);
      const uint8_t *bytes;
      char name[64];
      uint8_t name_size;
      uint16_t id;
      size_t used = strlen (text);

      isth_cursor_skip (&vlan, 2); /* state, kind */
      name_size = isth_cursor_u8 (&vlan);
      id = isth_cursor_be16 (&vlan);
      isth_cursor_skip (&vlan, 6); /* largest frame, index of 802.10 */
      bytes = isth_cursor_bytes (&vlan, name_size);
      if (c->failed || !bytes)
        return;
      isth_text_from_bytes (name, sizeof name, bytes, name_size);
      isth_text_format (text + used, ISTH_LIMIT_TEXT - used, ", VLAN %u %s", id, name);
    }
}

static const char *
describe (IsthCursor c,
          uint8_t code,
          const uint8_t *domain,
          uint32_t domain_size,
          char text[ISTH_LIMIT_TEXT])
{
  char name[64], address[ISTH_ADDRESS_TEXT];
  const uint8_t *updater;
  uint32_t revision;

  isth_text_from_string (name, sizeof name, domain, domain_size);
  isth_text_format (text, ISTH_LIMIT_TEXT, "domain “%s”", name);
  if (code == CODE_REQUEST || code == CODE_JOIN)
    return text;
  revision = isth_cursor_be32 (&c);
  if (c.failed)
    return text;
  isth_text_format (text, ISTH_LIMIT_TEXT, "domain “%s”, revision %u", name, revision);
  if (code == CODE_SUBSET)
    append_vlans (&c, text);
  else if ((updater = isth_cursor_bytes (&c, 4)))
    {
      IsthAddress ip = isth_address_ipv4 (updater);

      isth_text_format (text, ISTH_LIMIT_TEXT, "domain “%s”, revision %u, changed by %s", name, revision, isth_address_format (&ip, address));
    }
  return text;
}

static IsthDissectResult
vtp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  State *state = isth_context_state (ctx);
  IsthRequest request = { .no_answer = true };
  char object[ISTH_LIMIT_TEXT];
  uint8_t code, domain_size;
  const uint8_t *domain;

  isth_cursor_skip (c, 1); /* version */
  code = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1); /* followers, or a number in a row */
  domain_size = isth_cursor_u8 (c);
  domain = isth_cursor_bytes (c, DOMAIN_SIZE);
  if (c->failed || domain_size > DOMAIN_SIZE)
    return ISTH_DISSECT_MALFORMED;
  if (code < CODE_SUMMARY || code > CODE_JOIN)
    return ISTH_DISSECT_NOT_MINE;
  request.function = code;
  request.name = codes[code].name;
  request.verb = codes[code].verb;
  request.key = isth_hello_digest (ctx, code, domain, DOMAIN_SIZE + isth_cursor_left (c));
  if (!isth_emit_again (ctx, &request))
    {
      request.object = describe (*c, code, domain, domain_size, object);
      isth_emit_request (ctx, &request);
    }
  if (isth_hello_is_new (&state->said[code - 1], request.key))
    {
      isth_emit_role (ctx, NULL, "switch");
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_DOMAIN, ISTH_CONFIDENCE_PARSED, domain, domain_size);
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_SNAP, PROTOCOL_ID } };

const IsthDissector isth_dissector_vtp = {
  .id = "vtp",
  .title = N_("VLAN trunking protocol"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "domain",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = vtp_probe,
  .dissect = vtp_dissect,
};
