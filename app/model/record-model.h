/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Immutable records of a snapshot as a GListModel of thin objects that live as long as their id does. */
#pragma once

#include <gio/gio.h>

#include "analysis/isthmus.h"

typedef struct _IsthRecordModel IsthRecordModel;

#define ISTH_TYPE_ITEM (isth_item_get_type ())
G_DECLARE_DERIVABLE_TYPE (IsthItem, isth_item, ISTH, ITEM, GObject)

/* A row: notify::record says that its record was replaced by a newer one of the same id. */
struct _IsthItemClass
{
  GObjectClass parent_class;
};

/* The record; lent until the next notify::record. */
gconstpointer isth_item_get_record (IsthItem *self);
guint64 isth_item_get_id (IsthItem *self);
IsthRecordModel *isth_item_get_assets (IsthItem *self); /* lent; NULL: none were given */

#define ISTH_TYPE_RECORD_MODEL (isth_record_model_get_type ())
G_DECLARE_FINAL_TYPE (IsthRecordModel, isth_record_model, ISTH, RECORD_MODEL, GObject)

/* The items are of @item_type, a subclass of IsthItem. @assets: where items look up assets by id (see isth_item_get_assets()), or NULL. */
IsthRecordModel *isth_record_model_new (GType item_type, IsthRecordModel *assets);

/* Takes over @n records sorted by id (the uint64_t right behind their IsthRecord). Rows stand in order of arrival: one items-changed for
 * each run of rows that left, one for those that came, notify::record for rows whose record is another one. */
void isth_record_model_update (IsthRecordModel *self, gpointer const *records, guint n);

/* The record of @id, or NULL; lent until the next update. */
gconstpointer isth_record_model_get_record (IsthRecordModel *self, guint64 id);

/* The item of @id, or NULL; lent. */
IsthItem *isth_record_model_get_item_by_id (IsthRecordModel *self, guint64 id);

#define ISTH_TYPE_ASSET_ITEM (isth_asset_item_get_type ())
G_DECLARE_FINAL_TYPE (IsthAssetItem, isth_asset_item, ISTH, ASSET_ITEM, IsthItem)

#define ISTH_TYPE_LINK_ITEM (isth_link_item_get_type ())
G_DECLARE_FINAL_TYPE (IsthLinkItem, isth_link_item, ISTH, LINK_ITEM, IsthItem)

#define ISTH_TYPE_ALERT_ITEM (isth_alert_item_get_type ())
G_DECLARE_FINAL_TYPE (IsthAlertItem, isth_alert_item, ISTH, ALERT_ITEM, IsthItem)

/* A remote session. */
#define ISTH_TYPE_REMOTE_ITEM (isth_remote_item_get_type ())
G_DECLARE_FINAL_TYPE (IsthRemoteItem, isth_remote_item, ISTH, REMOTE_ITEM, IsthItem)

const IsthAsset *isth_asset_item_get (IsthAssetItem *self);
const IsthLink *isth_link_item_get (IsthLinkItem *self);
const IsthAlert *isth_alert_item_get (IsthAlertItem *self);
const IsthRemoteSession *isth_remote_item_get (IsthRemoteItem *self);

/* Names of the two ends, "" when not known (any more): O(1) after the first time, so that a table can sort by them. */
const char *isth_link_item_get_from_name (IsthLinkItem *self);
const char *isth_link_item_get_to_name (IsthLinkItem *self);
const char *isth_remote_item_get_from_name (IsthRemoteItem *self);
const char *isth_remote_item_get_to_name (IsthRemoteItem *self);
