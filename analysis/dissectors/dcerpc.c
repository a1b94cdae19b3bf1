/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading headers of DCE/RPC. C706 (Open Group), 12.5 (datagrams), 12.6 (connections). */
#include "analysis/dissectors/dcerpc.h"

#include "analysis/base/text.h"

#define FLAG_LAST 0x02
#define FLAG_FRAGMENT 0x04
#define LAST_DATAGRAM_TYPE ISTH_DCERPC_CANCEL_ACK

uint16_t
isth_dcerpc_u16 (IsthCursor *c,
                 bool        little)
{
  return little ? isth_cursor_le16 (c) : isth_cursor_be16 (c);
}

uint32_t
isth_dcerpc_u32 (IsthCursor *c,
                 bool        little)
{
  return little ? isth_cursor_le32 (c) : isth_cursor_be32 (c);
}

/* The first three groups follow the byte order, the rest are bytes. */
IsthUuid
isth_dcerpc_uuid (IsthCursor *c,
                  bool        little)
{
  static const uint8_t swapped[8] = { 3, 2, 1, 0, 5, 4, 7, 6 };
  const uint8_t *bytes = isth_cursor_bytes (c, 16);
  IsthUuid self = { { 0 } };

  if (!bytes)
    return self;
  memcpy (self.bytes, bytes, 16);
  for (size_t i = 0; i < 8 && little; i++)
    self.bytes[i] = bytes[swapped[i]];
  return self;
}

bool
isth_uuid_equal (const IsthUuid *a,
                 const IsthUuid *b)
{
  return memcmp (a, b, sizeof *a) == 0;
}

const char *
isth_uuid_format (const IsthUuid *self,
                  char            text[ISTH_UUID_TEXT])
{
  const uint8_t *b = self->bytes;

  return isth_text_format (text, ISTH_UUID_TEXT, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
                           b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

/* The format label: byte order of integers in the high half of its first byte, characters in the low (0: ASCII), then floats. */
static bool
read_label (IsthCursor *c,
            bool       *little)
{
  uint8_t label = isth_cursor_u8 (c);

  *little = label >> 4 == 1;
  return (label & 0xef) == 0 && isth_cursor_u8 (c) <= 3 && !c->failed;
}

bool
isth_dcerpc_read_datagram (IsthCursor         *c,
                           IsthDcerpcDatagram *self)
{
  uint8_t flags;

  if (isth_cursor_u8 (c) != 4)
    return false;
  self->type = isth_cursor_u8 (c);
  flags = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1); /* second flags */
  if (self->type > LAST_DATAGRAM_TYPE || !read_label (c, &self->little))
    return false;
  isth_cursor_skip (c, 2); /* reserved byte of the label, serial number */
  self->object = isth_dcerpc_uuid (c, self->little);
  self->interface = isth_dcerpc_uuid (c, self->little);
  self->activity = isth_dcerpc_uuid (c, self->little);
  isth_cursor_skip (c, 4); /* when the server was started */
  self->version = isth_dcerpc_u32 (c, self->little);
  self->sequence = isth_dcerpc_u32 (c, self->little);
  self->opnum = isth_dcerpc_u16 (c, self->little);
  isth_cursor_skip (c, 4); /* hints */
  self->length = isth_dcerpc_u16 (c, self->little);
  self->fragment = isth_dcerpc_u16 (c, self->little);
  isth_cursor_skip (c, 2); /* authentication, serial number */
  self->fragmented = flags & FLAG_FRAGMENT;
  self->last = !self->fragmented || (flags & FLAG_LAST);
  return !c->failed;
}

bool
isth_dcerpc_read_header (IsthCursor       *c,
                         IsthDcerpcHeader *self)
{
  if (isth_cursor_u8 (c) != 5)
    return false;
  self->minor = isth_cursor_u8 (c);
  self->type = isth_cursor_u8 (c);
  self->flags = isth_cursor_u8 (c);
  if (self->minor > 1 || self->type > ISTH_DCERPC_ORPHANED || !read_label (c, &self->little))
    return false;
  isth_cursor_skip (c, 2);
  self->length = isth_dcerpc_u16 (c, self->little);
  self->auth = isth_dcerpc_u16 (c, self->little);
  self->call = isth_dcerpc_u32 (c, self->little);
  return !c->failed && self->length >= ISTH_DCERPC_HEADER && self->auth <= self->length - ISTH_DCERPC_HEADER;
}
