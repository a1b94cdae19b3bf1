/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one running instance: command line, files from the desktop, windows, keys. */
#pragma once

#include <adwaita.h>

#define ISTH_TYPE_APPLICATION (isth_application_get_type ())
G_DECLARE_FINAL_TYPE (IsthApplication, isth_application, ISTH, APPLICATION, AdwApplication)

IsthApplication *isth_application_new (void);
