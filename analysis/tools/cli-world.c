/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sessions, crossings and show look at: captures, read now, or a project. */
#include <fcntl.h>
#include <glib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/isthmus.h"
#include "analysis/tools/cli.h"

/* By its name, or by its first bytes, as any SQLite file begins. */
static bool
is_project (const char *path)
{
  static const char magic[16] = "SQLite format 3";
  char bytes[16];
  int fd = g_str_equal (path, "-") ? -1 : open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  bool same = fd >= 0 && read (fd, bytes, sizeof bytes) == sizeof bytes && memcmp (bytes, magic, sizeof magic) == 0;

  if (fd >= 0)
    close (fd);
  return same || g_str_has_suffix (path, ".isthmus");
}

static bool
load_project (const char *path,
              IsthWorld *world)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) project = NULL;

  cli_confine (NULL, path);
  project = isth_project_open (path, &error);
  if (project && isth_project_load (project, world, &error))
    return true;
  cli_complain (error->message);
  return false;
}

/* Returns an exit status. */
static int
read_captures (char **paths,
               IsthWorld *world)
{
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  int status = CLI_OK;

  cli_confine (paths, NULL);
  for (char **path = paths; *path; path++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(IsthFacts) facts = isth_facts_new ();
      IsthSource *source = cli_open_source (*path, false, &error);
      const IsthFactCapture *about = isth_facts_get_capture (facts);

      if (!source)
        {
          cli_complain (error->message);
          status = CLI_FAILED;
          continue;
        }
      isth_pipeline_run (pipeline, source, facts);
      if (!cli_check_read (source))
        status = CLI_FAILED;
      if (!isth_world_find_capture (world, about->fingerprint, about->sha256))
        isth_world_add_facts (world, facts);
      cli_close_source (source);
    }
  return status;
}

int
cli_read_world (char **paths,
                IsthWorld *world)
{
  if (!paths[1] && is_project (paths[0]))
    return load_project (paths[0], world) ? CLI_OK : CLI_FAILED;
  return read_captures (paths, world);
}
