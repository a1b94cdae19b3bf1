/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets go of what is dear to free: the last one who holds a snapshot frees a hundred thousand records, and the main thread is not to be that one. */
#pragma once

#include "analysis/isthmus.h"

/* Frees @data (or NULL) on a thread of its own, some time later. */
void isth_release (gpointer data, GDestroyNotify free_func);

/* The same for a reference. */
void isth_release_snapshot (IsthSnapshot *snapshot);
