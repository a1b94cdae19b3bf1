/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digests for fingerprints. */
#include "analysis/base/fingerprint.h"

#include <openssl/evp.h>

#include "analysis/base/text.h"

static const char *
digest (const EVP_MD *kind,
        char text[ISTH_FINGERPRINT_TEXT],
        const void *bytes,
        size_t n)
{
  uint8_t value[EVP_MAX_MD_SIZE];
  unsigned int length = 0;

  text[0] = '\0';
  if (EVP_Digest (bytes, n, value, &length, kind, NULL))
    isth_text_from_hex (text, ISTH_FINGERPRINT_TEXT, value, length);
  return text;
}

const char *
isth_fingerprint_md5 (char text[ISTH_FINGERPRINT_TEXT],
                      const void *bytes,
                      size_t n)
{
  return digest (EVP_md5 (), text, bytes, n);
}

const char *
isth_fingerprint_sha256 (char text[ISTH_FINGERPRINT_TEXT],
                         const void *bytes,
                         size_t n)
{
  return digest (EVP_sha256 (), text, bytes, n);
}
