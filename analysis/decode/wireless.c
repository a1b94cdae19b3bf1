/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 802.11 data frames that are not encrypted (IEEE 802.11-2020, 9.2 and 9.3), behind the headers that radios put in front. */
#include "analysis/decode/walk.h"

enum
{
  CONTROL_TO_DS = 0x0100,
  CONTROL_FROM_DS = 0x0200,
  CONTROL_MORE = 0x0400,
  CONTROL_PROTECTED = 0x4000,
  CONTROL_ORDER = 0x8000,
};

static void
stop_short (IsthWalk *self)
{
  isth_walk_stop_short (self, N_("802.11 header cut by the capture"), N_("802.11 header incomplete"));
}

/* Who sends and who receives, by the direction through the access point; NULL: not all captured. */
static bool
read_addresses (IsthWalk      *self,
                const uint8_t *h,
                uint16_t       control)
{
  IsthPacket *p = self->packet;
  const uint8_t *target = (control & CONTROL_TO_DS) != 0 ? h + 16 : h + 4;
  const uint8_t *source = h + 10;

  if ((control & CONTROL_FROM_DS) != 0)
    source = h + 16;
  if ((control & CONTROL_TO_DS) != 0 && (control & CONTROL_FROM_DS) != 0)
    source = isth_cursor_bytes (&self->c, 6);
  if (source == NULL)
    return false;
  p->source_mac = isth_address_mac (source);
  p->target_mac = isth_address_mac (target);
  return true;
}

static void
walk_frame (IsthWalk *self,
            bool      padded)
{
  IsthCursor *c = &self->c;
  uint32_t start = c->position;
  const uint8_t *h = isth_cursor_bytes (c, 24);
  uint16_t control, quality = 0;
  bool swapped;

  self->packet->tunnels |= ISTH_TUNNEL_WIRELESS;
  if (h == NULL)
    {
      stop_short (self);
      return;
    }
  control = isth_le16 (h);
  swapped = (control & 3) != 0 && (self->packet->tunnels & ISTH_TUNNEL_CAPWAP) != 0;
  if (swapped) /* there is no such version: Cisco's access points write their numbers in the other order */
    control = GUINT16_SWAP_LE_BE (control);
  if ((control & 0x000c) == 0x0004)
    {
      isth_walk_stop (self, N_("802.11 control frame"));
      return;
    }
  if ((control & 0x000c) == 0x0000)
    control &= (uint16_t) ~(CONTROL_TO_DS | CONTROL_FROM_DS);
  if (!read_addresses (self, h, control))
    {
      stop_short (self);
      return;
    }
  if ((control & 0x008c) == 0x0088)
    {
      quality = isth_cursor_le16 (c);
      if ((control & CONTROL_ORDER) != 0)
        isth_cursor_skip (c, 4);
    }
  if (padded)
    isth_cursor_skip (c, -(c->position - start) & 3u);
  if (c->failed)
    {
      stop_short (self);
      return;
    }
  isth_walk_reach (self, ISTH_LAYER_LINK);

  if ((control & 0x000c) != 0x0008)
    isth_walk_stop (self, N_("802.11 management frame"));
  else if ((control & CONTROL_PROTECTED) != 0)
    isth_walk_stop (self, N_("802.11 frame is encrypted"));
  else if ((control & CONTROL_MORE) != 0 || (h[swapped ? 23 : 22] & 0x0f) != 0)
    isth_walk_stop (self, N_("802.11 fragment"));
  else if ((quality & 0x0080) != 0)
    isth_walk_stop (self, N_("802.11 aggregate of frames"));
  else if ((control & 0x0040) == 0) /* otherwise a frame without data, for power saving */
    {
      self->segment = true;
      isth_walk_llc (self);
    }
}

void
isth_walk_wireless (IsthWalk *self)
{
  walk_frame (self, false);
}

/* radiotap.org: a length, words of presence bits, then the fields. Of those only the second, flags, matters here; the
 * first, a time of 8 bytes, is aligned. */
void
isth_walk_radiotap (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  IsthCursor header;
  uint32_t start = c->position;
  uint32_t present, word;
  uint16_t length;
  uint8_t flags = 0;

  isth_cursor_skip (c, 2);
  length = isth_cursor_le16 (c);
  if (!c->failed && length >= 8)
    {
      header = isth_cursor_take (c, length - 4u);
      present = word = isth_cursor_le32 (&header);
      while (!header.failed && (word & 0x80000000u) != 0)
        word = isth_cursor_le32 (&header);
      if ((present & 1) != 0)
        isth_cursor_skip (&header, (-(header.position + 4) & 7u) + 8);
      if ((present & 2) != 0)
        flags = isth_cursor_u8 (&header);
    }
  if (c->failed || length < 8 || c->position - start != length)
    {
      c->cut = c->cut || (!c->failed && length >= 8);
      isth_walk_stop_short (self, N_("radiotap header cut by the capture"), N_("radiotap header incomplete"));
      return;
    }
  if ((flags & 0x10) != 0 && isth_cursor_wire_left (c) >= 4) /* a checksum at the end */
    isth_cursor_limit (c, isth_cursor_wire_left (c) - 4);
  walk_frame (self, (flags & 0x20) != 0);
}

/* Prism's header has a fixed size of its own saying; AVS took its place under the same link type. */
void
isth_walk_prism (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  const uint8_t *h = isth_cursor_bytes (c, 8);
  uint32_t length;

  if (h == NULL)
    {
      stop_short (self);
      return;
    }
  length = isth_be32 (h + 4);
  if (length > 0xffff)
    length = __builtin_bswap32 (length);
  if (length >= 8)
    isth_cursor_skip (c, length - 8);
  if (c->failed || length < 8)
    stop_short (self);
  else
    walk_frame (self, false);
}

/* Per-packet information: a length and the link type of what follows. */
void
isth_walk_ppi (IsthWalk *self)
{
  IsthCursor *c = &self->c;
  uint32_t link_type;
  uint16_t length;

  isth_cursor_skip (c, 2);
  length = isth_cursor_le16 (c);
  link_type = isth_cursor_le32 (c);
  if (!c->failed && length >= 8)
    isth_cursor_skip (c, length - 8u);
  if (c->failed || length < 8)
    isth_walk_stop_short (self, N_("PPI header cut by the capture"), N_("PPI header incomplete"));
  else
    isth_walk_link (self, link_type);
}
