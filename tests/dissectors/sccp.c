/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telephones register, and may or may not; numbers that are none. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_sccp;

static const IsthDissectCase cases[] = {
  { "register",
    "2400000000000000010000005345503030313132323333343441410000000000000000000a00000107000000\n"
    "< 1800000000000000810000000000000000000000000000000000000000000000\n"
    "040000000000000000000000",
    ISTH_DISSECT_OK,
    "role sccp-client\n"
    "authenticate 1 register\n"
    "hostname = SEP0011223344AA (90)\n"
    "role phone\n"
    "role sccp-server\n"
    "= ok", .pieces = true },
  { "rejected",
    "2400000000000000010000005345503030313132323333343441410000000000000000000a00000107000000\n"
    "< 24000000000000009d0000004e6f20656e747279000000000000000000000000000000000000000000000000",
    ISTH_DISSECT_OK,
    "role sccp-client\n"
    "authenticate 1 register\n"
    "hostname = SEP0011223344AA (90)\n"
    "role phone\n"
    "role sccp-server\n"
    "= refused: rejected", .pieces = true },
  { "too-long",
    "01100000000000000000000000000000",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "2400000000000000010000005345503030313132323333343441410000000000000000000a00000107000000", ISTH_PROBE_STRONG, 44 },
    { "040000000000000000000000", ISTH_PROBE_NO, 12 },
    { "040000000500000000000000", ISTH_PROBE_NO, ISTH_PDU_INVALID },
    { "0400000000000000", ISTH_PROBE_NO, ISTH_PDU_MORE },
  };

  isth_test_probes (&isth_dissector_sccp, NULL, starts, G_N_ELEMENTS (starts), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_sccp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/sccp/probe", test_probe);
  return g_test_run ();
}
