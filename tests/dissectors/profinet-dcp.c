/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A device speaks for itself in answers only; settings are operations with an outcome for each block. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_profinet_dcp;

#define IDENTIFIED "<feff 05 01 00000007 0000 "
#define SET "fefd 04 00 00000007 0000 "
#define SET_ANSWER "<fefd 04 01 00000007 0000 "

static const IsthDissectCase cases[] = {
  { "identify-all", "fefe 05 00 00000007 0001 0004 ffff 0000", ISTH_DISSECT_OK, "identify 5 identify (all) to ", .to_group = true },
  { "identify-name", "fefe 05 00 00000007 0001 000a 0202 0005 \"io-10\" 00", ISTH_DISSECT_OK,
    "hostname = io-10 (20)\nidentify 5 identify (name of station io-10) to ", .to_group = true },
  { "identify-one", "fefe 05 00 00000007 0001 0004 ffff 0000\n" IDENTIFIED "000c 0202 0007 0000 \"io-10\" 00", ISTH_DISSECT_OK,
    "identify 5 identify (all)\nstation = io-10 (90)\nhostname = io-10 (90)\n= ok" },
  { "identified", IDENTIFIED "0038 0201 0007 0000 \"ET200\" 00 0203 0006 0000 002a 0a01 0204 0004 0000 0100 0102 000e 0001 c0a80006 ffffff00 c0a80001"
                             "0205 0004 0000 0101",
    ISTH_DISSECT_OK,
    "model = ET200 (90)\nvendor_id = 0x002a (90)\ndevice_id = 0x0a01 (90)\ndevice_type_id = 0x01 (90)\nrole profinet-device\n"
    "mgmt_address = 192.168.0.6 (90)\nbind 02:00:00:00:00:02 192.168.0.6\nsubnet = 192.168.0.0/24 (90)\ngateway = 192.168.0.1 (90)" },
  { "identified-controller", IDENTIFIED "0008 0204 0004 0000 0200", ISTH_DISSECT_OK, "device_type_id = 0x02 (90)\nrole profinet-controller" },
  { "no-address-yet", IDENTIFIED "0012 0102 000e 0000 00*12", ISTH_DISSECT_OK, "" },
  { "hello", "fefc 06 00 00000007 0000 000c 0202 0007 0000 \"io-10\" 00", ISTH_DISSECT_OK,
    "report 6 hello to \nstation = io-10 (90)\nhostname = io-10 (90)", .to_group = true },
  { "get", "fefd 03 00 00000007 0000 0004 0202 0102\n<fefd 03 01 00000007 0000 000c 0202 0007 0000 \"io-10\" 00", ISTH_DISSECT_OK,
    "identify 3 get (name of station, IP parameter)\nstation = io-10 (90)\nhostname = io-10 (90)\n= ok" },
  { "get-refused", "fefd 03 00 00000007 0000 0002 0202\n<fefd 03 01 00000007 0000 0008 0504 0003 0202 02 00", ISTH_DISSECT_OK,
    "identify 3 get (name of station)\n= refused: suboption not supported or no data" },
  { "set-ip", SET "0012 0102 000e 0001 c0a8000a ffffff00 c0a80001\n" SET_ANSWER "0008 0504 0003 0102 00 00", ISTH_DISSECT_OK,
    "configure 4 set-ip (192.168.0.10 mask 255.255.255.0 gateway 192.168.0.1)\n= ok\nbind 02:00:00:00:00:02 192.168.0.10" },
  { "set-ip-refused", SET "0012 0102 000e 0001 c0a8000a ffffff00 c0a80001\n" SET_ANSWER "0008 0504 0003 0102 05 00", ISTH_DISSECT_OK,
    "configure 4 set-ip (192.168.0.10 mask 255.255.255.0 gateway 192.168.0.1)\n= refused: not settable by local reasons" },
  { "set-name-and-end", SET "0012 0202 0007 0001 \"io-10\" 00 0502 0002 0000\n" SET_ANSWER "0010 0504 0003 0202 00 00 0504 0003 0502 00 00",
    ISTH_DISSECT_OK, "configure 4 set-name (io-10)\nother 4 end-transaction\n= ok\n= ok" },
  { "signal", SET "0008 0503 0004 0000 0100", ISTH_DISSECT_OK, "diagnose 4 signal (flash once)\nrole engineering" },
  { "reset-communication", SET "0006 0506 0002 0004\n" SET_ANSWER "0008 0504 0003 0506 00 00", ISTH_DISSECT_OK,
    "configure 4 reset-to-factory (communication parameters)\nrole engineering\n= ok" },
  { "set-dhcp", SET "0008 033d 0004 0001 3d00\n" SET_ANSWER "0008 0504 0003 033d 01 00", ISTH_DISSECT_OK,
    "configure 4 set-dhcp (DHCP client)\n= refused: option not supported" },
  { "get-all-refused", "fefd 03 00 00000007 0000 0002 0202\n<fefd 03 05 00000007 0000 0000", ISTH_DISSECT_OK,
    "identify 3 get (name of station)\n= refused: service not supported" },
  { "factory-reset", SET "0006 0505 0002 0000\n<fefd 04 05 00000007 0000 0000", ISTH_DISSECT_OK,
    "configure 4 factory-reset\nrole engineering\n= refused: service not supported" },
  { "unknown-setting", SET "0006 8001 0002 0000", ISTH_DISSECT_OK, "configure 4 set" },
  { "padding-behind", "fefe 05 00 00000007 0001 0004 ffff 0000 00*26", ISTH_DISSECT_OK, "identify 5 identify (all)" },
  { "cyclic-data", "8000 00*40", ISTH_DISSECT_NOT_MINE, "" },
  { "frame-and-service-differ", "fefe 04 00 00000007 0001 0004 ffff 0000", ISTH_DISSECT_NOT_MINE, "" },
  { "block-lies", IDENTIFIED "000c 0202 0077 0000 \"io-10\" 00", ISTH_DISSECT_MALFORMED, "" },
  { "block-empty", IDENTIFIED "0008 0202 0000 0102 0000", ISTH_DISSECT_OK, "" },
  { "cut-short", IDENTIFIED "0038 0201", ISTH_DISSECT_MALFORMED, "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_profinet_dcp, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
