/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Status numbers, shares for administration, and how remote procedure calls begin. What is said of shares and pipes is in the tests of both SMBs. */
#include <glib.h>

#include "analysis/dissectors/smb-common.h"
#include "tests/helpers/dissect-runner.h"

static void
test_statuses (void)
{
  char text[40];

  g_assert_null (isth_smb_status (text, sizeof text, 0));
  g_assert_null (isth_smb_status (text, sizeof text, 0x00000103)); /* pending */
  g_assert_null (isth_smb_status (text, sizeof text, 0x80000006)); /* no more files */
  g_assert_cmpstr (isth_smb_status (text, sizeof text, 0xc0000022), ==, "access denied");
  g_assert_cmpstr (isth_smb_status (text, sizeof text, 0xc0000abc), ==, "status 0xc0000abc");
}

static void
test_shares (void)
{
  g_assert_true (isth_smb_is_administrative ("C$"));
  g_assert_true (isth_smb_is_administrative ("d$"));
  g_assert_true (isth_smb_is_administrative ("admin$"));
  g_assert_false (isth_smb_is_administrative ("IPC$"));
  g_assert_false (isth_smb_is_administrative ("CC$"));
  g_assert_false (isth_smb_is_administrative ("C$x"));
  g_assert_false (isth_smb_is_administrative (""));
}

static void
test_calls (void)
{
  static const struct
  {
    const char *bytes;
    bool call;
  } cases[] = {
    { "0500000310000000 1800 0000 01000000 0000000000000000", true },
    { "0500000310000000 1800 0000 010000", false },
    { "0600000310000000 1800 0000 01000000", false },
    { "0500000310000000 0800 0000 01000000", false }, /* shorter than its header */
    { "", false },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (cases[i].bytes);

      g_assert_cmpint (isth_smb_is_call (isth_cursor_new (bytes->data, bytes->len, bytes->len)), ==, cases[i].call);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smb-common/statuses", test_statuses);
  g_test_add_func ("/smb-common/shares", test_shares);
  g_test_add_func ("/smb-common/calls", test_calls);
  return g_test_run ();
}
