/* SPDX-License-Identifier: GPL-3.0-or-later */
/* S7 communication: each job asked, answered and refused, each group of user data, identity out of status lists. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_s7comm;

/* The ends become known with the first answer to what a client alone asks. */
#define ENDS "\nrole s7-server\nrole s7-client about 10.0.0.1"

/* User data: a request for a status list with its id and index, and the head of its answer. */
#define SZL(reference, id, index) "32 07 0000 " reference " 0008 0008 000112 04 11 44 01 00 ff 09 0004 " id " " index "\n"
#define SZL_ANSWER(reference, sequence, more, data_length, length) \
  "< 32 07 0000 " reference " 000c " data_length " 000112 08 12 84 01 " sequence " 00 " more " 0000 ff 09 " length " "

static const IsthDissectCase cases[] = {
  { "setup", "32 01 0000 0200 0008 0000 f0 00 0001 0001 01e0\n< 32 03 0000 0200 0008 0000 0000 f0 00 0001 0001 00f0",
    ISTH_DISSECT_OK, "other 240 setup-communication\n= ok" ENDS },
  { "read", "32 01 0000 0001 000e 0000 04 01 120a10 02 0004 0001 84 000000\n< 32 03 0000 0001 0002 0008 0000 04 01 ff 04 0020 00000001",
    ISTH_DISSECT_OK, "read 4 read-variables (DB1.DBX0.0 BYTE 4)\n= ok" ENDS },
  { "read-many",
    "32 01 0000 0001 0032 0000 04 04 120a10 01 0001 0000 83 000051 120a10 1d 0001 0000 1d 000005 120a10 04 0002 0000 81 000010"
    "120a10 08 0001 0007 84 000060\n"
    "< 32 03 0000 0001 0002 0016 0000 04 04 ff 03 0001 01 00 ff 09 0002 0102 0a 00 0000 ff 04 0010 0102",
    ISTH_DISSECT_OK,
    "read 4 read-variables (M10.1 BOOL 1, T5 TIMER 1, I2.0 WORD 2, DB7.DBX12.0 REAL 1)"
    "\n= refused: object does not exist (1 of 4 items)" ENDS },
  { "read-more-than-shown",
    "32 01 0000 0001 0062 0000 04 08 120a10 02 0001 0000 83 000008 120a10 02 0001 0000 83 000010 120a10 02 0001 0000 83 000018"
    "120a10 02 0001 0000 83 000020 120a10 02 0001 0000 83 000028 120a10 02 0001 0000 83 000030 120a10 02 0001 0000 83 000038"
    "120a10 02 0001 0000 83 000040", ISTH_DISSECT_OK,
    "read 4 read-variables (M1.0 BYTE 1, M2.0 BYTE 1, M3.0 BYTE 1, M4.0 BYTE 1, M5.0 BYTE 1, M6.0 BYTE 1 and 2 more)" },
  { "read-pieces-of-blocks", "32 01 0000 0001 0015 0000 04 01 1211 b0 03 02 004a 006c 04 004c 0194 02 0051 003c", ISTH_DISSECT_OK,
    "read 4 read-variables (DB74.DBX108.0 BYTE 2 and 2 more)" },
  { "read-odd-items", "32 01 0000 0001 001a 0000 04 02 1207 b0 01 02 004a 006c 00 120a10 02 0004 0001 84 000000 0000", ISTH_DISSECT_OK,
    "read 4 read-variables (DB74.DBX108.0 BYTE 2, DB1.DBX0.0 BYTE 4)" },
  { "read-nck", "32 01 0000 0001 000c 0000 04 01 1208 82 41 0001 0002 10 01", ISTH_DISSECT_OK,
    "read 4 read-variables (NCK area 2 unit 1 module 0x10 column 1 line 2)" },
  { "read-symbolic", "32 01 0000 0001 0008 0000 04 01 1204 b2 ff 0000", ISTH_DISSECT_OK, "read 4 read-variables (symbolic variable)" },
  { "write", "32 01 0000 0018 000e 0008 05 01 120a10 01 0008 0083 00 000080 0007 0004 79e9f642\n< 32 03 0000 0018 0002 0001 0000 05 01 ff",
    ISTH_DISSECT_OK, "write 5 write-variables (?16.0 BOOL 8)\n= ok" ENDS },
  /* A length of what is not there. */
  { "refused-with-length", "32 01 0000 0001 001a 0000 04 02 120a10 02 0001 0000 83 000000 120a10 02 0001 0000 83 000008\n"
    "< 32 03 0000 0001 0002 0008 0000 04 02 0a 00 0004 0a 00 0004", ISTH_DISSECT_OK,
    "read 4 read-variables (M0.0 BYTE 1, M1.0 BYTE 1)\n= refused: object does not exist (2 of 2 items)" ENDS },
  { "write-refused", "32 01 0000 0002 000e 0005 05 01 120a10 02 0001 0001 84 000000 00 04 0008 07\n< 32 03 0000 0002 0002 0001 0000 05 01 05",
    ISTH_DISSECT_OK, "write 5 write-variables (DB1.DBX0.0 BYTE 1)\n= refused: address out of range" ENDS },

  /* The controller fetches the block that it was told of: those jobs are its own. */
  { "download",
    "32 01 0000 0e00 0020 0000 1a 00 0100 00000000 09 \"_0A00001P\" 0d \"1000500000040\"\n< 32 03 0000 0e00 0001 0000 0000 1a\n"
    "< 32 01 0000 0001 0012 0000 1b 00 0000 00000000 09 \"_0A00001P\"\n> 32 03 0000 0001 0002 0006 0000 1b 00 0002 00fb 7070\n"
    "< 32 01 0000 0002 0012 0000 1c 00 0000 00000000 09 \"_0A00001P\"\n> 32 03 0000 0002 0001 0000 0000 1c\n"
    "32 01 0000 0f00 001a 0000 28 000000000000fd 000a 01 00 \"0A00001P\" 05 \"_INSE\"\n< 32 03 0000 0f00 0001 0000 0000 28",
    ISTH_DISSECT_OK,
    "program 26 request-download (block DB1)\ntransfer program begin 0/500 (block DB1)\n= ok" ENDS
    "\nother 27 download-block (block DB1)\n= ok\ntransfer program data 2/0 (block DB1)"
    "\nother 28 download-ended (block DB1)\n= ok\ntransfer program end\nprogram 40 activate-blocks (block DB1)\n= ok" },
  { "download-refused", "32 01 0000 0e00 0020 0000 1a 00 0100 00000000 09 \"_0A00001P\" 0d \"1000500000040\"\n< 32 02 0000 0e00 0000 0000 d241",
    ISTH_DISSECT_OK,
    "program 26 request-download (block DB1)\ntransfer program begin 0/500 (block DB1)\n= refused: protection level forbids it"
    "\ntransfer program abort: protection level forbids it to 10.0.0.2" ENDS },
  { "download-broken-off", "< 32 01 0000 0002 0012 0000 1c 00 8104 00000000 09 \"_0A00001P\"", ISTH_DISSECT_OK,
    "other 28 download-ended (block DB1)\ntransfer program abort (block DB1): ended by the controller with an error to 10.0.0.2" },
  { "upload",
    "32 01 0000 0800 0012 0000 1d 00 0000 00000000 09 \"_0800001A\"\n< 32 03 0000 0800 0010 0000 0000 1d 00 0100 00000007 07 \"0000216\"\n"
    "32 01 0000 0900 0008 0000 1e 00 0000 00000007\n< 32 03 0000 0900 0002 0000 0000 1e 00\n"
    "32 01 0000 0a00 0008 0000 1f 00 0000 00000007\n< 32 03 0000 0a00 0001 0000 0000 1f",
    ISTH_DISSECT_OK,
    "upload 29 start-upload (block OB1)\n= ok\ntransfer upload begin 0/216 (block OB1) to 10.0.0.2" ENDS
    "\nupload 30 upload\n= ok\ntransfer upload data to 10.0.0.2\nupload 31 end-upload\n= ok\ntransfer upload end to 10.0.0.2" },
  { "upload-data",
    "32 01 0000 0900 0008 0000 1e 00 0000 00000007\n< 32 03 0000 0900 0002 0008 0000 1e 00 0004 00fb 70700302\n"
    "32 01 0000 0a00 0008 0000 1e 00 0000 00000007\n< 32 02 0000 0a00 0000 0000 8401\n"
    "32 01 0000 0b00 0008 0000 1f 00 8104 00000007", ISTH_DISSECT_OK,
    "upload 30 upload\n= ok\ntransfer upload data 4/0 to 10.0.0.2" ENDS
    "\nupload 30 upload\n= refused: wrong order of services\ntransfer upload abort: wrong order of services to 10.0.0.2"
    "\nupload 31 end-upload\ntransfer upload abort: ended by the programming device with an error" },
  { "upload-refused", "32 01 0000 0600 0012 0000 1d 00 0000 00000000 09 \"_0B00000A\"\n< 32 02 0000 0600 0000 0000 d241", ISTH_DISSECT_OK,
    "upload 29 start-upload (block SDB0)\n= refused: protection level forbids it\ntransfer upload begin (block SDB0) to 10.0.0.2"
    "\ntransfer upload abort (block SDB0): protection level forbids it to 10.0.0.2" ENDS },
  { "file-of-another-kind", "32 01 0000 0600 000f 0000 1d 00 0000 00000000 06 \"_N_MPF\"", ISTH_DISSECT_OK,
    "upload 29 start-upload (file _N_MPF)" },

  { "start", "32 01 0000 1f00 0014 0000 28 000000000000fd 0000 09 \"P_PROGRAM\"\n< 32 03 0000 1f00 0001 0000 0000 28", ISTH_DISSECT_OK,
    "control 40 start (warm restart)\n= ok" ENDS },
  { "start-cold", "32 01 0000 1f00 0016 0000 28 000000000000fd 0002 \"C \" 09 \"P_PROGRAM\"", ISTH_DISSECT_OK,
    "control 40 start (cold restart)" },
  { "stop", "32 01 0000 3500 0010 0000 29 0000000000 09 \"P_PROGRAM\"\n< 32 03 0000 3500 0001 0000 0000 29", ISTH_DISSECT_OK,
    "control 41 stop\n= ok" ENDS },
  { "stop-refused", "32 01 0000 3500 0010 0000 29 0000000000 09 \"P_PROGRAM\"\n< 32 03 0000 3500 0001 0000 8402 29", ISTH_DISSECT_OK,
    "control 41 stop\n= refused: not possible in the present operating mode" ENDS },
  { "delete", "32 01 0000 1f00 0022 0000 28 000000000000fd 0012 02 00 \"0C00003P\" \"0E00012P\" 05 \"_DELE\"", ISTH_DISSECT_OK,
    "program 40 delete-blocks (blocks FC3, FB12)" },
  { "copy-to-rom", "32 01 0000 1d00 0012 0000 28 000000000000fd 0002 \"EP\" 05 \"_MODU\"", ISTH_DISSECT_OK, "program 40 copy-ram-to-rom" },
  { "compress", "32 01 0000 1e00 0010 0000 28 000000000000fd 0000 05 \"_GARB\"", ISTH_DISSECT_OK, "control 40 compress-memory" },
  { "other-service", "32 01 0000 1e00 0013 0000 28 000000000000fd 0000 08 \"_N_SELEC\"", ISTH_DISSECT_OK,
    "control 40 pi-service (_N_SELEC)" },
  { "nc-login", "32 01 0000 1e00 001c 0000 28 000000000000fd 0008 06 \"secret\" 00 09 \"_N_LOGIN_\"\n< 32 02 0000 1e00 0000 0000 d602", ISTH_DISSECT_OK,
    "authenticate 40 nc-login (password in clear (under 8 characters))\n= refused: invalid password" ENDS },
  { "unknown-function", "32 01 0000 1e00 0001 0000 77\n< 32 02 0000 1e00 0000 0000 8104", ISTH_DISSECT_OK,
    "other 119 unknown-function\n= refused: function not implemented" },
  { "unknown-error", "32 01 0000 1e00 0001 0000 29\n< 32 02 0000 1e00 0000 0000 87aa", ISTH_DISSECT_OK,
    "control 41 stop\n= refused: access error 0x87aa" ENDS },

  { "module-identification",
    SZL ("0001", "0011", "0000") SZL_ANSWER ("0001", "00", "00", "0060", "005c") "0011 0000 001c 0003"
    "0001 \"6ES7 315-2EH14-0AB0 \" 00c0 0003 0001 0006 \"6ES7 315-2EH14-0AB0 \" 00c0 0003 0001 0007 20*20 00c0 56030207",
    ISTH_DISSECT_OK,
    "identify - read-system-status-list (0x0011 module identification)\n= ok" ENDS
    "\norder_number = 6ES7 315-2EH14-0AB0 (90)\nvendor = Siemens (90)\nhardware = 3 (90)\nfirmware = V3.2.7 (90)" },
  /* The capture ends in the first record; in the padding of another. */
  { "module-identification-cut",
    SZL ("0001", "0011", "0000") SZL_ANSWER ("0001", "00", "00", "0060", "005c") "0011 0000 001c 0003"
    "0001 \"6ES7 315-2EH14-0AB0 \" 00c0 0003 0001 0006 \"6ES7 315-2EH14-0AB0 \" 00c0 0003 0001 0007 20*20 00c0 56030207",
    ISTH_DISSECT_OK,
    "identify - read-system-status-list (0x0011 module identification)\n= ok" ENDS
    "\norder_number = 6ES7 315-2EH14-0AB0 (90)\nvendor = Siemens (90)", .captured = 57 },
  { "protection-cut",
    SZL ("0007", "0132", "0004") SZL_ANSWER ("0007", "00", "00", "0034", "0030") "0132 0004 0028 0001 0004 0001 0000 0003 0002 00*30",
    ISTH_DISSECT_OK, "diagnose - read-system-status-list (0x0132 communication status, index 0x0004)\n= ok" ENDS
    "\ndescription = protection level 3, mode selector at RUN-P (90)", .captured = 50 },
  { "foreign-module",
    SZL ("0001", "0111", "0001") SZL_ANSWER ("0001", "00", "00", "0028", "0024") "0111 0001 001c 0001 0001 \"VIPA 315-4NE12      \" 0000 0000 0000",
    ISTH_DISSECT_OK,
    "identify - read-system-status-list (0x0111 module identification, index 0x0001)\n= ok" ENDS "\norder_number = VIPA 315-4NE12 (90)" },
  /* A record that the end of a part cuts goes on in the next; its request repeats nothing but the number of the list. */
  { "component-identification",
    SZL ("0002", "001c", "0000") SZL_ANSWER ("0002", "d5", "01", "00c1", "00bd") "001c 0000 0022 0008"
    "0001 \"Station_1\" 00*23 0002 \"PLC_1\" 00*27 0003 \"=H1\" 00*29 0004 \"Original Siemens Equipment\" 00*6 "
    "0005 \"S C-B1U393142011\" 00*16 0007 \"CPU 315-2\"\n> 32 07 0000 0003 000c 0004 000112 08 12 44 01 d5 00 00 0000 0a 00 0000\n"
    SZL_ANSWER ("0003", "d5", "00", "005f", "005b") "\" PN/DP\" 00*17 0008 \"MMC 4A1AC019\" 00*20 0009 002a f600 0001 00*26",
    ISTH_DISSECT_OK,
    "identify - read-system-status-list (0x001c component identification)\n= ok" ENDS
    "\nhostname = Station_1 (90)\nname = PLC_1 (90)\nplant_tag = =H1 (90)\nvendor = Siemens (90)\nserial = S C-B1U393142011 (90)"
    "\nidentify - read-system-status-list (0x001c component identification)\n= ok"
    "\nmodel = CPU 315-2 PN/DP (90)\nkind = plc (90)"
    "\nchild s7-memory-card\nserial = MMC 4A1AC019 (90) @s7-memory-card\ndevice_type = Memory card (90) @s7-memory-card"
    "\nvendor_id = 42 (90)" },
  { "manufacturer-cut",
    SZL ("0002", "011c", "0009") SZL_ANSWER ("0002", "00", "00", "002e", "002a") "011c 0009 0022 0001 0009 002a f600 0001 00*26",
    ISTH_DISSECT_OK,
    "identify - read-system-status-list (0x011c component identification, index 0x0009)\n"
    "= ok\n"
    "role s7-server\n"
    "role s7-client about 10.0.0.1\n"
    "vendor_id = 42 (90)", .captured = 40 },
  { "mode",
    SZL ("0007", "0424", "0000") SZL_ANSWER ("0007", "00", "00", "0020", "001c") "0424 0000 0014 0001 5144 ff08 00*16",
    ISTH_DISSECT_OK, "diagnose - read-system-status-list (0x0424 operating mode)\n= ok" ENDS "\nstate = run (90)" },
  { "protection",
    SZL ("0007", "0132", "0004") SZL_ANSWER ("0007", "00", "00", "0034", "0030") "0132 0004 0028 0001 0004 0001 0000 0003 0002 00*30",
    ISTH_DISSECT_OK, "diagnose - read-system-status-list (0x0132 communication status, index 0x0004)\n= ok" ENDS
    "\ndescription = protection level 3, mode selector at RUN-P (90)" },
  { "interface",
    SZL ("0007", "0037", "0000") SZL_ANSWER ("0007", "00", "00", "003c", "0038") "0037 0000 0030 0001 07ff 0a000002 ffffff00 00000000 020000000002 00*28",
    ISTH_DISSECT_OK, "identify - read-system-status-list (0x0037 Ethernet interface)\n= ok" ENDS
    "\nbind 02:00:00:00:00:02 10.0.0.2" },
  /* The CPU, a module, an empty slot, a submodule. */
  { "rack",
    SZL ("0007", "0d91", "0000") SZL_ANSWER ("0007", "00", "00", "004c", "0048") "0d91 0000 0010 0004"
    "0000 0200 7fff 00c0 00c0 0000 b402 0011 0000 0400 0100 9fc1 9fa1 0000 b502 0011 0000 0500 0104 9fc1 0000 0000 b400 0011"
    "0000 0401 0100 9fc1 9fa1 0000 b502 0011",
    ISTH_DISSECT_OK, "diagnose - read-system-status-list (0x0d91 module status)\n= ok" ENDS
    "\nchild s7-slot:0/4\ndevice_type_id = 0x9fa1 (90) @s7-slot:0/4" },
  { "list-refused", SZL ("0007", "0b11", "0000") "< 32 07 0000 0007 000c 0004 000112 08 12 84 01 00 00 00 d401 0a 00 0000",
    ISTH_DISSECT_OK,
    "identify - read-system-status-list (0x0b11 module identification)\n= refused: information not available" ENDS },
  { "record-too-long",
    SZL ("0001", "0011", "0000") SZL_ANSWER ("0001", "00", "00", "000e", "000a") "0011 0000 ffff 0001 0001", ISTH_DISSECT_OK,
    "identify - read-system-status-list (0x0011 module identification)\n= ok" ENDS },
  { "record-of-no-length",
    SZL ("0001", "0011", "0000") SZL_ANSWER ("0001", "00", "00", "000e", "000a") "0011 0000 0000 ffff 0001", ISTH_DISSECT_OK,
    "identify - read-system-status-list (0x0011 module identification)\n= ok" ENDS },

  { "block-list", "32 07 0000 0004 0008 0004 000112 04 11 43 01 00 0a 00 0000\n"
    "< 32 07 0000 0004 000c 0008 000112 08 12 83 01 00 00 00 0000 ff 09 0004 3038 0001", ISTH_DISSECT_OK,
    "identify - list-blocks\n= ok" ENDS },
  { "block-information", "32 07 0000 0004 0008 000c 000112 04 11 43 03 00 ff 09 0008 \"0B32768B\"\n"
    "< 32 07 0000 0004 000c 0004 000112 08 12 83 03 00 00 00 d209 0a 00 0000", ISTH_DISSECT_OK,
    "identify - block-information (block SDB32768)\n= refused: block not found" ENDS },
  { "password", "32 07 0000 0006 0008 000c 000112 04 11 45 01 00 ff 09 0008 3a1b1d6e681b1d00\n"
    "< 32 07 0000 0006 000c 0004 000112 08 12 85 01 00 00 00 d602 0a 00 0000", ISTH_DISSECT_OK,
    "authenticate - password (password, scrambled without a key (at most 8 characters))\n= refused: invalid password" ENDS },
  { "set-clock", "32 07 0000 000c 0008 000e 000112 04 11 47 02 00 ff 09 000a 00191408201159330400", ISTH_DISSECT_OK,
    "time-sync - set-clock" },
  { "force", "32 07 0000 000c 0008 0004 000112 04 11 41 09 00 0a 00 0000", ISTH_DISSECT_OK, "control - force" },
  { "programmer-command", "32 07 0000 000c 0008 0004 000112 04 11 41 77 00 0a 00 0000", ISTH_DISSECT_OK,
    "diagnose - programmer-command" },
  { "subscribe", "32 07 0000 0004 0008 000e 000112 04 11 44 02 00 ff 09 000a 01 00 \"SWCHN_02\"", ISTH_DISSECT_OK,
    "subscribe - message-service (modes for SWCHN_02)" },
  { "cyclic-data", "< 32 07 0000 0000 0008 000a 000112 04 11 02 05 00 ff 09 0006 0001 ff04 0008", ISTH_DISSECT_OK,
    "report - change-driven-data (subscription 0)" },
  { "mode-transition", "< 32 07 0000 0000 0008 0004 000112 04 11 00 00 00 0a 00 0000", ISTH_DISSECT_OK,
    "state = stop (90)\nreport - mode-transition (stop)" },
  { "subscribe-variables",
    "32 07 0000 0c00 0008 0017 000112 04 11 42 05 00 ff 09 0013 0001 01 02 120d b0 02 01 0044 0166 0a 0044 018a 0000 00\n"
    "< 32 07 0000 0c00 000c 0009 000112 08 12 82 05 03 00 00 0000 ff 09 0005 0001 ff 09 00\n"
    "< 32 07 0000 0000 0008 0009 000112 04 11 02 05 03 ff 09 0005 0001 ff 09 00\n"
    "> 32 07 0000 0e00 0008 0006 000112 04 11 42 04 00 ff 09 0002 05 03", ISTH_DISSECT_OK,
    "subscribe - change-driven-data (DB68.DBX358.0 BYTE 1 and 1 more every 2 s)\n= ok" ENDS
    "\nreport - change-driven-data (subscription 3)\nsubscribe - unsubscribe (subscription 3)" },
  { "diagnostic-message",
    "< 32 07 0000 0000 0008 0018 000112 04 11 04 03 00 ff 09 0014 4304 ff 84 0000 0000 00000000 9401092153421521", ISTH_DISSECT_OK,
    "state = stop (90)\nreport - diagnostic-message (event 0x4304 stop by programming device)" },
  /* As S7-300 send it: with another head, and a length that is none. */
  { "mode-transition-short", "< 32 07 0000 0000 0008 0000 01001010 00 00 02 00", ISTH_DISSECT_OK,
    "state = run (90)\nreport - mode-transition (run)" },
  { "alarm-number",
    "< 32 07 0000 0000 0008 001a 000112 04 11 04 05 00 ff 09 0016 9401060027203975 40 01 12 0a 16 08 000000af 00 00 fe fe", ISTH_DISSECT_OK,
    "report - alarm-8 (alarm 0x000000af)" },
  { "blocks-of-type", "32 07 0000 0004 0008 0006 000112 04 11 43 02 00 ff 09 0002 \"0A\"", ISTH_DISSECT_OK,
    "identify - list-blocks-of-type (blocks of type DB)" },
  { "block-send", "32 07 0000 0004 0008 0010 000112 04 11 46 01 00 ff 09 000c 12 06 13 00 00000011 00000000", ISTH_DISSECT_OK,
    "write - block-send (R_ID 0x00000011)" },
  { "nc-upload", "32 07 0000 0004 0008 0004 000112 04 11 7f 06 00 0a 00 0000", ISTH_DISSECT_OK, "upload - nc-start-upload" },
  { "alarm", "< 32 07 0000 0000 0008 0006 000112 04 11 04 05 00 ff 09 0002 0000", ISTH_DISSECT_OK, "report - alarm-8" },
  { "unknown-group", "32 07 0000 0000 0008 0004 000112 04 11 4c 05 00 0a 00 0000", ISTH_DISSECT_OK, "other - user-data" },

  { "no-function", "32 01 0000 0200 0000 0000", ISTH_DISSECT_MALFORMED, "" },
  { "items-lie", "32 01 0000 0001 000e 0000 04 7f 120a10 02 0004 0001 84 000000", ISTH_DISSECT_MALFORMED,
    "read 4 read-variables (DB1.DBX0.0 BYTE 4)" },
  { "item-length-lies", "32 01 0000 0001 000e 0000 04 01 12ff10 02 0004 0001 84 000000", ISTH_DISSECT_MALFORMED, "read 4 read-variables" },
  { "results-lie", "32 01 0000 0001 000e 0000 04 01 120a10 02 0004 0001 84 000000\n< 32 03 0000 0001 0002 0004 0000 04 7f ff 04 0000",
    ISTH_DISSECT_MALFORMED, "read 4 read-variables (DB1.DBX0.0 BYTE 4)\n= ok" ENDS },
  { "lengths-lie", "32 01 0000 0001 00ff 0000 04 01", ISTH_DISSECT_MALFORMED, "" },
  { "unknown-kind", "32 09 0000 0001 0000 0000", ISTH_DISSECT_MALFORMED, "" },
  { "cut-short", "32 01 0000", ISTH_DISSECT_MALFORMED, "" },
  { "s7comm-plus", "72 01 0000 0001 0000 0000", ISTH_DISSECT_NOT_MINE, "" },
};

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_s7comm, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
