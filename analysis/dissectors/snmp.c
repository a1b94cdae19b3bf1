/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SNMP versions 1, 2c and 3 (RFC 1157, 3416, 3412, 3414): who manages whom, what is asked, set and reported, and who a device says it is.
 *
 * Communities are passwords that everybody on the way can read: only the two that all devices are delivered with are named, of others only how long they
 * are. Of version 3 the user, the level of security and the engine are in clear; what is encrypted is counted and not read. Tables are read as far as
 * snmp-objects.h and snmp-tables.h know them. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/ber.h"
#include "analysis/dissectors/names.h"
#include "analysis/dissectors/snmp-tables.h"

#define SEQUENCE 0x30
#define INTEGER 0x02
#define OCTETS 0x04
#define OBJECT 0x06
#define ADDRESS 0x40
#define CONFIRMED 4 /* RFC 3412, 6.4: the sender of a message with this flag waits for an answer */
#define ENCRYPTED 2
#define AUTHENTIC 1
#define USM 3

typedef enum
{
  GET,
  GET_NEXT,
  RESPONSE,
  SET,
  TRAP_1,
  GET_BULK,
  INFORM,
  TRAP_2,
  REPORT,
  N_PDUS,
} PduType;

static const struct
{
  const char *name;
  uint8_t verb;
} pdus[N_PDUS] = {
  [GET] = { "get", ISTH_OP_READ },         [GET_NEXT] = { "get-next", ISTH_OP_READ }, [RESPONSE] = { "response", ISTH_OP_OTHER },
  [SET] = { "set", ISTH_OP_CONFIGURE },    [TRAP_1] = { "trap", ISTH_OP_REPORT },     [GET_BULK] = { "get-bulk", ISTH_OP_READ },
  [INFORM] = { "inform", ISTH_OP_REPORT }, [TRAP_2] = { "trap", ISTH_OP_REPORT },     [REPORT] = { "report", ISTH_OP_OTHER },
};

typedef struct
{
  uint64_t credentials; /* digest of those that were told last */
  uint64_t engine;      /* the same */
  bool manager, agent;  /* the roles were told */
} SnmpState;

/* What stands in front of the PDU. */
typedef struct
{
  uint64_t version, id;
  IsthCursor who;    /* community or user */
  IsthCursor engine; /* version 3 */
  uint8_t flags;     /* version 3 */
  IsthCursor body;   /* what holds the PDU */
} SnmpMessage;

static bool
next_of (IsthCursor *c,
         uint32_t want,
         IsthCursor *body)
{
  uint32_t tag;

  return isth_ber_next (c, &tag, body) && tag == want;
}

static bool
next_number (IsthCursor *c,
             uint64_t *number)
{
  IsthCursor body;

  return next_of (c, INTEGER, &body) && isth_ber_unsigned (body, number);
}

/* RFC 3412, 6 and RFC 3414, 2.4. */
static bool
read_version_3 (IsthCursor *c,
                SnmpMessage *message)
{
  IsthCursor header, flags, security, usm;
  uint64_t size, model, number;

  if (!next_of (c, SEQUENCE, &header) || !next_number (&header, &message->id) || !next_number (&header, &size) || !next_of (&header, OCTETS, &flags)
      || !next_number (&header, &model) || size < 484 || isth_cursor_left (&flags) != 1 || !next_of (c, OCTETS, &security))
    return false;
  message->flags = isth_cursor_u8 (&flags);
  message->id |= UINT64_C (1) << 32;
  if (model == USM
      && (!next_of (&security, SEQUENCE, &usm) || !next_of (&usm, OCTETS, &message->engine) || !next_number (&usm, &number) || !next_number (&usm, &number)
          || !next_of (&usm, OCTETS, &message->who)))
    return false;
  message->body = *c;
  return true;
}

static bool
read_message (IsthCursor c,
              SnmpMessage *message)
{
  const IsthCursor nobody = isth_cursor_new ("", 0, 0); /* another security model names neither user nor engine */
  IsthCursor outer;

  *message = (SnmpMessage) { .who = nobody, .engine = nobody };
  if (isth_cursor_peek (&c, 0) != SEQUENCE || !next_of (&c, SEQUENCE, &outer) || isth_cursor_wire_left (&c) != 0
      || isth_cursor_peek (&outer, 0) != INTEGER || !next_number (&outer, &message->version))
    return false;
  if (message->version == 3)
    return read_version_3 (&outer, message);
  if (message->version > 1 || !next_of (&outer, OCTETS, &message->who))
    return false;
  message->body = outer;
  return true;
}

/* The whole envelope has to be right, and hold a PDU that exists. */
static IsthProbe
snmp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  SnmpMessage message;
  int first;

  (void) packet;
  if (!read_message (c, &message))
    return ISTH_PROBE_NO;
  first = isth_cursor_peek (&message.body, 0);
  if (message.version == 3)
    return first == (message.flags & ENCRYPTED ? OCTETS : SEQUENCE) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  return first >= 0xa0 && first < 0xa0 + N_PDUS ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* Who asks, once for each flow and name: in versions 1 and 2c a password in clear. */
static void
tell_credentials (IsthDissectContext *ctx,
                  SnmpState *state,
                  const SnmpMessage *message)
{
  const uint8_t *bytes = message->who.data + message->who.position;
  uint32_t n = isth_cursor_left (&message->who);
  uint64_t digest = isth_context_digest (ctx, message->version << 8 | message->flags, bytes, n);
  char object[ISTH_LIMIT_TEXT], user[64];
  IsthRequest request = { .key = digest, .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .object = object };

  if (digest == state->credentials || (message->version == 3 && n == 0))
    return;
  state->credentials = digest;
  if (isth_emit_again (ctx, &request))
    return;
  if (message->version == 3)
    {
      isth_text_format (object, sizeof object, "user “%s”, %s", isth_text_from_bytes (user, sizeof user, bytes, n),
                        message->flags & ENCRYPTED   ? "encrypted"
                        : message->flags & AUTHENTIC ? "authenticated, not encrypted"
                                                     : "neither authenticated nor encrypted");
      request.name = "user";
    }
  else
    {
      bool is_public = n == 6 && memcmp (bytes, "public", 6) == 0, is_private = n == 7 && memcmp (bytes, "private", 7) == 0;

      if (is_public || is_private)
        isth_text_format (object, sizeof object, "default community “%s” in clear", is_public ? "public" : "private");
      else
        isth_text_format (object, sizeof object, "community of %u characters in clear", n);
      request.name = message->version == 0 ? "community-version-1" : "community-version-2c";
    }
  isth_emit_request (ctx, &request);
}

/* The engine of whoever sent it: RFC 3411, 5. */
static void
tell_engine (IsthDissectContext *ctx,
             SnmpState *state,
             const SnmpMessage *message)
{
  IsthCursor c = message->engine;
  const uint8_t *bytes = c.data + c.position;
  uint32_t n = isth_cursor_left (&c), enterprise;
  uint64_t digest = isth_context_digest (ctx, 0, bytes, n);
  char text[ISTH_LIMIT_TEXT] = "SNMP engine ";
  const char *vendor;

  if (n < 5 || n > 32 || !(bytes[0] & 0x80) || digest == state->engine)
    return;
  state->engine = digest;
  isth_text_from_hex (text + 12, sizeof text - 12, bytes, n);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, text, ISTH_CONFIDENCE_PARSED, bytes, n);
  enterprise = isth_cursor_be32 (&c) & 0x7fffffff;
  vendor = isth_name_enterprise (enterprise);
  if (vendor)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, vendor, ISTH_CONFIDENCE_PARSED, bytes, 4);
  if (isth_cursor_u8 (&c) == 3 && n >= 11) /* a MAC address; Cisco puts a number in front */
    {
      IsthAddress mac = isth_address_mac (bytes + n - 6);
      char mac_text[ISTH_ADDRESS_TEXT];

      if (isth_address_is_host (&mac) && !isth_address_is_local_mac (&mac))
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_CHASSIS, isth_address_format (&mac, mac_text), ISTH_CONFIDENCE_PARSED, bytes + n - 6, 6);
    }
}

/* A name and its value; false at the end of the list. */
static bool
next_variable (IsthCursor *list,
               IsthOid *oid,
               uint32_t *tag,
               IsthCursor *value)
{
  IsthCursor pair, name;

  if (!next_of (list, SEQUENCE, &pair) || !next_of (&pair, OBJECT, &name) || !isth_ber_next (&pair, tag, value))
    return false;
  *oid = (IsthOid) { name.data + name.position, isth_cursor_left (&name) };
  return true;
}

/* The first name and how many more there are; with a notification, its name. */
static void
describe (IsthCursor list,
          bool notification,
          char object[ISTH_LIMIT_TEXT],
          IsthOid *first)
{
  IsthOid oid;
  IsthCursor value;
  uint32_t tag, n = 0;
  char text[160] = "";

  *first = (IsthOid) { NULL, 0 };
  while (next_variable (&list, &oid, &tag, &value))
    {
      bool named = notification && tag == OBJECT && isth_oid_is_notification (&oid);

      if (named)
        oid = (IsthOid) { value.data + value.position, isth_cursor_left (&value) };
      if (named || (n == 0 && !notification))
        *first = oid;
      n++;
      if (named)
        break;
    }
  isth_text_format (object, ISTH_LIMIT_TEXT, "%s", first->length > 0 ? isth_oid_describe (first, text, sizeof text) : "");
  if (!notification && n > 1)
    isth_text_format (object, ISTH_LIMIT_TEXT, "%s and %u more", text, n - 1);
}

static const char *
error_text (uint64_t status)
{
  static const char *const errors[] = { /* RFC 3416, 3 */
    NULL, "too big", "no such name", "bad value", "read only", "general error", "no access", "wrong type", "wrong length", "wrong encoding", "wrong value",
    "no creation", "inconsistent value", "resource unavailable", "commit failed", "undo failed", "authorisation error", "not writable", "inconsistent name",
  };

  return status < G_N_ELEMENTS (errors) ? errors[status] : "unknown error";
}

/* Get, set and the notifications of version 2: RFC 3416, 3. */
static IsthDissectResult
read_request (IsthDissectContext *ctx,
              SnmpState *state,
              const SnmpMessage *message,
              PduType type,
              IsthCursor *pdu)
{
  bool notification = type == INFORM || type == TRAP_2;
  char object[ISTH_LIMIT_TEXT];
  IsthCursor list;
  IsthOid first;
  uint64_t id, status, index;
  IsthRequest request = { .no_answer = type == TRAP_2, .verb = (IsthOp) pdus[type].verb, .function = type, .name = pdus[type].name, .object = object };

  if (!next_number (pdu, &id) || !next_number (pdu, &status) || !next_number (pdu, &index) || !next_of (pdu, SEQUENCE, &list))
    return ISTH_DISSECT_MALFORMED;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (notification)
    isth_emit_role_once (ctx, &state->agent, "snmp-agent");
  else
    isth_emit_role_once (ctx, &state->manager, "snmp-manager");
  tell_credentials (ctx, state, message);
  request.match = message->version == 3 ? message->id : id;
  if (!notification)
    request.key = isth_context_digest (ctx, type, list.data + list.position, isth_cursor_left (&list));
  if (type != SET && !notification && isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  describe (list, notification, object, &first);
  if (request.verb == ISTH_OP_READ && first.length > 0 && isth_oid_is_identity (&first))
    request.verb = ISTH_OP_IDENTIFY;
  isth_emit_request (ctx, &request);
  if (notification && first.length > 0 && isth_oid_vendor (&first))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, isth_oid_vendor (&first), ISTH_CONFIDENCE_BANNER, first.bytes, first.length);
  return pdu->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static IsthDissectResult
read_response (IsthDissectContext *ctx,
               SnmpState *state,
               const SnmpMessage *message,
               PduType type,
               IsthCursor *pdu)
{
  uint64_t id, status, index;
  IsthCursor list, value;
  IsthOid oid;
  uint32_t tag;
  char text[160] = "";

  if (!next_number (pdu, &id) || !next_number (pdu, &status) || !next_number (pdu, &index) || !next_of (pdu, SEQUENCE, &list))
    return ISTH_DISSECT_MALFORMED;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role_once (ctx, &state->agent, "snmp-agent");
  while (next_variable (&list, &oid, &tag, &value))
    if (type == REPORT && text[0] == '\0')
      isth_oid_describe (&oid, text, sizeof text);
    else if (status == 0) /* a refusal only says again what was asked */
      {
        isth_oid_claim (ctx, &oid, tag, &value);
        isth_oid_claim_row (ctx, &oid, tag, &value);
      }
  if (type == REPORT)
    text[strcspn (text, " ")] = '\0'; /* without the numbers behind the name */
  else if (status != 0)
    isth_text_format (text, sizeof text, "%s", error_text (status));
  isth_emit_response (ctx, message->version == 3 ? message->id : id, text[0] ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, text[0] ? text : NULL, false);
  return list.failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

/* RFC 1157, 4.1.6. */
static IsthDissectResult
read_trap (IsthDissectContext *ctx,
           SnmpState *state,
           const SnmpMessage *message,
           IsthCursor *pdu)
{
  static const char *const generic[] = { "coldStart", "warmStart", "linkDown", "linkUp", "authenticationFailure", "egpNeighborLoss" };
  IsthEndpoint agent = isth_context_sender (ctx);
  char object[ISTH_LIMIT_TEXT], text[160];
  IsthCursor enterprise, address;
  uint64_t number, specific;
  const char *vendor;
  IsthOid oid;

  if (!next_of (pdu, OBJECT, &enterprise) || !next_of (pdu, ADDRESS, &address) || !next_number (pdu, &number) || !next_number (pdu, &specific))
    return ISTH_DISSECT_MALFORMED;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role_once (ctx, &state->agent, "snmp-agent");
  tell_credentials (ctx, state, message);
  oid = (IsthOid) { enterprise.data + enterprise.position, isth_cursor_left (&enterprise) };
  isth_oid_describe (&oid, text, sizeof text);
  if (number < G_N_ELEMENTS (generic))
    isth_text_format (object, sizeof object, "%s of %s", generic[number], text);
  else
    isth_text_format (object, sizeof object, "trap %u of %s", (unsigned) specific, text);
  isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_REPORT, .function = TRAP_1, .name = pdus[TRAP_1].name, .object = object });
  if (isth_cursor_left (&address) == 4)
    {
      IsthAddress ip = isth_address_ipv4 (address.data + address.position);

      if (isth_address_is_host (&ip) && !isth_address_equal (&ip, &agent.ip)) /* somebody passes it on */
        agent = isth_endpoint_from_address (ip, agent.vlan);
    }
  vendor = isth_oid_vendor (&oid);
  if (vendor)
    isth_emit_claim (ctx, &agent, ISTH_ATTRIBUTE_VENDOR, vendor, ISTH_CONFIDENCE_BANNER, oid.bytes, oid.length);
  return ISTH_DISSECT_OK;
}

/* Whether somebody waits for an answer is in clear, and all there is. */
static IsthDissectResult
read_encrypted (IsthDissectContext *ctx,
                SnmpState *state,
                const SnmpMessage *message)
{
  IsthRequest request = { .match = message->id, .verb = ISTH_OP_OTHER, .function = -1, .name = "encrypted", .object = "" };

  if (message->flags & CONFIRMED)
    {
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_role_once (ctx, &state->manager, "snmp-manager");
      tell_credentials (ctx, state, message);
      isth_emit_request (ctx, &request);
      return ISTH_DISSECT_OK;
    }
  isth_emit_role_once (ctx, &state->agent, "snmp-agent");
  if (isth_emit_response (ctx, message->id, ISTH_OUTCOME_OK, NULL, false))
    return ISTH_DISSECT_OK;
  request.no_answer = true;
  request.verb = ISTH_OP_REPORT;
  request.name = "encrypted-notification";
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
snmp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  SnmpState *state = isth_context_state (ctx);
  SnmpMessage message;
  IsthCursor pdu, ignored;
  uint32_t tag;

  if (!read_message (*c, &message))
    return isth_cursor_peek (c, 0) == SEQUENCE ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  if (message.version < 3) /* what follows the community, which is a password */
    isth_context_show (ctx, message.body.data + message.body.position, isth_cursor_left (&message.body));
  if (message.version == 3 && !(message.flags & CONFIRMED))
    tell_engine (ctx, state, &message);
  if (message.version == 3 && message.flags & ENCRYPTED)
    return read_encrypted (ctx, state, &message);
  if (message.version == 3
      && (!next_of (&message.body, SEQUENCE, &pdu) || !next_of (&pdu, OCTETS, &ignored) || !next_of (&pdu, OCTETS, &ignored)))
    return ISTH_DISSECT_MALFORMED;
  if (message.version == 3)
    message.body = pdu;
  if (!isth_ber_next (&message.body, &tag, &pdu) || tag < 0xa0 || tag >= 0xa0 + N_PDUS)
    return ISTH_DISSECT_MALFORMED;
  switch ((PduType) (tag - 0xa0))
    {
    case RESPONSE:
    case REPORT:
      return read_response (ctx, state, &message, (PduType) (tag - 0xa0), &pdu);
    case TRAP_1:
      return read_trap (ctx, state, &message, &pdu);
    case GET:
    case GET_NEXT:
    case SET:
    case GET_BULK:
    case INFORM:
    case TRAP_2:
    case N_PDUS:
      break;
    }
  return read_request (ctx, state, &message, (PduType) (tag - 0xa0), &pdu);
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 161 }, { ISTH_BIND_UDP, 162 } };

const IsthDissector isth_dissector_snmp = {
  .id = "snmp", /* stored in project files: never change it */
  .title = "SNMP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor model serial order_number product_code hardware firmware software hostname location contact description os protocol_address chassis subnet route neighbour",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (SnmpState),
  .probe = snmp_probe,
  .dissect = snmp_dissect,
};
