/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a capture as a window that moves forward: file, pipe or memory, unpacked on the way. */
#include "analysis/capture/input.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/base/error.h"
#include "analysis/base/hash.h"
#include "analysis/base/limits.h"
#include "analysis/capture/digest.h"
#include "analysis/capture/unpack.h"

#define BLOCK 262144u      /* one read: fits the second-level cache together with what works on it */
#define HEAD 65536u        /* bytes that the fingerprint covers */
#define SLACK (1u << 20)   /* a small packed file may grow by this much whatever the ratio */
#define LOOK_EVERY 100     /* ms between two looks whether a followed file has grown: the reader's patience is of that size, too */

struct _IsthInputBlock
{
  atomic_uint users; /* the window is one */
  size_t capacity;
  IsthInputBlock *next; /* spare */
  uint8_t data[];
};

struct _IsthInputBack
{
  int fd;   /* -1: memory */
  int wake; /* written by isth_input_cancel() and isth_input_stop() */
  int recording; /* -1: none */
  bool regular;
  bool follow;
  bool awaited;  /* the read in hand may give up after @patience */
  bool idle;     /* … and did */
  int patience;  /* ms */
  char *path;    /* followed */
  bool borrowed; /* the window shows memory that is not ours */
  atomic_bool cancelled, stopped;
  const uint8_t *memory;
  size_t memory_size, memory_read;
  IsthInputBlock *block; /* the window's buffer; NULL: none yet, or borrowed */
  GMutex lock;
  IsthInputBlock *spare; /* under the lock: blocks that nobody holds any more */
  uint64_t size, read, unpacked;
  char *failure, *remark, *recording_failure;
  const char *packing;
  IsthUnpack *unpack; /* NULL: the file is not packed */
  uint8_t *packed; /* the block it works on */
  size_t packed_head; /* bytes of it that were read before it was asked */
  uint8_t *head;
  size_t head_size;
  uint64_t fingerprint;
  IsthDigest *digest;
  char *sha256; /* of memory */
};

static void
back_fail (IsthInputBack *self,
           char          *failure)
{
  if (self->failure)
    g_free (failure);
  else
    self->failure = failure;
}

static void
back_close_head (IsthInputBack *self)
{
  if (!self->head)
    return;
  self->fingerprint = isth_hash_bytes (self->head, self->head_size, 0);
  g_clear_pointer (&self->head, g_free);
}

static void
back_stop_recording (IsthInputBack *self,
                     int            code)
{
  close (self->recording);
  self->recording = -1;
  g_atomic_pointer_set (&self->recording_failure, g_strdup_printf (_("The recording ends after %" PRIu64 " bytes: %s. What is heard is shown all the same. Make room, then listen anew."),
                                             self->read, g_strerror (code)));
}

static void
back_record (IsthInputBack *self,
             const uint8_t *data,
             size_t         n)
{
  while (n > 0)
    {
      ssize_t written = write (self->recording, data, n);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          back_stop_recording (self, errno);
          return;
        }
      data += written;
      n -= (size_t) written;
    }
}

/* Everything that was read passes here once, in order. */
static void
back_saw (IsthInputBack *self,
          const uint8_t *data,
          size_t         n)
{
  if (self->recording >= 0)
    back_record (self, data, n);
  self->read += n;
  if (self->head)
    {
      size_t take = MIN (n, HEAD - self->head_size);

      memcpy (self->head + self->head_size, data, take);
      self->head_size += take;
      if (self->head_size == HEAD || (self->regular && self->read == self->size))
        back_close_head (self);
    }
  if (self->digest && (!self->regular || self->follow))
    isth_digest_push (self->digest, data, n);
}

/* Waits for a pipe; false when cancelled, and when the patience is at its end. */
static bool
back_wait (IsthInputBack *self)
{
  struct pollfd both[] = { { self->fd, POLLIN, 0 }, { self->wake, POLLIN, 0 } };
  int patience = self->awaited && !self->unpack ? self->patience : -1;

  while (!self->cancelled && !self->idle)
    {
      int ready = poll (both, 2, patience);

      if (ready > 0 && both[0].revents)
        return !self->cancelled;
      self->idle = ready == 0;
    }
  return false;
}

/* Whether a followed file can go on after its present end: it is still that file, and no shorter than it was. */
static bool
back_check_followed (IsthInputBack *self)
{
  struct stat own, named;

  if (fstat (self->fd, &own) < 0)
    return false;
  if ((uint64_t) own.st_size < self->read)
    back_fail (self, g_strdup_printf (_("The file was made shorter while it was followed: %" PRIu64 " bytes of it had been read, %" PRIu64 " are left. Follow it again to read what is in it now."),
                                      self->read, (uint64_t) own.st_size));
  else if ((uint64_t) own.st_size > self->read)
    return true;
  else if (stat (self->path, &named) < 0 || named.st_dev != own.st_dev || named.st_ino != own.st_ino)
    self->remark = g_strdup (_("The file was followed to its end: it was moved away, or another one has its name now. Follow that one."));
  return !self->failure && !self->remark;
}

/* At the end of a followed file: whether it is worth another look. */
static bool
back_wait_growth (IsthInputBack *self)
{
  struct pollfd wake = { self->wake, POLLIN, 0 };
  int patience = self->awaited && !self->unpack ? self->patience : -1;

  for (int waited = 0; back_check_followed (self) && !self->cancelled; waited += LOOK_EVERY)
    {
      bool stopped = self->stopped; /* what was written before somebody said so is still read */
      struct stat status;

      if (fstat (self->fd, &status) == 0 && (uint64_t) status.st_size > self->read)
        return true;
      self->idle = !stopped && patience >= 0 && waited >= patience;
      if (stopped || self->idle)
        return false;
      (void) !poll (&wake, 1, LOOK_EVERY);
    }
  return false;
}

static void
back_end (IsthInputBack *self)
{
  if (self->recording >= 0 || self->follow)
    self->size = self->read;
  if (self->regular && !self->follow && self->read < self->size)
    back_fail (self, g_strdup_printf (_("The file became shorter while it was read: %" PRIu64 " of %" PRIu64 " bytes were there."),
                                      self->read, self->size));
  back_close_head (self);
}

/* Bytes as they lie on the disk; 0 at the end, after a failure and when cancelled. */
static size_t
back_read (IsthInputBack *self,
           uint8_t       *data,
           size_t         n)
{
  while (!self->cancelled && !self->failure)
    {
      ssize_t got;

      if (self->fd < 0)
        {
          got = (ssize_t) MIN (n, self->memory_size - self->memory_read);
          memcpy (data, self->memory + self->memory_read, (size_t) got);
          self->memory_read += (size_t) got;
        }
      else if (self->regular || back_wait (self))
        got = read (self->fd, data, n);
      else
        break;

      if (got > 0)
        {
          back_saw (self, data, (size_t) got);
          return (size_t) got;
        }
      if (got == 0 && self->follow && back_wait_growth (self))
        continue;
      if (got == 0)
        {
          if (!self->idle)
            back_end (self);
          break;
        }
      if (errno != EINTR && errno != EAGAIN)
        back_fail (self, g_strdup_printf (_("The file could not be read further: %s."), g_strerror (errno)));
    }
  return 0;
}

static size_t
back_read_packed (gpointer        data,
                  const uint8_t **block)
{
  IsthInputBack *self = data;
  size_t n = self->packed_head;

  *block = self->packed;
  self->packed_head = 0;
  return n > 0 ? n : back_read (self, self->packed, BLOCK);
}

/* The unpacked bytes are at their end. What stands behind the packed data of a stream still belongs to its digest. */
static void
back_end_packed (IsthInputBack *self)
{
  const char *failure = isth_unpack_failure (self->unpack);

  if (self->cancelled)
    return;
  if (failure)
    back_fail (self, g_strdup_printf (_("The %s data is damaged or cut short (%s)."), self->packing, failure));
  while (!failure && !self->regular && back_read (self, self->packed, BLOCK) > 0)
    continue;
}

/* The next unpacked bytes; 0 at the end, after a failure, when cancelled, and when they are too many to be honest. */
static size_t
back_read_plain (IsthInputBack *self,
                 uint8_t       *data,
                 size_t         n)
{
  if (!self->unpack)
    return back_read (self, data, n);
  if (self->cancelled || self->failure)
    return 0;

  n = isth_unpack_read (self->unpack, data, n);
  if (n == 0)
    back_end_packed (self);
  self->unpacked += n;
  if (self->unpacked > ISTH_LIMIT_INFLATED || self->unpacked > SLACK + self->read * ISTH_LIMIT_INFLATE_RATIO)
    {
      back_fail (self, g_strdup_printf (_("The file unpacks to far more than a capture would (%" PRIu64 " bytes from %" PRIu64 "), so the rest was left alone."),
                                        self->unpacked, self->read));
      return 0;
    }
  return n;
}

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
      size = (size + BLOCK - 1) / BLOCK * BLOCK;
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
  if (!held && self->start > 0 && (left <= BLOCK / 8 || capacity - self->end < BLOCK || self->start + n > capacity))
    {
      memmove (self->data, isth_input_at (self), left);
      self->start = 0;
      self->end = left;
    }
  if (capacity - self->end < BLOCK || self->start + n > capacity)
    input_set_block (self, MAX (MAX (n, left) + BLOCK, held ? 0 : 2 * capacity));
}

static bool
input_read (IsthInput *self,
            size_t     n)
{
  size_t got;

  if (self->ended)
    return false;
  input_make_room (self, n);
  got = back_read_plain (self->back, self->data + self->end, BLOCK);
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
isth_input_more (IsthInput *self)
{
  return input_read (self, 0);
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
  while (back->head && isth_input_left (self) < HEAD && input_read (self, HEAD))
    continue; /* the fingerprint is of the first bytes, in order */
  if (lseek (back->fd, (off_t) offset, SEEK_SET) < 0)
    return false;
  if (is_held (back))
    input_set_block (self, BLOCK);
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

  back->packed = g_malloc (MAX (left, BLOCK));
  memcpy (back->packed, isth_input_at (self), left);
  back->packed_head = left;
  self->start = self->end = 0;
  self->ended = false;
  if (back->borrowed)
    {
      self->data = NULL;
      back->borrowed = false;
    }
  back->unpack = isth_unpack_new (back->packing, back_read_packed, back);
}

static IsthInputBack *
back_new (void)
{
  IsthInputBack *self = g_new0 (IsthInputBack, 1);

  self->fd = self->wake = self->recording = -1;
  self->patience = -1;
  self->head = g_malloc (HEAD);
  g_mutex_init (&self->lock);
  return self;
}

static bool
back_set_open_error (const char *path,
                     int         code,
                     GError    **error)
{
  g_autofree char *quoted = g_shell_quote (path);

  switch (code)
    {
    case ENOENT:
    case ENOTDIR:
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE,
                   _("There is no file “%s”. Check its name, and whether the drive it was on is still connected."), path);
      break;
    case EACCES:
    case EPERM:
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE,
                   _("You may not read “%s”. Its owner can allow it with: chmod a+r %s"), path, quoted);
      break;
    case EISDIR:
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE,
                   _("“%s” is a folder. Open the capture files in it."), path);
      break;
    default:
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE,
                   _("“%s” could not be opened: %s. Copy it to a local disk and open the copy."), path, g_strerror (code));
    }
  return false;
}

static bool
back_open (IsthInputBack *self,
           const char    *path,
           GError       **error)
{
  bool standard = strcmp (path, "-") == 0;
  struct stat status;

  /* Non-blocking, so that opening a named pipe does not wait for its writer where nobody could cancel it. */
  self->fd = standard ? fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                      : open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (self->fd < 0 || fstat (self->fd, &status) < 0)
    return back_set_open_error (path, errno, error);
  if (S_ISDIR (status.st_mode))
    return back_set_open_error (path, EISDIR, error);
  if (standard && isatty (self->fd))
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE,
                   _("Standard input is a terminal. Pipe a capture into it, as in: dumpcap -q -P -w - | isthmus -"));
      return false;
    }

  self->regular = !standard && S_ISREG (status.st_mode);
  if (self->regular)
    {
      self->size = (uint64_t) status.st_size;
      (void) posix_fadvise (self->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
  return true;
}

static bool
back_make_wake (IsthInputBack *self,
                const char    *path,
                GError       **error)
{
  self->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  return self->wake >= 0 || back_set_open_error (path, errno, error);
}

bool
isth_input_init (IsthInput  *self,
                 const char *path,
                 bool        digest,
                 bool        follow,
                 GError    **error)
{
  IsthInputBack *back = back_new ();

  *self = (IsthInput){ .back = back };
  if (!back_open (back, path, error) || !back_make_wake (back, path, error))
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
  IsthInputBack *back = back_new ();

  *self = (IsthInput){ .waits = true, .back = back };
  back->fd = fd;
  back->recording = recording;
  if (!back_make_wake (back, path, error))
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
  IsthInputBack *back = back_new ();

  /* The window is the memory itself: what reads past its end is then seen by the sanitizers. */
  *self = (IsthInput){ .data = (uint8_t *) data, .end = size, .ended = true, .back = back };
  back->memory = data;
  back->memory_size = back->memory_read = size;
  back->borrowed = true;
  back->size = size;
  if (size > 0)
    back_saw (back, data, size);
  back_close_head (back);
  back->sha256 = isth_digest_memory (data, size);
}

void
isth_input_clear (IsthInput *self)
{
  IsthInputBack *back = self->back;

  if (!back)
    return;
  back->cancelled = true;
  g_free (isth_digest_finish (back->digest));
  isth_unpack_free (back->unpack);
  g_free (back->block);
  while (back->spare)
    g_free (take_spare (back));
  g_mutex_clear (&back->lock);
  if (back->fd >= 0)
    close (back->fd);
  if (back->wake >= 0)
    close (back->wake);
  if (back->recording >= 0)
    close (back->recording);
  g_free (back->path);
  g_free (back->remark);
  g_free (back->recording_failure);
  g_free (back->failure);
  g_free (back->packed);
  g_free (back->head);
  g_free (back->sha256);
  g_free (back);
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

static void
back_wake (IsthInputBack *self)
{
  uint64_t one = 1;

  if (self->wake >= 0 && write (self->wake, &one, sizeof one) < 0)
    return; /* the counter is full: it wakes all the same */
}

void
isth_input_cancel (IsthInput *self)
{
  self->back->cancelled = true;
  back_wake (self->back);
}

void
isth_input_stop (IsthInput *self)
{
  self->back->stopped = true;
  back_wake (self->back);
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
