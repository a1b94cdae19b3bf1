/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counted records. */
#include "analysis/base/record.h"

#include <stdbool.h>

#include "analysis/base/arena.h"

gpointer
isth_record_new (gsize size,
                 void (*clear) (gpointer self))
{
  IsthRecord *self = g_malloc0 (size);

  g_atomic_ref_count_init (&self->references);
  self->clear = clear;
  return self;
}

gpointer
isth_record_ref (gpointer self)
{
  if (self)
    g_atomic_ref_count_inc (&((IsthRecord *) self)->references);
  return self;
}

void
isth_record_unref (gpointer self)
{
  IsthRecord *record = self;
  bool own;

  if (!record || !g_atomic_ref_count_dec (&record->references))
    return;
  own = isth_arena_of (record) == NULL;
  if (record->clear)
    record->clear (record);
  if (own)
    g_free (record);
}
