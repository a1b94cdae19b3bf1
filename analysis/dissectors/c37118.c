/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Synchrophasors, IEEE C37.118.2-2011 (and C37.118-2005): streams of phasors, over TCP and UDP. A command asks a measurement unit or concentrator for its
 * header, its configuration or its data; who sends these says by the configuration which units are in the stream. Each is a child by its
 * id: a concentrator sends many; where there is but one, it is the device itself (the world's business).
 *
 * The id in a command is that of whom it is sent to, not of the sender. Measured values are not read: without the configuration nobody could, and
 * nothing follows from them. Of a third configuration frame in several parts the first one is read. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <math.h>

#define SYNC 0xaa
#define HEADER 14     /* sync, type, size, id, second, fraction */
#define SHORTEST 16   /* and a checksum */
#define NAME 16
#define MOST_PROBED 1024 /* bytes of a frame that is held against its checksum before it is known to be one: lost streams are searched byte by byte */

typedef enum
{
  FRAME_DATA,
  FRAME_HEADER,
  FRAME_CONFIGURATION_1,
  FRAME_CONFIGURATION_2,
  FRAME_COMMAND,
  FRAME_CONFIGURATION_3,
} FrameType;

enum
{
  COMMAND_DATA_OFF = 1,
  COMMAND_DATA_ON,
  COMMAND_HEADER,
  COMMAND_CONFIGURATION_1,
  COMMAND_CONFIGURATION_2,
  COMMAND_CONFIGURATION_3,
  COMMAND_EXTENDED = 8,
};

static const struct
{
  const char *name;
  IsthOp verb;
} commands[] = {
  [COMMAND_DATA_OFF] = { "data-off", ISTH_OP_SUBSCRIBE },
  [COMMAND_DATA_ON] = { "data-on", ISTH_OP_SUBSCRIBE },
  [COMMAND_HEADER] = { "send-header", ISTH_OP_IDENTIFY },
  [COMMAND_CONFIGURATION_1] = { "send-configuration-1", ISTH_OP_IDENTIFY },
  [COMMAND_CONFIGURATION_2] = { "send-configuration-2", ISTH_OP_IDENTIFY },
  [COMMAND_CONFIGURATION_3] = { "send-configuration-3", ISTH_OP_IDENTIFY },
  [7] = { NULL },
  [COMMAND_EXTENDED] = { "extended-frame", ISTH_OP_OTHER },
};

#define N_SEEN 8

typedef struct
{
  bool client_told;
  uint8_t next_seen;
  uint32_t seen[N_SEEN]; /* streams that were told already, marked above their number */
} PhasorState;

static uint16_t
add_crc (uint16_t crc,
         uint8_t byte)
{
  uint16_t x = (uint16_t) (crc >> 8 ^ byte);

  x ^= x >> 4;
  return (uint16_t) (crc << 8 ^ x << 12 ^ x << 5 ^ x);
}

/* CRC-CCITT over all but the last two bytes (annex B). */
static bool
is_intact (const uint8_t *bytes,
           uint32_t n)
{
  uint16_t crc = 0xffff;

  for (uint32_t i = 0; i + 2 < n; i++)
    crc = add_crc (crc, bytes[i]);
  return bytes[n - 2] == crc >> 8 && bytes[n - 1] == (crc & 0xff);
}

static uint32_t
c37118_pdu_length (IsthCursor c)
{
  int sync = isth_cursor_peek (&c, 0), type = isth_cursor_peek (&c, 1);
  uint16_t size;

  if ((sync >= 0 && sync != SYNC) || (type >= 0 && ((type >> 4) > FRAME_CONFIGURATION_3 || (type & 0x0f) == 0)))
    return ISTH_PDU_INVALID;
  isth_cursor_skip (&c, 2);
  size = isth_cursor_be16 (&c);
  if (c.failed)
    return ISTH_PDU_MORE;
  return size < SHORTEST ? ISTH_PDU_INVALID : size;
}

static IsthProbe
c37118_probe (IsthCursor c,
              const IsthPacket *packet)
{
  uint32_t size = c37118_pdu_length (c);

  (void) packet;
  if (size == ISTH_PDU_INVALID || size == ISTH_PDU_MORE)
    return ISTH_PROBE_NO;
  if (size > isth_cursor_left (&c) || size > MOST_PROBED)
    return ISTH_PROBE_WEAK; /* long configurations come in several segments */
  return is_intact (c.data + c.position, size) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint64_t
get_match (uint16_t stream,
           uint16_t command)
{
  return (uint64_t) stream << 16 | command;
}

static IsthDissectResult
read_command (IsthDissectContext *ctx,
              PhasorState *state,
              uint16_t stream,
              IsthCursor *c)
{
  char object[24];
  IsthRequest request = { .verb = ISTH_OP_OTHER, .name = "user-command", .object = object };
  uint16_t command = isth_cursor_be16 (c);

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (!state->client_told)
    {
      state->client_told = true;
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_role (ctx, NULL, "c37118-client");
    }
  request.function = command;
  request.match = get_match (stream, command);
  request.no_answer = command == COMMAND_DATA_OFF || command == COMMAND_EXTENDED || command >= G_N_ELEMENTS (commands);
  if (command < G_N_ELEMENTS (commands) && commands[command].name)
    {
      request.name = commands[command].name;
      request.verb = commands[command].verb;
    }
  isth_text_format (object, sizeof object, "stream %u", stream);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

/* Tells once a flow that the sender has this stream. */
static void
note_server (IsthDissectContext *ctx,
             PhasorState *state,
             uint16_t stream,
             const uint8_t *at)
{
  char text[8];

  for (uint32_t i = 0; i < N_SEEN; i++)
    if (state->seen[i] == (0x10000u | stream))
      return;
  state->seen[state->next_seen] = 0x10000u | stream;
  state->next_seen = (state->next_seen + 1) % N_SEEN;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "c37118-server");
  isth_text_format (text, sizeof text, "%u", stream);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, text, ISTH_CONFIDENCE_PARSED, at, 2);
}

/* One more of what is sent many times a second. */
static void
say_data (IsthDissectContext *ctx,
          uint16_t stream)
{
  char object[24];
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .name = "data-frame", .object = object };

  request.key = isth_context_digest (ctx, stream, "data", 4);
  if (isth_emit_again (ctx, &request))
    return;
  isth_text_format (object, sizeof object, "stream %u", stream);
  isth_emit_request (ctx, &request);
}

/* What a configuration says of one unit. */
typedef struct
{
  const uint8_t *name;
  uint32_t name_length;
  const uint8_t *id;      /* two bytes */
  const uint8_t *global;  /* sixteen bytes, NULL: none */
  const uint8_t *place;   /* latitude and longitude, NULL: none */
} Unit;

/* The place as degrees; infinite where it is not known (table 10 of the standard). */
static void
say_place (IsthDissectContext *ctx,
           const IsthEndpoint *child,
           const uint8_t *place)
{
  IsthCursor c = isth_cursor_new (place, 8, 8);
  uint32_t words[2] = { isth_cursor_be32 (&c), isth_cursor_be32 (&c) };
  float degrees[2];
  char text[48];

  memcpy (degrees, words, sizeof degrees);
  if (!isfinite (degrees[0]) || !isfinite (degrees[1]) || fabsf (degrees[0]) > 90 || fabsf (degrees[1]) > 180 || (degrees[0] == 0 && degrees[1] == 0))
    return;
  isth_text_format (text, sizeof text, "%.4f° %c, %.4f° %c", (double) fabsf (degrees[0]), degrees[0] < 0 ? 'S' : 'N', (double) fabsf (degrees[1]),
                    degrees[1] < 0 ? 'W' : 'E');
  isth_emit_claim (ctx, child, ISTH_ATTRIBUTE_LOCATION, text, ISTH_CONFIDENCE_PARSED, place, 8);
}

static void
say_unit (IsthDissectContext *ctx,
          const Unit *unit)
{
  static const uint8_t none[16] = { 0 };
  IsthEndpoint child = isth_context_sender (ctx);
  uint16_t id = isth_be16 (unit->id);
  char path[24], text[ISTH_LIMIT_TEXT];

  child.child = isth_text_format (path, sizeof path, "c37118-pmu:%u", id);
  isth_emit_child (ctx, &child, unit->id, 2);
  isth_text_format (text, sizeof text, "%u", id);
  isth_emit_claim (ctx, &child, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, text, ISTH_CONFIDENCE_PARSED, unit->id, 2);
  isth_text_from_string (text, sizeof text, unit->name, unit->name_length);
  isth_emit_claim (ctx, &child, ISTH_ATTRIBUTE_STATION, text, ISTH_CONFIDENCE_PARSED, unit->name, unit->name_length);
  if (unit->global && memcmp (unit->global, none, sizeof none) != 0)
    {
      isth_text_from_hex (text, sizeof text, unit->global, 16);
      isth_emit_claim (ctx, &child, ISTH_ATTRIBUTE_DEVICE_ID, text, ISTH_CONFIDENCE_PARSED, unit->global, 16);
    }
  if (unit->place)
    say_place (ctx, &child, unit->place);
}

/* Configurations 1 and 2 (6.4): names of sixteen characters. */
static bool
read_unit_12 (IsthCursor *c,
              Unit *unit)
{
  uint32_t phasors, analogs, digitals;

  unit->name = isth_cursor_bytes (c, NAME);
  unit->name_length = NAME;
  unit->id = isth_cursor_bytes (c, 2);
  isth_cursor_skip (c, 2);
  phasors = isth_cursor_be16 (c);
  analogs = isth_cursor_be16 (c);
  digitals = isth_cursor_be16 (c);
  isth_cursor_skip (c, NAME * (phasors + analogs + 16 * digitals) + 4 * (phasors + analogs + digitals) + 4);
  return !c->failed;
}

/* Configuration 3 (6.5): names as long as they are. */
static bool
read_unit_3 (IsthCursor *c,
             Unit *unit)
{
  uint32_t phasors, analogs, digitals;

  unit->name_length = isth_cursor_u8 (c);
  unit->name = isth_cursor_bytes (c, unit->name_length);
  unit->id = isth_cursor_bytes (c, 2);
  unit->global = isth_cursor_bytes (c, 16);
  isth_cursor_skip (c, 2);
  phasors = isth_cursor_be16 (c);
  analogs = isth_cursor_be16 (c);
  digitals = isth_cursor_be16 (c);
  for (uint32_t i = 0; i < phasors + analogs + 16 * digitals && !c->failed; i++)
    isth_cursor_skip (c, isth_cursor_u8 (c));
  isth_cursor_skip (c, 12 * phasors + 8 * analogs + 4 * digitals);
  unit->place = isth_cursor_bytes (c, 8);
  isth_cursor_skip (c, 4 + 1 + 4 + 4 + 2 + 2); /* elevation, class, window, delay, frequency, changes */
  return !c->failed;
}

static IsthDissectResult
read_configuration (IsthDissectContext *ctx,
                    FrameType type,
                    IsthCursor *c)
{
  uint16_t part = type == FRAME_CONFIGURATION_3 ? isth_cursor_be16 (c) : 0;
  uint16_t units;

  if (part > 1)
    return ISTH_DISSECT_OK; /* a later part begins wherever the one before it ended */
  isth_cursor_skip (c, 4); /* time base */
  units = isth_cursor_be16 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  for (uint16_t i = 0; i < units; i++)
    {
      Unit unit = { 0 };

      if (!(type == FRAME_CONFIGURATION_3 ? read_unit_3 (c, &unit) : read_unit_12 (c, &unit)))
        return part == 1 ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
      say_unit (ctx, &unit);
    }
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_frame (IsthDissectContext *ctx,
            FrameType type,
            uint16_t stream,
            IsthCursor *c)
{
  static const uint16_t answered[] = {
    [FRAME_DATA] = COMMAND_DATA_ON,
    [FRAME_HEADER] = COMMAND_HEADER,
    [FRAME_CONFIGURATION_1] = COMMAND_CONFIGURATION_1,
    [FRAME_CONFIGURATION_2] = COMMAND_CONFIGURATION_2,
    [FRAME_CONFIGURATION_3] = COMMAND_CONFIGURATION_3,
  };
  uint32_t n = isth_cursor_left (c);

  isth_emit_response (ctx, get_match (stream, answered[type]), ISTH_OUTCOME_OK, NULL, false);
  if (type == FRAME_DATA)
    say_data (ctx, stream);
  else if (type == FRAME_HEADER)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_DESCRIPTION, ISTH_CONFIDENCE_BANNER, isth_cursor_bytes (c, n), n);
  else
    return read_configuration (ctx, type, c);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
c37118_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  PhasorState *state = isth_context_state (ctx);
  uint32_t size = c37118_pdu_length (*c);
  const uint8_t *bytes = c->data + c->position;
  FrameType type;
  uint16_t stream;

  if (size == ISTH_PDU_INVALID)
    return ISTH_DISSECT_NOT_MINE;
  if (size == ISTH_PDU_MORE || size > isth_cursor_wire_left (c))
    return ISTH_DISSECT_MALFORMED;
  if (size > isth_cursor_left (c))
    return ISTH_DISSECT_OK; /* the capture cut it: its checksum cannot be held against it */
  if (!is_intact (bytes, size))
    return ISTH_DISSECT_MALFORMED;
  type = (FrameType) (bytes[1] >> 4);
  isth_cursor_skip (c, 4);
  stream = isth_cursor_be16 (c);
  isth_cursor_skip (c, HEADER - 6);
  isth_cursor_limit (c, size - SHORTEST);
  if (type == FRAME_COMMAND)
    return read_command (ctx, state, stream, c);
  note_server (ctx, state, stream, bytes + 4);
  return read_frame (ctx, type, stream, c);
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 4712 }, { ISTH_BIND_UDP, 4713 }, { ISTH_BIND_UDP, 4712 } };

const IsthDissector isth_dissector_c37118 = {
  .id = "c37118", /* stored in project files: never change it */
  .title = "IEEE C37.118",
  .depth = ISTH_DEPTH_FULL,
  .identity = "station protocol_address device_id location description",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (PhasorState),
  .probe = c37118_probe,
  .pdu_length = c37118_pdu_length,
  .dissect = c37118_dissect,
};
