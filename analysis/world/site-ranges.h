/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The address ranges that a person says are the site's own, so that public ones among them are not taken for the outside. Each is an IsthEdit: its
 * address, and as value of the attribute site_range the length of the prefix. */
#pragma once

#include "analysis/world/world.h"

typedef struct
{
  IsthAddress network; /* the bits behind the prefix are zero */
  uint8_t bits;
} IsthSiteRange;

/* Reads "203.0.113.0/24", "2001:db8::/32", or one address; false, and @self untouched, when @text is none of them. */
bool isth_site_range_parse (IsthSiteRange *self, const char *text);

/* As it is read; free with g_free(). */
char *isth_site_range_format (const IsthSiteRange *self);

bool isth_site_range_contains (const IsthSiteRange *self, const IsthAddress *ip);

/* The word of @author at @time that it belongs to the site (or, without @belongs, that it does not any more). Free with isth_site_range_clear_edit(). */
IsthEdit isth_site_range_make_edit (const IsthSiteRange *self, bool belongs, const char *author, int64_t time);
void isth_site_range_clear_edit (IsthEdit *edit);

/* Whether it stands already in @world. */
bool isth_site_range_is_known (const IsthSiteRange *self, const IsthWorld *world);

/* Those of @edits that stand, in order; an array of IsthSiteRange. */
GArray *isth_site_ranges_gather (const IsthEdit *edits, uint32_t n);
