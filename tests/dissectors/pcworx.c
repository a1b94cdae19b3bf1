/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking a controller what it is, and messages that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_pcworx;

static const IsthDissectCase cases[] = {
  { "information",
    "0101 001a 0000 0000 7880 0003 000c \"IBETH01N0_M\" 00"
    "\n< 8101 0014 0000 0001 0000 0000 0002 0000 004c 0000"
    "\n0105 0016 0001 0000 7880 004c 0000 0006 0004 0295 0000"
    "\n< 8105 0012 0001 0001 0000 0000 0002 0000 004c"
    "\n0106 000e 0002 0000 0000 004c 0400"
    "\n< 810600b0000200010000000200000000004c000000000000000000000000494c43203133312045544800000000000000000000000000000000000000000000000000342e343200000000000000000031312f32362f31350000000031383a34363a35350000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000323730303937330042310000000000000000000000000000",
    ISTH_DISSECT_OK,
    "role pcworx-client"
    "\nother 1 connect"
    "\nrole pcworx-server"
    "\n= ok"
    "\nother 5 open"
    "\n= ok"
    "\nidentify 6 read-information"
    "\n= ok"
    "\nvendor = Phoenix Contact (90)"
    "\nmodel = ILC 131 ETH (90)"
    "\nfirmware = 4.42 (90)"
    "\norder_number = 2700973 (90)"
    "\ndescription = firmware of 11/26/15 18:46:55 (90)" },
  { "unknown-command",
    "0109 0012 0003 0000 0000 004c \"secret\"",
    ISTH_DISSECT_OK,
    "role pcworx-client"
    "\nother 9 command (command 9)" },
  { "information-cut",
    "< 8106 0018 0002 0001 0000 0000 0002 0000 004c 0000 0000 0000",
    ISTH_DISSECT_OK,
    "role pcworx-server", .mid_stream = true },
  { "length-lies",
    "0106 0004 0002",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "cut-short",
    "0106 00",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-pcworx",
    "0206 000e 0002 0000 0000 004c 0400",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is, and over TCP where it says that a PDU ends. */
static const IsthProbeCase probes[] = {
  { "0101 001a 0000 0000 7880 0003 000c \"IBETH01N0_M\" 00", ISTH_PROBE_STRONG, 26, .layer = ISTH_LAYER_TCP },
  { "8101 0014 0000 0001 0000 0000 0002 0000 004c 0000", ISTH_PROBE_STRONG, 20, .layer = ISTH_LAYER_TCP },
  { "0105 0016 0001 0000 7880 004c 0000 0006 0004 0295 0000", ISTH_PROBE_STRONG, 22, .layer = ISTH_LAYER_TCP },
  { "0106 000e 0002 ac66 0000 004c 0400", ISTH_PROBE_STRONG, 14, .layer = ISTH_LAYER_TCP },
  { "0106 000e 0002 ac66 0000 004c 0500", ISTH_PROBE_WEAK, 14, .layer = ISTH_LAYER_TCP },
  { "0101 001b 0000 0000 7880 0003 000c \"IBETH01N0_M\" 00", ISTH_PROBE_NO, 27, .layer = ISTH_LAYER_TCP }, /* length differs */
  { "0100 0300 0000", ISTH_PROBE_NO, 768, .layer = ISTH_LAYER_TCP },
  { "01", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_TCP },
  { "1603 0100 c701 0000 c303 0300", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP }, /* TLS */
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_pcworx, NULL, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_pcworx, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/pcworx/probe", test_probe);
  return g_test_run ();
}
