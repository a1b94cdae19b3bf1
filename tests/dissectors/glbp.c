/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who carries a virtual address, alone or with others; passwords in clear. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_glbp;

static const IsthDissectCase cases[] = {
  { "active",
    "010000010000020000000001011c00200064000000000bb80000271002583840000001040a0000fe0214022000a76400*8 07b4000101",
    ISTH_DISSECT_OK,
    "report 1 hello (group 1, virtual address 10.0.0.254, priority 100, active, 1 forwarders)\n"
    "role router\n"
    "role glbp-active" },
  { "again",
    "010000010000020000000001011c00200064000000000bb80000271002583840000001040a0000fe0214022000a76400*8 07b4000101\n"
    "010000010000020000000001011c00200064000000000bb80000271002583840000001040a0000fe0214022000a76400*8 07b4000101",
    ISTH_DISSECT_OK,
    "report 1 hello (group 1, virtual address 10.0.0.254, priority 100, active, 1 forwarders)\n"
    "role router\n"
    "role glbp-active\n"
    "report 1 hello (group 1, virtual address 10.0.0.254, priority 100, active, 1 forwarders)" },
  { "standby",
    "010000010000020000000001011c0010005a000000000bb80000271002583840000001040a0000fe",
    ISTH_DISSECT_OK,
    "report 1 hello (group 1, virtual address 10.0.0.254, priority 90, standby, 0 forwarders)\n"
    "role router" },
  { "listen",
    "010000010000020000000001011c00040064000000000bb80000271002583840000001040a0000fe",
    ISTH_DISSECT_OK,
    "report 1 hello (group 1, virtual address 10.0.0.254, priority 100, listen, 0 forwarders)\n"
    "role router" },
  { "speak",
    "010000010000020000000001011c00080064000000000bb80000271002583840000001040a0000fe",
    ISTH_DISSECT_OK,
    "report 1 hello (group 1, virtual address 10.0.0.254, priority 100, speak, 0 forwarders)\n"
    "role router" },
  { "ipv6",
    "010000010000020000000001012800000064000000000bb8000027100258384000000210fe8000*13 07",
    ISTH_DISSECT_OK,
    "report 1 hello (group 1, virtual address fe80::7, priority 100, initial, 0 forwarders)\n"
    "role router" },
  { "password",
    "010000010000020000000001011c00200064000000000bb80000271002583840000001040a0000fe030a0106 \"secret\"",
    ISTH_DISSECT_OK,
    "report 1 hello (group 1, virtual address 10.0.0.254, priority 100, active, 0 forwarders)\n"
    "role router\n"
    "role glbp-active\n"
    "authenticate - password (password of 6 characters, in clear)" },
  { "md5",
    "010000010000020000000001011c00200064000000000bb80000271002583840000001040a0000fe0314021001*16",
    ISTH_DISSECT_OK,
    "report 1 hello (group 1, virtual address 10.0.0.254, priority 100, active, 0 forwarders)\n"
    "role router\n"
    "role glbp-active" },
  { "hello-cut-off",
    "010000010000020000000001010400200214022000a76400*8 07b4000101",
    ISTH_DISSECT_OK,
    "report 1 hello (group 1, virtual address , priority 0, active, 1 forwarders)\n"
    "role router\n"
    "role glbp-active" },
  { "part-too-short",
    "0100000100000200000000010101",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "part-lies",
    "010000010000020000000001014000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-off",
    "010000010000020000",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "010000010000020000000001011c00200064000000000bb80000271002583840000001040a0000fe0214022000a76400*8 07b4000101", ISTH_PROBE_WEAK, 0, ISTH_LAYER_NONE },
    { "020000010000020000000001011c00200064000000000bb80000271002583840000001040a0000fe0214022000a76400*8 07b4000101", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "010700010000020000000001011c00200064000000000bb80000271002583840000001040a0000fe0214022000a76400*8 07b4000101", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "010000010000020000000001014000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0100000100000200000000010905616263", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "010000010000020000000001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };

  isth_test_probes (&isth_dissector_glbp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_glbp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/glbp/probe", test_probe);
  return g_test_run ();
}
