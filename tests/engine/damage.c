/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prefixes of every golden capture, and bytes of it damaged, through the whole path to the report: nothing breaks, and what is missing is never passed over in
 * silence. There are many golden captures: of each about POSITIONS places are tried. ISTHMUS_DAMAGE=all tries them all, gives each byte all of its other values,
 * and makes the report of each (an hour). */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/isthmus.h"
#include "tests/helpers/frames.h"

#define FILE_HEADER 24
#define RECORD_HEADER 16
#define NOW 1700000000 /* s */
#define REPORT_EVERY 8 /* damaged captures, of which one goes on to the report */

#define POSITIONS 100 /* of one capture */

static bool everything;

/* How far apart the places are that are tried in a file of @length; odd, so that they fall on every part of a number. */
static guint
get_step (guint length)
{
  return everything ? 1 : length / POSITIONS | 1;
}

/* What became of a capture. */
typedef struct
{
  bool opened;
  bool noted; /* that something is wrong with the file */
  uint64_t frames;
} Outcome;

static void
make_report (IsthFacts *facts)
{
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthSnapshot) snapshot = NULL;
  g_autoptr(GError) error = NULL;
  char *text = NULL;
  size_t size;
  FILE *file = open_memstream (&text, &size);

  isth_world_add_facts (world, facts);
  snapshot = isth_world_resolve (world, isth_detect, world);
  isth_report_write_json (snapshot, file, &error);
  g_assert_no_error (error);
  fclose (file);
  g_assert_true (g_utf8_validate (text, (gssize) size, NULL));
  free (text);
}

static Outcome
read_capture (const uint8_t *data,
              size_t size,
              bool report)
{
  g_autofree uint8_t *block = g_memdup2 (data, size); /* of exactly this size, so that a read past its end is seen */
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open_memory (block, size, &error);
  g_autoptr(IsthPipeline) pipeline = NULL;
  g_autoptr(IsthFacts) facts = NULL;
  const IsthFactCapture *capture;

  if (!source)
    {
      g_assert_nonnull (error);
      return (Outcome){ .noted = true };
    }
  pipeline = isth_pipeline_new ();
  facts = isth_facts_new ();
  isth_pipeline_run (pipeline, source, facts);
  capture = isth_facts_get_capture (facts);
  g_assert_cmpuint (capture->frames, ==, isth_source_get_info (source)->frames);
  g_assert_true ((capture->truncated || capture->damaged > 0) == (isth_source_get_info (source)->truncated || isth_source_get_info (source)->damaged > 0));
  if (report)
    make_report (facts);
  return (Outcome){ true, capture->truncated || capture->damaged > 0 || (capture->notes && capture->notes[0]), capture->frames };
}

/* Where each record begins, and where the last one ends. */
static GArray *
find_records (const GByteArray *file)
{
  GArray *offsets = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  uint32_t at = FILE_HEADER;

  g_array_append_val (offsets, at);
  while (at < file->len)
    {
      uint32_t captured;

      memcpy (&captured, file->data + at + 8, sizeof captured);
      at += RECORD_HEADER + GUINT32_FROM_LE (captured);
      g_array_append_val (offsets, at);
    }
  return offsets;
}

/* Moved to our time: where the clock stands at zero, any run of zeros has the time of a frame. */
static GByteArray *
load_golden (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr(GArray) records = NULL;
  GByteArray *file;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  file = isth_test_pcap_from_text (text);
  records = find_records (file);
  for (guint i = 0; i + 1 < records->len; i++)
    {
      uint8_t *at = file->data + g_array_index (records, uint32_t, i);
      uint32_t second;

      memcpy (&second, at, sizeof second);
      second = GUINT32_TO_LE (GUINT32_FROM_LE (second) + NOW);
      memcpy (at, &second, sizeof second);
    }
  return file;
}

/* All frames before the cut are read, what there is of the one that is cut as well, and the cut is told. */
static void
test_prefixes (gconstpointer data)
{
  g_autoptr(GByteArray) file = load_golden (data);
  g_autoptr(GArray) records = find_records (file);
  guint whole = 0;

  for (guint n = 0; n < file->len; n += get_step (file->len))
    {
      Outcome outcome = read_capture (file->data, n, everything || n % REPORT_EVERY == 0);
      bool inside;

      while (whole + 1 < records->len && g_array_index (records, uint32_t, whole + 1) <= n)
        whole++;
      if (n < FILE_HEADER)
        {
          g_assert_true (outcome.noted && outcome.frames == 0);
          continue;
        }
      inside = n != g_array_index (records, uint32_t, whole);
      g_assert_true (outcome.opened && outcome.noted == inside);
      g_assert_true (outcome.frames == whole || (inside && outcome.frames == whole + 1));
    }
}

static void
check_damage (const GByteArray *file,
              guint at,
              guint n_records,
              bool in_header,
              bool report)
{
  Outcome outcome = read_capture (file->data, file->len, report);

  if (!in_header)
    g_assert_true (outcome.opened && !outcome.noted && outcome.frames == n_records);
  else if (outcome.frames != n_records && !outcome.noted)
    g_error ("byte %u is 0x%02x: %u frames became %" G_GUINT64_FORMAT " without a word", at, file->data[at], n_records, outcome.frames);
}

static void
test_damage (gconstpointer data)
{
  g_autoptr(GByteArray) file = load_golden (data);
  g_autoptr(GArray) records = find_records (file);
  guint n_records = records->len - 1, record = 0;

  for (guint at = 0; at < file->len; at += get_step (file->len))
    {
      const uint8_t byte = file->data[at];
      const uint8_t values[] = { 0x00, 0xff, byte ^ 0x01, byte ^ 0x80 };
      bool in_header;

      while (at >= g_array_index (records, uint32_t, record + 1))
        record++;
      in_header = at < FILE_HEADER || at < g_array_index (records, uint32_t, record) + RECORD_HEADER;
      for (guint i = 0; i < (everything ? 256 : G_N_ELEMENTS (values)); i++)
        {
          file->data[at] = everything ? (uint8_t) i : values[i];
          if (file->data[at] != byte)
            check_damage (file, at, n_records, in_header, everything || (at + i) % REPORT_EVERY == 0);
        }
      file->data[at] = byte;
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

int
main (int argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  everything = g_strcmp0 (g_getenv ("ISTHMUS_DAMAGE"), "all") == 0;
  folder = g_test_build_filename (G_TEST_DIST, "golden", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".frames"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *prefixes = g_strdup_printf ("/damage/prefixes/%s", (const char *) names->pdata[i]);
      g_autofree char *bytes = g_strdup_printf ("/damage/bytes/%s", (const char *) names->pdata[i]);

      g_test_add_data_func_full (prefixes, g_build_filename (folder, names->pdata[i], NULL), test_prefixes, g_free);
      g_test_add_data_func_full (bytes, g_build_filename (folder, names->pdata[i], NULL), test_damage, g_free);
    }
  return g_test_run ();
}
