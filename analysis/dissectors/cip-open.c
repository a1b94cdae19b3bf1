/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forward Open and the answer to it. */
#include "analysis/dissectors/cip-open.h"

#include "analysis/dissectors/cip-path.h"
#include "analysis/dissectors/names.h"

#define KEY_SEGMENT 0x34

/* The key stands behind the ports, before the object. */
static void
read_key (IsthCipKey *self,
          IsthCursor path)
{
  while (isth_cursor_left (&path) >= 2 && !path.failed)
    {
      uint8_t head = isth_cursor_u8 (&path);

      if (head == KEY_SEGMENT)
        {
          uint8_t major;

          if (isth_cursor_u8 (&path) != 4)
            return;
          self->vendor = isth_cursor_le16 (&path);
          self->device_type = isth_cursor_le16 (&path);
          self->product = isth_cursor_le16 (&path);
          major = isth_cursor_u8 (&path);
          self->compatible = major & 0x80;
          self->major = major & 0x7f;
          self->minor = isth_cursor_u8 (&path);
          if (path.failed)
            *self = (IsthCipKey){ 0 };
          return;
        }
      if (head >> 5 != 0)
        return;
      if (head & 0x10) /* a port whose address is a text */
        {
          uint8_t length = isth_cursor_u8 (&path);

          isth_cursor_skip (&path, ((head & 15) == 15 ? 2u : 0u) + length + length % 2);
        }
      else
        isth_cursor_skip (&path, (head & 15) == 15 ? 3 : 1);
    }
}

/* The parameters of one direction: the uppermost bits but one say how it is connected, 0 not at all. */
static uint16_t
read_size (IsthCursor *c,
           bool large)
{
  uint32_t parameters = large ? isth_cursor_le32 (c) : isth_cursor_le16 (c);

  if ((parameters >> (large ? 29 : 13) & 3) == 0)
    return 0;
  return parameters & (large ? 0xffff : 0x1ff);
}

bool
isth_cip_open_read (IsthCipOpen *self,
                    IsthCursor c,
                    bool large)
{
  uint8_t words;

  *self = (IsthCipOpen){ 0 };
  isth_cursor_skip (&c, 2 + 4 + 4); /* priority, ticks, the two connection ids */
  self->serial = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 2 + 4 + 4); /* vendor, originator, timeout */
  for (int way = 0; way < 2; way++)
    {
      self->interval[way] = isth_cursor_le32 (&c);
      self->size[way] = read_size (&c, large);
    }
  self->transport = isth_cursor_u8 (&c) & 15;
  words = isth_cursor_u8 (&c);
  self->path = isth_cursor_take (&c, 2u * words);
  if (c.failed)
    return false;
  read_key (&self->key, self->path);
  return true;
}

static const char *
format_interval (char text[24],
                 uint32_t microseconds)
{
  if (microseconds % 1000 == 0)
    return isth_text_format (text, 24, "%u ms", microseconds / 1000);
  return isth_text_format (text, 24, "%u.%03u ms", microseconds / 1000, microseconds % 1000);
}

const char *
isth_cip_open_format (const IsthCipOpen *self,
                      char *text,
                      size_t size)
{
  char object[128], to[24], from[24];
  IsthCipPath path;

  isth_cip_path_read (&path, self->path);
  isth_cip_path_format (&path, object, sizeof object);
  if (self->transport > 1)
    return isth_text_format (text, size, "messages%s%s", object[0] ? " to " : "", object);
  isth_text_format (text, size, "I/O%s%s", object[0] ? " with " : "", object);
  if (self->size[ISTH_CIP_TO_TARGET] > 0)
    isth_text_format (text + strlen (text), size - strlen (text), ", every %s to it", format_interval (to, self->interval[ISTH_CIP_TO_TARGET]));
  if (self->size[ISTH_CIP_TO_ORIGINATOR] > 0)
    isth_text_format (text + strlen (text), size - strlen (text), ", every %s from it", format_interval (from, self->interval[ISTH_CIP_TO_ORIGINATOR]));
  return text;
}

static void
claim_number (IsthDissectContext *ctx,
              const IsthEndpoint *about,
              IsthAttribute named,
              IsthAttribute unnamed,
              const char *name,
              uint16_t number)
{
  char text[16];

  if (number != 0)
    isth_emit_claim (ctx, about, name ? named : unnamed, name ? name : isth_text_format (text, sizeof text, "%u", number),
                     ISTH_CONFIDENCE_REPORTED, NULL, 0);
}

void
isth_cip_key_say (IsthDissectContext *ctx,
                  const IsthEndpoint *about,
                  const IsthCipKey *key)
{
  char text[16];

  claim_number (ctx, about, ISTH_ATTRIBUTE_VENDOR, ISTH_ATTRIBUTE_VENDOR_ID, isth_name_enip_vendor (key->vendor), key->vendor);
  claim_number (ctx, about, ISTH_ATTRIBUTE_DEVICE_TYPE, ISTH_ATTRIBUTE_DEVICE_TYPE_ID, isth_name_enip_device_type (key->device_type), key->device_type);
  if (key->compatible)
    return; /* a later product, or a later revision, may play this one */
  claim_number (ctx, about, ISTH_ATTRIBUTE_PRODUCT_CODE, ISTH_ATTRIBUTE_PRODUCT_CODE, NULL, key->product);
  if (key->major != 0 && key->minor != 0)
    isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_FIRMWARE, isth_text_format (text, sizeof text, "%u.%u", key->major, key->minor),
                     ISTH_CONFIDENCE_REPORTED, NULL, 0);
}

void
isth_cip_io_say (IsthDissectContext *ctx,
                 const char *child,
                 const uint16_t size[2],
                 IsthCursor c)
{
  static const char *const ways[2] = { "to the target", "from the target" };
  IsthEndpoint originator = isth_context_receiver (ctx), target = isth_context_sender (ctx);
  uint32_t ids[2], intervals[2];
  char text[96], interval[24];

  for (int way = 0; way < 2; way++)
    ids[way] = isth_cursor_le32 (&c);
  isth_cursor_skip (&c, 2 + 2 + 4); /* serial, vendor, originator */
  for (int way = 0; way < 2; way++)
    intervals[way] = isth_cursor_le32 (&c);
  for (int way = 0; way < 2 && !c.failed; way++)
    if (size[way] > 0)
      isth_emit_request (ctx, &(IsthRequest){
                                  .no_answer = true,
                                  .verb = ISTH_OP_SUBSCRIBE,
                                  .function = -1,
                                  .name = "open-io",
                                  .object = isth_text_format (text, sizeof text, "connection 0x%08x %s, every %s", ids[way], ways[way],
                                                              format_interval (interval, intervals[way])),
                                  .protocol = "cip-io",
                                  .child = child,
                                  .source = &originator,
                                  .target = &target,
                              });
}
