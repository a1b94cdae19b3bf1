/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The about window. */
#pragma once

#include <adwaita.h>

void isth_about_present (GtkWindow *parent);
