/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CPU time by part: threads end before anybody asks, so each leaves its own figure here. */
#include "analysis/base/timing.h"

#include <glib.h>
#include <string.h>
#include <time.h>

#define PARTS 16 /* a program has a handful; further ones would be lost */

static GMutex lock;
static IsthTiming parts[PARTS]; /* under the lock, as n_parts */
static size_t n_parts;
static _Thread_local int64_t charged; /* of the calling thread's CPU time */

static IsthTiming *
find_part_unlocked (const char *name)
{
  for (size_t i = 0; i < n_parts; i++)
    if (strcmp (parts[i].part, name) == 0)
      return &parts[i];
  g_return_val_if_fail (n_parts < PARTS, NULL);
  parts[n_parts] = (IsthTiming){ .part = name };
  return &parts[n_parts++];
}

void
isth_timing_charge (const char *part)
{
  struct timespec now;
  int64_t cpu;
  IsthTiming *row;

  if (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now) != 0)
    return;
  cpu = (int64_t) now.tv_sec * 1000000000 + now.tv_nsec;

  g_mutex_lock (&lock);
  row = find_part_unlocked (part);
  if (row)
    row->cpu += cpu - charged;
  g_mutex_unlock (&lock);
  charged = cpu;
}

size_t
isth_timing_get (IsthTiming *rows,
                 size_t n)
{
  g_mutex_lock (&lock);
  n = MIN (n, n_parts);
  memcpy (rows, parts, n * sizeof *rows);
  g_mutex_unlock (&lock);
  return n;
}
