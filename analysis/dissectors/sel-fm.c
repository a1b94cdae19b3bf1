/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SEL's fast messages: binary messages of protection relays (fast meter, fast operate, fast message) in what is otherwise a terminal session, over TCP through
 * serial servers. Formats as published in SEL Application Guide AG95-10; no recording of a real relay was at hand.
 *
 * Recognised are messages that begin a segment or follow one another; text of the terminal between them is passed over, and bytes that a Telnet layer has doubled are
 * not undone. A request of two bytes is too little to be sure of: a conversation is known from its first answer, or its first operate. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/crc16.h"

#define START 0xa5
#define FAST_MESSAGE 0x46
#define SHORTEST_MESSAGE 14   /* start, length, routing, status, function, sequence, number, CRC */
#define SHORTEST 4            /* start, length, checksum */
#define ANSWER 0x80

enum
{
  REMOTE_BIT = 0xe0,
  BREAKER = 0xe3,
  RESET = 0xed,
  DEVICE_DESCRIPTION = 0x30,
};

/* Requests of two bytes, answered by a message of the same type. */
static const struct
{
  uint8_t type;
  IsthOp verb;
  const char *name;
} requests[] = {
  { 0xc0, ISTH_OP_IDENTIFY, "relay-definition" },
  { 0xc1, ISTH_OP_READ, "fast-meter-configuration" },
  { 0xc2, ISTH_OP_READ, "demand-fast-meter-configuration" },
  { 0xc3, ISTH_OP_READ, "peak-demand-fast-meter-configuration" },
  { 0xcd, ISTH_OP_READ, "fast-operate-reset-definition" },
  { 0xce, ISTH_OP_READ, "fast-operate-configuration" },
  { 0xcf, ISTH_OP_READ, "alternate-fast-operate-configuration" },
  { 0xd1, ISTH_OP_READ, "fast-meter" },
  { 0xd2, ISTH_OP_READ, "demand-fast-meter" },
  { 0xd3, ISTH_OP_READ, "peak-demand-fast-meter" },
};

/* Functions of fast messages; their answers have the top bit set. */
static const struct
{
  uint8_t function;
  bool by_relay, no_answer;
  IsthOp verb;
  const char *name;
} functions[] = {
  { 0x00, false, false, ISTH_OP_IDENTIFY, "configuration-block" },
  { 0x01, false, false, ISTH_OP_SUBSCRIBE, "enable-unsolicited" },
  { 0x02, false, false, ISTH_OP_CONFIGURE, "disable-unsolicited" },
  { 0x05, false, false, ISTH_OP_OTHER, "ping" },
  { 0x10, false, false, ISTH_OP_READ, "read" },
  { 0x12, true, true, ISTH_OP_REPORT, "unsolicited-data" },
  { 0x16, false, false, ISTH_OP_READ, "present-state" },
  { 0x18, true, true, ISTH_OP_REPORT, "unsolicited-events" },
  { 0x20, false, true, ISTH_OP_WRITE, "unsolicited-write" },
  { 0x30, false, false, ISTH_OP_IDENTIFY, "device-description" },
  { 0x31, false, false, ISTH_OP_READ, "data-format" },
  { 0x33, false, false, ISTH_OP_READ, "bit-labels" },
  { 0x40, false, false, ISTH_OP_OTHER, "management" },
};

typedef struct
{
  bool told[2]; /* client, relay */
} SelState;

static int
find_request (int type)
{
  for (size_t i = 0; i < G_N_ELEMENTS (requests); i++)
    if (requests[i].type == type)
      return (int) i;
  return -1;
}

/* Alternate fast operate: open, close, set, clear, pulse. */
static bool
is_alternate (int type)
{
  return type >= 0xe5 && type <= 0xe9;
}

static bool
is_operate (int type)
{
  return type == REMOTE_BIT || type == BREAKER || type == RESET || is_alternate (type);
}

static uint32_t
sel_fm_pdu_length (IsthCursor c)
{
  int start = isth_cursor_peek (&c, 0), type = isth_cursor_peek (&c, 1), length = isth_cursor_peek (&c, 2);
  bool asked = find_request (type) >= 0;

  if (start >= 0 && start != START)
    return ISTH_PDU_INVALID;
  if (type < 0)
    return ISTH_PDU_MORE;
  if (!asked && type != FAST_MESSAGE && !is_operate (type))
    return ISTH_PDU_INVALID;
  if (asked && (length < 0 || length == START))
    return 2;
  if (length < 0)
    return ISTH_PDU_MORE;
  return length < (type == FAST_MESSAGE ? SHORTEST_MESSAGE : SHORTEST) ? ISTH_PDU_INVALID : (uint32_t) length;
}

static bool
is_intact (const uint8_t *bytes,
           uint32_t n)
{
  uint8_t sum = 0;

  if (bytes[1] == FAST_MESSAGE)
    {
      uint16_t crc = isth_crc16 (0xffff, bytes, n - 2);

      return bytes[n - 2] == crc >> 8 && bytes[n - 1] == (crc & 0xff);
    }
  for (uint32_t i = 0; i + 1 < n; i++)
    sum = (uint8_t) (sum + bytes[i]);
  return bytes[n - 1] == sum;
}

static IsthProbe
sel_fm_probe (IsthCursor c,
              const IsthPacket *packet)
{
  uint32_t length = sel_fm_pdu_length (c);

  (void) packet;
  if (length == ISTH_PDU_INVALID || length == ISTH_PDU_MORE)
    return ISTH_PROBE_NO;
  if (length == 2 || length > isth_cursor_left (&c))
    return ISTH_PROBE_WEAK;
  if (!is_intact (c.data + c.position, length))
    return ISTH_PROBE_NO;
  /* One byte of checksum is little: the segment has to end there as well, or go on with the next message. */
  return length == isth_cursor_left (&c) || isth_cursor_peek (&c, length) == START ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static void
note_sender (IsthDissectContext *ctx,
             SelState *state,
             bool relay)
{
  if (state->told[relay])
    return;
  state->told[relay] = true;
  isth_context_prove_direction (ctx, relay ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, relay ? "sel-fm-server" : "sel-fm-client");
}

/* "breaker 1 open", "remote bit 3 pulse": what a fast operate commands. False when its second byte does not prove the first. */
static bool
describe_operate (const uint8_t *bytes,
                  uint32_t n,
                  char *text,
                  size_t size)
{
  static const char *const bits[] = { "clear", "set", "pulse" };
  uint8_t code;

  text[0] = '\0';
  if (n < 6 || bytes[1] == RESET || is_alternate (bytes[1]))
    return true;
  code = bytes[3];
  if (bytes[4] != (uint8_t) (4 * code + 1))
    return false;
  if (bytes[1] == REMOTE_BIT && code < 0x60)
    isth_text_format (text, size, "remote bit %u %s", code % 32u + 1, bits[code / 32]);
  else if (bytes[1] == BREAKER && code >= 0x11 && code <= 0x22)
    isth_text_format (text, size, "breaker %u close", code - 0x10u);
  else if (bytes[1] == BREAKER && code >= 0x31 && code <= 0x42)
    isth_text_format (text, size, "breaker %u open", code - 0x30u);
  else
    isth_text_format (text, size, "code 0x%02x", code);
  return true;
}

static IsthDissectResult
read_operate (IsthDissectContext *ctx,
              const uint8_t *bytes,
              uint32_t n)
{
  char text[48];
  bool good = describe_operate (bytes, n, text, sizeof text);

  if (good)
    isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_WRITE, .function = bytes[1], .object = text,
                                            .name = bytes[1] == BREAKER ? "fast-operate-breaker"
                                              : bytes[1] == REMOTE_BIT ? "fast-operate-remote-bit"
                                              : bytes[1] == RESET ? "fast-operate-reset" : "alternate-fast-operate" });
  return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

/* The answer to a device description: what firmware the relay has, as "SEL-351S-7-R512-V0-Z103103-D20110429", and what it is called. */
static void
read_description (IsthDissectContext *ctx,
                  IsthCursor c)
{
  const uint8_t *firmware = isth_cursor_bytes (&c, 50), *name = isth_cursor_bytes (&c, 40);
  uint32_t dashes = 0, n = 0;

  if (!name)
    return;
  if (memcmp (firmware, "FID=", 4) == 0)
    firmware += 4;
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, ISTH_CONFIDENCE_PARSED, firmware, 46);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_PLANT_TAG, ISTH_CONFIDENCE_PARSED, name, 40);
  if (memcmp (firmware, "SEL-", 4) != 0)
    return;
  while (n < 46 && firmware[n] != '\0' && !(firmware[n] == '-' && ++dashes == 2))
    n++;
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "Schweitzer Engineering Laboratories", ISTH_CONFIDENCE_PARSED, firmware, 4);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, firmware, n);
}

static void
read_fast_message (IsthDissectContext *ctx,
                   SelState *state,
                   IsthCursor c)
{
  IsthRequest request = { .verb = ISTH_OP_OTHER, .name = "unknown-function" };
  uint8_t function;

  isth_cursor_skip (&c, 9); /* start, length, routing, status */
  function = isth_cursor_u8 (&c);
  isth_cursor_skip (&c, 2); /* sequence, number */
  request.function = function;
  request.match = 0x100u | (function & 0x7f);
  if (function & ANSWER)
    {
      bool by_client = function == (ANSWER | 0x18); /* which confirms events */

      note_sender (ctx, state, !by_client);
      if (!by_client)
        isth_emit_response (ctx, request.match, ISTH_OUTCOME_OK, NULL, false);
      if (function == (ANSWER | DEVICE_DESCRIPTION))
        read_description (ctx, c);
      return;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (functions); i++)
    if (functions[i].function == function)
      {
        request.verb = functions[i].verb;
        request.name = functions[i].name;
        request.no_answer = functions[i].no_answer;
        note_sender (ctx, state, functions[i].by_relay);
      }
  isth_emit_request (ctx, &request);
}

static IsthDissectResult
sel_fm_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  SelState *state = isth_context_state (ctx);
  uint32_t length = sel_fm_pdu_length (*c);
  const uint8_t *bytes = c->data + c->position;
  int request;

  if (length == ISTH_PDU_INVALID)
    return ISTH_DISSECT_NOT_MINE;
  if (length == ISTH_PDU_MORE || length > isth_cursor_left (c) || (length > 2 && !is_intact (bytes, length)))
    return ISTH_DISSECT_MALFORMED;
  request = find_request (bytes[1]);
  if (request >= 0 && length == 2)
    {
      IsthRequest asked = { .match = bytes[1], .verb = requests[request].verb, .function = bytes[1], .name = requests[request].name };

      note_sender (ctx, state, false);
      asked.key = isth_context_digest (ctx, 0, bytes, 2);
      if (!isth_emit_again (ctx, &asked))
        isth_emit_request (ctx, &asked);
      return ISTH_DISSECT_OK;
    }
  if (request >= 0)
    {
      note_sender (ctx, state, true);
      isth_emit_response (ctx, bytes[1], ISTH_OUTCOME_OK, NULL, false);
      return ISTH_DISSECT_OK;
    }
  if (bytes[1] == FAST_MESSAGE)
    {
      read_fast_message (ctx, state, *c);
      return ISTH_DISSECT_OK;
    }
  note_sender (ctx, state, false);
  return read_operate (ctx, bytes, length);
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 0 } };

const IsthDissector isth_dissector_sel_fm = {
  .id = "sel-fm", /* stored in project files: never change it */
  .title = "SEL Fast Message",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "vendor model firmware plant_tag",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (SelState),
  .probe = sel_fm_probe,
  .pdu_length = sel_fm_pdu_length,
  .dissect = sel_fm_dissect,
};
