/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dynamic trunking protocol: whether a port of a switch lets itself be talked into a trunk of all VLANs. Cisco's own; its TLVs are those that
 * Wireshark and Yersinia know. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define OUI_CISCO 0x00000c
#define PROTOCOL_ID 0x2004

enum
{
  TLV_DOMAIN = 1,
  TLV_STATUS = 2,
  TLV_TYPE = 3,
};

typedef struct
{
  uint64_t said;
} State;

static IsthProbe
dtp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint8_t version = isth_cursor_u8 (&c);
  uint16_t type = isth_cursor_be16 (&c);
  uint16_t length = isth_cursor_be16 (&c);

  if (c.failed || version != 1 || type != TLV_DOMAIN || length < 4 || length > 64 || packet->ether_type != PROTOCOL_ID)
    return ISTH_PROBE_NO;
  return isth_hello_snap_probe (packet, OUI_CISCO);
}

/* What the port is, and what it was told to be: the upper bit and the lower three. */
static const char *
describe_status (uint8_t status)
{
  static const char *const wanted[2][8] = {
    { NULL, "access, switched on", "access, switched off", "access, wants a trunk", "access, takes a trunk", NULL, NULL, NULL },
    { NULL, "trunk, switched on", "trunk, switched off", "trunk, wants a trunk", "trunk, takes a trunk", NULL, NULL, NULL },
  };
  const char *name = wanted[status >> 7][status & 7];

  return name ? name : status & 0x80 ? "trunk" : "access";
}

static const char *
describe_type (uint8_t type)
{
  switch (type >> 5)
    {
    case 1:
      return ", native";
    case 2:
      return ", ISL";
    case 5:
      return ", 802.1Q";
    default:
      return "";
    }
}

static IsthDissectResult
dtp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .name = "negotiate-trunk" };
  IsthCursor domain = isth_cursor_new (NULL, 0, 0);
  const uint8_t *at = c->data + c->position;
  uint32_t size = isth_cursor_left (c);
  uint8_t status = 0, type = 0;
  char object[64];

  if (isth_cursor_u8 (c) != 1)
    return ISTH_DISSECT_NOT_MINE;
  while (isth_cursor_wire_left (c) >= 4)
    {
      uint16_t tag = isth_cursor_be16 (c);
      uint16_t length = isth_cursor_be16 (c);
      IsthCursor tlv = isth_cursor_take (c, length < 4 ? 0 : length - 4u);

      if (tag == 0)
        break; /* padding */
      if (c->failed || length < 4 || tlv.length < tlv.wire)
        return ISTH_DISSECT_MALFORMED;
      if (tag == TLV_DOMAIN)
        domain = tlv;
      else if (tag == TLV_STATUS)
        status = isth_cursor_u8 (&tlv);
      else if (tag == TLV_TYPE)
        type = isth_cursor_u8 (&tlv);
    }
  request.key = isth_hello_digest (ctx, 0, at, size);
  if (!isth_emit_again (ctx, &request))
    {
      request.object = isth_text_format (object, sizeof object, "%s%s", describe_status (status), describe_type (type));
      isth_emit_request (ctx, &request);
    }
  if (isth_hello_is_new (&((State *) isth_context_state (ctx))->said, request.key))
    {
      isth_emit_role (ctx, NULL, "switch");
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_DOMAIN, ISTH_CONFIDENCE_PARSED, domain.data, domain.length);
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_SNAP, PROTOCOL_ID } };

const IsthDissector isth_dissector_dtp = {
  .id = "dtp",
  .title = N_("Dynamic trunking protocol"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "domain",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = dtp_probe,
  .dissect = dtp_dissect,
};
