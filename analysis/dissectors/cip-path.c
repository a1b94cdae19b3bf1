/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Padded CIP paths. */
#include "analysis/dissectors/cip-path.h"

#include <stdio.h>

#include "analysis/base/text.h"
#include "analysis/dissectors/cip-attributes.h"
#include "analysis/dissectors/names.h"

enum
{
  SEGMENT_PORT = 0,
  SEGMENT_LOGICAL = 1,
  SEGMENT_NETWORK = 2,
  SEGMENT_SYMBOLIC = 3,
  SEGMENT_DATA = 4,
};

static void
append_hop (IsthCipPath *self,
            const char *hop)
{
  size_t used = strlen (self->route);

  isth_text_format (self->route + used, sizeof self->route - used, "%s%s", used > 0 ? " > " : "", hop);
}

/* Port 1 is the backplane: its link address is a slot, unless it is one of more than a byte. */
static void
append_port (IsthCipPath *self,
             uint16_t port,
             const uint8_t *bytes,
             uint8_t length,
             bool counted)
{
  char address[40], hop[56];

  if (counted)
    isth_text_from_bytes (address, sizeof address, bytes, length);
  else
    isth_text_format (address, sizeof address, "%u", *bytes);
  if (port == 1 && !counted)
    isth_text_format (hop, sizeof hop, "cip-slot:%s", address);
  else
    isth_text_format (hop, sizeof hop, "cip-port:%u/%s", port, address);
  append_hop (self, hop);
}

/* The link address is one byte, or a counted text. */
static void
read_port (IsthCipPath *self,
           IsthCursor *c,
           uint8_t head,
           bool texts)
{
  uint16_t port = head & 15;
  bool counted = head & 0x10;
  uint8_t length = counted ? isth_cursor_u8 (c) : 0;
  const uint8_t *bytes;

  if (port == 15)
    port = isth_cursor_le16 (c);
  bytes = isth_cursor_bytes (c, counted ? length : 1);
  if (!bytes)
    return;
  if (length % 2)
    isth_cursor_skip (c, 1);
  if (c->failed)
    return;
  self->routed = true;
  if (texts)
    append_port (self, port, bytes, length, counted);
}

static void
read_logical (IsthCipPath *self,
              IsthCursor *c,
              uint8_t head)
{
  uint8_t type = (head >> 2) & 7;
  uint32_t value = 0;

  switch (head & 3)
    {
    case 0:
      value = isth_cursor_u8 (c);
      break;
    case 1:
      isth_cursor_skip (c, 1);
      value = isth_cursor_le16 (c);
      break;
    default:
      isth_cursor_skip (c, 1);
      value = isth_cursor_le32 (c);
    }
  if (c->failed)
    return;
  switch (type)
    {
    case 0:
      self->class_id = value;
      self->instance = self->attribute = -1;
      break;
    case 1:
      self->instance = value;
      break;
    case 4:
      self->attribute = value;
      break;
    case 5: /* special: an electronic key follows, its format was read as the value; format 5 has a serial number, too */
      isth_cursor_skip (c, value == 5 ? 12 : 8);
      break;
    default: /* member, connection point, service: do not name the object */
      break;
    }
}

/* Nothing is left of such a name in isth_text_from_bytes(). */
static bool
is_blank (const uint8_t *bytes,
          uint8_t length)
{
  while (length > 0 && (*bytes == 0 || *bytes == ' ' || *bytes == '\t' || *bytes == '\r' || *bytes == '\n'))
    bytes++, length--;
  return length == 0;
}

static void
append_symbol (IsthCipPath *self,
               IsthCursor *c,
               uint8_t length,
               bool texts)
{
  const uint8_t *bytes = isth_cursor_bytes (c, length);
  size_t used;

  if (!bytes)
    return;
  self->named = self->named || !is_blank (bytes, length);
  if (!texts)
    return;
  used = strlen (self->symbol);
  if (used + 2 < sizeof self->symbol)
    {
      if (used > 0) /* a member of a structure */
        self->symbol[used++] = '.';
      isth_text_from_bytes (self->symbol + used, sizeof self->symbol - used, bytes, length);
    }
}

static void
read_data (IsthCipPath *self,
           IsthCursor *c,
           uint8_t head,
           bool texts)
{
  uint8_t length = isth_cursor_u8 (c);

  if (head != 0x91)
    {
      isth_cursor_skip (c, 2u * length);
      return;
    }
  append_symbol (self, c, length, texts);
  if (length % 2)
    isth_cursor_skip (c, 1);
}

/* The older form of a name: its length stands in the head. False for the forms of other alphabets. */
static bool
read_symbolic (IsthCipPath *self,
               IsthCursor *c,
               uint8_t head,
               bool texts)
{
  uint8_t length = head & 31;

  if (length == 0)
    return false;
  append_symbol (self, c, length, texts);
  if (length % 2 == 0)
    isth_cursor_skip (c, 1);
  return true;
}

static bool
read_path (IsthCipPath *self,
           IsthCursor c,
           bool texts)
{
  self->class_id = self->instance = self->attribute = -1;
  self->named = self->routed = false;
  self->symbol[0] = self->route[0] = '\0';
  while (isth_cursor_left (&c) > 0 && !c.failed)
    {
      uint8_t head = isth_cursor_u8 (&c);

      switch (head >> 5)
        {
        case SEGMENT_PORT:
          read_port (self, &c, head, texts);
          break;
        case SEGMENT_LOGICAL:
          read_logical (self, &c, head);
          break;
        case SEGMENT_NETWORK:
          if (head & 0x10) /* counted words: safety, intervals in microseconds */
            isth_cursor_skip (&c, 2u * isth_cursor_u8 (&c));
          else
            isth_cursor_skip (&c, 1);
          break;
        case SEGMENT_SYMBOLIC:
          if (!read_symbolic (self, &c, head, texts))
            return false;
          break;
        case SEGMENT_DATA:
          read_data (self, &c, head, texts);
          break;
        default:
          return false;
        }
    }
  return !c.failed;
}

bool
isth_cip_path_read (IsthCipPath *self,
                    IsthCursor c)
{
  return read_path (self, c, true);
}

/* The usual path: numbers, or one name. */
static bool
skim_usual (IsthCipPath *self,
            const IsthCursor *c)
{
  const uint8_t *path = c->data + c->position;
  uint32_t n = isth_cursor_left (c);
  bool numbered = isth_cip_path_is_numbers (path, n);

  if (c->failed || (!numbered && (n < 2 || path[0] != 0x91 || n != 2u + path[1] + path[1] % 2)))
    return false;
  self->class_id = numbered ? path[1] : -1;
  self->instance = numbered ? path[3] : -1;
  self->attribute = numbered && n == 6 ? path[5] : -1;
  self->named = !numbered && !is_blank (path + 2, path[1]);
  self->routed = false;
  self->symbol[0] = self->route[0] = '\0';
  return true;
}

bool
isth_cip_path_skim (IsthCipPath *self,
                    IsthCursor c)
{
  if (skim_usual (self, &c))
    return true;
  return read_path (self, c, false);
}

const char *
isth_cip_path_format (const IsthCipPath *self,
                      char *text,
                      size_t size)
{
  const char *name = self->class_id >= 0 ? isth_name_cip_class ((uint32_t) self->class_id) : NULL;
  /* Those of the class itself, instance 0, have other meanings. */
  const char *meaning = self->instance != 0 ? isth_cip_attribute_name (self->class_id, self->attribute) : NULL;
  char instance[32] = "", attribute[96] = "";

  if (self->symbol[0])
    return isth_text_format (text, size, "tag %s", self->symbol);
  if (self->class_id < 0)
    return isth_text_format (text, size, "%s", "");
  if (self->instance > 0)
    snprintf (instance, sizeof instance, " %u", (unsigned) self->instance);
  if (self->attribute >= 0)
    snprintf (attribute, sizeof attribute, meaning ? " attribute %u (%s)" : " attribute %u", (unsigned) self->attribute, meaning);
  if (name)
    return isth_text_format (text, size, "%s%s%s", name, instance, attribute);
  return isth_text_format (text, size, "class 0x%02x%s%s%s", (unsigned) self->class_id, instance[0] ? " instance" : "", instance, attribute);
}
