/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes as people of the field read them: offset, sixteen bytes, their characters. */
#pragma once

#include <gtk/gtk.h>

/* More is not shown, and said so. */
#define ISTH_HEX_MAX 16384

/* Fills @buffer with @bytes, whose first one has the offset @base; marks the @length bytes at the offset @from in both columns. */
void isth_hex_fill (GtkTextBuffer *buffer, GBytes *bytes, guint base, guint from, guint length);
