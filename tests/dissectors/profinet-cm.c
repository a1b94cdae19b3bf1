/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connecting tells of both ends and of the modules between them; records say what a device is; each record of a multiple write has its own outcome. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_profinet_cm;

/* Header of a call in little-endian order: object, interface of devices, activity. */
#define HEADER "10 00*3 0000a0de976cd1118271 00010a01002a 0100a0de976cd111827100a02442df7d 22*16 "
#define MAPPER "10 00*3 0000a0de976cd1118271 00010a01002a 0883afe11f5dc91191a408002b14a0fa 22*16 "

static const IsthDissectCase cases[] = {
  { "connect",
    "04002000 " HEADER "00*4 0100000007 00*5 ff*4 4501 00*5 100000310100000010 00*6 310100000101003b01000001 11*16 000202 00*4 "
    "01dea000006c9711d182710001010d002a00000011025888920005706c632d31010200280100000100018892000000010028800100200040 00*20 "
    "010200280100000200018892000000010028ffff00200001 00*20 010200280100000900018892000000010028000100200001 00*20 0104005001000002 00*9 "
    "01000000010001000000020000000100000101 00*5 "
    "010000001100000002000100000021000300010004010100020004010100020000002200010001000201010103001601 00*21",
    ISTH_DISSECT_OK,
    "vendor_id = 0x002a (90)\n"
    "device_id = 0x010d (90)\n"
    "station = plc-1 (90)\n"
    "hostname = plc-1 (90)\n"
    "role profinet-controller\n"
    "child profinet-slot:1/1\n"
    "device_id = 0x00000011/0x00000021 (75) about 10.0.0.2 @profinet-slot:1/1\n"
    "child profinet-slot:1/2\n"
    "device_id = 0x00000011/0x00000022 (75) about 10.0.0.2 @profinet-slot:1/2\n"
    "vendor_id = 0x002a (75) about 10.0.0.2\n"
    "device_id = 0x0a01 (75) about 10.0.0.2\n"
    "other 0 connect (IO controller, input FrameID 0x8001 every 64 ms, output every 1 ms, 3 submodules)" },
  { "connect-cut",
    "04002000 " HEADER "00*4 0100000007 00*5 ff*4 4501 00*5 100000310100000010 00*6 310100000101003b01000001 11*16 000202 00*4 "
    "01dea000006c9711d182710001010d002a00000011025888920005706c632d31010200280100000100018892000000010028800100200040 00*20 "
    "010200280100000200018892000000010028ffff00200001 00*20 010200280100000900018892000000010028000100200001 00*20 0104005001000002 00*9 "
    "01000000010001000000020000000100000101 00*5 "
    "010000001100000002000100000021000300010004010100020004010100020000002200010001000201010103001601 00*21",
    ISTH_DISSECT_OK,
    "vendor_id = 0x002a (90)\n"
    "device_id = 0x010d (90)\n"
    "role profinet-controller\n"
    "vendor_id = 0x002a (75) about 10.0.0.2\n"
    "device_id = 0x0a01 (75) about 10.0.0.2\n"
    "other 0 connect (IO controller)", .captured = 152 },
  { "connect-accepted",
    "04002000 " HEADER "00*4 0100000007 00*5 ff*4 4501 00*5 100000310100000010 00*6 310100000101003b01000001 11*16 000202 00*4 "
    "01dea000006c9711d182710001010d002a00000011025888920005706c632d31010200280100000100018892000000010028800100200040 00*20 "
    "010200280100000200018892000000010028ffff00200001 00*20 010200280100000900018892000000010028000100200001 00*20 0104005001000002 00*9 "
    "01000000010001000000020000000100000101 00*5 "
    "010000001100000002000100000021000300010004010100020004010100020000002200010001000201010103001601 00*21\n"
    "<04022000 " HEADER "00*4 0100000007 00*5 ff*4 42 00*9 2e 00*4 10 00*6 2e0000008101001e01000001 11*16 000202 00*4 "
    "0288928106000801000004696f2d31",
    ISTH_DISSECT_OK,
    "vendor_id = 0x002a (90)\n"
    "device_id = 0x010d (90)\n"
    "station = plc-1 (90)\n"
    "hostname = plc-1 (90)\n"
    "role profinet-controller\n"
    "child profinet-slot:1/1\n"
    "device_id = 0x00000011/0x00000021 (75) about 10.0.0.2 @profinet-slot:1/1\n"
    "child profinet-slot:1/2\n"
    "device_id = 0x00000011/0x00000022 (75) about 10.0.0.2 @profinet-slot:1/2\n"
    "vendor_id = 0x002a (75) about 10.0.0.2\n"
    "device_id = 0x0a01 (75) about 10.0.0.2\n"
    "other 0 connect (IO controller, input FrameID 0x8001 every 64 ms, output every 1 ms, 3 submodules)\n"
    "role profinet-device\n"
    "station = io-1 (90)\n"
    "hostname = io-1 (90)\n"
    "= ok" },
  { "connect-supervisor",
    "04002000 " HEADER "00*4 0100000007 00*5 ff*4 4501 00*5 100000310100000010 00*6 310100000101003b01000006 11*16 000202 00*4 "
    "01dea000006c9711d182710001010d002a00000011025888920005706c632d31010200280100000100018892000000010028800100200040 00*20 "
    "010200280100000200018892000000010028ffff00200001 00*20 010200280100000900018892000000010028000100200001 00*20 0104005001000002 00*9 "
    "01000000010001000000020000000100000101 00*5 "
    "010000001100000002000100000021000300010004010100020004010100020000002200010001000201010103001601 00*21",
    ISTH_DISSECT_OK,
    "vendor_id = 0x002a (90)\n"
    "device_id = 0x010d (90)\n"
    "station = plc-1 (90)\n"
    "hostname = plc-1 (90)\n"
    "role profinet-supervisor\n"
    "child profinet-slot:1/1\n"
    "device_id = 0x00000011/0x00000021 (75) about 10.0.0.2 @profinet-slot:1/1\n"
    "child profinet-slot:1/2\n"
    "device_id = 0x00000011/0x00000022 (75) about 10.0.0.2 @profinet-slot:1/2\n"
    "vendor_id = 0x002a (75) about 10.0.0.2\n"
    "device_id = 0x0a01 (75) about 10.0.0.2\n"
    "other 0 connect (IO supervisor, input FrameID 0x8001 every 64 ms, output every 1 ms, 3 submodules)" },
  { "connect-modules-differ",
    "04002000 " HEADER "00*4 0100000007 00*5 ff*4 4501 00*5 100000310100000010 00*6 310100000101003b01000001 11*16 000202 00*4 "
    "01dea000006c9711d182710001010d002a00000011025888920005706c632d31010200280100000100018892000000010028800100200040 00*20 "
    "010200280100000200018892000000010028ffff00200001 00*20 010200280100000900018892000000010028000100200001 00*20 0104005001000002 00*9 "
    "01000000010001000000020000000100000101 00*5 "
    "010000001100000002000100000021000300010004010100020004010100020000002200010001000201010103001601 00*21\n"
    "<04022000 " HEADER "00*4 0100000007 00*5 ff*4 76 00*9 62 00*4 10 00*6 620000008101001e01000001 11*16 000202 00*4 "
    "0288928104001c01000001 00*5 010001000000990001000100010000002180008104001c01000001 00*5 01000100000099000300010001000000218000",
    ISTH_DISSECT_OK,
    "vendor_id = 0x002a (90)\n"
    "device_id = 0x010d (90)\n"
    "station = plc-1 (90)\n"
    "hostname = plc-1 (90)\n"
    "role profinet-controller\n"
    "child profinet-slot:1/1\n"
    "device_id = 0x00000011/0x00000021 (75) about 10.0.0.2 @profinet-slot:1/1\n"
    "child profinet-slot:1/2\n"
    "device_id = 0x00000011/0x00000022 (75) about 10.0.0.2 @profinet-slot:1/2\n"
    "vendor_id = 0x002a (75) about 10.0.0.2\n"
    "device_id = 0x0a01 (75) about 10.0.0.2\n"
    "other 0 connect (IO controller, input FrameID 0x8001 every 64 ms, output every 1 ms, 3 submodules)\n"
    "role profinet-device\n"
    "state = wrong module (90) @profinet-slot:1/1\n"
    "state = substitute module (90) @profinet-slot:1/1\n"
    "= ok" },
  { "connect-refused",
    "04002000 " HEADER "00*4 0100000007 00*5 ff*4 4501 00*5 100000310100000010 00*6 310100000101003b01000001 11*16 000202 00*4 "
    "01dea000006c9711d182710001010d002a00000011025888920005706c632d31010200280100000100018892000000010028800100200040 00*20 "
    "010200280100000200018892000000010028ffff00200001 00*20 010200280100000900018892000000010028000100200001 00*20 0104005001000002 00*9 "
    "01000000010001000000020000000100000101 00*5 "
    "010000001100000002000100000021000300010004010100020004010100020000002200010001000201010103001601 00*21\n"
    "<04022000 " HEADER "00*4 0100000007 00*5 ff*4 14 00*5 050181db 00*5 10 00*10",
    ISTH_DISSECT_OK,
    "vendor_id = 0x002a (90)\n"
    "device_id = 0x010d (90)\n"
    "station = plc-1 (90)\n"
    "hostname = plc-1 (90)\n"
    "role profinet-controller\n"
    "child profinet-slot:1/1\n"
    "device_id = 0x00000011/0x00000021 (75) about 10.0.0.2 @profinet-slot:1/1\n"
    "child profinet-slot:1/2\n"
    "device_id = 0x00000011/0x00000022 (75) about 10.0.0.2 @profinet-slot:1/2\n"
    "vendor_id = 0x002a (75) about 10.0.0.2\n"
    "device_id = 0x0a01 (75) about 10.0.0.2\n"
    "other 0 connect (IO controller, input FrameID 0x8001 every 64 ms, output every 1 ms, 3 submodules)\n"
    "= refused: faulty block AR" },
  { "refused-unseen",
    "<04022000 " HEADER "00*4 0100000007 00*5 ff*4 14 00*5 05fd81db 00*5 10 00*10",
    ISTH_DISSECT_OK,
    "report 0 refused (connect: consumer watchdog expired)" },
  { "release",
    "04002000 " HEADER "00*4 01000000070000000100 ff*4 36 00*6 10000022 00*4 10 00*6 220000000114001e01000000 11*16 00*10\n"
    "<04022000 " HEADER "00*4 01000000070000000100 ff*4 36 00*9 22 00*4 10 00*6 220000008114001e01 00*29",
    ISTH_DISSECT_OK,
    "other 1 release\n"
    "= ok" },
  { "parameter-end",
    "04002000 " HEADER "00*4 01000000070000000400 ff*4 34 00*6 10000020 00*4 10 00*6 200000000110001c01000000 11*16 0002000000010000\n"
    "<04022000 " HEADER "00*4 01000000070000000400 ff*4 34 00*9 20 00*4 10 00*6 200000008110001c01000000 11*16 0002000000080000",
    ISTH_DISSECT_OK,
    "other 4 parameter-end\n"
    "= ok" },
  { "application-ready",
    "04002000 " HEADER "00*4 01000000070000000400 ff*4 34 00*6 10000020 00*4 10 00*6 200000000112001c01000000 11*16 0002000000010000",
    ISTH_DISSECT_OK,
    "other 4 application-ready" },
  { "read-im0",
    "04002000 " HEADER "00*4 01000000070000000200 ff*4 54 00*6 10000040 00*4 10 00*6 40 00*4 09003c01000001 11*16 00*7 010000aff0000010 "
    "00*25\n"
    "<04022000 " HEADER "00*4 01000000070000000200 ff*4 92 00*9 7e 00*4 10 00*6 7e0000008009003c01000001 11*16 00*7 010000aff00000003e "
    "00*25 20003a0100002a36455337203135352d36415530312d30424e30205320432d5834553132333435 20*4 000356040201 00*8 0101000e",
    ISTH_DISSECT_OK,
    "identify 2 read (I&M0, slot 0/1)\n"
    "vendor_id = 0x002a (90)\n"
    "order_number = 6ES7 155-6AU01-0BN0 (90)\n"
    "serial = S C-X4U12345 (90)\n"
    "hardware = 3 (90)\n"
    "firmware = V4.2.1 (90)\n"
    "= ok" },
  { "read-im0-of-module",
    "04002000 " HEADER "00*4 01000000070000000500 ff*4 54 00*6 10000040 00*4 10 00*6 40 00*4 09003c01000001 11*16 00*5 0200010000aff0000010 "
    "00*25\n"
    "<04022000 " HEADER "00*4 01000000070000000500 ff*4 92 00*9 7e 00*4 10 00*6 7e0000008009003c01000001 11*16 00*5 "
    "0200010000aff00000003e 00*25 20003a0100002a36455337203135352d36415530312d30424e30205320432d5834553132333435 20*4 000356040201 00*8 "
    "0101000e",
    ISTH_DISSECT_OK,
    "identify 5 read-implicit (I&M0, slot 2/1)\n"
    "vendor_id = 0x002a (90) @profinet-slot:2/1\n"
    "order_number = 6ES7 155-6AU01-0BN0 (90) @profinet-slot:2/1\n"
    "serial = S C-X4U12345 (90) @profinet-slot:2/1\n"
    "hardware = 3 (90) @profinet-slot:2/1\n"
    "firmware = V4.2.1 (90) @profinet-slot:2/1\n"
    "= ok" },
  { "read-im1-im3",
    "04002000 " HEADER "00*4 01000000070000000200 ff*4 54 00*6 10000040 00*4 10 00*6 40 00*4 09003c01000001 11*16 00*7 010000aff1000010 "
    "00*25\n"
    "<04022000 " HEADER "00*4 01000000070000000200 ff*4 cc 00*9 b8 00*4 10 00*6 b80000008009003c01000001 11*16 00*7 010000aff100000078 "
    "00*25 21003801003d41312e4b32 20*26 2b48414c4c32 20*16 002300380100426f74746c652066696c6c6572 20*41",
    ISTH_DISSECT_OK,
    "identify 2 read (I&M1, slot 0/1)\n"
    "plant_tag = =A1.K2 (90)\n"
    "location = +HALL2 (90)\n"
    "description = Bottle filler (90)\n"
    "= ok" },
  { "read-im4",
    "04002000 " HEADER "00*4 01000000070000000200 ff*4 54 00*6 10000040 00*4 10 00*6 40 00*4 09003c01000001 11*16 00*7 010000aff4000010 "
    "00*25",
    ISTH_DISSECT_OK,
    "identify 2 read (I&M4, slot 0/1)" },
  { "read-modules",
    "04002000 " HEADER "00*4 01000000070000000500 ff*4 54 00*6 10000040 00*4 10 00*6 40 00*4 09003c01000001 11*16 00*10 f000000010 00*25\n"
    "<04022000 " HEADER "00*4 01000000070000000500 ff*4 7e 00*9 6a 00*4 10 00*6 6a0000008009003c01000001 11*16 00*10 f0 00*4 2a 00*25 "
    "13002601000001 00*5 02 00*5 0100010001000000020002000000330001000100000034",
    ISTH_DISSECT_OK,
    "identify 5 read-implicit (real identification of API, slot 0/0)\n"
    "child profinet-slot:2/1\n"
    "device_id = 0x00000033/0x00000034 (90) @profinet-slot:2/1\n"
    "= ok" },
  { "read-filter",
    "04002000 " HEADER "00*4 01000000070000000500 ff*4 54 00*6 10000040 00*4 10 00*6 40 00*4 09003c01000001 11*16 00*10 f840000010 00*25\n"
    "<04022000 " HEADER "00*4 01000000070000000500 ff*4 a8 00*9 94 00*4 10 00*6 940000008009003c01000001 11*16 00*10 f84000000054 00*25 "
    "30002601000001 00*5 02 00*5 01000100010000000200020000003300010001000000340032002601000001 00*5 02 00*5 "
    "0100010001000000020002000000330001000100000034",
    ISTH_DISSECT_OK,
    "identify 5 read-implicit (I&M0FilterData, slot 0/0)\n"
    "child profinet-slot:2/1\n"
    "device_id = 0x00000033/0x00000034 (90) @profinet-slot:2/1\n"
    "child profinet-slot:2/1\n"
    "device_id = 0x00000033/0x00000034 (90) @profinet-slot:2/1\n"
    "= ok" },
  { "read-ports",
    "04002000 " HEADER "00*4 01000000070000000200 ff*4 54 00*6 10000040 00*4 10 00*6 40 00*4 09003c01000001 11*16 00*10 f841000010 00*25\n"
    "<04022000 " HEADER "00*4 01000000070000000200 ff*4 d6 00*9 c2 00*4 10 00*6 c20000008009003c01000001 11*16 00*10 f84100000082 00*24 "
    "0400002c01 00*9 80000240001c010004696f2d310002 00*4 0200000a000002ffffff 00*5 0400004e01 00*9 8000020f003e01 00*5 "
    "800108706f72742d30303101000008706f72742d303034027377 00*4 02 00*4 09 00*20",
    ISTH_DISSECT_OK,
    "read 2 read (PDRealData, slot 0/0)\n"
    "chassis = io-1 (90)\n"
    "mgmt_address = 10.0.0.2 (90)\n"
    "bind 02:00:00:00:00:02 10.0.0.2\n"
    "neighbour port-001 to 02:00:00:00:00:09\n"
    "= ok" },
  { "read-refused",
    "04002000 " HEADER "00*4 01000000070000000200 ff*4 54 00*6 10000040 00*4 10 00*6 40 00*4 09003c01000001 11*16 00*5 01000100000007000010 "
    "00*25\n"
    "<04022000 " HEADER "00*4 01000000070000000200 ff*4 54 00*6 b080de40 00*4 10 00*6 400000008009003c01000001 11*16 00*5 01000100000007 "
    "00*28",
    ISTH_DISSECT_OK,
    "read 2 read (record 0x0007, slot 1/1)\n"
    "= refused: invalid index" },
  { "read-interface-subslot",
    "04002000 " HEADER "00*4 01000000070000000200 ff*4 54 00*6 10000040 00*4 10 00*6 40 00*4 09003c01000001 11*16 00*6 80010000802a000010 "
    "00*25",
    ISTH_DISSECT_OK,
    "read 2 read (PDPortDataReal, slot 0/0x8001)" },
  { "write",
    "04002000 " HEADER "00*4 01000000070000000300 ff*4 1401 00*5 100000000100000010 00*7 0100000008003c01000001 11*16 00*4 ff*4 "
    "0000e040000000c0 00*25 08003c01000001 11*16 00*7 010000aff10000003c 00*25 21003801003d41312e4b32 20*26 2b48414c4c32 20*16 "
    "0008003c01000001 11*16 00*5 0100010000001000000003 00*24 61626300\n"
    "<04022000 " HEADER "00*4 01000000070000000300 ff*4 d4 00*9 c0 00*4 10 00*6 c00000008008003c01000001 11*16 00*4 ff*4 0000e04000000080 "
    "00*24 8008003c01000001 11*16 00*7 010000aff1 00*28 8008003c01000001 11*16 00*5 01000100000010 00*8 df80b6 00*17",
    ISTH_DISSECT_OK,
    "configure 3 write (I&M1, slot 0/1)\n"
    "plant_tag = =A1.K2 (75) about 10.0.0.2\n"
    "location = +HALL2 (75) about 10.0.0.2\n"
    "configure 3 write (record 0x0010, slot 1/1)\n"
    "= ok\n"
    "= refused: access denied" },
  { "mapper",
    "04002000 " MAPPER "00*4 01000000070000000200 ff*4 3c 00*65\n"
    "<04022000 " MAPPER "00*4 01000000070000000200 ff*4 a4 00*25 0200000002 00*7 02 00*5 a0de976cd111827100010a01002a03 00*7 "
    "4000000045543230305350 20*19 36455337203135352d36415530312d30424e30 20*6 "
    "332056202034202032202031000000a0de976cd111827100010a01002a03 00*7 0100000078 00*7",
    ISTH_DISSECT_OK,
    "identify 2 lookup\n"
    "vendor_id = 0x002a (90)\n"
    "device_id = 0x0a01 (90)\n"
    "model = ET200SP (90)\n"
    "order_number = 6ES7 155-6AU01-0BN0 (90)\n"
    "hardware = 3 (90)\n"
    "firmware = V4.2.1 (90)\n"
    "vendor_id = 0x002a (90)\n"
    "device_id = 0x0a01 (90)\n"
    "= ok" },
  { "mapper-odd-annotation",
    "04002000 " MAPPER "00*4 01000000070000000200 ff*4 3c 00*65\n"
    "<04022000 " MAPPER "00*4 01000000070000000200 ff*4 50 00*25 0100000001 00*7 01 00*5 a0de976cd111827100010a01002a03 00*7 "
    "09000000736f6d657468696e67 00*7",
    ISTH_DISSECT_OK,
    "identify 2 lookup\n"
    "vendor_id = 0x002a (90)\n"
    "device_id = 0x0a01 (90)\n"
    "= ok" },
  { "fault",
    "04002000 " HEADER "00*4 01000000070000000200 ff*4 54 00*6 10000040 00*4 10 00*6 40 00*4 09003c01000001 11*16 00*7 010000aff0000010 "
    "00*25\n"
    "<04032000 " HEADER "00*4 01000000070000000200 ff*4 04 00*5 0300011c",
    ISTH_DISSECT_OK,
    "identify 2 read (I&M0, slot 0/1)\n"
    "= refused: call failed 0x1c010003" },
  { "ping",
    "04012000 " HEADER "00*4 0100000007 00*5 ff*4 00*6",
    ISTH_DISSECT_OK,
    "" },
  { "second-fragment",
    "04002400 " HEADER "00*4 0100000007 00*5 ff*4 140001 00*23",
    ISTH_DISSECT_OK,
    "" },
  { "other-call",
    "04002000 " HEADER "00*4 01000000070000000900 ff*4 14 00*6 10 00*7 10 00*10",
    ISTH_DISSECT_OK,
    "other 9 unknown" },
  { "length-lies",
    "04002000 " HEADER "00*4 0100000007 00*5 ff*4 15 00*25",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-arguments",
    "04002000 " HEADER "00*4 0100000007 00*5 ff*4 0c 00*17",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-status",
    "04032000 " HEADER "00*4 0100000007 00*5 ff*4 02 00*7",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "other-interface",
    "0400200010 00*5 a0de976cd111827100010a01002a 33*16 22*16 00*4 0100000007 00*5 ff*4 14 00*25",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "counts-lie",
    "04002000 " HEADER "00*4 0100000007 00*5 ff*4 69 00*6 10000055 00*4 10 00*6 550000000101003b01000001 11*16 000202 00*4 "
    "01dea000006c9711d182710001010d002a00000011025888920005706c632d31010400120100ffff 00*5 01000000010000ffff",
    ISTH_DISSECT_OK,
    "vendor_id = 0x002a (90)\n"
    "device_id = 0x010d (90)\n"
    "station = plc-1 (90)\n"
    "hostname = plc-1 (90)\n"
    "role profinet-controller\n"
    "vendor_id = 0x002a (75) about 10.0.0.2\n"
    "device_id = 0x0a01 (75) about 10.0.0.2\n"
    "other 0 connect (IO controller, 0 submodules)" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_profinet_cm, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
