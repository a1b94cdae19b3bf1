/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of fuzz targets, and what several of them need. */
#include "tests/fuzz/target.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "analysis/isthmus.h"
#include "tests/helpers/frames.h"

#define ISTH_GOLDEN_FOLDER ISTH_SOURCE_DATA_FOLDER "/../tests/golden"

static int
compare_targets (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (((const IsthFuzzTarget *) a)->name, ((const IsthFuzzTarget *) b)->name);
}

static gpointer
make_targets (gpointer unused)
{
  static const IsthFuzzTarget *const lists[] = { isth_fuzz_readers, isth_fuzz_decoders, isth_fuzz_flows, isth_fuzz_whole, isth_fuzz_texts,
                                               isth_fuzz_vendors };
  GArray *targets = g_array_new (FALSE, FALSE, sizeof (IsthFuzzTarget));

  for (size_t i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const IsthFuzzTarget *target = lists[i]; target->name; target++)
      g_array_append_val (targets, *target);
  for (size_t i = 0; isth_dissectors[i]; i++)
    {
      IsthFuzzTarget target = isth_fuzz_dissector;

      target.name = g_strconcat (isth_fuzz_dissector.name, isth_dissectors[i]->id, NULL);
      target.what = isth_dissectors[i];
      g_array_append_val (targets, target);
    }
  g_array_sort (targets, compare_targets);
  return targets;
}

const GArray *
isth_fuzz_targets (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_targets, NULL);
}

const IsthFuzzTarget *
isth_fuzz_find (const char *name)
{
  const GArray *targets = isth_fuzz_targets ();

  for (guint i = 0; i < targets->len; i++)
    if (strcmp (g_array_index (targets, IsthFuzzTarget, i).name, name) == 0)
      return &g_array_index (targets, IsthFuzzTarget, i);
  return NULL;
}

void
isth_fuzz_add_seed (GPtrArray *seeds,
                    GByteArray *bytes)
{
  g_ptr_array_add (seeds, g_byte_array_free_to_bytes (bytes));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

GPtrArray *
isth_fuzz_golden (void)
{
  g_autoptr(GDir) dir = g_dir_open (ISTH_GOLDEN_FOLDER, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char *name;

  g_assert (dir != NULL);
  while ((name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".frames"))
      g_ptr_array_add (names, g_build_filename (ISTH_GOLDEN_FOLDER, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *text = NULL;

      g_assert (g_file_get_contents (names->pdata[i], &text, NULL, NULL));
      isth_fuzz_add_seed (files, isth_test_pcap_from_text (text));
    }
  return files;
}

void
isth_fuzz_foreach_frame (GBytes *file,
                         IsthFuzzFrameFunc func,
                         gpointer user_data)
{
  gsize size;
  const void *data = g_bytes_get_data (file, &size);
  g_autoptr(IsthSource) source = isth_source_open_memory (data, size, NULL);
  IsthFrame frame;

  g_assert (source != NULL);
  while (isth_source_read (source, &frame, 1) == 1)
    func (frame.link_type, frame.data, frame.captured, user_data);
}

static char *folder;

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

const char *
isth_fuzz_scratch (void)
{
  if (!folder)
    {
      folder = g_dir_make_tmp ("isthmus-fuzz-XXXXXX", NULL);
      g_assert (folder != NULL);
      atexit (remove_folder);
    }
  return folder;
}
