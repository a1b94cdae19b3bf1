/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Captures that are still being made: a file that grows, a pipe. The first Ctrl+C ends the capture, not the report. */
#include <signal.h>
#include <string.h>

#include "analysis/isthmus.h"
#include "analysis/tools/cli.h"

#define PATIENCE 200 /* ms of silence after which commits have their turn */

static IsthSource *volatile stoppable;

static void
on_stop (int number)
{
  IsthSource *source = stoppable;

  if (source)
    isth_source_stop (source);
}

static void
catch_stop (void)
{
  struct sigaction action = { .sa_handler = on_stop, .sa_flags = (int) SA_RESETHAND }; /* the second one ends us as ever */

  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
}

IsthSource *
cli_open_source (const char *path,
                 bool follow,
                 GError **error)
{
  g_autoptr(IsthSource) source = follow ? isth_source_new_followed (path, error) : isth_source_new (path, error);

  if (!source)
    return NULL;
  /* Whoever feeds a pipe gets the same Ctrl+C and ends it. */
  if (follow || strcmp (path, "-") == 0)
    {
      stoppable = source;
      catch_stop ();
    }
  if (!isth_source_begin (source, error))
    {
      stoppable = NULL;
      return NULL;
    }
  isth_source_set_patience (source, PATIENCE);
  return g_steal_pointer (&source);
}

void
cli_close_source (IsthSource *source)
{
  stoppable = NULL;
  isth_source_free (source);
}
