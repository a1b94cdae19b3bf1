/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Announcements with and without a name; other JSON. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_dropbox;

#define NAMELESS "\"{\" 22 \"version\" 22 \": [2, 0], \" 22 \"port\" 22 \": 17500, \" 22 \"host_int\" 22 \": 33040262401316711271, \" 22 \"displayname\" 22 \": \" 22 22 \", \" 22 \"namespaces\" 22 \": [1, 2]}\""
#define NAMED "\"{\" 22 \"host_int\" 22 \": 33040262401316711271, \" 22 \"version\" 22 \": [1, 8], \" 22 \"displayname\" 22 \": \" 22 \"press-7\" 22 \", \" 22 \"port\" 22 \": 17501, \" 22 \"namespaces\" 22 \": [1, 2]}\""

static const IsthDissectCase cases[] = {
  { "nameless",
    NAMELESS,
    ISTH_DISSECT_OK,
    "role dropbox\n"
    "software = Dropbox (60)\n"
    "report - announcement (shares on port 17500)", .udp = true },
  { "named",
    NAMED,
    ISTH_DISSECT_OK,
    "role dropbox\n"
    "software = Dropbox (60)\n"
    "name = press-7 (60)\n"
    "report - announcement (shares on port 17501)", .udp = true },
  { "again",
    NAMED "\n" NAMED,
    ISTH_DISSECT_OK,
    "role dropbox\n"
    "software = Dropbox (60)\n"
    "name = press-7 (60)\n"
    "report - announcement (shares on port 17501)\n"
    "role dropbox\n"
    "software = Dropbox (60)\n"
    "name = press-7 (60)\n"
    "report - announcement (shares on port 17501)", .udp = true },
};

static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { NAMED, ISTH_PROBE_STRONG, 0, ISTH_LAYER_UDP },
    { "\"{\" 22 \"host_int\" 22 \": 5, \" 22 \"name\" 22 \": 5}\"", ISTH_PROBE_NO, 0, ISTH_LAYER_UDP },
    { "\"{}\"", ISTH_PROBE_NO, 0, ISTH_LAYER_UDP },
  };

  isth_test_probes (&isth_dissector_dropbox, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_dropbox, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/dropbox/probe", test_probe);
  return g_test_run ();
}
