/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named by its EtherType, and no more. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_cclink_ie;

static const IsthDissectCase cases[] = {
  { "frame",
    "00*46",
    ISTH_DISSECT_OK,
    "report - frame", .to_group = true },
  { "frames",
    "00*46 \n 01 02",
    ISTH_DISSECT_OK,
    "report - frame\n"
    "report - frame" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_cclink_ie, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
