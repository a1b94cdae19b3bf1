/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which ports of which two systems are one link. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_lacp;

static const IsthDissectCase cases[] = {
  { "carries",
    "010101148000020000000010000100ff00033d00000002148000020000000020000100ff00073d0000000310002000*64",
    ISTH_DISSECT_OK,
    "report 1 link-aggregation (system 02:00:00:00:00:10 port 3 to 02:00:00:00:00:20 port 7, carries traffic, active)\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "neighbour 3 to 02:00:00:00:00:20" },
  { "again",
    "010101148000020000000010000100ff00033d00000002148000020000000020000100ff00073d0000000310002000*64\n"
    "010101148000020000000010000100ff00033d00000002148000020000000020000100ff00073d0000000310002000*64",
    ISTH_DISSECT_OK,
    "report 1 link-aggregation (system 02:00:00:00:00:10 port 3 to 02:00:00:00:00:20 port 7, carries traffic, active)\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "neighbour 3 to 02:00:00:00:00:20\n"
    "report 1 link-aggregation (system 02:00:00:00:00:10 port 3 to 02:00:00:00:00:20 port 7, carries traffic, active)" },
  { "alone",
    "010101148000020000000010000100ff00034500000002148000*8 0100ff00003d0000000310002000*64",
    ISTH_DISSECT_OK,
    "report 1 link-aggregation (system 02:00:00:00:00:10 port 3, no partner)\n"
    "chassis = 02:00:00:00:00:10 (90)" },
  { "passive",
    "010101148000020000000010000100ff00030c00000002148000020000000020000100ff00073d0000000310002000*64",
    ISTH_DISSECT_OK,
    "report 1 link-aggregation (system 02:00:00:00:00:10 port 3 to 02:00:00:00:00:20 port 7, carries none, passive)\n"
    "chassis = 02:00:00:00:00:10 (90)\n"
    "neighbour 3 to 02:00:00:00:00:20" },
  { "loop",
    "010101148000020000000010000100ff00033d00000002148000020000000010000100ff00073d0000000310002000*64",
    ISTH_DISSECT_OK,
    "report 1 link-aggregation (system 02:00:00:00:00:10 port 3 to 02:00:00:00:00:10 port 7, carries traffic, active)\n"
    "chassis = 02:00:00:00:00:10 (90)" },
  { "oam",
    "03005000",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "lying-length",
    "010101308000020000000010000100ff00033d00000002148000020000000020000100ff00073d0000000310002000*64",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-off",
    "010101148000020000000010000100ff00033d0000000214800002000000",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "010101148000020000000010000100ff00033d00000002148000020000000020000100ff00073d0000000310002000*64", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "030050008000020000000010000100ff00033d00000002148000020000000020000100ff00073d0000000310002000*64", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "010102148000020000000010000100ff00033d00000002148000020000000020000100ff00073d0000000310002000*64", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "010101148000020000000010000100ff00033d00", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ether_type = 0x8809 };

  isth_test_probes (&isth_dissector_lacp, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_lacp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/lacp/probe", test_probe);
  return g_test_run ();
}
