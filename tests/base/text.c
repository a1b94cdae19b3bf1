/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever the bytes, the text is valid UTF-8, bounded, and says what was there. */
#include "analysis/base/text.h"

#include <glib.h>
#include <string.h>

static const struct
{
  const char *bytes;
  size_t n, size;
  const char *text;
} cases[] = {
  { "PLC_1\0\0\0", 8, 64, "PLC_1" },
  { "  x y  ", 7, 64, "x y" },
  { "a\x01" "b", 3, 64, "a<01>b" },
  { "a\0b", 3, 64, "a<00>b" },
  { "K\xc3\xbc" "che", 6, 64, "Küche" },
  { "K\xfc" "che", 5, 64, "Küche" },
  { "100\x80", 4, 64, "100€" },
  { "K\xc3\xbc" "che", 6, 3, "K" },
  { "abcdef", 6, 4, "abc" },
  { "", 0, 8, "" },
  { "\xff\xfe", 2, 64, "ÿþ" },
};

static void
test_bytes (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char text[64];

      isth_text_from_bytes (text, cases[i].size, (const uint8_t *) cases[i].bytes, cases[i].n);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_random (void)
{
  for (int round = 0; round < 2000; round++)
    {
      uint8_t bytes[64];
      size_t n = (size_t) g_test_rand_int_range (0, sizeof bytes);
      size_t size = (size_t) g_test_rand_int_range (1, 40);
      g_autofree char *text = g_malloc (size);

      for (size_t i = 0; i < n; i++)
        bytes[i] = (uint8_t) g_test_rand_int ();
      isth_text_from_bytes (text, size, bytes, n);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpuint (strlen (text), <, size);
      isth_text_from_utf16 (text, size, bytes, n, round & 1);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpuint (strlen (text), <, size);
      isth_text_from_hex (text, size, bytes, n);
      g_assert_cmpuint (strlen (text), <, size);
    }
}

static void
test_forms (void)
{
  char text[64];

  g_assert_cmpstr (isth_text_from_string (text, sizeof text, (const uint8_t *) "ab\0cd", 5), ==, "ab");
  g_assert_cmpstr (isth_text_from_utf16 (text, sizeof text, (const uint8_t *) "A\0B\0\0\0C\0", 8, false), ==, "AB");
  g_assert_cmpstr (isth_text_from_utf16 (text, sizeof text, (const uint8_t *) "\xd8\x3d\xde\x00", 4, true), ==, "😀");
  g_assert_cmpstr (isth_text_from_hex (text, sizeof text, (const uint8_t *) "\x0a\xff", 2), ==, "0aff");
  g_assert_cmpstr (isth_text_format (text, 4, "ab%s", "ü"), ==, "ab");
  g_assert_true (isth_text_is_printable ((const uint8_t *) "abc\0", 4));
  g_assert_false (isth_text_is_printable ((const uint8_t *) "abc\0d", 5));
  g_assert_false (isth_text_is_printable ((const uint8_t *) "\0", 1));
}

#define CHECK_FORMAT(...) \
  for (size_t size = 1; size <= sizeof mine; size++) \
    { \
      g_snprintf (printed, size, __VA_ARGS__); \
      g_assert_cmpstr (isth_text_format (mine, size, __VA_ARGS__), ==, printed); \
    }

/* In a buffer of any size it says what printf says. */
static void
test_format (void)
{
  char mine[40], printed[40];

  CHECK_FORMAT ("plain");
  CHECK_FORMAT ("%s", "");
  CHECK_FORMAT ("%s%s, %u", "one", "two", 3u);
  CHECK_FORMAT ("%u %u", 0u, UINT32_MAX);
  CHECK_FORMAT ("%02x %04x %08X %x", 0xau, 0xbcdu, 0x12ef34u, 0x12345u);
  CHECK_FORMAT ("%2u|%3x|%010u", 1u, 0x1234u, 77u);
  CHECK_FORMAT ("%lu %lx", 18446744073709551615ul, 0xfedcba9876543210ul);
  CHECK_FORMAT ("%d %c %5s|%-5s|%.2s 100%%", -3, 'x', "abc", "abc", "abc");
  CHECK_FORMAT ("%.3f", 1.5);
  g_assert_cmpstr (isth_text_format (mine, sizeof mine, "%s", "gr\xc3\xbc\xc3\x9f"), ==, "grüß");
  g_assert_cmpstr (isth_text_format (mine, 6, "%s", "gr\xc3\xbc\xc3\x9f"), ==, "grü");
  g_assert_cmpstr (isth_text_format (mine, sizeof mine, "a%sb", "\xff"), ==, "a");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/bytes", test_bytes);
  g_test_add_func ("/text/random", test_random);
  g_test_add_func ("/text/forms", test_forms);
  g_test_add_func ("/text/format", test_format);
  return g_test_run ();
}
