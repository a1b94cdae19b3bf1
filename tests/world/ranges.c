/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The site's own ranges: how they are read, what lies in them, and that they stay in a world as words of people. */
#include "analysis/world/site-ranges.h"

static const struct
{
  const char *text;
  const char *read; /* NULL: it is no range */
  const char *inside, *outside;
} cases[] = {
  { "203.0.113.0/24", "203.0.113.0/24", "203.0.113.255", "203.0.114.0" },
  { "203.0.113.77/24", "203.0.113.0/24", "203.0.113.0", "203.0.112.255" },
  { "8.8.8.8", "8.8.8.8/32", "8.8.8.8", "8.8.8.9" },
  { "141.81.128.0/17", "141.81.128.0/17", "141.81.255.1", "141.81.127.255" },
  { "2a00:1::7/33", "2a00:1::/33", "2a00:1:7fff::1", "2a00:1:8000::1" },
  { "10.0.0.0/8", "10.0.0.0/8", "10.9.9.9", "2a00:1::7" },
  { "10.0.0.0/0", NULL, NULL, NULL },
  { "10.0.0.0/33", NULL, NULL, NULL },
  { "10.0.0.0/", NULL, NULL, NULL },
  { "10.0.0.0/8/8", NULL, NULL, NULL },
  { "10.0.0.0/-1", NULL, NULL, NULL },
  { "00:1b:1b:00:00:07/24", NULL, NULL, NULL },
  { "plant", NULL, NULL, NULL },
  { "", NULL, NULL, NULL },
};

static void
test_read (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IsthSiteRange range = { .bits = 7 };
      bool fine = isth_site_range_parse (&range, cases[i].text);
      g_autofree char *text = fine ? isth_site_range_format (&range) : NULL;
      IsthAddress ip;

      g_assert_cmpstr (text, ==, cases[i].read);
      if (!fine)
        {
          g_assert_cmpuint (range.bits, ==, 7);
          continue;
        }
      g_assert_true (isth_address_parse (&ip, cases[i].inside));
      g_assert_true (isth_site_range_contains (&range, &ip));
      g_assert_true (isth_address_parse (&ip, cases[i].outside));
      g_assert_false (isth_site_range_contains (&range, &ip));
    }
}

static void
test_keep (void)
{
  g_autoptr(IsthWorld) world = isth_world_new ();
  IsthSiteRange wide, narrow;

  g_assert_true (isth_site_range_parse (&wide, "8.8.0.0/16"));
  g_assert_true (isth_site_range_parse (&narrow, "8.8.0.0/24"));
  for (int round = 0; round < 2; round++)
    {
      IsthEdit edit = isth_site_range_make_edit (&wide, round == 0, "ann", round);

      g_assert_false (isth_site_range_is_known (&wide, world) != (round > 0));
      isth_world_add_edit (world, &edit);
      g_assert_true (isth_site_range_is_known (&wide, world) == (round == 0));
      g_assert_false (isth_site_range_is_known (&narrow, world));
      isth_site_range_clear_edit (&edit);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/world/ranges/read", test_read);
  g_test_add_func ("/world/ranges/keep", test_keep);
  return g_test_run ();
}
