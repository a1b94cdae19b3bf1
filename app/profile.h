/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Milestones of opening a capture by the program's own clock, for who measures how quick the window is. */
#pragma once

#include "app/window.h"

/* Brings @view to the front and prints on standard output, in ms since the process began: the window's first picture, the first snapshot, the first
 * picture with assets in it, the end of reading, and the longest time the main loop did not answer before and after the first picture. Once per process. */
void isth_profile_watch (IsthWindow *window, const char *view);
