/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IEC 60870-5-104 (edition 2): which controlling station commands which station, by the common address of its data, and what that answers.
 *
 * Every ASDU is one operation, confirmations and terminations too, as the standard has it: they are ASDUs of the same type in the other direction; they
 * weigh nothing, and settle the command they mirror. A negative one refuses it. Reports are told apart by type and cause, not by their objects; measured
 * values and set points are not read. An ASDU of a type that both sides send (files, security) has the direction that is known otherwise.
 *
 * Each common address is a child; where a controlled station has but one, it is the station itself (the world's business). */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/iec104-asdu.h"

#define START 0x68
#define CONTROL 6      /* start, length, four control octets */
#define SHORTEST 4     /* what the length may be */
#define LONGEST 253
#define N_SEEN 16

/* Unnumbered control functions: a bit each for the command, the next one up for its confirmation. */
enum
{
  STARTDT_ACT = 0x07,
  STARTDT_CON = 0x0b,
  STOPDT_ACT = 0x13,
  STOPDT_CON = 0x23,
  TESTFR_ACT = 0x43,
  TESTFR_CON = 0x83,
};

typedef struct
{
  bool controlling_told, controlled_told;
  uint8_t n_seen, next_seen;
  uint16_t seen[N_SEEN]; /* stations that were told already */
} Iec104State;

#define CHILD_TEXT 24

static bool
is_unnumbered (int octet)
{
  return octet == STARTDT_ACT || octet == STARTDT_CON || octet == STOPDT_ACT || octet == STOPDT_CON || octet == TESTFR_ACT || octet == TESTFR_CON;
}

static IsthProbe
probe_asdu (IsthCursor c,
            uint32_t length)
{
  IsthIec104Asdu asdu;

  isth_cursor_skip (&c, CONTROL);
  isth_cursor_limit (&c, length - SHORTEST);
  if (!isth_iec104_read_asdu (c, &asdu) || !asdu.type->name || !iec104_causes[asdu.cause] || asdu.station == 0)
    return ISTH_PROBE_WEAK;
  return isth_iec104_fits (&asdu) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static IsthProbe
iec104_probe (IsthCursor c,
              const IsthPacket *packet)
{
  int length = isth_cursor_peek (&c, 1), first = isth_cursor_peek (&c, 2), second = isth_cursor_peek (&c, 3);
  int third = isth_cursor_peek (&c, 4), fourth = isth_cursor_peek (&c, 5), next = isth_cursor_peek (&c, 6);

  (void) packet;
  if (isth_cursor_peek (&c, 0) != START || length < SHORTEST || length > LONGEST || fourth < 0)
    return ISTH_PROBE_NO;
  if (first & 1)
    {
      if (length != SHORTEST || second != 0 || (next >= 0 && next != START))
        return ISTH_PROBE_NO;
      if (first == 1)
        return third & 1 ? ISTH_PROBE_NO : ISTH_PROBE_STRONG;
      return is_unnumbered (first) && third == 0 && fourth == 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    }
  if ((third & 1) || length < SHORTEST + IEC104_ASDU_HEADER)
    return ISTH_PROBE_NO;
  return probe_asdu (c, (uint32_t) length);
}

static uint32_t
iec104_pdu_length (IsthCursor c)
{
  int start = isth_cursor_peek (&c, 0), length = isth_cursor_peek (&c, 1);

  if (start >= 0 && start != START)
    return ISTH_PDU_INVALID;
  if (length < 0)
    return ISTH_PDU_MORE;
  return length < SHORTEST || length > LONGEST ? ISTH_PDU_INVALID : 2u + (uint32_t) length;
}

static bool
is_station (uint16_t station)
{
  return station != 0 && station != IEC104_ALL_STATIONS;
}

static const char *
format_child (char text[CHILD_TEXT],
              uint16_t station)
{
  return is_station (station) ? isth_text_format (text, CHILD_TEXT, "iec104-ca:%u", station) : NULL;
}

/* Tells once a flow who is who. */
static void
note_sender (IsthDissectContext *ctx,
             Iec104State *state,
             bool controlling)
{
  bool *told = controlling ? &state->controlling_told : &state->controlled_told;

  if (*told)
    return;
  *told = true;
  isth_context_prove_direction (ctx, controlling ? ISTH_FROM_CLIENT : ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, controlling ? "iec104-controlling-station" : "iec104-controlled-station");
}

/* Tells once a flow that the sender holds this station. */
static void
note_station (IsthDissectContext *ctx,
              Iec104State *state,
              uint16_t station,
              const uint8_t *at)
{
  IsthEndpoint child = isth_context_sender (ctx);
  char path[CHILD_TEXT], text[8];

  if (!is_station (station))
    return;
  for (uint8_t i = 0; i < state->n_seen; i++)
    if (state->seen[i] == station)
      return;
  state->seen[state->next_seen] = station;
  state->next_seen = (state->next_seen + 1) % N_SEEN;
  state->n_seen = MIN (state->n_seen + 1, N_SEEN);
  child.child = format_child (path, station);
  isth_text_format (text, sizeof text, "%u", station);
  isth_emit_child (ctx, &child, at, 2);
  isth_emit_claim (ctx, &child, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, text, ISTH_CONFIDENCE_PARSED, at, 2);
}

/* Commands are mirrored with their type, station and object; a call for a file is answered by ASDUs of other types. */
static uint64_t
get_match (const IsthIec104Asdu *asdu,
           uint16_t station)
{
  uint8_t type = asdu->id >= 120 ? 120 : asdu->id;

  return (uint64_t) type << 40 | (uint64_t) station << 24 | asdu->object;
}

static void
answer (IsthDissectContext *ctx,
        const IsthIec104Asdu *asdu,
        IsthOutcome outcome,
        const char *text)
{
  if (!isth_emit_response (ctx, get_match (asdu, asdu->station), outcome, text, false))
    isth_emit_response (ctx, get_match (asdu, IEC104_ALL_STATIONS), outcome, text, true); /* each station confirms what was asked of all */
}

/* A mirrored command: confirmed, refused, or not understood. The termination of what was confirmed settles nothing more. */
static void
settle (IsthDissectContext *ctx,
        const IsthIec104Asdu *asdu)
{
  if (asdu->cause >= CAUSE_UNKNOWN_TYPE && asdu->cause <= CAUSE_UNKNOWN_OBJECT)
    answer (ctx, asdu, ISTH_OUTCOME_REFUSED, iec104_causes[asdu->cause]);
  else if (asdu->cause == CAUSE_ACTIVATION_CONFIRMATION || asdu->cause == CAUSE_DEACTIVATION_CONFIRMATION || asdu->cause == CAUSE_TERMINATION)
    answer (ctx, asdu, asdu->negative ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, asdu->negative ? "negative confirmation" : NULL);
  else if (asdu->type->monitored && asdu->cause == CAUSE_REQUEST) /* what a read command asked for */
    isth_emit_response (ctx, UINT64_C (102) << 40 | (uint64_t) asdu->station << 24 | asdu->object, ISTH_OUTCOME_OK, NULL, false);
}

/* The steps of a file's way (101, 7.4.11): ready, segments, acknowledged. */
static void
follow_file (IsthDissectContext *ctx,
             const IsthIec104Asdu *asdu,
             const char *child,
             bool controlling)
{
  IsthCursor c = asdu->elements;
  uint16_t name = isth_cursor_le16 (&c);
  char object[48];
  IsthTransfer transfer = {
    .verb = ISTH_OP_FILE,
    .match = (uint64_t) asdu->object << 16 | name,
    .child = child,
    .by_device = !controlling,
    .object = isth_text_format (object, sizeof object, "file %u of object %u", name, asdu->object),
  };
  uint8_t octet;

  if (asdu->id == 120) /* length of file, qualifier */
    {
      transfer.total = isth_cursor_le16 (&c);
      transfer.total |= (uint64_t) isth_cursor_u8 (&c) << 16;
      octet = isth_cursor_u8 (&c);
      if (!c.failed && !(octet & 0x80))
        isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
      return;
    }
  isth_cursor_skip (&c, 1); /* section */
  octet = isth_cursor_u8 (&c);
  if (c.failed)
    return;
  if (asdu->id == 125)
    {
      transfer.bytes = octet;
      isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
    }
  else if (asdu->id == 124 && (octet & 0x0f) == 1)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
  else if ((asdu->id == 124 && (octet & 0x0f) == 2) || (asdu->id == 122 && (octet & 0x0f) == 3) || (asdu->id == 123 && octet == 2))
    {
      transfer.text = asdu->id == 124 ? "file not acknowledged" : "file deactivated";
      isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
    }
}

/* What file ready and section ready say of the call before them; segments and directories are what was called for. */
static void
answer_call (IsthDissectContext *ctx,
             const IsthIec104Asdu *asdu)
{
  int octet = asdu->id == 120 ? isth_cursor_peek (&asdu->elements, 5) : asdu->id == 121 ? isth_cursor_peek (&asdu->elements, 6) : 0;

  if (asdu->cause >= CAUSE_UNKNOWN_TYPE)
    answer (ctx, asdu, ISTH_OUTCOME_REFUSED, iec104_causes[asdu->cause]);
  else if (asdu->id == 120 || asdu->id == 121 || asdu->id == 125 || asdu->id == 126)
    answer (ctx, asdu, octet >= 0 && (octet & 0x80) ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
            octet >= 0 && (octet & 0x80) ? asdu->id == 120 ? "file not ready" : "section not ready" : NULL);
}

/* What decides the operation of an ASDU that says the same again and again; 0 when its text must be made. */
static uint64_t
make_key (IsthDissectContext *ctx,
          const IsthIec104Asdu *asdu,
          bool controlling)
{
  uint8_t what[] = { asdu->id, asdu->cause, asdu->negative, asdu->test, controlling };

  if (controlling || asdu->id >= 120)
    return 0;
  return isth_context_digest (ctx, asdu->station, what, sizeof what);
}

/* What a controlling station asks for. */
static void
say_command (IsthDissectContext *ctx,
             const IsthIec104Asdu *asdu,
             IsthRequest *request)
{
  char object[ISTH_LIMIT_TEXT], whole[ISTH_LIMIT_TEXT], child[CHILD_TEXT];
  bool call = asdu->id == 122 || asdu->id == 127;

  isth_iec104_describe (asdu, object, sizeof object);
  isth_text_format (whole, sizeof whole, "%s%s%s%s%s", object, object[0] && asdu->station == IEC104_ALL_STATIONS ? ", " : "",
                    asdu->station == IEC104_ALL_STATIONS ? "all stations" : "",
                    asdu->cause == CAUSE_DEACTIVATION && asdu->type->verb != ISTH_OP_WRITE ? " deactivate" : "", asdu->test ? " test" : "");
  request->child = format_child (child, asdu->station);
  request->object = whole;
  request->match = get_match (asdu, asdu->station);
  request->no_answer = (asdu->id > 70 && asdu->id < 100) || (asdu->id >= 120 && !call);
  if (asdu->id == 101 && (isth_cursor_peek (&asdu->elements, 0) & 0xc0) != 0 && isth_cursor_left (&asdu->elements) > 0)
    request->verb = ISTH_OP_WRITE; /* counters are frozen or reset */
  isth_emit_request (ctx, request);
}

/* What a controlled station sends. */
static void
say_report (IsthDissectContext *ctx,
            const IsthIec104Asdu *asdu,
            IsthRequest *request)
{
  IsthEndpoint source = isth_context_sender (ctx);
  char object[ISTH_LIMIT_TEXT] = "", whole[ISTH_LIMIT_TEXT], child[CHILD_TEXT];
  const char *cause = iec104_causes[asdu->cause] ? iec104_causes[asdu->cause] : "reserved cause";

  source.child = format_child (child, asdu->station);
  request->source = &source;
  request->no_answer = asdu->id != 122;
  request->match = get_match (asdu, asdu->station);
  if (!asdu->type->monitored && asdu->type->verb != ISTH_OP_FILE && asdu->type->verb != ISTH_OP_AUTHENTICATE)
    request->verb = ISTH_OP_OTHER; /* a mirrored command */
  if (asdu->id >= 120)
    isth_iec104_describe (asdu, object, sizeof object);
  isth_text_format (whole, sizeof whole, "%s%s%s", object[0] ? object : cause, asdu->negative ? ", negative" : "", asdu->test ? ", test" : "");
  request->object = whole;
  isth_emit_request (ctx, request);
}

static bool
is_by_controlling (IsthDissectContext *ctx,
                   const IsthIec104Asdu *asdu)
{
  int controlling = isth_iec104_by_controlling (asdu);
  IsthDirection direction = isth_context_direction (ctx);

  if (controlling >= 0)
    return controlling;
  if (direction != ISTH_FROM_UNKNOWN)
    return direction == ISTH_FROM_CLIENT;
  return isth_context_packet (ctx)->source_port != 2404;
}

static IsthDissectResult
read_asdu (IsthDissectContext *ctx,
           Iec104State *state,
           IsthCursor c)
{
  IsthRequest request = { .at = c.data + c.position, .length = isth_cursor_left (&c) };
  IsthIec104Asdu asdu;
  char child[CHILD_TEXT];
  bool controlling;

  if (!isth_iec104_read_asdu (c, &asdu))
    return ISTH_DISSECT_MALFORMED;
  controlling = is_by_controlling (ctx, &asdu);
  if (isth_iec104_by_controlling (&asdu) >= 0 && isth_iec104_fits (&asdu))
    {
      note_sender (ctx, state, controlling);
      if (!controlling && (asdu.cause < CAUSE_UNKNOWN_TYPE || !asdu.negative))
        note_station (ctx, state, asdu.station, c.data + c.position + 4);
    }
  request.function = asdu.id;
  request.verb = asdu.type->verb;
  request.name = asdu.type->name ? asdu.type->name : "reserved-type";
  request.key = make_key (ctx, &asdu, controlling);
  request.no_answer = request.key != 0;
  if (request.key != 0)
    {
      IsthEndpoint source = isth_context_sender (ctx);

      source.child = format_child (child, asdu.station);
      request.source = &source;
      if (!isth_emit_again (ctx, &request))
        say_report (ctx, &asdu, &request);
    }
  else if (controlling)
    say_command (ctx, &asdu, &request);
  else
    say_report (ctx, &asdu, &request);

  if (!controlling)
    settle (ctx, &asdu);
  if (asdu.id >= 120)
    {
      answer_call (ctx, &asdu);
      follow_file (ctx, &asdu, format_child (child, asdu.station), controlling);
    }
  return isth_iec104_fits (&asdu) || asdu.elements.cut || asdu.elements.wire > asdu.elements.length ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static IsthDissectResult
read_unnumbered (IsthDissectContext *ctx,
                 Iec104State *state,
                 uint8_t octet)
{
  static const struct { uint8_t act, con; const char *name; } services[] = {
    { STARTDT_ACT, STARTDT_CON, "startdt" }, { STOPDT_ACT, STOPDT_CON, "stopdt" }, { TESTFR_ACT, TESTFR_CON, "testfr" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (services); i++)
    {
      IsthRequest request = { .match = UINT64_C (1) << 62 | services[i].act, .verb = ISTH_OP_OTHER, .function = -1, .name = services[i].name };

      if (octet != services[i].act && octet != services[i].con)
        continue;
      if (octet != TESTFR_ACT && octet != TESTFR_CON) /* which both sides may send */
        note_sender (ctx, state, octet == services[i].act);
      request.key = isth_context_digest (ctx, 0, &octet, 1);
      if (octet == services[i].con)
        isth_emit_response (ctx, request.match, ISTH_OUTCOME_OK, NULL, false);
      else if (!isth_emit_again (ctx, &request))
        isth_emit_request (ctx, &request);
      return ISTH_DISSECT_OK;
    }
  return ISTH_DISSECT_MALFORMED;
}

static IsthDissectResult
iec104_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  Iec104State *state = isth_context_state (ctx);
  uint8_t start = isth_cursor_u8 (c), length = isth_cursor_u8 (c);
  uint8_t control[4];

  if (!c->failed && start != START)
    return ISTH_DISSECT_NOT_MINE;
  for (size_t i = 0; i < sizeof control; i++)
    control[i] = isth_cursor_u8 (c);
  if (c->failed || length < SHORTEST || length > LONGEST)
    return ISTH_DISSECT_MALFORMED;
  if ((control[0] & 3) == 3)
    return length == SHORTEST ? read_unnumbered (ctx, state, control[0]) : ISTH_DISSECT_MALFORMED;
  if (control[0] & 1)
    return length == SHORTEST ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED; /* acknowledges numbered ones */
  return read_asdu (ctx, state, isth_cursor_take (c, length - SHORTEST));
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 2404 } };

const IsthDissector isth_dissector_iec104 = {
  .id = "iec104", /* stored in project files: never change it */
  .title = "IEC 60870-5-104",
  .depth = ISTH_DEPTH_FULL,
  .identity = "protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (Iec104State),
  .probe = iec104_probe,
  .pdu_length = iec104_pdu_length,
  .dissect = iec104_dissect,
};
