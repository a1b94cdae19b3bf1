/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts and repeats the file of isthmus-sample; its records have a fixed form (pcap, ns), so no reader under test is needed. */
#include "tests/helpers/sample-capture.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "analysis/detections/detect.h"
#include "analysis/export/report.h"
#include "tests/helpers/frames.h"

#define FILE_HEADER 24
#define RECORD_HEADER 16

static GByteArray *sample;
static GArray *offsets; /* of each record */

static uint32_t
get_le32 (const uint8_t *at)
{
  uint32_t value;

  memcpy (&value, at, sizeof value);
  return GUINT32_FROM_LE (value);
}

static void
make_sample (void)
{
  g_autofree char *folder = isth_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "sample.pcap", NULL);
  const char *program = g_getenv ("ISTHMUS_SAMPLE");
  g_autoptr(GError) error = NULL;
  char *bytes;
  gsize size;
  int status;

  g_assert_nonnull (program);
  g_spawn_sync (NULL, (char *[]) { (char *) program, path, NULL }, NULL, 0, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  isth_test_remove_folder (g_steal_pointer (&folder));

  sample = g_byte_array_new_take ((guint8 *) bytes, size);
  offsets = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  g_assert_cmpuint (get_le32 (sample->data), ==, 0xa1b23c4d);
  for (uint32_t at = FILE_HEADER; at < sample->len; at += RECORD_HEADER + get_le32 (sample->data + at + 8))
    g_array_append_val (offsets, at);
}

uint32_t
isth_test_sample_frames (void)
{
  if (!sample)
    make_sample ();
  return offsets->len;
}

GByteArray *
isth_test_sample_part (uint32_t first,
                       uint32_t n)
{
  GByteArray *file = g_byte_array_new ();
  uint32_t all = isth_test_sample_frames ();

  isth_test_pcap_begin (file, get_le32 (sample->data + 20));
  for (uint32_t i = first; i < first + n; i++)
    {
      const uint8_t *record = sample->data + g_array_index (offsets, uint32_t, i % all);
      int64_t time = get_le32 (record) * INT64_C (1000000000) + get_le32 (record + 4);

      isth_test_pcap_frame (file, time + i / all * ISTH_TEST_SAMPLE_LENGTH, record + RECORD_HEADER, get_le32 (record + 8), get_le32 (record + 12));
    }
  return file;
}

char *
isth_test_write (const char *folder,
                 const char *name,
                 const GByteArray *bytes)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, (const char *) bytes->data, bytes->len, &error);
  g_assert_no_error (error);
  return path;
}

char *
isth_test_make_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("isthmus-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
isth_test_remove_folder (char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        isth_test_remove_folder (path);
      else
        {
          g_unlink (path);
          g_free (path);
        }
    }
  g_rmdir (folder);
  g_free (folder);
}

char *
isth_test_report_snapshot (const IsthSnapshot *snapshot)
{
  char *text = NULL;
  size_t size;
  FILE *file = open_memstream (&text, &size);
  g_autoptr(GError) error = NULL;
  char *report;

  isth_report_write_json (snapshot, file, &error);
  g_assert_no_error (error);
  fclose (file);
  report = g_strndup (text, size);
  free (text); /* it is the C library's */
  return report;
}

char *
isth_test_report (IsthWorld *world)
{
  g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, isth_detect, world);

  return isth_test_report_snapshot (snapshot);
}
