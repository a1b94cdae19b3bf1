/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Captures that are still being made: pipes that fall silent anywhere, recordings of what came, files that grow. Nothing waits for a clock. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "analysis/base/error.h"
#include "analysis/capture/source.h"
#include "tests/capture/make.h"

#define N_SAMPLES 3

static char *folder;

static GByteArray *
make_capture (unsigned which)
{
  GByteArray *bytes;

  if (which == 0)
    {
      bytes = make_pcap (0xa1b2c3d4, false, 0x20004, 1);
      for (uint32_t i = 0; i < 3; i++)
        put_record (bytes, false, 16, 1000 + i, i, 10 + i, 60);
      return bytes;
    }
  if (which == 1)
    {
      bytes = make_snoop (2, 4);
      for (uint32_t i = 0; i < 3; i++)
        put_snoop_record (bytes, 1000 + i, 10 + i, 0);
      return bytes;
    }
  bytes = g_byte_array_new ();
  put_section (bytes, false);
  put_interface (bytes, false, 1, 6, "eth0");
  for (uint32_t i = 0; i < 3; i++)
    put_packet (bytes, false, 0, 1000 + i, 10 + i, 60);
  return bytes;
}

/* Reads until the source has nothing more now; whether it may have more later. */
static bool
read_all (IsthSource *source,
          uint64_t   *frames)
{
  IsthFrame some[4];
  size_t n;

  while ((n = isth_source_read (source, some, G_N_ELEMENTS (some))) > 0)
    *frames += n;
  return isth_source_is_idle (source);
}

/* A pipe that falls silent after @cut bytes and then goes on: nothing is lost, and the recording is the stream. */
static void
check_cut (const GByteArray *bytes,
           size_t            begun,
           size_t            cut)
{
  g_autofree char *path = g_build_filename (folder, "recording", NULL), *recorded = NULL;
  int recording = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), ends[2];
  uint64_t frames = 0;
  IsthSource *source, *again;
  const IsthCaptureInfo *live, *file;
  gsize n;

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], bytes->data, cut), ==, (gssize) cut);
  source = isth_source_new_stream (path, ends[0], recording, NULL);
  g_assert_true (isth_source_begin (source, NULL));
  isth_source_set_patience (source, 0);
  g_assert_true (read_all (source, &frames));
  g_assert_cmpuint (frames, <, 3 + (cut == bytes->len));
  g_assert_true (read_all (source, &frames)); /* still */
  g_assert_cmpint (write (ends[1], bytes->data + cut, bytes->len - cut), ==, (gssize) (bytes->len - cut));
  g_assert_true (read_all (source, &frames));
  g_assert_cmpuint (frames, ==, 3);
  close (ends[1]);
  g_assert_false (read_all (source, &frames));
  live = isth_source_get_info (source);
  g_assert_cmpuint (live->frames, ==, 3);
  g_assert_cmpuint (live->notes->len, ==, 0);
  g_assert_cmpuint (live->size, ==, bytes->len);

  g_assert_true (g_file_get_contents (path, &recorded, &n, NULL));
  g_assert_cmpmem (recorded, n, bytes->data, bytes->len);
  again = isth_source_open (path, NULL);
  read_all (again, &frames);
  file = isth_source_get_info (again);
  g_assert_cmpstr (live->sha256, ==, file->sha256);
  g_assert_cmpstr (live->path, ==, file->path);
  g_assert_cmpuint (live->fingerprint, ==, file->fingerprint);
  g_assert_cmpuint (live->size, ==, file->size);
  isth_source_free (source);
  isth_source_free (again);
}

static void
test_silence (void)
{
  for (unsigned which = 0; which < N_SAMPLES; which++)
    {
      g_autoptr(GByteArray) bytes = make_capture (which);
      size_t header = which == 0 ? 24 : 16; /* what naming the format takes */

      for (size_t cut = header; cut <= bytes->len; cut++)
        check_cut (bytes, header, cut);
    }
}

/* The disk takes no more: what comes is read all the same, and that is told. */
static void
test_recording_fails (void)
{
  g_autoptr(GByteArray) bytes = make_capture (0);
  uint64_t frames = 0;
  IsthSource *source;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], bytes->data, bytes->len), ==, (gssize) bytes->len);
  close (ends[1]);
  source = isth_source_new_stream ("full", ends[0], open ("/dev/full", O_WRONLY | O_CLOEXEC), NULL);
  g_assert_true (isth_source_begin (source, NULL));
  g_assert_false (read_all (source, &frames));
  g_assert_cmpuint (frames, ==, 3);
  g_assert_nonnull (isth_source_get_recording_failure (source));
  isth_source_free (source);
}

static void
append (const char    *path,
        const uint8_t *data,
        size_t         n)
{
  int fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (write (fd, data, n), ==, (gssize) n);
  close (fd);
}

/* A source that has read the first half of a growing file. */
static IsthSource *
follow_half (const char       *path,
             const GByteArray *bytes,
             uint64_t         *frames)
{
  IsthSource *source;

  g_unlink (path);
  append (path, bytes->data, bytes->len / 2);
  source = isth_source_new_followed (path, NULL);
  g_assert_true (isth_source_begin (source, NULL));
  isth_source_set_patience (source, 0);
  *frames = 0;
  g_assert_true (read_all (source, frames));
  g_assert_cmpuint (*frames, <, 3);
  return source;
}

static void
test_follow (void)
{
  g_autofree char *path = g_build_filename (folder, "growing", NULL);

  for (unsigned which = 0; which < N_SAMPLES; which++)
    {
      g_autoptr(GByteArray) bytes = make_capture (which);
      g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
      uint64_t frames;
      IsthSource *source = follow_half (path, bytes, &frames);

      append (path, bytes->data + bytes->len / 2, bytes->len - bytes->len / 2);
      g_assert_true (read_all (source, &frames));
      g_assert_cmpuint (frames, ==, 3);
      isth_source_stop (source);
      g_assert_false (read_all (source, &frames));
      g_assert_cmpuint (isth_source_get_info (source)->notes->len, ==, 0);
      g_assert_cmpstr (isth_source_get_info (source)->sha256, ==, digest);
      isth_source_free (source);
    }
}

static const char *
get_note (IsthSource *source)
{
  const IsthCaptureInfo *info = isth_source_get_info (source);

  g_assert_cmpuint (info->notes->len, >=, 1);
  return ((const IsthCaptureNote *) info->notes->pdata[info->notes->len - 1])->text;
}

static void
test_follow_ends (void)
{
  g_autoptr(GByteArray) bytes = make_capture (0);
  g_autofree char *path = g_build_filename (folder, "rotating", NULL), *other = g_build_filename (folder, "rotating.1", NULL);
  uint64_t frames;
  IsthSource *source;

  /* made shorter */
  source = follow_half (path, bytes, &frames);
  g_assert_cmpint (truncate (path, 10), ==, 0);
  g_assert_false (read_all (source, &frames));
  g_assert_nonnull (strstr (get_note (source), "shorter"));
  g_assert_true (isth_source_get_info (source)->truncated);
  isth_source_free (source);

  /* moved away: what was still written to it is read */
  source = follow_half (path, bytes, &frames);
  append (path, bytes->data + bytes->len / 2, bytes->len - bytes->len / 2);
  g_assert_cmpint (g_rename (path, other), ==, 0);
  append (path, bytes->data, 24);
  g_assert_false (read_all (source, &frames));
  g_assert_cmpuint (frames, ==, 3);
  g_assert_nonnull (strstr (get_note (source), "another one has its name"));
  g_assert_false (isth_source_get_info (source)->truncated);
  isth_source_free (source);

  /* cancelled while it waits */
  source = follow_half (path, bytes, &frames);
  isth_source_set_patience (source, -1);
  isth_source_cancel (source);
  g_assert_false (read_all (source, &frames));
  isth_source_free (source);
  g_unlink (path);
  g_unlink (other);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("isthmus-live-XXXXXX", NULL);
  g_test_add_func ("/capture/live/silence", test_silence);
  g_test_add_func ("/capture/live/recording-fails", test_recording_fails);
  g_test_add_func ("/capture/live/follow", test_follow);
  g_test_add_func ("/capture/live/follow-ends", test_follow_ends);
  status = g_test_run ();
  {
    g_autofree char *path = g_build_filename (folder, "recording", NULL), *growing = g_build_filename (folder, "growing", NULL);

    g_unlink (path);
    g_unlink (growing);
    g_rmdir (folder);
  }
  return status;
}
