/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a switch of Extreme says of itself and of its VLANs. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_edp;

static const IsthDissectCase cases[] = {
  { "switch",
    "010000451234000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch\n"
    "hostname = summit-1 (90)\n"
    "neighbour_port = 1/5 (90)\n"
    "firmware = 7.8.1.5 (90)" },
  { "again",
    "010000451234000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004\n"
    "010000451234000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch\n"
    "hostname = summit-1 (90)\n"
    "neighbour_port = 1/5 (90)\n"
    "firmware = 7.8.1.5 (90)\n"
    "report - announce" },
  { "vlans",
    "010000451234000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004\n"
    "010000411234000100000200000000109905001700000014000000000a001401 \"office\" 00990500160000001e00*8 \"plant\" 0099000004\n"
    "010000451234000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004\n"
    "010000411234000100000200000000109905001700000014000000000a001401 \"office\" 00990500160000001e00*8 \"plant\" 0099000004",
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
    "010000151234000100000200000000109901000578",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch\n"
    "hostname = x (90)" },
  { "short-parts",
    "0100001c123400010000020000000010990200066162990500066162",
    ISTH_DISSECT_OK,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch" },
  { "other-marker",
    "01000019123400010000020000000010990100057898010004",
    ISTH_DISSECT_MALFORMED,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch\n"
    "hostname = x (90)" },
  { "too-short",
    "0100001412340001000002000000001099010003",
    ISTH_DISSECT_MALFORMED,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch" },
  { "too-long",
    "010000151234000100000200000000109901003361",
    ISTH_DISSECT_MALFORMED,
    "report - announce\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch" },
  { "cut-off",
    "010000451234000100000200",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "010000451234000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "020000451234000100000200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "010000451234000100010200000000109901000d \"summit-1\" 00990200240000000400*8 0708010500*16 99000004", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0100004512340001000002000000001000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0100004512340001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
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
