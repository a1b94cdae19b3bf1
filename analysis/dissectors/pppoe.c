/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a client finds an access concentrator, and which session it gets. RFC 2516, 5. What is inside of sessions is decoded as what it is. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define ETHER_TYPE 0x8863

enum
{
  CODE_OFFER = 0x07,
  CODE_INITIATION = 0x09,
  CODE_REQUEST = 0x19,
  CODE_SESSION = 0x65,
  CODE_END = 0xa7,
};

enum
{
  TAG_SERVICE = 0x0101,
  TAG_CONCENTRATOR = 0x0102,
  TAG_ERROR_FIRST = 0x0201, /* service name, concentrator, anything else */
  TAG_ERROR_LAST = 0x0203,
};

typedef struct
{
  IsthCursor service, concentrator, error;
  bool refused;
} Tags;

static bool
read_tags (IsthCursor *c,
           Tags *tags)
{
  *tags = (Tags){ 0 };
  while (isth_cursor_wire_left (c) >= 4)
    {
      uint16_t tag = isth_cursor_be16 (c);
      IsthCursor value = isth_cursor_take (c, isth_cursor_be16 (c));

      if (c->failed || value.length < value.wire)
        return false;
      if (tag == 0)
        break;
      if (tag == TAG_SERVICE)
        tags->service = value;
      else if (tag == TAG_CONCENTRATOR)
        tags->concentrator = value;
      else if (tag >= TAG_ERROR_FIRST && tag <= TAG_ERROR_LAST)
        {
          tags->error = value;
          tags->refused = true;
        }
    }
  return !c->failed;
}

static IsthProbe
pppoe_probe (IsthCursor c,
             const IsthPacket *packet)
{
  uint8_t version = isth_cursor_u8 (&c);
  uint8_t code = isth_cursor_u8 (&c);

  isth_cursor_skip (&c, 2);
  if (version != 0x11 || packet->ether_type != ETHER_TYPE || isth_cursor_be16 (&c) > isth_cursor_wire_left (&c) || c.failed)
    return ISTH_PROBE_NO;
  switch (code)
    {
    case CODE_OFFER:
    case CODE_INITIATION:
    case CODE_REQUEST:
    case CODE_SESSION:
    case CODE_END:
      return ISTH_PROBE_STRONG;
    default:
      return ISTH_PROBE_NO;
    }
}

/* By the service that is asked for, where one is. */
static void
ask (IsthDissectContext *ctx,
     uint8_t code,
     const char *name,
     bool no_answer,
     const Tags *tags)
{
  char object[ISTH_LIMIT_TEXT], service[200];
  IsthRequest request = { .match = code, .no_answer = no_answer, .verb = ISTH_OP_OTHER, .function = code, .name = name };

  isth_text_from_string (service, sizeof service, tags->service.data, tags->service.length);
  if (service[0] != '\0')
    request.object = isth_text_format (object, sizeof object, "service “%s”", service);
  isth_emit_request (ctx, &request);
  isth_emit_role (ctx, NULL, "pppoe-client");
}

static IsthDissectResult
pppoe_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  char text[ISTH_LIMIT_TEXT];
  uint16_t length, session;
  uint8_t code;
  Tags tags;

  isth_cursor_skip (c, 1);
  code = isth_cursor_u8 (c);
  session = isth_cursor_be16 (c);
  length = isth_cursor_be16 (c);
  if (c->failed || length > isth_cursor_wire_left (c))
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, length);
  if (!read_tags (c, &tags))
    return ISTH_DISSECT_MALFORMED;
  switch (code)
    {
    case CODE_INITIATION:
      ask (ctx, code, "initiation", true, &tags);
      break;
    case CODE_REQUEST:
      ask (ctx, code, "request", false, &tags);
      break;
    case CODE_OFFER:
      isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_REPORT, .function = code, .name = "offer" });
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, tags.concentrator.data, tags.concentrator.length);
      isth_emit_role (ctx, NULL, "pppoe-server");
      break;
    case CODE_SESSION: /* session 0: none */
      isth_text_from_string (text, sizeof text, tags.error.data, tags.error.length);
      isth_emit_response (ctx, CODE_REQUEST, tags.refused || session == 0 ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, text, false);
      isth_emit_role (ctx, NULL, "pppoe-server");
      break;
    case CODE_END:
      isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_OTHER, .function = code, .name = "end" });
      break;
    default:
      return ISTH_DISSECT_NOT_MINE;
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE } };

const IsthDissector isth_dissector_pppoe = {
  .id = "pppoe",
  .title = N_("PPPoE discovery"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "hostname",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = pppoe_probe,
  .dissect = pppoe_dissect,
};
