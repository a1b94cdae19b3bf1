/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a switch of Extreme says of itself and of its VLANs. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_edp;

static const IsthDissectCase cases[] = {
  { "switch",
    "01000045afd8000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch\n"
    "hostname = summit-1 (90)\n"
    "neighbour_port = 1/5 (90)\n"
    "firmware = 7.8.1.5 (90)" },
  { "again",
    "01000045afd8000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004\n"
    "01000045afd8000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch\n"
    "hostname = summit-1 (90)\n"
    "neighbour_port = 1/5 (90)\n"
    "firmware = 7.8.1.5 (90)\n"
    "report - announce" },
  { "vlans",
    "01000045afd8000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004\n"
    "01000041f2ce000100000200000000109905001700000014000000000a001401 \"office\" 00990500160000001e00*8 \"plant\" 0099000004\n"
    "01000045afd8000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004\n"
    "01000041f2ce000100000200000000109905001700000014000000000a001401 \"office\" 00990500160000001e00*8 \"plant\" 0099000004",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch\n"
    "hostname = summit-1 (90)\n"
    "neighbour_port = 1/5 (90)\n"
    "firmware = 7.8.1.5 (90)\n"
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch\n"
    "vlan = 20 (90)\n"
    "mgmt_address = 10.0.20.1 (90)\n"
    "vlan = 30 (90)\n"
    "report - announce\n"
    "report - announce" },
  { "no-end",
    "01000015ebd2000100000200000000109901000578",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch\n"
    "hostname = x (90)" },
  { "short-parts",
    "0100001c07fa00010000020000000010990200066162990500066162",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch" },
  { "other-marker",
    "01000019e63600010000020000000010990100057898010004",
    ISTH_DISSECT_MALFORMED,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch\n"
    "hostname = x (90)" },
  { "too-short",
    "0100001463d60001000002000000001099010003",
    ISTH_DISSECT_MALFORMED,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch" },
  { "too-long",
    "0100001502a5000100000200000000109901003361",
    ISTH_DISSECT_MALFORMED,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch" },
  { "cut-off",
    "01000045afd8000100000200",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "01000045afd8000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "02000045afd8000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "01000045afd8000100010200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "01000045afd80001000002000000001000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "01000045afd80001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ether_type = 0x00bb, .snap_oui = 0x00e02b };

  isth_test_probes (&isth_dissector_edp, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_edp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/edp/probe", test_probe);
  return g_test_run ();
}
