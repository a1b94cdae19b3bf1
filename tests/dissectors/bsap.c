/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BSAP: signals read and written by name, address and list, on IP and in serial frames; lengths and counts that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_bsap;

static const IsthDissectCase cases[] = {
  { "by-list",
    "0e00010006000100000000000000110000000c01000000a0000c03d0010f07\n"
    "< 0e000100050002000000010000000b0000000c010000000001",
    ISTH_DISSECT_OK,
    "role bsap-client\n"
    "read 12 read-signals-by-list (list 7)\n"
    "= ok\n"
    "role bsap-server" },
  { "by-one-name",
    "0e00010006000100000000000000130000000c01000000a0000401d00f01404100",
    ISTH_DISSECT_OK,
    "role bsap-client\n"
    "read 4 read-signals-by-name (@A)" },
  { "write-by-name",
    "0e00010006000100000000000000160000000c01000000a000840f024041000a4042000a",
    ISTH_DISSECT_OK,
    "role bsap-client\n"
    "write 132 write-signals-by-name (@A and 1 more)" },
  { "long-header",
    "16000100060001000000000000000000000000000000140000000c01000000a0000201d024770f031100",
    ISTH_DISSECT_OK,
    "role bsap-client\n"
    "read 2 read-logical-by-address (3 signals)" },
  { "extensions",
    "0e000100060001000000000000000d0000000c01000000a1000201\n"
    "0e000100060002000000010000000d0000000c02000000a1000102\n"
    "0e000100060003000000020000000d0000000c03000000a1000202\n"
    "0e000100060004000000030000000d0000000c04000000a1000302\n"
    "0e000100060005000000040000000d0000000c05000000a1000004\n"
    "0e000100060006000000050000000d0000000c06000000a100ff0f",
    ISTH_DISSECT_OK,
    "role bsap-client\n"
    "configure 258 reset-diagnostics\n"
    "role bsap-client\n"
    "read 513 read-date-and-time\n"
    "role bsap-client\n"
    "read 514 read-date\n"
    "role bsap-client\n"
    "read 515 read-time\n"
    "role bsap-client\n"
    "configure 1024 change-node-address\n"
    "role bsap-client\n"
    "other 4095 database-extension" },
  { "services",
    "0e000100060001000000000000000b0000000c010000004800\n"
    "0e000100060002000000010000000b0000000c020000006800\n"
    "0e000100060003000000020000000b0000000c030000009900\n"
    "0e000100060004000000030000000c0000000c04000000a00077",
    ISTH_DISSECT_OK,
    "role bsap-client\n"
    "diagnose 72 diagnostics\n"
    "role bsap-client\n"
    "firmware 104 flash-download\n"
    "transfer firmware data (flash)\n"
    "role bsap-client\n"
    "other 153 service\n"
    "role bsap-client\n"
    "other 119 remote-database" },
  { "answer-of-kind-1",
    "0e00010086000100000000000000110000000c01000000a0000c03d0010f07\n"
    "< 0e000100010002000000010000000b0000000c010000000001",
    ISTH_DISSECT_OK,
    "role bsap-client\n"
    "read 12 read-signals-by-list (list 7)\n"
    "= ok\n"
    "role bsap-server" },
  { "acknowledgment",
    "0e00000000000100000000000000",
    ISTH_DISSECT_OK,
    "" },
  { "count-lies",
    "0e00030006000100000000000000110000000c01000000a0000c03d0010f07",
    ISTH_DISSECT_MALFORMED,
    "role bsap-client\n"
    "read 12 read-signals-by-list (list 7)" },
  { "length-lies",
    "0e00 0100 0600 01000000 00000000 ff000000 0c 01000000 a0 00",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-too-small",
    "0e00 0100 0600 01000000 00000000 02000000 0c 01000000 a0 00",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "name-without-end",
    "0e00010006000100000000000000130000000c01000000a0000403d0010f014041",
    ISTH_DISSECT_OK,
    "role bsap-client\n"
    "read 4 read-signals-by-name (1 signal)" },
  { "serial-to-node",
    "1002 05 01 a0 0100 03 00 04 01d0 0f 01 404100 1003 0000",
    ISTH_DISSECT_OK,
    "role bsap-client\n"
    "read 4 read-signals-by-name (@A) @bsap-node:5" },
  { "serial-cut",
    "1002 05 01 a0 0100",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-bsap",
    "0f00 0100 0600 0000",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is. */
static const IsthProbeCase probes[] = {
  { "0e00010006000100000000000000110000000c01000000a0000c03d0010f07", ISTH_PROBE_STRONG },
  { "0e00000000000100000000000000", ISTH_PROBE_WEAK },
  { "0e002800060001000000000000000c0000000c01000000a0000c", ISTH_PROBE_NO },
  { "0e000100070001000000000000000c0000000c01000000a0000c", ISTH_PROBE_NO },
  { "0e0000000000010000000000000000", ISTH_PROBE_NO },
  { "1002 05 01 a0 0100 03 00 00 030f01 1003 0000", ISTH_PROBE_WEAK },
  { "1002 05 01 a0 0100 03 00 00 030f01 1002 0000", ISTH_PROBE_NO },
  { "0e00 01", ISTH_PROBE_NO },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_bsap, &(IsthPacket) { .layer = ISTH_LAYER_UDP, .source_port = 40000, .target_port = 0 }, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_bsap, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/bsap/probe", test_probe);
  return g_test_run ();
}
