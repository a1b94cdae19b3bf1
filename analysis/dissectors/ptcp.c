/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PROFINET's precision transparent clock protocol: who is the clock of a domain, and which ports are wired to each other.
 * IEC 61158-6-10, 4.4.
 *
 * Times and delays are not kept, nor is it said how well anybody is synchronised. A request for the delay is answered by the other end of
 * the wire alone, so an answer tells of two neighbours. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define ETHER_TYPE 0x8892

enum
{
  KIND_SYNC,
  KIND_ANNOUNCE,
  KIND_REQUEST,
  KIND_RESPONSE,
};

/* The ranges of frame identifiers, and what is sent in them. */
static const struct
{
  uint16_t first, last;
  uint8_t kind;
  const char *name;
} kinds[] = {
  { 0x0020, 0x003f, KIND_SYNC, "sync-with-follow-up" },
  { 0x0080, 0x00ff, KIND_SYNC, "sync" },
  { 0xff00, 0xff1f, KIND_ANNOUNCE, "announce" },
  { 0xff20, 0xff3f, KIND_SYNC, "follow-up" },
  { 0xff40, 0xff40, KIND_REQUEST, "delay-request" },
  { 0xff41, 0xff41, KIND_RESPONSE, "delay-response-with-follow-up" },
  { 0xff42, 0xff42, KIND_RESPONSE, "delay-response-follow-up" },
  { 0xff43, 0xff43, KIND_RESPONSE, "delay-response" },
};

enum
{
  TLV_END = 0,
  TLV_SUBDOMAIN = 1,
  TLV_MASTER = 4,
  TLV_DELAY = 6,
};

/* What the parts of a message say; NULL: nothing. */
typedef struct
{
  const uint8_t *domain; /* MAC of the clock, UUID of its domain */
  const uint8_t *rank;   /* priorities, class, accuracy and variance of the clock */
  const uint8_t *port;   /* MAC of the port that measures the delay */
} Parts;

static size_t
find_kind (uint16_t frame)
{
  size_t i = 0;

  while (i < G_N_ELEMENTS (kinds) && (frame < kinds[i].first || frame > kinds[i].last))
    i++;
  return i;
}

/* Reads what stands behind the header; false when it contradicts itself. */
static bool
read_parts (IsthCursor *c,
            Parts *parts)
{
  *parts = (Parts){ NULL, NULL, NULL };
  isth_cursor_skip (c, 20); /* delays, and the number of the message */
  while (!c->failed)
    {
      uint16_t header = isth_cursor_be16 (c);
      unsigned type = header >> 9;
      IsthCursor body = isth_cursor_take (c, header & 0x1ff);

      if (c->failed || body.length < body.wire)
        return false;
      if (type == TLV_END)
        return true;
      if (type == TLV_SUBDOMAIN)
        parts->domain = isth_cursor_bytes (&body, 22);
      else if (type == TLV_MASTER)
        parts->rank = isth_cursor_bytes (&body, 6);
      else if (type == TLV_DELAY)
        parts->port = isth_cursor_bytes (&body, 6);
      if (body.failed)
        return false;
    }
  return false;
}

static bool
fits (uint8_t kind,
      const Parts *parts)
{
  return kind == KIND_REQUEST || kind == KIND_RESPONSE ? parts->port != NULL : parts->domain != NULL;
}

static IsthProbe
ptcp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  size_t kind = find_kind (isth_cursor_be16 (&c));
  Parts parts;

  if (c.failed || packet->ether_type != ETHER_TYPE || kind == G_N_ELEMENTS (kinds))
    return ISTH_PROBE_NO;
  if (!read_parts (&c, &parts))
    return c.length < c.wire ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  return fits (kinds[kind].kind, &parts) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static const char *
format_object (char text[ISTH_LIMIT_TEXT],
               const Parts *parts)
{
  char domain[40], clock[ISTH_ADDRESS_TEXT];
  IsthAddress mac;
  int n = 0;

  text[0] = '\0';
  if (!parts->domain)
    return text;
  mac = isth_address_mac (parts->domain);
  isth_text_from_hex (domain, sizeof domain, parts->domain + 6, 16);
  isth_address_format (&mac, clock);
  isth_text_format (text, ISTH_LIMIT_TEXT, "subdomain %s, clock %s", domain, clock);
  n = (int) strlen (text);
  if (parts->rank)
    isth_text_format (text + n, ISTH_LIMIT_TEXT - (size_t) n, ", priority %u/%u, class %u", parts->rank[0] & 7, parts->rank[1],
                      parts->rank[2]);
  return text;
}

/* Whoever a synchronisation names as its clock is the master, whoever forwards it. */
static void
emit_master (IsthDissectContext *ctx,
             const Parts *parts)
{
  IsthEndpoint master = isth_endpoint_from_address (isth_address_mac (parts->domain), isth_packet_vlan (isth_context_packet (ctx)));

  if (isth_address_is_host (&master.mac))
    isth_emit_role (ctx, &master, "ptcp-master");
}

static void
emit_neighbour (IsthDissectContext *ctx,
                const Parts *parts)
{
  IsthEndpoint other = isth_endpoint_from_address (isth_address_mac (parts->port), isth_packet_vlan (isth_context_packet (ctx)));
  IsthEndpoint sender = isth_context_sender (ctx);

  if (isth_address_is_host (&other.mac) && !isth_address_equal (&other.mac, &sender.mac))
    isth_emit_neighbour (ctx, NULL, &other, "");
}

static IsthDissectResult
ptcp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  uint16_t frame = isth_cursor_be16 (c);
  size_t kind = find_kind (frame);
  char object[ISTH_LIMIT_TEXT];
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_TIME_SYNC, .function = frame };
  Parts parts;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (kind == G_N_ELEMENTS (kinds))
    return ISTH_DISSECT_NOT_MINE;
  if (!read_parts (c, &parts) || !fits (kinds[kind].kind, &parts))
    return ISTH_DISSECT_MALFORMED;

  request.name = kinds[kind].name;
  request.key = isth_context_digest (ctx, frame, parts.domain ? parts.domain : parts.port, parts.domain ? 22 : 6);
  if (parts.rank)
    request.key = isth_context_digest (ctx, request.key, parts.rank, 6);
  if (!isth_emit_again (ctx, &request))
    {
      request.object = format_object (object, &parts);
      isth_emit_request (ctx, &request);
    }
  if (parts.domain)
    emit_master (ctx, &parts);
  if (kinds[kind].kind == KIND_RESPONSE)
    emit_neighbour (ctx, &parts);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE } };

const IsthDissector isth_dissector_ptcp = {
  .id = "ptcp",
  .title = N_("PROFINET transparent clocks"),
  .depth = ISTH_DEPTH_DEEP,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = ptcp_probe,
  .dissect = ptcp_dissect,
};
