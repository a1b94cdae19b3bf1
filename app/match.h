/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a record answers to the text in the find entry and lies in the time window. */
#pragma once

#include "app/model/item.h"

/**
 * IsthNeedle:
 *
 * The text cut at blanks, each word folded; all words must be found, each in any field. Zeroed memory matches all.
 */
typedef struct
{
  char **words; /* NULL: matches everything */
} IsthNeedle;

void isth_needle_set (IsthNeedle *self, const char *text);
void isth_needle_clear (IsthNeedle *self);

/* Name, kind, addresses, roles, protocols, values of all claims that are shown or in conflict. */
bool isth_needle_matches_asset (const IsthNeedle *self, const IsthAsset *asset);

/* Protocol, port, operations; the ends are the caller's to look up (either may be NULL). */
bool isth_needle_matches_link (const IsthNeedle *self, const IsthLink *link, const IsthAsset *from, const IsthAsset *to);
/* Protocol, user, relay, what was said and done in it. */
bool isth_needle_matches_remote (const IsthNeedle *self, const IsthRemoteSession *remote, const IsthAsset *from, const IsthAsset *to);
bool isth_needle_matches_alert (const IsthNeedle *self, const IsthAlert *alert, const IsthAsset *subject, const IsthAsset *peer);

/**
 * IsthQuery:
 *
 * Find words and time window, counted with isth_record_ref() and never changed: what all views narrow down to. Any thread may ask it.
 */
typedef struct _IsthQuery IsthQuery;

/* @from ISTH_NO_TIME: the whole time. */
IsthQuery *isth_query_new (const char *text, gint64 from, gint64 to);

/* Whether there is anything that it does not let through. */
bool isth_query_is_narrow (const IsthQuery *self);
bool isth_query_matches (const IsthQuery *self, const IsthRow *row);

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
