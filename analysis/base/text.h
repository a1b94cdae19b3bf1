/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only place that makes strings from wire bytes: always valid UTF-8, bounded, NUL-ended, printable. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All functions write at most @size bytes with the NUL into @text, cut at a whole character, and return @text.
 * Leading and trailing blanks and NULs are dropped; control characters become "<xx>" (two hex digits); bytes that
 * are not valid UTF-8 are read as Windows-1252 (what devices of the field send). @bytes may be NULL when @n is 0. */
const char *isth_text_from_bytes (char *text, size_t size, const uint8_t *bytes, size_t n);

/* The same, ended by the first NUL. */
const char *isth_text_from_string (char *text, size_t size, const uint8_t *bytes, size_t n);

/* UTF-16 in either byte order; lone surrogates become U+FFFD. */
const char *isth_text_from_utf16 (char *text, size_t size, const uint8_t *bytes, size_t n, bool big_endian);

/* "0a1b2c": two lower-case digits a byte. */
const char *isth_text_from_hex (char *text, size_t size, const uint8_t *bytes, size_t n);

/* printf into a bounded buffer, cut at a whole character. */
const char *isth_text_format (char *text, size_t size, const char *format, ...) __attribute__ ((format (printf, 3, 4)));

/* Whether all @n bytes (at least one) are printable ASCII, NUL padding at the end allowed: for probes. */
bool isth_text_is_printable (const uint8_t *bytes, size_t n);
