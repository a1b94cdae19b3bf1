/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UMAS, by which Schneider's software programs Modicon controllers (M340, M580, Quantum, Premium), inside Modbus function 90. It was never published: functions
 * are named as analyses of it name them, but for directions, which are told from the engineer's side: a download goes to the controller.
 *
 * A message is the key of a reservation (0: none), a function, its data; an answer the key, whether it went well, its data. Whether the controller runs
 * is not told from its status, whose bits nobody explained, but from an accepted start or stop. */
#include <glib.h>

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/modbus-pdu.h"

enum
{
  UMAS_INIT = 0x01,
  UMAS_READ_ID = 0x02,
  UMAS_READ_PROJECT_INFO = 0x03,
  UMAS_TAKE_RESERVATION = 0x10,
  UMAS_KEEP_ALIVE = 0x12,
  UMAS_READ_MEMORY_BLOCK = 0x20,
  UMAS_WRITE_MEMORY_BLOCK = 0x21,
  UMAS_BEGIN_DOWNLOAD = 0x30,
  UMAS_DOWNLOAD_BLOCK = 0x31,
  UMAS_END_DOWNLOAD = 0x32,
  UMAS_BEGIN_UPLOAD = 0x33,
  UMAS_UPLOAD_BLOCK = 0x34,
  UMAS_END_UPLOAD = 0x35,
  UMAS_START = 0x40,
  UMAS_STOP = 0x41,
  UMAS_ERROR = 0xfd,
  UMAS_OK = 0xfe,
};

static const struct
{
  uint8_t code;
  IsthOp verb;
  const char *name;
} functions[] = {
  { UMAS_INIT, ISTH_OP_OTHER, "init-communication" },
  { UMAS_READ_ID, ISTH_OP_IDENTIFY, "read-id" },
  { UMAS_READ_PROJECT_INFO, ISTH_OP_IDENTIFY, "read-project-info" },
  { 0x04, ISTH_OP_DIAGNOSE, "read-plc-status" },
  { 0x06, ISTH_OP_DIAGNOSE, "read-memory-card-info" },
  { 0x0a, ISTH_OP_DIAGNOSE, "echo" },
  { UMAS_TAKE_RESERVATION, ISTH_OP_CONFIGURE, "take-reservation" },
  { 0x11, ISTH_OP_CONFIGURE, "release-reservation" },
  { UMAS_KEEP_ALIVE, ISTH_OP_OTHER, "keep-alive" },
  { UMAS_READ_MEMORY_BLOCK, ISTH_OP_READ, "read-memory-block" },
  { UMAS_WRITE_MEMORY_BLOCK, ISTH_OP_WRITE, "write-memory-block" },
  { 0x22, ISTH_OP_READ, "read-variables" },
  { 0x23, ISTH_OP_WRITE, "write-variables" },
  { 0x24, ISTH_OP_READ, "read-coils-registers" },
  { 0x25, ISTH_OP_WRITE, "write-coils-registers" },
  { 0x26, ISTH_OP_READ, "read-data-dictionary" },
  { 0x28, ISTH_OP_READ, "read-physical-address" },
  { 0x29, ISTH_OP_WRITE, "write-physical-address" },
  { 0x2a, ISTH_OP_READ, "browse-events" },
  { UMAS_BEGIN_DOWNLOAD, ISTH_OP_PROGRAM, "begin-download" },
  { UMAS_DOWNLOAD_BLOCK, ISTH_OP_PROGRAM, "download-block" },
  { UMAS_END_DOWNLOAD, ISTH_OP_PROGRAM, "end-download" },
  { UMAS_BEGIN_UPLOAD, ISTH_OP_UPLOAD, "begin-upload" },
  { UMAS_UPLOAD_BLOCK, ISTH_OP_UPLOAD, "upload-block" },
  { UMAS_END_UPLOAD, ISTH_OP_UPLOAD, "end-upload" },
  { 0x36, ISTH_OP_PROGRAM, "backup-restore" },
  { 0x37, ISTH_OP_PROGRAM, "preload-blocks" },
  { 0x38, ISTH_OP_AUTHENTICATE, "secure-reservation" },
  { 0x39, ISTH_OP_READ, "read-ethernet-master-data" },
  { UMAS_START, ISTH_OP_CONTROL, "start-plc" },
  { UMAS_STOP, ISTH_OP_CONTROL, "stop-plc" },
  { 0x50, ISTH_OP_READ, "monitor-plc" },
  { 0x58, ISTH_OP_DIAGNOSE, "check-plc" },
  { 0x6e, ISTH_OP_AUTHENTICATE, "exchange-nonces" },
  { 0x70, ISTH_OP_READ, "read-io-object" },
  { 0x71, ISTH_OP_WRITE, "write-io-object" },
  { 0x73, ISTH_OP_DIAGNOSE, "get-module-status" },
};

typedef struct
{
  bool proven; /* it is this protocol, and not any bytes behind function 90: a scanner tries all functions */
  bool downloading, uploading;
} State;

static IsthProbe
umas_probe (IsthCursor c,
            const IsthPacket *packet)
{
  (void) packet;
  return isth_cursor_wire_left (&c) >= 2 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* The number of a block of a program, and how many bytes of it there are. */
static bool
read_block (IsthCursor *c,
            IsthTransfer *transfer)
{
  isth_cursor_skip (c, 2 + 2); /* target, number */
  transfer->bytes = isth_cursor_le16 (c);
  return !c->failed;
}

static void
track_request (IsthDissectContext *ctx,
               State *state,
               uint8_t function,
               const char *child,
               IsthCursor c)
{
  IsthTransfer transfer = { .object = "program", .child = child };
  bool *open = function >= UMAS_BEGIN_UPLOAD ? &state->uploading : &state->downloading;

  transfer.verb = function >= UMAS_BEGIN_UPLOAD ? ISTH_OP_UPLOAD : ISTH_OP_PROGRAM;
  if (function == UMAS_BEGIN_DOWNLOAD || function == UMAS_BEGIN_UPLOAD)
    {
      *open = true;
      isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
    }
  else if (function == UMAS_DOWNLOAD_BLOCK && *open && read_block (&c, &transfer))
    isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
  else if ((function == UMAS_END_DOWNLOAD || function == UMAS_END_UPLOAD) && *open)
    {
      *open = false;
      isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
    }
}

static void
describe (uint8_t function,
          IsthCursor c,
          char *text,
          size_t size)
{
  uint32_t offset;
  uint16_t block, length;

  switch (function)
    {
    case UMAS_READ_MEMORY_BLOCK:
    case UMAS_WRITE_MEMORY_BLOCK:
      isth_cursor_skip (&c, 1); /* range */
      block = isth_cursor_le16 (&c);
      offset = isth_cursor_le32 (&c);
      length = isth_cursor_le16 (&c);
      if (!c.failed)
        isth_text_format (text, size, "block %u, %u bytes from %u", block, length, offset);
      break;
    case UMAS_DOWNLOAD_BLOCK:
    case UMAS_UPLOAD_BLOCK:
      isth_text_format (text, size, "%s", "program"); /* its blocks are those of one transfer */
      break;
    default:
      break;
    }
}

/* Who takes a reservation gives the name of the computer; and it is programming software. */
static void
read_reservation (IsthDissectContext *ctx,
                  IsthCursor c)
{
  const uint8_t *name;
  uint8_t length;

  isth_emit_role (ctx, NULL, "engineering");
  isth_cursor_skip (&c, 4);
  length = isth_cursor_u8 (&c);
  name = isth_cursor_bytes (&c, length);
  if (name && isth_text_is_printable (name, length))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED - 10, name, length);
}

static IsthDissectResult
read_request (IsthCursor *c,
              IsthDissectContext *ctx,
              State *state,
              uint8_t function,
              const char *child)
{
  uint64_t key = isth_context_key (ctx);
  uint32_t left = isth_cursor_left (c);
  char object[ISTH_LIMIT_TEXT] = "";
  IsthRequest request = { .match = key, .function = function, .child = child, .object = object, .verb = ISTH_OP_OTHER, .name = "unknown-function" };

  if (function == UMAS_READ_PROJECT_INFO)
    request.memo[0] = (uint64_t) MAX (0, isth_cursor_peek (c, 0)); /* which part */
  for (size_t i = 0; i < G_N_ELEMENTS (functions); i++)
    if (functions[i].code == function)
      {
        request.verb = functions[i].verb;
        request.name = functions[i].name;
      }
  if (request.verb == ISTH_OP_AUTHENTICATE) /* what proves it follows */
    isth_context_show (ctx, c->data + c->position - 2, 2);
  if (request.verb != ISTH_OP_OTHER)
    state->proven = true;
  else if (!state->proven && function != UMAS_INIT && function != UMAS_KEEP_ALIVE)
    return ISTH_DISSECT_NOT_MINE;
  /* Of a short request every byte may decide; what long ones carry does not. */
  if (left <= 16 && function != UMAS_UPLOAD_BLOCK && function != UMAS_DOWNLOAD_BLOCK)
    request.key = isth_context_digest (ctx, (key & 0xff00) | function, c->data + c->position, left);
  if (!isth_emit_again (ctx, &request))
    {
      describe (function, *c, object, sizeof object);
      isth_emit_request (ctx, &request);
    }
  if (function >= UMAS_BEGIN_DOWNLOAD && function <= UMAS_END_UPLOAD)
    track_request (ctx, state, function, child, *c);
  else if (function == UMAS_TAKE_RESERVATION)
    read_reservation (ctx, *c);
  return ISTH_DISSECT_OK;
}

/* Numbers whose meaning is known: the version of the firmware, in decimal digits; that of the hardware; then the name of the processor. */
static void
read_id (IsthDissectContext *ctx,
         const IsthEndpoint *about,
         IsthCursor c)
{
  const uint8_t *at, *name;
  uint16_t firmware, hardware;
  uint8_t length;
  char text[16];

  isth_cursor_skip (&c, 2 + 4 + 2); /* range, identity, model */
  at = c.data + c.position;
  firmware = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 2 + 2); /* patch, internal version */
  hardware = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 4 + 2);
  length = isth_cursor_u8 (&c);
  name = isth_cursor_bytes (&c, length);
  if (!name || !isth_text_is_printable (name, length))
    return;
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_VENDOR, "Schneider Electric", ISTH_CONFIDENCE_PARSED, name, length);
  isth_emit_text (ctx, about, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, name, length);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_FIRMWARE, isth_text_format (text, sizeof text, "%x.%02x", firmware >> 8, firmware & 0xff),
                   ISTH_CONFIDENCE_PARSED, at, 2);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_HARDWARE, isth_text_format (text, sizeof text, "%u", hardware), ISTH_CONFIDENCE_PARSED, at + 6, 2);
}

/* The first part: how large, when it was made and changed, its version, its name. */
static void
read_project (IsthDissectContext *ctx,
              const IsthEndpoint *about,
              IsthCursor c)
{
  const uint8_t *at, *name;
  char plain[ISTH_LIMIT_TEXT - 32], text[ISTH_LIMIT_TEXT];
  uint8_t length;

  isth_cursor_skip (&c, 2 * 9 + 2 * 8);
  at = isth_cursor_bytes (&c, 4);
  length = isth_cursor_u8 (&c);
  name = isth_cursor_bytes (&c, length);
  if (!at || !name || !isth_text_is_printable (name, length))
    return;
  isth_text_from_string (plain, sizeof plain, name, length);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DESCRIPTION,
                   isth_text_format (text, sizeof text, "project %s, version %u.%u.%u", plain, at[2], at[1], at[0]), ISTH_CONFIDENCE_PARSED, name, length);
}

static void
read_answer (IsthCursor *c,
             IsthDissectContext *ctx,
             const State *state,
             const IsthPending *pending,
             const char *child)
{
  IsthEndpoint about = isth_context_sender (ctx);
  IsthTransfer transfer = { .verb = ISTH_OP_UPLOAD, .child = child, .by_device = true };

  about.child = child;
  switch (pending->function)
    {
    case UMAS_READ_ID:
      read_id (ctx, &about, *c);
      break;
    case UMAS_READ_PROJECT_INFO:
      if (pending->memo[0] == 0)
        read_project (ctx, &about, *c);
      break;
    case UMAS_START:
    case UMAS_STOP:
      isth_emit_claim (ctx, &about, ISTH_ATTRIBUTE_STATE, pending->function == UMAS_START ? "run" : "stop", ISTH_CONFIDENCE_PARSED, NULL, 0);
      break;
    case UMAS_UPLOAD_BLOCK:
      isth_cursor_skip (c, 2); /* whether it is the last */
      transfer.bytes = isth_cursor_le16 (c);
      if (state->uploading && !c->failed)
        isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
      break;
    default:
      break;
    }
}

static IsthDissectResult
read_response (IsthCursor *c,
               IsthDissectContext *ctx,
               const State *state,
               bool refused,
               const char *child)
{
  const IsthPending *pending;
  char code[12] = "", text[24];

  if (refused && isth_cursor_left (c) > 0)
    isth_text_from_hex (code, sizeof code, c->data + c->position, MIN (isth_cursor_left (c), 4));
  pending = isth_emit_response (ctx, isth_context_key (ctx), refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                                refused ? isth_text_format (text, sizeof text, code[0] ? "error %s" : "error", code) : NULL, false);
  if (pending && !refused)
    read_answer (c, ctx, state, pending, child);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
umas_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  State *state = isth_context_state (ctx);
  char text[ISTH_MODBUS_CHILD];
  const char *child = isth_modbus_format_child (text, (uint8_t) (isth_context_key (ctx) >> 8));
  uint8_t function;

  isth_cursor_skip (c, 1); /* the reservation this is asked under */
  function = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (function == UMAS_OK || function == UMAS_ERROR)
    return read_response (c, ctx, state, function == UMAS_ERROR, child);
  return read_request (c, ctx, state, function, child);
}

static const IsthBinding bindings[] = { { ISTH_BIND_MODBUS, 0 } };

const IsthDissector isth_dissector_umas = {
  .id = "umas",
  .title = "UMAS",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor model firmware hardware description hostname state",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = umas_probe,
  .dissect = umas_dissect,
};
