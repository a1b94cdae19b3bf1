/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cannot be read yet lies in one buffer, each byte at its place; what is behind a gap is noted as runs of bytes. */
#include "analysis/flow/stream.h"

#include "analysis/base/time.h"

#define RUNS_MAX 64                           /* stretches held behind gaps; more are a sign of malice */
#define CAPACITY_MIN 1024u
#define BACKWARDS_MAX ISTH_LIMIT_STREAMS      /* further back: another numbering, not a retransmission */
#define FORWARDS_MAX ISTH_LIMIT_STREAMS       /* further ahead: another numbering, not a gap of so many bytes */
#define CUT_MAX 65535u                        /* bytes not captured of one segment that are believed; no datagram is longer */
#define PATIENCE (3 * (uint64_t) 1000000000)  /* ns a gap may stay open; retransmissions come sooner */

/* Bytes [from, to) of the buffer, and how many behind them the capture cut. */
typedef struct
{
  uint32_t from, to, cut;
} Run;

/**
 * IsthStreamBuffer:
 * @read, @end: the bytes that can be read; the stream's next is the sequence number of the byte at @end + cut
 * @far: what the stream lends lies behind a gap behind all of this; its numbers are in far_next and far_cut
 * @runs: sorted, apart, all behind @end
 * @side, @other: in a flow's list
 */
struct _IsthStreamBuffer
{
  uint8_t *data;
  uint32_t capacity;
  uint32_t read, end;
  uint32_t acknowledged;
  bool acknowledged_known;
  bool far;
  uint32_t far_next, far_cut;
  int64_t since;    /* when the first gap opened */
  IsthPacket last;  /* the packet fed last, without its bytes */
  uint8_t side;
  IsthStreamBuffer *other;
  uint32_t n_runs;
  Run runs[RUNS_MAX];
};

static uint32_t
stream_limit (const IsthStreamPool *pool)
{
  return pool->max_stream != 0 ? pool->max_stream : ISTH_LIMIT_STREAM;
}

static bool
pool_take (IsthStreamPool *pool,
           uint64_t        n)
{
  uint64_t max = pool->max_held != 0 ? pool->max_held : ISTH_LIMIT_STREAMS;

  if (pool->held + n > max)
    {
      pool->limits[ISTH_REACHED_STREAMS]++;
      return false;
    }
  pool->held += n;
  return true;
}

static void
free_buffer (IsthStream     *self,
             IsthStreamPool *pool)
{
  IsthStreamBuffer *b = g_steal_pointer (&self->buffer);

  if (b == NULL)
    return;
  pool->held -= sizeof *b + b->capacity;
  g_free (b->data);
  g_free (b);
}

static bool
need_buffer (IsthStream     *self,
             IsthStreamPool *pool)
{
  if (self->buffer != NULL)
    return true;
  if (!pool_take (pool, sizeof *self->buffer))
    return false;
  self->buffer = g_new0 (IsthStreamBuffer, 1);
  return true;
}

static bool
need_capacity (IsthStreamBuffer *b,
               IsthStreamPool   *pool,
               uint32_t          size)
{
  uint32_t capacity = MAX (b->capacity, CAPACITY_MIN);

  if (size <= b->capacity)
    return true;
  while (capacity < size)
    capacity *= 2;
  if (!pool_take (pool, capacity - b->capacity))
    return false;
  b->data = g_realloc (b->data, capacity);
  b->capacity = capacity;
  return true;
}

/* The FIN takes a number of its own once all before it is there. */
static void
check_end (IsthStream *self)
{
  if (G_UNLIKELY (self->end_known) && self->next == self->end && !self->finished)
    {
      self->finished = true;
      self->next++;
    }
}

/* Takes in the runs that the readable bytes now reach. */
static void
absorb (IsthStream *self)
{
  IsthStreamBuffer *b = self->buffer;
  uint32_t n = 0;

  while (n < b->n_runs && self->cut == 0 && b->runs[n].from <= b->end)
    {
      const Run *run = &b->runs[n++];

      if (run->to <= b->end)
        continue;
      self->cut = n < b->n_runs ? MIN (run->cut, b->runs[n].from - run->to) : run->cut;
      self->next += run->to - b->end + self->cut;
      b->end = run->to;
    }
  b->n_runs -= n;
  memmove (b->runs, b->runs + n, b->n_runs * sizeof *b->runs);
  b->since = ISTH_NO_TIME;
}

static void
count_lost (IsthStreamPool *pool,
            uint32_t        n)
{
  if (n <= FORWARDS_MAX)
    pool->lost += n;
}

/* Gives up what is in front of the first run, read or not. */
static void
skip_to_run (IsthStream     *self,
             IsthStreamPool *pool)
{
  IsthStreamBuffer *b = self->buffer;
  uint32_t gap = b->runs[0].from - b->end - self->cut;

  count_lost (pool, gap);
  self->next += gap;
  self->cut = 0;
  self->gap = true;
  b->read = b->end = b->runs[0].from;
  absorb (self);
}

/* All of the buffer is read or given up: what is lent behind it comes next. */
static void
promote_far (IsthStream     *self,
             IsthStreamPool *pool)
{
  self->next = self->buffer->far_next;
  self->cut = self->buffer->far_cut;
  self->gap = true;
  free_buffer (self, pool);
}

static void
lend (IsthStream    *self,
      const uint8_t *data,
      uint32_t       length,
      uint32_t       cut)
{
  self->lent = data;
  self->lent_length = length;
  self->cut = cut;
  self->next += length + cut;
}

/* Copies [from, to) to its place, save what is there already, and notes it as a run. */
static void
insert (IsthStreamBuffer *b,
        uint32_t          from,
        uint32_t          to,
        uint32_t          cut,
        const uint8_t    *data)
{
  uint32_t first = b->n_runs, last, at = from;
  Run run = { from, to, cut };

  while (first > 0 && b->runs[first - 1].to >= from)
    first--;
  for (last = first; last < b->n_runs && b->runs[last].from <= to; last++)
    {
      const Run *old = &b->runs[last];

      if (at < old->from)
        memcpy (b->data + at, data + (at - from), old->from - at);
      at = MAX (at, old->to);
      if (old->to >= run.to)
        run.cut = old->to > run.to ? old->cut : MIN (old->cut, cut);
      run.from = MIN (run.from, old->from);
      run.to = MAX (run.to, old->to);
    }
  if (at < to)
    memcpy (b->data + at, data + (at - from), to - at);

  if (last == first)
    memmove (b->runs + first + 1, b->runs + first, (b->n_runs - first) * sizeof *b->runs);
  else
    memmove (b->runs + first + 1, b->runs + last, (b->n_runs - last) * sizeof *b->runs);
  b->n_runs = b->n_runs - (last - first) + 1;
  b->runs[first] = run;
}

/* Bytes that come right behind those that can be read. */
static void
feed_in_order (IsthStream     *self,
               IsthStreamPool *pool,
               const uint8_t  *data,
               uint32_t        length,
               uint32_t        cut)
{
  IsthStreamBuffer *b = self->buffer;
  uint32_t claimed;

  if (b != NULL && b->end - b->read + length > stream_limit (pool))
    {
      pool->limits[ISTH_REACHED_STREAM]++;
      b->read = b->end;
      self->gap = true;
    }
  if (b != NULL && ((b->read == b->end && b->n_runs == 0) || !need_capacity (b, pool, b->end + length)))
    {
      self->gap = self->gap || b->read < b->end || b->n_runs > 0;
      free_buffer (self, pool);
      b = NULL;
    }
  if (b == NULL)
    {
      lend (self, data, length, cut);
      return;
    }

  claimed = b->end + length + cut;
  if (b->n_runs == 0)
    {
      if (length > 0)
        memcpy (b->data + b->end, data, length);
      b->end += length;
      self->next += length;
    }
  else
    {
      if (length > 0)
        insert (b, b->end, b->end + length, 0, data);
      absorb (self);
    }
  if (cut > 0 && self->cut == 0 && claimed > b->end)
    {
      self->cut = b->n_runs > 0 ? MIN (claimed, b->runs[0].from) - b->end : claimed - b->end;
      self->next += self->cut;
    }
}

/* Bytes so far away that they cannot be put in their place: @distance numbers on, or back. What waits is read before them: one wild number must
 * not cost what came in order. */
static void
jump (IsthStream     *self,
      IsthStreamPool *pool,
      uint32_t        distance,
      const uint8_t  *data,
      uint32_t        length,
      uint32_t        cut)
{
  IsthStreamBuffer *b = self->buffer;

  if (b != NULL && b->n_runs > 0)
    {
      const Run *last = &b->runs[b->n_runs - 1];

      count_lost (pool, distance - (last->to + last->cut - b->end - self->cut));
      b->far = true;
      b->far_next = self->next + distance + length + cut;
      b->far_cut = cut;
      self->lent = data;
      self->lent_length = length;
      skip_to_run (self, pool); /* what could be read was offered before, and was not enough */
      return;
    }
  free_buffer (self, pool);
  count_lost (pool, distance);
  self->gap = true;
  self->next += distance;
  lend (self, data, length, cut);
}

/* Bytes behind a gap of @distance, or behind bytes that the capture cut and nobody was offered yet. */
static void
feed_ahead (IsthStream     *self,
            IsthStreamPool *pool,
            uint32_t        distance,
            const uint8_t  *data,
            uint32_t        length,
            uint32_t        cut,
            int64_t         time)
{
  IsthStreamBuffer *b = self->buffer;
  bool waits = b != NULL && b->n_runs > 0;
  bool far = distance > stream_limit (pool) || length > stream_limit (pool) - distance
             || (b != NULL && b->n_runs == RUNS_MAX);
  uint32_t from;

  if (far)
    {
      pool->limits[ISTH_REACHED_STREAM] += waits;
      jump (self, pool, distance, data, length, cut);
      return;
    }
  if (length == 0 || !need_buffer (self, pool))
    return;
  b = self->buffer;
  from = b->end + self->cut + distance;
  if (!need_capacity (b, pool, from + length))
    return;
  if (!waits)
    b->since = time;
  insert (b, from, from + length, cut, data);
}

/* Whether the first gap cannot close any more. */
static bool
is_overdue (IsthStream *self,
            int64_t     time)
{
  IsthStreamBuffer *b = self->buffer;
  uint32_t gap = b->runs[0].from - b->end;

  if (b->acknowledged_known && (int32_t) (b->acknowledged - (self->next + gap)) >= 0)
    return true;
  if (b->since == ISTH_NO_TIME || time < b->since)
    b->since = time;
  return time != ISTH_NO_TIME && (uint64_t) time - (uint64_t) b->since > PATIENCE;
}

/* Where the stream begins; false when the packet does not tell. */
static bool
start (IsthStream       *self,
       const IsthPacket *packet,
       uint32_t          sequence)
{
  uint32_t wire = isth_cursor_wire_left (&packet->payload);

  if ((packet->tcp_flags & ISTH_TCP_SYN) == 0
      && (wire == 0 || (wire == 1 && (packet->tcp_flags & ISTH_TCP_PSH) == 0))) /* perhaps a keep-alive, one byte back */
    return false;
  self->started = true;
  self->next = sequence;
  return true;
}

void
isth_stream_feed (IsthStream       *self,
                  IsthStreamPool   *pool,
                  const IsthPacket *packet)
{
  const IsthCursor *c = &packet->payload;
  const uint8_t *data = c->data + c->position;
  uint32_t length = isth_cursor_left (c);
  uint32_t wire = length + MIN (isth_cursor_wire_left (c) - length, CUT_MAX);
  uint32_t sequence = packet->sequence + ((packet->tcp_flags & ISTH_TCP_SYN) != 0);
  int32_t distance;

  if ((packet->tcp_flags & ISTH_TCP_RST) != 0) /* what it may carry is a reason, not data */
    return;
  if (G_UNLIKELY (!self->started) && !start (self, packet, sequence))
    return;
  if (G_UNLIKELY ((packet->tcp_flags & ISTH_TCP_FIN) != 0) && !self->finished)
    {
      self->end = sequence + wire;
      self->end_known = true;
    }

  distance = (int32_t) (sequence - self->next);
  if (G_UNLIKELY (distance > 0 && wire > 0 && self->buffer != NULL && self->buffer->n_runs > 0)
      && is_overdue (self, packet->time))
    {
      skip_to_run (self, pool);
      distance = (int32_t) (sequence - self->next);
    }
  if (G_UNLIKELY (distance < 0))
    {
      uint32_t known = -(uint32_t) distance;

      if (known > BACKWARDS_MAX && wire > 0)
        {
          jump (self, pool, (uint32_t) distance, data, length, wire - length);
          check_end (self);
          return;
        }
      if (known >= wire)
        {
          wire = 0;
        }
      else
        {
          data += MIN (known, length);
          length -= MIN (known, length);
          wire -= known;
        }
      distance = 0;
    }
  if (wire > 0 && distance == 0 && self->cut == 0)
    feed_in_order (self, pool, data, length, wire - length);
  else if (wire > 0)
    feed_ahead (self, pool, (uint32_t) distance, data, length, wire - length, packet->time);
  check_end (self);
}

IsthCursor
isth_stream_peek (const IsthStream *self)
{
  const IsthStreamBuffer *b = self->buffer;

  if (b != NULL)
    return isth_cursor_new (b->data + b->read, b->end - b->read, b->end - b->read + self->cut);
  return isth_cursor_new (self->lent, self->lent_length, self->lent_length + self->cut);
}

/* The buffer has been read to its end: brings up what comes next. */
static void
refill (IsthStream     *self,
        IsthStreamPool *pool)
{
  IsthStreamBuffer *b = self->buffer;

  absorb (self);
  if (b->read < b->end || !b->far)
    return;
  if (b->n_runs > 0)
    skip_to_run (self, pool);
  else
    promote_far (self, pool);
}

void
isth_stream_consume (IsthStream     *self,
                     IsthStreamPool *pool,
                     uint32_t        n)
{
  IsthStreamBuffer *b = self->buffer;
  uint32_t there = b != NULL ? b->end - b->read : self->lent_length;
  uint32_t seen = MIN (n, there);
  uint32_t unseen = MIN (n - seen, self->cut);

  self->cut -= unseen;
  if (b == NULL)
    {
      self->lent_length -= seen;
      if (seen > 0)
        self->lent += seen;
      return;
    }
  b->read += seen;
  if (unseen > 0)
    b->read = b->end += unseen;
  if (b->read == b->end && self->cut == 0)
    {
      refill (self, pool);
      check_end (self);
    }
}

bool
isth_stream_take_gap (IsthStream *self)
{
  bool gap = self->gap;

  self->gap = false;
  return gap;
}

/* Bytes that the capture cut will never come: what stands in front of them was offered, and was not enough. */
static void
give_up_cut (IsthStream *self)
{
  IsthStreamBuffer *b = self->buffer;

  if (b != NULL)
    b->read = b->end += self->cut;
  self->lent_length = b != NULL ? self->lent_length : 0;
  self->cut = 0;
  self->gap = true;
  if (b != NULL)
    absorb (self);
}

/* Moves what is left to the front, when that is less than what was read. */
static void
compact (IsthStreamBuffer *b)
{
  uint32_t extent = b->n_runs > 0 ? b->runs[b->n_runs - 1].to : b->end;
  uint32_t shift = b->read;

  if (shift == 0 || extent - shift > shift)
    return;
  memmove (b->data, b->data + shift, extent - shift);
  b->read = 0;
  b->end -= shift;
  for (uint32_t i = 0; i < b->n_runs; i++)
    {
      b->runs[i].from -= shift;
      b->runs[i].to -= shift;
    }
}

/* Copies what is lent into a buffer of its own. */
static void
keep_lent (IsthStream     *self,
           IsthStreamPool *pool)
{
  if (need_buffer (self, pool) && need_capacity (self->buffer, pool, self->lent_length))
    {
      memcpy (self->buffer->data, self->lent, self->lent_length);
      self->buffer->end = self->lent_length;
      return;
    }
  free_buffer (self, pool);
  self->gap = true;
}

void
isth_stream_settle (IsthStream     *self,
                    IsthStreamPool *pool)
{
  if (G_UNLIKELY (self->buffer != NULL && self->buffer->far))
    promote_far (self, pool);
  while (G_UNLIKELY (self->cut > 0))
    give_up_cut (self);
  if (self->buffer == NULL && self->lent_length > 0)
    keep_lent (self, pool);
  self->lent = NULL;
  self->lent_length = 0;

  if (self->buffer != NULL)
    {
      if (self->buffer->read == self->buffer->end && self->buffer->n_runs == 0)
        free_buffer (self, pool);
      else
        compact (self->buffer);
    }
}

void
isth_stream_buffer_acknowledge (IsthStreamBuffer *list,
                                uint8_t           side,
                                uint32_t          acknowledgment)
{
  for (; list != NULL; list = list->other)
    if (list->side == side)
      {
        list->acknowledged = acknowledgment;
        list->acknowledged_known = true;
      }
}

IsthStreamBuffer *
isth_stream_buffer_take (IsthStreamBuffer **list,
                         uint8_t            side)
{
  for (; *list != NULL; list = &(*list)->other)
    if ((*list)->side == side)
      {
        IsthStreamBuffer *taken = *list;

        *list = taken->other;
        return taken;
      }
  return NULL;
}

void
isth_stream_buffer_put (IsthStreamBuffer **list,
                        uint8_t            side,
                        IsthStreamBuffer  *buffer)
{
  buffer->side = side;
  buffer->other = *list;
  *list = buffer;
}

void
isth_stream_remember (IsthStream       *self,
                      const IsthPacket *packet)
{
  if (G_LIKELY (self->buffer == NULL))
    return;
  self->buffer->last = (IsthPacket){
    .time = packet->time,
    .number = packet->number,
    .source_mac = packet->source_mac,
    .target_mac = packet->target_mac,
    .source = packet->source,
    .target = packet->target,
    .same_segment = packet->same_segment,
    .n_vlans = packet->n_vlans,
    .layer = packet->layer,
    .ip_protocol = packet->ip_protocol,
    .source_port = packet->source_port,
    .target_port = packet->target_port,
  };
  memcpy (self->buffer->last.vlans, packet->vlans, sizeof packet->vlans);
}

const IsthPacket *
isth_stream_get_last (const IsthStream *self)
{
  return &self->buffer->last;
}

bool
isth_stream_skip_gap (IsthStream     *self,
                      IsthStreamPool *pool)
{
  IsthStreamBuffer *b = self->buffer;

  if (b == NULL || b->n_runs == 0)
    return false;
  skip_to_run (self, pool);
  check_end (self);
  return true;
}

bool
isth_stream_skip_lost (IsthStream     *self,
                       IsthStreamPool *pool)
{
  const IsthStreamBuffer *b = self->buffer;

  if (b == NULL || b->n_runs == 0 || !b->acknowledged_known)
    return false;
  if ((int32_t) (b->acknowledged - (self->next + (b->runs[0].to - b->end))) < 0)
    return false;
  return isth_stream_skip_gap (self, pool);
}

void
isth_stream_clear (IsthStream     *self,
                   IsthStreamPool *pool)
{
  free_buffer (self, pool);
  *self = (IsthStream){ 0 };
}
