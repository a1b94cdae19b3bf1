/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each BACnet service, asked, answered and refused; networks behind routers, segments, what BBMDs do; and messages that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_bacnet;

static const IsthDissectCase cases[] = {
  { "who-is",
    "81 0b 0012 0120 ffff 00 ff 10 08 0a 0102 1a 0200",
    ISTH_DISSECT_OK,
    "identify 8 who-is (devices 258–512)", .to_group = true },
  { "who-has-object",
    "81 0a 000d 0104 10 07 2c 00400007",
    ISTH_DISSECT_OK,
    "identify 7 who-has (analog-output 7)" },
  { "i-am-of-unknown-vendor",
    "< 81 0a 0015 0100 10 00 c4 02000001 22 01e0 91 03 22 ffff",
    ISTH_DISSECT_OK,
    "report 0 i-am (device 1)\n"
    "protocol_address = 1 (90)\n"
    "vendor_id = 65535 (90)\n"
    "role bacnet-server" },
  { "i-am-without-instance",
    "< 81 0a 0014 0100 10 00 c4 023fffff 22 01e0 91 03 21 0f",
    ISTH_DISSECT_OK,
    "report 0 i-am (device 4194303)\n"
    "protocol_address = 4194303 (60)\n"
    "description = BACnet instance 4194303, which means that none is configured (60)\n"
    "vendor_id = 15 (90)\n"
    "vendor = Cornell University (85)\n"
    "role bacnet-server" },
  { "read-property",
    "81 0a 0013 0104 00 05 07 0c 0c 00000003 19 55 29 02\n"
    "< 81 0a 0019 0100 30 07 0c 0c 00000003 19 55 29 02 3e 44 41a00000 3f",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 12 read-property (analog-input 3 present-value[2])\n"
    "= ok\n"
    "role bacnet-server" },
  { "read-of-vendors-own",
    "81 0a 0012 0104 00 05 07 0c 0c 20400001 1a 0201\n"
    "< 81 0a 000d 0100 50 07 0c 91 02 91 20",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 12 read-property (object-type-129 1 property-513)\n"
    "= refused: property: unknown-property\n"
    "role bacnet-server" },
  { "name-in-utf-16",
    "81 0a 0011 0104 00 05 07 0c 0c 02000001 19 46\n"
    "< 81 0a 0019 0100 30 07 0c 0c 02000001 19 46 3e 75 05 04 00c4 0042 3f",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 12 read-property (device 1 model-name)\n"
    "= ok\n"
    "role bacnet-server\n"
    "protocol_address = 1 (90)\n"
    "model = ÄB (90)" },
  /* A code page of two octets comes first: ASCII is the same in all of them, the rest stays unsaid. */
  { "name-in-dbcs",
    "81 0a 0011 0104 00 05 07 0c 0c 02000001 19 46\n"
    "< 81 0a 001a 0100 30 07 0c 0c 02000001 19 46 3e 75 06 01 03a4 \"PU1\" 3f\n"
    "81 0a 0011 0104 00 05 08 0c 0c 02000001 19 46\n"
    "< 81 0a 0019 0100 30 08 0c 0c 02000001 19 46 3e 75 05 01 03a4 89b7 3f",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 12 read-property (device 1 model-name)\n"
    "= ok\n"
    "role bacnet-server\n"
    "protocol_address = 1 (90)\n"
    "model = PU1 (90)\n"
    "role bacnet-client\n"
    "read 12 read-property (device 1 model-name)\n"
    "= ok\n"
    "role bacnet-server\n"
    "protocol_address = 1 (90)" },
  { "read-range",
    "81 0a 0017 0104 00 05 07 1a 0c 05000002 19 83 3e 21 01 31 05 3f\n"
    "< 81 0a 0009 0100 60 07 09",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 26 read-range (trend-log 2 log-buffer)\n"
    "= refused: rejected: unrecognized-service\n"
    "role bacnet-server" },
  { "write-multiple",
    "81 0a 0028 0104 00 05 07 10 0c 00400001 1e 09 55 2e 44 42280000 2f 39 08 1f 0c 00400002 1e 09 55 2e 00 2f 1f\n"
    "< 81 0a 0018 0100 50 07 10 0e 91 02 91 28 0f 1e 0c 00400001 19 55 1f",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "write 16 write-property-multiple (analog-output 1 present-value and 1 more)\n"
    "= refused: property: write-access-denied\n"
    "role bacnet-server" },
  { "subscribe-property",
    "81 0a 0019 0104 00 05 07 1c 09 12 1c 0000000a 29 01 39 3c 4e 09 55 4f\n"
    "< 81 0a 0009 0100 20 07 1c",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "subscribe 28 subscribe-cov-property (analog-input 10 present-value)\n"
    "= ok\n"
    "role bacnet-server" },
  { "subscription-cancelled",
    "81 0a 0011 0104 00 05 07 05 09 12 1c 0000000a",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "subscribe 5 subscribe-cov (analog-input 10 cancelled)" },
  { "create-by-type",
    "81 0a 000e 0104 00 05 07 0a 0e 09 00 0f\n"
    "< 81 0a 0011 0100 50 07 0a 0e 91 01 91 17 0f 19 01",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "configure 10 create-object (analog-input)\n"
    "= refused: object: object-deletion-not-permitted\n"
    "role bacnet-server" },
  { "delete",
    "81 0a 000f 0104 00 05 07 0b c4 00000001",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "configure 11 delete-object (analog-input 1)" },
  { "lists",
    "81 0a 0015 0104 00 05 07 08 0c 03c00001 19 66 3e 21 01 3f\n"
    "81 0a 0015 0104 00 05 08 09 0c 03c00001 19 66 3e 21 01 3f",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "configure 8 add-list-element (notification-class 1 recipient-list)\n"
    "role bacnet-client\n"
    "configure 9 remove-list-element (notification-class 1 recipient-list)" },
  { "life-safety",
    "81 0a 0019 0104 00 05 07 1b 09 12 1d 04 00 \"abc\" 29 04 3c 05400001",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "control 27 life-safety-operation (life-safety-point 1 reset)" },
  { "passwords",
    "81 0a 0013 0104 00 05 07 14 09 00 1d 07 00 \"secret\"\n"
    "81 0a 001b 0104 00 05 08 11 09 05 19 01 2d 0d 04 0073006500630072006500740000\n"
    "81 0a 0011 0104 00 05 09 18 \"a secret\"",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "control 20 reinitialize-device (cold start, password in clear (under 8 characters))\n"
    "role bacnet-client\n"
    "control 17 device-communication-control (disable, password in clear (under 8 characters))\n"
    "role bacnet-client\n"
    "authenticate 24 authenticate" },
  { "backup-and-restore",
    "81 0a 000c 0104 00 05 07 14 09 02\n"
    "81 0a 000c 0104 00 05 08 14 09 04\n"
    "81 0a 000c 0104 00 05 09 14 09 63",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "configure 20 reinitialize-device (start backup)\n"
    "role bacnet-client\n"
    "configure 20 reinitialize-device (start restore)\n"
    "role bacnet-client\n"
    "control 20 reinitialize-device (99)" },
  { "write-group",
    "81 0a 000f 0104 10 0a 0a 04d2 19 08 2e 2f",
    ISTH_DISSECT_OK,
    "write 10 write-group (group 1234)" },
  { "text-message",
    "81 0a 0017 0104 10 05 0c 02000005 29 00 3d 06 00 \"hello\"",
    ISTH_DISSECT_OK,
    "other 5 unconfirmed-text-message (device 5)" },
  { "time",
    "81 0a 0012 0104 10 09 a4 7e0b1701 b4 03000000",
    ISTH_DISSECT_OK,
    "time-sync 9 utc-time-synchronization" },
  { "others-by-name",
    "81 0a 000a 0104 00 05 00 03\n"
    "81 0a 000a 0104 00 05 01 04\n"
    "81 0a 000a 0104 00 05 02 0d\n"
    "81 0a 000a 0104 00 05 03 15\n"
    "81 0a 000a 0104 00 05 04 16\n"
    "81 0a 000a 0104 00 05 05 17\n"
    "81 0a 000a 0104 00 05 06 18\n"
    "81 0a 000a 0104 00 05 07 19\n"
    "81 0a 000a 0104 00 05 08 1d\n"
    "81 0a 000a 0104 00 05 09 1e\n"
    "81 0a 000a 0104 00 05 0a 1f\n"
    "81 0a 000a 0104 00 05 0b 20\n"
    "81 0a 000a 0104 00 05 0c 21\n"
    "81 0a 000a 0104 00 05 0d 22\n"
    "81 0a 000a 0104 00 05 0e 63",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 3 get-alarm-summary\n"
    "role bacnet-client\n"
    "read 4 get-enrollment-summary\n"
    "role bacnet-client\n"
    "read 13 read-property-conditional\n"
    "role bacnet-client\n"
    "other 21 vt-open\n"
    "role bacnet-client\n"
    "other 22 vt-close\n"
    "role bacnet-client\n"
    "other 23 vt-data\n"
    "role bacnet-client\n"
    "authenticate 24 authenticate\n"
    "role bacnet-client\n"
    "authenticate 25 request-key\n"
    "role bacnet-client\n"
    "read 29 get-event-information\n"
    "role bacnet-client\n"
    "subscribe 30 subscribe-cov-property-multiple\n"
    "report 31 confirmed-cov-notification-multiple\n"
    "report 32 confirmed-audit-notification\n"
    "role bacnet-client\n"
    "read 33 audit-log-query\n"
    "role bacnet-client\n"
    "authenticate 34 auth-request\n"
    "role bacnet-client\n"
    "other 99 confirmed-service" },
  { "unconfirmed-by-name",
    "81 0a 0008 0104 10 0b\n"
    "81 0a 0008 0104 10 0c\n"
    "81 0a 0008 0104 10 63",
    ISTH_DISSECT_OK,
    "report 11 unconfirmed-cov-notification-multiple\n"
    "report 12 unconfirmed-audit-notification\n"
    "other 99 unconfirmed-service" },
  { "event",
    "81 0a 0024 0104 00 05 07 02 09 01 1c 02000001 2c 00000001 3e 19 01 3f 49 01 59 64 69 05 89 01 99 00",
    ISTH_DISSECT_OK,
    "report 2 confirmed-event-notification (analog-input 1 event)\n"
    "protocol_address = 1 (90)\n"
    "role bacnet-server" },
  { "private",
    "81 0a 000c 0104 10 04 09 08 19 05",
    ISTH_DISSECT_OK,
    "other 4 unconfirmed-private-transfer (Delta Controls service 5)\n"
    "vendor = Delta Controls (20)" },
  { "segmented-request",
    "81 0a 0014 0104 0e 05 07 00 04 10 0c 00400001 1e 09 55\n"
    "81 0a 0011 0104 0c 05 07 01 04 10 44 42280000\n"
    "< 81 0a 000a 0100 40 07 01 04\n"
    "< 81 0a 0009 0100 20 07 10",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "write 16 write-property-multiple (analog-output 1 present-value)\n"
    "= ok\n"
    "role bacnet-server" },
  { "segments-out-of-turn",
    "81 0a 0011 0104 02 05 07 0c 0c 02000001 19 4c\n"
    "< 81 0a 0010 0100 3c 07 00 02 0c 0c 02000001\n"
    "< 81 0a 000d 0100 3c 07 02 02 0c 19 4c\n"
    "< 81 0a 000d 0100 38 07 03 02 0c 3e 3f",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 12 read-property (device 1 object-list)\n"
    "= ok\n"
    "role bacnet-server" },
  { "segment-again",
    "81 0a 0011 0104 02 05 07 0c 0c 02000001 19 46\n"
    "< 81 0a 0015 0100 3c 07 00 02 0c 0c 02000001 19 46 3e 75 03\n"
    "< 81 0a 0015 0100 3c 07 00 02 0c 0c 02000001 19 46 3e 75 03\n"
    "< 81 0a 000f 0100 38 07 01 02 0c 00 \"AB\" 3f",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 12 read-property (device 1 model-name)\n"
    "= ok\n"
    "role bacnet-server\n"
    "protocol_address = 1 (90)\n"
    "model = AB (90)" },
  { "client-gives-up",
    "81 0a 0011 0104 00 05 07 0c 0c 02000001 19 4c\n"
    "81 0a 0009 0104 70 07 00",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 12 read-property (device 1 object-list)" },
  { "abort-unknown-reason",
    "81 0a 0011 0104 00 05 07 0c 0c 02000001 19 4c\n"
    "< 81 0a 0009 0100 71 07 63",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 12 read-property (device 1 object-list)\n"
    "= refused: aborted: reason 99\n"
    "role bacnet-server" },
  { "error-unknown",
    "81 0a 0011 0104 00 05 07 0c 0c 02000001 19 4c\n"
    "< 81 0a 000e 0100 50 07 0c 91 63 92 03e7",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 12 read-property (device 1 object-list)\n"
    "= refused: class 99: error 999\n"
    "role bacnet-server" },
  { "routed-to-long-address",
    "81 0a 001b 0124 0064 06 0a000009bac0 ff 00 05 07 0c 0c 02000001 19 4c\n"
    "< 81 0a 0012 0108 0064 06 0a000009bac0 20 07 0c",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 12 read-property (device 1 object-list) @bacnet-net:100:0a000009bac0\n"
    "child bacnet-net:100:0a000009bac0\n"
    "role bacnet-router\n"
    "= ok\n"
    "role bacnet-server @bacnet-net:100:0a000009bac0" },
  { "answer-of-another-behind-the-router",
    "81 0a 0016 0124 0064 01 05 ff 00 05 07 0c 0c 02000001 19 4c\n"
    "< 81 0a 000d 0108 0064 01 06 20 07 0c",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 12 read-property (device 1 object-list) @bacnet-net:100:5\n"
    "child bacnet-net:100:6\n"
    "role bacnet-router" },
  { "forwarded",
    "81 04 0012 0a000007 bac0 0120 ffff 00 ff 10 08",
    ISTH_DISSECT_OK,
    "role bacnet-bbmd\n"
    "identify 8 who-is" },
  /* The forwarder lends its address; what is forwarded is said of where it came from. */
  { "forwarded-i-am",
    "81 04 001a 0a000007 bac0 0100 10 00 c4 02000012 22 01e0 91 03 21 12",
    ISTH_DISSECT_OK,
    "role bacnet-bbmd\n"
    "report 0 i-am (device 18)\n"
    "protocol_address = 18 (90) about 10.0.0.7\n"
    "vendor_id = 18 (90) about 10.0.0.7\n"
    "vendor = Alerton / Honeywell (85) about 10.0.0.7\n"
    "role bacnet-server about 10.0.0.7" },
  { "network-numbers",
    "81 0a 0007 0180 12\n"
    "< 81 0a 000a 0180 13 0005 01",
    ISTH_DISSECT_OK,
    "identify - what-is-network-number\n"
    "report - network-number-is (network 5)" },
  { "routing-table",
    "81 0a 0008 0180 06 00\n"
    "< 81 0a 0008 0180 07 00",
    ISTH_DISSECT_OK,
    "configure - initialize-routing-table\n"
    "report - initialize-routing-table-ack" },
  { "router-busy",
    "81 0a 0019 0180 04 0001 0002 0003 0004 0005 0006 0007 0008 0009",
    ISTH_DISSECT_OK,
    "report - router-busy-to-network (networks 1, 2, 3, 4, 5, 6, 7, 8 …)" },
  { "private-network-message",
    "81 0a 0009 0180 80 0104",
    ISTH_DISSECT_OK,
    "other - network-message" },
  { "delete-foreign-device",
    "81 08 000a 0a000004 bac0\n"
    "< 81 00 0006 0050",
    ISTH_DISSECT_OK,
    "configure - delete-foreign-device-table-entry (10.0.0.4)\n"
    "= refused: NAK 0x0050" },
  { "over-ipv6",
    "82 01 0017 000001 000002 0104 00 05 07 0c 0c 02000001 19 4c",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 12 read-property (device 1 object-list)" },
  { "ipv6-registers",
    "82 09 0009 000001 003c",
    ISTH_DISSECT_OK,
    "" },
  { "record-file",
    "81 0a 0015 0104 00 05 07 06 c4 02800001 1e 31 00 21 02 1f\n"
    "< 81 0a 0016 0100 30 07 06 11 1e 31 00 21 02 62 6162 62 6364 1f",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "transfer file begin (file 1)\n"
    "file 6 atomic-read-file (file 1)\n"
    "= ok\n"
    "role bacnet-server\n"
    "transfer file data 4/0 (file 1) to 10.0.0.2\n"
    "transfer file end (file 1) to 10.0.0.2" },
  { "instance-with-tag-of-wrong-length",
    "< 81 0a 001a 0100 10 00 c5 09 020000010203040506 22 01e0 91 03 21 0f",
    ISTH_DISSECT_OK,
    "report 0 i-am (analog-input 0)\n"
    "vendor_id = 15 (90)\n"
    "vendor = Cornell University (85)\n"
    "role bacnet-server" },
  { "length-beyond-datagram",
    "81 0a 0020 0104 00 05 07 0c 0c 02000001 19 4c",
    ISTH_DISSECT_MALFORMED,
    "role bacnet-client\n"
    "read 12 read-property (device 1 object-list)" },
  { "length-short-of-datagram",
    "81 0a 0011 0104 00 05 07 0c 0c 02000001 19 4c 00*12",
    ISTH_DISSECT_OK,
    "role bacnet-client\n"
    "read 12 read-property (device 1 object-list)" },
  { "properties-not-closed",
    "81 0a 0018 0104 00 05 07 10 0c 00400001 1e 09 55 2e 44 42280000",
    ISTH_DISSECT_MALFORMED,
    "role bacnet-client\n"
    "write 16 write-property-multiple (analog-output 1 present-value)" },
  { "group-not-closed",
    "< 81 0a 0013 0100 30 07 0c 0c 02000001 19 4c 3e 21 01",
    ISTH_DISSECT_MALFORMED,
    "protocol_address = 1 (90)" },
  { "count-lies",
    "< 81 0a 0018 0100 30 07 0c 0c 02000001 19 46 3e 75 ff ffffffff 00",
    ISTH_DISSECT_MALFORMED,
    "protocol_address = 1 (90)" },
  { "reserved-apdu",
    "81 0a 0008 0104 90 00",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "version-2",
    "81 0a 0008 0204 10 08",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "not-bvlc",
    "80 0a 0008 0104 1008",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "address-lies",
    "81 0a 000d 0124 0005 ff 0c ff 10 08",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* How sure the probe is. */
static const IsthProbeCase probes[] = {
  { "81 0a 000c 0120 ffff 00 ff 10 08", ISTH_PROBE_STRONG },
  { "81 0a 000c 0120 ffff 00 ff 10 08 00", ISTH_PROBE_WEAK },
  { "81 0a 0008 0124 ffff", ISTH_PROBE_NO },
  { "81 0b 0008 0200 1008", ISTH_PROBE_NO },
  { "81 0b 0008 0140 1008", ISTH_PROBE_NO },
  { "81 05 0006 003c", ISTH_PROBE_WEAK },
  { "81 05 0005 00", ISTH_PROBE_NO },
  { "81 0d 0008 0100 1008", ISTH_PROBE_NO },
  { "82 09 0009 000001 003c", ISTH_PROBE_WEAK },
  { "83 0a 0008 0100 1008", ISTH_PROBE_NO },
  { "81 0a 0008", ISTH_PROBE_NO },
  { "16 03 0100 c701", ISTH_PROBE_NO },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_bacnet, &(IsthPacket) { .layer = ISTH_LAYER_UDP, .source_port = 40000, .target_port = 0 }, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_bacnet, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/bacnet/probe", test_probe);
  return g_test_run ();
}
