/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions whether somebody is there, and what routers say. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_icmp;

static const IsthDissectCase cases[] = {
  { "echo",
    "0800543512340001 \"abcdefgh\"\n"
    "< 00005c3512340001 \"abcdefgh\"",
    ISTH_DISSECT_OK,
    "diagnose 8 echo\n"
    "= ok" },
  { "echo-unanswered",
    "0800543512340001 \"abcdefgh\"\n"
    "0800543412340002 \"abcdefgh\"\n"
    "0800542d12340009 \"abcdefgh\"\n"
    "< 00005c2d12340009 \"abcdefgh\"",
    ISTH_DISSECT_OK,
    "diagnose 8 echo\n"
    "diagnose 8 echo\n"
    "diagnose 8 echo\n"
    "= ok" },
  { "other-id",
    "0800543512340001 \"abcdefgh\"\n"
    "< 00006e6200070001 \"abcdefgh\"",
    ISTH_DISSECT_OK,
    "diagnose 8 echo" },
  { "timestamp",
    "0d00f2fd0001000100*12\n"
    "< 0e00f1fd0001000100*12",
    ISTH_DISSECT_OK,
    "diagnose 13 timestamp\n"
    "= ok" },
  { "mask",
    "1100eefd0001000100000000\n"
    "< 1200eefc00010001ffffff00",
    ISTH_DISSECT_OK,
    "diagnose 17 address-mask\n"
    "= ok" },
  /* What is quoted was said by the one who is told, not by the one who quotes it. */
  { "port",
    "< 0303ed13000000004500001c0001400040111dcb0a0000010a0009050fa0003500140000\n"
    "< 0303ed13000000004500001c0001400040111dcb0a0000010a0009050fa0003500140000\n"
    "< 0303eb65000000004500001c0001400040061dd60a0000010a0009050fa001f600000001",
    ISTH_DISSECT_OK,
    "report 3 port-unreachable (UDP 10.0.9.5:53)\n"
    "report 3 port-unreachable (UDP 10.0.9.5:53)\n"
    "report 3 port-unreachable (TCP 10.0.9.5:502)" },
  { "prohibited",
    "< 030dfcf2000000004500001c00014000402f1dad0a0000010a00090500*8",
    ISTH_DISSECT_OK,
    "report 3 communication-prohibited (10.0.9.5 protocol 47)" },
  { "cause-cut-off",
    "< 03010604000000004500001c0001400040111dcb0a0000010a00",
    ISTH_DISSECT_OK,
    "report 3 host-unreachable" },
  { "cause-of-no-ip",
    "< 0301d215000000006000001c0001400040111dcb0a0000010a0009050fa0003500140000",
    ISTH_DISSECT_OK,
    "report 3 host-unreachable" },
  { "too-big",
    "< 0304ed12000000004500001c0001400040111dcb0a0000010a0009050fa0003500140000",
    ISTH_DISSECT_OK,
    "report 3 fragmentation-needed (UDP 10.0.9.5:53)" },
  { "exceeded",
    "< 0b00e516000000004500001c0001400040111dcb0a0000010a0009050fa0003500140000",
    ISTH_DISSECT_OK,
    "report 11 time-exceeded (UDP 10.0.9.5:53)\n"
    "role router" },
  { "reassembly",
    "< 0b01e515000000004500001c0001400040111dcb0a0000010a0009050fa0003500140000",
    ISTH_DISSECT_OK,
    "report 11 reassembly-time-exceeded (UDP 10.0.9.5:53)" },
  { "redirect",
    "< 0501de690a0000fe4500001c0001400040061dd60a0000010a0009050fa001f600000001",
    ISTH_DISSECT_OK,
    "report 5 redirect (TCP 10.0.9.5:502 by way of 10.0.0.254)\n"
    "role router\n"
    "role router about 10.0.0.254" },
  { "redirect-to-nobody",
    "< 0501fafe00000000",
    ISTH_DISSECT_OK,
    "report 5 redirect ( by way of 0.0.0.0)\n"
    "role router" },
  { "advertisement",
    "< 0900d7f9020207080a0000fd000000000a0000fe00000001",
    ISTH_DISSECT_OK,
    "report 9 router-advertisement\n"
    "role router\n"
    "role router about 10.0.0.253\n"
    "role router about 10.0.0.254" },
  { "advertisement-lies",
    "< 09001cf8c80207080a0000fd",
    ISTH_DISSECT_OK,
    "report 9 router-advertisement\n"
    "role router" },
  { "solicitation",
    "0a00f5ff00000000",
    ISTH_DISSECT_OK,
    "other 10 router-solicitation" },
  { "quench",
    "< 0400ec16000000004500001c0001400040111dcb0a0000010a0009050fa0003500140000",
    ISTH_DISSECT_OK,
    "report 4 source-quench (UDP 10.0.9.5:53)" },
  { "parameter",
    "< 0c00e416000000004500001c0001400040111dcb0a0000010a0009050fa0003500140000",
    ISTH_DISSECT_OK,
    "report 12 parameter-problem (UDP 10.0.9.5:53)" },
  { "cut-off",
    "0800000001",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "0800543512340001 \"abcdefgh\"", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "0303ed13000000004500001c0001400040111dcb0a0000010a0009050fa0003500140000", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "0363fc9c00000000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0801f7fe00000000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "c80037ff00000000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0800000001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ip_protocol = 1 };

  isth_test_probes (&isth_dissector_icmp, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_icmp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/icmp/probe", test_probe);
  return g_test_run ();
}
