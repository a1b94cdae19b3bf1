/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WireGuard: handshakes, and lengths that are none. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_wireguard;

static const IsthDissectCase cases[] = {
  { "handshake",
    "01000000 \"abcd\" a5*140\n"
    "< 02000000 \"efghabcd\" a5*80\n"
    "04000000 \"efgh\" 00*8 a5*32\n"
    "< 04000000 \"efgh\" 00*8 a5*32\n"
    "01000000 \"ijkl\" a5*140",
    ISTH_DISSECT_OK,
    "role wireguard-client\n"
    "authenticate 1 handshake-initiation\n"
    "role wireguard-server\n"
    "= ok\n"
    "authenticate 1 handshake-initiation" },
  { "cookie",
    "01000000 \"abcd\" a5*140\n"
    "< 03000000 \"abcd\" a5*56",
    ISTH_DISSECT_OK,
    "role wireguard-client\n"
    "authenticate 1 handshake-initiation" },
  { "side-not-known",
    "< 02000000 \"efghabcd\" a5*80\n"
    "04000000 \"efgh\" 00*8 a5*32",
    ISTH_DISSECT_OK,
    "role wireguard-server", .mid_stream = true },
  { "length",
    "01000000 \"abcd\" a5*140\n"
    "01000000 \"abcd\" a5*139",
    ISTH_DISSECT_NOT_MINE,
    "role wireguard-client\n"
    "authenticate 1 handshake-initiation", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "01000000 \"abcd\" a5*140", ISTH_PROBE_STRONG },
    { "02000000 \"efghabcd\" a5*80", ISTH_PROBE_STRONG },
    { "03000000 \"abcd\" a5*56", ISTH_PROBE_WEAK },
    { "04000000 \"efgh\" 00*8 a5*32", ISTH_PROBE_WEAK },
    { "01000000 \"abcd\" a5*139", ISTH_PROBE_NO },
    { "0100*147", ISTH_PROBE_NO },
    { "01000000", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_wireguard, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_wireguard, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/wireguard/probe", test_probe);
  return g_test_run ();
}
