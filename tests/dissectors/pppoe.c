/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions found, given, refused and ended. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_pppoe;

static const IsthDissectCase cases[] = {
  { "session",
    "11090000001201010008 \"internet\" 010300020102\n"
    "< 1107000000180101000001020006 \"bras-7\" 01040006 \"cookie\"\n"
    "11190000000c01010008 \"internet\"\n"
    "< 11650007000401010000\n"
    "11a700070000",
    ISTH_DISSECT_OK,
    "other 9 initiation (service “internet”)\n"
    "role pppoe-client\n"
    "report 7 offer\n"
    "hostname = bras-7 (90)\n"
    "role pppoe-server\n"
    "other 25 request (service “internet”)\n"
    "role pppoe-client\n"
    "= ok\n"
    "role pppoe-server\n"
    "other 167 end" },
  { "refused",
    "11190000000c01010008 \"internet\"\n"
    "< 11650000001502030011 \"too many sessions\"",
    ISTH_DISSECT_OK,
    "other 25 request (service “internet”)\n"
    "role pppoe-client\n"
    "= refused: too many sessions\n"
    "role pppoe-server" },
  { "any-service",
    "11090000000401010000",
    ISTH_DISSECT_OK,
    "other 9 initiation\n"
    "role pppoe-client" },
  { "end-of-tags",
    "11090000000c00000000ff*8",
    ISTH_DISSECT_OK,
    "other 9 initiation\n"
    "role pppoe-client" },
  { "padding",
    "11090000001201010008 \"internet\" 01030002010200*20",
    ISTH_DISSECT_OK,
    "other 9 initiation (service “internet”)\n"
    "role pppoe-client" },
  { "other-code",
    "114200000000",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "tag-lies",
    "1109000000050101010061",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-lies",
    "11090000010061",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-off",
    "110900",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "11090000001201010008 \"internet\" 010300020102", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "12090000001201010008 \"internet\" 010300020102", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "114200000000", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "110900000100", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "11", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ether_type = 0x8863 };

  isth_test_probes (&isth_dissector_pppoe, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_pppoe, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/pppoe/probe", test_probe);
  return g_test_run ();
}
