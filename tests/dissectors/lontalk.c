/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LonTalk over IP: variables told, polled and acknowledged, nodes managed; messages that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_lontalk;

static const IsthDissectCase cases[] = {
  { "to-a-chip",
    "0023 0101 0000 0000 00001234 00000001 00000000 01 1d 0181 01 000102030405 01 05 61 00",
    ISTH_DISSECT_OK,
    "child lontalk:1/1\n"
    "role lontalk-node @lontalk:1/1\n"
    "identify 97 query-id" },
  { "to-a-group",
    "001e 0101 0000 0000 00001234 00000001 00000000 01 05 01aa 07 01 03 810d 00\n"
    "< 001e 0101 0000 0000 00001234 00000001 00000000 00 09 0109 01aa 07 00 01 23",
    ISTH_DISSECT_OK,
    "child lontalk:1/42\n"
    "role lontalk-node @lontalk:1/42\n"
    "report - update-variable (variable 269)\n"
    "child lontalk:1/9" },
  { "to-all-without-domain",
    "001c 0101 0000 0000 00001234 00000001 00000000 01 30 01aa 00 8405 01",
    ISTH_DISSECT_OK,
    "child lontalk:1/42\n"
    "role lontalk-node @lontalk:1/42\n"
    "report - update-variable (variable 1029)" },
  { "long-domain",
    "0024 0101 0000 0000 00001234 00000001 00000000 01 0b 01aa 01a9 010203040506 03 810d 00",
    ISTH_DISSECT_OK,
    "child lontalk:1/42\n"
    "role lontalk-node @lontalk:1/42\n"
    "report - update-variable (variable 269) @lontalk:1/41" },
  { "repeated",
    "001f 0101 0000 0000 00001234 00000001 00000000 01 09 01aa 01a9 01 13 810d 00",
    ISTH_DISSECT_OK,
    "child lontalk:1/42\n"
    "role lontalk-node @lontalk:1/42\n"
    "report - update-variable (variable 269) @lontalk:1/41" },
  { "reminder",
    "001d 0101 0000 0000 00001234 00000001 00000000 01 09 01aa 01a9 01 43 00\n"
    "0021 0101 0000 0000 00001234 00000001 00000000 01 09 01aa 01a9 01 53 01 ff 810d 00",
    ISTH_DISSECT_OK,
    "child lontalk:1/42\n"
    "child lontalk:1/42\n"
    "role lontalk-node @lontalk:1/42\n"
    "report - update-variable (variable 269) @lontalk:1/41" },
  { "application",
    "001c 0101 0000 0000 00001234 00000001 00000000 01 39 01aa 01a9 01 05\n"
    "001d 0101 0000 0000 00001234 00000001 00000000 01 39 01aa 01a9 01 4e 01\n"
    "001c 0101 0000 0000 00001234 00000001 00000000 01 39 01aa 01a9 01 5f",
    ISTH_DISSECT_OK,
    "child lontalk:1/42\n"
    "role lontalk-node @lontalk:1/42\n"
    "other 5 application-message @lontalk:1/41\n"
    "child lontalk:1/42\n"
    "role lontalk-node @lontalk:1/42\n"
    "other 78 foreign-frame @lontalk:1/41\n"
    "child lontalk:1/42\n"
    "role lontalk-node @lontalk:1/42\n"
    "other 95 management @lontalk:1/41" },
  { "modes",
    "001d 0101 0000 0000 00001234 00000001 00000000 01 39 01aa 01a9 01 6c 02\n"
    "001c 0101 0000 0000 00001234 00000001 00000000 01 39 01aa 01a9 01 70\n"
    "001d 0101 0000 0000 00001234 00000001 00000000 01 39 01aa 01a9 01 63 00",
    ISTH_DISSECT_OK,
    "child lontalk:1/42\n"
    "role lontalk-node @lontalk:1/42\n"
    "control 108 set-node-mode (reset) @lontalk:1/41\n"
    "child lontalk:1/42\n"
    "role lontalk-node @lontalk:1/42\n"
    "diagnose 112 wink @lontalk:1/41\n"
    "child lontalk:1/42\n"
    "role lontalk-node @lontalk:1/42\n"
    "configure 99 update-domain @lontalk:1/41" },
  { "added-header",
    "0023 0101 0100 0000 00001234 00000001 00000000 0102030401 09 01aa 01a9 01 13 810d 00",
    ISTH_DISSECT_OK,
    "child lontalk:1/42\n"
    "role lontalk-node @lontalk:1/42\n"
    "report - update-variable (variable 269) @lontalk:1/41" },
  { "tunnel",
    "0015 0103 0000 0000 00001234 00000001 00000000 00\n"
    "0015 0104 0000 0000 00001234 00000001 00000000 00\n"
    "0015 017f 0000 0000 00001234 00000001 00000000 00",
    ISTH_DISSECT_OK,
    "report 3 device-registration\n"
    "configure 4 channel-membership\n"
    "other 127 segment" },
  { "query-id-cut",
    "001e 0101 0000 0000 00001234 00000001 00000000 01 19 0181 01a9 01 05 61 00\n"
    "< 001f 0101 0000 0000 00001234 00000001 00000000 01 19 01a9 0181 01 25 21 0001",
    ISTH_DISSECT_OK,
    "child lontalk:1/1\n"
    "role lontalk-node @lontalk:1/1\n"
    "identify 97 query-id @lontalk:1/41\n"
    "child lontalk:1/41\n"
    "= ok" },
  { "no-message",
    "001c 0101 0000 0000 00001234 00000001 00000000 01 09 01aa 01a9 01 03",
    ISTH_DISSECT_MALFORMED,
    "child lontalk:1/42" },
  { "reminder-lies",
    "001f 0101 0000 0000 00001234 00000001 00000000 01 09 01aa 01a9 01 53 ff 810d",
    ISTH_DISSECT_MALFORMED,
    "child lontalk:1/42" },
  { "address-cut",
    "0018 0101 0000 0000 00001234 00000001 00000000 01 09 01aa",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "longer-than-there",
    "0040 0101 0000 0000 00001234 00000001 00000000 01 09",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "version-2",
    "0018 0201 0000 0000 00001234 00000001 00000000 01 09 01aa",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is. */
static const IsthProbeCase probes[] = {
  { "001f 0101 0000 0000 00001234 00000001 00000000 01 09 01aa 01a9 01 03 810d 00", ISTH_PROBE_STRONG },
  { "001f 0101 0000 0000 00001234 00000001 00000000 01 49 01aa 01a9 01 03 810d 00", ISTH_PROBE_NO },
  { "0015 0164 0000 0000 00001234 00000001 00000000 00", ISTH_PROBE_WEAK },
  { "0015 0122 0000 0000 00001234 00000001 00000000 00", ISTH_PROBE_NO },
  { "001a 0101 0000", ISTH_PROBE_NO },
  { "4500 0101", ISTH_PROBE_NO },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_lontalk, &(IsthPacket) { .layer = ISTH_LAYER_UDP, .source_port = 40000, .target_port = 0 }, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_lontalk, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/lontalk/probe", test_probe);
  return g_test_run ();
}
