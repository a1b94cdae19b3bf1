/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who asks, who joins, who leaves. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_igmp;

static const IsthDissectCase cases[] = {
  { "query",
    "1164ee9b00000000",
    ISTH_DISSECT_OK,
    "read 17 query (all groups)\n"
    "role multicast-querier" },
  { "query-of-one",
    "1100fefcef010101",
    ISTH_DISSECT_OK,
    "read 17 query (239.1.1.1)\n"
    "role multicast-querier" },
  { "join",
    "1600f9fcef010101\n"
    "1600f9fcef010101",
    ISTH_DISSECT_OK,
    "subscribe 22 join (239.1.1.1)\n"
    "subscribe 22 join (239.1.1.1)" },
  { "join-1",
    "1200fdfcef010101",
    ISTH_DISSECT_OK,
    "subscribe 18 join (239.1.1.1)" },
  { "leave",
    "1700f8fcef010101",
    ISTH_DISSECT_OK,
    "other 23 leave (239.1.1.1)" },
  { "records",
    "22000ddc0000000404000000e00000fb03000000e00000fc03000002ef0101020a0000090a00000906000001ef0101030a00 "
    "0009",
    ISTH_DISSECT_OK,
    "subscribe 34 join (224.0.0.251)\n"
    "other 34 leave (224.0.0.252)\n"
    "subscribe 34 join (239.1.1.2)\n"
    "subscribe 34 join (239.1.1.3)" },
  { "other-type",
    "4400b7f901020304",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "records-lie",
    "2200*6 0104000063ef010101",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-off",
    "1164ee9b0000",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "1164ee9b00000000", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "2200f9020000000104000000e00000fb", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "4400b7f901020304", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "1164ee9b0000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ip_protocol = 2 };

  isth_test_probes (&isth_dissector_igmp, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_igmp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/igmp/probe", test_probe);
  return g_test_run ();
}
