/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two libraries, because libarchive keeps back its last block of 64 KiB when what follows cannot be had, and a gzip file that is cut
 * short is the most common damaged capture there is. zlib gives each byte as soon as it can be known. */
#include "analysis/capture/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <zlib.h>

#define WITH_GZIP_HEADER (16 + MAX_WBITS)

struct _IsthUnpack
{
  IsthUnpackRead read;
  gpointer user_data;
  char *failure;
  bool ended;
  struct archive *archive; /* NULL: gzip */
  const uint8_t *plain;    /* what libarchive lends and nobody took yet */
  size_t plain_left;
  z_stream gzip;
};

static const struct { const char *name, *magic; size_t n; int (*enable) (struct archive *); } packings[] = {
  { "gzip", "\x1f\x8b\x08", 3, NULL },
  { "zstd", "\x28\xb5\x2f\xfd", 4, archive_read_support_filter_zstd },
  { "lz4", "\x04\x22\x4d\x18", 4, archive_read_support_filter_lz4 },
  { "xz", "\xfd" "7zXZ\0", 6, archive_read_support_filter_xz },
};

const char *
isth_unpack_recognise (const uint8_t *data,
                       size_t         n)
{
  for (size_t i = 0; i < G_N_ELEMENTS (packings); i++)
    if (n >= packings[i].n && memcmp (data, packings[i].magic, packings[i].n) == 0)
      return packings[i].name;
  return NULL;
}

static void
fail (IsthUnpack *self,
      const char *why)
{
  self->ended = true;
  self->failure = g_strdup (why ? why : "?");
}

static la_ssize_t
read_packed (struct archive *archive,
             void           *data,
             const void    **block)
{
  IsthUnpack *self = data;

  return (la_ssize_t) self->read (self->user_data, (const uint8_t **) block);
}

static void
open_archive (IsthUnpack *self,
              int       (*enable) (struct archive *))
{
  struct archive_entry *entry;

  self->archive = archive_read_new ();
  if (!self->archive)
    fail (self, NULL);
  else if (enable (self->archive) < ARCHIVE_WARN || archive_read_support_format_raw (self->archive) != ARCHIVE_OK
           || archive_read_open (self->archive, self, NULL, read_packed, NULL) < ARCHIVE_WARN
           || archive_read_next_header (self->archive, &entry) < ARCHIVE_WARN)
    fail (self, archive_error_string (self->archive));
}

IsthUnpack *
isth_unpack_new (const char    *packing,
                 IsthUnpackRead read,
                 gpointer       user_data)
{
  IsthUnpack *self = g_new0 (IsthUnpack, 1);

  self->read = read;
  self->user_data = user_data;
  for (size_t i = 0; i < G_N_ELEMENTS (packings); i++)
    if (g_str_equal (packings[i].name, packing) && packings[i].enable)
      open_archive (self, packings[i].enable);
  if (!self->archive && !self->ended && inflateInit2 (&self->gzip, WITH_GZIP_HEADER) != Z_OK)
    fail (self, self->gzip.msg);
  return self;
}

void
isth_unpack_free (IsthUnpack *self)
{
  if (!self)
    return;
  if (self->archive)
    archive_read_free (self->archive);
  else
    inflateEnd (&self->gzip);
  g_free (self->failure);
  g_free (self);
}

/* Has libarchive lend its next block. Block by block, because archive_read_data() drops what it has when the block after it is
 * damaged. */
static void
next_block (IsthUnpack *self)
{
  while (self->plain_left == 0 && !self->ended)
    {
      const void *block;
      la_int64_t offset;
      int status = archive_read_data_block (self->archive, &block, &self->plain_left, &offset);

      self->plain = block;
      if (status == ARCHIVE_OK)
        continue;
      self->plain_left = 0;
      if (status == ARCHIVE_EOF)
        self->ended = true;
      else if (status != ARCHIVE_RETRY)
        fail (self, archive_error_string (self->archive));
    }
}

static size_t
read_archive (IsthUnpack *self,
              uint8_t    *data,
              size_t      n)
{
  next_block (self);
  n = MIN (n, self->plain_left);
  if (n == 0) /* there may be no block at all */
    return 0;
  memcpy (data, self->plain, n);
  self->plain += n;
  self->plain_left -= n;
  return n;
}

static bool
need_packed (IsthUnpack *self)
{
  const uint8_t *block = NULL;

  if (self->gzip.avail_in == 0)
    {
      self->gzip.avail_in = (uInt) self->read (self->user_data, &block);
      self->gzip.next_in = (Bytef *) block;
    }
  return self->gzip.avail_in > 0;
}

/* Behind the end of one member another one may begin; anything else there is padding. */
static void
next_member (IsthUnpack *self)
{
  if (!need_packed (self) || self->gzip.next_in[0] != 0x1f || inflateReset (&self->gzip) != Z_OK)
    self->ended = true;
}

static size_t
read_gzip (IsthUnpack *self,
           uint8_t    *data,
           size_t      n)
{
  z_stream *gzip = &self->gzip;

  gzip->next_out = data;
  gzip->avail_out = (uInt) n;
  while (!self->ended && gzip->avail_out == n)
    {
      bool more = need_packed (self);
      int status = inflate (gzip, Z_NO_FLUSH); /* without more it gives what it still has */

      if (status == Z_STREAM_END)
        next_member (self);
      else if (status != Z_OK && status != Z_BUF_ERROR)
        fail (self, gzip->msg ? gzip->msg : zError (status));
      else if (!more && gzip->avail_out == n)
        fail (self, "truncated gzip input");
    }
  return n - gzip->avail_out;
}

size_t
isth_unpack_read (IsthUnpack *self,
                  uint8_t    *data,
                  size_t      n)
{
  if (self->archive)
    return read_archive (self, data, n);
  return self->ended ? 0 : read_gzip (self, data, n);
}

const char *
isth_unpack_failure (const IsthUnpack *self)
{
  return self->failure;
}
