/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says in a toast what was decided, with the way back, and whether win.undo and win.redo have anything to do. */
#pragma once

#include <adwaita.h>

#include "app/decisions.h"

/* For as long as @toasts lives; the window is the one that it lies in. */
void isth_decided_keep (AdwToastOverlay *toasts, IsthDecisions *decisions);

/* While nothing is written in @entry, Ctrl+Z and Ctrl+Shift+Z in it mean decisions, and not its text. */
void isth_decided_let_through (GtkEditable *entry);
