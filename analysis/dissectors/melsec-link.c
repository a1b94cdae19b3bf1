/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CC-Link IE Field Basic and the station search of SLMP. CC-Link Partner Association, BAP-C2006ENG-001 (7, cyclic data) and -003 (8.3.11, node search).
 *
 * Everything is little-endian, addresses too. The values of cyclic data are not shown, and of the list of slaves only how many stations it has. */
#include "analysis/dissectors/melsec-link.h"

#include <glib.h>

#define REQUEST_OFFSET 36 /* where the data of the cycle begin, in all known versions of the protocol */
#define ANSWER_OFFSET 40
#define BYTES_OF_STATION 72 /* 32 registers and 64 bits each way */
#define MOST_STATIONS 16
#define UDP 1

/* An address, last byte first. */
static bool
read_ip (IsthCursor *c,
         IsthAddress *ip)
{
  const uint8_t *b = isth_cursor_bytes (c, 4);

  if (b)
    *ip = isth_address_ipv4 ((const uint8_t[]){ b[3], b[2], b[1], b[0] });
  return b;
}

static bool
read_mac (IsthCursor *c,
          IsthAddress *mac)
{
  const uint8_t *b = isth_cursor_bytes (c, 6);

  if (b)
    *mac = isth_address_mac ((const uint8_t[]){ b[5], b[4], b[3], b[2], b[1], b[0] });
  return b;
}

/* Code of the maker as its association gave it out, of the model as the maker did, version. */
static void
claim_identity (IsthDissectContext *ctx,
                const IsthEndpoint *about,
                uint16_t vendor,
                uint32_t model,
                uint16_t version,
                const uint8_t *at,
                uint32_t length)
{
  char text[16];

  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_VENDOR_ID, isth_text_format (text, sizeof text, "0x%04x", vendor), ISTH_CONFIDENCE_PARSED, at, length);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_PRODUCT_CODE, isth_text_format (text, sizeof text, "0x%08x", model), ISTH_CONFIDENCE_PARSED, at, length);
  if (vendor == 0) /* the first member, and what nobody filled in: not sure */
    isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_VENDOR, "Mitsubishi Electric", ISTH_CONFIDENCE_BANNER, at, length);
  if (version != 0)
    isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_HARDWARE, isth_text_format (text, sizeof text, "%u", version), ISTH_CONFIDENCE_BANNER, at, length);
}

static void
emit_cycle (IsthDissectContext *ctx,
            uint64_t key,
            uint8_t group,
            uint16_t stations)
{
  char object[32];
  IsthRequest request = { .key = key, .no_answer = true, .verb = ISTH_OP_REPORT, .function = MELSEC_CYCLIC };

  if (isth_emit_again (ctx, &request))
    return;
  request.name = "cyclic-data";
  request.object = isth_text_format (object, sizeof object, stations == 1 ? "group %u, %u station" : "group %u, %u stations", group, stations);
  isth_emit_request (ctx, &request);
}

static void
claim_state (IsthDissectContext *ctx,
             bool runs,
             const uint8_t *at)
{
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, runs ? "run" : "stop", ISTH_CONFIDENCE_PARSED, at, 2);
}

bool
isth_melsec_read_cyclic_request (IsthDissectContext *ctx,
                                 IsthCursor c)
{
  uint16_t version = isth_cursor_le16 (&c), stations, offset;
  uint8_t decides[5];
  const uint8_t *status, *group;

  isth_cursor_skip (&c, 2);
  offset = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 14);
  status = isth_cursor_bytes (&c, 2);
  isth_cursor_skip (&c, 2 + 8 + 4); /* clock, address of the master */
  group = isth_cursor_bytes (&c, 1);
  isth_cursor_skip (&c, 1 + 2 + 2 + 2 + 2); /* sequence, how long to wait and how often, version of the parameters */
  stations = isth_cursor_le16 (&c);
  if (c.failed || version == 0 || offset != REQUEST_OFFSET || stations == 0 || stations > MOST_STATIONS)
    return false;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "cclink-ie-master");
  memcpy (decides, (const uint8_t[]){ status[0], status[1], group[0], (uint8_t) stations, 1 }, sizeof decides);
  if (!isth_emit_same (ctx, NULL, isth_context_digest (ctx, 0, decides, sizeof decides), status))
    {
      claim_state (ctx, status[0] & 1, status);
      isth_emit_same_end (ctx, true);
    }
  emit_cycle (ctx, isth_context_digest (ctx, MELSEC_CYCLIC, decides + 2, 3), group[0], stations);
  return true;
}

bool
isth_melsec_read_cyclic_answer (IsthDissectContext *ctx,
                                IsthCursor c)
{
  uint16_t version = isth_cursor_le16 (&c), offset, vendor, number;
  const uint8_t *identity, *status, *id, *group;
  uint32_t model, stations;
  IsthAddress ip;

  isth_cursor_skip (&c, 2); /* how it went */
  offset = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 14);
  identity = c.data + c.position;
  vendor = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 2);
  model = isth_cursor_le32 (&c);
  number = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 2);
  status = isth_cursor_bytes (&c, 2);
  isth_cursor_skip (&c, 2 + 4);
  id = c.data + c.position;
  if (!read_ip (&c, &ip))
    return false;
  group = isth_cursor_bytes (&c, 1);
  isth_cursor_skip (&c, 1 + 2);
  stations = isth_cursor_wire_left (&c) / BYTES_OF_STATION;
  if (c.failed || version == 0 || offset != ANSWER_OFFSET || stations == 0 || stations > MOST_STATIONS || isth_cursor_wire_left (&c) % BYTES_OF_STATION != 0)
    return false;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "cclink-ie-slave");
  if (!isth_emit_same (ctx, NULL, isth_context_digest (ctx, ANSWER_OFFSET, identity, (uint32_t) (id - identity) - 6), identity))
    {
      claim_identity (ctx, NULL, vendor, model, number, identity, 10);
      claim_state (ctx, status[0] & 1, status);
      isth_emit_same_end (ctx, true);
    }
  emit_cycle (ctx, isth_context_digest (ctx, MELSEC_CYCLIC + 1, (const uint8_t[]){ group[0], (uint8_t) stations }, 2), group[0], (uint16_t) stations);
  return true;
}

/* Size and address; only those of IPv4 are known. */
static bool
read_sized_ip (IsthCursor *c,
               IsthAddress *ip)
{
  return isth_cursor_u8 (c) == 4 && read_ip (c, ip);
}

bool
isth_melsec_read_node (IsthDissectContext *ctx,
                       IsthCursor c)
{
  const uint8_t *at, *name, *identity;
  IsthAddress master, mac, ip, target;
  IsthEndpoint station;
  uint16_t vendor, number;
  uint32_t model;
  uint8_t length;

  isth_cursor_skip (&c, 6);
  if (!read_sized_ip (&c, &master))
    return false;
  at = c.data + c.position;
  if (!read_mac (&c, &mac) || !read_sized_ip (&c, &ip))
    return false;
  isth_cursor_skip (&c, 4 + 4); /* mask, gateway */
  length = isth_cursor_u8 (&c);
  name = isth_cursor_bytes (&c, length);
  identity = c.data + c.position;
  vendor = isth_cursor_le16 (&c);
  model = isth_cursor_le32 (&c);
  number = isth_cursor_le16 (&c);
  if (!read_sized_ip (&c, &target))
    return false;
  isth_cursor_skip (&c, 2 + 2 + 2); /* port of the target, state, own port */
  if (isth_cursor_u8 (&c) != UDP || c.failed || isth_cursor_wire_left (&c) != 0)
    return false;
  station = isth_endpoint_from_address (ip, isth_packet_vlan (isth_context_packet (ctx)));
  station.mac = mac;
  if (isth_emit_same (ctx, &station, isth_context_digest (ctx, MELSEC_NODE_SEARCH, at, (uint32_t) (c.data + c.position - at)), at))
    return true;
  isth_emit_binding (ctx, &station, at, 11);
  station.mac = (IsthAddress){ 0 };
  claim_identity (ctx, &station, vendor, model, number, identity, 8);
  if (length > 0)
    isth_emit_text (ctx, &station, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, name, length);
  isth_emit_same_end (ctx, true);
  return true;
}

void
isth_melsec_describe_address (IsthDissectContext *ctx,
                              IsthCursor c,
                              char *text,
                              size_t size,
                              IsthEndpoint *station)
{
  IsthAddress master, mac, ip, mask;
  char ip_text[ISTH_ADDRESS_TEXT], mask_text[ISTH_ADDRESS_TEXT];

  isth_cursor_skip (&c, 6);
  if (!read_sized_ip (&c, &master) || !read_mac (&c, &mac) || !read_sized_ip (&c, &ip) || !read_ip (&c, &mask))
    return;
  *station = isth_endpoint_from_address (mac, isth_packet_vlan (isth_context_packet (ctx)));
  isth_text_format (text, size, "%s mask %s", isth_address_format (&ip, ip_text), isth_address_format (&mask, mask_text));
}
