/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of assets: sorts, filters, chooses columns, copies. */
#pragma once

#include "app/view.h"

#define ISTH_TYPE_ASSETS_VIEW (isth_assets_view_get_type ())
G_DECLARE_FINAL_TYPE (IsthAssetsView, isth_assets_view, ISTH, ASSETS_VIEW, IsthView)
