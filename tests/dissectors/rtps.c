/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RTPS: who takes part, which topics are announced, samples by their writer; submessages that lie about their length. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_rtps;

static const IsthDissectCase cases[] = {
  { "participant",
    "\"RTPS\" 0203010f0a0b0c0d0e0f01020304050609010800*9 1505340000001000*6 "
    "0100c2000000000100000000030000150004000203000062000c0008000000 \"Press 7\" 0001000000",
    ISTH_DISSECT_OK,
    "role dds-participant\n"
    "software = eProsima Fast DDS (90)\n"
    "protocol_address = 0a0b0c0d0e0f010203040506 (90)\n"
    "description = Press 7 (90)\n"
    "identify - announce-participant" },
  { "writer",
    "\"RTPS\" 0203010f0a0b0c0d0e0f01020304050609010800*9 15053c0000001000*7 03c20000000001000000000300000500100009000000 \"Pressure\" "
    "0000000007000800040000004261720001000000",
    ISTH_DISSECT_OK,
    "role dds-participant\n"
    "software = eProsima Fast DDS (90)\n"
    "protocol_address = 0a0b0c0d0e0f010203040506 (90)\n"
    "report - announce-writer (Pressure of type Bar)" },
  { "reader",
    "\"RTPS\" 0203010f0a0b0c0d0e0f0102030405061505300000001000*7 04c20000000001000000000300000500100009000000 \"Setpoint\" "
    "0000000001000000",
    ISTH_DISSECT_OK,
    "role dds-participant\n"
    "software = eProsima Fast DDS (90)\n"
    "protocol_address = 0a0b0c0d0e0f010203040506 (90)\n"
    "subscribe - announce-reader (Setpoint)" },
  { "data",
    "\"RTPS\" 0203010f0a0b0c0d0e0f01020304050609010800*9 15051c0000001000*7 010300000000010000000001000001020304\n"
    "\"RTPS\" 0203010f0a0b0c0d0e0f01020304050609010800*9 15051c0000001000*7 010300000000010000000001000001020304",
    ISTH_DISSECT_OK,
    "role dds-participant\n"
    "software = eProsima Fast DDS (90)\n"
    "protocol_address = 0a0b0c0d0e0f010203040506 (90)\n"
    "report - data (writer 0x00000103)\n"
    "role dds-participant\n"
    "software = eProsima Fast DDS (90)\n"
    "protocol_address = 0a0b0c0d0e0f010203040506 (90)\n"
    "report - data (writer 0x00000103)" },
  { "heartbeat",
    "\"RTPS\" 0203010f0a0b0c0d0e0f01020304050607011c00*29",
    ISTH_DISSECT_OK,
    "role dds-participant\n"
    "software = eProsima Fast DDS (90)\n"
    "protocol_address = 0a0b0c0d0e0f010203040506 (90)" },
  { "built-in",
    "\"RTPS\" 0203010f0a0b0c0d0e0f0102030405061505180000001000*6 0200c2000000000100000000010000",
    ISTH_DISSECT_OK,
    "role dds-participant\n"
    "software = eProsima Fast DDS (90)\n"
    "protocol_address = 0a0b0c0d0e0f010203040506 (90)" },
  { "gone",
    "\"RTPS\" 0203010f0a0b0c0d0e0f0102030405061503140000001000*6 0100c20000000001000000",
    ISTH_DISSECT_OK,
    "role dds-participant\n"
    "software = eProsima Fast DDS (90)\n"
    "protocol_address = 0a0b0c0d0e0f010203040506 (90)" },
  { "fragment",
    "\"RTPS\" 0203010f0a0b0c0d0e0f0102030405061601240000001c00*7 010300*24",
    ISTH_DISSECT_OK,
    "role dds-participant\n"
    "software = eProsima Fast DDS (90)\n"
    "protocol_address = 0a0b0c0d0e0f010203040506 (90)\n"
    "report - data (writer 0x00000103)" },
  { "unknown-maker",
    "\"RTPS\" 020301630a0b0c0d0e0f01020304050609010800*9",
    ISTH_DISSECT_OK,
    "role dds-participant\n"
    "protocol_address = 0a0b0c0d0e0f010203040506 (90)" },
  { "last-without-length",
    "\"RTPS\" 0203010f0a0b0c0d0e0f0102030405061505000000001000*7 0103000000000100000000010000",
    ISTH_DISSECT_OK,
    "role dds-participant\n"
    "software = eProsima Fast DDS (90)\n"
    "protocol_address = 0a0b0c0d0e0f010203040506 (90)\n"
    "report - data (writer 0x00000103)" },
  { "lying-string",
    "\"RTPS\" 0203010f0a0b0c0d0e0f0102030405061505280000001000*7 03c200000000010000000003000005000800630000006162630001000000",
    ISTH_DISSECT_OK,
    "role dds-participant\n"
    "software = eProsima Fast DDS (90)\n"
    "protocol_address = 0a0b0c0d0e0f010203040506 (90)" },
  { "lying-length",
    "\"RTPS\" 0203010f0a0b0c0d0e0f0102030405061501f4010000",
    ISTH_DISSECT_MALFORMED,
    "role dds-participant\n"
    "software = eProsima Fast DDS (90)\n"
    "protocol_address = 0a0b0c0d0e0f010203040506 (90)" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"RTPS\" 0203010f0a0b0c0d0e0f01020304050607011c00*29", ISTH_PROBE_STRONG },
    { "\"RTPS\" 0101010100*12", ISTH_PROBE_STRONG },
    { "\"RTPS\" 0203", ISTH_PROBE_NO },
    { "\"RTPX\" 020300*14", ISTH_PROBE_NO },
    { "\"RTPS\" 0700*15", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_rtps, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_rtps, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/rtps/probe", test_probe);
  return g_test_run ();
}
