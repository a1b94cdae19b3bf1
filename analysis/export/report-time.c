/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as reports and listings write them: RFC 3339, UTC, nanoseconds. */
#include "analysis/export/report.h"

#include <string.h>

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

/* Exactly @n digits. */
static bool
get_digits (const char **at,
            int n,
            int *number)
{
  *number = 0;
  for (int i = 0; i < n; i++, (*at)++)
    {
      if (!g_ascii_isdigit (**at))
        return false;
      *number = *number * 10 + (**at - '0');
    }
  return true;
}

/* ".25" as 250000000; nothing as 0. */
static bool
get_fraction (const char **at,
              int64_t *fraction)
{
  int64_t unit = 1000000000;

  *fraction = 0;
  if (**at != '.')
    return true;
  for (++*at; g_ascii_isdigit (**at) && unit > 1; ++*at)
    {
      unit /= 10;
      *fraction += (**at - '0') * unit;
    }
  return unit < 1000000000;
}

/* "Z", "+01:00" or nothing, as minutes that the time is ahead. */
static bool
get_zone (const char **at,
          int *minutes)
{
  char sign = **at;
  int hour, minute;

  *minutes = 0;
  if (sign == 'Z')
    ++*at;
  if (sign != '+' && sign != '-')
    return true;
  ++*at;
  if (!get_digits (at, 2, &hour) || *(*at)++ != ':' || !get_digits (at, 2, &minute) || hour > 23 || minute > 59)
    return false;
  *minutes = (hour * 60 + minute) * (sign == '-' ? -1 : 1);
  return true;
}

static bool
join_time (int64_t seconds,
           int64_t fraction,
           int64_t *time)
{
  __int128 value = (__int128) seconds * 1000000000 + fraction;

  if (value <= NO_TIME || value > INT64_MAX)
    return false;
  *time = (int64_t) value;
  return true;
}

static bool
parse_seconds (const char *text,
               int64_t *time)
{
  const char *at = text;
  bool negative = *at == '-';
  int64_t seconds = 0, fraction;

  for (at += negative; g_ascii_isdigit (*at); at++)
    if (__builtin_mul_overflow (seconds, 10, &seconds) || __builtin_add_overflow (seconds, *at - '0', &seconds))
      return false;
  if (at == text + negative || !get_fraction (&at, &fraction) || *at)
    return false;
  return join_time (negative ? -seconds : seconds, negative ? -fraction : fraction, time);
}

bool
isth_report_parse_time (const char *text,
                        int64_t *time)
{
  const char *at = text;
  int year, month, day, hour, minute, second = 0, zone;
  int64_t fraction = 0;
  g_autoptr(GDateTime) date = NULL;

  if (!get_digits (&at, 4, &year) || *at++ != '-')
    return parse_seconds (text, time);
  if (!get_digits (&at, 2, &month) || *at++ != '-' || !get_digits (&at, 2, &day) || (*at != 'T' && *at != ' '))
    return false;
  at++;
  if (!get_digits (&at, 2, &hour) || *at++ != ':' || !get_digits (&at, 2, &minute))
    return false;
  if (*at == ':' && (at++, !get_digits (&at, 2, &second) || !get_fraction (&at, &fraction)))
    return false;
  if (!get_zone (&at, &zone) || *at || second > 59)
    return false;
  date = g_date_time_new_utc (year, month, day, hour, minute, second);
  return date && join_time (g_date_time_to_unix (date) - zone * 60, fraction, time);
}
