/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the record models: a counted record, and for links the rows of their two ends. */
#include "app/model/item.h"

typedef struct
{
  gpointer record;
  IsthRecordModel *assets;
} IsthItemPrivate;

enum { PROP_0, PROP_RECORD, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (IsthItem, isth_item, G_TYPE_OBJECT)

struct _IsthAssetItem
{
  IsthItem parent_instance;
};

struct _IsthAlertItem
{
  IsthItem parent_instance;
};

struct _IsthLinkItem
{
  IsthItem parent_instance;

  IsthItem *from, *to; /* found when first asked for */
};

struct _IsthRemoteItem
{
  IsthItem parent_instance;

  IsthItem *from, *to;
};

G_DEFINE_FINAL_TYPE (IsthAssetItem, isth_asset_item, ISTH_TYPE_ITEM)
G_DEFINE_FINAL_TYPE (IsthAlertItem, isth_alert_item, ISTH_TYPE_ITEM)
G_DEFINE_FINAL_TYPE (IsthLinkItem, isth_link_item, ISTH_TYPE_ITEM)
G_DEFINE_FINAL_TYPE (IsthRemoteItem, isth_remote_item, ISTH_TYPE_ITEM)

static void
isth_item_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  IsthItemPrivate *private = isth_item_get_instance_private (ISTH_ITEM (object));

  if (id == PROP_RECORD)
    g_value_set_pointer (value, private->record);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
isth_item_finalize (GObject *object)
{
  IsthItemPrivate *private = isth_item_get_instance_private (ISTH_ITEM (object));

  isth_record_unref (private->record);
  g_clear_object (&private->assets);

  G_OBJECT_CLASS (isth_item_parent_class)->finalize (object);
}

static void
isth_item_class_init (IsthItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = isth_item_get_property;
  object_class->finalize = isth_item_finalize;

  properties[PROP_RECORD] = g_param_spec_pointer ("record", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
isth_item_init (IsthItem *self)
{
}

IsthItem *
isth_item_new (GType            type,
               gpointer         record,
               IsthRecordModel *assets)
{
  IsthItem *self = g_object_new (type, NULL);
  IsthItemPrivate *private = isth_item_get_instance_private (self);

  private->record = isth_record_ref (record);
  g_set_object (&private->assets, assets);

  return self;
}

void
isth_item_set_record (IsthItem *self,
                      gpointer  record)
{
  IsthItemPrivate *private = isth_item_get_instance_private (self);
  gpointer before = private->record;

  if (before == record)
    return;

  private->record = isth_record_ref (record);
  isth_record_unref (before);
  if (ISTH_IS_LINK_ITEM (self))
    {
      g_clear_object (&ISTH_LINK_ITEM (self)->from);
      g_clear_object (&ISTH_LINK_ITEM (self)->to);
    }
  else if (ISTH_IS_REMOTE_ITEM (self))
    {
      g_clear_object (&ISTH_REMOTE_ITEM (self)->from);
      g_clear_object (&ISTH_REMOTE_ITEM (self)->to);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

gconstpointer
isth_item_get_record (IsthItem *self)
{
  IsthItemPrivate *private = isth_item_get_instance_private (self);

  return private->record;
}

guint64
isth_item_get_id (IsthItem *self)
{
  return isth_record_get_id (isth_item_get_record (self));
}

IsthRecordModel *
isth_item_get_assets (IsthItem *self)
{
  IsthItemPrivate *private = isth_item_get_instance_private (self);

  return private->assets;
}

const IsthAsset *
isth_asset_item_get (IsthAssetItem *self)
{
  return isth_item_get_record (ISTH_ITEM (self));
}

static void
isth_asset_item_class_init (IsthAssetItemClass *class)
{
}

static void
isth_asset_item_init (IsthAssetItem *self)
{
}

const IsthAlert *
isth_alert_item_get (IsthAlertItem *self)
{
  return isth_item_get_record (ISTH_ITEM (self));
}

static void
isth_alert_item_class_init (IsthAlertItemClass *class)
{
}

static void
isth_alert_item_init (IsthAlertItem *self)
{
}

const IsthLink *
isth_link_item_get (IsthLinkItem *self)
{
  return isth_item_get_record (ISTH_ITEM (self));
}

static const char *
end_name (IsthItem  *self,
          IsthItem **end,
          guint64    id)
{
  IsthItemPrivate *private = isth_item_get_instance_private (self);
  IsthItem *item;

  if (!*end && private->assets)
    {
      item = isth_record_model_get_item_by_id (private->assets, id);
      if (item)
        *end = g_object_ref (item);
    }

  return *end ? isth_asset_item_get (ISTH_ASSET_ITEM (*end))->name : "";
}

const char *
isth_link_item_get_from_name (IsthLinkItem *self)
{
  return end_name (ISTH_ITEM (self), &self->from, isth_link_item_get (self)->from);
}

const char *
isth_link_item_get_to_name (IsthLinkItem *self)
{
  return end_name (ISTH_ITEM (self), &self->to, isth_link_item_get (self)->to);
}

static void
isth_link_item_finalize (GObject *object)
{
  IsthLinkItem *self = ISTH_LINK_ITEM (object);

  g_clear_object (&self->from);
  g_clear_object (&self->to);

  G_OBJECT_CLASS (isth_link_item_parent_class)->finalize (object);
}

static void
isth_link_item_class_init (IsthLinkItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = isth_link_item_finalize;
}

static void
isth_link_item_init (IsthLinkItem *self)
{
}

const IsthRemoteSession *
isth_remote_item_get (IsthRemoteItem *self)
{
  return isth_item_get_record (ISTH_ITEM (self));
}

const char *
isth_remote_item_get_from_name (IsthRemoteItem *self)
{
  return end_name (ISTH_ITEM (self), &self->from, isth_remote_item_get (self)->from);
}

const char *
isth_remote_item_get_to_name (IsthRemoteItem *self)
{
  return end_name (ISTH_ITEM (self), &self->to, isth_remote_item_get (self)->to);
}

static void
isth_remote_item_finalize (GObject *object)
{
  IsthRemoteItem *self = ISTH_REMOTE_ITEM (object);

  g_clear_object (&self->from);
  g_clear_object (&self->to);

  G_OBJECT_CLASS (isth_remote_item_parent_class)->finalize (object);
}

static void
isth_remote_item_class_init (IsthRemoteItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = isth_remote_item_finalize;
}

static void
isth_remote_item_init (IsthRemoteItem *self)
{
}
