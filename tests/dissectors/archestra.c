/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages between platforms, with content and without; lengths that differ. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_archestra;

#define ASKS "36000000 001200000100 00000000 00000000 8e049101 01000000 06000000 ff7f0000 01000000 01000000 03000000 02020000 30750000"
#define TELLS "3a000000 001200000100 04000000 00000000 91049101 01000000 01000000 03000000 01000000 06000000 ff7f0000 01020000 30750000 33010002"

static const IsthDissectCase cases[] = {
  { "messages", ASKS "\n< " TELLS, ISTH_DISSECT_OK,
    "role archestra-platform\n"
    "protocol_address = platform 6 of galaxy 1 (90)\n"
    "software = AVEVA System Platform (60)\n"
    "other - message (platform 6 engine 32767 to platform 1 engine 3)\n"
    "role archestra-platform\n"
    "protocol_address = platform 1 of galaxy 1 (90)\n"
    "software = AVEVA System Platform (60)\n"
    "other - message (platform 1 engine 3 to platform 6 engine 32767)" },
  { "lengths-differ", "36000000 001200000100 01000000 00*40", ISTH_DISSECT_NOT_MINE, "" },
};

static const IsthProbeCase probes[] = {
  { ASKS, ISTH_PROBE_STRONG, 54 },
  { TELLS, ISTH_PROBE_STRONG, 58 },
  { "36000000 001200000100 00000000 01000000 00*36", ISTH_PROBE_NO, 54 },
  { "36000000 001200000100 00000000 00000000 00*4 00000100 00*28", ISTH_PROBE_NO, 54 },
  { "36000000 0012", ISTH_PROBE_NO, 0 },
  { "36000000 001300000100 00000000", ISTH_PROBE_NO, ISTH_PDU_INVALID },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_archestra, NULL, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_archestra, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/archestra/probe", test_probe);
  return g_test_run ();
}
