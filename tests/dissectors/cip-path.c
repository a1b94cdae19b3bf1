/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CIP paths: every kind of segment, and every prefix of each. */
#include "analysis/dissectors/cip-path.h"

#include "tests/helpers/dissect-runner.h"

static const struct
{
  const char *bytes;
  bool good;
  const char *object, *route;
} cases[] = {
  { "", true, "", "" },
  { "2001 2401", true, "Identity 1", "" },
  { "2001 2400", true, "Identity", "" },
  { "2001 2401 3007", true, "Identity 1 attribute 7 (product name)", "" },
  { "2100 0100 2500 0200 3100 0300", true, "Identity 2 attribute 3 (product code)", "" },
  { "2001 2400 3007", true, "Identity attribute 7", "" }, /* of the class */
  { "2001 2401 3063", true, "Identity 1 attribute 99", "" },
  { "20f5 2401 3005", true, "TCP/IP Interface 1 attribute 5 (interface configuration)", "" },
  { "2077 2405 3003", true, "class 0x77 instance 5 attribute 3", "" },
  { "2100 5003", true, "class 0x350", "" },
  { "206b 2600 78563412", true, "Symbol 305419896", "" },
  /* A class begins anew: the last one is asked. */
  { "2004 2466 3003 2001 2401", true, "Identity 1", "" },
  { "2004 2466 2c65 2c64 2803", true, "Assembly 102", "" },
  { "9105 \"Speed\" 00", true, "tag Speed", "" },
  { "9104 \"Tank\" 9105 \"Level\" 00 2802", true, "tag Tank.Level", "" },
  { "65 \"Speed\"", true, "tag Speed", "" },
  { "64 \"Tank\" 00", true, "tag Tank", "" },
  { "9104 07414243", true, "tag <07>ABC", "" },
  { "91ff 41*255 00", true, "tag AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "" },
  /* Ports */
  { "0102 2001 2401", true, "Identity 1", "cip-slot:2" },
  { "0102 120b \"192.168.1.1\" 00 0100", true, "", "cip-slot:2 > cip-port:2/192.168.1.1 > cip-slot:0" },
  { "120a \"10.0.0.123\" 0100", true, "", "cip-port:2/10.0.0.123 > cip-slot:0" },
  { "0f1200 05", true, "", "cip-port:18/5" },
  { "1f041200 \"port\"", true, "", "cip-port:18/port" },
  { "1108 \"backbone\"", true, "", "cip-port:1/backbone" }, /* no slot is called like this */
  { "0101 0102 0103 0104 0105 0106 0107 0108 0109 0101 0102", true, "",
    "cip-slot:1 > cip-slot:2 > cip-slot:3 > cip-slot:4 > cip-slot:5 > cip-slot:6 > cip-slot:7 > cip-" },
  /* What stands between: keys, network segments, data */
  { "0103 3404 0100 0c00 3a00 83 01 2004 2401", true, "Assembly 1", "cip-slot:3" },
  { "3405 0100 0c00 3a00 83 01 78563412 2004 2401", true, "Assembly 1", "" },
  { "430a 2004 2401", true, "Assembly 1", "" },
  { "440a 2004 2401", true, "Assembly 1", "" },
  { "5002 00000000 2004 2401", true, "Assembly 1", "" },
  { "5102 00000000 2004 2401", true, "Assembly 1", "" },
  { "2004 2401 8002 01020304", true, "Assembly 1", "" },
  /* Lies */
  { "2001 24", false, "Identity", "" },
  { "9109 \"Speed\"", false, "", "" },
  { "3404 0100", false, "", "" },
  { "5009 0000", false, "", "" },
  { "1209 \"10.0\"", false, "", "" },
  { "60 22 4142", false, "", "" }, /* a name in another alphabet: not read */
  { "c1", false, "", "" },
  { "2001 ff", false, "Identity", "" },
};

static void
test_read (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (cases[i].bytes);
      char text[ISTH_LIMIT_TEXT];
      IsthCipPath path;

      g_assert_cmpint (isth_cip_path_read (&path, isth_cursor_new (bytes->data, bytes->len, bytes->len)), ==, cases[i].good);
      g_assert_cmpstr (isth_cip_path_format (&path, text, sizeof text), ==, cases[i].object);
      g_assert_cmpstr (path.route, ==, cases[i].route);
    }
}

static void
test_prefixes (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (cases[i].bytes);

      for (guint keep = 0; keep < bytes->len; keep++)
        {
          g_autofree guint8 *block = g_memdup2 (bytes->data, keep);
          char text[ISTH_LIMIT_TEXT];
          IsthCipPath path;

          isth_cip_path_read (&path, isth_cursor_new (block, keep, keep));
          g_assert_true (g_utf8_validate (isth_cip_path_format (&path, text, sizeof text), -1, NULL));
          g_assert_true (g_utf8_validate (path.route, -1, NULL));
        }
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cip-path/read", test_read);
  g_test_add_func ("/cip-path/prefixes", test_prefixes);
  return g_test_run ();
}
