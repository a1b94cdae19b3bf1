/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TFTP (RFC 1350, with the options of RFC 2347 to 2349): which files are fetched and brought, as field devices and switches do with firmware and settings.
 *
 * Servers answer from a port of their own, so that a file goes in another conversation than the question for it. That one is announced by the question, and
 * counts into the transfer; where the question was not captured, it is known by the options it starts with, or by its first block of full length. */
#include "analysis/dissectors/dissector.h"

#include "analysis/dissectors/lines.h"

#define USUAL_BLOCK 512

enum
{
  READ_REQUEST = 1,
  WRITE_REQUEST,
  DATA,
  ACKNOWLEDGEMENT,
  ERROR,
  OPTIONS,
};

typedef struct
{
  uint32_t block_size;
  uint16_t block;   /* the last one that came */
  uint16_t client;  /* the port of who asked, 0: not known */
  bool ended;
} TftpState;

/* A text with its NUL. */
static bool
next_text (IsthCursor *c,
           IsthPiece *text)
{
  const uint8_t *start = c->data + c->position;
  const uint8_t *end = isth_cursor_left (c) > 0 ? memchr (start, 0, isth_cursor_left (c)) : NULL;

  if (!end)
    return false;
  *text = (IsthPiece) { start, (uint32_t) (end - start) };
  isth_cursor_skip (c, text->length + 1);
  return true;
}

static bool
read_request (IsthCursor *c,
              IsthPiece *file,
              IsthPiece *mode)
{
  return next_text (c, file) && isth_piece_is_text (file) && next_text (c, mode)
         && (isth_piece_is (mode, "octet") || isth_piece_is (mode, "netascii") || isth_piece_is (mode, "mail"));
}

/* The value of an option that is a number, 0: it is not there. */
static uint32_t
find_option (IsthCursor c,
             const char *name)
{
  IsthPiece key, value;

  while (next_text (&c, &key) && next_text (&c, &value))
    if (isth_piece_is (&key, name))
      return isth_piece_number (&value);
  return 0;
}

static bool
has_options (IsthCursor c)
{
  return find_option (c, "blksize") != 0 || find_option (c, "tsize") != 0 || find_option (c, "timeout") != 0 || find_option (c, "windowsize") != 0;
}

static IsthProbe
tftp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint16_t operation = isth_cursor_be16 (&c), number;
  IsthPiece file, mode;

  (void) packet;
  if (operation == READ_REQUEST || operation == WRITE_REQUEST)
    return read_request (&c, &file, &mode) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  if (operation == OPTIONS)
    return has_options (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  number = isth_cursor_be16 (&c);
  if (c.failed || operation < DATA || operation > ERROR)
    return ISTH_PROBE_NO;
  if (operation == DATA)
    return number == 1 && isth_cursor_wire_left (&c) == USUAL_BLOCK ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
  if (operation == ACKNOWLEDGEMENT)
    return isth_cursor_wire_left (&c) == 0 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  return number <= 8 && next_text (&c, &file) && isth_piece_is_text (&file) ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

static void
carry (IsthDissectContext *ctx,
       TftpState *state,
       IsthTransferStep step,
       IsthTransfer transfer)
{
  transfer.verb = ISTH_OP_FILE;
  transfer.match = state->client;
  transfer.by_device = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  state->ended = step == ISTH_TRANSFER_END || step == ISTH_TRANSFER_ABORT;
  if (state->client != 0)
    isth_emit_transfer (ctx, step, &transfer);
}

static IsthDissectResult
begin (IsthDissectContext *ctx,
       TftpState *state,
       uint16_t operation,
       IsthCursor *c)
{
  char object[ISTH_LIMIT_TEXT];
  IsthPiece file, mode;

  if (!read_request (c, &file, &mode))
    return ISTH_DISSECT_MALFORMED;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "tftp-client");
  isth_text_from_bytes (object, sizeof object, file.bytes, file.length);
  isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_FILE, .function = operation,
                                           .name = operation == READ_REQUEST ? "read-file" : "write-file", .object = object });
  *state = (TftpState) { .block_size = USUAL_BLOCK, .client = isth_context_packet (ctx)->source_port };
  isth_context_expect (ctx, &(IsthExpectation) { .layer = ISTH_LAYER_UDP, .port = state->client, .id = "tftp", .memo = state->client });
  carry (ctx, state, ISTH_TRANSFER_BEGIN, (IsthTransfer) { .object = object, .total = find_option (*c, "tsize") });
  return ISTH_DISSECT_OK;
}

/* A block that came before counts once. */
static void
read_data (IsthDissectContext *ctx,
           TftpState *state,
           IsthCursor *c)
{
  uint16_t block = isth_cursor_be16 (c);
  uint32_t bytes = isth_cursor_wire_left (c);

  if (!c->failed)
    isth_context_show (ctx, c->data + c->position - 4, 4); /* a file may hold anything */
  if (c->failed || state->ended || block != (uint16_t) (state->block + 1))
    return;
  state->block = block;
  carry (ctx, state, bytes < state->block_size ? ISTH_TRANSFER_END : ISTH_TRANSFER_DATA, (IsthTransfer) { .bytes = bytes });
}

static void
read_options (IsthDissectContext *ctx,
              TftpState *state,
              IsthCursor *c)
{
  uint32_t size = find_option (*c, "blksize"), total = find_option (*c, "tsize");

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "tftp-server");
  *state = (TftpState) { .block_size = size != 0 ? size : USUAL_BLOCK, .client = isth_context_packet (ctx)->target_port };
  if (total != 0)
    carry (ctx, state, ISTH_TRANSFER_DATA, (IsthTransfer) { .total = total });
}

static IsthDissectResult
read_error (IsthDissectContext *ctx,
            TftpState *state,
            IsthCursor *c)
{
  char text[80], object[ISTH_LIMIT_TEXT];
  uint16_t code = isth_cursor_be16 (c);
  IsthPiece message;

  if (!next_text (c, &message))
    return ISTH_DISSECT_MALFORMED;
  isth_text_from_bytes (text, sizeof text, message.bytes, message.length);
  isth_text_format (object, sizeof object, "error %u: %s", code, text);
  isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_REPORT, .function = ERROR, .name = "error", .object = object });
  if (state->client != 0 && !state->ended)
    carry (ctx, state, ISTH_TRANSFER_ABORT, (IsthTransfer) { .text = text });
  return ISTH_DISSECT_OK;
}

/* The other conversation, in which the file goes. */
static void
join (IsthDissectContext *ctx,
      TftpState *state)
{
  uint64_t memo;
  bool of_client;

  if (!isth_context_get_expected (ctx, &memo, &of_client))
    return;
  *state = (TftpState) { .block_size = USUAL_BLOCK, .client = (uint16_t) memo };
  isth_context_prove_direction (ctx, of_client ? ISTH_FROM_CLIENT : ISTH_FROM_SERVER);
  if (!of_client)
    isth_emit_role (ctx, NULL, "tftp-server");
}

static IsthDissectResult
tftp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  TftpState *state = isth_context_state (ctx);
  uint16_t operation = isth_cursor_be16 (c);

  if (state->client == 0 && operation >= DATA && operation <= OPTIONS)
    join (ctx, state);
  switch (operation)
    {
    case READ_REQUEST:
    case WRITE_REQUEST:
      return begin (ctx, state, operation, c);
    case DATA:
      read_data (ctx, state, c);
      return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    case ACKNOWLEDGEMENT:
      isth_cursor_skip (c, 2);
      return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    case ERROR:
      return read_error (ctx, state, c);
    case OPTIONS:
      if (!has_options (*c))
        return ISTH_DISSECT_MALFORMED;
      read_options (ctx, state, c);
      return ISTH_DISSECT_OK;
    default:
      return ISTH_DISSECT_NOT_MINE;
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 69 } };

const IsthDissector isth_dissector_tftp = {
  .id = "tftp", /* stored in project files: never change it */
  .title = "TFTP",
  .depth = ISTH_DEPTH_DEEP,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (TftpState),
  .probe = tftp_probe,
  .dissect = tftp_dissect,
};
