/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The error domain. */
#include "analysis/base/error.h"

G_DEFINE_QUARK (isth-error-quark, isth_error)
