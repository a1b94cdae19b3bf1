/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UMAS: each function asked, answered, refused; what a controller is; transfers; messages that end too early. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_umas;

#define ID "10ff 5a010100 0000 7002 0000 2700 0900 08000000 0000 0e \"140 CPU 311 10\" 01 01010000 001100"

static const IsthDissectCase cases[] = {
  { "init", "00 01 00\n< 00 fe fd00 0104 0000", ISTH_DISSECT_OK, "other 1 init-communication\n= ok" },
  { "id", "00 02\n< 00 fe " ID, ISTH_DISSECT_OK,
    "identify 2 read-id\n= ok\nvendor = Schneider Electric (90)\nmodel = 140 CPU 311 10 (90)\nfirmware = 2.70 (90)\nhardware = 9 (90)" },
  { "id-cut", "00 02\n< 00 fe 10ff 5a010100 0000 7002 0000 2700 0900 08000000 0000 0e \"140\"", ISTH_DISSECT_OK, "identify 2 read-id\n= ok" },
  { "id-no-text", "00 02\n< 00 fe 10ff 5a010100 0000 7002 0000 2700 0900 08000000 0000 02 0102", ISTH_DISSECT_OK, "identify 2 read-id\n= ok" },
  { "project", "00 03 00\n< 00 fe 020500009888010000 020500009888010000 020c3b0c0e01de07 020c3b0c0e01de07 08000000 08 \"Project\" 00", ISTH_DISSECT_OK,
    "identify 3 read-project-info\n= ok\ndescription = project Project, version 0.0.8 (90)" },
  { "project-other-part", "00 03 04\n< 00 fe 09800000000000260000000000b4000000000026", ISTH_DISSECT_OK, "identify 3 read-project-info\n= ok" },
  { "status", "00 04\n< 00 fe 02828006", ISTH_DISSECT_OK, "diagnose 4 read-plc-status\n= ok" },
  { "reserve", "00 10 434c0000 08 \"PC-MAINT\"\n< 00 fe 01", ISTH_DISSECT_OK,
    "configure 16 take-reservation\nrole engineering\nhostname = PC-MAINT (80)\n= ok" },
  { "reserve-refused", "00 10 434c0000 08 \"PC-MAINT\"\n< 00 fd 81808051", ISTH_DISSECT_OK,
    "configure 16 take-reservation\nrole engineering\nhostname = PC-MAINT (80)\n= refused: error 81808051" },
  { "reserve-lies", "00 10 434c0000 40 \"PC\"", ISTH_DISSECT_OK, "configure 16 take-reservation\nrole engineering" },
  { "reserve-with-password", "00 6e 0102030405060708\n< 00 fe 1112131415161718\n> 00 38 434c0000 \"secret\" 00*26\n< 00 fd 8380", ISTH_DISSECT_OK,
    "authenticate 110 exchange-nonces\n= ok\nauthenticate 56 secure-reservation\n= refused: error 8380" },
  { "release", "01 11\n< 01 fe", ISTH_DISSECT_OK, "configure 17 release-reservation\n= ok" },
  { "keep-alive", "01 12\n< 01 fe", ISTH_DISSECT_OK, "other 18 keep-alive\n= ok" },
  { "memory", "00 20 00 1300 64000000 9c00", ISTH_DISSECT_OK, "read 32 read-memory-block (block 19, 156 bytes from 100)" },
  { "memory-write", "01 21 00 1300 64000000 0200 0102", ISTH_DISSECT_OK, "write 33 write-memory-block (block 19, 2 bytes from 100)" },
  { "memory-cut", "00 20 00 1300", ISTH_DISSECT_OK, "read 32 read-memory-block" },
  { "variables", "00 23 0102", ISTH_DISSECT_OK, "write 35 write-variables" },
  { "download", "01 30 0001\n< 01 fe\n> 01 31 0001 0100 0400 01020304\n> 01 32 0001 0100", ISTH_DISSECT_OK,
    "program 48 begin-download\ntransfer program begin (program)\n= ok\nprogram 49 download-block (program)\ntransfer program data 4/0 (program)"
    "\nprogram 50 end-download\ntransfer program end (program)" },
  { "upload", "01 33 0001 fb00\n> 01 34 0001 0100\n< 01 fe 00 00 0400 01020304\n> 01 35 0001 0100", ISTH_DISSECT_OK,
    "upload 51 begin-upload\ntransfer upload begin (program)\nupload 52 upload-block (program)\n= ok\ntransfer upload data 4/0 to 10.0.0.2"
    "\nupload 53 end-upload\ntransfer upload end (program)" },
  { "block-alone", "01 31 0001 0100 0400 01020304", ISTH_DISSECT_OK, "program 49 download-block (program)" },
  { "start", "01 40 ff00\n< 01 fe", ISTH_DISSECT_OK, "control 64 start-plc\n= ok\nstate = run (90)" },
  { "stop-refused", "01 41 ff00\n< 01 fd 8180", ISTH_DISSECT_OK, "control 65 stop-plc\n= refused: error 8180" },
  { "unknown", "00 04\n> 00 99 00\n< 00 fd", ISTH_DISSECT_OK, "diagnose 4 read-plc-status\nother 153 unknown-function\n= refused: error" },
  { "scanned", "00 00 0000", ISTH_DISSECT_NOT_MINE, "" },
  { "answer-alone", "< 00 fe " ID, ISTH_DISSECT_OK, "" },
  { "short", "00", ISTH_DISSECT_MALFORMED, "" },
};

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_umas, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
