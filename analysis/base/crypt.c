/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening what anybody may open. */
#include "analysis/base/crypt.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#define MOST_LABEL 32
#define MOST_BYTES (64 << 10)

bool
isth_crypt_extract (uint8_t secret[ISTH_CRYPT_HASH],
                    const uint8_t *salt,
                    size_t n_salt,
                    const uint8_t *bytes,
                    size_t n)
{
  unsigned int length = ISTH_CRYPT_HASH;

  return HMAC (EVP_sha256 (), salt, (int) n_salt, bytes, n, secret, &length) != NULL;
}

bool
isth_crypt_expand (uint8_t *bytes,
                   size_t n,
                   const uint8_t secret[ISTH_CRYPT_HASH],
                   const char *label)
{
  uint8_t info[4 + 6 + MOST_LABEL + 1], out[ISTH_CRYPT_HASH];
  size_t length = strlen (label), at = 0;
  unsigned int got = sizeof out;

  if (length > MOST_LABEL || n > sizeof out)
    return false;
  info[at++] = 0;
  info[at++] = (uint8_t) n;
  info[at++] = (uint8_t) (6 + length);
  memcpy (info + at, "tls13 ", 6);
  memcpy (info + at + 6, label, length);
  at += 6 + length;
  info[at++] = 0; /* no context */
  info[at++] = 1; /* the first block of T is enough */
  if (!HMAC (EVP_sha256 (), secret, ISTH_CRYPT_HASH, info, at, out, &got))
    return false;
  memcpy (bytes, out, n);
  return true;
}

bool
isth_crypt_block (uint8_t out[ISTH_CRYPT_BLOCK],
                  const uint8_t key[ISTH_CRYPT_KEY],
                  const uint8_t in[ISTH_CRYPT_BLOCK])
{
  EVP_CIPHER_CTX *self = EVP_CIPHER_CTX_new ();
  int n = 0;
  bool done = self && EVP_EncryptInit_ex (self, EVP_aes_128_ecb (), NULL, key, NULL) && EVP_CIPHER_CTX_set_padding (self, 0) &&
              EVP_EncryptUpdate (self, out, &n, in, ISTH_CRYPT_BLOCK) && n == ISTH_CRYPT_BLOCK;

  EVP_CIPHER_CTX_free (self);
  return done;
}

bool
isth_crypt_open (uint8_t *plain,
                 const uint8_t key[ISTH_CRYPT_KEY],
                 const uint8_t iv[ISTH_CRYPT_IV],
                 const uint8_t *header,
                 size_t n_header,
                 const uint8_t *sealed,
                 size_t n)
{
  EVP_CIPHER_CTX *self;
  uint8_t tag[ISTH_CRYPT_BLOCK];
  int got = 0;
  bool done;

  if (n < ISTH_CRYPT_BLOCK || n > MOST_BYTES || n_header > MOST_BYTES)
    return false;
  n -= ISTH_CRYPT_BLOCK;
  memcpy (tag, sealed + n, sizeof tag);
  self = EVP_CIPHER_CTX_new ();
  done = self && EVP_DecryptInit_ex (self, EVP_aes_128_gcm (), NULL, key, iv) && EVP_DecryptUpdate (self, NULL, &got, header, (int) n_header) &&
         EVP_DecryptUpdate (self, plain, &got, sealed, (int) n) && EVP_CIPHER_CTX_ctrl (self, EVP_CTRL_GCM_SET_TAG, sizeof tag, tag) &&
         EVP_DecryptFinal_ex (self, plain + n, &got) > 0;
  EVP_CIPHER_CTX_free (self);
  return done;
}
