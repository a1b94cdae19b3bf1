/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PROFINET real-time frames: who provides cyclic data to whom, whether it runs, and the alarms beside it. IEC 61158-6-10, 4.2
 * (frame identifiers), 4.7 (cyclic data), 4.8 (alarms).
 *
 * What lies in the cyclic data, and the provider and consumer states of each submodule in it, cannot be said from these frames: only the
 * connection management that came before knows where they stand. Nor can it be said which end is the controller. Frames of discovery, of
 * time synchronisation and of redundancy share the EtherType and have dissectors of their own. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/profinet-status.h"

#define ETHER_TYPE 0x8892
#define SHORTEST 6     /* frame identifier, and the four bytes of status that end each cyclic frame */
#define N_STREAMS 8    /* of one flow whose status is remembered; more of them are only said more often */

enum
{
  FRAME_ALARM_HIGH = 0xfc01,
  FRAME_ALARM_LOW = 0xfe01,
  FRAME_FRAGMENT = 0xff80,
  FRAME_FRAGMENT_LAST = 0xff8f,
};

/* Ranges of cyclic frame identifiers, in order. */
static const struct
{
  uint16_t first, last;
  const char *name;
} ranges[] = {
  { 0x0100, 0x06ff, "RT class 3" },
  { 0x0700, 0x0fff, "RT class 3, redundant" },
  { 0x8000, 0xbbff, "RT class 1" }, /* once called class 2 */
  { 0xbc00, 0xbfff, "RT class 1, multicast" },
  { 0xc000, 0xf7ff, "RT class 1, legacy" },
  { 0xf800, 0xfbff, "RT class 1, legacy multicast" },
};

/* Bits of the data status. */
enum
{
  STATUS_PRIMARY = 0x01,
  STATUS_RESERVED = 0x48,
  STATUS_VALID = 0x04,
  STATUS_RUN = 0x10,
  STATUS_NO_PROBLEM = 0x20,
  STATUS_IGNORE = 0x80,
};

/* Types of alarm PDUs. */
enum
{
  RTA_DATA = 1,
  RTA_NACK = 2,
  RTA_ACK = 3,
  RTA_ERROR = 4,
};

/* The last data status of a stream: by its identifier, and which of the two ends sends it. */
typedef struct
{
  uint32_t stream; /* 0: free */
  uint8_t status;
} Stream;

typedef struct
{
  Stream streams[N_STREAMS];
} RtState;

static const char *
find_range (uint16_t frame)
{
  for (size_t i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (frame >= ranges[i].first && frame <= ranges[i].last)
      return ranges[i].name;
  return NULL;
}

/* The four bytes that end a cyclic frame, NULL when they were cut off or cannot be those. */
static const uint8_t *
find_status (const IsthCursor *c)
{
  const uint8_t *status;

  if (c->length != c->wire || isth_cursor_left (c) < SHORTEST)
    return NULL;
  status = c->data + c->length - 4;
  return status[2] & STATUS_RESERVED ? NULL : status;
}

static IsthProbe
rt_probe (IsthCursor c,
          const IsthPacket *packet)
{
  uint16_t frame = isth_cursor_be16 (&c);

  if (c.failed || (packet->ether_type != ETHER_TYPE && packet->layer != ISTH_LAYER_UDP))
    return ISTH_PROBE_NO;
  if (frame == FRAME_ALARM_HIGH || frame == FRAME_ALARM_LOW || (frame >= FRAME_FRAGMENT && frame <= FRAME_FRAGMENT_LAST))
    return ISTH_PROBE_WEAK;
  if (!find_range (frame))
    return ISTH_PROBE_NO;
  if (c.length == c.wire)
    {
      c.position = 0;
      return find_status (&c) ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
    }
  return ISTH_PROBE_WEAK;
}

/* Whether @status of @frame is another one than last time. */
static bool
has_changed (IsthDissectContext *ctx,
             uint16_t frame,
             uint8_t status)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  RtState *state = isth_context_state (ctx);
  uint32_t stream = 1u << 16 | frame;
  Stream *free = NULL;

  if (isth_address_compare (&packet->source_mac, &packet->target_mac) > 0)
    stream |= 1u << 17;
  for (size_t i = 0; i < N_STREAMS; i++)
    {
      Stream *s = &state->streams[i];

      if (s->stream == stream)
        {
          bool changed = s->status != status;

          s->status = status;
          return changed;
        }
      if (s->stream == 0 && !free)
        free = s;
    }
  if (!free)
    free = &state->streams[frame % N_STREAMS];
  *free = (Stream){ stream, status };
  return true;
}

/* Says what a provider says of its data: once, and whenever it says otherwise. */
static void
read_status (IsthDissectContext *ctx,
             uint16_t frame,
             const uint8_t *at)
{
  char object[ISTH_LIMIT_TEXT];
  uint8_t status = *at;

  if (!has_changed (ctx, frame, status))
    return;
  isth_emit_role (ctx, NULL, "profinet-provider");
  if (status & STATUS_PRIMARY)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, status & STATUS_RUN ? "run" : "stop", ISTH_CONFIDENCE_PARSED, at, 1);
  isth_text_format (object, sizeof object, "FrameID 0x%04x: %s, %s, %s%s%s", frame, status & STATUS_RUN ? "run" : "stop",
                    status & STATUS_VALID ? "valid" : "invalid", status & STATUS_PRIMARY ? "primary" : "backup",
                    status & STATUS_NO_PROBLEM ? "" : ", station problem", status & STATUS_IGNORE ? ", to be ignored" : "");
  isth_emit_request (ctx, &(IsthRequest){
                            .no_answer = true,
                            .verb = ISTH_OP_REPORT,
                            .function = -1,
                            .name = "data-status",
                            .object = object,
                            .at = at,
                            .length = 1,
                          });
}

static IsthDissectResult
read_cyclic (IsthDissectContext *ctx,
             uint16_t frame,
             const char *range,
             const uint8_t *status)
{
  IsthRequest request = {
    .key = isth_context_digest (ctx, 0, &frame, sizeof frame),
    .no_answer = true,
    .function = -1,
  };

  if (!isth_emit_again (ctx, &request))
    {
      char object[48];

      request.verb = ISTH_OP_REPORT;
      request.name = "cyclic-data";
      request.object = isth_text_format (object, sizeof object, "FrameID 0x%04x (%s)", frame, range);
      isth_emit_request (ctx, &request);
    }
  if (status)
    read_status (ctx, frame, status + 2);
  return ISTH_DISSECT_OK;
}

typedef struct
{
  bool high;
  uint16_t block, alarm, slot, subslot, specifier;
} Alarm;

static uint64_t
get_match (const Alarm *a)
{
  return (uint64_t) a->high << 48 | (uint64_t) (a->specifier & 0x7ff) << 32 | (uint64_t) a->slot << 16 | a->subslot;
}

static void
read_notification (IsthDissectContext *ctx,
                   const Alarm *a,
                   IsthCursor *c)
{
  const char *name = isth_profinet_alarm_name (a->alarm);
  char object[ISTH_LIMIT_TEXT], other[16];
  uint32_t module = isth_cursor_be32 (c), submodule = isth_cursor_be32 (c);
  Alarm known = *a;

  known.specifier = isth_cursor_be16 (c);
  if (c->failed)
    return;
  isth_text_format (object, sizeof object, "%s, slot %u/%u, module 0x%08x submodule 0x%08x",
                    name ? name : isth_text_format (other, sizeof other, "type 0x%04x", a->alarm), a->slot, a->subslot, module, submodule);
  isth_emit_request (ctx, &(IsthRequest){
                            .match = get_match (&known),
                            .verb = ISTH_OP_REPORT,
                            .function = a->alarm,
                            .name = a->high ? "alarm-high" : "alarm-low",
                            .object = object,
                          });
}

static void
read_acknowledgement (IsthDissectContext *ctx,
                      const Alarm *a,
                      IsthCursor *c)
{
  char text[32];
  Alarm known = *a;
  uint32_t status;

  known.specifier = isth_cursor_be16 (c);
  status = isth_cursor_be32 (c);
  if (!c->failed)
    isth_emit_response (ctx, get_match (&known), status ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                        isth_profinet_status_text (status, text, sizeof text), false);
}

/* AlarmNotification or AlarmAck, 5.2.4. */
static void
read_alarm_block (IsthDissectContext *ctx,
                  bool high,
                  IsthCursor c)
{
  Alarm a = { .high = high };

  a.block = isth_cursor_be16 (&c);
  isth_cursor_skip (&c, 4); /* length, version */
  a.alarm = isth_cursor_be16 (&c);
  isth_cursor_skip (&c, 4); /* API */
  a.slot = isth_cursor_be16 (&c);
  a.subslot = isth_cursor_be16 (&c);
  if ((a.block & 0x7fff) != (high ? 1 : 2))
    return;
  if (a.block & 0x8000)
    read_acknowledgement (ctx, &a, &c);
  else
    read_notification (ctx, &a, &c);
}

static IsthDissectResult
read_alarm (IsthDissectContext *ctx,
            bool high,
            IsthCursor *c)
{
  char text[32];
  IsthCursor body;
  uint16_t length;
  uint8_t type;
  uint32_t status;

  isth_cursor_skip (c, 4); /* the two endpoints */
  type = isth_cursor_u8 (c);
  isth_cursor_skip (c, 5); /* flags, numbers of this one and of the last received */
  length = isth_cursor_be16 (c);
  body = isth_cursor_take (c, length);
  if (c->failed || type >> 4 != 1)
    return ISTH_DISSECT_MALFORMED;
  switch (type & 0x0f)
    {
    case RTA_DATA:
      read_alarm_block (ctx, high, body);
      return body.length < body.wire ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    case RTA_NACK:
    case RTA_ACK:
      return ISTH_DISSECT_OK; /* of the transport, and not of what the alarm says */
    case RTA_ERROR:
      status = isth_cursor_be32 (&body);
      if (body.failed)
        return ISTH_DISSECT_MALFORMED;
      isth_emit_request (ctx, &(IsthRequest){
                                .no_answer = true,
                                .verb = ISTH_OP_OTHER,
                                .function = RTA_ERROR,
                                .name = "abort",
                                .object = isth_profinet_status_text (status, text, sizeof text),
                              });
      return ISTH_DISSECT_OK;
    default:
      return ISTH_DISSECT_MALFORMED;
    }
}

static IsthDissectResult
rt_dissect (IsthCursor *c,
            IsthDissectContext *ctx)
{
  const uint8_t *status = find_status (c);
  bool whole = c->length == c->wire;
  uint16_t frame = isth_cursor_be16 (c);
  const char *range = find_range (frame);

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (range)
    return whole && !status ? ISTH_DISSECT_MALFORMED : read_cyclic (ctx, frame, range, status);
  if (frame == FRAME_ALARM_HIGH || frame == FRAME_ALARM_LOW)
    return read_alarm (ctx, frame == FRAME_ALARM_HIGH, c);
  if (frame < FRAME_FRAGMENT || frame > FRAME_FRAGMENT_LAST)
    return ISTH_DISSECT_NOT_MINE;
  isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_OTHER, .function = -1, .name = "fragment" });
  return ISTH_DISSECT_OK;
}

/* Over UDP (RT_CLASS_UDP) it begins with the frame identifier as well. */
static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE }, { ISTH_BIND_UDP, ETHER_TYPE } };

const IsthDissector isth_dissector_profinet_rt = {
  .id = "profinet-rt",
  .title = N_("PROFINET real-time data"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "state",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (RtState),
  .probe = rt_probe,
  .dissect = rt_dissect,
};
