/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a list: a record, and the snapshot in which to look up what it speaks of. */
#pragma once

#include <gio/gio.h>

#include "analysis/isthmus.h"

/* What a record is of. */
typedef enum
{
  ISTH_SELECTED_NOTHING,
  ISTH_SELECTED_ASSET,
  ISTH_SELECTED_LINK,
  ISTH_SELECTED_ALERT,
  ISTH_SELECTED_REMOTE, /* a remote session */
} IsthSelected;

#define ISTH_N_SELECTED (ISTH_SELECTED_REMOTE + 1)

/* A record and its snapshot, both lent: any thread may look at them. */
typedef struct
{
  gconstpointer record;
  const IsthSnapshot *snapshot;
  IsthSelected kind;
} IsthRow;

/* The records of @kind in @snapshot (NULL: none), by id; lent. */
gconstpointer *isth_row_get_records (const IsthSnapshot *snapshot, IsthSelected kind, guint *n);

/* The record with this id, or NULL. */
gconstpointer isth_row_find_record (const IsthSnapshot *snapshot, IsthSelected kind, guint64 id);

/* The name of the asset with this id in the row's snapshot, "" when it is not there. */
const char *isth_row_get_asset_name (const IsthRow *self, guint64 id);

/* What the list widgets hold, main thread only: notify::record says that the record was replaced by a newer one, or what it speaks of. */
#define ISTH_TYPE_ITEM (isth_item_get_type ())
G_DECLARE_FINAL_TYPE (IsthItem, isth_item, ISTH, ITEM, GObject)

IsthItem *isth_item_new (IsthSelected kind, gconstpointer record, IsthSnapshot *snapshot);

/* Another record of the same id, or the same one in a newer snapshot. */
void isth_item_set (IsthItem *self, gconstpointer record, IsthSnapshot *snapshot);

/* Lent until the next notify::record. */
IsthRow isth_item_get_row (IsthItem *self);
IsthSelected isth_item_get_kind (IsthItem *self);
guint64 isth_item_get_id (IsthItem *self);
