/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZigBee on IEEE 802.15.4: who sends to whom in which network, who passes it on, and the long addresses of the devices. ZigBee specification (05-3474), 3.3 and
 * 3.4; what is above is read by zigbee-aps.c and those that it calls.
 *
 * In nearly all networks that is encrypted: then it is only counted. A station has the number that its network gave it, and stands with it and the
 * network's (analysis/decode/fieldbus.c); it may get another one. What routers pass on counts each time that it is heard. */
#include <glib.h>

#include "analysis/dissectors/zigbee-message.h"

#define ETHER_TYPE 0x00f6 /* in place of one: Linux' number for such frames */

enum
{
  CONTROL_TYPE = 0x0003,
  CONTROL_MULTICAST = 0x0100,
  CONTROL_SECURED = 0x0200,
  CONTROL_ROUTE = 0x0400,
  CONTROL_LONG_TARGET = 0x0800,
  CONTROL_LONG_SOURCE = 0x1000,
  CONTROL_RESERVED = 0xc000,
};

enum
{
  TYPE_DATA = 0,
  TYPE_COMMAND = 1,
};

enum
{
  VERSION_2004 = 1,
  VERSION_PRO = 2,
};

enum
{
  COMMAND_ROUTE_RECORD = 5,
  COMMAND_REJOIN = 6,
  COMMAND_LINK_STATUS = 8,
};

typedef struct
{
  uint16_t control, target, source;
  uint8_t version;
  const uint8_t *long_target, *long_source; /* last byte first */
} Header;

static const struct
{
  IsthOp verb;
  const char *name;
} commands[] = {
  [1] = { ISTH_OP_OTHER, "route-request" },     [2] = { ISTH_OP_OTHER, "route-reply" },      [3] = { ISTH_OP_DIAGNOSE, "network-status" },
  [4] = { ISTH_OP_CONTROL, "leave" },           [5] = { ISTH_OP_REPORT, "route-record" },    [6] = { ISTH_OP_OTHER, "rejoin-request" },
  [7] = { ISTH_OP_OTHER, "rejoin-response" },   [8] = { ISTH_OP_REPORT, "link-status" },     [9] = { ISTH_OP_REPORT, "network-report" },
  [10] = { ISTH_OP_CONFIGURE, "network-update" }, [11] = { ISTH_OP_OTHER, "end-device-timeout-request" },
  [12] = { ISTH_OP_OTHER, "end-device-timeout-response" }, [13] = { ISTH_OP_OTHER, "link-power-delta" },
};

static bool
read_header (IsthCursor *c,
             Header *h)
{
  uint8_t radius;

  h->control = isth_cursor_le16 (c);
  h->target = isth_cursor_le16 (c);
  h->source = isth_cursor_le16 (c);
  radius = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1); /* number */
  h->long_target = h->control & CONTROL_LONG_TARGET ? isth_cursor_bytes (c, 8) : NULL;
  h->long_source = h->control & CONTROL_LONG_SOURCE ? isth_cursor_bytes (c, 8) : NULL;
  h->version = h->control >> 2 & 15;
  return !c->failed && (h->version == VERSION_PRO || h->version == VERSION_2004) && (h->control & CONTROL_TYPE) <= TYPE_COMMAND && !(h->control & CONTROL_RESERVED)
         && radius > 0 && h->source < ISTH_ZIGBEE_FIRST_GROUP;
}

static IsthProbe
zigbee_probe (IsthCursor c,
              const IsthPacket *packet)
{
  Header h;

  if (packet->ether_type != ETHER_TYPE)
    return ISTH_PROBE_NO;
  return read_header (&c, &h) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* Whether the sender's number in its network is known, which stands in its address then: analysis/decode/fieldbus.c. */
static bool
has_number (const IsthEndpoint *sender)
{
  return sender->mac.kind == ISTH_ADDRESS_MAC && sender->mac.bytes[0] == 0x02;
}

IsthEndpoint
isth_zigbee_station (const IsthEndpoint *like,
                     uint16_t number)
{
  const uint8_t *b = like->mac.bytes;
  uint8_t address[6] = { b[0], b[1], b[2], b[3], (uint8_t) (number >> 8), (uint8_t) number };

  if (number >= ISTH_ZIGBEE_FIRST_GROUP)
    memset (address, 0xff, sizeof address);
  return isth_endpoint_from_address (isth_address_mac (address), like->vlan);
}

static void
say_long (IsthDissectContext *ctx,
          const IsthEndpoint *station,
          const uint8_t *l,
          int confidence)
{
  char text[48];

  isth_text_format (text, sizeof text, "%02x:%02x:%02x:%02x:%02x:%02x:%02x:%02x", l[7], l[6], l[5], l[4], l[3], l[2], l[1], l[0]);
  isth_emit_claim (ctx, station, ISTH_ATTRIBUTE_DEVICE_ID, text, confidence, l, 8);
}

void
isth_zigbee_claim_long (IsthDissectContext *ctx,
                        const IsthEndpoint *station,
                        const uint8_t *address,
                        int confidence)
{
  const uint8_t *b = station->mac.bytes;
  uint64_t about = (uint64_t) confidence << 32 | (uint64_t) b[2] << 24 | (uint64_t) b[3] << 16 | (uint64_t) b[4] << 8 | b[5];

  if (isth_address_is_group (&station->mac) || isth_emit_same (ctx, station, isth_context_digest (ctx, about, address, 8), address))
    return;
  say_long (ctx, station, address, confidence);
  isth_emit_same_end (ctx, true);
}

static void
claim_station (IsthDissectContext *ctx,
               const IsthEndpoint *station,
               const Header *h)
{
  const uint8_t *b = station->mac.bytes, *l = h->long_source;
  char text[48];

  if (isth_emit_same (ctx, station, isth_context_digest (ctx, (uint64_t) h->source << 16 | (uint64_t) b[2] << 8 | b[3], l ? l : (const uint8_t *) "", l ? 8 : 0), l))
    return;
  isth_emit_claim (ctx, station, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, isth_text_format (text, sizeof text, "0x%04x in PAN 0x%02x%02x", h->source, b[2], b[3]),
                   ISTH_CONFIDENCE_PARSED, NULL, 0);
  if (l)
    say_long (ctx, station, l, ISTH_CONFIDENCE_PARSED);
  isth_emit_same_end (ctx, true);
}

/* Who is the first in a network has the number 0; who sends what others made is a router. */
static void
emit_roles (IsthDissectContext *ctx,
            const IsthEndpoint *sender,
            const IsthEndpoint *station,
            uint16_t number)
{
  if (number == 0)
    isth_emit_role (ctx, station, "zigbee-coordinator");
  if (!isth_address_equal (&sender->mac, &station->mac))
    isth_emit_role (ctx, NULL, "zigbee-router");
}

/* Who encrypted it names itself where all of the network have one key (4.5.1): who sends this frame, not who made the message. */
static void
read_security (IsthDissectContext *ctx,
               IsthCursor c,
               const IsthEndpoint *sender)
{
  uint8_t control = isth_cursor_u8 (&c);
  const uint8_t *address;

  isth_cursor_skip (&c, 4); /* number of frames so far */
  address = control & 0x20 ? isth_cursor_bytes (&c, 8) : NULL;
  if (address && (control >> 3 & 3) == 1)
    isth_zigbee_claim_long (ctx, sender, address, ISTH_CONFIDENCE_PARSED);
}

/* Who is named in it as a router, or says what it is. */
static void
read_command (IsthDissectContext *ctx,
              const IsthZigbeeMessage *m,
              IsthCursor c)
{
  uint8_t command = isth_cursor_u8 (&c), n = isth_cursor_u8 (&c);

  if (c.failed)
    return;
  if (command == COMMAND_REJOIN)
    isth_emit_role (ctx, &m->source, n & 2 ? "zigbee-router" : "zigbee-end-device");
  if (command == COMMAND_LINK_STATUS)
    isth_emit_role (ctx, &m->source, "zigbee-router");
  if (command != COMMAND_ROUTE_RECORD)
    return;
  while (n-- > 0 && isth_cursor_left (&c) >= 2)
    {
      uint16_t number = isth_cursor_le16 (&c);
      IsthEndpoint relay = isth_zigbee_station (&m->source, number);

      if (number < ISTH_ZIGBEE_FIRST_GROUP)
        isth_emit_role (ctx, &relay, "zigbee-router");
    }
}

uint64_t
isth_zigbee_match (const IsthZigbeeMessage *m,
                   bool answer,
                   bool library,
                   uint16_t cluster,
                   uint8_t number)
{
  uint64_t asks = answer ? m->target_number : m->source_number, asked = answer ? m->source_number : m->target_number;

  return asks << 48 | asked << 32 | (uint64_t) cluster << 16 | (uint64_t) library << 8 | number;
}

bool
isth_zigbee_is_new (IsthDissectContext *ctx,
                    const IsthZigbeeMessage *m,
                    IsthRequest *request,
                    const void *what,
                    size_t n)
{
  request->source = &m->source;
  request->target = &m->target;
  request->at = m->at;
  request->length = m->length;
  request->key = isth_context_digest (ctx, (uint64_t) m->source_number << 48 | (uint64_t) m->target_number << 32 | (uint32_t) request->function << 8 | request->no_answer,
                                      what, n);
  return !isth_emit_again (ctx, request);
}

/* A message of which no more is read. */
static void
emit_closed (IsthDissectContext *ctx,
             const IsthZigbeeMessage *m,
             uint16_t control)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_OTHER, .function = control & CONTROL_TYPE };

  control &= CONTROL_TYPE | CONTROL_SECURED;
  if (!isth_zigbee_is_new (ctx, m, &request, &control, sizeof control))
    return;
  request.name = (control & CONTROL_TYPE) == TYPE_DATA ? "data" : "network-command";
  request.object = control & CONTROL_SECURED ? "encrypted" : NULL;
  isth_emit_request (ctx, &request);
}

static void
emit_command (IsthDissectContext *ctx,
              const IsthZigbeeMessage *m,
              uint16_t control)
{
  int command = isth_cursor_peek (&m->frame, 0);
  IsthRequest request = { .no_answer = true };

  if (command <= 0 || (size_t) command >= G_N_ELEMENTS (commands))
    {
      emit_closed (ctx, m, control);
      return;
    }
  read_command (ctx, m, m->frame);
  request.function = command;
  request.verb = commands[command].verb;
  request.name = commands[command].name;
  if (isth_zigbee_is_new (ctx, m, &request, "command", 7))
    isth_emit_request (ctx, &request);
}

static IsthDissectResult
zigbee_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  IsthEndpoint sender = isth_context_sender (ctx);
  IsthZigbeeMessage m = { .at = c->data + c->position, .length = isth_cursor_left (c) };
  Header h;

  if (!read_header (c, &h))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  isth_context_show (ctx, m.at, (uint32_t) (c->data + c->position - m.at)); /* behind it may be keys */
  if (!has_number (&sender))
    return ISTH_DISSECT_OK; /* it joins by its long address: in which network is not known */
  m.source = isth_zigbee_station (&sender, h.source);
  m.target = isth_zigbee_station (&sender, h.target);
  m.source_number = h.source;
  m.target_number = h.target;
  m.first = isth_address_equal (&sender.mac, &m.source.mac);
  emit_roles (ctx, &sender, &m.source, h.source);
  claim_station (ctx, &m.source, &h);
  if (h.long_target && h.target < ISTH_ZIGBEE_FIRST_GROUP)
    isth_zigbee_claim_long (ctx, &m.target, h.long_target, ISTH_CONFIDENCE_REPORTED);
  if (h.control & CONTROL_MULTICAST)
    isth_cursor_skip (c, 1);
  if (h.control & CONTROL_ROUTE)
    isth_cursor_skip (c, 1 + 2u * isth_cursor_u8 (c));
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  m.frame = *c;
  if (h.control & CONTROL_SECURED)
    read_security (ctx, *c, &sender);
  if (h.control & CONTROL_SECURED || h.version != VERSION_PRO)
    emit_closed (ctx, &m, h.control);
  else if ((h.control & CONTROL_TYPE) == TYPE_COMMAND)
    emit_command (ctx, &m, h.control);
  else
    return isth_zigbee_application (ctx, &m);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE } };

const IsthDissector isth_dissector_zigbee = {
  .id = "zigbee", /* stored in project files: never change it */
  .title = "ZigBee",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "protocol_address device_id vendor vendor_id model device_type hardware firmware software serial product_code location description",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = zigbee_probe,
  .dissect = zigbee_dissect,
};
