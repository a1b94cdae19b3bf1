/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the room settles about one thing. */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/* Asks about what is selected; what was settled becomes a decision of @session. */
void isth_decide_present (GtkWindow *parent, IsthSession *session);
