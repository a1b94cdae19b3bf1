/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the small captures of tests/golden as files, for those who run the programs over them: captures FOLDER FRAMES… */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "tests/helpers/frames.h"

int
main (int argc,
      char **argv)
{
  for (int i = 2; i < argc; i++)
    {
      g_autofree char *name = g_path_get_basename (argv[i]);
      g_autofree char *path = g_strdup_printf ("%s/%.*s.pcap", argv[1], (int) (strlen (name) - strlen (".frames")), name);
      g_autofree char *text = NULL;
      g_autoptr(GByteArray) file = NULL;
      g_autoptr(GError) error = NULL;

      if (g_file_get_contents (argv[i], &text, NULL, &error))
        {
          file = isth_test_pcap_from_text (text);
          g_file_set_contents (path, (const char *) file->data, file->len, &error);
        }
      if (error)
        {
          fprintf (stderr, "captures: %s\n", error->message);
          return 1;
        }
    }
  return 0;
}
