/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IPMI: commands by name, refused and answered out of order; sessions of both kinds; units of replacement; lengths that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ipmi;

static const IsthDissectCase cases[] = {
  { "power",
    "0600ff07000000000000000000082000e0810002007d\n"
    "0600ff07000000000000000000082000e08104020178\n"
    "0600ff07000000000000000000082000e08108020273\n"
    "0600ff07000000000000000000082000e0810c02036e\n"
    "0600ff07000000000000000000082000e08110020469\n"
    "0600ff07000000000000000000082000e08114020564\n"
    "0600ff07000000000000000000082000e0811802065f",
    ISTH_DISSECT_OK,
    "role ipmi-client\n"
    "control 2 chassis-control (power down)\n"
    "role ipmi-client\n"
    "control 2 chassis-control (power up)\n"
    "role ipmi-client\n"
    "control 2 chassis-control (power cycle)\n"
    "role ipmi-client\n"
    "control 2 chassis-control (hard reset)\n"
    "role ipmi-client\n"
    "control 2 chassis-control (diagnostic interrupt)\n"
    "role ipmi-client\n"
    "control 2 chassis-control (soft shutdown)\n"
    "role ipmi-client\n"
    "control 2 chassis-control" },
  { "resets",
    "0600ff07000000000000000000072018c881040279\n"
    "0600ff07000000000000000000072018c881080374\n"
    "0600ff07000000000000000000072000e0810c0370\n"
    "0600ff070000000000000000000d2000e081100805a000000000c2",
    ISTH_DISSECT_OK,
    "role ipmi-client\n"
    "control 1538 cold-reset\n"
    "role ipmi-client\n"
    "control 1539 warm-reset\n"
    "role ipmi-client\n"
    "control 3 chassis-reset\n"
    "role ipmi-client\n"
    "configure 8 set-boot-options" },
  { "settings",
    "0600ff070000000000000000000d2030b081040101030a0000016b\n"
    "0600ff070000000000000000000f2018c88108470202736563726574a6\n"
    "0600ff070000000000000000000d2028b8810c470000434c52aaa1\n"
    "0600ff070000000000000000000a2010d081102630010018",
    ISTH_DISSECT_OK,
    "role ipmi-client\n"
    "configure 3073 set-lan-parameters\n"
    "role ipmi-client\n"
    "configure 1607 set-user-password (password in clear (under 8 characters))\n"
    "role ipmi-client\n"
    "configure 2631 clear-sel\n"
    "role ipmi-client\n"
    "configure 1062 set-sensor-thresholds (sensor 48)" },
  { "firmware-and-oem",
    "0600ff07000000000000000000072020c08104017a\n"
    "0600ff070000000000000000000720b03081080077\n"
    "0600ff070000000000000000000720c020810c0172\n"
    "0600ff07000000000000000000072018c881107ff0",
    ISTH_DISSECT_OK,
    "role ipmi-client\n"
    "firmware 2049 firmware-command\n"
    "role ipmi-client\n"
    "other 11264 oem-command\n"
    "role ipmi-client\n"
    "other 12289 oem-command\n"
    "role ipmi-client\n"
    "other 1663 unknown-command" },
  { "firmware-upgrade",
    "0600ff070000000000000000000a20b03081043100010247\n"
    "0600ff070000000000000000000d20b0308108320000010203043b\n"
    "0600ff070000000000000000000a20b030810c320001053b\n"
    "0600ff070000000000000000000d20b03081103300000500000037\n"
    "0600ff070000000000000000000820b0308114350036\n"
    "0600ff070000000000000000000a20b03081183100010233\n"
    "0600ff070000000000000000000820b030811c300033\n"
    "0600ff070000000000000000000920b030812031dc0151",
    ISTH_DISSECT_OK,
    "role ipmi-client\n"
    "firmware 11313 initiate-upgrade-action\n"
    "transfer firmware begin (components 0x01)\n"
    "role ipmi-client\n"
    "firmware 11314 upload-firmware-block\n"
    "transfer firmware data 4/0\n"
    "role ipmi-client\n"
    "firmware 11314 upload-firmware-block\n"
    "transfer firmware data 1/0\n"
    "role ipmi-client\n"
    "firmware 11315 finish-firmware-upload\n"
    "transfer firmware end\n"
    "role ipmi-client\n"
    "firmware 11317 activate-firmware\n"
    "role ipmi-client\n"
    "firmware 11313 initiate-upgrade-action\n"
    "transfer firmware begin (components 0x01)\n"
    "role ipmi-client\n"
    "firmware 11312 abort-upgrade\n"
    "transfer firmware abort: broken off by who sent it\n"
    "role ipmi-client\n"
    "other 11313 oem-command" },
  /* Module 0x42 of a shelf is asked where it is, and for a record, by way of the shelf's manager; it has no second device 13. */
  { "bridged",
    "0600ff070000000000000000001120 18c88194344042b00e20000d0000d377\n"
    "< 0600ff0700000000000000000008811c632094340018\n"
    "< 0600ff070000000000000000000b81b4cb20940d000015002a\n"
    "0600ff070000000000000000001120 18c88198344042b00e20000d0000d373\n"
    "< 0600ff070000000000000000000881b4cb20980dcc00\n"
    "0600ff070000000000000000000b2018c8819834404210aeb1",
    ISTH_DISSECT_OK,
    "role ipmi-client\n"
    "other 1588 send-message\n"
    "read 11277 get-device-locator-record @ipmi-ipmb:0x42\n"
    "= ok\n"
    "role ipmi-server\n"
    "= ok\n"
    "role ipmi-server\n"
    "role ipmi-client\n"
    "other 1588 send-message\n"
    "read 11277 get-device-locator-record @ipmi-ipmb:0x42\n"
    "= refused: invalid data field\n"
    "role ipmi-server\n"
    "role ipmi-client\n"
    "other 1588 send-message" },
  { "completion-codes",
    "0600ff07000000000000000000072018c88104017a\n"
    "< 0600ff0700000000000000000008811c63200401c11a\n"
    "0600ff07000000000000000000072018c881080176\n"
    "< 0600ff0700000000000000000008811c6320080133a4",
    ISTH_DISSECT_OK,
    "role ipmi-client\n"
    "identify 1537 get-device-id\n"
    "= refused: invalid command\n"
    "role ipmi-server\n"
    "role ipmi-client\n"
    "identify 1537 get-device-id\n"
    "= refused: completion code 0x33\n"
    "role ipmi-server" },
  { "two-of-one-kind",
    "0600ff07000000000000000000072018c88104017a\n"
    "0600ff07000000000000000000072018c881080176\n"
    "< 0600ff0700000000000000000008811c63200801c017\n"
    "< 0600ff0700000000000000000008811c63200401d506",
    ISTH_DISSECT_OK,
    "role ipmi-client\n"
    "identify 1537 get-device-id\n"
    "role ipmi-client\n"
    "identify 1537 get-device-id\n"
    "= refused: node busy\n"
    "role ipmi-server\n"
    "= refused: not supported in this state\n"
    "role ipmi-server" },
  { "device-id-cut",
    "0600ff07000000000000000000072018c88104017a\n"
    "< 0600ff0700000000000000000009811c632004010020bb",
    ISTH_DISSECT_OK,
    "role ipmi-client\n"
    "identify 1537 get-device-id\n"
    "= ok\n"
    "role ipmi-server" },
  { "unit-of-another-number",
    "0600ff070000000000000000000b2028b88104110200004028\n"
    "< 0600ff0700000000000000000029812c53200411002001000000010000fe01030083a13892426162c0c0c25331c10000000000000082ab",
    ISTH_DISSECT_OK,
    "role ipmi-client\n"
    "identify 2577 read-fru-data (unit 2)\n"
    "= ok\n"
    "role ipmi-server\n"
    "child ipmi-fru:2\n"
    "vendor = ABCD (90) @ipmi-fru:2\n"
    "serial = S1 (90) @ipmi-fru:2" },
  { "unit-out-of-turn",
    "0600ff070000000000000000000b2028b88104110010000852\n"
    "< 0600ff0700000000000000000011812c5320041100080101010101010101bb",
    ISTH_DISSECT_OK,
    "role ipmi-client\n"
    "identify 2577 read-fru-data (unit 0)\n"
    "= ok\n"
    "role ipmi-server" },
  { "unit-count-lies",
    "0600ff070000000000000000000b2028b88104110000000862\n"
    "< 0600ff0700000000000000000011812c532004110040010101010101010183",
    ISTH_DISSECT_OK,
    "role ipmi-client\n"
    "identify 2577 read-fru-data (unit 0)\n"
    "= ok\n"
    "role ipmi-server" },
  { "console-and-encrypted",
    "0600ff070641000000000000000008000000000000000000\n"
    "0600ff0706c00000000000000000100000000000000000000000000000000000\n"
    "0600ff07060200000000000000000000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "rakp-given-up",
    "0600ff0706140000000000000000080003020000b0b1b2b3",
    ISTH_DISSECT_OK,
    "" },
  { "rakp-name-lies",
    "0600ff07061200000000000000001f0001000000b0b1b2b30707070707070707070707070707070714000050657665",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "plus-message",
    "0600ff070600000000000000000007002018c88104017a\n"
    "< 0600ff07064000000000000000000800811c63200401c11a",
    ISTH_DISSECT_OK,
    "role ipmi-client\n"
    "identify 1537 get-device-id\n"
    "= refused: invalid command\n"
    "role ipmi-server" },
  { "asf",
    "0600ff06000011be10010000\n"
    "0600ff06000011be81020000\n"
    "< 0600ff06000011be4102001000000000000000000000000000000000\n"
    "0600ff06000011be77030000",
    ISTH_DISSECT_OK,
    "role asf-client\n"
    "asf: control 16 reset\n"
    "role asf-client\n"
    "asf: read 129 get-capabilities\n"
    "= ok\n"
    "role asf-server\n"
    "role asf-client\n"
    "asf: other 119 asf-message" },
  { "asf-of-another",
    "0600ff06 00000001 80 00 00 00",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-lies",
    "0600ff07 00 0000000000000000 ff 2018c8",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "message-too-short",
    "0600ff07 00 0000000000000000 05 2018c88100",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "another-class",
    "0600ff08 0000",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "another-version",
    "0500ff07",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is. */
static const IsthProbeCase probes[] = {
  { "0600ff07000000000000000000072018c88104017a", ISTH_PROBE_STRONG },
  { "0600ff0702000000000000000011111111111111111111111111111111072018c88104017a", ISTH_PROBE_STRONG },
  { "0600ff07000000000000000000072018c88104017a0000", ISTH_PROBE_NO },
  { "0600ff070612000000000000000008000000000000000000", ISTH_PROBE_STRONG },
  { "0600ff07 030000000000000000000000000000000000000000", ISTH_PROBE_NO },
  { "0600ff06000011be80000000", ISTH_PROBE_STRONG },
  { "0600ff06 00000001 80", ISTH_PROBE_NO },
  { "0600ff86", ISTH_PROBE_WEAK },
  { "0601ff07", ISTH_PROBE_NO },
  { "0600", ISTH_PROBE_NO },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_ipmi, &(IsthPacket) { .layer = ISTH_LAYER_UDP, .source_port = 40000, .target_port = 0 }, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ipmi, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ipmi/probe", test_probe);
  return g_test_run ();
}
