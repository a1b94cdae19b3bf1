/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bench is one block, large enough for nearly every record; of the few larger ones each takes more blocks, which go with it. */
#include "analysis/world/record-memory.h"

#include <glib.h>

#define BENCH_ROOM 65536

static IsthBlock *
add_block (IsthBench *self,
           size_t room)
{
  IsthBlock *block = g_malloc (sizeof *block + room);

  *block = (IsthBlock) { .next = self->blocks, .room = room };
  self->blocks = block;
  return block;
}

static void
drop_blocks (IsthBench *self,
             const IsthBlock *last)
{
  while (self->blocks && self->blocks != last)
    {
      IsthBlock *next = self->blocks->next;

      g_free (self->blocks);
      self->blocks = next;
    }
}

void
isth_bench_clear (IsthBench *self)
{
  drop_blocks (self, NULL);
}

gpointer
isth_bench_begin (IsthBench *self,
                  size_t size)
{
  const IsthBlock *first = self->blocks;

  while (first && first->next)
    first = first->next;
  drop_blocks (self, first);
  if (self->blocks)
    self->blocks->used = 0;
  return isth_bench_take (self, size);
}

gpointer
isth_bench_take (IsthBench *self,
                 size_t size)
{
  static uint64_t nothing;
  IsthBlock *block = self->blocks;
  void *result;

  if (size == 0)
    return &nothing; /* no address on the bench that somebody would have to move */
  size = (size + 7) & ~(size_t) 7;
  if (!block || block->room - block->used < size)
    block = add_block (self, MAX (size, block ? block->room * 2 : BENCH_ROOM));
  result = (uint8_t *) block->bytes + block->used;
  block->used += size;
  return memset (result, 0, size);
}

const char *
isth_bench_text (IsthBench *self,
                 const char *text)
{
  size_t n = text ? strlen (text) : 0;

  return n ? memcpy (isth_bench_take (self, n + 1), text, n) : "";
}

IsthEvidence
isth_bench_evidence (IsthBench *self,
                     const IsthEvidence *evidence)
{
  IsthEvidence kept = *evidence;

  kept.bytes = evidence->n_bytes ? memcpy (isth_bench_take (self, evidence->n_bytes), evidence->bytes, evidence->n_bytes) : NULL;
  return kept;
}

/* The block used first holds the record itself, so it is laid down first: the list is walked from its end. */
static uint8_t *
lay_down (IsthBlock *block,
          uint8_t *to)
{
  if (!block)
    return to;
  to = lay_down (block->next, to);
  memcpy (to, block->bytes, block->used);
  block->move = (ptrdiff_t) ((uintptr_t) to - (uintptr_t) block->bytes);
  return to + block->used;
}

gpointer
isth_bench_pack (IsthBench *self)
{
  size_t size = 0;
  IsthRecord *record, kept = { .clear = NULL };

  for (const IsthBlock *block = self->blocks; block; block = block->next)
    size += block->used;
  if (self->arena)
    kept = *(record = isth_arena_take_record (self->arena, size));
  else
    {
      record = g_malloc (size);
      g_atomic_ref_count_init (&kept.references);
    }
  lay_down (self->blocks, (uint8_t *) record); /* all of it is set by that */
  *record = kept;
  return record;
}

bool
isth_same_texts (const char *const *a,
                 const char *const *b)
{
  for (; *a && *b; a++, b++)
    if (!isth_same_text (*a, *b))
      return false;
  return *a == *b;
}

bool
isth_same_evidence (const IsthEvidence *a,
                    const IsthEvidence *b)
{
  return a->capture == b->capture && a->frame == b->frame && a->time == b->time && a->offset == b->offset && a->length == b->length &&
         a->n_bytes == b->n_bytes && (a->n_bytes == 0 || memcmp (a->bytes, b->bytes, a->n_bytes) == 0);
}

bool
isth_same_activity (const IsthActivity *a,
                    const IsthActivity *b)
{
  return a->bits == b->bits && a->start == b->start && a->shift == b->shift;
}
