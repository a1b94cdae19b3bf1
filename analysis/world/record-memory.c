/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chunks double from what most links need; digests are two chains of the seeded hash. */
#include "analysis/world/record-memory.h"

#include <glib.h>
#include <string.h>

#include "analysis/base/hash.h"

#define CHUNK_FIRST 240 /* most links need no more */
#define CHUNK_MOST 8000

struct _IsthChunk
{
  IsthChunk *next;
  size_t used, room;
  uint64_t bytes[];
};

void *
isth_chunk_take (IsthChunk **chunks,
                 size_t size)
{
  IsthChunk *chunk = *chunks;
  void *result;

  size = (size + 7) & ~(size_t) 7;
  if (!chunk || chunk->room - chunk->used < size)
    {
      size_t room = MAX (size, chunk ? MIN (chunk->room * 2, CHUNK_MOST) : CHUNK_FIRST);

      chunk = g_malloc (sizeof *chunk + room);
      *chunk = (IsthChunk) { *chunks, 0, room };
      *chunks = chunk;
    }
  result = (uint8_t *) chunk->bytes + chunk->used;
  chunk->used += size;
  return memset (result, 0, size);
}

const char *
isth_chunk_text (IsthChunk **chunks,
                 const char *text)
{
  size_t n = text ? strlen (text) : 0;

  return n ? memcpy (isth_chunk_take (chunks, n + 1), text, n) : "";
}

void
isth_chunks_free (IsthChunk *chunks)
{
  while (chunks)
    {
      IsthChunk *next = chunks->next;
      g_free (chunks);
      chunks = next;
    }
}

void
isth_digest_bytes (IsthDigest *digest,
                   const void *data,
                   size_t n)
{
  data = n ? data : ""; /* memcpy takes no NULL, not even for nothing */
  digest->a = isth_hash_bytes (data, n, digest->a);
  digest->b = isth_hash_bytes (data, n, digest->b ^ 0x9e3779b97f4a7c15ull);
}

void
isth_digest_number (IsthDigest *digest,
                    uint64_t number)
{
  digest->a = isth_hash_mix (digest->a, number);
  digest->b = isth_hash_mix (digest->b ^ 0x9e3779b97f4a7c15ull, number);
}

void
isth_digest_text (IsthDigest *digest,
                  const char *text)
{
  isth_digest_bytes (digest, text ? text : "", text ? strlen (text) : 0);
}

void
isth_digest_texts (IsthDigest *digest,
                   const char *const *texts)
{
  for (; texts && *texts; texts++)
    isth_digest_text (digest, *texts);
  isth_digest_number (digest, 0);
}

void
isth_digest_activity (IsthDigest *digest,
                      const IsthActivity *activity)
{
  isth_digest_number (digest, (uint64_t) activity->start);
  isth_digest_number (digest, activity->bits);
  isth_digest_number (digest, activity->shift);
}

void
isth_digest_evidence (IsthDigest *digest,
                      const IsthEvidence *evidence)
{
  isth_digest_number (digest, evidence->capture);
  isth_digest_number (digest, evidence->frame);
  isth_digest_number (digest, (uint64_t) evidence->time);
  isth_digest_number (digest, (uint64_t) evidence->offset << 32 | evidence->length);
  isth_digest_bytes (digest, evidence->bytes, evidence->n_bytes);
}

IsthDigest
isth_digest_new (void)
{
  return (IsthDigest) { isth_hash_seed (), ~isth_hash_seed () };
}

bool
isth_digest_equal (const IsthDigest *a,
                   const IsthDigest *b)
{
  return a->a == b->a && a->b == b->b;
}

IsthEvidence
isth_chunk_evidence (IsthChunk **chunks,
                     const IsthEvidence *evidence)
{
  IsthEvidence kept = *evidence;

  kept.bytes = evidence->n_bytes ? memcpy (isth_chunk_take (chunks, evidence->n_bytes), evidence->bytes, evidence->n_bytes) : NULL;
  return kept;
}
