/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The readers of files, one target a format. An input is a byte that chooses the first bytes of the file, then all behind them; in "read-any" the file itself. */
#include <string.h>

#include "analysis/isthmus.h"
#include "tests/capture/make.h"
#include "tests/fuzz/target.h"

#define MOST_FRAMES 20000 /* of a packed file that unpacks to very many */

typedef struct
{
  uint8_t n;
  const char *bytes;
} Magic;

typedef struct
{
  const Magic *magics;
  size_t n;
} Format;

#define M(text) { sizeof (text) - 1, text }
#define FORMAT(magics) &(const Format){ magics, G_N_ELEMENTS (magics) }

static const Magic pcap[] = {
  M ("\xd4\xc3\xb2\xa1\2\0\4\0"), M ("\xa1\xb2\xc3\xd4\0\2\0\4"), M ("\x4d\x3c\xb2\xa1\2\0\4\0"), M ("\xa1\xb2\x3c\x4d\0\2\0\4"), M ("\x34\xcd\xb2\xa1\2\0\4\0"),
  M ("\xa1\xb2\xcd\x34\0\2\0\4"), M ("\xd4\xc3\xb2\xa1"), M ("\xa1\xb2\xc3\xd4"),
};
static const Magic pcapng[] = {
  M ("\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1a\1\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\x1c\0\0\0"),
  M ("\x0a\x0d\x0d\x0a\0\0\0\x1c\x1a\x2b\x3c\x4d\0\1\0\0\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\x1c"), M ("\x0a\x0d\x0d\x0a"),
};
static const Magic snoop[] = { M ("snoop\0\0\0\0\0\0\2\0\0\0\4"), M ("snoop\0\0\0\0\0\0"), M ("snoop\0\0\0") };
static const Magic packed[] = { M ("\x1f\x8b\x08"), M ("\x28\xb5\x2f\xfd"), M ("\x04\x22\x4d\x18"), M ("\xfd" "7zXZ\0") };

typedef struct
{
  uint64_t frames, bytes, sum;
} Seen;

static void
check_frame (const IsthFrame *frame,
             const IsthFrame *before,
             Seen *seen)
{
  g_assert (frame->wire >= frame->captured && frame->captured <= ISTH_LIMIT_FRAME);
  g_assert (frame->number > before->number && (before->number == 0 || frame->offset > before->offset));
  seen->frames++;
  seen->bytes += frame->wire;
  seen->sum = seen->sum * 31 + frame->captured + (uint64_t) frame->time + frame->offset;
  for (uint32_t i = 0; i < frame->captured; i++)
    seen->sum = seen->sum * 31 + frame->data[i];
}

static void
check_info (const IsthCaptureInfo *info,
            const Seen *seen)
{
  g_assert (info->format != NULL && info->frames == seen->frames && info->bytes == seen->bytes && info->cut_frames <= info->frames);
  g_assert (info->notes->len <= ISTH_LIMIT_NOTES && info->comments->len <= ISTH_LIMIT_NOTES && info->names->len <= ISTH_LIMIT_NOTES);
  g_assert ((info->first == ISTH_NO_TIME) == (info->last == ISTH_NO_TIME) && info->first <= info->last);
  for (guint i = 0; i < info->notes->len; i++)
    g_assert (g_utf8_validate (((IsthCaptureNote *) info->notes->pdata[i])->text, -1, NULL));
  for (guint i = 0; i < info->comments->len; i++)
    g_assert (g_utf8_validate (info->comments->pdata[i], -1, NULL));
  for (guint i = 0; i < info->names->len; i++)
    g_assert (g_utf8_validate (info->names->pdata[i], -1, NULL));
  for (guint i = 0; i < info->interfaces->len; i++)
    {
      const IsthCaptureInterface *interface = info->interfaces->pdata[i];

      g_assert (!interface->name || g_utf8_validate (interface->name, -1, NULL));
      g_assert (!interface->description || g_utf8_validate (interface->description, -1, NULL));
    }
}

/* Reads @batch frames at a time. */
static Seen
read_all (const uint8_t *data,
          size_t size,
          size_t batch)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open_memory (data, size, &error);
  g_autofree IsthFrame *frames = g_new0 (IsthFrame, batch);
  IsthFrame before = { 0 };
  Seen seen = { 0 };
  size_t n;

  if (!source)
    {
      g_assert (error != NULL && g_utf8_validate (error->message, -1, NULL));
      return seen;
    }
  while (seen.frames < MOST_FRAMES && (n = isth_source_read (source, frames, batch)) > 0)
    for (size_t i = 0; i < n; i++)
      {
        check_frame (&frames[i], &before, &seen);
        before = frames[i];
      }
  if (seen.frames < MOST_FRAMES)
    check_info (isth_source_get_info (source), &seen);
  return seen;
}

/* What is found must not depend on how many frames are asked for at a time. */
static void
run_any (gconstpointer what,
         const uint8_t *data,
         size_t size)
{
  Seen few = read_all (data, size, 1), many = read_all (data, size, 64);

  g_assert (few.frames >= MOST_FRAMES || memcmp (&few, &many, sizeof few) == 0);
}

static void
run_format (gconstpointer what,
            const uint8_t *data,
            size_t size)
{
  const Format *format = what;
  g_autofree uint8_t *file = NULL;
  const Magic *magic;

  if (size == 0)
    return;
  magic = &format->magics[data[0] % format->n];
  file = g_malloc (magic->n + size - 1);
  memcpy (file, magic->bytes, magic->n);
  memcpy (file + magic->n, data + 1, size - 1);
  run_any (NULL, file, magic->n + size - 1);
}

/* @file as an input of @format: without the first bytes that an input's own first byte stands for. */
static void
add_file (GPtrArray *seeds,
          const Format *format,
          const uint8_t *file,
          size_t size)
{
  GByteArray *input;

  for (uint8_t i = 0; i < format->n; i++)
    if (size >= format->magics[i].n && memcmp (file, format->magics[i].bytes, format->magics[i].n) == 0)
      {
        input = g_byte_array_new ();
        g_byte_array_append (input, &i, 1);
        g_byte_array_append (input, file + format->magics[i].n, (guint) (size - format->magics[i].n));
        isth_fuzz_add_seed (seeds, input);
        return;
      }
}

static void
seed_any (gconstpointer what,
          GPtrArray *seeds)
{
  GByteArray *sample;
  const char *name;

  for (unsigned i = 0; (sample = make_sample (i, &name)); i++)
    isth_fuzz_add_seed (seeds, sample);
}

static void
seed_format (gconstpointer what,
             GPtrArray *seeds)
{
  g_autoptr(GPtrArray) samples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  seed_any (NULL, samples);
  for (guint i = 0; i < samples->len; i++)
    {
      gsize size;
      const uint8_t *bytes = g_bytes_get_data (samples->pdata[i], &size);

      add_file (seeds, what, bytes, size);
    }
}

static void
seed_packed (gconstpointer what,
             GPtrArray *seeds)
{
  static const char *const filters[] = { "gzip", "zstd", "lz4", "xz" };
  g_autoptr(GPtrArray) samples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  seed_any (NULL, samples);
  for (guint i = 0; i < samples->len; i++)
    for (size_t k = 0; k < G_N_ELEMENTS (filters); k++)
      {
        gsize size, packed_size;
        const uint8_t *bytes = g_bytes_get_data (samples->pdata[i], &size);
        g_autoptr(GBytes) file = pack (bytes, size, filters[k]);

        bytes = g_bytes_get_data (file, &packed_size);
        add_file (seeds, what, bytes, packed_size);
      }
}

const IsthFuzzTarget isth_fuzz_readers[] = {
  { "read-any", run_any, seed_any, NULL },
  { "read-compressed", run_format, seed_packed, FORMAT (packed) },
  { "read-pcap", run_format, seed_format, FORMAT (pcap) },
  { "read-pcapng", run_format, seed_format, FORMAT (pcapng) },
  { "read-snoop", run_format, seed_format, FORMAT (snoop) },
  { NULL },
};
