/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks where to listen, to what, and what to keep; then asks the session to begin. */
#pragma once

#include <adwaita.h>

#include "app/session.h"

#define ISTH_TYPE_LISTEN_WINDOW (isth_listen_window_get_type ())
G_DECLARE_FINAL_TYPE (IsthListenWindow, isth_listen_window, ISTH, LISTEN_WINDOW, AdwWindow)

void isth_listen_window_present (GtkWindow *parent, IsthSession *session);
