/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who listens to which group of IPv4, and which router or switch asks. RFC 1112 (version 1), RFC 2236 (version 2), RFC 3376 (version 3). */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/group-record.h"

#define IP_PROTOCOL 2

enum
{
  TYPE_QUERY = 0x11,
  TYPE_REPORT_1 = 0x12,
  TYPE_REPORT_2 = 0x16,
  TYPE_LEAVE = 0x17,
  TYPE_REPORT_3 = 0x22,
};

static IsthProbe
igmp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  int type = isth_cursor_peek (&c, 0);

  if (c.wire < 8 || (type != TYPE_QUERY && type != TYPE_REPORT_1 && type != TYPE_REPORT_2 && type != TYPE_LEAVE && type != TYPE_REPORT_3))
    return ISTH_PROBE_NO;
  return packet->ip_protocol == IP_PROTOCOL ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static void
emit (IsthDissectContext *ctx,
      IsthOp verb,
      uint8_t type,
      const char *name,
      const uint8_t *group)
{
  IsthRequest request = { .no_answer = true, .verb = verb, .function = type, .name = name };
  char object[ISTH_ADDRESS_TEXT];
  IsthAddress address;

  request.key = isth_context_digest (ctx, (uint64_t) type << 8 | verb, group, 4);
  if (isth_emit_again (ctx, &request))
    return;
  address = isth_address_ipv4 (group);
  request.object = isth_address_is_unspecified (&address) ? "all groups" : isth_address_format (&address, object);
  isth_emit_request (ctx, &request);
}

/* A switch that asks for want of a router has no address, and uses 0.0.0.0 (RFC 4541, 2.1.1). */
static void
emit_querier (IsthDissectContext *ctx)
{
  IsthEndpoint sender = isth_context_sender (ctx);

  if (isth_address_is_unspecified (&sender.ip))
    sender.ip = (IsthAddress){ 0 };
  if (isth_address_is_host (&sender.ip) || isth_address_is_host (&sender.mac))
    isth_emit_role (ctx, &sender, "multicast-querier");
}

/* RFC 3376, 4.2 */
static bool
read_records (IsthDissectContext *ctx,
              IsthCursor *c)
{
  IsthGroupRecord record;
  uint16_t n;

  isth_cursor_skip (c, 2);
  n = isth_cursor_be16 (c);
  for (; n > 0 && isth_group_record_next (c, 4, &record); n--)
    emit (ctx, record.leaves ? ISTH_OP_OTHER : ISTH_OP_SUBSCRIBE, TYPE_REPORT_3, record.leaves ? "leave" : "join", record.group);
  return !c->failed;
}

static IsthDissectResult
igmp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  uint8_t type = isth_cursor_u8 (c);
  const uint8_t *group;

  isth_cursor_skip (c, 3); /* time to answer, checksum */
  if (type == TYPE_REPORT_3)
    return read_records (ctx, c) ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
  group = isth_cursor_bytes (c, 4);
  if (!group)
    return ISTH_DISSECT_MALFORMED;
  switch (type)
    {
    case TYPE_QUERY:
      emit (ctx, ISTH_OP_READ, type, "query", group);
      emit_querier (ctx);
      break;
    case TYPE_REPORT_1:
    case TYPE_REPORT_2:
      emit (ctx, ISTH_OP_SUBSCRIBE, type, "join", group);
      break;
    case TYPE_LEAVE:
      emit (ctx, ISTH_OP_OTHER, type, "leave", group);
      break;
    default:
      return ISTH_DISSECT_NOT_MINE;
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_IP, IP_PROTOCOL } };

const IsthDissector isth_dissector_igmp = {
  .id = "igmp",
  .title = N_("Internet group management protocol"),
  .depth = ISTH_DEPTH_FULL,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = igmp_probe,
  .dissect = igmp_dissect,
};
