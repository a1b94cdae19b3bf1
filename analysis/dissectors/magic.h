/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PDUs that begin with fixed bytes, for pdu_length: it is asked again with each byte that comes. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* Takes @magic's @n bytes off @c. False when others stand there, or not all are there yet: @verdict is then what pdu_length has to say. */
static inline bool
isth_magic_take (IsthCursor *c,
                 const char *magic,
                 uint32_t    n,
                 uint32_t   *verdict)
{
  for (uint32_t i = 0; i < n; i++)
    {
      int byte = isth_cursor_peek (c, i);

      *verdict = byte < 0 ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
      if (byte != (uint8_t) magic[i])
        return false;
    }
  isth_cursor_skip (c, n);
  return true;
}
