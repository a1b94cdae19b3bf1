/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CIP I/O: connections told apart, lengths that lie, and what is none. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_cip_io;

#define HEAD "0200 0280 0800 03064b00 db943f00 b100 "

static const IsthDissectCase cases[] = {
  { "data", HEAD "0600 a587e80f0300", ISTH_DISSECT_OK, "role cip-io-producer\nreport - io-data (connection 0x004b0603, 6 bytes)" },
  { "both-ways", HEAD "0600 a587e80f0300\n< 0200 0280 0800 04400e00 01000000 b100 0200 0100\n> " HEAD "0600 a687e80f0300", ISTH_DISSECT_OK,
    "role cip-io-producer\nreport - io-data (connection 0x004b0603, 6 bytes)\nrole cip-io-producer\nreport - io-data (connection 0x000e4004, 2 bytes)"
    "\nreport - io-data (connection 0x004b0603, 6 bytes)" },
  { "heartbeat", HEAD "0000", ISTH_DISSECT_OK, "role cip-io-producer\nreport - io-data (connection 0x004b0603, 0 bytes)" },
  { "length-lies", HEAD "0700 a587e80f0300", ISTH_DISSECT_MALFORMED, "" },
  { "cut", "0200 0280 0800 0306", ISTH_DISSECT_MALFORMED, "" },
  { "other-items", "0200 0000 0000 b200 0400 01020304", ISTH_DISSECT_NOT_MINE, "" },
};

static const IsthProbeCase probes[] = {
  { HEAD "0600 a587e80f0300", ISTH_PROBE_STRONG },
  { HEAD "0700 a587e80f0300", ISTH_PROBE_NO },
  { "0200 0280 0800 03064b00 db943f00 b200 0000", ISTH_PROBE_NO },
  { "0200 0280 0800", ISTH_PROBE_NO },
  { "0100 0280 0800 03064b00 db943f00", ISTH_PROBE_NO },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_cip_io, NULL, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_cip_io, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/cip-io/probe", test_probe);
  return g_test_run ();
}
