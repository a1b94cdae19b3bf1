/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BACnet: who reads and commands which object of which device, and what devices say they are. ASHRAE 135-2020: clause 6 (networks), 7 (Ethernet),
 * 8 (ARCNET), 9 (MS/TP), annexes J (UDP) and U (UDP over IPv6).
 *
 * A device behind a router is the child "bacnet-net:NETWORK:ADDRESS" of it. What a BBMD passes on is said of who sent it first. Not read: what is sent by
 * clause 24's security and inside BACnet/SC, both of which are encrypted; PTP and LonTalk as carriers. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/bacnet-message.h"

#define BVLC 0x81
#define BVLC_6 0x82
#define PORT 0xbac0
#define LLC_SAP 0x8282
#define CIMETRICS 0x001090    /* MS/TP frames in SNAP, as its analysers record them */

/* Of NPDUs (6.2.2). */
#define NETWORK_MESSAGE 0x80
#define HAS_TARGET 0x20
#define HAS_SOURCE 0x08
#define RESERVED 0x50

enum
{
  BVLC_RESULT = 0,
  BVLC_WRITE_TABLE = 1,
  BVLC_READ_TABLE = 2,
  BVLC_TABLE = 3,
  BVLC_FORWARDED = 4,
  BVLC_REGISTER = 5,
  BVLC_READ_FOREIGN = 6,
  BVLC_FOREIGN = 7,
  BVLC_DELETE_FOREIGN = 8,
  BVLC_DISTRIBUTE = 9,
  BVLC_UNICAST = 10,
  BVLC_BROADCAST = 11,
  BVLC_SECURE = 12,
};

/* Those of annex U that carry an NPDU, and how many bytes of addresses stand before it. */
static const struct
{
  uint8_t function, skip;
} bvlc_6[] = { { 1, 6 }, { 2, 3 }, { 8, 21 }, { 12, 3 } };

static const struct
{
  IsthOp verb;
  bool answered;
  const char *name;
} bvlc_requests[] = {
  [BVLC_WRITE_TABLE] = { ISTH_OP_CONFIGURE, true, "write-broadcast-distribution-table" },
  [BVLC_READ_TABLE] = { ISTH_OP_READ, true, "read-broadcast-distribution-table" },
  [BVLC_REGISTER] = { ISTH_OP_SUBSCRIBE, true, "register-foreign-device" },
  [BVLC_READ_FOREIGN] = { ISTH_OP_READ, true, "read-foreign-device-table" },
  [BVLC_DELETE_FOREIGN] = { ISTH_OP_CONFIGURE, true, "delete-foreign-device-table-entry" },
  [BVLC_SECURE] = { ISTH_OP_OTHER, false, "secure-bvll" },
};

/* What one asks a BBMD has no number: one at a time. */
#define BVLC_MATCH UINT64_MAX
#define BVLC_KEY 0x200 /* beside the function in the digest of such a request */

static const struct
{
  IsthOp verb;
  const char *name;
} network_messages[] = {
  { ISTH_OP_IDENTIFY, "who-is-router-to-network" },
  { ISTH_OP_REPORT, "i-am-router-to-network" },
  { ISTH_OP_REPORT, "i-could-be-router-to-network" },
  { ISTH_OP_REPORT, "reject-message-to-network" },
  { ISTH_OP_REPORT, "router-busy-to-network" },
  { ISTH_OP_REPORT, "router-available-to-network" },
  { ISTH_OP_CONFIGURE, "initialize-routing-table" },
  { ISTH_OP_REPORT, "initialize-routing-table-ack" },
  { ISTH_OP_CONFIGURE, "establish-connection-to-network" },
  { ISTH_OP_CONFIGURE, "disconnect-connection-to-network" },
  { ISTH_OP_AUTHENTICATE, "challenge-request" },
  { ISTH_OP_OTHER, "security-payload" },
  { ISTH_OP_REPORT, "security-response" },
  { ISTH_OP_AUTHENTICATE, "request-key-update" },
  { ISTH_OP_CONFIGURE, "update-key-set" },
  { ISTH_OP_CONFIGURE, "update-distribution-key" },
  { ISTH_OP_AUTHENTICATE, "request-master-key" },
  { ISTH_OP_CONFIGURE, "set-master-key" },
  { ISTH_OP_IDENTIFY, "what-is-network-number" },
  { ISTH_OP_REPORT, "network-number-is" },
};

static const char *const network_rejections[] = {
  "other", "no route", "router busy", "unknown message", "too long", "security", "address", "no such network", "router unreachable",
};

/* How sure it is that an NPDU starts here: version 1, no reserved bit, addresses that fit, and a message of a known type. */
static bool
is_npdu (IsthCursor c)
{
  uint8_t version = isth_cursor_u8 (&c);
  uint8_t control = isth_cursor_u8 (&c);

  if (version != 1 || control & RESERVED)
    return false;
  if (control & HAS_TARGET)
    {
      isth_cursor_skip (&c, 2);
      isth_cursor_skip (&c, isth_cursor_u8 (&c));
    }
  if (control & HAS_SOURCE)
    {
      isth_cursor_skip (&c, 2);
      isth_cursor_skip (&c, isth_cursor_u8 (&c));
    }
  if (control & HAS_TARGET)
    isth_cursor_skip (&c, 1);
  return !c.failed && (control & NETWORK_MESSAGE || isth_cursor_peek (&c, 0) < 0x80);
}

static IsthProbe
probe_bvlc (IsthCursor c,
            const IsthPacket *packet)
{
  static const uint8_t shortest[] = { 6, 4, 4, 4, 10, 6, 4, 4, 10, 4, 4, 4, 4 };
  uint8_t type = isth_cursor_u8 (&c);
  uint8_t function = isth_cursor_u8 (&c);
  uint32_t length = isth_cursor_be16 (&c);
  uint32_t whole = isth_cursor_wire_left (&c) + 4;
  bool carries = function == BVLC_FORWARDED || (function >= BVLC_DISTRIBUTE && function <= BVLC_BROADCAST);
  bool bound = packet->source_port == PORT || packet->target_port == PORT;

  if (c.failed || (type != BVLC && type != BVLC_6) || function > BVLC_SECURE || length > whole || length < 4)
    return ISTH_PROBE_NO;
  if (type == BVLC_6)
    return length == whole && length >= 7 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  if (length < shortest[function])
    return ISTH_PROBE_NO;
  if (!carries)
    return length == whole && bound ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
  if (function == BVLC_FORWARDED)
    isth_cursor_skip (&c, 6);
  if (!is_npdu (c))
    return ISTH_PROBE_NO;
  return length == whole ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static IsthProbe
bacnet_probe (IsthCursor c,
              const IsthPacket *packet)
{
  if (packet->layer == ISTH_LAYER_UDP)
    return probe_bvlc (c, packet);
  if (packet->llc_sap == LLC_SAP)
    return is_npdu (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  return packet->snap_oui == CIMETRICS && packet->ether_type <= 1 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static char *
append_number (char *at,
               uint32_t number)
{
  char digits[10];
  int n = 0;

  do
    digits[n++] = (char) ('0' + number % 10);
  while ((number /= 10) > 0);
  while (n > 0)
    *at++ = digits[--n];
  return at;
}

/* "bacnet-net:5:12"; addresses of more than one byte in hex. Routers carry many messages: it is put together by hand. */
static const char *
format_place (char text[ISTH_BACNET_CHILD],
              uint16_t network,
              IsthCursor address)
{
  uint32_t n = isth_cursor_left (&address);
  const uint8_t *bytes = isth_cursor_bytes (&address, n);
  char *at = text + sizeof "bacnet-net:" - 1;

  memcpy (text, "bacnet-net:", sizeof "bacnet-net:" - 1);
  at = append_number (at, network);
  *at++ = ':';
  if (n == 1)
    *append_number (at, bytes[0]) = '\0';
  else
    isth_text_from_hex (at, 40, bytes, MIN (n, 18));
  return text;
}

static bool
is_group (const IsthEndpoint *endpoint)
{
  return isth_address_is_group (&endpoint->ip) || (endpoint->ip.kind == ISTH_ADDRESS_NONE && isth_address_is_group (&endpoint->mac));
}

/* Where both are on their networks, from the NPDU (6.2.2). */
static void
read_places (IsthBacnetMessage *m,
             IsthCursor *c,
             uint8_t control)
{
  const uint8_t *start = c->data + c->position;
  uint32_t from = 0, to = 0;

  if (control & HAS_TARGET)
    {
      IsthEndpoint receiver = isth_context_receiver (m->ctx);
      uint16_t network = isth_cursor_be16 (c);
      IsthCursor address = isth_cursor_take (c, isth_cursor_u8 (c));

      to = isth_cursor_left (&address) + 3;
      if (isth_cursor_left (&address) > 0 && !is_group (&receiver))
        m->target_child = format_place (m->target_text, network, address);
    }
  if (control & HAS_SOURCE)
    {
      uint16_t network = isth_cursor_be16 (c);
      IsthCursor address = isth_cursor_take (c, isth_cursor_u8 (c));

      from = isth_cursor_left (&address) + 3;
      if (isth_cursor_left (&address) > 0 && !c->failed)
        {
          if (!m->other_source)
            m->source = isth_context_sender (m->ctx);
          m->source.child = format_place (m->source_text, network, address);
          m->other_source = true;
        }
    }
  if (control & HAS_TARGET)
    isth_cursor_skip (c, 1); /* hops */
  if (c->failed)
    return;
  if (to > 0)
    m->peers = isth_context_digest (m->ctx, 1, start, to);
  if (from > 0)
    m->answer_peers = isth_context_digest (m->ctx, 1, start + to, from);
  if (to > 0 || from > 0)
    {
      uint64_t target = m->peers, source = m->answer_peers;

      m->peers = source * 31 + target;
      m->answer_peers = target * 31 + source;
    }
}

static IsthDissectResult
read_network_message (IsthBacnetMessage *m,
                      IsthCursor *c)
{
  uint8_t type = isth_cursor_u8 (c);
  char object[ISTH_LIMIT_TEXT] = "", list[100] = "";
  IsthRequest request = {
    .no_answer = true,
    .verb = ISTH_OP_OTHER,
    .function = -1,
    .name = "network-message",
    .object = object,
    .child = m->target_child,
    .source = m->other_source ? &m->source : NULL,
  };

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (type < G_N_ELEMENTS (network_messages))
    {
      request.verb = network_messages[type].verb;
      request.name = network_messages[type].name;
    }
  if (type == 3)
    {
      uint8_t reason = isth_cursor_u8 (c);

      isth_text_format (object, sizeof object, "network %u: %s", isth_cursor_be16 (c),
                        reason < G_N_ELEMENTS (network_rejections) ? network_rejections[reason] : "other");
    }
  else if (type <= 5 || type == 8 || type == 9 || type == 0x13)
    {
      uint32_t n = isth_cursor_wire_left (c) / 2;

      for (uint32_t i = 0; i < 8 && isth_cursor_left (c) >= 2; i++)
        {
          size_t used = strlen (list);

          isth_text_format (list + used, sizeof list - used, "%s%u", i ? ", " : "", isth_cursor_be16 (c));
        }
      if (n > 0)
        isth_text_format (object, sizeof object, n > 8 ? "%s %s …" : "%s %s", n > 1 ? "networks" : "network", list);
    }
  isth_emit_request (m->ctx, &request);
  if (type == 1)
    isth_emit_role (m->ctx, NULL, "bacnet-router");
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static IsthDissectResult
read_npdu (IsthBacnetMessage *m,
           IsthCursor *c)
{
  const uint8_t *head = isth_cursor_bytes (c, 2);
  uint8_t control;

  if (!head)
    return ISTH_DISSECT_MALFORMED;
  if (head[0] != 1)
    return ISTH_DISSECT_NOT_MINE;
  control = head[1];
  if (control & (HAS_TARGET | HAS_SOURCE))
    read_places (m, c, control);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (m->source.child)
    {
      IsthEndpoint router = m->source;

      router.child = NULL;
      isth_emit_child (m->ctx, &m->source, NULL, 0);
      isth_emit_role (m->ctx, &router, "bacnet-router");
    }
  return control & NETWORK_MESSAGE ? read_network_message (m, c) : isth_bacnet_read_apdu (m, c);
}

/* J.2: which part of the answer is a list of addresses that says who else is a BBMD, or a foreign device. */
static void
read_table (IsthDissectContext *ctx,
            IsthCursor *c,
            const char *role)
{
  uint16_t vlan = isth_packet_vlan (isth_context_packet (ctx));

  while (isth_cursor_left (c) >= 10)
    {
      const uint8_t *entry = isth_cursor_bytes (c, 10);
      IsthEndpoint one = isth_endpoint_from_address (isth_address_ipv4 (entry), vlan);

      if (isth_address_is_host (&one.ip))
        isth_emit_role (ctx, &one, role);
    }
}

static IsthDissectResult
read_result (IsthDissectContext *ctx,
             IsthCursor *c)
{
  uint16_t code = isth_cursor_be16 (c);
  char text[32];
  const IsthPending *asked;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_text_format (text, sizeof text, "NAK 0x%04x", code);
  asked = isth_emit_response (ctx, BVLC_MATCH, code ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, code ? text : NULL, false);
  if (asked && code == 0)
    isth_emit_role (ctx, NULL, "bacnet-bbmd");
  return ISTH_DISSECT_OK;
}

/* What is between BBMDs, foreign devices and those who administer them (J.2). */
static IsthDissectResult
read_management (IsthDissectContext *ctx,
                 IsthCursor *c,
                 uint8_t function)
{
  char object[ISTH_LIMIT_TEXT], address[ISTH_ADDRESS_TEXT];
  IsthRequest request = { .match = BVLC_MATCH, .function = -1, .object = object };

  object[0] = '\0';
  switch (function)
    {
    case BVLC_RESULT:
      return read_result (ctx, c);
    case BVLC_TABLE:
    case BVLC_FOREIGN:
      isth_emit_response (ctx, BVLC_MATCH, ISTH_OUTCOME_OK, NULL, false);
      isth_emit_role (ctx, NULL, "bacnet-bbmd");
      read_table (ctx, c, function == BVLC_TABLE ? "bacnet-bbmd" : "bacnet-foreign-device");
      return ISTH_DISSECT_OK;
    case BVLC_REGISTER:
      isth_emit_role (ctx, NULL, "bacnet-foreign-device");
      if (isth_cursor_left (c) >= 2)
        request.key = isth_context_digest (ctx, BVLC_KEY ^ function, c->data + c->position, 2);
      if (isth_emit_again (ctx, &request))
        return ISTH_DISSECT_OK;
      isth_text_format (object, sizeof object, "for %u s", isth_cursor_be16 (c));
      break;
    case BVLC_WRITE_TABLE:
      isth_text_format (object, sizeof object, "%u entries", isth_cursor_wire_left (c) / 10);
      break;
    case BVLC_DELETE_FOREIGN:
      {
        const uint8_t *entry = isth_cursor_bytes (c, 6);
        IsthAddress one;

        if (!entry)
          break;
        one = isth_address_ipv4 (entry);
        isth_text_format (object, sizeof object, "%s", isth_address_format (&one, address));
        break;
      }
    default:
      break;
    }
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  request.verb = bvlc_requests[function].verb;
  request.name = bvlc_requests[function].name;
  request.no_answer = !bvlc_requests[function].answered;
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_bvlc_6 (IsthBacnetMessage *m,
             IsthCursor *c,
             uint8_t function)
{
  for (size_t i = 0; i < G_N_ELEMENTS (bvlc_6); i++)
    if (bvlc_6[i].function == function)
      {
        isth_cursor_skip (c, bvlc_6[i].skip);
        return c->failed ? ISTH_DISSECT_MALFORMED : read_npdu (m, c);
      }
  return ISTH_DISSECT_OK; /* finding addresses, registering: nothing that the others do not say */
}

static IsthDissectResult
read_bvlc (IsthBacnetMessage *m,
           IsthCursor *c)
{
  const uint8_t *head = isth_cursor_bytes (c, 4);
  uint8_t type, function;
  uint32_t length;
  const uint8_t *first;

  if (!head)
    return ISTH_DISSECT_MALFORMED;
  type = head[0];
  function = head[1];
  length = isth_be16 (head + 2);
  if (type != BVLC && type != BVLC_6)
    return ISTH_DISSECT_NOT_MINE;
  if (length < 4)
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, length - 4);
  if (type == BVLC_6)
    return read_bvlc_6 (m, c, function);
  if (function == BVLC_FORWARDED)
    {
      first = isth_cursor_bytes (c, 6);
      if (!first)
        return ISTH_DISSECT_MALFORMED;
      isth_emit_role (m->ctx, NULL, "bacnet-bbmd");
      m->source = isth_endpoint_from_address (isth_address_ipv4 (first), isth_packet_vlan (isth_context_packet (m->ctx)));
      if (!isth_address_is_host (&m->source.ip))
        return ISTH_DISSECT_MALFORMED;
      m->other_source = true;
      return read_npdu (m, c);
    }
  if (function >= BVLC_DISTRIBUTE && function <= BVLC_BROADCAST)
    return read_npdu (m, c);
  return function <= BVLC_SECURE ? read_management (m->ctx, c, function) : ISTH_DISSECT_MALFORMED;
}

/* 9.3: type, target, source, length, check, behind a preamble of two bytes or an analyser's time and flag. Tokens and polls say nothing. */
static IsthDissectResult
read_mstp (IsthBacnetMessage *m,
           IsthCursor *c)
{
  uint8_t type;
  uint32_t length;

  isth_cursor_skip (c, isth_context_packet (m->ctx)->ether_type == 0 ? 2 : 3);
  type = isth_cursor_u8 (c);
  isth_cursor_skip (c, 2);
  length = isth_cursor_be16 (c);
  isth_cursor_skip (c, 1);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if ((type != 5 && type != 6) || length == 0)
    return ISTH_DISSECT_OK;
  isth_cursor_limit (c, length);
  return read_npdu (m, c);
}

static IsthDissectResult
bacnet_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  IsthBacnetMessage m ISTH_UNSET; /* its texts are long, and seldom needed */
  IsthDissectResult result;

  m.ctx = ctx;
  m.source.child = NULL;
  m.other_source = false;
  m.target_child = NULL;
  m.peers = m.answer_peers = 0;

  if (packet->layer == ISTH_LAYER_UDP)
    {
      const uint8_t *head = c->data + c->position;
      bool lies = isth_cursor_left (c) >= 4 && isth_be16 (head + 2) > isth_cursor_wire_left (c);

      result = read_bvlc (&m, c);
      return lies && result == ISTH_DISSECT_OK ? ISTH_DISSECT_MALFORMED : result; /* what is there was read */
    }
  return packet->snap_oui == CIMETRICS ? read_mstp (&m, c) : read_npdu (&m, c);
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT }, { ISTH_BIND_LLC, LLC_SAP }, { ISTH_BIND_SNAP, 1 } };

const IsthDissector isth_dissector_bacnet = {
  .id = "bacnet",
  .title = "BACnet",
  .depth = ISTH_DEPTH_FULL,
  .identity = "name bacnet_object_name vendor vendor_id model firmware software serial location description device_type state protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (IsthBacnetState),
  .probe = bacnet_probe,
  .dissect = bacnet_dissect,
};
