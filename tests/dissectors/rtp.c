/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RTP and RTCP: sources that go on as they must, and what does not; reports, and what sources call themselves. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_rtp;

#define AUDIO "11223344 d5*160"
#define VIDEO "01020304 67*40"
#define SENDER_REPORT "80c8 0006 11223344 83aa7e80 00000000 00000320 00000002 00000140 "
#define NAME "81ca 0008 11223344 01 10 \"bob@phone-7.site\" 06 04 \"pj 2\" 00000000 "

static const IsthDissectCase cases[] = {
  { "goes-on",
    "8000 0001 00000000 " AUDIO "\n"
    "8000 0002 000000a0 " AUDIO "\n"
    "8000 0003 00000140 " AUDIO "\n"
    "< 8088 ffff 00000000 " AUDIO "\n"
    "< 8008 0000 000000a0 " AUDIO,
    ISTH_DISSECT_OK,
    "role rtp-sender\n"
    "report 0 stream (PCMU, source 0x11223344)\n"
    "role rtp-sender\n"
    "report 0 stream (PCMU, source 0x11223344)\n"
    "role rtp-sender\n"
    "report 8 stream (PCMA, source 0x11223344)" },
  { "both-ways",
    "8060 0001 00000000 " VIDEO "\n"
    "8060 0002 00000000 " VIDEO "\n"
    "< 8008 0001 00000000 " AUDIO "\n"
    "< 8008 0003 00000140 " AUDIO,
    ISTH_DISSECT_OK,
    "role rtp-sender\n"
    "report 96 stream (type 96, source 0x01020304)\n"
    "role rtp-sender\n"
    "report 8 stream (PCMA, source 0x11223344)" },
  { "another-source",
    "8000 0001 00000000 " AUDIO "\n"
    "8000 0002 000000a0 aabbccdd d5*160",
    ISTH_DISSECT_NOT_MINE, "" },
  { "the-same-again", /* the counter of another protocol would stand still */
    "8000 0001 00000000 " AUDIO "\n"
    "8000 0001 00000000 " AUDIO,
    ISTH_DISSECT_NOT_MINE, "" },
  { "clock-jumps",
    "8000 0001 00000000 " AUDIO "\n"
    "8000 0002 7fffffff " AUDIO,
    ISTH_DISSECT_NOT_MINE, "" },
  { "extension-and-contributors",
    "9200 0001 00000000 01020304 00000005 00000006 bede 0001 10aa0000 d5*20\n"
    "9200 0002 000000a0 01020304 00000005 00000006 bede 0001 10aa0000 d5*20",
    ISTH_DISSECT_OK,
    "role rtp-sender\n"
    "report 0 stream (PCMU, source 0x01020304)" },
  { "extension-too-long",
    "9000 0001 00000000 01020304 bede 0100 10aa0000",
    ISTH_DISSECT_NOT_MINE, "", .pieces = true },
  { "reports",
    SENDER_REPORT NAME "\n"
    SENDER_REPORT NAME "\n"
    "< 81c9 0007 55667788 11223344 00000000 00000001 00000005 7e800000 00000100",
    ISTH_DISSECT_OK,
    "report 200 sender-report (source 0x11223344)\n"
    "protocol_address = bob@phone-7.site (90)\n"
    "software = pj 2 (60)\n"
    "report 200 sender-report (source 0x11223344)\n"
    "protocol_address = bob@phone-7.site (90)\n"
    "software = pj 2 (60)\n"
    "report 201 receiver-report (source 0x55667788)" },
  { "report-too-short",
    "81c8 0006 11223344 83aa7e80 00000000 00000320 00000002 00000140",
    ISTH_DISSECT_NOT_MINE, "", .pieces = true },
  { "report-lies",
    SENDER_REPORT "81ca 0040 11223344 01 10",
    ISTH_DISSECT_NOT_MINE, "", .pieces = true },
};

static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "8000 0001 00000000 " AUDIO, ISTH_PROBE_STRONG },
    { SENDER_REPORT, ISTH_PROBE_STRONG },
    { "80ca 0001 11223344", ISTH_PROBE_NO }, /* reports of a source begin with how it sends */
    { "8048 0001 00000000 " AUDIO, ISTH_PROBE_NO },
    { "c000 0001 00000000 " AUDIO, ISTH_PROBE_NO },
    { "4000 0001 00000000 " AUDIO, ISTH_PROBE_NO },
    { "8000 0200 1300 00f0 00 12 01 01", ISTH_PROBE_NO }, /* FINS: nothing behind the header */
    { "80", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_rtp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_rtp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/rtp/probe", test_probe);
  return g_test_run ();
}
