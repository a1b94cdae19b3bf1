/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The common header of IEC 61850 over Ethernet. */
#include "analysis/dissectors/iec61850-frame.h"

#include "analysis/dissectors/ber.h"

#define SIMULATED 0x8000 /* in the first reserved field */

bool
isth_iec61850_read_frame (IsthCursor        *c,
                          uint32_t           tag,
                          IsthIec61850Frame *self)
{
  const uint8_t *head = isth_cursor_bytes (c, ISTH_IEC61850_HEADER);
  uint32_t length, found = 0;

  if (!head)
    return false;
  self->application = isth_be16 (head);
  length = isth_be16 (head + 2);
  self->simulated = isth_be16 (head + 4) & SIMULATED;
  if (length < ISTH_IEC61850_HEADER)
    return false;
  self->broken = length - ISTH_IEC61850_HEADER > isth_cursor_wire_left (c);
  isth_cursor_limit (c, length - ISTH_IEC61850_HEADER);
  self->pdu = isth_cursor_new (NULL, 0, 0);
  self->broken |= !isth_ber_next (c, &found, &self->pdu);
  return found == tag;
}
