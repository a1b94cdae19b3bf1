/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sparkplug B 3.0: topics (chapter 4) and the metrics of births (6.4), which are protocol buffers. Only names and strings are read. */
#include "analysis/dissectors/sparkplug.h"

#include <glib.h>
#include <string.h>

#define PARTS 5          /* namespace, group, type, node, device */
#define MOST_METRICS 512 /* of one birth that are looked at */

typedef struct
{
  const uint8_t *bytes;
  uint32_t length;
} Part;

static const struct
{
  const char *word;
  IsthSparkplugKind kind;
  bool device;
  const char *name;
} types[] = {
  { "NBIRTH", ISTH_SPARKPLUG_BIRTH, false, "node-birth" },     { "DBIRTH", ISTH_SPARKPLUG_BIRTH, true, "device-birth" },
  { "NDATA", ISTH_SPARKPLUG_DATA, false, "node-data" },        { "DDATA", ISTH_SPARKPLUG_DATA, true, "device-data" },
  { "NCMD", ISTH_SPARKPLUG_COMMAND, false, "node-command" },   { "DCMD", ISTH_SPARKPLUG_COMMAND, true, "device-command" },
  { "NDEATH", ISTH_SPARKPLUG_DEATH, false, "node-death" },     { "DDEATH", ISTH_SPARKPLUG_DEATH, true, "device-death" },
};

/* Metrics by which devices name themselves (the specification's own examples and what gateways send). */
static const struct
{
  const char *metric;
  IsthAttribute attribute;
} properties[] = {
  { "Properties/Hardware Make", ISTH_ATTRIBUTE_VENDOR },       { "Properties/Hardware Model", ISTH_ATTRIBUTE_MODEL },
  { "Properties/HW Version", ISTH_ATTRIBUTE_HARDWARE },        { "Properties/FW", ISTH_ATTRIBUTE_FIRMWARE },
  { "Properties/FW Version", ISTH_ATTRIBUTE_FIRMWARE },        { "Properties/Firmware Version", ISTH_ATTRIBUTE_FIRMWARE },
  { "Properties/Serial Number", ISTH_ATTRIBUTE_SERIAL },       { "Properties/OS", ISTH_ATTRIBUTE_OS },
  { "Properties/Location", ISTH_ATTRIBUTE_LOCATION },
};

static bool
is_word (const Part *part,
         const char *word)
{
  return part->length == strlen (word) && memcmp (part->bytes, word, part->length) == 0;
}

static size_t
split (Part parts[PARTS],
       const uint8_t *topic,
       uint32_t length)
{
  size_t n = 0;
  uint32_t start = 0;

  for (uint32_t i = 0; i <= length; i++)
    if (i == length || topic[i] == '/')
      {
        if (n == PARTS)
          return 0;
        parts[n++] = (Part) { topic + start, i - start };
        start = i + 1;
      }
  return n;
}

void
isth_sparkplug_read_topic (IsthSparkplug *self,
                           const uint8_t *topic,
                           uint32_t length)
{
  Part parts[PARTS];
  size_t n = split (parts, topic, length);
  char group[64], node[64], device[64];

  *self = (IsthSparkplug) { .kind = ISTH_SPARKPLUG_NONE };
  if (n < 3 || !is_word (&parts[0], "spBv1.0"))
    return;
  if (is_word (&parts[1], "STATE"))
    {
      self->kind = ISTH_SPARKPLUG_STATE;
      self->name = "host-state";
      return;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (types); i++)
    if (is_word (&parts[2], types[i].word) && n == (types[i].device ? 5u : 4u))
      {
        self->kind = types[i].kind;
        self->name = types[i].name;
        isth_text_from_bytes (group, sizeof group, parts[1].bytes, parts[1].length);
        isth_text_from_bytes (node, sizeof node, parts[3].bytes, parts[3].length);
        isth_text_format (self->child, sizeof self->child, "sparkplug-node:%s/%s", group, node);
        if (types[i].device)
          {
            size_t end = strlen (self->child);

            isth_text_from_bytes (device, sizeof device, parts[4].bytes, parts[4].length);
            isth_text_format (self->child + end, sizeof self->child - end, " > sparkplug-device:%s", device);
          }
      }
}

static uint64_t
read_varint (IsthCursor *c)
{
  uint64_t value = 0;

  for (int shift = 0; shift < 64; shift += 7)
    {
      uint8_t byte = isth_cursor_u8 (c);

      value |= (uint64_t) (byte & 0x7f) << shift;
      if (!(byte & 0x80))
        return value;
    }
  c->failed = true;
  return 0;
}

/* One field of a protocol buffer; @content: of those with a length. Returns its number, 0 at the end or when it is none. */
static uint32_t
read_field (IsthCursor *c,
            IsthCursor *content)
{
  uint64_t tag;

  *content = isth_cursor_new (c->data, 0, 0);
  if (c->failed || isth_cursor_left (c) == 0)
    return 0;
  tag = read_varint (c);
  switch (tag & 7)
    {
    case 0:
      read_varint (c);
      break;
    case 1:
      isth_cursor_skip (c, 8);
      break;
    case 2:
      {
        uint64_t length = read_varint (c);

        *content = isth_cursor_take (c, length > UINT32_MAX ? UINT32_MAX : (uint32_t) length);
      }
      break;
    case 5:
      isth_cursor_skip (c, 4);
      break;
    default:
      c->failed = true;
      break;
    }
  return c->failed || tag >> 3 > UINT32_MAX ? 0 : (uint32_t) (tag >> 3);
}

static void
read_metric (IsthDissectContext *ctx,
             const IsthEndpoint *node,
             IsthCursor metric)
{
  IsthCursor content, name = { 0 }, value = { 0 };

  for (uint32_t field = read_field (&metric, &content); field != 0; field = read_field (&metric, &content))
    {
      if (field == 1)
        name = content;
      if (field == 15)
        value = content;
    }
  if (name.length == 0 || value.length == 0)
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (properties); i++)
    if (is_word (&(Part) { name.data, name.length }, properties[i].metric))
      isth_emit_text (ctx, node, properties[i].attribute, ISTH_CONFIDENCE_PARSED, value.data, value.length);
}

void
isth_sparkplug_read_birth (IsthDissectContext *ctx,
                           const IsthEndpoint *node,
                           IsthCursor payload)
{
  IsthCursor content;
  uint32_t n = 0;

  for (uint32_t field = read_field (&payload, &content); field != 0 && n < MOST_METRICS; field = read_field (&payload, &content))
    if (field == 2)
      {
        n++;
        read_metric (ctx, node, content);
      }
}
