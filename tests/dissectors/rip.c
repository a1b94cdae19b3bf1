/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routes of both versions, questions for them, passwords in clear. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_rip;

static const IsthDissectCase cases[] = {
  { "version-1",
    "02010000000200000a0100*13 01000200000a0200*13 10",
    ISTH_DISSECT_OK,
    "report 2 routes (version 1, 10.1.0.0 metric 1, 10.2.0.0 metric 16)\n"
    "role router" },
  { "version-1-of-a-class",
    "02010000 000200000a00*14 01 000200000a0100*13 01 00020000ac1000*13 02",
    ISTH_DISSECT_OK, "report 2 routes (version 1, 10.0.0.0 metric 1, 10.1.0.0 metric 1, 172.16.0.0 metric 2)\n"
    "role router\n"
    "route = 10.0.0.0/8 (90)\n"
    "route = 172.16.0.0/16 (90)" },
  { "version-2",
    "02020000000200000a010000ffff00*9 0100020000c0a80400ffffff00*8 02",
    ISTH_DISSECT_OK,
    "report 2 routes (version 2, 10.1.0.0/16 metric 1, 192.168.4.0/24 metric 2)\n"
    "role router\n"
    "route = 10.1.0.0/16 (90)\n"
    "route = 192.168.4.0/24 (90)" },
  { "again",
    "02020000000200000a010000ffff00*9 0100020000c0a80400ffffff00*8 02\n"
    "02020000000200000a010000ffff00*9 0100020000c0a80400ffffff00*8 02",
    ISTH_DISSECT_OK,
    "report 2 routes (version 2, 10.1.0.0/16 metric 1, 192.168.4.0/24 metric 2)\n"
    "role router\n"
    "route = 10.1.0.0/16 (90)\n"
    "route = 192.168.4.0/24 (90)\n"
    "report 2 routes (version 2, 10.1.0.0/16 metric 1, 192.168.4.0/24 metric 2)" },
  { "ask-for-all",
    "010200*21 10",
    ISTH_DISSECT_OK,
    "read 1 request (version 2, all)" },
  { "ask-for-one",
    "01010000000200000a0100*14",
    ISTH_DISSECT_OK,
    "read 1 request (version 1, 10.1.0.0 metric 0)" },
  { "password",
    "02020000ffff0002 \"sesame\" 00*11 0200000a010000ffff00*9 01",
    ISTH_DISSECT_OK,
    "report 2 routes (version 2, 10.1.0.0/16 metric 1)\n"
    "role router\n"
    "route = 10.1.0.0/16 (90)\n"
    "authenticate - password (password of 6 characters, in clear)" },
  { "md5",
    "02020000ffff000300*17 0200000a010000ffff00*9 01",
    ISTH_DISSECT_OK,
    "report 2 routes (version 2, 10.1.0.0/16 metric 1)\n"
    "role router\n"
    "route = 10.1.0.0/16 (90)" },
  { "many",
    "02020000000200000a000000ffff00*9 01000200000a010000ffff00*9 01000200000a020000ffff00*9 01000200000a030000ffff00*9 "
    "01000200000a040000ffff00*9 01000200000a050000ffff00*9 01000200000a060000ffff00*9 01000200000a070000ffff00*9 "
    "01000200000a080000ffff00*9 01",
    ISTH_DISSECT_OK,
    "report 2 routes (version 2, 10.0.0.0/16 metric 1, 10.1.0.0/16 metric 1, 10.2.0.0/16 metric 1, 10.3.0.0/16 metric 1, 10.4.0.0/16 metric 1, 10.5.0.0/16 metric 1 … (9))\n"
    "role router\n"
    "route = 10.0.0.0/16 (90)\n"
    "route = 10.1.0.0/16 (90)\n"
    "route = 10.2.0.0/16 (90)\n"
    "route = 10.3.0.0/16 (90)\n"
    "route = 10.4.0.0/16 (90)\n"
    "route = 10.5.0.0/16 (90)\n"
    "route = 10.6.0.0/16 (90)\n"
    "route = 10.7.0.0/16 (90)\n"
    "route = 10.8.0.0/16 (90)" },
  { "other-command",
    "07020000000200000a010000ffff00*9 01",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "other-version",
    "02090000000200000a010000ffff00*9 01",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "metric-too-large",
    "02020000000200000a010000ffff00*9 63",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-entry",
    "02020000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "odd-length",
    "02020000000200000a010000ffff00*9 0100020000c0a80400ffffff00*8 0200",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "02010000000200000a0100*13 01000200000a0200*13 10", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "02020000000200000a010000ffff00*9 0100020000c0a80400ffffff00*8 02", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "010200*21 10", ISTH_PROBE_WEAK, 0, ISTH_LAYER_NONE },
    { "02020000000200000a010000ffff00*9 01", ISTH_PROBE_WEAK, 0, ISTH_LAYER_NONE },
    { "07020000000200000a010000ffff00*9 01", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "02020001000200000a010000ffff00*9 0100020000c0a80400ffffff00*8 02", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "02020000000200000a010000ffff00*9 63", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0202", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };

  isth_test_probes (&isth_dissector_rip, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_rip, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/rip/probe", test_probe);
  return g_test_run ();
}
