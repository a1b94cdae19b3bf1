/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open addressing with linear probing, at most half full; and union-find with path halving. */
#include "analysis/world/index.h"

#include <string.h>

#include "analysis/base/hash.h"

#define FIRST_ROOM 32

/* Doubles the room and puts all that is there into the new slots. */
static uint32_t *
rehash (const uint32_t *hashes,
        uint32_t n,
        uint32_t room,
        uint32_t *mask)
{
  uint32_t *slots = g_new0 (uint32_t, (gsize) room * 2);

  *mask = room * 2 - 1;
  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t slot = hashes[i] & *mask;

      while (slots[slot])
        slot = (slot + 1) & *mask;
      slots[slot] = i + 1;
    }
  return slots;
}

static uint32_t
index_slot (const IsthIndex *self,
            const void *key,
            uint32_t hash)
{
  uint32_t slot = hash & self->mask;

  for (; self->slots[slot]; slot = (slot + 1) & self->mask)
    {
      uint32_t number = self->slots[slot] - 1;

      if (self->hashes[number] == hash && memcmp (isth_index_key (self, number), key, self->key_size) == 0)
        break;
    }
  return slot;
}

uint32_t
isth_index_find (const IsthIndex *self,
                 const void *key)
{
  if (self->n == 0)
    return ISTH_NONE;
  return self->slots[index_slot (self, key, (uint32_t) isth_hash_bytes (key, self->key_size, isth_hash_seed ()))] - 1;
}

uint32_t
isth_index_add (IsthIndex *self,
                const void *key)
{
  uint32_t hash = (uint32_t) isth_hash_bytes (key, self->key_size, isth_hash_seed ());
  uint32_t slot;

  if (self->n == self->room)
    {
      self->room = self->room ? self->room * 2 : FIRST_ROOM;
      self->keys = g_realloc_n (self->keys, self->room, self->key_size);
      self->hashes = g_renew (uint32_t, self->hashes, self->room);
      g_free (self->slots);
      self->slots = rehash (self->hashes, self->n, self->room, &self->mask);
    }
  slot = index_slot (self, key, hash);
  if (self->slots[slot] == 0)
    {
      memcpy (self->keys + (size_t) self->n * self->key_size, key, self->key_size);
      self->hashes[self->n] = hash;
      self->slots[slot] = ++self->n;
    }
  return self->slots[slot] - 1;
}

void
isth_index_clear (IsthIndex *self)
{
  g_free (self->keys);
  g_free (self->hashes);
  g_free (self->slots);
  *self = (IsthIndex) { .key_size = self->key_size };
}

void
isth_pool_init (IsthPool *self)
{
  *self = (IsthPool) { 0 };
  isth_pool_add (self, "");
}

uint32_t
isth_pool_find (const IsthPool *self,
                const char *text)
{
  uint32_t hash = (uint32_t) isth_hash_bytes (text, strlen (text), isth_hash_seed ());

  for (uint32_t slot = hash & self->mask; self->slots[slot]; slot = (slot + 1) & self->mask)
    {
      uint32_t number = self->slots[slot] - 1;

      if (self->hashes[number] == hash && g_str_equal (self->texts[number], text))
        return number;
    }
  return ISTH_NONE;
}

uint32_t
isth_pool_add (IsthPool *self,
               const char *text)
{
  uint32_t hash = (uint32_t) isth_hash_bytes (text, strlen (text), isth_hash_seed ());
  uint32_t slot;

  if (self->n == self->room)
    {
      self->room = self->room ? self->room * 2 : FIRST_ROOM;
      self->texts = g_renew (const char *, self->texts, self->room);
      self->hashes = g_renew (uint32_t, self->hashes, self->room);
      g_free (self->slots);
      self->slots = rehash (self->hashes, self->n, self->room, &self->mask);
    }
  for (slot = hash & self->mask; self->slots[slot]; slot = (slot + 1) & self->mask)
    {
      uint32_t number = self->slots[slot] - 1;

      if (self->hashes[number] == hash && g_str_equal (self->texts[number], text))
        return number;
    }
  self->texts[self->n] = text;
  self->hashes[self->n] = hash;
  self->slots[slot] = ++self->n;
  return self->n - 1;
}

void
isth_pool_clear (IsthPool *self)
{
  g_free (self->texts);
  g_free (self->hashes);
  g_free (self->slots);
  *self = (IsthPool) { 0 };
}

void
isth_union_grow (IsthUnion *self,
                 uint32_t n)
{
  self->up = g_renew (uint32_t, self->up, MAX (n, 1));
  for (; self->n < n; self->n++)
    self->up[self->n] = self->n;
}

uint32_t
isth_union_find (IsthUnion *self,
                 uint32_t member)
{
  while (self->up[member] != member)
    member = self->up[member] = self->up[self->up[member]];
  return member;
}

void
isth_union_join (IsthUnion *self,
                 uint32_t a,
                 uint32_t b)
{
  a = isth_union_find (self, a);
  b = isth_union_find (self, b);
  if (a < b)
    self->up[b] = a;
  else
    self->up[a] = b;
}

void
isth_union_clear (IsthUnion *self)
{
  g_free (self->up);
  *self = (IsthUnion) { 0 };
}
