/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time band at the bottom, fed by the session: its window is the session's one time window. */
#pragma once

#include "app/view.h"

#define ISTH_TYPE_TIME_STRIP (isth_time_strip_get_type ())
G_DECLARE_FINAL_TYPE (IsthTimeStrip, isth_time_strip, ISTH, TIME_STRIP, IsthView)
