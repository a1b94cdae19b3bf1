/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The addresses that are the site's own, though they are public. */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/* Asks; what was changed becomes a decision of @session; what is no range is told while it is written. */
void isth_site_ranges_present (GtkWindow *parent, IsthSession *session);
