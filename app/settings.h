/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window remembers from run to run. */
#pragma once

#include <gio/gio.h>

/* The settings, or NULL where the schema is not installed: then nothing is remembered, and all else works. Lent. */
GSettings *isth_settings_get (void);
