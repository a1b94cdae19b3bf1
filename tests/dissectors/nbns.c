/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A name's suffix and group bit decide whether it is the host's own, its domain's, or neither. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_nbns;

/* "PC" and blanks, then the suffix as two letters. */
#define NAME(suffix) "20 \"FAEDCACACACACACACACACACACACACA" suffix "\" 00 "
#define REGISTER(suffix, flags, address) \
  "1234 2910 0001 0000 0000 0001 " NAME (suffix) "0020 0001 c00c 0020 0001 00000000 0006 " flags address
#define PLAIN "\"PC\" 20*13 "

static const IsthDissectCase cases[] = {
  { "register-workstation", REGISTER ("AA", "0000", "0a000001"), ISTH_DISSECT_OK,
    "report 5 register (PC<00>) to \nhostname = PC<00> (60)\nhostname = PC (90)" },
  { "register-server", REGISTER ("CA", "6000", "0a000001"), ISTH_DISSECT_OK,
    "report 5 register (PC<20>) to \nhostname = PC<20> (60)\nhostname = PC (90)" },
  { "register-group", REGISTER ("AA", "8000", "0a000001"), ISTH_DISSECT_OK,
    "report 5 register (PC<00>) to \nhostname = PC<00> (60)\ndomain = PC (90)" },
  { "register-elections", REGISTER ("BO", "8000", "0a000001"), ISTH_DISSECT_OK,
    "report 5 register (PC<1e>) to \nhostname = PC<1e> (60)\ndomain = PC (90)" },
  { "register-controllers", REGISTER ("BM", "8000", "0a000001"), ISTH_DISSECT_OK,
    "report 5 register (PC<1c>) to \nhostname = PC<1c> (60)\nrole domain-controller\ndomain = PC (90)" },
  { "register-user", REGISTER ("AD", "0000", "0a000001"), ISTH_DISSECT_OK, "report 5 register (PC<03>) to \nhostname = PC<03> (60)" },
  { "register-for-another", REGISTER ("AA", "0000", "0a000009"), ISTH_DISSECT_OK,
    "report 5 register (PC<00>) to \nhostname = PC<00> (60) about 10.0.0.9\nhostname = PC (75) about 10.0.0.9" },
  { "browsers",
    "1234 2910 0001 0000 0000 0001 20 \"ABACFPFPENFDECFCEPFHFDEFFPFPACAB\" 00 0020 0001 c00c 0020 0001 00000000 0006 8000 0a000001",
    ISTH_DISSECT_OK, "report 5 register (<01><02>__MSBROWSE__<02><01>) to \nhostname = <01><02>__MSBROWSE__<02><01> (60)" },
  { "release", "1234 3010 0001 0000 0000 0001" NAME ("AA") "0020 0001 c00c 0020 0001 00000000 0006 0000 0a000001", ISTH_DISSECT_OK,
    "report 6 release (PC<00>) to " },
  { "registration-granted",
    "1234 2900 0001 0000 0000 0001" NAME ("AA") "0020 0001 c00c 0020 0001 00000000 0006 0000 0a000001\n"
    "<1234 ad80 0000 0001 0000 0000" NAME ("AA") "0020 0001 00000000 0006 0000 0a000001",
    ISTH_DISSECT_OK, "report 5 register (PC<00>)\nhostname = PC<00> (60)\nhostname = PC (90)\n= ok\nrole wins-server" },
  { "registration-refused",
    "1234 2900 0001 0000 0000 0001" NAME ("AA") "0020 0001 c00c 0020 0001 00000000 0006 0000 0a000001\n"
    "<1234 ad86 0000 0001 0000 0000" NAME ("AA") "0020 0001 00000000 0006 0000 0a000001",
    ISTH_DISSECT_OK, "report 5 register (PC<00>)\nhostname = PC<00> (60)\nhostname = PC (90)\n= refused: name is active" },
  { "query-answered", "1234 0100 0001 0000 0000 0000" NAME ("CA") "0020 0001\n"
    "<1234 8500 0000 0001 0000 0000" NAME ("CA") "0020 0001 00000000 000c 0000 0a000002 0000 0a000009",
    ISTH_DISSECT_OK,
    "other 0 query (PC<20>)\n= ok\nhostname = PC<20> (60)\nhostname = PC (90)\n"
    "hostname = PC<20> (60) about 10.0.0.9\nhostname = PC (75) about 10.0.0.9\naddress = 10.0.0.9 (90)" },
  { "node-status", "1234 0000 0001 0000 0000 0000" NAME ("AA") "0021 0001\n"
    "<1234 8400 0000 0001 0000 0000" NAME ("AA") "0021 0001 00000000 002b 02" PLAIN "00 0400" PLAIN "00 8400 020000000002",
    ISTH_DISSECT_OK,
    "identify 0 node-status (PC<00>)\n= ok\nhostname = PC<00> (60)\nhostname = PC (90)\nhostname = PC<00> (60)\ndomain = PC (90)\n"
    "bind 02:00:00:00:00:02 10.0.0.2" },
  { "node-status-lies", "<1234 8400 0000 0001 0000 0000" NAME ("AA") "0021 0001 00000000 0001 ff", ISTH_DISSECT_OK, "" },
  { "cut-short", "1234 2910 0001 0000 0000 0001" NAME ("AA") "0020 0001 c00c", ISTH_DISSECT_MALFORMED, "report 5 register (PC<00>) to " },
  { "other-opcode", "1234 5000 0001 0000 0000 0000" NAME ("AA") "0020 0001", ISTH_DISSECT_NOT_MINE, "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_nbns, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
