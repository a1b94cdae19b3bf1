/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DLMS/COSEM, the language of meters (IEC 62056), in either of its coats: the wrapper of IEC 62056-4-7 over TCP and UDP, or HDLC frames (IEC 62056-46)
 * that a serial device server passes on as they are. Each logical device of a meter is a child by its service access point ("dlms-sap:1"); HDLC
 * addresses that name a physical device as well are meters on a line ("dlms-meter:17"). One alone is the device itself (the world's business).
 *
 * What is encrypted is named by its service at most. Values are read of identifying objects only; of an APDU in several HDLC frames the first one is read.
 * Passwords are not shown. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/dlms-apdu.h"

#define WRAPPER 8       /* version, source, destination, length */
#define FLAG 0x7e
#define ASSOCIATE 0x60 /* the tag of an AARQ */
#define ALL_STATIONS 127
#define CHILD_TEXT 24

/* HDLC control fields without the poll/final bit (IEC 62056-46, 6.4.3). */
enum
{
  CONTROL_SNRM = 0x83,
  CONTROL_DISC = 0x43,
  CONTROL_UA = 0x63,
  CONTROL_DM = 0x0f,
  CONTROL_FRMR = 0x87,
  CONTROL_UI = 0x03,
  POLL = 0x10,
};

typedef struct
{
  bool client_told;
  uint16_t client_port;
  IsthAddress client;
  uint8_t next_seen;
  uint32_t seen[8]; /* servers that were told already, marked above their address */
} DlmsState;

/* One end of an HDLC frame: a client has the upper part only. */
typedef struct
{
  uint16_t upper, lower;
  bool both;
} HdlcAddress;

typedef struct
{
  HdlcAddress target, source;
  uint8_t control;
  bool segmented;
  bool intact; /* the checksum of its content as well as that of its header */
  IsthCursor information;
} HdlcFrame;

/* FCS-16 of HDLC, its own remainder included. */
static bool
is_intact (const uint8_t *bytes,
           uint32_t n)
{
  uint16_t crc = 0xffff;

  for (uint32_t i = 0; i < n; i++)
    {
      uint8_t x = (uint8_t) (crc ^ bytes[i]);

      x ^= (uint8_t) (x << 4);
      crc = (uint16_t) (crc >> 8 ^ x << 8 ^ x << 3 ^ x >> 4);
    }
  return crc == 0xf0b8;
}

/* Length of the frame behind the flag by its format field (type 3); 0: not there yet, UINT32_MAX: none. */
static uint32_t
get_frame_length (const IsthCursor *c,
                  uint32_t at)
{
  int high = isth_cursor_peek (c, at), low = isth_cursor_peek (c, at + 1);
  uint32_t length;

  if (high >= 0 && (high & 0xf0) != 0xa0)
    return UINT32_MAX;
  if (low < 0)
    return 0;
  length = ((uint32_t) high & 0x07) << 8 | (uint32_t) low;
  return length < 7 ? UINT32_MAX : length;
}

static bool
read_address (IsthCursor *c,
              HdlcAddress *address)
{
  uint8_t bytes[4];
  uint32_t n = 0;

  do
    bytes[n] = isth_cursor_u8 (c);
  while (!(bytes[n++] & 1) && n < sizeof bytes);
  *address = (HdlcAddress){ .upper = bytes[0] >> 1, .both = n > 1 };
  if (n == 2)
    address->lower = bytes[1] >> 1;
  else if (n == 4)
    {
      address->upper = (uint16_t) ((bytes[0] >> 1) << 7 | bytes[1] >> 1);
      address->lower = (uint16_t) ((bytes[2] >> 1) << 7 | bytes[3] >> 1);
    }
  return !c->failed && n != 3 && (bytes[n - 1] & 1);
}

/* @c: from the format field on, as long as that says. The header's own checksum must be right. */
static bool
read_frame (IsthCursor c,
            uint32_t length,
            HdlcFrame *frame)
{
  const uint8_t *bytes = c.data + c.position;
  uint32_t begun = c.position, header;

  if (isth_cursor_left (&c) < length)
    return false;
  isth_cursor_limit (&c, length);
  frame->segmented = isth_cursor_be16 (&c) & 0x0800;
  if (!read_address (&c, &frame->target) || !read_address (&c, &frame->source))
    return false;
  frame->control = isth_cursor_u8 (&c);
  isth_cursor_skip (&c, 2);
  header = c.position - begun;
  if (c.failed || !is_intact (bytes, header) || (header < length && header + 2 > length))
    return false;
  frame->intact = header == length || is_intact (bytes, length);
  isth_cursor_limit (&c, header < length ? length - header - 2 : 0);
  frame->information = isth_cursor_rest (&c);
  return true;
}

/* Bytes from the flag to the flag. Frames in a row may share one, and then begin with their format. */
static uint32_t
get_hdlc_length (const IsthCursor *c)
{
  uint32_t flag = isth_cursor_peek (c, 0) == FLAG;
  uint32_t length;

  if (flag && isth_cursor_peek (c, 1) == FLAG)
    return 1; /* filling */
  length = get_frame_length (c, flag);
  return length == 0 ? ISTH_PDU_MORE : length == UINT32_MAX ? ISTH_PDU_INVALID : flag + length + 1;
}

static uint32_t
dlms_pdu_length (IsthCursor c)
{
  int first = isth_cursor_peek (&c, 0), second = isth_cursor_peek (&c, 1);
  uint32_t length;

  if (first == FLAG || (first & 0xf0) == 0xa0)
    return get_hdlc_length (&c);
  if (first > 0 || second == 0 || second > 1)
    return ISTH_PDU_INVALID;
  isth_cursor_skip (&c, 6);
  length = isth_cursor_be16 (&c);
  if (c.failed)
    return ISTH_PDU_MORE;
  return length == 0 ? ISTH_PDU_INVALID : WRAPPER + length;
}

static IsthProbe
probe_wrapper (IsthCursor c)
{
  uint32_t length = dlms_pdu_length (c), whole = isth_cursor_wire_left (&c);
  int source = isth_cursor_peek (&c, 2), source_low = isth_cursor_peek (&c, 3), target = isth_cursor_peek (&c, 4), target_low = isth_cursor_peek (&c, 5);
  int tag = isth_cursor_peek (&c, WRAPPER), next = isth_cursor_peek (&c, WRAPPER + 1);
  bool known;

  if (length == ISTH_PDU_INVALID || length == ISTH_PDU_MORE || next < 0 || (source | source_low) == 0 || (target | target_low) == 0)
    return ISTH_PROBE_NO;
  isth_dlms_get_sender ((uint8_t) tag, &known);
  if (!known || length > whole)
    return ISTH_PROBE_NO;
  /* Small numbers are common: be sure only of one APDU that fills the payload and whose second byte fits its first. */
  if (length != whole || source != 0 || target != 0)
    return ISTH_PROBE_WEAK;
  if (tag >= 0xc0 && tag <= 0xc7 && tag != 0xc2)
    return next >= 1 && next <= 5 && length >= WRAPPER + 4 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
  if (tag == 0x60 || tag == 0x61)
    return (uint32_t) next + 2 == length - WRAPPER && isth_cursor_peek (&c, WRAPPER + 2) >= 0x80 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
  return ISTH_PROBE_WEAK;
}

static IsthProbe
dlms_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint32_t length;
  HdlcFrame frame;

  (void) packet;
  if (isth_cursor_peek (&c, 0) != FLAG)
    return isth_cursor_peek (&c, 0) == 0 ? probe_wrapper (c) : ISTH_PROBE_NO;
  while (isth_cursor_peek (&c, 1) == FLAG)
    isth_cursor_skip (&c, 1);
  length = get_frame_length (&c, 1);
  if (length == 0 || length == UINT32_MAX)
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, 1);
  if (isth_cursor_left (&c) < length)
    return ISTH_PROBE_WEAK;
  return read_frame (c, length, &frame) && frame.intact ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static const char *
format_child (char text[CHILD_TEXT],
              const HdlcAddress *server)
{
  if (server->both)
    return isth_text_format (text, CHILD_TEXT, "dlms-meter:%u", server->lower);
  return isth_text_format (text, CHILD_TEXT, "dlms-sap:%u", server->upper);
}

/* A line that was listened to comes as one conversation of the listener: what answers in the name of who asked is no meter. */
static bool
is_client (const DlmsState *state,
           const IsthPacket *packet)
{
  return state->client_told && state->client_port == packet->source_port && isth_address_equal (&state->client, &packet->source);
}

/* Tells once a flow who is who. */
static void
note_sender (IsthDissectContext *ctx,
             DlmsState *state,
             bool client,
             const HdlcAddress *server,
             const char *child)
{
  uint32_t mark = 1u << 31 | (uint32_t) server->both << 30 | (uint32_t) server->lower << 14 | (server->both ? 0 : server->upper);
  IsthEndpoint endpoint = isth_context_sender (ctx);
  char text[8];

  if (client && !state->client_told)
    {
      state->client_told = true;
      state->client_port = isth_context_packet (ctx)->source_port;
      state->client = isth_context_packet (ctx)->source;
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_role (ctx, NULL, "dlms-client");
    }
  if (client || is_client (state, isth_context_packet (ctx)))
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (state->seen); i++)
    if (state->seen[i] == mark)
      return;
  state->seen[state->next_seen] = mark;
  state->next_seen = (state->next_seen + 1) % G_N_ELEMENTS (state->seen);
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  endpoint.child = child;
  isth_emit_child (ctx, &endpoint, NULL, 0);
  isth_emit_role (ctx, &endpoint, "dlms-server");
  isth_text_format (text, sizeof text, "%u", server->both ? server->lower : server->upper);
  isth_emit_claim (ctx, &endpoint, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, text, ISTH_CONFIDENCE_PARSED, NULL, 0);
}

static bool
is_by_client (IsthDissectContext *ctx,
              IsthDirection sender)
{
  IsthDirection direction = sender != ISTH_FROM_UNKNOWN ? sender : isth_context_direction (ctx);
  uint16_t port = isth_context_packet (ctx)->source_port;

  return direction != ISTH_FROM_UNKNOWN ? direction == ISTH_FROM_CLIENT : port != 4059 && port != 4060;
}

static IsthDissectResult
read_apdu (IsthDissectContext *ctx,
           DlmsState *state,
           bool client,
           uint16_t client_address,
           const HdlcAddress *server,
           IsthCursor apdu,
           bool cut)
{
  char child[CHILD_TEXT];
  bool all = server->upper == ALL_STATIONS && !server->both;
  IsthDlmsEnds ends = { .client = client_address, .server = server->both ? server->lower : server->upper, .cut = cut };

  if (isth_cursor_peek (&apdu, 0) == ASSOCIATE) /* it may hold a password */
    isth_context_show (ctx, apdu.data + apdu.position, 1);
  ends.child = all ? NULL : format_child (child, server);
  if (!all)
    note_sender (ctx, state, client, server, ends.child);
  return isth_dlms_read_apdu (ctx, &ends, client, apdu);
}

/* Frames that keep the link: what opens and ends it is asked, all others are its housekeeping. */
static void
read_link_service (IsthDissectContext *ctx,
                   DlmsState *state,
                   const HdlcFrame *frame)
{
  uint8_t control = frame->control & (uint8_t) ~POLL;
  bool asks = control == CONTROL_SNRM || control == CONTROL_DISC;
  const HdlcAddress *server = asks ? &frame->target : &frame->source;
  const HdlcAddress *client = asks ? &frame->source : &frame->target;
  uint64_t match = UINT64_C (1) << 63 | (uint64_t) client->upper << 32 | (uint64_t) server->upper << 16 | server->lower;
  char child[CHILD_TEXT];
  const char *path = format_child (child, server);

  if (asks)
    {
      note_sender (ctx, state, true, server, path);
      isth_emit_request (ctx, &(IsthRequest){ .match = match, .verb = ISTH_OP_OTHER, .function = -1, .name = control == CONTROL_SNRM ? "connect" : "disconnect",
                                              .child = path });
    }
  else if (control == CONTROL_UA || control == CONTROL_DM || control == CONTROL_FRMR)
    {
      note_sender (ctx, state, false, server, path);
      isth_emit_response (ctx, match, control == CONTROL_UA ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                          control == CONTROL_UA ? NULL : control == CONTROL_DM ? "disconnected" : "frame rejected", false);
    }
}

static IsthDissectResult
read_information (IsthDissectContext *ctx,
                  DlmsState *state,
                  const HdlcFrame *frame)
{
  IsthCursor information = frame->information;
  uint32_t header = isth_cursor_be24 (&information);
  bool client = header == 0xe6e600;

  if (information.failed || (header != 0xe6e600 && header != 0xe6e700))
    return ISTH_DISSECT_OK; /* a further frame of an APDU */
  return read_apdu (ctx, state, client, client ? frame->source.upper : frame->target.upper, client ? &frame->target : &frame->source, information,
                    frame->segmented);
}

/* A content that does not fit its checksum is read, and counts as malformed: where passwords were taken out of a capture, the frames with the logins are so. */
static IsthDissectResult
read_hdlc (IsthDissectContext *ctx,
           DlmsState *state,
           IsthCursor *c)
{
  uint32_t flag = isth_cursor_peek (c, 0) == FLAG;
  uint32_t length = get_frame_length (c, flag);
  IsthDissectResult result = ISTH_DISSECT_OK;
  HdlcFrame frame;

  isth_cursor_skip (c, flag);
  if (isth_cursor_wire_left (c) == 0 || (flag && isth_cursor_peek (c, 0) == FLAG))
    return ISTH_DISSECT_OK; /* filling between frames */
  if (length == UINT32_MAX)
    return ISTH_DISSECT_NOT_MINE;
  if (length == 0 || !read_frame (*c, length, &frame) || (!frame.intact && isth_cursor_peek (c, length) != FLAG))
    {
      isth_cursor_rest (c);
      return ISTH_DISSECT_MALFORMED;
    }
  isth_cursor_skip (c, length);
  if (isth_cursor_peek (c, 0) == FLAG)
    isth_cursor_skip (c, 1);

  if (frame.control & 1 && (frame.control & ~POLL) != CONTROL_UI)
    {
      read_link_service (ctx, state, &frame);
      return ISTH_DISSECT_OK;
    }
  result = read_information (ctx, state, &frame);
  return frame.intact ? result : ISTH_DISSECT_MALFORMED;
}

static IsthDissectResult
read_wrapper (IsthDissectContext *ctx,
              DlmsState *state,
              IsthCursor *c)
{
  uint16_t version = isth_cursor_be16 (c), source = isth_cursor_be16 (c), target = isth_cursor_be16 (c), length = isth_cursor_be16 (c);
  IsthCursor apdu;
  HdlcAddress server;
  bool known, client;

  if (!c->failed && (version != 1 || source == 0 || target == 0))
    return ISTH_DISSECT_NOT_MINE;
  apdu = isth_cursor_take (c, length);
  if (c->failed || isth_cursor_left (&apdu) == 0)
    return ISTH_DISSECT_MALFORMED;
  client = is_by_client (ctx, isth_dlms_get_sender (apdu.data[apdu.position], &known));
  if (!known)
    return ISTH_DISSECT_MALFORMED;
  server = (HdlcAddress){ .upper = client ? target : source };
  return read_apdu (ctx, state, client, client ? source : target, &server, apdu, false);
}

static IsthDissectResult
dlms_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  DlmsState *state = isth_context_state (ctx);
  IsthDissectResult result = ISTH_DISSECT_OK;
  int first = isth_cursor_peek (c, 0);

  if (first == 0)
    return read_wrapper (ctx, state, c);
  if (first != FLAG && (first & 0xf0) != 0xa0)
    return ISTH_DISSECT_NOT_MINE;
  /* A datagram may hold several frames. */
  while (isth_cursor_left (c) > 0 && result == ISTH_DISSECT_OK)
    result = read_hdlc (ctx, state, c);
  return result;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 4059 }, { ISTH_BIND_UDP, 4059 }, { ISTH_BIND_TCP, 4060 }, { ISTH_BIND_UDP, 4060 } };

const IsthDissector isth_dissector_dlms = {
  .id = "dlms", /* stored in project files: never change it */
  .title = "DLMS/COSEM",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "name serial device_id vendor_id firmware plant_tag protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (DlmsState),
  .probe = dlms_probe,
  .pdu_length = dlms_pdu_length,
  .dissect = dlms_dissect,
};
