/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What panels of Red Lion are asked and answer, and messages that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_crimson;

static const IsthDissectCase cases[] = {
  { "maker-and-model",
    "0004 012b 1b00"
    "\n< 0016 012b 0300 \"Red Lion Controls\" 00"
    "\n0004 012a 1a00"
    "\n< 000a 012a 0300 \"G306a\" 00",
    ISTH_DISSECT_OK,
    "role crimson-client"
    "\nidentify 299 read-maker"
    "\nrole crimson-server"
    "\n= ok"
    "\nvendor = Red Lion Controls (90)"
    "\nidentify 298 read-model"
    "\n= ok"
    "\nmodel = G306a (90)" },
  { "other-item",
    "0004 0130 2000"
    "\n< 0006 0130 0100 0001",
    ISTH_DISSECT_OK,
    "role crimson-client"
    "\nother 304 request (item 0x0130)"
    "\n= ok" },
  { "mid-stream-answer",
    "< 000a 012a 0300 \"G306a\" 00",
    ISTH_DISSECT_OK,
    "role crimson-server"
    "\nmodel = G306a (90)", .mid_stream = true },
  { "not-a-text",
    "0004 012a 1a00"
    "\n< 0008 012a 0300 01020304",
    ISTH_DISSECT_OK,
    "role crimson-client"
    "\nidentify 298 read-model"
    "\nrole crimson-server"
    "\n= ok" },
  { "too-short",
    "0003 012b 1b",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-crimson",
    "0004 022b 1b00",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is, and over TCP where it says that a PDU ends. */
static const IsthProbeCase probes[] = {
  { "0004 012b 1b00", ISTH_PROBE_STRONG, 6, .layer = ISTH_LAYER_TCP },
  { "0016 012b 0300 \"Red Lion Controls\" 00", ISTH_PROBE_STRONG, 24, .layer = ISTH_LAYER_TCP },
  { "000a 012a 0300 01 \"306a\" 00", ISTH_PROBE_WEAK, 12, .layer = ISTH_LAYER_TCP },
  { "0004 0130 2000", ISTH_PROBE_WEAK, 6, .layer = ISTH_LAYER_TCP },
  { "0004 012b 1b00 00", ISTH_PROBE_NO, 6, .layer = ISTH_LAYER_TCP },
  { "0004 022b 1b00", ISTH_PROBE_NO, 6, .layer = ISTH_LAYER_TCP },
  { "00", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_TCP },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_crimson, NULL, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_crimson, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/crimson/probe", test_probe);
  return g_test_run ();
}
