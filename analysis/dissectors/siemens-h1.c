/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SINEC H1 with the header of SIMATIC S5, which newer communication processors still speak under the name of Fetch/Write: who reads and writes which
 * data words, flags, inputs, outputs, timers and counters. "SIMATIC NET, S7-CPs for Industrial Ethernet" (Siemens), appendix on Fetch/Write.
 *
 * It goes over ISO transport of class 4 in LLC (ISO 8073 on the inactive subset of ISO 8473), ISO on TCP, TCP or UDP, on ports that are configured. Nothing
 * in it says who somebody is. The header of an answer gives neither its length nor its question: a question is answered before the next. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#define HEADER 16
#define LLC_TRANSPORT 0xfefe

enum
{
  WRITE_REQUEST = 3,
  WRITE_RESPONSE = 4,
  READ_REQUEST = 5,
  READ_RESPONSE = 6,
};

enum
{
  BLOCK_OPCODE = 0x01,
  BLOCK_REQUEST = 0x03,
  BLOCK_ANSWER = 0x0f,
};

enum
{
  TPDU_CR = 0xe0,
  TPDU_CC = 0xd0,
  TPDU_DR = 0x80,
  TPDU_DC = 0xc0,
  TPDU_DT = 0xf0,
  TPDU_AK = 0x60,
};

typedef struct
{
  bool ends_known;
  bool seen;        /* a header: what does not begin with one is data that goes on */
} H1State;

/* Kinds of memory, and in what they are counted. */
static const struct
{
  uint8_t code, unit;
  const char *prefix, *counted;
} areas[] = {
  { 0x01, 2, "DB", "WORD" },  { 0x02, 1, "FY", "BYTE" },    { 0x03, 1, "IB", "BYTE" },  { 0x04, 1, "QB", "BYTE" },  { 0x05, 1, "PY", "BYTE" },
  { 0x06, 2, "C", "COUNTER" }, { 0x07, 2, "T", "TIMER" },   { 0x08, 2, "RS", "WORD" },  { 0x09, 2, "AS", "WORD" },  { 0x0a, 2, "DX", "WORD" },
  { 0x10, 2, "DE", "WORD" },  { 0x11, 1, "OY", "BYTE" },
};

static bool
has_header (const IsthCursor *c)
{
  return isth_cursor_peek (c, 0) == 'S' && isth_cursor_peek (c, 1) == '5' && isth_cursor_peek (c, 2) == HEADER && isth_cursor_peek (c, 3) == BLOCK_OPCODE
         && isth_cursor_peek (c, 4) == 3;
}

/* Inactive network layer, length, and a TPDU that it fits. */
static bool
is_transport (const IsthCursor *c)
{
  int length = isth_cursor_peek (c, 1);
  int code = isth_cursor_peek (c, 2) & 0xf0;

  if (isth_cursor_peek (c, 0) != 0 || length < 2 || length > 0x7f || isth_cursor_peek (c, (uint32_t) length + 1) < 0)
    return false;
  return code == TPDU_CR || code == TPDU_CC || code == TPDU_DR || code == TPDU_DC || code == TPDU_DT || code == TPDU_AK;
}

static IsthProbe
h1_probe (IsthCursor        c,
          const IsthPacket *packet)
{
  int opcode;

  if (packet->llc_sap == LLC_TRANSPORT)
    {
      if (!is_transport (&c))
        return ISTH_PROBE_NO;
      isth_cursor_skip (&c, 2 + (uint32_t) isth_cursor_peek (&c, 1));
      return has_header (&c) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
    }
  opcode = isth_cursor_peek (&c, 5);
  if (!has_header (&c) || opcode < WRITE_REQUEST || opcode > READ_RESPONSE)
    return ISTH_PROBE_NO;
  return isth_cursor_peek (&c, 6) == (opcode == READ_REQUEST || opcode == WRITE_REQUEST ? BLOCK_REQUEST : BLOCK_ANSWER) ? ISTH_PROBE_STRONG
                                                                                                                    : ISTH_PROBE_WEAK;
}

/* What a request acts on; returns how many bytes that is. */
static uint32_t
describe_area (IsthCursor c,
               char      *text,
               size_t     size)
{
  uint8_t area = isth_cursor_u8 (&c);
  uint8_t block = isth_cursor_u8 (&c);
  uint16_t address = isth_cursor_be16 (&c);
  uint16_t count = isth_cursor_be16 (&c);

  for (size_t i = 0; i < G_N_ELEMENTS (areas); i++)
    if (areas[i].code == area)
      {
        if (area == 0x01 || area == 0x0a || area == 0x10)
          isth_text_format (text, size, "%s%u.DW%u %s %u", areas[i].prefix, block, address, areas[i].counted, count);
        else
          isth_text_format (text, size, "%s%u %s %u", areas[i].prefix, address, areas[i].counted, count);
        return (uint32_t) count * areas[i].unit;
      }
  isth_text_format (text, size, "area 0x%02x address %u count %u", area, address, count);
  return 0;
}

/* A question, behind its operation code. Sets @data to how many bytes of a write follow. */
static bool
read_request (IsthDissectContext *ctx,
              IsthCursor         *c,
              uint8_t             opcode,
              uint32_t           *data)
{
  IsthCursor area;
  char object[64] = "";
  IsthRequest request = {
    .match = opcode + 1,
    .verb = opcode == READ_REQUEST ? ISTH_OP_READ : ISTH_OP_WRITE,
    .function = opcode,
    .name = opcode == READ_REQUEST ? "fetch" : "write",
    .object = object,
  };

  if (isth_cursor_u8 (c) != BLOCK_REQUEST || isth_cursor_u8 (c) != 8)
    return false;
  area = isth_cursor_take (c, 6);
  isth_cursor_skip (c, 2); /* an empty block */
  if (c->failed || area.length < area.wire)
    return false;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  request.key = isth_context_digest (ctx, opcode, area.data, area.length);
  request.memo[0] = describe_area (area, object, sizeof object);
  if (opcode == WRITE_REQUEST)
    *data = (uint32_t) request.memo[0];
  if (!isth_emit_again (ctx, &request))
    isth_emit_request (ctx, &request);
  return true;
}

/* An answer. Sets @data to how many bytes of what was read follow. */
static bool
read_answer (IsthDissectContext *ctx,
             H1State            *state,
             IsthCursor         *c,
             uint8_t             opcode,
             uint32_t           *data)
{
  IsthEndpoint client = isth_context_receiver (ctx);
  char other[24];
  const char *text = NULL;
  const IsthPending *asked;
  uint8_t result;

  if (isth_cursor_u8 (c) != BLOCK_ANSWER || isth_cursor_u8 (c) != 3)
    return false;
  result = isth_cursor_u8 (c);
  isth_cursor_skip (c, 7); /* an empty block */
  if (c->failed)
    return false;
  if (result == 2)
    text = "block does not exist";
  else if (result == 3)
    text = "block too small";
  else if (result == 0xff)
    text = "not possible";
  else if (result != 0)
    text = isth_text_format (other, sizeof other, "error 0x%02x", result);
  asked = isth_emit_response (ctx, opcode, text ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, text, false);
  if (opcode == READ_RESPONSE && !text)
    *data = asked ? (uint32_t) asked->memo[0] : isth_cursor_wire_left (c);
  if (state->ends_known)
    return true;
  state->ends_known = true;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "siemens-h1-server");
  isth_emit_role (ctx, &client, "siemens-h1-client");
  return true;
}

/* Headers with their data. What was asked and answered fast may come in one piece. */
static IsthDissectResult
read_messages (IsthDissectContext *ctx,
               H1State            *state,
               IsthCursor         *c)
{
  while (isth_cursor_left (c) > 0)
    {
      uint32_t data = 0;
      uint8_t opcode;
      bool good;

      if (!has_header (c))
        {
          if (isth_cursor_peek (c, 0) == 'S' && isth_cursor_left (c) < HEADER)
            return ISTH_DISSECT_MALFORMED;
          return state->seen ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
        }
      state->seen = true;
      isth_cursor_skip (c, 5);
      opcode = isth_cursor_u8 (c);
      if (opcode == READ_REQUEST || opcode == WRITE_REQUEST)
        good = read_request (ctx, c, opcode, &data);
      else if (opcode == READ_RESPONSE || opcode == WRITE_RESPONSE)
        good = read_answer (ctx, state, c, opcode, &data);
      else
        good = false;
      if (!good)
        return ISTH_DISSECT_MALFORMED;
      isth_cursor_skip (c, MIN (data, isth_cursor_left (c)));
    }
  return ISTH_DISSECT_OK;
}

/* Connection request and confirmation of class 4, by the reference of who asks. */
static void
read_connection (IsthDissectContext *ctx,
                 uint8_t             code,
                 IsthCursor          header)
{
  uint16_t target, source;
  char selector[40], object[64] = "";

  isth_cursor_skip (&header, 1);
  target = isth_cursor_be16 (&header);
  source = isth_cursor_be16 (&header);
  isth_cursor_skip (&header, 1);
  if (code == TPDU_CC)
    {
      isth_emit_response (ctx, target, ISTH_OUTCOME_OK, NULL, false);
      return;
    }
  while (!header.failed && isth_cursor_left (&header) >= 2)
    {
      uint8_t parameter = isth_cursor_u8 (&header);
      uint8_t length = isth_cursor_u8 (&header);
      const uint8_t *bytes = isth_cursor_bytes (&header, length);

      if (parameter == 0xc2 && bytes)
        isth_text_format (object, sizeof object, "selector %s",
                          length > 2 && isth_text_is_printable (bytes, length) ? isth_text_from_bytes (selector, sizeof selector, bytes, length)
                                                                               : isth_text_from_hex (selector, sizeof selector, bytes, length));
    }
  isth_emit_request (ctx, &(IsthRequest){ .match = source, .verb = ISTH_OP_OTHER, .function = -1, .name = "connect", .object = object });
}

/* One TPDU of class 4 in an LLC frame, which Ethernet pads. */
static IsthDissectResult
read_transport (IsthDissectContext *ctx,
                H1State            *state,
                IsthCursor         *c)
{
  IsthCursor header;
  uint8_t code;

  if (!is_transport (c))
    return ISTH_DISSECT_NOT_MINE;
  isth_cursor_skip (c, 1);
  header = isth_cursor_take (c, isth_cursor_u8 (c));
  code = (uint8_t) (isth_cursor_peek (&header, 0) & 0xf0);
  if (code == TPDU_CR || code == TPDU_CC)
    read_connection (ctx, code, header);
  if (code != TPDU_DT || !has_header (c))
    return ISTH_DISSECT_OK;
  return read_messages (ctx, state, c);
}

static IsthDissectResult
h1_dissect (IsthCursor         *c,
            IsthDissectContext *ctx)
{
  H1State *state = isth_context_state (ctx);

  if (isth_context_packet (ctx)->llc_sap == LLC_TRANSPORT)
    return read_transport (ctx, state, c);
  return read_messages (ctx, state, c);
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 0 }, { ISTH_BIND_UDP, 0 }, { ISTH_BIND_COTP, 0 }, { ISTH_BIND_LLC, LLC_TRANSPORT } };

const IsthDissector isth_dissector_siemens_h1 = {
  .id = "siemens-h1", /* stored in project files: never change it */
  .title = N_("Siemens H1 (S5, Fetch/Write)"),
  .depth = ISTH_DEPTH_FULL,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (H1State),
  .probe = h1_probe,
  .dissect = h1_dissect,
};
