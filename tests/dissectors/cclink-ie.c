/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stations of Control, Field and TSN, what they say they are, and at which of their ports they hear whom. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_cclink_ie;

#define ACK "c200 01 01 20 0b 28e98e000002 0000 28e98e000001 01 02 02 00 0000 03 00*11 00*12 28e98e000001 0000 c0a8030b ffffff00 00000000 00*16 00*16 00 03 0900 ff*6 000000000000 0001 0000 5fff0894 0000 0003 00*60"

static const IsthDissectCase cases[] = {
  { "control", "06 00 000001 00 0003 0000 00000000 00*32\n80 00 000001 00 0003 0000 00000000 00*64", ISTH_DISSECT_OK,
    "other 6 token (Control, node 3)\n"
    "protocol_address = 3 (90)\n"
    "report 128 cyclic-data-w (Control, node 3)\n"
    "protocol_address = 3 (90)", .to_group = true },
  { "field",
    "20 00 0000 00 30 0000 01 00 00000000 00*32\n< 20 00 0001 00 35 0001 01 00 00000000 00*32\n< 85 00 0001 0000 0001 01 00 00000000 00*64",
    ISTH_DISSECT_OK,
    "report 32 my-status (Field, node 0)\n"
    "role cclink-ie-master\n"
    "protocol_address = 0 (90)\n"
    "device_type = master node (90)\n"
    "report 32 my-status (Field, node 1)\n"
    "role cclink-ie-slave\n"
    "protocol_address = 1 (90)\n"
    "device_type = remote I/O node (90)\n"
    "report 133 cyclic-data-rx (Field, node 1)\n"
    "protocol_address = 1 (90)" },
  { "tsn",
    "c100 00 01 00*40\n< " ACK "\nc401 030a 0000 00000000 00*32\n< c501 030a 0000 00000000 00*32",
    ISTH_DISSECT_OK,
    "identify 193 detection (TSN)\n"
    "identify 194 detection-acknowledge (TSN)\n"
    "role cclink-ie-slave\n"
    "bind 02:00:00:00:00:02 192.168.3.11\n"
    "neighbour 2 to 28:e9:8e:00:00:01\n"
    "vendor_id = 0x0000 (90)\n"
    "vendor = Mitsubishi Electric (60)\n"
    "product_code = 0x5fff0894 (90)\n"
    "hardware = 1 (60)\n"
    "device_type_id = 0x0003 (90)\n"
    "device_type = digital I/O (90)\n"
    "report 196 cyclic-data-master (TSN)\n"
    "role cclink-ie-master\n"
    "report 197 cyclic-data-slave (TSN)\n"
    "role cclink-ie-slave" },
  { "tsn-test",
    "11 00 000001 00 0000 23 00 00000000  020000000001 01 00 02 00 0000 c0a8030a ffffff00 00*12\n"
    "< 12 00 000001 00 0001 23 00 00000000  020000000001 01 03 00 02 0000 00000000 00*16",
    ISTH_DISSECT_OK,
    "diagnose 17 test-data (TSN, node 0)\n"
    "protocol_address = 0 (90)\n"
    "bind 02:00:00:00:00:01 192.168.3.10\n"
    "diagnose 18 test-data-acknowledge (TSN, node 1)\n"
    "protocol_address = 1 (90)\n"
    "neighbour 3 to 02:00:00:00:00:01" },
  { "tsn-test-short", "11 00 000001 00 0000 23 00 00000000 0200", ISTH_DISSECT_OK, "diagnose 17 test-data (TSN, node 0)\nprotocol_address = 0 (90)" },
  { "not-known", "70*46", ISTH_DISSECT_OK, "report 112 frame (type not known)", .to_group = true },
  { "header-short", "06 00 000001 00 0003", ISTH_DISSECT_MALFORMED, "" },
  { "detection-short", "c200 01 01 20 0b 28e98e000002", ISTH_DISSECT_MALFORMED, "identify 194 detection-acknowledge (TSN)" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_cclink_ie, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
