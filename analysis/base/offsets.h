/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the parts of a capture lie in its file: made while it is read, so that a frame or a time window is found again without
 * reading all that stands before it. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define ISTH_OFFSETS_STEP (4u << 20) /* bytes of a part of a file that is not larger than ISTH_LIMIT_OFFSETS of them */

/**
 * IsthOffset:
 * @offset: of the part's first record, in bytes
 * @frame: number of the last frame before it
 * @first, @last: smallest and largest time of its frames; ISTH_NO_TIME when none has one. Parts may overlap in time
 * @first_block, @n_blocks: in IsthOffsets.blocks; where a reader of the part must look before (pcapng: the section header in force
 * and its interfaces)
 *
 * A part ends where the next one begins, the last one with the file.
 */
typedef struct
{
  uint64_t offset;
  uint64_t frame;
  int64_t first, last;
  uint32_t first_block, n_blocks;
} IsthOffset;

/* Counted. One thread adds; afterwards it is not changed, and anybody may read it. */
typedef struct
{
  gatomicrefcount references;
  GArray *parts;  /* IsthOffset, at most ISTH_LIMIT_OFFSETS; neighbours are joined when there are more */
  GArray *blocks; /* uint64_t, at most ISTH_LIMIT_OFFSET_BLOCKS */
  uint64_t step;  /* bytes of a part, at least */
} IsthOffsets;

IsthOffsets *isth_offsets_new (void);
IsthOffsets *isth_offsets_ref (IsthOffsets *self); /* accepts NULL */
void isth_offsets_unref (IsthOffsets *self);

/* Begins a part, unless it would need more blocks than there is room for: then the one before goes on. */
void isth_offsets_begin_part (IsthOffsets *self, uint64_t offset, uint64_t frame, const uint64_t *blocks, uint32_t n_blocks);

/* Frames with these times are in the part begun last. ISTH_NO_TIME: none of them has one. */
void isth_offsets_note_times (IsthOffsets *self, int64_t first, int64_t last);

/* From a project: appends a part and checks it against those before. False when it contradicts them. */
bool isth_offsets_load_part (IsthOffsets *self, const IsthOffset *part);

/* The offset from which on the next part may begin. */
static inline uint64_t
isth_offsets_next (const IsthOffsets *self)
{
  guint n = self->parts->len;

  return n > 0 ? g_array_index (self->parts, IsthOffset, n - 1).offset + self->step : 0;
}

static inline const IsthOffset *
isth_offsets_get (const IsthOffsets *self,
                  guint              number)
{
  return &g_array_index (self->parts, IsthOffset, number);
}

/* The part with frame @frame (from 1) in it, or NULL when there are no parts. */
const IsthOffset *isth_offsets_find_frame (const IsthOffsets *self, uint64_t frame);

/* Whether a frame of the part may have a time in [from, to]. */
bool isth_offset_touches (const IsthOffset *self, int64_t from, int64_t to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthOffsets, isth_offsets_unref)
