/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is encrypted by keys that the packet itself gives away (QUIC's first packets): by libcrypto. No secrets are handled here. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ISTH_CRYPT_HASH 32
#define ISTH_CRYPT_KEY 16
#define ISTH_CRYPT_BLOCK 16
#define ISTH_CRYPT_IV 12

/* HKDF with SHA-256 (RFC 5869): extract. False when libcrypto refuses. */
bool isth_crypt_extract (uint8_t secret[ISTH_CRYPT_HASH], const uint8_t *salt, size_t n_salt, const uint8_t *bytes, size_t n);

/* HKDF-Expand-Label of TLS 1.3 (RFC 8446, 7.1) without context: @n bytes, at most ISTH_CRYPT_HASH. */
bool isth_crypt_expand (uint8_t *bytes, size_t n, const uint8_t secret[ISTH_CRYPT_HASH], const char *label);

/* One block by AES-128. */
bool isth_crypt_block (uint8_t out[ISTH_CRYPT_BLOCK], const uint8_t key[ISTH_CRYPT_KEY], const uint8_t in[ISTH_CRYPT_BLOCK]);

/**
 * isth_crypt_open:
 * @plain: room for @n - ISTH_CRYPT_BLOCK bytes
 * @sealed: @n bytes, the tag last
 *
 * AES-128-GCM (RFC 5116, 5.1). False when the tag is not that of these bytes: it is then something else.
 */
bool isth_crypt_open (uint8_t *plain,
                      const uint8_t key[ISTH_CRYPT_KEY],
                      const uint8_t iv[ISTH_CRYPT_IV],
                      const uint8_t *header,
                      size_t n_header,
                      const uint8_t *sealed,
                      size_t n);
