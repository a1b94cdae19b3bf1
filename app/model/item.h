/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the record model, and nobody else, does to its items. */
#pragma once

#include "app/model/record-model.h"

/* Makes the item of a row; @assets as in isth_record_model_new(). */
IsthItem *isth_item_new (GType type, gpointer record, IsthRecordModel *assets);

/* Another record of the same id: notifies. */
void isth_item_set_record (IsthItem *self, gpointer record);

static inline guint64
isth_record_get_id (gconstpointer record)
{
  return *(const guint64 *) ((const char *) record + sizeof (IsthRecord));
}
