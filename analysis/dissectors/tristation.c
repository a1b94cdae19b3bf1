/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TriStation, UDP 1502: programming of Triconex safety controllers, run and halt, and where their key stands. There is no public description; read as public
 * analyses of the TRITON attack describe it.
 *
 * An answer is taken for that to the request before it. The modules of a chassis are children "tristation-slot:N", those of further ones
 * "tristation-slot:CHASSIS/N"; slots are counted from 0, and 0 to 2 are the main processors. Programs are counted in bytes. */
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

#define SLOTS 16
#define CHILD_TEXT 32

/* Answers that say what the controller is. */
enum
{
  ATTACHED = 106,
  STATUS_ANSWER = 108,
  CHASSIS_ANSWER = 119,
  VERSIONS_ANSWER = 151,
};

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

static void
claim_states (IsthDissectContext *ctx,
              const uint8_t *key,
              const uint8_t *run)
{
  static const char *const keys[] = { "stop", "program", "run", "remote" };
  static const char *const states[] = { "run", "stop", "pause" };
  char text[64];

  if (*run < G_N_ELEMENTS (states))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, states[*run], ISTH_CONFIDENCE_PARSED, run, 1);
  if (*key < G_N_ELEMENTS (keys))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DESCRIPTION, isth_text_format (text, sizeof text, "key switch: %s", keys[*key]),
                     ISTH_CONFIDENCE_PARSED, key, 1);
}

static void
claim_project (IsthDissectContext *ctx,
               const uint8_t *project)
{
  char name[24], text[64];

  if (!project || !isth_text_is_printable (project, 10))
    return;
  isth_text_from_string (name, sizeof name, project, 10);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, isth_text_format (text, sizeof text, "project %s", name), ISTH_CONFIDENCE_PARSED, project, 10);
}

/* Where the key stands decides whether a program can be changed at all. */
static void
read_status (IsthDissectContext *ctx,
             IsthCursor data)
{
  const uint8_t *b;

  isth_cursor_skip (&data, 7);
  b = isth_cursor_bytes (&data, 2);
  if (!b)
    return;
  claim_states (ctx, b, b + 1);
  isth_cursor_skip (&data, 57);
  claim_project (ctx, isth_cursor_bytes (&data, 10));
}

/* The module in a slot as a child; false when the slot is empty or holds nothing known. */
static bool
note_module (IsthDissectContext *ctx,
             unsigned int chassis,
             unsigned int slot,
             const uint8_t *type,
             char child[CHILD_TEXT],
             IsthEndpoint *about)
{
  if (*type == 0)
    return false;
  *about = isth_context_sender (ctx);
  about->child = chassis > 1 ? isth_text_format (child, CHILD_TEXT, "tristation-slot:%u/%u", chassis, slot)
                             : isth_text_format (child, CHILD_TEXT, "tristation-slot:%u", slot);
  isth_emit_child (ctx, about, type, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (tristation_modules); i++)
    if (*type >= tristation_modules[i].first && *type <= tristation_modules[i].last)
      {
        isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_MODEL, tristation_modules[i].model, ISTH_CONFIDENCE_PARSED, type, 1);
        isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DEVICE_TYPE, tristation_modules[i].kind, ISTH_CONFIDENCE_PARSED, type, 1);
      }
  return true;
}

/* Node, states, project, and from byte 166 on the slots: LEDs, nothing, type, how it fits to the project. */
static void
read_chassis (IsthDissectContext *ctx,
              IsthCursor data)
{
  const uint8_t *states, *slot;
  char child[CHILD_TEXT];
  IsthEndpoint about;

  isth_cursor_skip (&data, 3);
  states = isth_cursor_bytes (&data, 2);
  if (states)
    claim_states (ctx, states + 1, states);
  isth_cursor_skip (&data, 27);
  claim_project (ctx, isth_cursor_bytes (&data, 10));
  isth_cursor_skip (&data, 124);
  for (unsigned int i = 0; i < SLOTS && (slot = isth_cursor_bytes (&data, 32)); i++)
    note_module (ctx, 0, i, slot + 2, child, &about);
}

/* Chassis, whether it is there, and for each slot the type and the firmware of the module's three legs; far behind them what stands on the board. */
static void
read_versions (IsthDissectContext *ctx,
               IsthCursor data)
{
  uint8_t chassis = isth_cursor_u8 (&data);
  bool there = isth_cursor_u8 (&data) == 0xff;
  const uint8_t *slot, *board;
  char child[CHILD_TEXT], text[16];
  IsthEndpoint about;

  for (unsigned int i = 0; there && i < SLOTS && (slot = isth_cursor_bytes (&data, 8)); i++)
    if (slot[1] == 0 && note_module (ctx, chassis, i, slot, child, &about))
      for (unsigned int leg = 0; leg < 3; leg++)
        {
          const uint8_t *at = slot + 2 + 2 * leg;

          if (isth_le16 (at) != 0 && (leg == 0 || isth_le16 (at) != isth_le16 (at - 2)))
            isth_emit_claim (ctx, &about, ISTH_ATTRIBUTE_FIRMWARE, isth_text_format (text, sizeof text, "%u", isth_le16 (at)),
                             ISTH_CONFIDENCE_PARSED, at, 2);
        }
  isth_cursor_skip (&data, 329);
  board = there && chassis <= 1 ? isth_cursor_bytes (&data, 8) : NULL;
  if (board && isth_text_is_printable (board, 8))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SERIAL, ISTH_CONFIDENCE_PARSED, board, 8);
}

/* Of Tricons the versions from 10 on are told apart. */
static void
read_attached (IsthDissectContext *ctx,
               IsthCursor data)
{
  const uint8_t *version;
  char text[16];

  isth_cursor_skip (&data, 3);
  version = isth_cursor_bytes (&data, 2);
  if (!version || version[0] != 10 || version[1] > 4)
    return;
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_MODEL, "Tricon", ISTH_CONFIDENCE_PARSED, version, 2);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, isth_text_format (text, sizeof text, "10.%u", version[1]), ISTH_CONFIDENCE_PARSED, version, 2);
}

static void
read_identity (IsthDissectContext *ctx,
               uint8_t code,
               IsthCursor data)
{
  if (code == ATTACHED)
    read_attached (ctx, data);
  else if (code == STATUS_ANSWER)
    read_status (ctx, data);
  else if (code == CHASSIS_ANSWER)
    read_chassis (ctx, data);
  else if (code == VERSIONS_ANSWER)
    read_versions (ctx, data);
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
  uint32_t carried = isth_cursor_wire_left (&data);
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
  read_identity (ctx, code, data);
  if (!asked || asked->function < 0 || asked->function >= (int64_t) G_N_ELEMENTS (tristation_commands))
    return;
  step = (TristationStep) tristation_commands[asked->function].step;
  if (refused && step != TRISTATION_PLAIN && step != TRISTATION_FETCH)
    isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &(IsthTransfer){ .verb = ISTH_OP_PROGRAM, .by_device = true, .text = refused });
  else if (!refused && step == TRISTATION_END)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &(IsthTransfer){ .verb = ISTH_OP_PROGRAM, .by_device = true });
  else if (!refused && step == TRISTATION_FETCH)
    isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &(IsthTransfer){
      .verb = ISTH_OP_UPLOAD, .by_device = true, .object = tristation_commands[asked->function].name, .bytes = carried > CHUNK ? carried - CHUNK : 0,
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
  .identity = "vendor model device_type firmware serial state description software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (TristationState),
  .probe = tristation_probe,
  .dissect = tristation_dissect,
};
