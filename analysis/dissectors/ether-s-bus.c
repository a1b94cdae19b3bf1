/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ether-S-Bus of SAIA Burgess controllers: who reads and writes media, loads programs, runs and stops which PCD. S-Bus manual 26/739; the header for
 * Ethernet before it.
 *
 * The station number is that of the controller that answers; gateways to a serial S-Bus do not show. Contents of blocks and memory are not read. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/ether-s-bus-tables.h"

#define PORT 5050
#define HEADER 8
#define CHECK 2
#define SHORTEST (HEADER + 1 + CHECK)

enum
{
  REQUEST,
  RESPONSE,
  ACKNOWLEDGE,
};

enum
{
  READ_STATION = 29,
  READ_FIRMWARE = 32,
  BLOCK_DATA = 169,
};

/* x^16 + x^12 + x^5 + 1 over all that stands before it. */
static bool
is_checked (IsthCursor c)
{
  uint32_t n = isth_cursor_left (&c);
  const uint8_t *bytes = c.data + c.position;
  uint16_t crc = 0;

  for (uint32_t i = 0; i + CHECK < n; i++)
    {
      crc ^= (uint16_t) (bytes[i] << 8);
      for (int bit = 0; bit < 8; bit++)
        crc = (uint16_t) (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1);
    }
  return n > CHECK && crc == (bytes[n - 2] << 8 | bytes[n - 1]);
}

static IsthProbe
ether_s_bus_probe (IsthCursor c,
                   const IsthPacket *packet)
{
  IsthCursor whole = c;
  uint32_t length = isth_cursor_be32 (&c), left = isth_cursor_wire_left (&whole);
  uint8_t version = isth_cursor_u8 (&c), type = isth_cursor_u8 (&c), attribute;

  (void) packet;
  isth_cursor_skip (&c, 2);
  attribute = isth_cursor_u8 (&c);
  if (c.failed || length != left || length < SHORTEST || length > 1500 || version > 1 || type > 1 || attribute > ACKNOWLEDGE)
    return ISTH_PROBE_NO;
  if (whole.length < whole.wire)
    return ISTH_PROBE_WEAK;
  return is_checked (whole) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static const SbusCommand *
find_command (uint8_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (sbus_commands); i++)
    if (code >= sbus_commands[i].first && code <= sbus_commands[i].last)
      return &sbus_commands[i];
  return NULL;
}

/* A block of the program, or of another kind, goes one way or the other; the first telegram says which. */
static void
read_block (IsthDissectContext *ctx,
            IsthCursor *c,
            IsthRequest *request,
            char *text,
            size_t size)
{
  static const char *const kinds[] = { "COB", "XOB", "PB", "FB", "ST", "TR", "TEXT", "DB", "SB", "DBX" };
  IsthTransfer transfer = { .verb = ISTH_OP_PROGRAM };
  uint8_t telegram, kind;

  isth_cursor_skip (c, 1); /* length */
  telegram = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1); /* number of the telegram */
  if (c->failed)
    return;
  request->name = telegram < 16 ? "write-block" : telegram < 32 ? "read-block" : telegram == 32 ? "delete-block" : "list-blocks";
  request->verb = telegram < 16 || telegram == 32 ? ISTH_OP_PROGRAM : telegram < 32 ? ISTH_OP_UPLOAD : ISTH_OP_READ;
  transfer.verb = request->verb;
  if (telegram == 0 || telegram == 16 || telegram == 32 || telegram == 33)
    {
      kind = isth_cursor_u8 (c);
      if (kind < G_N_ELEMENTS (kinds))
        isth_text_format (text, size, "%s %u", kinds[kind], isth_cursor_be16 (c));
      else
        isth_text_format (text, size, "block type %u number %u", kind, isth_cursor_be16 (c));
    }
  transfer.object = text;
  if (telegram == 0 || telegram == 16)
    isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
  else if (telegram == 1)
    {
      transfer.bytes = isth_cursor_wire_left (c);
      isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
    }
  else if (telegram == 2)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
  else if (telegram == 7 || telegram == 23)
    isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
}

static void
describe (IsthCursor c,
          const SbusCommand *command,
          uint8_t code,
          char *text,
          size_t size)
{
  uint32_t count, address;

  switch (command->shape)
    {
    case SBUS_NOTHING:
      break;
    case SBUS_READ_MEDIA:
      count = isth_cursor_u8 (&c) + 1u;
      address = isth_cursor_be16 (&c);
      if (!c.failed && count > 1)
        isth_text_format (text, size, "%s %u–%u", command->media, address, address + count - 1);
      else if (!c.failed)
        isth_text_format (text, size, "%s %u", command->media, address);
      break;
    case SBUS_WRITE_MEDIA:
      isth_cursor_skip (&c, 1);
      address = isth_cursor_be16 (&c);
      if (!c.failed)
        isth_text_format (text, size, "%s from %u", command->media, address);
      break;
    case SBUS_MEMORY:
      isth_cursor_skip (&c, 1);
      address = isth_cursor_be24 (&c);
      if (!c.failed)
        isth_text_format (text, size, "%s 0x%06x", command->media, address);
      break;
    case SBUS_CPU:
      count = 7u - command->cpu;
      address = (uint32_t) code - command->first;
      if (address < count)
        isth_text_format (text, size, "CPU %u", address + command->cpu);
      else
        isth_text_format (text, size, address == count ? "own CPU" : "all CPUs");
      break;
    }
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              IsthCursor *c,
              uint16_t sequence)
{
  char object[64] = "";
  IsthRequest request = { .match = sequence, .verb = ISTH_OP_OTHER, .name = "unknown-command", .object = object };
  uint8_t station = isth_cursor_u8 (c), code = isth_cursor_u8 (c);
  const SbusCommand *command = find_command (code);

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  request.function = code;
  request.memo[0] = station;
  if (c->length == c->wire && code < 10)
    request.key = isth_context_digest (ctx, code, c->data + c->position, isth_cursor_left (c));
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  if (command)
    {
      request.verb = command->verb;
      request.name = command->name;
      describe (*c, command, code, object, sizeof object);
    }
  if (code == BLOCK_DATA)
    read_block (ctx, c, &request, object, sizeof object);
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "ether-s-bus-client");
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static void
note_station (IsthDissectContext *ctx,
              const IsthPending *asked)
{
  char text[8];

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "ether-s-bus-server");
  if (asked && asked->memo[0] < 254) /* 255: to all */
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, isth_text_format (text, sizeof text, "%u", (unsigned) asked->memo[0]),
                     ISTH_CONFIDENCE_PARSED, NULL, 0);
}

static IsthDissectResult
read_response (IsthDissectContext *ctx,
               IsthCursor *c,
               uint16_t sequence)
{
  static const struct
  {
    uint8_t code;
    const char *state;
  } states[] = { { 'C', "conditional run" }, { 'D', "disconnected" }, { 'H', "halt" }, { 'R', "run" }, { 'S', "stop" }, { 'X', "exceptional" } };
  const IsthPending *asked = isth_emit_response (ctx, sequence, ISTH_OUTCOME_OK, NULL, false);
  uint32_t n = isth_cursor_left (c);
  const uint8_t *bytes = isth_cursor_bytes (c, n);

  note_station (ctx, asked);
  if (!asked || !bytes)
    return ISTH_DISSECT_OK;
  if (asked->function == READ_FIRMWARE && n >= 8)
    {
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "SAIA Burgess Controls", ISTH_CONFIDENCE_PARSED, bytes, 5);
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, bytes, 5);
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, ISTH_CONFIDENCE_PARSED, bytes + 5, n - 5);
    }
  for (size_t i = 0; asked->function >= 20 && asked->function <= 27 && n >= 1 && i < G_N_ELEMENTS (states); i++)
    if (states[i].code == bytes[0])
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, states[i].state, ISTH_CONFIDENCE_PARSED, bytes, 1);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_acknowledgment (IsthDissectContext *ctx,
                     IsthCursor *c,
                     uint16_t sequence)
{
  static const char *const reasons[] = { NULL, "no reason given", "password", "port in reduced protocol", "port already used" };
  uint16_t code = isth_cursor_be16 (c);
  char other[16];
  const char *text;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  text = code < G_N_ELEMENTS (reasons) ? reasons[code] : isth_text_format (other, sizeof other, "NAK %u", code);
  note_station (ctx, isth_emit_response (ctx, sequence, code ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, text, false));
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
ether_s_bus_dissect (IsthCursor *c,
                     IsthDissectContext *ctx)
{
  IsthCursor whole = *c;
  uint32_t length = isth_cursor_be32 (c);
  uint16_t sequence;
  uint8_t version = isth_cursor_u8 (c), attribute;

  isth_cursor_skip (c, 1);
  sequence = isth_cursor_be16 (c);
  attribute = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (version > 1 || attribute > ACKNOWLEDGE)
    return ISTH_DISSECT_NOT_MINE;
  if (length < SHORTEST || length > isth_cursor_wire_left (&whole))
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (&whole, length);
  if (whole.length == whole.wire && !is_checked (whole))
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, length - SHORTEST);
  return attribute == REQUEST ? read_request (ctx, c, sequence)
    : attribute == RESPONSE ? read_response (ctx, c, sequence) : read_acknowledgment (ctx, c, sequence);
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT } };

const IsthDissector isth_dissector_ether_s_bus = {
  .id = "ether-s-bus",
  .title = "Ether-S-Bus",
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model firmware protocol_address state",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = ether_s_bus_probe,
  .dissect = ether_s_bus_dissect,
};
