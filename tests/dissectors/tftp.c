/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TFTP: files fetched and brought, options, refusals, blocks that come twice; what lies or is cut. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_tftp;

static const IsthDissectCase cases[] = {
  { "read",
    "0001 \"plc.cfg\" 00 \"octet\" 00\n"
    "< 00030001a5*512\n"
    "00040001\n"
    "< 00030002 "
    "\"ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ\"",
    ISTH_DISSECT_OK,
    "role tftp-client\n"
    "file 1 read-file (plc.cfg)\n"
    "transfer file begin (plc.cfg)\n"
    "transfer file data 512/0 to 10.0.0.2\n"
    "transfer file end 188/0 to 10.0.0.2", .pieces = true },
  { "write",
    "0002 \"fw.bin\" 00 \"octet\" 00 \"tsize\" 0037303000 \"blksize\" 0035313200\n"
    "< 00040000\n"
    "00030001a5*512\n"
    "< 00040001\n"
    "00030002 "
    "\"ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ\"",
    ISTH_DISSECT_OK,
    "role tftp-client\n"
    "file 2 write-file (fw.bin)\n"
    "transfer file begin 0/700 (fw.bin)\n"
    "transfer file data 512/0\n"
    "transfer file end 188/0", .pieces = true },
  { "again",
    "0002 \"fw.bin\" 00 \"octet\" 00 \"tsize\" 0037303000 \"blksize\" 0035313200\n"
    "00030001a5*512\n"
    "00030001a5*512",
    ISTH_DISSECT_OK,
    "role tftp-client\n"
    "file 2 write-file (fw.bin)\n"
    "transfer file begin 0/700 (fw.bin)\n"
    "transfer file data 512/0", .pieces = true },
  { "refused",
    "0001 \"plc.cfg\" 00 \"octet\" 00\n"
    "< 00050001 \"File not found\" 00",
    ISTH_DISSECT_OK,
    "role tftp-client\n"
    "file 1 read-file (plc.cfg)\n"
    "transfer file begin (plc.cfg)\n"
    "report 5 error (error 1: File not found)\n"
    "transfer file abort: File not found to 10.0.0.2", .pieces = true },
  { "options",
    "< 0006 \"tsize\" 0037303000 \"blksize\" 0035313200\n"
    "00030001a5*512\n"
    "< 00040001\n"
    "00030002 "
    "\"ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ\"\n"
    "< 00040001\n"
    "00030002 "
    "\"ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ\"",
    ISTH_DISSECT_OK,
    "role tftp-server\n"
    "transfer file data 0/700 to 10.0.0.2\n"
    "transfer file data 512/0\n"
    "transfer file end 188/0", .pieces = true },
  { "options-without-sizes",
    "< 0006 \"timeout\" 003500",
    ISTH_DISSECT_OK,
    "role tftp-server" },
  { "data-alone",
    "00030001a5*512\n"
    "< 00040001\n"
    "00050001 \"File not found\" 00",
    ISTH_DISSECT_OK,
    "report 5 error (error 1: File not found)", .pieces = true },
  { "unknown-mode",
    "0001 \"plc.cfg\" 00 \"fast\" 00",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "without-name",
    "000100 \"octet\" 00",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "without-end",
    "0001 \"plc.cfg\"",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-options",
    "000661626300",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "error-cut",
    "00050008637574",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "data-cut",
    "0003",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-operation",
    "00070001",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "0001 \"plc.cfg\" 00 \"octet\" 00", ISTH_PROBE_STRONG },
    { "0002 \"fw.bin\" 00 \"octet\" 00 \"tsize\" 0037303000 \"blksize\" 0035313200", ISTH_PROBE_STRONG },
    { "0006 \"tsize\" 0037303000 \"blksize\" 0035313200", ISTH_PROBE_STRONG },
    { "00030001a5*512", ISTH_PROBE_STRONG },
    { "00030002 \"ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ\"", ISTH_PROBE_WEAK },
    { "00040001", ISTH_PROBE_WEAK },
    { "00050001 \"File not found\" 00", ISTH_PROBE_WEAK },
    { "0001 \"plc.cfg\" 00 \"fast\" 00", ISTH_PROBE_NO },
    { "000100 \"octet\" 00", ISTH_PROBE_NO },
    { "0001 \"plc.cfg\"", ISTH_PROBE_NO },
    { "00070001", ISTH_PROBE_NO },
    { "000661626300", ISTH_PROBE_NO },
    { "000500097800", ISTH_PROBE_NO },
    { "0004000178", ISTH_PROBE_NO },
    { "0003", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_tftp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_tftp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/tftp/probe", test_probe);
  return g_test_run ();
}
