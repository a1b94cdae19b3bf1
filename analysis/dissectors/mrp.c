/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Media redundancy of a ring: who manages it, whether it is closed, and which links failed. IEC 62439-2, 8.
 *
 * Interconnected rings (MRP interconnection) are named, and their states are not kept. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

enum
{
  TLV_END = 0,
  TLV_COMMON = 1,
  TLV_TEST = 2,
  TLV_TOPOLOGY_CHANGE = 3,
  TLV_LINK_DOWN = 4,
  TLV_LINK_UP = 5,
  TLV_OPTION = 0x7f,
};

/* Names of what is sent, who sends it, and how long it is at least. */
static const struct
{
  uint8_t type;
  uint8_t length;
  const char *name, *role;
} types[] = {
  { TLV_TEST, 18, "test", "mrp-manager" },
  { TLV_TOPOLOGY_CHANGE, 10, "topology-change", "mrp-manager" },
  { TLV_LINK_DOWN, 12, "link-down", "mrp-client" },
  { TLV_LINK_UP, 12, "link-up", "mrp-client" },
  { 0x06, 10, "interconnection-test", "mrp-interconnection-manager" },
  { 0x07, 10, "interconnection-topology-change", "mrp-interconnection-manager" },
  { 0x08, 10, "interconnection-link-down", "mrp-interconnection-client" },
  { 0x09, 10, "interconnection-link-up", "mrp-interconnection-client" },
  { 0x0a, 10, "interconnection-link-status-poll", "mrp-interconnection-manager" },
};

typedef struct
{
  const uint8_t *domain; /* UUID */
  const uint8_t *body;   /* of the one message that a frame holds */
  size_t type;           /* index into types */
} Parts;

static size_t
find_type (uint8_t type)
{
  size_t i = 0;

  while (i < G_N_ELEMENTS (types) && types[i].type != type)
    i++;
  return i;
}

/* Version 1, then parts of which one is the message and one is common to all. */
static bool
read_parts (IsthCursor *c,
            Parts *parts)
{
  *parts = (Parts){ NULL, NULL, G_N_ELEMENTS (types) };
  if (isth_cursor_be16 (c) != 1)
    return false;
  while (!c->failed)
    {
      uint8_t type = isth_cursor_u8 (c);
      IsthCursor body = isth_cursor_take (c, isth_cursor_u8 (c));
      size_t known = find_type (type);

      if (c->failed || body.length < body.wire)
        return false;
      if (type == TLV_END && (body.length > 0 || parts->domain))
        return parts->domain && parts->body;
      if (type == TLV_END)
        continue; /* two zeros fill up messages about links to whole words */
      if (type == TLV_COMMON)
        {
          isth_cursor_skip (&body, 2); /* sequence number */
          parts->domain = isth_cursor_bytes (&body, 16);
        }
      else if (known < G_N_ELEMENTS (types))
        {
          parts->type = known;
          parts->body = isth_cursor_bytes (&body, types[known].length);
        }
      if (body.failed)
        return false;
    }
  return false;
}

static IsthProbe
mrp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  Parts parts;

  (void) packet;
  return isth_cursor_peek (&c, 0) == 0 && read_parts (&c, &parts) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* What of the message matters: the ring's state of a test, the port of a link. */
static const char *
describe (const Parts *parts,
          char text[ISTH_LIMIT_TEXT])
{
  static const char *const ports[] = { "primary port", "secondary port" };
  char domain[40];
  const uint8_t *body = parts->body;

  isth_text_from_hex (domain, sizeof domain, parts->domain, 16);
  if (types[parts->type].type == TLV_TEST)
    return isth_text_format (text, ISTH_LIMIT_TEXT, "domain %s, ring %s, priority 0x%04x, %s", domain, body[11] ? "closed" : "open",
                             isth_be16 (body), ports[body[9] != 0]);
  if (types[parts->type].type == TLV_LINK_DOWN || types[parts->type].type == TLV_LINK_UP)
    return isth_text_format (text, ISTH_LIMIT_TEXT, "domain %s, %s", domain, ports[body[7] != 0]);
  return isth_text_format (text, ISTH_LIMIT_TEXT, "domain %s", domain);
}

static IsthDissectResult
mrp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  char object[ISTH_LIMIT_TEXT];
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT };
  Parts parts;

  if (!read_parts (c, &parts))
    return ISTH_DISSECT_MALFORMED;
  request.function = types[parts.type].type;
  request.name = types[parts.type].name;
  request.key = isth_context_digest (ctx, types[parts.type].type, parts.domain, 16);
  request.key = isth_context_digest (ctx, request.key, parts.body, types[parts.type].type == TLV_TEST ? 12 : 8);
  if (!isth_emit_again (ctx, &request))
    {
      request.object = describe (&parts, object);
      isth_emit_request (ctx, &request);
    }
  isth_emit_role (ctx, NULL, types[parts.type].role);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, 0x88e3 } };

const IsthDissector isth_dissector_mrp = {
  .id = "mrp",
  .title = N_("Media redundancy protocol"),
  .depth = ISTH_DEPTH_DEEP,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = mrp_probe,
  .dissect = mrp_dissect,
};
