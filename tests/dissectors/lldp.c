/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sender of LLDP says of itself, and no more. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_lldp;

#define CHASSIS_MAC "0207 04 020000000010 "
#define PORT_NAME "0403 05 \"g8\" "
#define LIFE "0602 0078 "
#define START CHASSIS_MAC PORT_NAME LIFE
#define SAID "report - announce"
#define STARTED SAID "\nchassis = 02:00:00:00:00:10 (90)\nneighbour_port = g8 (90)"

static const IsthDissectCase cases[] = {
  { "shortest", START "0000", ISTH_DISSECT_OK, STARTED },
  { "no-end-mark", START, ISTH_DISSECT_OK, STARTED },
  { "again", START "0000\n" START "0000", ISTH_DISSECT_OK, STARTED "\n" SAID },
  { "padding-behind-end", START "0000 ff*20", ISTH_DISSECT_OK, STARTED },
  { "chassis-text", "0205 07 \"sw-1\" 0407 03 020000000011" LIFE "0000", ISTH_DISSECT_OK,
    SAID "\nchassis = sw-1 (90)\nneighbour_port = 02:00:00:00:00:11 (90)" },
  { "chassis-address", "0206 05 01 0a000005" PORT_NAME LIFE "0000", ISTH_DISSECT_OK, SAID "\nchassis = 10.0.0.5 (90)\nneighbour_port = g8 (90)" },
  { "chassis-bytes", "0204 07 01ff02" PORT_NAME LIFE "0000", ISTH_DISSECT_OK, SAID "\nchassis = 01ff02 (90)\nneighbour_port = g8 (90)" },
  { "system", START "0804 \"Port\" 0a02 \"s1\" 0c04 \"Desc\" 0000", ISTH_DISSECT_OK,
    STARTED "\nneighbour_port = Port (90)\nhostname = s1 (90)\ndescription = Desc (90)" },
  { "capabilities", START "0e04 00ff 0014 0000", ISTH_DISSECT_OK, STARTED "\nrole switch\nrole router" },
  { "capable-but-off", START "0e04 00ff 0080 0000", ISTH_DISSECT_OK, STARTED },
  { "address-4", START "100c 05 01 c0a80001 02 00000001 00 0000", ISTH_DISSECT_OK, STARTED "\nmgmt_address = 192.168.0.1 (90)" },
  { "address-6", START "1018 11 02 fe80 00*13 01 02 00000001 00 0000", ISTH_DISSECT_OK, STARTED "\nmgmt_address = fe80::1 (90)" },
  { "address-zero", START "100c 05 01 00*4 02 00000001 00 0000", ISTH_DISSECT_OK, STARTED },
  { "address-size-0", START "100c 00 01 c0a80001 02 00000001 00 0000", ISTH_DISSECT_OK, STARTED },
  { "port-vlan", START "fe06 0080c2 01 01e8 0000", ISTH_DISSECT_OK, STARTED "\nvlan = 488 (90)" },
  { "no-port-vlan", START "fe06 0080c2 01 0000 0000", ISTH_DISSECT_OK, STARTED },
  { "inventory", START "fe06 0012bb 05 \"h1\" fe06 0012bb 08 \"s9\" fe08 0012bb 09 \"Acme\" fe06 0012bb 0a \"M2\" 0000", ISTH_DISSECT_OK,
    STARTED "\nhardware = h1 (90)\nserial = s9 (90)\nvendor = Acme (90)\nmodel = M2 (90)" },
  { "asset-id", START "fe07 0012bb 0b \"A77\" 0000", ISTH_DISSECT_OK, STARTED "\nplant_tag = A77 (90)" },
  { "voice-vlan", START "fe08 0012bb 02 01 40ca2e 0000", ISTH_DISSECT_OK, STARTED "\nvlan = 101 (90)" },
  { "voice-untagged", START "fe08 0012bb 02 01 00ca2e fe08 0012bb 02 01 c0ca2e fe06 0012bb 02 0140 0000", ISTH_DISSECT_OK, STARTED },
  { "civic-place", START "fe18 0012bb 03 02 12 02 \"US\" 00 02 \"en\" 01 02 \"CA\" 03 05 \"Hall4\" 0000", ISTH_DISSECT_OK, STARTED "\nlocation = US, CA, Hall4 (90)" },
  { "civic-place-lies", START "fe0c 0012bb 03 02 06 02 \"US\" 01 f2 \"C\" 0000", ISTH_DISSECT_OK, STARTED "\nlocation = US (90)" },
  { "civic-place-empty", START "fe06 0012bb 03 02 ff 0000", ISTH_DISSECT_OK, STARTED },
  { "civic-place-without-country", START "fe08 0012bb 03 02 02 02 \"U\" 0000", ISTH_DISSECT_OK, STARTED },
  { "emergency-number", START "fe0a 0012bb 03 03 \"55512\" 0000", ISTH_DISSECT_OK, STARTED "\nlocation = 55512 (90)" },
  { "place-in-degrees", START "fe15 0012bb 03 01 11*16 0000", ISTH_DISSECT_OK, STARTED },
  { "profinet-old", "0206 07 \"io-10\" 0409 07 \"port-001\"" LIFE "fe0a 000ecf 05 020000000020 0000", ISTH_DISSECT_OK,
    SAID "\nchassis = io-10 (90)\nneighbour_port = port-001 (90)\nchassis = 02:00:00:00:00:20 (90)\nstation = io-10 (90)" },
  { "profinet-ring-and-clock",
    "0206 07 \"io-10\" 0409 07 \"port-001\"" LIFE "fe16 000ecf 04 11*16 0001 fe2a 000ecf 06 020000000030 22*16 00*16 0000", ISTH_DISSECT_OK,
    SAID "\nchassis = io-10 (90)\nneighbour_port = port-001 (90)\nrole mrp-node\nrole ptcp-node\nstation = io-10 (90)" },
  { "profinet-no-ring-and-no-clock",
    "0206 07 \"io-10\" 0409 07 \"port-001\"" LIFE "fe16 000ecf 04 00*16 0000 fe2a 000ecf 06 00*6 00*16 00*16 0000", ISTH_DISSECT_OK,
    SAID "\nchassis = io-10 (90)\nneighbour_port = port-001 (90)\nstation = io-10 (90)" },
  { "profinet-port-name", "0206 07 \"S7 15\" 0410 07 \"port-001.plcxb1\"" LIFE "fe04 000ecf 02 0000", ISTH_DISSECT_OK,
    SAID "\nchassis = S7 15 (90)\nneighbour_port = port-001.plcxb1 (90)\nstation = plcxb1 (90)" },
  { "text-is-no-station-without-profinet", "0206 07 \"io-10\" 0409 07 \"port-001\"" LIFE "0000", ISTH_DISSECT_OK,
    SAID "\nchassis = io-10 (90)\nneighbour_port = port-001 (90)" },
  { "siemens", START "0c4a \"Siemens, NET, X212, 6GK5 212-2BB00-2AA3, HW: 7, FW: Version V4.0, S C-X4U1\" 0000", ISTH_DISSECT_OK,
    STARTED "\ndescription = Siemens, NET, X212, 6GK5 212-2BB00-2AA3, HW: 7, FW: Version V4.0, S C-X4U1 (90)\n"
            "vendor = Siemens (60)\nmodel = X212 (60)\norder_number = 6GK5 212-2BB00-2AA3 (60)\nhardware = 7 (60)\nfirmware = V4.0 (60)\n"
            "serial = S C-X4U1 (60)" },
  { "profinet-columns", START "0c50 \"ET 200SP                  6ES7 155-6AU01-0BN0  S C-X4U12345         3 V  4  2  1\" 0000", ISTH_DISSECT_OK,
    STARTED "\ndescription = ET 200SP                  6ES7 155-6AU01-0BN0  S C-X4U12345         3 V  4  2  1 (90)\nmodel = ET 200SP (60)\norder_number = 6ES7 155-6AU01-0BN0 (60)\n"
    "serial = S C-X4U12345 (60)\nhardware = 3 (60)\nfirmware = V4.2.1 (60)" },
  { "no-profinet-columns", START "0c50 \"ET 200SP                  6ES7 155-6AU01-0BN0  S C-X4U12345         3 V  4 x2  1\" 0000", ISTH_DISSECT_OK,
    STARTED "\ndescription = ET 200SP                  6ES7 155-6AU01-0BN0  S C-X4U12345         3 V  4 x2  1 (90)" },
  { "description-ends-in-comma", START "0c08 \"Siemens,\" 0000", ISTH_DISSECT_OK, STARTED "\ndescription = Siemens, (90)" },
  { "no-order-number", START "0c0c \"Linux, HW: 7\" 0000", ISTH_DISSECT_OK, STARTED "\ndescription = Linux, HW: 7 (90)" },
  { "no-port", CHASSIS_MAC "0000", ISTH_DISSECT_MALFORMED, SAID "\nchassis = 02:00:00:00:00:10 (90)" },
  { "wrong-order", PORT_NAME CHASSIS_MAC LIFE "0000", ISTH_DISSECT_MALFORMED, SAID },
  { "length-lies", START "0bff \"s1\"", ISTH_DISSECT_MALFORMED, STARTED },
  { "empty-values", "0200 0400 0600 0800 0a00 0c00 0e00 1000 fe00 0000", ISTH_DISSECT_OK, SAID },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_lldp, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
