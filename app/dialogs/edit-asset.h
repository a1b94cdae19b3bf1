/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's word about one asset: its name, kind, level and a note. */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/* Asks about the asset that is selected; what was changed becomes a decision of @session. */
void isth_edit_asset_present (GtkWindow *parent, IsthSession *session);
