/* SPDX-License-Identifier: GPL-3.0-or-later */
/* isthmus-capture: the ring of files. Their names are their times, so that the oldest is known by its name, also after a restart. */
#include "analysis/tools/isthmus-capture.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PREFIX "isthmus-"
#define SUFFIX "Z.pcapng"
#define NAME_LENGTH (sizeof PREFIX - 1 + 22 + sizeof SUFFIX - 1)

static char *
name_at (CaptureRing *self,
         uint32_t     i)
{
  return self->names[(self->first + i) % (self->most + 1)];
}

static bool
is_ours (const char *name)
{
  return strlen (name) == NAME_LENGTH && strncmp (name, PREFIX, sizeof PREFIX - 1) == 0
         && strcmp (name + NAME_LENGTH - (sizeof SUFFIX - 1), SUFFIX) == 0;
}

static int
compare_names (const void *a,
               const void *b)
{
  return strcmp (a, b);
}

static void
remove_oldest (CaptureRing *self)
{
  if (unlinkat (self->folder, name_at (self, 0), 0) != 0 && errno != ENOENT)
    capture_tell ("ring-not-removed", "%s\t%s", name_at (self, 0), strerror (errno));
  self->first = (self->first + 1) % (self->most + 1);
  self->count--;
}

/* Files of earlier runs count: a program that is started anew every night must not fill the disk. */
static void
find_earlier (CaptureRing *self)
{
  int fd = openat (self->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = fd >= 0 ? fdopendir (fd) : NULL;
  char (*found)[CAPTURE_NAME] = NULL;
  struct dirent *entry;
  size_t n = 0;

  while (folder && (entry = readdir (folder)))
    if (is_ours (entry->d_name))
      {
        void *more = realloc (found, (n + 1) * sizeof *found);

        if (!more)
          break;
        found = more;
        strcpy (found[n++], entry->d_name);
      }
  if (folder)
    closedir (folder);
  if (n > 0)
    qsort (found, n, sizeof *found, compare_names);
  for (size_t i = 0; i < n; i++)
    if (n - i > self->most)
      (void) unlinkat (self->folder, found[i], 0);
    else
      strcpy (self->names[self->count++], found[i]);
  free (found);
}

static void
make_name (CaptureRing *self,
           char        *name,
           uint64_t     now)
{
  time_t seconds;
  struct tm tm;
  char day[20];

  /* Two files never have one name, also when the clock was set back. */
  self->named = now / 1000 > self->named ? now / 1000 : self->named + 1;
  seconds = (time_t) (self->named / 1000000);
  gmtime_r (&seconds, &tm);
  strftime (day, sizeof day, "%Y%m%dT%H%M%S", &tm);
  snprintf (name, CAPTURE_NAME, PREFIX "%s.%06u" SUFFIX, day, (unsigned) (self->named % 1000000));
}

static bool
open_next (CaptureRing *self,
           uint64_t     now)
{
  char *name = name_at (self, self->count);
  int fd;

  do
    {
      make_name (self, name, now);
      fd = openat (self->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
    }
  while (fd < 0 && errno == EEXIST);
  if (fd < 0)
    {
      capture_tell ("ring-failed", "%s\t%s", name, strerror (errno));
      return false;
    }
  self->fd = fd;
  self->count++;
  self->written = 0;
  self->opened = now;
  if (self->count > self->most)
    remove_oldest (self);
  return true;
}

bool
capture_ring_open (CaptureRing          *self,
                   const CaptureOptions *options,
                   uint64_t              now)
{
  *self = (CaptureRing){ .folder = -1, .fd = -1, .limit = options->ring_size, .seconds = options->ring_seconds, .most = options->ring_files };
  if (!options->ring)
    return true;
  self->names = calloc (self->most + 1, sizeof *self->names);
  self->folder = open (options->ring, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->folder < 0 || !self->names)
    {
      capture_tell ("ring-failed", "%s\t%s", options->ring, strerror (errno));
      return false;
    }
  find_earlier (self);
  return open_next (self, now);
}

bool
capture_ring_is_full (const CaptureRing *self,
                      size_t             n,
                      uint64_t           now)
{
  if (self->folder < 0)
    return false;
  return (self->limit > 0 && self->written > 0 && self->written + n > self->limit)
         || (self->seconds > 0 && now >= self->opened + self->seconds * UINT64_C (1000000000));
}

bool
capture_ring_turn (CaptureRing *self,
                   uint64_t     now)
{
  int number = self->fd;

  close (self->fd);
  /* The lowest free number is the one that was just closed: the confinement lets nothing else be written to. */
  if (open_next (self, now) && self->fd == number)
    return true;
  self->folder = -1;
  return false;
}

bool
capture_ring_write (CaptureRing *self,
                    const void  *data,
                    size_t       n)
{
  const uint8_t *at = data;

  if (self->folder < 0)
    return true;
  self->written += n;
  while (n > 0)
    {
      ssize_t got = write (self->fd, at, n);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          capture_tell ("ring-failed", "%s\t%s", name_at (self, self->count - 1), strerror (errno));
          close (self->fd);
          self->folder = -1;
          return false;
        }
      at += got;
      n -= (size_t) got;
    }
  return true;
}
