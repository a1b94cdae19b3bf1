/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CANopen: heartbeats, commands to nodes, objects of identity; SAE J1939: claims of addresses, requests, active troubles; and frames that are nobody's. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_can;

static const IsthDissectCase cases[] = {
  { "heartbeat", "00000705 01 000000 00\n00000705 01 000000 7f\n00000705 01 000000 05\n00000705 01 000000 85\n00000706 01 000000 04",
    ISTH_DISSECT_OK,
    "role canopen-node about 02:00:00:ca:4e:05\n"
    "protocol_address = 5 (90) about 02:00:00:ca:4e:05\n"
    "state = started (90) about 02:00:00:ca:4e:05\n"
    "canopen: report 7 heartbeat to ff:ff:ff:ff:ff:ff\n"
    "role canopen-node about 02:00:00:ca:4e:05\n"
    "protocol_address = 5 (90) about 02:00:00:ca:4e:05\n"
    "state = pre-operational (90) about 02:00:00:ca:4e:05\n"
    "canopen: report 7 heartbeat to ff:ff:ff:ff:ff:ff\n"
    "role canopen-node about 02:00:00:ca:4e:05\n"
    "protocol_address = 5 (90) about 02:00:00:ca:4e:05\n"
    "state = operational (90) about 02:00:00:ca:4e:05\n"
    "canopen: report 7 heartbeat to ff:ff:ff:ff:ff:ff\n"
    "role canopen-node about 02:00:00:ca:4e:05\n"
    "protocol_address = 5 (90) about 02:00:00:ca:4e:05\n"
    "state = operational (90) about 02:00:00:ca:4e:05\n"
    "canopen: report 7 heartbeat to ff:ff:ff:ff:ff:ff\n"
    "role canopen-node about 02:00:00:ca:4e:06\n"
    "protocol_address = 6 (90) about 02:00:00:ca:4e:06\n"
    "state = stopped (90) about 02:00:00:ca:4e:06\n"
    "canopen: report 7 heartbeat to ff:ff:ff:ff:ff:ff" },
  { "commands", "00000000 02 000000 0105\n00000000 02 000000 8100\n00000000 02 000000 0206\n00000000 02 000000 8007\n00000000 02 000000 827f",
    ISTH_DISSECT_OK,
    "role canopen-master about 02:00:00:ca:4e:00\n"
    "canopen: control 1 start-node to 02:00:00:ca:4e:05\n"
    "role canopen-master about 02:00:00:ca:4e:00\n"
    "canopen: control 129 reset-node (all nodes) to ff:ff:ff:ff:ff:ff\n"
    "role canopen-master about 02:00:00:ca:4e:00\n"
    "canopen: control 2 stop-node to 02:00:00:ca:4e:06\n"
    "role canopen-master about 02:00:00:ca:4e:00\n"
    "canopen: control 128 enter-pre-operational to 02:00:00:ca:4e:07\n"
    "role canopen-master about 02:00:00:ca:4e:00\n"
    "canopen: control 130 reset-communication to 02:00:00:ca:4e:7f" },
  { "identity",
    "00000585 08 000000 43 0010 00 92010300\n"
    "00000585 08 000000 43 1810 01 9a000000\n"
    "00000585 08 000000 43 1810 02 11220000\n"
    "00000585 08 000000 43 1810 03 01000200\n"
    "00000585 08 000000 43 1810 04 39300000\n"
    "00000585 08 000000 43 0810 00 \"PUMP\"\n"
    "00000585 08 000000 47 0910 00 \"1.2\" 00\n"
    "00000585 08 000000 4b 0a10 00 \"V7\" 0000",
    ISTH_DISSECT_OK,
    "role canopen-node about 02:00:00:ca:4e:05\n"
    "protocol_address = 5 (90) about 02:00:00:ca:4e:05\n"
    "device_type_id = 0x00030192 (90) about 02:00:00:ca:4e:05\n"
    "device_type = 0x0192 (Drives and motion control) (90) about 02:00:00:ca:4e:05\n"
    "role canopen-node about 02:00:00:ca:4e:05\n"
    "protocol_address = 5 (90) about 02:00:00:ca:4e:05\n"
    "vendor_id = 0x0000009a (90) about 02:00:00:ca:4e:05\n"
    "role canopen-node about 02:00:00:ca:4e:05\n"
    "protocol_address = 5 (90) about 02:00:00:ca:4e:05\n"
    "product_code = 0x00002211 (90) about 02:00:00:ca:4e:05\n"
    "role canopen-node about 02:00:00:ca:4e:05\n"
    "protocol_address = 5 (90) about 02:00:00:ca:4e:05\n"
    "firmware = 0x00020001 (60) about 02:00:00:ca:4e:05\n"
    "role canopen-node about 02:00:00:ca:4e:05\n"
    "protocol_address = 5 (90) about 02:00:00:ca:4e:05\n"
    "serial = 0x00003039 (90) about 02:00:00:ca:4e:05\n"
    "role canopen-node about 02:00:00:ca:4e:05\n"
    "protocol_address = 5 (90) about 02:00:00:ca:4e:05\n"
    "model = PUMP (90) about 02:00:00:ca:4e:05\n"
    "role canopen-node about 02:00:00:ca:4e:05\n"
    "protocol_address = 5 (90) about 02:00:00:ca:4e:05\n"
    "hardware = 1.2 (90) about 02:00:00:ca:4e:05\n"
    "role canopen-node about 02:00:00:ca:4e:05\n"
    "protocol_address = 5 (90) about 02:00:00:ca:4e:05\n"
    "firmware = V7 (90) about 02:00:00:ca:4e:05" },
  { "other-numbers", "00000185 08 000000 0102030405060708", ISTH_DISSECT_OK, "" },
  { "other-object", "00000585 08 000000 43 0020 00 01000000", ISTH_DISSECT_OK, "" },
  { "other-state", "00000705 01 000000 09", ISTH_DISSECT_OK, "" },
  { "diagnosis-of-a-car", "000007e8 08 000000 0641000000000000", ISTH_DISSECT_OK, "" },
  { "no-such-node", "00000700 01 000000 05", ISTH_DISSECT_OK, "" },
  { "no-such-command", "00000000 02 000000 0305", ISTH_DISSECT_OK, "" },
  { "29-bits", "80000705 01 000000 05", ISTH_DISSECT_OK, "" },
  { "remote", "40000705 01 000000", ISTH_DISSECT_OK, "" },
  { "error", "20000004 08 000000 0000000000000000", ISTH_DISSECT_OK, "" },
  { "length-lies", "00000705 08 000000 05", ISTH_DISSECT_MALFORMED, "" },
  /* Number 12345 of maker 137, function 130; it claims address 0, and again. */
  { "address-claimed", "98eeff00 08 000000 39302011 00 82 00 00\n98eeff00 08 000000 39302011 00 82 00 00", ISTH_DISSECT_OK,
    "role j1939-station about 02:00:00:19:39:00\n"
    "protocol_address = 0 (90) about 02:00:00:19:39:00\n"
    "serial = 12345 (90) about 02:00:00:19:39:00\n"
    "vendor_id = 137 (90) about 02:00:00:19:39:00\n"
    "device_type_id = 130 (90) about 02:00:00:19:39:00\n"
    "j1939: report 60928 address-claimed to ff:ff:ff:ff:ff:ff\n"
    "role j1939-station about 02:00:00:19:39:00\n"
    "protocol_address = 0 (90) about 02:00:00:19:39:00\n"
    "serial = 12345 (90) about 02:00:00:19:39:00\n"
    "vendor_id = 137 (90) about 02:00:00:19:39:00\n"
    "device_type_id = 130 (90) about 02:00:00:19:39:00\n"
    "j1939: report 60928 address-claimed to ff:ff:ff:ff:ff:ff" },
  { "request", "98ea00f9 03 000000 ebfe00\n98eafff9 03 000000 00ee00", ISTH_DISSECT_OK,
    "role j1939-station about 02:00:00:19:39:f9\n"
    "protocol_address = 249 (90) about 02:00:00:19:39:f9\n"
    "j1939: read 59904 request (PGN 65259) to 02:00:00:19:39:00\n"
    "role j1939-station about 02:00:00:19:39:f9\n"
    "protocol_address = 249 (90) about 02:00:00:19:39:f9\n"
    "j1939: read 59904 request (PGN 60928) to ff:ff:ff:ff:ff:ff" },
  { "active-troubles", "98feca00 08 000000 04ff 6e00 0001 ffff", ISTH_DISSECT_OK,
    "role j1939-station about 02:00:00:19:39:00\n"
    "protocol_address = 0 (90) about 02:00:00:19:39:00\n"
    "j1939: report 65226 active-troubles to ff:ff:ff:ff:ff:ff" },
  { "values", "8cf00400 08 000000 0102030405060708", ISTH_DISSECT_OK, "" },
  { "cannot-claim", "98eefffe 08 000000 39302011 00 82 00 00", ISTH_DISSECT_OK, "" },
  { "name-with-a-bit-too-much", "98eeff00 08 000000 39302011 00 82 01 00", ISTH_DISSECT_OK, "" },
  { "claimed-to-one", "98ee0500 08 000000 39302011 00 82 00 00", ISTH_DISSECT_OK, "" },
  { "request-of-nothing", "98eafff9 03 000000 000000", ISTH_DISSECT_OK, "" },
  /* As older versions of libpcap write them of all interfaces: a command to node 5, the request above. */
  { "order-of-the-machine", "00000000 02 000000 0105\n05070000 01 000000 05\nf900ea98 03 000000 ebfe00", ISTH_DISSECT_OK,
    "role canopen-master about 02:00:00:ca:4e:00\n"
    "canopen: control 1 start-node to 02:00:00:ca:4e:05\n"
    "role canopen-node about 02:00:00:ca:4e:05\n"
    "protocol_address = 5 (90) about 02:00:00:ca:4e:05\n"
    "state = operational (90) about 02:00:00:ca:4e:05\n"
    "canopen: report 7 heartbeat to ff:ff:ff:ff:ff:ff\n"
    "role j1939-station about 02:00:00:19:39:f9\n"
    "protocol_address = 249 (90) about 02:00:00:19:39:f9\n"
    "j1939: read 59904 request (PGN 65259) to 02:00:00:19:39:00" },
  { "request-too-long", "98eafff9 04 000000 ebfe0000", ISTH_DISSECT_OK, "" },
  { "11-bits", "000005ee 08 000000 3930201100820000", ISTH_DISSECT_OK, "" },
  { "j1939-length-lies", "98eeff00 08 000000 39302011", ISTH_DISSECT_MALFORMED, "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_can, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
