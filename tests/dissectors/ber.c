/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags of one to three octets, both forms of length, and all that is not taken. */
#include <glib.h>

#include "analysis/dissectors/ber.h"
#include "tests/helpers/dissect-runner.h"

static const struct
{
  const char *bytes;
  bool good;
  uint32_t tag;
  uint32_t length;
} values[] = {
  { "80 02 0102", true, 0x80, 2 },
  { "61 8102 0102", true, 0x61, 2 },
  { "30 820002 0102", true, 0x30, 2 },
  { "02 8400000001 07", true, 0x02, 1 },
  { "bf4d 01 07", true, 0xbf4d, 1 },
  { "9f8101 01 07", true, 0x9f8101, 1 },
  { "05 00", true, 0x05, 0 },
  { "9f818101 01 07", .good = false },
  { "30 80 0000", .good = false },
  { "30 850000000001 07", .good = false },
  { "30 02 01", .good = false },
  { "30", .good = false },
  { "bf", .good = false },
  { "30 82 00", .good = false },
};

static void
test_values (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (values[i].bytes);
      IsthCursor c = isth_cursor_new (bytes->data, bytes->len, bytes->len), body;
      uint32_t tag;

      g_test_message ("%s", values[i].bytes);
      g_assert_cmpint (isth_ber_next (&c, &tag, &body), ==, values[i].good);
      g_assert_cmpint (c.failed, ==, !values[i].good);
      if (!values[i].good)
        continue;
      g_assert_cmphex (tag, ==, values[i].tag);
      g_assert_cmpuint (body.length, ==, values[i].length);
      g_assert_false (isth_ber_next (&c, &tag, &body));
      g_assert_false (c.failed);
    }
}

/* What the capture cut is there as far as it goes. */
static void
test_cut (void)
{
  static const uint8_t bytes[] = { 0x30, 0x10, 1, 2 };
  IsthCursor c = isth_cursor_new (bytes, sizeof bytes, 18), body;
  uint32_t tag;

  g_assert_true (isth_ber_next (&c, &tag, &body));
  g_assert_cmpuint (body.length, ==, 2);
  g_assert_cmpuint (body.wire, ==, 16);
}

static const struct
{
  const char *bytes;
  bool good;
  uint64_t value;
} numbers[] = {
  { "00", true, 0 },
  { "01 00", true, 256 },
  { "00ff", true, 255 },
  { "00 ff*8", true, G_MAXUINT64 },
  { "", .good = false },
  { "01 ff*8", .good = false },
  { "00*10", .good = false },
};

static void
test_numbers (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (numbers[i].bytes);
      uint64_t value = 0;

      g_assert_cmpint (isth_ber_unsigned (isth_cursor_new (bytes->data, bytes->len, bytes->len), &value), ==, numbers[i].good);
      g_assert_cmpuint (value, ==, numbers[i].value);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ber/values", test_values);
  g_test_add_func ("/ber/cut", test_cut);
  g_test_add_func ("/ber/numbers", test_numbers);
  return g_test_run ();
}
