/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check value that catalogues of checks give for "123456789", from both starts; and in two parts. */
#include "analysis/dissectors/crc16.h"

#include <glib.h>

static void
test_crc16 (void)
{
  const uint8_t *digits = (const uint8_t *) "123456789";

  g_assert_cmphex (isth_crc16 (0xffff, digits, 9), ==, 0x4b37);
  g_assert_cmphex (isth_crc16 (0, digits, 9), ==, 0xbb3d);
  g_assert_cmphex (isth_crc16 (isth_crc16 (0, digits, 4), digits + 4, 5), ==, 0xbb3d);
  g_assert_cmphex (isth_crc16 (0xffff, digits, 0), ==, 0xffff);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crc16", test_crc16);
  return g_test_run ();
}
