/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the site is: facts of all captures and people's words, resolved into assets, links and alerts by one written precedence. */
#pragma once

#include <glib.h>

#include "analysis/world/facts.h"
#include "analysis/world/snapshot.h"

/* A person's word about an asset, kept apart from facts; survives re-analysis because it names the asset by its address. */
typedef struct
{
  IsthEndpoint about;      /* @about.child is owned by the edit */
  IsthAttribute attribute; /* name, kind, level, vendor, model, location, note … */
  const char *value;       /* owned; "" takes the word back */
  const char *author;      /* owned */
  int64_t time;
} IsthEdit;

typedef struct _IsthWorld IsthWorld;

IsthWorld *isth_world_new (void);
void isth_world_free (IsthWorld *self);

/* Adds a capture's facts (holds a reference). @facts may go on growing until the next isth_world_resolve(). */
void isth_world_add_facts (IsthWorld *self, IsthFacts *facts);
void isth_world_remove_facts (IsthWorld *self, IsthFacts *facts);

/* The facts of a capture with this fingerprint and (when both are known) SHA-256, or NULL. */
IsthFacts *isth_world_find_capture (const IsthWorld *self, uint64_t fingerprint, const char *sha256);

/* Copies @edit. A later edit of the same attribute and endpoint replaces it. */
void isth_world_add_edit (IsthWorld *self, const IsthEdit *edit);
void isth_world_acknowledge (IsthWorld *self, uint64_t alert, bool acknowledged);

/* Copies @review. A later one about the same takes its place. */
void isth_world_add_review (IsthWorld *self, const IsthReview *review);

/* What the world is made of, lent until its next change: for a project that begins late. */
GPtrArray *isth_world_get_facts (const IsthWorld *self); /* IsthFacts */
const IsthEdit *isth_world_get_edits (const IsthWorld *self, uint32_t *n);
GHashTable *isth_world_get_acknowledged (const IsthWorld *self); /* a set of uint64_t */
IsthReviewList *isth_world_get_reviews (const IsthWorld *self); /* counted up */

/* What an edit of @asset should name: its strongest endpoint. Child path lent by @asset. */
IsthEndpoint isth_asset_get_anchor (const IsthAsset *asset);

/* Fills in the alerts of a draft snapshot whose other parts are complete; equal alerts of @before are taken over. */
typedef void (*IsthDetect) (IsthSnapshot *draft, const IsthSnapshot *before, gpointer user_data);

/**
 * isth_world_resolve:
 * @detect: runs the detections; NULL: no alerts
 *
 * Makes the next snapshot. Records equal to those of the last snapshot are the same pointers. The result depends on the set
 * of facts and edits only: not on their order, not on earlier calls.
 */
IsthSnapshot *isth_world_resolve (IsthWorld *self, IsthDetect detect, gpointer user_data);

/* As isth_world_resolve(), for who needs no other one after it: of the facts only their captures and health counts are left, and their memory makes room for
 * the snapshot as soon as they were read. Nobody else may look at them. */
IsthSnapshot *isth_world_resolve_last (IsthWorld *self, IsthDetect detect, gpointer user_data);

/* What the last resolve gave, lent; NULL: there was none. */
IsthSnapshot *isth_world_get_last (const IsthWorld *self);

bool isth_world_is_acknowledged (const IsthWorld *self, uint64_t alert);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthWorld, isth_world_free)
