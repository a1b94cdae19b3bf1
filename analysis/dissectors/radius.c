/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RADIUS (RFC 2865, 2866, 5176): who wants to be let in where, by which kind of proof, and what came of it; who began and ended; sessions that are cut off.
 * Passwords and what proves them are not read. Other attributes of vendors than the first's number are not read either. */
#include <glib.h>
#include <string.h>

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/names.h"

#define HEADER 20
#define LONGEST 4096
#define MOST_ATTRIBUTES 256
#define MICROSOFT 311

enum
{
  ACCESS_REQUEST = 1,
  ACCESS_ACCEPT = 2,
  ACCESS_REJECT = 3,
  ACCOUNTING_REQUEST = 4,
  ACCOUNTING_RESPONSE = 5,
  ACCESS_CHALLENGE = 11,
  STATUS_SERVER = 12,
  DISCONNECT_REQUEST = 40,
  DISCONNECT_ACK = 41,
  DISCONNECT_NAK = 42,
  CHANGE_REQUEST = 43,
  CHANGE_ACK = 44,
  CHANGE_NAK = 45,
};

enum
{
  USER_NAME = 1,
  USER_PASSWORD = 2,
  CHAP_PASSWORD = 3,
  NAS_IP_ADDRESS = 4,
  REPLY_MESSAGE = 18,
  VENDOR_SPECIFIC = 26,
  CALLED_STATION = 30,
  CALLING_STATION = 31,
  NAS_IDENTIFIER = 32,
  ACCOUNTING_STATUS = 40,
  NAS_PORT_TYPE = 61,
  EAP_MESSAGE = 79,
  NAS_IPV6_ADDRESS = 95,
};

/* Values of NAS_PORT_TYPE. */
#define ETHERNET 15
#define WIRELESS 19

/* What a request carries. */
typedef struct
{
  char user[96], calling[64], called[96];
  const char *proof;
  IsthEndpoint nas; /* who lets in: the sender, unless that passes on for another */
  const uint8_t *user_at;
  uint32_t user_length;
  uint32_t status;
} Request;

static bool
is_known (uint8_t code)
{
  return (code >= ACCESS_REQUEST && code <= ACCOUNTING_RESPONSE) || (code >= ACCESS_CHALLENGE && code <= STATUS_SERVER) ||
         (code >= DISCONNECT_REQUEST && code <= CHANGE_NAK);
}

/* Steps over one attribute; false at the end and when it is broken: then @c has failed. */
static bool
next_attribute (IsthCursor *c,
                uint8_t *type,
                IsthCursor *value)
{
  uint8_t length;

  if (c->failed || isth_cursor_wire_left (c) == 0)
    return false;
  *type = isth_cursor_u8 (c);
  length = isth_cursor_u8 (c);
  if (c->failed || length < 2 || *type == 0)
    {
      c->failed = true;
      return false;
    }
  *value = isth_cursor_take (c, length - 2u);
  return !c->failed;
}

static IsthProbe
radius_probe (IsthCursor c,
              const IsthPacket *packet)
{
  uint32_t wire = isth_cursor_wire_left (&c), named = 0, n = 0;
  uint8_t code = isth_cursor_u8 (&c), type;
  uint16_t length;
  IsthCursor value;

  (void) packet;
  isth_cursor_skip (&c, 1);
  length = isth_cursor_be16 (&c);
  if (c.failed || !is_known (code) || length != wire || length < HEADER || length > LONGEST)
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, 16);
  for (; n < MOST_ATTRIBUTES && next_attribute (&c, &type, &value); n++)
    if (((type == NAS_IP_ADDRESS || type == ACCOUNTING_STATUS || type == 5 || type == 6 || type == 61) && value.wire == 4) || (type == 80 && value.wire == 16))
      named++;
  if (c.failed && !c.cut)
    return ISTH_PROBE_NO;
  return named >= 2 || (named == 1 && n >= 3) ? ISTH_PROBE_STRONG : n > 0 || code != ACCESS_REQUEST ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

/* RFC 3748, 4.1, 5.1: the identity in an EAP response. */
static void
read_eap (Request *self,
          IsthCursor eap)
{
  bool response = isth_cursor_u8 (&eap) == 2;

  isth_cursor_skip (&eap, 3);
  self->proof = "EAP";
  if (!response || isth_cursor_u8 (&eap) != 1 || self->user[0])
    return;
  self->user_at = eap.data + eap.position;
  self->user_length = isth_cursor_left (&eap);
  isth_text_from_bytes (self->user, sizeof self->user, self->user_at, self->user_length);
}

/* The number of who gives the attribute; Microsoft's are used by everybody for its ways to log in (RFC 2548). */
static void
read_vendor (IsthDissectContext *ctx,
             Request *self,
             IsthCursor value)
{
  uint32_t vendor = isth_cursor_be32 (&value);
  uint8_t type = isth_cursor_u8 (&value);
  const char *name = isth_name_enterprise (vendor);

  if (value.failed)
    return;
  if (vendor == MICROSOFT && (type == 1 || type == 25))
    self->proof = "MS-CHAP";
  else if (vendor != MICROSOFT && name)
    isth_emit_claim (ctx, &self->nas, ISTH_ATTRIBUTE_VENDOR, name, ISTH_CONFIDENCE_BANNER, value.data, 4);
}

static void
read_attribute (IsthDissectContext *ctx,
                Request *self,
                uint8_t type,
                IsthCursor value)
{
  switch (type)
    {
    case USER_NAME:
      isth_text_from_bytes (self->user, sizeof self->user, value.data, value.length);
      self->user_at = value.data;
      self->user_length = value.length;
      break;
    case USER_PASSWORD:
      self->proof = "password";
      break;
    case CHAP_PASSWORD:
      self->proof = "CHAP";
      break;
    case NAS_PORT_TYPE: /* RFC 2865, 5.41 */
      if (value.length == 4 && isth_be32 (value.data) == ETHERNET)
        isth_emit_role (ctx, &self->nas, "dot1x-authenticator");
      else if (value.length == 4 && isth_be32 (value.data) == WIRELESS)
        isth_emit_role (ctx, &self->nas, "wireless");
      break;
    case CALLED_STATION:
      isth_text_from_bytes (self->called, sizeof self->called, value.data, value.length);
      break;
    case CALLING_STATION:
      isth_text_from_bytes (self->calling, sizeof self->calling, value.data, value.length);
      break;
    case NAS_IDENTIFIER:
      isth_emit_text (ctx, &self->nas, ISTH_ATTRIBUTE_NAME, ISTH_CONFIDENCE_PARSED, value.data, value.length);
      break;
    case VENDOR_SPECIFIC:
      read_vendor (ctx, self, value);
      break;
    case ACCOUNTING_STATUS:
      self->status = isth_cursor_be32 (&value);
      break;
    case EAP_MESSAGE:
      read_eap (self, value);
      break;
    default:
      break;
    }
}

/* Who lets in says so with its address; a proxy that passes it on has another. */
static IsthEndpoint
find_nas (IsthDissectContext *ctx,
          IsthCursor c)
{
  IsthEndpoint sender = isth_context_sender (ctx);
  IsthAddress address = { 0 };
  IsthCursor value;
  uint8_t type;

  for (int n = 0; n < MOST_ATTRIBUTES && next_attribute (&c, &type, &value); n++)
    if ((type == NAS_IP_ADDRESS && value.length == 4) || (type == NAS_IPV6_ADDRESS && value.length == 16))
      address = value.length == 4 ? isth_address_ipv4 (value.data) : isth_address_ipv6 (value.data);
  if (!isth_address_is_host (&address) || isth_address_equal (&address, &sender.ip))
    return sender;
  isth_emit_role (ctx, NULL, "radius-proxy");
  return isth_endpoint_from_address (address, sender.vlan);
}

static const char *
status_text (uint32_t status)
{
  switch (status)
    {
    case 1:
      return "start";
    case 2:
      return "stop";
    case 3:
      return "goes on";
    case 7:
      return "accounting on";
    case 8:
      return "accounting off";
    default:
      return "other";
    }
}

static void
read_request (IsthDissectContext *ctx,
              uint8_t code,
              uint64_t match,
              IsthCursor c)
{
  bool change = code == DISCONNECT_REQUEST || code == CHANGE_REQUEST;
  Request self = { .nas = change ? isth_context_receiver (ctx) : find_nas (ctx, c) };
  IsthRequest request = { .match = match, .function = code, .verb = change ? ISTH_OP_CONTROL : code == ACCESS_REQUEST ? ISTH_OP_AUTHENTICATE : ISTH_OP_OTHER };
  char object[ISTH_LIMIT_TEXT];
  const char *last = "";
  IsthCursor value;
  uint8_t type;

  for (int n = 0; n < MOST_ATTRIBUTES && next_attribute (&c, &type, &value); n++)
    read_attribute (ctx, &self, type, value);
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, change ? "radius-server" : "radius-client");
  if (code == ACCOUNTING_REQUEST)
    last = status_text (self.status);
  else if (self.proof)
    last = self.proof;
  isth_text_format (object, sizeof object, "%s%s%s%s%s%s%s%s%s", self.user[0] ? "user “" : "", self.user, self.user[0] ? "”" : "",
                    last[0] && self.user[0] ? ", " : "", last, self.calling[0] ? ", from " : "", self.calling, self.called[0] ? " to " : "", self.called);
  request.name = code == ACCESS_REQUEST ? "access" : code == ACCOUNTING_REQUEST ? "accounting" : code == STATUS_SERVER ? "status"
               : code == DISCONNECT_REQUEST ? "disconnect" : "change-authorisation";
  request.object = object;
  request.at = self.user_at;
  request.length = self.user_length;
  isth_emit_request (ctx, &request);
}

static void
read_answer (IsthDissectContext *ctx,
             uint8_t code,
             uint64_t match,
             IsthCursor c)
{
  bool refused = code == ACCESS_REJECT || code == DISCONNECT_NAK || code == CHANGE_NAK;
  bool change = code >= DISCONNECT_ACK;
  char text[128] = "rejected";
  IsthCursor value;
  uint8_t type;

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, change ? "radius-client" : "radius-server");
  for (int n = 0; n < MOST_ATTRIBUTES && refused && next_attribute (&c, &type, &value); n++)
    if (type == REPLY_MESSAGE && value.length > 0)
      isth_text_from_bytes (text, sizeof text, value.data, value.length);
  isth_emit_response (ctx, match, refused ? ISTH_OUTCOME_REFUSED : code == ACCESS_CHALLENGE ? ISTH_OUTCOME_UNKNOWN : ISTH_OUTCOME_OK,
                      refused ? text : code == ACCESS_CHALLENGE ? "asked for more" : NULL, false);
}

static IsthDissectResult
radius_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  uint8_t code = isth_cursor_u8 (c), number = isth_cursor_u8 (c), type;
  uint16_t length = isth_cursor_be16 (c);
  IsthCursor all, value;
  int n = 0;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (!is_known (code) || length < HEADER || length > LONGEST)
    return ISTH_DISSECT_NOT_MINE;
  isth_context_show (ctx, c->data, HEADER); /* passwords may follow, though hidden */
  isth_cursor_skip (c, HEADER - 4);
  isth_cursor_limit (c, length - HEADER);
  all = *c;
  while (n++ < MOST_ATTRIBUTES && next_attribute (&all, &type, &value))
    continue;
  if (c->failed || length - HEADER > (int) isth_cursor_wire_left (c) || (all.failed && !all.cut))
    return ISTH_DISSECT_MALFORMED;
  switch (code)
    {
    case ACCESS_REQUEST:
    case ACCOUNTING_REQUEST:
    case STATUS_SERVER:
    case DISCONNECT_REQUEST:
    case CHANGE_REQUEST:
      read_request (ctx, code, number, *c);
      break;
    default:
      read_answer (ctx, code, number, *c);
      break;
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = {
  { ISTH_BIND_UDP, 1812 }, { ISTH_BIND_UDP, 1813 }, { ISTH_BIND_UDP, 1645 }, { ISTH_BIND_UDP, 1646 }, { ISTH_BIND_UDP, 3799 },
};

const IsthDissector isth_dissector_radius = {
  .id = "radius", /* stored in project files: never change it */
  .title = "RADIUS",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "name vendor",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = radius_probe,
  .dissect = radius_dissect,
};
