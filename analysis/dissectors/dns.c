/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DNS over UDP and TCP: who asks, who serves names, and which name an answer gives to an address.
 * RFC 1035; RFC 2136; RFC 1996. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dns-message.h"
#include "analysis/dissectors/remote-names.h"

#define TCP_PREFIX 2 /* RFC 1035, 4.2.2: the length of the message */
#define TCP_SHORTEST 12

static const struct
{
  uint8_t opcode;
  IsthOp op;
  const char *name;
} opcodes[] = {
  { 0, ISTH_OP_OTHER, "query" },     { 1, ISTH_OP_OTHER, "inverse-query" },
  { 2, ISTH_OP_DIAGNOSE, "status" }, { 4, ISTH_OP_REPORT, "notify" },
  { 5, ISTH_OP_REPORT, "update" },
};

static const char *const rcodes[16] = {
  NULL,
  "format error",
  "server failure",
  "no such name",
  "not implemented",
  "refused",
  "name exists",
  "record set exists",
  "no such record set",
  "not authoritative",
  "name outside of zone",
};

/* Look-alikes that have dissectors of their own: mDNS, LLMNR. */
static bool
is_look_alike (uint16_t port)
{
  return port == 5353 || port == 5355;
}

/* RFC 1035, 4.1.1: an opcode in use, the reserved bit zero, a result in answers only. */
static bool
has_usual_flags (uint16_t flags)
{
  unsigned opcode = ISTH_DNS_OPCODE (flags);

  return opcode <= 5 && opcode != 3 && !(flags & 0x0040)
         && (flags & ISTH_DNS_RESPONSE || ISTH_DNS_RCODE (flags) == 0);
}

static IsthProbe
dns_probe (IsthCursor c,
           const IsthPacket *packet)
{
  IsthCursor message = c;
  uint16_t flags;

  if (is_look_alike (packet->source_port) || is_look_alike (packet->target_port))
    return ISTH_PROBE_NO;
  if (packet->layer == ISTH_LAYER_TCP)
    {
      uint16_t length = isth_cursor_be16 (&c);

      message = isth_cursor_new (c.data + c.position, isth_cursor_left (&c),
                                 isth_cursor_wire_left (&c));
      if (isth_cursor_wire_left (&c) < length)
        message.wire = length; /* the rest is in the next segment */
      else
        isth_cursor_limit (&message, length);
    }
  if (isth_cursor_left (&message) < 4)
    return ISTH_PROBE_NO;
  flags = (uint16_t) (isth_cursor_peek (&message, 2) << 8 | isth_cursor_peek (&message, 3));
  return has_usual_flags (flags) ? isth_dns_probe (message) : ISTH_PROBE_NO;
}

static uint32_t
dns_pdu_length (IsthCursor c)
{
  uint16_t length = isth_cursor_be16 (&c);

  if (c.failed)
    return ISTH_PDU_MORE;
  return length < TCP_SHORTEST ? ISTH_PDU_INVALID : (uint32_t) length + TCP_PREFIX;
}

/* The domain whose controllers are looked for by @name, "_ldap._tcp.dc._msdcs.DOMAIN" or another under _msdcs ([MS-ADTS], 6.3.2.3); NULL: another name.
 * A host that belongs to the domain asks so when it starts; a name server passes on such questions of others, so it is a hint. */
static const uint8_t *
find_domain (const IsthDnsName *name,
             uint32_t *length)
{
  static const char label[] = "._msdcs.";
  const uint32_t n = sizeof label - 1;

  for (uint32_t i = 0; i + n < name->length && name->bytes[0] == '_'; i++)
    if (g_ascii_strncasecmp ((const char *) name->bytes + i, label, n) == 0)
      {
        *length = name->length - i - n;
        return name->bytes + i + n;
      }
  return NULL;
}

static bool
is_of_controllers (const IsthDnsRecord *record)
{
  static const char service[] = "._tcp.dc._msdcs.";
  const uint8_t *kind = memchr (record->name.bytes, '.', record->name.length);
  size_t at = kind ? (size_t) (kind - record->name.bytes) : 0;

  return record->type == ISTH_DNS_SRV && kind && record->name.length - at > strlen (service)
         && g_ascii_strncasecmp ((const char *) kind, service, strlen (service)) == 0;
}

/* What an answer of a server says about addresses: the owner of an address record is the host's
 * name, aliases of it are not. @asked: the service of remote access whose name was asked for; also where that is an alias it is its host. NULL: of none. */
static void
read_answer (IsthDissectContext *ctx,
             const char *asked,
             const IsthDnsRecord *record)
{
  uint16_t vlan = isth_packet_vlan (isth_context_packet (ctx));
  IsthEndpoint about;
  IsthDnsName name = record->name;
  IsthAddress address;
  char text[ISTH_LIMIT_TEXT];
  const char *product;

  if (record->type == ISTH_DNS_PTR)
    {
      IsthCursor data = record->data;

      if (!isth_dns_name_address (&record->name, &address) || !isth_dns_read_name (&data, &name))
        return;
    }
  else if (!isth_dns_record_address (record, &address) || isth_dns_name_is_service (&name))
    return;

  if (!isth_address_is_host (&address))
    return;
  about = isth_endpoint_from_address (address, vlan);
  isth_emit_claim (ctx, &about, ISTH_ATTRIBUTE_HOSTNAME, isth_dns_name_text (&name, text),
                   ISTH_CONFIDENCE_REPORTED, record->at, record->length);
  product = isth_remote_name_find (name.bytes, name.length);
  if (!product && record->type != ISTH_DNS_PTR)
    product = asked;
  if (product)
    isth_remote_name_host (ctx, &about, product, record->at, record->length);
}

/* Beside the names of domain controllers stand their addresses (RFC 2782). */
static void
read_controller (IsthDissectContext *ctx,
                 const IsthDnsRecord *record)
{
  IsthEndpoint about;
  IsthAddress address;

  if (!isth_dns_record_address (record, &address) || !isth_address_is_host (&address))
    return;
  about = isth_endpoint_from_address (address, isth_packet_vlan (isth_context_packet (ctx)));
  isth_emit_role (ctx, &about, "domain-controller");
  read_answer (ctx, NULL, record);
}

static void
read_response (IsthDissectContext *ctx,
               IsthDnsReader *reader)
{
  unsigned rcode = ISTH_DNS_RCODE (reader->flags);
  IsthDnsRecord record;
  const char *asked = NULL;
  bool controllers = false;

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_response (ctx, reader->id, rcode == 0 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                      rcodes[rcode], false);
  if (rcode == 0 || rcode == 3) /* serves; other codes say that it does not, or not this client */
    isth_emit_role (ctx, NULL, "dns-server");
  while (isth_dns_reader_next (reader, &record))
    {
      if (record.section == ISTH_DNS_QUESTION)
        asked = isth_remote_name_find (record.name.bytes, record.name.length);
      else if (record.section == ISTH_DNS_ANSWER)
        {
          controllers |= is_of_controllers (&record);
          read_answer (ctx, asked, &record);
        }
      else if (record.section == ISTH_DNS_ADDITIONAL && controllers)
        read_controller (ctx, &record);
    }
}

static void
read_request (IsthDissectContext *ctx,
              IsthDnsReader *reader)
{
  char object[ISTH_LIMIT_TEXT] = "";
  IsthRequest request = {
    .match = reader->id,
    .function = ISTH_DNS_OPCODE (reader->flags),
    .object = object,
  };
  IsthDnsRecord record;
  const uint8_t *domain = NULL;
  uint32_t length = 0;

  if (!isth_dns_reader_next (reader, &record))
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (opcodes); i++)
    if (opcodes[i].opcode == request.function)
      {
        request.verb = opcodes[i].op;
        request.name = opcodes[i].name;
      }
  if (record.section == ISTH_DNS_QUESTION)
    isth_dns_question_text (&record, object);
  if (request.function == 0 && record.type == ISTH_DNS_AXFR)
    {
      request.verb = ISTH_OP_READ;
      request.name = "zone-transfer";
    }

  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_request (ctx, &request);
  if (request.function == 0 && record.section == ISTH_DNS_QUESTION)
    domain = find_domain (&record.name, &length);
  if (domain)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DOMAIN, isth_text_from_string (object, sizeof object, domain, length), ISTH_CONFIDENCE_HINT, record.at, record.length);
  while (isth_dns_reader_next (reader, &record))
    continue;
}

static IsthDissectResult
dns_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  IsthDnsReader reader, ahead;
  IsthDnsRecord first;

  if (isth_context_packet (ctx)->layer == ISTH_LAYER_TCP)
    isth_cursor_skip (c, TCP_PREFIX);
  if (!isth_dns_reader_init (&reader, isth_cursor_rest (c)))
    return ISTH_DISSECT_MALFORMED;

  ahead = reader;
  if (!has_usual_flags (reader.flags)
      || (isth_dns_reader_next (&ahead, &first)
          && (first.type == 0 || ISTH_DNS_CLASS (first.class) == 0)))
    return ISTH_DISSECT_NOT_MINE;
  if (reader.flags & ISTH_DNS_RESPONSE)
    read_response (ctx, &reader);
  else
    read_request (ctx, &reader);
  return reader.cursor.failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 53 }, { ISTH_BIND_TCP, 53 } };

const IsthDissector isth_dissector_dns = {
  .id = "dns",
  .title = N_("Domain name system"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "domain hostname",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = dns_probe,
  .pdu_length = dns_pdu_length,
  .dissect = dns_dissect,
};
