/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bridges and roots, changes of the tree, trees of regions. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_stp;

static const IsthDissectCase cases[] = {
  { "configuration",
    "00*5 800102000000009000000013800102000000001080030100140002000f00",
    ISTH_DISSECT_OK,
    "report 0 configuration (root 32768.1.02:00:00:00:00:90, cost 19, port 0x8003)\n"
    "role switch\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch about 02:00:00:00:00:90\n"
    "role stp-root about 02:00:00:00:00:90" },
  { "again",
    "00*5 800102000000009000000013800102000000001080030100140002000f00\n"
    "00*5 800102000000009000000013800102000000001080030100140002000f00",
    ISTH_DISSECT_OK,
    "report 0 configuration (root 32768.1.02:00:00:00:00:90, cost 19, port 0x8003)\n"
    "role switch\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch about 02:00:00:00:00:90\n"
    "role stp-root about 02:00:00:00:00:90\n"
    "report 0 configuration (root 32768.1.02:00:00:00:00:90, cost 19, port 0x8003)" },
  { "rapid",
    "000002023c800102000000009000000004800102000000001080030100140002000f0000",
    ISTH_DISSECT_OK,
    "report 2 rapid-configuration (root 32768.1.02:00:00:00:00:90, cost 4, port 0x8003, designated, forwarding)\n"
    "role switch\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch about 02:00:00:00:00:90\n"
    "role stp-root about 02:00:00:00:00:90" },
  { "topology-change",
    "000002023c800102000000009000000004800102000000001080030100140002000f0000\n"
    "000002023d800102000000009000000004800102000000001080030100140002000f0000",
    ISTH_DISSECT_OK,
    "report 2 rapid-configuration (root 32768.1.02:00:00:00:00:90, cost 4, port 0x8003, designated, forwarding)\n"
    "role switch\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch about 02:00:00:00:00:90\n"
    "role stp-root about 02:00:00:00:00:90\n"
    "report 2 topology-change (root 32768.1.02:00:00:00:00:90, cost 4, port 0x8003, designated, forwarding)\n"
    "role switch\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch about 02:00:00:00:00:90\n"
    "role stp-root about 02:00:00:00:00:90" },
  { "root",
    "00*5 800102000000001000000000800102000000001080030100140002000f00",
    ISTH_DISSECT_OK,
    "report 0 configuration (root 32768.1.02:00:00:00:00:10, cost 0, port 0x8003)\n"
    "role switch\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role stp-root" },
  { "notification",
    "00000080",
    ISTH_DISSECT_OK,
    "report 128 topology-change-notification\n"
    "role switch" },
  { "multiple-trees",
    "000003027c800102000000009000000004800102000000009080030100140002000f0000004000 \"plant\" 00*28 0111*16 "
    "00000004800102000000001013",
    ISTH_DISSECT_OK,
    "report 2 multiple-trees (root 32768.1.02:00:00:00:00:90, cost 4, port 0x8003, designated, forwarding, region “plant”)\n"
    "role switch\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch about 02:00:00:00:00:90\n"
    "role stp-root about 02:00:00:00:00:90" },
  { "multiple-trees-cut-off",
    "000003027c800102000000009000000004800102000000009080030100140002000f0000004000 \"plant\" 00*6",
    ISTH_DISSECT_OK,
    "report 2 rapid-configuration (root 32768.1.02:00:00:00:00:90, cost 4, port 0x8003, designated, forwarding)\n"
    "role switch\n"
    "chassis = 02:00:00:00:00:90 (90)\n"
    "role stp-root" },
  { "discarding",
    "0000020204800102000000009000000004800102000000001080030100140002000f0000",
    ISTH_DISSECT_OK,
    "report 2 rapid-configuration (root 32768.1.02:00:00:00:00:90, cost 4, port 0x8003, alternate or backup, discarding)\n"
    "role switch\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "role switch about 02:00:00:00:00:90\n"
    "role stp-root about 02:00:00:00:00:90" },
  { "group-as-root",
    "00*5 8001ff*6 00000004800102000000001080030100140002000f00",
    ISTH_DISSECT_OK,
    "report 0 configuration (root 32768.1.ff:ff:ff:ff:ff:ff, cost 4, port 0x8003)\n"
    "role switch\n"
    "chassis = 02:00:00:00:00:10 (90)" },
  { "cut-off",
    "00*5 80010200000000900000001380010200000000108003010014",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "00*5 800102000000009000000013800102000000001080030100140002000f00", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "00000080", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "000002023c800102000000009000000004800102000000001080030100140002000f0000", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "0000010000800102000000009000000013800102000000001080030100140002000f00", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0000000200800102000000009000000013800102000000001080030100140002000f00", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0001000000800102000000009000000013800102000000001080030100140002000f00", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0000000700800102000000009000000013800102000000001080030100140002000f00", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "000000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .llc_sap = 0x4242 };

  isth_test_probes (&isth_dissector_stp, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_stp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/stp/probe", test_probe);
  return g_test_run ();
}
