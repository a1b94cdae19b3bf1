/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a record answers to the text in the find entry and lies in the time window. */
#pragma once

#include "app/model/item.h"

#define ISTH_WORD_LEVEL "level:"
#define ISTH_WORD_KIND "kind:"

/**
 * IsthQuery:
 *
 * Find words and time window, counted with isth_record_ref() and never changed: what all views narrow down to. Any thread may ask it.
 *
 * The text is cut at blanks and folded; all words must be found, each in any of these. Of an asset: name, kind, addresses, roles, protocols, and the values of
 * claims that are shown or in conflict. Of a link: protocol, port, operations, and whether it crosses; of a session also user, relay, what was said and done in it; of an alert its
 * sentences; and of each what is said of the assets at its ends, and what people settled about it. A word that begins with ISTH_WORD_LEVEL or ISTH_WORD_KIND is the name of a level or a kind
 * (isth_level_name(), isth_kind_name()), which the asset must have.
 */
typedef struct _IsthQuery IsthQuery;

/* @from ISTH_NO_TIME: the whole time. */
IsthQuery *isth_query_new (const char *text, gint64 from, gint64 to);

/* Whether there is anything that it does not let through. */
bool isth_query_is_narrow (const IsthQuery *self);

/**
 * IsthMatcher:
 *
 * Asks one query about many rows of one snapshot: each asset is searched once, however many links name it. Used by one thread at a time, which keeps both.
 */
typedef struct
{
  const IsthQuery *query;
  const IsthSnapshot *snapshot;
  guint32 *found; /* by index of the asset: a bit for each word that it holds, and the highest one once it was searched */
} IsthMatcher;

void isth_matcher_init (IsthMatcher *self, const IsthQuery *query, const IsthSnapshot *snapshot);
void isth_matcher_clear (IsthMatcher *self);
bool isth_matcher_matches (IsthMatcher *self, const IsthRow *row);
