/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who carries which virtual addresses; passwords in clear; CARP is somebody else. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_vrrp;

static const IsthDissectCase cases[] = {
  { "master",
    "2133c80100010bcc0a0000fe00*8",
    ISTH_DISSECT_OK,
    "report 2 advertisement (router 51, priority 200, 10.0.0.254)\n"
    "role router\n"
    "role vrrp-master" },
  { "again",
    "2133c80100010bcc0a0000fe00*8\n"
    "2133c80100010bcc0a0000fe00*8",
    ISTH_DISSECT_OK,
    "report 2 advertisement (router 51, priority 200, 10.0.0.254)\n"
    "role router\n"
    "role vrrp-master\n"
    "report 2 advertisement (router 51, priority 200, 10.0.0.254)" },
  { "owner",
    "2101ff010001d5fa0a00000100*8",
    ISTH_DISSECT_OK,
    "report 2 advertisement (router 1, priority 255, 10.0.0.1)\n"
    "role router\n"
    "role vrrp-master\n"
    "role vrrp-owner" },
  { "resign",
    "210100010001d4fb0a00000100*8",
    ISTH_DISSECT_OK,
    "report 2 resign (router 1, priority 0, 10.0.0.1)\n"
    "role router\n"
    "role vrrp-backup" },
  { "password",
    "2101640101011bcf0a000001 \"sesame\" 0000",
    ISTH_DISSECT_OK,
    "report 2 advertisement (router 1, priority 100, 10.0.0.1)\n"
    "role router\n"
    "role vrrp-master\n"
    "authenticate - password (password of 6 characters, in clear)" },
  { "many",
    "31016406006412340a0000010a0001010a0002010a0003010a0004010a000501",
    ISTH_DISSECT_OK,
    "report 3 advertisement (router 1, priority 100, 10.0.0.1, 10.0.1.1, 10.0.2.1, 10.0.3.1 … (6))\n"
    "role router\n"
    "role vrrp-master" },
  { "no-address",
    "2101640000017afd00*8",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "carp",
    "210100070001000011*28",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "other-type",
    "2233c80100010bcc0a0000fe00*8",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "other-version",
    "5133c80100010bcc0a0000fe00*8",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-off",
    "2133c80100010bcc0a0000",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "2133c80100010bcc0a0000fe00*8", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "31016401006412340a000001", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "2233c80100010bcc0a0000fe00*8", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "2101640000017afd00*8", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "210100070001000011*28", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "2133c80100010bcc0a", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ip_protocol = 112 };

  isth_test_probes (&isth_dissector_vrrp, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_vrrp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/vrrp/probe", test_probe);
  return g_test_run ();
}
