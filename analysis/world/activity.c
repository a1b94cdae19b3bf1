/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activity bits and frame counts over time. Both keep one canonical form: the first bucket is a used one and the buckets are
 * as fine as the span allows; so the value depends on the set of times only, never on their order. */
#include "analysis/world/activity.h"

#include <string.h>

#include "analysis/base/time.h"

#define ACTIVITY_BUCKETS 64
#define HISTOGRAM_SHIFT 27

/* Distance of two bucket numbers; they are times shifted right by at least 27, so it cannot overflow. */
static inline uint64_t
distance (int64_t from,
          int64_t to)
{
  return (uint64_t) (to - from);
}

/* Makes each bucket 2^@by times as wide: neighbours on the absolute grid become one. */
static void
activity_coarsen (IsthActivity *self,
                  unsigned int  by)
{
  int64_t start = self->start >> by;
  uint64_t bits = 0;

  for (uint64_t left = self->bits; left; left &= left - 1)
    bits |= UINT64_C (1) << distance (start, (self->start + __builtin_ctzll (left)) >> by);
  self->bits = bits;
  self->start = start;
  self->shift = (self->shift + by) & 0xff;
}

void
isth_activity_merge (IsthActivity       *self,
                     const IsthActivity *other)
{
  IsthActivity b = *other;
  IsthActivity *early;
  IsthActivity *late;

  if (!b.bits)
    return;
  if (!self->bits)
    {
      *self = b;
      return;
    }
  if (self->shift < b.shift)
    activity_coarsen (self, b.shift - self->shift);
  else if (b.shift < self->shift)
    activity_coarsen (&b, self->shift - b.shift);

  /* Coarsening moves both ends alike, so which one is early stays so. */
  early = self->start <= b.start ? self : &b;
  late = early == self ? &b : self;
  while (distance (early->start, late->start) + (63 - (uint64_t) __builtin_clzll (late->bits)) >= ACTIVITY_BUCKETS)
    {
      activity_coarsen (early, 1);
      activity_coarsen (late, 1);
    }
  early->bits |= late->bits << distance (early->start, late->start);
  *self = *early;
}

void
isth_activity_add (IsthActivity *self,
                   int64_t       time)
{
  IsthActivity one = { .start = time >> ISTH_ACTIVITY_SHIFT, .bits = 1, .shift = ISTH_ACTIVITY_SHIFT };

  if (time == ISTH_NO_TIME)
    return;
  if (self->bits)
    {
      int64_t bucket = time >> self->shift;

      if (bucket >= self->start && distance (self->start, bucket) < ACTIVITY_BUCKETS)
        {
          self->bits |= UINT64_C (1) << distance (self->start, bucket);
          return;
        }
    }
  isth_activity_merge (self, &one);
}

void
isth_activity_add_span (IsthActivity *self,
                        int64_t       first,
                        int64_t       last)
{
  IsthActivity span = { 0 };

  isth_activity_add (&span, first);
  isth_activity_add (&span, last);
  if (span.bits)
    span.bits = UINT64_MAX >> __builtin_clzll (span.bits);
  isth_activity_merge (self, &span);
}

bool
isth_activity_touches (const IsthActivity *self,
                       int64_t             from,
                       int64_t             to)
{
  int64_t first, last;
  uint64_t mask = UINT64_MAX;

  if (!self->bits || from > to)
    return false;
  first = from >> self->shift;
  last = to >> self->shift;
  if (last < self->start || first > self->start + (ACTIVITY_BUCKETS - 1))
    return false;
  if (first > self->start)
    mask <<= distance (self->start, first);
  if (distance (self->start, last) < ACTIVITY_BUCKETS - 1)
    mask &= (UINT64_C (2) << distance (self->start, last)) - 1;
  return (self->bits & mask) != 0;
}

static void
histogram_coarsen (IsthHistogram *self)
{
  uint32_t odd = (uint32_t) self->start & 1;

  for (uint32_t i = 0; i < ISTH_HISTOGRAM_BUCKETS; i++)
    {
      uint64_t frames = self->frames[i];
      uint64_t bytes = self->bytes[i];

      self->frames[i] = self->bytes[i] = 0;
      self->frames[(i + odd) >> 1] += frames;
      self->bytes[(i + odd) >> 1] += bytes;
    }
  self->start >>= 1;
  self->shift++;
}

static uint32_t
histogram_last (const IsthHistogram *self)
{
  uint32_t last = ISTH_HISTOGRAM_BUCKETS - 1;

  while (last > 0 && !self->frames[last] && !self->bytes[last])
    last--;
  return last;
}

/* Makes room for an earlier first bucket. */
static void
histogram_begin_at (IsthHistogram *self,
                    int64_t        start)
{
  size_t by = (size_t) distance (start, self->start);

  memmove (self->frames + by, self->frames, (ISTH_HISTOGRAM_BUCKETS - by) * sizeof *self->frames);
  memmove (self->bytes + by, self->bytes, (ISTH_HISTOGRAM_BUCKETS - by) * sizeof *self->bytes);
  memset (self->frames, 0, by * sizeof *self->frames);
  memset (self->bytes, 0, by * sizeof *self->bytes);
  self->start = start;
}

/* Adds to the bucket that holds @time, on a grid no finer than @shift. */
static void
histogram_put (IsthHistogram *self,
               int64_t        time,
               uint8_t        shift,
               uint64_t       frames,
               uint64_t       bytes)
{
  int64_t bucket;

  if (!self->used)
    {
      self->used = true;
      self->shift = shift;
      self->start = time >> shift;
    }
  while (self->shift < shift)
    histogram_coarsen (self);
  bucket = time >> self->shift;
  if (bucket < self->start)
    {
      uint32_t last = histogram_last (self);

      while (distance (bucket, self->start) + last >= ISTH_HISTOGRAM_BUCKETS)
        {
          histogram_coarsen (self);
          bucket >>= 1;
          last = histogram_last (self);
        }
      if (bucket < self->start)
        histogram_begin_at (self, bucket);
    }
  while (distance (self->start, bucket) >= ISTH_HISTOGRAM_BUCKETS)
    {
      histogram_coarsen (self);
      bucket >>= 1;
    }
  self->frames[bucket - self->start] += frames;
  self->bytes[bucket - self->start] += bytes;
}

void
isth_histogram_add (IsthHistogram *self,
                    int64_t        time,
                    uint64_t       frames,
                    uint64_t       bytes)
{
  if (time != ISTH_NO_TIME && (frames || bytes))
    histogram_put (self, time, HISTOGRAM_SHIFT, frames, bytes);
}

void
isth_histogram_merge (IsthHistogram       *self,
                      const IsthHistogram *other)
{
  if (!other->used)
    return;
  for (uint32_t i = 0; i < ISTH_HISTOGRAM_BUCKETS; i++)
    if (other->frames[i] || other->bytes[i])
      histogram_put (self, (int64_t) ((uint64_t) (other->start + i) << other->shift), other->shift, other->frames[i],
                     other->bytes[i]);
}
