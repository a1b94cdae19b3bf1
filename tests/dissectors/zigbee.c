/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers of ZigBee's network layer: from the first of a network, from others, passed on; and what is none. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_zigbee;

static const IsthDissectCase cases[] = {
  { "command", "0912 fcff 0000 01 c0 22021f0000ff0f00 28 ba220100 22021f0000ff0f00 00 658df37b6a f6976da6", ISTH_DISSECT_OK,
    "role zigbee-coordinator about 02:00:00:00:00:00\n"
    "role zigbee-router\n"
    "protocol_address = 0x0000 in PAN 0x0000 (90) about 02:00:00:00:00:00\n"
    "device_id = 00:0f:ff:00:00:1f:02:22 (90) about 02:00:00:00:00:00\n"
    "other 1 network-command (encrypted)", .to_group = true },
  { "data", "0800 0200 0100 1e 11 00010203\n0800 0200 0100 1e 12 00010203", ISTH_DISSECT_OK,
    "protocol_address = 0x0001 in PAN 0x0000 (90)\n"
    "other 0 data\n"
    "protocol_address = 0x0001 in PAN 0x0000 (90)\n"
    "other 0 data" },
  { "no-hops-left", "0800 0200 0100 00 11 00010203", ISTH_DISSECT_NOT_MINE, "" },
  { "other-version", "0c00 0200 0100 1e 11 00010203", ISTH_DISSECT_NOT_MINE, "" },
  { "from-a-group", "0800 0200 fcff 1e 11 00010203", ISTH_DISSECT_NOT_MINE, "" },
  { "short", "0812 0200 0100 1e 11 0001", ISTH_DISSECT_MALFORMED, "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_zigbee, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
