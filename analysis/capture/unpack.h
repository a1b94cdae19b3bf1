/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed bytes in, plain bytes out: gzip by zlib, zstd, lz4 and xz by libarchive. Which it is, the first bytes say. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct _IsthUnpack IsthUnpack;

#define ISTH_UNPACK_MAGIC 6u /* bytes that name any packing */

/* Lends the next packed bytes; 0 at the end. */
typedef size_t (*IsthUnpackRead) (gpointer user_data, const uint8_t **block);

/* "gzip", "zstd", "lz4", "xz", or NULL when @data does not begin like one of them. Static. */
const char *isth_unpack_recognise (const uint8_t *data, size_t n);

/* @packing: as isth_unpack_recognise() gave it. */
IsthUnpack *isth_unpack_new (const char *packing, IsthUnpackRead read, gpointer user_data);
void isth_unpack_free (IsthUnpack *self);

/* Up to @n plain bytes; 0 at the end and after a failure. All before a damaged place is given, for gzip to the last byte. */
size_t isth_unpack_read (IsthUnpack *self, uint8_t *data, size_t n);

/* Why it ended before its end, in the library's words; NULL: it did not. */
const char *isth_unpack_failure (const IsthUnpack *self);
