/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing on the agenda of a review. */
#pragma once

#include <adwaita.h>

#include "app/session.h"

#define ISTH_TYPE_REVIEW_ROW (isth_review_row_get_type ())
G_DECLARE_FINAL_TYPE (IsthReviewRow, isth_review_row, ISTH, REVIEW_ROW, AdwBin)

IsthReviewRow *isth_review_row_new (IsthSession *session);

/* Of an asset, a link, an alert or a remote session; NULL: the row is put aside */
void isth_review_row_set_item (IsthReviewRow *self, IsthItem *item);
