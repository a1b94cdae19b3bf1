/* SPDX-License-Identifier: GPL-3.0-or-later */
/* S7comm-plus: sessions and who opens them, variables, subscriptions, operating mode, fragments, and what is encrypted. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_s7comm_plus;

#define ENDS "\nrole s7-server\nrole s7-client about 10.0.0.1"
#define END2 " 7202 0000"

static const IsthDissectCase cases[] = {
  { "session",
    "7201 005d 31 0000 04ca 0000 0001 00000120 36 0000011d 00 04 00 00000000 a1 000000d3 821f 00 00 a3 8229 00 15 05 \"SM@RT\""
    "a3 822a 00 15 08 \"PC7_1234\" a3 822b 00 04 01 a3 822d 00 15 09 \"Runtime 1\" a1 000000d3 817f 00 00 a2 a2 00 00 7201 0000\n"
    "< 7201 005e 32 0000 04ca 0000 0001 36 11 02 873e 8723 a1 00000120 821f 00 00 a3 8169 00 15 00 a3 8232 00 17 0000013a 823b 00 04 8200"
    "823f 00 15 1b \"1;6ES7 511-1AK00-0AB0 ;V2.0\" 8240 00 15 05 \"2;288\" 00 a2 00000000 7201 0000",
    ISTH_DISSECT_OK,
    "software = SM@RT (90)\nhostname = PC7 (90)\nrole engineering\nsoftware = Runtime 1 (90)\nother 1226 create-session (session)\n= ok" ENDS
    "\norder_number = 6ES7 511-1AK00-0AB0 (90)\nvendor = Siemens (90)\nkind = plc (90)\nfirmware = V2.0 (90)" },
  { "session-of-an-application",
    "7201 0043 31 0000 04ca 0000 0001 00000120 36 0000011d 00 04 00 00000000 a1 000000d3 821f 00 00 a3 822a 00 15 16 \":::\" 22 \"OPC Server_1\" 22 \"::VM/\""
    "a2 00000000 7201 0000", ISTH_DISSECT_OK, "hostname = VM (90)\nother 1226 create-session (session)" },
  { "session-refused",
    "7201 0027 31 0000 04ca 0000 0001 00000120 36 0000011d 00 04 00 00000000 a1 000000d3 821f 00 00 a2 00000000 7201 0000\n"
    "< 7201 0018 32 0000 04ca 0000 0001 36 ffffffffffffffff f4 00 00000000 7201 0000",
    ISTH_DISSECT_OK, "other 1226 create-session (session)\n= refused: object not found" ENDS },
  { "set-up", "7202 0026 31 0000 0542 0000 0002 000003be 34 000003be 01 01 8232 01 00 17 0000013a 00 00000000 00000000" END2
    "\n< 7202 0011 32 0000 0542 0000 0002 34 00 00 00 00000000" END2,
    ISTH_DISSECT_OK, "other 1346 set-up-session (session)\n= ok" ENDS },
  { "legitimate", "7202 002b 31 0000 0542 0000 0002 000003be 34 000003be 01 01 8230 01 00 15 06 \"secret\" 00 00000000 00000000" END2, ISTH_DISSECT_OK,
    "authenticate 1346 legitimate (session)" },

  { "read",
    "7202 0028 31 0000 054c 0000 0004 000003be 34 00000000 02 0c 81ffccb577 88d0b88003 02 9376 0a 00 51 02 9d18 09" END2
    "\n< 7202 0019 32 0000 054c 0000 0004 34 00 01 00 0a 03 02 00 01 01 00 00 00000000" END2,
    ISTH_DISSECT_OK, "read 1356 get-multi-variables (DB3 LID 10, Q LID 9)\n= ok" ENDS },
  { "read-refused-in-part",
    "7202 001a 31 0000 054c 0000 0004 000003be 34 00000000 01 05 00 51 02 9d18 09" END2
    "\n< 7202 0019 32 0000 054c 0000 0004 34 13 00 01 ffffffffffffffff f4 00 0000" END2,
    ISTH_DISSECT_OK, "read 1356 get-multi-variables (Q LID 9)\n= refused: object not found (1 items)" ENDS },
  { "read-more-than-shown",
    "7202 0038 31 0000 054c 0000 0004 000003be 34 00000000 06 1e 00 51 02 9d18 01 00 51 02 9d18 02 00 51 02 9d18 03 00 52 02 9d18 04 00 52 02 9d18 05 00 52 02"
    "9d18 06" END2, ISTH_DISSECT_OK, "read 1356 get-multi-variables (Q LID 1, Q LID 2, Q LID 3, M LID 4 and 2 more)" },
  { "read-state",
    "7202 001d 31 0000 054c 0000 0004 000003be 34 00000000 01 04 00 34 01 9b1e 00000000" END2
    "\n< 7202 0015 32 0000 054c 0000 0004 34 00 01 00 08 08 00 00 00000000" END2,
    ISTH_DISSECT_OK, "read 1356 get-multi-variables (CPU execution unit attribute 3486)\n= ok" ENDS "\nstate = run (90)" },
  { "read-state-alone",
    "7202 001b 31 0000 0586 0000 0004 000003be 34 00000034 20 04 01 9b1e 00000000" END2
    "\n< 7202 0013 32 0000 0586 0000 0004 34 00 00 00 08 04 00000000" END2,
    ISTH_DISSECT_OK, "read 1414 get-var-substreamed (CPU execution unit attribute 3486)\n= ok" ENDS "\nstate = stop (90)" },
  { "maintenance-record",
    "7202 001b 31 0000 0586 0000 0004 000003be 34 00000031 20 04 01 9d29 00000000" END2
    "\n< 7202 0050 32 0000 0586 0000 0004 34 00 00 00 14 00 3c 00200038 0100 002a \"6ES7 515-2AM01-0AB0 \" \"S C-L5CM77762019\" 0003 56020600 00*10 00000000" END2,
    ISTH_DISSECT_OK,
    "read 1414 get-var-substreamed (object 49 attribute 3753)\n= ok" ENDS
    "\nvendor_id = 42 (90)\norder_number = 6ES7 515-2AM01-0AB0 (90)\nserial = S C-L5CM77762019 (90)\nhardware = 3 (90)\nfirmware = V2.6.0 (90)" },
  { "write", "7202 001f 31 0000 0542 0000 0004 000003be 34 00000000 01 05 00 52 02 9d18 09 01 0001 01 00" END2
    "\n< 7202 0011 32 0000 0542 0000 0004 34 00 00 00 00000000" END2, ISTH_DISSECT_OK,
    "write 1346 set-multi-variables (M LID 9)\n= ok" ENDS },
  { "stop", "7202 001c 31 0000 04f2 0000 0009 000003be 34 00000034 01 9077 00 08 01 00000000" END2, ISTH_DISSECT_OK, "control 1266 stop" },
  { "start", "7202 001c 31 0000 04f2 0000 0009 000003be 34 00000034 01 9077 00 08 03 00000000" END2, ISTH_DISSECT_OK, "control 1266 start" },
  { "other-mode", "7202 001c 31 0000 04f2 0000 0009 000003be 34 00000034 01 9077 00 08 07 00000000" END2, ISTH_DISSECT_OK,
    "control 1266 change-mode (mode 7)" },
  { "credit", "7203 003e 20 00*32 31 0000 04f2 0000 831a 70000e4d 74 70000e51 01 881d 00 07 00ce 00000000 7203 0000", ISTH_DISSECT_OK,
    "subscribe 1266 set-variable (subscription attribute 1053)" },
  { "subscribe",
    "7202 0027 31 0000 04ca 0000 0001 70000e4d 36 70000e4d 00 04 00 00000000 a1 000000d3 8769 00 00 a2 00000000" END2, ISTH_DISSECT_OK,
    "subscribe 1226 create-object (subscription)" },
  { "notification", "< 7203 0036 20 00*32 33 70000e51 0400 0000 0000 c9 8ec148 01 00000000 00 7203 0000", ISTH_DISSECT_OK,
    "role s7-server\nrole s7-client about 10.0.0.1\nreport - notification (subscription 0x70000e51)" },
  { "load-block",
    "7202 0030 31 0000 04ca 0000 0001 70000e4d 36 00000003 00 04 00 00000000 a1 8a0e0007 940e 00 00 a3 8169 00 15 03 \"DB7\" a2 00000000" END2
    "\n< 7202 0010 32 0000 04ca 0000 0001 36 00 00 00000000" END2, ISTH_DISSECT_OK,
    "program 1226 create-object (block \"DB7\")\ntransfer program begin 48/0 (block \"DB7\")\n= ok" ENDS "\ntransfer program end to 10.0.0.2" },
  { "delete-block", "7202 0016 31 0000 04d4 0000 0002 70000e4d 34 8a0e0007 00000000" END2, ISTH_DISSECT_OK, "program 1236 delete-object (DB7)" },
  { "end-session", "7202 0016 31 0000 04d4 0000 0002 70000e4d 34 70000e4d 00000000" END2, ISTH_DISSECT_OK,
    "other 1236 delete-object (session or subscription)" },
  { "explore", "7202 0016 31 0000 04bb 0000 0002 70000e4d 34 00000003 00000000" END2, ISTH_DISSECT_OK, "identify 1211 explore (PLC program)" },
  { "unknown-function", "7202 0012 31 0000 7777 0000 0002 70000e4d 34 00000000" END2, ISTH_DISSECT_OK, "other 30583 unknown-function" },
  { "event", "< 72fe 0016 00000000 00000528 00000000 00000000 \"LOGOUT\"", ISTH_DISSECT_OK, "report - system-event (LOGOUT)" },
  { "keep-alive", "72ff 0000 0001 0000", ISTH_DISSECT_OK, "" },
  { "tls", "1603 0300 0401 000000\n< 1603 0300 0402 000000", ISTH_DISSECT_OK, "other - tls (encrypted session)" },

  /* What the first fragment says is said; the next one begins nothing. */
  { "fragments", "7202 0016 31 0000 054c 0000 0004 000003be 34 00000000 02 0c 81ff\n> 7202 0012 ccb577 88d0b88003 02 9376 0a 00 51 02 9d18 09" END2
    "\n> 7202 0012 31 0000 0556 0000 0002 70000e4d 34 00000000" END2, ISTH_DISSECT_OK,
    "read 1356 get-multi-variables\nother 1366 begin-sequence" },

  { "count-lies", "7202 001a 31 0000 054c 0000 0004 000003be 34 00000000 7f 05 00 51 02 9d18 09" END2, ISTH_DISSECT_MALFORMED,
    "read 1356 get-multi-variables (Q LID 9 and 126 more)" },
  { "length-lies", "7202 00ff 31 0000", ISTH_DISSECT_MALFORMED, "" },
  { "unknown-version", "7205 0000 0000", ISTH_DISSECT_MALFORMED, "" },
  { "unknown-opcode", "7202 0004 35 000000" END2, ISTH_DISSECT_MALFORMED, "" },
  { "cut-short", "7202", ISTH_DISSECT_MALFORMED, "" },
  { "s7comm", "32 01 0000 0200 0008 0000", ISTH_DISSECT_NOT_MINE, "" },
};

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_s7comm_plus, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
