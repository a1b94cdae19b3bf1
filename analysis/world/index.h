/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the resolver: gives equal keys the same small number, by a seeded hash. Rebuilt with each resolve. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define ISTH_NONE UINT32_MAX

/* The hash stands beside the number, so that a look touches one slot and, when it is the one, its key. */
typedef struct
{
  uint32_t number; /* + 1; 0: free */
  uint32_t hash;
} IsthSlot;

/* Keys of one size, compared as memory (so without padding). Zeroed memory with key_size set is an empty index. */
typedef struct
{
  uint8_t *keys;
  IsthSlot *slots;
  uint32_t key_size, n, room, mask;
} IsthIndex;

/* Makes room for about @n keys in all. */
void isth_index_reserve (IsthIndex *self, uint32_t n);
uint32_t isth_index_add (IsthIndex *self, const void *key);

/* Fetches what the next find or add of @key will look at first. */
void isth_index_prefetch (const IsthIndex *self, const void *key);
uint32_t isth_index_find (const IsthIndex *self, const void *key); /* ISTH_NONE when it is not there */
void isth_index_clear (IsthIndex *self);

/* Keeps the keys and their numbers; nothing can be found or added any more. */
void isth_index_close (IsthIndex *self);

static inline const void *
isth_index_key (const IsthIndex *self,
                uint32_t number)
{
  return self->keys + (size_t) number * self->key_size;
}

/* Strings, lent: they must outlive the pool. Number 0 is "". */
typedef struct
{
  const char **texts;
  IsthSlot *slots;
  uint32_t n, room, mask;
} IsthPool;

void isth_pool_init (IsthPool *self);
uint32_t isth_pool_add (IsthPool *self, const char *text);
uint32_t isth_pool_find (const IsthPool *self, const char *text); /* ISTH_NONE when it is not there */
void isth_pool_clear (IsthPool *self);

/* Sets that are joined, each known by its smallest member. */
typedef struct
{
  uint32_t *up;
  uint32_t n;
} IsthUnion;

void isth_union_grow (IsthUnion *self, uint32_t n);
uint32_t isth_union_find (IsthUnion *self, uint32_t member);
void isth_union_join (IsthUnion *self, uint32_t a, uint32_t b);
void isth_union_clear (IsthUnion *self);
