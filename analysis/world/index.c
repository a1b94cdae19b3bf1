/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open addressing with linear probing, at most half full; and union-find with path halving. */
#include "analysis/world/index.h"

#include <string.h>

#include "analysis/base/hash.h"

#define FIRST_ROOM 32

/* Makes room for @room keys and puts all that is there into the new slots. */
static void
rehash (IsthSlot **slots,
        uint32_t *mask,
        uint32_t room)
{
  IsthSlot *old = *slots;
  uint32_t n_old = old ? *mask + 1 : 0;

  *slots = g_new0 (IsthSlot, (gsize) room * 2);
  *mask = room * 2 - 1;
  for (uint32_t i = 0; i < n_old; i++)
    {
      uint32_t slot = old[i].hash & *mask;

      if (old[i].number == 0)
        continue;
      while ((*slots)[slot].number)
        slot = (slot + 1) & *mask;
      (*slots)[slot] = old[i];
    }
  g_free (old);
}

/* As memcmp() == 0, without a call: most keys are a few words. */
static bool
same_key (const uint8_t *a,
          const uint8_t *b,
          uint32_t n)
{
  uint64_t difference = 0;

  for (; n >= 8; n -= 8, a += 8, b += 8)
    difference |= isth_hash_load (a, 8) ^ isth_hash_load (b, 8);
  return (difference | (isth_hash_load (a, n) ^ isth_hash_load (b, n))) == 0;
}

static uint32_t
index_slot (const IsthIndex *self,
            const void *key,
            uint32_t hash)
{
  uint32_t slot = hash & self->mask;

  for (; self->slots[slot].number; slot = (slot + 1) & self->mask)
    if (self->slots[slot].hash == hash && same_key (isth_index_key (self, self->slots[slot].number - 1), key, self->key_size))
      break;
  return slot;
}

static void
grow (IsthIndex *self,
      uint32_t room)
{
  self->room = room;
  self->keys = g_realloc_n (self->keys, room, self->key_size);
  rehash (&self->slots, &self->mask, room);
}

void
isth_index_reserve (IsthIndex *self,
                    uint32_t n)
{
  uint32_t room = MAX (self->room, FIRST_ROOM);

  while (room < n && room < UINT32_C (1) << 30)
    room *= 2;
  if (room > self->room)
    grow (self, room);
}

uint32_t
isth_index_find (const IsthIndex *self,
                 const void *key)
{
  if (self->n == 0)
    return ISTH_NONE;
  return self->slots[index_slot (self, key, (uint32_t) isth_hash_keyed (key, self->key_size, isth_hash_seed ()))].number - 1;
}

uint32_t
isth_index_add (IsthIndex *self,
                const void *key)
{
  uint32_t hash = (uint32_t) isth_hash_keyed (key, self->key_size, isth_hash_seed ());
  uint32_t slot;

  if (self->n == self->room)
    grow (self, self->room ? self->room * 2 : FIRST_ROOM);
  slot = index_slot (self, key, hash);
  if (self->slots[slot].number == 0)
    {
      memcpy (self->keys + (size_t) self->n * self->key_size, key, self->key_size);
      self->slots[slot] = (IsthSlot) { ++self->n, hash };
    }
  return self->slots[slot].number - 1;
}

void
isth_index_prefetch (const IsthIndex *self,
                     const void *key)
{
  if (self->slots)
    __builtin_prefetch (&self->slots[(uint32_t) isth_hash_keyed (key, self->key_size, isth_hash_seed ()) & self->mask]);
}

void
isth_index_close (IsthIndex *self)
{
  g_clear_pointer (&self->slots, g_free);
  self->keys = g_realloc_n (self->keys, MAX (self->n, 1), self->key_size);
  self->room = self->n;
}

void
isth_index_clear (IsthIndex *self)
{
  g_free (self->keys);
  g_free (self->slots);
  *self = (IsthIndex) { .key_size = self->key_size };
}

void
isth_pool_init (IsthPool *self)
{
  *self = (IsthPool) { 0 };
  isth_pool_add (self, "");
}

static uint32_t
pool_slot (const IsthPool *self,
           const char *text,
           uint32_t hash)
{
  uint32_t slot = hash & self->mask;

  for (; self->slots[slot].number; slot = (slot + 1) & self->mask)
    if (self->slots[slot].hash == hash && g_str_equal (self->texts[self->slots[slot].number - 1], text))
      break;
  return slot;
}

uint32_t
isth_pool_find (const IsthPool *self,
                const char *text)
{
  return self->slots[pool_slot (self, text, (uint32_t) isth_hash_keyed (text, strlen (text), isth_hash_seed ()))].number - 1;
}

uint32_t
isth_pool_add (IsthPool *self,
               const char *text)
{
  uint32_t hash = (uint32_t) isth_hash_keyed (text, strlen (text), isth_hash_seed ());
  uint32_t slot;

  if (self->n == self->room)
    {
      self->room = self->room ? self->room * 2 : FIRST_ROOM;
      self->texts = g_renew (const char *, self->texts, self->room);
      rehash (&self->slots, &self->mask, self->room);
    }
  slot = pool_slot (self, text, hash);
  if (self->slots[slot].number == 0)
    {
      self->texts[self->n] = text;
      self->slots[slot] = (IsthSlot) { ++self->n, hash };
    }
  return self->slots[slot].number - 1;
}

void
isth_pool_clear (IsthPool *self)
{
  g_free (self->texts);
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
