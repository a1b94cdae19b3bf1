/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cyclic frames are one stream each; their status is said when it changes; an alarm has its acknowledgement as the outcome. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_profinet_rt;

#define CYCLIC "c001 00*40 1000 "
#define STREAM "report - cyclic-data (FrameID 0xc001 (RT class 1, legacy))\n"
#define RUNS "role profinet-provider\nstate = run (90)\nreport - data-status (FrameID 0xc001: run, valid, primary)"
#define ALARM(type) "0002 0001 11 11 ffff fffe 001a 0002 0016 01 00 " type " 00000000 0001 0001 00000011 00000022 a805 "
#define ACK(status) "<fe01 0001 0002 11 11 ffff fffe 0016 8002 0012 01 00 0001 00000000 0001 0001 a805 " status

static const IsthDissectCase cases[] = {
  { "cyclic", CYCLIC "35 00", ISTH_DISSECT_OK, STREAM RUNS },
  { "cyclic-again", CYCLIC "35 00\n" CYCLIC "35 00", ISTH_DISSECT_OK, STREAM RUNS "\n" "report - cyclic-data (FrameID 0xc001 (RT class 1, legacy))" },
  { "stops", CYCLIC "35 00\n" CYCLIC "25 00", ISTH_DISSECT_OK,
    STREAM RUNS "\n" STREAM "role profinet-provider\nstate = stop (90)\nreport - data-status (FrameID 0xc001: stop, valid, primary)" },
  { "both-ways", CYCLIC "35 00\n<" CYCLIC "25 00", ISTH_DISSECT_OK,
    STREAM RUNS "\n" STREAM "role profinet-provider\nstate = stop (90)\nreport - data-status (FrameID 0xc001: stop, valid, primary)" },
  { "problem", CYCLIC "11 00", ISTH_DISSECT_OK,
    STREAM "role profinet-provider\nstate = run (90)\nreport - data-status (FrameID 0xc001: run, invalid, primary, station problem)" },
  { "backup", "8001 00*40 1000 b4 00", ISTH_DISSECT_OK,
    "report - cyclic-data (FrameID 0x8001 (RT class 1))\nrole profinet-provider\n"
    "report - data-status (FrameID 0x8001: run, valid, backup, to be ignored)" },
  { "class-3", "0100 00*40 1000 35 00", ISTH_DISSECT_OK,
    "report - cyclic-data (FrameID 0x0100 (RT class 3))\nrole profinet-provider\nstate = run (90)\n"
    "report - data-status (FrameID 0x0100: run, valid, primary)" },
  { "reserved-bits", CYCLIC "ff 00", ISTH_DISSECT_MALFORMED, "" },
  { "too-short", "c001 3500", ISTH_DISSECT_MALFORMED, "" },
  { "alarm", "fe01 " ALARM ("0001"), ISTH_DISSECT_OK,
    "report 1 alarm-low (diagnosis, slot 1/1, module 0x00000011 submodule 0x00000022)" },
  { "alarm-high", "fc01 0002 0001 11 11 ffff fffe 001a 0001 0016 01 00 0003 00000000 0002 0001 00000011 00000022 a805", ISTH_DISSECT_OK,
    "report 3 alarm-high (pull, slot 2/1, module 0x00000011 submodule 0x00000022)" },
  { "alarm-acknowledged", "fe01 " ALARM ("0001") "\n" ACK ("00000000"), ISTH_DISSECT_OK,
    "report 1 alarm-low (diagnosis, slot 1/1, module 0x00000011 submodule 0x00000022)\n= ok" },
  { "alarm-refused", "fe01 " ALARM ("0001") "\n" ACK ("da813c00"), ISTH_DISSECT_OK,
    "report 1 alarm-low (diagnosis, slot 1/1, module 0x00000011 submodule 0x00000022)\n= refused: alarm acknowledged with an error" },
  { "alarm-unknown", "fe01 " ALARM ("0077"), ISTH_DISSECT_OK,
    "report 119 alarm-low (type 0x0077, slot 1/1, module 0x00000011 submodule 0x00000022)" },
  { "other-answer", ACK ("00000000"), ISTH_DISSECT_OK, "" },
  { "transport-only", "fe01 0002 0001 13 00 ffff fffe 0000", ISTH_DISSECT_OK, "" },
  { "abort", "fe01 0002 0001 14 00 ffff fffe 0004 cf81fd05", ISTH_DISSECT_OK, "other 4 abort (consumer watchdog expired)" },
  { "abort-other", "fe01 0002 0001 14 00 ffff fffe 0004 cf8177ff", ISTH_DISSECT_OK, "other 4 abort (error 0xcf8177ff)" },
  { "alarm-lies", "fe01 0002 0001 11 00 ffff fffe 0077 0002", ISTH_DISSECT_MALFORMED, "" },
  { "alarm-type-unknown", "fe01 0002 0001 1f 00 ffff fffe 0000", ISTH_DISSECT_MALFORMED, "" },
  { "fragment", "ff80 00*20", ISTH_DISSECT_OK, "other - fragment" },
  { "reserved-identifier", "1000 00*40 1000 35 00", ISTH_DISSECT_NOT_MINE, "" },
  { "discovery", "fefe 05 00 00000007 0001 0004 ffff 0000", ISTH_DISSECT_NOT_MINE, "" },
  { "time", "ff40 00*20 0c06 020000000001 0000", ISTH_DISSECT_NOT_MINE, "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_profinet_rt, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
