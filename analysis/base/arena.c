/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records lie in chunks at addresses that are multiples of their size, so that a record tells its chunk, and that its arena. One that is larger has a chunk
 * of its own, at the beginning of which it lies. */
#include "analysis/base/arena.h"

#include <stdint.h>

#include "analysis/base/record.h"

#define CHUNK ((gsize) 1 << 20)

typedef struct _Chunk Chunk;

struct _Chunk
{
  IsthArena *arena;
  Chunk *next;
};

typedef struct
{
  gpointer thing;
  GDestroyNotify free;
} Kept;

struct _IsthArena
{
  gatomicrefcount references;
  Chunk *chunks;   /* the one in use first */
  gsize used;      /* bytes of that */
  GArray *kept;    /* Kept */
};

IsthArena *
isth_arena_new (void)
{
  IsthArena *self = g_new0 (IsthArena, 1);

  g_atomic_ref_count_init (&self->references);
  self->used = CHUNK; /* there is none */
  self->kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  return self;
}

void
isth_arena_unref (IsthArena *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->references))
    return;
  while (self->chunks)
    {
      Chunk *next = self->chunks->next;

      g_aligned_free (self->chunks);
      self->chunks = next;
    }
  for (guint i = 0; i < self->kept->len; i++)
    g_array_index (self->kept, Kept, i).free (g_array_index (self->kept, Kept, i).thing);
  g_array_unref (self->kept);
  g_free (self);
}

void
isth_arena_keep (IsthArena *self,
                 gpointer thing,
                 GDestroyNotify free)
{
  Kept kept = { thing, free };

  g_array_append_val (self->kept, kept);
}

static void
add_chunk (IsthArena *self,
           gsize size)
{
  Chunk *chunk = g_aligned_alloc (1, (size + CHUNK - 1) & ~(CHUNK - 1), CHUNK);

  *chunk = (Chunk) { self, self->chunks };
  self->chunks = chunk;
  self->used = sizeof *chunk;
}

/* Gives up what @record holds of its arena; the record is gone then. */
static void
leave_arena (gpointer record)
{
  isth_arena_unref (isth_arena_of (record));
}

gpointer
isth_arena_take_record (IsthArena *self,
                        gsize size)
{
  IsthRecord *record;

  size = (size + 7) & ~(gsize) 7;
  if (self->used + size > CHUNK)
    add_chunk (self, sizeof (Chunk) + size);
  record = (IsthRecord *) (void *) ((char *) self->chunks + self->used);
  self->used += size;
  g_atomic_ref_count_init (&record->references);
  record->clear = leave_arena;
  g_atomic_ref_count_inc (&self->references);
  return record;
}

IsthArena *
isth_arena_of (gconstpointer record)
{
  const Chunk *chunk = (const Chunk *) ((uintptr_t) record & ~(uintptr_t) (CHUNK - 1));

  return ((const IsthRecord *) record)->clear == leave_arena ? chunk->arena : NULL;
}
