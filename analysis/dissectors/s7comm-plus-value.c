/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of S7comm-plus: flags, type, content; structures and arrays nest. Known from public analyses, as all of this protocol. */
#include "analysis/dissectors/s7comm-plus-value.h"

#include <glib.h>

#define SHOWN 4       /* variables named one by one */
#define DEEPEST 8     /* structures inside structures */

enum
{
  FLAG_ARRAY = 0x10,
  FLAG_ADDRESS_ARRAY = 0x20,
  FLAG_SPARSE_ARRAY = 0x40,
};

enum
{
  OBJECT_EXECUTION_UNIT = 52,
  ATTRIBUTE_OPERATING_STATE = 3486,
  AREA_OF_DBS = 0x8a0e, /* with the number of the data block behind it */
  DB_VALUES = 2550,
  AREA_VALUES = 3736,
};

uint32_t
isth_s7p_u32 (IsthCursor *c)
{
  uint32_t value = 0;

  for (int i = 0; i < 5; i++)
    {
      uint8_t byte = isth_cursor_u8 (c);

      value = value << 7 | (byte & 0x7f);
      if (!(byte & 0x80))
        return value;
    }
  c->failed = true;
  return 0;
}

uint64_t
isth_s7p_u64 (IsthCursor *c)
{
  uint64_t value = 0;

  for (int i = 0; i < 8; i++)
    {
      uint8_t byte = isth_cursor_u8 (c);

      value = value << 7 | (byte & 0x7f);
      if (!(byte & 0x80))
        return value;
    }
  return value << 8 | isth_cursor_u8 (c);
}

/* Bytes of a type of fixed size; 0: it has none. */
static uint32_t
get_size (uint8_t type)
{
  static const uint8_t sizes[] = {
    [0x01] = 1, [0x02] = 1, [0x03] = 2, [0x06] = 1, [0x07] = 2, [0x0a] = 1, [0x0b] = 2, [0x0c] = 4,
    [0x0d] = 8, [0x0e] = 4, [0x0f] = 8, [0x10] = 8, [0x12] = 4,
  };

  return type < G_N_ELEMENTS (sizes) ? sizes[type] : 0;
}

static bool skip_value (IsthCursor *c, IsthS7pValue *value, unsigned depth);

/* A structure whose type is in the controller comes packed: when it was made, flags, and its bytes. */
static bool
is_packed (uint32_t id)
{
  return (id > 0x90000000 && id < 0x9fffffff) || (id > 0x02000000 && id < 0x02ffffff);
}

static void
skip_packed (IsthCursor *c)
{
  uint32_t flags, length;

  isth_cursor_skip (c, 8);
  flags = isth_s7p_u32 (c);
  length = isth_s7p_u32 (c);
  if (flags & 0x400) /* a number of elements comes first */
    length = isth_s7p_u32 (c);
  isth_cursor_take (c, length);
}

static void
skip_struct (IsthCursor *c,
             unsigned    depth)
{
  IsthS7pValue element;

  if (is_packed (isth_cursor_be32 (c)))
    {
      skip_packed (c);
      return;
    }
  while (!c->failed && isth_s7p_u32 (c) != 0)
    if (!skip_value (c, &element, depth + 1))
      return;
}

/* The content of one @value of its type. */
static void
read_content (IsthCursor   *c,
              IsthS7pValue *value,
              unsigned      depth)
{
  uint32_t size = get_size (value->type);

  value->is_number = true;
  if (size > 0)
    {
      value->number = 0;
      for (uint32_t i = 0; i < size; i++)
        value->number = value->number << 8 | isth_cursor_u8 (c);
      return;
    }
  switch (value->type)
    {
    case S7P_UDINT:
    case 0x08: /* signed, but nobody asks for one below zero */
    case 0x13:
      value->number = isth_s7p_u32 (c);
      break;
    case 0x05:
    case 0x09:
    case 0x11:
      value->number = isth_s7p_u64 (c);
      break;
    case S7P_BLOB:
      if (isth_s7p_u32 (c) != 0)
        isth_cursor_skip (c, 8);
      value->is_number = false;
      value->n_bytes = isth_s7p_u32 (c);
      value->bytes = isth_cursor_bytes (c, value->n_bytes);
      break;
    case S7P_STRING:
      value->is_number = false;
      value->n_bytes = isth_s7p_u32 (c);
      value->bytes = isth_cursor_bytes (c, value->n_bytes);
      break;
    case S7P_STRUCT:
      value->is_number = false;
      skip_struct (c, depth);
      break;
    case 0x00: /* nothing */
      value->is_number = false;
      break;
    default:
      value->is_number = false;
      c->failed = true;
      break;
    }
}

/* Each element consumes at least a byte: those of no content are not read at all. */
static void
skip_elements (IsthCursor   *c,
               IsthS7pValue *value,
               unsigned      depth)
{
  IsthS7pValue other = { .type = value->type };
  bool sparse = value->flags & FLAG_SPARSE_ARRAY;
  uint32_t n = sparse ? UINT32_MAX : isth_s7p_u32 (c);

  for (uint32_t i = 0; i < n && !c->failed; i++)
    {
      uint32_t before = c->position;

      if (sparse && isth_s7p_u32 (c) == 0)
        return;
      read_content (c, i == 0 ? value : &other, depth);
      if (c->position == before)
        return;
    }
}

static bool
skip_value (IsthCursor   *c,
            IsthS7pValue *value,
            unsigned      depth)
{
  *value = (IsthS7pValue){ .flags = isth_cursor_u8 (c) };
  value->type = isth_cursor_u8 (c);
  if (depth > DEEPEST)
    c->failed = true;
  if (c->failed)
    return false;
  if (value->flags & (FLAG_ARRAY | FLAG_ADDRESS_ARRAY | FLAG_SPARSE_ARRAY))
    skip_elements (c, value, depth);
  else
    read_content (c, value, depth);
  return !c->failed;
}

bool
isth_s7p_read_value (IsthCursor   *c,
                     IsthS7pValue *value)
{
  return skip_value (c, value, 0);
}

bool
isth_s7p_find_element (IsthCursor    c,
                       uint32_t      id,
                       IsthS7pValue *value)
{
  uint32_t found;

  if (is_packed (isth_cursor_be32 (&c)))
    return false;
  while (!c.failed && (found = isth_s7p_u32 (&c)) != 0)
    {
      if (!isth_s7p_read_value (&c, value))
        return false;
      if (found == id)
        return true;
    }
  return false;
}

const char *
isth_s7p_describe_object (char    *text,
                          size_t   size,
                          uint32_t id)
{
  static const struct
  {
    uint32_t id;
    const char *name;
  } objects[] = {
    { 2, "hardware configuration" }, { 3, "PLC program" }, { OBJECT_EXECUTION_UNIT, "CPU execution unit" },
    { 80, "I" }, { 81, "Q" }, { 82, "M" }, { 83, "C" }, { 84, "T" }, { 201, "root" }, { 285, "sessions" },
    { 537, "type information" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (objects); i++)
    if (objects[i].id == id)
      return isth_text_format (text, size, "%s", objects[i].name);
  if (id >> 16 == AREA_OF_DBS)
    return isth_text_format (text, size, "DB%u", id & 0xffff);
  return isth_text_format (text, size, id < 0x10000 ? "object %u" : "object 0x%08x", id);
}

/* Check sum of the symbol, area, and a number of ids: below which values, and the path to the variable. Names stay in the project. */
static void
read_address (IsthCursor       *c,
              IsthS7pAddresses *addresses,
              uint32_t          item,
              char             *text,
              size_t            size)
{
  uint32_t area, n;
  size_t used;

  isth_s7p_u32 (c);
  area = isth_s7p_u32 (c);
  n = isth_s7p_u32 (c);
  isth_s7p_describe_object (text, size, area);
  for (uint32_t i = 0; i < n && !c->failed; i++)
    {
      uint32_t id = isth_s7p_u32 (c);

      used = strlen (text);
      if (c->failed || used + 16 > size)
        continue;
      if (i == 0 && (id == DB_VALUES || id == AREA_VALUES))
        continue;
      if (i == 0)
        isth_text_format (text + used, size - used, " attribute %u", id);
      else
        isth_text_format (text + used, size - used, strstr (text, "LID") || strstr (text, "attribute") ? ".%u" : " LID %u", id);
      if (i == 0 && area == OBJECT_EXECUTION_UNIT && id == ATTRIBUTE_OPERATING_STATE)
        addresses->state_item = item;
    }
}

bool
isth_s7p_read_addresses (IsthCursor       *c,
                         uint32_t          count,
                         IsthS7pAddresses *addresses,
                         char             *text,
                         size_t            size)
{
  uint32_t shown = 0;

  *addresses = (IsthS7pAddresses){ .count = count };
  for (uint32_t i = 0; i < count && !c->failed; i++)
    {
      char one[64] = "";
      size_t used = strlen (text);

      read_address (c, addresses, i + 1, one, sizeof one);
      if (c->failed || i >= SHOWN || used + strlen (one) + 24 > size)
        continue;
      isth_text_format (text + used, size - used, "%s%s", used ? ", " : "", one);
      shown++;
    }
  if (shown > 0 && shown < count)
    isth_text_format (text + strlen (text), size - strlen (text), " and %u more", count - shown);
  return !c->failed;
}
