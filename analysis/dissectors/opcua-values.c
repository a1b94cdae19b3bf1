/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OPC UA binary: strings, node ids, variants. IEC 62541-6, 5.2.2. */
#include "analysis/dissectors/opcua-values.h"

#include <glib.h>

#define NULL_LENGTH UINT32_MAX
#define DEEPEST 4 /* diagnostics and variants inside one another: nobody needs more */

IsthOpcUaString
isth_opcua_string (IsthCursor *c)
{
  uint32_t length = isth_cursor_le32 (c);
  IsthOpcUaString self = { NULL, 0 };

  if (length == NULL_LENGTH || c->failed)
    return self;
  self.bytes = isth_cursor_bytes (c, length);
  self.length = self.bytes ? length : 0;
  return self;
}

const char *
isth_opcua_text (char *text,
                 size_t size,
                 const IsthOpcUaString *string)
{
  return isth_text_from_bytes (text, size, string->bytes, string->length);
}

uint32_t
isth_opcua_count (IsthCursor *c,
                  uint32_t least)
{
  uint32_t n = isth_cursor_le32 (c);

  if (n == NULL_LENGTH || c->failed)
    return 0;
  if (n > isth_cursor_wire_left (c) / least)
    {
      c->failed = true;
      return 0;
    }
  return n;
}

/* 5.2.2.9 and 5.2.2.10. */
IsthOpcUaNode
isth_opcua_node (IsthCursor *c)
{
  uint8_t encoding = isth_cursor_u8 (c);
  IsthOpcUaNode self = { .identifier = UINT32_MAX, .type = 'i' };

  switch (encoding & 0x3f)
    {
    case 0:
      self.identifier = isth_cursor_u8 (c);
      break;
    case 1:
      self.space = isth_cursor_u8 (c);
      self.identifier = isth_cursor_le16 (c);
      break;
    case 2:
      self.space = isth_cursor_le16 (c);
      self.identifier = isth_cursor_le32 (c);
      break;
    case 3:
    case 5:
      self.type = (encoding & 0x3f) == 3 ? 's' : 'b';
      self.space = isth_cursor_le16 (c);
      self.name = isth_opcua_string (c);
      break;
    case 4:
      self.type = 'g';
      self.space = isth_cursor_le16 (c);
      self.name.bytes = isth_cursor_bytes (c, 16);
      self.name.length = self.name.bytes ? 16 : 0;
      break;
    default:
      c->failed = true;
      break;
    }
  if (encoding & 0x80)
    isth_opcua_string (c);
  if (encoding & 0x40)
    isth_cursor_skip (c, 4);
  return self;
}

const char *
isth_opcua_format_node (char *text,
                        size_t size,
                        const IsthOpcUaNode *node)
{
  char space[16] = "", name[96];

  if (node->space != 0)
    isth_text_format (space, sizeof space, "ns=%u;", node->space);
  if (node->type == 'i')
    return isth_text_format (text, size, "%si=%u", space, node->identifier);
  if (node->type == 's')
    isth_opcua_text (name, sizeof name, &node->name);
  else
    isth_text_from_hex (name, sizeof name, node->name.bytes, node->name.length);
  return isth_text_format (text, size, "%s%c=%s", space, node->type, name);
}

IsthOpcUaString
isth_opcua_localized (IsthCursor *c)
{
  uint8_t mask = isth_cursor_u8 (c);
  IsthOpcUaString text = { NULL, 0 };

  if (mask & 1)
    isth_opcua_string (c);
  if (mask & 2)
    text = isth_opcua_string (c);
  return text;
}

IsthCursor
isth_opcua_extension (IsthCursor *c,
                      uint32_t *type)
{
  IsthOpcUaNode node = isth_opcua_node (c);
  uint8_t encoding = isth_cursor_u8 (c);
  uint32_t length = encoding == 0 ? 0 : isth_cursor_le32 (c);

  *type = node.space == 0 && node.type == 'i' ? node.identifier : 0;
  if (encoding > 2)
    c->failed = true;
  return isth_cursor_take (c, length == NULL_LENGTH ? 0 : length);
}

void
isth_opcua_skip_qualified_name (IsthCursor *c)
{
  isth_cursor_skip (c, 2);
  isth_opcua_string (c);
}

void
isth_opcua_skip_request_header (IsthCursor *c)
{
  uint32_t type;

  isth_opcua_node (c);
  isth_cursor_skip (c, 16);
  isth_opcua_string (c);
  isth_cursor_skip (c, 4);
  isth_opcua_extension (c, &type);
}

/* 5.2.2.12; one holds the next. */
void
isth_opcua_skip_diagnostics (IsthCursor *c)
{
  for (int depth = 0; depth < DEEPEST; depth++)
    {
      uint8_t mask = isth_cursor_u8 (c);

      for (uint8_t bit = 1; bit <= 8; bit = (uint8_t) (bit << 1))
        if (mask & bit)
          isth_cursor_skip (c, 4);
      if (mask & 0x10)
        isth_opcua_string (c);
      if (mask & 0x20)
        isth_cursor_skip (c, 4);
      if (!(mask & 0x40))
        return;
    }
  c->failed = true;
}

static void skip_value (IsthCursor *c, uint8_t type, int depth);

static void
skip_variant (IsthCursor *c,
              int depth)
{
  uint8_t mask = isth_cursor_u8 (c);
  uint32_t n = mask & 0x80 ? isth_opcua_count (c, 1) : 1;

  if (depth > DEEPEST)
    c->failed = true;
  for (uint32_t i = 0; i < n && !c->failed; i++)
    skip_value (c, mask & 0x3f, depth + 1);
  if (mask & 0x40)
    {
      n = isth_opcua_count (c, 4);
      isth_cursor_skip (c, 4 * n);
    }
}

static void
skip_data_value (IsthCursor *c,
                 int depth)
{
  static const struct { uint8_t bit, size; } parts[] = { { 0x02, 4 }, { 0x04, 8 }, { 0x10, 2 }, { 0x08, 8 }, { 0x20, 2 } };
  uint8_t mask = isth_cursor_u8 (c);

  if (mask & 1)
    skip_variant (c, depth);
  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    if (mask & parts[i].bit)
      isth_cursor_skip (c, parts[i].size);
}

/* One value of a built-in type (5.1.2). */
static void
skip_value (IsthCursor *c,
            uint8_t type,
            int depth)
{
  static const uint8_t sizes[] = { 0, 1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 0, 8, 16 };
  uint32_t ignored;

  switch (type)
    {
    case 12:
    case 15:
    case 16:
      isth_opcua_string (c);
      break;
    case 17:
    case 18:
      isth_opcua_node (c);
      break;
    case 19:
      isth_cursor_skip (c, 4);
      break;
    case 20:
      isth_opcua_skip_qualified_name (c);
      break;
    case 21:
      isth_opcua_localized (c);
      break;
    case 22:
      isth_opcua_extension (c, &ignored);
      break;
    case 23:
      skip_data_value (c, depth);
      break;
    case 24:
      skip_variant (c, depth);
      break;
    case 25:
      isth_opcua_skip_diagnostics (c);
      break;
    default:
      if (type < sizeof sizes)
        isth_cursor_skip (c, sizes[type]);
      else
        c->failed = true;
      break;
    }
}

static void
read_scalar (IsthCursor *c,
             IsthOpcUaValue *value)
{
  switch (value->type)
    {
    case 6:
      value->number = (int32_t) isth_cursor_le32 (c);
      break;
    case 12:
      value->text = isth_opcua_string (c);
      break;
    case 21:
      value->text = isth_opcua_localized (c);
      break;
    case 22:
      value->body = isth_opcua_extension (c, &value->body_type);
      break;
    default:
      skip_value (c, value->type, 0);
      break;
    }
}

/* 5.2.2.17 */
IsthOpcUaValue
isth_opcua_data_value (IsthCursor *c)
{
  IsthOpcUaValue value = { 0 };
  IsthCursor whole = *c;
  uint8_t mask = isth_cursor_u8 (c);
  int variant = mask & 1 ? isth_cursor_peek (c, 0) : -1;

  if (variant > 0 && !(variant & 0xc0))
    {
      isth_cursor_skip (c, 1);
      value.type = (uint8_t) variant;
      read_scalar (c, &value);
    }
  else if (mask & 1)
    skip_variant (c, 0);
  if (mask & 2)
    {
      IsthCursor status = *c;

      value.status = isth_cursor_le32 (&status);
    }
  skip_data_value (&whole, 0);
  *c = whole;
  return value;
}
