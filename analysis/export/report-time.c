/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as reports and listings write them: RFC 3339, UTC, nanoseconds. */
#include <time.h>

#include "analysis/export/report.h"

#define NO_TIME INT64_MIN

const char *
isth_report_time (int64_t time,
                  char text[40])
{
  int64_t seconds = time / 1000000000, rest = time % 1000000000;
  time_t when;
  struct tm tm;

  text[0] = '\0';
  if (time == NO_TIME)
    return text;
  if (rest < 0)
    {
      rest += 1000000000;
      seconds--;
    }
  when = (time_t) seconds;
  gmtime_r (&when, &tm);
  g_snprintf (text, 40, "%04d-%02d-%02dT%02d:%02d:%02d.%09dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
              (int) rest);
  return text;
}
