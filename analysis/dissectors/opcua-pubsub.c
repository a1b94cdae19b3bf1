/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OPC UA PubSub with UADP messages (IEC 62541-14, 7.2.2) over UDP and Ethernet: who publishes, in which group, with which writers. The values are described
 * elsewhere and not read; of secured messages the header says the same. A header has little that could not be something else, so it is believed on its port
 * and EtherType only. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#define VERSION 1
#define MOST_WRITERS 8

enum
{
  HAS_PUBLISHER = 0x10,
  HAS_GROUP = 0x20,
  HAS_PAYLOAD_HEADER = 0x40,
  HAS_FLAGS_1 = 0x80,
  HAS_CLASS = 0x08,   /* in the first extended flags */
  HAS_FLAGS_2 = 0x80,
  IS_CHUNK = 0x01,    /* in the second ones */
};

typedef struct
{
  uint8_t type;        /* 0 data, 1 discovery request, 2 discovery response */
  const uint8_t *at;   /* the publisher's id */
  uint32_t length;
  char publisher[64];  /* "" not there */
  uint16_t group;
  bool has_group;
  uint16_t writers[MOST_WRITERS];
  uint8_t n_writers;
} Uadp;

/* Table 74: its type is in the lowest three bits of the extended flags. */
static void
read_publisher (IsthCursor *c,
                uint8_t type,
                Uadp *self)
{
  self->at = c->data + c->position;
  switch (type)
    {
    case 0:
      isth_text_format (self->publisher, sizeof self->publisher, "%u", isth_cursor_u8 (c));
      self->length = 1;
      break;
    case 1:
      isth_text_format (self->publisher, sizeof self->publisher, "%u", isth_cursor_le16 (c));
      self->length = 2;
      break;
    case 2:
      isth_text_format (self->publisher, sizeof self->publisher, "%u", isth_cursor_le32 (c));
      self->length = 4;
      break;
    case 3:
      isth_text_format (self->publisher, sizeof self->publisher, "%llu", (unsigned long long) isth_cursor_le64 (c));
      self->length = 8;
      break;
    case 4:
      self->length = isth_cursor_le32 (c);
      self->at = isth_cursor_bytes (c, self->length);
      isth_text_from_bytes (self->publisher, sizeof self->publisher, self->at, self->at ? self->length : 0);
      break;
    default:
      c->failed = true;
      break;
    }
}

static void
read_group (IsthCursor *c,
            Uadp *self)
{
  uint8_t flags = isth_cursor_u8 (c);

  self->has_group = flags & 1;
  if (flags & 1)
    self->group = isth_cursor_le16 (c);
  isth_cursor_skip (c, (flags & 2 ? 4 : 0) + (flags & 4 ? 2 : 0) + (flags & 8 ? 2 : 0));
  if (flags & 0xf0)
    c->failed = true;
}

static bool
read_header (IsthCursor *c,
             Uadp *self)
{
  uint8_t flags = isth_cursor_u8 (c), more = flags & HAS_FLAGS_1 ? isth_cursor_u8 (c) : 0, last = more & HAS_FLAGS_2 ? isth_cursor_u8 (c) : 0;

  *self = (Uadp) { .type = last >> 2 & 7 };
  if (c->failed || (flags & 0xf) != VERSION || self->type > 2 || last & 0xe0)
    return false;
  if (flags & HAS_PUBLISHER)
    read_publisher (c, more & 7, self);
  isth_cursor_skip (c, more & HAS_CLASS ? 16 : 0);
  if (flags & HAS_GROUP)
    read_group (c, self);
  if (flags & HAS_PAYLOAD_HEADER && self->type == 0)
    {
      uint8_t n = last & IS_CHUNK ? 1 : isth_cursor_u8 (c); /* a piece is of one writer, and does not count it */

      for (uint8_t i = 0; i < n && !c->failed; i++)
        {
          uint16_t writer = isth_cursor_le16 (c);

          if (i < MOST_WRITERS)
            self->writers[self->n_writers++] = writer;
        }
    }
  return !c->failed;
}

static IsthProbe
opcua_pubsub_probe (IsthCursor c,
                    const IsthPacket *packet)
{
  Uadp message;

  (void) packet;
  return read_header (&c, &message) && message.publisher[0] ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

static void
describe (const Uadp *message,
          char *text,
          size_t size)
{
  isth_text_format (text, size, "publisher %s", message->publisher[0] ? message->publisher : "unknown");
  if (message->has_group)
    {
      size_t end = strlen (text);

      isth_text_format (text + end, size - end, ", group %u", message->group);
    }
  for (uint8_t i = 0; i < message->n_writers; i++)
    {
      size_t end = strlen (text);

      isth_text_format (text + end, size - end, "%s%u", i ? ", " : ", writers ", message->writers[i]);
    }
}

static IsthDissectResult
opcua_pubsub_dissect (IsthCursor *c,
                      IsthDissectContext *ctx)
{
  static const char *const names[] = { "publish", "discovery-request", "discovery-response" };
  const uint8_t *start = c->data + c->position;
  char object[ISTH_LIMIT_TEXT];
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .object = object };
  Uadp message;

  if (!read_header (c, &message))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  request.function = message.type;
  request.name = names[message.type];
  if (message.type == 1)
    request.verb = ISTH_OP_IDENTIFY;
  if (message.type == 0)
    {
      uint64_t who = isth_context_digest (ctx, message.group, message.at ? message.at : start, message.at ? message.length : 0);

      request.key = isth_context_digest (ctx, who, message.writers, message.n_writers * sizeof message.writers[0]);
    }
  if (!isth_emit_same (ctx, NULL, message.at ? request.key : 0, message.at))
    {
      if (message.type == 0)
        isth_emit_role (ctx, NULL, "opcua-publisher");
      if (message.publisher[0])
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, message.publisher, ISTH_CONFIDENCE_PARSED, message.at, message.length);
      isth_emit_same_end (ctx, true);
    }
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  describe (&message, object, sizeof object);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 4840 }, { ISTH_BIND_ETHER_TYPE, 0xb62c } };

const IsthDissector isth_dissector_opcua_pubsub = {
  .id = "opcua-pubsub", /* stored in project files: never change it */
  .title = "OPC UA PubSub",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = opcua_pubsub_probe,
  .dissect = opcua_pubsub_dissect,
};
