/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The common header points to areas of chassis, board and product; each says how long it is and holds strings of several codes (8 to 13). */
#include "analysis/dissectors/ipmi-fru.h"

#include <glib.h>

/* Strings of an area in their order; ISTH_N_ATTRIBUTES: of no interest. */
static const struct
{
  uint8_t pointer, skip; /* in the common header; bytes before the first string */
  int confidence;
  IsthAttribute attributes[5];
} areas[] = {
  { 3, 6, ISTH_CONFIDENCE_PARSED - 10,
    { ISTH_ATTRIBUTE_VENDOR, ISTH_ATTRIBUTE_MODEL, ISTH_N_ATTRIBUTES, ISTH_ATTRIBUTE_ORDER_NUMBER, ISTH_N_ATTRIBUTES } }, /* board */
  { 4, 3, ISTH_CONFIDENCE_PARSED,
    { ISTH_ATTRIBUTE_VENDOR, ISTH_ATTRIBUTE_MODEL, ISTH_ATTRIBUTE_PRODUCT_CODE, ISTH_ATTRIBUTE_HARDWARE, ISTH_ATTRIBUTE_SERIAL } }, /* product */
};

/* Two bits of code and six of length; 8-bit text and text of six bits a letter are read. */
static void
claim_string (IsthDissectContext *ctx,
              const IsthEndpoint *about,
              IsthAttribute attribute,
              int confidence,
              uint8_t kind,
              IsthCursor c)
{
  uint32_t n = isth_cursor_left (&c);
  const uint8_t *bytes = isth_cursor_bytes (&c, n);
  char text[96];
  uint32_t length = 0, bits = 0;

  if (!bytes || n == 0 || attribute == ISTH_N_ATTRIBUTES)
    return;
  if (kind == 3)
    {
      isth_emit_text (ctx, about, attribute, confidence, bytes, n);
      return;
    }
  if (kind != 2)
    return;
  for (uint32_t i = 0, held = 0; i < n; i++)
    {
      held |= (uint32_t) bytes[i] << bits;
      for (bits += 8; bits >= 6 && length + 1 < sizeof text; bits -= 6, held >>= 6)
        text[length++] = (char) (' ' + (held & 0x3f));
    }
  while (length > 0 && text[length - 1] == ' ')
    length--;
  text[length] = '\0';
  isth_emit_claim (ctx, about, attribute, text, confidence, bytes, n);
}

static void
read_area (IsthDissectContext *ctx,
           const IsthEndpoint *about,
           size_t area,
           IsthCursor c)
{
  isth_cursor_skip (&c, areas[area].skip);
  for (size_t i = 0; i < G_N_ELEMENTS (areas[area].attributes) && isth_cursor_left (&c) > 0; i++)
    {
      uint8_t head = isth_cursor_u8 (&c);

      if (head == 0xc1) /* no more */
        return;
      claim_string (ctx, about, areas[area].attributes[i], areas[area].confidence, head >> 6, isth_cursor_take (&c, head & 0x3f));
    }
}

void
isth_ipmi_fru_add (IsthIpmiFru *self,
                   IsthDissectContext *ctx,
                   const IsthEndpoint *about,
                   uint8_t unit,
                   uint16_t offset,
                   IsthCursor bytes)
{
  uint32_t n = MIN (isth_cursor_left (&bytes), (uint32_t) ISTH_IPMI_FRU - MIN (offset, ISTH_IPMI_FRU));

  if (offset == 0 || unit != self->unit)
    *self = (IsthIpmiFru){ .unit = unit };
  if (offset != self->length)
    return;
  memcpy (self->bytes + offset, bytes.data + bytes.position, n);
  self->length = (uint16_t) (self->length + n);
  if (self->length < 8 || self->bytes[0] != 1)
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      uint32_t start = self->bytes[areas[i].pointer] * 8u;
      uint32_t end = start > 0 && start + 2 <= self->length ? start + self->bytes[start + 1] * 8u : 0;

      if (end > self->told && end > start && end <= self->length)
        read_area (ctx, about, i, isth_cursor_new (self->bytes + start, end - start, end - start));
    }
  self->told = self->length;
}
