/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a port of a switch is, and what it would be talked into. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_dtp;

static const IsthDissectCase cases[] = {
  { "takes-a-trunk",
    "01000100084c616200000200050400030005400004000a020000000001",
    ISTH_DISSECT_OK,
    "report - negotiate-trunk (access, takes a trunk, ISL)\n"
    "role switch\n"
    "domain = Lab (90)" },
  { "again",
    "01000100084c616200000200050400030005400004000a020000000001\n"
    "01000100084c616200000200050400030005400004000a020000000001",
    ISTH_DISSECT_OK,
    "report - negotiate-trunk (access, takes a trunk, ISL)\n"
    "role switch\n"
    "domain = Lab (90)\n"
    "report - negotiate-trunk (access, takes a trunk, ISL)" },
  { "trunk",
    "01000100084c616200000200058300030005a50004000a020000000001",
    ISTH_DISSECT_OK,
    "report - negotiate-trunk (trunk, wants a trunk, 802.1Q)\n"
    "role switch\n"
    "domain = Lab (90)" },
  { "native",
    "01000100084c616200000200058100030005250004000a020000000001",
    ISTH_DISSECT_OK,
    "report - negotiate-trunk (trunk, switched on, native)\n"
    "role switch\n"
    "domain = Lab (90)" },
  { "unknown-status",
    "01000100084c616200000200058000030005000004000a020000000001",
    ISTH_DISSECT_OK,
    "report - negotiate-trunk (trunk)\n"
    "role switch\n"
    "domain = Lab (90)" },
  { "access",
    "01000100084c616200000200050700030005000004000a020000000001",
    ISTH_DISSECT_OK,
    "report - negotiate-trunk (access)\n"
    "role switch\n"
    "domain = Lab (90)" },
  { "no-domain",
    "010001000500000200050200030005400004000a020000000001",
    ISTH_DISSECT_OK,
    "report - negotiate-trunk (access, switched off, ISL)\n"
    "role switch" },
  { "padding",
    "01000100084c616200000200050400030005400004000a02000000000100*12",
    ISTH_DISSECT_OK,
    "report - negotiate-trunk (access, takes a trunk, ISL)\n"
    "role switch\n"
    "domain = Lab (90)" },
  { "other-version",
    "02000100084c616200000200050400030005400004000a020000000001",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "tlv-too-short",
    "01000100084c61620000020003",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "tlv-too-long",
    "01000100084c616200000200440000",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "01000100084c616200000200050400030005400004000a020000000001", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "02000100084c616200000200050400030005400004000a020000000001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "01000200084c616200000200050400030005400004000a020000000001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "010001ff00", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "01", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ether_type = 0x2004, .snap_oui = 0x00000c };

  isth_test_probes (&isth_dissector_dtp, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_dtp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/dtp/probe", test_probe);
  return g_test_run ();
}
