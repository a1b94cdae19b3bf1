/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growing, indexing and taking back the rows of a table. */
#include "analysis/world/table.h"

#include <string.h>

#include "analysis/base/pages.h"

#define FIRST_ROOM 64
#define CACHE_LINE 64

void
isth_table_clear (IsthTable *self)
{
  g_free (self->block);
  g_free (self->hashes);
  g_free (self->slots);
  g_free (self->dirty);
  g_free (self->saved);
  g_free (self->undo);
  g_free (self->copies);
  *self = (IsthTable) { .row_size = self->row_size };
}

void
isth_table_close (IsthTable *self)
{
  IsthTable rows = { .rows = self->rows, .block = self->block, .row_size = self->row_size, .n = self->n };

  self->block = NULL;
  isth_table_clear (self);
  *self = rows;
}

void
isth_table_forget (IsthTable *self,
                   uint32_t   from,
                   uint32_t   to)
{
  g_return_if_fail (from <= to && to <= self->n);
  isth_pages_forget (isth_table_row (self, from), isth_table_row (self, to));
}

static void
insert_slot (IsthTable *self,
             uint32_t   row)
{
  uint32_t hash = self->hashes[row];
  uint32_t slot = hash & self->mask;

  while (self->slots[slot])
    slot = (slot + 1) & self->mask;
  self->slots[slot] = (hash & ~self->mask) | (row + 1);
}

/* At most half full, so that probes stay short. */
static void
grow_slots (IsthTable *self)
{
  uint32_t n_slots = self->slots ? (self->mask + 1) * 2 : FIRST_ROOM * 2;

  g_free (self->slots);
  self->slots = g_new0 (uint32_t, n_slots);
  self->mask = n_slots - 1;
  for (uint32_t row = 0; row < self->n; row++)
    insert_slot (self, row);
}

static void
grow_rows (IsthTable *self,
           bool       indexed)
{
  uint32_t room = self->room ? self->room * 2 : FIRST_ROOM;
  size_t offset = (size_t) (self->rows - self->block);

  self->block = g_realloc (self->block, (gsize) room * self->row_size + CACHE_LINE);
  self->rows = self->block + (CACHE_LINE - (uintptr_t) self->block % CACHE_LINE);
  if (self->rows != self->block + offset && self->n > 0)
    memmove (self->rows, self->block + offset, (size_t) self->n * self->row_size);
  if (indexed)
    self->hashes = g_renew (uint32_t, self->hashes, room);
  self->dirty = g_renew (uint64_t, self->dirty, room / 64);
  self->saved = g_renew (uint64_t, self->saved, room / 64);
  memset (self->dirty + self->room / 64, 0, (room - self->room) / 8);
  memset (self->saved + self->room / 64, 0, (room - self->room) / 8);
  self->room = room;
}

uint32_t
isth_table_append (IsthTable  *self,
                   const void *row,
                   uint64_t    hash,
                   bool        indexed)
{
  uint32_t number = self->n;

  if (number == self->room)
    grow_rows (self, indexed);
  memcpy (isth_table_row (self, number), row, self->row_size);
  if (!self->provisional)
    self->dirty[number / 64] |= UINT64_C (1) << (number % 64);
  if (!indexed)
    {
      self->n++;
      return number;
    }
  if (!self->slots || number >= (self->mask + 1) / 2)
    grow_slots (self);
  self->hashes[number] = (uint32_t) hash;
  self->n++;
  insert_slot (self, number);
  return number;
}

void
isth_table_clear_dirty (IsthTable *self)
{
  if (self->room)
    memset (self->dirty, 0, self->room / 8);
}

void
isth_table_begin_provisional (IsthTable *self)
{
  self->committed = self->n;
  self->provisional = true;
}

/* Remembers what a committed row was, the first time the round changes it. */
void
isth_table_save_row (IsthTable *self,
                     uint32_t   row)
{
  if (row >= self->committed || self->saved[row / 64] >> (row % 64) & 1)
    return;
  if (self->n_undo == self->undo_room)
    {
      self->undo_room = self->undo_room ? self->undo_room * 2 : FIRST_ROOM;
      self->undo = g_renew (uint32_t, self->undo, self->undo_room);
      self->copies = g_realloc_n (self->copies, self->undo_room, self->row_size);
    }
  self->saved[row / 64] |= UINT64_C (1) << (row % 64);
  memcpy (self->copies + (size_t) self->n_undo * self->row_size, isth_table_row (self, row), self->row_size);
  self->undo[self->n_undo++] = row;
}

/* Rows were put into the slots in the order of their numbers (growing keeps that), so the last one can simply be taken out:
 * no other row was moved on because of it. */
static void
remove_last (IsthTable *self)
{
  uint32_t row = --self->n;

  if (!self->slots)
    return;
  for (uint32_t slot = self->hashes[row] & self->mask;; slot = (slot + 1) & self->mask)
    if ((self->slots[slot] & self->mask) == row + 1)
      {
        self->slots[slot] = 0;
        return;
      }
}

void
isth_table_drop_provisional (IsthTable *self)
{
  if (!self->provisional)
    return;
  while (self->n > self->committed)
    remove_last (self);
  for (uint32_t i = 0; i < self->n_undo; i++)
    {
      uint32_t row = self->undo[i];

      memcpy (isth_table_row (self, row), self->copies + (size_t) i * self->row_size, self->row_size);
      self->saved[row / 64] &= ~(UINT64_C (1) << (row % 64));
    }
  self->n_undo = 0;
  self->provisional = false;
}
