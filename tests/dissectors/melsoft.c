/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What MELSOFT requests and answers of public captures look like, asked, answered and refused; discovery; and messages that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_melsoft;

static const IsthDissectCase cases[] = {
  { "type-name-q",
    "57 00 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 1400 1c 08 0a 08 0000000000000004 0101 0100 0000 0001"
    "\n< d7 00 13 0000 1111 07 00 0000 e4 0300 ffff 0300 00 3800 9c 00 0c 08 0000 00000000 0604 0000 0101 0100 0000 \"Q03UDECPU       \" 6802 0008 00*16",
    ISTH_DISSECT_OK,
    "role melsoft-client"
    "\nidentify 257 read-type-name"
    "\n= ok"
    "\nrole melsoft-server"
    "\nvendor = Mitsubishi Electric (90)"
    "\nmodel = Q03UDECPU (90)"
    "\nproduct_code = 0268 (90)" },
  { "open-fx5",
    "57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 0121 0100 0000 0001"
    "\n< d7 01 00 0000 1111 7f 00 0000 a8 0300 ffff 0300 00 3800 9c 0a 18 14 0000 00*20 0121 0100 0000 \"FX5U-32MT/ES\" 00*4 294a 0008 00*4",
    ISTH_DISSECT_OK,
    "role melsoft-client"
    "\nidentify 289 open"
    "\n= ok"
    "\nrole melsoft-server"
    "\nvendor = Mitsubishi Electric (90)"
    "\nmodel = FX5U-32MT/ES (90)"
    "\nproduct_code = 4A29 (90)" },
  { "refused",
    "57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 1001 0200 0000 0001"
    "\n< d7 01 00 0000 1111 7f 00 0000 a8 0300 ffff 0300 00 2000 9c 0a 18 14 1340 00*20 1001 0200 0000",
    ISTH_DISSECT_OK,
    "role melsoft-client"
    "\ncontrol 4097 remote-run"
    "\n= refused: status 0x4013"
    "\nrole melsoft-server" },
  { "controls",
    "57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 1002 0200 0000 0001"
    "\n57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 1003 0300 0000 0001"
    "\n57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 1005 0400 0000 0001"
    "\n57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 1006 0500 0000 0001"
    "\n57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 1120 0600 0000 0001"
    "\n57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2400 1c 0a 16 14 00*20 0132 0700 0000 \"secret\""
    "\n57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 1133 0800 0000 0001",
    ISTH_DISSECT_OK,
    "role melsoft-client"
    "\ncontrol 4098 remote-stop"
    "\ncontrol 4099 remote-pause"
    "\ncontrol 4101 remote-latch-clear"
    "\ncontrol 4102 remote-reset"
    "\ncontrol 4384 change-safety-mode"
    "\nauthenticate 306 login-password"
    "\nconfigure 4403 write-user-information" },
  { "polled",
    "57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 0410 0200 0000 0001"
    "\n< d7 01 00 0000 1111 7f 00 0000 a8 0300 ffff 0300 00 2200 9c 0a 18 14 0000 00*20 0410 0200 0000 1234"
    "\n57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 0410 0300 0000 0001"
    "\n57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 0411 0400 0000 0001",
    ISTH_DISSECT_OK,
    "role melsoft-client"
    "\nread 1040 device-read"
    "\n= ok"
    "\nrole melsoft-server"
    "\nread 1040 device-read"
    "\nread 1041 device-random-read" },
  { "file-write",
    "57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 3600 1c 0a 16 14 00*20 1867 0900 0000 00000000 0001 0400 30010000 0a00 4d00 2e00 5000 5200 0000"
    "\n< d7 01 00 0000 1111 7f 00 0000 a8 0300 ffff 0300 00 2200 9c 0a 18 14 0000 00*20 1867 0900 0000 9200"
    "\n57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2a00 1c 0a 16 14 00*20 1869 0a00 0000 9200 00000000 0400 01020304"
    "\n< d7 01 00 0000 1111 7f 00 0000 a8 0300 ffff 0300 00 2200 9c 0a 18 14 0000 00*20 1869 0a00 0000 0400"
    "\n57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2200 1c 0a 16 14 00*20 186a 0b00 0000 9200 0000"
    "\n< d7 01 00 0000 1111 7f 00 0000 a8 0300 ffff 0300 00 2000 9c 0a 18 14 0000 00*20 186a 0b00 0000",
    ISTH_DISSECT_OK,
    "role melsoft-client"
    "\nfile 6247 file-open (file M.PR)"
    "\ntransfer file begin 0/304 (file M.PR)"
    "\n= ok"
    "\nrole melsoft-server"
    "\nfile 6249 file-write (open file 146)"
    "\ntransfer file data 4/0"
    "\n= ok"
    "\nfile 6250 file-close (open file 146)"
    "\ntransfer file end"
    "\n= ok" },
  { "file-read",
    "57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 3000 1c 0a 16 14 00*20 185f 0900 0000 00000000 0400 0a00 4d00 2e00 5000 5200 0000"
    "\n57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2600 1c 0a 16 14 00*20 1868 0a00 0000 9200 00000000 0400"
    "\n< d7 01 00 0000 1111 7f 00 0000 a8 0300 ffff 0300 00 2600 9c 0a 18 14 0000 00*20 1868 0a00 0000 0400 01020304"
    "\n57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2600 1c 0a 16 14 00*20 1868 0b00 0000 9200 04000000 0400"
    "\n< d7 01 00 0000 1111 7f 00 0000 a8 0300 ffff 0300 00 2000 9c 0a 18 14 2440 00*20 1868 0b00 0000",
    ISTH_DISSECT_OK,
    "role melsoft-client"
    "\nfile 6239 file-search (file M.PR)"
    "\nfile 6248 file-read (open file 146)"
    "\n= ok"
    "\nrole melsoft-server"
    "\ntransfer file data 4/0 to 10.0.0.2"
    "\nfile 6248 file-read (open file 146)"
    "\n= refused: status 0x4024"
    "\ntransfer file abort: status 0x4024 to 10.0.0.2" },
  { "unknown-command",
    "57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2400 1c 0a 16 14 00*20 0b2a 0200 0000 \"secret\""
    "\n< d7 01 00 0000 1111 7f 00 0000 a8 0300 ffff 0300 00 2000 9c 0a 18 14 0000 00*20 0b2a 0200 0000",
    ISTH_DISSECT_OK,
    "role melsoft-client"
    "\nother 2858 command (command 0x0b2a)"
    "\n= ok"
    "\nrole melsoft-server" },
  { "another-station",
    "57 01 00 0000 1111 07 00 01 05 ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 1002 0200 0000 0001",
    ISTH_DISSECT_OK,
    "role melsoft-client"
    "\ncontrol 4098 remote-stop @melsec-station:1.5" },
  { "mid-stream-answer",
    "< d7 01 00 0000 1111 7f 00 0000 a8 0300 ffff 0300 00 2000 9c 0a 18 14 0000 00*20 0b2a 0200 0000",
    ISTH_DISSECT_OK,
    "role melsoft-server", .mid_stream = true },
  { "name-lies",
    "57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 3000 1c 0a 16 14 00*20 185f 0900 0000 00000000 0400 ff00 4d00 2e00 5000 5200 0000",
    ISTH_DISSECT_OK,
    "role melsoft-client"
    "\nfile 6239 file-search" },
  { "head-lies",
    "57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a ff 14 00*20 1002 0200 0000 0001",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-short",
    "57 01 00 0000 1111 07",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-melsoft",
    "57 01 00 0000 2222 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 1002 0200 0000 0001",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is, and over TCP where it says that a PDU ends. */
static const IsthProbeCase probes[] = {
  { "57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 1c 0a 16 14 00*20 1002 0200 0000 0001", ISTH_PROBE_STRONG, 53, .layer = ISTH_LAYER_TCP },
  { "d7 00 13 0000 1111 07 00 0000 e4 0300 ffff 0300 00 3800 9c 00 0c 08 0000 00000000 0604 0000 0101 0100 0000", ISTH_PROBE_STRONG, 77, .layer = ISTH_LAYER_TCP },
  { "57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 2000 9c 0a 16 14 00*20 1002 0200 0000 0001", ISTH_PROBE_NO, 53, .layer = ISTH_LAYER_TCP },
  { "57 01 00 0000 1111 07 00 00 ff ff03 00 00 fe 03 00 00 0200 1c 0a", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP },
  { "57 01 00", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_TCP },
  { "\"WHOIS\"", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_TCP },
  { "\"GET / HTTP\"", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP },
  { "5a 00 00 01", ISTH_PROBE_WEAK, 0, .layer = ISTH_LAYER_UDP },
  { "da 0000 ff 294a 0c00 00*20", ISTH_PROBE_WEAK, 0, .layer = ISTH_LAYER_UDP },
  { "5a 00 00 01 00", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_UDP },
  { "5a 00 01 01", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_UDP },
  { "5a 00 00 01", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_melsoft, NULL, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_melsoft, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/melsoft/probe", test_probe);
  return g_test_run ();
}
