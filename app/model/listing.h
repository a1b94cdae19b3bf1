/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of a snapshot as a list to show: narrowed, sorted, selected; never by work that the main thread would have to wait for. */
#pragma once

#include <gtk/gtk.h>

#include "app/model/arrangement.h"

#define ISTH_TYPE_LISTING (isth_listing_get_type ())
G_DECLARE_FINAL_TYPE (IsthListing, isth_listing, ISTH, LISTING, GObject)

/**
 * IsthListing:
 *
 * A GListModel of IsthItem and its own GtkSelectionModel; main thread only. Questions over few records are answered at once, others by a worker: until it
 * has, the rows stay as they are. What is selected is known by id, so that it is still selected when other words have hidden it and these show it.
 * “busy” (boolean, notified): a worker is at it. Signal “arranged”: an answer came, after its items-changed; and once more when
 * it is settled, if there are so many rows that those out of sight came in the meantime.
 */

/* @single: at most one row is selected. */
IsthListing *isth_listing_new (gboolean single);

/* Where the first row in sight is; @keep: it is to stay in sight, else whoever shows the list goes to the top. NULL: nobody shows it. */
typedef guint (*IsthPlaceFunc) (gpointer user_data, gboolean *keep);
void isth_listing_set_place_func (IsthListing *self, IsthPlaceFunc get_place, gpointer user_data);

/* The rows there are show what @snapshot says of them; which ones there are, and where, is for isth_listing_arrange(). NULL empties the list. */
void isth_listing_set_snapshot (IsthListing *self, IsthSnapshot *snapshot);

/* Asks which rows of the snapshot to show. A new question takes the place of one that is being answered; the same one waits for it. */
void isth_listing_arrange (IsthListing *self, const IsthQuestion *question);

gboolean isth_listing_get_busy (IsthListing *self);
gboolean isth_listing_get_settled (IsthListing *self); /* not busy, and all rows are there */
gint64 isth_listing_get_cost (IsthListing *self); /* µs that the last answer took */

/* Rows of one kind. */
guint isth_listing_count (IsthListing *self, IsthSelected kind);

/* The row's place, or G_MAXUINT. */
guint isth_listing_find (IsthListing *self, IsthSelected kind, guint64 id);

/* Nothing else. Ids of what is not listed are kept: they may be one day. */
void isth_listing_select (IsthListing *self, IsthSelected kind, const guint64 *ids, guint n);

/* What is listed, counted, and the snapshot that it was made of (or NULL), to be read on any thread. */
IsthOrdered *isth_listing_ref_ordered (IsthListing *self, IsthSnapshot **snapshot);

/* Which of its rows are selected; the caller's. */
GtkBitset *isth_listing_dup_selected (IsthListing *self);
