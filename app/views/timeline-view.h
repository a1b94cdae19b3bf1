/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts by time or severity, in the words of the side that reads them. */
#pragma once

#include "app/view.h"

#define ISTH_TYPE_TIMELINE_VIEW (isth_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (IsthTimelineView, isth_timeline_view, ISTH, TIMELINE_VIEW, IsthView)
