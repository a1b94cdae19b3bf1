/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of a capture file: 40 bytes for each few MB of it. */
#include "analysis/base/offsets.h"

#include "analysis/base/limits.h"
#include "analysis/base/time.h"

IsthOffsets *
isth_offsets_new (void)
{
  IsthOffsets *self = g_new0 (IsthOffsets, 1);

  g_atomic_ref_count_init (&self->references);
  self->parts = g_array_new (FALSE, FALSE, sizeof (IsthOffset));
  self->blocks = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  self->step = ISTH_OFFSETS_STEP;
  return self;
}

IsthOffsets *
isth_offsets_ref (IsthOffsets *self)
{
  if (self)
    g_atomic_ref_count_inc (&self->references);
  return self;
}

void
isth_offsets_unref (IsthOffsets *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->references))
    return;
  g_array_unref (self->parts);
  g_array_unref (self->blocks);
  g_free (self);
}

static IsthOffset *
last_part (const IsthOffsets *self)
{
  return &g_array_index (self->parts, IsthOffset, self->parts->len - 1);
}

static void
part_add_times (IsthOffset *self,
                int64_t     first,
                int64_t     last)
{
  if (first == ISTH_NO_TIME)
    return;
  if (self->first == ISTH_NO_TIME)
    {
      self->first = first;
      self->last = last;
    }
  self->first = MIN (self->first, first);
  self->last = MAX (self->last, last);
}

/* Each second part joins the one before it. */
static void
join_neighbours (IsthOffsets *self)
{
  guint kept = 0;

  for (guint i = 0; i < self->parts->len; i += 2)
    {
      IsthOffset part = *isth_offsets_get (self, i);

      if (i + 1 < self->parts->len)
        part_add_times (&part, isth_offsets_get (self, i + 1)->first, isth_offsets_get (self, i + 1)->last);
      g_array_index (self->parts, IsthOffset, kept++) = part;
    }
  g_array_set_size (self->parts, kept);
  self->step *= 2;
}

/* Puts @blocks into the list unless those of the last part are a beginning of them: a section only gains interfaces. */
static bool
place_blocks (IsthOffsets    *self,
              IsthOffset     *part,
              const uint64_t *blocks,
              uint32_t        n)
{
  const IsthOffset *before = self->parts->len > 0 ? last_part (self) : NULL;
  uint32_t known = 0;

  part->n_blocks = n;
  part->first_block = self->blocks->len;
  if (n > 0 && before && before->n_blocks > 0 && before->n_blocks <= n
      && before->first_block + before->n_blocks == self->blocks->len
      && g_array_index (self->blocks, uint64_t, before->first_block) == blocks[0])
    {
      part->first_block = before->first_block;
      known = before->n_blocks;
    }
  if (n - known > ISTH_LIMIT_OFFSET_BLOCKS - self->blocks->len)
    return false;
  if (n > known)
    g_array_append_vals (self->blocks, blocks + known, n - known);
  return true;
}

void
isth_offsets_begin_part (IsthOffsets    *self,
                         uint64_t        offset,
                         uint64_t        frame,
                         const uint64_t *blocks,
                         uint32_t        n_blocks)
{
  IsthOffset part = { .offset = offset, .frame = frame, .first = ISTH_NO_TIME, .last = ISTH_NO_TIME };

  if (self->parts->len >= ISTH_LIMIT_OFFSETS)
    {
      join_neighbours (self);
      if (offset < isth_offsets_next (self))
        return;
    }
  if (place_blocks (self, &part, blocks, n_blocks))
    g_array_append_val (self->parts, part);
}

void
isth_offsets_note_times (IsthOffsets *self,
                         int64_t      first,
                         int64_t      last)
{
  if (self->parts->len > 0)
    part_add_times (last_part (self), first, last);
}

bool
isth_offsets_load_part (IsthOffsets      *self,
                        const IsthOffset *part)
{
  const IsthOffset *before = self->parts->len > 0 ? last_part (self) : NULL;

  if (self->parts->len >= ISTH_LIMIT_OFFSETS || (before && (part->offset <= before->offset || part->frame < before->frame))
      || part->offset > INT64_MAX || (part->first == ISTH_NO_TIME) != (part->last == ISTH_NO_TIME) || part->first > part->last
      || part->first_block > self->blocks->len || part->n_blocks > self->blocks->len - part->first_block)
    return false;
  g_array_append_val (self->parts, *part);
  return true;
}

const IsthOffset *
isth_offsets_find_frame (const IsthOffsets *self,
                         uint64_t           frame)
{
  guint low = 0, high = self->parts->len;

  if (high == 0)
    return NULL;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (isth_offsets_get (self, middle)->frame < frame)
        low = middle;
      else
        high = middle;
    }
  return isth_offsets_get (self, low);
}

bool
isth_offset_touches (const IsthOffset *self,
                     int64_t           from,
                     int64_t           to)
{
  return self->first != ISTH_NO_TIME && self->first <= to && self->last >= from;
}
