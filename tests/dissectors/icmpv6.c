/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Echoes, errors and listeners. Discovery needs a hop limit that the frames of this runner have not: it is in the golden capture. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_icmpv6;

static const IsthDissectCase cases[] = {
  { "echo",
    "8000000000010001 \"hello\"\n"
    "< 8100000000010001 \"hello\"",
    ISTH_DISSECT_OK,
    "diagnose 128 echo\n"
    "= ok" },
  { "join",
    "8300*7 ff0200*13 fb",
    ISTH_DISSECT_OK,
    "subscribe 131 join (ff02::fb)" },
  { "leave",
    "8400*7 ff0200*13 fb",
    ISTH_DISSECT_OK,
    "other 132 leave (ff02::fb)" },
  { "query",
    "8200*23",
    ISTH_DISSECT_OK,
    "read 130 listener-query (all groups)\n"
    "role multicast-querier" },
  { "query-of-one",
    "8200*7 ff0200*13 fb",
    ISTH_DISSECT_OK,
    "read 130 listener-query (ff02::fb)\n"
    "role multicast-querier" },
  { "records",
    "8f00*6 0304000000ff0200*13 fb03000000ff0200*11 01000303000002ff0500*13 07200100*14 200100*14",
    ISTH_DISSECT_OK,
    "subscribe 143 join (ff02::fb)\n"
    "other 143 leave (ff02::1:3)\n"
    "subscribe 143 join (ff05::7)" },
  { "no-route",
    "0100*7 60000000000811fffe8000*13 0120010db8000900*9 0100*8",
    ISTH_DISSECT_OK,
    "report 1 no-route (2001:db8:9::1)" },
  { "unknown-code",
    "016300*6 60000000000811fffe8000*13 0120010db8000900*9 0100*8",
    ISTH_DISSECT_OK,
    "report 1 address-unreachable (2001:db8:9::1)" },
  { "too-big",
    "0200*5 050060000000000811fffe8000*13 0120010db8000900*9 0100*8",
    ISTH_DISSECT_OK,
    "report 2 packet-too-big (2001:db8:9::1)" },
  { "exceeded",
    "0300*7 60000000000811fffe8000*13 0120010db8000900*9 0100*8",
    ISTH_DISSECT_OK,
    "report 3 time-exceeded (2001:db8:9::1)\n"
    "role router" },
  { "reassembly",
    "030100*6 60000000000811fffe8000*13 0120010db8000900*9 0100*8",
    ISTH_DISSECT_OK,
    "report 3 reassembly-time-exceeded (2001:db8:9::1)" },
  { "parameter",
    "0400*7 60000000000811fffe8000*13 0120010db80009",
    ISTH_DISSECT_OK,
    "report 4 parameter-problem" },
  { "from-afar",
    "860000004000070800*8 010102000000000105010000000005dc030440c000000e1000000e100000000020010db8000100*10 "
    "190300000000070820010db8000100*9 53",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "records-lie",
    "8f00*6 0204000063ff0200*13 fb",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "listener-cut-off",
    "8300*7 ff020000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-off",
    "8000000001",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "8000000000010001 \"hello\"", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "860000004000070800*8 010102000000000105010000000005dc030440c000000e1000000e100000000020010db8000100*10 "
      "190300000000070820010db8000100*9 53", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "8f00*6 0304000000ff0200*13 fb03000000ff0200*11 01000303000002ff0500*13 07200100*14 200100*14", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "c800*7", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "00*8", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "800000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ip_protocol = 58 };

  isth_test_probes (&isth_dissector_icmpv6, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_icmpv6, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/icmpv6/probe", test_probe);
  return g_test_run ();
}
