/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open addressing with linear probing, at most half full. */
#include "app/model/listed-set.h"

#define LEAST 16

static guint
get_home (const IsthListedSet *self,
          const IsthListed    *row)
{
  return (guint) ((row->id * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + row->kind) >> 32) & (self->size - 1);
}

/* Where it is, or where it would be. */
static guint
find (const IsthListedSet *self,
      const IsthListed    *row)
{
  guint at = get_home (self, row);

  while (self->slots[at].kind != ISTH_SELECTED_NOTHING && !isth_listed_equal (&self->slots[at], row))
    at = (at + 1) & (self->size - 1);
  return at;
}

void
isth_listed_set_clear (IsthListedSet *self)
{
  g_free (self->slots);
  *self = (IsthListedSet) { NULL };
}

void
isth_listed_set_reserve (IsthListedSet *self,
                         guint          n)
{
  IsthListedSet larger = { .n = self->n, .size = MAX (self->size, LEAST) };

  while (larger.size / 2 < n)
    larger.size *= 2;
  if (larger.size == self->size)
    return;

  larger.slots = g_new0 (IsthListed, larger.size);
  for (guint i = 0; i < self->size; i++)
    if (self->slots[i].kind != ISTH_SELECTED_NOTHING)
      larger.slots[find (&larger, &self->slots[i])] = self->slots[i];
  g_free (self->slots);
  *self = larger;
}

void
isth_listed_set_add (IsthListedSet    *self,
                     const IsthListed *row)
{
  guint at;

  isth_listed_set_reserve (self, self->n + 1);
  at = find (self, row);
  self->n += self->slots[at].kind == ISTH_SELECTED_NOTHING;
  self->slots[at] = *row;
}

/* Those that stand behind it because their places were taken move up. */
void
isth_listed_set_remove (IsthListedSet    *self,
                        const IsthListed *row)
{
  guint hole, at;

  if (!isth_listed_set_contains (self, row))
    return;

  hole = at = find (self, row);
  self->n--;
  for (;;)
    {
      guint home;

      at = (at + 1) & (self->size - 1);
      if (self->slots[at].kind == ISTH_SELECTED_NOTHING)
        break;
      home = get_home (self, &self->slots[at]);
      if (((at - home) & (self->size - 1)) < ((at - hole) & (self->size - 1)))
        continue; /* its home lies behind the hole */
      self->slots[hole] = self->slots[at];
      hole = at;
    }
  self->slots[hole] = (IsthListed) { 0 };
}

gboolean
isth_listed_set_contains (const IsthListedSet *self,
                          const IsthListed    *row)
{
  return self->n > 0 && self->slots[find (self, row)].kind != ISTH_SELECTED_NOTHING;
}
