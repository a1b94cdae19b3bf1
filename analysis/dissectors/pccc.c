/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PCCC over TCP port 2222, as SLC 5/05 and the Ethernet models of PLC-5 speak it (client server protocol, version 4). Its header was never published: a mode, a kind,
 * a length, a connection, a status, 16 bytes of the client's; then four bytes of a DH+ address, and the PCCC message. */
#include <glib.h>

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/pccc-message.h"

#define HEADER 28
#define LONGEST 1024 /* of what follows the header: a PCCC message holds 244 bytes of data */

enum
{
  MODE_REQUEST = 1,
  MODE_RESPONSE = 2,
  KIND_CONNECT = 1,
  KIND_MESSAGE = 7,
};

typedef struct
{
  IsthPcccTransfers transfers;
} State;

typedef struct
{
  uint8_t mode, kind;
  uint16_t length;
  uint32_t connection, status;
} Header;

static Header
read_header (IsthCursor *c)
{
  Header header;

  header.mode = isth_cursor_u8 (c);
  header.kind = isth_cursor_u8 (c);
  header.length = isth_cursor_be16 (c);
  header.connection = isth_cursor_be32 (c);
  header.status = isth_cursor_be32 (c);
  isth_cursor_skip (c, 16);
  return header;
}

static bool
is_possible (const Header *header)
{
  return (header->mode == MODE_REQUEST || header->mode == MODE_RESPONSE) && (header->kind == KIND_CONNECT || header->kind == KIND_MESSAGE)
         && header->length <= LONGEST;
}

/* A greeting is but small numbers among zeros: the reply to it, which grants a connection, and messages are surer. */
static IsthProbe
pccc_probe (IsthCursor c,
            const IsthPacket *packet)
{
  Header header = read_header (&c);
  bool reply;

  (void) packet;
  if (c.failed || !is_possible (&header))
    return ISTH_PROBE_NO;
  if (header.kind == KIND_CONNECT)
    return header.length == 0 && header.status == 0 && (header.connection == 0) == (header.mode == MODE_REQUEST) ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  if (header.length < 8 || header.connection == 0)
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, 4);
  if (!isth_pccc_probe (c, &reply) || reply != (header.mode == MODE_RESPONSE))
    return ISTH_PROBE_NO;
  return ISTH_PROBE_STRONG;
}

static uint32_t
pccc_pdu_length (IsthCursor c)
{
  Header header = { .mode = isth_cursor_u8 (&c), .kind = isth_cursor_u8 (&c), .length = isth_cursor_be16 (&c) };

  if (c.failed)
    return ISTH_PDU_MORE;
  return is_possible (&header) ? HEADER + (uint32_t) header.length : ISTH_PDU_INVALID;
}

static IsthDissectResult
read_message (IsthCursor *c,
              IsthDissectContext *ctx,
              bool response)
{
  State *state = isth_context_state (ctx);
  IsthPcccPlace place = { 0 };
  bool reply;

  isth_cursor_skip (c, 4); /* DH+: destination, control, source, service point */
  if (c->failed || !isth_pccc_probe (*c, &reply) || reply != response)
    return ISTH_DISSECT_MALFORMED;
  place.match = 1u << 16 | isth_pccc_get_transaction (*c);
  return reply ? isth_pccc_read_reply (c, ctx, &state->transfers, &place) : isth_pccc_read_command (c, ctx, &state->transfers, &place);
}

static IsthDissectResult
pccc_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  Header header = read_header (c);
  IsthCursor body;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (!is_possible (&header))
    return ISTH_DISSECT_NOT_MINE;
  isth_context_prove_direction (ctx, header.mode == MODE_RESPONSE ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  body = isth_cursor_take (c, header.length);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (header.kind == KIND_MESSAGE)
    return read_message (&body, ctx, header.mode == MODE_RESPONSE);
  if (header.mode == MODE_RESPONSE)
    isth_emit_response (ctx, 0, header.status ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, NULL, false);
  else
    isth_emit_request (ctx, &(IsthRequest){ .verb = ISTH_OP_OTHER, .function = -1, .name = "connect" });
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 2222 } };

const IsthDissector isth_dissector_pccc = {
  .id = "pccc", /* also of the operations inside CIP */
  .title = "PCCC",
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model hardware firmware device_type state",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = pccc_probe,
  .pdu_length = pccc_pdu_length,
  .dissect = pccc_dissect,
};
