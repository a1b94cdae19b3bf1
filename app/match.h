/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a record answers to the text in the find entry. */
#pragma once

#include "analysis/isthmus.h"

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
