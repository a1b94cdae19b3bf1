/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a router of MikroTik says of itself: once, as long as it says the same. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_mndp;

static const IsthDissectCase cases[] = {
  { "announce",
    "000000010001000602000000000100050004 \"gw-1\" 0007000f \"6.49.7 (stable)\" 00080008 \"MikroTik\" 000b0009 \"ABCD-EFGH\" "
    "000c0008 \"RB750Gr3\" 000e000100000f0010fe8000*13 010010000e \"bridge1/ether2\" 001100040a000001000a000464000000",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = gw-1 (90)\n"
    "firmware = 6.49.7 (stable) (90)\n"
    "vendor = MikroTik (90)\n"
    "device_id = ABCD-EFGH (90)\n"
    "model = RB750Gr3 (90)\n"
    "mgmt_address = fe80::1 (90)\n"
    "neighbour_port = bridge1/ether2 (90)\n"
    "mgmt_address = 10.0.0.1 (90)" },
  { "again",
    "000000010001000602000000000100050004 \"gw-1\" 0007000f \"6.49.7 (stable)\" 00080008 \"MikroTik\" 000b0009 \"ABCD-EFGH\" "
    "000c0008 \"RB750Gr3\" 000e000100000f0010fe8000*13 010010000e \"bridge1/ether2\" 001100040a000001000a000464000000\n"
    "000000020001000602000000000100050004 \"gw-1\" 0007000f \"6.49.7 (stable)\" 00080008 \"MikroTik\" 000b0009 \"ABCD-EFGH\" "
    "000c0008 \"RB750Gr3\" 000e000100000f0010fe8000*13 010010000e \"bridge1/ether2\" 001100040a000001000a0004a0000000",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = gw-1 (90)\n"
    "firmware = 6.49.7 (stable) (90)\n"
    "vendor = MikroTik (90)\n"
    "device_id = ABCD-EFGH (90)\n"
    "model = RB750Gr3 (90)\n"
    "mgmt_address = fe80::1 (90)\n"
    "neighbour_port = bridge1/ether2 (90)\n"
    "mgmt_address = 10.0.0.1 (90)\n"
    "report - announce" },
  { "question",
    "00000000",
    ISTH_DISSECT_OK,
    "identify - discover" },
  { "other-sizes",
    "0000000100010006020000000001001100026162000f000261620005000178000a000464000000",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = x (90)" },
  { "part-lies",
    "0000000100010006020000000001000a0004640000000005010061",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-off",
    "0000",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "000000010001000602000000000100050004 \"gw-1\" 0007000f \"6.49.7 (stable)\" 00080008 \"MikroTik\" 000b0009 \"ABCD-EFGH\" "
      "000c0008 \"RB750Gr3\" 000e000100000f0010fe8000*13 010010000e \"bridge1/ether2\" 001100040a000001000a000464000000", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "00000000", ISTH_PROBE_WEAK, 0, ISTH_LAYER_NONE },
    { "00000001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "000000010002000600*30", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "000000010001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };

  isth_test_probes (&isth_dissector_mndp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_mndp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/mndp/probe", test_probe);
  return g_test_run ();
}
