/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modbus ASCII: lines of digits with their check sum, and what is none. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_modbus_ascii;

#define CLIENT "role modbus-client\n"
#define SERVER "\nrole modbus-server"
#define UNIT17 "\nchild modbus-unit:17"
#define IDENTITY \
  "\nvendor = Acme (90) @modbus-unit:17\nmodel = PM800 (80) @modbus-unit:17\nproduct_code = PM800 (90) @modbus-unit:17\nfirmware = V1.2 (90) @modbus-unit:17" \
  "\nbanner = acme.org (60) @modbus-unit:17\ndescription = Meter 8 (90) @modbus-unit:17\nmodel = M8 (90) @modbus-unit:17\nsoftware = App1 (90) @modbus-unit:17" \
  "\nbanner = object 128: Line 2 (60) @modbus-unit:17"

static const IsthDissectCase cases[] = {
  { "read", "\":1103006B00037E\" 0d0a\n< \":110306022B0000006455\" 0d0a", ISTH_DISSECT_OK,
    CLIENT "read 3 read-holding-registers (holding registers 107–109) @modbus-unit:17\n= ok" SERVER UNIT17 },
  { "coils", "\":110100130025B6\" 0d0a\n< \":110105CD6BB20E1BD6\" 0d0a", ISTH_DISSECT_OK,
    CLIENT "read 1 read-coils (coils 19–55) @modbus-unit:17\n= ok" SERVER UNIT17 },
  { "write-echoed", "\":110600010003E5\" 0d0a\n< \":110600010003E5\" 0d0a", ISTH_DISSECT_OK,
    CLIENT "write 6 write-single-register (holding registers 1) @modbus-unit:17\n= ok" SERVER UNIT17 },
  { "write-many", "\":11100001000204000A0102CB\" 0d0a\n< \":111000010002DC\" 0d0a", ISTH_DISSECT_OK,
    CLIENT "write 16 write-multiple-registers (holding registers 1–2) @modbus-unit:17\n= ok" SERVER UNIT17 },
  { "broadcast", "\":000500ACFF0050\" 0d0a", ISTH_DISSECT_OK,
    CLIENT "write 5 write-single-coil (coils 172)" },
  { "exception", "\":110300000001EB\" 0d0a\n< \":1183026A\" 0d0a", ISTH_DISSECT_OK,
    CLIENT "read 3 read-holding-registers (holding registers 0) @modbus-unit:17\n= refused: illegal data address" SERVER UNIT17 },
  { "diagnostics", "\":11080000A5370B\" 0d0a\n< \":11080000A5370B\" 0d0a", ISTH_DISSECT_OK,
    CLIENT "diagnose 8 return-query-data @modbus-unit:17\n= ok" SERVER UNIT17 },
  { "listen-only", "\":110800040000E3\" 0d0a", ISTH_DISSECT_OK,
    CLIENT "control 8 force-listen-only-mode @modbus-unit:17" },
  { "server-id", "\":1111DE\" 0d0a\n< \":11110609FF4953544898\" 0d0a", ISTH_DISSECT_OK,
    CLIENT "identify 17 report-server-id @modbus-unit:17\n= ok" SERVER UNIT17 "\nslave_id = ISTH (90) @modbus-unit:17\nstate = run (90) @modbus-unit:17" },
  { "identification", "\":112B0E0300B3\" 0d0a\n< \":112B0E0383000008000441636D650105504D383030020456312E32030861636D652E6F726704074D65746572203805024D3806044170703180064C696E652032C7\" 0d0a", ISTH_DISSECT_OK,
    CLIENT "identify 43 read-device-identification (extended from object 0) @modbus-unit:17\n= ok" SERVER UNIT17 IDENTITY },
  { "wrong-sum", "\":1103006B00037F\" 0d0a", ISTH_DISSECT_MALFORMED, "" },
  { "no-colon", "\"1103006B00037E\" 0d0a", ISTH_DISSECT_NOT_MINE, "" },
  { "no-digits", "\":11zz006B00037E\" 0d0a", ISTH_DISSECT_NOT_MINE, "" },
  { "no-end", "\":1103006B00037E\"", ISTH_DISSECT_MALFORMED, "" },
  { "odd", "\":1103006B00037\" 0d0a", ISTH_DISSECT_NOT_MINE, "" },
};

static const IsthProbeCase probes[] = {
  { "\":1103006B00037E\" 0d0a", ISTH_PROBE_STRONG },
  { "\":1103006B00037F\" 0d0a", ISTH_PROBE_NO },
  { "\":1103006B00037E\"", ISTH_PROBE_NO },
  { "\":1163008C\" 0d0a", ISTH_PROBE_NO },
  { "\"GET /\" 0d0a", ISTH_PROBE_NO },
  { "3a0d0a", ISTH_PROBE_NO },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_modbus_ascii, NULL, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_modbus_ascii, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/modbus-ascii/probe", test_probe);
  return g_test_run ();
}
