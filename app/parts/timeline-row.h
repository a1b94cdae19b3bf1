/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One alert or remote session in the timeline. */
#pragma once

#include <adwaita.h>

#include "app/session.h"

#define ISTH_TYPE_TIMELINE_ROW (isth_timeline_row_get_type ())
G_DECLARE_FINAL_TYPE (IsthTimelineRow, isth_timeline_row, ISTH, TIMELINE_ROW, AdwBin)

IsthTimelineRow *isth_timeline_row_new (IsthSession *session);

/* An IsthAlertItem or IsthRemoteItem; NULL: the row is put aside */
void isth_timeline_row_set_item (IsthTimelineRow *self, IsthItem *item);
