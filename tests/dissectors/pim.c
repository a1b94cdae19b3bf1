/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routers of groups. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_pim;

static const IsthDissectCase cases[] = {
  { "hello",
    "2000dafa00010002006900130004000000640014000401020304",
    ISTH_DISSECT_OK,
    "report 0 hello (priority 100)\n"
    "role router" },
  { "again",
    "2000dafa00010002006900130004000000640014000401020304\n"
    "2000dafa00010002006900130004000000640014000401020304",
    ISTH_DISSECT_OK,
    "report 0 hello (priority 100)\n"
    "role router\n"
    "report 0 hello (priority 100)" },
  { "no-priority",
    "2000df93000100020069",
    ISTH_DISSECT_OK,
    "report 0 hello (priority 1)\n"
    "role router" },
  { "join",
    "2300d12c01000a000001000000d2",
    ISTH_DISSECT_OK,
    "other 3 join-prune\n"
    "role router" },
  { "option-lies",
    "20007dfe0001010061",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "other-type",
    "2f00d0ff",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-off",
    "2000",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "2000dafa00010002006900130004000000640014000401020304", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "1000dafa00010002006900130004000000640014000401020304", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "2f00dafa00010002006900130004000000640014000401020304", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "2000da", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ip_protocol = 103 };

  isth_test_probes (&isth_dissector_pim, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_pim, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/pim/probe", test_probe);
  return g_test_run ();
}
