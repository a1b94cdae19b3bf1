/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every fuzz target over all that is known to it: its seeds, each finding of the past (corpus/TARGET/), and a few damaged copies of each that are the same
 * in every run. Also lists targets and writes their seeds, for tests/fuzz/run.
 *
 * usage: replay [GLIB-TEST-ARGUMENT…]
 *        replay --list
 *        replay --seeds FOLDER */
#include <glib.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "tests/fuzz/target.h"

#define ISTH_CORPUS_FOLDER ISTH_SOURCE_DATA_FOLDER "/../tests/fuzz/corpus"

#define DAMAGED_COPIES 8
#define DAMAGED_BYTES 4096 /* longer inputs are damaged near their beginning, where most of their structure is */

/* In a block of exactly its size, so that a read past its end is seen. */
static void
run_exact (const IsthFuzzTarget *target,
           const uint8_t *data,
           size_t size)
{
  uint8_t *block = g_memdup2 (size ? data : (const uint8_t *) "", MAX (size, 1));

  target->run (target->what, block, size);
  g_free (block);
}

static void
run_damaged (const IsthFuzzTarget *target,
             GBytes *input)
{
  static const uint8_t values[] = { 0x00, 0xff, 0x01, 0x7f, 0x80 };
  gsize size;
  const uint8_t *data = g_bytes_get_data (input, &size);
  g_autoptr(GRand) random = g_rand_new_with_seed ((guint32) size);
  g_autofree uint8_t *copy = g_memdup2 (data, size);

  for (int i = 0; size > 0 && i < DAMAGED_COPIES; i++)
    {
      uint32_t room = (uint32_t) MIN (size, DAMAGED_BYTES);

      for (int k = 0; k < 3; k++)
        copy[g_rand_int_range (random, 0, (gint32) room)] = values[g_rand_int_range (random, 0, G_N_ELEMENTS (values))];
      run_exact (target, copy, i % 2 ? size : (size_t) g_rand_int_range (random, 0, (gint32) room + 1));
      memcpy (copy, data, size);
    }
}

/* What was found once: files in corpus/TARGET. */
static void
add_findings (const IsthFuzzTarget *target,
              GPtrArray *inputs)
{
  g_autofree char *folder = g_build_filename (ISTH_CORPUS_FOLDER, target->name, NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *bytes;
      gsize size;

      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      g_ptr_array_add (inputs, g_bytes_new_take (bytes, size));
    }
}

static void
test_target (gconstpointer data)
{
  const IsthFuzzTarget *target = data;
  g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  target->seed (target->what, inputs);
  g_assert_cmpuint (inputs->len, >, 0);
  add_findings (target, inputs);
  run_exact (target, NULL, 0);
  for (guint i = 0; i < inputs->len; i++)
    {
      gsize size;
      const uint8_t *bytes = g_bytes_get_data (inputs->pdata[i], &size);

      run_exact (target, bytes, size);
      run_damaged (target, inputs->pdata[i]);
    }
}

static void
write_seeds (const IsthFuzzTarget *target,
             const char *parent)
{
  g_autofree char *folder = g_build_filename (parent, target->name, NULL);
  g_autoptr(GPtrArray) seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  target->seed (target->what, seeds);
  for (guint i = 0; i < seeds->len; i++)
    {
      g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, seeds->pdata[i]);
      g_autofree char *path = g_build_filename (folder, sum, NULL);
      gsize size;
      const char *bytes = g_bytes_get_data (seeds->pdata[i], &size);

      g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
    }
}

int
main (int argc,
      char **argv)
{
  const GArray *targets = isth_fuzz_targets ();
  bool list = argc == 2 && strcmp (argv[1], "--list") == 0;
  const char *seeds = argc == 3 && strcmp (argv[1], "--seeds") == 0 ? argv[2] : NULL;

  if (!list && !seeds)
    g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < targets->len; i++)
    {
      const IsthFuzzTarget *target = &g_array_index (targets, IsthFuzzTarget, i);
      g_autofree char *path = g_strconcat ("/fuzz/", target->name, NULL);

      if (list)
        puts (target->name);
      else if (seeds)
        write_seeds (target, seeds);
      else
        g_test_add_data_func (path, target, test_target);
    }
  return list || seeds ? 0 : g_test_run ();
}
