/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --from and --to: the time window of a command. */
#include <glib.h>
#include <glib/gi18n.h>

#include "analysis/isthmus.h"
#include "analysis/tools/cli.h"

void
cli_window_clear (CliWindow *self)
{
  g_free (self->from_text);
  g_free (self->to_text);
}

static bool
parse_end (const char *option,
           const char *text,
           int64_t *time)
{
  g_autofree char *complaint = NULL;

  if (!text || isth_report_parse_time (text, time))
    return true;
  complaint = g_strdup_printf (_("%s: “%s” is no time. Write it as in 2026-01-31T12:00:00Z, or in seconds since 1970."), option, text);
  cli_complain (complaint);
  return false;
}

bool
cli_window_parse (CliWindow *self)
{
  self->from = INT64_MIN + 1;
  self->to = INT64_MAX;
  self->given = self->from_text || self->to_text;
  if (!parse_end ("--from", self->from_text, &self->from) || !parse_end ("--to", self->to_text, &self->to))
    return false;
  if (self->from <= self->to)
    return true;
  cli_complain (_("--from is later than --to."));
  return false;
}

bool
cli_window_touches (const CliWindow *self,
                    int64_t first,
                    int64_t last)
{
  return !self->given || (first != INT64_MIN && first <= self->to && last >= self->from);
}
