/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all capture formats have in common: opening by content, counting, notes, the end. */
#include "analysis/capture/source.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "analysis/base/error.h"
#include "analysis/capture/reader.h"
#include "analysis/capture/seek.h"

#define SNIFFED 4096u
#define GAP (365 * 86400 * ISTH_SECOND) /* a jump that no pause explains */

static const IsthFormat *const formats[] = { &isth_format_pcapng, &isth_format_pcap, &isth_format_snoop };

static void
interface_free (gpointer data)
{
  IsthCaptureInterface *self = data;

  g_free (self->name);
  g_free (self->description);
  g_free (self->filter);
  g_free (self);
}

static void
note_free (gpointer data)
{
  IsthCaptureNote *self = data;

  g_free (self->text);
  g_free (self);
}

void
isth_source_note (IsthSource *self,
                  uint64_t    offset,
                  uint64_t    frame,
                  char       *text)
{
  IsthCaptureNote note = { .offset = offset, .frame = frame, .text = text };

  if (self->info.notes->len < ISTH_LIMIT_NOTES)
    {
      g_ptr_array_add (self->info.notes, g_memdup2 (&note, sizeof note));
      return;
    }
  self->info.not_kept++;
  g_free (text);
}

void
isth_source_damage (IsthSource *self,
                    uint64_t    offset,
                    uint64_t    frame,
                    const char *format,
                    ...)
{
  va_list arguments;

  self->info.damaged++;
  if (self->info.notes->len >= ISTH_LIMIT_NOTES)
    {
      self->info.not_kept++;
      return;
    }
  va_start (arguments, format);
  isth_source_note (self, offset, frame, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

bool
isth_source_find_next (IsthSource      *self,
                       size_t           look_ahead,
                       IsthRecordBegins begins,
                       gconstpointer    state,
                       bool             blocks)
{
  IsthInput *input = &self->input;
  uint64_t offset = input->offset;

  isth_input_consume (input, 1);
  for (;;)
    {
      bool full = isth_input_need (input, look_ahead);
      size_t left = isth_input_left (input);
      size_t stop = full ? left - look_ahead + 1 : left;

      for (size_t i = 0; i < stop; i++)
        if (begins (state, isth_input_at (input) + i, left - i, !full))
          {
            isth_input_consume (input, i);
            isth_source_damage (self, offset, self->number,
                                blocks ? _("%" PRIu64 " bytes are damaged and were skipped; the next block was found at byte %" PRIu64 ".")
                                       : _("%" PRIu64 " bytes are damaged and were skipped; the next frame was found at byte %" PRIu64 "."),
                                input->offset - offset, input->offset);
            return true;
          }
      isth_input_consume (input, stop);
      if (!full)
        break;
    }

  self->info.truncated = true;
  isth_source_damage (self, offset, self->number,
                      blocks ? _("The last %" PRIu64 " bytes are damaged: no block was found in them.")
                             : _("The last %" PRIu64 " bytes are damaged: no frame was found in them."),
                      input->offset - offset);
  return false;
}

void
isth_source_cut (IsthSource *self,
                 uint64_t    offset,
                 uint64_t    frame,
                 uint64_t    there,
                 uint64_t    claimed)
{
  self->info.truncated = true;
  if (claimed > there)
    isth_source_note (self, offset, frame,
                      g_strdup_printf (_("The file ends inside a record: %" PRIu64 " of its %" PRIu64 " bytes are there."),
                                       there, claimed));
  else
    isth_source_note (self, offset, frame,
                      g_strdup_printf (_("The file ends inside a record: only %" PRIu64 " bytes of it are there."), there));
}

void
isth_tally_add (IsthTally *self,
                uint64_t   offset,
                uint64_t   frame,
                int64_t    size)
{
  if (self->count++ == 0)
    {
      self->offset = offset;
      self->frame = frame;
    }
  self->worst = MAX (self->worst, size);
}

void
isth_source_set_format (IsthSource *self,
                        const char *name)
{
  const char *packing = isth_input_packing (&self->input);

  g_free (self->info.format);
  self->info.format = packing ? g_strdup_printf ("%s, %s", name, packing) : g_strdup (name);
}

IsthCaptureInterface *
isth_source_add_interface (IsthSource *self,
                           uint32_t    link_type,
                           uint32_t    snap_length)
{
  IsthCaptureInterface *interface = g_new0 (IsthCaptureInterface, 1);

  interface->link_type = link_type;
  interface->snap_length = snap_length;
  g_ptr_array_add (self->info.interfaces, interface);
  return interface;
}

void
isth_source_add_text (IsthSource *self,
                      GPtrArray  *list,
                      char       *text)
{
  if (list->len < ISTH_LIMIT_NOTES && *text)
    {
      g_ptr_array_add (list, text);
      return;
    }
  self->info.not_kept += *text != '\0';
  g_free (text);
}

static void
source_update (IsthSource *self)
{
  self->info.size = isth_input_size (&self->input);
  self->info.read = isth_input_read (&self->input);
  self->info.fingerprint = isth_input_fingerprint (&self->input);
}

static void
source_set_not_capture (IsthSource *self,
                        GError    **error)
{
  const char *path = self->info.path;
  const char *packing = isth_input_packing (&self->input);
  const char *failure = isth_input_failure (&self->input);
  bool convertible = false;
  g_autofree char *what = NULL;

  isth_input_need (&self->input, self->input.waits ? 16 : SNIFFED);
  if (failure && isth_input_left (&self->input) < 4)
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_NOT_CAPTURE,
                   _("Nothing can be read from “%s”. %s Fetch the file again."), path, failure);
      return;
    }

  what = isth_sniff (isth_input_at (&self->input), isth_input_left (&self->input), &convertible);
  if (convertible)
    {
      g_autofree char *in = g_shell_quote (path);
      g_autofree char *name = g_strdup_printf ("%s.pcapng", path);
      g_autofree char *out = g_shell_quote (name);

      g_set_error (error, ISTH_ERROR, ISTH_ERROR_NOT_CAPTURE,
                   _("“%s” is a capture in a format that Isthmus does not read: %s. Convert it, then open the copy: editcap -F pcapng %s %s"),
                   path, what, in, out);
    }
  else if (packing)
    g_set_error (error, ISTH_ERROR, ISTH_ERROR_NOT_CAPTURE,
                 _("“%s” is no network capture: it is packed with %s, and inside is %s. Choose a pcap, pcapng or snoop file."), path, packing, what);
  else
    g_set_error (error, ISTH_ERROR, ISTH_ERROR_NOT_CAPTURE,
                 _("“%s” is no network capture: it is %s. Choose a pcap, pcapng or snoop file."), path, what);
}

static void
info_init (IsthCaptureInfo *self,
           const char      *path)
{
  self->path = g_strdup (path);
  self->interfaces = g_ptr_array_new_with_free_func (interface_free);
  self->notes = g_ptr_array_new_with_free_func (note_free);
  self->comments = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
}

static void
info_clear (IsthCaptureInfo *self)
{
  g_free (self->path);
  g_free (self->format);
  g_free (self->sha256);
  g_clear_pointer (&self->interfaces, g_ptr_array_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->comments, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}

static gpointer
copy_interface (gconstpointer data,
                gpointer      user_data)
{
  IsthCaptureInterface *copy = g_memdup2 (data, sizeof *copy);

  copy->name = g_strdup (copy->name);
  copy->description = g_strdup (copy->description);
  copy->filter = g_strdup (copy->filter);
  return copy;
}

static gpointer
copy_note (gconstpointer data,
           gpointer      user_data)
{
  IsthCaptureNote *copy = g_memdup2 (data, sizeof *copy);

  copy->text = g_strdup (copy->text);
  return copy;
}

static gpointer
copy_text (gconstpointer data,
           gpointer      user_data)
{
  return g_strdup (data);
}

IsthCaptureInfo *
isth_capture_info_copy (const IsthCaptureInfo *self)
{
  IsthCaptureInfo *copy = g_memdup2 (self, sizeof *self);

  info_init (copy, self->path);
  copy->format = g_strdup (self->format);
  copy->sha256 = g_strdup (self->sha256);
  g_ptr_array_extend (copy->interfaces, self->interfaces, copy_interface, NULL);
  g_ptr_array_extend (copy->notes, self->notes, copy_note, NULL);
  g_ptr_array_extend (copy->comments, self->comments, copy_text, NULL);
  g_ptr_array_extend (copy->names, self->names, copy_text, NULL);
  return copy;
}

void
isth_capture_info_free (IsthCaptureInfo *self)
{
  if (!self)
    return;
  info_clear (self);
  g_free (self);
}

static IsthSource *
source_alloc (const char *path)
{
  IsthSource *self = g_new0 (IsthSource, 1);

  info_init (&self->info, path);
  self->info.first = self->info.last = self->previous = ISTH_NO_TIME;
  return self;
}

static bool
source_choose_format (IsthSource *self,
                      GError    **error)
{
  for (size_t i = 0; i < G_N_ELEMENTS (formats) && !self->format; i++)
    {
      g_autoptr(GError) unusable = NULL;

      if (formats[i]->open (self, &unusable))
        self->format = formats[i];
      else if (unusable)
        {
          g_propagate_error (error, g_steal_pointer (&unusable));
          return false;
        }
    }
  if (!self->format)
    source_set_not_capture (self, error);
  return self->format != NULL;
}

bool
isth_source_begin (IsthSource *self,
                   GError    **error)
{
  bool fine = isth_input_begin (&self->input, self->info.path, error) && source_choose_format (self, error);

  if (fine)
    {
      source_update (self);
      if (isth_input_can_seek (&self->input))
        {
          self->offsets = isth_offsets_new ();
          isth_source_mark (self);
        }
    }
  else if (isth_input_is_cancelled (&self->input))
    {
      g_clear_error (error);
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_CANCELLED, _("Reading “%s” was cancelled."), self->info.path);
    }
  return fine;
}

static IsthSource *
source_new (const char *path,
            bool        digest,
            bool        follow,
            GError    **error)
{
  IsthSource *self = source_alloc (path);

  if (isth_input_init (&self->input, path, digest, follow, error))
    return self;
  isth_source_free (self);
  return NULL;
}

IsthSource *
isth_source_new (const char *path,
                 GError    **error)
{
  return source_new (path, true, false, error);
}

IsthSource *
isth_source_new_followed (const char *path,
                          GError    **error)
{
  return source_new (path, true, true, error);
}

IsthSource *
isth_source_new_stream (const char *path,
                        int         fd,
                        int         recording,
                        GError    **error)
{
  IsthSource *self = source_alloc (path);

  if (isth_input_init_stream (&self->input, path, fd, recording, error))
    return self;
  isth_source_free (self);
  return NULL;
}

IsthSource *
isth_source_new_without_digest (const char *path,
                                GError    **error)
{
  return source_new (path, false, false, error);
}

/* Takes @self, which may be NULL. */
static IsthSource *
source_begun (IsthSource *self,
              GError    **error)
{
  if (self && isth_source_begin (self, error))
    return self;
  isth_source_free (self);
  return NULL;
}

IsthSource *
isth_source_open (const char *path,
                  GError    **error)
{
  return source_begun (source_new (path, true, false, error), error);
}

IsthSource *
isth_source_open_memory (const void *data,
                         size_t      size,
                         GError    **error)
{
  IsthSource *self = source_alloc (_("memory"));

  isth_input_init_memory (&self->input, data, size);
  return source_begun (self, error);
}

/* A time that does not come soon behind the one before it. */
static void G_GNUC_NO_INLINE
source_note_jump (IsthSource      *self,
                  const IsthFrame *frame)
{
  if (self->previous == ISTH_NO_TIME)
    self->info.first = self->info.last = frame->time;
  else if (frame->time < self->previous)
    isth_tally_add (&self->backwards, frame->offset, frame->number - 1, (int64_t) ((uint64_t) self->previous - (uint64_t) frame->time));
  else
    isth_tally_add (&self->gaps, frame->offset, frame->number - 1, (int64_t) (((uint64_t) frame->time - (uint64_t) self->previous) / 2));
}

/* Counts a batch. Kept apart from the readers, so that each format need only find its records. */
static void
source_account (IsthSource *self,
                IsthFrame  *frames,
                size_t      n)
{
  IsthCaptureInfo *info = &self->info;
  int64_t first = INT64_MAX, last = ISTH_NO_TIME;
  uint64_t bytes = 0, cut = 0;

  for (size_t i = 0; i < n; i++)
    {
      const IsthFrame *frame = &frames[i];

      bytes += frame->wire;
      cut += frame->captured < frame->wire;
      if (G_UNLIKELY (frame->time == ISTH_NO_TIME))
        continue;
      if (G_UNLIKELY ((uint64_t) frame->time - (uint64_t) self->previous > (uint64_t) GAP || self->previous == ISTH_NO_TIME))
        source_note_jump (self, frame);
      self->previous = frame->time;
      first = MIN (first, frame->time);
      last = MAX (last, frame->time);
    }
  info->bytes += bytes;
  info->cut_frames += cut;
  info->frames += n;
  if (last == ISTH_NO_TIME)
    return;
  info->first = MIN (info->first, first);
  info->last = MAX (info->last, last);
  if (self->offsets)
    isth_offsets_note_times (self->offsets, first, last);
}

static void
source_tell_tallies (IsthSource *self)
{
  const IsthTally *t = &self->backwards;

  if (t->count > 0)
    isth_source_note (self, t->offset, t->frame,
                      g_strdup_printf (_("Time runs backwards %" PRIu64 " times, by up to %.6f s; first after frame %" PRIu64 "."),
                                       t->count, (double) t->worst / (double) ISTH_SECOND, t->frame));
  t = &self->gaps;
  if (t->count > 0)
    isth_source_note (self, t->offset, t->frame,
                      g_strdup_printf (_("Time jumps ahead by more than a year %" PRIu64 " times, by up to %.1f years; first after frame %" PRIu64 ". The file was joined from several, or a clock was set."),
                                       t->count, (double) t->worst * 2 / (365.25 * 86400 * (double) ISTH_SECOND), t->frame));
  t = &self->strange_times;
  if (t->count > 0)
    isth_source_note (self, t->offset, t->frame,
                      g_strdup_printf (_("%" PRIu64 " frames have a time that lies centuries away; they are taken as frames without a time."), t->count));
  t = &self->overlong;
  if (t->count > 0)
    isth_source_note (self, t->offset, t->frame,
                      g_strdup_printf (_("%" PRIu64 " frames claim to have had fewer bytes on the wire than were captured; the captured bytes are believed."), t->count));
  t = &self->oversized;
  if (t->count > 0)
    isth_source_note (self, t->offset, t->frame,
                      g_strdup_printf (_("%" PRIu64 " frames have more than %d bytes (the largest %" PRId64 "); only that many of each are looked at."),
                                       t->count, ISTH_LIMIT_FRAME, t->worst));
  t = &self->unknown_blocks;
  if (t->count > 0)
    isth_source_note (self, t->offset, t->frame,
                      g_strdup_printf (_("%" PRIu64 " blocks of a kind that Isthmus does not know were skipped."), t->count));
}

static void
source_finish (IsthSource *self)
{
  const char *failure = isth_input_failure (&self->input);

  self->finished = true;
  self->info.failure = failure;
  if (failure)
    {
      self->info.truncated = true;
      isth_source_note (self, self->input.offset, self->number, g_strdup (failure));
    }
  if (isth_input_remark (&self->input))
    isth_source_note (self, self->input.offset, self->number, g_strdup (isth_input_remark (&self->input)));
  source_tell_tallies (self);
  self->info.sha256 = isth_input_finish_digest (&self->input);
}

size_t
isth_source_read (IsthSource *self,
                  IsthFrame  *frames,
                  size_t      n)
{
  size_t got = 0;

  g_return_val_if_fail (n > 0, 0);

  if (self->finished)
    return 0;
  if (self->windowed)
    got = isth_source_read_window (self, frames, n);
  else if (!isth_input_is_cancelled (&self->input))
    got = self->format->read (self, frames, n);
  source_account (self, frames, got);
  if (got == 0 && (isth_input_is_cancelled (&self->input) || !isth_input_is_idle (&self->input)))
    source_finish (self);
  else if (self->offsets)
    isth_source_mark (self);
  source_update (self);
  return got;
}

gpointer
isth_source_hold (IsthSource *self)
{
  return isth_input_hold (&self->input);
}

void
isth_source_release (IsthSource *self,
                     gpointer    held)
{
  isth_input_release (&self->input, held);
}

const IsthCaptureInfo *
isth_source_get_info (const IsthSource *self)
{
  return &self->info;
}

void
isth_source_cancel (IsthSource *self)
{
  isth_input_cancel (&self->input);
}

void
isth_source_set_patience (IsthSource *self,
                          int         milliseconds)
{
  isth_input_set_patience (&self->input, milliseconds);
}

bool
isth_source_is_idle (const IsthSource *self)
{
  return !self->finished && isth_input_is_idle (&self->input);
}

void
isth_source_stop (IsthSource *self)
{
  isth_input_stop (&self->input);
}

const char *
isth_source_get_recording_failure (const IsthSource *self)
{
  return isth_input_recording_failure (&self->input);
}

void
isth_source_free (IsthSource *self)
{
  if (!self)
    return;
  if (self->state && self->format)
    self->format->clear (self->state);
  isth_input_clear (&self->input);
  info_clear (&self->info);
  isth_offsets_unref (self->offsets);
  isth_offsets_unref (self->known);
  g_free (self);
}
