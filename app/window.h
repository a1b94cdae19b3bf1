/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One window: one session, its views, and the commands on them. */
#pragma once

#include <adwaita.h>

#include "app/session.h"

#define ISTH_TYPE_WINDOW (isth_window_get_type ())
G_DECLARE_FINAL_TYPE (IsthWindow, isth_window, ISTH, WINDOW, AdwApplicationWindow)

IsthWindow *isth_window_new (GtkApplication *application);

/* Adds files to what is open. */
void isth_window_open (IsthWindow *self, const char *const *paths);

/* Adds a capture that is still written, and goes on at its end until it is told to stop. */
void isth_window_follow (IsthWindow *self, const char *path);

/* Whether something is open in it. */
gboolean isth_window_get_in_use (IsthWindow *self);

/* Whether it was closed, and is only waiting until its project is. */
gboolean isth_window_get_leaving (IsthWindow *self);
