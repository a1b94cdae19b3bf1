/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remote sessions: who worked on what from afar, through what, and what was done meanwhile. */
#pragma once

#include "app/view.h"

#define ISTH_TYPE_ACCESS_VIEW (isth_access_view_get_type ())
G_DECLARE_FINAL_TYPE (IsthAccessView, isth_access_view, ISTH, ACCESS_VIEW, IsthView)
