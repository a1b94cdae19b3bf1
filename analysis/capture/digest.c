/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 (FIPS 180-4, by libcrypto) of a capture on a thread of its own. */
#include "analysis/capture/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <openssl/evp.h>
#include <unistd.h>

#include "analysis/base/text.h"
#include "analysis/base/timing.h"

#define BLOCK (1u << 20)
#define QUEUED 16u /* blocks a stream may be ahead of its hash */

struct _IsthDigest
{
  GThread *thread;
  EVP_MD_CTX *context;
  int fd; /* -1: a stream */
  const atomic_bool *cancelled;
  GMutex lock;
  GCond changed;
  GQueue blocks; /* GBytes, under the lock */
  bool closed;   /* under the lock: no block will follow */
};

static char *
digest_text (EVP_MD_CTX *context)
{
  uint8_t bytes[EVP_MAX_MD_SIZE];
  char text[2 * EVP_MAX_MD_SIZE + 1];
  unsigned int n = 0;

  if (!EVP_DigestFinal_ex (context, bytes, &n))
    return NULL;
  return g_strdup (isth_text_from_hex (text, sizeof text, bytes, n));
}

static char *
digest_file (IsthDigest *self)
{
  g_autofree uint8_t *block = g_malloc (BLOCK);

  for (off_t offset = 0; !*self->cancelled;)
    {
      ssize_t n = pread (self->fd, block, BLOCK, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return NULL;
      if (n == 0)
        return digest_text (self->context);
      EVP_DigestUpdate (self->context, block, (size_t) n);
      offset += n;
    }
  return NULL;
}

static GBytes *
digest_pop (IsthDigest *self)
{
  GBytes *block;

  g_mutex_lock (&self->lock);
  while (!self->blocks.head && !self->closed)
    g_cond_wait (&self->changed, &self->lock);
  block = g_queue_pop_head (&self->blocks);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return block;
}

static char *
digest_stream (IsthDigest *self)
{
  GBytes *block;

  while ((block = digest_pop (self)))
    {
      if (!*self->cancelled)
        EVP_DigestUpdate (self->context, g_bytes_get_data (block, NULL), g_bytes_get_size (block));
      g_bytes_unref (block);
    }
  return *self->cancelled ? NULL : digest_text (self->context);
}

static gpointer
digest_thread (gpointer data)
{
  IsthDigest *self = data;
  char *text = self->fd < 0 ? digest_stream (self) : digest_file (self);

  isth_timing_charge ("digest");
  return text;
}

static IsthDigest *
digest_new (int                fd,
            const atomic_bool *cancelled)
{
  IsthDigest *self = g_new0 (IsthDigest, 1);

  self->fd = fd;
  self->cancelled = cancelled;
  self->context = EVP_MD_CTX_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->blocks);
  if (self->context && EVP_DigestInit_ex (self->context, EVP_sha256 (), NULL))
    self->thread = g_thread_try_new ("digest", digest_thread, self, NULL);
  if (!self->thread)
    g_clear_pointer (&self, isth_digest_finish);
  return self;
}

IsthDigest *
isth_digest_new_file (int                fd,
                      const atomic_bool *cancelled)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  int own = open (link, O_RDONLY | O_CLOEXEC);

  /* The path may name another file by now, so a second look goes through the descriptor; without /proc a duplicate does,
   * which only shares the read-ahead. */
  if (own < 0)
    own = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  if (own < 0)
    return NULL;
  (void) posix_fadvise (own, 0, 0, POSIX_FADV_SEQUENTIAL);
  return digest_new (own, cancelled);
}

IsthDigest *
isth_digest_new_stream (const atomic_bool *cancelled)
{
  return digest_new (-1, cancelled);
}

void
isth_digest_push (IsthDigest *self,
                  const void *data,
                  size_t n)
{
  g_mutex_lock (&self->lock);
  while (self->blocks.length >= QUEUED && !*self->cancelled)
    g_cond_wait (&self->changed, &self->lock);
  g_queue_push_tail (&self->blocks, g_bytes_new (data, n));
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

char *
isth_digest_finish (IsthDigest *self)
{
  char *text = NULL;

  if (!self)
    return NULL;

  g_mutex_lock (&self->lock);
  self->closed = true;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  if (self->thread)
    text = g_thread_join (self->thread);

  EVP_MD_CTX_free (self->context);
  if (self->fd >= 0)
    close (self->fd);
  g_queue_clear_full (&self->blocks, (GDestroyNotify) g_bytes_unref);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
  return text;
}

char *
isth_digest_memory (const void *data,
                    size_t n)
{
  uint8_t bytes[EVP_MAX_MD_SIZE];
  char text[2 * EVP_MAX_MD_SIZE + 1];
  unsigned int length = 0;

  if (!EVP_Digest (data, n, bytes, &length, EVP_sha256 (), NULL))
    return NULL;
  return g_strdup (isth_text_from_hex (text, sizeof text, bytes, length));
}
