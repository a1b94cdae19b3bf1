/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links: who talks to whom, in what protocol, and does what. */
#pragma once

#include "app/view.h"

#define ISTH_TYPE_TRAFFIC_VIEW (isth_traffic_view_get_type ())
G_DECLARE_FINAL_TYPE (IsthTrafficView, isth_traffic_view, ISTH, TRAFFIC_VIEW, IsthView)
