/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DHCP for IPv6: what a client calls itself, which address it was given, and who hands them out. RFC 8415; names of RFC 4704, name servers of RFC 3646,
 * time servers of RFC 4075 and RFC 5908.
 *
 * Prefixes that are handed to routers are not told. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dns-message.h"

#define PORT_SERVER 547
#define PORT_CLIENT 546
#define SERVERS 4 /* addresses read of one option */
#define RELAYS 8  /* messages in messages: the most hops there may be */

enum
{
  TYPE_SOLICIT = 1,
  TYPE_ADVERTISE = 2,
  TYPE_REPLY = 7,
  TYPE_RECONFIGURE = 10,
  TYPE_RELAY_FORWARD = 12,
  TYPE_RELAY_REPLY = 13,
};

enum
{
  OPTION_CLIENT = 1,
  OPTION_SERVER = 2,
  OPTION_ADDRESSES = 3,
  OPTION_TEMPORARY = 4,
  OPTION_ADDRESS = 5,
  OPTION_RELAYED = 9,
  OPTION_STATUS = 13,
  OPTION_VENDOR_CLASS = 16,
  OPTION_NAME_SERVERS = 23,
  OPTION_DOMAINS = 24,
  OPTION_TIME_SERVERS = 31,
  OPTION_NAME = 39,
};

static const char *const types[] = {
  NULL,      "solicit", "advertise", "request",     "confirm",             "renew",         "rebind",
  "reply",   "release", "decline",   "reconfigure", "information-request", "relay-forward", "relay-reply",
};

static const char *const statuses[] = {
  NULL, "failed", "no address left", "no binding", "not on this link", "use multicast", "no prefix left",
};

typedef struct
{
  uint8_t type;
  uint32_t transaction;
  bool reply, relayed;
  IsthEndpoint client, server;
  uint16_t status;
} Message;

static bool
is_reply (uint8_t type)
{
  return type == TYPE_ADVERTISE || type == TYPE_REPLY || type == TYPE_RECONFIGURE || type == TYPE_RELAY_REPLY;
}

static bool
next_option (IsthCursor *c,
             uint16_t *code,
             IsthCursor *value)
{
  if (isth_cursor_wire_left (c) == 0)
    return false;
  *code = isth_cursor_be16 (c);
  *value = isth_cursor_take (c, isth_cursor_be16 (c));
  return !c->failed && value->length == value->wire;
}

/* The type, and options that fill the message to its end; the first is of a number that is in use. */
static IsthProbe
dhcpv6_probe (IsthCursor c,
              const IsthPacket *packet)
{
  uint8_t type = isth_cursor_u8 (&c);
  bool relay = type == TYPE_RELAY_FORWARD || type == TYPE_RELAY_REPLY;
  IsthCursor value;
  uint16_t code = 0;
  int n = 0;

  if (type < TYPE_SOLICIT || type > TYPE_RELAY_REPLY
      || (packet->source.kind == ISTH_ADDRESS_IPV4 && packet->target_port != PORT_SERVER && packet->source_port != PORT_SERVER))
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, relay ? 33 : 3);
  while (next_option (&c, &code, &value))
    {
      if (code == 0 || code > 150)
        return ISTH_PROBE_NO;
      n++;
    }
  if (c.failed || isth_cursor_wire_left (&c) > 0 || n == 0)
    return ISTH_PROBE_NO;
  return n > 1 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static void
read_name (IsthDissectContext *ctx,
           const IsthEndpoint *about,
           IsthAttribute attribute,
           int confidence,
           IsthCursor value)
{
  const uint8_t *at = value.data + value.position;
  uint32_t size = isth_cursor_left (&value);
  char text[ISTH_LIMIT_TEXT];
  IsthCursor own = isth_cursor_new (at, size, size); /* there is no message to point back into */
  IsthDnsName name;

  if (size > 0 && isth_dns_read_name (&own, &name))
    isth_emit_claim (ctx, about, attribute, isth_dns_name_text (&name, text), confidence, at, size);
}

/* One class after another, each with its length; the number of who defines them comes first. */
static void
read_class (IsthDissectContext *ctx,
            const Message *m,
            IsthCursor value)
{
  const uint8_t *text;
  uint16_t size;

  isth_cursor_skip (&value, 4);
  size = isth_cursor_be16 (&value);
  text = isth_cursor_bytes (&value, size);
  isth_emit_text (ctx, &m->client, ISTH_ATTRIBUTE_VENDOR_CLASS, m->reply ? ISTH_CONFIDENCE_REPORTED : ISTH_CONFIDENCE_PARSED, text, size);
}

/* The client's own MAC stands beside the address that it uses, or is given, only on its own wire. */
static void
read_addresses (IsthDissectContext *ctx,
                const Message *m,
                uint16_t kind,
                IsthCursor value)
{
  IsthCursor option;
  uint16_t code;

  isth_cursor_skip (&value, kind == OPTION_ADDRESSES ? 12 : 4); /* number and times */
  while (next_option (&value, &code, &option))
    if (code == OPTION_ADDRESS)
      {
        IsthEndpoint interface = m->client;
        const uint8_t *address = isth_cursor_bytes (&option, 16);

        if (!address)
          return;
        interface.ip = isth_address_ipv6 (address);
        if (m->type == TYPE_REPLY || (!m->reply && m->type != TYPE_SOLICIT))
          isth_emit_binding (ctx, &interface, address, 16);
      }
}

static void
read_servers (IsthDissectContext *ctx,
              const Message *m,
              const char *role,
              IsthCursor value)
{
  for (int i = 0; i < SERVERS && isth_cursor_left (&value) >= 16; i++)
    {
      IsthEndpoint server = isth_endpoint_from_address (isth_address_ipv6 (isth_cursor_bytes (&value, 16)), m->client.vlan);

      if (isth_address_is_host (&server.ip))
        isth_emit_role (ctx, &server, role);
    }
}

static void
read_id (IsthDissectContext *ctx,
         const IsthEndpoint *about,
         IsthCursor value)
{
  uint32_t size = isth_cursor_left (&value);
  char text[ISTH_LIMIT_TEXT];

  if (size > 2)
    isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DEVICE_ID, isth_text_from_hex (text, sizeof text, value.data, size), ISTH_CONFIDENCE_PARSED,
                     value.data, size);
}

static void
read_option (IsthDissectContext *ctx,
             const Message *m,
             uint16_t code,
             IsthCursor value)
{
  switch (code)
    {
    case OPTION_CLIENT:
      read_id (ctx, &m->client, value);
      break;
    case OPTION_SERVER:
      if (m->reply)
        read_id (ctx, &m->server, value);
      break;
    case OPTION_ADDRESSES:
    case OPTION_TEMPORARY:
      read_addresses (ctx, m, code, value);
      break;
    case OPTION_VENDOR_CLASS:
      read_class (ctx, m, value);
      break;
    case OPTION_NAME:
      isth_cursor_skip (&value, 1); /* flags */
      read_name (ctx, &m->client, ISTH_ATTRIBUTE_HOSTNAME, m->reply ? ISTH_CONFIDENCE_REPORTED : ISTH_CONFIDENCE_PARSED, value);
      break;
    case OPTION_DOMAINS:
      if (m->reply)
        read_name (ctx, &m->client, ISTH_ATTRIBUTE_DOMAIN, ISTH_CONFIDENCE_REPORTED, value);
      break;
    case OPTION_NAME_SERVERS:
    case OPTION_TIME_SERVERS:
      if (m->reply)
        read_servers (ctx, m, code == OPTION_NAME_SERVERS ? "dns-server" : "ntp-server", value);
      break;
    default:
      break;
    }
}

static void
emit_exchange (IsthDissectContext *ctx,
               const Message *m)
{
  IsthAddress target = isth_context_packet (ctx)->target;

  if (!m->reply)
    {
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_request (ctx, &(IsthRequest){ .match = m->transaction, .no_answer = isth_address_is_group (&target), .verb = ISTH_OP_OTHER,
                                              .function = m->type, .name = types[m->type] });
      return;
    }
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_response (ctx, m->transaction, m->status == 0 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                      statuses[m->status < G_N_ELEMENTS (statuses) ? m->status : 1], false);
  isth_emit_role (ctx, &m->server, "dhcp-server");
}

/* Steps into what a relay passes on: who is at its other side stands in front. False when it is broken. */
static bool
unwrap (IsthDissectContext *ctx,
        IsthCursor *c,
        Message *m)
{
  for (int i = 0; i < RELAYS; i++)
    {
      int type = isth_cursor_peek (c, 0);
      IsthCursor value, inner = { 0 };
      const uint8_t *peer;
      uint16_t code;

      if (type != TYPE_RELAY_FORWARD && type != TYPE_RELAY_REPLY)
        return true;
      if (type == TYPE_RELAY_FORWARD && !m->relayed)
        isth_emit_role (ctx, NULL, "dhcp-relay");
      isth_cursor_skip (c, 1 + 1 + 16); /* type, hops, link */
      peer = isth_cursor_bytes (c, 16);
      if (!peer)
        return false;
      m->relayed = true;
      m->client = isth_endpoint_from_address (isth_address_ipv6 (peer), 0);
      while (next_option (c, &code, &value))
        if (code == OPTION_RELAYED)
          inner = value;
      if (c->failed || inner.length == 0)
        return false;
      *c = inner;
    }
  return false;
}

static IsthDissectResult
dhcpv6_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  Message m = { 0 };
  IsthCursor options, value;
  uint16_t code;

  m.reply = is_reply ((uint8_t) isth_cursor_peek (c, 0));
  m.client = m.reply ? isth_context_receiver (ctx) : isth_context_sender (ctx);
  m.server = isth_context_sender (ctx);
  if (!unwrap (ctx, c, &m))
    return ISTH_DISSECT_MALFORMED;
  m.type = isth_cursor_u8 (c);
  m.transaction = isth_cursor_be24 (c);
  if (c->failed || m.type < TYPE_SOLICIT || m.type >= TYPE_RELAY_FORWARD)
    return ISTH_DISSECT_MALFORMED;
  options = *c;
  while (next_option (&options, &code, &value)) /* it decides the outcome */
    if (code == OPTION_STATUS)
      m.status = isth_cursor_be16 (&value);
  emit_exchange (ctx, &m);
  while (next_option (c, &code, &value))
    read_option (ctx, &m, code, value);
  return c->failed || isth_cursor_wire_left (c) > 0 ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT_SERVER }, { ISTH_BIND_UDP, PORT_CLIENT } };

const IsthDissector isth_dissector_dhcpv6 = {
  .id = "dhcpv6",
  .title = N_("Dynamic host configuration protocol for IPv6"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname domain vendor_class device_id",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = dhcpv6_probe,
  .dissect = dhcpv6_dissect,
};
