/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZigBee on IEEE 802.15.4: who sends to whom in which network, who passes it on, and the long addresses of the devices. ZigBee specification (05-3474), 3.3.
 *
 * What they say to each other is encrypted in nearly all networks, and not read. A station has the number that its network gave it, and stands with it and the
 * network's (analysis/decode/fieldbus.c); it may get another one. */
#include <glib.h>

#include "analysis/dissectors/dissector.h"

#define ETHER_TYPE 0x00f6 /* in place of one: Linux' number for such frames */
#define FIRST_GROUP 0xfff8

enum
{
  CONTROL_TYPE = 0x0003,
  CONTROL_SECURED = 0x0200,
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

typedef struct
{
  uint16_t control, target, source;
  const uint8_t *long_source; /* last byte first */
} Header;

static bool
read_header (IsthCursor *c,
             Header *h)
{
  uint8_t version, radius;

  h->control = isth_cursor_le16 (c);
  h->target = isth_cursor_le16 (c);
  h->source = isth_cursor_le16 (c);
  radius = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1); /* number */
  if (h->control & CONTROL_LONG_TARGET)
    isth_cursor_skip (c, 8);
  h->long_source = h->control & CONTROL_LONG_SOURCE ? isth_cursor_bytes (c, 8) : NULL;
  version = h->control >> 2 & 15;
  return !c->failed && (version == VERSION_PRO || version == VERSION_2004) && (h->control & CONTROL_TYPE) <= TYPE_COMMAND && !(h->control & CONTROL_RESERVED)
         && radius > 0 && h->source < FIRST_GROUP;
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

/* The station @number in the network of @sender, as the decoder makes its address. */
static IsthEndpoint
make_station (const IsthEndpoint *sender,
              uint16_t number)
{
  const uint8_t *b = sender->mac.bytes;
  uint8_t address[6] = { b[0], b[1], b[2], b[3], (uint8_t) (number >> 8), (uint8_t) number };

  if (number >= FIRST_GROUP)
    memset (address, 0xff, sizeof address);
  return isth_endpoint_from_address (isth_address_mac (address), sender->vlan);
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
    isth_emit_claim (ctx, station, ISTH_ATTRIBUTE_DEVICE_ID,
                     isth_text_format (text, sizeof text, "%02x:%02x:%02x:%02x:%02x:%02x:%02x:%02x", l[7], l[6], l[5], l[4], l[3], l[2], l[1], l[0]),
                     ISTH_CONFIDENCE_PARSED, l, 8);
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

static IsthDissectResult
zigbee_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  IsthEndpoint sender = isth_context_sender (ctx), station, target;
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_OTHER };
  Header h;

  if (!read_header (c, &h))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  if (!has_number (&sender))
    return ISTH_DISSECT_OK; /* it joins by its long address: in which network is not known */
  station = make_station (&sender, h.source);
  target = make_station (&sender, h.target);
  emit_roles (ctx, &sender, &station, h.source);
  claim_station (ctx, &station, &h);
  request.function = h.control & CONTROL_TYPE;
  request.source = &station;
  request.target = &target;
  request.key = isth_context_digest (ctx, (uint64_t) h.source << 48 | (uint64_t) h.target << 32 | (h.control & (CONTROL_TYPE | CONTROL_SECURED)), "zigbee", 6);
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  request.name = (h.control & CONTROL_TYPE) == TYPE_DATA ? "data" : "network-command";
  request.object = h.control & CONTROL_SECURED ? "encrypted" : NULL;
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE } };

const IsthDissector isth_dissector_zigbee = {
  .id = "zigbee", /* stored in project files: never change it */
  .title = "ZigBee",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "protocol_address device_id",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = zigbee_probe,
  .dissect = zigbee_dissect,
};
