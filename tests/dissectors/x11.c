/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections to displays, with a proof and without; the proof is in no text. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_x11;

static const IsthDissectCase cases[] = {
  { "cookie",
    "6c000b0000001200100000004d49542d4d414749432d434f4f4b49452d310000000102030405060708090a0b0c0d0e0f\n"
    "< 01000b0000000d0088a5b8000000000000000000000000001400ffff00000000000000000000000054686520582e4f726720466f756e646174696f6e\n"
    "62000500090000004249472d5245515545535453",
    ISTH_DISSECT_OK,
    "role x11-client\n"
    "authenticate - connect (MIT-MAGIC-COOKIE-1, in clear)\n"
    "role x11-server\n"
    "= ok\n"
    "software = The X.Org Foundation (60)", .pieces = true },
  { "refused",
    "4200000b0000000000000000\n"
    "< 000a000b000000034e6f2070726f746f636f6c00",
    ISTH_DISSECT_OK,
    "role x11-client\n"
    "authenticate - connect (without proof)\n"
    "role x11-server\n"
    "= refused: not allowed", .pieces = true },
  { "other-version",
    "6c000c0000000000000000000000",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "6c000b0000001200100000004d49542d4d414749432d434f4f4b49452d310000000102030405060708090a0b0c0d0e0f", ISTH_PROBE_STRONG },
    { "4200000b0000000000000000", ISTH_PROBE_STRONG },
    { "6c000b0000001200100000004d49542d4d414749432d434f4f4b49452d310000000102030405060708090a0b0c0d0e0f00", ISTH_PROBE_NO },
    { "6c000b000000030000000000 61626300", ISTH_PROBE_NO },
    { "6c000a000000000000000000", ISTH_PROBE_NO },
    { "6c000b", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_x11, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_x11, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/x11/probe", test_probe);
  return g_test_run ();
}
