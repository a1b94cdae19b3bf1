/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TeamViewer: that it is there, by frames and by datagrams. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_teamviewer;

static const IsthDissectCase cases[] = {
  { "session",
    "17240a2000*9 78*24\n"
    "< 17243c2800 71*40\n"
    "113036001800000001000000010000000100000001000000 7a*24\n"
    "< 113036001800000001000000010000000100000001000000 7a*24",
    ISTH_DISSECT_OK,
    "role teamviewer-client\n"
    "role remote-access\n"
    "software = TeamViewer (60)\n"
    "authenticate 10 remote-session (TeamViewer)\n"
    "role teamviewer-server" },
  { "side-not-known",
    "17240a2000*9 78*24",
    ISTH_DISSECT_OK,
    "role teamviewer-client\n"
    "role remote-access\n"
    "software = TeamViewer (60)\n"
    "authenticate 10 remote-session (TeamViewer)", .mid_stream = true },
  { "no-length",
    "17240a2000*9 78*24\n"
    "17240a0000",
    ISTH_DISSECT_NOT_MINE,
    "role teamviewer-client\n"
    "role remote-access\n"
    "software = TeamViewer (60)\n"
    "authenticate 10 remote-session (TeamViewer)" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "17240a2000*9 78*24", ISTH_PROBE_WEAK },
    { "17240a2000 79*32 1724281800 7a*24", ISTH_PROBE_STRONG },
    { "113036001800000001000000010000000100000001000000 7a*24 113036001800000001000000010000000100000001000000 7a*24", ISTH_PROBE_STRONG },
    { "17240a0000", ISTH_PROBE_NO },
    { "17250a2000 78*40", ISTH_PROBE_NO },
    { "17", ISTH_PROBE_NO },
  };

  static const IsthPacket datagram = { .layer = ISTH_LAYER_UDP };
  static const IsthProbeCase datagrams[] = {
    { "0100*7 44260317244700*20", ISTH_PROBE_STRONG, .layer = ISTH_LAYER_UDP },
    { "0100000007000000442603172447", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP },
    { "\"other\"", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP },
  };

  isth_test_probes (&isth_dissector_teamviewer, NULL, starts, G_N_ELEMENTS (starts), false);
  isth_test_probes (&isth_dissector_teamviewer, &datagram, datagrams, G_N_ELEMENTS (datagrams), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_teamviewer, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/teamviewer/probe", test_probe);
  return g_test_run ();
}
