/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DDS over RTPS (OMG DDSI-RTPS 2.x, 8.3 and 9.4): which program takes part in which domain, with the maker of its middleware and its name, and what topics
 * it writes and reads, as the discovery (8.5) announces them.
 *
 * Participants are told by their 12 byte GUID prefix, shown as protocol address. User data is counted by the writer that sends it: its topic is known only
 * to who saw the discovery, so samples are named by entity and not by topic. Secured submessages say nothing but that they are there. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#define PORT_BASE 7400 /* 9.6.1.1: + 250 × domain + 0, 1, 10 + 2 × participant, 11 + … */
#define MOST_PARAMETERS 256

enum
{
  SUBMESSAGE_PAD = 0x01,
  SUBMESSAGE_INFO_TS = 0x09,
  SUBMESSAGE_DATA = 0x15,
  SUBMESSAGE_DATA_FRAG = 0x16,
};

/* Writers of the discovery (9.3.1.5). */
enum
{
  ENTITY_PUBLICATIONS = 0x000003c2,
  ENTITY_SUBSCRIPTIONS = 0x000004c2,
  ENTITY_PARTICIPANTS = 0x000100c2,
};

enum
{
  PARAMETER_SENTINEL = 0x0001,
  PARAMETER_TOPIC_NAME = 0x0005,
  PARAMETER_TYPE_NAME = 0x0007,
  PARAMETER_ENTITY_NAME = 0x0062,
};

/* Given out by the OMG. */
static const char *const vendors[] = {
  NULL,
  "RTI Connext",
  "OpenSplice DDS",
  "OpenDDS",
  "MilDDS",
  "InterCOM DDS",
  "CoreDX DDS",
  "Lakota Technologies",
  "ICOUP",
  "ETRI Diamond DDS",
  "RTI Connext Micro",
  "Vortex Cafe",
  "PrismTech",
  "Vortex Lite",
  "Qeo",
  "eProsima Fast DDS",
  "Eclipse Cyclone DDS",
  "GurumDDS",
  "RustDDS",
};

static bool
is_header (IsthCursor *c)
{
  const uint8_t *magic = isth_cursor_bytes (c, 4);
  uint8_t major = isth_cursor_u8 (c), minor = isth_cursor_u8 (c);

  isth_cursor_skip (c, 14);
  return !c->failed && memcmp (magic, "RTPS", 4) == 0 && major <= 2 && minor <= 9;
}

static IsthProbe
rtps_probe (IsthCursor c,
            const IsthPacket *packet)
{
  (void) packet;
  return is_header (&c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint16_t
read_16 (IsthCursor *c,
         bool little)
{
  return little ? isth_cursor_le16 (c) : isth_cursor_be16 (c);
}

static void
say_vendor (IsthDissectContext *ctx,
            const uint8_t id[2])
{
  if (id[0] == 1 && id[1] < G_N_ELEMENTS (vendors) && vendors[id[1]])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, vendors[id[1]], ISTH_CONFIDENCE_PARSED, id, 2);
}

/* A CDR string: its length with the NUL, then the bytes. */
static const uint8_t *
read_string (IsthCursor *c,
             bool little,
             uint32_t *length)
{
  *length = little ? isth_cursor_le32 (c) : isth_cursor_be32 (c);
  return isth_cursor_bytes (c, *length);
}

typedef struct
{
  char topic[128], type[128];
} Endpoint;

/* 9.4.2.11: parameters to the sentinel. */
static void
read_parameters (IsthDissectContext *ctx,
                 IsthCursor c,
                 bool little,
                 Endpoint *endpoint)
{
  for (int n = 0; n < MOST_PARAMETERS; n++)
    {
      uint16_t id = read_16 (&c, little), size = read_16 (&c, little);
      IsthCursor value;
      const uint8_t *bytes;
      uint32_t length;

      if (c.failed || id == PARAMETER_SENTINEL)
        return;
      value = isth_cursor_take (&c, size);
      switch (id & 0x3fff)
        {
        case PARAMETER_TOPIC_NAME:
          bytes = read_string (&value, little, &length);
          if (bytes)
            isth_text_from_string (endpoint->topic, sizeof endpoint->topic, bytes, length);
          break;
        case PARAMETER_TYPE_NAME:
          bytes = read_string (&value, little, &length);
          if (bytes)
            isth_text_from_string (endpoint->type, sizeof endpoint->type, bytes, length);
          break;
        case PARAMETER_ENTITY_NAME:
          bytes = read_string (&value, little, &length);
          if (bytes)
            isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_DESCRIPTION, ISTH_CONFIDENCE_PARSED, bytes, length);
          break;
        default:
          break;
        }
    }
}

static void
report (IsthDissectContext *ctx,
        IsthOp verb,
        const char *name,
        const char *object,
        uint64_t key)
{
  IsthRequest request = { .no_answer = true, .verb = verb, .function = -1, .name = name, .object = object, .key = key };

  if (!isth_emit_again (ctx, &request))
    isth_emit_request (ctx, &request);
}

static void
report_endpoint (IsthDissectContext *ctx,
                 uint32_t writer,
                 const Endpoint *endpoint)
{
  char object[ISTH_LIMIT_TEXT];

  if (endpoint->topic[0] == '\0')
    return;
  isth_text_format (object, sizeof object, "%s%s%s", endpoint->topic, endpoint->type[0] ? " of type " : "", endpoint->type);
  if (writer == ENTITY_PUBLICATIONS)
    report (ctx, ISTH_OP_REPORT, "announce-writer", object, 0);
  else
    report (ctx, ISTH_OP_SUBSCRIBE, "announce-reader", object, 0);
}

/* 9.4.5.3 and 9.4.5.4 */
static void
read_data (IsthDissectContext *ctx,
           IsthCursor c,
           uint8_t flags,
           bool fragment)
{
  bool little = flags & 1, inline_qos = flags & 2, payload = fragment || flags & 0xc;
  uint16_t to_qos, representation;
  uint32_t writer;
  Endpoint endpoint = { .topic = "" };
  char object[32];

  isth_cursor_skip (&c, 2);
  to_qos = read_16 (&c, little);
  isth_cursor_skip (&c, 4);
  writer = isth_cursor_be32 (&c);
  if (c.failed || to_qos < 8)
    return;
  if (writer != ENTITY_PUBLICATIONS && writer != ENTITY_SUBSCRIPTIONS && writer != ENTITY_PARTICIPANTS)
    {
      uint64_t key = isth_context_digest (ctx, SUBMESSAGE_DATA, &writer, sizeof writer);

      isth_text_format (object, sizeof object, "writer 0x%08x", writer);
      if ((writer & 0xc0) == 0) /* of a program, not built in */
        report (ctx, ISTH_OP_REPORT, "data", object, key);
      return;
    }
  isth_cursor_skip (&c, to_qos - 8u);
  if (inline_qos || !payload || fragment)
    return;
  representation = isth_cursor_be16 (&c);
  isth_cursor_skip (&c, 2);
  if (c.failed || (representation != 0x0002 && representation != 0x0003)) /* PL_CDR */
    return;
  read_parameters (ctx, c, representation == 0x0003, &endpoint);
  if (writer == ENTITY_PARTICIPANTS)
    report (ctx, ISTH_OP_IDENTIFY, "announce-participant", "", 0);
  else
    report_endpoint (ctx, writer, &endpoint);
}

static void
say_participant (IsthDissectContext *ctx,
                 IsthCursor c)
{
  const uint8_t *vendor, *prefix;
  char text[32];

  isth_cursor_skip (&c, 6);
  vendor = isth_cursor_bytes (&c, 2);
  prefix = isth_cursor_bytes (&c, 12);
  if (c.failed)
    return;
  isth_emit_role (ctx, NULL, "dds-participant");
  say_vendor (ctx, vendor);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, isth_text_from_hex (text, sizeof text, prefix, 12), ISTH_CONFIDENCE_PARSED, prefix, 12);
}

static IsthDissectResult
rtps_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  IsthCursor whole = *c;
  uint32_t n = 0;

  if (!is_header (c))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  say_participant (ctx, whole);
  for (; isth_cursor_left (c) >= 4 && !c->failed && n < MOST_PARAMETERS; n++)
    {
      uint8_t kind = isth_cursor_u8 (c), flags = isth_cursor_u8 (c);
      uint16_t length = read_16 (c, flags & 1);
      /* 9.4.5.1.3: the last one may say 0, and reaches to the end */
      bool rest = length == 0 && kind != SUBMESSAGE_PAD && kind != SUBMESSAGE_INFO_TS;
      IsthCursor body = rest ? isth_cursor_rest (c) : isth_cursor_take (c, length);

      if (kind == SUBMESSAGE_DATA || kind == SUBMESSAGE_DATA_FRAG)
        read_data (ctx, body, flags, kind == SUBMESSAGE_DATA_FRAG);
    }
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT_BASE }, { ISTH_BIND_UDP, PORT_BASE + 10 }, { ISTH_BIND_UDP, PORT_BASE + 11 } };

const IsthDissector isth_dissector_rtps = {
  .id = "rtps", /* stored in project files: never change it */
  .title = "DDS (RTPS)",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software description protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = rtps_probe,
  .dissect = rtps_dissect,
};
