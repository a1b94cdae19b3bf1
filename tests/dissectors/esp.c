/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ESP: that there is a tunnel, once for each of its indexes. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_esp;

static const IsthDissectCase cases[] = {
  { "tunnel",
    "1122334400000001a5*40\n"
    "1122334400000002a5*40\n"
    "< 5566778800000001a5*40\n"
    "1122334400000001a5*40\n"
    "0000009900000001a5*40",
    ISTH_DISSECT_OK,
    "role ipsec-peer\n"
    "other - tunnel (SPI 11223344)\n"
    "role ipsec-peer\n"
    "other - tunnel (SPI 55667788)\n"
    "role ipsec-peer\n"
    "other - tunnel (SPI 00000099)" },
  { "no-index",
    "00*7 01a5*40",
    ISTH_DISSECT_OK,
    "" },
  { "cut",
    "1122",
    ISTH_DISSECT_MALFORMED,
    "" },
};

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_esp, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
