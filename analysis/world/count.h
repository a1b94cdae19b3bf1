/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact counts of a time window: who is who is known from the whole captures, how much they said is counted anew from the frames of
 * the window.
 *
 * A flow of the window counts for the link of its two assets with its transport and one of its ports; where there are several, for the one
 * of its protocol and direction, else for the one with most packets: in the window alone one may not see the beginning that tells. */
#pragma once

#include "analysis/world/world.h"

typedef struct _IsthCount IsthCount;

/* @whole: the last snapshot of @world, whose facts stay as they are while something is added. */
IsthCount *isth_count_new (IsthWorld *world, IsthSnapshot *whole);
void isth_count_free (IsthCount *self);

/* What is added from now on was read again from the capture of @facts, which are among the world's. */
void isth_count_begin_capture (IsthCount *self, IsthFacts *facts);
void isth_count_add_traffic (IsthCount *self, const IsthTraffic *traffic);

/* @window: all facts of the window's frames in that capture; only its operations are looked at. */
void isth_count_add_operations (IsthCount *self, IsthFacts *window);

/* Nothing will be added: forgets what only adding needs. */
void isth_count_finish (IsthCount *self);

/**
 * isth_count_apply:
 * @whole: the snapshot that it was made for, or a later one of the same captures (people's words may differ)
 *
 * A snapshot like @whole, in which packets, bytes, flows and operations are those of the window. What sent packets and did not in the
 * window is never active in it; operations that did not happen are left out. All else (identity, alerts, first and last time) is that of
 * the whole, and records that do not differ are the same pointers.
 */
IsthSnapshot *isth_count_apply (const IsthCount *self, IsthSnapshot *whole);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthCount, isth_count_free)
