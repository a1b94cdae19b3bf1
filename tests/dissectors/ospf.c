/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who routes in which area, and how it is proved. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ospf;

static const IsthDissectCase cases[] = {
  { "hello",
    "020100340101010100000000e68900*10 ffffff00000a0201000000280a000001000000000202020203030303",
    ISTH_DISSECT_OK,
    "report 1 hello (area 0.0.0.0, not authenticated, mask 255.255.255.0, priority 1, designated 10.0.0.1, hears 2.2.2.2 3.3.3.3)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)\n"
    "subnet = 10.0.0.0/24 (90)\n"
    "role ospf-designated-router" },
  { "again",
    "020100340101010100000000e68900*10 ffffff00000a0201000000280a000001000000000202020203030303\n"
    "020100340101010100000000e68900*10 ffffff00000a0201000000280a000001000000000202020203030303",
    ISTH_DISSECT_OK,
    "report 1 hello (area 0.0.0.0, not authenticated, mask 255.255.255.0, priority 1, designated 10.0.0.1, hears 2.2.2.2 3.3.3.3)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)\n"
    "subnet = 10.0.0.0/24 (90)\n"
    "role ospf-designated-router\n"
    "report 1 hello (area 0.0.0.0, not authenticated, mask 255.255.255.0, priority 1, designated 10.0.0.1, hears 2.2.2.2 3.3.3.3)" },
  { "not-designated",
    "0201002c0101010100000000f09300*10 ffffff00000a0201000000280a00000900000000",
    ISTH_DISSECT_OK,
    "report 1 hello (area 0.0.0.0, not authenticated, mask 255.255.255.0, priority 1, designated 10.0.0.9)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)\n"
    "subnet = 10.0.0.0/24 (90)" },
  { "many-neighbours",
    "020100500101010100000000450200*10 ffffff00000a0201000000280a000001000000000a0909000a0909010a0909020a0909030a0909040a0909050a0909060a09 "
    "09070a090908",
    ISTH_DISSECT_OK,
    "report 1 hello (area 0.0.0.0, not authenticated, mask 255.255.255.0, priority 1, designated 10.0.0.1, hears 10.9.9.0 10.9.9.1 10.9.9.2 10.9.9.3 10.9.9.4 10.9.9.5)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)\n"
    "subnet = 10.0.0.0/24 (90)\n"
    "role ospf-designated-router" },
  { "description",
    "020200200101010100000000f3f800*10 05dc020700000000",
    ISTH_DISSECT_OK,
    "other 2 database-description (area 0.0.0.0, not authenticated)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)" },
  { "request",
    "020300240101010100000000fbd600*22",
    ISTH_DISSECT_OK,
    "read 3 link-state-request (area 0.0.0.0, not authenticated)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)" },
  { "update",
    "020400640101010100000000693300*13 0300010201*9 800000010000001800*5 010201*9 800000010000001800*5 01020201*8 "
    "800000010000001800000000",
    ISTH_DISSECT_OK,
    "report 4 link-state-update (area 0.0.0.0, not authenticated, 2 router, 1 network)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)" },
  { "own-networks", /* what others advertise is theirs */
    "0204008c0101010100000000000000*10 000000030001020101010101010101018000000100000030000000020a010000ffff00000300000a0a0000010a0000010200000a000102020a00000101010101800000010000001cffffff00010101010001020102020202020202028000000100000024000000010a020000ffff00000300000a",
    ISTH_DISSECT_OK,
    "report 4 link-state-update (area 0.0.0.0, not authenticated, 2 router, 1 network)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)\n"
    "subnet = 10.1.0.0/16 (90)\n"
    "subnet = 10.0.0.0/24 (90)" },
  { "own-routes",
    "020400ec0101010100000000648200*13 07000102030a03000001010101800000010000001cffff00*5 "
    "0a00010205ac100000010101018000000100000024fff000008000001400*8 0e1002030a04000001010101800000010000001cffff00*5 "
    "0a000102030a05000001010101800000010000001cffff000000ffffff800102070a060000010101018000000100000024ffff00*5 1400*9 "
    "0102030a07000002020202800000010000001cffff00*5 0a000102030a080000010101018000000100000018ffff0000",
    ISTH_DISSECT_OK, "report 4 link-state-update (area 0.0.0.0, not authenticated, 5 summary, 1 external, 1 NSSA)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)\n"
    "route = 10.3.0.0/16 (90)\n"
    "route = 172.16.0.0/12 (90)\n"
    "route = 10.6.0.0/16 (90)" },
  { "update-lies",
    "02040030010101010000000075bb00*10 ffffffff0001020501*8 8000000100000003",
    ISTH_DISSECT_OK,
    "report 4 link-state-update (area 0.0.0.0, not authenticated, 1 external)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)" },
  { "update-unknown-kind",
    "020400340101010100000000754300*13 010001026301*8 800000010000001800000000",
    ISTH_DISSECT_OK,
    "report 4 link-state-update (area 0.0.0.0, not authenticated, 1 other)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)" },
  { "acknowledgment",
    "0205002c010101010000000075ad00*11 010201*9 8000000100000018",
    ISTH_DISSECT_OK,
    "other 5 link-state-acknowledgment (area 0.0.0.0, not authenticated)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)" },
  { "password",
    "0201002c0101010100000000f09a0001 \"sesame\" 0000ffffff00000a0201000000280a00000100000000\n"
    "0201002c0101010100000000f09a0001 \"sesame\" 0000ffffff00000a0201000000280a00000100000000",
    ISTH_DISSECT_OK,
    "report 1 hello (area 0.0.0.0, password in clear, mask 255.255.255.0, priority 1, designated 10.0.0.1)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)\n"
    "subnet = 10.0.0.0/24 (90)\n"
    "role ospf-designated-router\n"
    "authenticate - password (password of 6 characters, in clear)\n"
    "report 1 hello (area 0.0.0.0, password in clear, mask 255.255.255.0, priority 1, designated 10.0.0.1)" },
  { "md5",
    "0201002c0101010100000000f09900020000011000000007ffffff00000a0201000000280a0000010000000011*16",
    ISTH_DISSECT_OK,
    "report 1 hello (area 0.0.0.0, authenticated, mask 255.255.255.0, priority 1, designated 10.0.0.1)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)\n"
    "subnet = 10.0.0.0/24 (90)\n"
    "role ospf-designated-router" },
  { "version-3",
    "03010028030303030000000100*7 0501000013000a0028030303030000000004040404",
    ISTH_DISSECT_OK,
    "report 1 hello (area 0.0.0.1, priority 1, designated 3.3.3.3, hears 4.4.4.4)\n"
    "role router\n"
    "protocol_address = 3.3.3.3 (90)\n"
    "role ospf-designated-router" },
  { "hello-too-short",
    "0201001a0101010100000000fbe200*10 ffff",
    ISTH_DISSECT_OK,
    "report 1 hello (area 0.0.0.0, not authenticated)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)" },
  { "other-version",
    "040100340101010100000000e68900*10 ffffff00000a0201000000280a000001000000000202020203030303",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "other-type",
    "020900340101010100000000e68900*10 ffffff00000a0201000000280a000001000000000202020203030303",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-lies",
    "020101000101010100000000e68900*10 ffffff00000a0201000000280a000001000000000202020203030303",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-too-short",
    "020100070101010100000000e68900*10 ffffff00000a0201000000280a000001000000000202020203030303",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-off",
    "020100340101010100000000e68900*6",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "prefixes-of-version-3",
    "0304013401*4 00*11 070001200300000001*5 80000001000000240000000a30000000fd00000100020000000120030000000201*4 "
    "800000010000002400ffffff30000000fd00000100030000000140050000000301*4 80000001000000240100001428000000fd00000900*5 "
    "0140050000000402*4 80000001000000240100001428000000fd00000800*5 0100080000000501*4 800000010000003801000013fe8000*13 "
    "010000000140000000fd00000100010001000120090000000601*4 80000001000000400002200100*4 01*4 40000001fd0000010001000280000000fd00*14 "
    "070001200100*4 01*4 800000010000001800*4",
    ISTH_DISSECT_OK,
    "report 4 link-state-update (area 0.0.0.0, 1 router, 2 summary, 2 external, 1 link, 1 prefix)\n"
    "role router\n"
    "protocol_address = 1.1.1.1 (90)\n"
    "route = fd00:1:2::/48 (90)\n"
    "route = fd00:9::/40 (90)\n"
    "subnet = fd00:1:1:1::/64 (90)\n"
    "subnet = fd00:1:1:2::/64 (90)" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "020100340101010100000000e68900*10 ffffff00000a0201000000280a000001000000000202020203030303", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "03010028030303030000000100*7 0501000013000a0028030303030000000004040404", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "040100340101010100000000e68900*10 ffffff00000a0201000000280a000001000000000202020203030303", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "020900340101010100000000e68900*10 ffffff00000a0201000000280a000001000000000202020203030303", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "020101000101010100000000e68900*10 ffffff00000a0201000000280a000001000000000202020203030303", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "02010034010101010000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ip_protocol = 89 };

  isth_test_probes (&isth_dissector_ospf, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ospf, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ospf/probe", test_probe);
  return g_test_run ();
}
