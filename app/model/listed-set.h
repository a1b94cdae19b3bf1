/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of rows by what they are of, in one piece of memory: Ctrl+A puts two hundred thousand in at once, on the thread that draws. */
#pragma once

#include "app/model/arrangement.h"

/* Zeroed memory is an empty set. */
typedef struct
{
  IsthListed *slots; /* kind ISTH_SELECTED_NOTHING: free */
  guint n, size;     /* @size: a power of two, or 0 */
} IsthListedSet;

void isth_listed_set_clear (IsthListedSet *self);

/* Room for so many, so that it need not grow while they come. */
void isth_listed_set_reserve (IsthListedSet *self, guint n);
void isth_listed_set_add (IsthListedSet *self, const IsthListed *row);
void isth_listed_set_remove (IsthListedSet *self, const IsthListed *row);
gboolean isth_listed_set_contains (const IsthListedSet *self, const IsthListed *row);
