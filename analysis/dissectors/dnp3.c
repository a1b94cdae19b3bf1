/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DNP3, IEEE 1815-2012, over TCP and UDP (13): data link frames whose every CRC is checked, the transport function that puts fragments together, and
 * the application layer (dnp3-application.c). Each outstation is a child by its data link address: one TCP connection often leads to many of them
 * behind a gateway; where there is but one, it is the device itself (the world's business).
 *
 * Measured values are not read, only what was asked for. What is encrypted (update keys) stays so. Whether an aggressive mode request
 * was authentic is not known. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/dnp3-application.h"
#include "analysis/dissectors/dnp3-link.h"

#define FROM_MASTER 0x80
#define PRIMARY 0x40

#define TRANSPORT_FINAL 0x80
#define TRANSPORT_FIRST 0x40
#define TRANSPORT_SEQUENCE 0x3f

enum
{
  CONFIRMED_USER_DATA = 3,
  UNCONFIRMED_USER_DATA = 4,
};

/* A fragment that comes in several frames; the standard's fragments have at most 2048 bytes (4.1.2). */
typedef struct
{
  uint16_t source, target;
  uint32_t length;    /* on the wire so far */
  uint16_t kept;      /* … and in the buffer: its first bytes */
  uint8_t sequence;   /* of the segment that comes next */
  bool open;
} Dnp3Assembly;

#define REQUEST_ROOM 1900
#define RESPONSE_ROOM 2048
#define N_SEEN 8

typedef struct
{
  uint8_t request[REQUEST_ROOM];
  uint8_t response[RESPONSE_ROOM];
} Dnp3Room;

typedef struct
{
  Dnp3Assembly assembly[2];       /* requests, responses */
  IsthDnp3File file;
  uint32_t seen[N_SEEN];          /* addresses that were told already, those of outstations marked */
  uint8_t next_seen;
  Dnp3Room *room;                 /* NULL until a fragment comes in several frames, as few do */
} Dnp3State;

static IsthProbe
dnp3_probe (IsthCursor c,
            const IsthPacket *packet)
{
  int control = isth_cursor_peek (&c, 3);
  uint32_t length = isth_dnp3_frame_length (c);

  (void) packet;
  if (control < 0 || length == 0 || length == UINT32_MAX)
    return ISTH_PROBE_NO;
  return ISTH_PROBE_STRONG; /* two start bytes and a CRC over a length that fits them */
}

static uint32_t
dnp3_pdu_length (IsthCursor c)
{
  uint32_t length = isth_dnp3_frame_length (c);

  return length == 0 ? ISTH_PDU_MORE : length == UINT32_MAX ? ISTH_PDU_INVALID : length;
}

/* Tells once a flow that there is this master, or outstation. */
static void
note_sender (IsthDissectContext *ctx,
             Dnp3State *state,
             const IsthDnp3Frame *frame,
             bool outstation)
{
  uint32_t mark = frame->source | (outstation ? 1u << 16 : 0) | 1u << 17;
  IsthEndpoint sender ISTH_UNSET;
  char child[ISTH_DNP3_CHILD], text[8];

  for (uint32_t i = 0; i < N_SEEN; i++)
    if (state->seen[i] == mark)
      return;
  state->seen[state->next_seen] = mark;
  state->next_seen = (state->next_seen + 1) % N_SEEN;
  sender = isth_context_sender (ctx);

  isth_context_prove_direction (ctx, outstation ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  if (isth_dnp3_is_group (frame->source))
    return;
  if (outstation)
    {
      sender.child = isth_dnp3_child (child, frame->source);
      isth_emit_child (ctx, &sender, frame->frame + 6, 2);
    }
  isth_context_show (ctx, frame->frame, frame->whole < DNP3_LINK_HEADER ? frame->whole : DNP3_LINK_HEADER); /* what follows may be a password */
  isth_emit_role (ctx, &sender, outstation ? "dnp3-outstation" : "dnp3-master");
  isth_context_show (ctx, frame->frame, frame->whole);
  isth_text_format (text, sizeof text, "%u", frame->source);
  isth_emit_claim (ctx, &sender, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, text, ISTH_CONFIDENCE_PARSED, frame->frame + 6, 2);
}

static uint64_t
get_link_match (uint16_t primary,
                uint16_t secondary)
{
  return UINT64_C (1) << 63 | (uint64_t) primary << 16 | secondary;
}

/* Services of the data link itself (9.2.4.1). Either side may ask: outstations look whether their master is still there. */
static IsthDissectResult
read_link_service (IsthDissectContext *ctx,
                   const IsthDnp3Frame *frame)
{
  static const char *const services[] = { [0] = "reset-link-states", [1] = "reset-user-process", [2] = "test-link-states", [9] = "request-link-status" };
  uint8_t function = frame->control & 0x0f;
  bool by_master = frame->control & FROM_MASTER;
  IsthEndpoint source = isth_context_sender (ctx);
  char child[ISTH_DNP3_CHILD];
  IsthRequest request = { .match = get_link_match (frame->source, frame->target), .verb = ISTH_OP_OTHER, .function = -1, .source = &source };

  if (!(frame->control & PRIMARY))
    {
      isth_emit_response (ctx, get_link_match (frame->target, frame->source), function == 1 || function == 15 ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                          function == 1 ? "not acknowledged" : function == 15 ? "not supported" : NULL, false);
      return ISTH_DISSECT_OK;
    }
  request.name = function < sizeof services / sizeof *services ? services[function] : NULL;
  if (!request.name)
    return ISTH_DISSECT_MALFORMED;
  if (by_master)
    request.child = isth_dnp3_child (child, frame->target);
  else
    source.child = isth_dnp3_child (child, frame->source);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
finish_fragment (IsthDissectContext *ctx,
                 Dnp3State *state,
                 const IsthDnp3Frame *frame,
                 IsthCursor body,
                 bool whole,
                 bool response)
{
  IsthDnp3Fragment fragment = {
    .body = body,
    .frame = whole ? frame->frame : NULL,
    .outstation = response ? frame->source : frame->target,
    .master = response ? frame->target : frame->source,
  };

  return isth_dnp3_read_fragment (ctx, &state->file, &fragment);
}

static void
keep (Dnp3Assembly *assembly,
      uint8_t *buffer,
      uint32_t room,
      IsthCursor *segment)
{
  uint32_t n = isth_cursor_left (segment);
  uint32_t fits = assembly->kept == assembly->length && n < room - assembly->kept ? n : assembly->kept == assembly->length ? room - assembly->kept : 0;

  memcpy (buffer + assembly->kept, segment->data + segment->position, fits);
  assembly->kept = (uint16_t) (assembly->kept + fits);
  assembly->length += isth_cursor_wire_left (segment);
}

/* The transport function (8): joins the segments of a fragment. A first one begins anew; any other must be the next one. */
static IsthDissectResult
read_segment (IsthDissectContext *ctx,
              Dnp3State *state,
              const IsthDnp3Frame *frame)
{
  IsthCursor segment = isth_cursor_new (frame->data, frame->captured, frame->length);
  uint8_t transport = isth_cursor_u8 (&segment);
  bool first = transport & TRANSPORT_FIRST, final = transport & TRANSPORT_FINAL;
  int function = isth_cursor_peek (&segment, 1);
  bool response = first && function >= 0 ? isth_dnp3_is_response ((uint8_t) function) : !(frame->control & FROM_MASTER);
  Dnp3Assembly *assembly;
  uint8_t *buffer;

  if (segment.failed)
    return ISTH_DISSECT_MALFORMED;
  if (first && isth_cursor_wire_left (&segment) >= 2)
    note_sender (ctx, state, frame, response);
  if (first && final)
    return finish_fragment (ctx, state, frame, isth_cursor_rest (&segment), true, response);

  assembly = &state->assembly[response];
  if (!state->room)
    state->room = isth_context_room (ctx);
  buffer = response ? state->room->response : state->room->request;
  if (first)
    *assembly = (Dnp3Assembly){ .source = frame->source, .target = frame->target, .sequence = transport & TRANSPORT_SEQUENCE, .open = true };
  else if (!assembly->open || assembly->source != frame->source || assembly->target != frame->target
           || assembly->sequence != (transport & TRANSPORT_SEQUENCE))
    {
      assembly->open = false;
      return ISTH_DISSECT_OK; /* its beginning was not seen */
    }
  assembly->sequence = (assembly->sequence + 1) & TRANSPORT_SEQUENCE;
  keep (assembly, buffer, response ? RESPONSE_ROOM : REQUEST_ROOM, &segment);
  if (!final)
    return ISTH_DISSECT_OK;
  assembly->open = false;
  return finish_fragment (ctx, state, frame, isth_cursor_new (buffer, assembly->kept, assembly->length), false, response);
}

static IsthDissectResult
dnp3_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  Dnp3State *state = isth_context_state (ctx);
  IsthDissectResult result = ISTH_DISSECT_OK;
  uint32_t begun = c->position;

  /* A datagram may hold several frames. */
  while (isth_cursor_wire_left (c) > 0 && result == ISTH_DISSECT_OK)
    {
      IsthDnp3Frame frame;
      uint8_t function;

      if (!isth_dnp3_read_frame (c, &frame))
        return c->position == begun && isth_dnp3_frame_length (*c) == UINT32_MAX ? ISTH_DISSECT_NOT_MINE : ISTH_DISSECT_MALFORMED;
      function = frame.control & 0x0f;
      frame.whole = (uint32_t) (c->data + c->position - frame.frame);
      isth_context_show (ctx, frame.frame, frame.whole);
      if ((frame.control & PRIMARY) && (function == CONFIRMED_USER_DATA || function == UNCONFIRMED_USER_DATA))
        result = read_segment (ctx, state, &frame);
      else
        {
          note_sender (ctx, state, &frame, !(frame.control & FROM_MASTER));
          result = read_link_service (ctx, &frame);
        }
      if (c->failed)
        break; /* the capture cut it */
    }
  return result;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 20000 }, { ISTH_BIND_UDP, 20000 } };

const IsthDissector isth_dissector_dnp3 = {
  .id = "dnp3", /* stored in project files: never change it */
  .title = "DNP3",
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model firmware hardware serial name location plant_tag description protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (Dnp3State),
  .room_size = sizeof (Dnp3Room),
  .probe = dnp3_probe,
  .pdu_length = dnp3_pdu_length,
  .dissect = dnp3_dissect,
};
