/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The examples of RFC 9001, A.1 and A.2, and what is refused. */
#include "analysis/base/crypt.h"

#include <glib.h>
#include <string.h>

#include "analysis/base/text.h"

static void
assert_hex (const uint8_t *bytes,
            size_t n,
            const char *expected)
{
  char text[2 * ISTH_CRYPT_HASH + 1];

  g_assert_cmpstr (isth_text_from_hex (text, sizeof text, bytes, n), ==, expected);
}

static void
test_keys (void)
{
  static const uint8_t salt[] = { 0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17, 0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a };
  static const uint8_t id[] = { 0x83, 0x94, 0xc8, 0xf0, 0x3e, 0x51, 0x57, 0x08 };
  static const uint8_t sample[] = { 0xd1, 0xb1, 0xc9, 0x8d, 0xd7, 0x68, 0x9f, 0xb8, 0xec, 0x11, 0xd2, 0x42, 0xb1, 0x23, 0xdc, 0x9b };
  uint8_t secret[ISTH_CRYPT_HASH], client[ISTH_CRYPT_HASH], key[ISTH_CRYPT_KEY], iv[ISTH_CRYPT_IV], mask[ISTH_CRYPT_BLOCK];

  g_assert_true (isth_crypt_extract (secret, salt, sizeof salt, id, sizeof id));
  assert_hex (secret, sizeof secret, "7db5df06e7a69e432496adedb00851923595221596ae2ae9fb8115c1e9ed0a44");
  g_assert_true (isth_crypt_expand (client, sizeof client, secret, "client in"));
  assert_hex (client, sizeof client, "c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea");
  g_assert_true (isth_crypt_expand (key, sizeof key, client, "quic key"));
  assert_hex (key, sizeof key, "1f369613dd76d5467730efcbe3b1a22d");
  g_assert_true (isth_crypt_expand (iv, sizeof iv, client, "quic iv"));
  assert_hex (iv, sizeof iv, "fa044b2f42a3fd3b46fb255c");
  g_assert_true (isth_crypt_expand (key, sizeof key, client, "quic hp"));
  assert_hex (key, sizeof key, "9f50449e04a0e810283a1e9933adedd2");
  g_assert_true (isth_crypt_block (mask, key, sample));
  assert_hex (mask, 5, "437b9aec36");
  g_assert_false (isth_crypt_expand (client, ISTH_CRYPT_HASH + 1, secret, "too many"));
  g_assert_false (isth_crypt_expand (client, 16, secret, "a label that is longer than any is"));
}

/* Test case 2 of McGrew and Viega's GCM: sixteen zeros. */
static void
test_open (void)
{
  static const uint8_t key[ISTH_CRYPT_KEY], iv[ISTH_CRYPT_IV];
  uint8_t sealed[] = { 0x03, 0x88, 0xda, 0xce, 0x60, 0xb6, 0xa3, 0x92, 0xf3, 0x28, 0xc2, 0xb9, 0x71, 0xb2, 0xfe, 0x78,
                       0xab, 0x6e, 0x47, 0xd4, 0x2c, 0xec, 0x13, 0xbd, 0xf5, 0x3a, 0x67, 0xb2, 0x12, 0x57, 0xbd, 0xdf };
  uint8_t plain[16] = { 1 };

  g_assert_true (isth_crypt_open (plain, key, iv, NULL, 0, sealed, sizeof sealed));
  assert_hex (plain, sizeof plain, "00000000000000000000000000000000");
  sealed[20] ^= 1;
  g_assert_false (isth_crypt_open (plain, key, iv, NULL, 0, sealed, sizeof sealed));
  g_assert_false (isth_crypt_open (plain, key, iv, NULL, 0, sealed, 15));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypt/keys", test_keys);
  g_test_add_func ("/crypt/open", test_open);
  return g_test_run ();
}
