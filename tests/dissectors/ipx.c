/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named, and no more. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ipx;

static const IsthDissectCase cases[] = {
  { "packet",
    "ffff0022000400000000ff*6 045300000000020000000001400300010000",
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
