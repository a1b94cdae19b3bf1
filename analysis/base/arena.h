/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory of many records that come to be together and are mostly given up together, one behind the other. A large network has half a million records, and
 * what an allocator keeps beside each would be a tenth of them. */
#pragma once

#include <glib.h>

/* Counted: by who makes records in it, and by each of these. While anybody holds one of them, all that was taken stays. */
typedef struct _IsthArena IsthArena;

IsthArena *isth_arena_new (void);

/* Any thread. Accepts NULL. */
void isth_arena_unref (IsthArena *self);

/* @free is given @thing when the arena goes: records in it may point there. */
void isth_arena_keep (IsthArena *self, gpointer thing, GDestroyNotify free);

/* A record of @size bytes, counted once, of which all else is not set. Only who made the arena. */
gpointer isth_arena_take_record (IsthArena *self, gsize size);

/* The arena in which @record was made, lent; NULL: it has memory of its own. */
IsthArena *isth_arena_of (gconstpointer record);
