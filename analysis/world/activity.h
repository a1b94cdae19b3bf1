/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When something was active, in 64 buckets whose width doubles as time grows: the index that answers a time window at once. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * IsthActivity:
 *
 * Bucket i covers [(start + i) << shift, (start + i + 1) << shift) ns, and its bit says whether anything was active in it. Zeroed
 * memory is "never". The buckets lie on an absolute grid, the first one is used, and they are as fine as 64 of them can be over what
 * was active: so the value is a function of the set of times, whatever their order and however they were merged.
 *
 * A bucket is at least 1.07 s wide, and its width doubles as the span grows, so that 32 to 64 of them cover it: 2.1 s for two minutes,
 * 69 s for an hour, 37 min for a day, 20 h for a month, 6.5 days for a year. Times before 1970 are as good as any.
 */
typedef struct
{
  uint64_t bits;
  int64_t start : 56; /* a time shifted right by at least 30: 34 bits */
  uint64_t shift : 8;
} IsthActivity;

G_STATIC_ASSERT (sizeof (IsthActivity) == 16); /* every flow, station, conversation, asset and link has one */

#define ISTH_ACTIVITY_SHIFT 30 /* the finest bucket: 2^30 ns, 1.07 s */

void isth_activity_add (IsthActivity *self, int64_t time);

/* Active from @first to @last without a pause, or so it must be taken: only the ends are known. ISTH_NO_TIME adds nothing. */
void isth_activity_add_span (IsthActivity *self, int64_t first, int64_t last);

void isth_activity_merge (IsthActivity *self, const IsthActivity *other);

/* Whether it may have been active in [from, to]: never false when it was, and true when it was active in a bucket that the window touches. */
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
