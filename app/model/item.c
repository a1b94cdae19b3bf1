/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows: what all lists have in common, whatever their records are of. */
#include "app/model/item.h"

struct _IsthItem
{
  GObject parent_instance;

  gpointer record;
  IsthSnapshot *snapshot;
  IsthSelected kind;
};

enum { PROP_0, PROP_RECORD, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (IsthItem, isth_item, G_TYPE_OBJECT)

gconstpointer *
isth_row_get_records (const IsthSnapshot *snapshot,
                      IsthSelected        kind,
                      guint              *n)
{
  *n = 0;
  if (!snapshot)
    return NULL;

  switch (kind)
    {
    case ISTH_SELECTED_ASSET:
      *n = snapshot->n_assets;
      return (gconstpointer *) snapshot->assets;
    case ISTH_SELECTED_LINK:
      *n = snapshot->n_links;
      return (gconstpointer *) snapshot->links;
    case ISTH_SELECTED_ALERT:
      *n = snapshot->n_alerts;
      return (gconstpointer *) snapshot->alerts;
    case ISTH_SELECTED_REMOTE:
      *n = snapshot->n_sessions;
      return (gconstpointer *) snapshot->sessions;
    case ISTH_SELECTED_NOTHING:
    default:
      return NULL;
    }
}

gconstpointer
isth_row_find_record (const IsthSnapshot *snapshot,
                      IsthSelected        kind,
                      guint64             id)
{
  if (!snapshot)
    return NULL;

  switch (kind)
    {
    case ISTH_SELECTED_ASSET:
      return isth_snapshot_get_asset (snapshot, id);
    case ISTH_SELECTED_LINK:
      return isth_snapshot_get_link (snapshot, id);
    case ISTH_SELECTED_ALERT:
      return isth_snapshot_get_alert (snapshot, id);
    case ISTH_SELECTED_REMOTE:
      return isth_snapshot_get_session (snapshot, id);
    case ISTH_SELECTED_NOTHING:
    default:
      return NULL;
    }
}

const char *
isth_row_get_asset_name (const IsthRow *self,
                         guint64        id)
{
  const IsthAsset *asset = self->snapshot ? isth_snapshot_get_asset (self->snapshot, id) : NULL;

  return asset ? asset->name : "";
}

static void
isth_item_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  if (id == PROP_RECORD)
    g_value_set_pointer (value, ISTH_ITEM (object)->record);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
isth_item_finalize (GObject *object)
{
  IsthItem *self = ISTH_ITEM (object);

  isth_record_unref (self->record);
  isth_snapshot_unref (self->snapshot);

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
isth_item_new (IsthSelected  kind,
               gconstpointer record,
               IsthSnapshot *snapshot)
{
  IsthItem *self = g_object_new (ISTH_TYPE_ITEM, NULL);

  self->kind = kind;
  self->record = isth_record_ref ((gpointer) record);
  self->snapshot = snapshot ? isth_snapshot_ref (snapshot) : NULL;

  return self;
}

/* Links and sessions name assets, which may be called in another way now; the others speak of themselves. */
void
isth_item_set (IsthItem     *self,
               gconstpointer record,
               IsthSnapshot *snapshot)
{
  gpointer before = self->record;
  IsthSnapshot *older = self->snapshot;

  if (older == snapshot && before == record)
    return;

  self->record = isth_record_ref ((gpointer) record);
  self->snapshot = isth_snapshot_ref (snapshot);
  if (before != record || self->kind == ISTH_SELECTED_LINK || self->kind == ISTH_SELECTED_REMOTE)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
  isth_record_unref (before);
  isth_snapshot_unref (older);
}

IsthRow
isth_item_get_row (IsthItem *self)
{
  return (IsthRow) { self->record, self->snapshot, self->kind };
}

IsthSelected
isth_item_get_kind (IsthItem *self)
{
  return self->kind;
}

guint64
isth_item_get_id (IsthItem *self)
{
  return isth_record_id (self->record);
}
