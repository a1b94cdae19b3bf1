/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RTP and RTCP (RFC 3550) over UDP: who sends sound, pictures or other media to whom, and how they are coded; with RTCP what the sender calls itself.
 *
 * SIP and RTSP announce such conversations; others are known by their shape, and believed with the second packet of a source whose number and time go on as
 * they must. What is sent is not looked at. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/sdp.h"

#define HEADER 12
#define VERSION 0x80
#define MOST_STEPS 16          /* packets that may be lost between the first two */
#define MOST_TICKS 2000000     /* … that the clock of a source goes on meanwhile */
#define MOST_TIME 5000000000ll /* … ns */
#define MOST_REPORTS 16        /* in one datagram */

enum
{
  REPORT_SENDER = 200,
  REPORT_RECEIVER,
  REPORT_DESCRIPTION,
  REPORT_BYE,
  REPORT_APPLICATION,
  REPORT_FEEDBACK,
  REPORT_PAYLOAD_FEEDBACK,
  REPORT_EXTENDED,
};

enum
{
  ITEM_NAME = 1, /* of the source, as nobody else is called: user@host */
  ITEM_TOOL = 6,
};

/* What one of the two sent. */
typedef struct
{
  uint64_t key;      /* of the source that sends */
  uint32_t source, clock;
  uint16_t number;
  uint8_t type;
  bool sure;
} Stream;

typedef struct
{
  Stream streams[2];
  int64_t time;      /* of the packet that was not believed */
  uint32_t memo;     /* as it was announced */
  bool asked, told;
} RtpState;

typedef struct
{
  uint32_t source, clock;
  uint16_t number;
  uint8_t type;
} RtpHeader;

static bool
read_header (IsthCursor *c,
             RtpHeader *header)
{
  uint8_t first = isth_cursor_u8 (c), second = isth_cursor_u8 (c);

  header->type = second & 0x7f;
  header->number = isth_cursor_be16 (c);
  header->clock = isth_cursor_be32 (c);
  header->source = isth_cursor_be32 (c);
  isth_cursor_skip (c, 4u * (first & 0x0f));
  if (first & 0x10) /* an extension: its kind and how many words follow */
    {
      isth_cursor_skip (c, 2);
      isth_cursor_skip (c, 4u * isth_cursor_be16 (c));
    }
  return (!c->failed || c->cut) && (first & 0xc0) == VERSION && (header->type >= 96 || isth_sdp_type_name (header->type));
}

/* A datagram full of reports, the first of which is one of a sender or receiver (6.1); RFC 5506 lets others stand alone, which are not believed. */
static bool
is_control (IsthCursor c)
{
  uint32_t left = isth_cursor_wire_left (&c);
  bool first = true;

  for (int i = 0; left > 0; i++, first = false)
    {
      uint8_t count = isth_cursor_u8 (&c) & 0xdf, type = isth_cursor_u8 (&c);
      uint32_t length = 4u * (isth_cursor_be16 (&c) + 1u);

      if (c.cut && !first)
        return true;
      if (c.failed || i == MOST_REPORTS || (count & 0xc0) != VERSION || type < REPORT_SENDER || type > REPORT_EXTENDED || length > left)
        return false;
      if (first && (type > REPORT_RECEIVER || length < (type == REPORT_SENDER ? 28u : 8u) + 24u * (count & 0x1f)))
        return false;
      left -= length;
      isth_cursor_skip (&c, length - 4);
    }
  return !first;
}

static IsthProbe
rtp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  int first = isth_cursor_peek (&c, 0), second = isth_cursor_peek (&c, 1);
  RtpHeader header;

  (void) packet;
  if (first < VERSION || first >= VERSION + 0x40 || second < 0)
    return ISTH_PROBE_NO;
  if (second >= REPORT_SENDER && second <= REPORT_EXTENDED)
    return is_control (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  return isth_cursor_wire_left (&c) > HEADER && read_header (&c, &header) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* By who sent the packet. */
static Stream *
get_stream (RtpState *state,
            const IsthPacket *packet)
{
  int order = packet->source_port != packet->target_port ? (packet->source_port > packet->target_port ? 1 : -1)
                                                         : isth_address_compare (&packet->source, &packet->target);

  return &state->streams[order > 0];
}

/* Whether a second packet goes on as the first of the same source. */
static bool
goes_on (const RtpState *state,
         const Stream *stream,
         const RtpHeader *header,
         int64_t time)
{
  uint16_t steps = (uint16_t) (header->number - stream->number);

  return stream->source == header->source && stream->type == header->type && steps > 0 && steps <= MOST_STEPS && header->clock - stream->clock <= MOST_TICKS
         && time >= state->time && (uint64_t) time - (uint64_t) state->time <= MOST_TIME;
}

static void
emit_stream (IsthDissectContext *ctx,
             const RtpState *state,
             const Stream *stream)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = stream->type, .name = "stream", .key = stream->key };
  const char *coding = isth_sdp_get_coding (state->memo, stream->type);
  char object[64];

  if (isth_emit_again (ctx, &request))
    return;
  if (!coding)
    coding = isth_sdp_type_name (stream->type);
  if (coding)
    isth_text_format (object, sizeof object, "%s, source 0x%08x", coding, stream->source);
  else
    isth_text_format (object, sizeof object, "type %u, source 0x%08x", stream->type, stream->source);
  request.object = object;
  isth_emit_request (ctx, &request);
}

static IsthDissectResult
read_media (IsthDissectContext *ctx,
            RtpState *state,
            IsthCursor *c)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  const uint8_t *start = c->data + c->position;
  Stream *stream = get_stream (state, packet);
  RtpHeader header;
  uint64_t memo;
  bool of_sender;

  if (isth_cursor_wire_left (c) <= HEADER || !read_header (c, &header))
    return ISTH_DISSECT_NOT_MINE;
  if (!state->asked && isth_context_get_expected (ctx, &memo, &of_sender))
    {
      state->memo = (uint32_t) memo | 1u << 31;
      state->streams[0].sure = state->streams[1].sure = true;
    }
  state->asked = true;
  if (!stream->sure && !(stream->source != 0 && goes_on (state, stream, &header, packet->time)))
    {
      *stream = (Stream) { .source = header.source, .clock = header.clock, .number = header.number, .type = header.type };
      state->time = packet->time;
      return state->memo || state->told ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
    }
  if (stream->key == 0 || stream->source != header.source || stream->type != header.type)
    {
      struct { uint32_t source, type, memo; } what = { header.source, header.type, state->memo };

      stream->key = isth_context_digest (ctx, 0, &what, sizeof what);
    }
  stream->sure = state->told = true;
  stream->source = header.source;
  stream->type = header.type;
  isth_context_show (ctx, start, HEADER);
  isth_emit_role (ctx, NULL, "rtp-sender");
  emit_stream (ctx, state, stream);
  return ISTH_DISSECT_OK;
}

/* 6.5: what sources call themselves. */
static void
read_description (IsthDissectContext *ctx,
                  IsthCursor c)
{
  while (isth_cursor_left (&c) > 4)
    {
      isth_cursor_skip (&c, 4);
      for (uint8_t item = isth_cursor_u8 (&c); item != 0 && !c.failed; item = isth_cursor_u8 (&c))
        {
          IsthCursor text = isth_cursor_take (&c, isth_cursor_u8 (&c));

          if (item == ITEM_NAME && !c.failed)
            isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, ISTH_CONFIDENCE_PARSED, text.data, text.length);
          if (item == ITEM_TOOL && !c.failed)
            isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, text.data, text.length);
        }
      while (!c.failed && c.position % 4 != 0)
        isth_cursor_skip (&c, 1);
    }
}

static IsthDissectResult
read_control (IsthDissectContext *ctx,
              IsthCursor *c)
{
  static const char *const names[] = { "sender-report", "receiver-report" };
  const uint8_t *start = c->data + c->position;
  uint32_t type, source;
  IsthCursor all = *c, rest;
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT };

  if (!is_control (*c))
    return ISTH_DISSECT_NOT_MINE;
  rest = isth_cursor_rest (&all);
  type = start[1];
  isth_cursor_skip (c, 4);
  source = isth_cursor_be32 (c);
  if (c->failed)
    return ISTH_DISSECT_OK;
  request.function = type;
  request.name = names[type - REPORT_SENDER];
  request.key = isth_context_digest (ctx, type, &source, sizeof source);
  request.at = start;
  request.length = 8;
  if (!isth_emit_again (ctx, &request))
    {
      char object[32];

      isth_text_format (object, sizeof object, "source 0x%08x", source);
      request.object = object;
      isth_emit_request (ctx, &request);
    }
  while (isth_cursor_left (&rest) >= 4)
    {
      const uint8_t *b = rest.data + rest.position;
      IsthCursor report = isth_cursor_take (&rest, 4u * (isth_be16 (b + 2) + 1));

      if (rest.failed || b[1] != REPORT_DESCRIPTION)
        continue;
      isth_cursor_skip (&report, 4);
      if (isth_emit_same (ctx, NULL, isth_context_digest (ctx, 0, b, report.length), b))
        continue;
      read_description (ctx, report);
      isth_emit_same_end (ctx, true);
    }
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
rtp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  RtpState *state = isth_context_state (ctx);
  int first = isth_cursor_peek (c, 0), second = isth_cursor_peek (c, 1);

  if (first < VERSION || first >= VERSION + 0x40)
    return ISTH_DISSECT_NOT_MINE;
  return second >= REPORT_SENDER && second <= REPORT_EXTENDED ? read_control (ctx, c) : read_media (ctx, state, c);
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 5004 }, { ISTH_BIND_UDP, 5005 } };

const IsthDissector isth_dissector_rtp = {
  .id = "rtp", /* stored in project files: never change it */
  .title = "RTP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (RtpState),
  .probe = rtp_probe,
  .dissect = rtp_dissect,
};
