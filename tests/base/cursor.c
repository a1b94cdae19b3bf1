/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cursor cannot be made to read outside its bytes, and tells a cut capture from a lying packet. */
#include "analysis/base/cursor.h"

#include <glib.h>

static const uint8_t bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8 };

static void
test_read (void)
{
  IsthCursor c = isth_cursor_new (bytes, 8, 8);

  g_assert_cmphex (isth_cursor_u8 (&c), ==, 1);
  g_assert_cmphex (isth_cursor_be16 (&c), ==, 0x0203);
  g_assert_cmphex (isth_cursor_le32 (&c), ==, 0x07060504);
  g_assert_cmpuint (isth_cursor_left (&c), ==, 1);
  g_assert_cmphex (isth_cursor_be16 (&c), ==, 0);
  g_assert_true (c.failed);
  g_assert_false (c.cut);
  g_assert_cmphex (isth_cursor_u8 (&c), ==, 0); /* sticky */
  c = isth_cursor_new (bytes, 8, 8);
  g_assert_cmphex (isth_cursor_be64 (&c), ==, 0x0102030405060708);
  c = isth_cursor_new (bytes, 8, 8);
  g_assert_cmphex (isth_cursor_le64 (&c), ==, 0x0807060504030201);
  c = isth_cursor_new (bytes, 8, 8);
  g_assert_cmphex (isth_cursor_be24 (&c), ==, 0x010203);
}

static void
test_cut (void)
{
  IsthCursor c = isth_cursor_new (bytes, 4, 8);

  isth_cursor_skip (&c, 6);
  g_assert_true (c.failed);
  g_assert_true (c.cut);

  c = isth_cursor_new (bytes, 4, 8);
  isth_cursor_skip (&c, 9);
  g_assert_true (c.failed);
  g_assert_false (c.cut);
}

static void
test_take (void)
{
  IsthCursor c = isth_cursor_new (bytes, 6, 8);
  IsthCursor child = isth_cursor_take (&c, 2);

  g_assert_cmphex (isth_cursor_be16 (&child), ==, 0x0102);
  g_assert_cmphex (isth_cursor_u8 (&child), ==, 0);
  g_assert_true (child.failed);
  g_assert_false (c.failed);

  child = isth_cursor_take (&c, 6); /* all on the wire, two not captured */
  g_assert_false (c.failed);
  g_assert_cmpuint (child.length, ==, 4);
  g_assert_cmpuint (child.wire, ==, 6);

  child = isth_cursor_take (&c, 9); /* a lie */
  g_assert_true (c.failed);
  g_assert_cmpuint (child.length, ==, 0);
}

/* Whoever goes on while there are bytes left comes to an end with a cursor that has failed, wherever it stands. */
static void
test_left (void)
{
  IsthCursor c = isth_cursor_new (bytes, 4, 8), child;

  isth_cursor_skip (&c, 1);
  g_assert_cmpuint (isth_cursor_left (&c), ==, 3);
  g_assert_cmpuint (isth_cursor_wire_left (&c), ==, 7);
  isth_cursor_be32 (&c);
  g_assert_true (c.failed && c.cut);
  g_assert_cmpuint (c.position, ==, 1);
  g_assert_cmpuint (isth_cursor_left (&c), ==, 0);
  g_assert_cmpuint (isth_cursor_wire_left (&c), ==, 0);

  child = isth_cursor_rest (&c);
  g_assert_cmpuint (isth_cursor_left (&child), ==, 0);
  isth_cursor_limit (&c, 2);
  g_assert_cmpuint (c.length, ==, 4);
}

static void
test_limit (void)
{
  IsthCursor c = isth_cursor_new (bytes, 8, 8);

  isth_cursor_skip (&c, 2);
  isth_cursor_limit (&c, 3);
  g_assert_cmpuint (isth_cursor_left (&c), ==, 3);
  isth_cursor_limit (&c, 30);
  g_assert_cmpuint (isth_cursor_left (&c), ==, 3);
  g_assert_cmpint (isth_cursor_peek (&c, 2), ==, 5);
  g_assert_cmpint (isth_cursor_peek (&c, 3), ==, -1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cursor/read", test_read);
  g_test_add_func ("/cursor/cut", test_cut);
  g_test_add_func ("/cursor/take", test_take);
  g_test_add_func ("/cursor/left", test_left);
  g_test_add_func ("/cursor/limit", test_limit);
  return g_test_run ();
}
