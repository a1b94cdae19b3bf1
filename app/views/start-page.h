/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a window without a project shows: open, recent, sample plant, unsaved projects. */
#pragma once

#include "app/view.h"

#define ISTH_TYPE_START_PAGE (isth_start_page_get_type ())
G_DECLARE_FINAL_TYPE (IsthStartPage, isth_start_page, ISTH, START_PAGE, IsthView)
