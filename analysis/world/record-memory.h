/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the world: the memory of one record. It is put together on a bench, compared with the record before it, and only when it differs moved
 * into memory of its own, of exactly its size. */
#pragma once

#include <string.h>

#include "analysis/base/arena.h"
#include "analysis/base/record.h"
#include "analysis/world/activity.h"
#include "analysis/world/observation.h"

typedef struct _IsthBlock IsthBlock;

struct _IsthBlock
{
  IsthBlock *next;         /* made before this one */
  size_t used, room;
  ptrdiff_t move;          /* how far its bytes are moved; while a record is packed */
  uint64_t bytes[];
};

/* Zeroed memory is an empty bench. One record at a time. */
typedef struct
{
  IsthBlock *blocks; /* the latest first; the last one is used for record after record */
  IsthArena *arena;  /* where records are moved to, lent; NULL: each into memory of its own */
} IsthBench;

/* Frees the bench itself; the records that were packed stay. */
void isth_bench_clear (IsthBench *self);

/* Begins a record of @size bytes, which starts like IsthRecord; what was not packed is forgotten. */
gpointer isth_bench_begin (IsthBench *self, size_t size);

/* Zeroed memory, a copy of a text ("" for NULL), of an evidence with its bytes: parts of the record. */
gpointer isth_bench_take (IsthBench *self, size_t size);
const char *isth_bench_text (IsthBench *self, const char *text);
IsthEvidence isth_bench_evidence (IsthBench *self, const IsthEvidence *evidence);

/* A copy of the record and all its parts as one run of memory, counted once. Its pointers still lead to the bench: give each that may, in the copy, to
 * ISTH_BENCH_MOVE(), before anything is taken again. */
gpointer isth_bench_pack (IsthBench *self);

/* The address in the packed record of a part; others stay what they are. */
static inline const void *
isth_bench_moved (const IsthBench *self,
                  const void *part)
{
  for (const IsthBlock *block = self->blocks; block; block = block->next)
    if ((uintptr_t) part - (uintptr_t) block->bytes < block->used)
      return (const void *) ((uintptr_t) part + (uintptr_t) block->move);
  return part;
}

#define ISTH_BENCH_MOVE(self, pointer) ((pointer) = (void *) (uintptr_t) isth_bench_moved ((self), (pointer)))

/* Texts of records are never NULL, and many are one and the same. */
static inline bool
isth_same_text (const char *a,
                const char *b)
{
  return a == b || strcmp (a, b) == 0;
}

/* NULL-ended. */
bool isth_same_texts (const char *const *a, const char *const *b);
bool isth_same_evidence (const IsthEvidence *a, const IsthEvidence *b);
bool isth_same_activity (const IsthActivity *a, const IsthActivity *b);
