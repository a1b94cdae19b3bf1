/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who asks whether somebody is there, who answers, and what routers say when something could not be delivered. RFC 792; router discovery, RFC 1256.
 *
 * What a message carries of the packet that caused it is told as its object, and is no fact about those hosts. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define IP_PROTOCOL 1
#define ROUTERS 8 /* addresses read of one advertisement */

enum
{
  TYPE_ECHO_REPLY = 0,
  TYPE_UNREACHABLE = 3,
  TYPE_QUENCH = 4,
  TYPE_REDIRECT = 5,
  TYPE_ECHO = 8,
  TYPE_ADVERTISEMENT = 9,
  TYPE_SOLICITATION = 10,
  TYPE_EXCEEDED = 11,
  TYPE_PARAMETER = 12,
  TYPE_TIME = 13,
  TYPE_TIME_REPLY = 14,
  TYPE_MASK = 17,
  TYPE_MASK_REPLY = 18,
};

static const char *const unreachable[] = {
  "network-unreachable",  "host-unreachable",        "protocol-unreachable",    "port-unreachable",          "fragmentation-needed",
  "source-route-failed",  "network-unknown",         "host-unknown",            "source-isolated",           "network-prohibited",
  "host-prohibited",      "network-unreachable-tos", "host-unreachable-tos",    "communication-prohibited",  "host-precedence",
  "precedence-cutoff",
};

static bool
is_known (uint8_t type,
          uint8_t code)
{
  switch (type)
    {
    case TYPE_UNREACHABLE:
      return code < G_N_ELEMENTS (unreachable);
    case TYPE_REDIRECT:
      return code <= 3;
    case TYPE_EXCEEDED:
    case TYPE_PARAMETER:
      return code <= 2;
    case TYPE_ADVERTISEMENT:
      return code == 0 || code == 16;
    case TYPE_ECHO_REPLY:
    case TYPE_QUENCH:
    case TYPE_ECHO:
    case TYPE_SOLICITATION:
    case TYPE_TIME:
    case TYPE_TIME_REPLY:
    case TYPE_MASK:
    case TYPE_MASK_REPLY:
      return code == 0;
    default:
      return false;
    }
}

static IsthProbe
icmp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint8_t type = isth_cursor_u8 (&c);
  uint8_t code = isth_cursor_u8 (&c);

  if (c.wire < 8 || c.failed || !is_known (type, code))
    return ISTH_PROBE_NO;
  return packet->ip_protocol == IP_PROTOCOL ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

/* Where the packet that caused it was going: "UDP 10.0.0.5:53". */
static const char *
describe_cause (IsthCursor c,
                char text[ISTH_LIMIT_TEXT])
{
  uint8_t first = isth_cursor_u8 (&c);
  char name[ISTH_ADDRESS_TEXT];
  const uint8_t *to;
  IsthAddress target;
  uint8_t protocol;
  uint16_t port;

  isth_cursor_skip (&c, 8);
  protocol = isth_cursor_u8 (&c);
  isth_cursor_skip (&c, 6);
  to = isth_cursor_bytes (&c, 4);
  if (!to || first >> 4 != 4 || (first & 0x0f) < 5)
    return NULL;
  target = isth_address_ipv4 (to);
  isth_address_format (&target, name);
  isth_cursor_skip (&c, ((first & 0x0f) - 5u) * 4 + 2);
  port = isth_cursor_be16 (&c);
  if (c.failed || (protocol != 6 && protocol != 17))
    return isth_text_format (text, ISTH_LIMIT_TEXT, "%s protocol %u", name, protocol);
  return isth_text_format (text, ISTH_LIMIT_TEXT, "%s %s:%u", protocol == 6 ? "TCP" : "UDP", name, port);
}

/* Once more and no more, when the same was said of the same target before. */
static void
report (IsthDissectContext *ctx,
        uint8_t type,
        const char *name,
        IsthCursor cause)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = type, .name = name };
  char object[ISTH_LIMIT_TEXT];
  const uint8_t *b;

  isth_cursor_skip (&cause, 4); /* unused, or of the message */
  request.key = isth_context_digest (ctx, type, name, strlen (name));
  b = cause.data + cause.position;
  if (isth_cursor_left (&cause) >= 20) /* what describe_cause() tells: version and length, protocol, target, port */
    {
      uint32_t header = (b[0] & 0x0fu) * 4;

      request.key = isth_context_digest (ctx, request.key ^ (uint64_t) b[0] << 8 ^ b[9], b + 16, 4);
      if (header >= 20 && isth_cursor_left (&cause) >= header + 4)
        request.key = isth_context_digest (ctx, request.key, b + header + 2, 2);
    }
  if (isth_emit_again (ctx, &request))
    return;
  request.object = describe_cause (cause, object);
  isth_emit_request (ctx, &request);
}

/* Eight numbers in a row are enough to tell questions on their way apart; those that nobody answers do not pile up. */
static void
ask (IsthDissectContext *ctx,
     uint8_t type,
     const char *name,
     IsthCursor c)
{
  uint32_t id = isth_cursor_be32 (&c);
  IsthRequest request = { .match = (uint64_t) type << 32 | (id & 0xffff0007), .verb = ISTH_OP_DIAGNOSE, .function = type, .name = name };

  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_request (ctx, &request);
}

static void
answer (IsthDissectContext *ctx,
        uint8_t type,
        IsthCursor c)
{
  uint32_t id = isth_cursor_be32 (&c);

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_response (ctx, (uint64_t) type << 32 | (id & 0xffff0007), ISTH_OUTCOME_OK, NULL, false);
}

static void
emit_router_at (IsthDissectContext *ctx,
                const uint8_t *bytes)
{
  IsthEndpoint router = isth_endpoint_from_address (isth_address_ipv4 (bytes), isth_packet_vlan (isth_context_packet (ctx)));

  if (isth_address_is_host (&router.ip))
    isth_emit_role (ctx, &router, "router");
}

/* RFC 792: another router is nearer to the target, which is the packet's that caused it. */
static void
redirect (IsthDissectContext *ctx,
          IsthCursor c)
{
  const uint8_t *gateway = isth_cursor_bytes (&c, 4);
  char object[ISTH_LIMIT_TEXT], to[ISTH_LIMIT_TEXT], name[ISTH_ADDRESS_TEXT];
  const char *target = describe_cause (c, to);
  IsthAddress router;

  if (!gateway)
    return;
  router = isth_address_ipv4 (gateway);
  isth_text_format (object, sizeof object, "%.150s by way of %s", target ? target : "", isth_address_format (&router, name));
  isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_REPORT, .function = TYPE_REDIRECT, .name = "redirect",
                                          .object = object });
  isth_emit_role (ctx, NULL, "router");
  emit_router_at (ctx, gateway);
}

/* How many, their size in words, how long it holds; then each router with its preference. */
static void
advertise (IsthDissectContext *ctx,
           IsthCursor c)
{
  uint8_t n = isth_cursor_u8 (&c);
  uint8_t words = isth_cursor_u8 (&c);

  isth_cursor_skip (&c, 2);
  isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_REPORT, .function = TYPE_ADVERTISEMENT,
                                          .name = "router-advertisement" });
  isth_emit_role (ctx, NULL, "router");
  for (int i = 0; i < MIN (n, ROUTERS) && words == 2; i++)
    {
      const uint8_t *address = isth_cursor_bytes (&c, 4);

      isth_cursor_skip (&c, 4);
      if (c.failed)
        return;
      emit_router_at (ctx, address);
    }
}

static IsthDissectResult
icmp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  uint8_t type = isth_cursor_u8 (c);
  uint8_t code = isth_cursor_u8 (c);

  isth_cursor_skip (c, 2); /* checksum */
  if (c->failed || isth_cursor_wire_left (c) < 4)
    return ISTH_DISSECT_MALFORMED;
  if (!is_known (type, code))
    return ISTH_DISSECT_OK; /* experiments, and what is long out of use */
  switch (type)
    {
    case TYPE_ECHO:
      ask (ctx, type, "echo", *c);
      break;
    case TYPE_TIME:
      ask (ctx, type, "timestamp", *c);
      break;
    case TYPE_MASK:
      ask (ctx, type, "address-mask", *c);
      break;
    case TYPE_ECHO_REPLY:
      answer (ctx, TYPE_ECHO, *c);
      break;
    case TYPE_TIME_REPLY:
    case TYPE_MASK_REPLY:
      answer (ctx, type - 1, *c);
      break;
    case TYPE_UNREACHABLE:
      report (ctx, type, unreachable[code], *c);
      break;
    case TYPE_EXCEEDED:
      report (ctx, type, code == 0 ? "time-exceeded" : "reassembly-time-exceeded", *c);
      if (code == 0) /* it was to be passed on */
        isth_emit_role (ctx, NULL, "router");
      break;
    case TYPE_REDIRECT:
      redirect (ctx, *c);
      break;
    case TYPE_ADVERTISEMENT:
      advertise (ctx, *c);
      break;
    case TYPE_SOLICITATION:
      isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_OTHER, .function = type, .name = "router-solicitation" });
      break;
    default:
      report (ctx, type, type == TYPE_QUENCH ? "source-quench" : "parameter-problem", *c);
      break;
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_IP, IP_PROTOCOL } };

const IsthDissector isth_dissector_icmp = {
  .id = "icmp",
  .title = N_("Internet control message protocol"),
  .depth = ISTH_DEPTH_FULL,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = icmp_probe,
  .dissect = icmp_dissect,
};
