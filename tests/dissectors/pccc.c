/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PCCC over its own TCP header: addresses of every sort, identity, errors, transfers, what is none. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_pccc;

/* A request or response of two hexadecimal digits of length, with what of the header is always the same, and a local address. */
#define ASK(length) "01 07 00" length " 00001234 00000000 00040005 00*12 00050000 "
#define SAY(length) "< 02 07 00" length " 00001234 00000000 00040005 00*12 00050000 "
#define SLC "46 00 0100 00 ee 31 5b 23 \"1747-L551C \" 0000 26 00 3482 20 fc"

static const IsthDissectCase cases[] = {
  { "connect", "01 01 0000 00000000 00000000 00040005 00*12\n< 02 01 0000 00001234 00000000 00040005 00*12", ISTH_DISSECT_OK, "other - connect\n= ok" },
  { "identity", ASK ("09") "06 00 0100 03\n" SAY ("20") SLC, ISTH_DISSECT_OK,
    "identify 1539 diagnostic-status\n= ok\nmodel = 1747-L551C (90)\nvendor = Rockwell Automation/Allen-Bradley (90)\nhardware = series B (90)"
    "\nfirmware = revision D (90)\ndevice_type = Programmable Logic Controller (90)\nstate = run (90)" },
  { "identity-cut", ASK ("09") "06 00 0100 03\n" SAY ("0a") "46 00 0100 00 ee", ISTH_DISSECT_OK, "identify 1539 diagnostic-status\n= ok" },
  { "identity-no-text", ASK ("09") "06 00 0100 03\n" SAY ("20") "46 00 0100 00 ee 31 5b 23 00*11 0000 26 00 3482 20 fc", ISTH_DISSECT_OK,
    "identify 1539 diagnostic-status\n= ok" },
  { "identity-plc-5", ASK ("09") "06 00 0100 03\n" SAY ("0c") "46 00 0100 06 eb 15 00", ISTH_DISSECT_OK,
    "identify 1539 diagnostic-status\n= ok\nmodel = PLC-5 (80)\ndevice_type = Programmable Logic Controller (90)\nstate = run (90)" },
  { "identity-other", ASK ("09") "06 00 0100 03\n" SAY ("0c") "46 00 0100 00 fe 5f 00", ISTH_DISSECT_OK, "identify 1539 diagnostic-status\n= ok" },

  { "read", ASK ("0e") "0f 00 0200 a2 02 07 89 00 00\n" SAY ("0a") "4f 00 0200 2a00", ISTH_DISSECT_OK,
    "read 4002 protected-typed-logical-read (N7:0)\n= ok" },
  { "read-far", ASK ("12") "0f 00 0200 a2 02 ff0001 89 ff2c01 00", ISTH_DISSECT_OK, "read 4002 protected-typed-logical-read (N256:300)" },
  { "read-two", ASK ("0d") "0f 00 0200 a1 02 07 8a 05", ISTH_DISSECT_OK, "read 4001 protected-typed-logical-read-2 (F7:5)" },
  { "read-unknown-file", ASK ("0e") "0f 00 0200 a2 02 00 63 09 00", ISTH_DISSECT_OK,
    "read 4002 protected-typed-logical-read (file 0 of type 0x63, element 9)" },
  { "write-timer", ASK ("10") "0f 00 0300 aa 02 04 86 03 01 6400\n" SAY ("08") "4f 00 0300", ISTH_DISSECT_OK,
    "write 4010 protected-typed-logical-write (T4:3.1)\n= ok" },
  { "force", ASK ("12") "0f 00 0400 ab 02 01 a2 00 00 0100 0100\n" SAY ("08") "4f 60 0400", ISTH_DISSECT_OK,
    "control 4011 protected-typed-logical-masked-write (input forces 1:0)\n= refused: not allowed by the command protection" },
  { "read-forces", ASK ("0e") "0f 00 0200 a2 02 00 a1 00 00", ISTH_DISSECT_OK, "read 4002 protected-typed-logical-read (output forces 0:0)" },
  { "disable-forces", ASK ("09") "0f 00 0400 41", ISTH_DISSECT_OK, "control 3905 disable-forces" },
  { "to-program", ASK ("0a") "0f 00 0500 80 01", ISTH_DISSECT_OK, "control 3968 change-mode (program)" },
  { "to-run", ASK ("0a") "0f 00 0500 80 06", ISTH_DISSECT_OK, "control 3968 change-mode (run)" },
  { "plc-5-to-run", ASK ("0a") "0f 00 0500 3a 02", ISTH_DISSECT_OK, "control 3898 set-cpu-mode (run)" },
  { "typed-read", ASK ("17") "0f 00 0900 68 0000 0100 00 \"$N7:12\" 00 0100\n" SAY ("09") "4f f0 0900 06", ISTH_DISSECT_OK,
    "read 3944 typed-read (N7:12)\n= refused: address does not exist" },
  { "word-range-write", ASK ("14") "0f 00 0900 00 0000 0100 0f 00 07 0c 02 6400", ISTH_DISSECT_OK, "write 3840 word-range-write (file 7, element 12.2)" },
  { "no-levels", ASK ("0e") "0f 00 0900 68 0000 0100 00", ISTH_DISSECT_OK, "read 3944 typed-read" },
  { "plc-2", ASK ("0b") "01 00 0900 1000 02\n" SAY ("08") "41 02 0900", ISTH_DISSECT_OK,
    "read 1 unprotected-read (byte 16)\n= refused: no delivery to the remote node" },
  { "unknown", ASK ("09") "0f 00 0900 f1\n" SAY ("08") "4f d0 0900", ISTH_DISSECT_OK, "other 4081 unknown-function\n= refused: error" },

  { "download", ASK ("09") "0f 00 0600 50\n> " ASK ("13") "0f 00 0700 af 04 0100 0000 22 01020304\n> " ASK ("09") "0f 00 0800 52", ISTH_DISSECT_OK,
    "program 3920 download-all-request\nrole engineering\ntransfer program begin (program)"
    "\nwrite 4015 protected-typed-file-write (file of type 0x22, from 0)\ntransfer program data 10/0 (program)"
    "\nprogram 3922 download-completed\nrole engineering\ntransfer program end (program)" },
  { "download-of-bytes", ASK ("09") "0f 00 0600 50\n> " ASK ("14") "0f 00 0700 18 04 0100 \"secret\" 22 01", ISTH_DISSECT_OK,
    "program 3920 download-all-request\nrole engineering\ntransfer program begin (program)\nprogram 3864 write-bytes-physical\nrole engineering"
    "\ntransfer program data 11/0 (program)" },
  { "upload", ASK ("09") "0f 00 0600 53\n> " ASK ("0f") "0f 00 0700 a7 04 0100 0000 22\n" SAY ("0c") "4f 00 0700 01020304\n> " ASK ("09") "0f 00 0800 55",
    ISTH_DISSECT_OK,
    "upload 3923 upload-all-request\ntransfer upload begin (program)\nread 4007 protected-typed-file-read (file of type 0x22, from 0)\n= ok"
    "\ntransfer upload data 4/0 to 10.0.0.2\nupload 3925 upload-completed\ntransfer upload end (program)" },
  { "write-without-download", ASK ("13") "0f 00 0700 af 04 0100 0000 22 01020304", ISTH_DISSECT_OK,
    "write 4015 protected-typed-file-write (file of type 0x22, from 0)" },

  { "reply-alone", SAY ("08") "4f 00 0300", ISTH_DISSECT_OK, "" },
  { "reply-as-request", ASK ("08") "4f 00 0300", ISTH_DISSECT_MALFORMED, "" },
  { "no-message", "01 07 0002 00001234 00000000 00040005 00*12 0005", ISTH_DISSECT_MALFORMED, "" },
  { "no-function", ASK ("08") "0f 00 0300", ISTH_DISSECT_MALFORMED, "" },
  { "other-mode", "03 07 0008 00001234 00000000 00040005 00*12 00050000 0f00", ISTH_DISSECT_NOT_MINE, "" },
};

static const IsthProbeCase probes[] = {
  { ASK ("09") "06 00 0100 03", ISTH_PROBE_STRONG },
  { "02 07 0008 00001234 00000000 00040005 00*12 00050000 4f 00 0300", ISTH_PROBE_STRONG },
  { "01 01 0000 00000000 00000000 00040005 00*12", ISTH_PROBE_WEAK },
  { "02 01 0000 00001234 00000000 00040005 00*12", ISTH_PROBE_WEAK },
  { "01 07 0009 00000000 00000000 00040005 00*12 00050000 06 00 0100 03", ISTH_PROBE_NO }, /* without a connection */
  { ASK ("09") "06 01 0100 03", ISTH_PROBE_NO },                                           /* a command has no status */
  { ASK ("09") "16 00 0100 03", ISTH_PROBE_NO },
  { "01 02 0000 00000000 00000000 00040005 00*12", ISTH_PROBE_NO },
  { "01 01", ISTH_PROBE_NO },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_pccc, NULL, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_pccc, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/pccc/probe", test_probe);
  return g_test_run ();
}
