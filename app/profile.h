/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Milestones of opening a capture by the program's own clock, for who measures how quick the window is. */
#pragma once

#include "app/window.h"

/* Brings @view to the front, waits for the window's first picture and until it has come to rest, then opens @paths in it, as if a person had chosen
 * them. Prints on standard output, in ms since then, and how much of it the main thread worked: the first snapshot, the first picture with assets in it,
 * the end of reading, and the longest time the main loop did not answer before and after that picture; as long as the program runs, each stretch of work
 * that kept the main loop from answering. Once per process; @paths may be NULL. */
void isth_profile_open (IsthWindow *window, const char *view, const char *const *paths);
