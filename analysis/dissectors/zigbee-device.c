/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZigBee's device profile: which devices there are by both their addresses, what they are and who made them, which functions they have, and who binds, lets
 * in and sends away. ZigBee specification (05-3474), 2.4. */
#include <glib.h>

#include "analysis/dissectors/zigbee-message.h"
#include "analysis/dissectors/zigbee-tables.h"

#define ANSWER 0x8000

enum
{
  NETWORK_ADDRESS = 0x00,
  LONG_ADDRESS = 0x01,
  NODE = 0x02,
  FUNCTION = 0x04,
  USER_TEXT = 0x11,
  ANNOUNCEMENT = 0x13,
  NEIGHBOURS = 0x31,
};

static const struct
{
  uint8_t number;
  IsthOp verb;
  const char *name;
} services[] = {
  { 0x00, ISTH_OP_IDENTIFY, "network-address" },   { 0x01, ISTH_OP_IDENTIFY, "long-address" },     { 0x02, ISTH_OP_IDENTIFY, "node-descriptor" },
  { 0x03, ISTH_OP_IDENTIFY, "power-descriptor" },  { 0x04, ISTH_OP_IDENTIFY, "simple-descriptor" }, { 0x05, ISTH_OP_IDENTIFY, "active-endpoints" },
  { 0x06, ISTH_OP_IDENTIFY, "match-descriptor" },  { 0x10, ISTH_OP_IDENTIFY, "complex-descriptor" }, { 0x11, ISTH_OP_IDENTIFY, "user-descriptor" },
  { 0x13, ISTH_OP_REPORT, "device-announcement" }, { 0x14, ISTH_OP_CONFIGURE, "set-user-descriptor" }, { 0x15, ISTH_OP_IDENTIFY, "server-discovery" },
  { 0x1f, ISTH_OP_REPORT, "parent-announcement" }, { 0x20, ISTH_OP_CONFIGURE, "end-device-bind" }, { 0x21, ISTH_OP_CONFIGURE, "bind" },
  { 0x22, ISTH_OP_CONFIGURE, "unbind" },           { 0x30, ISTH_OP_DIAGNOSE, "network-discovery" }, { 0x31, ISTH_OP_DIAGNOSE, "neighbour-table" },
  { 0x32, ISTH_OP_DIAGNOSE, "routing-table" },     { 0x33, ISTH_OP_DIAGNOSE, "binding-table" },    { 0x34, ISTH_OP_CONTROL, "leave" },
  { 0x35, ISTH_OP_CONFIGURE, "direct-join" },      { 0x36, ISTH_OP_CONTROL, "permit-joining" },    { 0x38, ISTH_OP_CONFIGURE, "network-update" },
};

static const struct
{
  uint8_t code;
  const char *text;
} errors[] = {
  { 0x80, "request not supported" }, { 0x81, "device not found" },   { 0x82, "invalid endpoint" },   { 0x83, "endpoint not active" },
  { 0x84, "not supported" },         { 0x85, "timeout" },            { 0x86, "no match" },           { 0x88, "no entry" },
  { 0x89, "no descriptor" },         { 0x8a, "insufficient space" }, { 0x8b, "not permitted" },      { 0x8c, "table full" },
  { 0x8d, "not authorized" },
};

const char *
isth_zigbee_maker (uint16_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (makers); i++)
    if (makers[i].code == code)
      return makers[i].name;
  return NULL;
}

static const char *
name_function (uint16_t profile,
               uint16_t device)
{
  if (profile != 0x0104 && profile != 0x0109 && profile != 0xc05e)
    return NULL;
  for (size_t i = 0; i < G_N_ELEMENTS (devices); i++)
    if (devices[i].device == device && (devices[i].profile == ANY_PROFILE || devices[i].profile == profile) && (profile != 0xc05e || device >= 0x0100))
      return devices[i].name;
  return NULL;
}

static const char *
name_role (uint8_t kind)
{
  static const char *const roles[] = { "zigbee-coordinator", "zigbee-router", "zigbee-end-device", NULL };

  return roles[kind & 3];
}

static void
say_role (IsthDissectContext *ctx,
          const IsthEndpoint *station,
          uint8_t kind)
{
  const char *role = name_role (kind);

  if (role && !isth_address_is_group (&station->mac))
    isth_emit_role (ctx, station, role);
}

/* Kind, what it can do, and who made it: 2.3.2.3. */
static void
read_node (IsthDissectContext *ctx,
           const IsthEndpoint *station,
           IsthCursor c,
           int confidence)
{
  const uint8_t *node = isth_cursor_bytes (&c, 5);
  const char *maker;
  uint16_t code;
  char text[16];

  if (!node || isth_emit_same (ctx, station, isth_context_digest (ctx, (uint64_t) confidence, node, 5), node))
    return;
  code = isth_le16 (node + 3);
  maker = isth_zigbee_maker (code);
  say_role (ctx, station, node[0] & 7);
  isth_emit_claim (ctx, station, ISTH_ATTRIBUTE_VENDOR_ID, isth_text_format (text, sizeof text, "0x%04x", code), confidence, node + 3, 2);
  if (maker)
    isth_emit_claim (ctx, station, ISTH_ATTRIBUTE_VENDOR, maker, confidence, node + 3, 2);
  isth_emit_same_end (ctx, true);
}

static void
read_function (IsthDissectContext *ctx,
               const IsthEndpoint *station,
               IsthCursor c,
               int confidence)
{
  const uint8_t *at = isth_cursor_bytes (&c, 7); /* length, endpoint, profile, device, version */
  const char *name = at ? name_function (isth_le16 (at + 2), isth_le16 (at + 4)) : NULL;

  if (!name || isth_emit_same (ctx, station, isth_context_digest (ctx, (uint64_t) confidence, at, 6), at))
    return;
  isth_emit_claim (ctx, station, ISTH_ATTRIBUTE_DEVICE_TYPE, name, confidence, at + 2, 4);
  isth_emit_same_end (ctx, true);
}

/* Whom a device hears: entries of 22 bytes with both addresses and what each is (2.4.4.3.2). */
static void
read_neighbours (IsthDissectContext *ctx,
                 const IsthZigbeeMessage *m,
                 IsthCursor c)
{
  uint8_t n;

  isth_cursor_skip (&c, 2); /* entries in all, first of these */
  n = isth_cursor_u8 (&c);
  for (const uint8_t *entry; n > 0 && (entry = isth_cursor_bytes (&c, 22)) != NULL; n--)
    if (isth_le16 (entry + 16) < ISTH_ZIGBEE_FIRST_GROUP)
      {
        IsthEndpoint station = isth_zigbee_station (&m->source, isth_le16 (entry + 16));

        isth_zigbee_claim_long (ctx, &station, entry + 8, ISTH_CONFIDENCE_REPORTED);
        say_role (ctx, &station, entry[18] & 3);
      }
}

/* Both addresses of a device, whoever says so. */
static void
read_pair (IsthDissectContext *ctx,
           const IsthZigbeeMessage *m,
           const uint8_t *address,
           uint16_t number)
{
  IsthEndpoint station = isth_zigbee_station (&m->source, number);

  if (address && number < ISTH_ZIGBEE_FIRST_GROUP)
    isth_zigbee_claim_long (ctx, &station, address, number == m->source_number ? ISTH_CONFIDENCE_PARSED : ISTH_CONFIDENCE_REPORTED);
}

static void
read_announcement (IsthDissectContext *ctx,
                   const IsthZigbeeMessage *m,
                   IsthCursor c)
{
  uint16_t number = isth_cursor_le16 (&c);
  const uint8_t *address = isth_cursor_bytes (&c, 8);
  uint8_t can = isth_cursor_u8 (&c);
  IsthEndpoint station = isth_zigbee_station (&m->source, number);

  if (c.failed)
    return;
  read_pair (ctx, m, address, number);
  if (number != 0)
    say_role (ctx, &station, can & 2 ? 1 : 2);
}

static void
read_answer (IsthDissectContext *ctx,
             const IsthZigbeeMessage *m,
             uint8_t service,
             IsthCursor c)
{
  const uint8_t *address;
  IsthEndpoint station;
  int confidence;
  uint16_t number;

  if (service == NETWORK_ADDRESS || service == LONG_ADDRESS)
    {
      address = isth_cursor_bytes (&c, 8);
      number = isth_cursor_le16 (&c);
      if (!c.failed)
        read_pair (ctx, m, address, number);
      return;
    }
  if (service == NEIGHBOURS)
    {
      read_neighbours (ctx, m, c);
      return;
    }
  if (service != NODE && service != FUNCTION && service != USER_TEXT)
    return;
  number = isth_cursor_le16 (&c);
  station = isth_zigbee_station (&m->source, number);
  confidence = number == m->source_number ? ISTH_CONFIDENCE_PARSED : ISTH_CONFIDENCE_REPORTED;
  if (c.failed || number >= ISTH_ZIGBEE_FIRST_GROUP)
    return;
  if (service == NODE)
    read_node (ctx, &station, c, confidence);
  else if (service == FUNCTION)
    read_function (ctx, &station, c, confidence);
  else
    {
      uint8_t length = isth_cursor_u8 (&c);
      const uint8_t *text = isth_cursor_bytes (&c, length);

      if (text && !isth_emit_same (ctx, &station, isth_context_digest (ctx, (uint64_t) confidence, text, length), text))
        {
          isth_emit_text (ctx, &station, ISTH_ATTRIBUTE_DESCRIPTION, confidence, text, length);
          isth_emit_same_end (ctx, true);
        }
    }
}

static const char *
name_error (uint8_t status)
{
  for (size_t i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].code == status)
      return errors[i].text;
  return NULL;
}

/* For how long others may join: 0 no longer, 255 until further notice. */
static const char *
tell_time (char *text,
           size_t size,
           int seconds)
{
  if (seconds <= 0)
    return seconds == 0 ? "closed" : NULL;
  return seconds == 255 ? "open" : isth_text_format (text, size, "for %d s", seconds);
}

void
isth_zigbee_device (IsthDissectContext *ctx,
                    const IsthZigbeeMessage *m,
                    IsthCursor c)
{
  uint8_t number = isth_cursor_u8 (&c), service = m->cluster & 0xff, status;
  IsthRequest request = { .function = m->cluster, .verb = ISTH_OP_OTHER, .name = "device-profile" };
  int what[2] = { m->cluster, -1 };
  char text[32];

  if (c.failed)
    return;
  if (m->cluster & ANSWER)
    {
      status = isth_cursor_u8 (&c);
      isth_emit_response (ctx, isth_zigbee_match (m, true, false, m->cluster & 0x7fff, number), status == 0 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                          status == 0 ? NULL : name_error (status) ? name_error (status) : isth_text_format (text, sizeof text, "status 0x%02x", status), false);
      if (!c.failed && status == 0)
        read_answer (ctx, m, service, c);
      return;
    }
  if (m->cluster == ANNOUNCEMENT)
    read_announcement (ctx, m, c);
  for (size_t i = 0; i < G_N_ELEMENTS (services); i++)
    if (services[i].number == m->cluster)
      {
        request.verb = services[i].verb;
        request.name = services[i].name;
      }
  request.no_answer = request.verb == ISTH_OP_REPORT || isth_address_is_group (&m->target.mac);
  request.match = isth_zigbee_match (m, false, false, m->cluster, number);
  if (service == 0x36)
    what[1] = isth_cursor_peek (&c, 0);
  if (!isth_zigbee_is_new (ctx, m, &request, what, sizeof what))
    return;
  request.object = service == 0x36 ? tell_time (text, sizeof text, what[1]) : NULL;
  isth_emit_request (ctx, &request);
}
