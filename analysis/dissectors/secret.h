/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be said of a secret that was sent in clear: that it was there, and about how long it is. */
#pragma once

#include "analysis/base/cursor.h"

#define ISTH_SECRET_CUT SIZE_MAX /* nobody can tell: it was not captured */

/* How long a secret of @n characters is, as a class. */
static inline const char *
isth_secret_class (size_t n)
{
  return n == ISTH_SECRET_CUT ? "not captured" : n == 0 ? "empty" : n < 8 ? "under 8 characters" : n < 12 ? "8 to 11 characters" : n < 16 ? "12 to 15 characters" : "16 characters or more";
}

/* The same of one in a field of @n bytes, filled up with blanks or NULs. */
static inline const char *
isth_secret_class_of_field (const uint8_t *field, size_t n)
{
  if (!field)
    return isth_secret_class (ISTH_SECRET_CUT);
  while (n > 0 && (field[n - 1] == ' ' || field[n - 1] == 0))
    n--;
  return isth_secret_class (n);
}

/* The same of one whose length stands in the byte at which @c is, or with @wide in two. */
static inline const char *
isth_secret_class_at (IsthCursor c, bool wide)
{
  size_t n = wide ? isth_cursor_be16 (&c) : isth_cursor_u8 (&c);

  return isth_secret_class (c.failed ? ISTH_SECRET_CUT : n);
}
