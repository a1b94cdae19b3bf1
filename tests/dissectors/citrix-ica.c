/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Citrix ICA: greetings, the gateway protocol, the client program. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_citrix_ica;

static const IsthDissectCase cases[] = {
  { "session",
    "< 7f7f49434100\n"
    "7f7f49434100\n"
    "< 000f00070002040006000200030004000100\n"
    "019700970015000104 \"WFICA32.EXE\" 00*23 \"4XRtPiX\"\n"
    "02616263026162630261626302616263026162630261626302616263026162630261626302616263",
    ISTH_DISSECT_OK,
    "role citrix-server\n"
    "software = WFICA32.EXE (60)\n"
    "role citrix-client\n"
    "role remote-access\n"
    "authenticate - remote-session (WFICA32.EXE)", .pieces = true },
  { "gateway",
    "1a \"CGP/01\" 0100\n"
    "< 1a \"CGP/01\" 0100\n"
    "02616263026162630261626302616263026162630261626302616263026162630261626302616263",
    ISTH_DISSECT_OK,
    "role citrix-client\n"
    "role remote-access\n"
    "authenticate - remote-session (Common Gateway Protocol)\n"
    "role citrix-server", .pieces = true },
  { "modules-unread",
    "< 7f7f49434100\n"
    "7f7f49434100\n"
    "0100*40",
    ISTH_DISSECT_OK,
    "role citrix-server", .pieces = true },
  { "middle",
    "02616263026162630261626302616263026162630261626302616263026162630261626302616263",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "7f7f49434100", ISTH_PROBE_STRONG },
    { "1a \"CGP/01\" 0100", ISTH_PROBE_STRONG },
    { "019700970015000104 \"WFICA32.EXE\" 00*23 \"4XRtPiX\"", ISTH_PROBE_NO },
    { "7f494341", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_citrix_ica, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_citrix_ica, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/citrix-ica/probe", test_probe);
  return g_test_run ();
}
