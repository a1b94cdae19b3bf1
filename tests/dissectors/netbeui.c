/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named, and no more. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_netbeui;

static const IsthDissectCase cases[] = {
  { "query",
    "2c00ffef0a00*7 \"WORKGROUP       HOST-1          \"",
    ISTH_DISSECT_OK,
    "" },
  { "cut-off",
    "2c00ffef0a00000000",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "2c00ffef0a00*7 \"WORKGROUP       HOST-1          \"", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "2c00efff0a00*7 \"WORKGROUP       HOST-1          \"", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "9900ffef0a00*7 \"WORKGROUP       HOST-1          \"", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "2c00ffef7f00*7 \"WORKGROUP       HOST-1          \"", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "2c00ffef", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };

  isth_test_probes (&isth_dissector_netbeui, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_netbeui, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/netbeui/probe", test_probe);
  return g_test_run ();
}
