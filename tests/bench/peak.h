/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Most resident memory of this process. Not getrusage(): that also counts what the program held that started us. */
#pragma once

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

/* KiB; 0 where /proc does not say. */
static inline uint64_t
bench_get_peak (void)
{
  FILE *status = fopen ("/proc/self/status", "re");
  char line[128];
  uint64_t peak = 0;

  while (status && fgets (line, sizeof line, status))
    if (sscanf (line, "VmHWM: %" SCNu64, &peak) == 1)
      break;
  if (status)
    fclose (status);
  return peak;
}
