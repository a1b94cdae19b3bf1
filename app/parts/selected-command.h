/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command of a window that is about what is selected. */
#pragma once

#include "app/session.h"

typedef void (*IsthSelectedFunc) (GtkWindow *window, IsthSession *session);

/* Adds “win.@name”, which can be given as long as one of @kinds (1 << IsthSelected) is selected. */
void isth_selected_command_add (GtkApplicationWindow *window, IsthSession *session, const char *name, guint kinds, IsthSelectedFunc run);
