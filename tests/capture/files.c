/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files, pipes and packed files: what goes wrong outside the bytes, block edges, digests, cancelling. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "analysis/base/error.h"
#include "analysis/base/hash.h"
#include "analysis/base/limits.h"
#include "analysis/capture/source.h"
#include "tests/capture/make.h"

static char *folder;

static char *
write_file (const char *name,
            const void *data,
            size_t      n)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, (gssize) n, NULL));
  return path;
}

/* Records of many sizes, so that every kind of edge falls on a block's end. */
static GByteArray *
make_long (void)
{
  GByteArray *bytes = make_pcap (0xa1b2c3d4, false, 0x20004, 1);

  for (uint32_t i = 0; i < 4000; i++)
    put_record (bytes, false, 16, 1000 + i, i, i * 7 % 1500, 1500);
  return bytes;
}

static void
check_long (IsthSource *source,
            uint64_t    whole)
{
  const IsthCaptureInfo *info = isth_source_get_info (source);
  IsthFrame frames[32];
  size_t n;

  while ((n = isth_source_read (source, frames, 32)) > 0)
    for (size_t i = 0; i < n; i++)
      {
        uint32_t index = (uint32_t) frames[i].number - 1;

        g_assert_cmpint (frames[i].time, ==, (1000 + index) * 1000000000LL + index * 1000LL);
        g_assert_cmpuint (frames[i].captured, ==, index * 7 % 1500);
        for (uint32_t at = 0; at < frames[i].captured; at++)
          g_assert_cmphex (frames[i].data[at], ==, 0xe0 | (at & 0x0f));
      }
  g_assert_cmpuint (info->frames, ==, whole);
}

static void
test_blocks (void)
{
  g_autoptr(GByteArray) bytes = make_long ();
  g_autofree char *path = write_file ("long.pcap", bytes->data, bytes->len);
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
  g_autoptr(IsthSource) source = isth_source_open (path, NULL);
  const IsthCaptureInfo *info = isth_source_get_info (source);
  g_autoptr(GBytes) frame = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (info->sha256);
  g_assert_cmpuint (info->fingerprint, ==, isth_hash_bytes (bytes->data, 65536, 0));
  check_long (source, 4000);
  g_assert_cmpstr (info->sha256, ==, digest);
  g_assert_cmpuint (info->size, ==, bytes->len);
  g_assert_cmpuint (info->read, ==, bytes->len);
  g_assert_cmpuint (info->notes->len, ==, 0);

  frame = isth_source_read_frame (path, 3001, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (frame), ==, 3000 * 7 % 1500);
  g_assert_null (isth_source_read_frame (path, 4001, NULL, &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_packed (void)
{
  static const char *const filters[] = { "gzip", "zstd", "lz4", "xz" };
  g_autoptr(GByteArray) bytes = make_long ();

  for (size_t i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr(GBytes) packed = pack (bytes->data, bytes->len, filters[i]);
      gsize n;
      const void *data = g_bytes_get_data (packed, &n);
      g_autofree char *path = write_file ("packed", data, n);
      g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, packed);
      g_autofree char *format = g_strdup_printf ("pcap, %s", filters[i]);
      g_autoptr(IsthSource) source = isth_source_open (path, NULL);

      g_assert_nonnull (source);
      check_long (source, 4000);
      g_assert_cmpstr (isth_source_get_info (source)->format, ==, format);
      g_assert_cmpstr (isth_source_get_info (source)->sha256, ==, digest);
    }
}

/* What was unpacked before the damage is given. Not lz4: it unpacks whole blocks of megabytes or nothing. */
static void
test_packed_cut (void)
{
  static const char *const filters[] = { "gzip", "zstd", "xz" };
  g_autoptr(GByteArray) bytes = make_pcap (0xa1b2c3d4, false, 0x20004, 1);
  uint32_t noise = 1;

  /* Bytes that do not pack well, so that three quarters of the packed file hold about that many of the frames. */
  for (uint32_t i = 0; i < 4000; i++)
    {
      put_record (bytes, false, 16, 1000 + i, i, 500, 500);
      for (uint32_t at = bytes->len - 500; at < bytes->len; at++)
        {
          noise = noise * 1664525 + 1013904223;
          bytes->data[at] = (uint8_t) (noise >> 24);
        }
    }
  for (size_t i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr(GBytes) packed = pack (bytes->data, bytes->len, filters[i]);
      gsize n;
      const void *data = g_bytes_get_data (packed, &n);
      g_autofree char *path = write_file ("packed-cut", data, n * 3 / 4);
      g_autofree char *text = describe_file (path);

      g_test_message ("%s", filters[i]);
      g_assert_nonnull (strstr (text, " 1000@"));
      g_assert_null (strstr (text, " 4000@"));
      g_assert_nonnull (strstr (text, "; cut"));
    }
}

/* Frames that do not pack stand in the packed file one after another: of a gzip file cut anywhere, at most the few hundred bytes
 * that one block of its code may still need are missing. */
static void
test_gzip_cut (void)
{
  g_autoptr(GByteArray) bytes = make_pcap (0xa1b2c3d4, false, 0x20004, 1);
  g_autoptr(GBytes) packed = NULL;
  const uint8_t *data;
  uint32_t noise = 1;
  gsize n;

  for (uint32_t i = 0; i < 1000; i++)
    {
      put_record (bytes, false, 16, 1000 + i, i, 500, 500);
      for (uint32_t at = bytes->len - 500; at < bytes->len; at++)
        {
          noise = noise * 1664525 + 1013904223;
          bytes->data[at] = (uint8_t) (noise >> 24);
        }
    }
  packed = pack (bytes->data, bytes->len, "gzip");
  data = g_bytes_get_data (packed, &n);
  for (gsize cut = n - 1; cut > 2000; cut = cut * 9 / 10)
    {
      g_autofree char *path = write_file ("gzip-cut", data, cut);
      g_autoptr(IsthSource) source = isth_source_open (path, NULL);
      IsthFrame frames[64];

      g_assert_nonnull (source);
      while (isth_source_read (source, frames, G_N_ELEMENTS (frames)) > 0)
        continue;
      g_assert_cmpuint ((isth_source_get_info (source)->frames + 3) * 516, >=, cut * (guint64) bytes->len / n);
      g_assert_nonnull (strstr (isth_source_get_info (source)->failure, "cut short"));
    }
}

/* Several members are one file; what is behind the last one is padding. */
static void
test_gzip_members (void)
{
  g_autoptr(GByteArray) bytes = make_long ();
  g_autoptr(GBytes) first = pack (bytes->data, 1000, "gzip"), second = pack (bytes->data + 1000, bytes->len - 1000, "gzip");
  g_autoptr(GByteArray) both = g_byte_array_new ();
  g_autofree char *path = NULL;
  g_autoptr(IsthSource) source = NULL;

  g_byte_array_append (both, g_bytes_get_data (first, NULL), (guint) g_bytes_get_size (first));
  g_byte_array_append (both, g_bytes_get_data (second, NULL), (guint) g_bytes_get_size (second));
  g_byte_array_append (both, (const guint8 *) "\0\0\0\0", 4);
  path = write_file ("members", both->data, both->len);
  source = isth_source_open (path, NULL);
  g_assert_nonnull (source);
  check_long (source, 4000);
  g_assert_null (isth_source_get_info (source)->failure);
}

static void
test_packed_text (void)
{
  g_autoptr(GBytes) packed = pack ("only words\n", 11, "gzip");
  gsize n;
  const void *data = g_bytes_get_data (packed, &n);
  g_autofree char *path = write_file ("words.gz", data, n);
  g_autofree char *text = describe_file (path);

  g_assert_nonnull (strstr (text, "it is packed with gzip, and inside is a text file"));
}

/* A few bytes that unpack to very many are given up, not unpacked. */
static void
test_bomb (void)
{
  g_autoptr(GByteArray) bytes = make_pcap (0xa1b2c3d4, false, 0x20004, 1);
  g_autoptr(GBytes) packed = NULL;
  g_autoptr(IsthSource) source = NULL;
  IsthFrame frames[32];
  uint64_t count = 0;
  size_t n;
  gsize size;
  const void *data;

  while (bytes->len < 16 << 20)
    put_record (bytes, false, 16, 1, 1, 65535, 65535);
  packed = pack (bytes->data, bytes->len, "zstd");
  data = g_bytes_get_data (packed, &size);
  g_assert_cmpuint (bytes->len / size, >, ISTH_LIMIT_INFLATE_RATIO);
  source = isth_source_open_memory (data, size, NULL);
  while ((n = isth_source_read (source, frames, 32)) > 0)
    count += n;
  g_assert_cmpuint (count, >, 0);
  g_assert_cmpuint (count, <, 200);
  g_assert_true (isth_source_get_info (source)->truncated);
}

static void
test_refused (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *missing = g_build_filename (folder, "missing.pcap", NULL);
  g_autofree char *secret = write_file ("secret.pcap", "x", 1);
  g_autofree char *empty = write_file ("empty.pcap", "", 0);

  g_assert_null (isth_source_open (missing, &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, missing));
  g_clear_error (&error);

  g_assert_null (isth_source_open (folder, &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "folder"));
  g_clear_error (&error);

  g_assert_null (isth_source_open (empty, &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_NOT_CAPTURE);
  g_assert_nonnull (strstr (error->message, "empty"));
  g_clear_error (&error);

  g_assert_null (isth_source_open ("/proc/self/mem", &error)); /* its first page gives an I/O error */
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_FILE);
  g_clear_error (&error);

  g_chmod (secret, 0);
  if (access (secret, R_OK) == 0)
    g_test_message ("not tested: a file without permission, because this user may read everything");
  else
    {
      g_assert_null (isth_source_open (secret, &error));
      g_assert_error (error, ISTH_ERROR, ISTH_ERROR_FILE);
      g_assert_nonnull (strstr (error->message, "chmod a+r"));
    }
}

static void
test_shrunk (void)
{
  g_autoptr(GByteArray) bytes = make_long ();
  g_autofree char *path = write_file ("shrunk.pcap", bytes->data, bytes->len);
  g_autoptr(IsthSource) source = isth_source_open (path, NULL);
  const IsthCaptureInfo *info = isth_source_get_info (source);
  IsthFrame frames[8];

  g_assert_cmpuint (isth_source_read (source, frames, 8), ==, 8);
  g_assert_cmpint (truncate (path, 1000), ==, 0);
  while (isth_source_read (source, frames, 8) > 0)
    continue;
  g_assert_true (info->truncated);
  g_assert_cmpuint (info->frames, >, 100);
  g_assert_cmpuint (info->frames, <, 4000);
  g_assert_cmpuint (info->notes->len, ==, 2);
}

static void
test_vanished (void)
{
  g_autoptr(GByteArray) bytes = make_long ();
  g_autofree char *path = write_file ("vanished.pcap", bytes->data, bytes->len);
  g_autoptr(IsthSource) source = isth_source_open (path, NULL);
  g_autoptr(GError) error = NULL;

  g_unlink (path);
  check_long (source, 4000); /* an open file stays */
  g_assert_null (isth_source_read_frame (path, 1, NULL, &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_FILE);
}

/* Standard input becomes @fd while a test runs. */
static int
stdin_swap (int fd)
{
  int kept = dup (STDIN_FILENO);

  g_assert_cmpint (dup2 (fd, STDIN_FILENO), ==, STDIN_FILENO);
  return kept;
}

static void
stdin_restore (int kept)
{
  dup2 (kept, STDIN_FILENO);
  close (kept);
}

/* A mapped page followed by a hole, read through /proc/self/mem: real bytes, then a real I/O error. */
static void
test_io_error (void)
{
  size_t page = (size_t) sysconf (_SC_PAGESIZE);
  uint8_t *map = mmap (NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  g_autoptr(GByteArray) bytes = make_long ();
  int fd = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC), kept;
  IsthSource *source;
  const IsthCaptureInfo *info;
  IsthFrame frames[8];

  g_assert_true (map != MAP_FAILED);
  g_assert_cmpint (fd, >=, 0);
  munmap (map + page, page);
  memcpy (map, bytes->data, page);
  lseek (fd, (off_t) (uintptr_t) map, SEEK_SET);
  kept = stdin_swap (fd);
  source = isth_source_open ("-", NULL);
  g_assert_nonnull (source);
  info = isth_source_get_info (source);
  while (isth_source_read (source, frames, 8) > 0)
    continue;
  g_assert_cmpuint (info->frames, >, 5);
  g_assert_true (info->truncated);
  g_assert_null (info->sha256);
  g_assert_cmpuint (info->notes->len, ==, 2);
  isth_source_free (source);
  stdin_restore (kept);
  close (fd);
  munmap (map, page);
}

/* What a pipe has brought is given at once; the rest when it comes. */
static void
test_pipe (void)
{
  g_autoptr(GByteArray) bytes = make_pcap (0xa1b2c3d4, false, 0x20004, 1);
  g_autofree char *digest = NULL;
  int ends[2], kept;
  IsthSource *source;
  const IsthCaptureInfo *info;
  IsthFrame frames[8];

  put_record (bytes, false, 16, 1, 0, 10, 10);
  put_record (bytes, false, 16, 2, 0, 20, 20);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
  g_assert_cmpint (pipe (ends), ==, 0);
  kept = stdin_swap (ends[0]);
  g_assert_cmpint (write (ends[1], bytes->data, 60), ==, 60); /* the first frame and ten bytes of the second */
  source = isth_source_open ("-", NULL);
  g_assert_nonnull (source);
  info = isth_source_get_info (source);
  g_assert_cmpuint (isth_source_read (source, frames, 8), ==, 1);
  g_assert_cmpuint (frames[0].captured, ==, 10);
  g_assert_cmpint (write (ends[1], bytes->data + 60, bytes->len - 60), ==, (gssize) bytes->len - 60);
  g_assert_cmpuint (isth_source_read (source, frames, 8), ==, 1);
  g_assert_cmpuint (frames[0].captured, ==, 20);
  g_assert_cmpuint (info->fingerprint, ==, 0);
  close (ends[1]);
  g_assert_cmpuint (isth_source_read (source, frames, 8), ==, 0);
  g_assert_cmpstr (info->path, ==, "-");
  g_assert_cmpstr (info->sha256, ==, digest);
  g_assert_cmpuint (info->fingerprint, ==, isth_hash_bytes (bytes->data, bytes->len, 0));
  g_assert_cmpuint (info->size, ==, 0);
  isth_source_free (source);
  stdin_restore (kept);
  close (ends[0]);
}

static gpointer
cancel_from_thread (gpointer source)
{
  isth_source_cancel (source);
  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr(GByteArray) bytes = make_pcap (0xa1b2c3d4, false, 0x20004, 1);
  int ends[2], kept;
  IsthSource *source;
  IsthFrame frames[8];
  GThread *thread;

  g_assert_cmpint (pipe (ends), ==, 0);
  kept = stdin_swap (ends[0]);
  g_assert_cmpint (write (ends[1], bytes->data, bytes->len), ==, (gssize) bytes->len);
  source = isth_source_open ("-", NULL);
  thread = g_thread_new ("cancel", cancel_from_thread, source);
  g_assert_cmpuint (isth_source_read (source, frames, 8), ==, 0); /* would wait for ever */
  g_thread_join (thread);
  g_assert_null (isth_source_get_info (source)->sha256);
  g_assert_false (isth_source_get_info (source)->truncated);
  isth_source_free (source);
  stdin_restore (kept);
  close (ends[0]);
  close (ends[1]);
}

static void
remove_folder (void)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("isthmus-capture-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/capture/files/blocks", test_blocks);
  g_test_add_func ("/capture/files/packed", test_packed);
  g_test_add_func ("/capture/files/packed-cut", test_packed_cut);
  g_test_add_func ("/capture/files/gzip-cut", test_gzip_cut);
  g_test_add_func ("/capture/files/gzip-members", test_gzip_members);
  g_test_add_func ("/capture/files/packed-text", test_packed_text);
  g_test_add_func ("/capture/files/bomb", test_bomb);
  g_test_add_func ("/capture/files/refused", test_refused);
  g_test_add_func ("/capture/files/shrunk", test_shrunk);
  g_test_add_func ("/capture/files/vanished", test_vanished);
  g_test_add_func ("/capture/files/io-error", test_io_error);
  g_test_add_func ("/capture/files/pipe", test_pipe);
  g_test_add_func ("/capture/files/cancel", test_cancel);
  status = g_test_run ();
  remove_folder ();
  return status;
}
