/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CPU time by part of the work, for `isthmus-cli analyze --timings` and the benchmarks. */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct
{
  const char *part;
  int64_t cpu; /* nanoseconds */
} IsthTiming;

/**
 * isth_timing_charge:
 * @part: what the calling thread did, a static string
 *
 * Charges the CPU time that the calling thread used since it last called this (or since it began) to @part. A thread that works for one part
 * calls it once, at its end; one that works for several calls it at each change. Any thread; costs under a microsecond, so not for each packet.
 */
void isth_timing_charge (const char *part);

/* The parts charged so far, in the order in which they were first charged. Returns how many of the @n rows were filled. */
size_t isth_timing_get (IsthTiming *rows, size_t n);
