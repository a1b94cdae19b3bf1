/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Audio and video transport over time-sensitive networks: streams and their talkers, and entities that can be discovered. IEEE 1722-2016, 4.4;
 * IEEE 1722.1-2013, 6 (discovery), 8 (connections).
 *
 * The media themselves and the descriptors of entities are not read. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define ETHER_TYPE 0x22f0

enum
{
  SUBTYPE_DISCOVERY = 0xfa,
  SUBTYPE_CONTROL = 0xfb,
  SUBTYPE_CONNECTION = 0xfc,
  SUBTYPE_ADDRESSES = 0xfe,
};

/* Subtypes that carry a stream. */
static const struct
{
  uint8_t subtype;
  const char *name;
} formats[] = {
  { 0x00, "IEC 61883" },       { 0x02, "audio" },     { 0x03, "compressed video" }, { 0x04, "clock reference" },
  { 0x05, "control" },         { 0x06, "SDI video" }, { 0x07, "raw video" },        { 0x6e, "encrypted" },
  { 0x82, "untimed control" },
};

static const char *const discoveries[] = { "entity-available", "entity-departing", "entity-discover" };

static const char *
find_format (uint8_t subtype)
{
  for (size_t i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i].subtype == subtype)
      return formats[i].name;
  return NULL;
}

static IsthProbe
avtp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  int subtype = isth_cursor_peek (&c, 0), version = isth_cursor_peek (&c, 1);

  if (packet->ether_type != ETHER_TYPE || subtype < 0 || version < 0 || (version & 0x70) != 0)
    return ISTH_PROBE_NO;
  return find_format ((uint8_t) subtype) || subtype >= SUBTYPE_DISCOVERY ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static IsthDissectResult
read_stream (IsthDissectContext *ctx,
             uint8_t subtype,
             const char *format,
             IsthCursor *c)
{
  const uint8_t *id;
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = subtype, .name = "stream" };
  char object[64], text[20];

  isth_cursor_skip (c, 2);
  id = isth_cursor_bytes (c, 8);
  if (!id)
    return ISTH_DISSECT_MALFORMED;
  request.key = isth_context_digest (ctx, subtype, id, 8);
  if (!isth_emit_again (ctx, &request))
    {
      request.object = isth_text_format (object, sizeof object, "%s, %s", isth_text_from_hex (text, sizeof text, id, 8), format);
      isth_emit_request (ctx, &request);
    }
  isth_emit_role (ctx, NULL, "avtp-talker");
  return ISTH_DISSECT_OK;
}

/* An entity says that it is there, is leaving, or asks who is. */
static IsthDissectResult
read_discovery (IsthDissectContext *ctx,
                uint8_t message,
                IsthCursor *c)
{
  const uint8_t *entity, *model;
  char text[20];

  isth_cursor_skip (c, 2); /* how long it is valid, length */
  entity = isth_cursor_bytes (c, 8);
  model = isth_cursor_bytes (c, 8);
  if (!model)
    return ISTH_DISSECT_MALFORMED;
  isth_text_from_hex (text, sizeof text, entity, 8);
  isth_emit_request (ctx, &(IsthRequest){
                            .no_answer = true,
                            .verb = message == 2 ? ISTH_OP_IDENTIFY : ISTH_OP_REPORT,
                            .function = message,
                            .name = message < G_N_ELEMENTS (discoveries) ? discoveries[message] : "discovery",
                            .object = text,
                          });
  if (message != 0)
    return ISTH_DISSECT_OK;
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, text, ISTH_CONFIDENCE_PARSED, entity, 8);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PRODUCT_CODE, isth_text_from_hex (text, sizeof text, model, 8), ISTH_CONFIDENCE_PARSED, model, 8);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
avtp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  uint8_t subtype = isth_cursor_u8 (c), message = isth_cursor_u8 (c) & 0x0f;
  const char *format = find_format (subtype);
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_OTHER, .function = subtype, .name = "other" };

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (format)
    return read_stream (ctx, subtype, format, c);
  if (subtype == SUBTYPE_DISCOVERY)
    return read_discovery (ctx, message, c);
  if (subtype == SUBTYPE_CONTROL)
    request = (IsthRequest){ .no_answer = true, .verb = ISTH_OP_READ, .function = message, .name = "entity-control" };
  else if (subtype == SUBTYPE_CONNECTION)
    request = (IsthRequest){ .no_answer = true, .verb = ISTH_OP_SUBSCRIBE, .function = message, .name = "connection-management" };
  else if (subtype == SUBTYPE_ADDRESSES)
    request.name = "address-acquisition";
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE } };

const IsthDissector isth_dissector_avtp = {
  .id = "avtp",
  .title = N_("Audio and video transport"),
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "protocol_address product_code",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = avtp_probe,
  .dissect = avtp_dissect,
};
