/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times are ns since 1970-01-01 UTC in an int64_t, everywhere. */
#pragma once

#include <stdint.h>

#define ISTH_NO_TIME INT64_MIN /* none is known; earlier than every time */
