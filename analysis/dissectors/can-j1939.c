/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SAE J1939 on a CAN bus (engines, generators, ships' NMEA 2000, ISO 11783): which addresses are claimed by which devices, who asks whom, active troubles.
 * J1939-21, 5 (numbers of messages), J1939-81, 4 (names and addresses), J1939-73 (trouble codes).
 *
 * Other buses use numbers of 29 bits as well: so only what nobody else would send so is believed. Values of the many other messages, and what is longer
 * than one frame, are not read. */
#include "analysis/dissectors/can-frame.h"

#include <glib.h>

#define NOBODY 0xfe
#define EVERYBODY 0xff

enum
{
  PGN_REQUEST = 0xea00,
  PGN_ADDRESS_CLAIMED = 0xee00,
  PGN_ACTIVE_TROUBLES = 0xfeca,
  PGN_LAST = 0x3ffff,
};

static const uint8_t bus[5] = { 0x02, 0x00, 0x00, 0x19, 0x39 };

typedef struct
{
  uint32_t pgn;
  uint8_t source, target;
  IsthCursor data;
} Message;

/* Priority, two page bits, format, specific, source: a format below 240 has the target there. */
static bool
read_message (const IsthCanFrame *frame,
              Message *m)
{
  uint32_t format = frame->id >> 16 & 0xff;

  if (!frame->extended)
    return false;
  *m = (Message){ .pgn = frame->id >> 8 & PGN_LAST, .source = frame->id & 0xff, .target = EVERYBODY, .data = frame->data };
  if (format < 240)
    {
      m->target = m->pgn & 0xff;
      m->pgn &= ~0xffu;
    }
  return m->source < NOBODY;
}

static bool
is_known (const Message *m)
{
  IsthCursor data = m->data;

  switch (m->pgn)
    {
    case PGN_REQUEST:
      return data.wire == 3 && m->target != NOBODY && isth_cursor_le16 (&data) != 0 && isth_cursor_u8 (&data) <= PGN_LAST >> 16 && !data.failed;
    case PGN_ADDRESS_CLAIMED: /* one bit of the name is always zero */
      return data.wire == 8 && m->target == EVERYBODY && isth_cursor_peek (&data, 6) >= 0 && !(isth_cursor_peek (&data, 6) & 1);
    case PGN_ACTIVE_TROUBLES:
      return data.wire == 8 && data.length == 8;
    default:
      return false;
    }
}

static void
claim_station (IsthDissectContext *ctx,
               const IsthEndpoint *station,
               uint8_t number)
{
  char text[8];

  isth_emit_role (ctx, station, "j1939-station");
  isth_emit_claim (ctx, station, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, isth_text_format (text, sizeof text, "%u", number), ISTH_CONFIDENCE_PARSED, NULL, 0);
}

/* The name: number of the device (21 bits), maker (11), instances, function, system, group. */
static void
read_name (IsthDissectContext *ctx,
           const IsthEndpoint *station,
           const Message *m)
{
  IsthCursor data = m->data;
  const uint8_t *name = isth_cursor_bytes (&data, 8);
  uint32_t number = name ? isth_le32 (name) : 0;
  char text[16];

  if (!name || isth_emit_same (ctx, station, isth_context_digest (ctx, m->source, name, 8), name))
    return;
  claim_station (ctx, station, m->source);
  isth_emit_claim (ctx, station, ISTH_ATTRIBUTE_SERIAL, isth_text_format (text, sizeof text, "%u", number & 0x1fffff), ISTH_CONFIDENCE_PARSED, name, 3);
  isth_emit_claim (ctx, station, ISTH_ATTRIBUTE_VENDOR_ID, isth_text_format (text, sizeof text, "%u", number >> 21), ISTH_CONFIDENCE_PARSED, name + 2, 2);
  isth_emit_claim (ctx, station, ISTH_ATTRIBUTE_DEVICE_TYPE_ID, isth_text_format (text, sizeof text, "%u", name[5]), ISTH_CONFIDENCE_PARSED, name + 5, 1);
  isth_emit_same_end (ctx, true);
}

bool
isth_can_read_j1939 (IsthDissectContext *ctx,
                     const IsthCanFrame *frame)
{
  char object[32] = "";
  IsthRequest request = { .no_answer = true, .protocol = "j1939", .object = object };
  IsthEndpoint source, target;
  Message m;

  if (!read_message (frame, &m) || !is_known (&m))
    return false;
  source = isth_can_endpoint (bus, m.source);
  target = m.target == EVERYBODY ? isth_can_everybody () : isth_can_endpoint (bus, m.target);
  request.source = &source;
  request.target = &target;
  request.function = m.pgn;
  request.verb = m.pgn == PGN_REQUEST ? ISTH_OP_READ : ISTH_OP_REPORT;
  request.name = m.pgn == PGN_REQUEST ? "request" : m.pgn == PGN_ACTIVE_TROUBLES ? "active-troubles" : "address-claimed";
  request.key = isth_context_digest (ctx, (uint64_t) m.pgn << 16 | (uint64_t) m.target << 8 | m.source, m.data.data,
                                     m.pgn == PGN_REQUEST ? m.data.length : 0);
  if (m.pgn == PGN_ADDRESS_CLAIMED)
    read_name (ctx, &source, &m);
  else if (!isth_emit_same (ctx, &source, isth_context_digest (ctx, 0, &m.source, 1), m.data.data))
    {
      claim_station (ctx, &source, m.source);
      isth_emit_same_end (ctx, true);
    }
  if (isth_emit_again (ctx, &request))
    return true;
  if (m.pgn == PGN_REQUEST)
    isth_text_format (object, sizeof object, "PGN %u", isth_cursor_le16 (&m.data) | (uint32_t) isth_cursor_u8 (&m.data) << 16);
  isth_emit_request (ctx, &request);
  return true;
}
