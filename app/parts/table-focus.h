/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which row has the keyboard, and giving it back: rows that come to stand elsewhere get other widgets, and the one that had the keyboard is gone. */
#pragma once

#include <gtk/gtk.h>

#include "app/model/item.h"

/* What a cell shows tells the row: once for each cell, when it is set up. */
void isth_table_focus_mark (GtkListItem *cell);

/* The id of the row of @list that has the keyboard and is in sight; 0: none. */
guint64 isth_table_focus_get (GtkWidget *list);

/* Gives the keyboard to that row, unless something outside of @list has it meanwhile. FALSE: that row has no widget now. */
gboolean isth_table_focus_set (GtkWidget *list, guint64 id);
