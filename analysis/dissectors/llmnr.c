/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Link-local multicast name resolution: a host answers for its own name only. RFC 4795. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dns-message.h"

#define PORT 5355

static const IsthEndpoint nobody;

static IsthProbe
llmnr_probe (IsthCursor c,
             const IsthPacket *packet)
{
  /* One question, always (2.1.1); nothing but the port tells it from DNS. */
  if ((packet->source_port != PORT && packet->target_port != PORT) || isth_cursor_peek (&c, 4) != 0
      || isth_cursor_peek (&c, 5) != 1)
    return ISTH_PROBE_NO;
  return isth_dns_probe (c);
}

static void
read_answer (IsthDissectContext *ctx,
             const IsthDnsRecord *record,
             bool *named)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  IsthEndpoint other = { 0 };
  IsthAddress address;
  IsthDnsName name = record->name;
  char text[ISTH_LIMIT_TEXT], number[ISTH_ADDRESS_TEXT];

  if (record->type == ISTH_DNS_PTR)
    {
      IsthCursor data = record->data;

      if (!isth_dns_name_address (&record->name, &address) || !isth_dns_read_name (&data, &name))
        return;
    }
  else if (!isth_dns_record_address (record, &address))
    return;

  /* Whatever address it names: the one who answers is the one who has the name. */
  isth_dns_name_text (&name, text);
  if (!*named)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, text, ISTH_CONFIDENCE_PARSED, record->at,
                     record->length);
  *named = true;
  if (!isth_address_is_host (&address) || isth_address_equal (&address, &packet->source))
    return;
  other = isth_endpoint_from_address (address, isth_packet_vlan (packet));
  isth_emit_claim (ctx, &other, ISTH_ATTRIBUTE_HOSTNAME, text, ISTH_CONFIDENCE_REPORTED, record->at,
                   record->length);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_ADDRESS, isth_address_format (&address, number),
                   ISTH_CONFIDENCE_PARSED, record->at, record->length);
}

static IsthDissectResult
llmnr_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  IsthAddress target = isth_context_packet (ctx)->target;
  char object[ISTH_LIMIT_TEXT];
  IsthDnsReader reader;
  IsthDnsRecord record;
  bool response, named = false;

  if (!isth_dns_reader_init (&reader, isth_cursor_rest (c)))
    return ISTH_DISSECT_MALFORMED;
  if (ISTH_DNS_OPCODE (reader.flags) != 0 || reader.counts[ISTH_DNS_QUESTION] != 1)
    return ISTH_DISSECT_NOT_MINE;

  response = (reader.flags & ISTH_DNS_RESPONSE) != 0;
  isth_context_prove_direction (ctx, response ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  if (response)
    isth_emit_response (ctx, reader.id, ISTH_OUTCOME_OK, NULL, false);
  while (isth_dns_reader_next (&reader, &record))
    if (response && record.section == ISTH_DNS_ANSWER)
      read_answer (ctx, &record, &named);
    else if (!response && record.section == ISTH_DNS_QUESTION)
      isth_emit_request (ctx, &(IsthRequest){
                                .match = reader.id,
                                .no_answer = isth_address_is_group (&target),
                                .verb = ISTH_OP_OTHER,
                                .function = 0,
                                .name = "query",
                                .object = isth_dns_question_text (&record, object),
                                .target = isth_address_is_group (&target) ? &nobody : NULL,
                              });
  return reader.cursor.failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT } };

const IsthDissector isth_dissector_llmnr = {
  .id = "llmnr",
  .title = N_("Link-local multicast name resolution"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "hostname address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = llmnr_probe,
  .dissect = llmnr_dissect,
};
