/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unidirectional link detection: a switch names itself and its port, and whom it hears on it. RFC 5171. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define OUI_CISCO 0x00000c
#define PROTOCOL_ID 0x0111

enum
{
  TLV_DEVICE_ID = 1,
  TLV_PORT = 2,
  TLV_ECHO = 3,
  TLV_NAME = 6,
  TLV_SEQUENCE = 7, /* counts: everything before it is said again and again */
};

enum
{
  OPCODE_PROBE = 1,
  OPCODE_ECHO = 2,
  OPCODE_FLUSH = 3,
};

static const char *const opcodes[] = { [OPCODE_PROBE] = "probe", [OPCODE_ECHO] = "echo", [OPCODE_FLUSH] = "flush" };

typedef struct
{
  uint64_t said[4]; /* by opcode */
} State;

static IsthProbe
udld_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint8_t first = isth_cursor_u8 (&c);
  uint16_t type, length;

  if (first >> 5 != 1 || (first & 0x1f) < OPCODE_PROBE || (first & 0x1f) > OPCODE_FLUSH || packet->ether_type != PROTOCOL_ID)
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, 3); /* flags, checksum */
  type = isth_cursor_be16 (&c);
  length = isth_cursor_be16 (&c);
  if (c.failed || type != TLV_DEVICE_ID || length < 4)
    return ISTH_PROBE_NO;
  return isth_hello_snap_probe (packet, OUI_CISCO);
}

/* Cisco's serial numbers: three letters of the place, year and week, four more. */
static bool
is_serial (const uint8_t *text,
           uint32_t size)
{
  for (uint32_t i = 0; i < size && size == 11; i++)
    if (i < 3 ? !g_ascii_isupper (text[i]) : i < 7 ? !g_ascii_isdigit (text[i]) : !g_ascii_isupper (text[i]) && !g_ascii_isdigit (text[i]))
      return false;
  return size == 11;
}

static void
emit_identity (IsthDissectContext *ctx,
               uint16_t type,
               IsthCursor tlv)
{
  switch (type)
    {
    case TLV_DEVICE_ID:
      isth_emit_text (ctx, NULL, is_serial (tlv.data, tlv.length) ? ISTH_ATTRIBUTE_SERIAL : ISTH_ATTRIBUTE_DEVICE_ID, ISTH_CONFIDENCE_PARSED,
                      tlv.data, tlv.length);
      break;
    case TLV_PORT:
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_NEIGHBOUR_PORT, ISTH_CONFIDENCE_PARSED, tlv.data, tlv.length);
      break;
    case TLV_NAME:
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, tlv.data, tlv.length);
      break;
    default:
      break;
    }
}

/* The first of those who are heard: a link has two ends. A count, then for each device and port with their lengths in front. NULL: nobody is heard. */
static const char *
read_echo (IsthCursor echo,
           char text[ISTH_LIMIT_TEXT])
{
  uint32_t count = isth_cursor_be32 (&echo);
  uint16_t device_size = isth_cursor_be16 (&echo);
  const uint8_t *device = isth_cursor_bytes (&echo, device_size);
  uint16_t port_size = isth_cursor_be16 (&echo);
  const uint8_t *port = isth_cursor_bytes (&echo, port_size);
  char device_text[100], port_text[100];

  if (echo.failed || count == 0)
    return NULL;
  return isth_text_format (text, ISTH_LIMIT_TEXT, "%s port %s", isth_text_from_bytes (device_text, sizeof device_text, device, device_size),
                           isth_text_from_bytes (port_text, sizeof port_text, port, port_size));
}

static const char *
describe (IsthCursor echo,
          char text[ISTH_LIMIT_TEXT])
{
  char other[ISTH_LIMIT_TEXT];
  const char *heard = read_echo (echo, other);

  return heard ? isth_text_format (text, ISTH_LIMIT_TEXT, "hears %s", heard) : "hears nobody";
}

static IsthDissectResult
udld_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_DIAGNOSE };
  IsthCursor all, tlv, echo = isth_cursor_new (NULL, 0, 0);
  State *state = isth_context_state (ctx);
  char object[ISTH_LIMIT_TEXT];
  uint8_t opcode = isth_cursor_u8 (c) & 0x1f;
  uint16_t type;

  if (opcode < OPCODE_PROBE || opcode > OPCODE_FLUSH)
    return ISTH_DISSECT_NOT_MINE;
  isth_cursor_skip (c, 3);
  all = *c;
  request.key = isth_hello_digest (ctx, opcode, "", 0);
  while (isth_hello_next_part (c, &type, &tlv))
    {
      if (type == TLV_ECHO)
        echo = tlv;
      if (type != TLV_SEQUENCE)
        request.key = isth_context_digest (ctx, request.key ^ type, tlv.data, tlv.length);
    }
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  request.function = opcode;
  request.name = opcodes[opcode];
  if (!isth_emit_again (ctx, &request))
    {
      request.object = describe (echo, object);
      isth_emit_request (ctx, &request);
    }
  if (!isth_hello_is_new (&state->said[opcode], request.key))
    return ISTH_DISSECT_OK;
  while (isth_hello_next_part (&all, &type, &tlv))
    emit_identity (ctx, type, tlv);
  if (read_echo (echo, object))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_NEIGHBOUR, object, ISTH_CONFIDENCE_PARSED, echo.data, echo.length);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_SNAP, PROTOCOL_ID } };

const IsthDissector isth_dissector_udld = {
  .id = "udld",
  .title = N_("Unidirectional link detection"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "serial device_id hostname neighbour neighbour_port",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = udld_probe,
  .dissect = udld_dissect,
};
