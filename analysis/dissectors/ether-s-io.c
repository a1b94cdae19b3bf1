/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ether-S-I/O of SAIA Burgess controllers: which station sends process data to which other, and how remote stations are. SAIA's own, published through
 * Wireshark's reading of it.
 *
 * A data telegram holds several transfers; each is one operation that comes again with every telegram. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#define PORT 6060
#define MAGIC 0x4553494f /* "ESIO" */
#define MOST_TRANSFERS 64

enum
{
  DATA = 1,
  STATUS = 2,
};

static IsthProbe
ether_s_io_probe (IsthCursor c,
                  const IsthPacket *packet)
{
  uint16_t type;

  (void) packet;
  if (isth_cursor_be32 (&c) != MAGIC)
    return ISTH_PROBE_NO;
  type = isth_cursor_be16 (&c);
  return !c.failed && (type == DATA || type == STATUS) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static void
claim_station (IsthDissectContext *ctx,
               uint32_t station,
               const uint8_t *at)
{
  char text[12];

  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, isth_text_format (text, sizeof text, "%u", station), ISTH_CONFIDENCE_PARSED, at, 4);
}

static IsthDissectResult
read_data (IsthDissectContext *ctx,
           IsthCursor *c)
{
  uint32_t station;
  const uint8_t *at;
  uint8_t n;

  isth_cursor_skip (c, 4); /* number of the telegram */
  at = c->data + c->position;
  station = isth_cursor_be32 (c);
  n = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1);
  if (c->failed || n > MOST_TRANSFERS)
    return ISTH_DISSECT_MALFORMED;
  claim_station (ctx, station, at);
  for (uint8_t i = 0; i < n; i++)
    {
      const uint8_t *head = isth_cursor_bytes (c, 10);
      char object[64];
      IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = DATA, .name = "data-transfer", .at = head, .length = 10 };
      IsthCursor fields = isth_cursor_new (head, head ? 10 : 0, 10);
      uint32_t id = isth_cursor_be32 (&fields), target = isth_cursor_be32 (&fields);

      isth_cursor_take (c, isth_cursor_be16 (&fields));
      if (!head || c->failed)
        return ISTH_DISSECT_MALFORMED;
      request.key = isth_context_digest (ctx, station, head, 8);
      if (isth_emit_again (ctx, &request))
        continue;
      request.object = isth_text_format (object, sizeof object, "transfer %u of station %u to %u", id, station, target);
      isth_emit_role (ctx, NULL, "ether-s-io-station");
      isth_emit_request (ctx, &request);
    }
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_status (IsthDissectContext *ctx,
             IsthCursor *c)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = STATUS, .name = "status" };
  uint16_t type = isth_cursor_be16 (c);
  const uint8_t *at;
  uint32_t station;
  uint8_t status, lost, diagnosis;
  char object[64];

  isth_cursor_skip (c, 2);
  at = c->data + c->position;
  station = isth_cursor_be32 (c);
  status = isth_cursor_u8 (c);
  lost = isth_cursor_u8 (c);
  diagnosis = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  claim_station (ctx, station, at);
  if (type == 1)
    request.object = isth_text_format (object, sizeof object, "status %u diagnosis %u%s", status, diagnosis, lost ? ", telegrams lost" : "");
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
ether_s_io_dissect (IsthCursor *c,
                    IsthDissectContext *ctx)
{
  uint32_t magic = isth_cursor_be32 (c);
  uint16_t type = isth_cursor_be16 (c), length;

  isth_cursor_skip (c, 2);
  length = isth_cursor_be16 (c);
  isth_cursor_skip (c, 2);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (magic != MAGIC)
    return ISTH_DISSECT_NOT_MINE;
  if (length < 12 || length - 12u > isth_cursor_wire_left (c))
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, length - 12u);
  if (type == DATA)
    return read_data (ctx, c);
  return type == STATUS ? read_status (ctx, c) : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT } };

const IsthDissector isth_dissector_ether_s_io = {
  .id = "ether-s-io",
  .title = "Ether-S-I/O",
  .depth = ISTH_DEPTH_FULL,
  .identity = "protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = ether_s_io_probe,
  .dissect = ether_s_io_dissect,
};
