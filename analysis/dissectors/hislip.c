/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HiSLIP, the high-speed LAN instrument protocol: who commands which instrument, locks it, and what it says it is. IVI-6.1.
 *
 * Both connections of a session, the synchronous and the asynchronous, are read; what follows a start of TLS is not, nor instruments' values. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/scpi.h"

#define PORT 4880
#define HEADER 16
#define LARGEST 0x40000000u /* of one message that is believed to be one */

enum
{
  INITIALIZE = 0,
  INITIALIZE_RESPONSE = 1,
  FATAL_ERROR = 2,
  ERROR = 3,
  ASYNC_LOCK = 4,
  ASYNC_LOCK_RESPONSE = 5,
  DATA = 6,
  DATA_END = 7,
  LAST_TYPE = 38,
};

/* What a client sends, and the type that answers it; 0: none does. */
static const struct
{
  uint8_t type, answer;
  IsthOp verb;
  const char *name;
} requests[] = {
  { 0, 1, ISTH_OP_OTHER, "initialize" },
  { 4, 5, ISTH_OP_OTHER, "lock" },
  { 10, 11, ISTH_OP_CONTROL, "remote-local-control" },
  { 12, 0, ISTH_OP_CONTROL, "trigger" },
  { 15, 16, ISTH_OP_OTHER, "maximum-message-size" },
  { 17, 18, ISTH_OP_OTHER, "async-initialize" },
  { 19, 23, ISTH_OP_CONTROL, "device-clear" },
  { 21, 22, ISTH_OP_DIAGNOSE, "status-query" },
  { 24, 25, ISTH_OP_OTHER, "lock-info" },
  { 26, 27, ISTH_OP_IDENTIFY, "get-descriptors" },
  { 28, 0, ISTH_OP_OTHER, "start-tls" },
  { 29, 30, ISTH_OP_OTHER, "async-start-tls" },
  { 34, 35, ISTH_OP_OTHER, "get-sasl-mechanisms" },
  { 36, 38, ISTH_OP_AUTHENTICATE, "authenticate" },
};

/* Data is matched by its number, all else by its type. */
#define TYPE_MATCH (UINT64_C (1) << 32)

static bool
is_header (IsthCursor *c,
           uint32_t *length)
{
  uint16_t magic = isth_cursor_be16 (c);
  uint8_t type = isth_cursor_u8 (c);
  uint32_t high;

  isth_cursor_skip (c, 5);
  high = isth_cursor_be32 (c);
  *length = isth_cursor_be32 (c);
  return magic == 0x4853 && type <= LAST_TYPE && high == 0 && *length < LARGEST; /* "HS" */
}

static IsthProbe
hislip_probe (IsthCursor c,
              const IsthPacket *packet)
{
  uint32_t length;

  (void) packet;
  if (isth_cursor_peek (&c, 0) != 'H' || !is_header (&c, &length) || c.failed)
    return ISTH_PROBE_NO;
  return ISTH_PROBE_STRONG;
}

static uint32_t
hislip_pdu_length (IsthCursor c)
{
  uint32_t length;
  bool good = is_header (&c, &length);

  if (c.failed)
    return ISTH_PDU_MORE;
  return good ? HEADER + length : ISTH_PDU_INVALID;
}

static void
note_ends (IsthDissectContext *ctx,
           bool client)
{
  isth_context_prove_direction (ctx, client ? ISTH_FROM_CLIENT : ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, client ? "hislip-client" : "hislip-server");
}

/* Commands and answers themselves (6.3): both ends send the same types, the handshake tells which this is. */
static void
read_data (IsthDissectContext *ctx,
           IsthCursor *c,
           uint8_t type,
           uint32_t number)
{
  uint32_t n = isth_cursor_left (c);
  const uint8_t *text = isth_cursor_bytes (c, n);
  char object[64];
  IsthRequest request = { .match = number };
  bool answer = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  const IsthPending *asked;

  if (!text)
    return;
  if (!answer && n > 0)
    {
      isth_scpi_describe (&request, object, text, n);
      if (request.at)
        isth_context_show (ctx, request.at, request.length);
      request.no_answer = request.verb != ISTH_OP_READ && request.verb != ISTH_OP_IDENTIFY && request.verb != ISTH_OP_DIAGNOSE;
      request.memo[0] = isth_scpi_asks_identity (text, n);
      note_ends (ctx, true);
      isth_emit_request (ctx, &request);
    }
  else if (answer && type == DATA_END)
    {
      asked = isth_emit_response (ctx, number, ISTH_OUTCOME_OK, NULL, false);
      note_ends (ctx, false);
      if (asked && asked->memo[0])
        isth_scpi_read_identity (ctx, text, n);
    }
}

static void
read_request (IsthDissectContext *ctx,
              IsthCursor *c,
              size_t which,
              uint8_t control)
{
  char object[64] = "";
  IsthRequest request = {
    .match = TYPE_MATCH | requests[which].answer,
    .verb = requests[which].verb,
    .function = requests[which].type,
    .name = requests[which].name,
    .object = object,
    .no_answer = requests[which].answer == 0,
  };
  uint32_t n = isth_cursor_left (c);

  isth_context_show (ctx, c->data + c->position - HEADER, HEADER + (requests[which].verb == ISTH_OP_AUTHENTICATE ? 0 : n)); /* a password may follow */
  if (requests[which].type == INITIALIZE && n > 0)
    isth_text_from_bytes (object, sizeof object, isth_cursor_bytes (c, n), n);
  else if (requests[which].type == ASYNC_LOCK)
    isth_text_format (object, sizeof object, "%s", control == 0 ? "release" : n > 0 ? "shared" : "exclusive");
  note_ends (ctx, true);
  isth_emit_request (ctx, &request);
}

static IsthDissectResult
hislip_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  IsthCursor start = *c;
  uint32_t length, number;
  bool good = is_header (c, &length);
  uint8_t type, control;
  char text[80] = "";

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (!good)
    return ISTH_DISSECT_NOT_MINE;
  if (length > isth_cursor_wire_left (c))
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, length);
  isth_cursor_skip (&start, 2);
  type = isth_cursor_u8 (&start);
  control = isth_cursor_u8 (&start);
  number = isth_cursor_be32 (&start);
  if (type == DATA || type == DATA_END)
    {
      read_data (ctx, c, type, number);
      return ISTH_DISSECT_OK;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (requests); i++)
    if (requests[i].type == type)
      {
        read_request (ctx, c, i, control);
        return ISTH_DISSECT_OK;
      }
    else if (requests[i].answer == type && type != 0)
      {
        bool refused = type == ASYNC_LOCK_RESPONSE && (control == 0 || control == 3);

        isth_emit_response (ctx, TYPE_MATCH | type, refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, refused ? "not locked" : NULL, false);
        note_ends (ctx, false);
        return ISTH_DISSECT_OK;
      }
  if (type == FATAL_ERROR || type == ERROR)
    {
      uint32_t n = isth_cursor_left (c);

      isth_text_from_bytes (text, sizeof text, isth_cursor_bytes (c, n), n);
      isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_REPORT, .function = type,
                                              .name = type == ERROR ? "error" : "fatal-error", .object = text });
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, PORT } };

const IsthDissector isth_dissector_hislip = {
  .id = "hislip",
  .title = "HiSLIP",
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model serial firmware",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = hislip_probe,
  .pdu_length = hislip_pdu_length,
  .dissect = hislip_dissect,
};
