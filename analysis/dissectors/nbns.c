/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NetBIOS name service: the names that hosts register, and those that hosts or name servers tell of
 * others. RFC 1002, 4.2. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dns-message.h"
#include "analysis/dissectors/netbios-name.h"

#define PORT 137
#define TYPE_NB 0x20
#define TYPE_STATUS 0x21
#define STATUS_ENTRY 18 /* a name of a node status answer and its flags */
#define FLAG_GROUP 0x8000

static const IsthEndpoint nobody;

static const struct
{
  uint8_t opcode;
  IsthOp op;
  const char *name;
} opcodes[] = {
  { 0, ISTH_OP_OTHER, "query" },
  { 5, ISTH_OP_REPORT, "register" },
  { 6, ISTH_OP_REPORT, "release" },
  { 7, ISTH_OP_REPORT, "wait" },
  { 8, ISTH_OP_REPORT, "refresh" },
  { 9, ISTH_OP_REPORT, "refresh" },
  { 15, ISTH_OP_REPORT, "multi-homed-register" },
};

static const char *const rcodes[16] = {
  NULL,      "format error",   "server failure",   "no such name", "not implemented",
  "refused", "name is active", "name in conflict",
};

/* The reader must stand behind the header. */
static bool
next_name (IsthDnsReader *reader,
           IsthDnsRecord *record,
           uint8_t name[ISTH_NETBIOS_NAME])
{
  while (isth_dns_reader_next (reader, record))
    if (record->name.first == ISTH_NETBIOS_ENCODED
        && isth_netbios_decode (record->name.bytes, name))
      return true;
  return false;
}

static IsthProbe
nbns_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint8_t name[ISTH_NETBIOS_NAME];
  IsthDnsReader reader;
  IsthDnsRecord record;

  if (!isth_dns_reader_init (&reader, c) || reader.counts[ISTH_DNS_QUESTION] > 1
      || reader.counts[ISTH_DNS_AUTHORITY] > 1 || reader.counts[ISTH_DNS_ADDITIONAL] > 1
      || !next_name (&reader, &record, name) || record.class != 1
      || (record.type != TYPE_NB && record.type != TYPE_STATUS && record.type != 10))
    return ISTH_PROBE_NO;
  return ISTH_PROBE_STRONG; /* the encoding alone leaves one chance in 16^32 */
}

/* The node's own list of names, and the MAC of its interface. RFC 1002, 4.2.18. */
static void
read_status (IsthDissectContext *ctx,
             const IsthDnsRecord *record)
{
  IsthEndpoint interface = isth_context_sender (ctx);
  IsthCursor data = record->data;
  uint8_t count = isth_cursor_u8 (&data);
  const uint8_t *mac;

  for (unsigned i = 0; i < count; i++)
    {
      const uint8_t *entry = isth_cursor_bytes (&data, STATUS_ENTRY);

      if (!entry)
        return;
      isth_netbios_emit_name (ctx, NULL, entry, (entry[ISTH_NETBIOS_NAME] & 0x80) != 0, true, entry,
                              STATUS_ENTRY);
    }
  mac = isth_cursor_bytes (&data, 6);
  if (mac)
    {
      interface.mac = isth_address_mac (mac);
      isth_emit_binding (ctx, &interface, mac, 6);
    }
}

/* Whether a unique name is given to @address, as that of a host with several is. */
static bool
lists_address (IsthCursor data,
               const IsthAddress *address)
{
  while (isth_cursor_left (&data) >= 6)
    {
      uint16_t flags = isth_cursor_be16 (&data);
      IsthAddress listed = isth_address_ipv4 (isth_cursor_bytes (&data, 4));

      if (!(flags & FLAG_GROUP) && isth_address_equal (&listed, address))
        return true;
    }
  return false;
}

/* Name flags and address, once or more: RFC 1002, 4.2.2 and 4.2.13. */
static void
read_addresses (IsthDissectContext *ctx,
                const IsthDnsRecord *record,
                const uint8_t name[ISTH_NETBIOS_NAME])
{
  const IsthPacket *packet = isth_context_packet (ctx);
  IsthCursor data = record->data;
  bool of_sender = lists_address (data, &packet->source);
  char text[ISTH_ADDRESS_TEXT];

  while (isth_cursor_left (&data) >= 6)
    {
      uint16_t flags = isth_cursor_be16 (&data);
      IsthAddress address = isth_address_ipv4 (isth_cursor_bytes (&data, 4));
      IsthEndpoint other = isth_endpoint_from_address (address, isth_packet_vlan (packet));
      bool own = isth_address_equal (&address, &packet->source);

      if (isth_address_is_host (&address))
        isth_netbios_emit_name (ctx, own ? NULL : &other, name, (flags & FLAG_GROUP) != 0, own,
                                record->at, record->length);
      if (of_sender && !own && !(flags & FLAG_GROUP) && isth_address_is_host (&address))
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_ADDRESS, isth_address_format (&address, text),
                         ISTH_CONFIDENCE_PARSED, record->at, record->length);
    }
}

static void
read_request (IsthDissectContext *ctx,
              const IsthDnsReader *reader,
              const IsthDnsRecord *question,
              const uint8_t name[ISTH_NETBIOS_NAME])
{
  IsthAddress target = isth_context_packet (ctx)->target;
  bool to_all = (reader->flags & 0x0010) != 0 || isth_address_is_group (&target);
  char object[ISTH_LIMIT_TEXT];
  IsthRequest request = {
    .match = reader->id,
    .no_answer = to_all,
    .function = ISTH_DNS_OPCODE (reader->flags),
    .object = isth_netbios_text (name, object),
    .target = to_all ? &nobody : NULL,
  };

  for (size_t i = 0; i < G_N_ELEMENTS (opcodes); i++)
    if (opcodes[i].opcode == request.function)
      {
        request.verb = opcodes[i].op;
        request.name = opcodes[i].name;
      }
  if (question->type == TYPE_STATUS)
    {
      request.verb = ISTH_OP_IDENTIFY;
      request.name = "node-status";
    }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_request (ctx, &request);
}

static bool
is_known_opcode (unsigned opcode)
{
  for (size_t i = 0; i < G_N_ELEMENTS (opcodes); i++)
    if (opcodes[i].opcode == opcode)
      return true;
  return false;
}

static void
read_response (IsthDissectContext *ctx,
               const IsthDnsReader *reader)
{
  unsigned rcode = ISTH_DNS_RCODE (reader->flags);

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_response (ctx, reader->id, rcode == 0 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                      rcodes[rcode], false);
  /* Only a name server grants a registration. */
  if (rcode == 0 && ISTH_DNS_OPCODE (reader->flags) != 0)
    isth_emit_role (ctx, NULL, "wins-server");
}

static IsthDissectResult
nbns_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  uint8_t name[ISTH_NETBIOS_NAME];
  IsthDnsReader reader;
  IsthDnsRecord record;
  unsigned opcode;
  bool response;

  if (!isth_dns_reader_init (&reader, isth_cursor_rest (c)))
    return ISTH_DISSECT_MALFORMED;
  opcode = ISTH_DNS_OPCODE (reader.flags);
  response = (reader.flags & ISTH_DNS_RESPONSE) != 0;
  if (!is_known_opcode (opcode))
    return ISTH_DISSECT_NOT_MINE;

  if (response)
    read_response (ctx, &reader);
  /* What is registered stands in the request; the answer repeats it, granted or not. */
  while (next_name (&reader, &record, name))
    if (record.section == ISTH_DNS_QUESTION)
      {
        if (!response)
          read_request (ctx, &reader, &record, name);
      }
    else if (response && record.type == TYPE_STATUS)
      read_status (ctx, &record);
    else if (record.type == TYPE_NB && opcode != 6 && ISTH_DNS_RCODE (reader.flags) == 0
             && (opcode == 0 || !response))
      read_addresses (ctx, &record, name);
  return reader.cursor.failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT } };

const IsthDissector isth_dissector_nbns = {
  .id = "nbns",
  .title = N_("NetBIOS name service"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "hostname domain address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = nbns_probe,
  .dissect = nbns_dissect,
};
