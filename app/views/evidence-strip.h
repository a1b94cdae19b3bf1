/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line about what all this rests on: captures, span, frames, and what is wrong with them. */
#pragma once

#include "app/view.h"

#define ISTH_TYPE_EVIDENCE_STRIP (isth_evidence_strip_get_type ())
G_DECLARE_FINAL_TYPE (IsthEvidenceStrip, isth_evidence_strip, ISTH, EVIDENCE_STRIP, IsthView)
