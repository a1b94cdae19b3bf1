/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TriStation, UDP 1502: programming of Triconex safety controllers, run and halt, and where their key stands. There is no public description; read as public
 * analyses of the TRITON attack describe it.
 *
 * An answer is taken for that to the request before it. What modules a chassis has is not read; programs are counted in bytes. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/tristation-tables.h"

#define HEADER 4     /* kind, channel, length; a checksum of two bytes ends the datagram */
#define COMMAND 10   /* direction, connection, command, number, nothing, checksum, length */
#define CHUNK 10     /* what precedes logic: id, next, chunks, offset, blocks */

enum
{
  KIND_CONNECT = 1,
  KIND_CONNECTED,
  KIND_DISCONNECTED,
  KIND_DISCONNECT,
  KIND_COMMAND,
  KIND_PING,
  KIND_LIMIT,
  KIND_NOT_CONNECTED,
  KIND_DEAD,
  KIND_DENIED,
  KIND_FAILED,
};

#define STATUS_ANSWER 108

typedef struct
{
  bool client_known, server_known;
} TristationState;

static IsthProbe
tristation_probe (IsthCursor c,
                  const IsthPacket *packet)
{
  uint8_t kind = isth_cursor_u8 (&c);
  uint8_t channel = isth_cursor_u8 (&c), direction;
  uint16_t length = isth_cursor_le16 (&c), inner;

  (void) packet;
  if (c.failed || kind == 0 || kind > KIND_FAILED || channel > 3 || isth_cursor_wire_left (&c) != length + 2u)
    return ISTH_PROBE_NO;
  if (kind != KIND_COMMAND)
    return length == 0 || kind <= KIND_CONNECTED ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  direction = isth_cursor_u8 (&c);
  isth_cursor_skip (&c, 7);
  inner = isth_cursor_le16 (&c);
  return !c.failed && direction <= 1 && inner == length && length >= COMMAND ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static void
note_client (IsthDissectContext *ctx,
             TristationState *state)
{
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (state->client_known)
    return;
  state->client_known = true;
  isth_emit_role (ctx, NULL, "tristation-client");
  isth_emit_role (ctx, NULL, "engineering"); /* it serves nothing else */
}

static void
note_server (IsthDissectContext *ctx,
             TristationState *state)
{
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  if (state->server_known)
    return;
  state->server_known = true;
  isth_emit_role (ctx, NULL, "tristation-server");
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "Triconex", ISTH_CONFIDENCE_PARSED, NULL, 0);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DEVICE_TYPE, "safety controller", ISTH_CONFIDENCE_PARSED, NULL, 0);
}

static void
follow_program (IsthDissectContext *ctx,
                TristationStep step,
                const char *name,
                uint32_t bytes)
{
  static const struct
  {
    bool any;
    IsthTransferStep step;
  } steps[] = {
    [TRISTATION_BEGIN] = { true, ISTH_TRANSFER_BEGIN }, [TRISTATION_DATA] = { true, ISTH_TRANSFER_DATA },
    [TRISTATION_CANCEL] = { true, ISTH_TRANSFER_ABORT }, [TRISTATION_FETCH] = { false, ISTH_TRANSFER_DATA },
  };
  IsthTransfer transfer = { .verb = ISTH_OP_PROGRAM, .bytes = step == TRISTATION_DATA ? bytes : 0 };

  if (step == TRISTATION_BEGIN)
    transfer.object = name;
  if (step == TRISTATION_CANCEL)
    transfer.text = "cancelled";
  if (step < G_N_ELEMENTS (steps) && steps[step].any)
    isth_emit_transfer (ctx, steps[step].step, &transfer);
}

static void
read_command (IsthDissectContext *ctx,
              uint8_t code,
              IsthCursor data)
{
  char object[32] = "";
  uint32_t n = isth_cursor_wire_left (&data);
  IsthRequest request = { .function = code, .verb = ISTH_OP_OTHER, .name = "command", .object = object };
  TristationStep step = TRISTATION_PLAIN;

  if (code < G_N_ELEMENTS (tristation_commands) && tristation_commands[code].name)
    {
      request.verb = tristation_commands[code].verb;
      request.name = tristation_commands[code].name;
      step = (TristationStep) tristation_commands[code].step;
    }
  else
    isth_text_format (object, sizeof object, "command %u", code);
  if ((code == 55 || code == 56 || code == 65 || code == 66) && isth_cursor_left (&data) >= 2)
    isth_text_format (object, sizeof object, "%s %u", code == 55 || code == 65 ? "program" : "function", isth_cursor_le16 (&data));
  isth_emit_request (ctx, &request);
  follow_program (ctx, step, request.name, n > CHUNK && (code == 55 || code == 56) ? n - CHUNK : n);
}

/* Where the key stands decides whether a program can be changed at all. */
static void
read_status (IsthDissectContext *ctx,
             IsthCursor data)
{
  static const char *const keys[] = { "stop", "program", "run", "remote" };
  static const char *const states[] = { "run", "stop", "pause" };
  const uint8_t *b, *project;
  char text[64];

  isth_cursor_skip (&data, 7);
  b = isth_cursor_bytes (&data, 2);
  if (!b)
    return;
  if (b[1] < G_N_ELEMENTS (states))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, states[b[1]], ISTH_CONFIDENCE_PARSED, b + 1, 1);
  if (b[0] < G_N_ELEMENTS (keys))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DESCRIPTION, isth_text_format (text, sizeof text, "key switch: %s", keys[b[0]]),
                     ISTH_CONFIDENCE_PARSED, b, 1);
  isth_cursor_skip (&data, 57);
  project = isth_cursor_bytes (&data, 10);
  if (project && isth_text_is_printable (project, 10))
    {
      char name[24];

      isth_text_from_string (name, sizeof name, project, 10);
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, isth_text_format (text, sizeof text, "project %s", name), ISTH_CONFIDENCE_PARSED, project, 10);
    }
}

static void
read_answer (IsthDissectContext *ctx,
             uint8_t code,
             IsthCursor data)
{
  char other[24];
  const char *refused = NULL;
  const IsthPending *asked;
  uint8_t reason = code;
  TristationStep step;

  if (code == TRISTATION_REJECTED && isth_cursor_left (&data) > 0)
    reason = isth_cursor_u8 (&data);
  if (code >= TRISTATION_REFUSALS || code == TRISTATION_REJECTED)
    {
      uint8_t index = (uint8_t) (reason - TRISTATION_REFUSALS);

      refused = reason >= TRISTATION_REFUSALS && index < G_N_ELEMENTS (tristation_refusals) ? tristation_refusals[index] : NULL;
      if (!refused)
        refused = isth_text_format (other, sizeof other, "rejected, code %u", reason);
    }
  asked = isth_emit_response (ctx, 0, refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, refused, false);
  if (code == STATUS_ANSWER)
    read_status (ctx, data);
  if (!asked || asked->function < 0 || asked->function >= (int64_t) G_N_ELEMENTS (tristation_commands))
    return;
  step = (TristationStep) tristation_commands[asked->function].step;
  if (refused && step != TRISTATION_PLAIN && step != TRISTATION_FETCH)
    isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &(IsthTransfer){ .verb = ISTH_OP_PROGRAM, .by_device = true, .text = refused });
  else if (!refused && step == TRISTATION_END)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &(IsthTransfer){ .verb = ISTH_OP_PROGRAM, .by_device = true });
  else if (!refused && step == TRISTATION_FETCH)
    isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &(IsthTransfer){
      .verb = ISTH_OP_UPLOAD, .by_device = true, .object = tristation_commands[asked->function].name, .bytes = isth_cursor_wire_left (&data),
    });
}

/* Without a command: of the connection. */
static void
read_connection (IsthDissectContext *ctx,
                 TristationState *state,
                 uint8_t kind)
{
  static const char *const refusals[] = { "connection limit reached", "not connected", "main processors are dead", "access denied", "connection failed" };
  bool request = kind == KIND_CONNECT || kind == KIND_DISCONNECT || kind == KIND_PING;

  if (request)
    {
      note_client (ctx, state);
      isth_emit_request (ctx, &(IsthRequest){
        .match = 1, .verb = ISTH_OP_OTHER, .function = -1, .no_answer = kind == KIND_PING,
        .name = kind == KIND_CONNECT ? "connect" : kind == KIND_DISCONNECT ? "disconnect" : "ping",
      });
      return;
    }
  note_server (ctx, state);
  isth_emit_response (ctx, 1, kind >= KIND_LIMIT ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, kind >= KIND_LIMIT ? refusals[kind - KIND_LIMIT] : NULL, false);
}

static IsthDissectResult
tristation_dissect (IsthCursor *c,
                    IsthDissectContext *ctx)
{
  TristationState *state = isth_context_state (ctx);
  uint8_t kind = isth_cursor_u8 (c), direction, code;
  uint16_t length;
  IsthCursor body;

  isth_cursor_skip (c, 1);
  length = isth_cursor_le16 (c);
  body = isth_cursor_take (c, length);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (kind == 0 || kind > KIND_FAILED)
    return ISTH_DISSECT_NOT_MINE;
  if (kind != KIND_COMMAND)
    {
      read_connection (ctx, state, kind);
      return ISTH_DISSECT_OK;
    }
  direction = isth_cursor_u8 (&body);
  isth_cursor_skip (&body, 1);
  code = isth_cursor_u8 (&body);
  isth_cursor_skip (&body, COMMAND - 3);
  if (body.failed)
    return ISTH_DISSECT_MALFORMED;
  if (direction > 1)
    return ISTH_DISSECT_NOT_MINE;
  if (direction == 0)
    {
      note_client (ctx, state);
      read_command (ctx, code, body);
    }
  else
    {
      note_server (ctx, state);
      read_answer (ctx, code, body);
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 1502 } };

const IsthDissector isth_dissector_tristation = {
  .id = "tristation", /* stored in project files: never change it */
  .title = "TriStation",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor device_type state description software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (TristationState),
  .probe = tristation_probe,
  .dissect = tristation_dissect,
};
