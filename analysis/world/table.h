/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the facts: rows in one dense array, found by a seeded hash, marked when changed, and taken back to where a
 * provisional round began. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define ISTH_NO_ROW UINT32_MAX

/**
 * IsthTable:
 * @slots: row + 1 by linear probing, 0 free; NULL until the first indexed row. The bits above @mask, which no row number needs, are those of the hash:
 *   a row is looked at, far away as it mostly is, only when it very likely is the one
 * @committed: rows there when the provisional round began
 * @undo: row numbers and @copies: what they were before the round changed them
 *
 * @rows: on a cache line, in @block
 *
 * Zeroed memory with row_size set is an empty table. Row numbers never change.
 */
typedef struct
{
  uint8_t *rows, *block;
  uint32_t *hashes;
  uint32_t *slots;
  uint64_t *dirty, *saved;
  uint32_t *undo;
  uint8_t *copies;
  uint32_t row_size;
  uint32_t n, room;
  uint32_t mask;
  uint32_t n_undo, undo_room;
  uint32_t committed;
  bool provisional;
} IsthTable;

typedef bool (*IsthRowEqual) (const void *row, const void *key);

void isth_table_clear (IsthTable *self);

/* Keeps the rows and nothing else: none is found, changed or appended any more. */
void isth_table_close (IsthTable *self);

/* Gives back the memory of the rows [from, to) of a closed table, which nobody may look at any more. */
void isth_table_forget (IsthTable *self, uint32_t from, uint32_t to);

/* Copies @row to the end and returns its number. With @indexed it can be found by @hash; one table never mixes both. */
uint32_t isth_table_append (IsthTable *self, const void *row, uint64_t hash, bool indexed);

void isth_table_save_row (IsthTable *self, uint32_t row);
void isth_table_clear_dirty (IsthTable *self);

/* Until drop, every change and new row is taken back by drop. */
void isth_table_begin_provisional (IsthTable *self);
void isth_table_drop_provisional (IsthTable *self);

static inline void *
isth_table_row (const IsthTable *self,
                uint32_t         row)
{
  return self->rows + (size_t) row * self->row_size;
}

static inline bool
isth_table_is_dirty (const IsthTable *self,
                     uint32_t         row)
{
  return self->dirty[row / 64] >> (row % 64) & 1;
}

/* Any of the rows [@from, @to)? */
static inline bool
isth_table_any_dirty (const IsthTable *self,
                      uint32_t         from,
                      uint32_t         to)
{
  while (from < to)
    {
      uint32_t n = MIN (64 - from % 64, to - from); /* of one word */

      if (self->dirty[from / 64] >> (from % 64) << (64 - n))
        return true;
      from += n;
    }
  return false;
}

/* The row, to be changed. */
static inline void *
isth_table_change (IsthTable *self,
                   uint32_t   row)
{
  if (G_UNLIKELY (self->provisional))
    isth_table_save_row (self, row);
  else
    self->dirty[row / 64] |= UINT64_C (1) << (row % 64);
  return isth_table_row (self, row);
}

/* Fetch the slot that a look for @hash begins with, and the row that it names. */
static inline void
isth_table_prefetch_slot (const IsthTable *self,
                          uint64_t         hash)
{
  if (self->slots)
    __builtin_prefetch (&self->slots[(uint32_t) hash & self->mask]);
}

static inline void
isth_table_prefetch_row (const IsthTable *self,
                         uint64_t         hash)
{
  uint32_t entry = self->slots ? self->slots[(uint32_t) hash & self->mask] & self->mask : 0;
  const uint8_t *row = self->rows + (size_t) (entry - 1) * self->row_size;

  for (uint32_t at = 0; entry != 0 && at < self->row_size; at += 64)
    __builtin_prefetch (row + at);
}

/* @equal is a constant at every call, so that it is inlined. */
static inline uint32_t
isth_table_find (const IsthTable *self,
                 uint64_t         hash,
                 IsthRowEqual     equal,
                 const void      *key)
{
  if (!self->slots)
    return ISTH_NO_ROW;
  for (uint32_t slot = (uint32_t) hash & self->mask;; slot = (slot + 1) & self->mask)
    {
      uint32_t entry = self->slots[slot];

      if (entry == 0)
        return ISTH_NO_ROW;
      if (((entry ^ (uint32_t) hash) & ~self->mask) == 0 && equal (isth_table_row (self, (entry & self->mask) - 1), key))
        return (entry & self->mask) - 1;
    }
}
