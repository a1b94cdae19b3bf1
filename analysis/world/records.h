/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the world: immutable records out of drafts. */
#pragma once

#include "analysis/world/resolve.h"

/* The record for drafts[@number] or links[@number]; @before is taken over (a new reference) when it is equal. */
IsthAsset *isth_record_make_asset (const IsthResolve *self, uint32_t number, IsthAsset *before);
IsthLink *isth_record_make_link (const IsthResolve *self, uint32_t number, IsthLink *before);

/* @before: all captures of the last snapshot. */
IsthCapture *isth_record_make_capture (const IsthFactCapture *about, uint32_t id, IsthCapture *const *before, uint32_t n_before);
IsthHealth *isth_record_make_health (const IsthResolve *self, IsthHealth *before);
