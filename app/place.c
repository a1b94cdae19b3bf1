/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths. The build tree comes first, so that a program never runs with another version's parts. */
#include "app/place.h"

char *
isth_place_get_program_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program ? g_path_get_dirname (program) : NULL;
}

char *
isth_place_get_unsaved_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "isthmus", "unsaved", NULL);
}

char *
isth_place_get_sample (void)
{
  return g_build_filename (g_get_user_cache_dir (), "isthmus", "sample-plant.pcapng", NULL);
}

char *
isth_place_find_sample_program (void)
{
  g_autofree char *folder = isth_place_get_program_folder ();
  g_autofree char *built = folder ? g_build_filename (folder, "..", "analysis", "tools", "isthmus-sample", NULL) : NULL;
  g_autofree char *installed = g_build_filename (ISTH_LIBEXEC_FOLDER, "isthmus-sample", NULL);

  if (built && g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);
  if (g_file_test (installed, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&installed);

  return NULL;
}
