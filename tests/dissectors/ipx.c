/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named, and what servers advertise. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ipx;

static const IsthDissectCase cases[] = {
  { "packet",
    "ffff0022000400000000ff*6 045300000000020000000001400300010000",
    ISTH_DISSECT_OK,
    "" },
  { "file-server",
    "ffff0060000400000001ff*6 045200000001020000000001 0452 0002 0004 \"PLANT_FS\" 00*40 00000001000000000001 0451 0001",
    ISTH_DISSECT_OK,
    "hostname = PLANT_FS (75)\n"
    "role netware-server" },
  { "printer", /* and a file server that another one offers */
    "ffff00a0000400000001ff*6 045200000001020000000001 0452 0004 0007 \"PRINTS\" 00*42 00000001000000000001 0451 0001 "
    "0004 \"FARAWAY\" 00*41 00000002000000000001 0451 0002",
    ISTH_DISSECT_OK,
    "hostname = PRINTS (75)" },
  { "question",
    "ffff0022000400000001ff*6 045200000001020000000001 0452 0001 0004",
    ISTH_DISSECT_OK,
    "" },
  { "another-socket",
    "ffff0060000400000001ff*6 045200000001020000000001 4003 0002 0004 \"PLANT_FS\" 00*40 00000001000000000001 0451 0001",
    ISTH_DISSECT_OK,
    "" },
  { "cut-off",
    "ffff0022000400000000ff*6 04530000",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "ffff0022000400000000ff*6 045300000000020000000001400300010000", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "00ff0022000400000000ff*6 045300000000020000000001400300010000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "ffff005a000400000000ff*6 045300000000020000000001400300010000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "ffff000a000400000000ff*6 045300000000020000000001400300010000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "ffff0022400400000000ff*6 045300000000020000000001400300010000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "ffff00", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };

  isth_test_probes (&isth_dissector_ipx, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ipx, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ipx/probe", test_probe);
  return g_test_run ();
}
