/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map of the session: Purdue lanes, laid out by a worker. */
#pragma once

#include "app/view.h"

#define ISTH_TYPE_MAP_VIEW (isth_map_view_get_type ())
G_DECLARE_FINAL_TYPE (IsthMapView, isth_map_view, ISTH, MAP_VIEW, IsthView)
