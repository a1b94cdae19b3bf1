/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text forms go both ways, and every special range is known for what it is. */
#include "analysis/base/address.h"

#include <glib.h>

static const struct
{
  const char *text;
  bool group, unspecified, loopback, link_local, private, host;
} cases[] = {
  { "10.1.2.3", .private = true, .host = true },
  { "172.31.255.1", .private = true, .host = true },
  { "172.32.0.1", .host = true },
  { "8.8.8.8", .host = true },
  { "100.64.0.1", .private = true, .host = true },
  { "169.254.1.1", .link_local = true, .private = true, .host = true },
  { "127.0.0.1", .loopback = true, .private = true },
  { "0.0.0.0", .unspecified = true, .private = true },
  { "224.0.0.251", .group = true },
  { "239.255.255.250", .group = true },
  { "255.255.255.255", .group = true },
  { "fe80::1", .link_local = true, .private = true, .host = true },
  { "fd00::1", .private = true, .host = true },
  { "2a00:1450:4001::8", .host = true },
  { "2001:db8::1", .host = true },
  { "203.0.113.7", .host = true },
  { "ff02::fb", .group = true },
  { "::", .unspecified = true, .private = true },
  { "::1", .loopback = true, .private = true },
  { "00:1b:1b:aa:bb:cc", .private = true, .host = true },
  { "01:0e:cf:00:00:00", .group = true, .private = true },
  { "00:e0:2b:00:00:00", .group = true, .private = true },
  { "ff:ff:ff:ff:ff:ff", .group = true, .private = true },
};

static void
test_ranges (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IsthAddress a = { 0 };
      char text[ISTH_ADDRESS_TEXT];

      g_test_message ("%s", cases[i].text);
      g_assert_true (isth_address_parse (&a, cases[i].text));
      g_assert_cmpstr (isth_address_format (&a, text), ==, cases[i].text);
      g_assert_cmpint (isth_address_is_group (&a), ==, cases[i].group);
      g_assert_cmpint (isth_address_is_unspecified (&a), ==, cases[i].unspecified);
      g_assert_cmpint (isth_address_is_loopback (&a), ==, cases[i].loopback);
      g_assert_cmpint (isth_address_is_link_local (&a), ==, cases[i].link_local);
      g_assert_cmpint (isth_address_is_private (&a), ==, cases[i].private);
      g_assert_cmpint (isth_address_is_host (&a), ==, cases[i].host);
    }
}

static void
test_parse (void)
{
  static const char *const bad[] = { "", "1.2.3", "1.2.3.4.5", "00:1b:1b:aa:bb", "00:1b:1b:aa:bb:cc:dd", "00:1b:1b:aa:bb:c", "gg::", "00-1b:1b-aa:bb-cc" };
  IsthAddress a = { 0 }, b = { 0 };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (isth_address_parse (&a, bad[i]));
  g_assert_true (isth_address_parse (&a, "00-1B-1B-AA-BB-CC"));
  g_assert_true (isth_address_parse (&b, "00:1b:1b:aa:bb:cc"));
  g_assert_true (isth_address_equal (&a, &b));
  g_assert_cmpint (isth_address_compare (&a, &b), ==, 0);
  g_assert_true (isth_address_parse (&b, "10.0.0.1"));
  g_assert_cmpint (isth_address_compare (&a, &b), <, 0);
}

static void
test_documentation (void)
{
  static const struct { const char *text; bool expected; } written[] = {
    { "192.0.2.1", true },  { "198.51.100.255", true }, { "203.0.113.0", true },  { "2001:db8::1", true },
    { "192.0.3.1", false }, { "198.51.101.0", false },  { "203.0.112.1", false }, { "2001:db9::1", false }, { "00:00:5e:00:53:01", false },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (written); i++)
    {
      IsthAddress a;

      g_assert_true (isth_address_parse (&a, written[i].text));
      g_assert_cmpint (isth_address_is_documentation (&a), ==, written[i].expected);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/ranges", test_ranges);
  g_test_add_func ("/address/documentation", test_documentation);
  g_test_add_func ("/address/parse", test_parse);
  return g_test_run ();
}
