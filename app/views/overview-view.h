/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this site is in one look. */
#pragma once

#include "app/view.h"

#define ISTH_TYPE_OVERVIEW_VIEW (isth_overview_view_get_type ())
G_DECLARE_FINAL_TYPE (IsthOverviewView, isth_overview_view, ISTH, OVERVIEW_VIEW, IsthView)
