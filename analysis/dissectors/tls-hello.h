/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hello of a TLS client or server, and the fingerprints that are made of a client's: for TLS and for what carries its handshake (QUIC, DTLS). */
#pragma once

#include "analysis/base/cursor.h"
#include "analysis/base/fingerprint.h"

#define ISTH_TLS_EXTENSIONS 64
#define ISTH_TLS_CIPHERS 256
#define ISTH_JA4_TEXT 40

/**
 * IsthTlsHello:
 * @version: the highest offered, or the chosen one; @legacy: as in the field before 1.3
 * @host, @protocol: server_name, the first of ALPN; empty when not there
 *
 * Lends the bytes it was read from.
 */
typedef struct
{
  uint16_t version, legacy;
  IsthCursor host, protocol;
  IsthCursor ciphers, groups, signatures; /* lists of two-byte numbers */
  IsthCursor points;                      /* of bytes */
  uint16_t extensions[ISTH_TLS_EXTENSIONS];
  uint32_t n_extensions;
  bool has_host;
} IsthTlsHello;

/* @body: behind the handshake header. False when it contradicts itself. */
bool isth_tls_read_hello (IsthTlsHello *self, IsthCursor body, bool client);

/* "TLS 1.2" */
const char *isth_tls_version_name (uint16_t version);

/* As their authors define them: JA3 by its MD5, JA4 (FoxIO 2023) with @transport 't', 'q' or 'd'. GREASE (RFC 8701) is left out. */
void isth_tls_ja3 (const IsthTlsHello *self, char text[ISTH_FINGERPRINT_TEXT]);
void isth_tls_ja4 (const IsthTlsHello *self, char transport, char text[ISTH_JA4_TEXT]);
