/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bottom row while captures are read: how far, how fast, and cancel. */
#pragma once

#include "app/view.h"

#define ISTH_TYPE_PROGRESS_ROW (isth_progress_row_get_type ())
G_DECLARE_FINAL_TYPE (IsthProgressRow, isth_progress_row, ISTH, PROGRESS_ROW, IsthView)
