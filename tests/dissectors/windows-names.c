/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What builds of Windows and languages of keyboards are called. */
#include <glib.h>

#include "analysis/dissectors/windows-names.h"

static void
test_builds (void)
{
  static const struct
  {
    uint16_t build;
    const char *name;
  } cases[] = {
    { 1380, "Windows build 1380" },
    { 2600, "Windows 5.1.2600 (Windows XP)" },
    { 6002, "Windows 6.0.6002 (Windows Vista or Server 2008)" },
    { 7601, "Windows 6.1.7601 (Windows 7 or Server 2008 R2)" },
    { 9600, "Windows 6.3.9600 (Windows 8.1 or Server 2012 R2)" },
    { 14393, "Windows 10.0.14393 (Windows 10 1607 or Server 2016)" },
    { 22631, "Windows 10.0.22631 (Windows 11)" },
  };
  char text[96];

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (isth_windows_build_name (text, sizeof text, cases[i].build), ==, cases[i].name);
}

static void
test_languages (void)
{
  g_assert_cmpstr (isth_windows_language (0x0407), ==, "German");
  g_assert_cmpstr (isth_windows_language (0x100c), ==, "French (Switzerland)");
  g_assert_null (isth_windows_language (0));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/windows-names/builds", test_builds);
  g_test_add_func ("/windows-names/languages", test_languages);
  return g_test_run ();
}
