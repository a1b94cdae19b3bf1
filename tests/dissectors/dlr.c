/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Device Level Ring: each frame, nodes that sign on, counts that lie, and what is none. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_dlr;

#define HEAD(type) "02 01 " type " 00 0a000001 00000001 "
#define BIND "\nbind 02:00:00:00:00:01 10.0.0.1"

static const IsthDissectCase cases[] = {
  { "beacon", HEAD ("01") "01 ff 00000190 00000780 00*20", ISTH_DISSECT_OK, "role dlr-supervisor" BIND "\nreport 1 beacon (ring closed, every 400 µs)", .to_group = true },
  { "beacon-broken", HEAD ("01") "02 ff 00000190 00000780", ISTH_DISSECT_OK, "role dlr-supervisor" BIND "\nreport 1 beacon (ring broken, every 400 µs)", .to_group = true },
  { "beacon-cut", HEAD ("01") "01 ff 0000", ISTH_DISSECT_MALFORMED, "", .to_group = true },
  { "neighbour-check", HEAD ("02") "00*30", ISTH_DISSECT_OK, "diagnose 2 neighbour-check-request\nrole dlr-node" BIND, .to_group = true },
  { "neighbour-answer", HEAD ("03") "01 00*29", ISTH_DISSECT_OK, "diagnose 3 neighbour-check-response\nrole dlr-node" BIND, .to_group = true },
  { "status", HEAD ("04") "01 00*29", ISTH_DISSECT_OK, "report 4 link-status (port 1 active, port 2 dead)\nrole dlr-node" BIND, .to_group = true },
  { "locate", HEAD ("05") "00*30", ISTH_DISSECT_OK, "diagnose 5 locate-fault\nrole dlr-supervisor" BIND, .to_group = true },
  { "announce", HEAD ("06") "01 00*29", ISTH_DISSECT_OK, "report 6 announce (ring closed)\nrole dlr-supervisor" BIND, .to_group = true },
  { "sign-on", HEAD ("07") "0002 020000000001 0a000001 020000000007 0a000007", ISTH_DISSECT_OK,
    "bind 02:00:00:00:00:01 10.0.0.1\nbind 02:00:00:00:00:07 10.0.0.7\nother 7 sign-on\nrole dlr-node", .to_group = true },
  { "sign-on-lies", HEAD ("07") "0003 020000000001 0a000001", ISTH_DISSECT_MALFORMED, "bind 02:00:00:00:00:01 10.0.0.1", .to_group = true },
  { "advertise", HEAD ("08") "02 01 000001f4", ISTH_DISSECT_OK, "report 8 advertise\nrole dlr-gateway" BIND, .to_group = true },
  { "flush", HEAD ("09") "01", ISTH_DISSECT_OK, "control 9 flush-tables\nrole dlr-gateway" BIND, .to_group = true },
  { "learn", HEAD ("0a") "00*34", ISTH_DISSECT_OK, "other 10 learning-update\nrole dlr-node" BIND, .to_group = true },
  { "no-address", "02 01 06 00 00000000 00000001 01", ISTH_DISSECT_OK, "report 6 announce (ring closed)\nrole dlr-supervisor", .to_group = true },
  { "other-version", "02 02 01 00 0a000001 00000001 01", ISTH_DISSECT_NOT_MINE, "", .to_group = true },
  { "other-type", HEAD ("0b") "00", ISTH_DISSECT_NOT_MINE, "", .to_group = true },
  { "short", "02 01 01 00 0a00", ISTH_DISSECT_MALFORMED, "", .to_group = true },
};

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_dlr, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
