/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mitsubishi's MC protocol and SLMP (IEC 61158 type 23's client and server): frames 3E and 4E, binary and ASCII, and binary 1E. SH-080956 4 and 5, SH-080008 3;
 * what CC-Link IE adds: melsec-link.c.
 *
 * A frame names a route: network, station, I/O number of a module, multidrop station. Anything but "the station connected" is a
 * child: "melsec-station:NETWORK.STATION", "melsec-cpu:N" (CPUs 2 to 4 of a rack), "melsec-multidrop:N". 3E answers carry no
 * number; one answers the request before it. Labels, and what read devices hold, are not shown, and passwords never are. ASCII 1E
 * frames are not read: nothing in them tells them from other text. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/melsec-link.h"
#include "analysis/dissectors/melsec-objects.h"
#include "analysis/dissectors/melsec-tables.h"
#include "analysis/dissectors/secret.h"

#define LONGEST 16384 /* bytes behind the length; requests hold up to 960 words */
#define CHILD_TEXT 64
#define PASSWORD_UNLOCK 0x1630
#define PASSWORD_LOCK 0x1631
#define MATCH_1E (UINT64_C (1) << 40)

typedef struct
{
  bool client_known, server_known;
} MelsecState;

typedef enum
{
  FRAME_NONE,
  FRAME_3E,
  FRAME_4E,
} FrameKind;

typedef struct
{
  FrameKind kind;
  bool ascii, answer;
  uint16_t serial;
  uint8_t network, station, multidrop;
  uint16_t module;
  uint32_t length;  /* bytes behind the length field */
} MelsecHeader;

static bool
read_header (IsthCursor *c,
             MelsecHeader *h)
{
  uint8_t first = isth_cursor_u8 (c), second = isth_cursor_u8 (c);

  *h = (MelsecHeader){ 0 };
  h->ascii = first == '5' || first == 'D';
  if (h->ascii)
    {
      h->answer = first == 'D';
      h->kind = second == '0' ? FRAME_3E : second == '4' ? FRAME_4E : FRAME_NONE;
      if (isth_cursor_u8 (c) != '0' || isth_cursor_u8 (c) != '0')
        return false;
    }
  else
    {
      h->answer = first & 0x80;
      h->kind = second != 0 ? FRAME_NONE : (first & 0x7f) == 0x50 ? FRAME_3E : (first & 0x7f) == 0x54 ? FRAME_4E : FRAME_NONE;
    }
  if (h->kind == FRAME_4E)
    {
      h->serial = (uint16_t) isth_melsec_read_number (c, h->ascii, 2);
      if (isth_melsec_read_number (c, h->ascii, 2) != 0)
        return false;
    }
  h->network = (uint8_t) isth_melsec_read_number (c, h->ascii, 1);
  h->station = (uint8_t) isth_melsec_read_number (c, h->ascii, 1);
  h->module = (uint16_t) isth_melsec_read_number (c, h->ascii, 2);
  h->multidrop = (uint8_t) isth_melsec_read_number (c, h->ascii, 1);
  h->length = isth_melsec_read_number (c, h->ascii, 2);
  return h->kind != FRAME_NONE && h->module <= 0x03ff && h->length >= (h->ascii ? 4 : 2) && h->length <= LONGEST;
}

static const MelsecCommand *
get_command (const MelsecCommand *commands,
             size_t n,
             uint16_t code)
{
  static const MelsecCommand unknown = { 0, ISTH_OP_OTHER, MELSEC_BODY_NONE, "command" };

  for (size_t i = 0; i < n; i++)
    if (commands[i].code == code)
      return &commands[i];
  return &unknown;
}

#define COMMAND(code) get_command (melsec_commands, G_N_ELEMENTS (melsec_commands), code)
#define COMMAND_1E(code) get_command (melsec_commands_1e, G_N_ELEMENTS (melsec_commands_1e), code)

/* How long a 1E request is by its head; 0: it cannot be one. */
static uint32_t
measure_1e (IsthCursor c)
{
  uint8_t code = isth_cursor_u8 (&c);
  uint32_t points;

  if (isth_cursor_u8 (&c) != 0xff || c.failed)
    return 0; /* of the PC numbers only that of the station connected is used over Ethernet */
  if (code >= 0x13 && code <= 0x15)
    return 4;
  isth_cursor_skip (&c, 2);
  if (code > 3 || !isth_melsec_read_place_1e (&c).device)
    return 0;
  points = isth_cursor_u8 (&c);
  if (isth_cursor_u8 (&c) != 0 || c.failed)
    return 0;
  points = points == 0 ? 256 : points;
  return 12 + (code == 2 ? (points + 1) / 2 : code == 3 ? 2 * points : 0);
}

static IsthProbe
melsec_probe (IsthCursor c,
              const IsthPacket *packet)
{
  int first = isth_cursor_peek (&c, 0), second = isth_cursor_peek (&c, 1);
  uint32_t whole = isth_cursor_wire_left (&c);
  MelsecHeader h;

  (void) packet;
  if (first >= 0 && first <= 0x15 && second == 0xff)
    {
      if (measure_1e (c) != whole)
        return ISTH_PROBE_NO;
      return first < 4 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK; /* the others are four bytes in all */
    }
  if (first >= 0x80 && first <= 0x95)
    return second == 0 || (second >= 0x50 && second <= 0x60) ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  if (first != 0x50 && first != 0x54 && first != 0xd0 && first != 0xd4 && first != '5' && first != 'D')
    return ISTH_PROBE_NO;
  if (!read_header (&c, &h) || c.failed)
    return ISTH_PROBE_NO;
  if (h.length != isth_cursor_wire_left (&c) || (h.station == 0 && h.network == 0))
    return ISTH_PROBE_WEAK;
  if (!h.answer)
    {
      isth_melsec_read_number (&c, h.ascii, 2); /* how long the server may take */
      if (COMMAND (isth_melsec_read_number (&c, h.ascii, 2))->code == 0 || isth_melsec_read_number (&c, h.ascii, 2) > 0x00c3)
        return ISTH_PROBE_WEAK;
    }
  return c.failed ? ISTH_PROBE_WEAK : ISTH_PROBE_STRONG;
}

static uint32_t
melsec_pdu_length (IsthCursor c)
{
  int first = isth_cursor_peek (&c, 0), second = isth_cursor_peek (&c, 1);
  uint32_t whole = isth_cursor_wire_left (&c);
  uint32_t start = c.position;
  MelsecHeader h;
  bool good;

  if (first < 0 || second < 0)
    return ISTH_PDU_MORE;
  if (first <= 0x15)
    {
      uint32_t length = measure_1e (c);

      if (length == 0)
        return whole < 12 && second == 0xff && first <= 3 ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
      return length;
    }
  if (first >= 0x80 && first <= 0x95)
    return whole; /* how much a 1E answer holds, only its request tells */
  good = read_header (&c, &h);
  if (!good && !(c.failed && h.kind != FRAME_NONE && whole < 22))
    return ISTH_PDU_INVALID;
  return c.failed ? ISTH_PDU_MORE : c.position - start + h.length;
}

/* The child the route leads to, NULL for the station connected. */
static const char *
format_child (char text[CHILD_TEXT],
              const MelsecHeader *h)
{
  bool station = h->network != 0 || (h->station != 0xff && h->station != 0);
  unsigned int cpu = h->module >= 0x03e1 && h->module <= 0x03e3 ? h->module - 0x03e0u + 1 : 0;

  if (station && cpu)
    return isth_text_format (text, CHILD_TEXT, "melsec-station:%u.%u > melsec-cpu:%u", h->network, h->station, cpu);
  if (station)
    return isth_text_format (text, CHILD_TEXT, "melsec-station:%u.%u", h->network, h->station);
  if (cpu)
    return isth_text_format (text, CHILD_TEXT, "melsec-cpu:%u", cpu);
  if (h->multidrop != 0)
    return isth_text_format (text, CHILD_TEXT, "melsec-multidrop:%u", h->multidrop);
  return NULL;
}

/* A file is opened, read or written piece by piece, and closed. */
static void
follow_file (IsthDissectContext *ctx,
             uint16_t code,
             const char *object,
             const char *child,
             bool answer,
             uint32_t bytes)
{
  IsthTransfer transfer = { .verb = ISTH_OP_FILE, .child = child, .by_device = answer, .bytes = bytes };

  if (code == 0x1827 && !answer)
    {
      transfer.object = object;
      isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
    }
  else if ((code == 0x1829 && !answer) || (code == 0x1828 && answer))
    isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
  else if (code == 0x182a && answer)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
}

static bool
is_to_all (const IsthDissectContext *ctx)
{
  const IsthPacket *packet = isth_context_packet (ctx);

  return isth_address_is_group (&packet->target) || isth_address_is_group (&packet->target_mac);
}

static void
note_client (IsthDissectContext *ctx,
             MelsecState *state)
{
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role_once (ctx, &state->client_known, "melsec-client");
}

static void
note_server (IsthDissectContext *ctx,
             MelsecState *state)
{
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role_once (ctx, &state->server_known, "melsec-server");
}

/* About how long the password is: behind its length, in either way of writing. */
static const char *
measure_password (const MelsecHeader *h,
                  IsthCursor c)
{
  uint32_t n = (uint32_t) isth_melsec_read_number (&c, h->ascii, 2);

  return isth_secret_class (c.failed ? ISTH_SECRET_CUT : n);
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              MelsecState *state,
              const MelsecHeader *h,
              IsthCursor c)
{
  char object[ISTH_LIMIT_TEXT] = "", child[CHILD_TEXT];
  const MelsecCommand *command;
  uint16_t code, sub;
  IsthRequest request = { .match = h->serial, .object = object };
  IsthEndpoint station = { 0 };
  uint32_t deciding; /* bytes that say what a batch acts on */
  bool good;

  isth_melsec_read_number (&c, h->ascii, 2);
  code = (uint16_t) isth_melsec_read_number (&c, h->ascii, 2);
  sub = (uint16_t) isth_melsec_read_number (&c, h->ascii, 2);
  if (c.failed)
    return ISTH_DISSECT_MALFORMED;
  command = COMMAND (code);
  if (code == MELSEC_CYCLIC && !h->ascii && isth_melsec_read_cyclic_request (ctx, c))
    return ISTH_DISSECT_OK;
  request.function = code;
  request.memo[0] = sub;
  if (code == PASSWORD_UNLOCK || code == PASSWORD_LOCK)
    isth_context_show (ctx, c.data, c.position);
  request.elsewhere = (code == MELSEC_NODE_SEARCH || code == MELSEC_SET_ADDRESS) && is_to_all (ctx);
  note_client (ctx, state);
  deciding = h->ascii ? (sub & 2 ? 16 : 12) : (sub & 2 ? 8 : 6);
  if (command->body == MELSEC_BODY_BATCH && isth_cursor_left (&c) >= deciding)
    request.key = isth_context_digest (ctx, (uint64_t) h->network << 48 | (uint64_t) h->station << 40 | (uint64_t) h->multidrop << 32 | (uint64_t) code << 16 | sub,
                                       c.data + c.position, deciding) ^ h->module;
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  request.verb = command->verb;
  request.name = command->name;
  request.child = format_child (child, h);
  good = isth_melsec_describe (command, sub, h->ascii, c, object, sizeof object);
  if (command->code == 0)
    isth_text_format (object, sizeof object, "command 0x%04x", code);
  else if (code == PASSWORD_UNLOCK || code == PASSWORD_LOCK)
    isth_text_format (object, sizeof object, "password in clear (%s)", measure_password (h, c));
  else if (code == 0x4020 && sub <= 6 && !h->ascii) /* reading is odd, and so is reading several */
    request.verb = sub & 1 ? ISTH_OP_READ : ISTH_OP_WRITE;
  if (code == MELSEC_SET_ADDRESS && !h->ascii)
    {
      isth_melsec_describe_address (ctx, c, object, sizeof object, &station);
      request.target = station.mac.kind != ISTH_ADDRESS_NONE ? &station : NULL;
    }
  isth_emit_request (ctx, &request);
  if (good && code == 0x1829)
    {
      isth_cursor_skip (&c, h->ascii ? 12 : 6);
      follow_file (ctx, code, NULL, request.child, false, isth_melsec_read_number (&c, h->ascii, 2));
    }
  else if (good)
    follow_file (ctx, code, object, request.child, false, 0);
  return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

/* 5.2.1: sixteen characters and a code of the type. CPUs of the MELSEC series are Mitsubishi's; others speak SLMP as well. */
static void
read_type_name (IsthDissectContext *ctx,
                const MelsecHeader *h,
                IsthCursor c,
                const IsthEndpoint *about)
{
  const uint8_t *name = isth_cursor_bytes (&c, 16);
  const uint8_t *at = c.data + c.position;
  uint32_t code = isth_melsec_read_number (&c, h->ascii, 2);
  char text[40];

  if (!name || !isth_text_is_printable (name, 16))
    return;
  isth_text_from_bytes (text, sizeof text, name, 16);
  isth_emit_text (ctx, about, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, name, 16);
  if (strstr (text, "CPU") || g_str_has_prefix (text, "FX"))
    isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_VENDOR, "Mitsubishi Electric", ISTH_CONFIDENCE_PARSED, name, 16);
  if (!c.failed)
    isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_PRODUCT_CODE, isth_text_format (text, sizeof text, "%04X", code), ISTH_CONFIDENCE_PARSED,
                     at, h->ascii ? 4 : 2);
}

static const char *
get_end_text (uint16_t end,
              char *text,
              size_t size)
{
  for (size_t i = 0; i < G_N_ELEMENTS (melsec_end_codes); i++)
    if (melsec_end_codes[i].code == end)
      return melsec_end_codes[i].text;
  return isth_text_format (text, size, "end code 0x%04x", end);
}

static IsthDissectResult
read_answer (IsthDissectContext *ctx,
             MelsecState *state,
             const MelsecHeader *h,
             IsthCursor c)
{
  uint16_t end = (uint16_t) isth_melsec_read_number (&c, h->ascii, 2);
  IsthEndpoint about = isth_context_sender (ctx);
  char other[24], child[CHILD_TEXT];
  const char *refused = NULL;
  const IsthPending *pending;
  bool searched; /* all kinds of stations answer, not controllers alone */

  if (c.failed)
    return ISTH_DISSECT_MALFORMED;
  if (end != 0)
    refused = get_end_text (end, other, sizeof other);
  if (!refused && !h->ascii && isth_melsec_read_cyclic_answer (ctx, c))
    return ISTH_DISSECT_OK;
  about.child = format_child (child, h);
  pending = isth_context_find_request (ctx, h->serial);
  searched = pending && pending->function == MELSEC_NODE_SEARCH;
  if (!searched && !(pending && pending->function == MELSEC_SET_ADDRESS))
    note_server (ctx, state);
  pending = isth_emit_response (ctx, h->serial, refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, refused, searched);
  if (refused && pending && pending->function >= 0x1827 && pending->function <= 0x1829)
    isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT,
                        &(IsthTransfer){ .verb = ISTH_OP_FILE, .child = about.child, .by_device = true, .text = refused });
  if (refused || (!h->ascii && (searched || !pending) && isth_melsec_read_node (ctx, c)))
    return ISTH_DISSECT_OK;
  if (about.child)
    isth_emit_child (ctx, &about, NULL, 0);
  if (pending && pending->function == 0x0101)
    read_type_name (ctx, h, c, &about);
  else if (pending && (pending->function == 0x1828 || pending->function == 0x182a))
    follow_file (ctx, (uint16_t) pending->function, NULL, about.child, true, pending->function == 0x1828 ? isth_melsec_read_number (&c, h->ascii, 2) : 0);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_1e_request (IsthDissectContext *ctx,
                 MelsecState *state,
                 IsthCursor c)
{
  bool whole = measure_1e (c) <= isth_cursor_wire_left (&c);
  uint8_t code = isth_cursor_u8 (&c);
  const MelsecCommand *command = COMMAND_1E (code);
  char object[64] = "";

  if (!whole)
    return ISTH_DISSECT_MALFORMED;
  note_client (ctx, state);
  isth_cursor_skip (&c, 3); /* PC number, how long the server may take */
  if (command->body == MELSEC_BODY_BATCH)
    {
      MelsecPlace place = isth_melsec_read_place_1e (&c);
      uint32_t points = isth_cursor_u8 (&c);

      if (!c.failed)
        isth_melsec_format_place (object, sizeof object, &place, points == 0 ? 256 : points);
    }
  isth_emit_request (ctx, &(IsthRequest){ .match = MATCH_1E | code, .verb = command->verb, .function = code, .name = command->name, .object = object });
  return c.failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

/* Read PC type answers with one byte that stands for the CPU. */
static IsthDissectResult
read_1e_answer (IsthDissectContext *ctx,
                MelsecState *state,
                IsthCursor c)
{
  uint8_t code = isth_cursor_u8 (&c) & 0x7f;
  uint8_t end = isth_cursor_u8 (&c);
  char text[40];
  const IsthPending *pending;

  if (c.failed)
    return ISTH_DISSECT_MALFORMED;
  pending = isth_emit_response (ctx, MATCH_1E | code, end == 0 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                                end == 0 ? NULL
                                : end == 0x5b ? isth_text_format (text, sizeof text, "abnormal code 0x%02x", isth_cursor_u8 (&c))
                                              : isth_text_format (text, sizeof text, "end code 0x%02x", end), false);
  if (!pending)
    return ISTH_DISSECT_NOT_MINE; /* an 1E answer alone says nothing */
  note_server (ctx, state);
  if (code == 0x15 && end == 0)
    {
      const uint8_t *at = c.data + c.position;
      uint8_t type = isth_cursor_u8 (&c);

      if (!c.failed)
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PRODUCT_CODE, isth_text_format (text, sizeof text, "%02X", type), ISTH_CONFIDENCE_PARSED, at, 1);
    }
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
melsec_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  MelsecState *state = isth_context_state (ctx);
  int first = isth_cursor_peek (c, 0);
  IsthCursor body;
  MelsecHeader h;
  bool good;

  if (first >= 0 && first <= 0x15)
    return measure_1e (*c) == 0 ? ISTH_DISSECT_NOT_MINE : read_1e_request (ctx, state, *c);
  if (first >= 0x80 && first <= 0x95)
    return read_1e_answer (ctx, state, *c);
  good = read_header (c, &h);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (!good)
    return ISTH_DISSECT_NOT_MINE;
  body = isth_cursor_take (c, h.length);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  return h.answer ? read_answer (ctx, state, &h, body) : read_request (ctx, state, &h, body);
}

static const IsthBinding bindings[] = {
  { ISTH_BIND_TCP, 5007 }, { ISTH_BIND_UDP, 5006 }, { ISTH_BIND_UDP, 61450 }, { ISTH_BIND_UDP, 61451 },
};

const IsthDissector isth_dissector_melsec = {
  .id = "melsec", /* stored in project files: never change it */
  .title = "SLMP (MELSEC)",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor vendor_id model product_code hardware hostname state",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (MelsecState),
  .probe = melsec_probe,
  .pdu_length = melsec_pdu_length,
  .dissect = melsec_dissect,
};
