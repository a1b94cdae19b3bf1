/* SPDX-License-Identifier: GPL-3.0-or-later */
/* L2TP (RFC 2661; version 3: RFC 3931) over UDP: who opens a tunnel to whom, names and makers of both ends, calls, and of the PPP inside who logs in (PAP,
 * RFC 1334; CHAP, RFC 1994), never with what. Other contents of the tunnel are not read; hidden values neither. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/secret.h"

#define FLAG_CONTROL 0x8000
#define FLAG_LENGTH 0x4000
#define FLAG_SEQUENCE 0x0800
#define FLAG_OFFSET 0x0200
#define MOST_VALUES 32
#define LOGIN_MATCH 2

enum
{
  START_REQUEST = 1,
  START_REPLY = 2,
  STOP = 4,
  CALL_REQUEST = 10,
  CALL_REPLY = 11,
  CALL_DISCONNECT = 14,
};

enum
{
  VALUE_MESSAGE = 0,
  VALUE_FIRMWARE = 6,
  VALUE_HOST = 7,
  VALUE_VENDOR = 8,
  VALUE_CALLING = 22,
};

#define PPP_PAP 0xc023
#define PPP_CHAP 0xc223

typedef struct
{
  IsthCursor host, vendor, calling, firmware;
  uint16_t message;
} Control;

/* The flags and version; for control messages with the length, which is that of the datagram. */
static bool
is_header (IsthCursor c,
           bool *control)
{
  uint32_t whole = isth_cursor_wire_left (&c);
  uint16_t flags = isth_cursor_be16 (&c), length = isth_cursor_be16 (&c);
  uint8_t version = flags & 0x0f;

  *control = (flags & FLAG_CONTROL) != 0;
  if (c.failed || (flags & 0x34f0) != 0 || (version != 2 && version != 3))
    return false;
  if (*control)
    return (flags & FLAG_LENGTH) && (flags & FLAG_SEQUENCE) && length == whole && length >= 12;
  return version == 2 && (!(flags & FLAG_LENGTH) || length <= whole);
}

static IsthProbe
l2tp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  bool control;
  int first;

  (void) packet;
  if (!is_header (c, &control))
    return ISTH_PROBE_NO;
  if (!control)
    return ISTH_PROBE_WEAK;
  first = isth_cursor_peek (&c, 12);
  if (first < 0) /* a mere acknowledgment */
    return ISTH_PROBE_WEAK;
  /* The first value is the kind of message: mandatory, 8 bytes, of the IETF, number 0. */
  return first >> 6 == 2 && isth_cursor_peek (&c, 13) == 8 && isth_cursor_peek (&c, 14) == 0 && isth_cursor_peek (&c, 17) == 0 ? ISTH_PROBE_STRONG
                                                                                                                                : ISTH_PROBE_NO;
}

/* RFC 2661, 4.1: length with flags, vendor, type, value. False when one lies. */
static bool
read_values (IsthCursor *c,
             Control *control)
{
  *control = (Control) { .message = 0 };
  for (int i = 0; i < MOST_VALUES && isth_cursor_left (c) >= 6; i++)
    {
      uint16_t flags = isth_cursor_be16 (c), vendor = isth_cursor_be16 (c), type = isth_cursor_be16 (c);
      IsthCursor value;

      if ((flags & 0x3ff) < 6)
        return false;
      value = isth_cursor_take (c, (flags & 0x3ff) - 6u);
      if (c->failed)
        return false;
      if (vendor != 0 || flags & 0x4000) /* of others, hidden */
        continue;
      if (type == VALUE_MESSAGE)
        control->message = isth_cursor_be16 (&value);
      else if (type == VALUE_HOST)
        control->host = value;
      else if (type == VALUE_VENDOR)
        control->vendor = value;
      else if (type == VALUE_FIRMWARE)
        control->firmware = value;
      else if (type == VALUE_CALLING)
        control->calling = value;
    }
  return true;
}

static void
say_names (IsthDissectContext *ctx,
           Control *control)
{
  char text[16];
  uint16_t firmware;

  if (control->host.length > 0)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, control->host.data, control->host.length);
  if (control->vendor.length > 0)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, ISTH_CONFIDENCE_PARSED, control->vendor.data, control->vendor.length);
  if (control->firmware.length != 2)
    return;
  firmware = isth_cursor_be16 (&control->firmware);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, isth_text_format (text, sizeof text, "%u.%u", firmware >> 8, firmware & 0xff), ISTH_CONFIDENCE_PARSED,
                   control->firmware.data, 2);
}

static IsthDissectResult
read_control (IsthDissectContext *ctx,
              IsthCursor *c)
{
  char object[ISTH_LIMIT_TEXT], text[80];
  IsthRequest request = { .match = START_REQUEST, .opens = true, .verb = ISTH_OP_AUTHENTICATE, .object = object };
  Control control;

  isth_cursor_skip (c, 12);
  if (!read_values (c, &control))
    return ISTH_DISSECT_MALFORMED;
  request.function = control.message;
  switch (control.message)
    {
    case START_REQUEST:
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_role (ctx, NULL, "l2tp-client");
      say_names (ctx, &control);
      isth_text_from_string (text, sizeof text, control.host.data, control.host.length);
      isth_text_format (object, sizeof object, "L2TP%s%s%s", text[0] ? ", from “" : "", text, text[0] ? "”" : "");
      request.name = "open-tunnel";
      isth_emit_request (ctx, &request);
      break;
    case START_REPLY:
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_role (ctx, NULL, "l2tp-server");
      say_names (ctx, &control);
      isth_emit_response (ctx, START_REQUEST, ISTH_OUTCOME_OK, NULL, false);
      break;
    case STOP:
      if (!isth_emit_response (ctx, START_REQUEST, ISTH_OUTCOME_REFUSED, "tunnel closed", false))
        isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_OTHER, .function = STOP, .name = "close-tunnel" });
      break;
    case CALL_REQUEST:
      isth_text_from_string (text, sizeof text, control.calling.data, control.calling.length);
      isth_text_format (object, sizeof object, "%s%s", text[0] ? "from " : "", text);
      request.match = CALL_REQUEST;
      request.name = "call";
      isth_emit_request (ctx, &request);
      break;
    case CALL_REPLY:
      isth_emit_response (ctx, CALL_REQUEST, ISTH_OUTCOME_OK, NULL, false);
      break;
    case CALL_DISCONNECT:
      isth_emit_response (ctx, CALL_REQUEST, ISTH_OUTCOME_REFUSED, "call disconnected", false);
      break;
    default:
      break;
    }
  return ISTH_DISSECT_OK;
}

static void
emit_login (IsthDissectContext *ctx,
            const IsthCursor *name,
            const char *secret)
{
  char user[120], object[ISTH_LIMIT_TEXT];
  bool clear = secret != NULL;

  isth_text_from_bytes (user, sizeof user, name->data, name->length);
  isth_context_show (ctx, name->data, name->length);
  isth_text_format (object, sizeof object, "user “%s”%s%s%s", user, clear ? ", password in clear (" : "", clear ? secret : "", clear ? ")" : "");
  isth_emit_request (ctx, &(IsthRequest) { .match = LOGIN_MATCH, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = clear ? "pap-login" : "chap-login",
                                           .object = object });
}

/* PAP: request, ack, nak; CHAP: challenge, response, success, failure. Behind code, number and length. */
static void
read_login (IsthDissectContext *ctx,
            uint16_t protocol,
            IsthCursor c)
{
  uint8_t code = isth_cursor_u8 (&c);
  uint16_t length;
  IsthCursor name;

  isth_cursor_skip (&c, 1);
  length = isth_cursor_be16 (&c);
  if (c.failed || length < 4)
    return;
  isth_cursor_limit (&c, length - 4u); /* what follows is padding */
  if (protocol == PPP_PAP && code == 1)
    {
      name = isth_cursor_take (&c, isth_cursor_u8 (&c));
      if (!c.failed)
        emit_login (ctx, &name, isth_secret_class_at (c, false));
    }
  else if (protocol == PPP_CHAP && code == 2)
    {
      isth_cursor_skip (&c, isth_cursor_u8 (&c));
      name = isth_cursor_rest (&c);
      if (!c.failed)
        emit_login (ctx, &name, NULL);
    }
  else if ((protocol == PPP_PAP && code == 2) || (protocol == PPP_CHAP && code == 3))
    isth_emit_response (ctx, LOGIN_MATCH, ISTH_OUTCOME_OK, NULL, false);
  else if ((protocol == PPP_PAP && code == 3) || (protocol == PPP_CHAP && code == 4))
    isth_emit_response (ctx, LOGIN_MATCH, ISTH_OUTCOME_REFUSED, "login refused", false);
}

static void
read_data (IsthDissectContext *ctx,
           IsthCursor *c)
{
  uint16_t flags = isth_cursor_be16 (c), protocol;

  isth_cursor_skip (c, (flags & FLAG_LENGTH ? 2 : 0) + 4 + (flags & FLAG_SEQUENCE ? 4 : 0));
  if (flags & FLAG_OFFSET)
    isth_cursor_skip (c, isth_cursor_be16 (c));
  if (isth_cursor_peek (c, 0) == 0xff && isth_cursor_peek (c, 1) == 3)
    isth_cursor_skip (c, 2);
  protocol = isth_cursor_be16 (c);
  if (!c->failed && (protocol == PPP_PAP || protocol == PPP_CHAP))
    read_login (ctx, protocol, *c);
}

static IsthDissectResult
l2tp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  bool control;

  if (!is_header (*c, &control))
    return ISTH_DISSECT_NOT_MINE;
  if (control)
    return read_control (ctx, c);
  read_data (ctx, c);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 1701 } };

const IsthDissector isth_dissector_l2tp = {
  .id = "l2tp", /* stored in project files: never change it */
  .title = "L2TP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname vendor firmware",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = l2tp_probe,
  .dissect = l2tp_dissect,
};
