/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often something comes again: the mean distance of its repetitions, and how much they deviate from it. */
#pragma once

#include <math.h>
#include <stdint.h>

/* How far apart the repetitions of something are, in units of ISTH_CYCLE_UNIT: how many distances of under ISTH_CYCLE_LONGEST, their sum, and the sum of
 * their squares. Pauses are no distances, and neither are copies of a frame. */
#define ISTH_CYCLE_UNIT 10000                            /* ns */
#define ISTH_CYCLE_LONGEST (600 * INT64_C (1000000000))  /* ns */
typedef struct
{
  uint64_t n, sum, squares;
} IsthCycle;

/* Adds @more to @self, unless that would overflow. */
static inline void
isth_cycle_add (IsthCycle       *self,
                const IsthCycle *more)
{
  if (more->squares > UINT64_MAX - self->squares || more->sum > UINT64_MAX - self->sum || more->n > UINT64_MAX - self->n)
    return;
  self->n += more->n;
  self->sum += more->sum;
  self->squares += more->squares;
}

/* Adds the distance from @before to @now (ns UTC). */
static inline void
isth_cycle_note (IsthCycle *self,
                 int64_t    before,
                 int64_t    now)
{
  uint64_t distance = (uint64_t) now - (uint64_t) before;

  if (now <= before || distance >= ISTH_CYCLE_LONGEST)
    return;
  distance /= ISTH_CYCLE_UNIT;
  if (distance * distance > UINT64_MAX - self->squares) /* the others are smaller */
    return;
  self->n++;
  self->sum += distance;
  self->squares += distance * distance;
}

#define ISTH_CYCLE_TOLD 3 /* distances; fewer are no habit, and not shown to people */

/* The mean distance, in milliseconds; 0: it did not come again. */
static inline double
isth_cycle_mean (const IsthCycle *self)
{
  return self->n == 0 ? 0 : (double) self->sum / (double) self->n * (ISTH_CYCLE_UNIT / 1e6);
}

/* The standard deviation of the distances, in milliseconds. */
static inline double
isth_cycle_jitter (const IsthCycle *self)
{
  double mean = self->n == 0 ? 0 : (double) self->sum / (double) self->n;
  double variance = self->n == 0 ? 0 : (double) self->squares / (double) self->n - mean * mean;

  return variance > 0 ? sqrt (variance) * (ISTH_CYCLE_UNIT / 1e6) : 0;
}
