/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The managing node asks and commands, nodes answer and say what they are; a transfer of objects has an outcome. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_powerlink;

static const IsthDissectCase cases[] = {
  { "start-of-cycle",
    "01fff0 00*43",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "time-sync 1 start-of-cycle", .to_group = true },
  { "poll",
    "0311f0000100000020 00*33\n"
    "0311f0000100000020 00*33",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "report 3 poll-request (node 17)\n"
    "report 3 poll-request (node 17)" },
  { "answer",
    "04ff11fd0100000020 00*33\n"
    "04ff11fd0100000020 00*33\n"
    "04ff114d0100000020 00*33",
    ISTH_DISSECT_OK,
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "state = operational (90)\n"
    "report 4 poll-response (node 17)\n"
    "report 4 poll-response (node 17)\n"
    "state = stopped (90)\n"
    "report 4 poll-response (node 17)" },
  { "state-unknown",
    "04ff11330100000020 00*33",
    ISTH_DISSECT_OK,
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "report 4 poll-response (node 17)" },
  { "two-nodes-behind-one",
    "04ff11fd0100000020 00*33\n"
    "04ff12fd0100000020 00*33",
    ISTH_DISSECT_OK,
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "state = operational (90)\n"
    "report 4 poll-response (node 17)\n"
    "role powerlink-controlled-node\n"
    "protocol_address = 18 (90)\n"
    "state = operational (90)\n"
    "report 4 poll-response (node 18)" },
  { "invite-nobody",
    "05fff01d 00*4 20 00*37",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "state = pre-operational 1 (90)\n"
    "other 5 start-of-asynchronous" },
  { "ident-request",
    "05fff01d0000011120 00*37",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "state = pre-operational 1 (90)\n"
    "identify 5 ident-request (node 17)" },
  { "status-request",
    "05fff01d0000021120 00*37",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "state = pre-operational 1 (90)\n"
    "diagnose 5 status-request (node 17)" },
  { "manufacturer-request",
    "05fff01d0000a01120 00*37",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "state = pre-operational 1 (90)\n"
    "other 5 invitation (node 17)" },
  { "ident-response",
    "06ff110108001d002000c7000000dc0524002400d007 00*4 910107016c000001371e0000020001006712 00*26 "
    "1164a8c000fffffffe64a8c045504c5f3137 00*74",
    ISTH_DISSECT_OK,
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "state = pre-operational 1 (90)\n"
    "device_type_id = 0x00000191 (90)\n"
    "device_type = 0x0191 (Generic I/O module) (90)\n"
    "vendor_id = 0x0100006c (90)\n"
    "product_code = 0x00001e37 (90)\n"
    "firmware = 0x00010002 (60)\n"
    "serial = 0x00001267 (90)\n"
    "mgmt_address = 192.168.100.17 (90)\n"
    "bind 02:00:00:00:00:01 192.168.100.17\n"
    "hostname = EPL_17 (90)" },
  { "ident-response-bare",
    "06ff110108001d002000c7000000dc0524002400d007 00*8 6c000001371e000002000100 ff*4 00*29 fffffffe64a8c0 00*80",
    ISTH_DISSECT_OK,
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "state = pre-operational 1 (90)\n"
    "vendor_id = 0x0100006c (90)\n"
    "product_code = 0x00001e37 (90)\n"
    "firmware = 0x00010002 (60)" },
  { "ident-response-cut",
    "06ff110108001d002000c7000000dc0524002400d007 00*4 910107016c000001371e0000020001006712 00*16",
    ISTH_DISSECT_MALFORMED,
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "state = pre-operational 1 (90)\n"
    "device_type_id = 0x00000191 (90)\n"
    "device_type = 0x0191 (Generic I/O module) (90)\n"
    "vendor_id = 0x0100006c (90)\n"
    "product_code = 0x00001e37 (90)\n"
    "firmware = 0x00010002 (60)\n"
    "serial = 0x00001267 (90)" },
  { "status-response",
    "06ff11020800fd 00*31",
    ISTH_DISSECT_OK,
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "state = operational (90)" },
  { "start-node",
    "0611f00421 00*41",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "control 33 nmt-start-node (node 17)" },
  { "stop-all",
    "06fff00422 00*41",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "control 34 nmt-stop-node (all nodes)" },
  { "set-host-name",
    "0611f00462 00*41",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "configure 98 nmt-set-host-name (node 17)" },
  { "unknown-command",
    "0611f00477 00*41",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "other 119 nmt-command (node 17)" },
  { "requested-reset",
    "06f011032809 00*40",
    ISTH_DISSECT_OK,
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "control 40 nmt-reset-node (node 9, requested of the managing node)" },
  { "sdo-read",
    "0611f00508080000000100020400000008100000\n"
    "<06f01105080800000001800209000000583230424330303833",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "identify 2 read-by-index (object 0x1008:0)\n"
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "= ok\n"
    "model = X20BC0083 (90)" },
  { "sdo-read-hardware",
    "0611f00508080000000100020400000009100000\n"
    "<06f0110508080000000180020400000056312e32",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "identify 2 read-by-index (object 0x1009:0)\n"
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "= ok\n"
    "hardware = V1.2 (90)" },
  { "sdo-read-segmented",
    "0611f00508080000000100020400000008100000\n"
    "<06f0110508080000000190020300000009000000583230",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "identify 2 read-by-index (object 0x1008:0)\n"
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "= ok\n"
    "model = X20 (90)" },
  { "sdo-write-refused",
    "0611f005080800000002000105 00*4 62010001\n"
    "<06f01105080800000002c0010400000002000106",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "write 1 write-by-index (object 0x6200:1)\n"
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "= refused: abort 0x06010002" },
  { "sdo-program",
    "0611f005080800000004100108000000 10000000 501f0100 01020304\n"
    "0611f005080800000004200104000000 05060708\n"
    "0611f005080800000004300104000000 090a0b0c\n"
    "<06f01105080800000004800100000000\n"
    "0611f005080800000005000105000000 511f010001",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "firmware 1 write-by-index (object 0x1f50:1)\n"
    "transfer firmware begin 0/12 (object 0x1f50:1)\n"
    "transfer firmware data 4/12 (object 0x1f50:1)\n"
    "transfer firmware data 4/0\n"
    "transfer firmware data 4/0\n"
    "transfer firmware end\n"
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "= ok\n"
    "control 1 write-by-index (object 0x1f51:1)" },
  { "sdo-program-refused",
    "0611f005080800000004100108000000 10000000 501f0100 01020304\n"
    "<06f01105080800000004c0010400000002000106\n"
    "0611f005080800000004200104000000 05060708",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "firmware 1 write-by-index (object 0x1f50:1)\n"
    "transfer firmware begin 0/12 (object 0x1f50:1)\n"
    "transfer firmware data 4/12 (object 0x1f50:1)\n"
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)\n"
    "= refused: abort 0x06010002\n"
    "transfer firmware abort: abort 0x06010002 to 02:00:00:00:00:02" },
  { "sdo-configuration-broken-off",
    "0611f005080800000004100108000000 10000000 221f0100 01020304\n"
    "0611f00508080000000440010400000002000106",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "write 1 write-by-index (object 0x1f22:1)\n"
    "transfer configure begin 0/12 (object 0x1f22:1)\n"
    "transfer configure data 4/12 (object 0x1f22:1)\n"
    "transfer configure abort: broken off by who sent it" },
  { "sdo-piece-without-beginning",
    "0611f005080800000004200104000000 05060708",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)" },
  { "sdo-by-name",
    "0611f0050808000000030006040000006e616d65",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "read 6 read-by-name" },
  { "sdo-file",
    "0611f0050808000000030020040000006e616d65",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "file 32 file-write" },
  { "sdo-unknown",
    "0611f0050808000000030099 00*4",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "other 153 sdo" },
  { "sdo-acknowledge",
    "0611f0050808 00*10",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)" },
  { "other-service",
    "06ff11a1 00*30",
    ISTH_DISSECT_OK,
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)" },
  { "active-managing-node",
    "07fff0 00*43",
    ISTH_DISSECT_OK,
    "role powerlink-managing-node\n"
    "protocol_address = 240 (90)\n"
    "other 7 active-managing-node" },
  { "type-unknown",
    "09fff0 00*43",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "no-service",
    "06ff11",
    ISTH_DISSECT_MALFORMED,
    "role powerlink-controlled-node\n"
    "protocol_address = 17 (90)" },
  { "no-status",
    "04ff11",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "soa-cut",
    "05fff01d0000",
    ISTH_DISSECT_MALFORMED,
    "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_powerlink, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
