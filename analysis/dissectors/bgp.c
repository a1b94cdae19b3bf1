/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Border gateways: which autonomous systems talk, under which router ids, what they can do, and why they stop. RFC 4271, 4; RFC 5492 (capabilities),
 * RFC 6793 (numbers of four bytes), draft-walton-bgp-hostname-capability.
 *
 * Of routes the networks of IPv4 and, in attributes (RFC 4760), of IPv6 are told; but none when several paths to one network may be told (RFC 7911). */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define PORT 179
#define HEADER_SIZE 19
#define MATCH_OPEN 1
#define LONG_ATTRIBUTE 0x10 /* its length has two bytes */
#define ATTRIBUTE_OTHER_FAMILY 14
#define FAMILY_IPV4 1
#define FAMILY_IPV6 2
#define UNICAST 1

enum
{
  TYPE_OPEN = 1,
  TYPE_UPDATE = 2,
  TYPE_NOTIFICATION = 3,
  TYPE_KEEPALIVE = 4,
  TYPE_REFRESH = 5,
};

enum
{
  PARAMETER_CAPABILITIES = 2,
  CAPABILITY_PROTOCOLS = 1,
  CAPABILITY_AS = 65,
  CAPABILITY_PATHS = 69,
  CAPABILITY_NAME = 73,
};

typedef struct
{
  uint16_t routes; /* told */
  bool paths;      /* a number may stand in front of each network */
} State;

static const struct
{
  uint8_t code;
  const char *name;
} capabilities[] = {
  { 2, "route refresh" },  { 5, "extended next hop" },         { 6, "extended messages" }, { 64, "graceful restart" },
  { 65, "four-byte AS" },  { 69, "several paths" },            { 70, "enhanced refresh" }, { 71, "long-lived restart" },
  { 73, "name" },          { 128, "route refresh (old)" },
};

static const char *const errors[] = { "error", "message header", "open", "update", "hold timer expired", "state machine", "cease" };

static const char *const ceases[] = {
  "cease",           "most prefixes reached", "shut down",  "peer removed",  "reset",
  "connection rejected", "configuration changed", "connection collision", "out of resources", "hard reset",
};

static const char *const open_errors[] = {
  "open",
  "version not supported",
  "wrong AS of the peer",
  "wrong router id",
  "option not supported",
  "authentication failed",
  "hold time not accepted",
  "capability not supported",
};

static uint32_t
bgp_length (IsthCursor c)
{
  uint32_t n = MIN (16, isth_cursor_left (&c));
  const uint8_t *marker = isth_cursor_bytes (&c, n);
  uint16_t length;

  for (uint32_t i = 0; i < n; i++)
    if (marker[i] != 0xff)
      return ISTH_PDU_INVALID;
  if (isth_cursor_left (&c) < 3)
    return ISTH_PDU_MORE;
  length = isth_cursor_be16 (&c);
  if (length < HEADER_SIZE)
    return ISTH_PDU_INVALID;
  c.failed = false;
  return isth_cursor_peek (&c, 0) < TYPE_OPEN || isth_cursor_peek (&c, 0) > TYPE_REFRESH ? ISTH_PDU_INVALID : length;
}

static IsthProbe
bgp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint32_t length = bgp_length (c);

  (void) packet;
  if (length == ISTH_PDU_MORE)
    return isth_cursor_left (&c) >= 8 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  return length == ISTH_PDU_INVALID ? ISTH_PROBE_NO : ISTH_PROBE_STRONG;
}

/* What an OPEN message says of its sender. */
typedef struct
{
  uint32_t system;
  uint16_t hold;
  bool paths;
  const uint8_t *router, *name, *domain, *number; /* where @system stands */
  uint8_t number_size;
  uint8_t name_size, domain_size;
  char can[ISTH_LIMIT_TEXT];
} Open;

static const char *
name_family (uint16_t family)
{
  switch (family)
    {
    case 1:
      return "IPv4";
    case 2:
      return "IPv6";
    case 25:
      return "L2VPN";
    default:
      return "another family";
    }
}

static void
read_capability (IsthCursor value,
                 uint8_t code,
                 Open *open)
{
  size_t used = strlen (open->can);

  if (code == CAPABILITY_AS)
    {
      if (isth_cursor_left (&value) >= 4)
        {
          open->number = value.data + value.position;
          open->number_size = 4;
          open->system = isth_cursor_be32 (&value);
        }
    }
  else if (code == CAPABILITY_PROTOCOLS)
    {
      uint16_t family = isth_cursor_be16 (&value);

      if (!value.failed)
        isth_text_format (open->can + used, sizeof open->can - used, ", %s", name_family (family));
      return;
    }
  else if (code == CAPABILITY_NAME)
    {
      open->name_size = isth_cursor_u8 (&value);
      open->name = isth_cursor_bytes (&value, open->name_size);
      open->domain_size = isth_cursor_u8 (&value);
      open->domain = isth_cursor_bytes (&value, open->domain_size);
    }
  else if (code == CAPABILITY_PATHS)
    open->paths = true;
  for (size_t i = 0; i < G_N_ELEMENTS (capabilities); i++)
    if (capabilities[i].code == code)
      isth_text_format (open->can + used, sizeof open->can - used, ", %s", capabilities[i].name);
}

static bool
read_open (IsthCursor *c,
           Open *open)
{
  uint8_t version = isth_cursor_u8 (c);
  IsthCursor parameters;

  open->number = isth_cursor_bytes (c, 2);
  open->number_size = 2;
  open->system = open->number ? isth_be16 (open->number) : 0;
  open->hold = isth_cursor_be16 (c);
  open->router = isth_cursor_bytes (c, 4);
  parameters = isth_cursor_take (c, isth_cursor_u8 (c));
  if (c->failed || version != 4)
    return false;
  while (isth_cursor_left (&parameters) >= 2)
    {
      uint8_t kind = isth_cursor_u8 (&parameters);
      IsthCursor parameter = isth_cursor_take (&parameters, isth_cursor_u8 (&parameters));

      if (parameters.failed)
        return false;
      while (kind == PARAMETER_CAPABILITIES && isth_cursor_left (&parameter) >= 2)
        {
          uint8_t code = isth_cursor_u8 (&parameter);
          IsthCursor value = isth_cursor_take (&parameter, isth_cursor_u8 (&parameter));

          if (parameter.failed)
            return false;
          read_capability (value, code, open);
        }
    }
  return true;
}

static IsthDissectResult
dissect_open (IsthDissectContext *ctx,
              IsthCursor *c)
{
  Open open = { 0 };
  char object[2 * ISTH_LIMIT_TEXT], text[ISTH_ADDRESS_TEXT];
  IsthAddress router;

  if (!read_open (c, &open))
    return ISTH_DISSECT_MALFORMED;
  ((State *) isth_context_state (ctx))->paths |= open.paths;
  router = isth_address_ipv4 (open.router);
  isth_text_format (object, ISTH_LIMIT_TEXT, "AS %u, router id %s, hold time %u s%s", open.system, isth_address_format (&router, text), open.hold,
                    open.can);
  isth_emit_request (ctx, &(IsthRequest){ .match = MATCH_OPEN, .verb = ISTH_OP_OTHER, .function = TYPE_OPEN, .name = "open", .object = object });
  isth_emit_role (ctx, NULL, "router");
  isth_emit_role (ctx, NULL, "bgp-speaker");
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, text, ISTH_CONFIDENCE_PARSED, open.router, 4);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DOMAIN, isth_text_format (text, sizeof text, "AS %u", open.system), ISTH_CONFIDENCE_PARSED, open.number,
                   open.number_size);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, open.name, open.name_size);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_DOMAIN, ISTH_CONFIDENCE_PARSED, open.domain, open.domain_size);
  return ISTH_DISSECT_OK;
}

static const char *
name_error (uint8_t code,
            uint8_t subcode)
{
  if (code == 6 && subcode < G_N_ELEMENTS (ceases))
    return ceases[subcode];
  if (code == 2 && subcode < G_N_ELEMENTS (open_errors))
    return open_errors[subcode];
  return errors[code < G_N_ELEMENTS (errors) ? code : 0];
}

static void
emit_plain (IsthDissectContext *ctx,
            uint8_t type,
            IsthOp verb,
            const char *name,
            const char *object)
{
  isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = verb, .function = type, .name = name, .object = object });
}

static const uint8_t *
next_network (IsthCursor *c,
              bool six,
              uint8_t network[16],
              uint8_t *bits)
{
  const uint8_t *at = c->data + c->position, *prefix;

  *bits = isth_cursor_u8 (c);
  prefix = *bits <= (six ? 128 : 32) ? isth_cursor_bytes (c, (*bits + 7u) / 8) : NULL;
  if (!prefix)
    return NULL;
  memset (network, 0, 16);
  memcpy (network, prefix, (*bits + 7u) / 8);
  return at;
}

/* Whether these are networks, and not each with a number in front, which was perhaps agreed on before the capture began: most such numbers begin with zeros,
 * which would be ways to everywhere, of which there is one at most. */
static bool
are_networks (IsthCursor c,
              bool six)
{
  unsigned everywhere = 0;
  uint8_t network[16], bits;

  while (isth_cursor_left (&c) > 0)
    {
      if (!next_network (&c, six, network, &bits))
        return false;
      everywhere += bits == 0;
    }
  return everywhere < 2;
}

/* As many as one asset can have values. */
static void
emit_networks (IsthDissectContext *ctx,
               IsthCursor c,
               bool six)
{
  State *state = isth_context_state (ctx);
  uint8_t network[16], bits;
  const uint8_t *at;

  if (state->paths || !are_networks (c, six))
    return;
  while (isth_cursor_left (&c) > 0 && state->routes < ISTH_LIMIT_CLAIMS && (at = next_network (&c, six, network, &bits)))
    {
      if (six)
        isth_hello_route_six (ctx, NULL, network, bits, at, 1 + (bits + 7u) / 8);
      else
        isth_hello_route (ctx, NULL, network, bits, at, 1 + (bits + 7u) / 8);
      state->routes++;
    }
}

/* RFC 4760, 3: of which family, by whom they are reached, a byte that means nothing, the networks. False when it lies about its length. */
static bool
read_other_family (IsthDissectContext *ctx,
                   IsthCursor c)
{
  uint16_t family = isth_cursor_be16 (&c);
  uint8_t kind = isth_cursor_u8 (&c);

  isth_cursor_skip (&c, isth_cursor_u8 (&c) + 1u);
  if (c.failed)
    return false;
  if ((family == FAMILY_IPV4 || family == FAMILY_IPV6) && kind == UNICAST)
    emit_networks (ctx, c, family == FAMILY_IPV6);
  return true;
}

/* Networks that the sender leads to (RFC 4271, 4.3): behind what it withdraws and the attributes of the way, of other families in these. */
static bool
read_update (IsthDissectContext *ctx,
             IsthCursor *c)
{
  IsthCursor attributes;

  isth_cursor_skip (c, isth_cursor_be16 (c));
  attributes = isth_cursor_take (c, isth_cursor_be16 (c));
  if (c->failed)
    return false;
  while (isth_cursor_left (&attributes) > 0)
    {
      uint8_t flags = isth_cursor_u8 (&attributes);
      uint8_t type = isth_cursor_u8 (&attributes);
      IsthCursor value = isth_cursor_take (&attributes, flags & LONG_ATTRIBUTE ? isth_cursor_be16 (&attributes) : isth_cursor_u8 (&attributes));

      if (attributes.failed || (type == ATTRIBUTE_OTHER_FAMILY && !read_other_family (ctx, value)))
        return false;
    }
  emit_networks (ctx, *c, false);
  return true;
}

static IsthDissectResult
bgp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  uint8_t type, code, subcode;

  isth_cursor_skip (c, HEADER_SIZE - 1);
  type = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  switch (type)
    {
    case TYPE_OPEN:
      return dissect_open (ctx, c);
    case TYPE_UPDATE:
      emit_plain (ctx, type, ISTH_OP_REPORT, "update", NULL);
      return read_update (ctx, c) ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
    case TYPE_NOTIFICATION:
      code = isth_cursor_u8 (c);
      subcode = isth_cursor_u8 (c);
      if (c->failed)
        return ISTH_DISSECT_MALFORMED;
      isth_emit_response (ctx, MATCH_OPEN, ISTH_OUTCOME_REFUSED, name_error (code, subcode), false);
      emit_plain (ctx, type, ISTH_OP_OTHER, "notification", name_error (code, subcode));
      return ISTH_DISSECT_OK;
    case TYPE_KEEPALIVE: /* the first one accepts what was opened */
      isth_emit_response (ctx, MATCH_OPEN, ISTH_OUTCOME_OK, NULL, false);
      emit_plain (ctx, type, ISTH_OP_OTHER, "keepalive", NULL);
      return ISTH_DISSECT_OK;
    default:
      emit_plain (ctx, type, ISTH_OP_READ, "route-refresh", NULL);
      return ISTH_DISSECT_OK;
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, PORT } };

const IsthDissector isth_dissector_bgp = {
  .id = "bgp",
  .title = N_("Border gateway protocol"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "protocol_address domain hostname route",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = bgp_probe,
  .pdu_length = bgp_length,
  .dissect = bgp_dissect,
};
