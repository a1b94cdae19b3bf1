/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One network interface to choose: what it is, whether it can be listened on, how busy it was in the last minute. */
#pragma once

#include <adwaita.h>

#include "analysis/isthmus.h"

#define ISTH_TYPE_INTERFACE_ROW (isth_interface_row_get_type ())
G_DECLARE_FINAL_TYPE (IsthInterfaceRow, isth_interface_row, ISTH, INTERFACE_ROW, AdwActionRow)

/* Notifies “chosen” when a person ticks it. */
GtkWidget *isth_interface_row_new (const char *name);

/* Shows the interface as it is now; one that cannot be listened on is not chosen any more. */
void isth_interface_row_show (IsthInterfaceRow *self, const IsthListenInterface *shown);

const char *isth_interface_row_get_name (IsthInterfaceRow *self);
gboolean isth_interface_row_get_chosen (IsthInterfaceRow *self);
void isth_interface_row_set_chosen (IsthInterfaceRow *self, gboolean chosen);
