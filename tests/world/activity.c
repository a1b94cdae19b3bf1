/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same times in any order, added or merged, give the same value; nothing is lost by coarsening. */
#include "analysis/world/activity.h"

#include <glib.h>
#include <string.h>

#include "analysis/base/time.h"

#define SECOND INT64_C (1000000000)
#define YEAR (SECOND * 86400 * 365)

/* Spans between times, so that every shift is reached, hostile years included. */
static const int64_t spans[] = { SECOND, 60 * SECOND, 86400 * SECOND, YEAR, 100 * YEAR, INT64_MAX };

static int64_t
random_time (int64_t span)
{
  uint64_t r = (uint64_t) g_test_rand_int () << 32 | (uint32_t) g_test_rand_int ();

  if (span == INT64_MAX)
    return MAX ((int64_t) r, INT64_MIN + 1);
  return 1700000000 * SECOND + (int64_t) (r % (uint64_t) span);
}

static void
shuffle (int64_t *times,
         int      n)
{
  for (int i = n - 1; i > 0; i--)
    {
      int j = g_test_rand_int_range (0, i + 1);
      int64_t t = times[i];

      times[i] = times[j];
      times[j] = t;
    }
}

static void
test_activity_order (void)
{
  for (size_t s = 0; s < G_N_ELEMENTS (spans); s++)
    for (int round = 0; round < 200; round++)
      {
        IsthActivity whole = { 0 }, other = { 0 }, parts[2] = { { 0 }, { 0 } };
        int64_t times[40];
        int n = g_test_rand_int_range (1, G_N_ELEMENTS (times));

        for (int i = 0; i < n; i++)
          isth_activity_add (&whole, times[i] = random_time (spans[s]));
        shuffle (times, n);
        for (int i = 0; i < n; i++)
          {
            isth_activity_add (&other, times[i]);
            isth_activity_add (&parts[i & 1], times[i]);
          }
        isth_activity_merge (&parts[0], &parts[1]);
        g_assert_cmpint (whole.start, ==, other.start);
        g_assert_cmpuint (whole.bits, ==, other.bits);
        g_assert_cmpuint (whole.shift, ==, other.shift);
        g_assert_cmpint (whole.start, ==, parts[0].start);
        g_assert_cmpuint (whole.bits, ==, parts[0].bits);
        g_assert_cmpuint (whole.shift, ==, parts[0].shift);
        for (int i = 0; i < n; i++)
          g_assert_true (isth_activity_touches (&whole, times[i], times[i]));
      }
}

static void
test_activity_touches (void)
{
  const int64_t bucket = INT64_C (1) << ISTH_ACTIVITY_SHIFT;
  IsthActivity self = { 0 };

  g_assert_false (isth_activity_touches (&self, INT64_MIN, INT64_MAX));
  isth_activity_add (&self, ISTH_NO_TIME);
  g_assert_cmpuint (self.bits, ==, 0);
  isth_activity_add (&self, 10 * bucket);
  isth_activity_add (&self, 20 * bucket);
  g_assert_true (isth_activity_touches (&self, INT64_MIN, INT64_MAX));
  g_assert_true (isth_activity_touches (&self, 10 * bucket, 10 * bucket));
  g_assert_true (isth_activity_touches (&self, 0, 10 * bucket));
  g_assert_true (isth_activity_touches (&self, 20 * bucket, INT64_MAX));
  g_assert_false (isth_activity_touches (&self, 0, 10 * bucket - 1));
  g_assert_false (isth_activity_touches (&self, 11 * bucket, 20 * bucket - 1));
  g_assert_false (isth_activity_touches (&self, 21 * bucket, INT64_MAX));
  g_assert_false (isth_activity_touches (&self, 20 * bucket, 10 * bucket));
}

/* Spans in any order; each covers all between its ends. */
static void
test_activity_span (void)
{
  for (size_t s = 0; s + 1 < G_N_ELEMENTS (spans); s++)
    for (int round = 0; round < 100; round++)
      {
        IsthActivity forwards = { 0 }, backwards = { 0 };
        int64_t ends[8];

        for (int i = 0; i < 8; i++)
          ends[i] = random_time (spans[s]);
        for (int i = 0; i < 8; i += 2)
          {
            isth_activity_add_span (&forwards, MIN (ends[i], ends[i + 1]), MAX (ends[i], ends[i + 1]));
            isth_activity_add_span (&backwards, MIN (ends[6 - i], ends[7 - i]), MAX (ends[6 - i], ends[7 - i]));
          }
        g_assert_cmpmem (&forwards, sizeof forwards, &backwards, sizeof backwards);
        for (int i = 0; i < 8; i += 2)
          {
            int64_t between = ends[i] + (ends[i + 1] - ends[i]) / 3;

            g_assert_true (isth_activity_touches (&forwards, between, between));
          }
      }
}

/* One second after another: each time the span outgrows 64 buckets they double, and no more than that. */
static void
test_activity_doubling (void)
{
  const int64_t start = 1700000000 * SECOND;
  IsthActivity self = { 0 };
  uint8_t shift = ISTH_ACTIVITY_SHIFT;

  for (int64_t i = 0; i < 100000; i++)
    {
      int64_t first = start >> shift, last = (start + i * SECOND) >> shift;

      isth_activity_add (&self, start + i * SECOND);
      if (last - first >= 64)
        shift++;
      g_assert_cmpuint (self.shift, ==, shift);
      g_assert_cmpuint (self.bits & 1, ==, 1);
    }
  g_assert_false (isth_activity_touches (&self, INT64_MIN, start - ((int64_t) 1 << shift)));
  g_assert_true (isth_activity_touches (&self, start + 50000 * SECOND, start + 50001 * SECOND));
}

/* A capture whose clock runs backwards all the way is the same as one that runs forwards. */
static void
test_activity_backwards (void)
{
  IsthActivity forwards = { 0 }, backwards = { 0 };

  for (int i = 0; i < 5000; i++)
    {
      isth_activity_add (&forwards, 1700000000 * SECOND + i * 7 * SECOND);
      isth_activity_add (&backwards, 1700000000 * SECOND + (4999 - i) * 7 * SECOND);
    }
  g_assert_cmpmem (&forwards, sizeof forwards, &backwards, sizeof backwards);
}

/* What the header promises, and the ends of what a time can be. */
static void
test_activity_resolution (void)
{
  static const struct
  {
    const char *name;
    int64_t start, span, width; /* the bucket is at most that wide */
  } cases[] = {
    { "one packet", 1700000000 * SECOND, 0, SECOND * 11 / 10 },
    { "two minutes", 1700000000 * SECOND, 120 * SECOND, SECOND * 22 / 10 },
    { "an hour", 1700000000 * SECOND, 3600 * SECOND, 69 * SECOND },
    { "a day", 1700000000 * SECOND, 86400 * SECOND, 37 * 60 * SECOND },
    { "four months", 1700000000 * SECOND, 120 * 86400 * SECOND, 4 * 86400 * SECOND },
    { "before 1970", -1000000000 * SECOND, 3600 * SECOND, 69 * SECOND },
    { "across 1970", -1800 * SECOND, 3600 * SECOND, 69 * SECOND },
    { "the first time there is", INT64_MIN + 1, 3600 * SECOND, 69 * SECOND },
    { "the last time there is", INT64_MAX - 3600 * SECOND, 3600 * SECOND, 69 * SECOND },
    { "all times there are", INT64_MIN + 1, INT64_MAX, INT64_C (1) << 58 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IsthActivity self = { 0 };
      int64_t end = cases[i].start + cases[i].span;

      g_test_message ("%s", cases[i].name);
      isth_activity_add (&self, end);
      isth_activity_add (&self, cases[i].start);
      g_assert_cmpint (INT64_C (1) << self.shift, <=, cases[i].width);
      g_assert_true (isth_activity_touches (&self, cases[i].start, cases[i].start));
      g_assert_true (isth_activity_touches (&self, end, end));
      g_assert_true (isth_activity_touches (&self, INT64_MIN + 1, INT64_MAX));
      if (cases[i].span > 4 * cases[i].width)
        g_assert_false (isth_activity_touches (&self, cases[i].start + cases[i].width, end - cases[i].width));
    }
}

static void
test_histogram_order (void)
{
  for (size_t s = 0; s < G_N_ELEMENTS (spans); s++)
    for (int round = 0; round < 50; round++)
      {
        g_autofree IsthHistogram *all = g_new0 (IsthHistogram, 4);
        int64_t times[60];
        int n = g_test_rand_int_range (1, G_N_ELEMENTS (times));
        uint64_t frames = 0, bytes = 0;

        for (int i = 0; i < n; i++)
          isth_histogram_add (&all[0], times[i] = random_time (spans[s]), 1, 100);
        shuffle (times, n);
        for (int i = 0; i < n; i++)
          {
            isth_histogram_add (&all[1], times[i], 1, 100);
            isth_histogram_add (&all[2 + (i & 1)], times[i], 1, 100);
          }
        isth_histogram_merge (&all[2], &all[3]);
        g_assert_cmpmem (&all[0], sizeof *all, &all[1], sizeof *all);
        g_assert_cmpint (all[0].start, ==, all[2].start);
        g_assert_cmpuint (all[0].shift, ==, all[2].shift);
        g_assert_cmpmem (all[0].frames, sizeof all->frames, all[2].frames, sizeof all->frames);
        g_assert_cmpmem (all[0].bytes, sizeof all->bytes, all[2].bytes, sizeof all->bytes);
        for (int i = 0; i < ISTH_HISTOGRAM_BUCKETS; i++)
          {
            frames += all[0].frames[i];
            bytes += all[0].bytes[i];
          }
        g_assert_cmpuint (frames, ==, (uint64_t) n);
        g_assert_cmpuint (bytes, ==, (uint64_t) n * 100);
      }
}

static void
test_histogram_nothing (void)
{
  IsthHistogram self = { 0 }, empty = { 0 };

  isth_histogram_add (&self, ISTH_NO_TIME, 1, 1);
  isth_histogram_add (&self, 5, 0, 0);
  isth_histogram_merge (&self, &empty);
  g_assert_false (self.used);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/activity/order", test_activity_order);
  g_test_add_func ("/activity/touches", test_activity_touches);
  g_test_add_func ("/activity/span", test_activity_span);
  g_test_add_func ("/activity/doubling", test_activity_doubling);
  g_test_add_func ("/activity/backwards", test_activity_backwards);
  g_test_add_func ("/activity/resolution", test_activity_resolution);
  g_test_add_func ("/histogram/order", test_histogram_order);
  g_test_add_func ("/histogram/nothing", test_histogram_nothing);
  return g_test_run ();
}
