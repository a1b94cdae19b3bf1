/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 6LoWPAN is told by its headers, and by nothing that could be another protocol of the same radio. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_6lowpan;

static const IsthDissectCase cases[] = {
  { "compressed", "7b33 3a 8000 1234 0001 0002", ISTH_DISSECT_OK, "" },
  { "later-fragment", "7b33 3a 8000\ne0f0 0001 0a 00010203", ISTH_DISSECT_OK, "", .pieces = true },
};

static const IsthProbeCase probes[] = {
  { "7b33 3a 8000 1234", ISTH_PROBE_STRONG, 0, 0 },                             /* ICMPv6 between neighbours */
  { "7e33 f0 1633 f0b1 0001", ISTH_PROBE_STRONG, 0, 0 },                        /* compressed UDP */
  { "7a3b 3a 01 9b00 0001", ISTH_PROBE_STRONG, 0, 0 },                          /* to a group */
  { "b1 0001 0002 7b33 3a 8000", ISTH_PROBE_STRONG, 0, 0 },                     /* through a mesh */
  { "c0a0 0007 7b33 11 1633", ISTH_PROBE_STRONG, 0, 0 },                        /* in pieces */
  { "41 60000000 0004 1140 00*32 00010203", ISTH_PROBE_STRONG, 0, 0 },
  { "41 40000000 0004 1140 00*32 00010203", ISTH_PROBE_NO, 0, 0 },
  { "7b33 99 8000 1234", ISTH_PROBE_NO, 0, 0 },                                 /* nothing known follows */
  { "7b33", ISTH_PROBE_NO, 0, 0 },
  { "c004 0007 7b33 11 1633", ISTH_PROBE_NO, 0, 0 },                            /* a datagram shorter than its header */
  { "4800 0200 0100 1e 11 02 02 0600 0401 01 07", ISTH_PROBE_NO, 0, 0 },        /* ZigBee */
  { "e0f0 0001 0a 00010203", ISTH_PROBE_NO, 0, 0 },
};

static void
test_probes (void)
{
  IsthPacket packet = { .layer = ISTH_LAYER_LINK, .ether_type = 0x00f6 };

  isth_test_probes (&isth_dissector_6lowpan, &packet, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_6lowpan, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/6lowpan/probes", test_probes);
  return g_test_run ();
}
