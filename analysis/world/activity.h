/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When something was active, in 64 buckets whose width doubles as time grows. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/**
 * IsthActivity:
 *
 * Bucket i covers [(start + i) << shift, (start + i + 1) << shift) ns. Zeroed memory is "never". The buckets lie on an absolute
 * grid, so that adding and merging in any order gives the same value.
 */
typedef struct
{
  int64_t start;
  uint64_t bits;
  uint8_t shift;
} IsthActivity;

#define ISTH_ACTIVITY_SHIFT 30 /* the finest bucket: 2^30 ns, 1.07 s */

void isth_activity_add (IsthActivity *self, int64_t time);
void isth_activity_merge (IsthActivity *self, const IsthActivity *other);

/* Whether it may have been active in [from, to]. */
bool isth_activity_touches (const IsthActivity *self, int64_t from, int64_t to);

#define ISTH_HISTOGRAM_BUCKETS 512
#define ISTH_HISTOGRAM_SHIFT 27 /* the finest bucket: 2^27 ns, 0.13 s */

/* How many frames and bytes when; the same grid. */
typedef struct
{
  int64_t start;
  uint8_t shift;
  bool used;
  uint64_t frames[ISTH_HISTOGRAM_BUCKETS];
  uint64_t bytes[ISTH_HISTOGRAM_BUCKETS];
} IsthHistogram;

void isth_histogram_add (IsthHistogram *self, int64_t time, uint64_t frames, uint64_t bytes);
void isth_histogram_merge (IsthHistogram *self, const IsthHistogram *other);
