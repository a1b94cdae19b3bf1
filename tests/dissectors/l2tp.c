/* SPDX-License-Identifier: GPL-3.0-or-later */
/* L2TP: tunnels, names of both ends, logins without their passwords; values that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_l2tp;

static const IsthDissectCase cases[] = {
  { "tunnel",
    "c802005200*8 800800*5 018008000000020100800c00000007 \"PRESS7\" 800f00000008 \"Microsoft\" "
    "800800000006069080070009006378c00c0000000d \"hidden\"\n"
    "< c802002c00*8 800800*5 02800a00000007 \"gate\" 800e00000008 \"MikroTik\"\n"
    "c802002200*8 800800*5 0a800e00000016 \"10.0.0.1\"\n"
    "< c802001400*8 800800*5 0b\n"
    "< 000200070009ff03c0210101000801040578\n"
    "000200070009ff03c0230101000f03626f6206 \"secret\"\n"
    "< 000200070009ff03c0230201000500\n"
    "c802001400*8 800800*5 06\n"
    "c802000c00*8\n"
    "c802001c00*8 800800*5 048008000000010002",
    ISTH_DISSECT_OK,
    "role l2tp-client\n"
    "hostname = PRESS7 (90)\n"
    "vendor = Microsoft (90)\n"
    "firmware = 6.144 (90)\n"
    "authenticate 1 open-tunnel (L2TP, from “PRESS7”)\n"
    "role l2tp-server\n"
    "hostname = gate (90)\n"
    "vendor = MikroTik (90)\n"
    "= ok\n"
    "authenticate 10 call (from 10.0.0.1)\n"
    "= ok\n"
    "authenticate - pap-login (user “bob”, password in clear (under 8 characters))\n"
    "= ok\n"
    "other 4 close-tunnel" },
  { "refused",
    "c802005200*8 800800*5 018008000000020100800c00000007 \"PRESS7\" 800f00000008 \"Microsoft\" "
    "800800000006069080070009006378c00c0000000d \"hidden\"\n"
    "< c802001c00*8 800800*5 048008000000010002",
    ISTH_DISSECT_OK,
    "role l2tp-client\n"
    "hostname = PRESS7 (90)\n"
    "vendor = Microsoft (90)\n"
    "firmware = 6.144 (90)\n"
    "authenticate 1 open-tunnel (L2TP, from “PRESS7”)\n"
    "= refused: tunnel closed" },
  { "chap",
    "000200070009ff03c2230201001810 68*16 616d79\n"
    "< 000200070009ff03c22303010004\n"
    "000200070009ff03c2230201001810 68*16 616d79\n"
    "< 000200070009ff03c22304010004",
    ISTH_DISSECT_OK,
    "authenticate - chap-login (user “amy”)\n"
    "= ok\n"
    "authenticate - chap-login (user “amy”)\n"
    "= refused: login refused", .pieces = true },
  { "pap-refused",
    "000200070009ff03c0230101000f03626f6206 \"secret\"\n"
    "< 000200070009ff03c0230301000500\n"
    "< 4a0200170007000900*5 027a7ac0230201000500",
    ISTH_DISSECT_OK,
    "authenticate - pap-login (user “bob”, password in clear (under 8 characters))\n"
    "= refused: login refused", .pieces = true },
  { "call-refused",
    "c802002200*8 800800*5 0a800e00000016 \"10.0.0.1\"\n"
    "< c802001400*8 800800*5 0e",
    ISTH_DISSECT_OK,
    "authenticate 10 call (from 10.0.0.1)\n"
    "= refused: call disconnected" },
  { "value-lies",
    "c802001a00*8 800800*5 01800300000007",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "other-flags",
    "c802005200*8 800800*5 018008000000020100800c00000007 \"PRESS7\" 800f00000008 \"Microsoft\" "
    "800800000006069080070009006378c00c0000000d \"hidden\"\n"
    "123400*20",
    ISTH_DISSECT_NOT_MINE,
    "role l2tp-client\n"
    "hostname = PRESS7 (90)\n"
    "vendor = Microsoft (90)\n"
    "firmware = 6.144 (90)\n"
    "authenticate 1 open-tunnel (L2TP, from “PRESS7”)", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "c802005200*8 800800*5 018008000000020100800c00000007 \"PRESS7\" 800f00000008 \"Microsoft\" 800800000006069080070009006378c00c0000000d \"hidden\"", ISTH_PROBE_STRONG },
    { "c802000c00*8", ISTH_PROBE_WEAK },
    { "000200070009ff03c0210101000801040578", ISTH_PROBE_WEAK },
    { "123400*20", ISTH_PROBE_NO },
    { "c802005200*8 800800*5 018008000000020100800c00000007 \"PRESS7\" 800f00000008 \"Microsoft\" 800800000006069080070009006378c00c0000000d \"hidde\"", ISTH_PROBE_NO },
    { "c802", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_l2tp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_l2tp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/l2tp/probe", test_probe);
  return g_test_run ();
}
