/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A node is named by itself, or by the box that it stands behind. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_hsr_prp;

static const IsthDissectCase cases[] = {
  { "prp-node",
    "0001 0007 14 06 020000000001 00 00 00*30",
    ISTH_DISSECT_OK,
    "role prp-node\n"
    "report 20 supervision (PRP node 02:00:00:00:00:01)", .to_group = true },
  { "prp-accept",
    "0001 0007 15 06 020000000001 00 00",
    ISTH_DISSECT_OK,
    "role prp-node\n"
    "report 21 supervision (PRP node 02:00:00:00:00:01)" },
  { "hsr-node",
    "1001 0007 17 06 020000000001 00 00",
    ISTH_DISSECT_OK,
    "role hsr-node\n"
    "report 23 supervision (HSR node 02:00:00:00:00:01)" },
  { "behind-a-box",
    "0001 0007 14 06 020000000003 1e 06 020000000001 00 00",
    ISTH_DISSECT_OK,
    "role prp-redbox\n"
    "neighbour  to 02:00:00:00:00:03\n"
    "report 20 supervision (PRP node 02:00:00:00:00:03 behind 02:00:00:00:00:01)" },
  { "box-itself",
    "0001 0007 17 06 020000000001 1e 06 020000000001 00 00",
    ISTH_DISSECT_OK,
    "role hsr-redbox\n"
    "report 23 supervision (HSR redundancy box 02:00:00:00:00:01)" },
  { "first-version",
    "0000 14 0c 020000000001 020000000002 00 00",
    ISTH_DISSECT_OK,
    "role prp-node\n"
    "report 20 supervision (PRP node 02:00:00:00:00:01)" },
  { "group",
    "0001 0007 14 06 ffffffffffff 00 00",
    ISTH_DISSECT_OK,
    "report 20 supervision (PRP node ff:ff:ff:ff:ff:ff)" },
  { "other-version",
    "0002 0007 14 06 020000000001",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "other-part",
    "0001 0007 30 06 020000000001",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-lies",
    "0001 0007 14 16 020000000001",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "too-short",
    "0001 0007 14 04 02000000 00 00",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "box-cut",
    "0001 0007 14 06 020000000001 1e 06 0200",
    ISTH_DISSECT_MALFORMED,
    "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_hsr_prp, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
