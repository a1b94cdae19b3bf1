/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who carries a virtual address; passwords in clear. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_hsrp;

static const IsthDissectCase cases[] = {
  { "active",
    "000010030a640100 \"cisco\" 000000c0a80001",
    ISTH_DISSECT_OK,
    "report 0 hello (group 1, virtual address 192.168.0.1, priority 100, active)\n"
    "role router\n"
    "role hsrp-active\n"
    "authenticate - password (the password of the factory, in clear)" },
  { "again",
    "000010030a640100 \"cisco\" 000000c0a80001\n"
    "000010030a640100 \"cisco\" 000000c0a80001",
    ISTH_DISSECT_OK,
    "report 0 hello (group 1, virtual address 192.168.0.1, priority 100, active)\n"
    "role router\n"
    "role hsrp-active\n"
    "authenticate - password (the password of the factory, in clear)\n"
    "report 0 hello (group 1, virtual address 192.168.0.1, priority 100, active)" },
  { "standby",
    "000008030a5a0100 \"cisco\" 000000c0a80001",
    ISTH_DISSECT_OK,
    "report 0 hello (group 1, virtual address 192.168.0.1, priority 90, standby)\n"
    "role router\n"
    "role hsrp-standby\n"
    "authenticate - password (the password of the factory, in clear)" },
  { "coup",
    "000104030a640100 \"cisco\" 000000c0a80001",
    ISTH_DISSECT_OK,
    "report 1 coup (group 1, virtual address 192.168.0.1, priority 100, speak)\n"
    "role router\n"
    "authenticate - password (the password of the factory, in clear)" },
  { "resign",
    "000210030a640100 \"cisco\" 000000c0a80001",
    ISTH_DISSECT_OK,
    "report 2 resign (group 1, virtual address 192.168.0.1, priority 100, active)\n"
    "role router\n"
    "role hsrp-active\n"
    "authenticate - password (the password of the factory, in clear)" },
  { "password",
    "000010030a640100 \"secret\" 0000c0a80001",
    ISTH_DISSECT_OK,
    "report 0 hello (group 1, virtual address 192.168.0.1, priority 100, active)\n"
    "role router\n"
    "role hsrp-active\n"
    "authenticate - password (password of 6 characters, in clear)" },
  { "no-password",
    "000010030a640100*9 c0a80001",
    ISTH_DISSECT_OK,
    "report 0 hello (group 1, virtual address 192.168.0.1, priority 100, active)\n"
    "role router\n"
    "role hsrp-active" },
  { "advertise",
    "00030001000a01000000000100000000",
    ISTH_DISSECT_OK,
    "report 3 advertise\n"
    "role router" },
  { "version-2",
    "01280200060400070200000000010000006e00000bb8000027100a0000fe00*12",
    ISTH_DISSECT_OK,
    "report 0 hello (group 7, virtual address 10.0.0.254, priority 110, active)\n"
    "role router\n"
    "role hsrp-active" },
  { "version-2-text",
    "01280200050400070200000000010000006e00000bb8000027100a0000fe00*12 0308 \"cisco\" 000000",
    ISTH_DISSECT_OK,
    "report 0 hello (group 7, virtual address 10.0.0.254, priority 110, standby)\n"
    "role router\n"
    "role hsrp-standby\n"
    "authenticate - password (the password of the factory, in clear)" },
  { "version-2-md5",
    "01280200060400070200000000010000006e00000bb8000027100a0000fe00*12 041c01*28",
    ISTH_DISSECT_OK,
    "report 0 hello (group 7, virtual address 10.0.0.254, priority 110, active)\n"
    "role router\n"
    "role hsrp-active" },
  { "ipv6",
    "01280200060600070200000000010000006e00000bb800002710fe8000*13 07",
    ISTH_DISSECT_OK,
    "report 0 hello (group 7, virtual address fe80::7, priority 110, active)\n"
    "role router\n"
    "role hsrp-active" },
  { "other-state",
    "000003030a640100 \"cisco\" 000000c0a80001",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "other-opcode",
    "000710030a640100 \"cisco\" 000000c0a80001",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "version-2-other-state",
    "01280200090400070200000000010000006e00000bb8000027100a0000fe00*12",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "part-lies",
    "01280200060400070200000000010000006e00000bb8000027100a0000fe00*12 03 \"0cisco\"",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-off",
    "000010030a640100 \"cisco\" 0000",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "000010030a640100 \"cisco\" 000000c0a80001", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "000010030a640100 \"secret\" 0000c0a80001", ISTH_PROBE_WEAK, 0, ISTH_LAYER_NONE },
    { "00030001000a01000000000100000000", ISTH_PROBE_WEAK, 0, ISTH_LAYER_NONE },
    { "01280200060400070200000000010000006e00000bb8000027100a0000fe00*12", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "000003030a640100 \"cisco\" 000000c0a80001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "000010030a640100 \"cisco\" 000000c0a8000100", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "000010030a640100 \"cisco\" 000000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "01280209060400070200000000010000006e00000bb8000027100a0000fe00*12", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "012803", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "02*20", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };

  isth_test_probes (&isth_dissector_hsrp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_hsrp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/hsrp/probe", test_probe);
  return g_test_run ();
}
