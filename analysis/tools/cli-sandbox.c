/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command line may still do once it looks at captures: see sandbox.h. */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/isthmus.h"
#include "analysis/tools/cli.h"

static bool wanted = true;

void
cli_take_no_sandbox (int *argc,
                     char **argv)
{
  int kept = 1;

  for (int i = 1; i < *argc; i++)
    {
      if (strcmp (argv[i], "--") == 0)
        {
          memmove (argv + kept, argv + i, sizeof *argv * (size_t) (*argc - i));
          kept += *argc - i;
          break;
        }
      if (strcmp (argv[i], "--no-sandbox") == 0)
        wanted = false;
      else
        argv[kept++] = argv[i];
    }
  *argc = kept;
  argv[kept] = NULL;
}

void
cli_confine (char *const *captures,
             const char *project)
{
  g_autofree char *full = project ? g_canonicalize_filename (project, NULL) : NULL;
  g_autofree char *folder = full ? g_path_get_dirname (full) : NULL;
  /* SQLite keeps its log beside the file itself, not beside a link to it. */
  char *target = full ? realpath (full, NULL) : NULL;
  g_autofree char *target_folder = target ? g_path_get_dirname (target) : NULL;
  const char *const folders[] = { folder, target_folder, NULL };

  free (target);
  if (wanted)
    isth_sandbox_enter (&(IsthSandboxPlaces){ (const char *const *) captures, folders });
}
