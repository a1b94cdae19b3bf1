/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the hostile captures of tests/helpers at size. usage: make-hostile FOLDER MEGABYTES [NAME…]; prints their names. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/helpers/hostile.h"

static bool
is_wanted (const char *name,
           char **names)
{
  if (!*names)
    return true;
  for (; *names; names++)
    if (g_str_equal (*names, name))
      return true;
  return false;
}

static bool
write_one (const IsthTestHostile *hostile,
           const char *folder,
           size_t size)
{
  g_autoptr(GByteArray) file = hostile->make (size);
  g_autofree char *path = g_build_filename (folder, hostile->name, NULL);
  g_autoptr(GError) error = NULL;

  if (g_file_set_contents (path, (const char *) file->data, (gssize) file->len, &error))
    {
      puts (hostile->name);
      return true;
    }
  fprintf (stderr, "make-hostile: %s\n", error->message);
  return false;
}

int
main (int argc,
      char **argv)
{
  size_t size = argc > 2 ? strtoul (argv[2], NULL, 10) * 1000000 : 0;

  if (size == 0)
    {
      fprintf (stderr, "usage: make-hostile FOLDER MEGABYTES [NAME…]\n");
      return 2;
    }
  for (size_t list = 0; isth_test_hostile[list]; list++)
    for (const IsthTestHostile *one = isth_test_hostile[list]; one->name; one++)
      if (is_wanted (one->name, argv + 3) && !write_one (one, argv[1], size))
        return 1;
  return 0;
}
