/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The longest prefix wins; what the registry does not give to one maker has none. Read from a list of this test's own. */
#include "analysis/world/vendor.h"

#include <glib.h>
#include <glib/gstdio.h>

static const char list[] = "001B1B\tSiemens AG,\n"
                           "70B3D5\tIEEE Registration Authority\n"
                           "70B3D5F2F\t  Two   Words \n"
                           "208593B\tIOG Products LLC\n"
                           "000000\tXerox\n"
                           "208593\tIEEE Registration Authority\n"
                           "741AE0\tPrivate\n"
                           "XYZ\tnot a prefix\n"
                           "12345\twrong length\n"
                           "\n"
                           "00D0EF\tLast, without an end";

static const struct
{
  const char *mac, *vendor;
} cases[] = {
  { "00:1b:1b:00:00:01", "Siemens AG" },
  { "00:1b:1c:00:00:01", NULL },
  { "70:b3:d5:f2:f1:23", "Two Words" },
  { "70:b3:d5:f2:e1:23", NULL },
  { "20:85:93:b0:00:01", "IOG Products LLC" },
  { "20:85:93:c0:00:01", NULL },
  { "74:1a:e0:00:00:01", NULL },
  { "00:d0:ef:ff:ff:ff", "Last, without an end" },
  { "00:00:00:00:01:00", "Xerox" },
  { "00:00:00:00:00:07", NULL }, /* made up */
  { "01:1b:1b:00:00:01", NULL }, /* group */
  { "02:1b:1b:00:00:01", NULL }, /* locally administered */
  { "10.0.0.1", NULL },
};

static void
test_cases (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IsthAddress address = { 0 };

      g_assert_true (isth_address_parse (&address, cases[i].mac));
      g_assert_cmpstr (isth_vendor_from_mac (&address), ==, cases[i].vendor);
    }
}

static void
test_shorten (void)
{
  static const struct { const char *vendor, *name; } names[] = {
    { "VMware, Inc.", "VMware" },
    { "MOXA TECHNOLOGIES CORP., LTD.", "MOXA Technologies" },
    { "Siemens AG", "Siemens" },
    { "Siemens Numerical Control Ltd., Nanjing", "Siemens Numerical" },
    { "LCFC(HeFei) Electronics Technology co., ltd", "LCFC(HeFei)" },
    { "Danieli Automation S.p.A.", "Danieli Automation" },
    { "Hilscher GmbH & Co. KG", "Hilscher" },
    { "IBM Corp", "IBM" },
    { "Fortinet, Inc.", "Fortinet" },
    { "Raspberry Pi Foundation", "Raspberry Pi" },
    { "Inc.", "Inc." },
    { ", Ltd", "," },
    { "Gesellschaftsvertragswerke GmbH", "Gesellschaftsvertra…" },
    { "Größenwahn-Überlandwerke AG", "Größenwahn-Überland…" },
    { "", "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = isth_vendor_shorten (names[i].vendor);
      g_assert_cmpstr (name, ==, names[i].name);
    }
}

/* The list that is installed has nothing but prefixes and names, sorted. */
static void
test_own_list (void)
{
  g_autofree char *path = g_build_filename (ISTH_SOURCE_DATA_FOLDER, "mac-vendors.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 300);
  for (guint i = 0; lines[i] && *lines[i]; i++)
    {
      g_assert_true (g_regex_match_simple ("^([0-9A-F]{6}|[0-9A-F]{7}|[0-9A-F]{9})\t\\S.*\\S$", lines[i], 0, 0));
      g_assert_true (i == 0 || g_strcmp0 (lines[i - 1], lines[i]) < 0);
    }
}

int
main (int argc,
      char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("isthmus-vendor-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "mac-vendors.tsv", NULL);
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (g_file_set_contents (path, list, -1, NULL));
  g_setenv ("ISTHMUS_DATA", folder, TRUE);
  g_test_add_func ("/world/vendor/cases", test_cases);
  g_test_add_func ("/world/vendor/shorten", test_shorten);
  g_test_add_func ("/world/vendor/own-list", test_own_list);
  result = g_test_run ();
  g_unlink (path);
  g_rmdir (folder);
  return result;
}
