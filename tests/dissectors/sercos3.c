/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telegrams are streams by number and phase; slaves tell their addresses while the line starts up. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_sercos3;

static const IsthDissectCase cases[] = {
  { "master-telegram",
    "00 04 aabbccdd 00*40",
    ISTH_DISSECT_OK,
    "report 0 master-telegram (MDT0, primary channel, phase CP4)\n"
    "role sercos3-master\n"
    "state = CP4 (90)", .to_group = true },
  { "drive-telegram",
    "e1 14 aabbccdd 00*40 \n e1 24 aabbccdd 00*40",
    ISTH_DISSECT_OK,
    "report 65 drive-telegram (AT1, secondary channel, phase CP4)\n"
    "role sercos3-master\n"
    "state = CP4 (90)\n"
    "report 65 drive-telegram (AT1, secondary channel, phase CP4)\n"
    "role sercos3-master\n"
    "state = CP4 (90)" },
  { "phase-change",
    "00 83 aabbccdd 00*40",
    ISTH_DISSECT_OK,
    "report 0 master-telegram (MDT0, primary channel, phase CP3, to be entered)\n"
    "role sercos3-master" },
  { "addresses",
    "40 00 aabbccdd 0300 0a00 0b80 ff*20",
    ISTH_DISSECT_OK,
    "report 64 drive-telegram (AT0, primary channel, phase CP0)\n"
    "role sercos3-master\n"
    "state = CP0 (90)\n"
    "child sercos3-slave:10\n"
    "protocol_address = 10 (90) @sercos3-slave:10\n"
    "child sercos3-slave:11\n"
    "protocol_address = 11 (90) @sercos3-slave:11" },
  { "no-addresses",
    "40 00 aabbccdd 0100 ff*20",
    ISTH_DISSECT_OK,
    "report 64 drive-telegram (AT0, primary channel, phase CP0)\n"
    "role sercos3-master\n"
    "state = CP0 (90)" },
  { "addresses-lie",
    "40 00 aabbccdd ff01 0a00",
    ISTH_DISSECT_OK,
    "report 64 drive-telegram (AT0, primary channel, phase CP0)\n"
    "role sercos3-master\n"
    "state = CP0 (90)\n"
    "child sercos3-slave:10\n"
    "protocol_address = 10 (90) @sercos3-slave:10" },
  { "empty-places",
    "40 00 aabbccdd 0400 0000 ffff ff01",
    ISTH_DISSECT_OK,
    "report 64 drive-telegram (AT0, primary channel, phase CP0)\n"
    "role sercos3-master\n"
    "state = CP0 (90)" },
  { "telegram-unknown",
    "05 04 aabbccdd",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "phase-unknown",
    "00 05 aabbccdd",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut",
    "00 04 aabb",
    ISTH_DISSECT_MALFORMED,
    "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_sercos3, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
