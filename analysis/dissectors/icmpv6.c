/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IPv6 on one wire: who has which address, which routers there are and for which prefixes, who listens to which group; echoes and errors.
 * RFC 4443; neighbour discovery, RFC 4861; name servers of RFC 8106; listeners, RFC 2710 and RFC 3810.
 *
 * Secured discovery (RFC 3971) is read as any other, and its signatures are not checked. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/group-record.h"
#include "analysis/dissectors/hello.h"

#define IP_PROTOCOL 58
#define HOP_LIMIT 255 /* of discovery: so nobody sent it from afar */
#define SERVERS 4     /* name servers read of one option */
#define ON_LINK 0x80  /* the prefix is of this wire */

enum
{
  TYPE_UNREACHABLE = 1,
  TYPE_TOO_BIG = 2,
  TYPE_EXCEEDED = 3,
  TYPE_PARAMETER = 4,
  TYPE_ECHO = 128,
  TYPE_ECHO_REPLY = 129,
  TYPE_LISTENER_QUERY = 130,
  TYPE_LISTENER_REPORT = 131,
  TYPE_LISTENER_DONE = 132,
  TYPE_ROUTER_SOLICITATION = 133,
  TYPE_ROUTER_ADVERTISEMENT = 134,
  TYPE_SOLICITATION = 135,
  TYPE_ADVERTISEMENT = 136,
  TYPE_REDIRECT = 137,
  TYPE_LISTENER_REPORT_2 = 143,
};

enum
{
  OPTION_SOURCE = 1,
  OPTION_TARGET = 2,
  OPTION_PREFIX = 3,
  OPTION_ROUTE = 24, /* RFC 4191, 2.3 */
  OPTION_NAME_SERVERS = 25,
};

static const char *const unreachable[] = {
  "no-route", "prohibited", "beyond-scope", "address-unreachable", "port-unreachable", "source-address-failed", "route-rejected",
};

typedef struct
{
  uint64_t said;
} State;

/* What options say; NULL where there is none. */
typedef struct
{
  const uint8_t *source, *target; /* MACs */
  const uint8_t *prefix;          /* its bits, flags, times, then the prefix at 14 */
  IsthCursor servers;
} Options;

static bool
is_known (uint8_t type)
{
  return (type >= TYPE_UNREACHABLE && type <= TYPE_PARAMETER) || (type >= TYPE_ECHO && type <= TYPE_REDIRECT) || type == TYPE_LISTENER_REPORT_2;
}

static IsthProbe
icmpv6_probe (IsthCursor c,
              const IsthPacket *packet)
{
  if (c.wire < 8 || c.length < 4 || !is_known (c.data[c.position]))
    return ISTH_PROBE_NO;
  return packet->ip_protocol == IP_PROTOCOL ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

/* Kind, length in eights, value. False when one has no length or is longer than the message. */
static bool
read_options (IsthCursor *c,
              Options *options)
{
  *options = (Options){ 0 };
  while (isth_cursor_wire_left (c) > 0)
    {
      uint8_t kind = isth_cursor_u8 (c);
      uint8_t eights = isth_cursor_u8 (c);
      IsthCursor value = isth_cursor_take (c, eights > 0 ? eights * 8u - 2 : 0);

      if (c->failed || eights == 0 || value.length < value.wire)
        return false;
      if (kind == OPTION_SOURCE)
        options->source = isth_cursor_bytes (&value, 6);
      else if (kind == OPTION_TARGET)
        options->target = isth_cursor_bytes (&value, 6);
      else if (kind == OPTION_PREFIX && !options->prefix)
        options->prefix = isth_cursor_bytes (&value, 30);
      else if (kind == OPTION_NAME_SERVERS)
        options->servers = value;
    }
  return true;
}

static void
bind (IsthDissectContext *ctx,
      IsthAddress ip,
      const uint8_t *mac)
{
  IsthEndpoint interface = { .ip = ip, .vlan = isth_packet_vlan (isth_context_packet (ctx)) };

  if (!mac)
    return;
  interface.mac = isth_address_mac (mac);
  isth_emit_binding (ctx, &interface, mac, 6);
}

static void
emit (IsthDissectContext *ctx,
      IsthOp verb,
      uint8_t type,
      const char *name,
      const char *object)
{
  isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = verb, .function = type, .name = name, .object = object });
}

/* An error says where the packet that caused it was going. */
static void
report (IsthDissectContext *ctx,
        uint8_t type,
        const char *name,
        IsthCursor c)
{
  char object[ISTH_ADDRESS_TEXT];
  const uint8_t *to;
  IsthAddress target;

  isth_cursor_skip (&c, 4 + 24);
  to = isth_cursor_bytes (&c, 16);
  if (to)
    target = isth_address_ipv6 (to);
  emit (ctx, ISTH_OP_REPORT, type, name, to ? isth_address_format (&target, object) : NULL);
}

static void
report_error (IsthDissectContext *ctx,
              uint8_t type,
              uint8_t code,
              IsthCursor c)
{
  switch (type)
    {
    case TYPE_UNREACHABLE:
      report (ctx, type, unreachable[code < G_N_ELEMENTS (unreachable) ? code : 3], c);
      break;
    case TYPE_TOO_BIG: /* load balancers say so as well as routers */
      report (ctx, type, "packet-too-big", c);
      break;
    case TYPE_EXCEEDED:
      report (ctx, type, code == 0 ? "time-exceeded" : "reassembly-time-exceeded", c);
      if (code == 0)
        isth_emit_role (ctx, NULL, "router");
      break;
    default:
      report (ctx, type, "parameter-problem", c);
      break;
    }
}

/* The networks that a router says to be in, and those it says to lead to; unless their life is over. */
static void
emit_networks (IsthDissectContext *ctx,
               IsthCursor c)
{
  IsthEndpoint router = isth_hello_router (ctx);
  char text[ISTH_ADDRESS_TEXT + 8];

  while (isth_cursor_left (&c) >= 8)
    {
      const uint8_t *at = c.data + c.position;
      uint8_t kind = isth_cursor_u8 (&c);
      uint32_t size = isth_cursor_u8 (&c) * 8u;
      IsthCursor value = isth_cursor_take (&c, size - 2);

      if (c.failed)
        return;
      if (kind == OPTION_PREFIX && size == 32 && at[3] & ON_LINK && isth_be32 (at + 4) > 0 && isth_hello_network_six (at + 16, at[2], text))
        isth_emit_claim (ctx, &router, ISTH_ATTRIBUTE_SUBNET, text, ISTH_CONFIDENCE_PARSED, at, size);
      else if (kind == OPTION_ROUTE && isth_be32 (at + 4) > 0 && isth_cursor_left (&value) >= 6 + (at[2] + 7u) / 8)
        isth_hello_route_six (ctx, &router, at + 8, at[2], at, size);
    }
}

/* RFC 4861, 4.2. A life of 0 s: no default router, but one of these prefixes. */
static IsthDissectResult
read_router (IsthDissectContext *ctx,
             IsthCursor *c)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = TYPE_ROUTER_ADVERTISEMENT, .name = "router-advertisement" };
  char object[ISTH_LIMIT_TEXT], name[ISTH_ADDRESS_TEXT], prefix[ISTH_ADDRESS_TEXT + 16] = "no prefix";
  IsthCursor all = *c;
  Options options;
  uint8_t flags;
  uint16_t life;

  isth_cursor_skip (c, 1); /* hop limit */
  flags = isth_cursor_u8 (c);
  life = isth_cursor_be16 (c);
  isth_cursor_skip (c, 8);
  if (c->failed || !read_options (c, &options))
    return ISTH_DISSECT_MALFORMED;
  request.key = isth_hello_digest (ctx, 0, all.data + all.position, isth_cursor_left (&all));
  if (!isth_emit_again (ctx, &request))
    {
      if (options.prefix)
        {
          IsthAddress address = isth_address_ipv6 (options.prefix + 14);

          isth_text_format (prefix, sizeof prefix, "prefix %s/%u", isth_address_format (&address, name), options.prefix[0]);
        }
      request.object = isth_text_format (object, sizeof object, "%s, life %u s%s", prefix, life, flags & 0x80 ? ", addresses by DHCP" : "");
      isth_emit_request (ctx, &request);
    }
  bind (ctx, packet->source, options.source);
  if (!isth_hello_is_new (&((State *) isth_context_state (ctx))->said, request.key))
    return ISTH_DISSECT_OK;
  isth_emit_role (ctx, NULL, "router");
  isth_cursor_skip (&all, 12);
  emit_networks (ctx, all);
  isth_cursor_skip (&options.servers, 6); /* reserved, life */
  for (int i = 0; i < SERVERS && isth_cursor_left (&options.servers) >= 16; i++)
    {
      IsthEndpoint server = isth_endpoint_from_address (isth_address_ipv6 (isth_cursor_bytes (&options.servers, 16)), isth_packet_vlan (packet));

      if (isth_address_is_host (&server.ip))
        isth_emit_role (ctx, &server, "dns-server");
    }
  return ISTH_DISSECT_OK;
}

/* Who asks names itself; who has no address yet asks whether somebody else has it (RFC 4862, 5.4). */
static IsthDissectResult
read_neighbour (IsthDissectContext *ctx,
                uint8_t type,
                IsthCursor *c)
{
  IsthAddress source = isth_context_packet (ctx)->source;
  char object[ISTH_ADDRESS_TEXT];
  const uint8_t *about;
  IsthAddress target;
  Options options;

  isth_cursor_skip (c, 4); /* flags */
  about = isth_cursor_bytes (c, 16);
  if (!about || !read_options (c, &options))
    return ISTH_DISSECT_MALFORMED;
  target = isth_address_ipv6 (about);
  if (type == TYPE_ADVERTISEMENT)
    bind (ctx, target, options.target);
  else if (isth_address_is_unspecified (&source))
    emit (ctx, ISTH_OP_OTHER, type, "address-probe", isth_address_format (&target, object));
  else
    bind (ctx, source, options.source);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_redirect (IsthDissectContext *ctx,
               IsthCursor *c)
{
  const uint8_t *better, *destination;
  char object[ISTH_LIMIT_TEXT], to[ISTH_ADDRESS_TEXT], by[ISTH_ADDRESS_TEXT];
  IsthAddress target, router;
  Options options;

  isth_cursor_skip (c, 4);
  better = isth_cursor_bytes (c, 16);
  destination = isth_cursor_bytes (c, 16);
  if (!destination || !read_options (c, &options))
    return ISTH_DISSECT_MALFORMED;
  router = isth_address_ipv6 (better);
  target = isth_address_ipv6 (destination);
  isth_text_format (object, sizeof object, "%s by way of %s", isth_address_format (&target, to), isth_address_format (&router, by));
  emit (ctx, ISTH_OP_REPORT, TYPE_REDIRECT, "redirect", object);
  isth_emit_role (ctx, NULL, "router");
  bind (ctx, router, options.target);
  return ISTH_DISSECT_OK;
}

/* A question to all listeners, or to those of one group; only one router on a wire asks. */
static IsthDissectResult
read_listener (IsthDissectContext *ctx,
               uint8_t type,
               IsthCursor *c)
{
  char object[ISTH_ADDRESS_TEXT];
  const uint8_t *group;
  IsthAddress address;

  isth_cursor_skip (c, 4); /* time to answer */
  group = isth_cursor_bytes (c, 16);
  if (!group)
    return ISTH_DISSECT_MALFORMED;
  address = isth_address_ipv6 (group);
  isth_address_format (&address, object);
  if (type == TYPE_LISTENER_QUERY)
    {
      emit (ctx, ISTH_OP_READ, type, "listener-query", isth_address_is_unspecified (&address) ? "all groups" : object);
      isth_emit_role (ctx, NULL, "multicast-querier");
    }
  else if (type == TYPE_LISTENER_REPORT)
    emit (ctx, ISTH_OP_SUBSCRIBE, type, "join", object);
  else
    emit (ctx, ISTH_OP_OTHER, type, "leave", object);
  return ISTH_DISSECT_OK;
}

/* RFC 3810, 5.2 */
static IsthDissectResult
read_records (IsthDissectContext *ctx,
              IsthCursor *c)
{
  IsthGroupRecord record;
  uint16_t n;

  isth_cursor_skip (c, 2);
  n = isth_cursor_be16 (c);
  for (; n > 0 && isth_group_record_next (c, 16, &record); n--)
    {
      IsthAddress address = isth_address_ipv6 (record.group);
      char object[ISTH_ADDRESS_TEXT];

      isth_address_format (&address, object);
      emit (ctx, record.leaves ? ISTH_OP_OTHER : ISTH_OP_SUBSCRIBE, TYPE_LISTENER_REPORT_2, record.leaves ? "leave" : "join", object);
    }
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

/* Eight numbers in a row are enough to tell questions on their way apart; those that nobody answers do not pile up. */
static void
echo (IsthDissectContext *ctx,
      uint8_t type,
      IsthCursor c)
{
  uint64_t match = isth_cursor_be32 (&c) & 0xffff0007;

  isth_context_prove_direction (ctx, type == TYPE_ECHO ? ISTH_FROM_CLIENT : ISTH_FROM_SERVER);
  if (type == TYPE_ECHO)
    isth_emit_request (ctx, &(IsthRequest){ .match = match, .verb = ISTH_OP_DIAGNOSE, .function = type, .name = "echo" });
  else
    isth_emit_response (ctx, match, ISTH_OUTCOME_OK, NULL, false);
}

static IsthDissectResult
read_discovery (IsthDissectContext *ctx,
                uint8_t type,
                IsthCursor *c)
{
  Options options;

  if (isth_context_packet (ctx)->ttl != HOP_LIMIT)
    return ISTH_DISSECT_MALFORMED;
  switch (type)
    {
    case TYPE_ROUTER_ADVERTISEMENT:
      return read_router (ctx, c);
    case TYPE_REDIRECT:
      return read_redirect (ctx, c);
    case TYPE_ROUTER_SOLICITATION:
      isth_cursor_skip (c, 4);
      if (c->failed || !read_options (c, &options))
        return ISTH_DISSECT_MALFORMED;
      bind (ctx, isth_context_packet (ctx)->source, options.source);
      emit (ctx, ISTH_OP_OTHER, type, "router-solicitation", NULL);
      return ISTH_DISSECT_OK;
    default:
      return read_neighbour (ctx, type, c);
    }
}

static IsthDissectResult
icmpv6_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  uint8_t type = isth_cursor_u8 (c);
  uint8_t code = isth_cursor_u8 (c);

  isth_cursor_skip (c, 2); /* checksum */
  if (c->failed || isth_cursor_wire_left (c) < 4)
    return ISTH_DISSECT_MALFORMED;
  if (type >= TYPE_ROUTER_SOLICITATION && type <= TYPE_REDIRECT)
    return read_discovery (ctx, type, c);
  if (type == TYPE_ECHO || type == TYPE_ECHO_REPLY)
    echo (ctx, type, *c);
  else if (type >= TYPE_LISTENER_QUERY && type <= TYPE_LISTENER_DONE)
    return read_listener (ctx, type, c);
  else if (type == TYPE_LISTENER_REPORT_2)
    return read_records (ctx, c);
  else if (is_known (type))
    report_error (ctx, type, code, *c);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_IP, IP_PROTOCOL } };

const IsthDissector isth_dissector_icmpv6 = {
  .id = "icmpv6",
  .title = N_("Internet control message protocol for IPv6"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "route subnet",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = icmpv6_probe,
  .dissect = icmpv6_dissect,
};
