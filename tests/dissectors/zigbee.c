/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZigBee: headers of the network layer, from the first of a network, from others, passed on; what devices tell of themselves; attributes, commands, firmware,
 * keys; and what is none. The client is station 1 of its network, the server station 2. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_zigbee;

#define TO_2 "4800 0200 0100 1e 11 "
#define TO_1 "4800 0100 0200 1e 11 "
#define TO_ALL "0800 fdff 0100 1e 11 "
#define STATION_1 "protocol_address = 0x0001 in PAN 0x0000 (90)\n"
#define STATION_2 "protocol_address = 0x0002 in PAN 0x0000 (90)\n"
#define DEVICE(cluster) "40 00 " cluster " 0000 00 07 "          /* data to and from function 0 */
#define HOME(cluster) "40 02 " cluster " 0401 01 07 "            /* from function 1 to function 2 */
#define HOME_BACK(cluster) "40 01 " cluster " 0401 02 07 "

static const IsthDissectCase cases[] = {
  { "command", "0912 fcff 0000 01 c0 22021f0000ff0f00 28 ba220100 22021f0000ff0f00 00 658df37b6a f6976da6", ISTH_DISSECT_OK,
    "role zigbee-coordinator about 02:00:00:00:00:00\n"
    "role zigbee-router\n"
    "protocol_address = 0x0000 in PAN 0x0000 (90) about 02:00:00:00:00:00\n"
    "device_id = 00:0f:ff:00:00:1f:02:22 (90) about 02:00:00:00:00:00\n"
    "device_id = 00:0f:ff:00:00:1f:02:22 (90)\n"
    "other 1 network-command (encrypted)", .to_group = true },
  { "data", "0800 0200 0100 1e 11 40 02 eefe 03c0 01 07 0102\n0800 0200 0100 1e 12 40 02 eefe 03c0 01 08 0102", ISTH_DISSECT_OK,
    STATION_1 "other 0 data (endpoint 1 to 2, profile 0xc003, cluster 0xfeee)\n"
    STATION_1 "other 0 data (endpoint 1 to 2, profile 0xc003, cluster 0xfeee)" },
  { "data-of-2004", "0400 0200 0100 1e 11 00010203", ISTH_DISSECT_OK, STATION_1 "other 0 data" },
  { "long-target", "4808 0200 0100 1e 11 22021f0000ff0f00 02 02 eefe 03c0 01 07", ISTH_DISSECT_OK,
    STATION_1 "device_id = 00:0f:ff:00:00:1f:02:22 (75) about 02:00:00:00:00:02\n" "other 2 acknowledgement" },
  { "along-a-route", "4804 0200 0100 1e 11 02 01 0500 0600 02 02 eefe 03c0 01 07", ISTH_DISSECT_OK, STATION_1 "other 2 acknowledgement" },
  { "route-longer-than-it", "4804 0200 0100 1e 11 02 01 0500", ISTH_DISSECT_MALFORMED, "protocol_address = 0x0001 in PAN 0x0000 (90)" },
  { "route-record", "0900 0200 0100 1e 11 05 02 0500 0600", ISTH_DISSECT_OK,
    STATION_1 "role zigbee-router about 02:00:00:00:00:05\n" "role zigbee-router about 02:00:00:00:00:06\n" "report 5 route-record" },
  { "link-status", "0900 fcff 0100 01 11 08 41 0500 11", ISTH_DISSECT_OK, STATION_1 "role zigbee-router\n" "report 8 link-status", .to_group = true },
  { "rejoin", "0900 0200 0100 01 11 06 80", ISTH_DISSECT_OK, STATION_1 "role zigbee-end-device\n" "other 6 rejoin-request" },
  { "leave", "0900 0200 0100 01 11 04 40", ISTH_DISSECT_OK, STATION_1 "control 4 leave" },
  { "transport-key", TO_2 "01 07 05 01 00*16 00 22021f0000ff0f00 1a5b410000ff0f00", ISTH_DISSECT_OK,
    STATION_1 "configure 5 transport-key (key in clear (16 characters or more))" },
  { "transport-key-encrypted", TO_2 "21 07 30 00000000 22021f0000ff0f00 0102030405", ISTH_DISSECT_OK, STATION_1 "configure 5 transport-key (encrypted)" },
  { "application-encrypted", TO_2 "60 02 0600 0401 01 07 00 00000000 0102", ISTH_DISSECT_OK,
    STATION_1 "other 0 data (endpoint 1 to 2, profile 0x0104, cluster 0x0006, encrypted)" },
  { "later-piece", TO_2 "c0 02 0600 0401 01 07 02 01 0102", ISTH_DISSECT_OK, STATION_1 "other 0 data (endpoint 1 to 2, profile 0x0104, cluster 0x0006, in pieces)" },
  /* the device profile */
  { "announcement", TO_ALL DEVICE ("1300") "81 0100 1a5b410000ff0f00 80", ISTH_DISSECT_OK,
    STATION_1 "device_id = 00:0f:ff:00:00:41:5b:1a (90)\n" "role zigbee-end-device\n" "report 19 device-announcement", .to_group = true },
  { "node", TO_2 DEVICE ("0200") "81 0200\n<" TO_1 DEVICE ("0280") "81 00 0200 01408e5f10 52 5200 002c 5200 00", ISTH_DISSECT_OK,
    STATION_1 "identify 2 node-descriptor\n" STATION_2 "= ok\n" "role zigbee-router\n" "vendor_id = 0x105f (90)\n" "vendor = Eaton (90)" },
  { "function", TO_2 DEVICE ("0400") "81 0200 01\n<" TO_1 DEVICE ("0480") "81 00 0200 0c 01 0401 0203 01 01 0000 01 0600", ISTH_DISSECT_OK,
    STATION_1 "identify 4 simple-descriptor\n" STATION_2 "= ok\n" "device_type = temperature sensor (90)" },
  { "long-address", TO_2 DEVICE ("0100") "81 0500 00 00\n<" TO_1 DEVICE ("0180") "81 00 1a5b410000ff0f00 0500", ISTH_DISSECT_OK,
    STATION_1 "identify 1 long-address\n" STATION_2 "= ok\n" "device_id = 00:0f:ff:00:00:41:5b:1a (75) about 02:00:00:00:00:05" },
  { "neighbours", TO_2 DEVICE ("3100") "81 00\n<" TO_1 DEVICE ("3180") "81 00 01 00 01 0807060504030201 1a5b410000ff0f00 0500 02 02 01 ff", ISTH_DISSECT_OK,
    STATION_1 "diagnose 49 neighbour-table\n" STATION_2 "= ok\n" "device_id = 00:0f:ff:00:00:41:5b:1a (75) about 02:00:00:00:00:05\n"
    "role zigbee-end-device about 02:00:00:00:00:05" },
  { "user-text", TO_2 DEVICE ("1100") "81 0200\n<" TO_1 DEVICE ("1180") "81 00 0200 04 \"Hall\"", ISTH_DISSECT_OK,
    STATION_1 "identify 17 user-descriptor\n" STATION_2 "= ok\n" "description = Hall (90)" },
  { "refused", TO_2 DEVICE ("2100") "81 1a5b410000ff0f00 01 0600 03 22021f0000ff0f00 01\n<" TO_1 DEVICE ("2180") "81 8c", ISTH_DISSECT_OK,
    STATION_1 "configure 33 bind\n" STATION_2 "= refused: table full" },
  { "permit-joining", TO_2 DEVICE ("3600") "81 ff 01\n" TO_2 DEVICE ("3600") "82 3c 01\n" TO_2 DEVICE ("3600") "83 00 01", ISTH_DISSECT_OK,
    STATION_1 "control 54 permit-joining (open)\n" STATION_1 "control 54 permit-joining (for 60 s)\n" STATION_1 "control 54 permit-joining (closed)" },
  /* the cluster library */
  { "read", TO_2 HOME ("0000") "00 21 00 0400 0500\n<" TO_1 HOME_BACK ("0000")
    "18 21 01 0100 00 20 03 0300 00 20 02 0400 00 42 04 \"Acme\" 0500 00 42 03 \"TS1\" 0a00 86 0d00 00 42 03 \"S17\" 1000 00 42 04 \"Hall\" 0040 00 42 03 \"1.2\"",
    ISTH_DISSECT_OK,
    STATION_1 "read 0 read-attributes (basic of endpoint 2, attribute 0x0004 0x0005)\n" STATION_2 "= ok\n"
    "software = application 3 (90)\n" "hardware = 2 (90)\n" "vendor = Acme (90)\n" "model = TS1 (90)\n" "serial = S17 (90)\n" "location = Hall (90)\n" "firmware = 1.2 (90)" },
  { "read-refused", TO_2 HOME ("0204") "00 21 00 0000\n<" TO_1 HOME_BACK ("0204") "18 21 01 0000 86", ISTH_DISSECT_OK,
    STATION_1 "read 0 read-attributes (temperature of endpoint 2, attribute 0x0000)\n" STATION_2 "= refused: unsupported attribute" },
  { "write", TO_2 HOME ("0102") "00 22 02 1200 29 d007\n<" TO_1 HOME_BACK ("0102") "18 22 04 00", ISTH_DISSECT_OK,
    STATION_1 "write 2 write-attributes (thermostat of endpoint 2, attribute 0x0012)\n" STATION_2 "= ok" },
  { "write-a-key", TO_2 HOME ("0102") "00 22 02 1200 f1 000102030405060708090a0b0c0d0e0f", ISTH_DISSECT_OK,
    STATION_1 "write 2 write-attributes (thermostat of endpoint 2, attribute 0x0012, key in clear (16 characters or more))" },
  { "report", TO_2 HOME ("0204") "18 05 0a 0000 29 d007\n" TO_2 HOME ("0204") "18 06 0a 0000 29 d107", ISTH_DISSECT_OK,
    STATION_1 "report 10 report-attributes (temperature of endpoint 1, attribute 0x0000)\n"
    STATION_1 "report 10 report-attributes (temperature of endpoint 1, attribute 0x0000)" },
  { "report-of-many", TO_2 HOME ("0204") "18 05 0a 0000 10 00 0100 10 00 0200 10 00 0300 10 00 0400 10 00 0500 10 00 0600 10 00 0700 10 00 0800 10 00", ISTH_DISSECT_OK,
    STATION_1 "report 10 report-attributes (temperature of endpoint 1, attribute 0x0000 0x0001 0x0002 0x0003 0x0004 0x0005 0x0006 0x0007 and 1 more)" },
  { "reporting", TO_2 HOME ("0204") "00 05 06 00 0000 29 0a00 3c00 6400 00 0100 10 0a00 3c00", ISTH_DISSECT_OK,
    STATION_1 "subscribe 6 configure-reporting (temperature of endpoint 2, attribute 0x0000 0x0001)" },
  { "switch", TO_2 HOME ("0600") "01 23 01\n<" TO_1 HOME_BACK ("0600") "18 23 0b 01 00", ISTH_DISSECT_OK,
    STATION_1 "control 1 on (on/off of endpoint 2)\n" STATION_2 "= ok" },
  { "switch-refused", TO_2 HOME ("0600") "01 23 01\n<" TO_1 HOME_BACK ("0600") "18 23 0b 01 93", ISTH_DISSECT_OK,
    STATION_1 "control 1 on (on/off of endpoint 2)\n" STATION_2 "= refused: action denied" },
  { "of-a-maker", TO_2 HOME ("0600") "05 5e10 23 47", ISTH_DISSECT_OK, STATION_1 "other 71 cluster-command (cluster 0x0006 of endpoint 2, command 0x47)" },
  { "unlock", TO_2 HOME ("0101") "01 23 01 04 \"4711\"", ISTH_DISSECT_OK, STATION_1 "control 1 unlock (door lock of endpoint 2, PIN in clear (under 8 characters))" },
  { "set-pin", TO_2 HOME ("0101") "01 23 05 0100 01 00 04 \"4711\"", ISTH_DISSECT_OK,
    STATION_1 "control 5 set-pin (door lock of endpoint 2, PIN in clear (under 8 characters))" },
  { "firmware", TO_2 HOME_BACK ("1900") "01 24 01 00 5f10 0100 02000000\n<" TO_1 HOME ("1900") "19 24 02 00 5f10 0100 03000000 08000000\n"
    TO_2 HOME_BACK ("1900") "01 25 03 00 5f10 0100 03000000 00000000 08\n<" TO_1 HOME ("1900") "19 25 05 00 5f10 0100 03000000 00000000 08 0001020304050607\n"
    TO_2 HOME_BACK ("1900") "01 26 06 00 5f10 0100 03000000\n<" TO_1 HOME ("1900") "19 26 07 5f10 0100 03000000 00000000 00000000", ISTH_DISSECT_OK,
    STATION_1 "vendor_id = 0x105f (90)\n" "vendor = Eaton (90)\n" "firmware = 0x00000002 (90)\n" "firmware 1 query-next-image (firmware of endpoint 1)\n"
    STATION_2 "transfer firmware begin 0/8 (image 0x0001 of maker 0x105f, version 0x00000003)\n" "= ok\n"
    STATION_1 "firmware 3 image-block (firmware of endpoint 1)\n"
    STATION_2 "transfer firmware data 8/0 (image 0x0001 of maker 0x105f, version 0x00000003)\n" "= ok\n"
    STATION_1 "transfer firmware end (image 0x0001 of maker 0x105f, version 0x00000003) to 02:00:00:00:00:01\n" "firmware 6 upgrade-end (firmware of endpoint 1)\n"
    STATION_2 "= ok" },
  { "firmware-broken-off", TO_2 HOME_BACK ("1900") "01 26 06 95 5f10 0100 03000000", ISTH_DISSECT_OK,
    STATION_1 "transfer firmware abort (image 0x0001 of maker 0x105f, version 0x00000003): aborted to 02:00:00:00:00:01\n" "firmware 6 upgrade-end (firmware of endpoint 1)" },
  { "no-firmware", TO_2 HOME_BACK ("1900") "01 24 01 00 5f10 0100 02000000\n<" TO_1 HOME ("1900") "19 24 02 98", ISTH_DISSECT_OK,
    STATION_1 "vendor_id = 0x105f (90)\n" "vendor = Eaton (90)\n" "firmware = 0x00000002 (90)\n" "firmware 1 query-next-image (firmware of endpoint 1)\n"
    STATION_2 "= refused: no image available" },
  { "no-hops-left", "0800 0200 0100 00 11 00010203", ISTH_DISSECT_NOT_MINE, "" },
  { "other-version", "0c00 0200 0100 1e 11 00010203", ISTH_DISSECT_NOT_MINE, "" },
  { "from-a-group", "0800 0200 fcff 1e 11 00010203", ISTH_DISSECT_NOT_MINE, "" },
  { "short", "0812 0200 0100 1e 11 0001", ISTH_DISSECT_MALFORMED, "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_zigbee, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
