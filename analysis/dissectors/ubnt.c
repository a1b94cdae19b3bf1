/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Discovery of Ubiquiti: name, model, firmware, addresses and radio network of a device. No standard; the parts of both versions are those that readers
 * of it know (Nmap's ubiquiti-discovery). */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define PORT 10001

enum
{
  PART_MAC = 0x01,
  PART_ADDRESSES = 0x02, /* a MAC and an IPv4 address */
  PART_FIRMWARE = 0x03,
  PART_UPTIME = 0x0a,
  PART_NAME = 0x0b,
  PART_MODEL = 0x0c,
  PART_SEQUENCE = 0x12,
  PART_SERIAL = 0x13,
  PART_MODEL_LONG = 0x14,
  PART_MODEL_2 = 0x15,
};

typedef struct
{
  uint64_t said;
} State;

/* Version, what it is, and a length that fits; a question has no parts. */
static IsthProbe
ubnt_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint8_t version = isth_cursor_u8 (&c);
  uint8_t command = isth_cursor_u8 (&c);
  uint16_t length = isth_cursor_be16 (&c);
  int first;

  (void) packet;
  if (c.failed || version < 1 || version > 2 || command > 11 || length != isth_cursor_wire_left (&c))
    return ISTH_PROBE_NO;
  if (length == 0)
    return ISTH_PROBE_WEAK;
  first = isth_cursor_u8 (&c);
  length = isth_cursor_be16 (&c);
  return (first == PART_MAC && length == 6) || (first == PART_ADDRESSES && length == 10) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static void
emit_address (IsthDissectContext *ctx,
              IsthAttribute attribute,
              IsthAddress address,
              const uint8_t *at,
              uint32_t size)
{
  char text[ISTH_ADDRESS_TEXT];

  if (isth_address_is_host (&address))
    isth_emit_claim (ctx, NULL, attribute, isth_address_format (&address, text), ISTH_CONFIDENCE_PARSED, at, size);
}

static void
emit_part (IsthDissectContext *ctx,
           uint8_t kind,
           const uint8_t *bytes,
           uint32_t size)
{
  char text[ISTH_LIMIT_TEXT];

  switch (kind)
    {
    case PART_MAC: /* of the device; each of its ports may have one more */
      if (size == 6)
        emit_address (ctx, ISTH_ATTRIBUTE_CHASSIS, isth_address_mac (bytes), bytes, size);
      break;
    case PART_ADDRESSES:
      if (size == 10)
        emit_address (ctx, ISTH_ATTRIBUTE_MGMT_ADDRESS, isth_address_ipv4 (bytes + 6), bytes + 6, 4);
      break;
    case PART_FIRMWARE:
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, ISTH_CONFIDENCE_PARSED, bytes, size);
      break;
    case PART_NAME:
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, bytes, size);
      break;
    case PART_MODEL:
    case PART_MODEL_2:
    case PART_MODEL_LONG:
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, bytes, size);
      break;
    case PART_SERIAL: /* six bytes, written as others write a MAC without its colons */
      if (size == 6)
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SERIAL, isth_text_from_hex (text, sizeof text, bytes, size), ISTH_CONFIDENCE_PARSED, bytes,
                         size);
      break;
    default:
      break;
    }
}

static IsthDissectResult
ubnt_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .name = "announce" };
  State *state = isth_context_state (ctx);
  uint64_t digest = isth_hello_digest (ctx, 0, "", 0);
  uint16_t length;
  IsthCursor all;

  isth_cursor_skip (c, 1);
  request.function = isth_cursor_u8 (c);
  length = isth_cursor_be16 (c);
  if (c->failed || length > isth_cursor_wire_left (c))
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, length);
  if (length == 0)
    {
      request.verb = ISTH_OP_IDENTIFY;
      request.name = "discover";
      isth_emit_request (ctx, &request);
      return ISTH_DISSECT_OK;
    }
  all = *c;
  while (isth_cursor_wire_left (c) >= 3)
    {
      uint8_t kind = isth_cursor_u8 (c);
      IsthCursor value = isth_cursor_take (c, isth_cursor_be16 (c));

      if (c->failed || value.length < value.wire)
        return ISTH_DISSECT_MALFORMED;
      if (kind != PART_UPTIME && kind != PART_SEQUENCE)
        digest = isth_context_digest (ctx, digest ^ kind, value.data, value.length);
    }
  isth_emit_request (ctx, &request);
  if (!isth_hello_is_new (&state->said, digest))
    return ISTH_DISSECT_OK;
  while (isth_cursor_left (&all) >= 3) /* as read above */
    {
      uint8_t kind = isth_cursor_u8 (&all);
      IsthCursor value = isth_cursor_take (&all, isth_cursor_be16 (&all));

      emit_part (ctx, kind, value.data, value.length);
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT } };

const IsthDissector isth_dissector_ubnt = {
  .id = "ubnt",
  .title = N_("Ubiquiti discovery"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname model firmware serial chassis mgmt_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = ubnt_probe,
  .dissect = ubnt_dissect,
};
