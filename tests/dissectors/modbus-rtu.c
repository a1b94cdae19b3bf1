/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modbus RTU: frames of both sides cut by their functions and told by their CRC; and what is none. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_modbus_rtu;

#define CLIENT "role modbus-client\n"
#define SERVER "\nrole modbus-server"
#define UNIT17 "\nchild modbus-unit:17"
#define IDENTITY \
  "\nvendor = Acme (90) @modbus-unit:17\nmodel = PM800 (80) @modbus-unit:17\nproduct_code = PM800 (90) @modbus-unit:17\nfirmware = V1.2 (90) @modbus-unit:17" \
  "\nbanner = acme.org (60) @modbus-unit:17\ndescription = Meter 8 (90) @modbus-unit:17\nmodel = M8 (90) @modbus-unit:17\nsoftware = App1 (90) @modbus-unit:17" \
  "\nbanner = object 128: Line 2 (60) @modbus-unit:17"

static const IsthDissectCase cases[] = {
  { "read", "11 03 006b 0003 7687\n< 11 03 06 022b 0000 0064 c8ba", ISTH_DISSECT_OK,
    CLIENT "read 3 read-holding-registers (holding registers 107–109) @modbus-unit:17\n= ok" SERVER UNIT17 },
  { "coils", "11 01 0013 0025 0e84\n< 11 01 05 cd6bb20e1b 45e6", ISTH_DISSECT_OK,
    CLIENT "read 1 read-coils (coils 19–55) @modbus-unit:17\n= ok" SERVER UNIT17 },
  { "write-echoed", "11 06 0001 0003 9a9b\n< 11 06 0001 0003 9a9b", ISTH_DISSECT_OK,
    CLIENT "write 6 write-single-register (holding registers 1) @modbus-unit:17\n= ok" SERVER UNIT17 },
  { "write-many", "11 10 0001 0002 04 000a 0102 c6f0\n< 11 10 0001 0002 1298", ISTH_DISSECT_OK,
    CLIENT "write 16 write-multiple-registers (holding registers 1–2) @modbus-unit:17\n= ok" SERVER UNIT17 },
  { "broadcast", "00 05 00ac ff00 4dca", ISTH_DISSECT_OK,
    CLIENT "write 5 write-single-coil (coils 172)" },
  { "exception", "11 03 0000 0001 869a\n< 11 83 02 c134", ISTH_DISSECT_OK,
    CLIENT "read 3 read-holding-registers (holding registers 0) @modbus-unit:17\n= refused: illegal data address" SERVER UNIT17 },
  { "diagnostics", "11 08 0000 a537 d81d\n< 11 08 0000 a537 d81d", ISTH_DISSECT_OK,
    CLIENT "diagnose 8 return-query-data @modbus-unit:17\n= ok" SERVER UNIT17 },
  { "listen-only", "11 08 0004 0000 a35a", ISTH_DISSECT_OK,
    CLIENT "control 8 force-listen-only-mode @modbus-unit:17" },
  { "server-id", "11 11 cdec\n< 11 11 06 09 ff \"ISTH\" a056", ISTH_DISSECT_OK,
    CLIENT "identify 17 report-server-id @modbus-unit:17\n= ok" SERVER UNIT17 "\nslave_id = ISTH (90) @modbus-unit:17\nstate = run (90) @modbus-unit:17" },
  { "identification", "11 2b 0e 03 00 b0d4\n< 11 2b 0e 03 83 00 00 08 00 04 \"Acme\" 01 05 \"PM800\" 02 04 \"V1.2\" 03 08 \"acme.org\" 04 07 \"Meter 8\" 05 02 \"M8\" 06 04 \"App1\" 80 06 \"Line 2\" 07c4", ISTH_DISSECT_OK,
    CLIENT "identify 43 read-device-identification (extended from object 0) @modbus-unit:17\n= ok" SERVER UNIT17 IDENTITY },
  { "answer-mid-stream", "11 06 0001 0003 9a9b\n< 11 06 0001 0003 9a9b", ISTH_DISSECT_OK,
    CLIENT "write 6 write-single-register (holding registers 1) @modbus-unit:17\n= ok" SERVER UNIT17, .mid_stream = true },
  { "wrong-crc", "11 03 006b 0003 7688", ISTH_DISSECT_NOT_MINE, "" },
  { "unit-beyond", "f8 03 006b 0003 607e", ISTH_DISSECT_NOT_MINE, "" },
  { "unassigned", "11 63 006b 0003 f68f", ISTH_DISSECT_NOT_MINE, "" },
  { "umas", "11 5a 00 02 a4ca", ISTH_DISSECT_OK, CLIENT "other 90 umas @modbus-unit:17\numas: identify 2 read-id @modbus-unit:17" },
};

static const IsthProbeCase probes[] = {
  { "11 03 006b 0003 7687", ISTH_PROBE_STRONG },
  { "11 03 006b 0003 7687 11 03 006b 0004 3745", ISTH_PROBE_STRONG },
  { "11 03 006b 0003 7687 00", ISTH_PROBE_NO },
  { "11 03 006b 0003 7688", ISTH_PROBE_NO },
  { "11 03 06 022b 0000 0064 c8ba", ISTH_PROBE_STRONG },
  { "11 83 02 c134", ISTH_PROBE_STRONG },
  { "11 83 63 00dc", ISTH_PROBE_NO },
  { "11 5a 00 02 a4ca", ISTH_PROBE_WEAK },
  { "01 02 0304 0600 3a2f", ISTH_PROBE_WEAK }, /* so begins ROC Plus */
  { "11 03 006b 007e b6a6", ISTH_PROBE_WEAK }, /* one register too many */
  { "0001 0000 0006 11 03 006b 0003", ISTH_PROBE_NO },
  { "11 03 00", ISTH_PROBE_NO },
  { "11", ISTH_PROBE_NO },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_modbus_rtu, NULL, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_modbus_rtu, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/modbus-rtu/probe", test_probe);
  return g_test_run ();
}
