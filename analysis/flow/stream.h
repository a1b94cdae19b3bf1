/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One direction of a TCP connection put back in order (RFC 9293, 3.10), with bounded memory. */
#pragma once

#include <glib.h>

#include "analysis/base/cursor.h"
#include "analysis/decode/packet.h"

typedef struct _IsthStreamBuffer IsthStreamBuffer;

/**
 * IsthStream:
 *
 * Zeroed memory is a new stream. In-order bytes with nothing waiting are lent straight from the packet: no copy.
 * Overlaps: the bytes that came first win. A gap is skipped and reported once when it is known that it will not close: the
 * receiver has acknowledged it, three seconds or ISTH_LIMIT_STREAM bytes have gone by, or the flow ends.
 * A stream whose beginning was not captured begins with its first payload; that is not a gap.
 */
typedef struct
{
  IsthStreamBuffer *buffer; /* only while something waits */
  const uint8_t *lent;      /* in-order bytes inside the packet being fed */
  uint32_t lent_length;
  uint32_t cut;             /* bytes behind those that can be read which the capture cut */
  uint32_t next;            /* the sequence number expected */
  uint32_t end;             /* the sequence number of the FIN */
  bool end_known;
  bool started;
  bool finished;
  bool gap;                 /* bytes were lost before what peek gives now */
} IsthStream;

/* Shared by all streams of a run: how many bytes they hold, how often a ceiling was reached. Zeroed memory is a new pool;
 * ceilings of 0 stand for those of limits.h.
 * @lost: bytes in gaps that were stepped over; those that came too late are among them
 * @late: bytes of these that came after all, and @lossy: flows with such gaps; counted by who reads the streams */
typedef struct
{
  uint64_t held;
  uint64_t lost, late, lossy;
  uint64_t limits[ISTH_N_REACHED];
  uint64_t max_held;
  uint32_t max_stream;
} IsthStreamPool;

/**
 * isth_stream_feed:
 *
 * Takes a TCP packet's payload. Then: peek, consume what was understood, peek again until nothing comes; then isth_stream_settle().
 * Call isth_stream_settle() before the packet's memory goes away.
 */
void isth_stream_feed (IsthStream *self, IsthStreamPool *pool, const IsthPacket *packet);

/* The contiguous bytes that can be read now; length 0: none. wire > length: the capture cut the bytes behind them. */
IsthCursor isth_stream_peek (const IsthStream *self);

/* Steps over @n of them, at most the wire length: a PDU that the capture cut is stepped over whole, and then there is no gap. */
void isth_stream_consume (IsthStream *self, IsthStreamPool *pool, uint32_t n);

/* Whether bytes were lost right before what peek gives; the reader must look for the next PDU. Clears the mark. */
bool isth_stream_take_gap (IsthStream *self);

/* Keeps what was not consumed for the next packet (copies it once). */
void isth_stream_settle (IsthStream *self, IsthStreamPool *pool);

/* Skips over the first gap when the other side has acknowledged it and what waits behind it: it will not close. */
bool isth_stream_skip_lost (IsthStream *self, IsthStreamPool *pool);

/* Skips over the first gap so that what waits behind it can be read; false when nothing waits. At the end of a flow. */
bool isth_stream_skip_gap (IsthStream *self, IsthStreamPool *pool);

/* Notes the packet that was fed last, for what is read later without one in hand; nothing to note while nothing waits. */
void isth_stream_remember (IsthStream *self, const IsthPacket *packet);

/* That packet, without its bytes; only while something waits. */
const IsthPacket *isth_stream_get_last (const IsthStream *self);

/* Frees what waits; the stream is then new. */
void isth_stream_clear (IsthStream *self, IsthStreamPool *pool);

/* What waits in the two streams of a flow, in one list: out of it, or NULL; and into it. */
IsthStreamBuffer *isth_stream_buffer_take (IsthStreamBuffer **list, uint8_t side);
void isth_stream_buffer_put (IsthStreamBuffer **list, uint8_t side, IsthStreamBuffer *buffer);

/* Who receives what @side sends has all in front of @acknowledgment; nothing to note while nothing waits. */
void isth_stream_buffer_acknowledge (IsthStreamBuffer *list, uint8_t side, uint32_t acknowledgment);
