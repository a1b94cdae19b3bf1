/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PPTP: who calls whom, names of both ends, refusals; messages cut. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_pptp;

static const IsthDissectCase cases[] = {
  { "call",
    "009c00011a2b3c4d000100000100*6 010000000100*68 \"Microsoft\" 00*55\n"
    "< 009c00011a2b3c4d0002000001000100000000010000000100000001 \"gate\" 00*60 \"MikroTik\" 00*56\n"
    "00a800011a2b3c4d000700000001000100*152\n"
    "< 002000011a2b3c4d00080000000100010100*15\n"
    "001000011a2b3c4d000500*5 01\n"
    "001000011a2b3c4d0003000001000000",
    ISTH_DISSECT_OK,
    "role pptp-client\n"
    "vendor = Microsoft (90)\n"
    "authenticate 1 open-tunnel (PPTP, Microsoft)\n"
    "role pptp-server\n"
    "hostname = gate (90)\n"
    "vendor = MikroTik (90)\n"
    "firmware = 1 (90)\n"
    "= ok\n"
    "authenticate 7 call\n"
    "= ok\n"
    "other 3 close-tunnel" },
  { "refused",
    "009c00011a2b3c4d000100000100*6 010000000100*68 \"Microsoft\" 00*55\n"
    "< 009c00011a2b3c4d0002000001000400000000010000000100000000 \"gate\" 00*60 \"MikroTik\" 00*56",
    ISTH_DISSECT_OK,
    "role pptp-client\n"
    "vendor = Microsoft (90)\n"
    "authenticate 1 open-tunnel (PPTP, Microsoft)\n"
    "role pptp-server\n"
    "hostname = gate (90)\n"
    "vendor = MikroTik (90)\n"
    "= refused: not authorised" },
  { "refused-oddly",
    "009c00011a2b3c4d000100000100*6 010000000100*68 \"Microsoft\" 00*55\n"
    "< 009c00011a2b3c4d0002000001000900000000010000000100*132",
    ISTH_DISSECT_OK,
    "role pptp-client\n"
    "vendor = Microsoft (90)\n"
    "authenticate 1 open-tunnel (PPTP, Microsoft)\n"
    "role pptp-server\n"
    "= refused: refused" },
  { "busy",
    "009c00011a2b3c4d000100000100*6 010000000100*68 \"Microsoft\" 00*55\n"
    "< 009c00011a2b3c4d0002000001000100000000010000000100000001 \"gate\" 00*60 \"MikroTik\" 00*56\n"
    "00a800011a2b3c4d000700000001000100*152\n"
    "< 002000011a2b3c4d00080000000100010400*15\n"
    "00a800011a2b3c4d000700000001000100*152\n"
    "< 002000011a2b3c4d00080000000100016300*15",
    ISTH_DISSECT_OK,
    "role pptp-client\n"
    "vendor = Microsoft (90)\n"
    "authenticate 1 open-tunnel (PPTP, Microsoft)\n"
    "role pptp-server\n"
    "hostname = gate (90)\n"
    "vendor = MikroTik (90)\n"
    "firmware = 1 (90)\n"
    "= ok\n"
    "authenticate 7 call\n"
    "= refused: busy\n"
    "authenticate 7 call\n"
    "= refused: refused" },
  { "names-missing",
    "000f00011a2b3c4d00010000010000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "reply-cut",
    "009c00011a2b3c4d000100000100*6 010000000100*68 \"Microsoft\" 00*55\n"
    "< 000d00011a2b3c4d0008000000",
    ISTH_DISSECT_MALFORMED,
    "role pptp-client\n"
    "vendor = Microsoft (90)\n"
    "authenticate 1 open-tunnel (PPTP, Microsoft)" },
  { "no-cookie",
    "001000011a020304000100*6",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "009c00011a2b3c4d000100000100*6 010000000100*68 \"Microsoft\" 00*55", ISTH_PROBE_STRONG },
    { "001000011a2b3c4d000500*5 01", ISTH_PROBE_STRONG },
    { "001000011a020304000100*6", ISTH_PROBE_NO },
    { "001400011a2b3c4d004d00*10", ISTH_PROBE_NO },
    { "009c", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_pptp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_pptp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/pptp/probe", test_probe);
  return g_test_run ();
}
