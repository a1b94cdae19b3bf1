/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the world: immutable records out of drafts. */
#pragma once

#include "analysis/world/record-memory.h"
#include "analysis/world/resolve.h"

/* One interface address of a draft; the MAC is NONE for addresses seen without one of its own. */
typedef struct
{
  IsthAddress mac, ip;
  uint16_t vlan;
  bool said; /* by the asset alone: such come last */
} IsthRecordPlace;

#define ISTH_SHARED_LISTS 64

/* What making one record after another needs. */
typedef struct
{
  const IsthResolve *resolve; /* lent */
  IsthBench bench;
  IsthNamer namer;
  GArray *places;             /* IsthRecordPlace; scratch of records-assets.c */
  const char **words;         /* by number in the pool: those that were asked for */
  const char **lists[ISTH_SHARED_LISTS]; /* by a hash of their words: those that were asked for last */
} IsthRecordMaker;

/* @arena: where records are made, which holds the facts; NULL: each has memory of its own. */
void isth_record_maker_init (IsthRecordMaker *self, const IsthResolve *resolve, IsthArena *arena);
void isth_record_maker_clear (IsthRecordMaker *self);

/* A text of the pool, or evidence of the facts, as part of a record: a copy on the bench; in an arena, what the facts have. */
const char *isth_record_text (IsthRecordMaker *self, uint32_t number);
IsthEvidence isth_record_evidence (IsthRecordMaker *self, const IsthEvidence *evidence);

/* A word that many records have, kept for good; by its number in the pool. Only what dissectors and our lists say, not what the network says. */
const char *isth_record_word (IsthRecordMaker *self, uint32_t number);

#define ISTH_SHARED_WORDS 4 /* words in one list that many records may share */

/* The list of the same @words, NULL-ended, each out of isth_record_word(), that all records share, kept for good; NULL: there are enough of them. */
const char **isth_record_share_words (IsthRecordMaker *self, const char *const words[ISTH_SHARED_WORDS + 1]);

/* A list without words. */
const char **isth_record_no_words (void);

/* Fetches parts of the assets that will be made after drafts[@number]: they lie scattered. */
void isth_record_prefetch_asset (const IsthResolve *resolve, uint32_t number);

/* The record for drafts[@number] or links[@number]; @before is taken over (a new reference) when it is equal. */
IsthAsset *isth_record_make_asset (IsthRecordMaker *self, uint32_t number, IsthAsset *before);
IsthLink *isth_record_make_link (IsthRecordMaker *self, uint32_t number, IsthLink *before);

/* @whole, held by it, with other counts: sent, received; without packets it was never active. */
IsthAsset *isth_record_recount_asset (IsthAsset *whole, const uint64_t packets[2], const uint64_t bytes[2]);

/* @before: all captures of the last snapshot. */
IsthCapture *isth_record_make_capture (const IsthFactCapture *about, uint32_t id, IsthCapture *const *before, uint32_t n_before);
IsthTransferList *isth_record_make_transfers (IsthRecordMaker *self, IsthTransferList *before);
IsthHealth *isth_record_make_health (IsthRecordMaker *self, IsthHealth *before);
