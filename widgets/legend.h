/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the shapes on the map mean, drawn as the map draws them. */
#pragma once

#include <gtk/gtk.h>

#define ISTH_TYPE_LEGEND (isth_legend_get_type ())
G_DECLARE_FINAL_TYPE (IsthLegend, isth_legend, ISTH, LEGEND, GtkWidget)

GtkWidget *isth_legend_new (void);
