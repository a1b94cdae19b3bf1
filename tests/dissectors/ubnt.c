/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What devices of Ubiquiti say of themselves: once, as long as they say the same. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ubnt;

static const IsthDissectCase cases[] = {
  { "announce",
    "0206006b02000a020000000010c0a8021502000a0200000000010a0000010100060200000000100a0004000000070b0004 \"gate\" 0c0004 "
    "\"UGW3\" 030017 \"Gateway.ER-e120.v4.3.33\" 160006 \"4.3.33\" 13000602000000001012000400000001",
    ISTH_DISSECT_OK,
    "report 6 announce\n"
    "mgmt_address = 192.168.2.21 (90)\n"
    "mgmt_address = 10.0.0.1 (90)\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "hostname = gate (90)\n"
    "model = UGW3 (90)\n"
    "firmware = Gateway.ER-e120.v4.3.33 (90)\n"
    "serial = 020000000010 (90)" },
  { "again",
    "0206006b02000a020000000010c0a8021502000a0200000000010a0000010100060200000000100a0004000000070b0004 \"gate\" 0c0004 "
    "\"UGW3\" 030017 \"Gateway.ER-e120.v4.3.33\" 160006 \"4.3.33\" 13000602000000001012000400000001\n"
    "0206006b02000a020000000010c0a8021502000a0200000000010a0000010100060200000000100a0004000000110b0004 \"gate\" 0c0004 "
    "\"UGW3\" 030017 \"Gateway.ER-e120.v4.3.33\" 160006 \"4.3.33\" 13000602000000001012000400000002",
    ISTH_DISSECT_OK,
    "report 6 announce\n"
    "mgmt_address = 192.168.2.21 (90)\n"
    "mgmt_address = 10.0.0.1 (90)\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "hostname = gate (90)\n"
    "model = UGW3 (90)\n"
    "firmware = Gateway.ER-e120.v4.3.33 (90)\n"
    "serial = 020000000010 (90)\n"
    "report 6 announce" },
  { "version-1",
    "010000280100060200000000020b0004 \"ap-7\" 14000e \"NanoStation M5\" 0d0004 \"yard\"",
    ISTH_DISSECT_OK,
    "report 0 announce\n"
    "chassis = 02:00:00:00:00:02 (90)\n"
    "hostname = ap-7 (90)\n"
    "model = NanoStation M5 (90)" },
  { "question",
    "01000000",
    ISTH_DISSECT_OK,
    "identify 0 discover" },
  { "other-sizes",
    "0206001601000602000000000202000261621300016101000178",
    ISTH_DISSECT_OK,
    "report 6 announce\n"
    "chassis = 02:00:00:00:00:02 (90)" },
  { "part-lies",
    "0206000d0100060200000000010b010061",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-lies",
    "0206010061",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-off",
    "0206",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "0206006b02000a020000000010c0a8021502000a0200000000010a0000010100060200000000100a0004000000070b0004 \"gate\" 0c0004 "
      "\"UGW3\" 030017 \"Gateway.ER-e120.v4.3.33\" 160006 \"4.3.33\" 13000602000000001012000400000001", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "010000280100060200000000020b0004 \"ap-7\" 14000e \"NanoStation M5\" 0d0004 \"yard\"", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "01000000", ISTH_PROBE_WEAK, 0, ISTH_LAYER_NONE },
    { "0306006b02000a020000000010c0a8021502000a0200000000010a0000010100060200000000100a0004000000070b0004 \"gate\" 0c0004 "
      "\"UGW3\" 030017 \"Gateway.ER-e120.v4.3.33\" 160006 \"4.3.33\" 13000602000000001012000400000001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0240006b02000a020000000010c0a8021502000a0200000000010a0000010100060200000000100a0004000000070b0004 \"gate\" 0c0004 "
      "\"UGW3\" 030017 \"Gateway.ER-e120.v4.3.33\" 160006 \"4.3.33\" 13000602000000001012000400000001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0206006b02000a020000000010c0a8021502000a0200000000010a0000010100060200000000100a0004000000070b0004 \"gate\" 0c0004 "
      "\"UGW3\" 030017 \"Gateway.ER-e120.v4.3.33\" 160006 \"4.3.33\" 130006020000000010120004000000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "02060006090003616263", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "010000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };

  isth_test_probes (&isth_dissector_ubnt, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ubnt, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ubnt/probe", test_probe);
  return g_test_run ();
}
