/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which routers share an area, under which router id, and whether they prove who they are. RFC 2328, A.3 (OSPF version 2); RFC 5340, A.3 (version 3).
 *
 * Of what they tell of their links, the kinds and numbers are told, and the networks in which the sender itself is, or to which it leads. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define IP_PROTOCOL 89
#define SHOWN 6 /* neighbours in a text */
#define LSA_HEADER 20
#define NETWORKS 32 /* of one update that are claimed */
#define MAX_AGE 3600 /* of what is withdrawn; B */
#define NO_AGE 0x8000 /* beside it: it does not grow old (RFC 1793, 2.2) */

enum
{
  TYPE_HELLO = 1,
  TYPE_DESCRIPTION = 2,
  TYPE_REQUEST = 3,
  TYPE_UPDATE = 4,
  TYPE_ACKNOWLEDGMENT = 5,
};

enum
{
  AUTHENTICATION_NONE = 0,
  AUTHENTICATION_PASSWORD = 1,
};

static const struct
{
  const char *name;
  IsthOp verb;
} types[] = {
  [TYPE_HELLO] = { "hello", ISTH_OP_REPORT },
  [TYPE_DESCRIPTION] = { "database-description", ISTH_OP_OTHER },
  [TYPE_REQUEST] = { "link-state-request", ISTH_OP_READ },
  [TYPE_UPDATE] = { "link-state-update", ISTH_OP_REPORT },
  [TYPE_ACKNOWLEDGMENT] = { "link-state-acknowledgment", ISTH_OP_OTHER },
};

typedef struct
{
  uint64_t said, told; /* the last hello, the last update */
  bool known, password;
} State;

typedef struct
{
  uint8_t version, type;
  uint16_t authentication;
  const uint8_t *router, *area, *proof;
} Header;

static bool
read_header (IsthCursor *c,
             Header *h)
{
  uint16_t length;

  h->version = isth_cursor_u8 (c);
  h->type = isth_cursor_u8 (c);
  length = isth_cursor_be16 (c);
  h->router = isth_cursor_bytes (c, 4);
  h->area = isth_cursor_bytes (c, 4);
  isth_cursor_skip (c, 2); /* checksum */
  h->authentication = isth_cursor_be16 (c); /* version 3: the instance, and IPsec guards it */
  h->proof = h->version == 2 ? isth_cursor_bytes (c, 8) : NULL;
  if (c->failed || h->type < TYPE_HELLO || h->type > TYPE_ACKNOWLEDGMENT || h->version < 2 || h->version > 3
      || length < (h->version == 2 ? 24 : 16) || length - (h->version == 2 ? 24u : 16u) > isth_cursor_wire_left (c))
    return false;
  isth_cursor_limit (c, length - (h->version == 2 ? 24u : 16u)); /* a digest comes behind */
  return true;
}

static IsthProbe
ospf_probe (IsthCursor c,
            const IsthPacket *packet)
{
  Header h;

  if (!read_header (&c, &h))
    return ISTH_PROBE_NO;
  return packet->ip_protocol == IP_PROTOCOL ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static const char *
format_id (char text[ISTH_ADDRESS_TEXT],
           const uint8_t *id)
{
  IsthAddress address = isth_address_ipv4 (id);

  return isth_address_format (&address, text);
}

static const char *
name_authentication (const Header *h)
{
  if (h->version != 2)
    return "";
  if (h->authentication == AUTHENTICATION_NONE)
    return ", not authenticated";
  return h->authentication == AUTHENTICATION_PASSWORD ? ", password in clear" : ", authenticated";
}

/* Who is designated, and who is heard on this wire. */
static void
describe_hello (IsthCursor c,
                const Header *h,
                char text[ISTH_LIMIT_TEXT])
{
  const uint8_t *mask = NULL, *designated;
  char id[ISTH_ADDRESS_TEXT];
  uint8_t priority;
  size_t used = strlen (text);

  if (h->version == 2)
    mask = isth_cursor_bytes (&c, 4);
  isth_cursor_skip (&c, h->version == 2 ? 3 : 4);
  priority = isth_cursor_u8 (&c);
  isth_cursor_skip (&c, h->version == 2 ? 4 : 7);
  designated = isth_cursor_bytes (&c, 4);
  isth_cursor_skip (&c, 4);
  if (c.failed)
    return;
  if (mask)
    isth_text_format (text + used, ISTH_LIMIT_TEXT - used, ", mask %s", format_id (id, mask));
  used = strlen (text);
  isth_text_format (text + used, ISTH_LIMIT_TEXT - used, ", priority %u, designated %s", priority, format_id (id, designated));
  for (int i = 0; i < SHOWN && isth_cursor_left (&c) >= 4; i++)
    {
      used = strlen (text);
      isth_text_format (text + used, ISTH_LIMIT_TEXT - used, "%s%s", i == 0 ? ", hears " : " ", format_id (id, isth_cursor_bytes (&c, 4)));
    }
}

/* How many of which kind (RFC 2328, A.4.1; the function codes of version 3 agree in the low bits). */
static void
describe_update (IsthCursor c,
                 char text[ISTH_LIMIT_TEXT])
{
  static const char *const kinds[] = { "other", "router", "network", "summary", "border router", "external", "group", "NSSA", "link", "prefix" };
  unsigned counts[G_N_ELEMENTS (kinds)] = { 0 };
  uint32_t n = isth_cursor_be32 (&c);

  for (; n > 0 && isth_cursor_left (&c) >= LSA_HEADER; n--)
    {
      uint16_t length;
      uint8_t kind;

      isth_cursor_skip (&c, 3);
      kind = isth_cursor_u8 (&c);
      isth_cursor_skip (&c, 14);
      length = isth_cursor_be16 (&c);
      counts[kind < G_N_ELEMENTS (kinds) ? kind : 0]++;
      if (length < LSA_HEADER)
        break;
      isth_cursor_skip (&c, length - LSA_HEADER);
    }
  for (size_t i = 1; i <= G_N_ELEMENTS (kinds); i++)
    {
      size_t k = i % G_N_ELEMENTS (kinds), used = strlen (text);

      if (counts[k] > 0)
        isth_text_format (text + used, ISTH_LIMIT_TEXT - used, ", %u %s", counts[k], kinds[k]);
    }
}

static const char *
describe (IsthCursor c,
          const Header *h,
          char text[ISTH_LIMIT_TEXT])
{
  char area[ISTH_ADDRESS_TEXT];

  isth_text_format (text, ISTH_LIMIT_TEXT, "area %s%s", format_id (area, h->area), name_authentication (h));
  if (h->type == TYPE_HELLO)
    describe_hello (c, h, text);
  else if (h->type == TYPE_UPDATE)
    describe_update (c, text);
  return text;
}

static void
emit_network (IsthDissectContext *ctx,
              const uint8_t *network,
              const uint8_t *mask,
              const uint8_t *at,
              uint32_t length)
{
  IsthEndpoint router = isth_hello_router (ctx);
  IsthAddress address = isth_address_ipv4 (network);
  char text[ISTH_ADDRESS_TEXT];

  if (isth_address_format_network (&address, mask, text))
    isth_emit_claim (ctx, &router, ISTH_ATTRIBUTE_SUBNET, text, ISTH_CONFIDENCE_PARSED, at, length);
}

/* In a hello of version 2 the designated router is named by its address, which is the sender's when it is itself. */
static void
emit_router (IsthDissectContext *ctx,
             IsthCursor c,
             const Header *h)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  IsthEndpoint router = isth_hello_router (ctx);
  char id[ISTH_ADDRESS_TEXT];
  const uint8_t *designated, *mask;

  isth_emit_role (ctx, &router, "router");
  isth_emit_claim (ctx, &router, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, format_id (id, h->router), ISTH_CONFIDENCE_PARSED, h->router, 4);
  if (h->type != TYPE_HELLO)
    return;
  mask = h->version == 2 ? isth_cursor_bytes (&c, 4) : NULL;
  if (mask && packet->source.kind == ISTH_ADDRESS_IPV4)
    emit_network (ctx, packet->source.bytes, mask, mask, 4);
  isth_cursor_skip (&c, mask ? 8 : 12);
  designated = isth_cursor_bytes (&c, 4);
  if (designated && memcmp (designated, h->version == 2 && packet->source.kind == ISTH_ADDRESS_IPV4 ? packet->source.bytes : h->router, 4) == 0)
    isth_emit_role (ctx, &router, "ospf-designated-router");
}

/* A router's links (RFC 2328, A.4.2): those of kind 3 are networks with nobody else in them. */
static uint32_t
emit_links (IsthDissectContext *ctx,
            IsthCursor body,
            uint32_t most)
{
  uint32_t told = 0;

  isth_cursor_skip (&body, 4); /* flags, how many links */
  while (isth_cursor_left (&body) >= 12 && told < most)
    {
      const uint8_t *link = isth_cursor_bytes (&body, 12);

      isth_cursor_skip (&body, link[9] * 4u); /* other metrics */
      if (link[8] != 3)
        continue;
      emit_network (ctx, link, link + 4, link, 12);
      told++;
    }
  return told;
}

/* A summary (A.4.4) or a network outside (A.4.5), of which the id is the network; the mask follows, and a metric that may say that it cannot be reached. */
static void
emit_route (IsthDissectContext *ctx,
            const uint8_t *lsa,
            IsthCursor body)
{
  IsthEndpoint router = isth_hello_router (ctx);
  const uint8_t *mask = isth_cursor_bytes (&body, 4);
  uint32_t metric = isth_cursor_be32 (&body) & 0xffffff;

  if (!body.failed && metric != 0xffffff)
    isth_hello_route_masked (ctx, &router, lsa + 4, mask, lsa + 4, LSA_HEADER);
}

/* Version 3 (RFC 5340, A.4.1): the bits of a prefix, its options, two bytes of another use, and as many words as the bits need. */
static const uint8_t *
next_prefix (IsthCursor *c,
             uint8_t *bits,
             uint16_t *other)
{
  *bits = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1);
  *other = isth_cursor_be16 (c);
  return c->failed || *bits > 128 ? NULL : isth_cursor_bytes (c, (*bits + 31u) / 32 * 4);
}

/* Prefixes of a wire or of the router itself (A.4.9, A.4.10). */
static uint32_t
emit_prefixes (IsthDissectContext *ctx,
               IsthCursor body,
               bool of_link,
               uint32_t most)
{
  IsthEndpoint router = isth_hello_router (ctx);
  char text[ISTH_ADDRESS_TEXT + 8];
  uint32_t n, told = 0;

  isth_cursor_skip (&body, of_link ? 4 + 16 : 0); /* priority, options, address on the wire */
  n = of_link ? isth_cursor_be32 (&body) : isth_cursor_be16 (&body);
  isth_cursor_skip (&body, of_link ? 0 : 2 + 4 + 4); /* of which other advertisement they are */
  for (; n > 0 && told < most; n--)
    {
      uint16_t metric;
      uint8_t bits;
      const uint8_t *prefix = next_prefix (&body, &bits, &metric);

      if (!prefix)
        break;
      if (isth_hello_network_six (prefix, bits, text))
        isth_emit_claim (ctx, &router, ISTH_ATTRIBUTE_SUBNET, text, ISTH_CONFIDENCE_PARSED, prefix, (bits + 7u) / 8);
      told++;
    }
  return told;
}

/* A network of another area (A.4.5) or outside (A.4.7), behind its metric. */
static void
emit_route_six (IsthDissectContext *ctx,
                IsthCursor body)
{
  IsthEndpoint router = isth_hello_router (ctx);
  uint32_t metric = isth_cursor_be32 (&body) & 0xffffff;
  uint16_t other;
  uint8_t bits;
  const uint8_t *prefix = next_prefix (&body, &bits, &other);

  if (prefix && metric != 0xffffff)
    isth_hello_route_six (ctx, &router, prefix, bits, prefix, (bits + 7u) / 8);
}

/* One of version 3, by the kind without the bits that say how far it goes (A.4.2.1); how many networks it told. */
static uint32_t
emit_of_kind (IsthDissectContext *ctx,
              unsigned kind,
              IsthCursor body,
              uint32_t most)
{
  if (kind == 8 || kind == 9)
    return emit_prefixes (ctx, body, kind == 8, most);
  if (kind != 3 && kind != 5 && kind != 7)
    return 0;
  emit_route_six (ctx, body);
  return 1;
}

/* In which networks the sender says to be, and to which it leads: of all that it passes on, only its own advertisements that it does not withdraw. */
static void
emit_networks (IsthDissectContext *ctx,
               IsthCursor c,
               const Header *h)
{
  uint32_t n = isth_cursor_be32 (&c), told = 0;

  for (; n > 0 && told < NETWORKS && isth_cursor_left (&c) >= LSA_HEADER; n--)
    {
      const uint8_t *lsa = isth_cursor_bytes (&c, LSA_HEADER);
      uint32_t length = (uint32_t) lsa[18] << 8 | lsa[19];
      IsthCursor body;

      if (length < LSA_HEADER)
        return;
      body = isth_cursor_take (&c, length - LSA_HEADER);
      if (c.failed || memcmp (lsa + 8, h->router, 4) != 0 || (isth_be16 (lsa) & ~NO_AGE) >= MAX_AGE)
        continue;
      if (h->version == 3)
        told += emit_of_kind (ctx, isth_be16 (lsa + 2) & 0x1fff, body, NETWORKS - told);
      else if (lsa[3] == 1)
        told += emit_links (ctx, body, NETWORKS - told);
      else if (lsa[3] == 2 && isth_cursor_left (&body) >= 4) /* the address of the designated router, and the mask (A.4.3) */
        {
          emit_network (ctx, lsa + 4, body.data + body.position, lsa + 4, LSA_HEADER);
          told++;
        }
      else if (lsa[3] == 3 || lsa[3] == 5 || lsa[3] == 7)
        {
          emit_route (ctx, lsa, body);
          told++;
        }
    }
}

static IsthDissectResult
ospf_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  IsthRequest request = { .no_answer = true };
  State *state = isth_context_state (ctx);
  char object[ISTH_LIMIT_TEXT];
  uint32_t size;
  Header h;

  if (!read_header (c, &h))
    return ISTH_DISSECT_MALFORMED;
  if (h.proof && h.authentication == AUTHENTICATION_PASSWORD)
    isth_context_show (ctx, c->data, (uint32_t) (h.proof - c->data));
  request.function = h.type;
  request.name = types[h.type].name;
  request.verb = types[h.type].verb;
  request.key = isth_hello_digest (ctx, (uint64_t) h.type << 32 | h.authentication, h.router, 8);
  size = isth_cursor_left (c);
  if (h.type == TYPE_HELLO || h.type == TYPE_UPDATE)
    request.key = isth_context_digest (ctx, request.key, c->data + c->position, size);
  if (!isth_emit_again (ctx, &request))
    {
      request.object = describe (*c, &h, object);
      isth_emit_request (ctx, &request);
    }
  if (h.type == TYPE_HELLO ? isth_hello_is_new (&state->said, request.key) : !state->known)
    emit_router (ctx, *c, &h);
  state->known = true;
  if (h.type == TYPE_UPDATE && isth_hello_is_new (&state->told, request.key))
    emit_networks (ctx, *c, &h);
  if (h.proof && h.authentication == AUTHENTICATION_PASSWORD && !state->password)
    state->password = isth_hello_password (ctx, h.proof, 8);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_IP, IP_PROTOCOL } };

const IsthDissector isth_dissector_ospf = {
  .id = "ospf",
  .title = N_("Open shortest path first"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "protocol_address subnet route",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = ospf_probe,
  .dissect = ospf_dissect,
};
