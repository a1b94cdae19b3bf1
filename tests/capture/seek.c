/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A time window, or one frame, read with the index of an earlier reading gives what reading everything gives; and really passes
 * over the rest. */
#include <glib/gstdio.h>
#include <string.h>

#include "analysis/base/error.h"
#include "analysis/capture/source.h"
#include "tests/capture/make.h"

#define FRAMES 7000u
#define SIZE 2000u /* bytes of each: three parts and a bit in all */
#define SECOND INT64_C (1000000000)

static char *folder;

typedef enum { IN_ORDER, BACKWARDS, SAWTOOTH } Order;

static uint32_t
second_of (Order    order,
           uint32_t i)
{
  switch (order)
    {
    case BACKWARDS:
      return 1000 + FRAMES - i;
    case SAWTOOTH:
      return 1000 + i % 3000 + i / 3000;
    case IN_ORDER:
    default:
      return 1000 + i;
    }
}

static GByteArray *
make_ordered (Order order)
{
  GByteArray *bytes = make_pcap (0xa1b2c3d4, false, 0x20004, 1);

  for (uint32_t i = 0; i < FRAMES; i++)
    put_record (bytes, false, 16, second_of (order, i), i, SIZE, SIZE + i);
  return bytes;
}

/* Sections of both byte orders, interfaces that come late, other resolutions, blocks that take a number. */
static GByteArray *
make_sections (void)
{
  GByteArray *bytes = g_byte_array_new ();

  for (uint32_t i = 0; i < FRAMES; i++)
    {
      uint32_t in_section = i % 1500;
      bool big = i / 1500 % 2;

      if (in_section == 0)
        {
          put_section (bytes, big);
          put_interface (bytes, big, 1, 6, "eth0");
        }
      if (in_section == 700)
        put_interface (bytes, big, 113, 9, "any");
      if (in_section == 900)
        put_block (bytes, big, 0xbad, g_byte_array_append (g_byte_array_new (), (const uint8_t *) "\0\0\0\1", 4));
      if (in_section > 700 && i % 2)
        put_packet (bytes, big, 1, (uint64_t) (1000 + i) * SECOND + i, SIZE, SIZE);
      else
        put_packet (bytes, big, 0, (uint64_t) (1000 + i) * 1000000 + i, SIZE, SIZE + 1);
    }
  return bytes;
}

static GByteArray *
make_long_snoop (void)
{
  GByteArray *bytes = make_snoop (2, 4);

  for (uint32_t i = 0; i < FRAMES; i++)
    put_snoop_record (bytes, 1000 + i, SIZE, 0);
  return bytes;
}

static GByteArray *
make_file (unsigned int index,
           const char **name)
{
  static const char *const names[] = { "in order", "backwards", "sawtooth", "sections", "snoop" };

  if (index >= G_N_ELEMENTS (names))
    return NULL;
  *name = names[index];
  return index < 3 ? make_ordered ((Order) index) : index == 3 ? make_sections () : make_long_snoop ();
}

/* One line a frame of [from, to]; all of @source, that is read through. */
static char *
list_frames (IsthSource *source,
             int64_t     from,
             int64_t     to)
{
  GString *text = g_string_new (NULL);
  IsthFrame frames[32];
  size_t n;

  while ((n = isth_source_read (source, frames, G_N_ELEMENTS (frames))) > 0)
    for (size_t i = 0; i < n; i++)
      if (frames[i].time >= from && frames[i].time <= to)
        g_string_append_printf (text, "%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %u/%u %u @%" G_GUINT64_FORMAT "\n", frames[i].number,
                                frames[i].time, frames[i].captured, frames[i].wire, frames[i].link_type, frames[i].offset);
  return g_string_free (text, FALSE);
}

static IsthSource *
open_bytes (const GByteArray *bytes)
{
  g_autoptr(GError) error = NULL;
  IsthSource *source = isth_source_open_memory (bytes->data, bytes->len, &error);

  g_assert_no_error (error);
  return source;
}

static IsthOffsets *
index_bytes (const GByteArray *bytes)
{
  g_autoptr(IsthSource) source = open_bytes (bytes);
  g_autofree char *all = list_frames (source, INT64_MIN, INT64_MAX);

  return isth_offsets_ref (isth_source_get_offsets (source));
}

static void
test_window (void)
{
  GByteArray *bytes;
  const char *name;

  for (unsigned int i = 0; (bytes = make_file (i, &name)); i++)
    {
      g_autoptr(IsthOffsets) offsets = index_bytes (bytes);

      g_test_message ("%s", name);
      g_assert_cmpuint (offsets->parts->len, ==, 4);
      for (int round = 0; round < 5; round++)
        {
          int64_t from = (int64_t) g_test_rand_int_range (900, 9000) * SECOND, to = from + g_test_rand_int_range (-10, 1500) * SECOND;
          g_autoptr(IsthSource) whole = open_bytes (bytes);
          g_autoptr(IsthSource) indexed = open_bytes (bytes);
          g_autoptr(IsthSource) plain = open_bytes (bytes);
          g_autofree char *expected = list_frames (whole, from, to);
          g_autofree char *found = NULL, *slow = NULL;

          isth_source_set_window (indexed, from, to, offsets, NULL, NULL);
          isth_source_set_window (plain, from, to, NULL, NULL, NULL);
          g_assert_cmpstr (expected, ==, found = list_frames (indexed, INT64_MIN, INT64_MAX));
          g_assert_cmpstr (expected, ==, slow = list_frames (plain, INT64_MIN, INT64_MAX));
          g_assert_cmpuint (isth_source_get_info (indexed)->frames, ==, isth_source_get_info (plain)->frames);
          g_assert_cmpint (isth_source_get_info (indexed)->first, ==, isth_source_get_info (plain)->first);
        }
      g_byte_array_unref (bytes);
    }
}

/* What lies outside the parts of the window may be damaged for all that anybody would notice. */
static void
test_passes_over (void)
{
  GByteArray *bytes;
  const char *name;

  for (unsigned int i = 0; (bytes = make_file (i, &name)); i++)
    {
      g_autoptr(IsthOffsets) offsets = index_bytes (bytes);
      const IsthOffset *part = isth_offsets_get (offsets, 2);
      g_autoptr(IsthSource) sound = open_bytes (bytes);
      g_autoptr(IsthSource) source = NULL;
      g_autofree char *expected = list_frames (sound, part->first, part->last), *found = NULL;
      uint64_t kept[8] = { 0 };
      guint n = 0;

      if (i == 2)
        {
          g_byte_array_unref (bytes);
          continue; /* its times are everywhere */
        }
      for (uint32_t b = 0; b < part->n_blocks; b++)
        kept[n++] = g_array_index (offsets->blocks, uint64_t, part->first_block + b);
      for (uint64_t at = 256; at < isth_offsets_get (offsets, 3)->offset; at++)
        {
          bool needed = at >= part->offset;

          for (guint k = 0; k < n; k++)
            needed |= at >= kept[k] && at < kept[k] + 64;
          if (!needed)
            bytes->data[at] = 0xff;
        }
      source = open_bytes (bytes);
      isth_source_set_window (source, part->first, part->last, offsets, NULL, NULL);
      g_assert_cmpstr (expected, ==, found = list_frames (source, INT64_MIN, INT64_MAX));
      g_assert_cmpuint (isth_source_get_info (source)->damaged, ==, 0);
      g_byte_array_unref (bytes);
    }
}

static char *
write_file (const GByteArray *bytes)
{
  char *path = g_build_filename (folder, "seek", NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, (const char *) bytes->data, bytes->len, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_frame (void)
{
  GByteArray *bytes;
  const char *name;

  for (unsigned int i = 0; (bytes = make_file (i, &name)); i++)
    {
      g_autofree char *path = write_file (bytes);
      g_autoptr(IsthSource) source = isth_source_open (path, NULL);
      g_autofree char *all = list_frames (source, INT64_MIN, INT64_MAX);
      IsthOffsets *offsets = isth_source_get_offsets (source);

      for (uint64_t number = 1; number <= FRAMES; number += 499)
        {
          g_autoptr(GError) error = NULL;
          g_autoptr(GBytes) with = isth_source_read_frame (path, number, offsets, &error);
          g_autoptr(GBytes) without = isth_source_read_frame (path, number, NULL, NULL);

          g_assert_no_error (error);
          g_assert_cmpuint (g_bytes_get_size (with), ==, SIZE);
          g_assert_true (g_bytes_equal (with, without));
        }
      g_assert_null (isth_source_read_frame (path, FRAMES + 100, offsets, NULL));
      g_byte_array_unref (bytes);
    }
}

/* Another file under the name: words, not its bytes. */
static void
test_changed (void)
{
  g_autoptr(GByteArray) bytes = make_sections (), other = make_ordered (IN_ORDER);
  g_autofree char *path = write_file (bytes);
  g_autoptr(IsthSource) source = isth_source_open (path, NULL);
  g_autofree char *all = list_frames (source, INT64_MIN, INT64_MAX);
  const IsthCaptureInfo *info = isth_source_get_info (source);
  g_autoptr(GError) error = NULL;
  IsthSource *again;

  again = isth_source_open_again (path, info->size, info->fingerprint, &error);
  g_assert_no_error (error);
  isth_source_free (again);

  g_free (write_file (other));
  g_assert_null (isth_source_read_frame (path, 6000, isth_source_get_offsets (source), &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_FILE);
  g_clear_error (&error);
  g_assert_null (isth_source_open_again (path, info->size, info->fingerprint, &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "was changed"));
  g_clear_error (&error);
  g_unlink (path);
  g_assert_null (isth_source_open_again (path, info->size, info->fingerprint, &error));
  g_assert_nonnull (strstr (error->message, "There is no file"));
  g_clear_error (&error);
  g_assert_null (isth_source_open_again ("-", 0, 0, &error));
  g_assert_nonnull (strstr (error->message, "pipe"));
}

/* Packed files have no index; a window of them is looked for from the start. */
static void
test_packed (void)
{
  g_autoptr(GByteArray) bytes = make_ordered (SAWTOOTH);
  g_autoptr(GBytes) packed = pack (bytes->data, bytes->len, "gzip");
  gsize n;
  const void *data = g_bytes_get_data (packed, &n);
  g_autoptr(IsthOffsets) offsets = index_bytes (bytes);
  g_autoptr(IsthSource) whole = open_bytes (bytes);
  g_autoptr(IsthSource) source = isth_source_open_memory (data, n, NULL);
  g_autofree char *expected = list_frames (whole, 2000 * SECOND, 2100 * SECOND), *found = NULL;

  g_assert_null (isth_source_get_offsets (source));
  isth_source_set_window (source, 2000 * SECOND, 2100 * SECOND, offsets, NULL, NULL);
  found = list_frames (source, INT64_MIN, INT64_MAX);
  g_assert_cmpstr (expected, ==, found);
  g_assert_cmpuint (strlen (found), >, 1000);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("isthmus-seek-XXXXXX", NULL);
  g_test_add_func ("/seek/window", test_window);
  g_test_add_func ("/seek/passes-over", test_passes_over);
  g_test_add_func ("/seek/frame", test_frame);
  g_test_add_func ("/seek/changed", test_changed);
  g_test_add_func ("/seek/packed", test_packed);
  status = g_test_run ();
  {
    g_autofree char *path = g_build_filename (folder, "seek", NULL);

    g_unlink (path);
    g_rmdir (folder);
    g_free (folder);
  }
  return status;
}
