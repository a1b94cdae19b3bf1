/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The right pane: everything about the one selection. */
#pragma once

#include "app/view.h"

#define ISTH_TYPE_INSPECTOR (isth_inspector_get_type ())
G_DECLARE_FINAL_TYPE (IsthInspector, isth_inspector, ISTH, INSPECTOR, IsthView)
