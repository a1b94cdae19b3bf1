/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short digests that the field calls fingerprints (JA3, JA4, HASSH): by libcrypto, of small inputs only. */
#pragma once

#include <stddef.h>

#define ISTH_FINGERPRINT_TEXT 65

/* Lower-case hex into @text, which is returned; "" when libcrypto refuses (MD5 on a system that forbids it). */
const char *isth_fingerprint_md5 (char text[ISTH_FINGERPRINT_TEXT], const void *bytes, size_t n);
const char *isth_fingerprint_sha256 (char text[ISTH_FINGERPRINT_TEXT], const void *bytes, size_t n);
