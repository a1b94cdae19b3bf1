/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the world: the memory of one record, and the digest by which it is known as unchanged. */
#pragma once

#include "analysis/world/activity.h"
#include "analysis/world/observation.h"

/* A list of blocks that only grows; freed as one. NULL is an empty one. */
typedef struct _IsthChunk IsthChunk;

/* Two independent hashes with the seed of this process: nobody can prepare two records with one digest. */
typedef struct
{
  uint64_t a, b;
} IsthDigest;

/* Zeroed memory, a copy of a text ("" for NULL), of an evidence with its bytes: all live as long as the list. */
void *isth_chunk_take (IsthChunk **chunks, size_t size);
const char *isth_chunk_text (IsthChunk **chunks, const char *text);
IsthEvidence isth_chunk_evidence (IsthChunk **chunks, const IsthEvidence *evidence);
void isth_chunks_free (IsthChunk *chunks);

/* A new digest knows nothing; each call below adds to it. Texts may be NULL. */
IsthDigest isth_digest_new (void);
void isth_digest_bytes (IsthDigest *digest, const void *data, size_t n);
void isth_digest_number (IsthDigest *digest, uint64_t number);
void isth_digest_text (IsthDigest *digest, const char *text);
void isth_digest_texts (IsthDigest *digest, const char *const *texts);
void isth_digest_activity (IsthDigest *digest, const IsthActivity *activity);
void isth_digest_evidence (IsthDigest *digest, const IsthEvidence *evidence);
bool isth_digest_equal (const IsthDigest *a, const IsthDigest *b);
