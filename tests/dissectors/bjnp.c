/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canon's printers: found, asked who they are; messages that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_bjnp;

static const IsthDissectCase cases[] = {
  { "identity",
    "424a4e50010100000001000000000000\n"
    "< 424a4e5081010000000100000000001000000000000000000000000000000000\n"
    "424a4e50013000000002000000000000\n"
    "< 424a4e5081300000000200000000003100314d46473a43616e6f6e3b434d443a424a4c3b4d444c3a4d50343935207365726965733b434c533a5052494e5445523b",
    ISTH_DISSECT_OK,
    "identify 1 discover\n"
    "role printer\n"
    "identify 48 identity\n"
    "= ok\n"
    "role printer\n"
    "vendor = Canon (90)\n"
    "model = MP495 series (90)" },
  { "poll",
    "424a4e5001200000000300000000000400000000\n"
    "< 424a4e5081200000000300000000000400000000",
    ISTH_DISSECT_OK,
    "diagnose 32 poll\n"
    "= ok\n"
    "role printer" },
  { "no-identity",
    "< 424a4e50813000000002000000000000",
    ISTH_DISSECT_OK,
    "role printer", .mid_stream = true },
  { "other-kind",
    "424a4e50070100000001000000000000",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "424a4e50010100000001000000000000", ISTH_PROBE_STRONG, 16 },
    { "424a4e50070100000001000000000000", ISTH_PROBE_NO, ISTH_PDU_INVALID },
    { "\"BJNX\" 01010000000100*6", ISTH_PROBE_NO, ISTH_PDU_INVALID },
    { "\"BJNP\"", ISTH_PROBE_NO, ISTH_PDU_MORE },
  };

  isth_test_probes (&isth_dissector_bjnp, NULL, starts, G_N_ELEMENTS (starts), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_bjnp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/bjnp/probe", test_probe);
  return g_test_run ();
}
