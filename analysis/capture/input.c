/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a capture as a window that moves forward: file, pipe or memory, unpacked on the way. */
#include "analysis/capture/input-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/base/error.h"

/* Somebody holds frames in the window's block: it may be filled further, but nothing in it moves. */
static bool
is_held (const IsthInputBack *self)
{
  return self->block && self->block->users > 1;
}

static IsthInputBlock *
take_spare (IsthInputBack *self)
{
  IsthInputBlock *block;

  g_mutex_lock (&self->lock);
  block = self->spare;
  if (block)
    self->spare = block->next;
  g_mutex_unlock (&self->lock);
  return block;
}

static void
give_up_block (IsthInputBack *self,
               IsthInputBlock *block)
{
  if (--block->users > 0)
    return;
  g_mutex_lock (&self->lock);
  block->next = self->spare;
  self->spare = block;
  g_mutex_unlock (&self->lock);
}

/* Goes on in a block with room for @size bytes, which has what is left of the window at its front. */
static void
input_set_block (IsthInput *self,
                 size_t     size)
{
  IsthInputBack *back = self->back;
  size_t left = isth_input_left (self);
  IsthInputBlock *block = take_spare (back);

  if (block && block->capacity < size)
    g_clear_pointer (&block, g_free);
  if (!block)
    {
      size = (size + ISTH_INPUT_BLOCK - 1) / ISTH_INPUT_BLOCK * ISTH_INPUT_BLOCK;
      block = g_malloc (sizeof *block + size);
      block->capacity = size;
    }
  block->users = 1;
  if (left > 0)
    memcpy (block->data, isth_input_at (self), left);
  if (back->block)
    give_up_block (back, back->block);
  back->block = block;
  self->data = block->data;
  self->start = 0;
  self->end = left;
}

static void
input_make_room (IsthInput *self,
                 size_t     n)
{
  IsthInputBack *back = self->back;
  size_t left = isth_input_left (self);
  size_t capacity = back->block ? back->block->capacity : 0;
  bool held = is_held (back);

  /* A short rest is moved although there is room behind it: the window then stays in the same cache lines. */
  if (!held && self->start > 0 && (left <= ISTH_INPUT_BLOCK / 8 || capacity - self->end < ISTH_INPUT_BLOCK || self->start + n > capacity))
    {
      memmove (self->data, isth_input_at (self), left);
      self->start = 0;
      self->end = left;
    }
  if (capacity - self->end < ISTH_INPUT_BLOCK || self->start + n > capacity)
    input_set_block (self, MAX (MAX (n, left) + ISTH_INPUT_BLOCK, held ? 0 : 2 * capacity));
}

static bool
input_read (IsthInput *self,
            size_t     n)
{
  size_t got;

  if (self->ended)
    return false;
  input_make_room (self, n);
  got = isth_input_back_read_plain (self->back, self->data + self->end, ISTH_INPUT_BLOCK);
  self->end += got;
  self->ended = got == 0 && !self->back->idle;
  return got > 0;
}

bool
isth_input_await (IsthInput *self,
                  size_t     n)
{
  IsthInputBack *back = self->back;
  bool there;

  back->idle = false;
  back->awaited = back->patience >= 0;
  there = isth_input_need (self, n);
  back->awaited = false;
  return there;
}

void
isth_input_set_patience (IsthInput *self,
                         int        milliseconds)
{
  self->back->patience = milliseconds;
}

bool
isth_input_is_idle (const IsthInput *self)
{
  return self->back->idle;
}

bool
isth_input_need (IsthInput *self,
                 size_t     n)
{
  while (isth_input_left (self) < n)
    if (!input_read (self, n))
      return false;
  return true;
}

bool
isth_input_can_seek (const IsthInput *self)
{
  const IsthInputBack *back = self->back;

  return !back->packing && (back->regular || back->borrowed);
}

bool
isth_input_seek (IsthInput *self,
                 uint64_t   offset)
{
  IsthInputBack *back = self->back;

  if (!isth_input_can_seek (self) || offset > back->size)
    return false;
  if (back->borrowed)
    {
      self->start = (size_t) offset;
      self->offset = offset;
      return true;
    }
  /* What stands in the window already need not be read again. */
  if (offset >= self->offset && offset - self->offset <= isth_input_left (self))
    {
      isth_input_consume (self, (size_t) (offset - self->offset));
      return true;
    }
  while (back->head && isth_input_left (self) < ISTH_INPUT_HEAD && input_read (self, ISTH_INPUT_HEAD))
    continue; /* the fingerprint is of the first bytes, in order */
  if (lseek (back->fd, (off_t) offset, SEEK_SET) < 0)
    return false;
  if (is_held (back))
    input_set_block (self, ISTH_INPUT_BLOCK);
  self->start = self->end = 0;
  self->offset = offset;
  self->ended = false;
  back->read = offset;
  return true;
}

static void
input_prepare (IsthInput *self)
{
  IsthInputBack *back = self->back;
  size_t left;

  isth_input_need (self, ISTH_UNPACK_MAGIC);
  left = isth_input_left (self);
  back->packing = isth_unpack_recognise (isth_input_at (self), left);
  if (!back->packing)
    return;

  isth_input_back_unpack (back, isth_input_at (self), left);
  self->start = self->end = 0;
  self->ended = false;
  if (back->borrowed)
    {
      self->data = NULL;
      back->borrowed = false;
    }
}

bool
isth_input_init (IsthInput  *self,
                 const char *path,
                 bool        digest,
                 bool        follow,
                 GError    **error)
{
  IsthInputBack *back = isth_input_back_new ();

  *self = (IsthInput){ .back = back };
  if (!isth_input_back_open (back, path, error) || !isth_input_back_make_wake (back, path, error))
    {
      isth_input_clear (self);
      return false;
    }

  back->follow = follow && back->regular;
  back->path = g_strdup (path);
  if (back->follow)
    back->size = 0;
  self->waits = !back->regular || back->follow;
  if (digest)
    back->digest = self->waits ? isth_digest_new_stream (&back->cancelled) : isth_digest_new_file (back->fd, &back->cancelled);
  return true;
}

bool
isth_input_init_stream (IsthInput  *self,
                        const char *path,
                        int         fd,
                        int         recording,
                        GError    **error)
{
  IsthInputBack *back = isth_input_back_new ();

  *self = (IsthInput){ .waits = true, .back = back };
  back->fd = fd;
  back->recording = recording;
  if (!isth_input_back_make_wake (back, path, error))
    {
      isth_input_clear (self);
      return false;
    }
  back->digest = isth_digest_new_stream (&back->cancelled);
  return true;
}

bool
isth_input_begin (IsthInput  *self,
                  const char *path,
                  GError    **error)
{
  input_prepare (self);
  if (self->back->failure && self->back->read == 0)
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE,
                   _("Nothing can be read from “%s”. %s Copy it to a local disk and open the copy."), path, self->back->failure);
      return false;
    }
  return true;
}

void
isth_input_init_memory (IsthInput  *self,
                        const void *data,
                        size_t      size)
{
  IsthInputBack *back = isth_input_back_new ();

  /* The window is the memory itself: what reads past its end is then seen by the sanitizers. */
  *self = (IsthInput){ .data = (uint8_t *) data, .end = size, .ended = true, .back = back };
  back->memory = data;
  back->memory_size = back->memory_read = size;
  back->borrowed = true;
  back->size = size;
  if (size > 0)
    isth_input_back_saw (back, data, size);
  isth_input_back_close_head (back);
  back->sha256 = isth_digest_memory (data, size);
}

void
isth_input_clear (IsthInput *self)
{
  IsthInputBack *back = self->back;

  if (!back)
    return;
  back->cancelled = true;
  g_free (back->block);
  while (back->spare)
    g_free (take_spare (back));
  isth_input_back_free (back);
  *self = (IsthInput){ 0 };
}

char *
isth_input_finish_digest (IsthInput *self)
{
  IsthInputBack *back = self->back;

  if (back->digest)
    back->sha256 = isth_digest_finish (g_steal_pointer (&back->digest));
  /* A stream that was given up before its end has no digest of the whole. */
  if (back->cancelled || (self->waits && back->failure))
    g_clear_pointer (&back->sha256, g_free);
  return g_steal_pointer (&back->sha256);
}

void
isth_input_cancel (IsthInput *self)
{
  self->back->cancelled = true;
  isth_input_back_wake (self->back);
}

void
isth_input_stop (IsthInput *self)
{
  self->back->stopped = true;
  isth_input_back_wake (self->back);
}

bool
isth_input_is_cancelled (const IsthInput *self)
{
  return self->back->cancelled;
}

const char *
isth_input_packing (const IsthInput *self)
{
  return self->back->packing;
}

const char *
isth_input_failure (const IsthInput *self)
{
  return self->back->failure;
}

const char *
isth_input_remark (const IsthInput *self)
{
  return self->back->remark;
}

const char *
isth_input_recording_failure (const IsthInput *self)
{
  return g_atomic_pointer_get (&self->back->recording_failure);
}

uint64_t
isth_input_size (const IsthInput *self)
{
  return self->back->size;
}

uint64_t
isth_input_read (const IsthInput *self)
{
  return self->back->read;
}

uint64_t
isth_input_fingerprint (const IsthInput *self)
{
  return self->back->fingerprint;
}

IsthInputBlock *
isth_input_hold (IsthInput *self)
{
  IsthInputBlock *block = self->back->block;

  if (block)
    block->users++;
  return block;
}

void
isth_input_release (IsthInput *self,
                    IsthInputBlock *block)
{
  if (block)
    give_up_block (self->back, block);
}
