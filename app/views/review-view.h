/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a joint review walks through: crossings, alerts that weigh, remote sessions; and what was decided about each. */
#pragma once

#include "app/view.h"

#define ISTH_TYPE_REVIEW_VIEW (isth_review_view_get_type ())
G_DECLARE_FINAL_TYPE (IsthReviewView, isth_review_view, ISTH, REVIEW_VIEW, IsthView)
