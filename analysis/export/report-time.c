/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as reports and listings write them: RFC 3339, UTC, nanoseconds. */
#include "analysis/export/report.h"

#define NO_TIME INT64_MIN

/* @n digits of @number, with zeros in front. */
static char *
put_digits (char *at,
            uint32_t number,
            int n)
{
  for (int i = n - 1; i >= 0; i--, number /= 10)
    at[i] = (char) ('0' + number % 10);
  return at + n;
}

/* Days since 1970 as a date: Howard Hinnant, "chrono-compatible low-level date algorithms"; a year begins with March, so that the leap day is its last. */
static char *
put_date (char *at,
          int64_t days)
{
  const int64_t shifted = days + 719468; /* since 0000-03-01, which no time of 64 bits of nanoseconds precedes */
  const uint32_t era = (uint32_t) (shifted / 146097), day_of_era = (uint32_t) (shifted % 146097);
  const uint32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const uint32_t shifted_month = (5 * day_of_year + 2) / 153;
  const uint32_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;

  at = put_digits (at, era * 400 + year_of_era + (month <= 2), 4);
  *at++ = '-';
  at = put_digits (at, month, 2);
  *at++ = '-';
  return put_digits (at, day_of_year - (153 * shifted_month + 2) / 5 + 1, 2);
}

const char *
isth_report_time (int64_t time,
                  char text[40])
{
  const int64_t day = INT64_C (86400) * 1000000000;
  int64_t days = time / day, rest = time % day;
  char *at = text;
  uint32_t second;

  text[0] = '\0';
  if (time == NO_TIME)
    return text;
  if (rest < 0)
    {
      rest += day;
      days--;
    }
  second = (uint32_t) (rest / 1000000000);
  at = put_date (at, days);
  *at++ = 'T';
  at = put_digits (at, second / 3600, 2);
  *at++ = ':';
  at = put_digits (at, second / 60 % 60, 2);
  *at++ = ':';
  at = put_digits (at, second % 60, 2);
  *at++ = '.';
  at = put_digits (at, (uint32_t) (rest % 1000000000), 9);
  *at++ = 'Z';
  *at = '\0';
  return text;
}
