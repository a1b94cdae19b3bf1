/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes out is asked by the master, what comes back is said by slaves; an answer without a working counter is none. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ethercat;

static const IsthDissectCase cases[] = {
  { "process-data",
    "14100c000000010008 00*13\n"
    "14100c000000010008 00*13",
    ISTH_DISSECT_OK,
    "role ethercat-master\n"
    "report 12 process-data (logical 0x00010000, 8 bytes)\n"
    "report 12 process-data (logical 0x00010000, 8 bytes)", .to_group = true },
  { "logical-read-write",
    "20100a00001001000480 00*8 0b010020010004 00*9",
    ISTH_DISSECT_OK,
    "role ethercat-master\n"
    "report 10 process-data-read (logical 0x00011000, 4 bytes)\n"
    "report 11 process-data-write (logical 0x00012000, 4 bytes)" },
  { "request-state",
    "2a100500e9032001028000000800000008010000200102800000110000000202feff20010200000002000000",
    ISTH_DISSECT_OK,
    "role ethercat-master\n"
    "control 5 request-state (OP) to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "control 8 request-state (INIT)\n"
    "control 2 request-state (PRE-OP, position 2)" },
  { "request-no-state",
    "0e100500e90320010200000007000000",
    ISTH_DISSECT_OK,
    "role ethercat-master" },
  { "registers",
    "7a100400e90300000880 00*12 0401e90300030880 00*12 0502e90300061080 00*20 "
    "02030000100002800000e90300000804000010090880 00*12 0e05e903100908 00*13",
    ISTH_DISSECT_OK,
    "role ethercat-master\n"
    "identify 4 read-register (ESC information) to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "diagnose 4 read-register (error counters) to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "other 5 write-register (FMMU) to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "other 2 write-register (station address)\n"
    "other 8 write-register (distributed clocks)\n"
    "read 14 read-register (distributed clocks) to 02:00:00:00:00:01 @ethercat-slave:1001" },
  { "nothing",
    "0e10 00*6 02 00*7",
    ISTH_DISSECT_OK,
    "role ethercat-master" },
  { "write-eeprom",
    "12100500e903020506000000010204 00*5",
    ISTH_DISSECT_OK,
    "role ethercat-master\n"
    "configure 5 write-eeprom to 02:00:00:00:00:01 @ethercat-slave:1001" },
  { "read-eeprom",
    "12100500e903020506 00*4 0104 00*5",
    ISTH_DISSECT_OK,
    "role ethercat-master\n"
    "other 5 write-register (EEPROM) to 02:00:00:00:00:01 @ethercat-slave:1001" },
  { "sdo-requests",
    "30110500e9030010408000000a 00*4 13002040181001 00*54 0501e9030010408000000a 00*4 130020404160 00*55 "
    "0502e9030010408000000a 00*4 1300202360600008 00*53 0503e9030010400000000a 00*4 13008001 00*57",
    ISTH_DISSECT_OK,
    "role ethercat-master\n"
    "identify 64 sdo-upload (object 0x1018:1) to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "read 64 sdo-upload (object 0x6041:0) to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "write 35 sdo-download (object 0x6060:0) to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "identify 1 sdo-information to 02:00:00:00:00:01 @ethercat-slave:1001" },
  { "file-write",
    "4c100500e90300104000000012 00*4 1402 00*5 6669726d776172652e656677 00*42",
    ISTH_DISSECT_OK,
    "role ethercat-master\n"
    "firmware 2 foe-write (firmware.efw) to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "transfer firmware begin (firmware.efw) to 02:00:00:00:00:01 @ethercat-slave:1001" },
  { "file-data",
    "4c100500e90300104000000009 00*4 1403 00*5 616263 00*51",
    ISTH_DISSECT_OK,
    "role ethercat-master\n"
    "transfer file data 3/0 to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "transfer file end to 02:00:00:00:00:01 @ethercat-slave:1001" },
  { "file-that-stays-unread",
    "4c100500e9030010400000000c 00*4 1403 00*5 \"secret\" 00*48",
    ISTH_DISSECT_OK,
    "role ethercat-master\n"
    "transfer file data 6/0 to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "transfer file end to 02:00:00:00:00:01 @ethercat-slave:1001" },
  /* A mailbox of 20 bytes: two full parts of 8 bytes and one of 3. */
  { "file-in-parts",
    "20100500e9030010140000000e 00*4 1402 00*5 6d61696e2e656677 00*2"
    "\n20100500e9030010140000000e 00*4 2403 00 01000000 00*8 00*2"
    "\n20100500e9030010140000000e 00*4 3403 00 02000000 00*8 00*2"
    "\n20100500e90300101400000009 00*4 4403 00 03000000 00*3 00*7",
    ISTH_DISSECT_OK,
    "role ethercat-master\n"
    "firmware 2 foe-write (main.efw) to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "transfer firmware begin (main.efw) to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "transfer firmware data 8/0 to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "transfer firmware data 8/0 to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "transfer firmware data 3/0 to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "transfer firmware end to 02:00:00:00:00:01 @ethercat-slave:1001" },
  { "file-read-and-refused",
    "< 20100400e9030010140000000e 00*4 1403 00 01000000 00*8 0100"
    "\n< 20100400e90300101400000006 00*4 2405 00 02800000 00*8 0100",
    ISTH_DISSECT_OK,
    "chassis = 00:00:00:00:00:02 (90)\nchild ethercat-slave:1001\ntransfer file data 8/0 to 00:00:00:00:00:02 @ethercat-slave:1001\n"
    "child ethercat-slave:1001\nreport 5 foe-error (access denied) to 00:00:00:00:00:02\n"
    "transfer file abort: access denied to 00:00:00:00:00:02 @ethercat-slave:1001\n"
    "transfer firmware abort: access denied to 00:00:00:00:00:02 @ethercat-slave:1001" },
  { "state",
    "0e100400e90330010200000008000100",
    ISTH_DISSECT_OK,
    "chassis = 00:00:00:00:00:01 (90)\n"
    "child ethercat-slave:1001\n"
    "state = OP (90) about 00:00:00:00:00:01 @ethercat-slave:1001" },
  { "state-error",
    "20100400e903300106800000140000001b0001000401e90330010200000012000100",
    ISTH_DISSECT_OK,
    "chassis = 00:00:00:00:00:01 (90)\n"
    "child ethercat-slave:1001\n"
    "state = SAFE-OP (90) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "report - state-error (SAFE-OP, code 0x001b) to 00:00:00:00:00:01\n"
    "child ethercat-slave:1001\n"
    "state = PRE-OP (90) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "report - state-error (PRE-OP) to 00:00:00:00:00:01" },
  { "no-answer",
    "1c1007000000300102800000080001000401e903300102 00*7",
    ISTH_DISSECT_OK,
    "chassis = 00:00:00:00:00:01 (90)" },
  { "identity-objects",
    "60120400e9038010408000000a 00*4 130030430010009201 00*50 01000401e90380104080000010 00*4 "
    "1300304108100006000000454c37323031 00*42 01000402e9038010408000000c 00*4 13003041091000020000003032 00*46 "
    "01000403e9038010408000000c 00*4 130030410a1000020000003035 00*46 01000404e9038010408000000a 00*4 "
    "1300304318100102 00*51 01000405e9038010408000000a 00*4 130030431810025230211c 00*48 01000406e9038010408000000a "
    "00*4 13003043181003000012 00*49 01000407e9038010400000000a 00*4 130030431810046712 00*50 0100",
    ISTH_DISSECT_OK,
    "chassis = 00:00:00:00:00:01 (90)\n"
    "child ethercat-slave:1001\n"
    "device_type_id = 0x00000192 (90) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "device_type = 0x0192 (Drives and motion control) (90) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "child ethercat-slave:1001\n"
    "model = EL7201 (90) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "child ethercat-slave:1001\n"
    "hardware = 02 (90) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "child ethercat-slave:1001\n"
    "firmware = 05 (90) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "child ethercat-slave:1001\n"
    "vendor_id = 0x00000002 (90) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "child ethercat-slave:1001\n"
    "product_code = 0x1c213052 (90) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "child ethercat-slave:1001\n"
    "firmware = 0x00120000 (60) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "child ethercat-slave:1001\n"
    "serial = 0x00001267 (90) about 00:00:00:00:00:01 @ethercat-slave:1001" },
  { "other-object",
    "4c100400e9038010400000000a 00*4 1300304341600001 00*51 0100",
    ISTH_DISSECT_OK,
    "chassis = 00:00:00:00:00:01 (90)\n"
    "child ethercat-slave:1001" },
  { "no-serial",
    "4c100400e9038010400000000a 00*4 13003043181004 00*52 0100",
    ISTH_DISSECT_OK,
    "chassis = 00:00:00:00:00:01 (90)\n"
    "child ethercat-slave:1001" },
  { "sdo-abort",
    "4c100400e9038010400000000a 00*4 1300208018100911000906 00*48 0100",
    ISTH_DISSECT_OK,
    "chassis = 00:00:00:00:00:01 (90)\n"
    "child ethercat-slave:1001\n"
    "report 128 sdo-abort (object 0x1018:9, code 0x06090011) to 00:00:00:00:00:01" },
  { "emergency",
    "4c100400e9038010400000000a 00*4 1300101173 00*54 0100",
    ISTH_DISSECT_OK,
    "chassis = 00:00:00:00:00:01 (90)\n"
    "child ethercat-slave:1001\n"
    "report - emergency (error 0x7311) to 00:00:00:00:00:01" },
  { "eeprom",
    "34100400e90302050e80000040000800000002000000522c4c0401000401e90302050e00000040000c 00*5 1100070000000100",
    ISTH_DISSECT_OK,
    "chassis = 00:00:00:00:00:01 (90)\n"
    "child ethercat-slave:1001\n"
    "vendor_id = 0x00000002 (90) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "vendor = Beckhoff (90) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "product_code = 0x044c2c52 (90) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "model = EK1100 (60) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "child ethercat-slave:1001\n"
    "firmware = 0x00110000 (60) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "serial = 0x00000007 (90) about 00:00:00:00:00:01 @ethercat-slave:1001" },
  { "eeprom-four-bytes",
    "1a100400e90302050e 00*5 0a0000005230f603 ff*4 0100",
    ISTH_DISSECT_OK,
    "chassis = 00:00:00:00:00:01 (90)\n"
    "child ethercat-slave:1001\n"
    "product_code = 0x03f63052 (90) about 00:00:00:00:00:01 @ethercat-slave:1001\n"
    "model = EL1014 (60) about 00:00:00:00:00:01 @ethercat-slave:1001" },
  { "eeprom-busy",
    "1a100400e90302050e00000040800800000002000000010000000100",
    ISTH_DISSECT_OK,
    "chassis = 00:00:00:00:00:01 (90)\n"
    "child ethercat-slave:1001" },
  { "out-and-back",
    "0e100400e903300102 00*7\n"
    "0e100400e90330010200000008000100",
    ISTH_DISSECT_OK,
    "role ethercat-master\n"
    "diagnose 4 read-register (AL status) to 02:00:00:00:00:01 @ethercat-slave:1001\n"
    "child ethercat-slave:1001\n"
    "state = OP (90) @ethercat-slave:1001" },
  { "no-mailbox",
    "1c100500e903001010 00*21",
    ISTH_DISSECT_OK,
    "role ethercat-master\n"
    "other 5 write-register (memory) to 02:00:00:00:00:01 @ethercat-slave:1001" },
  { "mailbox-lies",
    "26100400e90380101a000000c8 00*4 13 00*20 0100",
    ISTH_DISSECT_OK,
    "chassis = 00:00:00:00:00:01 (90)\n"
    "child ethercat-slave:1001" },
  { "network-variables",
    "14400c000000010008 00*13",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-lies",
    "64100c000000010008 00*13",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-too-small",
    "0c100c000000010008 00*13",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "command-unknown",
    "14100f000000010008 00*13",
    ISTH_DISSECT_MALFORMED,
    "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ethercat, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
