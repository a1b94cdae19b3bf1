/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counted immutable records: made on the engine thread, read on any, freed by the last reader. */
#pragma once

#include <glib.h>

/**
 * IsthRecord:
 * @references: how many hold it
 * @clear: frees what the record owns, not the record
 *
 * The first member of every record type. A record is filled in once and not changed after it has been
 * given away; so any thread may read it without a lock.
 */
typedef struct
{
  gatomicrefcount references;
  void (*clear) (gpointer self);
} IsthRecord;

/* Zeroed memory of @size bytes, counted once. */
gpointer isth_record_new (gsize size, void (*clear) (gpointer self));

/* Any thread. Both accept NULL. */
gpointer isth_record_ref (gpointer self);
void isth_record_unref (gpointer self);
