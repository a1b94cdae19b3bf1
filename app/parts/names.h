/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names for screen readers, where GTK 4.8 and libadwaita 1.2 give none or a wrong one. */
#pragma once

#include <adwaita.h>

/* Goes through @widget and all in it. Once, when it is built: what is added later must name itself. */
void isth_names_mend (GtkWidget *widget);

/* Names the first widget of @type in @widget, itself included. */
void isth_names_set (GtkWidget *widget, GType type, const char *name);
