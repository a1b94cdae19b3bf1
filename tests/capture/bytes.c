/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every beginning and every single wrong byte of small captures: no crash, no endless reading, nothing outside the block. */
#include <string.h>

#include "analysis/base/limits.h"
#include "analysis/capture/source.h"
#include "tests/capture/make.h"

/* Reads @n bytes in a heap block of exactly that size; how many frames. */
static uint64_t
run (const uint8_t *data,
     size_t         n)
{
  g_autofree uint8_t *block = g_memdup2 (data, n);
  g_autoptr(IsthSource) source = isth_source_open_memory (block, n, NULL);
  const IsthCaptureInfo *info;
  IsthFrame frames[3];
  uint64_t count = 0, last = 0;
  volatile uint8_t sum = 0;
  size_t got;

  if (!source)
    return 0;
  info = isth_source_get_info (source);
  while ((got = isth_source_read (source, frames, G_N_ELEMENTS (frames))) > 0)
    for (size_t i = 0; i < got; i++)
      {
        const IsthFrame *f = &frames[i];

        g_assert_cmpuint (f->number, >, last);
        g_assert_cmpuint (f->captured, <=, f->wire);
        g_assert_cmpuint (f->captured, <=, ISTH_LIMIT_FRAME);
        g_assert_cmpuint (f->interface, <, info->interfaces->len);
        for (uint32_t at = 0; at < f->captured; at++)
          sum = (uint8_t) (sum + f->data[at]);
        last = f->number;
        count++;
        g_assert_cmpuint (count, <=, 16 * n);
      }
  g_assert_cmpuint (isth_source_read (source, frames, 1), ==, 0);
  g_assert_cmpuint (info->frames, ==, count);
  g_assert_cmpuint (info->notes->len, <=, ISTH_LIMIT_NOTES);
  g_assert_nonnull (info->sha256);
  return count;
}

static void
test_prefixes (void)
{
  const char *name;
  GByteArray *bytes;

  for (unsigned int i = 0; (bytes = make_sample (i, &name)); i++)
    {
      uint64_t before = 0;

      for (size_t n = 0; n <= bytes->len; n++)
        {
          uint64_t count = run (bytes->data, n);

          g_assert_cmpuint (count, >=, before); /* more bytes never take a frame away */
          before = count;
        }
      g_assert_cmpuint (before, >=, 3);
      g_byte_array_unref (bytes);
    }
}

static void
test_wrong_bytes (void)
{
  static const uint8_t changes[] = { 0x01, 0x04, 0x10, 0x80, 0xff };
  const char *name;
  GByteArray *bytes;

  for (unsigned int i = 0; (bytes = make_sample (i, &name)); i++)
    {
      uint64_t whole = run (bytes->data, bytes->len);

      for (size_t at = 0; at < bytes->len; at++)
        for (size_t c = 0; c < G_N_ELEMENTS (changes); c++)
          {
            bytes->data[at] ^= changes[c];
            g_assert_cmpuint (run (bytes->data, bytes->len), <=, whole + 1);
            bytes->data[at] ^= changes[c];
          }
      g_byte_array_unref (bytes);
    }
}

static void
test_packed_wrong_bytes (void)
{
  static const char *const filters[] = { "gzip", "zstd", "lz4", "xz" };
  const char *name;
  g_autoptr(GByteArray) bytes = make_sample (0, &name);

  for (size_t i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr(GBytes) packed = pack (bytes->data, bytes->len, filters[i]);
      gsize n;
      const uint8_t *data = g_bytes_get_data (packed, &n);
      g_autofree uint8_t *copy = g_memdup2 (data, n);

      g_assert_cmpuint (run (data, n), ==, 4);
      for (size_t at = 0; at < n; at++)
        {
          run (data, at);
          copy[at] ^= 0x11;
          run (copy, n);
          copy[at] ^= 0x11;
        }
    }
}

static void
test_noise (void)
{
  for (int round = 0; round < 200; round++)
    {
      const char *name;
      g_autoptr(GByteArray) bytes = make_sample ((unsigned int) round % 6, &name);
      size_t n = (size_t) g_test_rand_int_range (1, 3000);

      for (size_t i = 0; i < n; i++)
        g_byte_array_append (bytes, &(uint8_t){ (uint8_t) g_test_rand_int () }, 1);
      run (bytes->data, bytes->len);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture/bytes/prefixes", test_prefixes);
  g_test_add_func ("/capture/bytes/wrong-bytes", test_wrong_bytes);
  g_test_add_func ("/capture/bytes/packed-wrong-bytes", test_packed_wrong_bytes);
  g_test_add_func ("/capture/bytes/noise", test_noise);
  return g_test_run ();
}
