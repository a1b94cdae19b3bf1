/* SPDX-License-Identifier: GPL-3.0-or-later */
/* S-I/O: transfers and states; counts and lengths that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ether_s_io;

static const IsthDissectCase cases[] = {
  { "transfers",
    "4553494f00010000002b0001000000180000000d02000000005c000000010001010000005d000000020000",
    ISTH_DISSECT_OK,
    "protocol_address = 13 (90)\n"
    "role ether-s-io-station\n"
    "report 1 data-transfer (transfer 92 of station 13 to 1)\n"
    "role ether-s-io-station\n"
    "report 1 data-transfer (transfer 93 of station 13 to 2)" },
  { "status",
    "4553494f00020000001800010001000c0000000d01000200",
    ISTH_DISSECT_OK,
    "protocol_address = 13 (90)\n"
    "report 2 status (status 1 diagnosis 2)" },
  { "status-of-another-type",
    "4553494f00020000001800010002000c0000000d01000200",
    ISTH_DISSECT_OK,
    "protocol_address = 13 (90)\n"
    "report 2 status" },
  { "too-many",
    "4553494f0001000000160001000000180000000dff00",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "count-lies",
    "4553494f0001000000210001000000180000000d02000000005c00000001000101",
    ISTH_DISSECT_MALFORMED,
    "protocol_address = 13 (90)\n"
    "role ether-s-io-station\n"
    "report 1 data-transfer (transfer 92 of station 13 to 1)" },
  { "length-of-a-transfer-lies",
    "4553494f0001000000210001000000180000000d01000000005c00000001000901",
    ISTH_DISSECT_MALFORMED,
    "protocol_address = 13 (90)" },
  { "length-lies",
    "4553494f 0001 0000 0040 0001 0000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-esio",
    "4553494e 0001 0000 000c 0001",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is. */
static const IsthProbeCase probes[] = {
  { "4553494f0001000000160001000000180000000d0000", ISTH_PROBE_STRONG },
  { "4553494f00070000000c0001", ISTH_PROBE_NO },
  { "4553494f00", ISTH_PROBE_NO },
  { "4745 5420", ISTH_PROBE_NO },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_ether_s_io, &(IsthPacket) { .layer = ISTH_LAYER_UDP, .source_port = 40000, .target_port = 0 }, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ether_s_io, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ether-s-io/probe", test_probe);
  return g_test_run ();
}
