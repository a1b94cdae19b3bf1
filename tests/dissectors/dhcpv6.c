/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clients with their names, addresses given and refused, relays in relays. The runner speaks IPv4; which MAC stands beside which address is in the golden capture. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_dhcpv6;

static const IsthDissectCase cases[] = {
  { "solicit",
    "011234560001000a000300010200000000010027000f0006 \"hmi-12\" 05 \"plant\" 000010000e000001370008 \"MSFT 5.0\" "
    "000300280000000100*9 05001820010db8000100*9 0900000e1000001c20",
    ISTH_DISSECT_OK,
    "other 1 solicit\n"
    "device_id = 00030001020000000001 (90)\n"
    "hostname = hmi-12.plant (90)\n"
    "vendor_class = MSFT 5.0 (90)" },
  { "request",
    "031234560001000a000300010200000000010002000a00030001020000000002000300280000000100*9 05001820010db8000100*9 "
    "0900000e1000001c20\n"
    "< 071234560001000a000300010200000000010002000a00030001020000000002000300280000000100*9 05001820010db8000100*9 "
    "0900000e1000001c200017002020010db8000100*9 53ff0200*13 010018000f05 \"plant\" 07 \"example\" 00001f001020010db8000100*9 "
    "7b",
    ISTH_DISSECT_OK,
    "other 3 request\n"
    "device_id = 00030001020000000001 (90)\n"
    "bind 02:00:00:00:00:01 2001:db8:1::9\n"
    "= ok\n"
    "role dhcp-server\n"
    "device_id = 00030001020000000001 (90) about 10.0.0.1\n"
    "device_id = 00030001020000000002 (90)\n"
    "bind 02:00:00:00:00:01 2001:db8:1::9\n"
    "role dns-server about 2001:db8:1::53\n"
    "domain = plant.example (75) about 10.0.0.1\n"
    "role ntp-server about 2001:db8:1::7b" },
  { "refused",
    "031234560001000a000300010200000000010002000a00030001020000000002000300280000000100*9 05001820010db8000100*9 "
    "0900000e1000001c20\n"
    "< 071234560001000a000300010200000000010002000a00030001020000000002000d00060002 \"none\"",
    ISTH_DISSECT_OK,
    "other 3 request\n"
    "device_id = 00030001020000000001 (90)\n"
    "bind 02:00:00:00:00:01 2001:db8:1::9\n"
    "= refused: no address left\n"
    "role dhcp-server\n"
    "device_id = 00030001020000000001 (90) about 10.0.0.1\n"
    "device_id = 00030001020000000002 (90)" },
  { "unknown-status",
    "031234560001000a000300010200000000010002000a00030001020000000002000300280000000100*9 05001820010db8000100*9 "
    "0900000e1000001c20\n"
    "< 071234560001000a000300010200000000010002000a00030001020000000002000d00020063",
    ISTH_DISSECT_OK,
    "other 3 request\n"
    "device_id = 00030001020000000001 (90)\n"
    "bind 02:00:00:00:00:01 2001:db8:1::9\n"
    "= refused: failed\n"
    "role dhcp-server\n"
    "device_id = 00030001020000000001 (90) about 10.0.0.1\n"
    "device_id = 00030001020000000002 (90)" },
  { "relayed",
    "0c0020010db8000100*9 fefe8000*13 0100120004 \"eth0\" 00090063011234560001000a000300010200000000010027000f0006 "
    "\"hmi-12\" 05 \"plant\" 000010000e000001370008 \"MSFT 5.0\" 000300280000000100*9 05001820010db8000100*9 "
    "0900000e1000001c20\n"
    "< 0d0020010db8000100*9 fefe8000*13 0100120004 \"eth0\" "
    "00090097071234560001000a000300010200000000010002000a00030001020000000002000300280000000100*9 05001820010db8000100*9 "
    "0900000e1000001c200017002020010db8000100*9 53ff0200*13 010018000f05 \"plant\" 07 \"example\" 00001f001020010db8000100*9 "
    "7b",
    ISTH_DISSECT_OK,
    "role dhcp-relay\n"
    "other 1 solicit\n"
    "device_id = 00030001020000000001 (90) about fe80::1\n"
    "hostname = hmi-12.plant (90) about fe80::1\n"
    "vendor_class = MSFT 5.0 (90) about fe80::1\n"
    "= ok\n"
    "role dhcp-server\n"
    "device_id = 00030001020000000001 (90) about fe80::1\n"
    "device_id = 00030001020000000002 (90)\n"
    "role dns-server about 2001:db8:1::53\n"
    "domain = plant.example (75) about fe80::1\n"
    "role ntp-server about 2001:db8:1::7b" },
  { "relayed-twice",
    "0c0120010db8000100*9 fefe8000*13 0700120004 \"eth0\" 000900910c0020010db8000100*9 fefe8000*13 0100120004 \"eth0\" "
    "00090063011234560001000a000300010200000000010027000f0006 \"hmi-12\" 05 \"plant\" 000010000e000001370008 \"MSFT 5.0\" "
    "000300280000000100*9 05001820010db8000100*9 0900000e1000001c20",
    ISTH_DISSECT_OK,
    "role dhcp-relay\n"
    "other 1 solicit\n"
    "device_id = 00030001020000000001 (90) about fe80::1\n"
    "hostname = hmi-12.plant (90) about fe80::1\n"
    "vendor_class = MSFT 5.0 (90) about fe80::1" },
  { "information",
    "0b1234560001000a00030001020000000001000800020000",
    ISTH_DISSECT_OK,
    "other 11 information-request\n"
    "device_id = 00030001020000000001 (90)" },
  { "temporary",
    "051234560001000a0003000102000000000100040020000000010005001820010db8000100*9 0900*8",
    ISTH_DISSECT_OK,
    "other 5 renew\n"
    "device_id = 00030001020000000001 (90)\n"
    "bind 02:00:00:00:00:01 2001:db8:1::9" },
  { "short-values",
    "011234560001000a000300010200000000010010000100002700000003001200*13 050002616200010000",
    ISTH_DISSECT_OK,
    "other 1 solicit\n"
    "device_id = 00030001020000000001 (90)" },
  { "name-lies",
    "011234560001000a0003000102000000000100270004003f6162",
    ISTH_DISSECT_OK,
    "other 1 solicit\n"
    "device_id = 00030001020000000001 (90)" },
  { "relayed-too-often",
    "0c0020010db8000100*9 fefe8000*13 0100120004 \"eth0\" 000901d30c0020010db8000100*9 fefe8000*13 0100120004 \"eth0\" "
    "000901a50c0020010db8000100*9 fefe8000*13 0100120004 \"eth0\" 000901770c0020010db8000100*9 fefe8000*13 0100120004 "
    "\"eth0\" 000901490c0020010db8000100*9 fefe8000*13 0100120004 \"eth0\" 0009011b0c0020010db8000100*9 fefe8000*13 "
    "0100120004 \"eth0\" 000900ed0c0020010db8000100*9 fefe8000*13 0100120004 \"eth0\" 000900bf0c0020010db8000100*9 "
    "fefe8000*13 0100120004 \"eth0\" 000900910c0020010db8000100*9 fefe8000*13 0100120004 \"eth0\" "
    "00090063011234560001000a000300010200000000010027000f0006 \"hmi-12\" 05 \"plant\" 000010000e000001370008 \"MSFT 5.0\" "
    "000300280000000100*9 05001820010db8000100*9 0900000e1000001c20",
    ISTH_DISSECT_MALFORMED,
    "role dhcp-relay" },
  { "relayed-nothing",
    "0c00*34 120004 \"eth0\" 0012000165",
    ISTH_DISSECT_MALFORMED,
    "role dhcp-relay" },
  { "option-lies",
    "011234560001000a000300010200000000010027010061",
    ISTH_DISSECT_MALFORMED,
    "other 1 solicit\n"
    "device_id = 00030001020000000001 (90)" },
  { "cut-off",
    "0100",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "011234560001000a000300010200000000010027000f0006 \"hmi-12\" 05 \"plant\" 000010000e000001370008 \"MSFT 5.0\" "
      "000300280000000100*9 05001820010db8000100*9 0900000e1000001c20", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "0c0020010db8000100*9 fefe8000*13 0100120004 \"eth0\" 00090063011234560001000a000300010200000000010027000f0006 "
      "\"hmi-12\" 05 \"plant\" 000010000e000001370008 \"MSFT 5.0\" 000300280000000100*9 05001820010db8000100*9 "
      "0900000e1000001c20", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "011234560001000a00030001020000000001", ISTH_PROBE_WEAK, 0, ISTH_LAYER_NONE },
    { "0e1234560001000a000300010200000000010002000a00030001020000000002", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "01123456", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0112345600000000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "01123456038400000001000a00030001020000000001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "011234560001000a000300010200000000010027010061", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0100", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .source = { .kind = ISTH_ADDRESS_IPV6 } };

  isth_test_probes (&isth_dissector_dhcpv6, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_dhcpv6, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/dhcpv6/probe", test_probe);
  return g_test_run ();
}
