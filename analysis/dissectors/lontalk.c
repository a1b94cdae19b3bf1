/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LonTalk over IP: which nodes tell one another the values of which network variables, and who manages them. CEA-852 (ISO/IEC 14908-4) for the tunnel,
 * EIA-709.1 (ISO/IEC 14908-1), clauses 6 to 10, for what is inside.
 *
 * Nodes are children "lontalk:SUBNET/NODE" of the address that their messages come from; domains, of which a site has one, are not told apart. Updates of
 * network variables are reports, whatever is at their other end. The authentication of messages and the meaning of values are not read. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#define HEADER 20
#define DATA 1
#define CHILD_TEXT 24

enum
{
  TRANSPORT,
  SESSION,
  AUTHENTICATION,
  PLAIN,
};

enum
{
  TO_ALL,
  TO_GROUP,
  TO_NODE,
  TO_CHIP,
};

/* Of transport and session (7.2, 8.2). */
enum
{
  REQUEST = 0,
  REPEATED = 1,
  ANSWER = 2,
  REMINDER = 4,
  REMINDER_WITH_MESSAGE = 5,
};

#define QUERY_ID 0x61
#define SERVICE_PIN 0x7f

/* Network management and diagnosis by code (10.4). */
static const struct
{
  IsthOp verb;
  const char *name;
} management[] = {
  [0x51 - 0x50] = { ISTH_OP_DIAGNOSE, "query-status" },
  [0x52 - 0x50] = { ISTH_OP_OTHER, "proxy-command" },
  [0x53 - 0x50] = { ISTH_OP_CONFIGURE, "clear-status" },
  [0x54 - 0x50] = { ISTH_OP_DIAGNOSE, "query-transceiver-status" },
  [0x61 - 0x50] = { ISTH_OP_IDENTIFY, "query-id" },
  [0x62 - 0x50] = { ISTH_OP_CONFIGURE, "respond-to-query" },
  [0x63 - 0x50] = { ISTH_OP_CONFIGURE, "update-domain" },
  [0x64 - 0x50] = { ISTH_OP_CONFIGURE, "leave-domain" },
  [0x65 - 0x50] = { ISTH_OP_CONFIGURE, "update-key" },
  [0x66 - 0x50] = { ISTH_OP_CONFIGURE, "update-address" },
  [0x67 - 0x50] = { ISTH_OP_READ, "query-address" },
  [0x68 - 0x50] = { ISTH_OP_READ, "query-variable-configuration" },
  [0x69 - 0x50] = { ISTH_OP_CONFIGURE, "update-group-address" },
  [0x6a - 0x50] = { ISTH_OP_READ, "query-domain" },
  [0x6b - 0x50] = { ISTH_OP_CONFIGURE, "update-variable-configuration" },
  [0x6c - 0x50] = { ISTH_OP_CONTROL, "set-node-mode" },
  [0x6d - 0x50] = { ISTH_OP_READ, "read-memory" },
  [0x6e - 0x50] = { ISTH_OP_PROGRAM, "write-memory" },
  [0x6f - 0x50] = { ISTH_OP_PROGRAM, "recalculate-checksum" },
  [0x70 - 0x50] = { ISTH_OP_DIAGNOSE, "wink" },
  [0x71 - 0x50] = { ISTH_OP_PROGRAM, "refresh-memory" },
  [0x72 - 0x50] = { ISTH_OP_READ, "query-variable-types" },
  [0x73 - 0x50] = { ISTH_OP_READ, "fetch-variable" },
  [0x7f - 0x50] = { ISTH_OP_IDENTIFY, "service-pin" },
};

/* Of CEA-852 itself: members of the channel and who configures them. */
static const struct
{
  uint8_t type;
  IsthOp verb;
  const char *name;
} tunnel_messages[] = {
  { 0x03, ISTH_OP_REPORT, "device-registration" },
  { 0x04, ISTH_OP_CONFIGURE, "channel-membership" },
  { 0x06, ISTH_OP_CONFIGURE, "send-list" },
  { 0x07, ISTH_OP_OTHER, "acknowledge" },
  { 0x08, ISTH_OP_CONFIGURE, "channel-routing" },
  { 0x60, ISTH_OP_DIAGNOSE, "request-statistics" },
  { 0x63, ISTH_OP_READ, "request-device-configuration" },
  { 0x64, ISTH_OP_READ, "request-channel-membership" },
  { 0x66, ISTH_OP_READ, "request-send-list" },
  { 0x68, ISTH_OP_READ, "request-channel-routing" },
  { 0x70, ISTH_OP_REPORT, "statistics" },
  { 0x71, ISTH_OP_CONFIGURE, "device-configuration" },
  { 0x7f, ISTH_OP_OTHER, "segment" },
};

typedef struct
{
  uint8_t format, kind;          /* of PDU and address */
  uint8_t source_subnet, source_node;
  uint8_t target_subnet, target_node; /* a group: subnet 0, and its number */
  bool to_node;
} Route;

/* The header says how long the datagram is, and a version; its flags and codes are small. */
static IsthProbe
lontalk_probe (IsthCursor c,
               const IsthPacket *packet)
{
  uint32_t whole = isth_cursor_wire_left (&c);
  uint16_t length = isth_cursor_be16 (&c);
  uint8_t version = isth_cursor_u8 (&c), type = isth_cursor_u8 (&c), extra = isth_cursor_u8 (&c), flags = isth_cursor_u8 (&c);
  bool bound = packet->source_port == 1628 || packet->target_port == 1628 || packet->source_port == 1629 || packet->target_port == 1629;
  bool known = type == DATA;

  for (size_t i = 0; i < G_N_ELEMENTS (tunnel_messages); i++)
    known = known || tunnel_messages[i].type == type;
  if (c.failed || length != whole || length < HEADER || version != 1 || extra > 16 || flags & 0x80 || !known)
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, HEADER - 6 + extra * 4u);
  if (type != DATA)
    return bound ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
  isth_cursor_skip (&c, 1);
  if (isth_cursor_wire_left (&c) < 6 || (isth_cursor_peek (&c, 0) & 0xc0) != 0)
    return ISTH_PROBE_NO;
  return ISTH_PROBE_STRONG;
}

/* 6.2: priority and backlog, what follows and how it is addressed, the addresses, the domain. */
static bool
read_route (IsthCursor *c,
            Route *r)
{
  static const uint8_t domain_sizes[] = { 0, 1, 3, 6 };
  uint8_t network;
  bool member;

  isth_cursor_skip (c, 1);
  network = isth_cursor_u8 (c);
  *r = (Route){ .format = network >> 4 & 3, .kind = network >> 2 & 3 };
  r->source_subnet = isth_cursor_u8 (c);
  r->source_node = isth_cursor_u8 (c);
  member = r->kind == TO_NODE && !(r->source_node & 0x80); /* the answer of a member of a group */
  r->source_node &= 0x7f;
  switch (r->kind)
    {
    case TO_ALL:
      r->target_subnet = isth_cursor_u8 (c);
      break;
    case TO_GROUP:
      r->target_node = isth_cursor_u8 (c);
      break;
    case TO_CHIP:
      isth_cursor_skip (c, 7);
      break;
    default:
      r->target_subnet = isth_cursor_u8 (c);
      r->target_node = isth_cursor_u8 (c) & 0x7f;
      r->to_node = true;
      if (member)
        isth_cursor_skip (c, 2);
    }
  isth_cursor_skip (c, domain_sizes[network & 3]);
  return !c->failed;
}

static char *
put_number (char *end,
            uint8_t number)
{
  if (number >= 100)
    *end++ = (char) ('0' + number / 100);
  if (number >= 10)
    *end++ = (char) ('0' + number / 10 % 10);
  *end++ = (char) ('0' + number % 10);
  return end;
}

/* Needed for each message, so without printf(). */
static const char *
format_node (char text[CHILD_TEXT],
             uint8_t subnet,
             uint8_t node)
{
  char *end = text + sizeof "lontalk:" - 1;

  memcpy (text, "lontalk:", sizeof "lontalk:");
  end = put_number (end, subnet);
  *end++ = '/';
  *put_number (end, node) = '\0';
  return text;
}

/* The name and object of a message (10.1). */
static void
describe (IsthCursor c,
          bool asks,
          IsthRequest *request,
          char object[32])
{
  uint8_t code = isth_cursor_u8 (&c);
  static const char *const modes[] = { "offline", "online", "reset", "change state" };

  request->function = code;
  request->object = object;
  if (code & 0x80)
    {
      request->function = -1;
      request->verb = asks ? ISTH_OP_READ : ISTH_OP_REPORT;
      request->name = asks ? "poll-variable" : "update-variable";
      isth_text_format (object, 32, "variable %u", (code & 0x3fu) << 8 | isth_cursor_u8 (&c));
      return;
    }
  request->verb = ISTH_OP_OTHER;
  request->name = code < 0x40 ? "application-message" : code < 0x50 ? "foreign-frame" : "management";
  if (code >= 0x50 && code - 0x50u < G_N_ELEMENTS (management) && management[code - 0x50].name)
    {
      request->verb = management[code - 0x50].verb;
      request->name = management[code - 0x50].name;
    }
  if (code == 0x6c && isth_cursor_left (&c) > 0 && isth_cursor_peek (&c, 0) < (int) G_N_ELEMENTS (modes))
    isth_text_format (object, 32, "%s", modes[isth_cursor_peek (&c, 0)]);
  else if (code == 0x6d || code == 0x6e)
    {
      isth_cursor_skip (&c, 1);
      isth_text_format (object, 32, "address 0x%04x", isth_cursor_be16 (&c));
    }
}

/* The chip's own number and the program in it: told when somebody presses the service pin, or in answer to a query. */
static void
read_identity (IsthDissectContext *ctx,
               const IsthEndpoint *node,
               IsthCursor c)
{
  char text[24];
  const uint8_t *chip, *program;

  isth_cursor_skip (&c, 1);
  chip = isth_cursor_bytes (&c, 6);
  program = isth_cursor_bytes (&c, 8);
  if (!program)
    return;
  isth_emit_claim (ctx, node, ISTH_ATTRIBUTE_SERIAL, isth_text_from_hex (text, sizeof text, chip, 6), ISTH_CONFIDENCE_PARSED, chip, 6);
  isth_emit_claim (ctx, node, ISTH_ATTRIBUTE_PRODUCT_CODE, isth_text_from_hex (text, sizeof text, program, 8), ISTH_CONFIDENCE_PARSED, program, 8);
}

static uint64_t
get_match (uint8_t asker_subnet,
           uint8_t asker,
           uint8_t asked_subnet,
           uint8_t asked,
           uint8_t transaction)
{
  return (uint64_t) asker_subnet << 32 | (uint64_t) asker << 24 | (uint64_t) asked_subnet << 16 | (uint64_t) asked << 8 | (transaction & 0x0f);
}

static void
read_answer (IsthDissectContext *ctx,
             const Route *r,
             const IsthEndpoint *node,
             uint8_t transaction,
             IsthCursor c)
{
  int code = isth_cursor_peek (&c, 0);
  const IsthPending *asked;
  uint64_t match = get_match (r->target_subnet, r->target_node, r->source_subnet, r->source_node, transaction);
  /* What manages is answered by its own code without the upper bits, and 0x20 when it was done (10.4.1). */
  bool refused = r->format == SESSION && code >= 0 && code < 0x20;

  asked = isth_emit_response (ctx, match, refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, refused ? "failed" : NULL, false);
  if (asked && asked->function == QUERY_ID && code == 0x21)
    read_identity (ctx, node, c);
}

static IsthDissectResult
read_message (IsthDissectContext *ctx,
              const Route *r,
              IsthCursor *c)
{
  IsthEndpoint node = isth_context_sender (ctx), receiver = isth_context_receiver (ctx);
  char source[CHILD_TEXT] ISTH_UNSET, target[CHILD_TEXT] ISTH_UNSET, object[32] ISTH_UNSET;
  uint8_t place[] = { r->source_subnet, r->source_node };
  IsthRequest request = { .no_answer = true, .source = &node };
  uint8_t transaction = 0, type = REPEATED;
  int code;

  node.child = format_node (source, r->source_subnet, r->source_node);
  if (r->format != PLAIN)
    {
      transaction = isth_cursor_u8 (c);
      type = transaction >> 4 & 7;
    }
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (!isth_emit_same (ctx, NULL, isth_context_digest (ctx, 0, place, sizeof place), c->data))
    {
      isth_emit_child (ctx, &node, NULL, 0);
      isth_emit_same_end (ctx, true);
    }
  if (r->format == AUTHENTICATION || type == REMINDER)
    return ISTH_DISSECT_OK;
  if (type == ANSWER)
    {
      read_answer (ctx, r, &node, transaction, *c);
      return ISTH_DISSECT_OK;
    }
  if (type == REMINDER_WITH_MESSAGE)
    isth_cursor_skip (c, isth_cursor_u8 (c));
  code = isth_cursor_peek (c, 0);
  if (c->failed || code < 0)
    return ISTH_DISSECT_MALFORMED;

  request.no_answer = !r->to_node || type == REPEATED;
  request.match = get_match (r->source_subnet, r->source_node, r->target_subnet, r->target_node, transaction);
  if (r->to_node && !isth_address_is_group (&receiver.ip))
    request.child = format_node (target, r->target_subnet, r->target_node);
  if (code & 0x80 && isth_cursor_left (c) >= 2)
    {
      uint8_t ends[6] = { r->source_subnet, r->source_node, r->target_subnet, r->target_node, r->kind, r->format };

      request.function = -1;
      request.key = isth_context_digest (ctx, isth_context_digest (ctx, 0, ends, sizeof ends), c->data + c->position, 2);
      if (isth_emit_again (ctx, &request))
        return ISTH_DISSECT_OK;
    }
  object[0] = '\0';
  describe (*c, r->format == SESSION, &request, object);
  isth_emit_role (ctx, &node, "lontalk-node");
  isth_emit_request (ctx, &request);
  if (code == SERVICE_PIN)
    read_identity (ctx, &node, *c);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
lontalk_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  uint16_t length = isth_cursor_be16 (c);
  uint8_t version = isth_cursor_u8 (c), type = isth_cursor_u8 (c), extra = isth_cursor_u8 (c);
  IsthRequest request = { .no_answer = true, .function = type, .verb = ISTH_OP_OTHER, .name = "unknown-packet" };
  Route route;

  isth_cursor_skip (c, HEADER - 5 + extra * 4u);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (version != 1)
    return ISTH_DISSECT_NOT_MINE;
  if (length < HEADER + extra * 4u || length > isth_cursor_wire_left (c) + HEADER + extra * 4u)
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, length - HEADER - extra * 4u);
  if (type == DATA)
    return read_route (c, &route) ? read_message (ctx, &route, c) : ISTH_DISSECT_MALFORMED;
  for (size_t i = 0; i < G_N_ELEMENTS (tunnel_messages); i++)
    if (tunnel_messages[i].type == type)
      {
        request.verb = tunnel_messages[i].verb;
        request.name = tunnel_messages[i].name;
      }
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 1628 }, { ISTH_BIND_UDP, 1629 } };

const IsthDissector isth_dissector_lontalk = {
  .id = "lontalk",
  .title = "LonTalk/IP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "serial product_code",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = lontalk_probe,
  .dissect = lontalk_dissect,
};
