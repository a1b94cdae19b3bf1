/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading parts of a capture again: one frame, or a time window. With the index of an earlier reading the rest is passed over. */
#include "analysis/capture/seek.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "analysis/base/error.h"

#define TELL_EVERY 64 /* batches passed over */

void
isth_source_mark (IsthSource *self)
{
  uint64_t offset = self->input.offset;
  const GArray *blocks;

  if (offset < isth_offsets_next (self->offsets))
    return;
  blocks = self->format->get_blocks ? self->format->get_blocks (self) : NULL;
  isth_offsets_begin_part (self->offsets, offset, self->number, blocks ? (const uint64_t *) (const void *) blocks->data : NULL,
                           blocks ? blocks->len : 0);
}

IsthOffsets *
isth_source_get_offsets (const IsthSource *self)
{
  return self->offsets;
}

/* Goes to the beginning of @part; false when the file does not look as it did. */
static bool
seek_part (IsthSource        *self,
           const IsthOffsets *offsets,
           const IsthOffset  *part)
{
  for (uint32_t i = 0; i < part->n_blocks; i++)
    if (!self->format->take_block
        || !isth_input_seek (&self->input, g_array_index (offsets->blocks, uint64_t, part->first_block + i))
        || !self->format->take_block (self, i == 0))
      return false;
  if (!isth_input_seek (&self->input, part->offset))
    return false;
  self->number = part->frame;
  return true;
}

void
isth_source_set_window (IsthSource    *self,
                        int64_t        from,
                        int64_t        to,
                        IsthOffsets   *offsets,
                        IsthSourceFunc passing,
                        gpointer       user_data)
{
  self->windowed = true;
  self->from = from;
  self->to = to;
  self->passing = passing;
  self->passing_data = user_data;
  g_clear_pointer (&self->offsets, isth_offsets_unref);
  if (offsets && offsets->parts->len > 0 && isth_input_can_seek (&self->input))
    self->known = isth_offsets_ref (offsets);
}

/* Where the place reached lies in an index: moves on to the next part that touches the window. False when there is none. */
static bool
go_on (IsthSource *self)
{
  const IsthOffsets *known = self->known;
  uint32_t part = self->part;

  while (part + 1 < known->parts->len && self->input.offset >= isth_offsets_get (known, part + 1)->offset)
    part++;
  while (part < known->parts->len && !isth_offset_touches (isth_offsets_get (known, part), self->from, self->to))
    part++;
  self->part = part;
  if (part == known->parts->len)
    return false;
  if (self->input.offset >= isth_offsets_get (known, part)->offset)
    return true;
  if (seek_part (self, known, isth_offsets_get (known, part)))
    return true;
  self->info.truncated = true;
  isth_source_note (self, self->input.offset, self->number, g_strdup (_("The file was changed since it was read.")));
  return false;
}

static size_t
keep_window (const IsthSource *self,
             IsthFrame        *frames,
             size_t            n)
{
  size_t kept = 0;

  for (size_t i = 0; i < n; i++)
    if (frames[i].time != ISTH_NO_TIME && frames[i].time >= self->from && frames[i].time <= self->to)
      frames[kept++] = frames[i];
  return kept;
}

size_t
isth_source_read_window (IsthSource *self,
                         IsthFrame  *frames,
                         size_t      n)
{
  size_t got, kept = 0;

  do
    {
      if (isth_input_is_cancelled (&self->input) || (self->known && !go_on (self)))
        return 0;
      got = self->format->read (self, frames, n);
      kept = keep_window (self, frames, got);
      if (self->passing && kept == 0 && ++self->passed % TELL_EVERY == 0)
        {
          self->info.read = isth_input_read (&self->input);
          self->passing (self, self->passing_data);
        }
    }
  while (got > 0 && kept == 0);
  return kept;
}

/* Opened without a digest: only a piece of it is wanted. */
static IsthSource *
open_again (const char *path,
            GError    **error)
{
  IsthSource *self = isth_source_new_without_digest (path, error);

  if (self && isth_source_begin (self, error))
    return self;
  isth_source_free (self);
  return NULL;
}

static GBytes *
find_frame (IsthSource *self,
            uint64_t    number)
{
  IsthFrame frames[64];
  size_t n;

  while ((n = isth_source_read (self, frames, G_N_ELEMENTS (frames))) > 0 && frames[0].number <= number)
    for (size_t i = 0; i < n; i++)
      if (frames[i].number == number)
        return g_bytes_new (frames[i].data, frames[i].captured);
  return NULL;
}

GBytes *
isth_source_read_frame (const char        *path,
                        uint64_t           number,
                        const IsthOffsets *offsets,
                        GError           **error)
{
  g_autoptr(IsthSource) self = open_again (path, error);
  const IsthOffset *part = offsets ? isth_offsets_find_frame (offsets, number) : NULL;
  GBytes *bytes = NULL;

  if (!self)
    return NULL;
  g_clear_pointer (&self->offsets, isth_offsets_unref);
  if (!part || !isth_input_can_seek (&self->input) || seek_part (self, offsets, part))
    bytes = find_frame (self, number);
  if (bytes)
    return bytes;
  if (part)
    g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE,
                 _("“%s” has no frame %" PRIu64 " (any more) at the place where it was. It was changed, or another file has its name now."),
                 path, number);
  else
    g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE,
                 _("“%s” has no frame %" PRIu64 " (any more): it ends after %" PRIu64 ". It was changed, or another file has its name now."),
                 path, number, self->info.frames);
  return NULL;
}

IsthSource *
isth_source_open_again (const char *path,
                        uint64_t    size,
                        uint64_t    fingerprint,
                        GError    **error)
{
  g_autoptr(IsthSource) self = NULL;

  if (g_str_equal (path, "-"))
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE,
                   _("A capture came through a pipe and is not there to be read again. Save it as a file and open that."));
      return NULL;
    }
  self = open_again (path, error);
  if (!self)
    return NULL;
  if ((size == 0 || self->info.size == size) && (fingerprint == 0 || self->info.fingerprint == fingerprint))
    return g_steal_pointer (&self);
  g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE,
               _("“%s” was changed since it was read, or another file has its name now. Open it again to add what it holds now."), path);
  return NULL;
}
