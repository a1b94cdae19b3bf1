/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a PDU begins in a stream of which bytes were lost, or whose dissector understood nothing. */
#include "analysis/dissectors/dispatch-private.h"

/* What is looked at for each byte that could be a PDU's first, so that nobody can make it all of a stream for each byte of it. */
#define LOOKED_AT 1024           /* bytes, by a probe */
#define LOOKED_AT_LENGTH 32768   /* by pdu_length: the longest headers that it looks for the end of have half of that */
#define MOST_BEGINNINGS 256      /* headers whose end is not there */

/* How many bytes from @skip on need not be asked one by one. Of the last ones it is never said: there few bytes decide that more must come. */
static inline uint32_t
seek_pdu (const IsthDissector *dissector,
          const IsthCursor *bytes,
          uint32_t skip)
{
  uint32_t left = bytes->length - skip;

  if (!dissector->seek || left <= ISTH_SHORTEST_HEADER)
    return 0;
  return MIN (dissector->seek (isth_cursor_new (bytes->data + skip, left, left)), left - ISTH_SHORTEST_HEADER);
}

uint32_t
isth_dispatch_find_pdu (const IsthDissector *dissector,
                        const IsthPacket *packet,
                        const IsthCursor *bytes)
{
  uint32_t beginnings = 0;

  for (uint32_t skip = seek_pdu (dissector, bytes, 0); skip < bytes->length && beginnings < MOST_BEGINNINGS;
       skip += 1 + seek_pdu (dissector, bytes, skip + 1))
    {
      IsthCursor at = isth_cursor_new (bytes->data + skip, MIN (bytes->length - skip, LOOKED_AT_LENGTH), bytes->wire - skip);
      uint32_t length;

      length = dissector->pdu_length ? dissector->pdu_length (at) : at.wire;
      if (G_LIKELY (length == ISTH_PDU_INVALID))
        continue;
      if (at.length < ISTH_SHORTEST_HEADER && skip > 0)
        return skip; /* too few to tell: keep them for the next packet */
      beginnings += length == ISTH_PDU_MORE;
      at.length = MIN (at.length, LOOKED_AT);
      if (length != ISTH_PDU_MORE && length <= ISTH_LIMIT_PDU
          && (!dissector->probe || dissector->probe (at, packet) != ISTH_PROBE_NO))
        return skip;
    }
  return bytes->length;
}
