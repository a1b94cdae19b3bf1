/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SLMP and MC protocol requests, answered and refused: 3E and 4E, binary and ASCII, 1E; routes to other stations; and frames that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_melsec;

#define CYCLE_ASKED "5000 00 ff ff03 00 8600 0000 700e 0000  0100 0000 2400 00*14  0100 0000 00*8  0a03a8c0 01 00 0100 f401 0300 0100 0100 0100 0000  0b03a8c0 00*72"
#define CYCLE_TOLD "d000 00 ff ff03 00 7a00 0000  0100 0000 2800 00*14  0000 0000 9408ff5f 0100 0000 0100 0000 00000000  0b03a8c0 01 00 0100 00*72"
#define SEARCH "5400 0100 0000 00 ff ff03 00 1100 0000 300e 0000  010000000002 04 0a03a8c0"
#define FOUND "d400 0100 0000 00 ff ff03 00 3900 0000  010000000002 04 0a03a8c0  010000c0e928 04 0b03a8c0 00ffffff ffffffff 04 \"PUMP\" 3412 9408ff5f 0200 04 ffffffff ffff 0000 0bf0 01"

static const IsthDissectCase cases[] = {
  { "cyclic-data", CYCLE_ASKED "\n< " CYCLE_TOLD, ISTH_DISSECT_OK,
    "role cclink-ie-master\n"
    "state = run (90)\n"
    "report 3696 cyclic-data (group 1, 1 station)\n"
    "role cclink-ie-slave\n"
    "vendor_id = 0x0000 (90)\n"
    "product_code = 0x5fff0894 (90)\n"
    "vendor = Mitsubishi Electric (60)\n"
    "hardware = 1 (60)\n"
    "state = run (90)\n"
    "report 3696 cyclic-data (group 1, 1 station)", .udp = true },
  { "cyclic-data-of-nobody", "5000 00 ff ff03 00 0600 0000 700e 0000", ISTH_DISSECT_OK, "role melsec-client\nread 3696 cyclic-data", .udp = true },
  { "node-search", SEARCH "\n< " FOUND "\n< " FOUND, ISTH_DISSECT_OK,
    "role melsec-client\n"
    "identify 3632 node-search\n"
    "= ok\n"
    "bind 28:e9:c0:00:00:01 192.168.3.11\n"
    "vendor_id = 0x1234 (90) about 192.168.3.11\n"
    "product_code = 0x5fff0894 (90) about 192.168.3.11\n"
    "hardware = 2 (60) about 192.168.3.11\n"
    "hostname = PUMP (90) about 192.168.3.11\n"
    "bind 28:e9:c0:00:00:01 192.168.3.11\n"
    "vendor_id = 0x1234 (90) about 192.168.3.11\n"
    "product_code = 0x5fff0894 (90) about 192.168.3.11\n"
    "hardware = 2 (60) about 192.168.3.11\n"
    "hostname = PUMP (90) about 192.168.3.11", .udp = true },
  { "set-ip-address",
    "5400 0200 0000 00 ff ff03 00 2d00 0000 310e 0000  010000000002 04 0a03a8c0  010000c0e928 04 0c03a8c0 00ffffff ffffffff 00 04 ffffffff ffff 01"
    "\n< d400 0200 0000 00 ff ff03 00 0800 0000 010000000002",
    ISTH_DISSECT_OK,
    "role melsec-client\n"
    "configure 3633 set-ip-address (192.168.3.12 mask 255.255.255.0) to 28:e9:c0:00:00:01\n"
    "= ok", .udp = true },
  { "set-ip-address-short", "5400 0200 0000 00 ff ff03 00 0900 0000 310e 0000 010000", ISTH_DISSECT_OK,
    "role melsec-client\nconfigure 3633 set-ip-address", .udp = true },
  { "objects-and-restore",
    "5000 00 ff ff03 00 0600 0000 2040 0100\n5000 00 ff ff03 00 0600 0000 2040 0200\n5000 00 ff ff03 00 0600 0000 b80e 0000\n5000 00 ff ff03 00 0600 0000 0832 0000"
    "\n5000 00 ff ff03 00 0600 0000 0050 0000\n5000 00 ff ff03 00 0600 0000 0150 0000\n5000 00 ff ff03 00 0600 0000 0250 0000",
    ISTH_DISSECT_OK,
    "role melsec-client\n"
    "read 16416 access-object\n"
    "write 16416 access-object\n"
    "configure 3768 begin-restore\n"
    "control 12808 stop-other-cyclic\n"
    "other 20480 relay-io-link\n"
    "other 20481 relay-modbus-tcp\n"
    "other 20482 relay-modbus-rtu" },
  { "batch-read",
    "5000 00 ff ff03 00 0c00 1000 0104 0000 640000 a8 0a00"
    "\n< d000 00 ff ff03 00 1600 0000 00*20",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nread 1025 batch-read (D100–109)"
    "\nrole melsec-server"
    "\n= ok" },
  { "batch-read-hex-iqr",
    "5000 00 ff ff03 00 0e00 1000 0104 0300 1f000000 9c00 0800"
    "\n< d000 00 ff ff03 00 0600 0000 10101010",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nread 1025 batch-read (X1F–26)"
    "\nrole melsec-server"
    "\n= ok" },
  { "batch-write-refused",
    "5000 00 ff ff03 00 0e00 1000 0114 0000 000000 a8 0100 3412"
    "\n< d000 00 ff ff03 00 0b00 3140 00 ff ff03 00 0114 0000",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nwrite 5121 batch-write (D0)"
    "\nrole melsec-server"
    "\n= refused: device number out of range" },
  { "other-device-and-extension",
    "5000 00 ff ff03 00 0c00 1000 0104 0000 010000 77 0100"
    "\n5000 00 ff ff03 00 0c00 1000 0104 8000 010000 77 0100",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nread 1025 batch-read (0x77:1)"
    "\nread 1025 batch-read" },
  { "ascii",
    "\"500000FF03FF000018001004010000D*0001000003\""
    "\n< \"D00000FF03FF0000100000123456780000\"",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nread 1025 batch-read (D100–102)"
    "\nrole melsec-server"
    "\n= ok" },
  { "ascii-hex-and-iqr",
    "\"500000FF03FF00001C001004010003X***0000001F0008\"",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nread 1025 batch-read (X1F–26)" },
  { "ascii-other-names",
    "\"500000FF03FF000018001004010000SN0000100002\""
    "\n\"500000FF03FF000018001004010000ZR0000FF0001\""
    "\n5000 00 ff ff03 00 0c00 1000 0104 0000 ff0000 b0 0100",
    ISTH_DISSECT_OK,
    "role melsec-client\n"
    "read 1025 batch-read (STN10\342\200\22311)\n"
    "read 1025 batch-read (ZRFF)\n"
    "read 1025 batch-read (ZRFF)" },
  { "ascii-refused",
    "\"500000FF03FF000024001014010000W*0000000003000100020003\""
    "\n< \"D00000FF03FF000016C05100FF03FF0014010000\"",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nwrite 5121 batch-write (W0–2)"
    "\nrole melsec-server"
    "\n= refused: number of points out of range" },
  { "ascii-4e",
    "\"54001234000000FF03FF00000C001001010000\""
    "\n< \"D4001234000000FF03FF0000180000Q03UDECPU       0268\"",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nidentify 257 read-type-name"
    "\nrole melsec-server"
    "\n= ok"
    "\nmodel = Q03UDECPU (90)"
    "\nvendor = Mitsubishi Electric (90)"
    "\nproduct_code = 0268 (90)" },
  { "type-name",
    "5000 00 ff ff03 00 0600 1000 0101 0000"
    "\n< d000 00 ff ff03 00 1400 0000 \"Q03UDECPU       \" 6802",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nidentify 257 read-type-name"
    "\nrole melsec-server"
    "\n= ok"
    "\nmodel = Q03UDECPU (90)"
    "\nvendor = Mitsubishi Electric (90)"
    "\nproduct_code = 0268 (90)" },
  { "type-name-4e",
    "5400 3412 0000 00 ff ff03 00 0600 1000 0101 0000"
    "\n5400 3512 0000 00 ff ff03 00 0600 1000 1906 0000"
    "\n< d400 3512 0000 00 ff ff03 00 0200 0000"
    "\n< d400 3412 0000 00 ff ff03 00 1400 0000 \"FX5U-32MT/ES\" 00*4 294a",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nidentify 257 read-type-name"
    "\ndiagnose 1561 self-test"
    "\nrole melsec-server"
    "\n= ok"
    "\n= ok"
    "\nmodel = FX5U-32MT/ES (90)"
    "\nvendor = Mitsubishi Electric (90)"
    "\nproduct_code = 4A29 (90)" },
  { "type-name-of-another-make",
    "5000 00 ff ff03 00 0600 1000 0101 0000"
    "\n< d000 00 ff ff03 00 1400 0000 \"VALVE-BLOCK-8   \" 0100",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nidentify 257 read-type-name"
    "\nrole melsec-server"
    "\n= ok"
    "\nmodel = VALVE-BLOCK-8 (90)"
    "\nproduct_code = 0001 (90)" },
  { "random",
    "5000 00 ff ff03 00 1000 1000 0304 0000 02 00 640000 a8 0a0000 90"
    "\n5000 00 ff ff03 00 0c00 1000 0214 0100 01 0a0000 90 01"
    "\n5000 00 ff ff03 00 0e00 1000 0214 0000 01 00 0a0000 a8 0500"
    "\n5000 00 ff ff03 00 0c00 1000 0108 0000 01 00 0a0000 a8"
    "\n5000 00 ff ff03 00 0600 1000 0208 0000"
    "\n5000 00 ff ff03 00 1400 1000 0604 0000 01 01 000000 a8 0400 000100 90 0200",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nread 1027 random-read (D100 and 1 more)"
    "\nwrite 5122 random-write (M10)"
    "\nwrite 5122 random-write (D10)"
    "\nsubscribe 2049 register-monitor (D10)"
    "\nread 2050 monitor"
    "\nread 1030 multiple-block-read (D0–3 and 1 more)" },
  { "memory-and-labels",
    "5000 00 ff ff03 00 0c00 1000 1306 0000 00010000 0400"
    "\n5000 00 ff ff03 00 0600 1000 1a04 0000"
    "\n5000 00 ff ff03 00 0600 1000 1b14 0000",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nread 1555 memory-read (memory 256–259)"
    "\nread 1050 array-label-read"
    "\nwrite 5147 label-random-write" },
  { "control",
    "5000 00 ff ff03 00 0a00 1000 0110 0000 0300 00 00"
    "\n< d000 00 ff ff03 00 0200 0000"
    "\n5000 00 ff ff03 00 0800 1000 0210 0000 0100"
    "\n< d000 00 ff ff03 00 0200 0000"
    "\n5000 00 ff ff03 00 0800 1000 0310 0000 0300"
    "\n5000 00 ff ff03 00 0800 1000 0510 0000 0100"
    "\n5000 00 ff ff03 00 0800 1000 0610 0000 0100"
    "\n5000 00 ff ff03 00 0600 1000 1716 0000",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\ncontrol 4097 remote-run (forced)"
    "\nrole melsec-server"
    "\n= ok"
    "\ncontrol 4098 remote-stop"
    "\n= ok"
    "\ncontrol 4099 remote-pause (forced)"
    "\ncontrol 4101 remote-latch-clear"
    "\ncontrol 4102 remote-reset"
    "\ncontrol 5655 clear-error" },
  { "password",
    "5000 00 ff ff03 00 0e00 1000 3016 0000 0600 \"secret\""
    "\n< d000 00 ff ff03 00 0b00 00c2 00 ff ff03 00 3016 0000"
    "\n5000 00 ff ff03 00 0e00 1000 3116 0000 0600 \"secret\"",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nauthenticate 5680 password-unlock (password in clear (under 8 characters))"
    "\nrole melsec-server"
    "\n= refused: wrong remote password"
    "\nother 5681 password-lock (password in clear (under 8 characters))" },
  { "file",
    "5000 00 ff ff03 00 1800 1000 2718 0000 00000000 0001 0400 0800 \"MAIN.QPG\""
    "\n< d000 00 ff ff03 00 0400 0000 0100"
    "\n5000 00 ff ff03 00 1200 1000 2918 0000 0100 00000000 0400 01020304"
    "\n< d000 00 ff ff03 00 0400 0000 0400"
    "\n5000 00 ff ff03 00 0e00 1000 2818 0000 0100 00000000 0400"
    "\n< d000 00 ff ff03 00 0800 0000 0400 01020304"
    "\n5000 00 ff ff03 00 0a00 1000 2a18 0000 0100 0000"
    "\n< d000 00 ff ff03 00 0200 0000",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nfile 6183 file-open (file MAIN.QPG)"
    "\ntransfer file begin (file MAIN.QPG)"
    "\nrole melsec-server"
    "\n= ok"
    "\nfile 6185 file-write (open file 1)"
    "\ntransfer file data 4/0"
    "\n= ok"
    "\nfile 6184 file-read (open file 1)"
    "\n= ok"
    "\ntransfer file data 4/0 to 10.0.0.2"
    "\nfile 6186 file-close (open file 1)"
    "\n= ok"
    "\ntransfer file end to 10.0.0.2" },
  { "file-refused",
    "5000 00 ff ff03 00 1800 1000 2718 0000 00000000 0001 0400 0800 \"MAIN.QPG\""
    "\n< d000 00 ff ff03 00 0b00 2540 00 ff ff03 00 2718 0000",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nfile 6183 file-open (file MAIN.QPG)"
    "\ntransfer file begin (file MAIN.QPG)"
    "\nrole melsec-server"
    "\n= refused: file in use"
    "\ntransfer file abort: file in use to 10.0.0.2" },
  { "file-wide-name",
    "5000 00 ff ff03 00 1800 1000 2718 4000 00000000 0000 0400 0400 4d00 2e00 5000 5200"
    "\n5000 00 ff ff03 00 1700 1000 2718 0000 00000000 0001 0400 0800 \"MAIN.QP\"",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nfile 6183 file-open (file M.PR)"
    "\ntransfer file begin (file M.PR)"
    "\nfile 6183 file-open"
    "\ntransfer file begin" },
  { "unknown-command",
    "5000 00 ff ff03 00 0600 1000 7777 0000"
    "\n< d000 00 ff ff03 00 0b00 ffff 00 ff ff03 00 7777 0000",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nother 30583 command (command 0x7777)"
    "\nrole melsec-server"
    "\n= refused: end code 0xffff" },
  /* Another station, another CPU of the rack, a multidrop station. */
  { "station",
    "5000 01 05 ff03 00 0600 1000 0101 0000"
    "\n< d000 01 05 ff03 00 1400 0000 \"L26CPU-BT       \" 4305",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nidentify 257 read-type-name @melsec-station:1.5"
    "\nrole melsec-server"
    "\n= ok"
    "\nchild melsec-station:1.5"
    "\nmodel = L26CPU-BT (90) @melsec-station:1.5"
    "\nvendor = Mitsubishi Electric (90) @melsec-station:1.5"
    "\nproduct_code = 0543 (90) @melsec-station:1.5" },
  { "cpu-2",
    "5000 00 ff e103 00 0800 1000 0210 0000 0100"
    "\n< d000 00 ff e103 00 0200 0000",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\ncontrol 4098 remote-stop @melsec-cpu:2"
    "\nrole melsec-server"
    "\n= ok"
    "\nchild melsec-cpu:2" },
  { "station-cpu-and-multidrop",
    "5000 01 05 e203 00 0800 1000 0210 0000 0100"
    "\n5000 00 ff ff03 03 0800 1000 0210 0000 0100"
    "\n< d000 00 ff ff03 03 0200 71cf",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\ncontrol 4098 remote-stop @melsec-station:1.5 > melsec-cpu:3"
    "\ncontrol 4098 remote-stop @melsec-multidrop:3"
    "\nrole melsec-server"
    "\n= refused: no answer in time" },
  { "one-e",
    "01 ff 0a00 64000000 2044 0a 00"
    "\n< 81 00 00*20"
    "\n00 ff 0a00 1f000000 2058 08 00"
    "\n< 80 5b 10"
    "\n03 ff 0a00 64000000 2044 01 00 3412"
    "\n< 83 50"
    "\n02 ff 0a00 00000000 204d 03 00 1010"
    "\n13 ff 0a00"
    "\n< 93 00"
    "\n14 ff 0a00"
    "\n15 ff 0a00"
    "\n< 95 00 a8",
    ISTH_DISSECT_OK,
    "role melsec-client"
    "\nread 1 batch-read-words (D100–109)"
    "\n= ok"
    "\nrole melsec-server"
    "\nread 0 batch-read-bits (X1F–26)"
    "\n= refused: abnormal code 0x10"
    "\nwrite 3 batch-write-words (D100)"
    "\n= refused: end code 0x50"
    "\nwrite 2 batch-write-bits (M0–2)"
    "\ncontrol 19 remote-run"
    "\n= ok"
    "\ncontrol 20 remote-stop"
    "\nidentify 21 read-pc-type"
    "\n= ok"
    "\nproduct_code = A8 (90)" },
  { "one-e-answer-alone",
    "< 81 00 0000",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "one-e-lies",
    "03 ff 0a00 64000000 2044 05 00 3412",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "mid-stream-answer",
    "< d000 00 ff ff03 00 0200 0000",
    ISTH_DISSECT_OK,
    "role melsec-server", .mid_stream = true },
  { "length-lies",
    "5000 00 ff ff03 00 1000 1000 0104 0000 640000 a8 0a00",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "command-missing",
    "5000 00 ff ff03 00 0300 1000 01",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "devices-missing",
    "5000 00 ff ff03 00 0800 1000 0304 0000 02 00",
    ISTH_DISSECT_MALFORMED,
    "role melsec-client"
    "\nread 1027 random-read" },
  { "digits-lie",
    "\"500000FF03FF0000180010040100ZZD*0001000003\"",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "iqr-too-short",
    "\"500000FF03FF000018001004010002D***00000001\"",
    ISTH_DISSECT_MALFORMED,
    "role melsec-client"
    "\nread 1025 batch-read" },
  { "cut-short",
    "5000 00 ff",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-melsec",
    "5100 00 ff ff03 00 0600 1000 0101 0000",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is, and over TCP where it says that a PDU ends. */
static const IsthProbeCase probes[] = {
  { "5000 00 ff ff03 00 0c00 1000 0104 0000 640000 a8 0a00", ISTH_PROBE_STRONG, 21, .layer = ISTH_LAYER_TCP },
  { "5000 00 ff ff03 00 0c00 1000 0104 0000 640000 a8 0a00 50", ISTH_PROBE_WEAK, 21, .layer = ISTH_LAYER_TCP }, /* another one follows */
  { "5000 00 ff ff03 00 0600 1000 7777 0000", ISTH_PROBE_WEAK, 15, .layer = ISTH_LAYER_TCP },
  { "5000 00 00 ff03 00 0600 1000 0101 0000", ISTH_PROBE_WEAK, 15, .layer = ISTH_LAYER_TCP },
  { "d000 00 ff ff03 00 0200 0000", ISTH_PROBE_STRONG, 11, .layer = ISTH_LAYER_TCP },
  { "5400 3412 0000 00 ff ff03 00 0600 1000 0101 0000", ISTH_PROBE_STRONG, 19, .layer = ISTH_LAYER_TCP },
  { "5400 3412 0100 00 ff ff03 00 0600 1000 0101 0000", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP },
  { "\"500000FF03FF000018001004010000D*0001000003\"", ISTH_PROBE_STRONG, 42, .layer = ISTH_LAYER_TCP },
  { "\"5000 messages waiting for you\"", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP },
  { "\"DATA\"", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP },
  { "01 ff 0a00 64000000 2044 0a 00", ISTH_PROBE_STRONG, 12, .layer = ISTH_LAYER_TCP },
  { "01 ff 0a00 64000000 2044 0a 00 00", ISTH_PROBE_NO, 12, .layer = ISTH_LAYER_TCP },
  { "01 ff 0a00 64000000 4444 0a 00", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP },
  { "13 ff 0a00", ISTH_PROBE_WEAK, 4, .layer = ISTH_LAYER_TCP },
  { "01 ff 0a00 64", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_TCP },
  { "5000 00 ff", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_TCP },
  { "1603 0100 c701 0000 c303 0300", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP }, /* TLS */
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_melsec, NULL, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_melsec, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/melsec/probe", test_probe);
  return g_test_run ();
}
