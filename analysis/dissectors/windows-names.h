/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What numbers of Windows mean: builds, and languages of keyboards. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* "Windows 6.0.6000 (Windows Vista or Server 2008)": of a build that is told without its version. */
const char *isth_windows_build_name (char *text, size_t size, uint16_t build);

/* The language of a keyboard layout by the low half of its number (MS-LCID, 2.2): "German"; NULL when it is none of the usual ones. */
const char *isth_windows_language (uint16_t language);
