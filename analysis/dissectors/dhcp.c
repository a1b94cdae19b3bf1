/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DHCP and BOOTP for IPv4: what a client calls itself, which address it was given, and who hands
 * them out, and from which file it starts. RFC 2131; options of RFC 2132, RFC 4702 (full name); RFC 951. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/os-hints.h"

#define FIXED_SIZE 236 /* up to the options */
#define NEXT_OFFSET 20 /* address of the server that has the file */
#define NAME_OFFSET 44
#define NAME_SIZE 64
#define FILE_OFFSET 108
#define FILE_SIZE 128
#define COOKIE 0x63825363
#define SERVERS 8 /* addresses read of one option: real lists have two or three */

enum
{
  OPTION_PAD = 0,
  OPTION_MASK = 1,
  OPTION_ROUTER = 3,
  OPTION_NAME_SERVER = 6,
  OPTION_HOST_NAME = 12,
  OPTION_DOMAIN = 15,
  OPTION_TIME_SERVER = 42,
  OPTION_NETBIOS_SERVER = 44,
  OPTION_OVERLOAD = 52,
  OPTION_TYPE = 53,
  OPTION_SERVER = 54,
  OPTION_WISHES = 55,
  OPTION_VENDOR_CLASS = 60,
  OPTION_BOOT_SERVER = 66,
  OPTION_BOOT_FILE = 67,
  OPTION_FULL_NAME = 81,
  OPTION_ROUTES = 121,
  OPTION_ROUTES_OF_WINDOWS = 249, /* the same, from before it had a number */
  OPTION_END = 255,
};

enum
{
  TYPE_BOOTP = 0, /* no message type: BOOTP before DHCP */
  TYPE_DECLINE = 4,
  TYPE_ACK = 5,
  TYPE_NAK = 6,
};

static const char *const types[] = {
  "bootp", "discover", "offer", "request", "decline", "ack", "nak", "release", "inform",
};

typedef struct
{
  bool reply, relayed, has_mac;
  uint32_t transaction;
  IsthEndpoint client; /* its MAC, told in the message and so right behind a relay, too */
  IsthAddress client_ip, your_ip, relay, server;
  const uint8_t *at;   /* your_ip … client MAC: the bytes that bind them */
  uint8_t type, overload;
  char boot_file[96], boot_server[72];
  IsthCursor boot_at;  /* the bytes that name the file */
} Message;

static const IsthEndpoint nobody;

/* Servers that the client is told to use. */
static const struct
{
  uint8_t option;
  const char *role;
} servers[] = {
  { OPTION_ROUTER, "router" },
  { OPTION_NAME_SERVER, "dns-server" },
  { OPTION_TIME_SERVER, "ntp-server" },
  { OPTION_NETBIOS_SERVER, "wins-server" },
};

static IsthProbe
dhcp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint8_t operation = isth_cursor_u8 (&c);
  uint8_t hardware = isth_cursor_u8 (&c);
  uint8_t size = isth_cursor_u8 (&c);
  uint8_t hops = isth_cursor_u8 (&c);
  uint32_t cookie;

  isth_cursor_skip (&c, FIXED_SIZE - 4);
  if (c.failed || operation < 1 || operation > 2 || hardware == 0 || size > 16 || hops > 16)
    return ISTH_PROBE_NO;
  cookie = isth_cursor_be32 (&c);
  return cookie == COOKIE && !c.failed ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static IsthAddress
read_ipv4 (IsthCursor *c)
{
  const uint8_t *bytes = isth_cursor_bytes (c, 4);

  return bytes ? isth_address_ipv4 (bytes) : (IsthAddress){ 0 };
}

static bool
read_fixed (IsthCursor *c,
            const IsthPacket *packet,
            Message *m)
{
  uint8_t operation = isth_cursor_u8 (c);
  uint8_t size;
  const uint8_t *mac;

  isth_cursor_skip (c, 1); /* hardware type: the size of the address counts */
  size = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1); /* hops */
  m->transaction = isth_cursor_be32 (c);
  isth_cursor_skip (c, 4); /* seconds, flags */
  m->client_ip = read_ipv4 (c);
  m->at = c->data + c->position;
  m->your_ip = read_ipv4 (c);
  isth_cursor_skip (c, 4); /* next server */
  m->relay = read_ipv4 (c);
  mac = isth_cursor_bytes (c, 16);
  isth_cursor_skip (c, NAME_SIZE + FILE_SIZE);

  m->reply = operation == 2;
  m->relayed = isth_address_is_host (&m->relay);
  if (mac && size == 6)
    m->client.mac = isth_address_mac (mac);
  m->has_mac = m->client.mac.kind != ISTH_ADDRESS_NONE;
  m->client.vlan = m->relayed ? 0 : isth_packet_vlan (packet); /* a relay serves another segment */
  return !c->failed && operation >= 1 && operation <= 2 && size <= 16;
}

/* Steps to the next option; false at the end of them. */
static bool
next_option (IsthCursor *c,
             uint8_t *code,
             IsthCursor *value)
{
  do
    {
      if (isth_cursor_wire_left (c) == 0)
        return false;
      *code = isth_cursor_u8 (c);
    }
  while (*code == OPTION_PAD && !c->failed);
  if (*code == OPTION_END || c->failed)
    return false;
  *value = isth_cursor_take (c, isth_cursor_u8 (c));
  return !c->failed && value->length == value->wire;
}

/* What has to be known before the other options can be understood. */
static bool
read_kind (IsthCursor options,
           Message *m)
{
  IsthCursor value;
  uint8_t code;

  while (next_option (&options, &code, &value))
    if (code == OPTION_TYPE)
      m->type = isth_cursor_u8 (&value);
    else if (code == OPTION_OVERLOAD)
      m->overload = isth_cursor_u8 (&value);
    else if (code == OPTION_SERVER)
      m->server = read_ipv4 (&value);
  return m->type < G_N_ELEMENTS (types);
}

/* What the client starts from: a file and who has it, in fields of their own (RFC 951), or, where these hold options, in two of them (RFC 2132, 9.4 and 9.5). */
static void
read_boot (IsthCursor message,
           IsthCursor options,
           Message *m)
{
  IsthCursor value;
  uint8_t code;

  if (!(m->overload & 1))
    {
      value = isth_cursor_new (message.data + FILE_OFFSET, FILE_SIZE, FILE_SIZE);
      isth_text_from_string (m->boot_file, sizeof m->boot_file, value.data, FILE_SIZE);
      m->boot_at = value;
    }
  if (!(m->overload & 2))
    isth_text_from_string (m->boot_server, sizeof m->boot_server, message.data + NAME_OFFSET, NAME_SIZE);
  while (next_option (&options, &code, &value))
    if (code == OPTION_BOOT_FILE)
      {
        isth_text_from_string (m->boot_file, sizeof m->boot_file, value.data, value.length);
        m->boot_at = value;
      }
    else if (code == OPTION_BOOT_SERVER)
      isth_text_from_string (m->boot_server, sizeof m->boot_server, value.data, value.length);
}

/* The client is told what to start from. */
static void
say_boot (IsthDissectContext *ctx,
          const Message *m,
          IsthCursor next)
{
  IsthAddress address = read_ipv4 (&next);
  IsthEndpoint server = isth_endpoint_from_address (address, 0);
  char text[ISTH_ADDRESS_TEXT], object[ISTH_LIMIT_TEXT];
  const char *who = m->boot_server;

  if (m->boot_file[0] == '\0' || m->type == TYPE_NAK)
    return;
  if (isth_address_is_host (&address))
    isth_emit_role (ctx, &server, "boot-server");
  if (who[0] == '\0' && isth_address_is_host (&address))
    who = isth_address_format (&address, text);
  isth_text_format (object, sizeof object, "boot file \"%s\"%s%s", m->boot_file, who[0] ? " of " : "", who);
  isth_emit_request (ctx, &(IsthRequest){
                            .no_answer = true,
                            .verb = ISTH_OP_OTHER,
                            .function = m->type,
                            .name = "tell-boot-file",
                            .object = object,
                            .target = &m->client,
                            .at = m->boot_at.data,
                            .length = m->boot_at.length,
                          });
}

/* The server itself: the frame's sender only when it names itself so; a relay passes on. */
static IsthEndpoint
get_server (IsthDissectContext *ctx,
            const Message *m)
{
  IsthEndpoint sender = isth_context_sender (ctx);

  if (!isth_address_is_host (&m->server))
    return m->relayed ? nobody : sender;
  return isth_address_equal (&m->server, &sender.ip) ? sender
                                                     : isth_endpoint_from_address (m->server, 0);
}

/* What a server calls itself, which is also who the client shall start from: others may name whoever has the boot file. */
static void
say_server_name (IsthDissectContext *ctx,
                 const Message *m,
                 IsthCursor message)
{
  IsthCursor next = isth_cursor_new (message.data + NEXT_OFFSET, 4, 4);
  IsthAddress address = read_ipv4 (&next);
  IsthEndpoint server = get_server (ctx, m);

  if (!(m->overload & 2) && isth_address_is_host (&m->server) && isth_address_equal (&m->server, &address))
    isth_emit_text (ctx, &server, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_REPORTED, message.data + NAME_OFFSET, NAME_SIZE);
}

/* RFC 4702, 2.1: flags, two result codes, then the name in DNS form or (deprecated) as text. */
static void
read_full_name (IsthDissectContext *ctx,
                const Message *m,
                IsthCursor value)
{
  uint8_t flags = isth_cursor_u8 (&value);
  const uint8_t *at;
  uint8_t name[ISTH_LIMIT_TEXT];
  char text[ISTH_LIMIT_TEXT];
  uint32_t size, used = 0;

  isth_cursor_skip (&value, 2);
  size = isth_cursor_left (&value);
  at = isth_cursor_bytes (&value, size);
  if (!at)
    return;
  if (!(flags & 0x04))
    used = (uint32_t) (memcpy (name, at, size), size);
  else
    for (uint32_t i = 0; i < size && at[i] != 0 && at[i] <= 63 && i + at[i] < size; i += at[i] + 1u)
      {
        if (used > 0)
          name[used++] = '.';
        memcpy (name + used, at + i + 1, at[i]);
        used += at[i];
      }
  isth_emit_claim (ctx, &m->client, ISTH_ATTRIBUTE_HOSTNAME,
                   isth_text_from_string (text, sizeof text, name, used),
                   m->reply ? ISTH_CONFIDENCE_REPORTED : ISTH_CONFIDENCE_PARSED, at, size);
}

/* The client's subnet, of the address that it is given with it. */
static void
read_mask (IsthDissectContext *ctx,
           const Message *m,
           IsthCursor value)
{
  const uint8_t *mask = isth_cursor_bytes (&value, 4);
  const IsthAddress *ip = isth_address_is_host (&m->your_ip) ? &m->your_ip : &m->client_ip;
  char text[ISTH_ADDRESS_TEXT];

  if (m->reply && m->type == TYPE_ACK && mask && isth_address_is_host (ip) && isth_address_format_network (ip, mask, text))
    isth_emit_claim (ctx, &m->client, ISTH_ATTRIBUTE_SUBNET, text, ISTH_CONFIDENCE_REPORTED, mask, 4);
}

/* What a client wishes to know, in its order: programs and devices differ in it. */
static void
claim_wishes (IsthDissectContext *ctx,
              const Message *m,
              const uint8_t *at,
              uint32_t size)
{
  char text[ISTH_LIMIT_TEXT] = "DHCP";

  for (uint32_t i = 0; i < size; i++)
    {
      size_t used = strlen (text);

      isth_text_format (text + used, sizeof text - used, "%s%u", i ? "," : " ", at[i]);
    }
  if (size > 0)
    isth_emit_claim (ctx, &m->client, ISTH_ATTRIBUTE_FINGERPRINT, text, ISTH_CONFIDENCE_HINT, at, size);
}

/* RFC 3442: which router leads to which network; all of them for destinations of 0 bits. */
static void
read_routes (IsthDissectContext *ctx,
             const Message *m,
             IsthCursor value)
{
  while (isth_cursor_left (&value) > 0)
    {
      uint8_t bits = isth_cursor_u8 (&value), network[4] = { 0 }, mask[4] = { 0 };
      uint32_t size = (bits + 7u) / 8, at = value.position;
      const uint8_t *bytes = bits <= 32 ? isth_cursor_bytes (&value, size) : NULL;
      IsthAddress router = read_ipv4 (&value), destination;
      IsthEndpoint about = isth_endpoint_from_address (router, m->client.vlan);
      char text[ISTH_ADDRESS_TEXT];

      if (!bytes || value.failed)
        return;
      if (!isth_address_is_host (&router)) /* 0.0.0.0: on the client's own segment */
        continue;
      isth_emit_role (ctx, &about, "router");
      memcpy (network, bytes, size);
      for (uint8_t i = 0; i < bits; i++)
        mask[i / 8] |= (uint8_t) (0x80 >> i % 8);
      destination = isth_address_ipv4 (network);
      if (isth_address_is_host (&destination) && isth_address_format_network (&destination, mask, text))
        isth_emit_claim (ctx, &about, ISTH_ATTRIBUTE_ROUTE, text, ISTH_CONFIDENCE_REPORTED, value.data + at - 1, size + 5);
    }
}

static void
read_option (IsthDissectContext *ctx,
             const Message *m,
             uint8_t code,
             IsthCursor value)
{
  int confidence = m->reply ? ISTH_CONFIDENCE_REPORTED : ISTH_CONFIDENCE_PARSED;
  uint32_t size = isth_cursor_left (&value);
  const uint8_t *at = value.data;

  switch (code)
    {
    case OPTION_HOST_NAME:
      isth_emit_text (ctx, &m->client, ISTH_ATTRIBUTE_HOSTNAME, confidence, at, size);
      break;
    case OPTION_FULL_NAME:
      read_full_name (ctx, m, value);
      break;
    case OPTION_VENDOR_CLASS: /* a server repeats the class for which its options are meant */
      isth_emit_text (ctx, &m->client, ISTH_ATTRIBUTE_VENDOR_CLASS, confidence, at, size);
      break;
    case OPTION_MASK:
      read_mask (ctx, m, value);
      break;
    case OPTION_ROUTES:
    case OPTION_ROUTES_OF_WINDOWS:
      if (m->type == TYPE_ACK)
        read_routes (ctx, m, value);
      break;
    case OPTION_WISHES:
      if (!m->reply)
        claim_wishes (ctx, m, at, size);
      if (!m->reply && isth_os_of_dhcp_list (at, size))
        isth_emit_claim (ctx, &m->client, ISTH_ATTRIBUTE_OS, isth_os_of_dhcp_list (at, size), ISTH_CONFIDENCE_HINT, at, size);
      break;
    case OPTION_DOMAIN:
      if (m->reply)
        isth_emit_text (ctx, &m->client, ISTH_ATTRIBUTE_DOMAIN, confidence, at, size);
      break;
    default:
      for (size_t i = 0; m->reply && i < G_N_ELEMENTS (servers); i++)
        for (int n = 0; servers[i].option == code && n < SERVERS && isth_cursor_left (&value) >= 4;
             n++)
          {
            IsthAddress address = read_ipv4 (&value);
            IsthEndpoint about = isth_endpoint_from_address (address, m->client.vlan);
            char text[ISTH_ADDRESS_TEXT];

            if (!isth_address_is_host (&address))
              continue;
            isth_emit_role (ctx, &about, servers[i].role);
            if (code == OPTION_ROUTER && n == 0 && m->type == TYPE_ACK)
              isth_emit_claim (ctx, &m->client, ISTH_ATTRIBUTE_GATEWAY, isth_address_format (&address, text), confidence, at, 4);
          }
      break;
    }
}

/* False when the options are broken. */
static bool
read_options (IsthDissectContext *ctx,
              const Message *m,
              IsthCursor options)
{
  IsthCursor value;
  uint8_t code = OPTION_PAD;

  while (next_option (&options, &code, &value))
    read_option (ctx, m, code, value);
  return !options.failed && (isth_cursor_wire_left (&options) == 0 || code == OPTION_END);
}

static void
emit_exchange (IsthDissectContext *ctx,
               const Message *m)
{
  IsthAddress target = isth_context_packet (ctx)->target;
  bool to_all = isth_address_is_group (&target);
  IsthEndpoint relay = isth_endpoint_from_address (m->relay, 0);
  IsthEndpoint server = get_server (ctx, m);

  if (m->relayed)
    isth_emit_role (ctx, &relay, "dhcp-relay");
  if (!m->reply)
    {
      IsthEndpoint sender = isth_context_sender (ctx);
      char object[ISTH_LIMIT_TEXT];
      bool nameless = !m->relayed && !isth_address_is_host (&sender.mac) && !isth_address_is_host (&sender.ip);

      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_request (ctx, &(IsthRequest){
                                .match = m->transaction,
                                .no_answer = to_all,
                                .verb = ISTH_OP_OTHER,
                                .function = m->type,
                                .name = types[m->type],
                                .object = m->boot_file[0] ? isth_text_format (object, sizeof object, "boot file \"%s\"", m->boot_file) : NULL,
                                .source = nameless && m->has_mac ? &m->client : NULL,
                                .target = to_all ? &nobody : NULL,
                              });
      return;
    }
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_response (ctx, m->transaction,
                      m->type == TYPE_NAK ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                      m->type == TYPE_NAK ? "address refused" : NULL, false);
  if (isth_address_is_host (&server.ip))
    isth_emit_role (ctx, &server, "dhcp-server");
}

/* The client uses an address: the server has acknowledged it, or the client gives it as its own. */
static void
emit_lease (IsthDissectContext *ctx,
            const Message *m)
{
  IsthEndpoint interface = m->client;

  if (m->reply && (m->type == TYPE_ACK || m->type == TYPE_BOOTP))
    interface.ip = isth_address_is_host (&m->your_ip) ? m->your_ip : m->client_ip;
  else if (!m->reply && m->type != TYPE_DECLINE)
    interface.ip = m->client_ip;
  isth_emit_binding (ctx, &interface, m->at - 4, 22); /* client's address … hardware address */
}

static IsthDissectResult
dhcp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  Message m = { 0 };
  IsthCursor message = isth_cursor_rest (c);
  IsthCursor options = message;
  bool whole = true;

  if (!read_fixed (&options, isth_context_packet (ctx), &m))
    return ISTH_DISSECT_MALFORMED;
  if (isth_cursor_left (&options) < 4 || isth_cursor_be32 (&options) != COOKIE)
    options = isth_cursor_new (options.data, 0, 0); /* vendor bytes of old BOOTP: unknown */
  if (!read_kind (options, &m))
    return ISTH_DISSECT_MALFORMED;

  read_boot (message, options, &m);
  emit_exchange (ctx, &m);
  if (m.reply)
    {
      say_boot (ctx, &m, isth_cursor_new (message.data + NEXT_OFFSET, 4, 4));
      say_server_name (ctx, &m, message);
    }
  if (m.has_mac)
    emit_lease (ctx, &m);
  else if (!m.reply && !m.relayed) /* a server of dial-in clients, for one: it names itself */
    m.client = isth_context_sender (ctx);
  else
    return ISTH_DISSECT_OK; /* nobody can tell whom the options are about */
  whole = read_options (ctx, &m, options);
  /* RFC 2132, 9.3: further options in the fields of the boot file and the server's name. */
  if (m.overload & 1)
    whole &= read_options (ctx, &m,
                           isth_cursor_new (message.data + FILE_OFFSET, FILE_SIZE, FILE_SIZE));
  if (m.overload & 2)
    whole &= read_options (ctx, &m,
                           isth_cursor_new (message.data + NAME_OFFSET, NAME_SIZE, NAME_SIZE));
  return whole ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 67 }, { ISTH_BIND_UDP, 68 } };

const IsthDissector isth_dissector_dhcp = {
  .id = "dhcp",
  .title = N_("Dynamic host configuration protocol"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname domain os vendor_class fingerprint",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = dhcp_probe,
  .dissect = dhcp_dissect,
};
