/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IEC 60870-5-104: commands and their mirrors, reports, files, and frames that lie. A row gives the ASDU; start, length and control octets are
 * put in front of it here. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_iec104;

#define A "role iec104-controlling-station"
#define B "\nrole iec104-controlled-station\nchild iec104-ca:3\nprotocol_address = 3 (90) @iec104-ca:3"
#define AT " @iec104-ca:3"

/* Type, count, cause, originator, station 3, object 4801 for most. */
#define HEAD(type, cause) type " 01 " cause " 00 0300 c11200 "

/* Each line: '>' from the controlling station, '<' back; an ASDU, "U" and the first control octet, "S", or "raw" and the whole frame. */
static const IsthDissectCase rows[] = {
  { "single-command", "> " HEAD ("2d", "06") "81\n< " HEAD ("2d", "07") "81\n> " HEAD ("2d", "06") "01\n< " HEAD ("2d", "07") "01\n< "
    HEAD ("2d", "0a") "01", ISTH_DISSECT_OK,
    A "\nwrite 45 C_SC_NA_1 (object 4801 select on)" AT B "\nother 45 C_SC_NA_1 (activation confirmation)\n= ok"
    "\nwrite 45 C_SC_NA_1 (object 4801 execute on)" AT "\nother 45 C_SC_NA_1 (activation confirmation)\n= ok"
    "\nother 45 C_SC_NA_1 (activation termination)" },
  { "refused", "> " HEAD ("2e", "06") "02\n< " HEAD ("2e", "47") "02", ISTH_DISSECT_OK,
    A "\nwrite 46 C_DC_NA_1 (object 4801 execute on)" AT B "\nother 46 C_DC_NA_1 (activation confirmation, negative)"
    "\n= refused: negative confirmation" },
  { "cancelled", "> " HEAD ("2d", "08") "81\n< " HEAD ("2d", "09") "81", ISTH_DISSECT_OK,
    A "\nwrite 45 C_SC_NA_1 (object 4801 cancel on)" AT B "\nother 45 C_SC_NA_1 (deactivation confirmation)\n= ok" },
  { "step-command", "> " HEAD ("2f", "06") "82", ISTH_DISSECT_OK, A "\nwrite 47 C_RC_NA_1 (object 4801 select higher)" AT },
  { "set-point-normalized", "> " HEAD ("30", "06") "0040 80", ISTH_DISSECT_OK, A "\nwrite 48 C_SE_NA_1 (object 4801 select)" AT },
  { "set-point-scaled", "> " HEAD ("31", "06") "0040 00", ISTH_DISSECT_OK, A "\nwrite 49 C_SE_NB_1 (object 4801 execute)" AT },
  { "set-point-float", "> " HEAD ("32", "06") "0000803f 00", ISTH_DISSECT_OK, A "\nwrite 50 C_SE_NC_1 (object 4801 execute)" AT },
  { "bits", "> " HEAD ("33", "06") "01020304", ISTH_DISSECT_OK, A "\nwrite 51 C_BO_NA_1 (object 4801)" AT },
  { "single-command-time", "> " HEAD ("3a", "06") "00 00*7", ISTH_DISSECT_OK, A "\nwrite 58 C_SC_TA_1 (object 4801 execute off)" AT },
  { "double-command-time", "> " HEAD ("3b", "06") "01 00*7", ISTH_DISSECT_OK, A "\nwrite 59 C_DC_TA_1 (object 4801 execute off)" AT },
  { "step-command-time", "> " HEAD ("3c", "06") "01 00*7", ISTH_DISSECT_OK, A "\nwrite 60 C_RC_TA_1 (object 4801 execute lower)" AT },
  { "set-point-time", "> " HEAD ("3d", "06") "0040 80 00*7\n> " HEAD ("3e", "06") "0040 00 00*7\n> " HEAD ("3f", "06") "00*4 00 00*7\n> "
    HEAD ("40", "06") "00*4 00*7", ISTH_DISSECT_OK,
    A "\nwrite 61 C_SE_TA_1 (object 4801 select)" AT "\nwrite 62 C_SE_TB_1 (object 4801 execute)" AT "\nwrite 63 C_SE_TC_1 (object 4801 execute)" AT
    "\nwrite 64 C_BO_TA_1 (object 4801)" AT },
  { "interrogation", "> 64 01 06 00 0300 000000 14\n< 64 01 07 00 0300 000000 14\n< 01 82 14 00 0300 010000 0100\n< 64 01 0a 00 0300 000000 14",
    ISTH_DISSECT_OK,
    A "\nread 100 C_IC_NA_1 (station)" AT B "\nother 100 C_IC_NA_1 (activation confirmation)\n= ok"
    "\nreport 1 M_SP_NA_1 (interrogated by station)\nother 100 C_IC_NA_1 (activation termination)" },
  { "interrogation-of-group", "> 64 01 06 00 0300 000000 16\n> 64 01 08 00 0300 000000 16\n> 64 01 06 00 0300 000000 00", ISTH_DISSECT_OK,
    A "\nread 100 C_IC_NA_1 (group 2)" AT "\nread 100 C_IC_NA_1 (group 2 deactivate)" AT "\nread 100 C_IC_NA_1 (qualifier 0)" AT },
  { "interrogation-of-all", "> 64 01 06 00 ffff 000000 14\n< 64 01 07 00 0300 000000 14\n< 64 01 07 00 0400 000000 14", ISTH_DISSECT_OK,
    A "\nread 100 C_IC_NA_1 (station, all stations)" B "\nother 100 C_IC_NA_1 (activation confirmation)\n= ok"
    "\nchild iec104-ca:4\nprotocol_address = 4 (90) @iec104-ca:4\nother 100 C_IC_NA_1 (activation confirmation)" },
  { "counters", "> 65 01 06 00 0300 000000 05\n> 65 01 06 00 0300 000000 41\n> 65 01 06 00 0300 000000 85", ISTH_DISSECT_OK,
    A "\nread 101 C_CI_NA_1 (all counters)" AT "\nwrite 101 C_CI_NA_1 (group 1, freeze)" AT "\nwrite 101 C_CI_NA_1 (all counters, freeze and reset)" AT },
  { "read", "> " HEAD ("66", "05") "\n< " HEAD ("0d", "05") "0000803f 00", ISTH_DISSECT_OK,
    A "\nread 102 C_RD_NA_1 (object 4801)" AT B "\nreport 13 M_ME_NC_1 (requested)\n= ok" },
  { "clock", "> 67 01 06 00 0300 000000 00*7\n< 67 01 07 00 0300 000000 00*7", ISTH_DISSECT_OK,
    A "\ntime-sync 103 C_CS_NA_1" AT B "\nother 103 C_CS_NA_1 (activation confirmation)\n= ok" },
  { "test", "> 68 01 06 00 0300 000000 aa55\n> 6b 01 06 00 0300 000000 0000 00*7\n> 6a 01 06 00 0300 000000 0100", ISTH_DISSECT_OK,
    A "\ndiagnose 104 C_TS_NA_1" AT "\ndiagnose 107 C_TS_TA_1" AT "\ntime-sync 106 C_CD_NA_1" AT },
  { "reset", "> 69 01 06 00 0300 000000 01\n< 69 01 47 00 0300 000000 01", ISTH_DISSECT_OK,
    A "\ncontrol 105 C_RP_NA_1 (process)" AT B "\nother 105 C_RP_NA_1 (activation confirmation, negative)\n= refused: negative confirmation" },
  { "parameters", "> " HEAD ("6e", "06") "0040 01\n> " HEAD ("6f", "06") "0040 03\n> " HEAD ("70", "06") "00*4 04\n> " HEAD ("71", "06") "03",
    ISTH_DISSECT_OK,
    A "\nconfigure 110 P_ME_NA_1 (object 4801 threshold)" AT "\nconfigure 111 P_ME_NB_1 (object 4801 low limit)" AT
    "\nconfigure 112 P_ME_NC_1 (object 4801 high limit)" AT "\nconfigure 113 P_AC_NA_1 (object 4801)" AT },
  { "unknown-object", "> " HEAD ("2d", "06") "01\n< " HEAD ("2d", "6f") "01", ISTH_DISSECT_OK,
    A "\nwrite 45 C_SC_NA_1 (object 4801 execute on)" AT "\nrole iec104-controlled-station"
    "\nother 45 C_SC_NA_1 (unknown information object address, negative)\n= refused: unknown information object address" },
  { "test-bit", "> " HEAD ("2d", "86") "01", ISTH_DISSECT_OK, A "\nwrite 45 C_SC_NA_1 (object 4801 execute on test)" AT },
  { "several-objects", "> 2d 02 06 00 0300 010000 01 020000 01", ISTH_DISSECT_OK, A "\nwrite 45 C_SC_NA_1 (object 1 and 1 more execute on)" AT },
  { "security", "> 54 01 0f 00 0300 000000 0100\n< 55 01 0f 00 0300 000000 0100 00*8", ISTH_DISSECT_OK,
    "authenticate 84 S_KR_NA_1" AT "\nauthenticate 85 S_KS_NA_1 (session key maintenance)" },

  { "reports", "< " HEAD ("01", "03") "01\n< " HEAD ("02", "03") "01 00*3\n< " HEAD ("03", "03") "01\n< " HEAD ("04", "03") "01 00*3\n< "
    HEAD ("05", "03") "0100\n< " HEAD ("06", "03") "0100 00*3\n< " HEAD ("07", "03") "00*5\n< " HEAD ("08", "03") "00*8\n< " HEAD ("09", "01") "00*3\n< "
    HEAD ("0a", "01") "00*6\n< " HEAD ("0b", "01") "00*3\n< " HEAD ("0c", "01") "00*6\n< " HEAD ("0e", "02") "00*8\n< " HEAD ("0f", "25") "00*5\n< "
    HEAD ("10", "03") "00*8\n< " HEAD ("14", "14") "00*5\n< " HEAD ("15", "14") "00*2", ISTH_DISSECT_OK,
    "role iec104-controlled-station\nchild iec104-ca:3\nprotocol_address = 3 (90) @iec104-ca:3"
    "\nreport 1 M_SP_NA_1 (spontaneous)\nreport 2 M_SP_TA_1 (spontaneous)\nreport 3 M_DP_NA_1 (spontaneous)"
    "\nreport 4 M_DP_TA_1 (spontaneous)\nreport 5 M_ST_NA_1 (spontaneous)\nreport 6 M_ST_TA_1 (spontaneous)"
    "\nreport 7 M_BO_NA_1 (spontaneous)\nreport 8 M_BO_TA_1 (spontaneous)\nreport 9 M_ME_NA_1 (periodic)"
    "\nreport 10 M_ME_TA_1 (periodic)\nreport 11 M_ME_NB_1 (periodic)\nreport 12 M_ME_TB_1 (periodic)"
    "\nreport 14 M_ME_TC_1 (background scan)\nreport 15 M_IT_NA_1 (requested by general counter request)"
    "\nreport 16 M_IT_TA_1 (spontaneous)\nreport 20 M_PS_NA_1 (interrogated by station)"
    "\nreport 21 M_ME_ND_1 (interrogated by station)" },
  { "reports-with-time", "< " HEAD ("1e", "03") "00*8\n< " HEAD ("1f", "03") "00*8\n< " HEAD ("20", "03") "00*9\n< " HEAD ("21", "03") "00*12\n< "
    HEAD ("22", "03") "00*10\n< " HEAD ("23", "03") "00*10\n< " HEAD ("24", "03") "00*12\n< " HEAD ("25", "03") "00*12\n< " HEAD ("26", "03") "00*10\n< "
    HEAD ("27", "03") "00*11\n< " HEAD ("28", "03") "00*11\n< " HEAD ("46", "04") "00", ISTH_DISSECT_OK,
    "role iec104-controlled-station\nchild iec104-ca:3\nprotocol_address = 3 (90) @iec104-ca:3"
    "\nreport 30 M_SP_TB_1 (spontaneous)\nreport 31 M_DP_TB_1 (spontaneous)\nreport 32 M_ST_TB_1 (spontaneous)"
    "\nreport 33 M_BO_TB_1 (spontaneous)\nreport 34 M_ME_TD_1 (spontaneous)\nreport 35 M_ME_TE_1 (spontaneous)"
    "\nreport 36 M_ME_TF_1 (spontaneous)\nreport 37 M_IT_TB_1 (spontaneous)\nreport 38 M_EP_TD_1 (spontaneous)"
    "\nreport 39 M_EP_TE_1 (spontaneous)\nreport 40 M_EP_TF_1 (spontaneous)\nreport 70 M_EI_NA_1 (initialized)" },
  { "station-once", "< " HEAD ("01", "03") "01\n< " HEAD ("01", "03") "00", ISTH_DISSECT_OK,
    "role iec104-controlled-station\nchild iec104-ca:3\nprotocol_address = 3 (90) @iec104-ca:3"
    "\nreport 1 M_SP_NA_1 (spontaneous)\nreport 1 M_SP_NA_1 (spontaneous)" },

  { "file-fetched",
    "> " HEAD ("7a", "05") "0000 00 00\n< " HEAD ("7e", "05") "0700 0c0000 00 00*7\n> " HEAD ("7a", "0d") "0700 00 01\n< " HEAD ("78", "0d") "0700 0c0000 00\n> "
    HEAD ("7a", "0d") "0700 00 02\n< " HEAD ("79", "0d") "0700 01 0c0000 00\n> " HEAD ("7a", "0d") "0700 01 06\n< " HEAD ("7d", "0d") "0700 01 04 01020304\n< "
    HEAD ("7b", "0d") "0700 01 03 0a\n> " HEAD ("7c", "0d") "0700 01 03\n< " HEAD ("7b", "0d") "0700 00 01 0a\n> " HEAD ("7c", "0d") "0700 00 01", ISTH_DISSECT_OK,
    "file 122 F_SC_NA_1 (file 0 of object 4801, directory)" AT "\nfile 126 F_DR_TA_1 (file 7 of object 4801)\n= ok"
    "\nfile 122 F_SC_NA_1 (file 7 of object 4801, select file)" AT "\nfile 120 F_FR_NA_1 (file 7 of object 4801, file ready)\n= ok"
    "\ntransfer file begin 0/12 (file 7 of object 4801) to 10.0.0.2" AT
    "\nfile 122 F_SC_NA_1 (file 7 of object 4801, call file)" AT "\nfile 121 F_SR_NA_1 (file 7 of object 4801, section ready 1)\n= ok"
    "\nfile 122 F_SC_NA_1 (file 7 of object 4801, call section 1)" AT "\nfile 125 F_SG_NA_1 (file 7 of object 4801)\n= ok"
    "\ntransfer file data 4/0 (file 7 of object 4801) to 10.0.0.2" AT
    "\nfile 123 F_LS_NA_1 (file 7 of object 4801, section complete)\nfile 124 F_AF_NA_1 (file 7 of object 4801, section acknowledged)" AT
    "\nfile 123 F_LS_NA_1 (file 7 of object 4801, file complete)\nfile 124 F_AF_NA_1 (file 7 of object 4801, file acknowledged)" AT
    "\ntransfer file end (file 7 of object 4801)" AT },
  { "file-sent", "> " HEAD ("78", "0d") "0700 040000 00\n< " HEAD ("7a", "0d") "0700 00 02\n> " HEAD ("79", "0d") "0700 01 040000 00\n> "
    HEAD ("7d", "0d") "0700 01 04 01020304\n< " HEAD ("7c", "0d") "0700 00 02", ISTH_DISSECT_OK,
    "file 120 F_FR_NA_1 (file 7 of object 4801, file ready)" AT "\ntransfer file begin 0/4 (file 7 of object 4801)" AT
    "\nfile 122 F_SC_NA_1 (file 7 of object 4801, call file)\nfile 121 F_SR_NA_1 (file 7 of object 4801, section ready 1)" AT "\n= ok"
    "\nfile 125 F_SG_NA_1 (file 7 of object 4801)" AT "\ntransfer file data 4/0 (file 7 of object 4801)" AT
    "\nfile 124 F_AF_NA_1 (file 7 of object 4801, file not acknowledged)"
    "\ntransfer file abort (file 7 of object 4801): file not acknowledged to 10.0.0.2" AT },
  { "file-not-ready", "> " HEAD ("7a", "0d") "0700 00 01\n< " HEAD ("78", "0d") "0700 000000 80", ISTH_DISSECT_OK,
    "file 122 F_SC_NA_1 (file 7 of object 4801, select file)" AT "\nfile 120 F_FR_NA_1 (file 7 of object 4801, file ready)"
    "\n= refused: file not ready" },
  { "file-query", "> " HEAD ("7f", "05") "0700 00*14", ISTH_DISSECT_OK, "file 127 F_SC_NB_1 (file 7 of object 4801)" AT },

  { "startdt", "> U 07\n< U 0b", ISTH_DISSECT_OK, A "\nother - startdt\nrole iec104-controlled-station\n= ok" },
  { "stopdt", "> U 13\n< U 23", ISTH_DISSECT_OK, A "\nother - stopdt\nrole iec104-controlled-station\n= ok" },
  { "testfr", "> U 43\n< U 83\n< U 43\n> U 83", ISTH_DISSECT_OK, "other - testfr\n= ok\nother - testfr\n= ok" },
  { "acknowledgment", "> S", ISTH_DISSECT_OK, "" },
  { "mid-stream", "< " HEAD ("01", "03") "01", ISTH_DISSECT_OK,
    "role iec104-controlled-station\nchild iec104-ca:3\nprotocol_address = 3 (90) @iec104-ca:3\nreport 1 M_SP_NA_1 (spontaneous)",
    .mid_stream = true },
  { "mid-stream-file", "< " HEAD ("78", "0d") "0700 040000 00", ISTH_DISSECT_OK,
    "file 120 F_FR_NA_1 (file 7 of object 4801, file ready)\ntransfer file begin 0/4 (file 7 of object 4801) to 10.0.0.2" AT, .mid_stream = true },

  { "reserved-type", "> " HEAD ("2a", "03") "01", ISTH_DISSECT_OK, "other 42 reserved-type" AT },
  { "reserved-cause", "< " HEAD ("01", "3f") "01", ISTH_DISSECT_OK,
    "role iec104-controlled-station\nchild iec104-ca:3\nprotocol_address = 3 (90) @iec104-ca:3\nreport 1 M_SP_NA_1 (reserved cause)" },
  { "too-short-for-its-type", "> " HEAD ("32", "06") "00", ISTH_DISSECT_MALFORMED, "write 50 C_SE_NC_1 (object 4801)" AT },
  { "count-lies", "< 01 7f 03 00 0300 010000 01", ISTH_DISSECT_MALFORMED, "report 1 M_SP_NA_1 (spontaneous)" },
  { "no-objects", "< 01 00 03 00 0300", ISTH_DISSECT_MALFORMED, "report 1 M_SP_NA_1 (spontaneous)" },
  /* Two octets are no ASDU; Wireshark 4.0 shows the first of them as its type nevertheless. */
  /* Two octets are no ASDU: nothing was asked. Wireshark names it by its first octet all the same. */
  { "header-cut-short", "> raw 6806 18181818 1818", ISTH_DISSECT_MALFORMED, "" },
  { "unnumbered-with-data", "> raw 6805 07000000 00", ISTH_DISSECT_MALFORMED, "" },
  { "unnumbered-unknown", "> raw 6804 ff000000", ISTH_DISSECT_MALFORMED, "" },
  { "acknowledgment-with-data", "> raw 6805 01000000 00", ISTH_DISSECT_MALFORMED, "" },
  { "too-short", "> raw 6803 010000", ISTH_DISSECT_MALFORMED, "" },
  { "longer-than-there", "> raw 680e 00000000 6401", ISTH_DISSECT_MALFORMED, "" },
  { "other-start", "> raw 6904 07000000", ISTH_DISSECT_NOT_MINE, "" },
};

static void
append_frame (GString *hex,
              const char *line)
{
  const char *at = line + 1 + strspn (line + 1, " ");

  g_string_append_printf (hex, "%c ", line[0]);
  if (g_str_has_prefix (at, "raw "))
    g_string_append (hex, at + 4);
  else if (g_str_has_prefix (at, "U "))
    g_string_append_printf (hex, "6804 %s 000000", at + 2);
  else if (g_str_has_prefix (at, "S"))
    g_string_append (hex, "6804 0100 0200");
  else
    {
      g_autoptr(GByteArray) asdu = isth_test_bytes (at);

      g_string_append_printf (hex, "68%02x 02000400 %s", asdu->len + 4, at);
    }
}

static char *
make_frames (const char *pdus)
{
  g_auto(GStrv) lines = g_strsplit (pdus, "\n", -1);
  GString *hex = g_string_new (NULL);

  for (guint i = 0; lines[i]; i++)
    {
      if (i > 0)
        g_string_append_c (hex, '\n');
      append_frame (hex, lines[i]);
    }
  return g_string_free (hex, FALSE);
}

/* How sure the probe is, and where it says a frame ends. */
static const IsthProbeCase probes[] = {
  { "6804 07000000", ISTH_PROBE_STRONG, 6 },
  { "6804 43000000", ISTH_PROBE_STRONG, 6 },
  { "6804 01000200", ISTH_PROBE_STRONG, 6 },
  { "6804 01000200 6804", ISTH_PROBE_STRONG, 6 },
  { "6804 01000200 1604", ISTH_PROBE_NO, 6 },
  { "6804 01000300", ISTH_PROBE_NO, 6 },
  { "6804 ff000000", ISTH_PROBE_NO, 6 },
  { "6804 07010000", ISTH_PROBE_NO, 6 },
  { "680e 02000400 2d010600 0300c112 0081", ISTH_PROBE_STRONG, 16 },
  { "680e 02000400 2d010600 0000c112 0081", ISTH_PROBE_WEAK, 16 },
  { "680e 02000400 2a010600 0300c112 0081", ISTH_PROBE_WEAK, 16 },
  { "680e 02000400 2d020600 0300c112 0081", ISTH_PROBE_WEAK, 16 },
  { "680e 02000500 2d010600 0300c112 0081", ISTH_PROBE_NO, 16 },
  { "6806 02000400 2d01", ISTH_PROBE_NO, 8 },
  { "6803 070000", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "68ff 00000000", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "6808 0868 5303 0000 000000 5e16", ISTH_PROBE_NO, 10 }, /* FT1.2 of meters */
  { "68", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "16", ISTH_PROBE_NO, ISTH_PDU_INVALID },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_iec104, NULL, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char **argv)
{
  IsthDissectCase cases[G_N_ELEMENTS (rows)];
  int failed;

  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      cases[i] = rows[i];
      cases[i].pdus = make_frames (rows[i].pdus);
    }
  isth_test_dissector (&isth_dissector_iec104, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/iec104/probe", test_probe);
  failed = g_test_run ();
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    g_free ((char *) cases[i].pdus);
  return failed;
}
