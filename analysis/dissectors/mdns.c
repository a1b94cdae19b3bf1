/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Multicast DNS and its service discovery: what a host calls itself and what it offers. 
 * RFC 6762; RFC 6763. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dns-message.h"

#define PORT 5353

static const IsthEndpoint nobody;

static IsthProbe
mdns_probe (IsthCursor c,
            const IsthPacket *packet)
{
  IsthProbe probe;

  /* Nothing but its port and group tells it from DNS. */
  if (packet->source_port != PORT && packet->target_port != PORT)
    return ISTH_PROBE_NO;
  probe = isth_dns_probe (c);
  if (probe != ISTH_PROBE_NO || isth_cursor_left (&c) < 12)
    return probe;
  /* An answer may have records of types that nobody registered. */
  return isth_cursor_peek (&c, 2) >> 3 == 0x10 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

/* Whose address it is: the sender's own, or one that the sender speaks for. */
static void
emit_name (IsthDissectContext *ctx,
           const IsthDnsRecord *record,
           const IsthAddress *address,
           IsthAttribute attribute,
           const IsthDnsName *name)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  bool own = isth_address_equal (address, &packet->source);
  IsthEndpoint other = isth_endpoint_from_address (*address, isth_packet_vlan (packet));
  char text[ISTH_LIMIT_TEXT];

  if (isth_address_is_host (address))
    isth_emit_claim (ctx, own ? NULL : &other, attribute, isth_dns_name_text (name, text),
                     own ? ISTH_CONFIDENCE_PARSED : ISTH_CONFIDENCE_REPORTED, record->at,
                     record->length);
}

/* RFC 4291, appendix A: an address made from the sender's own MAC is of the same interface. */
static bool
is_made_from (const IsthAddress *sender,
              const IsthAddress *address)
{
  const uint8_t *mac = sender->bytes;
  const uint8_t made[8] = { mac[0] ^ 2, mac[1], mac[2], 0xff, 0xfe, mac[3], mac[4], mac[5] };

  return address->kind == ISTH_ADDRESS_IPV6 && memcmp (address->bytes + 8, made, sizeof made) == 0;
}

static bool
is_own (IsthDissectContext *ctx,
        const IsthAddress *address)
{
  const IsthPacket *packet = isth_context_packet (ctx);

  return isth_address_equal (address, &packet->source) || is_made_from (&packet->source_mac, address);
}

static bool
is_same_name (const IsthDnsName *a,
              const IsthDnsName *b)
{
  if (a->length != b->length)
    return false;
  for (uint16_t i = 0; i < a->length; i++)
    if (g_ascii_tolower (a->bytes[i]) != g_ascii_tolower (b->bytes[i]))
      return false;
  return true;
}

#define OWN_NAME_WITHIN 128 /* records: computers announce some dozens, and reading all of a message twice would double what its worst costs */

/* The name that an address record gives to the sender's own address; false when none of the first ones does. */
static bool
find_own_name (IsthDissectContext *ctx,
               IsthDnsReader reader,
               IsthDnsName *own)
{
  IsthDnsRecord record;
  IsthAddress address;

  for (uint32_t i = 0; i < OWN_NAME_WITHIN && isth_dns_reader_next (&reader, &record); i++)
    if (record.section != ISTH_DNS_QUESTION && isth_dns_record_address (&record, &address)
        && !isth_dns_name_is_service (&record.name) && is_own (ctx, &address))
      {
        *own = record.name;
        return true;
      }
  return false;
}

/* An address of the host that has the sender's own one (6.2: of the same link, yet many tell all). */
static void
emit_address (IsthDissectContext *ctx,
              const IsthDnsRecord *record,
              const IsthAddress *address)
{
  IsthEndpoint interface = isth_context_sender (ctx);
  char text[ISTH_ADDRESS_TEXT];

  interface.ip = *address;
  if (is_made_from (&interface.mac, address))
    isth_emit_binding (ctx, &interface, record->at, record->length);
  else if (isth_address_is_host (address))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_ADDRESS, isth_address_format (address, text),
                     ISTH_CONFIDENCE_PARSED, record->at, record->length);
}

/* RFC 6763, 4.1: a type of service, or an instance of one. Names of addresses are pointers, too. */
static void
read_pointer (IsthDissectContext *ctx,
              const IsthDnsRecord *record)
{
  IsthCursor data = record->data;
  IsthAddress address;
  IsthDnsName target;
  char text[ISTH_LIMIT_TEXT];

  if (!isth_dns_read_name (&data, &target))
    return;
  if (isth_dns_name_address (&record->name, &address))
    emit_name (ctx, record, &address, ISTH_ATTRIBUTE_HOSTNAME, &target);
  else
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_MDNS_SERVICE, isth_dns_name_text (&target, text),
                     ISTH_CONFIDENCE_PARSED, record->at, record->length);
}

/* The host that offers the service: most often the sender, yet it may speak for another (a sleep
 * proxy). */
static void
read_service (IsthDissectContext *ctx,
              const IsthDnsRecord *record)
{
  IsthCursor data = record->data;
  IsthDnsName target;
  char text[ISTH_LIMIT_TEXT];

  isth_cursor_skip (&data, 6); /* priority, weight, port */
  if (isth_dns_read_name (&data, &target))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, isth_dns_name_text (&target, text),
                     ISTH_CONFIDENCE_BANNER, record->at, record->length);
}

/* RFC 6763, 6: strings "key=value". */
static void
read_text (IsthDissectContext *ctx,
           const IsthDnsRecord *record)
{
  static const char device_info[] = "_device-info._tcp.local";
  const IsthDnsName *name = &record->name;
  size_t n = sizeof device_info - 1;
  bool is_device = name->length >= n && !memcmp (name->bytes + name->length - n, device_info, n);
  IsthCursor data = record->data;

  while (isth_cursor_left (&data) > 0)
    {
      uint8_t size = isth_cursor_u8 (&data);
      const uint8_t *string = isth_cursor_bytes (&data, size);

      if (!string)
        return;
      if (is_device && size > 6 && memcmp (string, "model=", 6) == 0)
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, string + 6,
                        size - 6u);
      else
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_MDNS_SERVICE, ISTH_CONFIDENCE_BANNER, string,
                        size);
    }
}

/* RFC 1035, 3.3.2: processor and operating system. */
static void
read_host_info (IsthDissectContext *ctx,
                const IsthDnsRecord *record)
{
  IsthCursor data = record->data;
  uint8_t size = isth_cursor_u8 (&data);

  isth_cursor_skip (&data, size);
  size = isth_cursor_u8 (&data);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_OS, ISTH_CONFIDENCE_PARSED,
                  isth_cursor_bytes (&data, size), size);
}

static void
read_record (IsthDissectContext *ctx,
             const IsthDnsRecord *record,
             const IsthDnsName *own)
{
  IsthAddress address;

  switch (record->type)
    {
    case ISTH_DNS_A:
    case ISTH_DNS_AAAA:
      if (!isth_dns_record_address (record, &address))
        break;
      if (is_made_from (&isth_context_packet (ctx)->source_mac, &address) || (own && is_same_name (own, &record->name) && !is_own (ctx, &address)))
        emit_address (ctx, record, &address);
      emit_name (ctx, record, &address,
                 isth_dns_name_is_service (&record->name) ? ISTH_ATTRIBUTE_MDNS_SERVICE
                                                          : ISTH_ATTRIBUTE_HOSTNAME,
                 &record->name);
      break;
    case ISTH_DNS_PTR:
      read_pointer (ctx, record);
      break;
    case ISTH_DNS_SRV:
      read_service (ctx, record);
      break;
    case ISTH_DNS_TXT:
      read_text (ctx, record);
      break;
    case ISTH_DNS_HINFO:
      read_host_info (ctx, record);
      break;
    default:
      break;
    }
}

static IsthDissectResult
mdns_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  IsthDnsReader reader;
  IsthDnsRecord record;
  IsthDnsName name ISTH_UNSET;
  const IsthDnsName *own = NULL;
  bool response, asked = false;

  if (!isth_dns_reader_init (&reader, isth_cursor_rest (c)))
    return ISTH_DISSECT_MALFORMED;
  if (ISTH_DNS_OPCODE (reader.flags) != 0) /* RFC 6762, 18.3 */
    return ISTH_DISSECT_NOT_MINE;

  /* In a question, the answers are what its sender has heard of others (7.1), and the authorities
   * what it wants to be called (8.2). */
  response = (reader.flags & ISTH_DNS_RESPONSE) != 0;
  if (response && find_own_name (ctx, reader, &name))
    own = &name;
  while (isth_dns_reader_next (&reader, &record))
    if (response && record.section != ISTH_DNS_QUESTION)
      read_record (ctx, &record, own);
    else if (!response && record.section == ISTH_DNS_QUESTION && !asked)
      {
        char object[ISTH_LIMIT_TEXT];

        isth_emit_request (ctx, &(IsthRequest){
                                  .no_answer = true,
                                  .verb = ISTH_OP_OTHER,
                                  .function = 0,
                                  .name = "query",
                                  .object = isth_dns_question_text (&record, object),
                                  .target = &nobody,
                                  .at = record.at,
                                  .length = record.length,
                                });
        asked = true;
      }
  return reader.cursor.failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT } };

const IsthDissector isth_dissector_mdns = {
  .id = "mdns",
  .title = N_("Multicast DNS"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname address model os mdns_service",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = mdns_probe,
  .dissect = mdns_dissect,
};
