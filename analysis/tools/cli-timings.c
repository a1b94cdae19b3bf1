/* SPDX-License-Identifier: GPL-3.0-or-later */
/* analyze --timings: where the time went. */
#include <glib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "analysis/isthmus.h"
#include "analysis/tools/cli.h"

#define PARTS 16

/* Most resident memory so far, KiB. Not getrusage(): that also counts what the program held that started us. */
static uint64_t
get_peak (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || !(line = g_strstr_len (status, -1, "VmHWM:")))
    return 0;
  return g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10);
}

static int64_t
get_process_cpu (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (int64_t) now.tv_sec * 1000000000 + now.tv_nsec;
}

static void
print_part (const char *part,
            int64_t cpu,
            uint64_t frames)
{
  fprintf (stderr, "%s\t%.3f\t%.1f\n", part, (double) cpu / 1e9, frames > 0 ? (double) cpu / (double) frames : 0);
}

void
cli_print_timings (uint64_t frames,
                   int64_t wall)
{
  IsthTiming parts[PARTS];
  size_t n = isth_timing_get (parts, PARTS);
  int64_t all = get_process_cpu (), rest = all;

  fprintf (stderr, "part\tcpu_seconds\tns_a_frame\n");
  for (size_t i = 0; i < n; i++)
    {
      print_part (parts[i].part, parts[i].cpu, frames);
      rest -= parts[i].cpu;
    }
  print_part ("rest", rest, frames);
  print_part ("all", all, frames);
  fprintf (stderr, "wall_seconds\tframes\tpeak_kib\n%.3f\t%" PRIu64 "\t%" PRIu64 "\n", (double) wall / 1e6, frames, get_peak ());
}
