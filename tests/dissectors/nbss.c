/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NetBIOS session service: names called, refusals, SMB handed on, long messages in pieces. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_nbss;

static const IsthDissectCase cases[] = {
  { "call",
    "810000 \"D FDFCFGDBCACACACACACACACACACACACA\" 00 \" EIENEJDCCACACACACACACACACACACAAA\" 00\n"
    "< 82000000\n"
    "85000000",
    ISTH_DISSECT_OK,
    "other 129 session-request (SRV1<20>)\n"
    "hostname = SRV1<20> (60) about 10.0.0.2\n"
    "hostname = SRV1 (75) about 10.0.0.2\n"
    "hostname = HMI2<00> (60)\n"
    "hostname = HMI2 (90)\n"
    "= ok" },
  { "any-name",
    "810000 \"D CKFDENECFDEFFCFGEFFCCACACACACACA\" 00 \" EIENEJDCCACACACACACACACACACACAAA\" 00\n"
    "< 8300000182",
    ISTH_DISSECT_OK,
    "other 129 session-request (*SMBSERVER<20>)\n"
    "hostname = HMI2<00> (60)\n"
    "hostname = HMI2 (90)\n"
    "= refused: called name not present" },
  { "message",
    "00000044fe \"SMB@\" 000100*5 0d000100*9 2800*7 fffe00*6 1100*23 04000000\n"
    "< 00000044fe \"SMB@\" 000100*5 0d0001000100*7 2800*7 fffe00*6 1100*23 04000000",
    ISTH_DISSECT_OK,
    "smb2: other 13 echo\n"
    "smb2: = ok" },
  { "long",
    "00004e90fe \"SMB@\" 000100*5 09000100*9 0500*7 fffe0000010000001100*23 31007000204e00*10 0100*7 011000*8098\n"
    "ee*100",
    ISTH_DISSECT_OK,
    "smb2: file 9 write", .pieces = true },
  { "stray-piece",
    "ee*100",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "bad-name",
    "810000 \"D!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA FICACACACACACACACACACACACACACACA\" 00",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "bad-message",
    "0000002cfe534d4200*40",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "810000 \"D FDFCFGDBCACACACACACACACACACACACA\" 00 \" EIENEJDCCACACACACACACACACACACAAA\" 00", ISTH_PROBE_STRONG, 72 },
    { "00000044fe \"SMB@\" 000100*5 0d000100*9 2800*7 fffe00*6 1100*23 04000000", ISTH_PROBE_STRONG, 72 },
    { "00004e90fe \"SMB@\" 000100*5 09000100*9 0500*7 fffe0000010000001100*23 31007000204e00*10 0100*7 011000*8098", ISTH_PROBE_STRONG, 8192 },
    { "85000000", ISTH_PROBE_WEAK, 4 },
    { "82000000", ISTH_PROBE_WEAK, 4 },
    { "81000010", ISTH_PROBE_NO, 1 },
    { "00000040fe534d41", ISTH_PROBE_NO, 1 },
    { "00000040fe", ISTH_PROBE_NO, ISTH_PDU_MORE },
    { "ee*20 00000044fe \"SMB@\" 000100*5 0d000100*9 2800*7 fffe00*6 1100*23 04000000", ISTH_PROBE_NO, 20 },
    { "ee*20 000000", ISTH_PROBE_NO, 20 },
    { "ee*3000", ISTH_PROBE_NO, 2048 },
    { "\"GET / HTTP/1.1\"", ISTH_PROBE_NO, 14 },
  };

  isth_test_probes (&isth_dissector_nbss, NULL, starts, G_N_ELEMENTS (starts), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_nbss, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/nbss/probe", test_probe);
  return g_test_run ();
}
