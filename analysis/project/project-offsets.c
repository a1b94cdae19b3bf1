/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of a capture file (base/offsets.h) in and out of the project: one row, numbers of 64 bits in little-endian blobs. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/limits.h"
#include "analysis/project/project-private.h"

#define NUMBERS 5 /* of one part: offset, frame, first, last, blocks */

static bool
fail_bind (IsthProject *self,
           GError     **error)
{
  return isth_project_fail (self, SQLITE_NOMEM, error);
}

static void
write_part (uint64_t         *to,
            const IsthOffset *part)
{
  const uint64_t numbers[NUMBERS] = { part->offset, part->frame, (uint64_t) part->first, (uint64_t) part->last,
                                      (uint64_t) part->n_blocks << 32 | part->first_block };

  for (int i = 0; i < NUMBERS; i++)
    to[i] = GUINT64_TO_LE (numbers[i]);
}

static IsthOffset
read_part (const uint64_t *from)
{
  uint64_t numbers[NUMBERS];

  for (int i = 0; i < NUMBERS; i++)
    numbers[i] = GUINT64_FROM_LE (from[i]);
  return (IsthOffset) { .offset = numbers[0],
                        .frame = numbers[1],
                        .first = (int64_t) numbers[2],
                        .last = (int64_t) numbers[3],
                        .first_block = (uint32_t) numbers[4],
                        .n_blocks = (uint32_t) (numbers[4] >> 32) };
}

bool
isth_project_save_offsets (IsthProject       *self,
                           int64_t            capture,
                           const IsthOffsets *offsets,
                           GError           **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, "REPLACE INTO offset_index VALUES (?1, ?2, ?3, ?4)", error);
  g_autofree uint64_t *parts = NULL, *blocks = NULL;

  if (!statement)
    return false;
  parts = g_new (uint64_t, MAX (offsets->parts->len * NUMBERS, 1));
  blocks = g_new (uint64_t, MAX (offsets->blocks->len, 1));
  for (guint i = 0; i < offsets->parts->len; i++)
    write_part (parts + (size_t) i * NUMBERS, isth_offsets_get (offsets, i));
  for (guint i = 0; i < offsets->blocks->len; i++)
    blocks[i] = GUINT64_TO_LE (g_array_index (offsets->blocks, uint64_t, i));
  if (sqlite3_bind_int64 (statement, 1, capture) != SQLITE_OK
      || sqlite3_bind_int64 (statement, 2, (int64_t) offsets->step) != SQLITE_OK
      || sqlite3_bind_blob64 (statement, 3, parts, offsets->parts->len * NUMBERS * sizeof *parts, SQLITE_TRANSIENT) != SQLITE_OK
      || sqlite3_bind_blob64 (statement, 4, blocks, offsets->blocks->len * sizeof *blocks, SQLITE_TRANSIENT) != SQLITE_OK)
    return fail_bind (self, error);
  return isth_project_run (self, statement, error);
}

/* The row that @statement stands on; NULL when no index looks like that. */
static IsthOffsets *
read_offsets (sqlite3_stmt *statement)
{
  g_autoptr(IsthOffsets) self = isth_offsets_new ();
  size_t n_parts = (size_t) sqlite3_column_bytes (statement, 1), n_blocks = (size_t) sqlite3_column_bytes (statement, 2);
  const uint8_t *parts = sqlite3_column_blob (statement, 1), *blocks = sqlite3_column_blob (statement, 2);
  const size_t size = NUMBERS * sizeof (uint64_t);

  self->step = (uint64_t) sqlite3_column_int64 (statement, 0);
  if (self->step == 0 || self->step > INT64_MAX || n_parts % size || n_blocks % sizeof (uint64_t)
      || n_blocks / sizeof (uint64_t) > ISTH_LIMIT_OFFSET_BLOCKS)
    return NULL;
  for (size_t i = 0; i < n_blocks; i += sizeof (uint64_t))
    {
      uint64_t block;

      memcpy (&block, blocks + i, sizeof block);
      block = GUINT64_FROM_LE (block);
      g_array_append_val (self->blocks, block);
    }
  for (size_t i = 0; i < n_parts; i += size)
    {
      uint64_t numbers[NUMBERS];
      IsthOffset part;

      memcpy (numbers, parts + i, size);
      part = read_part (numbers);
      if (!isth_offsets_load_part (self, &part))
        return NULL;
    }
  return g_steal_pointer (&self);
}

bool
isth_project_load_offsets (IsthProject  *self,
                           int64_t       capture,
                           IsthOffsets **offsets,
                           GError      **error)
{
  sqlite3_stmt *statement = isth_project_prepare (self, "SELECT step, parts, blocks FROM offset_index WHERE capture = ?1", error);
  GError *local = NULL;

  if (!statement)
    return false;
  sqlite3_bind_int64 (statement, 1, capture);
  if (!isth_project_next (self, statement, &local))
    {
      if (local)
        g_propagate_error (error, local);
      return !local;
    }
  *offsets = read_offsets (statement);
  sqlite3_reset (statement);
  return *offsets || isth_project_damaged (self->path, _("the index of a capture is wrong"), error);
}
