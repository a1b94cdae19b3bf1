/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which VLANs a domain has, and who changed them. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_vtp;

static const IsthDissectCase cases[] = {
  { "summary",
    "01010105 \"PLANT\" 00*30 070a000003 \"261123055900\" 11*16",
    ISTH_DISSECT_OK,
    "report 1 summary (domain “PLANT”, revision 7, changed by 10.0.0.3)\n"
    "role switch\n"
    "domain = PLANT (90)" },
  { "again",
    "01010105 \"PLANT\" 00*30 070a000003 \"261123055900\" 11*16\n"
    "01010105 \"PLANT\" 00*30 070a000003 \"261123055900\" 11*16",
    ISTH_DISSECT_OK,
    "report 1 summary (domain “PLANT”, revision 7, changed by 10.0.0.3)\n"
    "role switch\n"
    "domain = PLANT (90)\n"
    "report 1 summary (domain “PLANT”, revision 7, changed by 10.0.0.3)" },
  { "vlans",
    "01020105 \"PLANT\" 00*30 0714000107000105dc000186a1 \"default\" 0014000106001405dc000186b4 \"Office\" 0000",
    ISTH_DISSECT_OK,
    "report 2 vlans (domain “PLANT”, revision 7, VLAN 1 default, VLAN 20 Office)\n"
    "role switch\n"
    "domain = PLANT (90)" },
  { "vlan-lies",
    "01020105 \"PLANT\" 00*30 0714000107000105dc000186a1 \"default\" 0040000101000205dc000186a278000000",
    ISTH_DISSECT_OK,
    "report 2 vlans (domain “PLANT”, revision 7, VLAN 1 default)\n"
    "role switch\n"
    "domain = PLANT (90)" },
  { "vlan-of-no-length",
    "01020105 \"PLANT\" 00*30 0700*40",
    ISTH_DISSECT_OK,
    "report 2 vlans (domain “PLANT”, revision 7)\n"
    "role switch\n"
    "domain = PLANT (90)" },
  { "name-lies",
    "01020105 \"PLANT\" 00*30 070c00012000*8",
    ISTH_DISSECT_OK,
    "report 2 vlans (domain “PLANT”, revision 7)\n"
    "role switch\n"
    "domain = PLANT (90)" },
  { "request",
    "01030005 \"PLANT\" 00*29",
    ISTH_DISSECT_OK,
    "read 3 request (domain “PLANT”)\n"
    "role switch\n"
    "domain = PLANT (90)" },
  { "join",
    "01040005 \"PLANT\" 00*31",
    ISTH_DISSECT_OK,
    "other 4 join (domain “PLANT”)\n"
    "role switch\n"
    "domain = PLANT (90)" },
  { "short",
    "01010105 \"PLANT\" 00*27",
    ISTH_DISSECT_OK,
    "report 1 summary (domain “PLANT”)\n"
    "role switch\n"
    "domain = PLANT (90)" },
  { "other-code",
    "01090105 \"PLANT\" 00*27",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "domain-lies",
    "010101 \"0PLANT\" 00*67",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-off",
    "01010105 \"PLANT\" 00*11",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "01010105 \"PLANT\" 00*30 070a000003 \"261123055900\" 11*16", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "09010105 \"PLANT\" 00*30 070a000003 \"261123055900\" 11*16", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "01070105 \"PLANT\" 00*30 070a000003 \"261123055900\" 11*16", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "01010130", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0101", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ether_type = 0x2003, .snap_oui = 0x00000c };

  isth_test_probes (&isth_dissector_vtp, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_vtp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/vtp/probe", test_probe);
  return g_test_run ();
}
