/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data packets of EGD: the exchange, its producer, the cycle; and packets that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_egd;

static const IsthDissectCase cases[] = {
  { "data",
    "0d01 4c45 0a000001 01000000 9af73f3c 52fcc428 02000000 00000000 00000000  a9000000"
    "\n0d01 4c45 0a000001 01000000 9af73f3c 52fcc428 02000000 00000000 00000000  a9000001",
    ISTH_DISSECT_OK,
    "role egd-producer"
    "\nprotocol_address = 10.0.0.1 (90)"
    "\nreport 13 produce (exchange 1)"
    "\nreport 13 produce (exchange 1)" },
  { "two-exchanges",
    "0d01 4c45 0a000001 01000000 9af73f3c 52fcc428 02000000 00000000 00000000  a900"
    "\n0d01 4c45 0a000001 02000000 9af73f3c 52fcc428 02000000 00000000 00000000 a900",
    ISTH_DISSECT_OK,
    "role egd-producer"
    "\nprotocol_address = 10.0.0.1 (90)"
    "\nreport 13 produce (exchange 1)"
    "\nreport 13 produce (exchange 2)", .to_group = true },
  { "cut-short",
    "0d01 4c45 0a000001 01000000 9af7",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-egd",
    "0d02 4c45 0a000001 01000000 9af73f3c 52fcc428 02000000 00000000 00000000",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is. */
static const IsthProbeCase probes[] = {
  { "0d01 4c45 0a000001 01000000 9af73f3c 52fcc428 02000000 00000000 00000000  a9000000", ISTH_PROBE_STRONG, .layer = ISTH_LAYER_UDP },
  { "0d01 4c45 0a000001 01000000 9af73f3c 52fcc4f8 02000000 00000000 00000000", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP }, /* more than a second of nanoseconds */
  { "0d01 4c45 00000000 01000000 9af73f3c 52fcc428 02000000 00000000 00000000", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP },
  { "0d01 4c45 0a000001 01000000 9af73f3c 52fcc428 02000000 00000000 00000001", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP },
  { "0d0a 0d0a 0d0a", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP },
  { "0d01", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_egd, NULL, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_egd, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/egd/probe", test_probe);
  return g_test_run ();
}
