/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sender of CDP says of itself: once, as long as it says the same. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_cdp;

static const IsthDissectCase cases[] = {
  { "switch",
    "02b4ee3300010008 \"sw-1\" 0002002d000000020101cc00040a0000030208aaaa0300000086dd0010fe8000*13 0300030009 \"Gi0/1\" "
    "0004000800000028000500 \"6Cisco Internetwork\" 0a \"IOS, Version 12.1(22)\" 0a \"Copyright\" 00060015 \"cisco WS-C2950-12\" "
    "0008002400000c011200000000ffffffff010220ff00*6 020000000010ff000000090009 \"PLANT\" 000a00060007000b0005010017000b00 "
    "\"Hall 4\"",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = sw-1 (90)\n"
    "mgmt_address = 10.0.0.3 (90)\n"
    "mgmt_address = fe80::3 (90)\n"
    "neighbour_port = Gi0/1 (90)\n"
    "firmware = IOS, Version 12.1(22) (90)\n"
    "model = cisco WS-C2950-12 (90)\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "domain = PLANT (90)\n"
    "vlan = 7 (90)\n"
    "location = Hall 4 (90)\n"
    "role switch" },
  { "again",
    "02b45c9a00010008 \"sw-1\"\n"
    "02b45c9a00010008 \"sw-1\"",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = sw-1 (90)\n"
    "report - announce" },
  { "changed",
    "02b45c9a00010008 \"sw-1\"\n"
    "02b45c9900010008 \"sw-2\"",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = sw-1 (90)\n"
    "report - announce\n"
    "hostname = sw-2 (90)" },
  { "access-point",
    "02b4871e00010008 \"sw-1\" 000400080000000300060016 \"cisco AIR-CAP2602I\"",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = sw-1 (90)\n"
    "model = cisco AIR-CAP2602I (90)\n"
    "role wireless" },
  { "wireless-controller",
    "02b4afca00010008 \"sw-1\" 000400080000000100060017 \"cisco AIR-CT2504-K9\"",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = sw-1 (90)\n"
    "model = cisco AIR-CT2504-K9 (90)\n"
    "role router" },
  { "phone",
    "02b43e1200010013 \"SEP020000000002\" 0004000800000490000e00070100640014000b \"phone-2\"",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = SEP020000000002 (90)\n"
    "vlan = 100 (90)\n"
    "hostname = phone-2 (90)\n"
    "role phone" },
  { "no-voice-vlan",
    "02b45b8500010008 \"sw-1\" 000e0007010000",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = sw-1 (90)" },
  { "version-of-one-line",
    "02b4fac800010008 \"sw-1\" 00050007616263",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = sw-1 (90)\n"
    "firmware = abc (90)" },
  { "version-empty",
    "02b45c9100010008 \"sw-1\" 00050004",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = sw-1 (90)" },
  { "group-address",
    "02b48a9b00010008 \"sw-1\" 00020011000000010101cc0004e0000009",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = sw-1 (90)" },
  { "addresses-lie",
    "02b48b7200010008 \"sw-1\" 00020011ffffffff0101cc00040a000009",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = sw-1 (90)\n"
    "mgmt_address = 10.0.0.9 (90)" },
  { "address-size-lies",
    "02b48d7c00010008 \"sw-1\" 00020011000000010101ccffff01020304",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = sw-1 (90)" },
  { "other-protocol",
    "02b4d47c00010008 \"sw-1\" 0002001100000001010181000401020304",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = sw-1 (90)" },
  { "tlv-too-short",
    "02b45c9500010008 \"sw-1\" 00020003",
    ISTH_DISSECT_MALFORMED,
    "report - announce\n"
    "hostname = sw-1 (90)" },
  { "tlv-too-long",
    "02b45b9700010008 \"sw-1\" 0002010001",
    ISTH_DISSECT_MALFORMED,
    "report - announce\n"
    "hostname = sw-1 (90)" },
  { "padding",
    "02b45c9a00010008 \"sw-1\" 00",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "hostname = sw-1 (90)" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "02b4ee3300010008 \"sw-1\" 0002002d000000020101cc00040a0000030208aaaa0300000086dd0010fe8000*13 0300030009 \"Gi0/1\" "
      "0004000800000028000500 \"6Cisco Internetwork\" 0a \"IOS, Version 12.1(22)\" 0a \"Copyright\" 00060015 \"cisco WS-C2950-12\" "
      "0008002400000c011200000000ffffffff010220ff00*6 020000000010ff000000090009 \"PLANT\" 000a00060007000b0005010017000b00 "
      "\"Hall 4\"", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "01b45d9a00010008 \"sw-1\"", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "09b4559a00010008 \"sw-1\"", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "02b4387b00020008 \"abcd\"", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "02b4", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ether_type = 0x2000, .snap_oui = 0x00000c };

  isth_test_probes (&isth_dissector_cdp, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_cdp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/cdp/probe", test_probe);
  return g_test_run ();
}
