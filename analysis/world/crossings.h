/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the world: the crossings of a snapshot. */
#pragma once

#include "analysis/world/snapshot.h"

/* From its assets and links; @before (or NULL) itself, a new reference, when nothing changed. */
IsthCrossingList *isth_crossings_make (const IsthSnapshot *snapshot, IsthCrossingList *before);
