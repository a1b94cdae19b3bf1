/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What could not be done, in text that can be copied. */
#pragma once

#include "app/view.h"

#define ISTH_TYPE_PROBLEM_BAR (isth_problem_bar_get_type ())
G_DECLARE_FINAL_TYPE (IsthProblemBar, isth_problem_bar, ISTH, PROBLEM_BAR, IsthView)
