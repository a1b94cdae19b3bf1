/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How busy something was lately, as a row of small bars; the newest at the end. */
#pragma once

#include <gtk/gtk.h>

#define ISTH_TYPE_ACTIVITY_LINE (isth_activity_line_get_type ())
G_DECLARE_FINAL_TYPE (IsthActivityLine, isth_activity_line, ISTH, ACTIVITY_LINE, GtkWidget)

GtkWidget *isth_activity_line_new (void);

/* @rates: one a bar, copied; the tallest bar is the largest of them. */
void isth_activity_line_set_rates (IsthActivityLine *self, const guint32 *rates, guint n);
