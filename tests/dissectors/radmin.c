/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Radmin: hellos, that somebody logs in; sums that do not fit. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_radmin;

static const IsthDissectCase cases[] = {
  { "login",
    "01000000010000000808\n"
    "< 010000002500000212080200000a00*32\n"
    "0100000005000002272702000000\n"
    "< 0100000005000000272700000000\n"
    "0100000005000002272702000000",
    ISTH_DISSECT_OK,
    "role radmin-client\n"
    "role remote-access\n"
    "software = Radmin Server 3 (60)\n"
    "role radmin-server\n"
    "authenticate 39 login" },
  { "version-2",
    "01000000010000000808\n"
    "< 010000002509000110080100090800*32",
    ISTH_DISSECT_OK,
    "role radmin-client\n"
    "role remote-access\n"
    "software = Radmin Server 2 (60)\n"
    "role radmin-server" },
  { "side-by-hello",
    "01000000010000000808",
    ISTH_DISSECT_OK,
    "role radmin-client\n"
    "role remote-access", .mid_stream = true },
  { "empty",
    "01000000010000000808\n"
    "0100*9",
    ISTH_DISSECT_NOT_MINE,
    "role radmin-client\n"
    "role remote-access" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "01000000010000000808", ISTH_PROBE_STRONG },
    { "010000002500000212080200000a00*32", ISTH_PROBE_STRONG },
    { "010000000300030209080203", ISTH_PROBE_NO },
    { "0100*9", ISTH_PROBE_NO },
    { "010000000100000008", ISTH_PROBE_NO },
    { "02000000010000000808", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_radmin, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_radmin, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/radmin/probe", test_probe);
  return g_test_run ();
}
