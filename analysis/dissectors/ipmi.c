/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IPMI over LAN and ASF: who manages which server below its operating system, switches its power, and what the server's controller says it is. IPMI v2.0
 * (13: RMCP, sessions and RMCP+; appendix G: commands); ASF 2.0 (3.2).
 *
 * What an RMCP+ session encrypts is not read: of it only who logged in is known. Passwords and authentication codes never are. Field-replaceable units but
 * the first are children "ipmi-fru:N", controllers reached by bridging "ipmi-ipmb:ADDRESS". */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/ipmi-fru.h"
#include "analysis/dissectors/ipmi-tables.h"
#include "analysis/dissectors/secret.h"

#define VERSION 6
#define CLASS_ASF 6
#define CLASS_IPMI 7
#define ACKNOWLEDGMENT 0x80
#define ASF_IANA 4542
#define RMCP_PLUS 6    /* as a type of authentication: the header of v2.0 follows */
#define CONTROLLER 0x20

enum
{
  OPEN_SESSION = 0x10,
  OPEN_SESSION_ANSWER,
  RAKP_1,
  RAKP_2,
  RAKP_3,
  RAKP_4,
};

#define GROUP 0x2c       /* a network function that several have; the first byte says who */
#define GROUP_PICMG 0
#define UPLOAD_FOR_UPGRADE 2

enum
{
  UPGRADE_ABORT = 0x2c30,
  UPGRADE_INITIATE = 0x2c31,
  UPGRADE_BLOCK = 0x2c32,
  UPGRADE_FINISH = 0x2c33,
  CHASSIS_CONTROL = 0x0002,
  GET_DEVICE_ID = 0x0601,
  SEND_MESSAGE = 0x0634,
  GET_SYSTEM_GUID = 0x0637,
  GET_CHALLENGE = 0x0639,
  SET_USER_NAME = 0x0645,
  SET_USER_PASSWORD = 0x0647,
  READ_FRU = 0x0a11,
};

/* Sessions are opened and logins made one at a time: their messages have a tag of their own. */
#define SETUP_MATCH 0x1000000

static const struct
{
  uint8_t type;
  IsthOp verb;
  bool answer;
  const char *name;
} asf_messages[] = {
  { 0x10, ISTH_OP_CONTROL, false, "reset" },
  { 0x11, ISTH_OP_CONTROL, false, "power-up" },
  { 0x12, ISTH_OP_CONTROL, false, "power-down" },
  { 0x13, ISTH_OP_CONTROL, false, "power-cycle" },
  { 0x40, ISTH_OP_IDENTIFY, true, "presence-pong" },
  { 0x41, ISTH_OP_READ, true, "capabilities" },
  { 0x42, ISTH_OP_READ, true, "system-state" },
  { 0x43, ISTH_OP_OTHER, true, "open-session-answer" },
  { 0x80, ISTH_OP_IDENTIFY, false, "presence-ping" },
  { 0x81, ISTH_OP_READ, false, "get-capabilities" },
  { 0x82, ISTH_OP_READ, false, "get-system-state" },
  { 0x83, ISTH_OP_OTHER, false, "open-session" },
};

static IsthProbe
ipmi_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint8_t version = isth_cursor_u8 (&c), reserved = isth_cursor_u8 (&c), class;
  uint32_t length;

  (void) packet;
  isth_cursor_skip (&c, 1);
  class = isth_cursor_u8 (&c);
  if (c.failed || version != VERSION || reserved != 0)
    return ISTH_PROBE_NO;
  if (class == CLASS_ASF)
    return isth_cursor_be32 (&c) == ASF_IANA ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  if (class == (CLASS_ASF | ACKNOWLEDGMENT))
    return ISTH_PROBE_WEAK;
  if (class != CLASS_IPMI)
    return ISTH_PROBE_NO;
  switch (isth_cursor_u8 (&c))
    {
    case 0:
      isth_cursor_skip (&c, 8);
      break;
    case 1:
    case 2:
    case 4:
    case 5:
      isth_cursor_skip (&c, 24);
      break;
    case RMCP_PLUS:
      isth_cursor_skip (&c, 9);
      length = isth_cursor_le16 (&c);
      return !c.failed && length <= isth_cursor_wire_left (&c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    default:
      return ISTH_PROBE_NO;
    }
  length = isth_cursor_u8 (&c);
  return !c.failed && length >= 7 && length <= isth_cursor_wire_left (&c) && isth_cursor_wire_left (&c) <= length + 1 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static const char *
format_completion (char text[24],
                   uint8_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (ipmi_completions); i++)
    if (ipmi_completions[i].code == code)
      return ipmi_completions[i].text;
  return isth_text_format (text, 24, "completion code 0x%02x", code);
}

static void
describe (IsthCursor c,
          uint16_t code,
          IsthRequest *request,
          char *text,
          size_t size)
{
  char name[17];
  const uint8_t *bytes;
  uint8_t value;

  switch (code)
    {
    case CHASSIS_CONTROL:
      value = isth_cursor_u8 (&c) & 0x0f;
      if (!c.failed && value < G_N_ELEMENTS (ipmi_controls))
        isth_text_format (text, size, "%s", ipmi_controls[value]);
      break;
    case GET_CHALLENGE:
    case SET_USER_NAME:
      isth_cursor_skip (&c, 1);
      bytes = isth_cursor_bytes (&c, 16);
      if (bytes)
        isth_text_format (text, size, "user %s", isth_text_from_string (name, sizeof name, bytes, 16));
      break;
    case SET_USER_PASSWORD: /* whose, what to do: 2 sets it */
      isth_cursor_skip (&c, 1);
      value = isth_cursor_u8 (&c) & 3;
      bytes = isth_cursor_left (&c) > 0 ? c.data + c.position : NULL;
      if (!c.failed && value >= 2)
        isth_text_format (text, size, "password in clear (%s)", isth_secret_class_of_field (bytes, isth_cursor_left (&c)));
      break;
    case READ_FRU:
      value = isth_cursor_u8 (&c);
      request->memo[0] = 1u + ((uint32_t) value << 16 | isth_cursor_le16 (&c));
      isth_text_format (text, size, "unit %u", value);
      break;
    case 0x042d:
    case 0x0426:
    case 0x0427:
      value = isth_cursor_u8 (&c);
      if (!c.failed)
        isth_text_format (text, size, "sensor %u", value);
      break;
    default:
      break;
    }
}

static uint64_t
get_match (uint16_t code,
           uint8_t sequence)
{
  return (uint64_t) code << 8 | sequence >> 2;
}

/* 20.1: revisions, the maker's number, the product's. */
static void
read_device_id (IsthDissectContext *ctx,
                const IsthEndpoint *about,
                IsthCursor c)
{
  const uint8_t *b = isth_cursor_bytes (&c, 11);
  uint32_t maker;
  char text[24];

  if (!b)
    return;
  maker = (uint32_t) (b[8] & 0x0f) << 16 | (uint32_t) b[7] << 8 | b[6];
  isth_text_format (text, sizeof text, "%u", b[1] & 0x0fu);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_HARDWARE, text, ISTH_CONFIDENCE_PARSED - 10, b + 1, 1);
  isth_text_format (text, sizeof text, "%u.%02x", b[2] & 0x7fu, b[3]);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_FIRMWARE, text, ISTH_CONFIDENCE_PARSED, b + 2, 2);
  isth_text_format (text, sizeof text, "IPMI %u.%u", b[4] & 0x0fu, b[4] >> 4);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_SOFTWARE, text, ISTH_CONFIDENCE_PARSED, b + 4, 1);
  isth_text_format (text, sizeof text, "%u", maker);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_VENDOR_ID, text, ISTH_CONFIDENCE_PARSED, b + 6, 3);
  isth_text_format (text, sizeof text, "0x%04x", b[10] << 8 | b[9]);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_PRODUCT_CODE, text, ISTH_CONFIDENCE_PARSED, b + 9, 2);
  for (size_t i = 0; i < G_N_ELEMENTS (ipmi_vendors); i++)
    if (ipmi_vendors[i].number == maker)
      isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_VENDOR, ipmi_vendors[i].name, ISTH_CONFIDENCE_PARSED - 5, b + 6, 3);
}

static void
read_fru (IsthDissectContext *ctx,
          IsthEndpoint controller,
          const IsthPending *asked,
          IsthCursor c)
{
  uint32_t where = (uint32_t) asked->memo[0] - 1;
  uint8_t unit = (uint8_t) (where >> 16);
  uint8_t count = isth_cursor_u8 (&c);
  IsthCursor bytes = isth_cursor_take (&c, count);
  char child[20];

  if (asked->memo[0] == 0 || c.failed)
    return;
  if (unit > 0)
    {
      controller.child = isth_text_format (child, sizeof child, "ipmi-fru:%u", unit);
      isth_emit_child (ctx, &controller, NULL, 0);
    }
  isth_ipmi_fru_add (isth_context_state (ctx), ctx, &controller, unit, (uint16_t) where, bytes);
}

static void
read_answer (IsthDissectContext *ctx,
             uint16_t code,
             uint8_t address,
             uint8_t sequence,
             IsthCursor c)
{
  IsthEndpoint controller = isth_context_sender (ctx);
  uint8_t completion = isth_cursor_u8 (&c);
  char text[24], child[20];
  const uint8_t *bytes;
  const IsthPending *asked;

  asked = isth_emit_response (ctx, get_match (code, sequence), completion ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                              completion ? format_completion (text, completion) : NULL, false);
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "ipmi-server");
  if (completion != 0 || c.failed)
    return;
  if (asked && asked->memo[1] != 0)
    address = (uint8_t) asked->memo[1];
  if (address != CONTROLLER && address != 0)
    controller.child = isth_text_format (child, sizeof child, "ipmi-ipmb:0x%02x", address);
  if (code == GET_DEVICE_ID)
    read_device_id (ctx, &controller, c);
  else if (code == READ_FRU && asked)
    read_fru (ctx, controller, asked, c);
  else if (code == GET_SYSTEM_GUID && (bytes = isth_cursor_bytes (&c, 16)) != NULL)
    {
      char guid[36];

      isth_emit_claim (ctx, &controller, ISTH_ATTRIBUTE_DEVICE_ID, isth_text_from_hex (guid, sizeof guid, bytes, 16), ISTH_CONFIDENCE_PARSED, bytes, 16);
    }
}

/* PICMG HPM.1, 3.5: an action is begun for some components, blocks of the image follow, and an end. */
static void
track_upgrade (IsthDissectContext *ctx,
               uint16_t code,
               const char *child,
               IsthCursor c)
{
  IsthTransfer transfer = { .verb = ISTH_OP_FIRMWARE, .child = child };
  char object[24];
  uint8_t first;

  isth_cursor_skip (&c, 1); /* whose group */
  first = isth_cursor_u8 (&c);
  if (c.failed && code != UPGRADE_ABORT)
    return;
  if (code == UPGRADE_INITIATE && isth_cursor_u8 (&c) == UPLOAD_FOR_UPGRADE)
    {
      transfer.object = isth_text_format (object, sizeof object, "components 0x%02x", first);
      isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
    }
  else if (code == UPGRADE_BLOCK)
    {
      transfer.bytes = isth_cursor_wire_left (&c);
      isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
    }
  else if (code == UPGRADE_FINISH)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
  else if (code == UPGRADE_ABORT)
    {
      transfer.text = "broken off by who sent it";
      isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
    }
}

/* One command. @to: who is to carry it out; @bridged: by way of the controller that is asked, which answers as if it had. */
static void
ask (IsthDissectContext *ctx,
     uint8_t to,
     uint8_t function,
     uint8_t sequence,
     uint8_t command,
     bool bridged,
     IsthCursor c)
{
  char object[ISTH_LIMIT_TEXT] = "", child[20];
  uint16_t code = (uint16_t) ((function & 0x3e) << 8 | command);
  IsthRequest request = { .verb = ISTH_OP_OTHER, .name = "unknown-command", .object = object, .match = get_match (code, sequence), .function = code };
  bool picmg = function == GROUP && isth_cursor_peek (&c, 0) == GROUP_PICMG;

  if (function >= GROUP)
    request.name = "oem-command";
  else if (function == 0x08)
    {
      request.verb = ISTH_OP_FIRMWARE;
      request.name = "firmware-command";
    }
  for (size_t i = 0; i < G_N_ELEMENTS (ipmi_commands); i++)
    if (ipmi_commands[i].code == code && (function != GROUP || picmg))
      {
        request.verb = ipmi_commands[i].verb;
        request.name = ipmi_commands[i].name;
      }
  describe (c, code, &request, object, sizeof object);
  request.memo[1] = bridged ? to : 0;
  if (to != CONTROLLER)
    request.child = isth_text_format (child, sizeof child, "ipmi-ipmb:0x%02x", to);
  isth_emit_request (ctx, &request);
  if (picmg)
    track_upgrade (ctx, code, request.child, c);
}

/* 22.7: a channel, and the message that goes over it. */
static void
ask_bridged (IsthDissectContext *ctx,
             uint8_t sequence,
             IsthCursor c)
{
  const uint8_t *b;
  uint32_t left;

  isth_cursor_skip (&c, 1);
  b = isth_cursor_bytes (&c, 6);
  left = isth_cursor_wire_left (&c);
  if (!b || left < 1 || b[1] >> 2 & 1)
    return;
  isth_cursor_limit (&c, left - 1);
  ask (ctx, b[0], b[1] >> 2, sequence, b[5], true, c);
}

/* 5.1, 13.8: who answers, network function, check, who asks, number, command, data, check. */
static IsthDissectResult
read_message (IsthDissectContext *ctx,
              IsthCursor *c)
{
  uint8_t to = isth_cursor_u8 (c), function = isth_cursor_u8 (c) >> 2, from, sequence, command;
  uint32_t left;
  uint16_t code;

  isth_cursor_skip (c, 1);
  from = isth_cursor_u8 (c);
  sequence = isth_cursor_u8 (c);
  command = isth_cursor_u8 (c);
  left = isth_cursor_wire_left (c);
  if (c->failed || left < 1)
    return ISTH_DISSECT_MALFORMED;
  isth_context_show (ctx, c->data + c->position - 6, 6); /* in front may be a password, behind it a new one */
  isth_cursor_limit (c, left - 1);
  code = (uint16_t) ((function & 0x3e) << 8 | command);
  if (function & 1)
    {
      read_answer (ctx, code, from, sequence, *c);
      return ISTH_DISSECT_OK;
    }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "ipmi-client");
  ask (ctx, to, function, sequence, command, false, *c);
  if (code == SEND_MESSAGE)
    ask_bridged (ctx, sequence, *c);
  return ISTH_DISSECT_OK;
}

/* 13.17 to 13.24: a session is opened, and both sides prove that they know the key. */
static IsthDissectResult
read_setup (IsthDissectContext *ctx,
            IsthCursor *c,
            uint8_t type)
{
  static const char *const refusals[] = {
    [0x01] = "no resources",       [0x02] = "invalid session id", [0x04] = "invalid authentication algorithm", [0x08] = "no matching payload",
    [0x09] = "inactive session",   [0x0a] = "invalid console id", [0x0b] = "unauthorised role",  [0x0c] = "unauthorised role or privilege",
    [0x0d] = "unauthorised name",  [0x0e] = "invalid name length", [0x0f] = "invalid integrity check", [0x12] = "illegal parameter",
  };
  char object[ISTH_LIMIT_TEXT] = "", user[17], other[24];
  uint8_t tag = isth_cursor_u8 (c), status = isth_cursor_u8 (c), n;
  IsthRequest request = { .match = SETUP_MATCH | (uint64_t) (type & 0xfe) << 8 | tag, .function = -1, .verb = ISTH_OP_AUTHENTICATE, .object = object };
  const char *text;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (type == OPEN_SESSION_ANSWER || type == RAKP_2 || type == RAKP_4)
    {
      uint64_t match = SETUP_MATCH | (uint64_t) ((type - 1) & 0xfe) << 8 | tag;

      text = status < G_N_ELEMENTS (refusals) && refusals[status] ? refusals[status] : isth_text_format (other, sizeof other, "status 0x%02x", status);
      isth_emit_response (ctx, match, status ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, status ? text : NULL, false);
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_role (ctx, NULL, "ipmi-server");
      return ISTH_DISSECT_OK;
    }
  if (type == RAKP_3 && status != 0) /* the client gives up */
    return ISTH_DISSECT_OK;
  request.name = type == OPEN_SESSION ? "open-session" : type == RAKP_1 ? "rakp-1" : "rakp-3";
  if (type == OPEN_SESSION)
    request.verb = ISTH_OP_OTHER;
  if (type == RAKP_1)
    {
      isth_cursor_skip (c, 25);
      n = isth_cursor_u8 (c);
      if (c->failed || n > 16 || n > isth_cursor_left (c))
        return ISTH_DISSECT_MALFORMED;
      isth_text_format (object, sizeof object, "user %s", isth_text_from_bytes (user, sizeof user, isth_cursor_bytes (c, n), n));
    }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "ipmi-client");
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_session (IsthDissectContext *ctx,
              IsthCursor *c)
{
  uint8_t authentication = isth_cursor_u8 (c), type = 0;
  uint32_t length;

  if (authentication == RMCP_PLUS)
    {
      type = isth_cursor_u8 (c);
      isth_cursor_skip (c, (type & 0x3f) == 2 ? 14 : 8);
      length = isth_cursor_le16 (c);
    }
  else
    {
      isth_cursor_skip (c, authentication == 0 ? 8 : 24);
      length = isth_cursor_u8 (c);
    }
  if (c->failed || length > isth_cursor_wire_left (c))
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, length);
  if (type & 0x80 || (type & 0x3f) == 1)
    return ISTH_DISSECT_OK; /* encrypted, or the serial console */
  type &= 0x3f;
  if (type >= OPEN_SESSION && type <= RAKP_4)
    return read_setup (ctx, c, type);
  return type == 0 ? read_message (ctx, c) : ISTH_DISSECT_OK;
}

static IsthDissectResult
read_asf (IsthDissectContext *ctx,
          IsthCursor *c)
{
  uint32_t iana = isth_cursor_be32 (c);
  uint8_t type = isth_cursor_u8 (c), tag = isth_cursor_u8 (c);
  IsthRequest request = { .match = SETUP_MATCH | 0x80000 | tag, .function = type, .verb = ISTH_OP_OTHER, .name = "asf-message", .protocol = "asf" };

  isth_cursor_skip (c, 2);
  if (c->failed || iana != ASF_IANA)
    return ISTH_DISSECT_MALFORMED;
  for (size_t i = 0; i < G_N_ELEMENTS (asf_messages); i++)
    if (asf_messages[i].type == type)
      {
        if (asf_messages[i].answer)
          {
            isth_emit_response (ctx, request.match, ISTH_OUTCOME_OK, NULL, false);
            isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
            isth_emit_role (ctx, NULL, "asf-server");
            return ISTH_DISSECT_OK;
          }
        request.verb = asf_messages[i].verb;
        request.name = asf_messages[i].name;
      }
  isth_emit_role (ctx, NULL, "asf-client");
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
ipmi_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  uint8_t version = isth_cursor_u8 (c), class;

  isth_cursor_skip (c, 2);
  class = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (version != VERSION)
    return ISTH_DISSECT_NOT_MINE;
  if (class & ACKNOWLEDGMENT)
    return ISTH_DISSECT_OK;
  if (class == CLASS_ASF)
    return read_asf (ctx, c);
  return class == CLASS_IPMI ? read_session (ctx, c) : ISTH_DISSECT_NOT_MINE;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 623 }, { ISTH_BIND_UDP, 664 } };

const IsthDissector isth_dissector_ipmi = {
  .id = "ipmi",
  .title = "IPMI",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor vendor_id model product_code order_number firmware hardware serial software device_id",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (IsthIpmiFru),
  .probe = ipmi_probe,
  .dissect = ipmi_dissect,
};
