/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of a player and of a server, a stream between them; what is none. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ms_mms;

#define CONNECT "01000000cefa0bb0520000004d4d5320000000000000000000000000000000000000000001000300f0f0f0f00b0004001c0003004e00530050006c0061007900650072002f0039002e0030002e0030002e0033003000360030003b00200078000000"
#define ANSWER "01000000cefa0bb0280000004d4d532000000000000000000000000000000000000000000100040000000000f0f0f0f00b0004001c000300"

static const IsthDissectCase cases[] = {
  { "connect",
    CONNECT "\n"
    "<" ANSWER "\n"
    "<" ANSWER,
    ISTH_DISSECT_OK,
    "role ms-mms-client\n"
    "software = NSPlayer/9.0.0.3060 (60)\n"
    "role ms-mms-server" },
  { "stream-between",
    CONNECT "\n"
    "<" ANSWER "\n"
    "<0000000002000010 a5*8",
    ISTH_DISSECT_OK,
    "role ms-mms-client\n"
    "software = NSPlayer/9.0.0.3060 (60)\n"
    "role ms-mms-server", .pieces = true },
  { "server-alone",
    "<" ANSWER,
    ISTH_DISSECT_OK,
    "role ms-mms-server", .mid_stream = true },
};

static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { CONNECT, ISTH_PROBE_STRONG },
    { "01000000 cefa0bb0 20000000 \"MMX \" 00*32", ISTH_PROBE_NO },
    { "01000000 cefa0bb1 20000000 \"MMS \" 00*32", ISTH_PROBE_NO },
    { "01000000 cefa0bb0", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_ms_mms, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ms_mms, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ms-mms/probe", test_probe);
  return g_test_run ();
}
