/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The addresses that are the site's own, though they are public. */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/* Asks; what was changed goes to @session, and a toast on @toasts tells so, or what could not be read. */
void isth_site_ranges_present (GtkWindow *parent, AdwToastOverlay *toasts, IsthSession *session);
