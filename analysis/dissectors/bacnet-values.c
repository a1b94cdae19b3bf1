/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BACnet's tagged values. ASHRAE 135, 20.2. */
#include "analysis/dissectors/bacnet-message.h"
#include "analysis/dissectors/names.h"

static uint32_t
read_length (IsthCursor *c,
             uint8_t low)
{
  uint32_t length;

  if (low < 5)
    return low;
  length = isth_cursor_u8 (c);
  if (length == 254)
    length = isth_cursor_be16 (c);
  else if (length == 255)
    length = isth_cursor_be32 (c);
  return length;
}

static bool
read_head (IsthCursor *c,
           IsthBacnetTag *tag)
{
  uint8_t first = isth_cursor_u8 (c);
  uint8_t low = first & 7;

  *tag = (IsthBacnetTag){ .context = first & 8, .number = first >> 4, .value = isth_cursor_new ("", 0, 0) };
  if (tag->number == 15)
    tag->number = isth_cursor_u8 (c);
  tag->opening = tag->context && low == 6;
  tag->closing = tag->context && low == 7;
  if (c->failed || (!tag->context && low > 5))
    return false;
  tag->there = true;
  if (!tag->context && tag->number == ISTH_BACNET_BOOLEAN)
    tag->truth = low != 0;
  else if (!tag->opening && !tag->closing)
    tag->value = isth_cursor_take (c, read_length (c, low));
  return !c->failed;
}

/* All up to the closing tag of the group that was opened. */
static bool
read_group (IsthCursor *c,
            IsthBacnetTag *group)
{
  IsthCursor start = *c;
  uint32_t depth = 1, end = c->position;
  IsthBacnetTag tag;

  while (depth > 0)
    {
      end = c->position;
      if (!read_head (c, &tag))
        break;
      depth += tag.opening;
      depth -= tag.closing;
    }
  group->value = isth_cursor_take (&start, end - start.position);
  return depth == 0;
}

bool
isth_bacnet_read_tag (IsthCursor *c,
                      IsthBacnetTag *tag)
{
  if (isth_cursor_left (c) == 0 || !read_head (c, tag))
    return false;
  return !tag->opening || read_group (c, tag);
}

bool
isth_bacnet_read_fields (IsthCursor c,
                         IsthBacnetFields *fields)
{
  bool good = true;

  memset (fields, 0, sizeof *fields);
  while (good && isth_cursor_left (&c) > 0)
    {
      IsthBacnetTag tag;

      good = isth_bacnet_read_tag (&c, &tag) && !tag.closing;
      if (!tag.there)
        break;
      if (tag.context && tag.number < 10 && !fields->context[tag.number].there)
        fields->context[tag.number] = tag;
      else if (!tag.context && fields->n_plain < 5)
        fields->plain[fields->n_plain++] = tag;
    }
  return good;
}

uint32_t
isth_bacnet_get_number (const IsthBacnetTag *tag)
{
  IsthCursor c = tag->value;
  uint32_t value = 0;

  if (!tag->there || isth_cursor_wire_left (&c) > 4)
    return 0;
  while (isth_cursor_left (&c) > 0)
    value = value << 8 | isth_cursor_u8 (&c);
  return value;
}

const char *
isth_bacnet_format_object (char *text,
                           size_t size,
                           uint32_t object)
{
  const char *type = isth_name_bacnet_object_type (object >> 22);

  if (type)
    return isth_text_format (text, size, "%s %u", type, object & ISTH_BACNET_UNKNOWN);
  return isth_text_format (text, size, "object-type-%u %u", object >> 22, object & ISTH_BACNET_UNKNOWN);
}

const char *
isth_bacnet_format_property (char *text,
                             size_t size,
                             uint32_t property,
                             const IsthBacnetTag *index)
{
  const char *name = isth_name_bacnet_property (property);
  char other[24];

  if (!name)
    name = isth_text_format (other, sizeof other, "property-%u", property);
  if (index && index->there)
    return isth_text_format (text, size, "%s[%u]", name, isth_bacnet_get_number (index));
  return isth_text_format (text, size, "%s", name);
}

static bool
is_ascii (const uint8_t *bytes,
          uint32_t n)
{
  for (uint32_t i = 0; i < n; i++)
    if (bytes[i] >= 0x80)
      return false;
  return true;
}

/* 20.2.9; of characters of two octets only what is the same in all code pages. */
void
isth_bacnet_emit_string (IsthDissectContext *ctx,
                         const IsthEndpoint *about,
                         IsthAttribute attribute,
                         int confidence,
                         const IsthBacnetTag *tag)
{
  IsthCursor c = tag->value;
  uint8_t set = isth_cursor_u8 (&c);
  uint32_t n = isth_cursor_left (&c);
  const uint8_t *bytes = isth_cursor_bytes (&c, n);
  char text[ISTH_LIMIT_TEXT];

  if (!tag->there || c.failed || n == 0)
    return;
  if (set == 4)
    isth_emit_claim (ctx, about, attribute, isth_text_from_utf16 (text, sizeof text, bytes, n, true), confidence, bytes, n);
  else if (set == 0 || set == 5)
    isth_emit_text (ctx, about, attribute, confidence, bytes, n);
  else if (set == 1 && n > 2 && is_ascii (bytes + 2, n - 2))
    isth_emit_text (ctx, about, attribute, confidence, bytes + 2, n - 2);
}
