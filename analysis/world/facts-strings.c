/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strings and evidence bytes, each kept once and named by a number. They only grow: what a provisional round interned stays. */
#include "analysis/world/facts-private.h"

#include <string.h>

static bool
piece_equal (const void *row,
             const void *key)
{
  const IsthPiece *a = row;
  const IsthPiece *b = key;

  return a->length == b->length && memcmp (a->data, b->data, a->length) == 0;
}

/* Bytes of @text that are kept: a longer one is cut at a whole character. */
static uint32_t
kept_length (const char *text)
{
  size_t length = strnlen (text, ISTH_LIMIT_TEXT);

  if (length < ISTH_LIMIT_TEXT)
    return (uint32_t) length;
  for (length = ISTH_LIMIT_TEXT - 1; length > 0 && ((uint8_t) text[length] & 0xc0) == 0x80; length--)
    ;
  return (uint32_t) length;
}

uint32_t
isth_facts_find_string (const IsthFacts *self,
                        const char      *text,
                        uint32_t        *length,
                        uint64_t        *hash)
{
  IsthPiece key = { text, kept_length (text) };

  *length = key.length;
  *hash = isth_hash_keyed (text, key.length, self->seed);
  return isth_table_find (&self->strings, *hash, piece_equal, &key);
}

uint32_t
isth_facts_intern (IsthFacts  *self,
                   const char *text)
{
  uint32_t length, id;
  uint64_t hash;
  IsthPiece piece;

  if (!text || text[0] == '\0')
    return 0;
  id = isth_facts_find_string (self, text, &length, &hash);
  if (id != ISTH_NO_ROW)
    return id;
  piece = (IsthPiece) { g_string_chunk_insert_len (self->chunk, text, length), length };
  return isth_table_append (&self->strings, &piece, hash, true);
}

uint32_t
isth_facts_need_string (IsthFacts  *self,
                        const char *text)
{
  uint32_t length, id;
  uint64_t hash;

  if (!text || text[0] == '\0')
    return 0;
  id = isth_facts_find_string (self, text, &length, &hash);
  if (id != ISTH_NO_ROW)
    return id;
  if (self->strings.n >= ISTH_LIMIT_FACTS)
    {
      isth_facts_reach (self, ISTH_REACHED_FACTS, 1);
      return ISTH_NO_ROW;
    }
  return isth_facts_intern (self, text);
}

/* By its address, where it is most often the same string as last time; its text decides. */
uint32_t
isth_facts_need_word (IsthFacts  *self,
                      const char *text)
{
  IsthWord *word;

  if (!text || text[0] == '\0')
    return 0;
  word = &self->words[isth_hash_mix ((uintptr_t) text, self->seed) % ISTH_WORDS];
  if (word->text != text || strcmp (isth_facts_string (self, word->id), text) != 0)
    *word = (IsthWord) { text, isth_facts_need_string (self, text) };
  if (word->id == ISTH_NO_ROW)
    {
      word->text = NULL;
      return ISTH_NO_ROW;
    }
  return word->id;
}

const char *
isth_facts_string (const IsthFacts *self,
                   uint32_t         id)
{
  g_return_val_if_fail (id < self->strings.n, "");
  return ((const IsthPiece *) isth_table_row (&self->strings, id))->data;
}

uint32_t
isth_facts_add_bytes (IsthFacts     *self,
                      const uint8_t *bytes,
                      uint32_t       n)
{
  IsthPiece key = { (const char *) bytes, MIN (n, ISTH_LIMIT_EVIDENCE) };
  uint64_t hash;
  uint32_t id;

  if (!bytes || n == 0)
    return 0;
  hash = isth_hash_keyed (bytes, key.length, self->seed);
  id = isth_table_find (&self->blobs, hash, piece_equal, &key);
  if (id != ISTH_NO_ROW)
    return id;
  if (self->blobs.n >= ISTH_LIMIT_FACTS)
    {
      isth_facts_reach (self, ISTH_REACHED_FACTS, 1);
      return 0;
    }
  key.data = g_string_chunk_insert_len (self->chunk, key.data, key.length);
  return isth_table_append (&self->blobs, &key, hash, true);
}

const uint8_t *
isth_facts_bytes (const IsthFacts *self,
                  uint32_t         id,
                  uint32_t        *n)
{
  const IsthPiece *piece;

  *n = 0;
  g_return_val_if_fail (id < self->blobs.n, NULL);
  piece = isth_table_row (&self->blobs, id);
  *n = piece->length;
  return (const uint8_t *) piece->data;
}

/* Makes @evidence the kept one; the caller has found that it is the first. */
void
isth_facts_take_evidence (IsthFacts          *self,
                          IsthFactEvidence   *mine,
                          const IsthEvidence *evidence)
{
  *mine = (IsthFactEvidence) {
    .frame = evidence->frame,
    .time = evidence->time,
    .offset = evidence->offset,
    .length = evidence->length,
    .bytes = isth_facts_add_bytes (self, evidence->bytes, evidence->n_bytes),
  };
}
