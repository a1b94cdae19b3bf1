/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MikroTik neighbour discovery: name, version, board and addresses of a router or switch. No standard; the parts are those that MikroTik documents
 * ("Neighbor discovery") and other readers of it know. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define PORT 5678

enum
{
  PART_MAC = 1,
  PART_NAME = 5,
  PART_VERSION = 7,
  PART_PLATFORM = 8,
  PART_UPTIME = 10, /* counts: everything before it is said again and again */
  PART_SOFTWARE_ID = 11,
  PART_BOARD = 12,
  PART_IPV6 = 15,
  PART_INTERFACE = 16,
  PART_IPV4 = 17,
};

static const struct
{
  uint8_t part;
  IsthAttribute attribute;
} texts[] = {
  { PART_NAME, ISTH_ATTRIBUTE_HOSTNAME },       { PART_VERSION, ISTH_ATTRIBUTE_FIRMWARE }, { PART_PLATFORM, ISTH_ATTRIBUTE_VENDOR },
  { PART_SOFTWARE_ID, ISTH_ATTRIBUTE_DEVICE_ID }, { PART_BOARD, ISTH_ATTRIBUTE_MODEL },      { PART_INTERFACE, ISTH_ATTRIBUTE_NEIGHBOUR_PORT },
};

typedef struct
{
  uint64_t said;
} State;

/* Behind four bytes, of which the first two are of no use to us, come kind, length and value; the MAC is the first. */
static IsthProbe
mndp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  (void) packet;
  if (c.wire == 4)
    return isth_cursor_be32 (&c) == 0 && !c.failed ? ISTH_PROBE_WEAK : ISTH_PROBE_NO; /* a question */
  isth_cursor_skip (&c, 4);
  return isth_cursor_be32 (&c) == (PART_MAC << 16 | 6) && isth_cursor_left (&c) > 10 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static void
emit_part (IsthDissectContext *ctx,
           uint16_t kind,
           IsthCursor value)
{
  uint32_t size = isth_cursor_left (&value);
  const uint8_t *bytes = value.data;
  char text[ISTH_ADDRESS_TEXT];
  IsthAddress address = { 0 };

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].part == kind)
      isth_emit_text (ctx, NULL, texts[i].attribute, ISTH_CONFIDENCE_PARSED, bytes, size);
  if (kind == PART_IPV4 && size == 4)
    address = isth_address_ipv4 (bytes);
  else if (kind == PART_IPV6 && size == 16)
    address = isth_address_ipv6 (bytes);
  if (isth_address_is_host (&address))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_MGMT_ADDRESS, isth_address_format (&address, text), ISTH_CONFIDENCE_PARSED, bytes, size);
}

static IsthDissectResult
mndp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .name = "announce" };
  uint64_t digest = isth_hello_digest (ctx, 0, "", 0);
  IsthCursor all;

  isth_cursor_skip (c, 4);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (isth_cursor_wire_left (c) == 0)
    {
      request.verb = ISTH_OP_IDENTIFY;
      request.name = "discover";
      isth_emit_request (ctx, &request);
      return ISTH_DISSECT_OK;
    }
  all = *c;
  while (isth_cursor_wire_left (c) >= 4)
    {
      uint16_t kind = isth_cursor_be16 (c);
      IsthCursor value = isth_cursor_take (c, isth_cursor_be16 (c));

      if (c->failed || value.length < value.wire)
        return ISTH_DISSECT_MALFORMED;
      if (kind != PART_UPTIME)
        digest = isth_context_digest (ctx, digest ^ kind, value.data, value.length);
    }
  isth_emit_request (ctx, &request);
  if (!isth_hello_is_new (&((State *) isth_context_state (ctx))->said, digest))
    return ISTH_DISSECT_OK;
  while (isth_cursor_left (&all) >= 4) /* as read above */
    {
      uint16_t kind = isth_cursor_be16 (&all);

      emit_part (ctx, kind, isth_cursor_take (&all, isth_cursor_be16 (&all)));
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT } };

const IsthDissector isth_dissector_mndp = {
  .id = "mndp",
  .title = N_("MikroTik neighbour discovery"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "hostname firmware vendor device_id model neighbour_port mgmt_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = mndp_probe,
  .dissect = mndp_dissect,
};
