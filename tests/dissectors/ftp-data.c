/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FTP's data connections: nobody takes a payload for one by its content, and none is read that nobody announced (tests/golden/ftp-data.frames has those that are). */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ftp_data;

static const IsthDissectCase cases[] = {
  { "unannounced",
    "\"recipe;12;secret\" 0d0a",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"recipe\"", ISTH_PROBE_NO },
    { "1603010200", ISTH_PROBE_NO },
    { "00", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_ftp_data, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ftp_data, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ftp-data/probe", test_probe);
  return g_test_run ();
}
