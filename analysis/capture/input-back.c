/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the bytes of a capture come from: a file, one that grows, a pipe or memory; unpacked, digested and recorded on the way. */
#include "analysis/capture/input-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/base/error.h"
#include "analysis/base/hash.h"
#include "analysis/base/limits.h"

#define SLACK (1u << 20) /* a small packed file may grow by this much whatever the ratio */
#define LOOK_EVERY 100   /* ms between two looks whether a followed file has grown: the reader's patience is of that size, too */

static void
back_fail (IsthInputBack *self,
           char          *failure)
{
  if (self->failure)
    g_free (failure);
  else
    self->failure = failure;
}

void
isth_input_back_close_head (IsthInputBack *self)
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

void
isth_input_back_saw (IsthInputBack *self,
                     const uint8_t *data,
                     size_t         n)
{
  if (self->recording >= 0)
    back_record (self, data, n);
  self->read += n;
  if (self->head)
    {
      size_t take = MIN (n, ISTH_INPUT_HEAD - self->head_size);

      memcpy (self->head + self->head_size, data, take);
      self->head_size += take;
      if (self->head_size == ISTH_INPUT_HEAD || (self->regular && self->read == self->size))
        isth_input_back_close_head (self);
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
  isth_input_back_close_head (self);
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
          isth_input_back_saw (self, data, (size_t) got);
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
  return n > 0 ? n : back_read (self, self->packed, ISTH_INPUT_BLOCK);
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
  while (!failure && !self->regular && back_read (self, self->packed, ISTH_INPUT_BLOCK) > 0)
    continue;
}

size_t
isth_input_back_read_plain (IsthInputBack *self,
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

IsthInputBack *
isth_input_back_new ( void)
{
  IsthInputBack *self = g_new0 (IsthInputBack, 1);

  self->fd = self->wake = self->recording = -1;
  self->patience = -1;
  self->head = g_malloc (ISTH_INPUT_HEAD);
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

bool
isth_input_back_open (IsthInputBack *self,
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

bool
isth_input_back_make_wake (IsthInputBack *self,
                           const char    *path,
                           GError       **error)
{
  self->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  return self->wake >= 0 || back_set_open_error (path, errno, error);
}

void
isth_input_back_unpack (IsthInputBack *self,
                        const uint8_t *head,
                        size_t         n)
{
  self->packed = g_malloc (MAX (n, ISTH_INPUT_BLOCK));
  memcpy (self->packed, head, n);
  self->packed_head = n;
  self->unpack = isth_unpack_new (self->packing, back_read_packed, self);
}

void
isth_input_back_free (IsthInputBack *self)
{
  g_free (isth_digest_finish (self->digest));
  isth_unpack_free (self->unpack);
  g_mutex_clear (&self->lock);
  if (self->fd >= 0)
    close (self->fd);
  if (self->wake >= 0)
    close (self->wake);
  if (self->recording >= 0)
    close (self->recording);
  g_free (self->path);
  g_free (self->remark);
  g_free (self->recording_failure);
  g_free (self->failure);
  g_free (self->packed);
  g_free (self->head);
  g_free (self->sha256);
  g_free (self);
}

void
isth_input_back_wake (IsthInputBack *self)
{
  uint64_t one = 1;

  if (self->wake >= 0 && write (self->wake, &one, sizeof one) < 0)
    return; /* the counter is full: it wakes all the same */
}
