/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that were opened lately, as the desktop keeps them. */
#pragma once

#include <gtk/gtk.h>

/* Only what could be opened; not the sample and other files of ours. */
void isth_recent_add (const char *path);

/* Fills @menu with those of this program, the latest first, each to be opened by win.open-path, for as long as @menu lives. */
void isth_recent_keep_menu (GMenu *menu);
